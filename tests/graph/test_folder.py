"""A folder of ours: all its parts or none, sorted, and told apart from other folders."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from statements import make_statement

from actorgraph.extract.errors import OutputError
from actorgraph.extract.records import STATEMENT_FIELDS, Document
from actorgraph.graph.dataset import dataset_name
from actorgraph.graph.documents import read_documents_file
from actorgraph.graph.folder import FILES, is_output_folder, output_folder, write_output
from actorgraph.graph.triples import read_statements

DOCUMENTS = [
    Document("b.txt", "Hungary support Serbia."),
    Document("a.txt", "Peru aid Albania. Peru attack Turkey.", published="2024-05-20"),
]
STATEMENTS = [
    make_statement(document="b.txt"),
    make_statement("Peru", "attack", "Turkey", "ASSAULT", document="a.txt", at=18),
    make_statement("Peru", "aid", "Albania", "AID", document="a.txt"),
]
REJECT = {"path": "c.txt", "line": 2, "reason": "is not utf-8 text"}


def write(folder: Path, **options: object) -> None:
    with output_folder(folder) as partial:
        write_output(partial, DOCUMENTS, STATEMENTS, **options)  # type: ignore[arg-type]


def test_every_part_is_there_and_says_the_same(tmp_path: Path) -> None:
    write(tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES - {"rejects.jsonl"}
    assert [document.id for document in read_documents_file(tmp_path / "out")] == ["a.txt", "b.txt"]
    assert [statement.relation for statement in read_statements(tmp_path / "out")] == ["aid", "attack", "support"]
    with (tmp_path / "out/triples.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(STATEMENT_FIELDS)
    assert [row["relation"] for row in rows] == ["aid", "attack", "support"]
    assert "Hungary" in (tmp_path / "out/graph.html").read_text()
    assert "Hungary" in (tmp_path / "out/report.md").read_text()


def test_order_does_not_matter(tmp_path: Path) -> None:
    write(tmp_path / "one")
    with output_folder(tmp_path / "two") as partial:
        write_output(partial, DOCUMENTS[::-1], STATEMENTS[::-1] + STATEMENTS)
    for name in FILES - {"rejects.jsonl"}:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_what_was_set_aside_is_listed_until_nothing_is(tmp_path: Path) -> None:
    write(tmp_path / "out", rejects=[REJECT])
    assert json.loads((tmp_path / "out/rejects.jsonl").read_text()) == REJECT
    write(tmp_path / "out")
    assert not (tmp_path / "out/rejects.jsonl").exists()


def test_texts_can_be_left_out(tmp_path: Path) -> None:
    write(tmp_path / "out", text=False)
    assert [document.text for document in read_documents_file(tmp_path / "out")] == [None, None]


def test_an_empty_run_gives_a_whole_folder_that_is_ours(tmp_path: Path) -> None:
    with output_folder(tmp_path / "out") as partial:
        write_output(partial, [], [])
    assert is_output_folder(tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES - {"rejects.jsonl"}


@pytest.mark.parametrize(
    "files",
    [
        {"documents.jsonl": '{"text": "an input of somebody"}\n'},
        {"triples.jsonl": ""},
        {"documents.jsonl": '{"text": "x"}\n', "triples.jsonl": ""},
        {"documents.jsonl": "", "triples.jsonl": '{"subject": "a"}\n'},
        {"documents.jsonl": "", "triples.jsonl": "[1]\n"},
        {"documents.jsonl": "", "triples.jsonl": "not JSON\n"},
        {"documents.jsonl": "", "triples.jsonl": "[" * 100_000},
        {"documents.jsonl": "", "triples.jsonl": b"\xff\n"},
    ],
)
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(OutputError, match="did not write"):
        write(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("path", "name"),
    [("korea", "korea"), ("korea/triples.jsonl", "korea"), ("korea/peru.csv", "peru"), ("korea/old.jsonl", "old")],
)
def test_the_dataset_is_called_after_the_folder(tmp_path: Path, path: str, name: str) -> None:
    write(tmp_path / "korea")
    assert dataset_name(tmp_path / path) == name
