"""What a document speaks of, as arrays: names, common nouns and pronouns in the order of the text, and how a pair of them fits.

For each anaphor (a pronoun of the third person, a noun after "the", "this" or "that") every earlier mention is a candidate,
those without a name too: "he" after "his father" is the father, and only what competes with a name can keep it from being
taken. Mentions that are found to mean the same are one entity. The features are the field's own: distance, syntactic
function, binding, agreement, kind, salience, repeated heads (Lappin and Leass, "An Algorithm for Pronominal Anaphora
Resolution", Computational Linguistics 20, 1994; Denis and Baldridge, "Specialized Models and Ranking for Coreference
Resolution", EMNLP 2008).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from .quotes import quotes_in
from .syntax import DEFINITE_DETERMINERS, clause, governor, has_label, subject

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .english.nouns import NounKinds
    from .mentions import Mention

Array: TypeAlias = npt.NDArray[np.float32]
Indices: TypeAlias = npt.NDArray[np.int64]

NAME, NOUN, PRONOUN = range(3)
HE, SHE, IT, THEY, FIRST, FIRST_PLURAL, DEFINITE = range(7)
_CLASSES = {
    HE: ("he", "him", "his", "himself"),
    SHE: ("she", "her", "hers", "herself"),
    IT: ("it", "its", "itself"),
    THEY: ("they", "them", "their", "theirs", "themselves"),
    FIRST: ("i", "me", "my", "mine", "myself"),
    FIRST_PLURAL: ("we", "us", "our", "ours", "ourselves"),
}
PRONOUNS: Mapping[str, int] = {word: number for number, words in _CLASSES.items() for word in words}
_DEMONSTRATIVE = DEFINITE_DETERMINERS - {"the"}
_SUBJECT, _POSSESSIVE, _OTHER, _CONJUNCT = 0, 2, 6, 7
_ORAL = frozenset({"i", "you", "my", "your", "me"})
_FUNCTIONS = {"nsubj": 0, "csubj": 0, "obj": 1, "iobj": 1, "nmod:poss": 2, "obl": 3, "nmod": 4, "appos": 5}
_PARTS = ("compound", "flat", "nmod:desc", "goeswith", "fixed")
PERSON, _ORGANISATION, COUNTRY, _GROUP = range(4)
_KINDS = {"person": PERSON, "organisation": _ORGANISATION, "country": COUNTRY, "group": _GROUP}
_LABELS = {"PERSON": PERSON, "PER": PERSON, "ORG": _ORGANISATION, "LOC": COUNTRY, "GPE": COUNTRY, "FAC": COUNTRY}
_FORMS = {"name": 0, "person": 0, "metonym": 0, "people": 0, "adjective": 1, "place": 2, "entity": 3, "collective": 4, "definite": 0, "indefinite": 1, "bare": 2}
TOWN, ENTITY = "place:", "entity:"
"""How the keys of what is no actor begin: a town of a country, a name that no actor has."""
_NEAR, _FAR = 40, 20
"""So many mentions before an anaphor are candidates, and of the names before those so many by their last mention."""
_LIKELY = 0.7
"""The least probability that a definite noun means a person, an organisation or a place; others are no anaphors."""
_SENTENCES = 4
_HEIGHT = 12
ANAPHOR_FEATURES, PAIR_FEATURES = 27, 57
_LONG, _BLOCK = 2_000, 20_000
"""Of a text with more mentions the pairs are read for one anaphor at a time; of others for so many pairs at once."""


@dataclass(frozen=True, slots=True)
class Row:
    """A mention: head, start and end (exclusive) in tokens, NAME NOUN or PRONOUN, a key of _KINDS' values or None, form, entity."""

    head: int
    start: int
    end: int
    type: int
    kind: int | None
    form: str
    key: str


