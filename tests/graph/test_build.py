"""The networkx graph: actors, edges, and their order."""

from __future__ import annotations

import random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statements import make_statement, statement_lists

from actorgraph.extract.records import ActorKind, Statement
from actorgraph.graph.actors import Actor, alias, collect_actors
from actorgraph.graph.build import build_graph
from actorgraph.graph.edges import EDGE_ATTRIBUTES, build_edges
from actorgraph.graph.merge import unify


def test_the_graph_of_a_quarrel(quarrel: list[Statement]) -> None:
    graph = build_graph(quarrel)
    assert isinstance(graph, nx.MultiDiGraph)
    assert list(graph) == ["ALB", "HRV", "HUN", "SRB", "XKX", "ana-novak"]
    assert list(graph.edges(keys=True)) == [
        ("ALB", "SRB", "REQUEST"), ("ALB", "SRB", "SANCTION"), ("HUN", "SRB", "ALLY"), ("SRB", "XKX", "AID"), ("ana-novak", "HRV", "LEADS"),
    ]  # fmt: skip
    assert graph.nodes["HUN"] == {"id": "HUN", "name": "Hungary", "kind": "country", "aliases": ["Budapest"], "country": "HUN"}
    assert graph.nodes["ana-novak"]["country"] == "HRV"
    assert tuple(graph.edges["SRB", "XKX", "AID"]) == EDGE_ATTRIBUTES
    assert graph.edges["SRB", "XKX", "AID"]["asserted"] == 1


def test_groups_without_a_country_on_request(quarrel: list[Statement]) -> None:
    assert "rebels@note.txt" not in build_graph(quarrel)
    assert build_graph(quarrel, groups=True).has_edge("rebels@note.txt", "HRV", key="ASSAULT")


def test_no_statements_no_graph() -> None:
    assert len(build_graph([])) == 0


def test_everything_is_plain(quarrel: list[Statement]) -> None:
    graph = build_graph(quarrel)
    values = [value for _, data in graph.nodes(data=True) for value in data.values()]
    values += [value for *_, data in graph.edges(data=True) for value in data.values()]
    assert {type(value) for value in values} <= {str, int, float, bool, list, type(None)}
    assert all(type(key) is str for *_, key in graph.edges(keys=True))


@given(collection=statement_lists(), groups=st.booleans(), seed=st.integers(0, 99))
def test_order_and_repetition_do_not_show(collection: list[Statement], groups: bool, seed: int) -> None:
    shuffled = [*collection, *collection]
    random.Random(seed).shuffle(shuffled)
    one, other = build_graph(collection, groups=groups), build_graph(shuffled, groups=groups)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


@given(collection=statement_lists(), groups=st.booleans())
def test_the_graph_holds_every_edge_and_no_lone_node(collection: list[Statement], groups: bool) -> None:
    graph = build_graph(collection, groups=groups)
    unified = unify(collection, groups=groups)
    assert graph.number_of_edges() == len(build_edges(unified))
    assert sum(data["statements"] for *_, data in graph.edges(data=True)) == len(unified)
    assert all(graph.degree(node) for node in graph)
    assert not any(subject == object_ for subject, object_ in graph.edges())


# Actors


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Pyongyang", "Pyongyang"),
        ("the Kremlin", "Kremlin"),
        ("North Korea's", "North Korea"),
        ("the United States’", "United States"),
        ("Prime Minister Viktor Orban", "Prime Minister Viktor Orban"),
        ("Ursula von der Leyen", "Ursula von der Leyen"),
        ("the  League of\nNations", "League of Nations"),
        ("7th Brigade", None),
        ("U.S.", "U.S."),
        ("its", None),
        ("They", None),
        ("North Korean troops", None),
        ("the chancellor", None),
        ("Both countries", None),
        ("The", None),
        ("--", None),
        ("", None),
        ("\u202e", None),
    ],
)
def test_which_mentions_are_names(mention: str, name: str | None) -> None:
    assert alias(mention) == name


def test_aliases_are_other_names_once() -> None:
    statements = [
        make_statement("Hungary", at=at * 50, subject_text=text, document=f"{at}.txt")
        for at, text in enumerate(["BUDAPEST", "HUNGARY", "Budapest", "OSCE", "it", "the Hungarian government", "Magyarorszag", "hungary"])
    ]
    [hungary] = [actor for actor in collect_actors(statements) if actor.id == "HUN"]
    assert hungary == Actor("HUN", "Hungary", ActorKind.COUNTRY, ("Budapest", "Magyarorszag", "OSCE"), "HUN")


def test_the_commonest_name_and_kind_stay_and_other_names_are_aliases() -> None:
    names = ["Nato", "NATO", "NATO", "Atlantic Alliance"]
    statements = [
        make_statement(name, at=at, subject_id="nato", subject_kind="group" if at else "organisation") for at, name in enumerate(names)
    ]
    [nato] = [actor for actor in collect_actors(statements) if actor.id == "nato"]
    assert (nato.name, nato.kind, nato.aliases) == ("NATO", ActorKind.GROUP, ("Atlantic Alliance",))


@pytest.mark.parametrize(
    ("statement", "country"),
    [
        (make_statement("Serbia"), "SRB"),
        (make_statement("VEN.opposition"), "VEN"),
        (make_statement("Ana Novak", "president of", "Croatia", "LEADS", subject_kind="person"), "HRV"),
        (make_statement("Fidesz", "party in", "Hungary", "MEMBER"), "HUN"),
        (make_statement("Ana Novak", "president of", "Croatia", "LEADS", subject_kind="person", negated=True), None),
        (make_statement("Ana Novak", "visit", "Croatia", "CONSULT", subject_kind="person"), None),
        (make_statement("Ana Novak", "head of", "NATO", "LEADS", subject_kind="person"), None),
        (make_statement("Serbia", "member of", "Kosovo", "MEMBER"), "SRB"),
    ],
)
def test_the_country_of_an_actor(statement: Statement, country: str | None) -> None:
    actors = {actor.id: actor for actor in collect_actors([statement])}
    assert actors[statement.subject_id].country == country
