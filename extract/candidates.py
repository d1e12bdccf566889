"""Candidate triples: from each predicate, its agents with each other actor in its roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from .arguments import BETWEEN, NOMINAL, Argument
from .asking import as_request
from .bystanders import (
    FORCES,
    is_example,
    is_house,
    is_of_gerund,
    is_scene,
    is_victim,
    says_by_oneself,
)
from .holding import LAID_ON, MOVING, breaks_off, holds
from .joining import as_joining
from .offices import Offices
from .predicate_words import is_predicate
from .records import ActorKind, RelationType
from .relations import Relation, carrying, lemma, noun_entry, part_of_speech, particle, relation_of
from .syntax import RECIPROCAL, child, children, each_other, has_label, is_passive, preposition
from .withdrawals import as_withdrawal

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .fillers import ActorIndex
    from .frames import Frame, FrameLexicon
    from .predication import Predication, Predications

_NOUN_COMPLEMENTS = frozenset({"against", "with", "to", "toward", "towards", "on", "over", "for", "from", "between"})
WEAPONS = frozenset({"rod", "stone", "stick", "club", "baton", "fist", "knife", "machete", "spear", "arrow", "rifle", "gun", "artillery", "rocket", "mortar", "missile", "drone", "tank", "bottle", "rock", "brick", "weapon", "fire", "sword", "axe", "shell"})
"""What one fights with without its being a party: "the troops clashed with sticks and stones"."""
_UNLISTED_SCORE = 0.55
"""Least score of both arguments for a verb that no table lists."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """Logits of being stated: of the triple itself, and of the same two actors by whatever word, this way round and the other.

    `type` is the share of the candidate's type among all types, 0..1.
    """

    itself: float
    best: float
    reverse: float
    type: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A triple before it is judged how it is stated.

    `score` is the model's for the weaker argument, 0..1; `quantified` the noun whose quantity belongs to it, if any; `likelihood` what the
    network of triples says, None where it has not read it.
    """

    predicate: Token
    subject: Mention
    object: Mention
    relation: Relation
    rule: str
    score: float
    quantified: Token | None = None
    likelihood: Likelihood | None = None

    @property
    def key(self) -> tuple[int, str, str, str]:
        """What makes two candidates the same statement."""
        return self.predicate.i, self.subject.actor.id, self.relation.phrase, self.object.actor.id


def predicate_candidates(tokens: Iterable[Token], predications: Predications) -> Iterator[Candidate]:
    """The candidates of every predicate among the tokens, in the order of the text."""
    predicates = [token for token in tokens if is_predicate(token, predications)]
    predications.ask(predicates)
    for token in predicates:
        yield from _pairs(predications.read(token), predications.frames, predications.actors)


def _pairs(predication: Predication, frames: FrameLexicon, actors: ActorIndex) -> Iterator[Candidate]:
    token = predication.token
    agents, others = list(predication.agents), [other for other in predication.others if not is_house(other, token, frames)]
    if (felt := _felt(token, frames)) is not None:
        yield from _feelings(predication, felt, frames)
        return
    nominal = token.pos_ in NOMINAL
    if token.pos_ in ("VERB", "ADJ"):
        others += _beyond_nouns(predication, others, frames, actors)
    if not others and len(agents) < 2:
        return
    if not agents:
        agents, others = _stand_in(predication, others, frames)
    if token.pos_ == "VERB" and len(agents) > 1:
        exchanged = [noun for noun in predication.nouns if (row := carrying(token, noun, frames)) is not None and row.symmetric]
        others = [argument for argument in others if argument.filler not in exchanged]  # "Peru and Chile exchanged prisoners", who do nothing
    between = [argument for argument in (*agents, *others) if argument.preposition in BETWEEN]
    if len(between) > 1:
        mutual = list(_reciprocal(predication, between, frames, "nominal" if nominal else "verbal"))
        if mutual or all(agent in between for agent in agents):
            yield from mutual
            return
    if len(agents) > 1 and (other := each_other(token)) is not None:
        yield from _mutual(predication, agents, preposition(other), frames)
        return
    if len(agents) > 1 and not _has_partner(token) and not any(argument.direct and not argument.preposition for argument in others):
        together = list(_reciprocal(predication, agents, frames, "reciprocal")) if _stand_together(agents) or not nominal else []
        if together:
            yield from together
            return
    acting = {argument.mention.actor.id for argument in agents}
    affected = {argument.mention.actor.id for argument in others}
    for subject in agents:
        for object_ in others:
            if _refers_back(subject, affected) or _refers_back(object_, acting):
                continue
            if is_scene(object_, subject, others) or _are_both_sides(object_):
                continue
            candidate = _candidate(predication, subject, object_, frames)
            if candidate is not None:
                yield candidate


