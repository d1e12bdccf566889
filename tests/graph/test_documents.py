"""documents.jsonl: every document once, with its text or without."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statements import ANY_TEXT, documents

from actorgraph.extract.errors import InputError, RecordError
from actorgraph.extract.records import Document
from actorgraph.graph.documents import DocumentRecord, read_documents_file, write_documents


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.mark.parametrize("text", [True, False])
@given(collection=st.lists(documents(text=ANY_TEXT), max_size=5))
def test_documents_read_back_and_are_written_again_alike(folder: Path, text: bool, collection: list[Document]) -> None:
    file, again = io.StringIO(), io.StringIO()
    write_documents(collection, file, text=text)
    path = folder / "documents.jsonl"
    path.write_bytes(file.getvalue().encode())
    back = read_documents_file(folder)
    write_documents(reversed(back), again, text=text)
    assert again.getvalue() == file.getvalue()
    assert [record.id for record in back] == sorted({DocumentRecord.of(document).id for document in collection})
    assert all((record.text is not None) == text for record in back)


def test_documents_keep_digest_and_length_without_their_text(articles: list[Document]) -> None:
    file = io.StringIO()
    write_documents(articles, file, text=False)
    first = json.loads(file.getvalue().splitlines()[0])
    assert list(first) == ["id", "sha256", "title", "published", "source", "url", "words"]
    assert (first["id"], first["words"], first["sha256"]) == ("empty.txt", 3, articles[3].sha256)


def test_a_document_with_its_text_is_preferred(articles: list[Document], tmp_path: Path) -> None:
    whole = DocumentRecord.of(articles[0])
    file = io.StringIO()
    write_documents([whole, replace(whole, text=None), whole], file)
    (tmp_path / "documents.jsonl").write_text(file.getvalue())
    assert read_documents_file(tmp_path) == [whole]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("{}", "'id' is missing"),
        ('{"id": 1}', "'id' cannot be 1"),
        ('"a"', "not a JSON object"),
        (json.dumps(Document("a", "b").to_dict() | {"colour": "red"}), "unknown field 'colour'"),
        (json.dumps(Document("a", "b").to_dict() | {"words": True}), "'words' cannot be True"),
    ],
)
def test_broken_document_lines_are_told(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text("\n" + line + "\n")
    with pytest.raises(RecordError, match=message) as caught:
        read_documents_file(path)
    assert caught.value.line == 2


def test_a_folder_without_documents_has_none(tmp_path: Path) -> None:
    assert read_documents_file(tmp_path) == []
    with pytest.raises(InputError):
        read_documents_file(tmp_path / "documents.jsonl")
