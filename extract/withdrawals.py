"""Forces that leave a country: "the last Kenyan soldiers left Chad" is a withdrawal, "the minister left Chad" none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .bystanders import FORCES
from .records import ActorKind, RelationType
from .relations import Relation, lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .arguments import Argument

_LEAVING = frozenset({"leave", "exit", "depart", "quit", "vacate"})


def as_withdrawal(relation: Relation, verb: Token, subject: Argument, object_: Argument) -> Relation:
    """The relation, as RETREAT where forces leave the country of others."""
    leaves = relation.type is RelationType.OTHER and lemma(verb) in _LEAVING and object_.preposition in ("", "from")
    abroad = object_.mention.actor.kind is ActorKind.COUNTRY and object_.direct
    return replace(relation, type=RelationType.RETREAT) if leaves and abroad and subject.mention.sector in FORCES else relation
