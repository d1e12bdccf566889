"""The error tree.

    ActorgraphError                    anything that the program says in one line
    ├── InputError                     nothing could be read: path, encoding, format
    │   ├── NotATriplesFolder          a folder or file that is not one of ours
    │   ├── DuplicateDocument          two inputs with one id
    │   └── RecordError                a record that breaks the schema (carries line number and field)
    ├── LexiconError                   a table of actors, relations or corrections that cannot be read (carries file and line)
    ├── PipelineError                  no such English pipeline, or one without what extraction needs
    ├── WorkerDied                     the system ended one of several processes
    ├── OutputError                    nothing could be written: rights, space, a folder that is not ours
    │   └── UnknownFormat              a suffix that no exporter knows
    └── MissingExtra                   an optional package is not installed (says what to install)

Each error carries its data as attributes and a message that says what to do next.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


class ActorgraphError(Exception):
    """Base of every error that the library raises on purpose; `str(error)` is one line that says what to do."""

    def __reduce__(self) -> tuple[Any, ...]:
        # As an exception pickles itself, it would be made anew from its message alone, which most classes here refuse.
        return _restore, (type(self), self.args, self.__dict__.copy())


def _restore(kind: type[ActorgraphError], args: tuple[Any, ...], attributes: dict[str, Any]) -> ActorgraphError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


class InputError(ActorgraphError):
    """Nothing could be read from `path`."""

    def __init__(self, message: str, path: Path | str | None = None) -> None:
        super().__init__(message)
        self.path = path


class NotATriplesFolder(InputError):
    """`path` holds no triples.jsonl."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"{path}: no triples.jsonl here; name a folder made by 'actorgraph build' or a triples file", path)


class DuplicateDocument(InputError):
    """Two inputs have the id `document_id`."""

    def __init__(self, document_id: str, first: str, second: str) -> None:
        super().__init__(f"two documents are called {document_id!r} ({first} and {second}); rename one, or name their common folder instead")
        self.document_id, self.first, self.second = document_id, first, second


class RecordError(InputError):
    """A record breaks the schema: `line` is its number (1-based) in `path`, `field` the offender; either may be None."""

    def __init__(self, message: str, path: Path | str | None = None, line: int | None = None, field: str | None = None) -> None:
        where = ":".join(str(part) for part in (path, line) if part is not None)
        super().__init__(f"{where}: {message}" if where else message, path)
        self.line, self.field = line, field


class LexiconError(ActorgraphError):
    """A table of actors, relations or corrections cannot be read: `path`, `line` (1-based)."""

    def __init__(self, message: str, path: Path | str, line: int | None = None) -> None:
        super().__init__(f"{path}{f':{line}' if line else ''}: {message}")
        self.path, self.line = path, line


class PipelineError(ActorgraphError):
    """No such English pipeline, or one without what extraction needs; `name` is what was asked for."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.name = name


class WorkerDied(ActorgraphError):
    """The system ended one of `jobs` processes, as it does when memory runs out."""

    def __init__(self, jobs: int) -> None:
        super().__init__(f"one of {jobs} processes was ended by the system, most likely for want of memory; use fewer jobs")
        self.jobs = jobs


class OutputError(ActorgraphError):
    """Nothing was written to `path`."""

    def __init__(self, message: str, path: Path | str) -> None:
        super().__init__(message)
        self.path = path


class UnknownFormat(OutputError):
    """No exporter knows the suffix of `path`; `known` are those that exist."""

    def __init__(self, path: Path | str, known: list[str]) -> None:
        super().__init__(f"{path}: unknown format; use one of {' '.join(known)}", path)
        self.known = known


class MissingExtra(ActorgraphError):
    """`package` is needed here and not installed; `extra` is the extra of actorgraph that brings it."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"this needs {package}; install it with: pip install 'actorgraph[{extra}]'")
        self.package, self.extra = package, extra
