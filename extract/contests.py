"""Contests without violence: "Chile defeated Peru 7-4", "the government's motion was defeated by the opposition" are no assault.

What players do beside playing each other relates nobody: "Fiji made a change with Tall in goal", "Diop finished before Tall".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from .arguments import NOMINAL
from .gazetteer import DATA, read_table
from .records import ActorKind, RelationType
from .relations import lemma
from .snapshot import once_a_document
from .syntax import child, children, first_conjunct, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .candidates import Candidate

_HARM = frozenset({RelationType.ASSAULT, RelationType.COERCE, RelationType.RIVAL})
_GOING = frozenset({"enter", "leave", "exit", "reach"})
_SCORE = re.compile(
    r"(?<![\w.,–-])(?<!on )\d{1,3} ?(?:-|–|—|--) ?\d{1,3}(?![\w–-]|[.,]\d)"
    r"|\b\d{1,3} (?:points? |runs? |goals? )?to \d{1,3}\b(?! \w*(?:vote|people|men|soldier))"
)
_MANY, _DENSE = 3, 70
"""A text is about a game with so many of its words, and one in so many of all."""


def peaceful(candidate: Candidate) -> Candidate:
    """The candidate, as OTHER where what is won or lost is a game or a motion, as RIVAL where one candidate beats the other in a vote."""
    relation, token = candidate.relation, candidate.predicate
    if relation.type not in _HARM or token.pos_ != "VERB" or lemma(token) not in _words("verb"):
        return candidate
    if _is_vote(token) and _is_beaten(candidate):
        return replace(candidate, relation=replace(relation, type=RelationType.RIVAL))
    return replace(candidate, relation=replace(relation, type=RelationType.OTHER)) if _is_game(token) or _is_vote(token) else candidate


def _is_beaten(candidate: Candidate) -> bool:
    """Whether the actor itself loses, and not a motion of its or a seat there."""
    name = candidate.predicate.doc[candidate.object.head]
    loser = first_conjunct(name.head if has_label(name, "appos", "flat") else name)
    return has_label(loser, "obj", "nsubj:pass") and loser.head.i == candidate.predicate.i


def relates(candidate: Candidate) -> bool:
    """Whether the predicate is more than what one does alone: not "chanted 'Peru'", not "win Gao" of who wins there, not the competition that teams are in."""
    relation, token = candidate.relation, candidate.predicate
    if lemma(token) in _words("field") and _is_about_game(token.doc):
        return False
    if relation.phrase == "national of" and (_is_game(token) or _is_about_game(token.doc)):
        return False  # nobody asks whose the players are
    if token.pos_ in NOMINAL:
        return not (candidate.rule == "reciprocal" and lemma(token) in _words("event") and _is_entered(token))
    if relation.type is not RelationType.OTHER or relation.frame is not None or token.pos_ != "VERB":
        return True
    if lemma(token) == "play" and candidate.object.actor.kind is ActorKind.PERSON and not _is_game(token):
        return False  # whom an actor plays
    if lemma(token) in _words("alone") or (lemma(token) == "win" and candidate.object.form == "place") or _only_goes(candidate):
        return False
    return not _is_game(token) or not {lemma(token), relation.phrase}.isdisjoint(_words("verb") | _words("play"))


def _only_goes(candidate: Candidate) -> bool:
    """Whether people go into a country or out of it, which acts on nobody: "entered Uganda in 1990", and not of whom a country sends there."""
    to = candidate.object
    return lemma(candidate.predicate) in _GOING and to.actor.kind is ActorKind.COUNTRY and candidate.subject.actor.kind in (ActorKind.PERSON, ActorKind.GROUP)


def _is_entered(event: Token) -> bool:
    """Whether the event is one that is held and entered: "to win the competition", "four teams in the competition"."""
    return child(event, "det") is not None and not any(preposition(noun) in ("between", "among", "with") for noun in children(event, "nmod"))


def _is_game(verb: Token) -> bool:
    """Whether the sentence speaks of a game, or gives a score."""
    games = _words("game")
    if any(token.lemma_.lower() in games for token in verb.sent):
        return True
    return lemma(verb) in ("defeat", "beat") and (_is_about_game(verb.doc) or _SCORE.search(verb.sent.text) is not None)


@once_a_document
def _is_about_game(doc: Doc) -> bool:
    """Whether the text reports of sport: words of games all over it."""
    games = _words("game")
    found = sum(token.lemma_.lower() in games for token in doc)
    return found >= _MANY and found * _DENSE >= len(doc)


def _is_vote(verb: Token) -> bool:
    """Whether a vote is where it is won, or a motion what is defeated."""
    votes = _words("vote")
    return any(noun.lemma_.lower() in votes for noun in _near(verb)) or any(word.lower_ == "votes" and child(word, "nummod") is not None for word in verb.subtree)


def _near(verb: Token) -> Iterator[Token]:
    for noun in children(verb, "nsubj", "nsubj:pass", "obj", "obl"):
        if not has_label(noun, "obl") or preposition(noun) in ("in", "at", "by"):
            yield noun
            yield from (part for part in children(noun, "nmod") if preposition(part) == "of")


@lru_cache(maxsize=1)
def _table() -> Mapping[str, frozenset[str]]:
    rows = [row for _, row in read_table(DATA / "contests.tsv", ("word", "kind"))]
    return MappingProxyType({kind: frozenset(row["word"] for row in rows if row["kind"] == kind) for kind in ("verb", "game", "vote", "play", "alone", "event", "field")})


def _words(kind: str) -> frozenset[str]:
    return _table()[kind]
