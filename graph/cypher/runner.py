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
from typing import IO, Any

from ..triples import TRIPLES, triples_file
from .cache import cache_folder, run_folder
from .errors import EngineError, MissingEngine, QueryTimeout
from .values import Result

_GRACE = 0.5  # seconds that the engine has to end a query itself
_LOOK = 0.2  # seconds; on Windows a wait does not end with Ctrl-C


def dataset_name(source: Path | str) -> str:
    """Return the name that the statements of a triples folder or file go by, unless told: the folder's.

    >>> dataset_name("news/korea.csv")
    'korea'
    """
    path = Path(source).absolute()
    if path.is_dir() or path.name == TRIPLES:
        folder = path if path.is_dir() else path.parent
        return folder.resolve().name or "actorgraph"
    return path.stem


def query_folder(
    source: Path | str,
    cypher: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: float | None = 30.0,
    on_building: Callable[[], None] | None = None,
) -> Result:
    """Ask a triples folder or file a question in Cypher and return all rows.

    The first question after the triples changed makes a database in the user's cache first, which `timeout` (seconds, None
    for no limit) does not count; `on_building` is called then. Any number of processes may ask at once, and nothing is
    written into the folder. Ctrl-C ends the query at once. Raises NotATriplesFolder, InputError and RecordError where the
    triples cannot be read, CypherError, QueryTimeout, MissingEngine and EngineError.
    """
    triples = triples_file(source).absolute()
    if find_spec("arcadedb") is None:
        raise MissingEngine("it is not installed")
    cache = cache_folder()
    with run_folder(cache) as run:
        from .child import Request

        inside = run.parent == cache
        request = Request(triples, dataset_name(source), cypher, parameters or {}, timeout, cache if inside else run / "cache", run)
        return _result(_frames(request), timeout, on_building)


def _result(frames: Iterator[tuple[Any, ...]], timeout: float | None, on_building: Callable[[], None] | None) -> Result:
    columns: tuple[str, ...] = ()
    rows: list[tuple[Any, ...]] = []
    for frame in frames:
        match frame:
            case ("building",) if on_building:
                on_building()
            case ("columns", columns):
                pass
            case ("rows", batch):
                rows += batch
            case ("error", type_, message, attributes):
                raise _remade(type_, message, attributes)
    return Result(columns, tuple(rows))


def _frames(request: Any) -> Iterator[tuple[Any, ...]]:
    """Yield what the engine's process sends, up to its last frame; the process is gone when this ends, however it ends."""
    errors = request.run / "stderr.txt"
    with errors.open("wb") as stderr, _process(request.run, stderr) as process:
        assert process.stdin is not None and process.stdout is not None
        frames: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        threading.Thread(target=_read, args=(process.stdout, frames), daemon=True).start()
        with contextlib.suppress(OSError):  # a process that is gone already is told of below
            process.stdin.write(pickle.dumps(request))
            process.stdin.flush()
        deadline = float("inf")
        while True:
            frame = _next(frames, deadline)
            if frame is None:
                raise QueryTimeout(request.timeout)
            if not frame:
                raise EngineError(f"the engine ended without an answer{_last_words(process, errors)}")
            if frame[0] == "running" and request.timeout:
                deadline = time.monotonic() + request.timeout + _GRACE
            yield frame
            if frame[0] in ("done", "error"):
                return


@contextlib.contextmanager
def _process(run: Path, stderr: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ARCADEDB_")}
    environment["PYTHONPATH"] = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path if entry)
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
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):  # what was still to be written has no reader
                if pipe:
                    pipe.close()


def _read(stream: IO[bytes], frames: queue.SimpleQueue[tuple[Any, ...]]) -> None:
    """Move frames to the queue; an empty one is the end of the stream."""
    try:
        while True:
            frames.put(pickle.load(stream))
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        frames.put(())


def _next(frames: queue.SimpleQueue[tuple[Any, ...]], deadline: float) -> tuple[Any, ...] | None:
    while (left := deadline - time.monotonic()) > 0:
        with contextlib.suppress(queue.Empty):
            return frames.get(timeout=min(left, _LOOK))
    return None


def _last_words(process: subprocess.Popen[bytes], errors: Path) -> str:
    lines = errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f" (exit status {process.wait()}{f'; {lines[-1][:300]}' if lines else ''})"


def _remade(type_: type[Exception], message: str, attributes: Mapping[str, Any]) -> Exception:
    """An exception of the other process; their own arguments differ, so they are not made anew by calling."""
    error = type_.__new__(type_)
    Exception.__init__(error, message)
    vars(error).update(attributes)
    return error
