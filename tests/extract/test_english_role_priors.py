"""Roles by what was counted of a word's dependents: which of them are asked about, and what the counts may change."""

from __future__ import annotations

import numpy as np
import pytest

from actorgraph.extract.english.role_priors import Place, RoleCounts, RolePriors, Tree, keys_of

ROLES = ("", "A0", "A1", "A2", "LOC")
NO_ROLE, A0, A1, A2, LOC = range(5)

#  The  senate   's   recognition  of    the   republic  by    treaty  pleased  exporters
HEADS = [1, 3, 1, 9, 6, 6, 3, 8, 3, 9, 9]
RELATIONS = ["det", "nmod:poss", "case", "nsubj", "case", "det", "nmod", "case", "nmod", "ROOT", "obj"]
UPOS = ["DET", "NOUN", "PART", "NOUN", "ADP", "DET", "NOUN", "ADP", "NOUN", "VERB", "NOUN"]
LEMMAS = ["the", "senate", "'s", "recognition", "of", "the", "republic", "by", "treaty", "please", "exporter"]
TREE = Tree(HEADS, RELATIONS, UPOS, LEMMAS)
TWO = Tree([*HEADS, 11], [*RELATIONS, "ROOT"], [*UPOS, "NOUN"], [*LEMMAS, "applause"])
RECOGNITION, REPUBLIC, TREATY, PLEASED, EXPORTERS = 3, 6, 8, 9, 10


def counts(told: dict[str, dict[int, int]]) -> RoleCounts:
    """Counts in which every kind is there, and nothing but what is told."""
    rows = {"N": {NO_ROLE: 1}, "V": {NO_ROLE: 1}} | told
    keys = sorted(rows)
    return RoleCounts(keys, np.array([[rows[key].get(role, 0) for role in range(len(ROLES))] for key in keys], np.uint32))


def priors(told: dict[str, dict[int, int]]) -> RolePriors:
    return RolePriors(counts(told), np.array([[1.0, 1.0, 1.0, 0.0, 0.0]] * 2), ROLES)


def scores(**by_word: int) -> np.ndarray:
    """The network's scores for two predicates: the role told of a word by the word's number, a little more than all others."""
    found = np.zeros((2, len(HEADS) + 1, len(ROLES)), np.float32)
    found[:, :, NO_ROLE] = 1.0
    for word, role in by_word.items():
        found[:, int(word[1:]), [NO_ROLE, role]] = 0.0, 1.0
    return found


def best(priors: RolePriors, network: np.ndarray, word: int, row: int = 0) -> int:
    return int(priors(network, np.array([RECOGNITION, PLEASED]), TREE)[row, word].argmax())


def test_places_are_those_of_direct_dependents() -> None:
    assert TREE.places([RECOGNITION, PLEASED]) == [
        (0, 1, Place(True, "recognition", "nmod:poss", "'s", "NOUN")),
        (1, 3, Place(False, "please", "nsubj", "", "NOUN")),
        (0, 6, Place(True, "recognition", "nmod", "of", "NOUN")),
        (0, 8, Place(True, "recognition", "nmod", "by", "NOUN")),
        (1, 10, Place(False, "please", "obj", "", "NOUN")),
    ]


def test_a_role_is_added_by_relation_and_by_lemma() -> None:
    by_relation, by_lemma = {"N * nmod": {A1: 90}, "N * nmod of NOUN": {A1: 90}}, {"N recognition nmod": {A2: 90}}
    assert best(priors({}), scores(), REPUBLIC) == NO_ROLE
    assert best(priors(by_relation), scores(), REPUBLIC) == A1
    assert best(priors(by_relation | by_lemma), scores(), REPUBLIC) == A2
    assert best(priors(by_relation | {"N refusal nmod": {A2: 90}}), scores(), REPUBLIC) == A1


def test_the_longest_key_that_was_counted_decides() -> None:
    told = {"N * nmod": {A1: 90}, "N recognition nmod": {A1: 90}, "N recognition nmod by NOUN": {LOC: 900}}
    assert best(priors(told), scores(), REPUBLIC) == A1
    assert best(priors(told), scores(), TREATY) == LOC


@pytest.mark.parametrize(
    ("said", "counted", "kept"),
    [(A0, NO_ROLE, A0), (A1, NO_ROLE, A1), (A0, A1, A0), (A1, A0, A0), (A2, NO_ROLE, A2), (A2, A1, A1), (LOC, A2, A2)],
)
def test_no_role_is_taken_away_and_who_acts_is_not_acted_on(said: int, counted: int, kept: int) -> None:
    told = {"V * obj": {counted: 900}, "V please obj": {counted: 900}}
    assert best(priors(told), scores(w10=said), EXPORTERS, row=1) == kept


def test_a_role_that_both_agree_on_keeps_its_scores_and_so_do_words_that_stand_far() -> None:
    told = {"N * nmod": {A1: 90}, "V * obj": {A1: 90}}
    network = scores(w6=A1)
    network[1, REPUBLIC] = scores()[1, REPUBLIC]
    corrected = priors(told)(network, np.array([RECOGNITION, PLEASED]), TREE)
    assert (corrected[0, REPUBLIC] == network[0, REPUBLIC]).all()
    assert (corrected[0, EXPORTERS] == network[0, EXPORTERS]).all()
    assert (corrected[1, EXPORTERS] != network[1, EXPORTERS]).any()


def test_nobody_else_is_put_out_of_a_role() -> None:
    told = {"N * nmod": {NO_ROLE: 90}, "N * nmod of NOUN": {A1: 90}}
    assert best(priors(told), scores(w8=A1), REPUBLIC) == NO_ROLE
    assert best(priors(told), scores(w10=A1), REPUBLIC) == NO_ROLE
    assert best(priors(told), scores(w8=LOC), REPUBLIC) == A1
    assert best(priors(told), scores(w5=A1), REPUBLIC) == A1, "the article is of the same phrase"
    assert int(priors(told)(scores(w11=A1), np.array([RECOGNITION, PLEASED]), TWO)[0, REPUBLIC].argmax()) == A1, "of another sentence"
    assert best(priors(told | {"N * nmod by NOUN": {A2: 90}}), scores(w8=A1), REPUBLIC) == A1, "the other one changes its role, too"


def test_nothing_hangs_on_a_word_alone() -> None:
    network = scores()[:1, :1]
    assert priors({})(network, np.array([0]), Tree([0], ["ROOT"], ["NOUN"], ["raid"])) is network


def test_a_word_that_was_never_counted_goes_by_its_relation() -> None:
    told = counts({"N * nmod": {A1: 6}, "N * nmod of NOUN": {A2: 6}})
    unseen, nowhere = Place(True, "raid", "nmod", "of", "NOUN"), Place(True, "raid", "nmod", "via", "PRON")
    assert keys_of(unseen)[3:] == ["N raid nmod", "N raid nmod of NOUN"]
    assert told.of_lemmas(told.rows([unseen, nowhere])).argmax(1).tolist() == [A2, A1]
