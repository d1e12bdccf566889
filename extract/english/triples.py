"""How likely it is that one actor does something to another by a word of their sentence, and what.

One small network reads every predicate with every pair of mentions. It sees what the encoder gives for roles of the three words, the
ways between predicate and either actor in the tree, how far the words stand apart, how the actors are named, and which relation
the lexicon lists for the predicate. `training/triples.py` makes it of sentences whose relations people have keyed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float32]
Indices: TypeAlias = npt.NDArray[np.int64]

FILE = "triples.npz"
"""The file in a model's folder; without it nothing is known of triples."""
FARTHEST = 6
"""Arcs of the tree between predicate and subject and between predicate and object, together: of 100 keyed triples 94 have no more."""
STEPS = 5
"""How many arcs of a way are told apart, from the predicate on."""
DISTANCES = 11
"""Words between two words, by powers of two, five on either side."""
_EPSILON = 1e-5


@dataclass(frozen=True, slots=True)
class Grid:
    """The triples of a sentence: P predicates with M mentions as subject and M as object.

    `vectors` [words, width] are the encoder's for roles, as predicate and as argument side by side; `predicates` [P] and `heads` [M] rows of
    them. `ways` [P][M] lead through the tree from predicate to mention, arc by arc, None where they are too long. `forms` [M] say how
    a mention names its actor, `listed` [P, M] which relation type the lexicon has for the predicate with the mention as its object;
    `types` where none.
    """

    vectors: Array
    predicates: Sequence[int]
    heads: Sequence[int]
    ways: Sequence[Sequence[tuple[str, ...] | None]]
    forms: Sequence[int]
    listed: Sequence[Sequence[int]]

    @property
    def possible(self) -> npt.NDArray[np.bool_]:
        """[P, M, M] which triples are read: two mentions within reach of the predicate."""
        arcs = np.array([[FARTHEST + 1 if way is None else len(way) for way in ways] for ways in self.ways]).reshape(len(self.predicates), -1)
        near: npt.NDArray[np.bool_] = (arcs[:, :, None] + arcs[:, None, :] <= FARTHEST) & ~np.eye(len(self.heads), dtype=bool)
        return near


@dataclass(frozen=True, slots=True)
class Slots:
    """A grid as numbers: which row of each table goes into which triple."""

    subject_ways: Indices  # [P, M]
    object_ways: Indices
    distances: Indices  # [P, M] from predicate to mention
    between: Indices  # [M, M] from subject to object
    forms: Indices  # [M]
    listed: Indices  # [P, M]


def slots_of(grid: Grid, ways: tuple[Mapping[str, int], Mapping[str, int]]) -> Slots:
    """The numbers of a grid; `ways` are the rows of known ways to subject and object, 0 is any other one."""
    spelt = [["".join(way[:STEPS]) if way is not None else "" for way in row] for row in grid.ways]
    shape = len(grid.predicates), len(grid.heads)
    subject, object_ = (np.array([[known.get(way, 0) for way in row] for row in spelt], np.int64).reshape(shape) for known in ways)
    heads, predicates = np.array(grid.heads, np.int64), np.array(grid.predicates, np.int64)
    return Slots(
        subject, object_, _distance(heads[None, :] - predicates[:, None]), _distance(heads[None, :] - heads[:, None]),
        np.array(grid.forms, np.int64), np.array(grid.listed, np.int64).reshape(shape),
    )  # fmt: skip


def _distance(words: Indices) -> Indices:
    """0 … DISTANCES − 1 for words apart, negative to the left: 5 for none, then 1, 2–3, 4–7, 8–15, more.

    >>> _distance(np.array([-40, -1, 0, 1, 3, 4])).tolist()
    [0, 4, 5, 6, 7, 8]
    """
    half = DISTANCES // 2
    size = np.minimum(np.frexp(np.abs(words))[1], half)  # the exponent of a whole number is how many binary digits it has
    return np.asarray(half + np.sign(words) * size, np.int64)


class TripleReader:
    """The network: the sum of a row for each slot and three projections -> two hidden layers -> whether it is so, and of which type.

    `weights`: "predicate", "subject" and "object" [width, hidden]; tables of `Slots`, each [rows, hidden]: "subject_ways", "object_ways",
    "subject_distances", "object_distances", "between", "subject_forms", "object_forms", "listed"; "scale", "shift", "inner_bias"
    [hidden], "inner" [hidden, hidden], "stated" [hidden], "stated_bias" [1], "type" [hidden, types], "type_bias" [types], and "direct"
    [rows, types], which goes from "listed" past the hidden layers. `ways` are the spellings of known ways to subject and object.
    """

    def __init__(self, ways: tuple[Sequence[str], Sequence[str]], weights: Mapping[str, Array]) -> None:
        self.ways = tuple({way: k for k, way in enumerate(known, 1)} for known in ways)
        self._weights = weights

    def __call__(self, grid: Grid) -> tuple[Array, Array]:
        """[P, M, M] logit of each triple (predicate, subject, object) to be stated, and [P, M, M, types] shares of the types if it is.

        Triples that are not `possible` have a logit of −inf.
        """
        w, subject_ways, object_ways = self._weights, *self.ways
        s = slots_of(grid, (subject_ways, object_ways))
        heads = grid.vectors[list(grid.heads)]
        subject = (heads @ w["subject"] + w["subject_forms"][s.forms])[None] + w["subject_ways"][s.subject_ways] + w["subject_distances"][s.distances]
        object_ = (heads @ w["object"] + w["object_forms"][s.forms])[None] + w["object_ways"][s.object_ways] + w["object_distances"][s.distances]
        subject = subject + (grid.vectors[list(grid.predicates)] @ w["predicate"])[:, None]
        possible = grid.possible
        p, a, b = possible.nonzero()
        raw = subject[p, a] + (object_ + w["listed"][s.listed])[p, b] + w["between"][s.between][a, b]
        raw -= raw.mean(1, keepdims=True)
        raw /= np.sqrt((raw * raw).mean(1, keepdims=True) + _EPSILON)
        hidden = _bend(_bend(raw * w["scale"] + w["shift"]) @ w["inner"] + w["inner_bias"])
        logits = np.full(possible.shape, -np.inf, np.float32)
        logits[p, a, b] = hidden @ w["stated"] + w["stated_bias"]
        scores = hidden @ w["type"] + w["type_bias"] + w["direct"][s.listed[p, b]]
        scores = np.exp(scores - scores.max(1, keepdims=True)) if len(scores) else scores
        types = np.zeros((*possible.shape, len(w["type_bias"])), np.float32)
        types[p, a, b] = scores / scores.sum(1, keepdims=True)
        return logits, types


def _bend(x: Array) -> Array:
    """SiLU: Elfwing, Uchibe, Doya, "Sigmoid-weighted linear units" (Neural Networks 107, 2018)."""
    return np.asarray(x / (1 + np.exp(-x)), np.float32)


@lru_cache(maxsize=4)
def load_triples(folder: str) -> TripleReader | None:
    """What `training.triples` wrote into a model's folder; None where it has not been there."""
    path = Path(folder) / FILE
    if not path.is_file():
        return None
    with np.load(path) as arrays:
        weights = {name: arrays[name] for name in arrays.files}
    ways = [bytes(weights.pop(f"spelt_{end}_ways")).decode("utf8").split("\n") for end in ("subject", "object")]
    return TripleReader((ways[0], ways[1]), {name: value.astype(np.float32) for name, value in weights.items()})
