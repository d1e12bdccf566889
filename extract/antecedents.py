"""The learned part of coreference: which earlier mention an anaphor takes up, if any, and how sure that is.

A small network scores each candidate and the case that there is none (mention ranking with a learned null, Denis and
Baldridge, EMNLP 2008; Lee and others, EMNLP 2017); the probabilities of one entity's mentions add up. It goes through a
document from left to right, so that a pronoun that is resolved counts for the next. `training/coreference.py` makes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .discourse import ANAPHOR_FEATURES, Array, Discourse
from .english.nouns import NounKinds
from .english.wordpieces import load_pieces

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .mentions import Mention

FILE = "coreference.npz"
_NULL = 0.4
"""What the probability of no antecedent counts; chosen on gum-dev, where it finds more links above a sureness of 0.3, none less surely."""
MODEL = Path(__file__).parent / "models" / "en_news"


@dataclass(frozen=True, slots=True)
class Link:
    """An anaphor and the entity that it stands for.

    `start` to `end` are the anaphor's tokens, `head` the one that a role points to; `entity` is an actor's id, or a key that no
    actor has (Row.key); `sureness` is the probability that this is right, 0..1.
    """

    head: int
    start: int
    end: int
    entity: str
    sureness: float


class Ranker:
    """The network: networks whose probabilities are averaged, each with one hidden layer for pairs and one for none.

    `weights`: "pairs" [networks, features, hidden], "pairs_bias" [networks, hidden], "pairs_out" [networks, hidden], "direct"
    [networks, features]; "none" [networks, anaphor features, hidden], "none_bias", "none_out", "none_constant" [networks].
    """

    def __init__(self, weights: dict[str, Array], nouns: NounKinds) -> None:
        self.nouns = nouns
        size, (count, hidden) = ANAPHOR_FEATURES, weights["pairs_out"].shape
        # The networks lie side by side, so that one product serves them all; behind them what features tell directly.
        pairs = np.concatenate(list(weights["pairs"]), 1)
        self._anaphor, self._bias = pairs[:size], weights["pairs_bias"].ravel()
        self._pair = np.concatenate([pairs[size:].T, weights["direct"][:, size:]])
        self._out, self._none_out = _side_by_side(weights["pairs_out"]), _side_by_side(weights["none_out"]).T
        self._none, self._none_bias = np.concatenate(list(weights["none"]), 1), weights["none_bias"].ravel()
        self._none_constant, self._hidden = weights["none_constant"].ravel(), count * hidden

    def probabilities(self, anaphor: Array, pairs: Array) -> tuple[Array, float]:
        """The probability of each candidate, and of none."""
        asked, none = self._anaphors(anaphor[None])
        return self._shares(asked[0], none[0], pairs)

    def _anaphors(self, anaphors: Array) -> tuple[Array, Array]:
        """What anaphors add to the hidden layer of their pairs, [anaphors, hidden of all networks]; scores of none, [anaphors, networks]."""
        null = np.maximum(anaphors @ self._none + self._none_bias, 0)
        return anaphors @ self._anaphor + self._bias, null @ self._none_out + self._none_constant

    def _shares(self, asked: Array, none: Array, pairs: Array) -> tuple[Array, float]:
        """The probability of each candidate, and of none, of an anaphor that `_anaphors` has read."""
        read = self._pair @ pairs.T
        hidden = read[: self._hidden]
        hidden += asked[:, None]
        np.maximum(hidden, 0, out=hidden)
        scores = self._out @ hidden
        scores += read[self._hidden :]
        top = np.maximum(scores.max(1), none)
        scores, none = np.exp(scores - top[:, None]), np.exp(none - top)
        weight = 1 / ((scores.sum(1) + none) * np.float32(len(none)))
        return weight @ scores, float(none @ weight)

    def links(self, doc: Doc, mentions: Iterable[Mention]) -> tuple[list[Link], Discourse]:
        """The anaphors of a parsed document that take something up, sure or not; and what the document speaks of."""
        discourse = Discourse(doc, mentions, self.nouns)
        anaphors = set(discourse.anaphors)
        if not anaphors:
            return [], discourse
        read = zip(*self._anaphors(np.stack([discourse.anaphor(i) for i in discourse.anaphors])), strict=True)
        found: list[Link] = []
        for i, row in enumerate(discourse.rows[: discourse.anaphors[-1] + 1]):
            if i not in anaphors:
                discourse.enter(i, row.key or str(discourse.pronoun[i]))
                continue
            best = self._best(discourse, i, *next(read))
            if best is None:
                discourse.enter(i, f"anaphor {i}", 0.0)
                continue
            key, sureness = best
            discourse.enter(i, key, sureness)
            found.append(Link(row.head, row.start, row.end, key, sureness))
        return found, discourse

    def _best(self, discourse: Discourse, i: int, asked: Array, none_scores: Array) -> tuple[str, float] | None:
        candidates = discourse.candidates(i)
        if not len(candidates):
            return None
        probabilities, none = self._shares(asked, none_scores, discourse.pairs(i, candidates))
        entities = discourse.entity[candidates]
        shares = np.bincount(entities, probabilities)
        best = int(shares.argmax())
        if shares[best] <= _NULL * none:
            return None
        here = entities == best
        return discourse.keys[best], float((probabilities * discourse.sureness[candidates])[here].sum())


def _side_by_side(out: Array) -> Array:
    """The last layers of networks that lie side by side: [networks, hidden] -> [networks, networks * hidden], each reading its own."""
    count, hidden = out.shape
    found = np.zeros((count, count, hidden), np.float32)
    found[np.arange(count), np.arange(count)] = out
    return found.reshape(count, count * hidden)


@lru_cache(maxsize=2)
def load_ranker(folder: Path = MODEL) -> Ranker:
    """The ranker of a model's folder, loaded once in a process."""
    with np.load(folder / FILE) as stored:
        arrays = {name: stored[name] for name in stored.files}
    nouns = NounKinds(load_pieces(folder / "vocabulary.txt"), arrays.pop("nouns"), float(arrays.pop("nouns_scale")))
    return Ranker({name: array.astype(np.float32) for name, array in arrays.items()}, nouns)
