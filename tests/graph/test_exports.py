"""Exports: each format is read back by its own reader, says what the graph says, and has the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statements import ANY_TEXT, HOSTILE, make_statement, statement_lists

from actorgraph.extract.errors import OutputError, RecordError, UnknownFormat
from actorgraph.extract.records import STATEMENT_FIELDS, RelationType, Statement
from actorgraph.graph.build import build_graph
from actorgraph.graph.dot import write_dot
from actorgraph.graph.events import DYAD_COLUMNS, Event, dyads, events
from actorgraph.graph.exports import GRAPH_FORMATS, TABLE_FORMATS, View, export, known_suffixes
from actorgraph.graph.gephi import distinct, flat_graph, xml_text
from actorgraph.graph.triples import merge_statements, read_statements

EVERY_EXPORT = [(View.GRAPH, suffix) for suffix in GRAPH_FORMATS] + [
    (view, suffix) for view in (View.TRIPLES, View.EVENTS, View.DYADS) for suffix in TABLE_FORMATS
]


@pytest.fixture(scope="module", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """Thousands of files are written here, and none has to outlive a power cut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("export")


def read_graph(path: Path) -> nx.MultiDiGraph:
    # read_gexf gives a graph without parallel edges another class, read_graphml does unless told.
    return nx.read_graphml(path, force_multigraph=True) if path.suffix == ".graphml" else nx.MultiDiGraph(nx.read_gexf(path))


# Formats and views


def test_the_suffix_chooses_the_format_whatever_its_case(tmp_path: Path, quarrel: list[Statement]) -> None:
    export(quarrel, tmp_path / "a.JSONL")
    export(quarrel, str(tmp_path / "a.csv"))
    export(iter(quarrel), tmp_path / "a.GraphML")
    assert read_statements(tmp_path / "a.JSONL") == read_statements(tmp_path / "a.csv") == merge_statements(quarrel)
    assert len(nx.read_graphml(tmp_path / "a.GraphML")) == 6


def test_events_and_dyads_as_tables(tmp_path: Path, quarrel: list[Statement]) -> None:
    export(quarrel, tmp_path / "events.csv", as_="events")
    export(quarrel, tmp_path / "dyads.csv", as_="dyads")
    export(quarrel, tmp_path / "events.jsonl", as_="events")
    with (tmp_path / "events.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert (
        rows[0] == ["date", "source", "source_sector", "target", "target_sector", "type", "quad_class", "document"] == list(Event._fields)
    )
    assert [tuple(cell or None for cell in row) for row in rows[1:]] == events(quarrel)
    with (tmp_path / "dyads.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == DYAD_COLUMNS
    assert rows[1:] == [[str(cell) for cell in row] for row in dyads(quarrel)]
    lines = (tmp_path / "events.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [event._asdict() for event in events(quarrel)]


@pytest.mark.parametrize("name", ["a", "a.xlsx", "a.json", ".csv", "graphml", "a.csv.zip"])
def test_an_unknown_suffix_lists_those_that_exist(tmp_path: Path, quarrel: list[Statement], name: str) -> None:
    with pytest.raises(UnknownFormat, match=r"use one of \.csv \.dot \.gexf \.graphml \.jsonl") as caught:
        export(quarrel, tmp_path / name)
    assert caught.value.known == known_suffixes()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("as_", "name"), [("graph", "a.csv"), ("events", "a.graphml"), ("triples", "a.dot")])
def test_a_suffix_that_cannot_show_the_view_lists_those_that_can(tmp_path: Path, as_: str, name: str) -> None:
    with pytest.raises(UnknownFormat) as caught:
        export([], tmp_path / name, as_=as_)
    assert caught.value.known == ([".dot", ".gexf", ".graphml"] if as_ == "graph" else [".csv", ".jsonl"])


def test_a_view_that_does_not_exist_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pictures"):
        export([], tmp_path / "a.csv", as_="pictures")


def test_nothing_is_left_of_an_export_that_fails(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("as it was")
    with pytest.raises(RecordError):
        export([make_statement(), make_statement(at=50, quantity=float("nan"))], tmp_path / "a.csv")
    with pytest.raises(OutputError):
        export([make_statement()], tmp_path / "no such folder" / "a.csv")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["as it was"]


@pytest.mark.parametrize(("view", "suffix"), EVERY_EXPORT)
def test_no_statements_give_a_file_that_can_be_read(tmp_path: Path, view: View, suffix: str) -> None:
    path = tmp_path / f"empty{suffix}"
    export([], path, as_=view)
    if suffix in (".graphml", ".gexf"):
        assert len(read_graph(path)) == 0
    elif view is View.TRIPLES:
        assert read_statements(path) == []
    assert path.read_bytes() or suffix == ".jsonl"


@pytest.mark.parametrize(("view", "suffix"), EVERY_EXPORT)
@settings(max_examples=30)
@given(collection=statement_lists(max_size=6), groups=st.booleans())
def test_the_same_statements_give_the_same_bytes(folder: Path, view: View, suffix: str, collection: list[Statement], groups: bool) -> None:
    one, other = folder / f"one{suffix}", folder / f"other{suffix}"
    export(collection, one, as_=view, groups=groups)
    export([*reversed(collection), *collection], other, as_=view, groups=groups)
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(("view", "suffix"), EVERY_EXPORT)
@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name)[:20])
def test_hostile_text_is_written_and_read(tmp_path: Path, view: View, suffix: str, name: str) -> None:
    statement = make_statement(name, name, "Serbia", subject_id=name, title=name, sentence=name, source=name, document=name)
    path = tmp_path / f"hostile{suffix}"
    export([statement], path, as_=view)
    if suffix in (".graphml", ".gexf"):
        assert xml_text(name) in read_graph(path)
    elif view is View.TRIPLES:
        assert read_statements(path) == [statement]
    else:
        assert path.read_bytes().decode()


