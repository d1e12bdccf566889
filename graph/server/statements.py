"""Statement nodes and what they lead to, written batch by batch; each transaction leaves relations that fit its statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ...extract.records import ActorKind, Statement
from ..actors import Actor
from ..cypher import schema
from ..cypher.values import Node
from ..triples import merge_statements
from . import texts
from .actors import put_actors
from .connection import Transaction
from .ids import indexed, stored
from .relations import Pair, pairs_of, recompute


@dataclass(frozen=True, slots=True)
class _Former:
    """What some statements were before: versions by id, pairs of actors, and all actors, of those that there were."""

    versions: Mapping[str, str]
    pairs: frozenset[Pair]
    actors: frozenset[str]


def put_statements(tx: Transaction, dataset: str, batch: Sequence[Statement], people: Mapping[str, str], *, replacing: bool) -> int:
    """Store statements, each with an id of its own, in place of those with the same ids; return how many relations they are on.

    `people` is what `merge.merge_people` finds. One that is there in a higher version stays unless `replacing`.
    """
    list(tx.read(texts.LOCK))
    former = _former(tx, dataset, [indexed(statement.id) for statement in batch])
    if not replacing:
        batch = [statement for statement in batch if not _is_older(statement, former.versions.get(indexed(statement.id)))]
    nodes = {statement.id: schema.statement_node(statement, dataset) for statement in batch}
    put_actors(tx, _provisional_actors(batch, people))
    documents = [{"id": indexed(node.id), "properties": stored(node)} for node in schema.document_nodes(batch, dataset)]
    tx.write(texts.PUT_DOCUMENTS, documents, dataset=dataset)
    if former.versions:
        _clear(tx, dataset, former, [indexed(statement.id) for statement in batch])
    ends = {statement.id: (_meant(people, statement.subject_id), _meant(people, statement.object_id)) for statement in batch}
    rows = [
        {
            "id": indexed(statement.id), "properties": stored(nodes[statement.id]), "subject": indexed(ends[statement.id][0]),
            "object": indexed(ends[statement.id][1]), "document": indexed(statement.document_id),
        }
        for statement in batch
    ]  # fmt: skip
    tx.write(texts.PUT_STATEMENTS, rows, dataset=dataset)
    attributions = [
        {"id": indexed(statement.id), "actor": indexed(_meant(people, statement.attributed_to_id))}
        for statement in batch
        if statement.attributed_to_id is not None
    ]
    tx.write(texts.PUT_ATTRIBUTIONS, attributions, dataset=dataset)
    return recompute(tx, dataset, {*pairs_of(ends.values()), *former.pairs})


def delete_statements(tx: Transaction, dataset: str, ids: Sequence[str]) -> None:
    """Delete the statements with these ids (as they are indexed), and what their relations count of them."""
    list(tx.read(texts.LOCK))
    former = _former(tx, dataset, ids)
    list(tx.read(texts.MARK_ACTORS, ids=sorted(map(indexed, former.actors))))
    tx.write(texts.DELETE_STATEMENTS, [{"id": id_} for id_ in ids if id_ in former.versions], dataset=dataset)
    recompute(tx, dataset, former.pairs)


def _former(tx: Transaction, dataset: str, ids: Sequence[str]) -> _Former:
    versions: dict[str, str] = {}
    pairs: set[Pair] = set()
    actors: set[str] = set()
    for id_, version, *ends in tx.read(texts.FORMER_STATEMENTS, ids=ids, dataset=dataset):
        versions[id_] = version
        actors.update(end for end in ends if end is not None)
        if ends[0] is not None and ends[1] is not None:
            pairs.update(pairs_of([(ends[0], ends[1])]))
    return _Former(versions, frozenset(pairs), frozenset(actors))


def _clear(tx: Transaction, dataset: str, former: _Former, ids: Sequence[str]) -> None:
    list(tx.read(texts.MARK_ACTORS, ids=sorted(map(indexed, former.actors))))
    list(tx.read(texts.CLEAR_EVIDENCE, ids=[id_ for id_ in ids if id_ in former.versions], dataset=dataset))


def _is_older(statement: Statement, version: str | None) -> bool:
    """Whether a statement has a lower version than the one given, as `merge_statements` compares them."""
    if version is None or version == statement.version:
        return False
    (newest,) = merge_statements([statement], [replace(statement, version=version)])
    return newest.version == version


def _provisional_actors(statements: Iterable[Statement], people: Mapping[str, str]) -> list[Node]:
    """Nodes of all actors of the statements, sorted by id, under the first name that comes."""
    nodes: dict[str, Node] = {}
    speakers: dict[str, str] = {}
    for s in statements:
        for id_, name, kind in ((s.subject_id, s.subject, s.subject_kind), (s.object_id, s.object, s.object_kind)):
            if (meant := _meant(people, id_)) not in nodes:
                nodes[meant] = schema.actor_node(Actor(meant, name, kind, country=meant if kind is ActorKind.COUNTRY else None))
        if s.attributed_to_id is not None:
            speakers.setdefault(_meant(people, s.attributed_to_id), s.attributed_to or s.attributed_to_id)
    nodes = {id_: schema.speaker_node(id_, name) for id_, name in speakers.items()} | nodes
    return [nodes[id_] for id_ in sorted(nodes)]


def _meant(people: Mapping[str, str], id_: str) -> str:
    return people.get(id_, id_)
