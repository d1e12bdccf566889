"""Batches of rows: large enough to be fast, small enough for the memory of both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from ...extract.records import Statement

ROWS = 4000
"""Rows of one transaction; fewer cost time, more do not save any."""

CHARACTERS = 8_000_000
"""Characters of text of one transaction, or thereabouts."""

_NAMES = 500  # characters that a row has besides its long texts, about
_Row = TypeVar("_Row")


def batches(
    rows: Iterable[_Row], length: Callable[[_Row], int], *, number: int = ROWS, characters: int = CHARACTERS
) -> Iterator[list[_Row]]:
    """Yield lists of at most `number` rows whose lengths add up to `characters` at most, or of a single longer one.

    >>> list(batches("abcde", len, number=2)), list(batches(["aaa", "a", "a"], len, characters=2))
    ([['a', 'b'], ['c', 'd'], ['e']], [['aaa'], ['a', 'a']])
    """
    batch: list[_Row] = []
    size = 0
    for row in rows:
        added = length(row)
        if batch and (len(batch) == number or size + added > characters):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += added
    if batch:
        yield batch


def statement_length(statement: Statement) -> int:
    """How many characters a statement has, about: names, phrases and ids stand in its sentence, or are as long."""
    return _NAMES + len(statement.sentence) + sum(len(text) for text in (statement.title, statement.url, statement.quantity_text) if text)


def document_length(row: Mapping[str, Any]) -> int:
    """How many characters the row of a document has, about."""
    return _NAMES + len(row["properties"].get("text") or "")
