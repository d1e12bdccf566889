"""The property graph of statements: labels, properties, and that it loses nothing."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statements import make_statement, statement_lists

from actorgraph.extract.errors import RecordError
from actorgraph.extract.records import RelationType
from actorgraph.graph.build import build_graph
from actorgraph.graph.cypher import schema
from actorgraph.graph.cypher.schema import PropertyGraph, property_graph, statement_of
from actorgraph.graph.cypher.values import Node
from actorgraph.graph.triples import canonical, merge_statements


def by_id(nodes: tuple[Node, ...]) -> dict[str, Node]:
    return {node.id: node for node in nodes}


def ends(graph: PropertyGraph, type_: str) -> list[tuple[str, str]]:
    return list(graph.evidence[type_])


def test_one_statement():
    statement = make_statement("Hungary", "send troops to", "VEN.opposition", "AID", title="Talks", source="Daily", published="2024-05-20")
    graph = property_graph([statement], "korea")
    assert [(node.labels, dict(node.properties)) for node in graph.actors] == [
        (("Actor", "Country"), {"id": "HUN", "name": "Hungary", "kind": "country", "aliases": [], "country": "HUN"}),
        (("Actor", "Group"), {"id": "VEN.opposition", "name": "VEN.opposition", "kind": "group", "aliases": [], "country": "VEN"}),
    ]
    assert [(node.labels, dict(node.properties)) for node in graph.documents] == [
        (("Document",), {"id": "a.txt", "title": "Talks", "source": "Daily", "published": "2024-05-20", "dataset": "korea"})
    ]
    (node,) = graph.statements
    assert node.labels == ("Statement",)
    known = {name: value for name, value in statement.to_dict().items() if value is not None}
    assert node.properties == known | {"family": "cooperation", "sign": 1, "fact": True, "dataset": "korea"}
    (relation,) = graph.relations
    assert (relation.start, relation.type, relation.end) == ("HUN", "AID", "VEN.opposition")
    assert relation.properties == {
        "relation": "send troops to", "relations": ["send troops to"], "symmetric": False, "statements": 1, "documents": 1, "sources": 1,
        "asserted": 1, "possible": 0, "planned": 0, "requested": 0, "conditional": 0, "negated": 0, "attributed": 0,
        "first": "2024-05-20", "last": "2024-05-20", "confidence": 0.9, "family": "cooperation", "sign": 1, "fact": True, "dataset": "korea",
    }  # fmt: skip
    assert {type_: ends(graph, type_) for type_ in schema.EVIDENCE_TYPES} == {
        "SUBJECT": [(statement.id, "HUN")],
        "OBJECT": [(statement.id, "VEN.opposition")],
        "ATTRIBUTED_TO": [],
        "IN": [(statement.id, "a.txt")],
    }


def test_statements_keep_their_record_and_lead_to_the_unified_actor():
    full = make_statement("Viktor Orban", "prime minister of", "Hungary", "LEADS", subject_id="viktor-orban", subject_kind="person")
    short = make_statement(
        "Orban", "prime minister of", "Hungary", "LEADS", document="b.txt", subject_id="orban@b.txt", subject_kind="person"
    )  # fmt: skip
    graph = property_graph([full, short], "d")
    assert [node.id for node in graph.actors] == ["HUN", "viktor-orban"]
    assert by_id(graph.statements)[short.id].properties["subject_id"] == "orban@b.txt"
    assert sorted(ends(graph, "SUBJECT")) == sorted([(full.id, "viktor-orban"), (short.id, "viktor-orban")])
    assert [(r.start, r.end, r.properties["statements"]) for r in graph.relations] == [("viktor-orban", "HUN", 2)]


def test_groups_of_no_country_have_statements_and_no_relations():
    statement = make_statement("rebels", "attack", "Hungary", "ASSAULT", subject_id="rebels@a.txt", subject_kind="group")
    graph = property_graph([statement], "d")
    assert [node.id for node in graph.actors] == ["HUN", "rebels@a.txt"]
    assert graph.relations == ()
    assert ends(graph, "SUBJECT") == [(statement.id, "rebels@a.txt")]


@pytest.mark.parametrize(
    ("id_", "labels", "country"),
    [
        ("UKR", ("Actor", "Country"), "UKR"),
        ("UKR.opposition", ("Actor", "Group"), "UKR"),
        ("volodymyr-zelenskyy", ("Actor",), None),
        ("spokesman@a.txt", ("Actor",), None),
    ],
)
def test_who_only_speaks_is_an_actor_too(id_, labels, country):
    texts = ["the Ukrainian staff", "Kyiv", "the Kyiv", "she"]
    graph = property_graph([make_statement(at=9 * n, attributed_to=text, attributed_to_id=id_) for n, text in enumerate(texts)], "d")
    node = by_id(graph.actors)[id_]
    assert node.labels == labels
    assert node.properties["name"] == "Kyiv"
    assert node.properties.get("country") == country
    assert [end for _, end in ends(graph, "ATTRIBUTED_TO")] == [id_] * 4


def test_a_document_that_statements_describe_differently_does_not_depend_on_their_order():
    first = make_statement(title="B", source="Daily")
    statements = [first, make_statement(at=40, title="A"), make_statement(at=80)]
    expected = {"id": "a.txt", "title": "A", "source": "Daily", "dataset": "d"}
    assert [dict(node.properties) for node in property_graph(statements, "d").documents] == [expected]
    assert [dict(node.properties) for node in property_graph(statements[::-1], "d").documents] == [expected]


def test_every_list_is_closed():
    assert set(schema.RELATION_TYPES) == {str(type_) for type_ in RelationType}
    assert not set(schema.RELATION_TYPES) & set(schema.EVIDENCE_TYPES)
    assert schema.LABELS == ("Actor", "Country", "Person", "Organisation", "Group", "Statement", "Document")


@settings(max_examples=50)
@given(statement_lists(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(statements, shuffler: random.Random):
    graph = property_graph(statements, "d")
    again = statements * 2
    shuffler.shuffle(again)
    assert property_graph(again, "d") == graph


@settings(max_examples=50)
@given(statement_lists())
def test_nothing_is_lost_and_nothing_invented(statements):
    graph = property_graph(statements, "d")
    stored = [statement_of(node.properties) for node in graph.statements]
    assert sorted(stored, key=lambda s: s.sort_key) == merge_statements(map(canonical, statements))
    for nodes in (graph.actors, graph.documents, graph.statements):
        ids = [node.id for node in nodes]
        assert ids == sorted(set(ids))
        assert all(value is not None for node in nodes for value in node.properties.values())
        assert all(set(node.labels) <= set(schema.LABELS) for node in nodes)
    actors, documents = by_id(graph.actors), by_id(graph.documents)
    statement_ids = {node.id for node in graph.statements}
    assert tuple(graph.evidence) == schema.EVIDENCE_TYPES
    for type_, pairs in graph.evidence.items():
        assert all(start in statement_ids and end in (documents if type_ == "IN" else actors) for start, end in pairs)
        assert sorted(set(pairs)) == list(pairs)
    for name, nodes in (("ACTOR", graph.actors), ("DOCUMENT", graph.documents), ("STATEMENT", graph.statements)):
        known = set(getattr(schema, f"{name}_PROPERTIES"))
        assert all(node.properties.keys() <= known for node in nodes)
    assert all(relation.properties.keys() <= set(schema.RELATION_PROPERTIES) for relation in graph.relations)


@settings(max_examples=50)
@given(statement_lists())
def test_relations_are_the_edges_of_networkx(statements):
    graph = property_graph(statements, "d")
    expected = build_graph(statements)
    relations = {(r.start, r.end, r.type): dict(r.properties) for r in graph.relations}
    assert len(relations) == len(graph.relations)
    assert relations == {
        (a, b, key): {name: value for name, value in data.items() if value is not None}
        | {"family": str(RelationType(key).family), "sign": RelationType(key).sign, "fact": data["asserted"] > 0, "dataset": "d"}
        for a, b, key, data in expected.edges(keys=True, data=True)
    }
    actors = by_id(graph.actors)
    for id_, data in expected.nodes(data=True):
        assert actors[id_].properties == {name: value for name, value in data.items() if value is not None}


@settings(max_examples=25)
@given(statement_lists(max_size=3))
def test_a_node_that_is_no_statement_is_told(statements):
    for node in property_graph(statements, "d").actors:
        with pytest.raises(RecordError):
            statement_of(node.properties)
    for node in property_graph(statements, "d").statements:
        broken = replace(node, properties={name: value for name, value in node.properties.items() if name != "sentence"})
        with pytest.raises(RecordError, match="sentence"):
            statement_of(broken.properties)


@settings(max_examples=25)
@given(statement_lists(max_size=3))
def test_properties_are_of_plain_types(statements):
    graph = property_graph(statements, "d")
    for item in (*graph.actors, *graph.documents, *graph.statements, *graph.relations):
        assert {type(value) for value in item.properties.values()} <= {str, int, float, bool, list}
