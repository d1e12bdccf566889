"""Trains the networks that rank antecedents: gradients by hand, Adam, dropout; numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from actorgraph.extract.discourse import ANAPHOR_FEATURES, PAIR_FEATURES

Array: TypeAlias = npt.NDArray[np.float64]
Weights: TypeAlias = dict[str, Array]

_DROPPED_INPUTS, _DROPPED_HIDDEN = 0.05, 0.2
_BATCH = 32


@dataclass(frozen=True, slots=True)
class Example:
    """An anaphor: its features, those of its candidates [candidates, features], and which candidates are right; none may be."""

    anaphor: npt.NDArray[np.float32]
    pairs: npt.NDArray[np.float32]
    right: npt.NDArray[np.bool_]


def train_networks(
    examples: Sequence[Example], networks: int, seed: int, *, hidden: int = 40, epochs: int = 20, rate: float = 2e-3, decay: float = 1e-3
) -> dict[str, npt.NDArray[np.float32]]:
    """The weights of so many networks from different beginnings, side by side, as Ranker takes them."""
    trained = [_train(examples, np.random.default_rng([seed, number]), hidden, epochs, rate, decay) for number in range(networks)]
    return {name: np.stack([weights[name] for weights in trained]).astype(np.float32) for name in trained[0]}


def _train(examples: Sequence[Example], random: np.random.Generator, hidden: int, epochs: int, rate: float, decay: float) -> Weights:
    weights = _beginning(random, hidden)
    first, second = ({name: np.zeros_like(value) for name, value in weights.items()} for _ in range(2))
    steps, step = epochs * -(-len(examples) // _BATCH), 0
    for _ in range(epochs):
        order = random.permutation(len(examples))
        for start in range(0, len(order), _BATCH):
            slopes = _slopes(weights, [examples[k] for k in order[start : start + _BATCH]], random)
            step += 1
            pace = rate * (1 - 0.95 * step / steps)
            for name, value in weights.items():
                slope = slopes[name] + (decay * value if value.ndim > 1 or name == "direct" else 0)
                first[name] = 0.9 * first[name] + 0.1 * slope
                second[name] = 0.99 * second[name] + 0.01 * slope**2
                value -= pace * first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.99**step)) + 1e-8)
    return weights


def _beginning(random: np.random.Generator, hidden: int) -> Weights:
    features, null = ANAPHOR_FEATURES + PAIR_FEATURES, 16
    return {
        "pairs": random.standard_normal((features, hidden)) / features**0.5,
        "pairs_bias": np.zeros(hidden),
        "pairs_out": random.standard_normal(hidden) / hidden**0.5,
        "direct": np.zeros(features),
        "none": random.standard_normal((ANAPHOR_FEATURES, null)) / ANAPHOR_FEATURES**0.5,
        "none_bias": np.zeros(null),
        "none_out": random.standard_normal(null) / null**0.5,
        "none_constant": np.zeros(1),
    }


def _slopes(w: Weights, batch: Sequence[Example], random: np.random.Generator) -> Weights:
    """Gradients of the mean of −log P(any right candidate, or none where none is right)."""
    size = ANAPHOR_FEATURES
    anaphors = np.stack([example.anaphor for example in batch]).astype(np.float64)
    pairs = np.concatenate([example.pairs for example in batch]).astype(np.float64)
    pairs *= random.random(pairs.shape) >= _DROPPED_INPUTS
    right = np.concatenate([example.right for example in batch])
    sizes = np.array([len(example.right) for example in batch])
    owner, start = np.repeat(np.arange(len(batch)), sizes), np.cumsum(sizes) - sizes

    raw = (anaphors @ w["pairs"][:size])[owner] + pairs @ w["pairs"][size:] + w["pairs_bias"]
    kept = (raw > 0) * (random.random(raw.shape) >= _DROPPED_HIDDEN) / (1 - _DROPPED_HIDDEN)
    hidden = raw * kept
    scores = hidden @ w["pairs_out"] + pairs @ w["direct"][size:]
    null = np.maximum(anaphors @ w["none"] + w["none_bias"], 0)
    none = null @ w["none_out"] + w["none_constant"]

    top = np.maximum(np.maximum.reduceat(scores, start), none)
    scores, none = np.exp(scores - top[owner]), np.exp(none - top)
    total = np.add.reduceat(scores, start) + none
    scores, none = scores / total[owner], none / total
    share = np.add.reduceat(scores * right, start)
    any_right = np.add.reduceat(right.astype(float), start) > 0
    by_pair = (scores - np.where(right, scores / np.maximum(share, 1e-12)[owner], 0)) / len(batch)
    by_none = (none - np.where(any_right, 0, 1)) / len(batch)

    by_hidden = np.outer(by_pair, w["pairs_out"]) * kept
    by_null = np.outer(by_none, w["none_out"]) * (null > 0)
    return {
        "pairs": np.concatenate([anaphors.T @ np.add.reduceat(by_hidden, start), pairs.T @ by_hidden]),
        "pairs_bias": by_hidden.sum(0),
        "pairs_out": hidden.T @ by_pair,
        "direct": np.concatenate([np.zeros(size), pairs.T @ by_pair]),
        "none": anaphors.T @ by_null,
        "none_bias": by_null.sum(0),
        "none_out": null.T @ by_none,
        "none_constant": by_none.sum(keepdims=True),
    }