class Discourse:
    """The mentions of one document; entities grow as `enter` is called from left to right."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention], nouns: NounKinds) -> None:
        self._words = words = list(doc)
        self.rows = rows = sorted(self._rows(doc, list(mentions)), key=lambda row: (row.head, row.start))
        n = len(rows)
        self.position = np.array([row.head for row in rows], np.int64)
        self.end = np.array([row.end for row in rows], np.int64)
        self.type = np.array([row.type for row in rows], np.int64)
        self.pronoun = np.array([PRONOUNS[words[row.head].lower_] if row.type == PRONOUN else -1 for row in rows], np.int64)
        self.nouns = nouns([words[row.start if row.kind == PERSON and row.type == NAME else row.head].text for row in rows])
        self.kind, self.form, self.gender = np.zeros((n, 5), np.float32), np.zeros((n, 5), np.float32), np.zeros(n, np.float32)
        named = [i for i, row in enumerate(rows) if row.type != PRONOUN]
        kinds = {i: kind for i in named if (kind := rows[i].kind) is not None}
        unknown = [i for i in named if i not in kinds]
        self.form[named, [_FORMS[rows[i].form] for i in named]] = 1
        self.kind[list(kinds), list(kinds.values())] = 1
        self.kind[unknown, :3], self.kind[unknown, 4] = self.nouns[unknown, :3], self.nouns[unknown, 3]
        self.gender[named] = self.nouns[named, 4] * self.kind[named, PERSON]
        tags = [words[row.head].tag_ for row in rows]
        self.plural = np.array([tag in ("NNS", "NNPS") for tag in tags], np.float32)
        self.plural[(self.pronoun == THEY) | (self.pronoun == FIRST_PLURAL)] = 1
        likely = self.nouns[:, :3].sum(1) > _LIKELY if n else np.zeros(0, bool)
        self.definite = np.array([row.form == "definite" and likely[i] and self._determiner(row.head) for i, row in enumerate(rows)], bool)
        self._tree(doc)
        self.opening = np.concatenate([np.ones(1, bool), self.sentence[1:] != self.sentence[:-1]])[:n]
        self._lemmas = [words[row.head].lemma_.lower() for row in rows]
        numbers = {lemma: k for k, lemma in enumerate(dict.fromkeys(self._lemmas))}
        self._nouns = np.array([numbers[lemma] for lemma in self._lemmas], np.int64)
        function = self.function[:, None] == np.arange(7)
        parts = (self.type[:, None] == np.arange(3), self.kind, self.form, function, self.plural[:, None], self.conjunct[:, None], self.opening[:, None])
        self._own = np.concatenate(parts, 1).astype(np.float32).T.copy()  # [features, mentions]
        self._names: dict[str, set[str]] = {}
        for row in rows:
            if row.type == NAME:
                self._names.setdefault(row.key, set()).update(word.lower_ for word in words[row.start : row.end])
        self.anaphors = [i for i in range(n) if HE <= self.pronoun[i] <= THEY or self.definite[i]]
        self.entity = np.full(n, -1, np.int64)
        self.sureness = np.zeros(n, np.float32)
        self.keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._first: list[int] = []
        self._genders: list[float] = self.gender.tolist()
        # By entity: last mention; mentions, whether an actor's name is among them, evidence of gender (-1 he … 1 she).
        self._last, self._evidence = np.zeros(n, np.int64), np.zeros((3, n), np.float32)
        self._count, self._named, self._gender = self._evidence
        self._numbered = {i: k for k, i in enumerate(self.anaphors)}
        self._block, self._fixed = -1, np.zeros((0, 0, 0), np.float32)

    def _tree(self, doc: Doc) -> None:
        """Per mention: head, sentence, function, whether it is a conjunct, whether it stands in a quotation."""
        words, heads = self._words, [self._words[row.head] for row in self.rows]
        functions = {label: _function(label.lower()) for label in {word.dep_ for word in words}}
        self._heads = np.array([word.head.i for word in heads], np.int64)
        self.conjunct = np.array([functions[word.dep_] == _CONJUNCT for word in heads], bool)
        self.function = np.array([min(functions[_first(word, functions).dep_], _OTHER) for word in heads], np.int64)
        starts = np.array([sentence.start for sentence in doc.sents], np.int64)
        self.sentence = np.searchsorted(starts, self.position, "right") - 1
        quotes = quotes_in(doc, 0, len(doc))
        self.quoted = np.zeros(len(heads), np.float32)
        for quote in quotes:
            self.quoted[(self.position >= quote.start) & (self.position < quote.end)] = 1
        oral = [word.i for word in words if word.lower_ in _ORAL]
        told = sum(not any(quote.start <= i < quote.end for quote in quotes) for i in oral)
        self._oral = min(1.0, 12 * told / max(1, len(words)))  # how much of a conversation the text is

    def _rows(self, doc: Doc, mentions: Sequence[Mention]) -> Iterable[Row]:
        """Actors, other names, common nouns, pronouns."""
        covered: set[int] = set()
        named = {(m.actor.id, doc[m.start : m.end].text.lower()) for m in mentions if m.form != "place"}
        for m in mentions:
            covered.update(range(m.start, m.end))
            text, key = doc[m.start : m.end].text.lower(), m.actor.id
            if m.form == "place" and text != m.actor.name.lower() and (m.actor.id, text) not in named:
                key = f"{TOWN} {text}"  # a town of the country is not the country
            elif m.form in ("collective", "people"):
                key = f"{m.actor.id} {doc[m.head].lower_}"  # "senators" are not "the senator"
            yield Row(m.head, m.start, m.end, NOUN if m.form == "collective" else NAME, _KINDS[m.actor.kind.value], m.form, key)
        for ent in doc.ents:
            if covered.isdisjoint(range(ent.start, ent.end)):
                covered.update(range(ent.start, ent.end))
                yield Row(ent.root.i, ent.start, ent.end, NAME, _LABELS.get(ent.label_, _GROUP), "entity", f"{ENTITY} {ent.text.lower()}")
        seen: dict[str, str] = {}
        for token in self._words:
            if token.i in covered:
                continue
            if token.pos_ in ("NOUN", "PROPN") and not has_label(token, *_PARTS):
                determiners = [child for child in token.children if child.i < token.i and child.dep_ in ("det", "nmod:poss")]
                definite = any(child.dep_ != "det" or child.lower_ in DEFINITE_DETERMINERS for child in determiners)
                lemma = token.lemma_.lower()
                key = seen.get(lemma, "") if definite else ""
                seen[lemma] = key = key or f"noun {token.i}"
                form = "definite" if definite else "indefinite" if determiners else "bare"
                yield Row(token.i, determiners[0].i if determiners else token.i, token.i + 1, NOUN, None, form, key)
            elif token.pos_ == "PRON" and token.lower_ in PRONOUNS and not has_label(token, "expl"):
                yield Row(token.i, token.i, token.i + 1, PRONOUN, None, "pronoun", "")

    def _determiner(self, i: int) -> bool:
        return any(child.dep_ == "det" and child.lower_ in DEFINITE_DETERMINERS for child in self._words[i].children if child.i < i)

    def enter(self, i: int, key: str, sureness: float = 1.0) -> None:
        """Make mention `i` one of the entity `key`; `sureness` is the probability that it is, 0..1."""
        e = self._numbers.setdefault(key, len(self._numbers))
        if e == len(self.keys):
            self.keys.append(key)
            self._first.append(i)
        self.entity[i], self.sureness[i] = e, sureness
        self._count[e] += 1
        self._last[e] = i
        row = self.rows[i]
        if row.type == PRONOUN:
            self.kind[i] = self._own[3:8, i] = self.kind[self._first[e]]
            if (number := PRONOUNS[self._words[row.head].lower_]) <= SHE:
                self._gender[e] += 1 if number == SHE else -1
            return
        if row.type == NAME and row.kind == PERSON:
            self._named[e] = 1
        if (gender := self._genders[i]) and abs(self._gender[e]) < 1:
            self._gender[e] = gender * 0.99

    def candidates(self, i: int) -> Indices:
        """The earlier mentions that anaphor `i` may take up, in the order of the text."""
        near = np.arange(max(0, i - _NEAR), i)
        if i > _NEAR:
            last = self._last[: len(self.keys)][self._named[: len(self.keys)] > 0]
            near = np.concatenate([np.sort(last[last < i - _NEAR])[-_FAR:], near])
        found: Indices = near[self.end.take(near) <= self.position[i]]
        return found

    def anaphor(self, i: int) -> Array:
        """Features of anaphor `i` alone: [ANAPHOR_FEATURES]."""
        token = self._words[self.rows[i].head]
        features = np.zeros(ANAPHOR_FEATURES, np.float32)
        number = self._class(i)
        features[number] = features[7 + self.function[i]] = 1
        if number == DEFINITE:
            features[16:20] = self.nouns[i, :4]
            features[20] = self.plural[i]
            features[21] = any(child.lower_ in _DEMONSTRATIVE for child in token.children)
            features[22] = sum(has_label(child, "nmod", "acl", "amod", "compound") for child in token.children)
        features[14], features[15] = token.lower_.endswith(("self", "selves")), self.quoted[i]
        features[23:27] = np.log1p(self.sentence[i]) / 3, token.i == token.sent.start, 1, self._oral
        return features

    def _class(self, i: int) -> int:
        return DEFINITE if self.definite[i] else int(self.pronoun[i])

    def pairs(self, i: int, candidates: Indices) -> Array:
        """Features of anaphor `i` with each of its candidates: [candidates, PAIR_FEATURES], kept feature by feature."""
        c, number = candidates, self._class(i)
        e, own, features = self.entity.take(c), self._own.take(c, 1), self._lasting(i, c)
        kind, plural, person, last = own[3:8], own[20], own[3 + PERSON], self._last.take(e)
        count, named, gender = self._evidence.take(e, 1)
        gender = np.tanh(gender)
        wanted = {HE: -1.0, SHE: 1.0, DEFINITE: float(self.nouns[i, 4] * self.nouns[i, PERSON])}.get(number, 0.0)
        agreement: Array = np.float32(wanted) * gender
        rank = (fitting := self._fitting(number, kind, plural, agreement))[::-1].cumsum()[::-1] - fitting
        most = max(1.0, float(count.max()))
        features[: len(own)] = own
        features[29], features[30], features[31], features[33] = agreement, np.abs(gender), person, rank == 0
        features[38], features[39], features[40] = count / most, named, last == c
        if number == DEFINITE:
            features[44], features[45] = self._repeated(i, c)
        features[50], features[51] = named * person, (count == most) * named
        features[54], features[55], features[56] = count - 1, self.sentence[i] - self.sentence.take(last), rank
        np.log1p(features[54:], out=features[54:])
        return features.T

    def _lasting(self, i: int, candidates: Indices) -> Array:
        """The features of anaphor `i` with each of its candidates that stay while entities grow: [PAIR_FEATURES, candidates]."""
        n = len(self.rows)
        if n > _LONG:
            alone: Array = self._read_pairs([i], candidates)[0]
            return alone
        size = max(1, _BLOCK // n)
        block, k = divmod(self._numbered[i], size)
        if block != self._block:
            self._block, self._fixed = block, self._read_pairs(self.anaphors[block * size : (block + 1) * size], np.arange(n))
        found: Array = self._fixed[k].take(candidates, 1)
        return found

    def _read_pairs(self, anaphors: Sequence[int], c: Indices) -> Array:
        """What stays, of some anaphors with some mentions: [anaphors, PAIR_FEATURES, mentions]; of mentions behind an anaphor it means nothing."""
        a = np.array(anaphors, np.int64)[:, None]
        features = np.zeros((len(a), PAIR_FEATURES, len(c)), np.float32)
        away, leads, quotes = self.sentence[a] - self.sentence[c], self._own[13, c], self.quoted[c]
        features[:, 23:28] = np.minimum(away, _SENTENCES)[:, None] == np.arange(_SENTENCES + 1)[:, None]
        features[:, 28] = self.plural[c] == self.plural[a]
        features[:, 32] = self._own[13 + self.function[a], c]
        self._bind(anaphors, c, features)
        features[:, 36] = (self._heads[c] == self._heads[a]) & (self.function[a] != _POSSESSIVE)
        features[:, 41] = (self.pronoun[c] == self.pronoun[a]) & (self.pronoun[a] >= 0)
        features[:, 42] = quotes == self.quoted[a]
        features[:, 43] = (self._nouns[c] == self._nouns[a]) & self.definite[a]
        here = away == 0
        features[:, 49] = quoted = here * (self.quoted[a] * (1 - quotes))
        features[:, 46], features[:, 47], features[:, 48] = leads * (away == 1), leads * here, leads * quoted
        features[:, 52], features[:, 53] = np.maximum(self.position[a] - self.position[c], 0), np.maximum(a - c, 0)
        features[:, 52:54] = np.log1p(features[:, 52:54]) / 3
        return features

    @staticmethod
    def _fitting(number: int, kind: Array, plural: Array, agreement: Array) -> Array:
        """How far each candidate could be meant, by kind and number alone."""
        if number in (HE, SHE):
            likely: Array = kind[PERSON] * (1 - plural) * (agreement > -0.3)
            return likely
        if number == IT:
            thing: Array = (1 - kind[PERSON]) * (1 - plural)
            return thing
        return plural + 0.5 * kind[_ORGANISATION] if number == THEY else np.ones(kind.shape[1], np.float32)

    def _repeated(self, i: int, candidates: Indices) -> tuple[Array, Array]:
        """For a noun: whether the name of a candidate's entity has the word, and how far their kinds agree."""
        names = {self._lemmas[i], self._words[self.rows[i].head].lower_}
        word = [not names.isdisjoint(self._names.get(self.keys[e], ())) for e in self.entity.take(candidates).tolist()]
        kinds = self.nouns[i, [0, 1, 2, 0, 3]]
        return np.array(word, np.float32), (self.kind.take(candidates, 0) * kinds).sum(1)

    def _bind(self, anaphors: Sequence[int], c: Indices, features: Array) -> None:
        """Mark in [anaphors, PAIR_FEATURES, mentions] the subject of an anaphor's clause, those of clauses above, words above the anaphor."""
        places: dict[int, list[int]] = {}
        for k, place in enumerate(self.position[c].tolist()):
            places.setdefault(place, []).append(k)
        for row, i in zip(features, anaphors, strict=True):
            word = self._words[self.rows[i].head]
            subjects = _clause_subjects(word)
            above: list[int] = []
            while word.head is not word and word.head.i != word.i and len(above) < 30:
                word = word.head
                above.append(word.i)
            for feature, marked in ((34, subjects[:1]), (35, subjects[1:4]), (37, above)):
                for k in (k for place in marked for k in places.get(place, ())):
                    row[feature, k] = 1


def _first(word: Token, functions: Mapping[str, int]) -> Token:
    """The conjunct that stands for the word's coordination, of up to sixteen."""
    for _ in range(16):
        if functions[word.dep_] != _CONJUNCT:
            break
        word = word.head
    return word


def _function(label: str) -> int:
    """The number of a label's function, with or without its subtype."""
    return _CONJUNCT if label == "conj" else _FUNCTIONS.get(label, _FUNCTIONS.get(label.partition(":")[0], _OTHER))


def _clause_subjects(token: Token) -> list[int]:
    """The subjects before the token of its clause and of those above, the nearest first."""
    found: list[int] = []
    predicate = clause(token)
    for _ in range(_HEIGHT):
        noun = subject(predicate)
        if noun is not None and noun.i < token.i and noun.i not in found:
            found.append(noun.i)
        above = predicate.head if has_label(predicate, "conj") else governor(predicate)
        upper = clause(above) if above is not None else None
        if upper is None or upper.i == predicate.i:
            break
        predicate = upper
    return found
