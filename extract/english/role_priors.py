"""What fills which role of a word, by how often its dependents filled one elsewhere.

The network has read few sentences with "threaten with" or "recognition by". Counts over the same treebank know what hangs on a word
by which relation and preposition, and as which argument; for nouns, of which the network saw least, they help most. They speak of
direct dependents alone: who takes part without hanging on the word is left to the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from .model import Array, Indices

if TYPE_CHECKING:
    from spacy.tokens import Span

FILE = "role_priors.npz"
"""The file in a model's folder; a model without it gives roles by the network alone."""

CORE_ROLES = frozenset({"A0", "A1", "A2", "A3", "A4"})
"""PropBank's numbered arguments, each filled once."""

NO_ROLE_BIAS = 0.5
"""Taken off the score of filling no role; best on UD_English-EWT, dev."""

TERMS = 5
"""What a score is the weighted sum of: the network's, relation's and lemma's; one where it is no role; one where it is a numbered one."""

Coefficients: TypeAlias = npt.NDArray[np.float64]
"""[2, TERMS]: those of all other predicates, and those of nouns."""

Scores: TypeAlias = npt.NDArray[np.float64]

_KINDS = frozenset({"N", "V"})
_PSEUDOCOUNT = 2.0  # of what the key before tells, beside the counts of the next
LEAST = 1e-3
"""What is added to a share before its logarithm is taken."""

_SUBTYPES = frozenset({"nsubj:pass", "nmod:poss", "acl:relcl", "obl:agent"})
"""Subtypes of relations that tell roles apart."""
_CLASSES = {"PROPN": "NOUN", "NUM": "NOUN", "SYM": "NOUN", "AUX": "VERB"}
GENERAL = 3  # keys of a place that leave the lemma out
_CACHED = 50_000


class Place(NamedTuple):
    """A direct dependent as the counts know it: whether on a noun, on which lemma, its relation, its case or marker, its word class."""

    nominal: bool
    lemma: str
    relation: str
    marker: str
    word_class: str


@dataclass(frozen=True, slots=True)
class Tree:
    """Words of a sentence or of several: heads by index, a root its own; relations, universal tags, lemmas."""

    heads: Sequence[int]
    relations: Sequence[str]
    upos: Sequence[str]
    lemmas: Sequence[str]

    @classmethod
    def of(cls, sentence: Span) -> Tree:
        """The tree of a parsed sentence."""
        start = sentence.start
        words = [(word.head.i - start, word.dep_, word.pos_, word.lemma_) for word in sentence]
        return cls(*map(list, zip(*words, strict=True)))

    def places(self, predicates: Sequence[int]) -> list[tuple[int, int, Place]]:
        """Row of the predicate, word and place of each of their direct dependents, in the order of the words."""
        rows = {word: row for row, word in enumerate(predicates)}
        markers: dict[int, str] = {}
        below = []
        for word, (head, relation) in enumerate(zip(self.heads, self.relations, strict=True)):
            if relation in ("case", "mark"):
                markers.setdefault(head, self.lemmas[word].lower())
            if head in rows and head != word and relation != "punct":
                below.append((rows[head], word, head, relation if relation in _SUBTYPES else relation.partition(":")[0]))
        upos, lemmas = self.upos, self.lemmas
        return [
            (
                row,
                word,
                Place(
                    upos[head] in ("NOUN", "PROPN"),
                    lemmas[head].lower(),
                    relation,
                    markers.get(word, ""),
                    _CLASSES.get(upos[word], upos[word]),
                ),
            )
            for row, word, head, relation in below
        ]

    def path(self, word: int) -> list[int]:
        """The words from this one up to the root of its sentence, both among them."""
        found = [word]
        while self.heads[word] != word:
            word = self.heads[word]
            found.append(word)
        return found


def keys_of(place: Place) -> list[str]:
    """The keys under which a place is counted, from what tells least to what tells most: GENERAL ones for whatever lemma, then its own.

    >>> keys_of(Place(True, "attack", "nmod", "on", "NOUN"))
    ['N', 'N * nmod', 'N * nmod on NOUN', 'N attack nmod', 'N attack nmod on NOUN']
    """
    nominal, lemma, relation, marker, word_class = place
    kind = "N" if nominal else "V"
    whole = f"{relation} {marker or '-'} {word_class}"
    return [kind, f"{kind} * {relation}", f"{kind} * {whole}", f"{kind} {lemma} {relation}", f"{kind} {lemma} {whole}"]


