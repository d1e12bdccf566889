"""Whether what a verb says happened, read a second time: the encoder's value together with the words that bear on it.

A small network over marks of the verb in its predicted tree (its lemma, auxiliaries, negation and markers, tense, the same of what
governs it, what hangs on it, the words beside it, its sentence) and over the encoder's values of it and of the predicates around it. The encoder sees
few sentences with "refuse to" or "unless"; counted marks say what such a word usually means. `training/factuality.py` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from spacy import attrs
from spacy.tokens import Doc

Array: TypeAlias = npt.NDArray[np.float32]

FILE = "factuality.npz"
COMPANY = 8
"""How many numbers `Verbs.company` gives for a verb."""
REACH = 1.2
"""What values come near to and do not pass: annotators' values pile up there on either side."""
_GOVERNORS = 2  # how far up a verb's marks are looked for
_BACKWARDS = 1 << 63  # spaCy gives heads as unsigned differences: from here on they are negative
_BETWEEN = 8  # of the words between a verb and what governs it are marks
_NEAR = 4  # words on either side are marks whatever the tree makes of them
_CONJUNCTS = 4  # how far a chain of conjuncts is followed to its first
_NEGATIVE = frozenset(
    {"not", "n't", "n’t", "nt", "never", "no", "nobody", "nothing", "none", "neither", "nor", "without", "hardly", "barely"}
)
_FIRST, _SECOND = frozenset({"i", "we"}), frozenset({"you"})
_CLAUSES = frozenset({"advcl", "ccomp", "xcomp", "parataxis", "obj", "obl", "nsubj"})
_TELLING = frozenset(
    ["if", "when", "would", "will", "could", "can", "may", "might", "should", "please", "hope", "want", "let", "was", "were", "had",
     "yesterday", "today", "tomorrow", "ago", "always", "usually", "sometimes", "often", "ever", "never", "since", "yet", "just", "already"]
)  # fmt: skip
"""Words that tell of a sentence's time and mood wherever they stand in it."""


