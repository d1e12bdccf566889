"""Made-up queries with their answers, found by trying everything: Cypher's own rules, in the plainest Python.

    fuzzer = Fuzzer(seed=1)
    for cypher, rows in fuzzer.queries(200): ...

Patterns of one to three relationships, of fixed and variable length, in all directions, with labels, types, properties,
cycles, parallel edges, conditions with null and EXISTS, followed by one of six ways to return. A relationship matches once
in a pattern (Neo4j 5 Cypher manual, "Relationship uniqueness"). The graph is that of made-up statements.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from statements import make_statement

from actorgraph.extract.records import Statement
from actorgraph.graph.build import build_graph
from actorgraph.graph.triples import canonical, merge_statements

KINDS = {"country": "Country", "organisation": "Organisation", "person": "Person"}
TYPES = ["AID", "ALLY", "ASSAULT"]
PHRASES = ["x", "y"]

Edge = dict[str, Any]
Row = dict[str, Any]
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class NodePattern:
    """(name:Actor:Label {country: …})"""

    name: str
    label: str | None = None
    country: str | None = None

    def __str__(self) -> str:
        properties = f" {{country: '{self.country}'}}" if self.country else ""
        return f"({self.name}:Actor{f':{self.label}' if self.label else ''}{properties})"


@dataclass(frozen=True)
class EdgePattern:
    """-[name:TYPE|TYPE*least..most {relation: …}]->"""

    name: str
    direction: str
    types: tuple[str, ...] = ()
    least: int = 1
    most: int = 1
    phrase: str | None = None

    @property
    def is_fixed(self) -> bool:
        return self.least == self.most == 1

    def __str__(self) -> str:
        # A relation of any type is one between actors only if the types say so.
        types = ":" + "|".join(self.types or TYPES)
        hops = "" if self.is_fixed else f"*{self.least}..{self.most}"
        phrase = f" {{relation: '{self.phrase}'}}" if self.phrase else ""
        before, after = {">": ("-", "->"), "<": ("<-", "-"), "-": ("-", "-")}[self.direction]
        return f"{before}[{self.name}{types}{hops}{phrase}]{after}"


@dataclass
class Fuzzer:
    """A graph of a seed, and queries on it."""

    seed: int
    statements: list[Statement] = field(init=False)
    actors: dict[str, Row] = field(init=False)
    steps: dict[str, list[tuple[Edge, str, str]]] = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        chance = self.chance
        cast = [(f"actor {i}", chance.choice(list(KINDS))) for i in range(12)]
        made = []
        for i in range(70):
            (subject, kind), (object_, other_kind) = chance.sample(cast, 2)
            made.append(
                make_statement(
                    subject, chance.choice(PHRASES), object_, chance.choice(TYPES), at=i * 100, subject_kind=kind, object_kind=other_kind,
                    confidence=chance.randint(0, 9) / 10, negated=chance.random() < 0.3,
                )
            )  # fmt: skip
            if chance.random() < 0.2:  # the same again in the other direction, as another type, or both
                made.append(
                    make_statement(
                        object_, chance.choice(PHRASES), subject, chance.choice(TYPES), at=i * 100 + 50, subject_kind=other_kind,
                        object_kind=kind,
                    )
                )  # fmt: skip
        # Some have a country, most have none: a null among the properties.
        for name, kind in cast[:4]:
            made.append(make_statement(name, "member of", chance.choice(["Peru", "Serbia"]), "MEMBER", at=9000, subject_kind=kind))
        self.statements = merge_statements(map(canonical, made))
        graph = build_graph(self.statements)
        self.actors = dict(graph.nodes(data=True))
        self.steps = defaultdict(list)
        for number, (a, b, type_, data) in enumerate(graph.edges(keys=True, data=True)):
            if type_ in TYPES:
                edge = {"number": number, "type": type_, **data}
                self.steps[a].append((edge, b, ">"))
                self.steps[b].append((edge, a, "<"))

    def queries(self, number: int) -> Iterator[tuple[str, Rows]]:
        """Yield queries and their rows."""
        for _ in range(number):
            yield self._query()

    # What a query matches

    def _match(self, nodes: list[NodePattern], edges: list[EdgePattern], start: str | None = None) -> Iterator[Row]:
        def extend(i: int, at: str, bound: Row, used: frozenset[int]) -> Iterator[Row]:
            if i == len(edges):
                yield bound
                return
            for end, trail, now_used in self._walk(edges[i], at, used):
                node = nodes[i + 1]
                if self._fits(node, end) and bound.get(node.name, end) == end:
                    value = trail[0] if edges[i].is_fixed else trail
                    yield from extend(i + 1, end, bound | {node.name: end, edges[i].name: value}, now_used)

        for id_ in [start] if start else self.actors:
            if self._fits(nodes[0], id_):
                yield from extend(0, id_, {nodes[0].name: id_}, frozenset())

    def _walk(self, edge: EdgePattern, at: str, used: frozenset[int]) -> Iterator[tuple[str, list[Edge], frozenset[int]]]:
        def walk(at: str, trail: list[Edge], used: frozenset[int]) -> Iterator[tuple[str, list[Edge], frozenset[int]]]:
            if len(trail) >= edge.least:
                yield at, trail, used
            if len(trail) < edge.most:
                for step, end, direction in self.steps[at]:
                    if edge.direction not in ("-", direction) or step["number"] in used:
                        continue
                    if step["type"] in (edge.types or TYPES) and edge.phrase in (None, step["relation"]):
                        yield from walk(end, [*trail, step], used | {step["number"]})

        yield from walk(at, [], used)

    def _fits(self, node: NodePattern, id_: str) -> bool:
        actor = self.actors[id_]
        return node.label in (None, KINDS[actor["kind"]]) and node.country in (None, actor["country"])

    # What a query looks like

    def _node(self, name: str) -> NodePattern:
        label = self.chance.choice([None, None, None, *KINDS.values()])
        return NodePattern(name, label, self.chance.choice([None] * 8 + ["PER"]))

    def _edge(self, name: str, *, variable: bool = True) -> EdgePattern:
        least, most = self.chance.choice([(1, 1)] * 4 + [(1, 2), (0, 1), (2, 2)]) if variable else (1, 1)
        types = self.chance.choice([(), ("AID",), ("ALLY",), ("AID", "ALLY")])
        return EdgePattern(name, self.chance.choice(">><-"), types, least, most, self.chance.choice([None, None, None, "x"]))

    def _query(self) -> tuple[str, Rows]:
        chance = self.chance
        length = chance.choice([1, 2, 2, 3])
        nodes = [self._node(f"n{i}") for i in range(length + 1)]
        edges = [self._edge(f"r{i}") for i in range(length)]
        if length == 3:  # else there is too much to try
            edges = [replace(edge, least=1, most=1, types=edge.types or ("AID",)) for edge in edges]
        if length >= 2 and chance.random() < 0.25:
            nodes[-1] = NodePattern("n0")  # a cycle
        conditions = self._conditions(edges)
        where = " WHERE " + " AND ".join(text for text, _ in conditions) if conditions else ""
        rows = [row for row in self._match(nodes, edges) if all(holds(row) for _, holds in conditions)]
        match = "MATCH " + str(nodes[0]) + "".join(f"{edge}{node}" for edge, node in zip(edges, nodes[1:], strict=True)) + where
        return self._returned(match, rows, nodes[-1].name, [edge.name for edge in edges if edge.is_fixed])

    def _conditions(self, edges: list[EdgePattern]) -> list[tuple[str, Callable[[Row], bool]]]:
        chance, actors = self.chance, self.actors
        conditions: list[tuple[str, Callable[[Row], bool]]] = []
        fixed = [edge.name for edge in edges if edge.is_fixed]
        if fixed and chance.random() < 0.5:
            name = chance.choice(fixed)
            conditions.append((f"{name}.confidence >= 0.5", lambda row: bool(row[name]["confidence"] >= 0.5)))
        if chance.random() < 0.3:
            conditions.append(("n0.name < 'actor 6'", lambda row: bool(actors[row["n0"]]["name"] < "actor 6")))
        if chance.random() < 0.25:
            conditions.append(("n0.country IS NULL", lambda row: actors[row["n0"]]["country"] is None))
        if chance.random() < 0.2:  # true neither for PER nor for null
            conditions.append(("NOT n0.country = 'PER'", lambda row: actors[row["n0"]]["country"] not in (None, "PER")))
        if chance.random() < 0.2:
            conditions.append(
                (
                    "EXISTS { (n0)-[:ASSAULT]->() }",
                    lambda row: any(e["type"] == "ASSAULT" and d == ">" for e, _, d in self.steps[row["n0"]]),
                )
            )
        return conditions

    def _returned(self, match: str, rows: list[Row], last: str, fixed: list[str]) -> tuple[str, Rows]:
        name = {id_: actor["name"] for id_, actor in self.actors.items()}
        kind = {id_: actor["kind"] for id_, actor in self.actors.items()}
        match self.chance.choice(["count", "distinct", "group", "sum", "optional", "page"]):
            case "count":
                return f"{match} RETURN count(*) AS n", [(len(rows),)]
            case "distinct":
                return f"{match} RETURN count(DISTINCT {last}.id) AS n", [(len({row[last] for row in rows}),)]
            case "group":
                counts = Counter(kind[row[last]] for row in rows)
                return f"{match} RETURN {last}.kind AS k, count(*) AS n ORDER BY n DESC, k", sorted(
                    counts.items(), key=lambda p: (-p[1], p[0])
                )
            case "sum" if fixed:
                groups: dict[str, list[Edge]] = defaultdict(list)
                for row in rows:
                    groups[row["n0"]].append(row[fixed[0]])
                sums = [(id_, sum(e["statements"] for e in group), len({e["relation"] for e in group})) for id_, group in groups.items()]
                cypher = (
                    f"{match} WITH n0, sum({fixed[0]}.statements) AS s, collect(DISTINCT {fixed[0]}.relation) AS p WHERE s > 1 "
                    "RETURN n0.id AS id, s, size(p) AS z ORDER BY id"
                )
                return cypher, sorted(row for row in sums if row[1] > 1)
            case "optional":
                edge, node = self._edge("z", variable=False), self._node("y")
                found = [sum(1 for _ in self._match([NodePattern("q"), node], [edge], row[last])) for row in rows]
                cypher = f"{match} OPTIONAL MATCH ({last}){edge}{node} RETURN count(*) AS n, count(y) AS k"
                return cypher, [(sum(max(1, number) for number in found), sum(found))]
            case _:
                pairs = sorted({(name[row["n0"]], name[row[last]]) for row in rows})[1:6]
                return f"{match} RETURN DISTINCT n0.name AS a, {last}.name AS b ORDER BY a, b SKIP 1 LIMIT 5", pairs