def _are_both_sides(argument: Argument) -> bool:
    """Whether the word names all between whom it is, so that nobody else has a part in it: "the curfew after fighting between two rebel groups"."""
    return argument.preposition == "between" and argument.filler.tag_ == "NNS" and not children(argument.filler, "conj")


def _has_partner(token: Token) -> bool:
    """Whether it is said with or against whom several do it, be it nobody known: "Kenya and Chad met with the farmers" met them, not each other."""
    carried = [noun for noun in children(token, "obj") if noun.pos_ == "NOUN"]
    return any(preposition(other) in ("with", "against") and lemma(other) not in WEAPONS for other in children(token, "obl", "nmod")) or any(
        preposition(other) in ("with", "to") for noun in (*carried, *([token] if token.pos_ == "NOUN" else [])) for other in children(noun, "nmod")
    )


def _felt(verb: Token, frames: FrameLexicon) -> Frame | None:
    """The frame of a feeling that the passive tells, listed as an adjective with "by": "is encouraged by" the move, not "by Peru to join"."""
    told = verb.pos_ == "VERB" and verb.tag_ in ("VBN", "VBD") and is_passive(verb) and child(verb, "xcomp") is None
    frame = frames.lookup(verb.lower_, "a", prep="by") if told else None
    return frame if frame is not None and frame.prep == "by" else None


def _feelings(predication: Predication, frame: Frame, frames: FrameLexicon) -> Iterator[Candidate]:
    """Who is glad of somebody's deed or angry at it takes a stand on them; they do nothing to whom it pleases: "Japan was angered by Chad's move"."""
    token = predication.token
    relation = Relation(f"{token.lower_} by", frame.type, frame.symmetric, frame)
    for one in (argument for argument in predication.others if has_label(argument.filler, "nsubj")):
        for other in predication.agents:
            apart = one.mention.actor.id != other.mention.actor.id and not _overlap(one.mention, other.mention)
            if apart and other.preposition == "by" and (other.direct or not is_victim(other, frames)):
                yield Candidate(token, one.mention, other.mention, relation, "verbal", min(one.score, other.score))


def _stand_together(arguments: list[Argument]) -> bool:
    """Whether the actors have the same place at the predicate; in "rejected calls by B" B alone calls."""
    return len({argument.preposition in ("by", "from") for argument in arguments}) == 1


def _mutual(predication: Predication, agents: list[Argument], marked: str, frames: FrameLexicon) -> Iterator[Candidate]:
    """What several do to each other: once for a pair if the relation is symmetric, else in either direction."""
    token = predication.token
    noun = next((noun for noun in predication.nouns if noun.pos_ == "NOUN" and noun.lower_ not in RECIPROCAL), None)
    relation = relation_of(token, marked, frames, noun=noun)
    for one, other in combinations(agents, 2) if relation.symmetric else permutations(agents, 2):
        if one.mention.actor.id != other.mention.actor.id:
            yield Candidate(token, one.mention, other.mention, relation, "reciprocal", min(one.score, other.score), noun)


def _refers_back(argument: Argument, actors: set[str]) -> bool:
    """Whether a pronoun stands for one of several on the other side: "A and B were represented by their envoys"."""
    return argument.mention.form == "pronoun" and argument.mention.actor.id in actors and len(actors) > 1


