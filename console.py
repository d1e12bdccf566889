"""What the commands share: every failure in one line, what was set aside on the way, how far the work is."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

import typer

from actorgraph.extract.errors import ActorgraphError, InputError

DONE, NOTHING_DONE, SET_ASIDE, INTERRUPTED = 0, 1, 3, 130
"""Exit codes; 2 is wrong usage."""

_SHOWN = 10  # inputs that were set aside, in full; the others are counted
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def guarded(command: Callable[..., int]) -> Callable[..., None]:
    """Make the function of a command, which returns its exit code, say every failure in one line."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            code = command(*args, **options)
        except ActorgraphError as error:
            code = _fail(str(error), NOTHING_DONE)
        except BrokenPipeError:  # whoever reads our output has seen enough
            _forget_output()
            code = DONE
        except OSError as error:
            _forget_output()
            code = _fail(f"{error.filename or 'standard output'}: {(error.strerror or str(error)).lower()}", NOTHING_DONE)
        except MemoryError:
            code = _fail("out of memory; name fewer articles at a time", NOTHING_DONE)
        except KeyboardInterrupt as error:
            code = interrupted(str(error))
        raise typer.Exit(code)

    return run


def say(line: str) -> None:
    """Write one line to standard error, without what a hostile name could do to a terminal."""
    print(plain(line), file=sys.stderr)


def plain(text: str) -> str:
    """Return `text` as one line, without what could move a terminal's cursor or change its colours."""
    return _CONTROL.sub(" ", text)


def interrupted(so: str = "") -> int:
    """Say that Ctrl-C ended the command, and what came of its work if not the usual; returns the exit code."""
    return _fail(f"interrupted; {so or 'what was not finished was not written'}", INTERRUPTED)


def _fail(line: str, code: int) -> int:
    say(f"actorgraph: {line}")
    return code


def _forget_output() -> None:
    """Drop what is still to be written to a broken standard output, lest Python complains when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@dataclass
class Aside:
    """What was set aside on the way."""

    strict: bool
    rejects: list[Any] = field(default_factory=list)
    skipped: int = 0

    def add(self, reject: Any) -> None:
        """Take a Reject or an error note of it; the first ones are said at once."""
        if self.strict:
            raise InputError(f"{reject} (--strict)")
        self.rejects.append(reject)
        if len(self.rejects) <= _SHOWN:
            say(f"set aside: {reject}")

    def skip(self, path: Path) -> None:
        """Count a file of unknown kind."""
        self.skipped += 1

    def close(self, where: Path | None = None) -> int:
        """Say what has not been said yet; returns the exit code."""
        if len(self.rejects) > _SHOWN:
            say(f"set aside: {len(self.rejects) - _SHOWN:,} more{f', see {where}' if where else ''}")
        if self.skipped:
            say(f"skipped: {count(self.skipped, 'file')} of other kinds")
        return SET_ASIDE if self.rejects else DONE


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], object]]:
    """Yield a function that shows a share (0 to 1) of the work as a bar, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda share: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda share: bar.update(task, completed=share)


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "article"), count(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
