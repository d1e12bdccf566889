"""The process of the embedded engine: answers one query, then ends.

It reads a `Request` from standard input and writes pickled frames to standard output: ("building",) while it makes a database
that is not in the cache, ("running",), ("columns", names), any number of ("rows", list of rows), then ("done",); or
("error", class, message, attributes) in place of what would come next. It ends when its standard input does: whoever asked is
gone. Ctrl-C is for the process that asked.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ...extract.errors import ActorgraphError
from .cache import copy_database, database_key, make_database, prune, remove_database
from .engine import Database, load_engine
from .errors import EngineError, QueryTimeout

_ATTEMPTS = 3  # a database may go between two looks at it, or turn out to be broken


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask of which triples file; `run` is a folder for this query alone, `timeout` in seconds or None."""

    triples: Path
    dataset: str
    cypher: str
    parameters: Mapping[str, Any]
    timeout: float | None
    cache: Path
    run: Path


Send = Callable[..., None]


def answer(request: Request, send: Send) -> None:
    """Answer a request with frames. Raises what stands in the way as ActorgraphError."""
    load_engine(request.run, request.timeout)
    for attempt in range(_ATTEMPTS):
        database = _made_database(request, send)
        copy = request.run / f"database{attempt}"
        if not copy_database(database, copy):
            remove_database(database)
            continue
        try:
            opened = Database.open(copy)
        except EngineError:
            remove_database(database)
            continue
        send("running")
        columns, batches = opened.query(request.cypher, request.parameters)
        send("columns", columns)
        for rows in batches:
            send("rows", rows)
        send("done")
        return
    raise EngineError(f"{request.cache}: no database can be kept here; free some space, or name another folder in ACTORGRAPH_CACHE")


def _made_database(request: Request, send: Send) -> Path:
    """Return the path of the database of the triples, which is made if need be."""
    while not (database := request.cache / _key(request)).exists():
        send("building")
        from ..triples import read_statements
        from .loading import load_statements

        load = partial(load_statements, statements=read_statements(request.triples), dataset=request.dataset)
        if _key(request) == database.name:  # else the file was changed while it was read
            request.cache.mkdir(parents=True, exist_ok=True)
            prune(request.cache)
            make_database(database, load)
            break
    return database


def _key(request: Request) -> str:
    import arcadedb

    return database_key(request.triples, request.dataset, _own_version(), arcadedb.__version__)


def _own_version() -> str:
    try:
        return version("actorgraph")
    except PackageNotFoundError:
        return ""


def main() -> None:
    """Serve one request."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # the process is short, and has few cycles and many objects to look for them in
    frames = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what the engine prints must not get between the frames

    def send(*frame: Any) -> None:
        pickle.dump(frame, frames, protocol=pickle.HIGHEST_PROTOCOL)
        frames.flush()

    request = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_end_with_input, daemon=True).start()
    try:
        answer(request, send)
    except QueryTimeout:
        send("error", QueryTimeout, str(QueryTimeout(request.timeout or 0)), {"timeout": request.timeout})
    except ActorgraphError as error:
        send("error", type(error), str(error), vars(error))
    os._exit(0)  # closing the database and freeing memory takes longer than a small query, and nothing depends on it


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
