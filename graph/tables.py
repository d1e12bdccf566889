"""CSV that is safe to open in a spreadsheet and that reads back exactly as it was written.

A spreadsheet runs a cell that begins like a formula (OWASP, "CSV Injection"), and the sentences of articles are other
people's text. Such a cell gets a leading apostrophe, which spreadsheets show as text; so does one that begins with an
apostrophe of its own, so that taking one off is always right. An empty cell is null, a lone apostrophe the empty string.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TypeAlias

from ..extract.errors import RecordError

Cell: TypeAlias = str | int | float | bool | None
"""What stands in a table: text, a number, a truth value, or nothing."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_LONGEST_CELL = 2**31 - 1  # what fits a C long on every platform; csv stops at 128 KiB unless told


def quote_cell(text: str) -> str:
    """Return `text` as a cell that no spreadsheet runs; `unquote_cell` takes it back.

    >>> quote_cell("=1+1"), quote_cell("'tis"), quote_cell("Serbia"), quote_cell("")
    ("'=1+1", "''tis", 'Serbia', "'")
    """
    # Leading blanks do not protect: some programs trim them before they look.
    return "'" + text if not text or text.startswith("'") or text.lstrip(" ").startswith(_FORMULA) else text


def unquote_cell(cell: str) -> str | None:
    """Return the text of a cell that `quote_cell` wrote, None for an empty cell."""
    return cell.removeprefix("'") if cell else None


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[Cell]], file: IO[str]) -> None:
    """Write a header and rows as CSV (RFC 4180, but lines end in \\n) to `file`, a text file open with newline=""."""
    # Every text is quoted: csv leaves a bare \r alone, and a program that splits at ";" would see cells of its own.
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_written(cell) for cell in row] for row in rows)


def read_rows(file: IO[str], path: Path | str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of its first line, cells) of each row of `file`, header included; blank lines are passed over.

    `file`, which `path` names, is open as UTF-8 with newline="". Cells are as they stand; `unquote_cell` reads one. Raises
    RecordError where the text is not UTF-8 or the quoting is broken: what follows such a place cannot be told apart.
    """
    csv.field_size_limit(_LONGEST_CELL)
    line = 1
    try:
        reader = csv.reader(file, strict=True)
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise RecordError(f"not CSV: {error}", path, line) from None
    except UnicodeDecodeError:
        raise RecordError("not UTF-8", path, line) from None


def _written(cell: Cell) -> str | float:
    if isinstance(cell, str):
        return quote_cell(cell)
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else cell
