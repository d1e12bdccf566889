"""What kind of thing a word names, from its word pieces: a person, an organisation, a place or something else; he or she.

A linear reading of the encoder's own table of word pieces, which training leaves as it is; worked out for every piece
beforehand, a word takes the mean over its pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .wordpieces import WordPieces

Array: TypeAlias = npt.NDArray[np.float32]

COLUMNS = 5
"""Person, organisation, place, other; gender."""


class NounKinds:
    """Reads words by a table of scores: [pieces, COLUMNS], a logit for each kind and one of being a woman."""

    def __init__(self, pieces: WordPieces, table: npt.NDArray[np.int8], scale: float) -> None:
        self._pieces, self._table, self._scale = pieces, table, scale

    def __call__(self, words: Sequence[str]) -> Array:
        """For each word the probabilities of the four kinds and a gender from −1 (he) to 1 (she): [words, COLUMNS]."""
        if not words:
            return np.zeros((0, COLUMNS), np.float32)
        pieces = [self._pieces(word)[0] for word in words]
        sizes = np.array([len(ids) for ids in pieces])
        scores = self._table[[i for ids in pieces for i in ids]].astype(np.float32)
        mean = np.add.reduceat(scores, np.cumsum(sizes) - sizes) * (self._scale / sizes[:, None]).astype(np.float32)
        kinds = np.exp(mean[:, :4] - mean[:, :4].max(1, keepdims=True))
        found: Array = np.concatenate([kinds / kinds.sum(1, keepdims=True), np.tanh(mean[:, 4:] / 2)], 1)
        return found
