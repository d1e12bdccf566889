"""What somebody is given time for, and what is held out to them if they fail: "gave Chad until Friday to withdraw or face sanctions", "warned
Chad that it would cut off supplies".

Who gives a deadline asks something of the other, and threatens where the sentence says what comes otherwise. What a warning says will be done
is done to the one who is warned, where it names nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from .arguments import AGENT, NOMINAL
from .candidates import Candidate
from .conditions import FACING, alternative, time_given
from .records import RelationType
from .relations import Relation, entry, lemma, noun_entry, particle, relation_of
from .syntax import (
    auxiliaries,
    child,
    children,
    coordination,
    has_label,
    is_infinitive,
    is_measure,
    is_passive,
    negation,
    preposition,
    subject,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .arguments import Argument
    from .predication import Predications

_WARNING = frozenset({"warn", "threaten", "tell", "caution", "notify"})
_DONE = frozenset(RelationType(name) for name in ["SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "ACCUSE"])
_SCORE = 0.75


def ultimatums(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """Deadlines, and the harm that a deadline or a warning holds out to whom it is given."""
    for verb in tokens:
        if verb.pos_ != "VERB" or is_passive(verb):
            continue
        if lemma(verb) == "give":
            yield from _deadlines(verb, predications)
        elif lemma(verb) in _WARNING:
            yield from _held_out(verb, predications)


def _deadlines(verb: Token, predications: Predications) -> Iterator[Candidate]:
    """ "gave B until Friday to withdraw", "gave B 48 hours to leave or face": asked of B, or a threat to B."""
    task = next((clause for clause in children(verb, "xcomp", "advcl", "acl", "ccomp") if is_infinitive(clause) and clause.i > verb.i), None)
    time = time_given(verb, task) if task is not None else None
    if task is None or time is None:
        return
    given = [a for a in predications.own(verb) if a.role != AGENT and a.direct and not a.preposition and verb.i < a.filler.i < time.i]
    otherwise = [word for word in verb.subtree if word.i > task.i and word.lower_ in FACING and word.nbor(-1).lower_ in ("or", "else")]
    frame = predications.frames.lookup("give", "v", carried=["ultimatum" if otherwise else "deadline"])
    if frame is None:
        return
    relation = Relation("give until" if time.lower_ == "until" else f"give {time.lower_}", frame.type, False, frame)
    for agent, other in product(predications.agents(verb)[0], given):
        if agent.direct and other.mention.form != "place" and agent.mention.actor.id != other.mention.actor.id:
            yield Candidate(verb, agent.mention, other.mention, relation, "clausal", min(agent.score, other.score, _SCORE))
            yield from _faced([word for word in verb.subtree if word.i > task.i and alternative(word)], agent, other, predications)


def _held_out(verb: Token, predications: Predications) -> Iterator[Candidate]:
    """What "warned B that" says: B "would face sanctions", the one who warns "would cut off aid"."""
    warned = [a for a in predications.own(verb) if a.role != AGENT and a.direct and has_label(a.filler, "obj", "iobj")]
    clause = next((clause for clause in children(verb, "ccomp") if clause.pos_ == "VERB" and clause.i > verb.i), None)
    if clause is None or len(warned) != 1 or negation(clause) is not None or not any(aux.tag_ == "MD" for aux in auxiliaries(clause)):
        return
    found = subject(clause)
    if found is None or found.pos_ != "PRON":
        return
    for agent in predications.agents(verb)[0]:
        if agent.mention.actor.id == warned[0].mention.actor.id or not agent.direct:
            continue
        if lemma(clause) in FACING:
            yield from _faced(children(clause, "obj"), agent, warned[0], predications)
        elif agent.mention.actor.id in {mention.actor.id for mention in predications.actors.at(found)}:
            yield from _done(clause, agent, warned[0], predications)


def _faced(harms: list[Token], agent: Argument, other: Argument, predications: Predications) -> Iterator[Candidate]:
    """The harm that the other is to face, as a deed of the one who says so."""
    for first in harms:
        for noun in coordination(first):
            frame = predications.frames.lookup(noun_entry(noun, predications.frames), "n", prep="against") if noun.pos_ in NOMINAL else None
            if frame is not None and frame.type in _DONE and not any(preposition(part) in ("by", "from") for part in children(noun, "nmod")):
                marked = "on" if frame.type is RelationType.SANCTION else "against"
                yield Candidate(noun, agent.mention, other.mention, relation_of(noun, marked, predications.frames), "clausal", min(agent.score, other.score, _SCORE))


def _done(verb: Token, agent: Argument, other: Argument, predications: Predications) -> Iterator[Candidate]:
    """What the one who warns will do, to the other where the clause names nobody else."""
    noun = child(verb, "obj")
    if noun is not None and is_measure(noun):  # "300 million dollars in aid"
        noun = next((part for part in children(noun, "nmod") if preposition(part) in ("in", "of", "worth of")), noun)
    named = [a for a in predications.own(verb) if a.role != AGENT and a.mention.actor.id != agent.mention.actor.id]
    if noun is None or noun.pos_ != "NOUN" or named:
        return
    frame = predications.frames.lookup(lemma(verb), "v", carried=[lemma(noun)], particle=particle(verb))
    event = predications.frames.lookup(lemma(noun), "n", prep="on") if predications.is_light(verb) else None
    if frame is None or not frame.carried:
        frame = event
    if frame is not None and frame.type in _DONE:
        relation = Relation(f"{entry(verb)} {noun.lower_}", frame.type, False, frame)
        yield Candidate(verb, agent.mention, other.mention, relation, "clausal", min(agent.score, other.score, _SCORE))
