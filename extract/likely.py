"""The triples of a sentence as the pipeline's network reads them (`english/triples.py`): how likely a candidate is, and what no rule tells.

Of a Doc from another pipeline, which has no such network, nothing is known and nothing is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from .arguments import NOMINAL
from .candidates import Candidate, Likelihood
from .english.predicates import role_vectors, triple_reader
from .english.triples import FARTHEST, Array, Grid
from .offices import Offices
from .records import ActorKind, RelationType
from .relations import Relation, lemma, relation_of
from .syntax import children, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from .frames import FrameLexicon
    from .mentions import Mention

FORMS = ("name", "adjective", "people", "metonym", "collective", "person", "place", "pronoun")
TYPES = tuple(RelationType)
"""In the order of the network's rows; `UNLISTED` is the row behind them."""
UNLISTED = len(TYPES)
_PREDICATES = frozenset({"VERB", "NOUN", "ADJ", "PROPN"})
_MOST = 20_000
"""Triples of a sentence: of a list of forty countries, where every word might relate any two, nothing is read."""
_SURE = -1.0
"""Least logit of a triple that is told on the network's word alone."""
_FITTING = 0.2
"""Least share of the listed type at which the lexicon's word holds."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of several actors: its words that may be predicates, its mentions, and what the lexicon has for each of either."""

    predicates: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    relations: tuple[tuple[Relation, ...], ...]
    grid: Grid


def sentences_of(doc: Doc, mentions: Sequence[Mention], frames: FrameLexicon) -> Iterator[Sentence]:
    """The sentences of a Doc with several actors and a word that may relate them, as the network reads them; none of a Doc without the encoder's vectors."""
    vectors = role_vectors(doc)
    if vectors is None:
        return
    by_start: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_start.setdefault(doc[mention.head].sent.start, []).append(mention)
    for sentence in doc.sents:
        here = tuple(by_start.get(sentence.start, ()))
        if len({mention.actor.id for mention in here}) > 1 and sum(token.pos_ in _PREDICATES for token in sentence) * len(here) ** 2 <= _MOST:
            read = _sentence(sentence, here, vectors[sentence.start : sentence.end], frames)
            if read.predicates:
                yield read


def _sentence(sentence: Span, mentions: tuple[Mention, ...], vectors: Array, frames: FrameLexicon) -> Sentence:
    start = sentence.start
    above = [_above(sentence.doc[mention.head]) for mention in mentions]
    predicates, relations, ways, listed = [], [], [], []
    for token in sentence:
        if token.pos_ not in _PREDICATES:
            continue
        up = _above(token)
        row = [_way(up, chain) for chain in above]
        if sum(sorted([FARTHEST + 1 if way is None else len(way) for way in row])[:2]) > FARTHEST:
            continue  # not even the nearest two are within reach
        found = _relations(token, mentions, row, frames)
        predicates.append(token)
        ways.append(row)
        relations.append(found)
        listed.append([UNLISTED if relation.frame is None else TYPES.index(relation.type) for relation in found])
    forms = [2 * FORMS.index(mention.form) + (mention.actor.kind is ActorKind.PERSON) for mention in mentions]
    grid = Grid(vectors, [token.i - start for token in predicates], [mention.head - start for mention in mentions], ways, forms, listed)
    return Sentence(tuple(predicates), mentions, tuple(relations), grid)


def _above(token: Token) -> list[Token]:
    """The token and what stands above it, as far up as a way may lead."""
    chain = [token]
    while chain[-1].head is not chain[-1] and len(chain) <= FARTHEST:
        chain.append(chain[-1].head)
    return chain


def _way(up: list[Token], down: list[Token]) -> tuple[str, ...] | None:
    """The arcs from the first word of one chain to the first of the other, "<" up and ">" down; None where they are too many.

    >>> import spacy
    >>> from spacy.tokens import Doc
    >>> from actorgraph.extract.snapshot import snapshot
    >>> peru, praised, chile = snapshot(Doc(spacy.blank("en").vocab, ["Peru", "praised", "Chile"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"]))
    >>> _way([peru, praised], [chile, praised])
    ('<nsubj', '>obj')
    """
    places = {token.i: k for k, token in enumerate(down)}
    for steps, token in enumerate(up):
        if (k := places.get(token.i)) is not None:
            if steps + k > FARTHEST:
                return None
            return (*["<" + word.dep_.lower() for word in up[:steps]], *[">" + word.dep_.lower() for word in reversed(down[:k])])
    return None


def _relations(token: Token, mentions: Sequence[Mention], ways: Sequence[tuple[str, ...] | None], frames: FrameLexicon) -> tuple[Relation, ...]:
    """What the lexicon has for the predicate with each mention as its object, by the preposition on the way and the noun that a verb carries."""
    doc = token.doc
    nouns = [noun for noun in children(token, "obj", "nsubj:pass") if noun.pos_ == "NOUN"] if token.pos_ == "VERB" else []
    known: dict[tuple[str, int], Relation] = {}
    found = []
    for mention, way in zip(mentions, ways, strict=True):
        marked, top = "", None
        if way is not None:
            word = doc[mention.head]
            for _ in way:
                marked = marked or preposition(word)
                if word.head is token:
                    top = word
                    break
                word = word.head
            marked = (preposition(top) if top is not None else "") or marked
        noun = next((noun for noun in nouns if noun is not top and not mention.start <= noun.i < mention.end), None)
        key = marked, -1 if noun is None else noun.i
        if key not in known:
            known[key] = relation_of(token, marked, frames, noun=noun)
        found.append(known[key])
    return tuple(found)


