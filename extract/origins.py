"""Peoples within a people: of "French Canadians" and "the Chinese Indonesian community" the first word tells an origin, and is no country."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from .records import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .gazetteer import Match

_PEOPLE = frozenset({"community", "communities", "population", "populations", "minority", "presence", "diaspora", "family", "families", "descent", "heritage"})


def without_origins(doc: Doc, matches: Sequence[Match]) -> list[Match]:
    """The matches without an adjective of one country right before that of another, of people: no hyphen, comma or "and" between them."""
    origins = {one.start for one, other in pairwise(matches) if _is_origin(doc, one, other)}
    return [match for match in matches if match.start not in origins]


def _is_origin(doc: Doc, one: Match, other: Match) -> bool:
    if one.end != other.start or not (_is_adjective(one) and _is_adjective(other)) or one.name == other.name:
        return False
    people = doc[other.end - 1].tag_ in ("NNS", "NNPS")
    return people or (other.end < len(doc) and doc[other.end].lower_ in _PEOPLE)


def _is_adjective(match: Match) -> bool:
    return match.name is not None and match.name.actor.kind is ActorKind.COUNTRY and match.name.form in ("adjective", "people")
