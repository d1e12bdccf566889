"""The documents of the sets: excerpts put together from words, and which of them are left alone by development."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.documents import UNSEEN, development_documents, joined, unseen_documents


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("`` We did n't , '' she said .", '"We didn\'t," she said.'),
        ("The envoys ' talks -LRB- their third -RRB- cost $ 40 , or 3 % .", "The envoys' talks (their third) cost $40, or 3%."),
        ("Chile 's answer : `` No '' and `` Never '' .", 'Chile\'s answer: "No" and "Never".'),
        ("", ""),
    ],
)
def test_words_are_put_together_as_they_are_written(words: str, sentence: str) -> None:
    assert joined(words.split()) == sentence


def test_every_name_of_the_list_is_one_document_with_a_text(shared: Path) -> None:
    documents = unseen_documents(shared)
    assert [document.id for document in documents] == sorted({document.id for document in documents}) == UNSEEN.read_text("utf8").split()
    assert all(len(document.text.split()) > 5 for document in documents)
    assert not {document.text for document in documents} & {document.text for document in development_documents(shared)}
