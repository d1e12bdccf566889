"""Loads: datasets apart, versions, what goes and what stays, and what is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cypher_engines import write_folder
from graph_in_database import assert_same, everything
from statements import make_statement

from actorgraph.extract.errors import InputError, RecordError
from actorgraph.extract.records import Statement
from actorgraph.graph.server import texts
from actorgraph.graph.server.errors import RowsLost, UnknownDataset
from actorgraph.graph.server.loading import load
from actorgraph.graph.server.pulling import pull


def test_a_load_twice_is_a_load_once(uri: str, ask: Any, folder: Path, quarrel: list[Statement]) -> None:
    write_folder(quarrel, folder)
    load(folder, uri)
    first = everything(ask)
    load(folder, uri.replace("bolt:", "neo4j:"), prune=True)
    assert everything(ask) == first


def test_datasets_are_apart(uri: str, ask: Any, tmp_path: Path, quarrel: list[Statement]) -> None:
    one, other = write_folder(quarrel, tmp_path / "one"), write_folder(quarrel[:3], tmp_path / "other")
    ask("CREATE (:Film {title: 'Not ours'})-[:ABOUT]->(:Actor {id: 'someone-else'})")
    load(one, uri)
    load(other, uri)
    load(write_folder(quarrel[2:3], tmp_path / "one"), uri, prune=True)
    assert ask("MATCH (s:Statement) RETURN s.dataset, count(*) ORDER BY s.dataset") == [("one", 1), ("other", 3)]
    assert ask("MATCH (:Actor)-[r]->(:Actor) RETURN r.dataset, type(r), r.statements ORDER BY r.dataset, type(r)") == [
        ("one", "AID", 1), ("other", "AID", 1), ("other", "ALLY", 2),
    ]  # fmt: skip
    assert ask("MATCH (d:Document) RETURN d.dataset, d.id ORDER BY d.dataset, d.id") == [
        ("one", "gazette/1.txt"), ("other", "gazette/1.txt"), ("other", "herald/1.txt"),
    ]  # fmt: skip
    assert ask("MATCH (a:Actor) RETURN a.id ORDER BY a.id") == [("HUN",), ("SRB",), ("XKX",), ("someone-else",)]
    assert ask("MATCH (f:Film)-[:ABOUT]->(:Actor) RETURN f.title") == [("Not ours",)]
    assert (tmp_path / "other" / "triples.jsonl").read_bytes() == (pull_bytes(uri, tmp_path / "other-back", "other"))
    with pytest.raises(UnknownDataset, match="choose one with --dataset: one, other"):
        pull(uri, tmp_path / "third")


def pull_bytes(uri: str, out: Path, dataset: str) -> bytes:
    pull(uri, out, dataset=dataset)
    return (out / "triples.jsonl").read_bytes()


def test_a_higher_version_stays_unless_the_folder_is_the_dataset(uri: str, ask: Any, tmp_path: Path) -> None:
    new = make_statement(confidence=0.5, version="actorgraph 0.10.0 + en_news 0.1.0")
    old = replace(new, relation_type=type(new.relation_type)("AID"), confidence=0.4, version="actorgraph 0.9.0 + en_news 0.1.0")
    load(write_folder([new], tmp_path / "d"), uri)
    load(write_folder([old], tmp_path / "d"), uri)
    assert_same(ask, [new], "d")
    load(tmp_path / "d", uri, prune=True)
    assert_same(ask, [old], "d")
    corrected = replace(old, object_id="PER", object="Peru")
    load(write_folder([corrected], tmp_path / "d"), uri)
    assert_same(ask, [corrected], "d")


def test_two_loads_at_once(uri: str, ask: Any, tmp_path: Path, quarrel: list[Statement]) -> None:
    halves = [write_folder(quarrel[:7], tmp_path / "one"), write_folder(quarrel[4:], tmp_path / "two")]
    with ThreadPoolExecutor(2) as pool:
        loads = [pool.submit(load, folder, uri, dataset="d") for folder in halves]
    assert sorted(done.result().statements for done in loads) == [6, 7]
    assert_same(ask, quarrel, "d")


def test_hostile_names_are_stored_as_they_are_and_nothing_is_executed(uri: str, ask: Any, folder: Path) -> None:
    from statements import HOSTILE

    from actorgraph.graph.server.queries import query_server

    names = [*HOSTILE, "'}) DETACH DELETE n //", "`) DELETE", "\\u0027\\u007d)", "x" * 10_000, "é" * 5000]
    statements = [
        make_statement(name, name, "Peru", "ACCUSE", subject_id=f"id {name}", document=f"{number} {name}", title=name, attributed_to=name)
        for number, name in enumerate(names)
    ]
    write_folder(statements, folder)
    load(folder, uri)
    assert_same(ask, statements, "quarrel")
    assert pull_bytes(uri, folder.with_name("back"), "quarrel") == (folder / "triples.jsonl").read_bytes()
    for name in names:
        answer = query_server(uri, "MATCH (a:Actor {name: $name})-[r:ACCUSE]->() RETURN a.name, r.relation", {"name": name})
        assert answer.rows == ((name, name),)


def test_names_are_parameters_and_texts_come_from_closed_lists(uri: str, folder: Path, quarrel: list[Statement]) -> None:
    sent: list[tuple[str, Any]] = []
    load(write_folder(quarrel, folder), uri, trace=lambda text, parameters: sent.append((text, parameters)))
    ours = set()
    for name, value in vars(texts).items():
        if name.isupper():
            ours |= {value} if isinstance(value, str) else set(value.values()) if isinstance(value, dict) else set(value)
    assert {text for text, _ in sent} <= ours
    put = next(parameters for text, parameters in sent if text == texts.PUT_STATEMENTS)
    assert put["dataset"] == "quarrel"
    pairs = [tuple(sorted((row["properties"]["subject_id"], row["properties"]["object_id"]))) for row in put["rows"]]
    assert pairs == sorted(pairs)
    assert sum(text == texts.LOCK for text, _ in sent) >= 3
    assert [text for text, _ in sent if "DELETE" in text and text != texts.LOCK] == []


def test_rows_that_are_not_stored_undo_the_transaction(
    uri: str, ask: Any, folder: Path, quarrel: list[Statement], monkeypatch: Any
) -> None:
    write_folder(quarrel, folder)
    monkeypatch.setattr(texts, "PUT_STATEMENTS", texts.PUT_STATEMENTS.replace("RETURN", "WITH a LIMIT 3 RETURN"))
    with pytest.raises(RowsLost, match="3 of 10 rows"):
        load(folder, uri)
    assert ask("MATCH (n) RETURN count(n)") == [(0,)]


def test_progress_is_told(uri: str, folder: Path, quarrel: list[Statement]) -> None:
    told: list[tuple[str, int, int]] = []
    loaded = load(write_folder(quarrel, folder), uri, progress=lambda *progress: told.append(progress))
    assert ("statements", 10, 10) in told and ("documents", 3, 3) in told and ("actors", 7, 0) in told
    assert (loaded.dataset, loaded.statements, loaded.documents, loaded.removed) == ("quarrel", 10, 3, 0)


@pytest.mark.parametrize("dataset", ["", "x" * 3000, "a\ud800"])
def test_a_dataset_needs_a_name(tmp_path: Path, dataset: str) -> None:
    with pytest.raises(InputError, match="choose another name with --dataset"):
        load(write_folder([], tmp_path / "d"), "bolt://127.0.0.1:1", dataset=dataset, auth=("a", "b"))


def test_a_broken_line_is_told_or_passed_over(uri: str, ask: Any, folder: Path, quarrel: list[Statement]) -> None:
    write_folder(quarrel, folder)
    huge = quarrel[0].to_dict() | {"id": "huge", "char_end": 2**70}
    import json

    with (folder / "triples.jsonl").open("a") as file:
        file.write("{}\n" + json.dumps(huge) + "\n")
    with pytest.raises(RecordError, match=r"triples\.jsonl:11"):
        load(folder, uri)
    rejects: list[RecordError] = []
    assert load(folder, uri, rejects=rejects).statements == 10
    assert [error.field for error in rejects] == ["id", "char_end"]
