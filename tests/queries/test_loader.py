"""Named queries as files: headers, parameters, defaults."""

from __future__ import annotations

import re

import pytest

from actorgraph import queries
from actorgraph.graph.cypher.errors import ParameterError, UnknownQuery

NAMES = queries.names()


def test_the_questions_of_an_analyst_are_there():
    assert set(NAMES) >= {
        "allies", "alliances", "blocs", "shared-enemies", "mediators", "supplies", "paths", "neighbourhood", "timeline", "escalation", "claims",
        "contested", "single-source", "leaders", "memberships", "dyads", "changes", "unanswered",
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_header_is_whole(name):
    query = queries.load(name)
    assert query.title
    assert query.answers.rstrip(")").endswith(("?", "graph"))
    assert query.columns
    header = [line for line in query.cypher.splitlines() if re.match(r"// (param|columns|title|answers)\b", line)]
    assert len(header) == 3 + len(query.parameters)
    for parameter in query.parameters:
        assert parameter.type in queries.PARAMETER_TYPES
        assert parameter.required or parameter.typed(parameter.default) == parameter.default


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_those_of_the_text(name):
    query = queries.load(name)
    body = "\n".join(line for line in query.cypher.splitlines() if not line.startswith("//"))
    assert set(re.findall(r"\$(\w+)", body)) == {parameter.name for parameter in query.parameters}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_plain_cypher_that_reads(name):
    body = "\n".join(line for line in queries.load(name).cypher.splitlines() if not line.startswith("//"))
    assert not re.search(r"\b(apoc|algo|gds|CREATE|MERGE|SET|DELETE|REMOVE|LOAD|SHOW)\b", body)
    assert "ORDER BY" in body


def test_listing_is_sorted():
    assert [query.name for query in queries.listing()] == sorted(NAMES)


def test_an_unknown_name_tells_those_that_exist():
    with pytest.raises(UnknownQuery, match="allies") as caught:
        queries.load("alies")
    assert caught.value.known == list(NAMES)


@pytest.mark.parametrize("name", ["../allies", "allies.cypher", "", "/etc/passwd"])
def test_a_name_is_no_path(name):
    with pytest.raises(UnknownQuery):
        queries.load(name)


QUERY = queries.parse(
    "test",
    """\
// title: A test
// answers: What is it?
// param who: actor - name
// param often: integer = 3
// param share: number = 0.5 - of all
// param facts: boolean = true
// param since: date = null
// columns: one, other (to, from or with), n
RETURN $who, $often, $share, $facts, $since""",
)


def test_a_header_is_read():
    assert QUERY.title == "A test"
    assert QUERY.columns == {"one": None, "other": "to, from or with", "n": None}
    assert [(p.name, p.type, p.default, p.required, p.description) for p in QUERY.parameters] == [
        ("who", "actor", None, True, "name"),
        ("often", "integer", 3, False, None),
        ("share", "number", 0.5, False, "of all"),
        ("facts", "boolean", True, False, None),
        ("since", "date", None, False, None),
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"often": 3, "share": 0.5, "facts": True, "since": None}),
        ({"often": "7", "share": "1", "facts": "no", "since": "2024-05"}, {"often": 7, "share": 1.0, "facts": False, "since": "2024-05"}),
        ({"often": 7, "share": 1, "facts": False}, {"often": 7, "share": 1, "facts": False, "since": None}),
    ],
)
def test_values_are_bound_by_type(given, expected):
    bound = QUERY.bind({"who": "007"} | given)
    assert bound == {"who": "007"} | expected
    assert {name: type(value) for name, value in bound.items()} == {"who": str} | {name: type(value) for name, value in expected.items()}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "needs --param who=ACTOR (name)"),
        ({"who": None}, "'who' wants an actor"),
        ({"who": "x", "whom": "y"}, "has no parameter 'whom'; its parameters are who, often"),
        ({"who": "x", "often": "many"}, "'often' wants an integer, not 'many'"),
        ({"who": "x", "often": 1.5}, "'often' wants an integer, not 1.5"),
        ({"who": "x", "often": True}, "'often' wants an integer, not True"),
        ({"who": "x", "facts": "maybe"}, "'facts' wants a boolean"),
        ({"who": "x", "since": "May"}, "'since' wants a date"),
        ({"who": ["x"]}, "'who' wants an actor"),
    ],
)
def test_what_cannot_be_bound_is_told(given, message):
    with pytest.raises(ParameterError) as caught:
        QUERY.bind(given)
    assert message in str(caught.value)


@pytest.mark.parametrize("header", ["// param x: actr", "// param x: integer =3", "// param x: integer = three"])
def test_a_broken_header_is_a_mistake_in_the_file(header):
    with pytest.raises(ValueError, match=r"param|Expecting"):
        queries.parse("x", f"// title: t\n// answers: a?\n{header}\n// columns: a\nRETURN 1")
