"""What pronouns and definite nouns stand for, on trees drawn by hand; and nothing where that is unsure."""

from __future__ import annotations

from typing import Any

from actorgraph.extract.actors import find_mentions
from actorgraph.extract.coreference import clusters, read_references
from actorgraph.extract.records import Document

from .parses import Reading, cases, draw, lexicon, read


def refers(reading: Reading) -> dict[str, list[str]]:
    """The names that each resolved mention stands for, by its words."""
    found: dict[str, list[str]] = {}
    for mention in reading.mentions:
        if mention.form == "pronoun":
            found.setdefault(reading.doc[mention.start : mention.end].text, []).append(mention.actor.name)
    return found


def named(reading: Reading, words: str) -> list[str]:
    """The names of the actors that a phrase of the sentence is a mention of."""
    return [mention.actor.name for mention in reading.mentions if reading.doc[mention.start : mention.end].text == words]


@cases("coreference", "refers")
def test_a_word_refers_to(case: dict[str, Any]) -> None:
    assert refers(read(case)) == case["refers"]


@cases("coreference", "located")
def test_role_nouns_get_the_country_that_the_text_tells(case: dict[str, Any]) -> None:
    reading = read(case)
    assert {words: named(reading, words) for words in case["located"]} == case["located"]


def test_mentions_stand_in_the_order_of_the_text() -> None:
    doc = draw(
        {
            "text": "Kenya and Chad met. They left.",
            "parse": "Kenya Kenya/NNP 4 nsubj | and =/CC 3 cc | Chad Chad/NNP 1 conj | met meet/VBD 0 root | . =/. 4 punct"
            " || They =/PRP 2 nsubj | left leave/VBD 0 root | . =/. 2 punct",
        }
    )
    references = read_references(doc, find_mentions(doc, Document("d", doc.text), lexicon().gazetteer))
    assert [(mention.start, mention.actor.id) for mention in references.mentions] == [(0, "KEN"), (2, "TCD"), (5, "KEN"), (5, "TCD")]


def chained(case: dict[str, Any]) -> list[list[str]]:
    """The words of what means the same."""
    doc = draw(case)
    references = read_references(doc, find_mentions(doc, Document("d", doc.text), lexicon().gazetteer))
    return [[span.text for span in cluster] for cluster in clusters(doc, references.chains)]


@cases("coreference", "chains")
def test_what_means_the_same_is_chained(case: dict[str, Any]) -> None:
    assert chained(case) == case["chains"]
