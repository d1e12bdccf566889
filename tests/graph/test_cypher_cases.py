"""The embedded engine against plain Python: thirty-six queries, and a fuzzer that makes up as many as one likes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cypher_cases import CASES, Case, World, same_rows, statements
from cypher_engines import embedded
from cypher_fuzz import Fuzzer

from actorgraph.graph.cypher.errors import CypherError
from actorgraph.graph.cypher.runner import EmbeddedEngine


@pytest.fixture(scope="module")
def world() -> World:
    return World(statements())


@pytest.fixture(scope="module")
def engine(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    with embedded(world.statements, tmp_path_factory.mktemp("cases")) as engine:
        yield engine


def test_there_are_thirty_six():
    assert len(CASES) == 36


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_case(engine: EmbeddedEngine, world: World, case: Case):
    found = engine.query(case.cypher, case.parameters).rows
    expected = case.answer(world)
    assert expected
    assert same_rows(found, expected, ordered=case.ordered)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 11))])
def test_made_up_queries(seed: int, tmp_path):
    """Two hundred a seed, two thousand with the slow ones."""
    fuzzer = Fuzzer(seed)
    with embedded(fuzzer.statements, tmp_path) as engine:
        for cypher, expected in fuzzer.queries(200):
            found = engine.query(cypher).rows
            assert same_rows(found, expected, ordered="ORDER BY" in cypher), (cypher, found[:5], expected[:5])


# Where the embedded engine does not do what Neo4j does, it is better to know.


def test_the_prefix_shortest_is_not_understood(engine):
    with pytest.raises(CypherError, match="shortestPath"):
        engine.query("MATCH p = SHORTEST 1 (a:Actor {name: 'Serbia'})-[:ALLY]->+(b:Actor {name: 'Peru'}) RETURN length(p) AS n")


def test_a_condition_on_a_shortest_path_is_looked_at_when_the_path_is_found(engine, world):
    """Neo4j looks for the shortest path on which the condition holds; the embedded engine for the shortest, and then at it."""
    cypher = (
        "MATCH p = allShortestPaths((a:Actor {name: $a})-[*..3]-(b:Actor {name: $b})) "
        "WHERE all(r IN relationships(p) WHERE r.asserted > 1000) RETURN count(p) AS n"
    )
    assert engine.query(cypher, {"a": "Serbia", "b": "Peru"}).rows == ((0,),)
