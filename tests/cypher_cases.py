"""Thirty-six queries over every part of Cypher that a graph of alliances needs, each with its answer in plain Python.

The graph is made up, seeded, and larger than what one checks by hand; what it should answer is computed from the edges of
networkx and the statements, never from an engine. `CASES` is for every engine; `statements()` is what they are loaded with.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from statements import COUNTRIES, make_statement

from actorgraph.extract.records import Modality, RelationType, Statement
from actorgraph.graph.build import build_graph
from actorgraph.graph.triples import canonical, merge_statements

SEED = 20241022
TYPES = ["AID", "ALLY", "ASSAULT", "CONSULT", "SANCTION", "SUPPORT"]
PHRASES = {
    "AID": "send troops to",
    "ALLY": "ally of",
    "ASSAULT": "attack",
    "CONSULT": "talks with",
    "SANCTION": "sanction",
    "SUPPORT": "support",
}
NAMES = [
    *COUNTRIES,
    "NATO",
    "Arctic Union",
    "O'Brien Group",
    "Kim Sun",
    "North Harbour",
    "Northern League",
    "Orban Foundation",
    'The "Nine"',
]


def statements(number: int = 1500, seed: int = SEED) -> list[Statement]:
    """Return made-up statements: parallel edges, both directions, every modality, missing values."""
    chance = random.Random(seed)
    weights = [1 / (i + 2) for i in range(len(NAMES))]
    made = []
    for i in range(number):
        subject, object_ = chance.choices(NAMES, weights, k=2)
        if subject == object_:
            object_ = NAMES[(NAMES.index(subject) + 1) % len(NAMES)]
        type_ = chance.choices(TYPES, [2, 1, 2, 4, 2, 3])[0]
        day = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        quantity = chance.choice([None, None, None, chance.randint(1, 500), chance.randint(1, 99) / 2])
        said = chance.random() < 0.2
        made.append(
            make_statement(
                subject, PHRASES[type_] if chance.random() < 0.8 else f"{type_.lower()} with", object_, type_,
                document=f"news/{i // 6:04}.txt", at=(i % 6) * 200,
                symmetric=type_ in ("ALLY", "CONSULT") and chance.random() < 0.5,
                negated=chance.random() < 0.1,
                modality=chance.choices(list(Modality), [8, 1, 1, 1, 1])[0],
                attributed_to="officials" if said else None,
                attributed_to_id=chance.choice(["SRB", "nato", None]) if said else None,
                event_date=chance.choice([None, day, day[:7]]), published=chance.choice([day, day, None]),
                quantity=quantity, quantity_unit="troops" if quantity else None,
                source=chance.choice(["Gazette", "Herald", None]), confidence=chance.randint(0, 1000) / 1000,
            )
        )  # fmt: skip
    return merge_statements(map(canonical, made))


@dataclass
class World:
    """What the answers are computed from: actors and edges of networkx, statements of the records."""

    statements: list[Statement]
    actors: dict[str, dict[str, Any]] = field(init=False)
    edges: list[dict[str, Any]] = field(init=False)
    out: dict[str, list[dict[str, Any]]] = field(init=False)
    into: dict[str, list[dict[str, Any]]] = field(init=False)

    def __post_init__(self) -> None:
        graph = build_graph(self.statements)
        self.actors = dict(graph.nodes(data=True))
        self.edges = [{"a": a, "b": b, "type": type_, **data} for a, b, type_, data in graph.edges(keys=True, data=True)]
        self.out, self.into = defaultdict(list), defaultdict(list)
        for edge in self.edges:
            self.out[edge["a"]].append(edge)
            self.into[edge["b"]].append(edge)

    def name(self, id_: str) -> str:
        return str(self.actors[id_]["name"])

    def trails(self, start: str, type_: str, longest: int, least: int = 1) -> Iterator[list[dict[str, Any]]]:
        """Yield the trails from an actor along edges of a type: no edge twice, as Cypher has it."""

        def walk(at: str, trail: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
            for edge in self.out[at]:
                if edge["type"] == type_ and edge not in trail:
                    if len(trail) + 1 >= least:
                        yield [*trail, edge]
                    if len(trail) + 1 < longest:
                        yield from walk(edge["b"], [*trail, edge])

        yield from walk(start, [])

    def distance(self, start: str, end: str, type_: str) -> int | None:
        """Steps from one actor to another along edges of a type."""
        steps, queue = {start: 0}, deque([start])
        while queue:
            at = queue.popleft()
            for edge in self.out[at]:
                if edge["type"] == type_ and edge["b"] not in steps:
                    steps[edge["b"]] = steps[at] + 1
                    queue.append(edge["b"])
        return steps.get(end)


@dataclass(frozen=True)
class Case:
    """A query and its answer; rows come in the order of the query where it says ORDER BY, else in any."""

    topic: str
    cypher: str
    answer: Callable[[World], list[tuple[Any, ...]]]
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def ordered(self) -> bool:
        return "ORDER BY" in self.cypher


def _high(count: float, high: float, mid: float) -> str:
    return "high" if count >= high else "mid" if count >= mid else "low"


def _common_targets(world: World) -> list[tuple[Any, ...]]:
    attackers: dict[str, set[str]] = defaultdict(set)
    for edge in world.edges:
        if edge["type"] == "ASSAULT":
            attackers[edge["b"]].add(world.name(edge["a"]))
    counts = Counter((a, b) for names in attackers.values() for a in names for b in names if a < b)
    return sorted(((a, b, n) for (a, b), n in counts.items()), key=lambda row: (-row[2], row[0], row[1]))[:10]


def _by_type(world: World) -> list[tuple[Any, ...]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for edge in world.edges:
        groups[edge["type"]].append(edge)
    return [
        (t, len(g), sum(e["asserted"] for e in g), round(sum(e["confidence"] for e in g) / len(g), 6), max(e["statements"] for e in g))
        for t, g in sorted(groups.items())
    ]


def _busy(world: World) -> list[tuple[Any, ...]]:
    rows = []
    for id_ in world.actors:
        found = world.out[id_]
        if len(found) > 8:
            rows.append((world.name(id_), len(found), len({e["relation"] for e in found})))
    return sorted(rows, key=lambda row: (-row[1], row[0]))[1:6]


def _said_by(world: World) -> list[tuple[Any, ...]]:
    names = {"SRB": "Serbia", "nato": "NATO"}
    counts = Counter(names.get(s.attributed_to_id or "", "officials") for s in world.statements if s.attributed_to)
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))


def _june(world: World) -> list[tuple[Any, ...]]:
    days = [int(s.published[8:]) for s in world.statements if s.published and s.published.startswith("2024-06")]
    return [(len(days), sum(days))]


def _sourced(world: World) -> list[tuple[Any, ...]]:
    counts = Counter(s.source for s in world.statements)
    return sorted(counts.items(), key=lambda row: (row[0] is None, row[0]))


CASES: dict[str, Case] = {
    name: case
    for name, case in {
        "property": Case(
            "match by property", "MATCH (a:Actor {name: 'Serbia'}) RETURN a.name AS name, a.kind AS kind, a.country AS country",
            lambda w: [("Serbia", "country", "SRB")],
        ),
        "directed": Case(
            "a directed relationship, ordered",
            "MATCH (a:Actor {name: 'Serbia'})-[r:AID]->(b:Actor) RETURN b.name AS name, r.first AS first, r.statements AS n ORDER BY name",
            lambda w: sorted((w.name(e["b"]), e["first"], e["statements"]) for e in w.out["SRB"] if e["type"] == "AID"),
        ),
        "undirected": Case(
            "a relationship in either direction", "MATCH (a:Actor {name: 'Serbia'})-[r]-(b:Actor) RETURN count(r) AS n",
            lambda w: [(len(w.out["SRB"]) + len(w.into["SRB"]),)],
        ),
        "logic": Case(
            "AND, OR, NOT, IN",
            "MATCH (a:Actor)-[r]->(b:Actor) WHERE r.confidence > 0.5 AND (a.kind = 'country' OR a.kind = 'person') "
            "AND NOT b.kind IN ['organisation'] AND r.relation IN ['attack', 'support'] RETURN count(r) AS n",
            lambda w: [(sum(
                e["confidence"] > 0.5 and w.actors[e["a"]]["kind"] in ("country", "person") and w.actors[e["b"]]["kind"] != "organisation"
                and e["relation"] in ("attack", "support") for e in w.edges
            ),)],
        ),
        "text": Case(
            "STARTS WITH, CONTAINS, ENDS WITH",
            "MATCH (a:Actor) WHERE a.name STARTS WITH 'North' OR a.name CONTAINS 'rb' OR a.name ENDS WITH 'Nine\"' "
            "RETURN a.name AS name ORDER BY name",
            lambda w: sorted((n,) for n in map(w.name, w.actors) if n.startswith("North") or "rb" in n or n.endswith('Nine"')),
        ),
        "regex": Case(
            "regular expressions", "MATCH (a:Actor) WHERE a.name =~ '(?i)north.*|.*atO' RETURN a.name AS name",
            lambda w: [(n,) for n in map(w.name, w.actors) if re.fullmatch("(?i)north.*|.*atO", n)],
        ),
        "optional": Case(
            "OPTIONAL MATCH",
            "MATCH (a:Actor) OPTIONAL MATCH (a)-[r:AID]->(b:Actor) WHERE r.confidence > 0.9 "
            "RETURN a.name AS name, count(r) AS n ORDER BY n, name LIMIT 12",
            lambda w: sorted(
                ((w.name(a), sum(e["type"] == "AID" and e["confidence"] > 0.9 for e in w.out[a])) for a in w.actors),
                key=lambda row: (row[1], row[0]),
            )[:12],
        ),
        "with": Case(
            "WITH, aggregates, SKIP and LIMIT",
            "MATCH (a:Actor)-[r]->(b:Actor) WITH a, count(r) AS n, collect(DISTINCT r.relation) AS phrases WHERE n > 8 "
            "RETURN a.name AS name, n, size(phrases) AS m ORDER BY n DESC, name SKIP 1 LIMIT 5",
            _busy,
        ),
        "groups": Case(
            "count, sum, avg and max by type",
            "MATCH (a:Actor)-[r]->(b:Actor) RETURN type(r) AS type, count(*) AS n, sum(r.asserted) AS facts, avg(r.confidence) AS mean, "
            "max(r.statements) AS most ORDER BY type",
            _by_type,
        ),
        "reachable": Case(
            "who can be reached in one to three steps",
            "MATCH (a:Actor {name: 'Serbia'})-[:ALLY*1..3]->(b:Actor) RETURN count(DISTINCT b.name) AS n",
            lambda w: [(len({t[-1]["b"] for t in w.trails("SRB", "ALLY", 3)}),)],
        ),
        "trails": Case(
            "how many trails there are", "MATCH p = (a:Actor {name: 'Serbia'})-[:ALLY*1..3]->(b:Actor) RETURN count(*) AS n",
            lambda w: [(sum(1 for _ in w.trails("SRB", "ALLY", 3)),)],
        ),
        "shortest": Case(
            "shortestPath with parameters",
            "MATCH p = shortestPath((a:Actor {name: $a})-[:ALLY*..6]->(b:Actor {name: $b})) RETURN length(p) AS n",
            lambda w: [(w.distance("the-nine", "SRB", "ALLY"),)], {"a": 'The "Nine"', "b": "Serbia"},
        ),
        "union": Case(
            "UNION",
            "MATCH (a:Actor)-[:SANCTION]->(b:Actor {name: 'Peru'}) RETURN a.name AS name "
            "UNION MATCH (a:Actor)-[:ASSAULT]->(b:Actor {name: 'Peru'}) RETURN a.name AS name",
            lambda w: [(n,) for n in {w.name(e["a"]) for e in w.into["PER"] if e["type"] in ("SANCTION", "ASSAULT")}],
        ),
        "unwind": Case(
            "UNWIND", "UNWIND ['Serbia', 'NATO', 'Nobody'] AS name MATCH (a:Actor {name: name}) RETURN a.name AS name, a.kind AS kind",
            lambda w: [("Serbia", "country"), ("NATO", "organisation")],
        ),
        "case": Case(
            "CASE and grouping by it",
            "MATCH (a:Actor)-[r:CONSULT]->(b:Actor) RETURN CASE WHEN r.confidence >= 0.9 THEN 'high' WHEN r.confidence >= 0.6 THEN 'mid' "
            "ELSE 'low' END AS bucket, count(*) AS n ORDER BY bucket",
            lambda w: sorted(Counter(_high(e["confidence"], 0.9, 0.6) for e in w.edges if e["type"] == "CONSULT").items()),
        ),
        "parameters": Case(
            "parameters, lists among them, and dates as text",
            "MATCH (a:Actor)-[r]->(b:Actor) WHERE a.name = $name AND r.last >= $since AND b.name IN $names "
            "RETURN b.name AS name, count(*) AS n ORDER BY n DESC, name",
            lambda w: sorted(
                Counter(w.name(e["b"]) for e in w.out["SRB"] if (e["last"] or "") >= "2024-10" and e["b"] in ("HUN", "PER", "nato")).items(),
                key=lambda row: (-row[1], row[0]),
            ),
            {"name": "Serbia", "since": "2024-10", "names": ["Hungary", "Peru", "NATO"]},
        ),
        "exists": Case(
            "EXISTS { }", "MATCH (a:Actor) WHERE EXISTS { MATCH (a)-[:SANCTION]->(b:Actor {name: 'Peru'}) } RETURN count(a) AS n",
            lambda w: [(len({e["a"] for e in w.into["PER"] if e["type"] == "SANCTION"}),)],
        ),
        "not-pattern": Case(
            "NOT and a pattern", "MATCH (a:Actor) WHERE NOT (a)-[:SANCTION]->(:Actor {name: 'Peru'}) RETURN count(a) AS n",
            lambda w: [(len(w.actors) - len({e["a"] for e in w.into["PER"] if e["type"] == "SANCTION"}),)],
        ),
        "count-subquery": Case(
            "COUNT { }", "MATCH (a:Actor) WHERE COUNT { (a)-[:CONSULT]->(:Actor) } > 2 RETURN count(a) AS n",
            lambda w: [(sum(sum(e["type"] == "CONSULT" for e in w.out[a]) > 2 for a in w.actors),)],
        ),
        "comprehension": Case(
            "list comprehension and functions on text",
            "MATCH (a:Actor {name: 'NATO'})-[r:AID]->() WITH r ORDER BY endNode(r).id "
            "RETURN [x IN collect(r.relations) | [y IN x WHERE y STARTS WITH 'send' | toUpper(y)]] AS xs",
            lambda w: [([[y.upper() for y in e["relations"] if y.startswith("send")]
                         for e in sorted(w.out["nato"], key=lambda e: e["b"]) if e["type"] == "AID"],)],
        ),
        "distinct": Case(
            "DISTINCT", "MATCH (a:Actor {name: 'Serbia'})-[r]->(b:Actor) RETURN DISTINCT b.name AS name",
            lambda w: [(n,) for n in {w.name(e["b"]) for e in w.out["SRB"]}],
        ),
        "dates": Case(
            "date() and what can be computed with it",
            "MATCH (s:Statement) WHERE s.published >= '2024-06-01' AND date(s.published) < date('2024-06-01') + duration('P1M') "
            "RETURN count(s) AS n, sum(date(s.published).day) AS days",
            _june,
        ),
        "several-types": Case(
            "one of several types",
            "MATCH (a:Actor {name: 'Serbia'})-[r:AID|SUPPORT]->(b:Actor) RETURN type(r) AS type, count(*) AS n ORDER BY type",
            lambda w: sorted(Counter(e["type"] for e in w.out["SRB"] if e["type"] in ("AID", "SUPPORT")).items()),
        ),
        "labels": Case(
            "two labels", "MATCH (a:Organisation) WHERE 'Actor' IN labels(a) RETURN count(a) AS n",
            lambda w: [(sum(a["kind"] == "organisation" for a in w.actors.values()),)],
        ),
        "call": Case(
            "CALL { }",
            "MATCH (a:Actor {name: 'Peru'}) CALL { WITH a MATCH (a)-[r:CONSULT]-(b:Actor) RETURN count(r) AS n } RETURN a.name AS name, n",
            lambda w: [("Peru", sum(e["type"] == "CONSULT" for e in w.out["PER"] + w.into["PER"]))],
        ),
        "common-target": Case(
            "two that have one target",
            "MATCH (a:Actor)-[:ASSAULT]->(c:Actor)<-[:ASSAULT]-(b:Actor) WHERE a.name < b.name "
            "RETURN a.name AS one, b.name AS other, count(DISTINCT c.name) AS n ORDER BY n DESC, one, other LIMIT 10",
            _common_targets,
        ),
        "path-predicate": Case(
            "all() over the relationships of a path",
            "MATCH p = (a:Actor {name: 'Serbia'})-[:SUPPORT*2..2]->(b:Actor) WHERE all(r IN relationships(p) WHERE r.asserted > 0) "
            "RETURN count(p) AS n",
            lambda w: [(sum(all(e["asserted"] > 0 for e in t) for t in w.trails("SRB", "SUPPORT", 2, 2)),)],
        ),
        "projection": Case(
            "a map of properties", "MATCH (a:Actor {name: 'Serbia'}) RETURN a {.name, .kind, k: 1} AS m",
            lambda w: [({"name": "Serbia", "kind": "country", "k": 1},)],
        ),
        "null": Case(
            "IS NULL and coalesce",
            "MATCH (s:Statement) WHERE s.event_date IS NULL RETURN coalesce(s.published, 'unknown') = 'unknown' AS undated, count(*) AS n "
            "ORDER BY undated",
            lambda w: sorted(Counter(s.published is None for s in w.statements if s.event_date is None).items()),
        ),
        "null-group": Case(
            "null as a group", "MATCH (s:Statement) RETURN s.source AS source, count(*) AS n ORDER BY source", _sourced,
        ),
        "quote": Case(
            "a quote in a literal", "MATCH (a:Actor {name: 'O\\'Brien Group'}) RETURN a.name AS name", lambda w: [("O'Brien Group",)],
        ),
        "no-property": Case(
            "a property that is nowhere", "MATCH (a:Actor) WHERE a.nosuch IS NULL RETURN count(a) AS n, count(a.nosuch) AS m",
            lambda w: [(len(w.actors), 0)],
        ),
        "any-node": Case(
            "nodes of any label", "MATCH (n) RETURN count(n) AS n",
            lambda w: [(len(w.actors) + len(w.statements) + len({s.document_id for s in w.statements}),)],
        ),
        "reduce": Case(
            "reduce() and range()",
            "MATCH (a:Actor {name: 'Serbia'})-[r]->() WITH collect(r.asserted) AS xs RETURN reduce(s = 0, x IN xs | s + x) AS t, range(1, 9, 4) AS k",
            lambda w: [(sum(e["asserted"] for e in w.out["SRB"]), [1, 5, 9])],
        ),
        "quantified": Case(
            "a quantified relationship", "MATCH (a:Actor {name: 'Serbia'})-[:ALLY]->{1,2}(b:Actor) RETURN count(*) AS n",
            lambda w: [(sum(1 for _ in w.trails("SRB", "ALLY", 2)),)],
        ),
        "evidence": Case(
            "from statements to those who are said to have said them",
            "MATCH (s:Statement) WHERE s.attributed_to IS NOT NULL OPTIONAL MATCH (s)-[:ATTRIBUTED_TO]->(x:Actor) "
            "RETURN coalesce(x.name, s.attributed_to) AS who, count(s) AS n ORDER BY n DESC, who",
            _said_by,
        ),
    }.items()
}  # fmt: skip


def comparable(value: Any) -> Any:
    """Return a value whose equality forgives the last digits of numbers, and which sorts."""
    match value:
        case bool() | None | str():
            return value
        case float() | int():
            return round(float(value), 6)
        case list() | tuple():
            return [comparable(item) for item in value]
        case dict():
            return {key: comparable(item) for key, item in sorted(value.items())}
    return value


def same_rows(found: Any, expected: Any, *, ordered: bool) -> bool:
    """Whether rows are equal; in any order unless `ordered`."""
    one, other = ([comparable(row) for row in rows] for rows in (found, expected))
    return one == other if ordered else sorted(one, key=repr) == sorted(other, key=repr)


assert all(name in RelationType.__members__ for name in TYPES)
