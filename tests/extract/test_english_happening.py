"""The second reading of factuality: which marks a verb carries, whose values count beside its own, and what the model makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from actorgraph.extract.english.happening import COMPANY, FILE, REACH, Happening, Verbs, load_happening
from actorgraph.extract.pipeline import MODEL, MODELS, load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language

REFUSED = """
Mali =/NNP 2 nsubj
{verb} {lemma}/VBD 0 root
to =/TO 4 mark
attack =/VB 2 xcomp
Chad =/NNP 4 obj
"""
DENIED = """
Mali =/NNP 4 nsubj
did do/VBD 4 aux
not =/RB 4 advmod
attack =/VB 0 root
or =/CC 6 cc
threaten =/VB 4 conj
Chad =/NNP 4 obj
"""


@pytest.fixture(scope="module")
def english() -> Language:
    return load_pipeline(statements=False)


def factuality(nlp: Language, text: str, word: str) -> float:
    value: float = next(token for token in nlp(text) if token.text == word)._.factuality
    return value


def test_a_verb_carries_what_governs_it(parse) -> None:
    marks = Verbs(parse(REFUSED.format(verb="refused", lemma="refuse"))).marks(3)
    assert {"lemma attack", "marker to", "above 1 refuse xcomp", "path xcomp>root", "obj chad"} <= set(marks)
    assert "negated" not in marks


def test_a_verb_carries_its_negation_and_that_of_its_first_conjunct(parse) -> None:
    verbs = Verbs(parse(DENIED))
    assert {"negated", "negation not", "auxiliary did", "state VB_did__no"} <= set(verbs.marks(3))
    assert {"conjunct negated", "conjunct attack"} <= set(verbs.marks(5))
    assert "negated" not in verbs.marks(5)


def test_a_verb_carries_the_tense_of_its_group_and_of_its_governors(parse) -> None:
    verbs = Verbs(parse(REFUSED.format(verb="refused", lemma="refuse")))
    assert {"group above VBD own VB", "subject of above mali", "between to", "top refuse", "top itself False"} <= set(verbs.marks(3))
    assert {"group VBD", "subject word mali VBD", "top itself True"} <= set(verbs.marks(1))
    assert "group VBD+VB" in Verbs(parse(DENIED)).marks(3)


def test_words_beside_a_verb_are_those_of_its_sentence(parse) -> None:
    verbs = Verbs(parse(DENIED + REFUSED.format(verb="refused", lemma="refuse")))
    assert {"near did", "near not", "soon threaten", "soon chad"} <= set(verbs.marks(3))
    assert not {"near chad", "near threaten"} & set(verbs.marks(8))


def test_company_is_the_values_of_the_predicates_around(parse) -> None:
    verbs = Verbs(parse(REFUSED.format(verb="refused", lemma="refuse")))
    values = np.array([np.nan, 1.0, np.nan, -2.0, np.nan], np.float32)
    of_refused, of_attack = verbs.company([1, 3], values).tolist()
    assert of_refused == [1.0, -0.5, -2.0, 0.0, 0.0, -2.0, 0.0, -2.0]
    assert of_attack == [-2.0, -0.5, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0]
    assert len(of_attack) == COMPANY


def test_only_verbs_are_read_again(parse) -> None:
    weights = {
        "table": np.zeros((1, 1)),
        "direct": np.array([1.5]),
        "company": np.zeros((COMPANY, 1)),
        "bias": np.zeros(1),
        "out": np.zeros(1),
    }
    reader = Happening(["tag VB"], {name: value.astype(np.float32) for name, value in weights.items()} | {"constant": np.float32(0.25)})
    doc = parse(DENIED)
    values = np.array([np.nan, np.nan, np.nan, 1.0, np.nan, np.nan, 0.5], np.float32)
    again = REACH * np.tanh(np.float32(1.75))
    np.testing.assert_allclose(reader(doc, values), np.array([np.nan, np.nan, np.nan, again, np.nan, np.nan, 0.5]), rtol=1e-6)
    assert values[3] == 1.0


def test_a_model_without_the_file_keeps_the_encoders_values(tmp_path: Path) -> None:
    assert load_happening(tmp_path) is None
    assert (MODELS / MODEL / FILE).is_file()


@pytest.mark.parametrize(
    ("so", "not_so", "word"),
    [
        ("Turkey managed to close the border on Monday.", "Turkey refused to close the border on Monday.", "close"),
        ("The rebels left the town because the army returned.", "The rebels will leave the town unless the army returned.", "returned"),
        ("Kenya sent troops to the border last week.", "Kenya never sent troops to the border last week.", "sent"),
        ("The ministers signed the treaty in Vienna.", "Have the ministers signed the treaty in Vienna?", "signed"),
    ],
)
def test_what_happened_stands_well_above_what_did_not(english: Language, so: str, not_so: str, word: str) -> None:
    assert factuality(english, so, word) > max(0, factuality(english, not_so, word) + 0.5)
