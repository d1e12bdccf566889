"""A function over many pieces of work in several processes, results in the order of the pieces.

Not concurrent.futures.ProcessPoolExecutor: its processes share queues and locks, so that ending one of them while it
works can leave the pool waiting forever. Here each process has a pipe of its own and may be ended at any moment.
"""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable, Generator, Iterable
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from .errors import WorkerDied

_AHEAD = 2  # pieces given out for each process before the first of them has to be done: memory stays flat

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def map_in_order(function: Callable[[Piece], Result], pieces: Iterable[Piece], jobs: int) -> Generator[Result, None, None]:
    """Yield `function` of each piece, in order, worked out by `jobs` processes started anew; all of them have to pickle.

    Closing the generator, and any exception, ends the processes at once; nor do they outlive this one. What `function`
    raises is raised here, with the traceback of its process as a note. Raises WorkerDied where the system ends a process.
    """
    workers: list[_Worker] = []
    results: dict[int, Result] = {}
    numbered = enumerate(pieces)
    given = yielded = 0
    exhausted = False
    try:
        while True:
            while not exhausted and given < yielded + _AHEAD * jobs:
                worker = next((worker for worker in workers if worker.number is None), None)
                if worker is None and len(workers) == jobs:
                    break
                try:
                    number, piece = next(numbered)
                except StopIteration:
                    exhausted = True
                    break
                if worker is None:
                    worker = _Worker(function, jobs)
                    workers.append(worker)
                worker.give(number, piece)
                given += 1
            if yielded in results:
                yield results.pop(yielded)
                yielded += 1
                continue
            busy: dict[Any, _Worker] = {worker.connection: worker for worker in workers if worker.number is not None}
            if not busy:
                return
            for connection in wait(list(busy)):
                number, result = busy[connection].take()
                results[number] = result
    finally:
        for worker in workers:
            worker.end()


class _Worker:
    """A process, our end of its pipe, and the number of the piece that it works at."""

    def __init__(self, function: Callable[[Any], Any], jobs: int) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.number: int | None = None
        self._jobs = jobs
        self._process = context.Process(target=_work, args=(function, theirs), daemon=True)
        self._process.start()
        theirs.close()  # else its death would not be felt here

    def give(self, number: int, piece: Any) -> None:
        """Have the process work at `piece`."""
        try:
            self.connection.send(piece)
        except OSError as error:
            raise WorkerDied(self._jobs) from error
        self.number = number

    def take(self) -> tuple[int, Any]:
        """Return the number and the result of the piece that it worked at; waits for it."""
        try:
            result, error = self.connection.recv()
        except (EOFError, OSError) as broken:
            raise WorkerDied(self._jobs) from broken
        if error is not None:
            raise error
        assert self.number is not None
        number, self.number = self.number, None
        return number, result

    def end(self) -> None:
        """End the process, whatever it does."""
        self.connection.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _work(function: Callable[[Any], Any], connection: Connection) -> None:
    """Answer pieces with (result, None) or (None, error) until the parent closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal: it is the parent's to answer
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()
    while True:
        try:
            piece = connection.recv()
        except (EOFError, OSError):
            return
        try:
            result = function(piece)
        except Exception as error:
            error.add_note(f"in another process:\n{traceback.format_exc()}")
            connection.send((None, error))
            raise SystemExit(1) from error  # the parent raises it, and ends all of us
        connection.send((result, None))


def _follow(parent: int) -> None:
    """End this process in the middle of its work as soon as the parent is gone."""
    wait([parent])
    os._exit(1)