class Verbs:
    """The verbs of a parsed Doc, of which marks and company are asked."""

    def __init__(self, doc: Doc) -> None:
        columns = doc.to_array([attrs.LOWER, attrs.LEMMA, attrs.TAG, attrs.DEP, attrs.MORPH, attrs.HEAD, attrs.SENT_START]).T.tolist()
        strings = doc.vocab.strings
        known = {key: strings[key] for key in set().union(*columns[:5])}  # dearer to ask for than to remember
        self.words, lemmas, self.tags, relations, self._features = ([known[key] for key in column] for column in columns[:5])
        self.lemmas, self.relations = [lemma.lower() for lemma in lemmas], [relation.lower() for relation in relations]
        self.heads = [i + head if head < _BACKWARDS else i + head - 2 * _BACKWARDS for i, head in enumerate(columns[5])]
        borders = [i for i, mark in enumerate(columns[6]) if mark == 1 or i == 0]
        self._ends = dict(zip(borders, [*borders[1:], len(doc)], strict=True))
        self.starts = [start for start, end in self._ends.items() for _ in range(start, end)]
        self._below: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                self._below[head].append(i)
        self._states: dict[int, tuple[str, list[str]]] = {}
        self._sentences: dict[int, list[str]] = {}

    def marks(self, i: int) -> list[str]:
        """What bears on whether the verb at `i` happened, as strings; some come twice."""
        lemma, relation, start = self.lemmas[i], self.relations[i], self.starts[i]
        state, own = self._state(i)
        before, after = self.words[i - 1] if i else "^", self.words[i + 1] if i + 1 < len(self.words) else "$"
        marks = [
            f"lemma {lemma}", f"tag {self.tags[i]}", f"relation {relation}", f"{lemma} {state}", f"{relation} {state}",
            f"before {before}", f"after {after}", f"after {lemma} {after}", f"place {min(9, i - start)}", *own,
        ]  # fmt: skip
        first = self._first_conjunct(i)
        if first != i:
            above, of_first = self._state(first)
            marks += [f"conjunct {self.lemmas[first]}", f"conjunct {self.relations[first]} {above}, {state}"]
            marks += [f"conjunct {mark}" for mark in of_first]
        marks += self._above(i, first)
        marks += self._clauses(i)
        marks += self._tense(i, first)
        marks += self._root(i)
        end = self._ends[start]
        marks += [f"near {word}" for word in self.words[max(start, i - _NEAR) : i]]
        marks += [f"soon {word}" for word in self.words[i + 1 : min(end, i + 1 + _NEAR)]]
        marks += self._sentence(start)
        return marks

    def _state(self, i: int) -> tuple[str, list[str]]:
        """Tag, auxiliaries, markers and negation of a word in one string, and the marks of its own by themselves."""
        if i in self._states:
            return self._states[i]
        auxiliaries, markers, marks, subject, negative = [], [], [], "none", False
        for k in self._below[i]:
            relation, word = self.relations[k].partition(":")[0], self.words[k]
            if relation in ("aux", "cop"):
                auxiliaries.append(word)
            elif relation in ("mark", "case"):
                markers.append(word)
            elif relation == "advmod":
                marks.append(f"adverb {word}")
            if word in _NEGATIVE:
                negative = True
                marks.append(f"negation {word}")
            elif relation in ("nsubj", "obj") and not _NEGATIVE.isdisjoint([self.words[inner] for inner in self._below[k]]):
                negative = True
                marks.append("negation of an argument")
            if relation == "nsubj":
                subject = "first" if word in _FIRST else "second" if word in _SECOND else self.tags[k]
                if self.relations[k] == "nsubj:pass":
                    marks.append("passive")
        state = "_".join([self.tags[i], "+".join(auxiliaries), "+".join(markers), "no" if negative else ""])
        marks += [f"auxiliary {word}" for word in auxiliaries] + [f"marker {word}" for word in markers]
        marks += [f"auxiliaries {'+'.join(auxiliaries)}", f"markers {'+'.join(markers)}", f"subject {subject}", f"state {state}"]
        if negative:
            marks.append("negated")
        self._states[i] = state, marks
        return state, marks

    def _first_conjunct(self, i: int) -> int:
        for _ in range(_CONJUNCTS):
            if self.relations[i] != "conj":
                break
            i = self.heads[i]
        return i

    def _above(self, i: int, first: int) -> list[str]:
        """What governs the verb, from its first conjunct upwards."""
        inner, path, marks = first, self.relations[first], []
        for up in range(1, _GOVERNORS + 1):
            above = self.heads[inner]
            if above == inner:
                marks.append(f"root {up}")
                break
            lemma, relation = self.lemmas[above], self.relations[inner]
            state, of_above = self._state(above)
            path += ">" + self.relations[above]
            marks += [f"above {up} {lemma}", f"above {up} {lemma} {relation}", f"above {up} {relation} {self.tags[above]}", f"path {path}"]
            marks += [f"above {up} {mark}" for mark in of_above]
            if up == 1:
                markers = "+".join([self.words[k] for k in self._below[i] if self.relations[k] == "mark"])
                tag = self.tags[i]
                marks += [f"above {lemma} {relation} {markers}", f"above {lemma} {tag}", f"above {state} {relation} {tag}"]
            inner = self._first_conjunct(above)
        return marks

    def _group(self, i: int) -> tuple[list[int], list[int]]:
        """The auxiliaries and copulas of a word, and its subjects."""
        below = self._below[i]
        auxiliaries = [k for k in below if self.relations[k][:3] == "aux" or self.relations[k] == "cop"]
        return auxiliaries, [k for k in below if self.relations[k][:5] == "nsubj"]

    def _tense(self, i: int, first: int) -> list[str]:
        """The tense of the whole verb group, beside that of what governs it; who acts in either."""
        lemma, above = self.lemmas[i], self.heads[first]
        auxiliaries, subjects = self._group(i)
        group = "+".join([self.tags[k] for k in (*auxiliaries, i)])
        finite = self.tags[auxiliaries[0] if auxiliaries else i]
        marks = [f"features {self._features[i]}", f"group {group}"]
        marks.append(f"group {'+'.join([self.lemmas[k] for k in auxiliaries])}+{self.tags[i]} {lemma}")
        for k in subjects:
            word = self.words[k]
            marks += [f"subject word {word}", f"subject word {word} {finite}", f"subject {self.tags[k]} {lemma}"]
            marks += [f"subject det {self.words[inner]}" for inner in self._below[k] if self.relations[inner] == "det"]
        if above != i:
            auxiliaries, subjects = self._group(above)
            marks.append(f"group above {'+'.join([self.tags[k] for k in (*auxiliaries, above)])} own {group}")
            marks += [f"subject of above {self.words[k]}" for k in subjects]
            marks += [f"between {word}" for word in self.words[min(i, above) + 1 : max(i, above)][:_BETWEEN]]
        return marks

    def _root(self, i: int) -> list[str]:
        """What the sentence says above all."""
        root = i
        while self.heads[root] != root:
            root = self.heads[root]
        state, _ = self._state(root)
        return [f"top {self.lemmas[root]}", f"top {state}", f"top {self.tags[root]} {self.tags[i]}", f"top itself {root == i}"]

    def _clauses(self, i: int) -> list[str]:
        """What hangs on the verb: objects, clauses, when and where."""
        marks = []
        for k in self._below[i]:
            relation = self.relations[k]
            if relation in _CLAUSES:
                marks.append(f"has {relation}")
                marks += [f"has {relation} {self.words[inner]}" for inner in self._below[k] if self.relations[inner] in ("mark", "case")]
                if relation == "xcomp":
                    marks += [f"xcomp {self.lemmas[k]}", f"{self.lemmas[i]} xcomp"]
                elif relation in ("obj", "nsubj"):
                    marks += [f"{relation} {self.tags[k]}", f"{relation} {self.lemmas[k]}"]
                    marks += [f"{relation} {self.words[inner]}" for inner in self._below[k] if self.relations[inner] == "det"]
            if relation[:3] == "obl":
                marks.append(f"oblique {self.words[k]}")
        return marks

    def _sentence(self, start: int) -> list[str]:
        """What the sentence tells of all its verbs."""
        if start not in self._sentences:
            words = self.words[start : self._ends[start]]
            marks = [f"opens {words[0]}", f"length {min(12, len(words) // 4)}"]
            marks += [f"somewhere {word}" for word in dict.fromkeys(words) if word in _TELLING]
            marks += ["asked", f"asked {words[0]}"] if "?" in words[-3:] else []
            marks += ["exclaimed"] if "!" in words[-3:] else []
            marks += ["quoted"] if '"' in words or "“" in words else []
            marks += ["digits"] if any(word[:1].isdigit() for word in words) else []
            self._sentences[start] = marks
        return self._sentences[start]

    def company(self, asked: Sequence[int], values: Array) -> Array:
        """[asked, COMPANY]: the encoder's value of each verb, and those of the predicates around it, 0 where there is none.

        `values` [words] are nan where no predicate is. In order: its own; the mean over the document; over the rest of its sentence; of
        its governor, and whether it has one that is a predicate; the mean over those that hang on it; of the predicate before and after.
        """
        found = np.nonzero(~np.isnan(values))[0].tolist()
        plain = np.nan_to_num(values).tolist()
        place = {i: k for k, i in enumerate(found)}
        mean = sum(plain[i] for i in found) / max(1, len(found))
        sums: dict[int, tuple[float, int]] = {}
        for i in found:
            total, count = sums.get(self.starts[i], (0.0, 0))
            sums[self.starts[i]] = total + plain[i], count + 1
        rows = np.zeros((len(asked), COMPANY), np.float32)
        for row, i in zip(rows, asked, strict=True):
            total, count = sums[self.starts[i]]
            head, below, k = self.heads[i], [k for k in self._below[i] if k in place], place[i]
            governed = head != i and head in place
            row[:] = (
                plain[i], mean, (total - plain[i]) / (count - 1) if count > 1 else 0.0, plain[head] if governed else 0.0, governed,
                sum(plain[k] for k in below) / max(1, len(below)), plain[found[k - 1]] if k else 0.0,
                plain[found[k + 1]] if k + 1 < len(found) else 0.0,
            )  # fmt: skip
        return rows


