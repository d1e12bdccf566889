"""Storms that bear names of people: "Typhoon Fung-wong", and "Ita" where the document has called a cyclone so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .snapshot import once_a_document

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STORMS = frozenset({"typhoon", "hurricane", "cyclone", "storm"})
_LONG_NAME = 3
"""Words of a name that are more than a storm's: "Katrina Relief Fund"."""


@once_a_document
def named_storms(doc: Doc) -> list[int]:
    """Where the names of storms begin, in characters: "Typhoon Fung-wong"."""
    return [token.idx + len(token) + 1 for token in doc if token.lower_ in _STORMS]


def is_storm(doc: Doc, start: int, end: int) -> bool:
    """Whether the name is a storm's, once the document has called it one: "Cyclone Ita", "TC Ita"."""
    return doc[start].lower_ in _STORMS or (end - start < _LONG_NAME and doc[end - 1].text in _names(doc))


@once_a_document
def _names(doc: Doc) -> frozenset[str]:
    """The capitalised words behind a word for a storm."""
    return frozenset(word.nbor(1).text for word in doc[: len(doc) - 1] if word.lower_ in _STORMS and word.nbor(1).text[:1].isupper())
