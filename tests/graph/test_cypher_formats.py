"""Answers as tables, CSV, JSON, JSON Lines and pages."""

from __future__ import annotations

import csv
import io
import json
import math

import pytest
from cypher_story import story
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from statements import ANY_TEXT, make_statement

from actorgraph.graph.cypher.errors import QueryError
from actorgraph.graph.cypher.formats import drawn_statements, print_table, text, write_csv, write_json, write_jsonl
from actorgraph.graph.cypher.schema import property_graph
from actorgraph.graph.cypher.values import Node, Path, Relationship, Result, plain
from actorgraph.graph.page import page_html

HUN = Node(("Actor", "Country"), "HUN", {"id": "HUN", "name": "Hungary"})
SRB = Node(("Actor", "Country"), "SRB", {"id": "SRB", "name": "Serbia"})
HRV = Node(("Actor", "Country"), "HRV", {"id": "HRV", "name": "Croatia"})
AID = Relationship("AID", "HUN", "SRB", {"asserted": 1, "symmetric": False})
ALLY = Relationship("ALLY", "HUN", "SRB", {"asserted": 1, "symmetric": True})
SANCTION = Relationship("SANCTION", "HRV", "SRB", {"asserted": 1})
PATH = Path((HUN, SRB, HRV), (AID, SANCTION))


def written(writer, result: Result) -> str:
    file = io.StringIO(newline="")
    writer(result, file)
    return file.getvalue()


def printed(result: Result, **options) -> str:
    console = Console(file=io.StringIO(), **{"width": 80} | options)
    print_table(result, console)
    return console.file.getvalue()


def test_json_is_a_list_of_rows():
    result = Result(("a", "n"), ((HUN, 1.5), ("Čačak", math.nan)))
    expected = [
        {"a": {"labels": ["Actor", "Country"], "properties": {"id": "HUN", "name": "Hungary"}}, "n": 1.5},
        {"a": "Čačak", "n": "NaN"},
    ]
    assert json.loads(written(write_json, result)) == expected
    assert [json.loads(line) for line in written(write_jsonl, result).splitlines()] == expected
    assert "Čačak" in written(write_json, result)
    assert written(write_json, Result(("a",), ())) == "[]\n"
    assert written(write_jsonl, Result(("a",), ())) == ""


def test_csv_cells_are_safe_and_complete():
    result = Result(("a", "b", "c"), (("=1+1", [1, "x"], None), ("plain", True, -math.inf)))
    rows = list(csv.reader(io.StringIO(written(write_csv, result))))
    assert rows == [["a", "b", "c"], ["'=1+1", '[1, "x"]', ""], ["plain", "true", "'-Infinity"]]


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3), max_leaves=6)


@settings(max_examples=40)
@given(st.lists(st.tuples(VALUES, VALUES), max_size=4))
def test_json_holds_every_value(rows):
    result = Result(("a", "b"), tuple(rows))
    assert json.loads(written(write_json, result)) == [{"a": plain(a), "b": plain(b)} for a, b in rows]


@settings(max_examples=40)
@given(st.lists(st.tuples(VALUES), min_size=1, max_size=3))
def test_nothing_in_a_table_moves_the_cursor_or_is_markup(rows):
    output = printed(Result(("[bold]a",), tuple(rows)))
    assert "[bold]a" in output
    assert not any(ord(char) < 32 and char != "\n" for char in output)
    assert "\x1b" not in output


def test_a_table_reads():
    result = Result(("actor", "n", "list", "path"), (("Hungary", 3, ["a", None], PATH), ("Serbia", 12, [], PATH)))
    output = printed(result, width=200)
    assert "Hungary" in output
    assert "Hungary -AID-> Serbia <-SANCTION- Croatia" in output
    assert output.rstrip().endswith("2 rows")
    assert printed(Result((), ())) == "no rows\n"


def test_a_table_in_a_pipe_is_as_wide_as_it_needs_to_be():
    long = "word " * 60
    assert long.strip() in printed(Result(("a", "b"), ((long, long),)), width=80)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (HUN, "Hungary"),
        (Node(("Statement",), "x", {"id": "x", "sentence": "A met B."}), "A met B."),
        (Node(("Document",), "a.txt", {"id": "a.txt"}), "a.txt"),
        (AID, "HUN -AID-> SRB"),
        (Path((HUN, SRB), (ALLY,)), "Hungary -ALLY- Serbia"),
        (Path((HUN,), ()), "Hungary"),
        (0.1, "0.1"),
        (["x" * 50, "y"], "x" * 50 + "\ny"),
        ("a\x1b[2J\nb", "a[2J b"),
    ],
)
def test_values_read(value, expected):
    assert text(value) == expected


def ids(statements) -> set[str]:
    return {statement.id for statement in statements}


def test_a_page_shows_what_is_returned():
    statements = story()
    tanks = {s.id for s in statements if s.relation_type == "AID" and s.subject == "Hungary"}
    allied = {s.id for s in statements if s.relation_type == "ALLY"}
    sanctioned = {s.id for s in statements if s.relation_type == "SANCTION" and s.subject == "Croatia"}
    assert ids(drawn_statements(Result(("r",), ((AID,),)), statements)) == tanks
    assert ids(drawn_statements(Result(("p",), ((PATH,),)), statements)) == tanks | sanctioned
    assert ids(drawn_statements(Result(("x",), (([{"r": ALLY}],),)), statements)) == allied  # both directions of one edge
    assert ids(drawn_statements(Result(("a", "b"), ((HUN, SRB),)), statements)) == tanks | allied
    assert ids(drawn_statements(Result(("a", "r"), ((HUN, SANCTION),)), statements)) == sanctioned
    node = property_graph(statements[:1], "d").statements[0]
    assert ids(drawn_statements(Result(("s",), ((node,),)), statements)) == {node.id}
    evidence = Relationship("SUBJECT", node.id, "HUN", {})
    assert ids(drawn_statements(Result(("r",), ((evidence,),)), statements)) == {node.id}
    assert "send tanks to" in page_html(drawn_statements(Result(("r",), ((AID,),)), statements))


def test_a_page_of_nothing_is_refused():
    with pytest.raises(QueryError, match="nothing to draw"):
        drawn_statements(Result(("n",), ((1,),)), [make_statement()])
