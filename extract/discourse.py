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
        self._tree(doc)
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
        self.sentence, self.function = self._sentences[self.position], self._functions[self.position]
        self.quoted, self.conjunct = self._quoted[self.position], self._conjuncts[self.position]
        self.opening = np.concatenate([np.ones(1, bool), self.sentence[1:] != self.sentence[:-1]])[:n]
        self._lemmas = [words[row.head].lemma_.lower() for row in rows]
        function = self.function[:, None] == np.arange(7)
        parts = (self.type[:, None] == np.arange(3), self.kind, self.form, function, self.plural[:, None], self.conjunct[:, None], self.opening[:, None])
        self._own = np.concatenate(parts, 1).astype(np.float32)
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
        # By entity: mentions, last mention, evidence of gender (-1 he … 1 she), whether an actor's name is among them.
        self._count, self._last, self._named = np.zeros(n, np.float32), np.zeros(n, np.int64), np.zeros(n, np.float32)
        self._gender = np.zeros(n, np.float32)

    def _tree(self, doc: Doc) -> None:
        """Per token: head, sentence, function, whether it is a conjunct, whether it stands in a quotation."""
        n, words = len(doc), self._words
        self._heads = np.array([word.head.i for word in words], np.int64)
        labels = [word.dep_ for word in words]
        functions = {label: _function(label.lower()) for label in set(labels)}
        own = np.array([functions[label] for label in labels], np.int64)
        self._conjuncts = own == _CONJUNCT
        above = np.where(self._conjuncts, self._heads, np.arange(n))
        for _ in range(4 if self._conjuncts.any() else 0):  # sixteen conjuncts in a row
            above = above[above]
        self._functions = np.minimum(own[above], _OTHER)
        self._sentences = np.zeros(n, np.int64)
        for number, sentence in enumerate(doc.sents):
            self._sentences[sentence.start : sentence.end] = number
        self._quoted = np.zeros(n, np.float32)
        for quote in quotes_in(doc, 0, n):
            self._quoted[quote.start : quote.end] = 1
        oral = sum(1 - self._quoted[word.i] for word in words if word.lower_ in _ORAL)
        self._oral = min(1.0, 12 * float(oral) / max(1, n))  # how much of a conversation the text is

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
            self.kind[i] = self._own[i, 3:8] = self.kind[self._first[e]]
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
        """Features of anaphor `i` with each of its candidates: [candidates, PAIR_FEATURES]."""
        c, n, number = candidates, len(candidates), self._class(i)
        e, own, sentence, quotes = self.entity.take(c), self._own.take(c, 0), self.sentence.take(c), self.quoted.take(c)
        kind, plural, same = own[:, 3:8], own[:, 20], own[:, 13 + self.function[i]]
        person = kind[:, PERSON]
        away = self.sentence[i] - sentence
        count, last, named = self._count.take(e), self._last.take(e), self._named.take(e)
        gender: Array = np.tanh(self._gender.take(e))
        wanted = {HE: -1.0, SHE: 1.0, DEFINITE: float(self.nouns[i, 4] * self.nouns[i, PERSON])}.get(number, 0.0)
        agreement: Array = np.float32(wanted) * gender
        rank = np.cumsum((fitting := self._fitting(number, kind, plural, agreement))[::-1])[::-1] - fitting
        lemma, word, alike = self._repeated(i, c) if number == DEFINITE else np.zeros((3, n), np.float32)
        most = max(1.0, float(count.max()))
        features = np.empty((n, PAIR_FEATURES), np.float32)
        features[:, : own.shape[1]] = own
        features[:, 23:28] = np.minimum(away, _SENTENCES)[:, None] == np.arange(_SENTENCES + 1)
        leads, here = own[:, 13], away == 0
        quoted = here * (self.quoted[i] * (1 - quotes))
        columns = (
            plural == self.plural[i], agreement, np.abs(gender), person, same, rank == 0, *self._binding(i, c), count / most, named, last == c,
            (self.pronoun.take(c) == self.pronoun[i]) & (self.pronoun[i] >= 0), quotes == self.quoted[i], lemma, word, alike,
            leads * (away == 1), leads * here, leads * quoted, quoted, named * person, (count == most) * named,
        )  # fmt: skip
        features[:, 28:52] = np.array(columns, np.float32).T
        far = (self.position[i] - self.position.take(c), i - c, count - 1, self.sentence[i] - self.sentence.take(last), rank)
        features[:, 52:57] = np.log1p(np.array(far, np.float32)).T
        features[:, 52:54] /= 3
        return features

    @staticmethod
    def _fitting(number: int, kind: Array, plural: Array, agreement: Array) -> Array:
        """How far each candidate could be meant, by kind and number alone."""
        if number in (HE, SHE):
            return kind[:, PERSON] * (1 - plural) * (agreement > -0.3)
        if number == IT:
            return (1 - kind[:, PERSON]) * (1 - plural)
        return plural + 0.5 * kind[:, _ORGANISATION] if number == THEY else np.ones(len(kind), np.float32)

    def _repeated(self, i: int, candidates: Indices) -> tuple[Array, Array, Array]:
        """For a noun: whether a candidate has its lemma, whether its entity's name has the word, and how far their kinds agree."""
        lemma = self._lemmas[i]
        names = {lemma, self._words[self.rows[i].head].lower_}
        same = [self._lemmas[k] == lemma for k in candidates.tolist()]
        word = [not names.isdisjoint(self._names.get(self.keys[e], ())) for e in self.entity.take(candidates).tolist()]
        kinds = self.nouns[i, [0, 1, 2, 0, 3]]
        return np.array(same, np.float32), np.array(word, np.float32), (self.kind.take(candidates, 0) * kinds).sum(1)

    def _binding(self, i: int, candidates: Indices) -> Sequence[npt.NDArray[np.bool_]]:
        """Subject of the anaphor's clause, of a clause above; argument of the same word; word above the anaphor."""
        at, head = self.position.take(candidates), self._words[self.rows[i].head].head.i
        subjects = _clause_subjects(self._words[self.rows[i].head])
        above: list[int] = []
        word = self._words[self.rows[i].head]
        while word.head is not word and word.head.i != word.i and len(above) < 30:
            word = word.head
            above.append(word.i)
        nearest = at == (subjects[0] if subjects else -1)
        places, upper = at.tolist(), subjects[1:4]
        further = [place in upper for place in places]
        ancestors = [place in above for place in places]
        beside = (self._heads.take(at) == head) & bool(self.function[i] != _POSSESSIVE)
        return nearest, np.array(further, bool), beside, np.array(ancestors, bool)


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
