"""Priors trained on next to nothing: what is counted, what the file says of words and endings, and that it is the same each time."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from training_files import model_without, write

from actorgraph.extract.english.priors import FILE, load_priors
from training.data import Frame, Sentence, Tree
from training.priors import Counts, count, endings_of, fit, main, tables


def sentence(words: str, upos: str, *predicates: int) -> Sentence:
    split, tags = tuple(words.split()), tuple(upos.split())
    tree = Tree(tags, tags, ("",) * len(split), split, (0, *[1] * (len(split) - 1)), ("root", *["dep"] * (len(split) - 1)))
    marks = {i: i in predicates for i in range(len(split))}
    return Sentence(split, tree, frames=tuple(Frame(i, {}) for i in predicates), is_predicate=marks)


@pytest.fixture(scope="module")
def counts() -> Counts:
    """Nouns in -ation are predicates, nouns in -ble are none; "station" is none either."""
    predicates = [sentence(f"the {stem}ation", "DET NOUN", 1) for stem in ("inform", "invit", "observ", "transport", "valid")] * 2
    others = [sentence(f"the {stem}ble", "DET NOUN") for stem in ("ta", "ca", "ma", "sta", "fa")] * 2
    return count([[*predicates, *others, *[sentence("the station", "DET NOUN")] * 20]])


def test_words_are_counted_by_part_of_speech() -> None:
    counts = count([[sentence("attack attack attack", "NOUN PROPN VERB", 0, 2)]])
    assert counts.words == {("NOUN", "attack"): 2, ("VERB", "attack"): 1}
    assert counts.predicates == {("NOUN", "attack"): 1, ("VERB", "attack"): 1}


def test_sentences_without_predicates_annotated_are_left_out() -> None:
    assert not count([[Sentence(("attack",), sentence("attack", "NOUN").tree)]]).words


def test_own_counts_win_over_the_ending_and_the_ending_over_nothing(counts: Counts) -> None:
    assert 5 * counts.rate("NOUN", "station") < 0.5 < counts.rate("NOUN", "occupation") < counts.rate("NOUN", "invitation")
    assert counts.rate("NOUN", "cable") < counts.rate("NOUN", "bible") < counts.rate("NOUN", "war") < counts.rate("NOUN", "occupation")


def test_two_letters_stay_before_an_ending() -> None:
    assert list(endings_of("war")) == ["", "r"]
    assert list(endings_of("")) == [""]


def test_a_regression_finds_what_decides() -> None:
    rng = np.random.default_rng(1)
    inputs = np.c_[rng.normal(size=(2000, 2)), np.ones(2000)]
    wanted = (rng.random(2000) < 1 / (1 + np.exp(-2 * inputs[:, 0] + 1))).astype(float)
    assert fit(inputs, wanted) == pytest.approx([2, 0, -1], abs=0.25)


def test_the_file_says_what_was_counted(counts: Counts, tmp_path: Path) -> None:
    coefficients = {noun: np.array([0.5, 1.0, 0.0, 0.0]) for noun in (True, False)}
    (tmp_path / FILE).write_text(json.dumps({"predicates": tables(counts, coefficients)}), encoding="utf8")
    priors = load_priors(tmp_path)
    assert priors is not None
    upos, lemmas = ["NOUN", "PROPN", "NOUN", "NOUN", "DET"], ["invitation", "Occupation", "station", "bible", "the"]
    invitation, occupation, station, bible, the = priors(upos, lemmas, np.zeros(5, np.float32)).tolist()
    assert min(invitation, occupation) > 0 > max(station, bible, the)


def test_a_run_gives_the_same_bytes_again_whether_or_not_there_are_priors_already(tmp_path: Path) -> None:
    words = [["Hungary", "attacked", "Serbia", "."], ["The", "attack", "failed", "."]]
    upos = [["PROPN", "VERB", "PROPN", "PUNCT"], ["DET", "NOUN", "VERB", "PUNCT"]]
    heads = [[2, 0, 2, 2], [2, 3, 0, 3]]
    for part in ("ewt-train", "ewt-dev"):
        sentences = [
            {"words": w, "upos": u, "xpos": u, "feats": [""] * 4, "lemmas": [x.lower() for x in w], "heads": h, "deps": ["dep"] * 4, "ner": None}
            for w, u, h in zip(words, upos, heads, strict=True)
        ]
        frames = [{"predicates": [{"i": i, "roleset": "attack.01", "args": []} for i in marked], "factuality": {}} for marked in ([1], [1, 2])]
        write(tmp_path / "ud" / f"{part}.jsonl.gz", *({"id": name, "sentences": sentences} for name in "abcde"))
        write(tmp_path / "srl" / f"{part}.jsonl.gz", *({"id": name, "sentences": frames} for name in "abcde"))
    model = model_without(FILE, tmp_path / "model")
    made = []
    for _ in range(2):
        main([str(model), "--data", str(tmp_path)])
        made.append((model / FILE).read_bytes())
    assert made[0] == made[1]
    assert set(json.loads(made[0])["predicates"]) == {"DET", "NOUN", "PUNCT", "VERB"}
