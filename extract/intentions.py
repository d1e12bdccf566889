"""What an actor says it will do, would do, refuses or threatens to do to another is a relation of its own.

"A agreed to send aid to B" gives A → send aid to → B (planned) and A → agree to send aid to → B (AGREE); "threatened to
invade" THREATEN, "refused to recognise" REJECT, "will send aid to" AGREE. The scheme is PLOVER's (Open Event Data
Alliance, "PLOVER Codebook", AGREE: a stated willingness).

A clause as object gives a relation too: "A demanded that B withdraw" is a REQUEST to B.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from .arguments import AGENT, BETWEEN
from .attribution import attribution_of
from .candidates import Candidate
from .factuality import assess
from .frames import CarrierKind
from .obliques import is_listed
from .records import ActorKind, Family, Modality, RelationType
from .relations import Relation, entry, lemma, may_mean, part_of_speech, relation_of
from .scope import embeddings
from .syntax import auxiliaries, children, first_conjunct, has_label, is_infinitive, is_passive, marker, negation, preposition, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .arguments import Argument
    from .frames import Frame, FrameLexicon
    from .predication import Predications

_STATED = frozenset({RelationType.AGREE, RelationType.THREATEN, RelationType.REJECT, RelationType.REQUEST})
_HARM = frozenset(RelationType(name) for name in ["SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST"])
_REPORTED_FUTURE = frozenset({"would", "'d", "’d"})
_FUTURE = frozenset({"will", "wo", "'ll", "’ll", "shall"}) | _REPORTED_FUTURE
_CLAUSAL = frozenset({RelationType.REQUEST, RelationType.ACCUSE})
_UNLESS = frozenset({"unless", "if", "until"})
_ANSWERED = frozenset({"", "to", "with"})
_DUTY = frozenset({"must", "should", "ought"})
_FORCES = frozenset({"troop", "soldier", "force", "army", "unit", "battalion", "brigade", "regiment", "contingent", "marine", "fighter"})
_THINKING = frozenset({"believe", "think", "feel", "consider", "suppose", "find", "reckon", "agree", "understand", "dream", "guess", "imagine"})
"""What asks nothing of anybody, whatever ought to be done."""
_CONTENT_SCORE = 0.7
_LONGEST_CHAIN = 3
"""Steps between what is done and who says so: "willing to send material to help defend"."""


def stated_intentions(candidates: Iterator[Candidate], predications: Predications) -> Iterator[Candidate]:
    """Each candidate, followed by the intention that its subject states towards the object, if any.

    What is refused is told by the refusal, and its act, which is not done, left out.
    """
    for candidate in candidates:
        stated = _intention(candidate, predications)
        if stated is None or stated.relation.type is not RelationType.REJECT:
            yield candidate
        if stated is not None:
            yield stated


def _intention(candidate: Candidate, predications: Predications) -> Candidate | None:
    verb, phrase = _act(candidate, predications)
    if verb is None or _is_between(candidate) or candidate.relation.type.family not in (Family.COOPERATION, Family.CONFLICT, Family.OTHER):
        return None
    return (
        _promised(candidate, verb, predications)
        or next(_governed(candidate, verb, phrase, predications), None)
        or next(_announced(candidate, verb, phrase, predications), None)
    )


def _is_object_of_refusal(noun: Token, verb: Token, predications: Predications) -> bool:
    """Whether the noun is what somebody refuses to commit to or agree to: "refused to commit to any assistance to"."""
    return has_label(noun, "obl") and preposition(noun) == "to" and has_label(verb, "xcomp") and any(row.kind is CarrierKind.NEGATIVE for row in predications.carriers(verb.head))


def _is_between(candidate: Candidate) -> bool:
    """Whether the act is done between two sides: who is ready to mediate agrees with neither."""
    side = candidate.predicate.doc[candidate.object.head]
    return preposition(first_conjunct(side)) in BETWEEN


def _promised(candidate: Candidate, verb: Token, predications: Predications) -> Candidate | None:
    """What is promised or threatened in a noun: "promised aid to", "threatened retaliation against"."""
    noun = candidate.predicate
    frame = predications.frames.lookup(entry(verb), "v") if noun.pos_ == "NOUN" and verb.pos_ == "VERB" else None
    if frame is None or frame.type not in (RelationType.AGREE, RelationType.THREATEN) or not has_label(noun, "obj"):
        return None
    rows = predications.carriers(verb)
    done = candidate.relation.type.family is Family.CONFLICT and any(row.kind is CarrierKind.LIGHT and row.modality is None for row in rows)
    if done or not any(row.modality is Modality.PLANNED for row in rows):
        return None  # who "undertook a raid on" somebody has promised nothing
    relation = Relation(f"{entry(verb)} {candidate.relation.phrase}", frame.type, False, frame)
    return Candidate(verb, candidate.subject, candidate.object, relation, "intention", candidate.score, candidate.quantified)


def _act(candidate: Candidate, predications: Predications) -> tuple[Token | None, str]:
    """The verb of what is done, and its phrase; of a noun the support verb over it: "impose restrictions on"."""
    predicate, phrase = candidate.predicate, candidate.relation.phrase
    if predicate.pos_ in ("VERB", "ADJ"):
        return predicate, phrase
    step = next(iter(embeddings(predicate)), None)
    if step is None or step.governor.pos_ != "VERB" or not (has_label(predicate, "obj", "conj") or _is_object_of_refusal(predicate, step.governor, predications)):
        return None, phrase
    if candidate.subject.actor.id not in {argument.mention.actor.id for argument in predications.agents(step.governor)[0]}:
        return None, phrase
    return step.governor, f"{entry(step.governor)} {predicate.lower_} {phrase.rpartition(' ')[2]}"


def _governed(candidate: Candidate, verb: Token, phrase: str, predications: Predications) -> Iterator[Candidate]:
    """The intention in the verb, adjective or noun above: "agreed to", "is ready to send material to", "its offer to"."""
    for step in islice(embeddings(verb), _LONGEST_CHAIN):
        above = step.governor
        if predications.actors.at(above):
            return  # "support the opposition to defend the town": people, and no stand
        if step.link not in ("complement", "purpose") or step.inner.tag_ != "VB":
            return
        governs = any(row.kind in (CarrierKind.CONTROL, CarrierKind.NEGATIVE, CarrierKind.NOMINAL) for row in step.carriers)
        frame = _frame(above, predications.frames) if governs and step.link == "complement" else None
        if frame is None or frame.type not in _STATED:
            continue
        type_ = _stated(frame.type, candidate.relation.type)
        intending = {argument.mention.actor.id for argument in predications.agents(above)[0]}
        if frame.type is RelationType.REQUEST and any(argument.direct for argument in _addressed(above, predications)):
            return  # "asked Peru for money to fortify the border with Chile" asks nothing of Chile
        if type_ is RelationType.REJECT and _is_of_forces(candidate):
            return
        if type_ is not None and candidate.subject.actor.id in intending:
            relation = Relation(f"{entry(above)} to {phrase}", type_, False, frame)
            yield Candidate(above, candidate.subject, candidate.object, relation, "intention", candidate.score, candidate.quantified)
        return


def _stated(stance: RelationType, content: RelationType) -> RelationType | None:
    """What a stance makes of its content: who promises harm threatens; who refuses to harm turns nobody down."""
    harm = content in _HARM
    if stance is RelationType.AGREE and harm:
        return RelationType.THREATEN
    return None if stance is RelationType.REJECT and harm else stance


def _frame(token: Token, frames: FrameLexicon) -> Frame | None:
    pos = part_of_speech(token)
    found = frames.lookup(entry(token), pos, prep="to") or frames.lookup(lemma(token), pos)
    if found is None and token.tag_ in ("VBN", "VBD"):
        found = frames.lookup(token.lower_, "a", prep="to")
    return found


def _announced(candidate: Candidate, verb: Token, phrase: str, predications: Predications) -> Iterator[Candidate]:
    """What an actor "will" do for another, do to it, or not do for it; in reported speech "would"."""
    future = next((aux for aux in auxiliaries(verb) if aux.lower_ in _FUTURE), None)
    if future is None or not has_label(verb, "root", "ccomp", "parataxis", "conj") or children(verb, "nsubj:pass") or is_infinitive(verb):
        return
    if future.lower_ in _REPORTED_FUTURE and assess(verb).modality is not Modality.PLANNED:
        return
    content = candidate.relation.type
    denied = any(word is not None and negation(word) is not None for word in (verb, candidate.predicate, candidate.quantified))  # "will have no dealings with"
    if denied and _is_of_forces(candidate):
        return
    if content.family is Family.COOPERATION and (denied or content is not RelationType.AGREE):
        type_ = RelationType.REJECT if denied else RelationType.AGREE
    elif content in _HARM and not denied and _speaks_for_itself(candidate, verb, predications):
        type_ = RelationType.THREATEN
    else:
        return
    relation = Relation(f"will {'not ' if denied else ''}{phrase}", type_, False, candidate.relation.frame)
    yield Candidate(future, candidate.subject, candidate.object, relation, "intention", candidate.score, candidate.quantified)


def _is_of_forces(candidate: Candidate) -> bool:
    """Whether it is forces that are sent: who keeps his own out of a country turns down whoever wanted them there."""
    noun = candidate.quantified
    return candidate.relation.type is RelationType.AID and noun is not None and lemma(noun) in _FORCES


def _speaks_for_itself(candidate: Candidate, verb: Token, predications: Predications) -> bool:
    """Whether the actor's own side says what the actor will do; what others foresee is no threat."""
    source = attribution_of(verb)
    if source is None or source.head is None:
        return False
    side = {candidate.subject.actor.id, candidate.subject.actor.country}
    speakers = [filling.mention.actor for filling in predications.actors.of(verb.doc[source.head], conjuncts=False)]
    return any({speaker.id, speaker.country} & side - {None} for speaker in speakers)