def _stand_in(
    predication: Predication, others: list[Argument], frames: FrameLexicon
) -> tuple[list[Argument], list[Argument]]:
    """Who takes the agent's place where the predicate has none: what arrives, forces that are deployed, one side of talks."""
    token = predication.token
    first = [argument for argument in others if argument.role == "A1" and argument.preposition in BETWEEN | {"", "of"}]
    rest = [argument for argument in others if argument not in first]
    if token.pos_ == "VERB" and not is_passive(token):
        suffered = token.tag_ == "VBN" and not children(token, "aux")  # "soldiers were reported killed in Gao"
        return [argument for argument in first if has_label(argument.filler, "nsubj") and not suffered], rest
    frame = frames.lookup(lemma(token), part_of_speech(token), prep="with")
    if token.pos_ in NOMINAL and frame is not None and frame.symmetric:
        return first, rest
    moved = frame is None or frame.type in MOVING  # "the destruction of rebel depots in Mali": they do nothing there
    forces = [argument for argument in first if moved and argument.mention.sector in FORCES]
    return forces or [argument for argument in first if _is_giver(argument, token, frames)], rest


def _is_giver(argument: Argument, token: Token, frames: FrameLexicon) -> bool:
    """Whether the actor owns what is handed over by nobody else: "Peruvian grain was shipped to Haiti"."""
    noun = argument.filler
    if argument.direct or not has_label(noun, "nsubj:pass") or noun.pos_ != "NOUN" or argument.mention.start > noun.i:
        return False
    frame = carrying(token, noun, frames)
    return frame is not None and frame.type is RelationType.AID


def _beyond_nouns(predication: Predication, others: list[Argument], frames: FrameLexicon, actors: ActorIndex) -> list[Argument]:
    """Actors that hang on the carried noun: "Chile" in "bolstered its position against Chile", "lifted sanctions on Chile"."""
    found: list[Argument] = []
    known = {argument.mention.actor.id for argument in others if argument.direct}
    for noun in predication.nouns:
        title = _title(noun, predication.token) if noun.pos_ == "PROPN" else None
        behind = [oblique for verb in children(noun, "acl") if lemma(verb) in LAID_ON for oblique in children(verb, "obl")]
        for complement in [*children(noun, "nmod"), *behind]:
            marked = preposition(complement)
            in_event = marked in ("in", "near", "along", "of") and _is_listed_with(predication.token, noun, marked, frames)
            if not (marked in _NOUN_COMPLEMENTS or in_event or (complement in behind and marked in ("in", "at"))) or has_label(complement, "nmod:poss"):
                continue
            if frames.is_relational(noun_entry(noun, frames), "n"):
                frame = frames.lookup(lemma(predication.token), "v", prep=marked, carried=[lemma(noun)], particle=particle(predication.token))
                if frame is None or not (frame.carried or breaks_off(frame, noun, frames)):
                    continue
            for filling in actors.of(complement):
                if filling.mention.actor.id not in known:
                    found.append(Argument("A2", complement, filling.mention, filling.direct, marked, 0.6, title or noun))
    return found


def _is_listed_with(verb: Token, noun: Token, marked: str, frames: FrameLexicon) -> bool:
    """Whether the lexicon has the verb with this noun and this preposition: "condemned the coup in Chad"."""
    frame = frames.lookup(lemma(verb), part_of_speech(verb), prep=marked, carried=[lemma(noun)], particle=particle(verb))
    return frame is not None and frame.prep == marked and bool(frame.carried)


