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
        self._weights = weights
        size = ANAPHOR_FEATURES
        # The networks lie side by side, so that one product serves them all.
        pairs = np.concatenate(list(weights["pairs"]), 1)
        self._anaphor, self._pair = pairs[:size], pairs[size:]
        self._bias, self._out = weights["pairs_bias"].ravel(), weights["pairs_out"]
        self._direct = weights["direct"][:, size:].T
        self._none = np.concatenate(list(weights["none"]), 1)

    def probabilities(self, anaphor: Array, pairs: Array) -> tuple[Array, float]:
        """The probability of each candidate, and of none."""
        w, count = self._weights, len(self._out)
        hidden = np.maximum(pairs @ self._pair + (anaphor @ self._anaphor + self._bias), 0).reshape(len(pairs), count, -1)
        scores = (hidden * self._out).sum(2) + pairs @ self._direct
        null = np.maximum((anaphor @ self._none).reshape(count, -1) + w["none_bias"], 0)
        none = (null * w["none_out"]).sum(1) + w["none_constant"].ravel()
        top = np.maximum(scores.max(0), none)
        scores, none = np.exp(scores - top), np.exp(none - top)
        total = scores.sum(0) + none
        return (scores / total).sum(1) / count, float((none / total).sum()) / count

    def links(self, doc: Doc, mentions: Iterable[Mention]) -> tuple[list[Link], Discourse]:
        """The anaphors of a parsed document that take something up, sure or not; and what the document speaks of."""
        discourse = Discourse(doc, mentions, self.nouns)
        anaphors = set(discourse.anaphors)
        if not anaphors:
            return [], discourse
        found: list[Link] = []
        for i, row in enumerate(discourse.rows):
            if i not in anaphors:
                discourse.enter(i, row.key or str(discourse.pronoun[i]))
                continue
            best = self._best(discourse, i)
            if best is None:
                discourse.enter(i, f"anaphor {i}", 0.0)
                continue
            key, sureness = best
            discourse.enter(i, key, sureness)
            found.append(Link(row.head, row.start, row.end, key, sureness))
        return found, discourse

    def _best(self, discourse: Discourse, i: int) -> tuple[str, float] | None:
        candidates = discourse.candidates(i)
        if not len(candidates):
            return None
        probabilities, none = self.probabilities(discourse.anaphor(i), discourse.pairs(i, candidates))
        entities = discourse.entity[candidates]
        shares = np.bincount(entities, probabilities)
        best = int(shares.argmax())
        if shares[best] <= _NULL * none:
            return None
        here = entities == best
        return discourse.keys[best], float((probabilities * discourse.sureness[candidates])[here].sum())


@lru_cache(maxsize=2)
def load_ranker(folder: Path = MODEL) -> Ranker:
    """The ranker of a model's folder, loaded once in a process."""
    with np.load(folder / FILE) as stored:
        arrays = {name: stored[name] for name in stored.files}
    nouns = NounKinds(load_pieces(folder / "vocabulary.txt"), arrays.pop("nouns"), float(arrays.pop("nouns_scale")))
    return Ranker({name: array.astype(np.float32) for name, array in arrays.items()}, nouns)
