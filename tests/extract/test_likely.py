"""The network of triples: what it is shown of a sentence, and what comes of its word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from actorgraph.extract import Document, extract_statements
from actorgraph.extract.actors import find_mentions
from actorgraph.extract.english.triples import DISTANCES, FARTHEST, Grid, TripleReader, load_triples, slots_of
from actorgraph.extract.hedges import read_rows
from actorgraph.extract.likely import FORMS, TYPES, UNLISTED, Sentence, sentences_of
from actorgraph.extract.pipeline import parse
from actorgraph.extract.records import RelationType
from actorgraph.extract.snapshot import snapshot

from .parses import lexicon

WIDTH, HIDDEN = 4, 8


def sentences(text: str, parser: Language) -> list[Sentence]:
    document = Document("a.txt", text)
    doc = snapshot(parse(parser, document))
    return list(sentences_of(doc, find_mentions(doc, document, lexicon().gazetteer), lexicon().frames))


def test_a_sentence_is_shown_by_its_predicates_and_mentions(parser: Language) -> None:
    (sentence,) = sentences("Nothing else happened in Quito. Peru sharply criticised Chile over the dam.", parser)
    assert [mention.actor.name for mention in sentence.mentions] == ["Peru", "Chile"]
    row = [token.text for token in sentence.predicates].index("criticised")
    assert sentence.grid.ways[row] == [(">nsubj",), (">obj",)]
    assert sentence.grid.forms == [2 * FORMS.index("name")] * 2
    assert TYPES[sentence.grid.listed[row][1]] is RelationType.ACCUSE
    assert sentence.grid.possible[row].tolist() == [[False, True], [True, False]]


@pytest.mark.parametrize("text", ["", "Peru.", "It rained all day in the valleys.", "Peru praised itself. Chile praised itself."])
def test_where_no_two_actors_stand_there_is_nothing_to_read(text: str, parser: Language) -> None:
    assert sentences(text, parser) == []


def test_endless_lists_are_left_alone(parser: Language) -> None:
    """Their triples grow with the cube of their length."""
    names = [row["name"] for row in read_rows("countries.tsv")][:60]
    some, many = (sentences(f"The dam was condemned by {', '.join(names[:count])} and Chile.", parser) for count in (5, 60))
    assert [len(sentence.mentions) for sentence in some] == [6]
    assert max((len(sentence.mentions) for sentence in many), default=0) < 40


def grid(ways: list[list[tuple[str, ...] | None]] | None = None) -> Grid:
    """Two predicates and two mentions with vectors of their own."""
    vectors = np.random.default_rng(5).standard_normal((6, WIDTH)).astype(np.float32)
    return Grid(vectors, [1, 3], [0, 4], ways or [[(">nsubj",), (">obj",)], [("<conj", ">nsubj"), (">obl",)]], [0, 5], [[UNLISTED, 3], [2, 2]])


def reader() -> TripleReader:
    """A network of random weights that knows two ways to either end."""
    random = np.random.default_rng(1)
    shapes = {
        "predicate": (WIDTH, HIDDEN), "subject": (WIDTH, HIDDEN), "object": (WIDTH, HIDDEN), "subject_ways": (3, HIDDEN),
        "object_ways": (3, HIDDEN), "subject_distances": (DISTANCES, HIDDEN), "object_distances": (DISTANCES, HIDDEN),
        "between": (DISTANCES, HIDDEN), "subject_forms": (2 * len(FORMS), HIDDEN), "object_forms": (2 * len(FORMS), HIDDEN),
        "listed": (len(TYPES) + 1, HIDDEN), "scale": (HIDDEN,), "shift": (HIDDEN,), "inner": (HIDDEN, HIDDEN), "inner_bias": (HIDDEN,),
        "stated": (HIDDEN,), "stated_bias": (1,), "type": (HIDDEN, len(TYPES)), "type_bias": (len(TYPES),), "direct": (len(TYPES) + 1, len(TYPES)),
    }  # fmt: skip
    return TripleReader(
        ([">nsubj", "<conj>nsubj"], [">obj", ">obl"]), {name: random.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}
    )


def test_every_possible_triple_has_a_logit_and_shares_of_types() -> None:
    logits, types = reader()(grid())
    assert np.isfinite(logits).tolist() == grid().possible.tolist()
    assert types[np.isfinite(logits)].sum(-1) == pytest.approx(1.0, abs=1e-5)


def test_what_is_too_far_is_not_read() -> None:
    far = grid(ways=[[(">nsubj",), tuple([">obl"] * FARTHEST)], [None, (">obl",)]])
    logits, types = reader()(far)
    assert not np.isfinite(logits).any()
    assert not types.any()


def test_a_triple_is_read_by_its_own_slots_alone() -> None:
    """Another way, form or listed type of one mention changes nothing of triples that it has no part in."""
    before, _ = reader()(grid())
    other = replace(grid(), listed=[[UNLISTED, 7], [2, 2]])
    after, _ = reader()(other)
    changed = before != after
    assert changed[0, 0, 1]
    assert not changed[1].any()
    assert not changed[0, 1, 0]


def test_unknown_ways_share_a_row_and_long_ones_are_cut() -> None:
    ways = {">nsubj": 1, ">obl" * 5: 2}
    found = slots_of(grid(ways=[[(">nsubj",), (">expl",)], [tuple([">obl"] * 6), None]]), (ways, ways))
    assert found.subject_ways.tolist() == [[1, 0], [2, 0]]
    assert found.distances.tolist() == [[4, 7], [3, 6]]


def test_the_shipped_network_reads_a_plain_sentence(parser: Language) -> None:
    (sentence,) = sentences("Peru sharply criticised Chile over the new dam on Thursday.", parser)
    shipped = load_triples(str(parser.get_pipe("actorgraph_english").model.folder))  # type: ignore[attr-defined]
    assert shipped is not None
    logits, types = shipped(sentence.grid)
    row = [token.text for token in sentence.predicates].index("criticised")
    assert logits[row, 0, 1] > 0 > logits[row, 1, 0]
    assert TYPES[int(types[row, 0, 1].argmax())] is RelationType.ACCUSE


def test_a_model_without_the_file_has_no_such_network(tmp_path: Path) -> None:
    assert load_triples(str(tmp_path)) is None


def test_without_the_network_nothing_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "A lawyer, Irina Sokol, told the European Parliament that her client had been beaten."
    assert [statement.rule for statement in extract_statements([Document("a.txt", text)])] == ["likely"]
    monkeypatch.setattr("actorgraph.extract.likely.triple_reader", lambda doc: None)
    assert list(extract_statements([Document("a.txt", text)])) == []


@pytest.mark.parametrize(
    "text",
    [
        "Two soldiers shot a Kenyan nurse, Mary Wanjiku, as she crossed the bridge with two patients.",
        "Ingrid Holm, ambassador to Ghana until the summer, collected masks and gave most of them to a school in Tema.",
    ],
    ids=["told of the same phrase by a rule", "an office"],
)
def test_what_rules_tell_or_leave_out_on_purpose_is_not_added(text: str) -> None:
    assert "likely" not in {statement.rule for statement in extract_statements([Document("a.txt", text)])}
