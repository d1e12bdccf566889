"""The actors in the roles of a predicate, on trees drawn by hand: learned roles first, the tree for what they leave open."""

from __future__ import annotations

from typing import Any

from actorgraph.extract.arguments import Argument, arguments, object_nouns

from .parses import SURE, Reading, cases, read

SENT = {
    "text": "Kenya sent food to Chad.",
    "parse": "Kenya Kenya/NNP 2 nsubj | sent send/VBD 0 root | food =/NN 2 obj | to =/IN 5 case | Chad Chad/NNP 2 obl | . =/. 2 punct",
    "roles": {"sent": "A1 food, A2 Chad"},
}


def arguments_of(reading: Reading, word: str) -> list[Argument]:
    """The arguments of a word with the learned roles of the case."""
    token = reading.word(word)
    return arguments(token, reading.predications.roles(token), reading.actors)


def told(argument: Argument) -> str:
    """ "A2 Chad to"."""
    return f"{argument.role} {argument.mention.actor.name} {argument.preposition}".strip()


@cases("arguments", "fills")
def test_actors_fill_the_roles(case: dict[str, Any]) -> None:
    reading = read(case)
    assert {word: [told(argument) for argument in arguments_of(reading, word)] for word in case["fills"]} == case["fills"]


@cases("arguments", "carries")
def test_verbs_carry_nouns(case: dict[str, Any]) -> None:
    reading = read(case)
    found = {word: [noun.text for noun in object_nouns(reading.word(word), reading.predications.roles(reading.word(word)))] for word in case["carries"]}
    assert found == case["carries"]


def test_a_learned_role_brings_its_score_and_the_tree_a_lower_one() -> None:
    kenya, chad = arguments_of(read(SENT), "sent")
    assert chad.score == SURE > kenya.score > 0


def test_an_argument_knows_the_word_that_fills_the_role() -> None:
    reading = read(SENT)
    kenya, _ = arguments_of(reading, "sent")
    assert (kenya.filler, kenya.direct, kenya.noun) == (reading.word("Kenya"), True, None)
