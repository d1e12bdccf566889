"""Relations between actors, recomputed from the Statement nodes of a database in the transaction that changes these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from ...extract.records import ActorKind, Modality, RelationType, Statement
from ..cypher import schema
from ..edges import EdgeKey, edge_key, sum_up
from ..merge import is_unlocated
from . import texts
from .connection import Transaction
from .ids import indexed

Pair = tuple[str, str]
"""Ids of two actors, the lesser first."""


def pair(one: str, other: str) -> Pair:
    """Return two actors in order."""
    return (one, other) if one <= other else (other, one)


def recompute(tx: Transaction, dataset: str, pairs: Iterable[Pair]) -> int:
    """Make the relations of a dataset between the actors of each pair those of its Statement nodes; return how many there are."""
    pairs = set(pairs)
    rows = _rows(pairs)
    there = {(type_, start, end) for type_, start, end in tx.read(texts.RELATIONS_BETWEEN, rows=rows, dataset=dataset)} if rows else set()
    edges = [sum_up(key, list(group.values())) for key, group in sorted(_groups(tx, dataset, pairs).items())]
    by_text: dict[str, list[dict[str, Any]]] = {}
    for edge in edges:
        relation = schema.relation(edge, dataset)
        key = relation.type, indexed(relation.start), indexed(relation.end)
        known = texts.SET_RELATIONS if key in there else texts.CREATE_RELATIONS
        by_text.setdefault(known[relation.type], []).append({"start": key[1], "end": key[2], "properties": relation.properties})
        there.discard(key)
    for type_, start, end in sorted(there):
        by_text.setdefault(texts.DELETE_RELATIONS[type_], []).append({"start": start, "end": end})
    for text, changed in by_text.items():
        tx.write(text, changed, dataset=dataset)
    return len(edges)


def _groups(tx: Transaction, dataset: str, pairs: set[Pair]) -> dict[EdgeKey, dict[str, Statement]]:
    """The statements of each edge between the actors of each pair, by their ids."""
    groups: dict[EdgeKey, dict[str, Statement]] = {}
    if not pairs:
        return groups
    for one, other, forward, *row in tx.read(texts.STATEMENTS_BETWEEN, rows=_rows(pairs), dataset=dataset):
        if pair(one, other) not in pairs:
            continue
        statement = _counted(*((one, other) if forward else (other, one)), *row)
        if not (is_unlocated(statement.subject_id, statement.subject_kind) or is_unlocated(statement.object_id, statement.object_kind)):
            groups.setdefault(edge_key(statement), {})[statement.id] = statement
    return groups


def _rows(pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    others: dict[str, list[str]] = {}
    for low, high in sorted(pairs):
        others.setdefault(low, []).append(indexed(high))
    return [{"id": indexed(low), "others": highs} for low, highs in others.items()]


_UNCOUNTED: dict[str, Any] = {
    field.name: {"str": "", "int": 0, "bool": False, "float": 0.0}.get(str(field.type)) for field in fields(Statement)
}


def _counted(
    subject_id: str, object_id: str, id_: str, relation_type: str, relation: str, symmetric: bool, modality: str, negated: bool,
    attributed_to: str | None, source: str | None, document_id: str, published: str | None, event_date: str | None, confidence: float,
    subject_kind: str, object_kind: str,
) -> Statement:  # fmt: skip
    """A statement with all that an edge counts, and nothing else."""
    return Statement(
        **_UNCOUNTED
        | {
            "id": id_, "subject_id": subject_id, "object_id": object_id, "relation_type": RelationType(relation_type),
            "relation": relation, "symmetric": symmetric, "modality": Modality(modality), "negated": negated,
            "attributed_to": attributed_to, "source": source, "document_id": document_id, "published": published,
            "event_date": event_date, "confidence": confidence, "subject_kind": ActorKind(subject_kind),
            "object_kind": ActorKind(object_kind),
        }
    )  # fmt: skip


def pairs_of(ends: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    """Yield the pair of each two actors that are not the same one."""
    return (pair(one, other) for one, other in ends if one != other)