def _candidate(predication: Predication, subject: Argument, object_: Argument, frames: FrameLexicon) -> Candidate | None:
    token = predication.token
    if subject.mention.actor.id == object_.mention.actor.id or _overlap(subject.mention, object_.mention):
        return None
    if subject.mention.form == "place" or (not object_.preposition and is_of_gerund(object_.filler)):
        return None
    noun = object_.noun or _carried_noun(predication, object_)
    relation = as_request(relation_of(token, object_.preposition, frames, noun=noun, named=_own_noun(object_, token)), token, object_)
    relation = as_joining(as_withdrawal(relation, token, subject, object_), token, object_)
    if not holds(relation, predication, subject, object_, noun, frames):
        return None
    score = min(subject.score, object_.score)
    known = relation.frame is not None or relation.type is not RelationType.OTHER  # "wants Peru to pay": wherever roles and tree put Peru
    if not known and (token.pos_ != "VERB" or predication.inherited or score < _UNLISTED_SCORE or not _is_core(subject, object_, noun)):
        return None
    rule = "nominal" if token.pos_ in NOMINAL else "adjectival" if token.pos_ == "ADJ" else "verbal"
    return Candidate(token, subject.mention, object_.mention, relation, f"{rule}-inherited" if predication.inherited else rule, score, noun or _counted(object_))


def _own_noun(object_: Argument, token: Token) -> Token | None:
    """The common noun that stands for the object: "diplomats" in "two Chilean diplomats", "town" in "the town of Gao"."""
    head = token.doc[object_.mention.head] if object_.direct else object_.filler
    named = head.pos_ == "NOUN" or object_.mention.actor.kind is ActorKind.ORGANISATION
    return head if named and head.i != token.i else None


def _is_core(subject: Argument, object_: Argument, noun: Token | None) -> bool:
    """Whether a verb that no table lists states something of its own between the two: agent and affected, both named outright."""
    return subject.direct and object_.direct and (object_.role == "A1" or noun is not None)


def _carried_noun(predication: Predication, object_: Argument) -> Token | None:
    """The noun that the verb carries to an object after a preposition ("troops" in "sent 3,000 troops to Mali")."""
    if not object_.preposition and object_.role == "A1" and not has_label(object_.filler, "iobj"):
        return None
    for noun in predication.nouns:
        if noun.i != object_.filler.i and not (object_.mention.start <= noun.i < object_.mention.end):
            return noun if noun.pos_ == "NOUN" else _title(noun, predication.token)
    return None


def _title(name: Token, verb: Token) -> Token | None:
    """The title of whom the verb carries: "Ambassador" in "recalled Ambassador N. N. from Chad"."""
    if name.head.i != verb.i or not has_label(name, "obj", "nsubj:pass"):
        return None
    return next((word for word in (name, *children(name, "nmod:desc")) if Offices.load().title(lemma(word)) is not None), None)


def _counted(object_: Argument) -> Token | None:
    """The noun whose quantity the statement may take: what is acted on, where it belongs to an actor ("killed 40 Malian soldiers")."""
    return object_.filler if object_.filler.pos_ == "NOUN" and child(object_.filler, "nummod") is not None else None


def _reciprocal(predication: Predication, arguments: list[Argument], frames: FrameLexicon, rule: str) -> Iterator[Candidate]:
    """Unordered pairs of actors that stand side by side: "A, B and C met"; only for predicates that are symmetric."""
    token = predication.token
    if token.pos_ == "VERB":
        arguments = [argument for argument in arguments if not is_example(token.doc[argument.mention.head])]
    noun = next((noun for noun in predication.nouns if noun.pos_ == "NOUN"), None)
    relation = relation_of(token, "" if token.pos_ not in NOMINAL else "with", frames, noun=noun, reciprocal=True)
    if relation.frame is None or not relation.symmetric or says_by_oneself(token, relation):
        return
    if lemma(token) == "peace" and token.pos_ in NOMINAL and preposition(token) == "for":
        return  # "hopes for peace between" them: neither has agreed to anything
    if noun is not None and relation.frame.prep == "with" and not relation.frame.carried and not frames.is_relational(lemma(noun), "n"):
        return  # "Peru and Chile train officers" says nothing of training with each other
    for one, other in combinations(arguments, 2):
        if one.mention.actor.id != other.mention.actor.id and not _overlap(one.mention, other.mention):
            yield Candidate(token, one.mention, other.mention, relation, rule, min(one.score, other.score), noun)


def _overlap(one: Mention, other: Mention) -> bool:
    """Whether two mentions share words, unless they are the same words naming several actors."""
    same = (one.start, one.end) == (other.start, other.end)
    return not same and one.start < other.end and other.start < one.end
