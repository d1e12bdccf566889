"""What the named queries answer about a story that was worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cypher_engines import embedded
from cypher_story import ANSWERS, shortened, story

from actorgraph import queries
from actorgraph.graph.cypher.runner import EmbeddedEngine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    with embedded(story(), tmp_path_factory.mktemp("answers")) as engine:
        yield engine


def test_every_query_has_an_answer():
    assert {name for name, _, rows in ANSWERS if rows} == set(queries.names())


@pytest.mark.parametrize(("name", "given", "rows"), ANSWERS, ids=lambda value: value if isinstance(value, str) else "")
def test_answer(engine, name, given, rows):
    query = queries.load(name)
    result = engine.query(query.cypher, query.bind(given))
    assert [tuple(map(shortened, row)) for row in result.rows] == rows
    assert result.columns == tuple(query.columns)


@pytest.mark.parametrize("name", queries.names())
def test_no_statements_give_no_rows(empty, name):
    query = queries.load(name)
    given = {parameter.name: "2024-01" if parameter.type == "date" else "Serbia" for parameter in query.parameters if parameter.required}
    assert empty.query(query.cypher, query.bind(given)).rows == ()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    with embedded([], tmp_path_factory.mktemp("empty")) as engine:
        yield engine
