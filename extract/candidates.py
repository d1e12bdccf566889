"""Candidate triples: from each predicate, its agents with each other actor in its roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from .arguments import BETWEEN, COMPLEMENTS, LOCATIVE, NOMINAL, Argument
from .asking import as_request
from .bystanders import (
    FORCES,
    HARM,
    HOLDING_OFFICE,
    are_namesakes,
    are_own_forces,
    is_at_home,
    is_beside,
    is_complement,
    is_deed_of_others,
    is_destination,
    is_driven_from,
    is_example,
    is_language,
    is_left,
    is_of_gerund,
    is_only_carried,
    is_only_near,
    is_only_talked_about,
    is_origin,
    is_scene,
    is_sent,
    is_set_free,
    is_someone_else,
    is_surroundings,
    is_victim,
    is_where_others_are_fought,
    says_by_oneself,
    takes_no_part,
)
from .fillers import BORDERS, TARGETS, TOPICS
from .predicate_words import is_predicate
from .records import ActorKind, Family, RelationType
from .relations import Relation, carrying, lemma, noun_entry, part_of_speech, particle, relation_of
from .syntax import RECIPROCAL, child, children, each_other, has_label, is_passive, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .fillers import ActorIndex
    from .frames import Frame, FrameLexicon
    from .predication import Predication, Predications

_DIRECTION = frozenset({"to", "into"})
_PLACED = frozenset(RelationType(name) for name in ["MOBILIZE", "ASSAULT", "COERCE", "PROTEST", "AID", "CONCEDE", "RETREAT", "SANCTION"])
"""Types whose target may be the place where it happens ("a deployment of troops in Mali")."""
_MOVING = frozenset({RelationType.AID, RelationType.MOBILIZE, RelationType.RETREAT, RelationType.AGREE, RelationType.OTHER})
"""Types of what moves or ends a deployment of one's own forces."""
_STANCES = frozenset({RelationType.ACCUSE, RelationType.REJECT, RelationType.PROTEST, RelationType.SUPPORT, RelationType.RIVAL})
_PLACE_NOUNS = TARGETS | {"region", "province", "capital", "island", "territory", "state"}
_NOUN_COMPLEMENTS = frozenset({"against", "with", "to", "toward", "towards", "on", "over", "for", "from", "between"})
_PARTNERS = BETWEEN | {"with", "to", "against", "toward", "towards", "of", "by", "from", "alongside"}
_LAID_ON = frozenset({"impose", "place", "put", "levy", "slap", "lay", "aim", "direct"})
_TYING = frozenset({"order", "link", "tie", "connect"})
"""Verbs that have to do with who does a deed, and not with whom it befalls: "ordered the killing of", "linked to the murder of"."""
_UNLISTED_SCORE = 0.55
"""Least score of both arguments for a verb that no table lists."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A triple before it is judged how it is stated.

    `score` is the model's for the weaker argument, 0..1; `quantified` the noun whose quantity belongs to it, if any.
    """

    predicate: Token
    subject: Mention
    object: Mention
    relation: Relation
    rule: str
    score: float
    quantified: Token | None = None

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
    agents, others = list(predication.agents), list(predication.others)
    if (felt := _felt(token, frames)) is not None:
        yield from _feelings(predication, felt, frames)
        return
    nominal = token.pos_ in NOMINAL
    if token.pos_ in ("VERB", "ADJ"):
        others += _beyond_nouns(predication, others, frames, actors)
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
            if is_scene(object_, subject, others):
                continue
            candidate = _candidate(predication, subject, object_, frames)
            if candidate is not None:
                yield candidate


