"""Triples of a sentence with a tree drawn by hand, as every family of rules gives them."""

from __future__ import annotations

from actorgraph.extract.candidates import Candidate
from actorgraph.extract.statements import _candidates, distinct

from .parses import Reading, lexicon


def candidates_of(reading: Reading) -> list[Candidate]:
    """What every family of rules finds, each triple once."""
    return distinct(_candidates(reading.doc, reading.predications, lexicon()))


def triples(reading: Reading) -> list[list[str]]:
    """[subject, relation, object, type, rule] of each candidate, sorted."""
    return sorted(
        [candidate.subject.actor.name, candidate.relation.phrase, candidate.object.actor.name, str(candidate.relation.type), candidate.rule]
        for candidate in candidates_of(reading)
    )
