"""What a Neo4j database holds, and whether it is the graph of some statements."""

from __future__ import annotations

from typing import Any

from actorgraph.extract.records import Statement
from actorgraph.graph.build import build_graph
from actorgraph.graph.cypher.schema import property_graph
from actorgraph.graph.server.ids import original

Nodes = dict[str, tuple[set[str], dict[str, Any]]]
Ends = set[tuple[str, str, str]]


def stored(ask: Any) -> tuple[dict[str, Nodes], dict[tuple[str, str, str], dict[str, Any]], Ends]:
    """Nodes by label and id, relations and evidence, as the database has them."""
    nodes: dict[str, Nodes] = {"Actor": {}, "Statement": {}, "Document": {}}
    for labels, properties in ask("MATCH (n) RETURN labels(n), properties(n)"):
        properties = original(properties)
        label = next(label for label in nodes if label in labels)
        assert properties["id"] not in nodes[label]
        nodes[label][properties["id"]] = set(labels), properties
    relations, evidence = {}, set()
    for type_, start, end, properties in ask(
        "MATCH (a)-[r]->(b) RETURN type(r), coalesce(a.long_id, a.id), coalesce(b.long_id, b.id), properties(r)"
    ):
        if type_ in ("SUBJECT", "OBJECT", "ATTRIBUTED_TO", "IN"):
            assert properties == {} and (type_, start, end) not in evidence
            evidence.add((type_, start, end))
        else:
            assert (type_, start, end) not in relations
            relations[type_, start, end] = properties
    return nodes, relations, evidence


def assert_same(ask: Any, statements: list[Statement], dataset: str) -> None:
    """The database holds the property graph of the statements, and nothing else."""
    graph = property_graph(statements, dataset)
    nodes, relations, evidence = stored(ask)
    for label, expected in (("Actor", graph.actors), ("Statement", graph.statements), ("Document", graph.documents)):
        assert nodes[label] == {node.id: (set(node.labels), dict(node.properties)) for node in expected}
    assert relations == {(r.type, r.start, r.end): dict(r.properties) for r in graph.relations}
    assert evidence == {(type_, *ends) for type_, pairs in graph.evidence.items() for ends in pairs}
    for start, end, type_, edge in build_graph(statements).edges(keys=True, data=True):
        totals = relations[type_, start, end]
        assert {name: value for name, value in edge.items() if value is not None} == {name: totals[name] for name in edge if name in totals}


def everything(ask: Any) -> list[tuple[Any, ...]]:
    """All nodes and relationships, sorted, to compare two states of a database."""
    return sorted(
        ask("MATCH (n) RETURN labels(n), properties(n)") + ask("MATCH (a)-[r]->(b) RETURN [type(r), a.id, b.id], properties(r)"), key=repr
    )
