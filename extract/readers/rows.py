"""Articles in rows: JSON Lines and CSV, read row by row, a broken row set aside by its number."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import IO, Any, TextIO

from ..records import Document
from .inputs import Input, Reject, Unreadable, newlines, printable, too_large, undecodable
from .published import publication_date

_DELIMITERS = ",;\t|"
_UNDECODED = re.compile("[\udc80-\udcff]")  # what "surrogateescape" makes of a byte


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns (keys of JSON Lines) hold what; equal when all are. All but `text` may be absent from a file."""

    text: str = "text"
    id: str = "id"
    title: str = "title"
    published: str = "published"
    source: str = "source"
    url: str = "url"

    def named(self) -> list[str]:
        """The columns that were named by someone, and so have to be there."""
        return [getattr(self, field.name) for field in fields(self) if getattr(self, field.name) != field.default]


@contextlib.contextmanager
def characters_of(file: IO[bytes], encoding: str) -> Iterator[TextIO]:
    """Yield `file` as characters, line ends as they stand; it stays open behind.

    Bytes that are not `encoding` come as lone surrogates where the codec can go on after them, else reading fails.
    """
    wrapped = io.TextIOWrapper(file, encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="surrogateescape", newline="")
    try:
        yield wrapped
    finally:
        wrapped.detach()


def read_jsonl(source: Input, characters: TextIO, columns: Columns, encoding: str, limit: int) -> Iterator[tuple[int, Document | Reject]]:
    """Yield each line's number with its document, or with why it was set aside; blank lines are passed over."""
    for number, line in _lines(characters, encoding, limit):
        if line is None:
            yield number, Reject(source.name, number, too_large(limit, "characters"))
            continue
        if not line.strip():
            continue
        if _UNDECODED.search(line):
            yield number, Reject(source.name, number, undecodable(encoding))
            continue
        try:
            record = json.loads(line.strip())
        except (ValueError, RecursionError) as error:
            yield number, Reject(source.name, number, f"is not JSON ({error})")
            continue
        if isinstance(record, dict):
            yield number, _document(source, number, number, record, columns)
        else:
            yield number, Reject(source.name, number, "is not a JSON object")


def read_csv(source: Input, characters: TextIO, columns: Columns, encoding: str, limit: int) -> Iterator[tuple[int, Document | Reject]]:
    """Yield each row's first line with its document, or with why it was set aside.

    The first row holds the names of the columns, separated by comma, semicolon, tab or bar. Raises Unreadable where a
    column that was named is missing.
    """
    csv.field_size_limit(max(limit, csv.field_size_limit()))
    lines = _CsvLines(_lines(characters, encoding, limit))
    first = next(lines, "")
    names, delimiter = _header(first, columns)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    row_number = 0
    while True:
        line_number = lines.number + 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            row_number += 1
            yield line_number, Reject(source.name, line_number, f"is not CSV ({error})")
            continue
        if cells is None:
            return
        if lines.cut or sum(map(len, cells)) > limit:
            row_number += 1
            lines.cut = False
            yield line_number, Reject(source.name, line_number, too_large(limit, "characters"))
            continue
        if not any(cells):
            continue
        row_number += 1
        if any(map(_UNDECODED.search, cells)):
            yield line_number, Reject(source.name, line_number, undecodable(encoding))
        else:
            yield line_number, _document(source, line_number, row_number, dict(zip(names, cells, strict=False)), columns)


def _header(line: str, columns: Columns) -> tuple[list[str], str]:
    for delimiter in _DELIMITERS:
        names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
        if columns.text in names:
            break
    else:
        names = [name.strip() for name in next(csv.reader([line]), [])]
        raise Unreadable(f"has no column {columns.text!r}, only {', '.join(names) or 'an empty line'}; say which one holds the text", 1)
    for name in columns.named():
        if name not in names:
            raise Unreadable(f"has no column {name!r}, only {', '.join(names)}", 1)
    return names, delimiter


def _document(source: Input, line: int, row: int, record: Mapping[str, Any], columns: Columns) -> Document | Reject:
    text = record.get(columns.text)
    if not isinstance(text, str):
        problem = "is missing" if text is None else "is not a string"
        return Reject(source.name, line, f"{columns.text!r} {problem}; say which column holds the text")
    if not text.strip():
        return Reject(source.name, line, "has no text")
    return Document(
        id=_string(record.get(columns.id)) or f"{source.id}:{row}",
        text=newlines(text),
        title=_string(record.get(columns.title)),
        published=publication_date(_string(record.get(columns.published))),
        source=_string(record.get(columns.source)),
        url=_string(record.get(columns.url)),
    )


def _string(value: Any) -> str | None:
    """Return text and whole numbers as a string on one line; anything else counts as missing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return printable(" ".join(str(value).split())) or None


def _lines(characters: TextIO, encoding: str, limit: int) -> Iterator[tuple[int, str | None]]:
    """Yield number and characters of each line, None for one that is longer than `limit`."""
    number = 0
    try:
        while line := characters.readline(limit + 1):
            number += 1
            if len(line) <= limit:
                yield number, line
                continue
            while line and not line.endswith(("\n", "\r")):
                line = characters.readline(limit + 1)
            yield number, None
    except UnicodeError:
        raise Unreadable(undecodable(encoding)) from None


class _CsvLines(Iterator[str]):
    """The lines of a CSV file; `number` is that of the last one, `cut` says that one was too long and left out."""

    def __init__(self, lines: Iterator[tuple[int, str | None]]) -> None:
        self._lines = lines
        self.number = 0
        self.cut = False

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        if line is None:
            self.cut = True
            return "\n"
        return line
