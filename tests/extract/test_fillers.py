"""Which actors a word stands for, on trees drawn by hand."""

from __future__ import annotations

from typing import Any

from actorgraph.extract.fillers import ActorIndex

from .parses import Reading, cases, read

ITS = {
    "text": "The United States reaffirms its commitment to Peru.",
    "parse": "The =/DT 3 det | United United/NNP 3 amod | States State/NNPS 4 nsubj | reaffirms =/VBZ 0 root | its =/PRP$ 6 nmod:poss"
    " | commitment =/NN 4 obj | to =/IN 8 case | Peru Peru/NNP 6 nmod | . =/. 4 punct",
}
LATER = {
    "text": "Mali protested. Its ship left.",
    "parse": "Mali Mali/NNP 2 nsubj | protested protest/VBD 0 root | . =/. 2 punct || Its =/PRP$ 2 nmod:poss | ship =/NN 3 nsubj"
    " | left leave/VBD 0 root | . =/. 3 punct",
}
SIDE_BY_SIDE = {
    "text": "Kenya, Chad and Kenya left.",
    "parse": "Kenya Kenya/NNP 6 nsubj | , =/, 3 punct | Chad Chad/NNP 1 conj | and =/CC 5 cc | Kenya Kenya/NNP 1 conj"
    " | left leave/VBD 0 root | . =/. 6 punct",
}


def stands_for(reading: Reading, word: str, *, conjuncts: bool = True) -> list[str]:
    """The names of the actors that a word stands for, "of …" where it only belongs to them."""
    found = reading.actors.of(reading.word(word), conjuncts=conjuncts)
    return [("" if filling.direct else "of ") + filling.mention.actor.name for filling in found]


@cases("fillers")
def test_a_word_stands_for(case: dict[str, Any]) -> None:
    reading = read(case)
    assert {word: stands_for(reading, word) for word in case["stands"]} == case["stands"]


def test_conjuncts_can_be_left_out() -> None:
    assert stands_for(read(SIDE_BY_SIDE), "Chad", conjuncts=False) == ["Chad"]
    assert stands_for(read(SIDE_BY_SIDE), "Kenya#1", conjuncts=False) == ["Kenya"]


def test_an_actor_comes_once_however_often_it_is_named() -> None:
    assert stands_for(read(SIDE_BY_SIDE), "Kenya#1") == ["Kenya", "Chad"]


def test_a_pronouns_evidence_is_the_name_in_its_sentence() -> None:
    reading = read(ITS)
    (filling,) = reading.actors.of(reading.word("commitment"))
    assert (reading.doc[filling.mention.start : filling.mention.end].text, filling.direct) == ("United States", False)


def test_a_pronoun_whose_sentence_names_nobody_stands_itself() -> None:
    reading = read(LATER)
    (filling,) = reading.actors.of(reading.word("ship"))
    assert (filling.mention.actor.name, filling.mention.form) == ("Mali", "pronoun")


def test_what_is_named_elsewhere_can_be_entered_later() -> None:
    reading = read(SIDE_BY_SIDE)
    first, *rest = reading.mentions
    index = ActorIndex(reading.doc, rest)
    assert index.at(reading.doc[0]) == []
    index.add(first)
    assert index.at(reading.doc[0]) == [first]
    assert first in index.mentions
