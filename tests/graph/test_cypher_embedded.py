"""The embedded engine: what it returns, what it refuses, and how a query ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cypher_engines import embedded, write_folder
from cypher_story import story
from statements import HOSTILE, make_statement

from actorgraph.graph.cypher.errors import CypherError, EngineError, ParameterError, QueryTimeout
from actorgraph.graph.cypher.runner import EmbeddedEngine
from actorgraph.graph.cypher.schema import RELATION_TYPES, property_graph
from actorgraph.graph.cypher.values import Node, Relationship
from actorgraph.graph.cypher.values import Path as GraphPath

RUNAWAY = """\
MATCH (a:Statement), (b:Statement), (c:Statement), (d:Statement), (e:Statement), (f:Statement), (g:Statement)
WHERE a.id <> b.id AND b.id <> c.id AND c.id <> d.id AND d.id <> e.id AND e.id <> f.id AND f.id <> g.id RETURN count(*) AS n"""
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    with embedded(story(), tmp_path_factory.mktemp("embedded")) as engine:
        yield engine


def rows(engine: EmbeddedEngine, cypher: str, **parameters: object) -> list[tuple[object, ...]]:
    return list(engine.query(cypher, parameters))


# What it returns


def test_everything_is_stored_and_comes_back(engine):
    graph = property_graph(story(), "story")
    stored = {label: rows(engine, f"MATCH (n:{label}) RETURN n ORDER BY n.id") for label in ("Actor", "Statement", "Document")}
    for label, nodes in (("Actor", graph.actors), ("Statement", graph.statements), ("Document", graph.documents)):
        assert [node for (node,) in stored[label]] == list(nodes)
    relations = rows(engine, f"MATCH (:Actor)-[r:{'|'.join(RELATION_TYPES)}]->(:Actor) RETURN r, type(r), startNode(r).id, endNode(r).id")
    assert sorted((r.start, r.type, r.end) for r, *_ in relations) == [(r.start, r.type, r.end) for r in graph.relations]
    assert sorted((r for r, *_ in relations), key=lambda r: (r.start, r.type, r.end)) == list(graph.relations)
    assert all((r.type, r.start, r.end) == tuple(told) for r, *told in relations)
    for type_, pairs in graph.evidence.items():
        found = rows(engine, f"MATCH (s)-[r:{type_}]->(e) RETURN r, s.id, e.id")
        assert sorted((r.start, r.end) for r, *_ in found) == sorted(pairs) == sorted((s, e) for _, s, e in found)


def test_paths_and_what_holds_them(engine):
    (row,) = rows(
        engine,
        "MATCH p = (a:Actor {id: 'SVK'})-[:REQUEST]->(b)<-[:ALLY]-{0,1}(b2:Actor) WHERE b2 = b "
        "RETURN p, [p] AS l, {p: p, n: a} AS m, nodes(p) AS n, relationships(p) AS r, length(p) AS k",
    )
    path, in_list, in_map, nodes, relationships, length = row
    assert isinstance(path, GraphPath)
    assert [node.id for node in path.nodes] == ["SVK", "HUN"]
    assert [(r.type, r.start, r.end) for r in path.relationships] == [("REQUEST", "SVK", "HUN")]
    assert in_list == [path]
    assert in_map == {"p": path, "n": path.nodes[0]}
    assert (nodes, relationships, length) == (list(path.nodes), list(path.relationships), 1)


def test_a_path_against_the_arrows_and_one_without_a_step(engine):
    ((against,),) = rows(engine, "MATCH p = (a:Actor {id: 'HUN'})<-[:REQUEST]-(b) RETURN p")
    assert [node.id for node in against.nodes] == ["HUN", "SVK"]
    assert (against.relationships[0].start, against.relationships[0].end) == ("SVK", "HUN")
    ((alone,),) = rows(engine, "MATCH p = (a:Actor {id: 'HUN'}) RETURN p")
    assert [node.id for node in alone.nodes] == ["HUN"]


@pytest.mark.parametrize(
    ("cypher", "value"),
    [
        ("1", 1), ("9223372036854775807", 2**63 - 1), ("0.1 + 0.2", 0.1 + 0.2), ("10.0", 10.0), ("7 / 2", 3), ("true AND null", None),
        ("'a'", "a"), ("[1, 2.5, 'x', null, [true]]", [1, 2.5, "x", None, [True]]), ("{a: 1, b: {c: [null]}}", {"a": 1, "b": {"c": [None]}}),
        ("[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]", [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
        ("1.0 / 0", float("inf")), ("-1.0 / 0", float("-inf")),
        ("date('2024-05-17')", "2024-05-17"), ("datetime('2024-05-17T10:00:00Z')", "2024-05-17T10:00Z"), ("duration('P1M2DT3H')", "P1M2DT3H"),
        ("'(#1:0)'", "(#1:0)"), ("'\\u0000'", "\0"),
    ],
)  # fmt: skip
def test_values(engine, cypher, value):
    ((found,),) = rows(engine, f"RETURN {cypher} AS x")
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("cypher", "columns"),
    [
        ("MATCH (a:Actor) WHERE false RETURN a.id, a.name AS name, count(*) AS n", ("a.id", "name", "n")),
        ("MATCH (a:Actor {id: $id}) RETURN a ORDER BY a.id SKIP 1 LIMIT 2", ("a",)),
        ("MATCH (a:Nothing)-[r:NONE]->() RETURN r UNION MATCH (a:None) RETURN a AS r", ("r",)),
        ("UNWIND [] AS x RETURN x", ("x",)),
        ("CALL db.labels() YIELD label WHERE label = 'x' RETURN label", ("label",)),
    ],
)
def test_columns_are_known_without_rows(engine, cypher, columns):
    result = engine.query(cypher, {"id": "nobody"})
    assert (result.columns, result.rows) == (columns, ())


def test_columns_keep_their_order(engine):
    assert engine.query("RETURN 1 AS z, 2 AS a, 3 AS m").columns == ("z", "a", "m")


def test_many_rows_and_long_text(engine):
    found = rows(engine, "UNWIND range(1, 5000) AS i RETURN i, CASE WHEN i = 4000 THEN $long END AS x", long="é" * 100_000)
    assert [i for i, _ in found] == list(range(1, 5001))
    assert found[3999][1] == "é" * 100_000


# What is text stays text


def test_hostile_names_and_phrases_come_back_byte_for_byte(tmp_path):
    names = [*HOSTILE, "x" * 10_000, "\\u0027) DETACH DELETE (n", "(#1:0)", "(#1:0)-[#2:0]->(#1:1)", "$actor", "`id`", "{id: 1}", "\\"]
    statements = [
        make_statement(name, f"{name} of", "Peru", RELATION_TYPES[i % 21], at=i, subject_id=f"id {name}", title=name, attributed_to=name)
        for i, name in enumerate(names)
        if name.strip("\ufeff")
    ]
    with embedded(statements, tmp_path) as engine:
        graph = property_graph(statements, "story")
        for label, nodes in (("Actor", graph.actors), ("Statement", graph.statements)):
            assert [n for (n,) in rows(engine, f"MATCH p = (n:{label}) RETURN n ORDER BY n.id")] == list(nodes)
        for name in names:
            ((found, echoed),) = rows(engine, "MATCH (a:Actor {name: $name}) RETURN a.name, $name", name=name)
            assert found == echoed == name
        assert rows(engine, "MATCH (n) RETURN count(n) AS n") == [(len(graph.actors) + len(graph.statements) + len(graph.documents),)]


def test_text_that_looks_like_a_path_is_text(engine):
    ((path, text, other),) = rows(
        engine, "MATCH p = (a:Actor {id: 'SVK'})-[:REQUEST]->(b) RETURN p, '(#1:0)-[#1:1]->(#1:2)' AS t, $x AS x", x="(#99:9)"
    )
    assert isinstance(path, GraphPath)
    assert (text, other) == ("(#1:0)-[#1:1]->(#1:2)", "(#99:9)")


@pytest.mark.parametrize("value", [None, True, 3, 2.5, "x", [1, [2, None]], {"a": {"b": [1]}}, ["'", "`", "}) DETACH DELETE n"]])
def test_parameters_are_values(engine, value):
    assert rows(engine, "RETURN $value AS x", value=value) == [(value,)]


def test_a_parameter_is_never_part_of_the_query(engine):
    before = rows(engine, "MATCH (n) RETURN count(n) AS n")
    assert rows(engine, "MATCH (a:Actor {name: $name}) RETURN a", name="x'}) DETACH DELETE (n) //") == []
    assert rows(engine, "MATCH (n) RETURN count(n) AS n") == before


def test_what_no_engine_takes_as_a_parameter(engine):
    with pytest.raises(ParameterError, match="'x'"):
        engine.query("RETURN $x", {"x": float("nan")})


# What it refuses


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:Actor {id: 'x'})", "MATCH (n) DETACH DELETE n", "MATCH (n:Actor) SET n.name = 'x'", "MERGE (n:Actor {id: 'x'}) RETURN n",
        "MATCH (n:Actor) REMOVE n.name", "CREATE INDEX FOR (a:Actor) ON (a.kind)", "CALL { CREATE (n:X) RETURN n } RETURN n",
        "FOREACH (x IN [1] | CREATE (:X))", "CALL apoc.load.json('file:///etc/passwd')", "CALL apoc.cypher.run('CREATE (n)', {})",
    ],
)  # fmt: skip
def test_it_only_reads(engine, cypher):
    with pytest.raises(CypherError, match="queries only read"):
        engine.query(cypher)


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "http://127.0.0.1:9/x.csv", "https://localhost/x.csv", "ftp://localhost/x.csv", "/etc/hostname"]
)
def test_it_reads_no_other_files(engine, url):
    with pytest.raises(CypherError, match="LOAD CSV is off"):
        engine.query("LOAD CSV FROM $url AS line RETURN line", {"url": url})


@pytest.mark.parametrize(
    ("cypher", "message"),
    [
        ("MATCH (a:Actor RETURN a", "Syntax error at line 1"),
        ("RETURN foo(1)", "foo"),
        ("MATCH (a) RETURN b", "'b' not defined"),
        ("RETURN $x", "parameters are missing: x"),
        ("RETURN 1/0", "zero"),
        ("RETURN date('2024-02-30')", "2024-02-30"),
        ("MATCH (a:Actor) RETURN a // \0 DETACH DELETE a", "NUL"),
        ("RETURN '\ud800'", "UTF-8"),
        ("", ""),
        ("SELECT 1", ""),
    ],
)
def test_mistakes_are_told_in_one_line(engine, cypher, message):
    with pytest.raises(CypherError) as caught:
        engine.query(cypher)
    assert message in str(caught.value)
    assert caught.value.cypher == cypher
    assert not any(word in str(caught.value) for word in ("com.arcadedb", "java.", "\n", "Exception"))


def test_after_a_mistake_it_goes_on(engine):
    with pytest.raises(CypherError):
        engine.query("RETURN")
    assert rows(engine, "RETURN 1 AS x") == [(1,)]


# How a query ends


def test_a_limit_ends_a_query_and_the_next_one_runs(tmp_path):
    with embedded(story(), tmp_path, timeout=1.0) as engine:
        engine.query("RETURN 1")
        start = time.monotonic()
        with pytest.raises(QueryTimeout, match="longer than 1 s") as caught:
            engine.query(RUNAWAY)
        assert time.monotonic() - start < 5
        assert caught.value.timeout == 1.0
        assert rows(engine, "RETURN 1 AS x") == [(1,)]


def test_a_limit_holds_where_the_engine_does_not_keep_it(tmp_path, monkeypatch):
    with embedded(story(), tmp_path, timeout=300) as engine:
        engine.query("RETURN 1")
        assert engine._process is not None
        monkeypatch.setattr(engine._process, "_timeout", 0.5)
        with pytest.raises(QueryTimeout):
            engine.query(RUNAWAY)
        assert rows(engine, "RETURN 2 AS x") == [(2,)]


def test_an_engine_that_dies_is_told_of_and_started_again(tmp_path):
    with embedded(story(), tmp_path) as engine:
        engine.query("RETURN 1")
        assert engine._process is not None
        threading.Timer(0.3, engine._process._process.kill).start()
        with pytest.raises(EngineError, match="ended without an answer"):
            engine.query(RUNAWAY)
        assert rows(engine, "RETURN 2 AS x") == [(2,)]


SCRIPT = textwrap.dedent(
    """\
    import sys
    from pathlib import Path
    from actorgraph.graph.cypher.runner import EmbeddedEngine
    with EmbeddedEngine(sys.argv[1], timeout=None, cache=Path(sys.argv[2])) as engine:
        engine.query("RETURN 1")
        print(engine._process._process.pid, flush=True)
        try:
            engine.query(sys.argv[3])
        except KeyboardInterrupt:
            print("interrupted", flush=True)
    print("closed", flush=True)
    """
)


@pytest.fixture
def asking(tmp_path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process in the middle of a runaway query, and the id of its engine's process."""
    pytest.importorskip("arcadedb", reason="needs arcadedb, which has no wheel for this platform")
    folder = write_folder(story(), tmp_path / "story")
    command = [sys.executable, "-c", SCRIPT, str(folder), str(tmp_path / "cache"), RUNAWAY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        time.sleep(0.5)  # into the native call
        yield process, child
        process.kill()


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@POSIX
def test_ctrl_c_ends_a_runaway_query_at_once(asking):
    process, child = asking
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "interrupted\n"
    assert time.monotonic() - start < 2  # 0.5 s on a machine that does nothing else
    assert process.stdout.readline() == "closed\n"
    assert not is_running(child)


@POSIX
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_nothing_runs_on_when_nobody_waits_any_more(asking):
    process, child = asking
    process.kill()
    deadline = time.monotonic() + 10
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(child)


# Elements, and much of them


def test_the_engines_process_imports_next_to_nothing():
    code = "import sys, actorgraph.graph.cypher.child; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"spacy", "networkx", "numpy", "rich", "typer", "neo4j", "prompt_toolkit", "actorgraph.graph.triples"} & set(modules)


def test_people_who_turn_out_to_be_one_are_one(tmp_path):
    full = make_statement("Viktor Orban", "prime minister of", "Hungary", "LEADS", subject_id="viktor-orban", subject_kind="person")
    short = replace(
        make_statement("Orban", "prime minister of", "Hungary", "LEADS", document="b.txt", subject_kind="person"), subject_id="orban@b.txt"
    )
    with embedded([full, short], tmp_path) as engine:
        found = rows(engine, "MATCH (s:Statement)-[:SUBJECT]->(a) RETURN a.id, s.subject_id ORDER BY s.document_id")
    assert found == [("viktor-orban", "viktor-orban"), ("viktor-orban", "orban@b.txt")]


def test_elements_are_of_our_types(engine):
    ((node, relationship),) = rows(engine, "MATCH (a:Actor {id: 'SVK'})-[r]->() RETURN a, r")
    assert isinstance(node, Node)
    assert isinstance(relationship, Relationship)


def test_an_edge_of_more_phrases_than_fit_on_a_page_and_more_statements_than_go_at_a_time(tmp_path):
    statements = [make_statement("Chad", f"{'very ' * (i % 7)}phrase {i}", "Peru", "AID", at=i) for i in range(2100)]
    statements += [make_statement("Peru", "help", "Chad", "AID", at=9000)]
    with embedded(statements, tmp_path) as engine:
        found = [relation for (relation,) in rows(engine, "MATCH (a)-[r:AID]->(b) RETURN r ORDER BY a.id")]
        assert found == sorted(property_graph(statements, "story").relations, key=lambda relation: relation.start)
        assert rows(engine, "MATCH (s:Statement)-[:SUBJECT]->(a {name: 'Chad'}) RETURN count(s)") == [(2100,)]