class Triples:
    """What the network says of the triples of one document."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], frames: FrameLexicon) -> None:
        reader = triple_reader(doc)
        self._read = [] if reader is None else [(sentence, *reader(sentence.grid)) for sentence in sentences_of(doc, mentions, frames)]
        self._rows: dict[int, tuple[int, int]] = {}
        self._mentions: list[dict[tuple[int, str], int]] = []
        for k, (sentence, _, _) in enumerate(self._read):
            self._rows |= {token.i: (k, row) for row, token in enumerate(sentence.predicates)}
            self._mentions.append({(mention.head, mention.actor.id): column for column, mention in enumerate(sentence.mentions)})

    def read(self, candidate: Candidate) -> Candidate:
        """The candidate with its likelihood."""
        return replace(candidate, likelihood=self.of(candidate))

    def of(self, candidate: Candidate) -> Likelihood | None:
        """How likely a candidate is; None where the network has not read its triple."""
        if candidate.predicate.i not in self._rows:
            return None
        k, row = self._rows[candidate.predicate.i]
        _, logits, types = self._read[k]
        subject, object_ = (self._mentions[k].get((mention.head, mention.actor.id)) for mention in (candidate.subject, candidate.object))
        if subject is None or object_ is None:
            return None
        ways = [(subject, object_), (object_, subject)]
        type_ = TYPES.index(candidate.relation.type)
        itself, share = max((logits[row, a, b], types[row, a, b, type_]) for a, b in ways[: 1 + candidate.relation.symmetric])
        if not np.isfinite(itself):
            return None
        best, reverse = (float(logits[:, a, b].max()) for a, b in ways)
        if candidate.relation.symmetric:
            best, reverse = max(best, reverse), min(best, reverse)
        return Likelihood(float(itself), best, reverse, float(share))

    def beside(self, told: Iterable[Candidate]) -> Iterator[Candidate]:
        """The surest triple of each two actors of a sentence that no candidate relates there, where the network is sure enough of it."""
        told = list(told)
        joined = {(c.predicate.sent.start, frozenset((c.subject.actor.id, c.object.actor.id))) for c in told}
        for sentence, logits, types in self._read:
            start = sentence.predicates[0].sent.start
            found: dict[frozenset[str], tuple[float, int, int, int]] = {}
            for p, a, b in np.argwhere(logits >= _SURE).tolist():
                subject, object_ = sentence.mentions[a], sentence.mentions[b]
                two = frozenset((subject.actor.id, object_.actor.id))
                apart = len(two) > 1 and (subject.end <= object_.start or object_.end <= subject.start)
                if apart and (start, two) not in joined:
                    found[two] = max(found.get(two, (-np.inf, 0, 0, 0)), (float(logits[p, a, b]), p, a, b))
            for logit, p, a, b in found.values():
                relation = _fitting(sentence.relations[p][b], types[p, a, b])
                one = Candidate(sentence.predicates[p], sentence.mentions[a], sentence.mentions[b], relation, "likely", float(1 / (1 + np.exp(-logit))))
                if not _is_office(one) and not any(map(partial(_repeats, one), told)):
                    yield one


def _is_office(likely: Candidate) -> bool:
    """Whether it is who holds an office: of that the rules of titles know more, who only stands beside it and who held it once."""
    tie = likely.relation.type in (RelationType.LEADS, RelationType.MEMBER)
    return tie and likely.predicate.pos_ in NOMINAL and Offices.load().title(lemma(likely.predicate)) is not None


def _repeats(likely: Candidate, told: Candidate) -> bool:
    """Whether a rule has it of the same phrase: "shot the Iraqi engineer N. N." of Iraqi engineers, where the network has N. N."""
    if likely.predicate is not told.predicate or likely.relation.type is not told.relation.type:
        return False
    same, doc = [], likely.predicate.doc
    for one, other in ((likely.subject, told.subject), (likely.object, told.object)):
        a, b = doc[one.head], doc[other.head]
        listed = has_label(a, "conj") or has_label(b, "conj")
        within = a.head is b or b.head is a or (a.head is b.head and a.head is not likely.predicate)
        same.append(one.actor.id == other.actor.id or (within and not listed))
    return all(same)


def _fitting(listed: Relation, types: Array) -> Relation:
    """The lexicon's relation, with the likeliest type where the network thinks the listed one unlikely."""
    if listed.frame is not None and types[TYPES.index(listed.type)] >= _FITTING:
        return listed
    return replace(listed, type=TYPES[int(types.argmax())], symmetric=False, frame=None)
