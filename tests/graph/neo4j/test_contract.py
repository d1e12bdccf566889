"""The same statements make the same graph in networkx and on the server, and the same rows as the embedded engine's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cypher_engines import write_folder
from cypher_story import ANSWERS, shortened, story
from graph_in_database import assert_same
from hypothesis import HealthCheck, Phase, given, settings
from statements import make_statement, statement_lists

from actorgraph import queries
from actorgraph.extract.records import Statement
from actorgraph.graph.server.loading import load
from actorgraph.graph.server.pulling import pull
from actorgraph.graph.server.queries import ServerEngine


def test_the_graph_of_networkx_is_on_the_server(uri: str, ask: Any, folder: Path, quarrel: list[Statement]) -> None:
    load(write_folder(quarrel, folder), uri)
    assert_same(ask, quarrel, "quarrel")


def test_whatever_the_statements_are(uri: str, ask: Any, folder: Path) -> None:
    @settings(max_examples=6, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck))
    @given(statement_lists(max_size=30))
    def check(statements: list[Statement]) -> None:
        ask("MATCH (n) DETACH DELETE n")
        load(write_folder(statements, folder), uri)
        assert_same(ask, statements, "quarrel")
        if statements:
            pull(uri, folder.with_name("pulled"))
            assert (folder.with_name("pulled") / "triples.jsonl").read_bytes() == (folder / "triples.jsonl").read_bytes()

    check()


def test_people_are_merged_over_loads(uri: str, ask: Any, tmp_path: Path) -> None:
    short = make_statement(
        "Orban", "prime minister of", "Hungary", "LEADS", document="b.txt", subject_id="orban@b.txt", subject_kind="person"
    )
    said = make_statement("Orban", "criticize", "Serbia", "ACCUSE", document="b.txt", at=90, subject_id="orban@b.txt", subject_kind="person",
                          attributed_to="Orban", attributed_to_id="orban@b.txt")  # fmt: skip
    full = make_statement("Viktor Orban", "prime minister of", "Hungary", "LEADS", subject_id="viktor-orban", subject_kind="person")
    load(write_folder([short, said], tmp_path / "one"), uri, dataset="d")
    assert_same(ask, [short, said], "d")
    load(write_folder([full], tmp_path / "two"), uri, dataset="d")
    assert_same(ask, [short, said, full], "d")
    load(write_folder([short, said], tmp_path / "one"), uri, dataset="d", prune=True)
    assert_same(ask, [short, said], "d")


def test_named_queries_answer_alike(uri: str, folder: Path) -> None:
    load(write_folder(story(), folder.with_name("story")), uri)
    with ServerEngine(uri, timeout=120) as engine:
        for name, values, rows in ANSWERS:
            query = queries.load(name)
            result = engine.query(query.cypher, query.bind(values))
            assert [tuple(map(shortened, row)) for row in result.rows] == rows, name
            assert result.columns == tuple(query.columns), name


@pytest.mark.parametrize("name", ["folder", "table"])
def test_a_folder_comes_back_byte_for_byte(uri: str, folder: Path, quarrel: list[Statement], articles: Any, name: str) -> None:
    from actorgraph.graph.documents import write_documents
    from actorgraph.graph.triples import write_statement_table

    write_folder(quarrel, folder)
    source = folder
    if name == "table":
        source = folder.with_name("quarrel.csv")
        with source.open("w", encoding="utf-8", newline="") as file:
            write_statement_table(quarrel, file)
    else:
        with (folder / "documents.jsonl").open("w", encoding="utf-8", newline="") as file:
            write_documents(articles, file, text=True)
    loaded = load(source, uri)
    pulled = pull(uri, folder.with_name("back"), dataset="quarrel")
    back = {file.name: file.read_bytes() for file in folder.with_name("back").iterdir()}
    assert back == {"documents.jsonl": b""} | {file.name: file.read_bytes() for file in folder.iterdir()}
    assert (loaded.statements, pulled.statements) == (len(quarrel),) * 2
