"""Crowds that only a number names, or only what they do tells from an audience: "thousands marched in Tbilisi", "a crowd stormed the embassy"."""

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
_CROWDS = frozenset({"crowd", "crowds", "mobs", "mob"})
_RIOTING = _PROTESTING | {"attack", "storm", "torch", "burn", "loot", "ransack", "pelt", "throw", "hurl", "stone", "smash", "besiege", "chant", "jeer", "boo", "set", "overturn", "vandalize", "vandalise"}
"""What a crowd does that is no audience."""
_STREETS = frozenset({"street", "streets"})


def crowds(doc: Doc) -> Iterator[CollectiveMatch]:
    """The numbers that stand for protesters, as role nouns; of whom they are told ("thousands of miners") they are not."""
    row = Collectives.load().lookup("protester")
    for token in doc:
        if row is not None and token.lower_ in _CROWDS and has_label(token, "nsubj") and token.head.lemma_.lower() in _RIOTING:
            yield CollectiveMatch(token.i, token.i + 1, token.i, row, True)
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
