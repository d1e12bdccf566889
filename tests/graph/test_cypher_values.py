"""Values of queries: plain forms, what Neo4j's driver gives, parameters as text."""

from __future__ import annotations

import datetime
import json
import math

import pytest
import pytz
from hypothesis import given, settings
from hypothesis import strategies as st
from neo4j import time
from neo4j.graph import Graph
from neo4j.graph import Node as DriverNode
from neo4j.graph import Path as DriverPath

from actorgraph.graph.cypher.errors import ParameterError
from actorgraph.graph.cypher.neo4j_values import decoded, relationships
from actorgraph.graph.cypher.parameters import check_value, read_value, split_parameters
from actorgraph.graph.cypher.values import Node, Path, Relationship, Result, plain

PERU = Node(("Actor", "Country"), "PER", {"id": "PER", "name": "Peru"})
CUBA = Node(("Actor", "Country"), "CUB", {"id": "CUB", "name": "Cuba"})
PARIS = pytz.timezone("Europe/Paris").localize(datetime.datetime(2024, 5, 17, 10)).tzinfo  # as the driver makes it
AID = Relationship("AID", "PER", "CUB", {"asserted": 2})


def test_a_result_is_rows_by_column():
    result = Result(("a", "b"), ((1, 2), (3, 4)))
    assert len(result) == 2
    assert list(result) == [(1, 2), (3, 4)]
    assert list(result.records()) == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]


def test_plain_values_are_json():
    path = Path((PERU, CUBA), (AID,))
    peru, cuba = ({"labels": ["Actor", "Country"], "properties": dict(node.properties)} for node in (PERU, CUBA))
    aid = {"type": "AID", "start": "PER", "end": "CUB", "properties": {"asserted": 2}}
    assert plain({"p": path, "l": (1, None), "x": [math.inf, -math.inf, math.nan, 0.5]}) == {
        "p": {"nodes": [peru, cuba], "relationships": [aid]},
        "l": [1, None],
        "x": ["Infinity", "-Infinity", "NaN", 0.5],
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (time.Date(2024, 5, 17), "2024-05-17"),
        (time.Time(10, 0), "10:00"),
        (time.Time(10, 0, 1), "10:00:01"),
        (time.Time(10, 0, 1, 500_000_000), "10:00:01.500"),
        (time.Time(10, 0, 1, 500), "10:00:01.000000500"),
        (time.Time(10, 0, 0, 0, datetime.UTC), "10:00Z"),
        (time.Time(10, 0, 0, 0, datetime.timezone(datetime.timedelta(hours=-5, minutes=-30))), "10:00-05:30"),
        (time.DateTime(2024, 5, 17, 10, 0, 0), "2024-05-17T10:00"),
        (time.DateTime(2024, 5, 17, 10, 0, 0, tzinfo=PARIS), "2024-05-17T10:00+02:00[Europe/Paris]"),
        (time.Duration(), "PT0S"),
        (time.Duration(months=14, days=3, hours=4, minutes=5, seconds=6, milliseconds=500), "P1Y2M3DT4H5M6.5S"),
        (time.Duration(days=14), "P14D"),
        (time.Duration(months=-1), "P-1M"),
        (time.Duration(seconds=-3661, milliseconds=-500), "PT-1H-1M-1.5S"),
        ([time.Date(2024, 1, 2), {"a": bytes([1, 2])}], ["2024-01-02", {"a": [1, 2]}]),
    ],
)
def test_values_of_the_driver_become_those_of_the_embedded_engine(value, text):
    assert decoded(value, {}) == text


def test_graph_elements_of_the_driver():
    graph = Graph()
    peru = DriverNode(graph, "4:x:0", 0, ["Country", "Actor"], {"name": "Peru", "id": "PER"})
    cuba = DriverNode(graph, "4:x:1", 1, ["Country", "Actor"], {"name": "Cuba", "id": "CUB"})
    foreign = DriverNode(graph, "4:x:2", 2, ["Zoo", "Ape"], {})
    aid = graph.relationship_type("AID")(graph, "5:x:0", 0, {"asserted": 2})
    aid._start_node, aid._end_node = peru, cuba
    value = [peru, {"r": aid}, DriverPath(peru, aid)]
    assert list(relationships(value)) == ["5:x:0", "5:x:0"]
    assert decoded(value, {"5:x:0": ("PER", "CUB")}) == [PERU, {"r": AID}, Path((PERU, CUBA), (AID,))]
    assert decoded(foreign, {}) == Node(("Ape", "Zoo"), "4:x:2", {})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3), ("-3", -3), ("3.0", 3.0), ("1e3", 1000.0), ("true", True), ("false", False), ("null", None), ("[1, \"a\"]", [1, "a"]),
        ('{"a": [null]}', {"a": [None]}), ('"3"', "3"), ("North Korea", "North Korea"), ("007", "007"), ("True", "True"), ("NaN", "NaN"),
        ("-Infinity", "-Infinity"), ("", ""), ("[1,", "[1,"), ("[" * 100_000, "[" * 100_000), ("2024-05-17", "2024-05-17"), ("' OR 1=1", "' OR 1=1"),
    ],
)  # fmt: skip
def test_text_is_read_as_what_it_means(text, value):
    assert read_value(text) == value
    assert type(read_value(text)) is type(value)


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_every_value_can_be_given_as_json(value):
    assert check_value("x", read_value(json.dumps(value))) == value


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, math.nan, math.inf, object(), {1: 2}, [2**64], b"x"])
def test_what_no_engine_takes_is_refused(value):
    with pytest.raises(ParameterError, match="'x'"):
        check_value("x", value)


def test_parameters_are_split_at_the_first_equals_sign():
    assert split_parameters(["a=b=c", "_x1=", "größe=1"]) == {"a": "b=c", "_x1": "", "größe": "1"}


@pytest.mark.parametrize("texts", [["a"], ["=1"], ["1a=1"], ["a b=1"], ["$a=1"], ["a=1", "a=2"], ["a`}) DETACH DELETE n=1"]])
def test_what_is_no_parameter_is_refused(texts):
    with pytest.raises(ParameterError):
        split_parameters(texts)