class RoleCounts:
    """How often dependents at a place filled each role.

    `keys` are those of `keys_of`, `counts` [keys, roles]; column 0 is no role. A share is counted beside that of the key before, the
    shares of general keys once and for all.
    """

    def __init__(self, keys: Sequence[str], counts: npt.NDArray[np.uint32]) -> None:
        self._rows = {key: row for row, key in enumerate(keys)}
        self._never = len(keys)
        self._counts = np.concatenate([counts, np.zeros((1, counts.shape[1]), np.uint32)]).astype(np.float32)
        self._totals = self._counts.sum(1, keepdims=True) + _PSEUDOCOUNT
        general = [key for key in keys if key in _KINDS or key[1:4] == " * "]
        self._general = {key: k for k, key in enumerate(general)}
        self.shares = np.full((len(general), counts.shape[1]), 1 / counts.shape[1])
        """[general keys, roles]"""
        for spaces in (0, 2, 4):  # shorter keys first
            at = [k for k, key in enumerate(general) if key.count(" ") == spaces]
            above = [self._general[general[k].rsplit(" ", 2)[0]] if spaces else k for k in at]
            self.shares[at] = self._beside(np.array([self._rows[general[k]] for k in at], np.int64), self.shares[above])
        self._known: dict[Place, tuple[int, int, int]] = {}

    def rows(self, places: Sequence[Place]) -> Indices:
        """[places, 3]: the row of `shares` of the longest general key that was counted, and what `of_lemmas` takes."""
        return np.array([self._rows_of(place) for place in places]).reshape(-1, 3)

    def of_lemmas(self, rows: Indices) -> Scores:
        """[places, roles]: the shares of places with these `rows`, their lemmas' own counts counted in."""
        share = self.shares[rows[:, 0]]
        for k in (1, 2):  # what was never counted leaves the shares as they are
            share = self._beside(rows[:, k], share)
        return share

    def _beside(self, rows: Indices, share: Scores) -> Scores:
        found: Scores = (self._counts[rows] + _PSEUDOCOUNT * share) / self._totals[rows]
        return found

    def _rows_of(self, place: Place) -> tuple[int, int, int]:
        found = self._known.get(place)
        if found is None:
            if len(self._known) >= _CACHED:
                self._known.clear()
            kind, relation, whole, *own = keys_of(place)
            general = next((self._general[key] for key in (whole, relation, kind) if key in self._general), 0)
            first, second = (self._rows.get(key, self._never) for key in own)
            found = self._known[place] = general, first, second
        return found


class RolePriors:
    """Corrects the network's scores of roles by what was counted, for direct dependents."""

    def __init__(self, counts: RoleCounts, coefficients: Coefficients, roles: Sequence[str]) -> None:
        self._counts = counts
        self._bias = NO_ROLE_BIAS * (np.arange(len(roles)) == 0)
        self._network, relation, self._lemma = (coefficients[:, k, None] for k in range(3))
        constant = coefficients[:, 3:] @ np.array([[role == roles[0] for role in roles], [role in CORE_ROLES for role in roles]], float)
        # What the lemma adds is its share's logarithm less that of the relation, which is known beforehand.
        self._by_relation = (relation - self._lemma)[:, :, None] * np.log(counts.shares + LEAST) + constant[:, None]
        self._agent, self._patient = roles.index("A0"), roles.index("A1")
        self._numbered = [k for k, role in enumerate(roles) if role in CORE_ROLES]

    def __call__(self, scores: Array, predicates: Indices, tree: Tree) -> Array:
        """The scores [predicates, words, roles] corrected; `predicates` are their words in `tree`, which has all words.

        A dependent on whose role both agree keeps the network's scores, so that its claim to the role stays as strong as those of words
        that stand far. The counts take no role away, from the word itself or from another one that fills it, and A0 does not become A1:
        that is where they are wrong about news, whose participants the network learned from answers to questions ("Who died?").
        """
        places = tree.places(predicates.tolist())
        if not places:
            return scores
        rows, words = np.array([place[:2] for place in places]).T
        before = scores[rows, words].astype(np.float64)
        kinds = [int(place.nominal) for _, _, place in places]
        counted = self._counts.rows([place for _, _, place in places])
        after = self._network[kinds] * before + self._by_relation[kinds, counted[:, 0]]
        after += self._lemma[kinds] * np.log(self._counts.of_lemmas(counted) + LEAST)
        old, new = (before - self._bias).argmax(1), (after - self._bias).argmax(1)
        changed = (old != new) & (new != 0) & ~((old == self._agent) & (new == self._patient))
        changed &= ~self._are_filled(scores, tree, rows, words, np.where(changed, new, 0))
        corrected = scores.copy()
        corrected[rows[changed], words[changed]] = after[changed]
        return corrected

    def _are_filled(self, scores: Array, tree: Tree, rows: Indices, words: Indices, roles: Indices) -> npt.NDArray[np.bool_]:
        """[dependents]: whether the network gives the numbered role to a word of the sentence outside this one's phrase, which would lose it."""
        filled = np.zeros(len(roles), bool)
        for k in np.flatnonzero(np.isin(roles, self._numbered)):
            others = (scores[rows[k]] - self._bias).argmax(1) == roles[k]
            others[words[(rows == rows[k]) & (roles != 0)]] = False
            paths, root = map(tree.path, np.flatnonzero(others).tolist()), tree.path(words[k])[-1]
            filled[k] = any(path[-1] == root and words[k] not in path for path in paths)
        return filled


@lru_cache(maxsize=4)
def load_role_priors(folder: Path, roles: tuple[str, ...]) -> RolePriors | None:
    """What `training.role_priors` wrote into a model's folder; None where it has not been there. `roles` are the model's labels."""
    if not (folder / FILE).is_file():
        return None
    with np.load(folder / FILE) as arrays:
        keys, counts, coefficients = bytes(arrays["keys"]).decode("utf8").split("\n"), arrays["counts"], arrays["coefficients"]
    return RolePriors(RoleCounts(keys, counts), coefficients, roles)
