"""The property graph that statements make, the same for every Cypher engine.

    (:Actor:Country|Person|Organisation|Group {id, name, kind, aliases, country})
    (:Actor)-[:AID {the attributes of the edge, family, sign, fact}]->(:Actor)        one type for each of the 21 relation types
    (:Statement {the fields of the record, family, sign, fact})-[:SUBJECT|OBJECT|ATTRIBUTED_TO]->(:Actor)
    (:Statement)-[:IN]->(:Document {id, title, source, url, published})

Statements are stored as the records have them, all of them, and Statement nodes point to actors as a graph unifies them
(`merge.unify`): where a surname turns out to be a person with a full name, `subject_id` stays what the record says and the
SUBJECT relationship leads to the person. Relations between actors are the edges of `edges.build_edges` over what a graph
shows: statements on a group of which no text tells the country (kind group, "@" in the id) or with one actor at both ends
add to none. The actors of these have their statements all the same.

What is unknown is absent, for Neo4j stores no nulls. `dataset` stands on statements, documents and relations, which belong
to one folder; actors are shared. Everything is pure and sorted: the same statements give the same rows. Whoever changes
what they hold raises `cache.DATABASE_VERSION`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from ...extract.records import STATEMENT_FIELDS, ActorKind, RelationType, Statement
from ..actors import Actor, alias, collect_actors, commonest
from ..edges import EDGE_ATTRIBUTES, Edge, build_edges
from ..merge import merge_people, unify, without_unlocated
from ..triples import merge_statements
from .values import Node, Relationship, Value

ACTOR, STATEMENT, DOCUMENT = "Actor", "Statement", "Document"

KIND_LABELS: Mapping[ActorKind, str] = {kind: kind.capitalize() for kind in ActorKind}
"""The second label of an actor; one that statements are attributed to and nothing else may have none."""

LABELS: tuple[str, ...] = (ACTOR, *KIND_LABELS.values(), STATEMENT, DOCUMENT)
"""Every label; none is ever made from text."""

SUBJECT, OBJECT, ATTRIBUTED_TO, IN = "SUBJECT", "OBJECT", "ATTRIBUTED_TO", "IN"

EVIDENCE_TYPES: tuple[str, ...] = (SUBJECT, OBJECT, ATTRIBUTED_TO, IN)
"""Types of the relationships of a statement, which have no properties."""

RELATION_TYPES: tuple[str, ...] = tuple(map(str, RelationType))
"""Types of the relationships between actors."""

ACTOR_PROPERTIES: tuple[str, ...] = ("id", "name", "kind", "aliases", "country")
DOCUMENT_PROPERTIES: tuple[str, ...] = ("id", "title", "source", "url", "published", "dataset")
DERIVED_PROPERTIES: tuple[str, ...] = ("family", "sign", "fact")
"""What is worked out for questions: the family and sign of the relation type, and whether it is so (`Statement.is_fact`);
for a relation, whether any of its statements is a fact."""
STATEMENT_PROPERTIES: tuple[str, ...] = (*STATEMENT_FIELDS, *DERIVED_PROPERTIES, "dataset")
RELATION_PROPERTIES: tuple[str, ...] = (*EDGE_ATTRIBUTES, *DERIVED_PROPERTIES, "dataset")

_EVIDENCE_FIELDS = {SUBJECT: "subject_id", OBJECT: "object_id", ATTRIBUTED_TO: "attributed_to_id", IN: "document_id"}
_ENUMERATIONS = ("subject_kind", "relation_type", "object_kind", "modality", "quantity_bound")
_DERIVED: Mapping[RelationType, Mapping[str, Value]] = {type_: {"family": str(type_.family), "sign": type_.sign} for type_ in RelationType}
_record = attrgetter(*STATEMENT_FIELDS)


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Everything to store of one dataset.

    Nodes are sorted by id, `relations` by (start, type, end), of which no two have the same. `evidence` holds for each of
    EVIDENCE_TYPES the ids of (statement, actor or document), sorted by statement.
    """

    actors: tuple[Node, ...]
    documents: tuple[Node, ...]
    statements: tuple[Node, ...]
    relations: tuple[Relationship, ...]
    evidence: Mapping[str, tuple[tuple[str, str], ...]]


def property_graph(statements: Iterable[Statement], dataset: str) -> PropertyGraph:
    """Return the property graph of `statements`, whose order and repetition do not matter."""
    merged = sorted(merge_statements(statements), key=attrgetter("id"))
    people = merge_people(merged)
    return PropertyGraph(
        actors=tuple(actor_nodes(merged, people)),
        documents=tuple(document_nodes(merged, dataset)),
        statements=tuple(statement_node(statement, dataset) for statement in merged),
        relations=tuple(relation(edge, dataset) for edge in build_edges(unify(merged))),
        evidence={type_: tuple(evidence(type_, merged, people)) for type_ in EVIDENCE_TYPES},
    )


