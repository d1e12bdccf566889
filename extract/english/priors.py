"""What is known of a word before its sentence is read: how often it is a predicate.

The network has read few texts and calls a noun that it seldom saw a predicate or none by its company alone. Counts over
the same texts know better what "attack" and "table" mostly are; both together are right far more often.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .model import Array

FILE = "priors.json"
"""The file in a model's folder; a model without it decides by the network alone."""

LONGEST_ENDING = 4
"""Letters of the longest ending by which a word that was never counted is judged."""

_CACHED = 50_000


def kind_of(upos: str) -> str:
    """The part of speech under which a word is counted: names among the nouns, which taggers confuse them with."""
    return "NOUN" if upos == "PROPN" else upos


@dataclass(frozen=True, slots=True)
class WordTable:
    """Of one part of speech what its words add to the logit of being a predicate, once that is multiplied by `weight`.

    `words` has lemmas in lower case, endings after a hyphen ("-tion"), and "-" for all others.
    """

    weight: float
    words: Mapping[str, float]

    def offset(self, lemma: str) -> float:
        """What a lemma adds, or the longest of its endings that is known."""
        found = self.words.get(lemma)
        if found is not None:
            return found
        endings = (f"-{lemma[len(lemma) - size :]}" for size in range(min(LONGEST_ENDING, len(lemma)), -1, -1))
        return next((self.words[ending] for ending in endings if ending in self.words), 0.0)


class PredicatePriors:
    """Corrects the network's logits of being a predicate by the tables of each part of speech."""

    def __init__(self, tables: Mapping[str, WordTable]) -> None:
        self._tables = tables
        self._known: dict[tuple[str, str], tuple[float, float]] = {}

    def __call__(self, upos: Sequence[str], lemmas: Sequence[str], logits: Array) -> Array:
        """The logits of n words, corrected: [n] -> [n]."""
        if not len(logits):
            return logits
        weights, offsets = np.array([self._word(*word) for word in zip(upos, lemmas, strict=True)]).T
        corrected: Array = (weights * logits + offsets).astype(np.float32)
        return corrected

    def _word(self, upos: str, lemma: str) -> tuple[float, float]:
        found = self._known.get((upos, lemma))
        if found is None:
            if len(self._known) >= _CACHED:
                self._known.clear()
            table = self._tables.get(kind_of(upos))
            found = (table.weight, table.offset(lemma.lower())) if table else (1.0, 0.0)
            self._known[upos, lemma] = found
        return found


def load_priors(folder: Path) -> PredicatePriors | None:
    """The priors in a model's folder, None where it has none."""
    path = folder / FILE
    if not path.is_file():
        return None
    tables = json.loads(path.read_text(encoding="utf8"))["predicates"]
    return PredicatePriors({kind: WordTable(float(table["weight"]), table["words"]) for kind, table in tables.items()})
