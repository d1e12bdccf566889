"""The thirty-six queries and the made-up ones of the embedded engine, on a real Neo4j: the same rows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from cypher_cases import CASES, World, same_rows, statements
from cypher_engines import write_folder
from cypher_fuzz import Fuzzer

from actorgraph.graph.server.loading import load
from actorgraph.graph.server.queries import ServerEngine


def test_the_cases(uri: str, tmp_path: Any) -> None:
    """In one test, for one load."""
    world = World(statements())
    load(write_folder(world.statements, tmp_path / "story"), uri)
    wrong = {}
    with ServerEngine(uri, timeout=120) as engine:
        for name, case in CASES.items():
            found, expected = engine.query(case.cypher, case.parameters).rows, case.answer(world)
            if not same_rows(found, expected, ordered=case.ordered):
                wrong[name] = found[:3], list(expected)[:3]
    assert wrong == {}


@pytest.mark.parametrize(("seed", "number"), [(1, 20), *(pytest.param(seed, 200, marks=pytest.mark.slow) for seed in range(1, 11))])
def test_made_up_queries(uri: str, tmp_path: Any, seed: int, number: int) -> None:
    fuzzer = Fuzzer(seed)
    load(write_folder(fuzzer.statements, tmp_path / "story"), uri)
    made_up = list(fuzzer.queries(number))

    def check(part: list[Any]) -> None:
        with ServerEngine(uri, timeout=120) as engine:
            for cypher, expected in part:
                found = engine.query(cypher).rows
                assert same_rows(found, expected, ordered="ORDER BY" in cypher), (cypher, found[:5], expected[:5])

    # Planning them is nearly all of the work, and one connection keeps one processor of the server busy.
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(check, made_up[half::2]) for half in range(2)]:
            done.result()
