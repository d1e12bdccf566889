"""The parts of the English pipeline that need no model: pieces, lemmas, trees, entities, windows."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.extract.english.entities import best_tags, spans_of, tidy
from actorgraph.extract.english.lemmas import apply_script, load_lemmatizer, script_of
from actorgraph.extract.english.priors import PredicatePriors, WordTable, load_priors
from actorgraph.extract.english.trees import best_tree, is_tree
from actorgraph.extract.english.windows import MAX_WORDS, Window, windows_of
from actorgraph.extract.english.wordpieces import MAX_PIECES_PER_WORD, WordPieces, shape

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "troop",
    "##s",
    "cafe",
    "un",
    "##it",
    "-",
    "'",
    '"',
    *"abcdefghijklmnopqrstuvwxyz0123456789",
    "##a",
]
BIO = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


def pieces_of(word: str) -> list[str]:
    return [VOCABULARY[i] for i in WordPieces(VOCABULARY)(word)[0]]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Troops", ["troop", "##s"]),
        ("Café", ["cafe"]),
        ("unit-a", ["un", "##it", "-", "a"]),
        ("’s", ["'", "s"]),
        ("“", ['"']),
        ("–", ["-"]),
        ("漢", ["[UNK]"]),
        (" ", ["[UNK]"]),
        ("aaaaaaaaaaaa", ["a", *["##a"] * 7]),
    ],
)
def test_pieces(word: str, pieces: list[str]) -> None:
    assert pieces_of(word) == pieces


@given(st.text(min_size=1))
def test_any_word_has_one_to_eight_pieces(word: str) -> None:
    ids, form = WordPieces(VOCABULARY)(word)
    assert 1 <= len(ids) <= MAX_PIECES_PER_WORD
    assert form == shape(word[:100])


@given(word=st.text(min_size=1, max_size=20), lemma=st.text(min_size=1, max_size=20))
def test_scripts_make_the_lemma_that_they_were_made_of(word: str, lemma: str) -> None:
    assert apply_script(word, script_of(word, lemma)) == lemma


@given(word=st.text(min_size=1, max_size=6), cut=st.integers(0, 20), suffix=st.text(max_size=4))
def test_a_script_for_another_word_leaves_something(word: str, cut: int, suffix: str) -> None:
    assert apply_script(word, f"L|{cut}|{suffix}")


@pytest.mark.parametrize(
    ("word", "upos", "xpos", "script", "lemma"),
    [
        ("met", "VERB", "VBD", "L|2|", "meet"),
        ("countries", "NOUN", "NNS", "L|1|", "country"),
        ("men", "NOUN", "NNS", "L|1|", "man"),
        ("police", "NOUN", "NNS", "L|1|", "police"),
        ("announced", "VERB", "VBD", "L|2|", "announce"),
        ("Attacks", "NOUN", "NNS", "L|1|", "attack"),
        ("saw", "VERB", "VBD", "L|2|", "see"),
        ("greater", "ADJ", "JJR", "L|0|", "great"),
        ("earlier", "ADV", "RBR", "L|0|", "early"),
        ("Kyiv", "PROPN", "NNP", "K|1|", "Kyiv"),
        ("n’t", "PART", "RB", "L|0|", "not"),
        ("were", "AUX", "VBD", "L|0|", "be"),
        ("”", "PUNCT", "''", "L|0|", '"'),
        ("protested", "VERB", "VBP", "L|0|", "protest"),
        ("need", "VERB", "VB", "L|1|", "need"),
        ("Russian", "ADJ", "JJ", "K|0|", "Russian"),
        ("blorped", "VERB", "VBD", "L|2|", "blorp"),
    ],
)
def test_word_lists_mend_scripts(word: str, upos: str, xpos: str, script: str, lemma: str) -> None:
    assert load_lemmatizer()(word, upos, xpos, script) == lemma


def best_by_trying(scores: np.ndarray) -> float:
    """The score of the best tree with one root, from all assignments of heads."""
    n = len(scores)
    candidates = (np.array(heads) for heads in itertools.product(range(n + 1), repeat=n))
    return max(scores[np.arange(n), heads].sum() for heads in candidates if is_tree(heads))


@given(n=st.integers(1, 4), seed=st.integers(0, 10_000))
@settings(deadline=None, max_examples=60)
def test_the_best_tree_is_the_best_of_all(n: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(n, n + 1)).astype(np.float32) * 5
    heads = best_tree(scores)
    assert is_tree(heads)
    assert scores[np.arange(n), heads].sum() == pytest.approx(best_by_trying(scores), abs=1e-4)


@given(n=st.integers(5, 60), seed=st.integers(0, 10_000))
@settings(deadline=None, max_examples=30)
def test_long_sentences_get_a_tree_with_one_root(n: int, seed: int) -> None:
    assert is_tree(best_tree(np.random.default_rng(seed).normal(size=(n, n + 1)).astype(np.float32)))


def test_best_tree_agrees_with_networkx_on_the_arborescence() -> None:
    import networkx as nx

    rng = np.random.default_rng(3)
    for _ in range(10):
        n = 9
        scores = rng.normal(size=(n, n + 1)) * 3
        graph = nx.DiGraph()
        for word in range(n):
            for head in range(n + 1):
                if head != word + 1:
                    graph.add_edge(head, word + 1, weight=scores[word, head] + (0 if head else -1000))
        theirs = nx.maximum_spanning_arborescence(graph, preserve_attrs=False)
        assert {(int(h), i + 1) for i, h in enumerate(best_tree(scores))} == set(theirs.edges)


@pytest.mark.parametrize(("heads", "tree"), [([0], True), ([0, 1, 2], True), ([0, 0], False), ([2, 1], False), ([0, 3, 2], False)])
def test_is_tree(heads: list[int], tree: bool) -> None:
    assert is_tree(np.array(heads)) is tree


@given(seed=st.integers(0, 10_000), n=st.integers(1, 12))
@settings(deadline=None)
def test_tags_are_legal_and_never_cross_a_sentence(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    starts = rng.random(n) < 0.3
    starts[0] = True
    tags = best_tags(rng.normal(size=(n, len(BIO))).astype(np.float32) * 3, BIO, starts)
    for i, tag in enumerate(tags):
        if tag.startswith("I-"):
            assert not starts[i]
            assert tags[i - 1][2:] == tag[2:]


def test_an_illegal_best_guess_gives_way_to_the_best_legal_one() -> None:
    scores = np.full((2, len(BIO)), -5, np.float32)
    scores[0, BIO.index("B-PER")], scores[0, BIO.index("B-LOC")] = 2.0, 1.9
    scores[1, BIO.index("I-LOC")] = 3.0
    assert best_tags(scores, BIO, np.array([True, False])) == ["B-LOC", "I-LOC"]


@pytest.mark.parametrize(
    ("words", "unspaced", "spans", "tidied"),
    [
        ("Kim Jong - un/P spoke", {1, 2}, [(0, 2, "PERSON")], [(0, 4, "PERSON")]),
        ("Kim Jong - un/P", {1, 2}, [(0, 2, "PERSON"), (3, 4, "PERSON")], [(0, 4, "PERSON")]),
        ("Putin - led", {0, 1}, [(0, 1, "PERSON")], [(0, 1, "PERSON")]),
        ("Paris - based", {0, 1}, [(0, 1, "LOC")], [(0, 1, "LOC")]),
        ("Guinea - Bissau/P", {0, 1}, [(0, 1, "LOC")], [(0, 3, "LOC")]),
        ("Paris - Rome/P", {0, 1}, [(0, 1, "LOC"), (2, 3, "LOC")], [(0, 1, "LOC"), (2, 3, "LOC")]),
        ("Paris - Rome/P", set(), [(0, 1, "LOC")], [(0, 1, "LOC")]),
        ("the Kremlin 's", {1}, [(0, 3, "ORG")], [(1, 2, "ORG")]),
        ("North Korean troops", set(), [(0, 1, "LOC"), (1, 2, "NORP")], [(0, 2, "NORP")]),
        ("North Korean troops", set(), [(1, 2, "NORP")], [(0, 2, "NORP")]),
        ("to the north Korea", set(), [(3, 4, "LOC")], [(3, 4, "LOC")]),
        ("The", set(), [(0, 1, "ORG")], []),
    ],
)
def test_borders_of_entities(words: str, unspaced: set[int], spans: list[tuple[int, int, str]], tidied: list[tuple[int, int, str]]) -> None:
    split = [word.removesuffix("/P") for word in words.split()]
    proper = [word.endswith("/P") for word in words.split()]
    assert tidy(spans, split, [i in unspaced for i in range(len(split))], proper) == tidied


@pytest.mark.parametrize(
    ("upos", "lemma", "logit"),
    [
        ("NOUN", "station", -1.0 - 2.0),  # its own row
        ("NOUN", "Demolition", -1.0 + 1.5),  # the longest ending there is
        ("NOUN", "ion", -1.0 + 0.5),
        ("PROPN", "war", -1.0 - 0.5),  # counted among the nouns; neither word nor ending is known
        ("VERB", "station", -2.0),  # no table: the network's logit
    ],
)
def test_a_words_own_row_then_its_ending_correct_the_logit(upos: str, lemma: str, logit: float) -> None:
    priors = PredicatePriors({"NOUN": WordTable(0.5, {"station": -2.0, "-": -0.5, "-ion": 0.5, "-tion": 1.5})})
    for _ in range(2):  # words are remembered
        assert priors([upos], [lemma], np.array([-2.0], np.float32)).tolist() == [logit]


def test_no_words_have_no_logits() -> None:
    assert len(PredicatePriors({})([], [], np.zeros(0, np.float32))) == 0


def test_a_model_may_be_without_priors(tmp_path: Path) -> None:
    assert load_priors(tmp_path) is None


def test_spans_of_adjacent_entities() -> None:
    assert list(spans_of(["B-PER", "B-PER", "I-PER"])) == [(0, 1, "PERSON"), (1, 3, "PERSON")]


def cut(text: str, max_pieces: int = 500, size: int = 1) -> list[Window]:
    """Windows over a text that is tokenised at spaces; line feeds are tokens of their own."""
    words, offsets, at = [], [], 0
    for part in text.replace("\n", " \n ").split(" "):
        if part:
            offsets.append(text.index(part, at))
            words.append(part)
            at = offsets[-1] + len(part)
    return list(windows_of(words, offsets, text, [size] * len(words), max_pieces))


def test_a_short_text_is_one_window_with_its_certain_starts() -> None:
    (window,) = cut("World News\nThe talks went on .\n\nThey ended .")
    assert window.starts == (True, False, True, False, False, False, False, True, False, False)


def test_windows_end_with_sentences() -> None:
    sentence = "The minister of trade left the city on Friday . "
    windows = cut(sentence * 30)
    assert all(len(w.tokens) % 10 == 0 and len(w.tokens) <= MAX_WORDS for w in windows)


def test_an_abbreviation_ends_no_window() -> None:
    text = " ".join(["word"] * (MAX_WORDS - 2)) + " Mr. Smith spoke ."
    assert [len(w.tokens) for w in cut(text)] == [MAX_WORDS, 2]


@given(
    words=st.lists(st.sampled_from(["word", ".", "Word", "\n", ",", "Mr."]), max_size=400), size=st.integers(1, 8), most=st.integers(12, 60)
)
@settings(deadline=None)
def test_windows_hold_every_word_once_and_are_bounded(words: list[str], size: int, most: int) -> None:
    windows = cut(" ".join(words), max_pieces=most, size=size)
    visible = sum(word != "\n" for word in words)
    assert sum(len(w.tokens) for w in windows) == visible
    assert all(len(w.tokens) <= MAX_WORDS and len(w.tokens) * size + 2 <= most for w in windows)
    tokens = [i for w in windows for i in w.tokens]
    assert tokens == sorted(set(tokens))
