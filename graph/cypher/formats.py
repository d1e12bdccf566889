"""Writes the answer to a query: as a table for people, as CSV, JSON or JSON Lines for programs, as a page of what it returns."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path as FilePath
from typing import IO, TYPE_CHECKING, Any

from ...extract.records import Statement
from ..edges import edge_key
from ..labels import printable
from ..merge import unify
from ..output import atomic_file
from ..tables import Cell, write_rows
from .errors import QueryError
from .schema import RELATION_TYPES, STATEMENT
from .values import Node, Path, Relationship, Result, plain

if TYPE_CHECKING:
    from rich.console import Console

_LONG = 40  # characters; lists with a longer item are written one item a line


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    GRAPH = "graph"


def write_answer(
    result: Result, format: Format, path: FilePath | None, statements: Callable[[], Iterable[Statement]], *, title: str | None = None
) -> None:
    """Write an answer to `path`, whole or not at all, or to standard output.

    A page needs the statements that the answer is about, which `statements` returns. Raises OutputError, and QueryError where
    there is nothing to draw.
    """
    if path is None:
        _write(result, format, sys.stdout, statements, title)
    else:
        with atomic_file(path) as file:
            _write(result, format, file, statements, title)


def _write(result: Result, format: Format, file: IO[str], statements: Callable[[], Iterable[Statement]], title: str | None) -> None:
    match format:
        case Format.TABLE:
            from rich.console import Console

            print_table(result, Console(file=file))
        case Format.CSV:
            write_csv(result, file)
        case Format.JSON:
            write_json(result, file)
        case Format.JSONL:
            write_jsonl(result, file)
        case Format.GRAPH:
            from ..page import page_html

            file.write(page_html(drawn_statements(result, statements()), title=title, groups=True))


def write_csv(result: Result, file: IO[str]) -> None:
    """Write the rows under a header (see `tables.write_rows`); what is more than text, a number or a truth value stands as JSON."""
    write_rows(result.columns, ([_cell(value) for value in row] for row in result.rows), file)


def write_json(result: Result, file: IO[str]) -> None:
    """Write a JSON list with an object for each row (see `values.plain`)."""
    file.write("[")
    for i, record in enumerate(result.records()):
        file.write((",\n " if i else "\n ") + _json(record))
    file.write("\n]\n" if result.rows else "]\n")


def write_jsonl(result: Result, file: IO[str]) -> None:
    """Write a JSON object for each row, one a line."""
    file.writelines(_json(record) + "\n" for record in result.records())


def print_table(result: Result, console: Console) -> None:
    """Print a table; no text of an article can act as markup or move the cursor."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if not result.rows:
        console.print("no rows", style="dim")
        return
    table = Table(box=box.SIMPLE_HEAD, row_styles=["", "dim"] if console.is_terminal else None)
    for i, column in enumerate(result.columns):
        numbers = all(isinstance(row[i], int | float | None) and not isinstance(row[i], bool) for row in result.rows)
        table.add_column(Text(printable(column)), justify="right" if numbers else "left", overflow="fold")
    for row in result.rows:
        table.add_row(*(Text(text(value)) for value in row))
    if not console.is_terminal:  # there is no width of a window to keep to
        console.width = console.measure(table, options=console.options.update(max_width=10**6)).maximum
    console.print(table)
    console.print(f"{len(result)} row{'s' if len(result) != 1 else ''}", style="dim")


def text(value: Any) -> str:
    """Return a value as a person reads it.

    >>> text([1, True, None, "a"]), text({"n": 0.5})
    ('1, true, , a', 'n: 0.5')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return printable(value)
        case Node():
            return printable(next(str(value.properties[name]) for name in ("name", "sentence", "title", "id") if name in value.properties))
        case Relationship():
            return printable(f"{value.start} -{value.type}-> {value.end}")
        case Path():
            steps = zip(value.nodes, value.relationships, value.nodes[1:], strict=False)
            return text(value.nodes[0]) + "".join(f" {_arrow(before, step, after)} {text(after)}" for before, step, after in steps)
        case list() | tuple():
            items = [text(item) for item in value]
            return ("\n" if any(len(item) > _LONG for item in items) else ", ").join(items)
        case dict():
            return ", ".join(f"{printable(key)}: {text(item)}" for key, item in value.items())
    return str(value)


def _arrow(before: Node, step: Relationship, after: Node) -> str:
    if step.properties.get("symmetric"):
        return f"-{step.type}-"
    forward = step.start == before.id and (step.end == after.id)
    return f"-{step.type}->" if forward else f"<-{step.type}-"


def drawn_statements(result: Result, statements: Iterable[Statement]) -> list[Statement]:
    """Return those of `statements` that a page of the answer shows.

    These are the statements that it returns, those behind the relations that it returns, alone or in paths; where it
    returns neither, those between the actors that it returns. Raises QueryError where it returns nothing to draw.
    """
    ids: set[str] = set()
    relations: set[tuple[str, str, str]] = set()
    actors: set[str] = set()
    for element in _elements(result.rows):
        if isinstance(element, Relationship):
            if element.type in RELATION_TYPES:
                relations.add((element.start, element.type, element.end))
            else:
                ids.add(element.start)
        elif STATEMENT in element.labels:
            ids.add(element.id)
        else:
            actors.add(element.id)
    if not (ids or relations or actors):
        raise QueryError("there is nothing to draw: let the query return nodes, relationships or paths")
    statements = list(statements)
    keys = {statement.id: edge_key(statement) for statement in unify(statements, groups=True)}
    if not ids and not relations:
        return [statement for statement in statements if (key := keys.get(statement.id)) and {key.subject_id, key.object_id} <= actors]
    return [
        statement
        for statement in statements
        if statement.id in ids or ((key := keys.get(statement.id)) and (key.subject_id, str(key.relation_type), key.object_id) in relations)
    ]


def _elements(value: Any) -> Iterator[Node | Relationship]:
    match value:
        case Node() | Relationship():
            yield value
        case Path():
            yield from value.nodes
            yield from value.relationships
        case list() | tuple():
            for item in value:
                yield from _elements(item)
        case dict():
            for item in value.values():
                yield from _elements(item)


def _cell(value: Any) -> Cell:
    value = plain(value)
    return _json(value) if isinstance(value, list | dict) else value


def _json(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False)