@pytest.mark.parametrize(("view", "suffix"), EVERY_EXPORT)
@settings(max_examples=30)
@given(text=ANY_TEXT)
def test_lone_surrogates_stop_no_export(folder: Path, view: View, suffix: str, text: str) -> None:
    statement = make_statement(source=text, sentence=text, object_text=text, subject=text, subject_id=f"id-{len(text)}")
    export([statement], folder / f"surrogates{suffix}", as_=view)
    (folder / f"surrogates{suffix}").read_bytes().decode()


# GraphML and GEXF


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
@given(collection=statement_lists(max_size=8), groups=st.booleans())
def test_what_networkx_reads_back_is_the_graph(folder: Path, suffix: str, collection: list[Statement], groups: bool) -> None:
    path = folder / f"graph{suffix}"
    export(collection, path, groups=groups)
    expected = flat_graph(collection, groups=groups)
    back = read_graph(path)
    assert sorted(back) == sorted(expected)
    for node, data in expected.nodes(data=True):
        assert back.nodes[node] == data
    ours = {data["id"]: (subject, object_, data) for subject, object_, data in expected.edges(data=True)}
    assert len(ours) == back.number_of_edges() == build_graph(collection, groups=groups).number_of_edges()
    for subject, object_, key, data in back.edges(keys=True, data=True):
        read = {name: value for name, value in data.items() if name not in ("id", "networkx_key")}
        from_subject, to_object, wanted = ours[data["id"] if suffix == ".gexf" else key]
        assert (subject, object_) == (from_subject, to_object)
        assert read == {name: value for name, value in wanted.items() if name != "id"}
        assert {type(value) for value in data.values()} <= {str, int, float, bool}


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_the_columns_that_gephi_looks_for(tmp_path: Path, quarrel: list[Statement], suffix: str) -> None:
    path = tmp_path / f"graph{suffix}"
    export(quarrel, path)
    graph = read_graph(path)
    assert graph.nodes["HUN"] == {"label": "Hungary", "name": "Hungary", "kind": "country", "aliases": "Budapest", "country": "HUN"}
    [(key, aid)] = graph["SRB"]["XKX"].items()
    assert (aid["label"], aid["weight"], aid["relation_type"], aid["family"], aid["sign"]) == ("send troops to", 4, "AID", "cooperation", 1)
    assert aid["relations"] == "send troops to | deploy force to"
    assert (aid["first"], aid["confidence"], aid["symmetric"]) == ("2024-05-18", 0.9, False)
    assert key == ("AID" if suffix == ".gexf" else "SRB AID XKX")


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_the_xml_is_what_gephi_reads(tmp_path: Path, quarrel: list[Statement], suffix: str) -> None:
    path = tmp_path / f"graph{suffix}"
    export(quarrel, path, groups=True)
    root = ElementTree.parse(path).getroot()
    namespace = re.match(r"\{.*\}", root.tag)[0]  # type: ignore[index]
    edges = list(root.iter(f"{namespace}edge"))
    nodes = {node.get("id") for node in root.iter(f"{namespace}node")}
    assert len({edge.get("id") for edge in edges}) == len(edges) == 6
    assert {edge.get("source") for edge in edges} | {edge.get("target") for edge in edges} == nodes
    columns = [(element.get("attr.name"), element.get("for")) for element in root.iter(f"{namespace}key")]
    columns += [(el.get("title"), group.get("class")) for group in root.iter(f"{namespace}attributes") for el in group]
    assert len(set(columns)) == len(columns), "a column has one type"
    assert not {"id", "Id"} & {name for name, _ in columns}
    assert "None" not in {text for element in root.iter() for text in (element.text, *element.attrib.values())}


