"""Edges: every figure is a count over statements, and nothing but what is stated as a fact counts as asserted."""

from __future__ import annotations

import random
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statements import make_statement, statement_lists

from actorgraph.extract.records import Modality, RelationType, Statement
from actorgraph.graph.edges import EDGE_ATTRIBUTES, Edge, EdgeKey, build_edges, edge_key, group_statements, statement_dates


def edge(statements: list[Statement], subject: str, type_: str, object_: str) -> Edge:
    [found] = [edge for edge in build_edges(statements) if edge.key == EdgeKey(subject, RelationType(type_), object_)]
    return found


def test_figures_worked_out_by_hand(quarrel: list[Statement]) -> None:
    assert edge(quarrel, "SRB", "AID", "XKX") == Edge(
        "SRB", RelationType.AID, "XKX",
        relation="send troops to", relations=("send troops to", "deploy force to"), symmetric=False,
        statements=4, documents=2, sources=2,
        asserted=1, possible=0, planned=1, requested=0, conditional=0, negated=1, attributed=2,
        first="2024-05-18", last="2024-06-02", confidence=0.9,
    )  # fmt: skip


def test_symmetric_statements_run_from_the_lesser_id_to_the_greater(quarrel: list[Statement]) -> None:
    alliance = edge(quarrel, "HUN", "ALLY", "SRB")
    assert (alliance.statements, alliance.symmetric, alliance.sources) == (2, True, 2)
    visit = make_statement("Serbia", "visit", "Hungary", "CONSULT")
    met = make_statement("Serbia", "meet", "Hungary", "CONSULT", at=50, symmetric=True)
    visited_back = make_statement("Hungary", "visit", "Serbia", "CONSULT", at=99)
    assert edge([visit, met], "SRB", "CONSULT", "HUN").symmetric is False
    assert edge([met, visited_back], "HUN", "CONSULT", "SRB").symmetric is False


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({}, {"asserted"}),
        ({"negated": True}, {"negated"}),
        ({"attributed_to": "analysts"}, {"attributed"}),
        ({"modality": "possible"}, {"possible"}),
        ({"modality": "planned"}, {"planned"}),
        ({"modality": "requested"}, {"requested"}),
        ({"modality": "conditional"}, {"conditional"}),
        ({"modality": "planned", "negated": True, "attributed_to": "Kyiv"}, {"planned", "negated", "attributed"}),
    ],
)
def test_how_a_statement_is_counted(changes: dict[str, object], counted: set[str]) -> None:
    [found] = build_edges([make_statement(**changes)])
    figures = ("asserted", "possible", "planned", "requested", "conditional", "negated", "attributed")
    assert {name for name in figures if getattr(found, name)} == counted


def test_the_commonest_phrase_first_of_equals_the_first_of_the_alphabet() -> None:
    phrases = ["support", "back", "support", "aid", "back"]
    [found] = build_edges([make_statement(relation=phrase, at=at * 50) for at, phrase in enumerate(phrases)])
    assert (found.relation, found.relations) == ("back", ("back", "support", "aid"))


@pytest.mark.parametrize(
    ("event", "published", "dates"),
    [
        (None, None, None),
        (None, "2024-05-20", ("2024-05-20", "2024-05-20")),
        ("2024-05", "2024-06-20", ("2024-05", "2024-05")),
        ("2023/2024-02-01", "2024-06-20", ("2023", "2024-02-01")),
    ],
)
def test_the_event_s_date_goes_before_that_of_publication(event: str | None, published: str | None, dates: tuple[str, str] | None) -> None:
    assert statement_dates(make_statement(event_date=event, published=published)) == dates


def test_first_and_last_take_in_ranges() -> None:
    dated = [make_statement(event_date="2024-02-01/2024-03-15"), make_statement(at=50, published="2024-03-01"), make_statement(at=99)]
    [found] = build_edges(dated)
    assert (found.first, found.last) == ("2024-02-01", "2024-03-15")
    [undated] = build_edges(dated[2:])
    assert (undated.first, undated.last) == (None, None)


def test_documents_without_a_source_count_as_one_source() -> None:
    statements = [make_statement(document=name) for name in "abc"] + [make_statement(document="d", source="Herald")]
    [found] = build_edges(statements)
    assert (found.documents, found.sources) == (4, 2)


def test_attributes_follow_the_key_in_order() -> None:
    [found] = build_edges([make_statement()])
    assert tuple(found.attributes()) == EDGE_ATTRIBUTES == tuple(field.name for field in fields(Edge))[3:]
    assert found.attributes()["relations"] == ["support"]


@given(collection=statement_lists(), seed=st.integers(0, 99))
def test_edges_add_up_to_the_statements(collection: list[Statement], seed: int) -> None:
    edges = build_edges(collection)
    assert sum(edge.statements for edge in edges) == len(collection)
    assert sum(edge.asserted for edge in edges) == sum(statement.is_fact for statement in collection)
    assert sum(edge.negated for edge in edges) == sum(statement.negated for statement in collection)
    assert sum(edge.attributed for edge in edges) == sum(statement.attributed_to is not None for statement in collection)
    for modality in Modality:
        if modality is not Modality.ASSERTED:
            assert sum(getattr(edge, modality) for edge in edges) == sum(statement.modality is modality for statement in collection)
    shuffled = list(collection)
    random.Random(seed).shuffle(shuffled)
    assert build_edges(shuffled) == edges
    assert [edge.key for edge in edges] == sorted(edge.key for edge in edges)


@given(collection=statement_lists())
def test_each_edge_holds_what_its_statements_say(collection: list[Statement]) -> None:
    for found, (key, group) in zip(build_edges(collection), group_statements(collection).items(), strict=True):
        assert found.key == key and {edge_key(statement) for statement in group} == {key}
        assert {key.subject_id, key.object_id} == {group[0].subject_id, group[0].object_id}
        assert set(found.relations) == {statement.relation for statement in group} and found.relation == found.relations[0]
        assert found.documents == len({statement.document_id for statement in group})
        assert found.sources == len({statement.source for statement in group})
        assert found.asserted + found.negated <= found.statements
        assert found.confidence in [statement.confidence for statement in group]
        assert (found.first is None) == (found.last is None) == all(statement_dates(statement) is None for statement in group)
