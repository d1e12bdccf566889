"""The articles of the demonstration: invented, said to be, dated, from two outlets, and readable by our own readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest

from actorgraph.examples import articles
from actorgraph.extract.readers import read_documents
from actorgraph.extract.records import Document

OUTLETS = {"The Meridian Courier": "meridian-courier.example", "Harbour Wire": "harbourwire.example"}
INVENTED = "The outlet, the people and the events of this article are invented."


def _read() -> Iterator[Document]:
    with articles() as folder:
        yield from read_documents(folder)


DOCUMENTS = list(_read())
each_article = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)


def test_there_are_enough_articles_in_every_format() -> None:
    assert len(DOCUMENTS) >= 9
    assert {document.id.rpartition(".")[2] for document in DOCUMENTS} == {"md", "html", "txt"}


def test_two_outlets_share_them() -> None:
    counts = Counter(document.source for document in DOCUMENTS)
    assert set(counts) == set(OUTLETS) and min(counts.values()) >= 4


@each_article
def test_an_article_says_that_it_is_invented(document: Document) -> None:
    with articles() as folder:
        head = (folder / document.id).read_text("utf8")[:1500]
    assert "Invented for the demonstration of actorgraph. The outlet, the people and the events do not exist." in head
    assert document.text.rstrip().endswith(INVENTED)


@each_article
def test_an_article_has_title_outlet_and_an_address_that_cannot_exist(document: Document) -> None:
    assert document.title and document.source
    assert document.url and urlsplit(document.url).hostname == OUTLETS[document.source]


@each_article
def test_an_article_is_dated_as_its_file_is_named(document: Document) -> None:
    assert document.published == document.id[:10]
    assert date(2026, 9, 1) <= date.fromisoformat(document.published) <= date(2026, 11, 30)


@each_article
def test_an_article_is_of_the_length_of_a_short_report(document: Document) -> None:
    assert 180 <= document.words <= 350


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("denials", r"\bden(?:y|ies|ied)\b"),
        ("plans", r"\b(?:plans? to|intends? to|planning)\b"),
        ("requests", r"\b(?:urged|called on|appealed to|asked)\b"),
        ("conditionals", r"\b(?:if|should|provided that)\b"),
        ("reports", r"\b(?:according to|reported|alleged?|estimates?)\b"),
        ("hedges", r"\b(?:may|could|might)\b"),
        ("alliances", r"\b(?:alliance|ally|allies)\b"),
        ("bounded numbers", r"\b(?:at least|around|about|up to|no more than|as many as|nearly|some) \d"),
    ],
)
def test_the_articles_show_what_a_graph_must_keep_apart(what: str, pattern: str) -> None:
    assert sum(bool(re.search(pattern, document.text)) for document in DOCUMENTS) >= 2, what


def test_the_outlets_contradict_each_other_on_the_engineers() -> None:
    said = {document.source: document.text for document in DOCUMENTS if "togo" in document.id}
    assert "sent 120 army engineers" in said["The Meridian Courier"] and "around 45 engineers" in said["Harbour Wire"]
