"""What pronouns and definite nouns stand for, on trees drawn by hand; and nothing where that is unsure."""

from __future__ import annotations

from typing import Any

from actorgraph.extract.coreference import clusters

from .parses import Reading, cases, read


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
    reading = read(
        {
            "text": "Kenya and Chad met. They left.",
            "parse": "Kenya Kenya/NNP 4 nsubj | and =/CC 3 cc | Chad Chad/NNP 1 conj | met meet/VBD 0 root | . =/. 4 punct"
            " || They =/PRP 2 nsubj | left leave/VBD 0 root | . =/. 2 punct",
        }
    )
    assert [(mention.start, mention.actor.id) for mention in reading.mentions] == [(0, "KEN"), (2, "TCD"), (5, "KEN"), (5, "TCD")]
    assert [[span.text for span in cluster] for cluster in clusters(reading.doc, reading.mentions)] == [["Kenya", "They"], ["Chad", "They"]]
