"""Who acts in a predicate, handed down where the tree says so, and who else takes part: on trees drawn by hand."""

from __future__ import annotations

from typing import Any

import pytest

from .parses import Reading, cases, read

RAID = {
    "text": "Kenya launched strikes on Chad.",
    "parse": "Kenya Kenya/NNP 2 nsubj | launched launch/VBD 0 root | strikes strike/NNS 2 obj | on =/IN 5 case | Chad Chad/NNP 3 nmod"
    " | . =/. 2 punct",
}
CIRCLE = {
    "text": "Attacks and raids.",
    "parse": "Attacks attack/NNS 0 root | and =/CC 3 cc | raids raid/NNS 1 conj | . =/. 1 punct",
}


def agents(reading: Reading, word: str) -> list[str]:
    """The names of the agents of a word, "(inherited)" behind them where they were handed down."""
    found, inherited = reading.predications.agents(reading.word(word))
    return [argument.mention.actor.name + " (inherited)" * inherited for argument in found]


@cases("predication", "agents")
def test_agents(case: dict[str, Any]) -> None:
    reading = read(case)
    assert {word: agents(reading, word) for word in case["agents"]} == case["agents"]


@cases("predication", "others")
def test_others(case: dict[str, Any]) -> None:
    reading = read(case)
    found = {
        word: [f"{argument.role} {argument.mention.actor.name}" for argument in reading.predications.read(reading.word(word)).others]
        for word in case["others"]
    }
    assert found == case["others"]


def test_what_is_handed_down_is_less_sure() -> None:
    reading = read(RAID)
    ((launching,), _), ((striking,), _) = (reading.predications.agents(reading.word(word)) for word in ("launched", "strikes"))
    assert launching.mention == striking.mention
    assert 0 < striking.score < launching.score


def test_a_predicate_is_read_once() -> None:
    reading = read(RAID)
    assert reading.predications.own(reading.word("strikes")) is reading.predications.own(reading.word("strikes"))


def test_a_coordination_without_an_actor_has_no_agent() -> None:
    reading = read(CIRCLE)
    assert agents(reading, "Attacks") == agents(reading, "raids") == []


@pytest.mark.parametrize(
    ("verb", "noun", "light"),
    [("launched", None, True), ("launched", "strikes", True), ("strikes", None, False)],
)
def test_support_verbs(verb: str, noun: str | None, light: bool) -> None:
    reading = read(RAID)
    assert reading.predications.is_light(reading.word(verb), reading.word(noun) if noun else None) is light


def test_nouns_of_the_lexicon_are_events_and_verbs_are_not() -> None:
    reading = read(RAID)
    assert reading.predications.is_event(reading.word("strikes"))
    assert not reading.predications.is_event(reading.word("launched"))
