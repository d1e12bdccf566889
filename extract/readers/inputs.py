"""Which files the named paths stand for, and their content as characters.

An input is a file that was named, or one below a folder that was named; "-" is standard input. Its id is the path below
the folder, or the file's name. A file may be gzipped (.gz after its own suffix).
"""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import stat
import sys
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from ..errors import InputError

KINDS = {".txt": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".jsonl": "jsonl", ".csv": "csv"}
"""Suffixes that are read, with the kind of reader."""

STDIN = "-"
_OUTPUT_MARKS = ("documents.jsonl", "triples.jsonl")  # a folder with both was written by us


@dataclass(frozen=True, slots=True)
class Reject:
    """An input, or a line of one, that was set aside: where, and why in words for its author. Equal when all is."""

    path: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.line is None else f"{self.path}:{self.line}: {self.reason}"

    def to_dict(self) -> dict[str, Any]:
        """The line of rejects.jsonl."""
        return {"path": self.path, "line": self.line, "reason": self.reason}


class Unreadable(Exception):
    """An input, or the rest of it, cannot be read: the reason, and the line (1-based) where that is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read, `path` None for standard input. Equal when path and id are; `kind` is one of KINDS' or "stdin"."""

    id: str
    path: Path | None
    kind: str
    size: int

    @property
    def name(self) -> str:
        """How messages call it."""
        return "standard input" if self.path is None else printable(str(self.path))


def find_inputs(
    paths: Iterable[Path | str], *, on_skip: Callable[[Path], object] | None = None, on_reject: Callable[[Reject], object]
) -> list[Input]:
    """List the inputs that `paths` stand for, folders searched in sorted order.

    Hidden files and folders that actorgraph wrote are passed over inside a folder; files of other kinds and links to
    folders go to `on_skip`, folders that cannot be listed to `on_reject`. An output folder that is named stands for its documents.
    Raises InputError for a path that does not exist or a named file of another kind.
    """
    inputs: list[Input] = []
    for path in paths:
        if str(path) == STDIN:
            inputs.append(Input("stdin", None, "stdin", 0))
            continue
        path = Path(path)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            raise InputError(f"{printable(str(path))}: {_reason(error)}", path) from error
        if stat.S_ISDIR(mode):
            inputs += _inputs_below(path, on_skip or (lambda _: None), on_reject)
        elif (kind := _kind(path)) is None:
            raise InputError(f"{printable(str(path))}: unknown kind of file; known are {' '.join(KINDS)}, each also with .gz", path)
        else:
            inputs.append(Input(printable(path.name), path, kind, path.stat().st_size))
    return inputs


def _inputs_below(folder: Path, on_skip: Callable[[Path], object], on_reject: Callable[[Reject], object]) -> Iterator[Input]:
    if all((folder / mark).is_file() for mark in _OUTPUT_MARKS):
        documents = folder / _OUTPUT_MARKS[0]
        yield Input(documents.name, documents, "jsonl", documents.stat().st_size)
        return

    def set_aside(error: OSError) -> None:
        on_reject(Reject(printable(str(error.filename)), None, _reason(error)))

    found: list[tuple[str, Path, str]] = []
    for root, folders, names in os.walk(folder, onerror=set_aside):
        if Path(root) != folder and set(_OUTPUT_MARKS) <= set(names):
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in folders:
            if Path(root, name).is_symlink():  # not followed: it may lead back here
                on_skip(Path(root, name))
        for name in names:
            path = Path(root, name)
            if name.startswith("."):
                continue
            if (kind := _kind(path)) is not None and path.is_file():
                found.append((printable(PurePosixPath(path.relative_to(folder)).as_posix()), path, kind))
            else:
                on_skip(path)
    for identifier, path, kind in sorted(found):
        yield Input(identifier, path, kind, path.stat().st_size)


def _kind(path: Path) -> str | None:
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    return KINDS.get(suffixes[-1]) if suffixes else None


@contextlib.contextmanager
def open_bytes(source: Input) -> Iterator[tuple[IO[bytes], Callable[[], int]]]:
    """Yield the content of `source`, unpacked, and a function that tells how many bytes of the file have been taken in.

    Every way in which opening and reading can fail raises Unreadable.
    """
    try:
        if source.path is None:
            yield _standard_input(), lambda: 0
            return
        with source.path.open("rb") as file:
            if source.path.suffix.lower() == ".gz":
                with gzip.GzipFile(fileobj=file) as unpacked:
                    yield cast(IO[bytes], unpacked), file.tell
            else:
                yield file, file.tell
    except (gzip.BadGzipFile, zlib.error):
        raise Unreadable("is not gzipped, or damaged") from None
    except EOFError:
        raise Unreadable("ends in the middle of its gzipped content") from None
    except OSError as error:
        raise Unreadable(_reason(error)) from error


def _standard_input() -> IO[bytes]:
    if sys.stdin is None:
        raise Unreadable("is closed")
    stdin = sys.stdin.buffer
    if isinstance(stdin, io.BufferedReader):
        return stdin
    return io.BufferedReader(cast(io.RawIOBase, stdin))  # under a test, or in a notebook: what cannot be peeked into


def looks_like_json_lines(file: IO[bytes]) -> bool:
    """Whether the first character of a buffered `file`, which stays where it is, opens a JSON object."""
    return cast(io.BufferedReader, file).peek().removeprefix(BOM_UTF8).lstrip()[:1] == b"{"


def read_limited(file: IO[bytes], limit: int) -> bytes:
    """Read all of `file`; raises Unreadable where it, unpacked, is larger than `limit` bytes."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(too_large(limit, "bytes"))
    return data


def too_large(limit: int, unit: str) -> str:
    """The reason for setting aside what is larger than `limit`."""
    return f"is larger than {limit:,} {unit}; split it, or raise the limit"


def decode(data: bytes, encoding: str) -> str:
    """Return `data` as characters, without byte order mark and with \\n newlines.

    Raises Unreadable, with the line of the first byte that is not `encoding`.
    """
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(undecodable(encoding), line) from None
    return newlines(text.removeprefix("\ufeff"))


def undecodable(encoding: str) -> str:
    """The reason for setting aside bytes that are not `encoding`."""
    return f"is not {encoding} text; name its encoding (as cp1252 or utf-16)"


def newlines(text: str) -> str:
    """Return `text` with \\n newlines, and without the lone surrogates that no file can hold."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n"))


def printable(text: str) -> str:
    """Return `text` with each lone surrogate, as of an undecodable file name, as U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
