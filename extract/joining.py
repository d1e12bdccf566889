"""Whom one joins without belonging to them: a country, a crowd or anybody that one does something together with.

    Peru joined the League                     →  a member of it
    Peru joined Chile in condemning the coup   →  beside it
    N. N. joined his Danish colleagues         →  beside them
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .records import ActorKind, RelationType
from .relations import Relation, lemma
from .syntax import children, marker, preposition
from .voices import IN_ARMS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .arguments import Argument

_BODIES = frozenset({"government", "army", "navy", "force", "military", "militia", "police", "cabinet", "administration", "junta", "guard", "rank", "parliament", "senate"})
"""What of a country somebody becomes a member of."""
_DEEDS = frozenset({
    "resolution", "lawsuit", "suit", "appeal", "call", "statement", "declaration", "condemnation", "demand", "letter", "operation", "offensive", "attack", "raid",
    "strike", "exercise", "drill", "patrol", "campaign", "effort", "boycott", "vote", "protest", "search",
})  # fmt: skip
"""What one joins others in."""


def as_joining(relation: Relation, verb: Token, object_: Argument) -> Relation:
    """The relation, as COOPERATE where those joined are nothing to belong to, or are joined in a deed."""
    if relation.type is not RelationType.MEMBER or lemma(verb) != "join" or object_.mention.actor.kind is ActorKind.PERSON:
        return relation
    acting = any(clause.tag_ == "VBG" and "in" in marker(clause).split() for clause in children(verb, "advcl"))
    acting |= any(preposition(noun) == "in" and lemma(noun) in _DEEDS for noun in children(verb, "obl"))
    acting |= any(preposition(noun) == "in" and lemma(noun) in _DEEDS for noun in children(object_.filler, "nmod"))
    return replace(relation, type=RelationType.COOPERATE) if acting or not _is_body(object_) else relation


def _is_body(joined: Argument) -> bool:
    mention = joined.mention
    if mention.actor.kind is ActorKind.COUNTRY:
        return mention.form == "metonym" or lemma(joined.filler) in _BODIES
    return mention.actor.kind is ActorKind.ORGANISATION or mention.sector in IN_ARMS | {"PTY", "GOV", "MIL", "LEG"}