def test_gexf_does_not_say_the_day(tmp_path: Path, quarrel: list[Statement], monkeypatch: pytest.MonkeyPatch) -> None:
    export(quarrel, tmp_path / "today.gexf")
    monkeypatch.setattr(time, "strftime", lambda *args: "1999-12-31")
    export(quarrel, tmp_path / "then.gexf")
    data = (tmp_path / "then.gexf").read_bytes()
    assert data == (tmp_path / "today.gexf").read_bytes()
    assert b"lastmodified" not in data and nx.__version__.encode() not in data


def test_actors_that_xml_cannot_tell_apart_stay_apart(tmp_path: Path) -> None:
    statements = [make_statement(f"a{control}", subject_id=f"a{control}", at=at) for at, control in enumerate("\0\1\ufffd")]
    for suffix in (".graphml", ".gexf"):
        export(statements, tmp_path / f"a{suffix}")
        assert sorted(read_graph(tmp_path / f"a{suffix}")) == ["SRB", "a\ufffd", "a\ufffd~2", "a\ufffd~3"]


@given(texts=st.lists(st.sampled_from(["a", "b", "a~2", "a~2~2", "a~3"])))
def test_distinct_names(texts: list[str]) -> None:
    names = list(distinct(texts))
    assert len(set(names)) == len(names)
    assert all(name.startswith(text) for name, text in zip(names, texts, strict=True))


@given(text=ANY_TEXT)
def test_xml_text_survives_a_parser(text: str) -> None:
    element = ElementTree.Element("a", b=xml_text(text))
    element.text = xml_text(text)
    back = ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8"))
    assert (back.text or "") == back.get("b") == xml_text(text) == xml_text(xml_text(text))


# DOT


@pytest.fixture(scope="session")
def dot() -> Iterator[str]:
    """Graphviz' own parser."""
    program = shutil.which("dot")
    if program is None:
        pytest.skip("needs Graphviz (Debian: apt-get install graphviz)")
    yield program


def drawn(program: str, statements: list[Statement]) -> dict[str, object]:
    file = io.StringIO()
    write_dot(statements, file)
    done = subprocess.run([program, "-Tdot_json"], input=file.getvalue().encode(), capture_output=True, timeout=60, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr.decode()
    result: dict[str, object] = json.loads(done.stdout)
    return result


def test_graphviz_reads_the_graph(dot: str, quarrel: list[Statement]) -> None:
    graph = drawn(dot, quarrel)
    assert {node["name"]: node["label"] for node in graph["objects"]}["HUN"] == "Hungary"  # type: ignore[attr-defined]
    styles = {edge["class"]: (edge["style"], edge.get("dir")) for edge in graph["edges"]}  # type: ignore[attr-defined]
    assert styles == {
        "ALLY": ("solid", "none"), "AID": ("solid", None), "REQUEST": ("solid", None), "SANCTION": ("dashed", None), "LEADS": ("solid", None),
    }  # fmt: skip


def test_graphviz_reads_hostile_names_in_one_graph(dot: str) -> None:
    statements = [make_statement(name, name, "Serbia", subject_id=name, document=f"{at}") for at, name in enumerate(HOSTILE)]
    statements += [
        make_statement(f"{name}\\", subject_id=f"{name}\\", document=f"x{at}") for at, name in enumerate(['"', "N", "\\", "&quot;"])
    ]
    graph = drawn(dot, statements)
    assert len(graph["objects"]) == len({statement.subject_id for statement in statements}) + 1  # type: ignore[arg-type]
    assert len(graph["edges"]) == len(statements)  # type: ignore[arg-type]


@given(collection=statement_lists(max_size=5))
def test_every_line_of_dot_is_one_statement_of_its_grammar(collection: list[Statement]) -> None:
    file = io.StringIO()
    write_dot(collection, file)
    string = r'"(?:[^"\\\n]|\\.)*"'
    attributes = rf"\[[a-z]+={string}(?:, [a-z]+={string})*\]"
    lines = file.getvalue().split("\n")
    assert lines[0] == "digraph actorgraph {" and lines[-2:] == ["}", ""]
    for line in lines[4:-2]:
        assert re.fullmatch(rf"  {string}(?: -> {string})? {attributes};", line), line


def test_a_denied_edge_is_dotted() -> None:
    file = io.StringIO()
    write_dot([make_statement(negated=True)], file)
    assert 'style="dotted"' in file.getvalue()
    assert RelationType.SUPPORT in file.getvalue()


def test_the_columns_of_the_triples_are_the_record_s(tmp_path: Path) -> None:
    export([], tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text().replace('"', "").strip().split(",") == list(STATEMENT_FIELDS)


def test_the_package_s_name_stays_the_function_once_modules_are_imported() -> None:
    import actorgraph.graph

    # A submodule of the same name would take the place of the function when it is first imported.
    assert actorgraph.graph.export is export
