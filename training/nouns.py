"""Learns from annotated mentions what kind of thing a word names, and whether he or she, on the table of word pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from actorgraph.extract.english.nouns import COLUMNS, NounKinds
from actorgraph.extract.english.wordpieces import WordPieces

Array = npt.NDArray[np.float64]

KINDS = {"person": 0, "organization": 1, "place": 2}
OTHER = 3
_STEPS = 400
_RATE = 0.05
_DECAY, _GENDER_DECAY = 1e-4, 5e-4
_GENDERS = Path(__file__).with_name("genders.tsv")


def learn_nouns(
    nouns: Sequence[tuple[str, int]], people: Sequence[tuple[str, bool]], table: Array, pieces: WordPieces, seed: int
) -> tuple[npt.NDArray[np.int8], float]:
    """The table of NounKinds with its scale.

    `nouns` are words with the number of their kind, `people` words with whether "she" takes them up, `table` the vectors of the pieces.
    """
    vectors = table - table.mean(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
    kinds = _regression(_means(vectors, pieces, (word for word, _ in nouns)), [kind for _, kind in nouns], OTHER + 1, _DECAY)
    people = [*people, *_known_genders() * 2]
    women = [pair for pair in people if pair[1]]
    drawn = np.random.default_rng(seed).choice(len(women), max(0, len(people) - 2 * len(women)))
    people += [women[i] for i in drawn]  # as many women as men: otherwise whoever is unknown is a man
    gender = _regression(_means(vectors, pieces, (word for word, _ in people)), [int(she) for _, she in people], 2, _GENDER_DECAY)
    weights = np.concatenate([kinds, gender[:, 1:] - gender[:, :1]], 1)
    scores = vectors @ weights[:-1] + weights[-1]
    assert scores.shape[1] == COLUMNS
    scale = float(np.abs(scores).max() / 127)
    return np.rint(scores / scale).astype(np.int8), scale


def _known_genders() -> list[tuple[str, bool]]:
    lines = [line.split("\t") for line in _GENDERS.read_text(encoding="utf8").splitlines()[1:] if not line.startswith("#")]
    return [(word, gender == "she") for word, gender in lines]


def _means(vectors: Array, pieces: WordPieces, words: Iterable[str]) -> Array:
    return np.array([vectors[list(pieces(word)[0])].mean(0) for word in words])


def _regression(inputs: Array, classes: Sequence[int], count: int, decay: float) -> Array:
    """Multinomial logistic regression by Adam from nothing: [features + 1, count], the constant last."""
    inputs = np.c_[inputs, np.ones(len(inputs))]
    wanted = np.eye(count)[list(classes)]
    weights, first, second = (np.zeros((inputs.shape[1], count)) for _ in range(3))
    for step in range(1, _STEPS + 1):
        scores = inputs @ weights
        shares = np.exp(scores - scores.max(1, keepdims=True))
        slope = inputs.T @ (shares / shares.sum(1, keepdims=True) - wanted) / len(inputs) + decay * weights
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights -= _RATE * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


__all__ = ["KINDS", "OTHER", "NounKinds", "learn_nouns"]
