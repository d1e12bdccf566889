"""The process of the embedded engine: opens the database of one triples file and answers questions about it, one by one.

It reads from standard input a pickled `Request`, then any number of (Cypher, parameters), and writes pickled frames to
standard output: ("building",) while it makes a database that is not in the cache, and ("opened", broken lines of the triples);
or ("failed", error), and then it ends. For each question it sends ("running",), ("columns", names), any number of ("rows",
list of rows), and ("done",); or ("error", error) in place of what would come next. It ends when its standard input does:
whoever asked is gone. Ctrl-C is for the process that asked.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from ...extract.errors import ActorgraphError, InputError, RecordError
from ..version import program_version
from .cache import copy_database, database_key, make_database, prune, remove_database
from .engine import Database, expect_building, load_engine, writing
from .errors import EngineError

if TYPE_CHECKING:
    from ...extract.records import Statement

_BROKEN_LINES = "broken-lines.json"
_ELSEWHERE = "make room, or name another folder in ACTORGRAPH_CACHE"
_SWITCH = 0.0005  # seconds; after each call the thread of `loading` that talks to the engine waits that long for Python's lock
_ATTEMPTS = 3  # a database may go between two looks at it, or turn out to be broken


@dataclass(frozen=True, slots=True)
class Request:
    """Which triples file to open, and how.

    `run` is a folder for this process alone; a query may take `timeout` seconds, or as long as it likes if None.
    """

    triples: Path
    dataset: str
    timeout: float | None
    cache: Path
    run: Path


Send = Callable[..., None]


def open_database(request: Request, send: Send) -> tuple[Database, list[RecordError]]:
    """Open this process's own copy of the database of the triples, and tell which of their lines are not in it, being broken.

    Raises what stands in the way as ActorgraphError.
    """
    load_engine(request.run, request.timeout)
    for attempt in range(_ATTEMPTS):
        database = _made_database(request, send)
        copy = request.run / f"database{attempt}"
        with _failures_named(request.cache):
            copied = copy_database(database, copy)
        if copied:
            # An engine may find fault with files that are whole by their sizes.
            with contextlib.suppress(EngineError, OSError, ValueError):
                return Database.open(copy), _read_broken_lines(copy, request.triples)
        remove_database(database)
    raise EngineError(f"{request.cache}: no database can be kept here; {_ELSEWHERE}")


def answer(database: Database, cypher: str, parameters: Mapping[str, Any], send: Send) -> None:
    """Answer a question with frames. Raises as `Database.query` does."""
    send("running")
    columns, batches = database.query(cypher, parameters)
    send("columns", columns)
    for rows in batches:
        send("rows", rows)
    send("done")


def _made_database(request: Request, send: Send) -> Path:
    """Return the path of the database of the triples, which is made if need be."""
    while not (database := request.cache / _key(request)).exists():
        send("building")
        with _failures_named(request.cache), contextlib.suppress(_Changed):
            request.cache.mkdir(parents=True, exist_ok=True)
            prune(request.cache)
            expect_building()
            make_database(database, partial(_load, request=request, key=database.name))
            break
    return database


@contextlib.contextmanager
def _failures_named(cache: Path) -> Iterator[None]:
    """Say where no database can be written, most likely for want of space, and what to do."""
    try:
        with writing():
            yield
    except EngineError as error:
        raise EngineError(f"{cache}: no database can be kept here ({error}); {_ELSEWHERE}") from error


class _Changed(Exception):
    """The triples were changed while they were read."""


def _load(folder: Path, request: Request, key: str) -> None:
    """Make a database of the triples. Raises InputError where no line is a statement, and _Changed."""
    from ..triples import scan_statements
    from .loading import load_statements

    broken: list[RecordError] = []
    read = 0

    def statements() -> Iterator[Statement]:
        nonlocal read
        for statement in scan_statements(request.triples, rejects=broken):
            read += 1
            yield statement

    load_statements(folder, statements(), request.dataset)
    if broken and not read:
        raise InputError(f"{request.triples}: no line is a statement; {broken[0]}", request.triples)
    lines = [[str(error), error.line, error.field] for error in broken]
    (folder / _BROKEN_LINES).write_text(json.dumps(lines), encoding="utf-8")
    if _key(request) != key:
        raise _Changed


def _read_broken_lines(folder: Path, triples: Path) -> list[RecordError]:
    errors = []
    for message, line, field in json.loads((folder / _BROKEN_LINES).read_text(encoding="utf-8")):
        errors.append(RecordError(message, field=field))
        errors[-1].path, errors[-1].line = triples, line  # which the message names already
    return errors


def _key(request: Request) -> str:
    import arcadedb

    return database_key(request.triples, request.dataset, program_version(), arcadedb.__version__)


def main() -> None:
    """Serve one request and the questions that follow it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # there are few cycles and many objects to look for them in
    sys.setswitchinterval(_SWITCH)
    frames = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what the engine prints must not get between the frames

    def send(*frame: Any) -> None:
        pickle.dump(frame, frames, protocol=pickle.HIGHEST_PROTOCOL)
        frames.flush()

    request: Request = pickle.load(sys.stdin.buffer)
    questions: SimpleQueue[tuple[str, dict[str, Any]]] = SimpleQueue()
    threading.Thread(target=_read, args=(questions,), daemon=True).start()
    try:
        database, broken = open_database(request, send)
    except ActorgraphError as error:
        send("failed", error)
        os._exit(1)
    send("opened", broken)
    while True:
        cypher, parameters = questions.get()
        try:
            answer(database, cypher, parameters, send)
        except ActorgraphError as error:
            send("error", error)


def _read(questions: SimpleQueue[tuple[str, dict[str, Any]]]) -> None:
    """Pass questions on; end the process when there will be no more, even in the middle of a query.

    Closing the database and freeing memory would take longer than a small query, and nothing depends on it.
    """
    try:
        while True:
            questions.put(pickle.load(sys.stdin.buffer))
    except EOFError:
        os._exit(0)


if __name__ == "__main__":
    main()
