"""The edges of a graph: all statements with one subject, one relation type and one object, and what they add up to.

Counts are always derived from statements, never carried on, so that no edge says more than its evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from ..extract.records import Modality, RelationType, Statement


class EdgeKey(NamedTuple):
    """What two statements on one edge have in common."""

    subject_id: str
    relation_type: RelationType
    object_id: str


@dataclass(frozen=True, slots=True)
class Edge:
    """The sum of the statements with one key. Equal when the key and every figure are.

    relation            the commonest phrase, of equally common ones the first of the alphabet
    relations           all phrases, the commoner first
    symmetric           whether every statement holds both ways ("met"): such edges have no direction
    statements, documents, sources
                        how many; documents without a source count as one source together
    asserted            how many are stated by the articles themselves as so: asserted, not negated, not attributed
    possible, planned, requested, conditional
                        how many are put that way
    negated, attributed how many are denied, how many are said by someone; both whatever their modality
    first, last         the earliest and the latest date (see `statement_dates`), or None
    confidence          of the statement that was read with most; the highest, not 1 - Π(1 - c), because copies of one
                        report are not independent and a noisy-or then goes to 1 with mere repetition (Downey, Etzioni
                        and Soderland, "A Probabilistic Model of Redundancy in Information Extraction", IJCAI 2005)
    """

    subject_id: str
    relation_type: RelationType
    object_id: str
    relation: str
    relations: tuple[str, ...]
    symmetric: bool
    statements: int
    documents: int
    sources: int
    asserted: int
    possible: int
    planned: int
    requested: int
    conditional: int
    negated: int
    attributed: int
    first: str | None
    last: str | None
    confidence: float

    @property
    def key(self) -> EdgeKey:
        """Subject, relation type and object."""
        return EdgeKey(self.subject_id, self.relation_type, self.object_id)

    def attributes(self) -> dict[str, Any]:
        """All fields after the key, in their order, with plain values; `relations` is a list."""
        return {name: list(self.relations) if name == "relations" else getattr(self, name) for name in EDGE_ATTRIBUTES}


EDGE_ATTRIBUTES: tuple[str, ...] = tuple(field.name for field in fields(Edge))[3:]
"""Names of what an edge says beyond its key, in the order of every export."""


def edge_key(statement: Statement) -> EdgeKey:
    """Return the key of the edge that `statement` belongs to; a symmetric one runs from the lesser id to the greater."""
    subject_id, object_id = statement.subject_id, statement.object_id
    if statement.symmetric and object_id < subject_id:
        subject_id, object_id = object_id, subject_id
    return EdgeKey(subject_id, statement.relation_type, object_id)


def group_statements(statements: Iterable[Statement]) -> dict[EdgeKey, list[Statement]]:
    """Return the statements of each edge, sorted by key; within an edge they keep their order.

    Takes statements as they are to be shown: once each, with people merged (`merge.unify`).
    """
    groups: dict[EdgeKey, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(edge_key(statement), []).append(statement)
    return {key: groups[key] for key in sorted(groups)}


def build_edges(statements: Iterable[Statement]) -> list[Edge]:
    """Return the edges of `statements`, sorted by key; else as `group_statements`."""
    return [sum_up(key, group) for key, group in group_statements(statements).items()]


def sum_up(key: EdgeKey, statements: Sequence[Statement]) -> Edge:
    """Return the edge of at least one statement with that key; their order does not matter."""
    phrases = Counter(statement.relation for statement in statements)
    relations = tuple(sorted(phrases, key=lambda phrase: (-phrases[phrase], phrase)))
    modalities = Counter(statement.modality for statement in statements)
    dates = [dates for statement in statements if (dates := statement_dates(statement))]
    return Edge(
        *key,
        relation=relations[0],
        relations=relations,
        symmetric=all(statement.symmetric for statement in statements),
        statements=len(statements),
        documents=len({statement.document_id for statement in statements}),
        sources=len({statement.source for statement in statements}),
        asserted=sum(statement.is_fact for statement in statements),
        possible=modalities[Modality.POSSIBLE],
        planned=modalities[Modality.PLANNED],
        requested=modalities[Modality.REQUESTED],
        conditional=modalities[Modality.CONDITIONAL],
        negated=sum(statement.negated for statement in statements),
        attributed=sum(statement.attributed_to is not None for statement in statements),
        first=min((start for start, _ in dates), default=None),
        last=max((end for _, end in dates), default=None),
        confidence=max(statement.confidence for statement in statements),
    )


def statement_dates(statement: Statement) -> tuple[str, str] | None:
    """Return the first and the last date of what is stated: of the event where the text tells, else of publication.

    Dates are as precise as they are known (YYYY, YYYY-MM or YYYY-MM-DD), and compare as strings.
    """
    date = statement.event_date or statement.published
    if not date:
        return None
    start, _, end = date.partition("/")
    return start, end or start