def clausal_objects(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """A clause whose subject is whom it is about.

    "A demanded that B withdraw", "A charged that B was arming rebels", "A said that B must withdraw", "A stressed the need
    for B to withdraw".
    """
    for token in tokens:
        if token.pos_ == "VERB":
            yield from _demanded(token, predications)
            yield from _threatened_unless(token, predications)
            yield from _refused(token, predications)
        elif token.pos_ == "NOUN":
            yield from _needed(token, predications)


def _demanded(verb: Token, predications: Predications) -> Iterator[Candidate]:
    for clause in children(verb, "ccomp"):
        relation = relation_of(verb, "that" if is_listed(predications.frames, verb, "that") else "", predications.frames)
        if predications.is_report(verb) and relation.type not in _CLAUSAL:
            duty = next((aux for aux in auxiliaries(clause) if aux.lower_ in _DUTY), None)
            if duty is None or lemma(verb) in _THINKING:
                continue
            relation = Relation(f"{entry(verb)} {duty.lower_}", RelationType.REQUEST, False, None)
        told = relation.type is RelationType.ACCUSE  # "complained to the governor that soldiers had": it is not he who is accused
        others = [argument for argument in _addressed(verb, predications) if argument.role != AGENT and argument.direct]
        if relation.type in _CLAUSAL and all(told and argument.preposition == "to" for argument in others):
            fronted = clause.i < verb.i  # "Chad must withdraw, Diop said": who says it stands behind it
            agents = [agent for agent in predications.agents(verb)[0] if not fronted or agent.mention.start > clause.i]
            yield from _about(verb, agents, _asked(clause, predications), relation, predications)


def _asked(clause: Token, predications: Predications) -> Token | None:
    """Whom a clause asks something of: its subject; of a passive one who is to do it or gives it up ("that land be taken from Peru").

    A passive's subject that only belongs to somebody asks nothing of them: "demanded that Chad's dams be inspected"; and no more
    does a crowd that others are to deal with: "that the hijackers be brought to justice".
    """
    found = subject(clause)
    if not is_passive(clause):
        return found
    others = {preposition(noun): noun for noun in children(clause, "obl") if any(f.mention.form != "place" for f in predications.actors.of(noun))}
    outright = found is not None and any(f.direct and f.mention.actor.kind is not ActorKind.GROUP for f in predications.actors.of(found))
    return others.get("by") or (found if outright else others.get("from"))


def _threatened_unless(verb: Token, predications: Predications) -> Iterator[Candidate]:
    """Who has to do or leave something for a threat to be lifted: "threatened to close the port unless B pays"."""
    if not may_mean(verb, RelationType.THREATEN, predications.frames):
        return
    relation = relation_of(verb, "", predications.frames)
    if relation.type is not RelationType.THREATEN or any(argument.role != AGENT and argument.direct for argument in _addressed(verb, predications)):
        return
    for clause in verb.subtree:  # parsers hang it on any verb below
        if clause.i > verb.i and has_label(clause, "advcl") and marker(clause) in _UNLESS:
            yield from _about(verb, predications.agents(verb)[0], subject(clause), relation, predications)


def _refused(verb: Token, predications: Predications) -> Iterator[Candidate]:
    """Whom a refusal is about, of a verb that no table lists: "refused to respond to a demand by B"."""
    if not any(row.kind is CarrierKind.NEGATIVE for row in predications.carriers(verb)):
        return
    frame = _frame(verb, predications.frames)
    for clause in children(verb, "xcomp"):
        if frame is None or frame.type is not RelationType.REJECT or predications.frames.is_relational(lemma(clause), "v"):
            continue
        for argument in predications.own(clause):
            marked = argument.preposition
            if argument.role == AGENT or not argument.filler.i > clause.i or marked not in _ANSWERED:
                continue
            relation = Relation(" ".join(filter(None, [f"{entry(verb)} to {entry(clause)}", marked])), RelationType.REJECT, False, frame)
            for agent in predications.agents(verb)[0]:
                if agent.mention.actor.id != argument.mention.actor.id:
                    yield Candidate(verb, agent.mention, argument.mention, relation, "clausal", min(argument.score, _CONTENT_SCORE))


def _addressed(verb: Token, predications: Predications) -> list[Argument]:
    return [argument for argument in predications.own(verb) if has_label(argument.filler, "obj", "iobj", "obl")]


def _needed(noun: Token, predications: Predications) -> Iterator[Candidate]:
    """The noun's clause: "the need for B to withdraw", "its demand that B withdraw"."""
    clauses = children(noun, "acl")
    if not clauses:
        return
    relation = relation_of(noun, "to", predications.frames)
    if relation.type is not RelationType.REQUEST and noun.lemma_.lower() != "need":
        return
    for clause in clauses:
        agents = predications.agents(noun)[0]
        if not agents and has_label(noun, "obj"):
            agents = predications.agents(noun.head)[0]
        yield from _about(noun, agents, subject(clause), Relation(f"{lemma(noun)} for", RelationType.REQUEST, False, relation.frame), predications)


def _about(
    predicate: Token, agents: Sequence[Argument], about: Token | None, relation: Relation, predications: Predications
) -> Iterator[Candidate]:
    if about is None or (about.i < predicate.i and not any(agent.mention.start > about.i for agent in agents)):
        return
    objects = [filling.mention for filling in predications.actors.of(about)]
    for agent in agents:
        for object_ in objects:
            if agent.mention.actor.id != object_.actor.id:
                yield Candidate(predicate, agent.mention, object_, relation, "clausal", min(agent.score, _CONTENT_SCORE))