def _has_partner(token: Token) -> bool:
    """Whether it is said with or against whom several do it, be it nobody known: "Kenya and Chad met with the farmers" met them, not each other."""
    carried = [noun for noun in children(token, "obj") if noun.pos_ == "NOUN"]
    return any(preposition(other) in ("with", "against") for other in children(token, "obl", "nmod")) or any(
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
    moved = frame is None or frame.type in _MOVING  # "the destruction of rebel depots in Mali": they do nothing there
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
        behind = [oblique for verb in children(noun, "acl") if lemma(verb) in _LAID_ON for oblique in children(verb, "obl")]
        for complement in [*children(noun, "nmod"), *behind]:
            marked = preposition(complement)
            in_event = marked == "in" and _is_listed_with(predication.token, noun, marked, frames)
            if not (marked in _NOUN_COMPLEMENTS or in_event or (complement in behind and marked in ("in", "at"))) or has_label(complement, "nmod:poss"):
                continue
            if frames.is_relational(noun_entry(noun, frames), "n"):
                frame = frames.lookup(lemma(predication.token), "v", prep=marked, carried=[lemma(noun)], particle=particle(predication.token))
                if frame is None or not (frame.carried or _breaks_off(frame, noun, frames)):
                    continue
            for filling in actors.of(complement):
                if filling.mention.actor.id not in known:
                    found.append(Argument("A2", complement, filling.mention, filling.direct, marked, 0.6, noun))
    return found


def _is_listed_with(verb: Token, noun: Token, marked: str, frames: FrameLexicon) -> bool:
    """Whether the lexicon has the verb with this noun and this preposition: "condemned the coup in Chad"."""
    frame = frames.lookup(lemma(verb), part_of_speech(verb), prep=marked, carried=[lemma(noun)], particle=particle(verb))
    return frame is not None and frame.prep == marked and bool(frame.carried)


def _breaks_off(frame: Frame, noun: Token, frames: FrameLexicon) -> bool:
    """Whether a verb ends or refuses what the noun says of the other one: "boycott contact with", "suspend aid to"."""
    ended = frames.lookup(lemma(noun), "n")
    return frame.type in (RelationType.SANCTION, RelationType.REJECT) and ended is not None and ended.type.family in (Family.COOPERATION, Family.TIES)


def _candidate(predication: Predication, subject: Argument, object_: Argument, frames: FrameLexicon) -> Candidate | None:
    token = predication.token
    if subject.mention.actor.id == object_.mention.actor.id or _overlap(subject.mention, object_.mention):
        return None
    if subject.mention.form == "place" or (not object_.preposition and is_of_gerund(object_.filler)):
        return None
    noun = object_.noun or _carried_noun(predication, object_)
    relation = as_request(relation_of(token, object_.preposition, frames, noun=noun, named=_own_noun(object_, token)), token, object_)
    if is_complement(object_, relation) or is_only_carried(predication, object_, harmed=relation.type in HARM) or (token.pos_ == "VERB" and is_deed_of_others(token, relation)):
        return None
    if noun is not None and relation.type in _STANCES and (_is_the_nouns_own(relation, noun, object_.preposition, frames) or _is_aimed_at(relation, object_)):
        return None
    if not object_.direct and (((relation.type in _STANCES or lemma(token) in _TYING) and is_victim(object_, frames)) or (relation.type not in HARM and is_left(object_, frames))):
        return None
    if not object_.direct and object_.preposition in ("", "for") and takes_no_part(relation, object_.filler, frames):
        return None
    if is_language(object_, token) or (relation.type in HARM and not object_.direct and lemma(object_.filler) in TOPICS):
        return None  # "spoke German", "flogged the Peruvian issue"
    if relation.type is RelationType.CONSULT and lemma(token) == "receive" and not object_.direct:
        return None  # "received Kenya's highest award"
    if are_namesakes(subject, object_):
        return None
    if (not subject.direct and is_victim(subject, frames)) or is_origin(object_, token):
        return None  # "the killing of Chadian herders angered Peru": it was not they who did
    if relation.type is RelationType.RETREAT and noun is not None and object_.preposition in BETWEEN:
        return None  # who eases tensions between others has none with them
    if is_sent(predication, object_, relation) or is_set_free(predication, object_) or is_driven_from(object_, relation) or is_destination(object_, relation):
        return None
    if object_.preposition in LOCATIVE or (object_.role == "LOC" and object_.preposition not in COMPLEMENTS - LOCATIVE):
        explicit = relation.frame is not None and relation.frame.names(object_.preposition)
        if (not explicit and relation.type not in _PLACED) or not (object_.direct or lemma(object_.filler) in _PLACE_NOUNS or (relation.type is RelationType.MOBILIZE and lemma(object_.filler) in BORDERS)):
            return None
        if is_at_home(subject, object_) or (not explicit and "@" in object_.mention.actor.id) or is_surroundings(object_) or is_beside(object_, relation) or is_where_others_are_fought(object_, token):
            return None  # "a hunger strike outside parliament": where it is, not whom it is against
    in_streets = object_.mention.form == "place" or (object_.mention.form == "metonym" and object_.preposition in _DIRECTION)
    if relation.type is RelationType.PROTEST and in_streets and subject.mention.actor.country == object_.mention.actor.id:
        return None  # protesters of a country in their streets
    if not _is_addressed(relation, object_, token) or not _may_hold(relation, subject, object_, token):
        return None
    if token.pos_ == "ADJ" and is_only_near(subject, object_, token):
        return None
    if relation.type is RelationType.CONSULT and is_only_talked_about(object_, token):
        return None
    if has_label(token, "amod") and object_.filler.i == token.head.i:
        return None  # "thanked supportive fans", "exiled to inhospitable regions"
    if token.pos_ in NOMINAL and not object_.preposition and not relation.symmetric and not token.is_ancestor(object_.filler):
        return None
    score = min(subject.score, object_.score)
    nobody = "@" in subject.mention.actor.id + object_.mention.actor.id and ActorKind.GROUP in (subject.mention.actor.kind, object_.mention.actor.kind)
    if nobody and relation.type is RelationType.OTHER:
        return None
    if relation.type in _MOVING and not object_.preposition and are_own_forces(object_, relation.type):
        return None
    if relation.frame is None and (token.pos_ != "VERB" or predication.inherited or score < _UNLISTED_SCORE or not _is_core(subject, object_, noun)):
        return None
    rule = "nominal" if token.pos_ in NOMINAL else "adjectival" if token.pos_ == "ADJ" else "verbal"
    return Candidate(token, subject.mention, object_.mention, relation, f"{rule}-inherited" if predication.inherited else rule, score, noun or _counted(object_))


def _is_the_nouns_own(relation: Relation, noun: Token, marked: str, frames: FrameLexicon) -> bool:
    """Whether the actor is an argument of the carried noun alone: "condemned an attack on Peru" accuses nobody in Peru."""
    frame = relation.frame
    if frame is None or frame.pos != "v" or frame.carried or frame.names(marked):
        return False
    own = frames.lookup(lemma(noun), "n", prep=marked) if marked in COMPLEMENTS else None
    return own is not None and own.type is not frame.type and not _breaks_off(frame, noun, frames)


def _is_aimed_at(relation: Relation, object_: Argument) -> bool:
    """Whether the actor is whom the carried noun is directed against: who vetoes steps against Peru, or a move to impose duties on it, does not
    turn Peru down."""
    frame = relation.frame
    if frame is None or relation.type is RelationType.RIVAL or frame.carried or frame.names(object_.preposition):
        return False
    return object_.preposition == "against" or (has_label(object_.filler, "obl") and lemma(object_.filler.head) in _LAID_ON)


def _is_addressed(relation: Relation, object_: Argument, token: Token) -> bool:
    """Whether the preposition can join the relation with the actor.

    What the lexicon gives both ways joins its sides with "with", "between", "to" or "against"; "a settlement on Arab land"
    is none with Arabs. After a preposition that no row of the verb names the actor must stand itself, and the type be known.
    """
    frame, marked = relation.frame, object_.preposition
    if frame is None or not marked or frame.names(marked):
        return True
    if token.pos_ in NOMINAL:
        return not relation.symmetric or marked in _PARTNERS
    return bool(frame.carried) or (object_.direct and frame.type is not RelationType.OTHER) or marked in _PARTNERS | LOCATIVE


def _may_hold(relation: Relation, subject: Argument, object_: Argument, token: Token) -> bool:
    """Whether the actors can be in the relation: people hold offices, and not in people; nobody leads a person or belongs to one, nor by what is theirs
    ("the company's account belonged to Diop"); a noun before another has no place."""
    person = object_.mention.actor.kind is ActorKind.PERSON
    if token.pos_ not in NOMINAL:
        if relation.type is RelationType.LEADS:
            looked_to = relation.frame is not None and relation.frame.pos == "n" and lemma(token) not in HOLDING_OFFICE
            told = lemma(token) == "direct" and child(token, "xcomp") is not None
            return not (person or looked_to or told)  # "a leader whom Peru looks to", "directed the landlord to burn them"
        if relation.type is RelationType.MEMBER and object_.mention.form == "place":
            return False  # "served in Peru"
        return relation.type is not RelationType.MEMBER or (subject.direct and not person)
    if relation.type in (RelationType.LEADS, RelationType.MEMBER):
        led_by_country = relation.type is RelationType.LEADS and subject.mention.actor.kind is ActorKind.COUNTRY
        portfolio = object_.preposition == "for" and lemma(token) in ("minister", "secretary") and object_.mention.actor.kind is not ActorKind.COUNTRY
        return not person and not led_by_country and not portfolio and not is_someone_else(subject, token)
    return not (has_label(token, "compound") and object_.preposition in LOCATIVE)


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
            return noun if noun.pos_ == "NOUN" else None
    return None


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
    if noun is not None and relation.frame.prep == "with" and not relation.frame.carried and not frames.is_relational(lemma(noun), "n"):
        return  # "Peru and Chile train officers" says nothing of training with each other
    for one, other in combinations(arguments, 2):
        if one.mention.actor.id != other.mention.actor.id and not _overlap(one.mention, other.mention):
            yield Candidate(token, one.mention, other.mention, relation, rule, min(one.score, other.score), noun)


def _overlap(one: Mention, other: Mention) -> bool:
    """Whether two mentions share words, unless they are the same words naming several actors."""
    same = (one.start, one.end) == (other.start, other.end)
    return not same and one.start < other.end and other.start < one.end
