"""The edges of a graph: all statements with one subject, one relation type and one object, and what they add up to.

Counts are always derived from statements, never carried on, so that no edge says more than its evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
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
        return dict(zip(EDGE_ATTRIBUTES, _attributes(self), strict=True)) | {"relations": list(self.relations)}


EDGE_ATTRIBUTES: tuple[str, ...] = tuple(field.name for field in fields(Edge))[3:]
"""Names of what an edge says beyond its key, in the order of every export."""

_attributes = attrgetter(*EDGE_ATTRIBUTES)


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
    # Most edges have one statement or two, so a loop beats a pass for each figure.
    phrases: list[str] = []
    modalities: list[Modality] = []
    documents: set[str] = set()
    sources: set[str | None] = set()
    symmetric, asserted, negated, attributed, confidence = True, 0, 0, 0, 0.0
    first: str | None = None
    last: str | None = None
    for statement in statements:
        phrases.append(statement.relation)
        modalities.append(statement.modality)
        documents.add(statement.document_id)
        sources.add(statement.source)
        symmetric = symmetric and statement.symmetric
        asserted += statement.is_fact
        negated += statement.negated
        attributed += statement.attributed_to is not None
        confidence = max(confidence, statement.confidence)
        if dates := statement_dates(statement):
            start, end = dates
            first = start if first is None or start < first else first
            last = end if last is None or end > last else last
    relations = (phrases[0],) if len(set(phrases)) == 1 else _commoner_first(phrases)
    return Edge(
        *key,
        relation=relations[0],
        relations=relations,
        symmetric=symmetric,
        statements=len(statements),
        documents=len(documents),
        sources=len(sources),
        asserted=asserted,
        possible=modalities.count(Modality.POSSIBLE),
        planned=modalities.count(Modality.PLANNED),
        requested=modalities.count(Modality.REQUESTED),
        conditional=modalities.count(Modality.CONDITIONAL),
        negated=negated,
        attributed=attributed,
        first=first,
        last=last,
        confidence=confidence,
    )


def _commoner_first(phrases: list[str]) -> tuple[str, ...]:
    counts = Counter(phrases)
    return tuple(sorted(counts, key=lambda phrase: (-counts[phrase], phrase)))


def statement_dates(statement: Statement) -> tuple[str, str] | None:
    """Return the first and the last date of what is stated: of the event where the text tells, else of publication.

    Dates are as precise as they are known (YYYY, YYYY-MM or YYYY-MM-DD), and compare as strings.
    """
    date = statement.event_date or statement.published
    if not date:
        return None
    start, _, end = date.partition("/")
    return start, end or start
