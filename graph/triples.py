"""The store: statements in a triples.jsonl, or in a folder that holds one.

One statement a line, keys in the order of the record, lines in the order of `Statement.sort_key`. The file can be read,
compared and concatenated with the tools of the shell: reading is a union by id, so neither order nor repetition matters.
The same statements give the same bytes.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from ..extract.errors import InputError, NotATriplesFolder, RecordError
from ..extract.records import STATEMENT_FIELDS, Statement
from .jsonlines import clean_surrogates, parse_object, read_lines, write_object
from .tables import Cell, read_rows, unquote_cell, write_rows

TRIPLES = "triples.jsonl"
"""Name of the file that makes a folder one of ours."""

_ANNOTATIONS: dict[str, str] = {field.name: str(field.type) for field in fields(Statement)}
_TEXT_FIELDS = tuple(name for name, annotation in _ANNOTATIONS.items() if annotation in ("str", "str | None"))
_EXACT = 2**53  # above it a float no longer holds every integer
_texts = attrgetter(*_TEXT_FIELDS)
_values = attrgetter(*STATEMENT_FIELDS)

_Read = Iterator[tuple[int, Statement | RecordError]]
"""What the reader of a format yields: line number and statement, or why there is none."""


# Reading


def read_statements(path: Path | str, *, rejects: list[RecordError] | None = None) -> list[Statement]:
    """Read a triples folder, a triples file (JSON Lines; CSV by its suffix), or "-" for JSON Lines on standard input.

    Returns each statement once, in the order of the store (see `merge_statements`). A broken line raises RecordError with
    its number, or is passed over and added to `rejects` where a list is given. Raises NotATriplesFolder, and InputError
    where nothing can be read.
    """
    return merge_statements(scan_statements(path, rejects=rejects))


def scan_statements(path: Path | str, *, rejects: list[RecordError] | None = None) -> Iterator[Statement]:
    """Yield statements as the lines stand, repeated ones too, without holding them all; else as `read_statements`."""
    if str(path) == "-":
        yield from _scan(_read_lines(sys.stdin.buffer), "standard input", rejects)
        return
    path = triples_file(path)
    read = _read_csv if path.suffix.lower() == ".csv" else _read_json
    try:
        yield from _scan(read(path), path, rejects)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}", path) from error


def find_statement(path: Path | str, prefix: str) -> Statement:
    """Return the one statement of a triples folder or file whose id begins with `prefix`; broken lines are passed over.

    Raises InputError where none does or several do, and as `read_statements` where nothing can be read.
    """
    found = [statement for statement in read_statements(path, rejects=[]) if prefix and statement.id.startswith(prefix)]
    if not found:
        raise InputError(f"{path}: no statement has an id that begins with {prefix!r:.40}; ids stand in the column id of its triples", path)
    if len(found) > 1:
        raise InputError(f"{path}: {len(found)} statements have ids that begin with {prefix!r:.40}; write more of the one that is meant", path)
    return found[0]


def triples_file(path: Path | str) -> Path:
    """Return the triples file that `path` is or holds.

    Raises NotATriplesFolder where a folder has none, InputError where there is nothing at all.
    """
    path = Path(path)
    if path.is_dir():
        if not (path / TRIPLES).is_file():
            raise NotATriplesFolder(path)
        return path / TRIPLES
    if not path.exists():
        raise InputError(f"{path}: no such file or folder", path)
    return path


def _scan(read: _Read, path: Path | str, rejects: list[RecordError] | None) -> Iterator[Statement]:
    for line, statement in read:
        if isinstance(statement, Statement):
            yield statement
            continue
        located = RecordError(str(statement), path, line, statement.field)
        if rejects is None:
            raise located from None
        rejects.append(located)


def _read_json(path: Path) -> _Read:
    with path.open("rb") as file:
        yield from _read_lines(file)


def _read_lines(file: IO[bytes]) -> _Read:
    import orjson

    for number, line in read_lines(file):
        statement: Statement | RecordError
        try:
            # Reads less than `parse_object` (no lone surrogates), tells less of what is wrong, and takes integers beyond 64
            # bits for floats, which quantities become anyway.
            statement = _with_stored_numbers(Statement.from_dict(orjson.loads(line)))
        except (ValueError, TypeError, RecordError):
            statement = _statement(parse_object(line))
        yield number, statement


def _statement(record: Mapping[str, Any] | RecordError) -> Statement | RecordError:
    try:
        return record if isinstance(record, RecordError) else canonical(Statement.from_dict(record))
    except RecordError as error:
        return error


def _read_csv(path: Path) -> _Read:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = read_rows(file, path)
        line, header = next(rows, (1, []))
        missing = [name for name in STATEMENT_FIELDS if name not in header]
        if missing:
            raise RecordError(f"column {missing[0]!r} is missing", path, line, missing[0])
        for line, row in rows:
            if len(row) == len(header):
                yield line, _statement({name: _cell_value(name, cell) for name, cell in zip(header, row, strict=True)})
            else:
                yield line, RecordError(f"{len(row)} cells under {len(header)} columns")


def _cell_value(name: str, cell: str) -> Cell:
    """Read a cell as the type of its field; what cannot be read so stays text, for `Statement.from_dict` to refuse."""
    annotation = _ANNOTATIONS.get(name, "str")
    try:
        if annotation == "bool":
            return {"true": True, "false": False}[cell.lower()]
        if annotation == "int" or (annotation.startswith("float") and cell.lstrip("-").isdecimal()):
            return int(cell)
        if annotation.startswith("float") and cell:
            return float(cell)
    except (KeyError, ValueError):
        return cell
    text = unquote_cell(cell)
    return "" if text is None and annotation == "str" else text


# Merging


def merge_statements(*collections: Iterable[Statement]) -> list[Statement]:
    """Return the union by id, in the order of the store; of two with one id, the one of the higher version stays.

    Versions are compared number by number ("0.10.0" is above "0.9.1", "0.1.0.dev2" below "0.1.0"). Within one version,
    as after a correction, the record that sorts last stays, so that the order of the arguments never matters.
    """
    merged: dict[str, Statement] = {}
    for collection in collections:
        for statement in collection:
            known = merged.setdefault(statement.id, statement)
            if known is not statement and known != statement and _rank(known) < _rank(statement):
                merged[statement.id] = statement
    return sorted(merged.values(), key=attrgetter("sort_key"))


def _rank(statement: Statement) -> tuple[Any, str]:
    words = statement.version.split()
    version = tuple((1, _version_key(word)) if word[0].isdecimal() else (0, word) for word in words)
    return version, statement_line(canonical(statement))


def _version_key(version: str) -> tuple[tuple[int, int, str], ...]:
    # The end of a version comes after letters (0.1.0.dev1 is before 0.1.0) and before further numbers.
    parts = re.findall(r"([0-9]+)|([a-z]+)", version.lower())
    return *((1, int(digits), "") if digits else (-1, 0, letters) for digits, letters in parts), (0, 0, "")


# Writing


def write_statements(statements: Iterable[Statement], file: IO[str]) -> None:
    """Write the union of `statements` as JSON Lines to `file`, a text file open as UTF-8 with newline="".

    Raises RecordError where a number is not finite or a confidence outside 0..1, before anything is written.
    """
    file.writelines(map(statement_line, _stored(statements)))


def write_statement_table(statements: Iterable[Statement], file: IO[str]) -> None:
    """Write the union of `statements` as CSV, one column a field; else as `write_statements`."""
    write_rows(STATEMENT_FIELDS, statement_rows(statements), file)


def statement_rows(statements: Iterable[Statement]) -> Iterator[tuple[Cell, ...]]:
    """Yield the values of each statement of the union, in the order of `STATEMENT_FIELDS`: the rows of every table."""
    return map(_values, _stored(statements))


def statement_line(statement: Statement) -> str:
    """Return the line of triples.jsonl, with its line end, of a statement that is `canonical`."""
    return write_object(dict(zip(STATEMENT_FIELDS, _values(statement), strict=True)))


def canonical(statement: Statement) -> Statement:
    """Return `statement` as the store holds it: equal statements become equal bytes.

    Lone surrogates become U+FFFD, one for one, so that offsets stay right; whole quantities are integers; a confidence
    has three digits. Raises RecordError for a number that is not finite or a confidence outside 0..1.
    """
    changes: dict[str, Any] = {}
    try:
        "".join(filter(None, _texts(statement))).encode()
    except UnicodeEncodeError:
        changes = {name: clean_surrogates(text) for name in _TEXT_FIELDS if (text := getattr(statement, name)) is not None}
    return _with_stored_numbers(replace(statement, **changes) if changes else statement)


def _with_stored_numbers(statement: Statement) -> Statement:
    """Return `statement` with its numbers as the store holds them. Raises RecordError as `canonical`."""
    changes: dict[str, Any] = {}
    confidence = statement.confidence
    if not 0 <= confidence <= 1:
        raise RecordError(f"field 'confidence' cannot be {confidence!r}", field="confidence")
    if type(confidence) is not float or round(confidence, 3) != confidence:
        changes["confidence"] = round(float(confidence), 3)
    for name in ("quantity", "quantity_max"):
        number = getattr(statement, name)
        if number is not None and type(written := _number(name, number)) is not type(number):
            changes[name] = written
    return replace(statement, **changes) if changes else statement


def _stored(statements: Iterable[Statement]) -> list[Statement]:
    return merge_statements(map(canonical, statements))


def _number(name: str, value: float) -> int | float:
    """Return `value` as an int where it is whole and a float holds it exactly, else as a float."""
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise RecordError(f"field {name!r} cannot be {value!r:.40}", field=name)
    return int(number) if number.is_integer() and abs(number) <= _EXACT else number
