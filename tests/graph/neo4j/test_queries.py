"""Questions to the server: values, what is refused, and limits. What they answer is tested with the embedded engine's answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cypher_engines import write_folder

from actorgraph.extract.records import Statement
from actorgraph.graph.cypher.errors import CypherError, QueryTimeout
from actorgraph.graph.cypher.values import Node, Relationship
from actorgraph.graph.cypher.values import Path as CypherPath
from actorgraph.graph.server.loading import load
from actorgraph.graph.server.queries import query_server


def test_nodes_relationships_and_paths(uri: str, folder: Path, quarrel: list[Statement]) -> None:
    load(write_folder(quarrel, folder), uri)
    result = query_server(uri, "MATCH p = (a:Country)-[r:ALLY]->(b) RETURN a, r, p, [r] AS list, {b: b} AS map, date('2024-05-01') AS day")
    ((a, r, p, list_, map_, day),) = result
    assert result.columns == ("a", "r", "p", "list", "map", "day")
    assert isinstance(a, Node) and (a.labels, a.id) == (("Actor", "Country"), "HUN")
    assert isinstance(r, Relationship) and (r.type, r.start, r.end, r.properties["statements"]) == ("ALLY", "HUN", "SRB", 2)
    assert p == CypherPath((a, map_["b"]), (r,)) and list_ == [r] and day == "2024-05-01"


@pytest.mark.parametrize(
    ("cypher", "parameters", "says"),
    [
        ("MATCH (n", {}, "Invalid input"),
        ("RETURN nobody", {}, "not defined"),
        ("RETURN $name", {}, "parameters are missing: name"),
        ("CREATE (:Actor {id: 'x'})", {}, "queries only read"),
        ("MATCH (n) DETACH DELETE n", {}, "queries only read"),
        ("CREATE INDEX i FOR (n:Actor) ON (n.name)", {}, "."),
        ("RETURN 1 / 0", {}, "by zero"),
        ("RETURN $n", {"n": 2**70}, "cannot be sent"),
        ("RETURN $o", {"o": object()}, "cannot be sent"),
    ],
)
def test_what_is_refused(uri: str, ask: Any, cypher: str, parameters: dict[str, Any], says: str) -> None:
    with pytest.raises(CypherError, match=says) as caught:
        query_server(uri, cypher, parameters)
    assert "\n" not in str(caught.value) and caught.value.cypher == cypher
    assert ask("MATCH (n) RETURN count(n)") == [(0,)]


def test_a_query_ends_after_its_time(uri: str) -> None:
    with pytest.raises(QueryTimeout):
        query_server(uri, "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*)", timeout=0.5)