def actor_nodes(statements: Sequence[Statement], people: Mapping[str, str]) -> list[Node]:
    """Return the actors that the statements name, as a graph unifies them, sorted by id.

    `people` is what `merge_people` finds in them. Actors to whom statements are only attributed are among them: their name
    is what most texts call them, and their kind is known where the id tells.
    """
    everything = unify(statements, groups=True)
    shown = without_unlocated(everything)
    nodes = {actor.id: actor_node(actor) for actor in collect_actors(everything)}
    if len(shown) < len(everything):
        # What a graph shows of an actor does not depend on what it hides, so the second record of an actor is the one to keep.
        nodes |= {actor.id: actor_node(actor) for actor in collect_actors(shown)}
    speakers: dict[str, Counter[str]] = {}
    for statement in statements:
        if (id_ := statement.attributed_to_id) is not None and (id_ := people.get(id_, id_)) not in nodes:
            text = statement.attributed_to or id_
            speakers.setdefault(id_, Counter())[alias(text) or text] += 1
    nodes |= {id_: speaker_node(id_, commonest(names)) for id_, names in speakers.items()}
    return [nodes[id_] for id_ in sorted(nodes)]


def actor_node(actor: Actor) -> Node:
    """Return the node of an actor; `aliases` is a list, empty where there are none."""
    properties: dict[str, Value] = {"id": actor.id, "name": actor.name, "kind": str(actor.kind), "aliases": list(actor.aliases)}
    if actor.country is not None:
        properties["country"] = actor.country
    return Node((ACTOR, KIND_LABELS[actor.kind]), actor.id, properties)


def speaker_node(id_: str, name: str) -> Node:
    """Return the node of an actor to whom statements are attributed and nothing else; its kind is known where the id tells."""
    if re.fullmatch("[A-Z]{3}", id_):
        return actor_node(Actor(id_, name, ActorKind.COUNTRY, country=id_))
    if re.match(r"[A-Z]{3}\.", id_):
        return actor_node(Actor(id_, name, ActorKind.GROUP, country=id_[:3]))
    return Node((ACTOR,), id_, {"id": id_, "name": name, "aliases": []})


def document_nodes(statements: Iterable[Statement], dataset: str) -> list[Node]:
    """Return the documents that the statements stand in, sorted by id.

    Of what statements of one document say differently, the first of the alphabet counts.
    """
    fields = ("title", "source", "url", "published")
    known: dict[str, dict[str, str]] = {}
    for statement in statements:
        properties = known.setdefault(statement.document_id, {})
        for name in fields:
            value: str | None = getattr(statement, name)
            if value is not None and value != properties.get(name):
                properties[name] = min(value, properties.get(name, value))
    return [
        Node((DOCUMENT,), id_, {"id": id_} | {name: known[id_][name] for name in fields if name in known[id_]} | {"dataset": dataset})
        for id_ in sorted(known)
    ]


def statement_node(statement: Statement, dataset: str) -> Node:
    """Return the node of a statement: the fields of its record that are known, then what is derived from them."""
    properties: dict[str, Value] = {
        name: value for name, value in zip(STATEMENT_FIELDS, _record(statement), strict=True) if value is not None
    }
    for name in _ENUMERATIONS:
        if name in properties:
            properties[name] = str(properties[name])  # a driver need not take what is only derived from str
    properties |= _DERIVED[statement.relation_type]
    properties["fact"], properties["dataset"] = statement.is_fact, dataset
    return Node((STATEMENT,), statement.id, properties)


def statement_of(properties: Mapping[str, Any]) -> Statement:
    """Return the statement whose node has these properties: the inverse of `statement_node`.

    Raises RecordError where they are not those of a statement.
    """
    return Statement.from_dict({name: properties.get(name) for name in STATEMENT_FIELDS})


def relation(edge: Edge, dataset: str) -> Relationship:
    """Return the relationship of an edge between two actors."""
    properties: dict[str, Value] = {name: value for name, value in edge.attributes().items() if value is not None}
    properties |= _DERIVED[edge.relation_type]
    properties["fact"], properties["dataset"] = edge.asserted > 0, dataset
    return Relationship(str(edge.relation_type), edge.subject_id, edge.object_id, properties)


def evidence(type_: str, statements: Iterable[Statement], people: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return the ids (start, end) of the relationships of one of EVIDENCE_TYPES, in the order of the statements.

    `people` is what `merge_people` finds in them; relationships lead to the actor whom a surname means.
    """
    end_of = attrgetter(_EVIDENCE_FIELDS[type_])
    if type_ == IN or not people:
        return ((statement.id, end) for statement in statements if (end := end_of(statement)) is not None)
    return ((statement.id, people.get(end, end)) for statement in statements if (end := end_of(statement)) is not None)
