"""Attacks in words: "attacked Chile in a letter", "used the budget to attack farmers", "came under fire from Chile over the tax" accuse, and wound nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from .records import ActorKind, RelationType
from .relations import lemma
from .syntax import child, children, has_label, is_passive, marker, preposition, subject
from .voices import IN_ARMS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .candidates import Candidate

_ATTACKING = frozenset({"attack", "assail", "assault", "savage"})
_WORDS = frozenset({
    "address", "advert", "advertisement", "article", "blog", "book", "broadcast", "budget", "column", "comment", "editorial", "essay", "interview", "lecture",
    "letter", "manifesto", "memoir", "newspaper", "op-ed", "pamphlet", "poem", "post", "remark", "report", "sermon", "song", "speech", "statement", "tweet",
})  # fmt: skip
"""What is said, written or laid before a parliament."""
_THOUGHTS = frozenset({
    "argument", "belief", "claim", "concept", "credibility", "decision", "doctrine", "idea", "ideal", "ideology", "influence", "legitimacy", "motive", "myth",
    "narrative", "notion", "opinion", "philosophy", "policy", "proposal", "propaganda", "record", "reputation", "stance", "theory", "view", "worldview",
})  # fmt: skip
_IN = frozenset({"in", "with", "through", "by"})


def in_words(candidate: Candidate) -> Candidate:
    """The candidate, as ACCUSE where it is in words that somebody is attacked, or a country charged; what armed groups attack, they attack with arms."""
    relation, token = candidate.relation, candidate.predicate
    if relation.type is RelationType.COERCE and lemma(token) == "charge" and candidate.object.actor.kind is ActorKind.COUNTRY and not candidate.object.sector:
        return replace(candidate, relation=replace(relation, type=RelationType.ACCUSE))  # no court tries a country
    if relation.type is not RelationType.ASSAULT:
        return candidate
    attacking = lemma(token) in _ATTACKING
    if token.pos_ == "VERB" and _is_thought_of(candidate):
        return replace(candidate, relation=replace(relation, type=RelationType.ACCUSE if attacking else RelationType.REJECT))
    if not attacking or candidate.subject.sector in IN_ARMS:
        return candidate
    if token.pos_ == "VERB":
        spoken = any(noun.lemma_.lower() in _WORDS for noun in _means(token)) or (candidate.subject.form == "person" and _gives_reason(token))
    else:
        spoken = preposition(token) == "under" and (candidate.subject.form == "person" or _gives_reason(token) or _gives_reason(token.head))
    return replace(candidate, relation=replace(relation, type=RelationType.ACCUSE)) if spoken else candidate


def _is_thought_of(candidate: Candidate) -> bool:
    """Whether it is what somebody thinks, says or decides that is attacked or defeated: "fought the ideology of the rebels"."""
    thought = child(candidate.predicate, "obj", "nsubj:pass")
    return thought is not None and lemma(thought) in _THOUGHTS and thought.is_ancestor(thought.doc[candidate.object.head])


def _means(verb: Token) -> Iterator[Token]:
    """What it is done with or in: the subject, "in a speech", "used a speech to attack"."""
    first = subject(verb)
    if first is not None and not is_passive(verb):
        yield first
    yield from (noun for noun in children(verb, "obl") if preposition(noun) in _IN)
    used = child(verb.head, "obj") if has_label(verb, "advcl", "xcomp") and lemma(verb.head) == "use" else None
    if used is not None:
        yield used


def _gives_reason(verb: Token) -> bool:
    """Whether somebody is attacked for a deed: "attacked Chile for raising the tax", "under attack over the tax"."""
    blamed = any(clause.tag_ == "VBG" and marker(clause) == "for" for clause in children(verb, "advcl"))
    return blamed or any(preposition(noun) == "over" for noun in children(verb, "obl"))
