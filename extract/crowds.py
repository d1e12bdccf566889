"""Crowds that only a number names: "thousands marched in Tbilisi", "tens of thousands of people took to the streets"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .collectives import CollectiveMatch, Collectives
from .syntax import children, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NUMBERS = frozenset({"dozens", "scores", "tens", "hundreds", "thousands", "millions"})
_PROTESTING = frozenset({"march", "rally", "protest", "demonstrate", "riot"})
_COUNTED = _NUMBERS | {"people"}
_STREETS = frozenset({"street", "streets"})


def crowds(doc: Doc) -> Iterator[CollectiveMatch]:
    """The numbers that stand for protesters, as role nouns; of whom they are told ("thousands of miners") they are not."""
    row = Collectives.load().lookup("protester")
    for token in doc:
        if row is None or token.lower_ not in _NUMBERS or not has_label(token, "nsubj") or not _protests(token.head):
            continue
        counted = list(_counted(token))
        if all(word.lower_ in _COUNTED for word in counted):
            yield CollectiveMatch(token.i, max((word.i for word in counted), default=token.i) + 1, token.i, row, True)


def _protests(verb: Token) -> bool:
    if verb.lemma_.lower() in _PROTESTING:
        return True
    return verb.lemma_.lower() in ("take", "pour", "flood") and any(noun.lower_ in _STREETS for noun in children(verb, "obl", "obj"))


def _counted(number: Token) -> Iterator[Token]:
    """What the number counts, through numbers of numbers."""
    for noun in children(number, "nmod"):
        if preposition(noun) == "of":
            yield noun
            yield from _counted(noun)
