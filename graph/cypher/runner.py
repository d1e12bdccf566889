"""Asks the embedded engine, in a process of its own, and ends it when it takes too long or nobody waits any more."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

from ...extract.errors import RecordError
from ..dataset import dataset_name
from ..triples import triples_file
from .cache import cache_folder, run_folder
from .child import Request
from .errors import EngineError, MissingEngine, QueryTimeout
from .parameters import check_value
from .values import Result

_GRACE = 0.5  # seconds that the engine has to end a query itself
_LOOK = 0.2  # seconds; on Windows a wait does not end with Ctrl-C

Frame = tuple[Any, ...]


class EmbeddedEngine:
    """A triples folder or file that answers questions in Cypher. Use it as a context manager, from one thread.

    The first question after the triples changed makes a database in `cache` (the user's, unless told), which `timeout` (seconds
    for a query, None for no limit) does not count; `on_building` is called then. What is asked later sees the triples as they were at
    the first question. Any number of processes may ask at once, and nothing is written into the folder. Ctrl-C ends a query
    at once. `broken_lines` tells after the first question which lines of the triples are passed over. Raises NotATriplesFolder
    or InputError where there are no triples, MissingEngine where there is no engine.
    """

    def __init__(
        self,
        source: Path | str,
        *,
        timeout: float | None = 30.0,
        on_building: Callable[[], object] | None = None,
        cache: Path | None = None,
    ) -> None:
        self._triples = triples_file(source).absolute()
        self._cache = cache.absolute() if cache else cache_folder()
        self._dataset = dataset_name(source)
        self._timeout = timeout or None
        self._on_building = on_building
        self._process: _Process | None = None
        self.broken_lines: list[RecordError] = []
        if find_spec("arcadedb") is None:
            raise MissingEngine("it is not installed")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the engine's process; the next question starts another."""
        if self._process is not None:
            process, self._process = self._process, None
            process.close()

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """Return all rows of a query that only reads.

        Raises InputError where no line of the triples is a statement, ParameterError for a value that no engine takes, CypherError where the
        engine does not accept the query, QueryTimeout, and EngineError where the engine fails.
        """
        checked = {name: check_value(name, value) for name, value in (parameters or {}).items()}
        if self._process is None:
            self._process = _Process(self._triples, self._dataset, self._timeout, self._cache)
        answered = False
        try:
            result, error = self._answer(self._process.ask(cypher, checked))
            answered = True
        finally:
            if not answered:  # a limit or Ctrl-C leaves the process in the middle of a query
                self.close()
        if error is not None:
            raise error
        return result

    def _answer(self, frames: Iterator[Frame]) -> tuple[Result, Exception | None]:
        """Return the rows, and what the engine says against the query; raise what ended its process."""
        columns: tuple[str, ...] = ()
        rows: list[tuple[Any, ...]] = []
        error: Exception | None = None
        for frame in frames:
            match frame:
                case ("building",) if self._on_building:
                    self._on_building()
                case ("columns", columns):
                    pass
                case ("rows", batch):
                    rows += batch
                case ("opened", broken_lines):
                    self.broken_lines = broken_lines
                case ("error", error):
                    pass
                case ("failed", failure):
                    raise failure
        return Result(columns, tuple(rows)), error


class _Process:
    """A running process of the engine, its folder, and the frames that it sends."""

    def __init__(self, triples: Path, dataset: str, timeout: float | None, cache: Path) -> None:
        self._timeout = timeout
        self._exit = contextlib.ExitStack()
        try:
            run = self._exit.enter_context(run_folder(cache))
            request = Request(triples, dataset, timeout, cache if run.parent == cache else run / "cache", run)
            self._errors = run / "stderr.txt"
            self._process = self._start(run)
            self._frames: queue.SimpleQueue[Frame] = queue.SimpleQueue()
            threading.Thread(target=self._read, daemon=True).start()
            self._send(request)
        except BaseException:
            self._exit.close()
            raise

    def close(self) -> None:
        """End the process and remove its folder."""
        self._exit.close()

    def ask(self, cypher: str, parameters: Mapping[str, Any]) -> Iterator[Frame]:
        """Send a question and yield the frames of its answer, the last one included."""
        self._send((cypher, parameters))
        deadline = float("inf")
        while True:
            frame = self._next(deadline)
            if frame is None:
                raise QueryTimeout(self._timeout or 0)
            if not frame:
                raise EngineError(f"the engine ended without an answer{self._last_words()}")
            if frame[0] == "running" and self._timeout:
                deadline = time.monotonic() + self._timeout + _GRACE
            yield frame
            if frame[0] in ("done", "error", "failed"):
                return

    def _start(self, run: Path) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ARCADEDB_")}
        environment["PYTHONPATH"] = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path if entry)
        with self._errors.open("wb") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", f"{__package__}.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                cwd=run,
                env=environment,
                # Ctrl-C in a terminal goes to every process of its group; this one is ended by us.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        self._exit.callback(_end, process)
        return process

    def _send(self, message: Any) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # a process that is gone already is told of by its last frame
            self._process.stdin.write(pickle.dumps(message))
            self._process.stdin.flush()

    def _read(self) -> None:
        """Move frames to the queue; an empty one is the end of the stream."""
        assert self._process.stdout is not None
        try:
            while True:
                self._frames.put(pickle.load(self._process.stdout))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self._frames.put(())

    def _next(self, deadline: float) -> Frame | None:
        while (left := deadline - time.monotonic()) > 0:
            with contextlib.suppress(queue.Empty):
                return self._frames.get(timeout=min(left, _LOOK))
        return None

    def _last_words(self) -> str:
        lines = self._errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return f" (exit status {self._process.wait()}{f'; {lines[-1][:300]}' if lines else ''})"


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):  # what was still to be written has no reader
            if pipe:
                pipe.close()
