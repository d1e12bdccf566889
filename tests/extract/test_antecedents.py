"""The learned part of coreference as it is shipped: words' kinds, probabilities, links; numpy alone."""

from __future__ import annotations

import numpy as np
import pytest

from actorgraph.extract.actors import find_mentions
from actorgraph.extract.antecedents import FILE, MODEL, Link, Ranker, load_ranker
from actorgraph.extract.discourse import ANAPHOR_FEATURES, PAIR_FEATURES, Discourse
from actorgraph.extract.records import Document

from .conftest import parse_table
from .parses import lexicon

SPOKE = """Maria Maria/NNP 3 nsubj\nBerg Berg/NNP 1 flat\nspoke speak/VBD 0 root\n. =/. 3 punct\n
She =/PRP 2 nsubj\nleft leave/VBD 0 root\n. =/. 2 punct"""


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return load_ranker()


def links(ranker: Ranker, table: str, person: tuple[int, int] | None = None) -> tuple[list[Link], Discourse]:
    from spacy.tokens import Span

    doc = parse_table(table)
    if person is not None:
        doc.set_ents([Span(doc, *person, label="PERSON")])
    return ranker.links(doc, find_mentions(doc, Document("d", doc.text), lexicon().gazetteer))


@pytest.mark.parametrize(
    ("word", "kind"),
    [("soldier", 0), ("mother", 0), ("president", 0), ("company", 1), ("city", 2), ("country", 2), ("rain", 3), ("wheat", 3)],
)
def test_common_nouns_have_kinds(ranker: Ranker, word: str, kind: int) -> None:
    scores = ranker.nouns([word])[0]
    assert int(scores[:4].argmax()) == kind
    assert scores[:4].sum() == pytest.approx(1)


@pytest.mark.parametrize(("she", "he"), [("mother", "father"), ("queen", "king"), ("Maria", "John"), ("actress", "actor")])
def test_words_tell_a_woman_from_a_man(ranker: Ranker, she: str, he: str) -> None:
    woman, man = ranker.nouns([she, he])[:, 4]
    assert woman > 0 > man


def test_no_words_have_no_kinds(ranker: Ranker) -> None:
    assert ranker.nouns([]).shape == (0, 5)


def test_candidates_and_none_share_the_probability(ranker: Ranker) -> None:
    random = np.random.default_rng(0)
    shares, none = ranker.probabilities(random.random(ANAPHOR_FEATURES, np.float32), random.random((7, PAIR_FEATURES), np.float32))
    assert shares.shape == (7,)
    assert float(shares.sum()) + none == pytest.approx(1, abs=1e-5)


def test_a_pronoun_takes_up_the_person_before(ranker: Ranker) -> None:
    (link,), _ = links(ranker, SPOKE, (0, 2))
    assert (link.head, link.start, link.end, link.entity) == (4, 4, 5, "maria-berg")
    assert 0.3 < link.sureness <= 1


def test_nothing_is_taken_up_where_nothing_stands_before(ranker: Ranker) -> None:
    found, discourse = links(ranker, "She =/PRP 2 nsubj\nleft leave/VBD 0 root\n. =/. 2 punct")
    assert found == [] and len(discourse.anaphors) == 1


def test_names_and_nouns_without_anaphors_have_no_links(ranker: Ranker) -> None:
    found, discourse = links(ranker, "Kenya Kenya/NNP 2 nsubj\nsent send/VBD 0 root\nfood =/NN 2 obj\n. =/. 2 punct")
    assert found == [] and discourse.anaphors == [] and [row.key for row in discourse.rows] == ["KEN", "noun 2"]


def test_an_empty_document_speaks_of_nothing(ranker: Ranker) -> None:
    from spacy.lang.en import English

    doc = English()("")
    assert ranker.links(doc, [])[0] == []


def test_the_weights_are_small() -> None:
    assert (MODEL / FILE).stat().st_size < 1_000_000
