"""Counts of roles, made of next to nothing: what is counted, what a fit finds, and that the file is the same each time."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from training_files import model_without, write

from actorgraph.extract.english.role_priors import FILE, TERMS
from training.data import Frame, Sentence, Tree
from training.role_priors import count, fit, main

ROLES = ("", "A0", "A1")


def sentence(frame: Frame | None) -> Sentence:
    tree = Tree(
        ("PROPN", "VERB", "PROPN", "PUNCT"), ("",) * 4, ("",) * 4, ("Mali", "3rd-raid", "Togo", "."), (2, 0, 2, 2),
        ("nsubj", "root", "obj", "punct"),
    )  # fmt: skip
    return Sentence(("Mali", "raids", "Togo", "."), tree, frames=(frame,) if frame else ())


def test_dependents_are_counted_with_and_without_a_role_and_lemmas_if_they_are_words() -> None:
    keys, counted = count([[sentence(Frame(1, {0: "A0"})), sentence(None)]], ROLES)
    assert keys == ["V", "V * nsubj", "V * nsubj - NOUN", "V * obj", "V * obj - NOUN"]
    assert counted.tolist() == [[1, 1, 0], [0, 1, 0], [0, 1, 0], [1, 0, 0], [1, 0, 0]]


def test_a_fit_finds_what_decides() -> None:
    """The right role is drawn by the second term with weight two; the first, the network's, tells nothing."""
    rng = np.random.default_rng(2)
    inputs = rng.normal(size=(4000, 3, TERMS))
    p = np.exp(2 * inputs[:, :, 1])
    right = np.array([rng.choice(3, p=own / own.sum()) for own in p])
    assert fit(inputs, right) == pytest.approx([0, 2, 0, 0, 0], abs=0.25)


def test_a_run_gives_the_same_bytes_again_whether_or_not_there_are_counts_already(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = {
        "words": ["Hungary", "attacked", "Serbia", "."], "upos": ["PROPN", "VERB", "PROPN", "PUNCT"], "xpos": ["NNP", "VBD", "NNP", "."],
        "feats": [""] * 4, "lemmas": ["Hungary", "attack", "Serbia", "."], "heads": [2, 0, 2, 2], "deps": ["nsubj", "root", "obj", "punct"],
        "ner": None,
    }  # fmt: skip
    frames = {"predicates": [{"i": 1, "roleset": "attack.01", "args": [[0, 1, "ARG0"], [2, 3, "ARG1"]]}], "factuality": {}}
    for part in ("ewt-train", "ewt-dev"):
        write(tmp_path / "ud" / f"{part}.jsonl.gz", *({"id": name, "sentences": [record]} for name in "abcde"))
        write(tmp_path / "srl" / f"{part}.jsonl.gz", *({"id": name, "sentences": [frames]} for name in "abcde"))
    model = model_without(FILE, tmp_path / "model")
    made = []
    for _ in range(2):
        main([str(model), "--data", str(tmp_path)])
        made.append((model / FILE).read_bytes())
        assert [json.loads(line) for line in capsys.readouterr().out.splitlines()][1] == {"with counts": {"verbs": 100.0, "nouns": 0.0}}
    assert made[0] == made[1]
    with np.load(model / FILE) as arrays:
        assert bytes(arrays["keys"]).decode().split("\n") == ["V", "V * nsubj", "V * nsubj - NOUN", "V * obj", "V * obj - NOUN"] + [
            f"V attack {place}" for place in ("nsubj", "nsubj - NOUN", "obj", "obj - NOUN")
        ]
        assert arrays["counts"].sum(1).tolist() == [10, 5, 5, 5, 5, 5, 5, 5, 5]
