"""What an actor says it will do, would do, refuses or threatens to do to another is a relation of its own.

"A agreed to send aid to B" gives A → send aid to → B (planned) and A → agree to send aid to → B (AGREE); "threatened to
invade" THREATEN, "refused to recognise" REJECT, "will send aid to" AGREE. The scheme is PLOVER's (Open Event Data
Alliance, "PLOVER Codebook", AGREE: a stated willingness).

A clause as object gives a relation too: "A demanded that B withdraw" is a REQUEST to B.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .candidates import Candidate
from .frames import CarrierKind
from .records import Family, RelationType
from .relations import Relation, entry, lemma, part_of_speech, relation_of
from .scope import embeddings
from .syntax import auxiliaries, children, has_label, is_infinitive, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .arguments import Argument
    from .frames import Frame, FrameLexicon
    from .predication import Predications

_STATED = frozenset({RelationType.AGREE, RelationType.THREATEN, RelationType.REJECT, RelationType.REQUEST})
_FUTURE = frozenset({"will", "'ll", "’ll", "shall"})
_CLAUSAL = frozenset({RelationType.REQUEST, RelationType.ACCUSE})
_DUTY = frozenset({"must", "should", "ought"})
_CONTENT_SCORE = 0.7


def stated_intentions(candidates: Iterator[Candidate], predications: Predications) -> Iterator[Candidate]:
    """Each candidate, followed by the intention that its subject states towards the object, if any."""
    for candidate in candidates:
        yield candidate
        if candidate.predicate.pos_ not in ("VERB", "ADJ"):
            continue
        yield from _governed(candidate, predications)
        if candidate.relation.type.family is Family.COOPERATION and candidate.relation.type is not RelationType.AGREE:
            yield from _announced(candidate)


def _governed(candidate: Candidate, predications: Predications) -> Iterator[Candidate]:
    """The intention in the verb, adjective or noun right above: "agreed to", "is ready to", "its offer to"."""
    step = next(iter(embeddings(candidate.predicate)), None)
    if step is None or step.link != "complement" or not is_infinitive(step.inner):
        return
    above = step.governor
    if not any(row.kind in (CarrierKind.CONTROL, CarrierKind.NEGATIVE, CarrierKind.NOMINAL) for row in step.carriers):
        return
    frame = _frame(above, predications.frames)
    intending = {argument.mention.actor.id for argument in predications.agents(above)[0]}
    if frame is None or frame.type not in _STATED or candidate.subject.actor.id not in intending:
        return
    relation = Relation(f"{entry(above)} to {candidate.relation.phrase}", frame.type, False, frame)
    yield Candidate(above, candidate.subject, candidate.object, relation, "intention", candidate.score, candidate.quantified)


def _frame(token: Token, frames: FrameLexicon) -> Frame | None:
    pos = part_of_speech(token)
    found = frames.lookup(entry(token), pos, prep="to") or frames.lookup(lemma(token), pos)
    if found is None and token.tag_ in ("VBN", "VBD"):
        found = frames.lookup(token.lower_, "a", prep="to")
    return found


def _announced(candidate: Candidate) -> Iterator[Candidate]:
    """What an actor "will" do for another."""
    verb = candidate.predicate
    future = next((aux for aux in auxiliaries(verb) if aux.lower_ in _FUTURE), None)
    if future is None or not has_label(verb, "root", "ccomp", "parataxis", "conj") or children(verb, "nsubj:pass"):
        return
    relation = Relation(f"will {candidate.relation.phrase}", RelationType.AGREE, False, candidate.relation.frame)
    yield Candidate(future, candidate.subject, candidate.object, relation, "intention", candidate.score, candidate.quantified)


def clausal_objects(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """A clause whose subject is whom it is about.

    "A demanded that B withdraw", "A charged that B was arming rebels", "A said that B must withdraw", "A stressed the need
    for B to withdraw".
    """
    for token in tokens:
        if token.pos_ == "VERB":
            yield from _demanded(token, predications)
        elif token.pos_ == "NOUN":
            yield from _needed(token, predications)


def _demanded(verb: Token, predications: Predications) -> Iterator[Candidate]:
    for clause in children(verb, "ccomp"):
        relation = relation_of(verb, "", predications.frames)
        if predications.is_report(verb) and relation.type not in _CLAUSAL:
            duty = next((aux for aux in auxiliaries(clause) if aux.lower_ in _DUTY), None)
            if duty is None:
                continue
            relation = Relation(f"{entry(verb)} {duty.lower_}", RelationType.REQUEST, False, None)
        if relation.type in _CLAUSAL and not any(argument.role != "A0" and argument.direct for argument in _addressed(verb, predications)):
            yield from _about(verb, predications.agents(verb)[0], subject(clause), relation, predications)


def _addressed(verb: Token, predications: Predications) -> list[Argument]:
    return [argument for argument in predications.own(verb) if has_label(argument.filler, "obj", "iobj", "obl")]


def _needed(noun: Token, predications: Predications) -> Iterator[Candidate]:
    """The noun's clause: "the need for B to withdraw", "its demand that B withdraw"."""
    relation = relation_of(noun, "to", predications.frames)
    if relation.type is not RelationType.REQUEST and noun.lemma_.lower() != "need":
        return
    for clause in children(noun, "acl"):
        agents = predications.agents(noun)[0]
        if not agents and has_label(noun, "obj"):
            agents = predications.agents(noun.head)[0]
        yield from _about(noun, agents, subject(clause), Relation(f"{lemma(noun)} for", RelationType.REQUEST, False, relation.frame), predications)


def _about(
    predicate: Token, agents: Sequence[Argument], about: Token | None, relation: Relation, predications: Predications
) -> Iterator[Candidate]:
    if about is None or about.i < predicate.i:
        return
    objects = [filling.mention for filling in predications.actors.of(about)]
    for agent in agents:
        for object_ in objects:
            if agent.mention.actor.id != object_.actor.id:
                yield Candidate(predicate, agent.mention, object_, relation, "clausal", min(agent.score, _CONTENT_SCORE))
