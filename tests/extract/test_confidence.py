"""How sure a statement is: by rule family, by the model's score, by what stands in the text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.extract.candidates import Candidate, Likelihood
from actorgraph.extract.confidence import _FAMILY, _weights, confidence, features, is_told, prior
from actorgraph.extract.gazetteer import Gazetteer
from actorgraph.extract.records import RelationType
from actorgraph.extract.relations import Relation

from .parses import read
from .triples import candidates_of

CASE = {
    "text": "Kenya attacked Chad. It protested.",
    "parse": "Kenya Kenya/NNP 2 nsubj | attacked attack/VBD 0 root | Chad Chad/NNP 2 obj | . =/. 2 punct"
    " || It =/PRP 2 nsubj | protested protest/VBD 0 root | . =/. 2 punct",
}
FAMILIES = sorted(_FAMILY)


@pytest.fixture(scope="module")
def attack() -> Candidate:
    """ "Kenya attacked Chad" """
    (candidate,) = candidates_of(read(CASE))
    return candidate


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize("rule", FAMILIES)
@given(score=st.floats(0, 1))
def test_it_is_a_number_from_0_to_1_with_three_digits(attack: Candidate, gazetteer: Gazetteer, rule: str, score: float) -> None:
    value = confidence(replace(attack, rule=rule, score=score), gazetteer)
    assert 0 <= value <= 1
    assert value == round(value, 3)


@pytest.mark.parametrize("rule", FAMILIES)
def test_it_grows_with_the_models_score(attack: Candidate, gazetteer: Gazetteer, rule: str) -> None:
    values = [confidence(replace(attack, rule=rule, score=score), gazetteer) for score in (0.1, 0.4, 0.9)]
    assert values == sorted(set(values))


def test_a_sure_title_is_worth_its_family(attack: Candidate) -> None:
    assert prior(replace(attack, rule="title", score=1.0)) == _FAMILY["title"]


@pytest.mark.parametrize("rule", ["verbal", "nominal", "adjectival"])
def test_what_is_handed_down_is_less_sure(attack: Candidate, rule: str) -> None:
    assert prior(replace(attack, rule=f"{rule}-inherited")) < prior(replace(attack, rule=rule))


def test_a_predicate_of_no_table_is_less_sure_and_a_title_needs_none(attack: Candidate) -> None:
    unlisted = Relation("outguess", RelationType.OTHER, False, None)
    assert prior(replace(attack, relation=unlisted)) < prior(attack)
    assert prior(replace(attack, relation=unlisted, rule="title")) == prior(replace(attack, rule="title"))


def test_each_pronoun_makes_it_less_sure(attack: Candidate) -> None:
    pronoun = replace(attack.subject, form="pronoun")
    values = [prior(attack), prior(replace(attack, subject=pronoun)), prior(replace(attack, subject=pronoun, object=pronoun))]
    assert values == sorted(set(values), reverse=True)


def test_every_family_of_rules_has_its_worth() -> None:
    """Rules name their families in code: each name that a candidate can bear is in the table."""
    verbal = {f"{kind}{ending}" for kind in ("verbal", "nominal", "adjectival") for ending in ("", "-inherited")}
    others = {"reciprocal", "title", "agent-noun", "compound", "participial-compound", "inclusion", "government", "intention", "clausal", "at-the-hands", "affiliation", "aim", "answer", "custody", "taken-up", "likely"}
    assert verbal | others == set(_FAMILY)


def test_what_stands_far_from_the_predicate_is_less_sure(attack: Candidate, gazetteer: Gazetteer) -> None:
    """ "It" hangs in another tree: farther than anything in one."""
    elsewhere = replace(attack, object=replace(attack.object, start=4, end=5, head=4))
    near, far = (features(candidate, gazetteer) for candidate in (attack, elsewhere))
    assert (near["arcs"], far["arcs"]) == (2.0, 7.0)
    assert near["object_words"] < far["object_words"]
    assert confidence(elsewhere, gazetteer) < confidence(attack, gazetteer)


@pytest.mark.parametrize(
    ("other", "more"),
    [
        (Likelihood(2.0, 3.0, -2.0, 0.5), True),
        (Likelihood(3.0, 3.0, -2.0, 0.5), True),
        (Likelihood(-4.0, -4.0, -4.0, 0.5), False),
        (Likelihood(2.0, 2.0, -2.0, 0.01), False),
    ],
    ids=["likely by another word", "likelier", "unlikely", "of another type"],
)
def test_it_follows_what_the_network_of_triples_says(attack: Candidate, gazetteer: Gazetteer, other: Likelihood, more: bool) -> None:
    before, after = (confidence(replace(attack, likelihood=one), gazetteer) for one in (Likelihood(2.0, 2.0, -2.0, 0.5), other))
    assert (after > before) is more


def test_what_the_network_has_not_read_is_neither_likely_nor_unlikely(attack: Candidate, gazetteer: Gazetteer) -> None:
    none, low, high = (confidence(replace(attack, likelihood=one), gazetteer) for one in (None, Likelihood(-5, -5, -5, 0.01), Likelihood(5, 5, -5, 1.0)))
    assert low < none < high


def test_what_no_rule_finds_and_what_has_no_type_has_to_be_surer(attack: Candidate) -> None:
    candidates = attack, replace(attack, relation=Relation("outguess", RelationType.OTHER, False, None)), replace(attack, rule="likely")
    told = [[is_told(candidate, sure) for sure in (0.1, 0.3, 0.45, 0.9)] for candidate in candidates]
    assert told == [[False, True, True, True], [False, False, True, True], [False, False, False, True]]


def test_the_table_weighs_every_feature(attack: Candidate, gazetteer: Gazetteer) -> None:
    assert set(_weights()) == set(features(attack, gazetteer))
    assert _weights()["prior"] > 0
