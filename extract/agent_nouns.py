"""Nouns that name one actor by its tie to another: "ally", "rival", "donor" (data/agent_nouns.tsv)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from .records import RelationType


@dataclass(frozen=True, slots=True)
class AgentNoun:
    """A noun that names one actor by its tie to another; `type` None where it states no relation."""

    noun: str
    type: RelationType | None
    symmetric: bool
    preposition: str


@lru_cache(maxsize=1)
def agent_nouns() -> dict[str, AgentNoun]:
    """The table data/agent_nouns.tsv by noun."""
    lines = (files(__package__) / "data" / "agent_nouns.tsv").read_text("utf8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return {
        row["noun"]: AgentNoun(row["noun"], RelationType(row["type"]) if row["type"] else None, row["symmetric"] == "yes", row["preposition"])
        for row in rows
    }


@lru_cache(maxsize=1)
def others() -> frozenset[str]:
    """The nouns that name someone else than their owner: Kenya's neighbour is not Kenya, members of the council are the council."""
    return frozenset(noun for noun, row in agent_nouns().items() if row.type is not RelationType.MEMBER)
