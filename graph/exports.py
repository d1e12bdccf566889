"""Files for other programs: the format by the suffix, the view by what one wants to see.

A table format is one function from columns and rows to an open file and serves every view that is a table; a graph format
is one from statements. Each is registered for its suffix, and what it needs is imported when it runs.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TypeAlias

from ..extract.errors import UnknownFormat
from ..extract.records import STATEMENT_FIELDS, Statement
from .events import DYAD_COLUMNS, Event, dyads, events
from .jsonlines import write_object
from .output import atomic_path
from .tables import Cell, write_rows
from .triples import canonical, statement_rows


class View(StrEnum):
    """What of the statements a file shows."""

    TRIPLES = "triples"
    EVENTS = "events"
    DYADS = "dyads"
    GRAPH = "graph"


Rows: TypeAlias = Iterable[Sequence[Cell]]
TableWriter: TypeAlias = Callable[[Sequence[str], Rows, IO[bytes]], None]
GraphWriter: TypeAlias = Callable[[list[Statement], IO[bytes], bool], None]
"""Writes the graph of statements; the last argument says whether groups without a country are shown."""

TABLE_FORMATS: dict[str, TableWriter] = {}
GRAPH_FORMATS: dict[str, GraphWriter] = {}


def export(statements: Iterable[Statement], path: Path | str, *, as_: View | str | None = None, groups: bool = False) -> None:
    """Write `statements` to `path` in the format of its suffix, whole or not at all.

    `as_` is triples, events, dyads or graph; unless told, a table holds triples and a graph format the graph. Groups
    without a country are left out of all views but the triples unless `groups`. The same statements, in whatever order,
    give the same bytes.
    Raises UnknownFormat where there is no such format for that view, OutputError where `path` cannot be written,
    RecordError for a statement with an impossible number, ValueError for a view that does not exist.
    """
    suffix = Path(path).suffix.lower()
    view = View(as_) if as_ is not None else View.GRAPH if suffix in GRAPH_FORMATS else View.TRIPLES
    known = known_suffixes(view if as_ is not None else None)
    if suffix not in known:
        raise UnknownFormat(path, known)
    statements = [canonical(statement) for statement in statements]
    with atomic_path(path) as partial, partial.open("wb") as file:
        if view is View.GRAPH:
            GRAPH_FORMATS[suffix](statements, file, groups)
        else:
            TABLE_FORMATS[suffix](*table(statements, view, groups=groups), file)


def table(statements: Iterable[Statement], view: View, *, groups: bool = False) -> tuple[Sequence[str], Rows]:
    """Return the columns and rows of a view that is a table (triples, events, dyads)."""
    if view is View.EVENTS:
        return Event._fields, events(statements, groups=groups)
    if view is View.DYADS:
        return DYAD_COLUMNS, dyads(statements, groups=groups)
    return STATEMENT_FIELDS, statement_rows(statements)


def known_suffixes(view: View | None = None) -> list[str]:
    """Return the suffixes that `export` knows for a view, or all of them, sorted."""
    tables = () if view is View.GRAPH else TABLE_FORMATS
    return sorted({*tables, *(GRAPH_FORMATS if view in (None, View.GRAPH) else ())})


def table_format(suffix: str) -> Callable[[TableWriter], TableWriter]:
    """Register the decorated function for tables with this suffix."""
    return lambda writer: TABLE_FORMATS.setdefault(suffix, writer)


def graph_format(suffix: str) -> Callable[[GraphWriter], GraphWriter]:
    """Register the decorated function for graphs with this suffix."""
    return lambda writer: GRAPH_FORMATS.setdefault(suffix, writer)


@table_format(".csv")
def _csv(columns: Sequence[str], rows: Rows, file: IO[bytes]) -> None:
    with _text(file) as text:
        write_rows(columns, rows, text)


@table_format(".jsonl")
def _jsonl(columns: Sequence[str], rows: Rows, file: IO[bytes]) -> None:
    with _text(file) as text:
        text.writelines(write_object(dict(zip(columns, row, strict=True))) for row in rows)


@graph_format(".graphml")
def _graphml(statements: list[Statement], file: IO[bytes], groups: bool) -> None:
    from .gephi import write_graphml

    write_graphml(statements, file, groups=groups)


@graph_format(".gexf")
def _gexf(statements: list[Statement], file: IO[bytes], groups: bool) -> None:
    from .gephi import write_gexf

    write_gexf(statements, file, groups=groups)


@graph_format(".dot")
def _dot(statements: list[Statement], file: IO[bytes], groups: bool) -> None:
    from .dot import write_dot

    with _text(file) as text:
        write_dot(statements, text, groups=groups)


@contextmanager
def _text(file: IO[bytes]) -> Iterator[IO[str]]:
    """Write text to a binary file: UTF-8, line ends as they are."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    yield text
    text.flush()
    text.detach()