class Happening:
    """The networks side by side: marks and company -> one hidden layer, averaged -> REACH times its hyperbolic tangent.

    `weights`: "table" [marks, hidden], a row for each of `marks`; "direct" [marks], which goes past the hidden layer; "company"
    [COMPANY, hidden], "bias" and "out" [hidden], "constant" [1].
    """

    def __init__(self, marks: Sequence[str], weights: Mapping[str, Array]) -> None:
        self._places = {mark: k for k, mark in enumerate(marks)}
        self._weights = weights

    def __call__(self, doc: Doc, values: Array) -> Array:
        """The values [words] with those of the verbs read again; nan, and other words, stay as they are."""
        verbs, again = Verbs(doc), values.copy()
        asked = [i for i in np.nonzero(~np.isnan(values))[0].tolist() if verbs.tags[i][:1] == "V"]
        if not asked:
            return values
        again[asked] = self.read([list(verbs.marks(i)) for i in asked], verbs.company(asked, values))
        return again

    def read(self, marks: Sequence[Sequence[str]], company: Array) -> Array:
        """The values of verbs with their marks and company: [verbs]."""
        w = self._weights
        places = [self.places(own) for own in marks]
        starts = np.cumsum([0, *map(len, places)])[:-1]
        flat = np.array(list(chain.from_iterable(places)))
        hidden = np.add.reduceat(w["table"][flat], starts, axis=0) + company @ w["company"] + w["bias"]
        found = np.add.reduceat(w["direct"][flat], starts) + np.maximum(hidden, 0) @ w["out"] + w["constant"]
        told: Array = REACH * np.tanh(found)
        return told

    def places(self, marks: Sequence[str]) -> list[int]:
        """The rows of those marks that are known, each once; there is always one, as every tag of a verb is known."""
        return [place for place in map(self._places.get, dict.fromkeys(marks)) if place is not None]


def load_happening(folder: Path) -> Happening | None:
    """What `training.factuality` wrote into a model's folder; None where it has not been there."""
    if not (folder / FILE).is_file():
        return None
    with np.load(folder / FILE) as arrays:
        weights = {name: arrays[name] for name in arrays.files}
    weights["table"] = weights["table"].astype(np.float32) * weights.pop("scale")
    return Happening(bytes(weights.pop("marks")).decode("utf8").split("\n"), weights)
