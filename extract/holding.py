"""Whether a predicate relates two of its arguments: in each sentence much stands around a deed that takes no part in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arguments import BETWEEN, COMPLEMENTS, LOCATIVE, NOMINAL, Argument
from .bystanders import (
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
    is_first_of,
    is_language,
    is_left,
    is_only_carried,
    is_only_faced,
    is_only_near,
    is_only_talked_about,
    is_origin,
    is_sent,
    is_set_free,
    is_someone_else,
    is_surroundings,
    is_victim,
    is_where_others_are_fought,
    takes_no_part,
)
from .fillers import BORDERS, TARGETS, TOPICS
from .offices import ATTACHED, Offices
from .records import ActorKind, Family, RelationType
from .relations import Relation, lemma
from .syntax import child, children, first_conjunct, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .frames import Frame, FrameLexicon
    from .predication import Predication

_DIRECTION = frozenset({"to", "into"})
_PLACED = frozenset(RelationType(name) for name in ["MOBILIZE", "ASSAULT", "COERCE", "PROTEST", "AID", "CONCEDE", "RETREAT", "SANCTION"])
"""Types whose target may be the place where it happens ("a deployment of troops in Mali")."""
MOVING = frozenset({RelationType.AID, RelationType.MOBILIZE, RelationType.RETREAT, RelationType.AGREE, RelationType.OTHER})
"""Types of what moves or ends a deployment of one's own forces."""
_STANCES = frozenset({RelationType.ACCUSE, RelationType.REJECT, RelationType.PROTEST, RelationType.SUPPORT, RelationType.RIVAL})
_PLACE_NOUNS = TARGETS | {"region", "province", "capital", "island", "territory", "state"}
_PARTNERS = BETWEEN | {"with", "to", "against", "toward", "towards", "of", "by", "from", "alongside"}
LAID_ON = frozenset({"impose", "place", "put", "levy", "slap", "lay", "aim", "direct"})
_TREATING = frozenset({"discuss", "debate"})
"""What one does with a subject, with somebody."""
_MET_WITH = frozenset({
    "approval", "disapproval", "displeasure", "resistance", "opposition", "criticism", "condemnation", "scepticism", "skepticism", "suspicion", "hostility",
    "success", "failure", "response", "reaction", "reply", "support", "sympathy", "disdain", "contempt", "outrage", "anger", "fury", "refusal", "rejection", "rebuff",
    "indifference", "silence", "protest", "objection", "praise", "acclaim", "enthusiasm", "derision", "ridicule", "scorn", "disbelief", "alarm", "dismay",
    "concern", "relief", "fire", "force", "violence", "retaliation", "threat", "favor", "favour", "consent", "welcome", "reception", "caution",
})  # fmt: skip
"""What a deed or plan meets with, which is no meeting."""
_SPOKEN_TO = frozenset({"right", "need", "issue", "question", "concern", "freedom", "fear", "importance", "desire", "history", "experience", "strength", "failure", "power"})
"""What is spoken of, and hears nobody."""
_NO_PARTNERS = {("meet", "with"): _MET_WITH, ("speak", "to"): _SPOKEN_TO}
_BODIES_TOO = frozenset({"member", "candidate", "partner", "representative", "delegate", "host", "observer"})
"""Titles that countries have, too."""
_TRAVELLING = frozenset({"travel", "trip", "journey", "tour"})
_NAMING = frozenset({"call", "name", "rename", "christen", "title", "entitle", "nickname", "baptize", "baptise"})
_TOLD = frozenset({"deny", "complain", "admit", "confirm", "confess", "concede", "insist", "explain", "confide", "boast", "claim", "lament"})
"""What one does "to" a hearer."""
_TYING = frozenset({"order", "link", "tie", "connect"})
"""Verbs that have to do with who does a deed, and not with whom it befalls: "ordered the killing of", "linked to the murder of"."""


def holds(relation: Relation, predication: Predication, subject: Argument, object_: Argument, noun: Token | None, frames: FrameLexicon) -> bool:
    """Whether the relation that the predicate states holds between the two; `noun` is what the verb carries, if anything."""
    token = predication.token
    if is_complement(object_, relation) or is_only_carried(predication, object_, harmed=relation.type in HARM) or (token.pos_ == "VERB" and is_deed_of_others(token, relation)):
        return False
    if noun is not None and relation.type in _STANCES and (_is_the_nouns_own(relation, noun, object_.preposition, frames) or _is_aimed_at(relation, object_)):
        return False
    if not object_.direct and (((relation.type in _STANCES or lemma(token) in _TYING) and is_victim(object_, frames)) or (relation.type not in HARM and is_left(object_, frames))):
        return False
    if not object_.direct and object_.preposition in ("", "for") and takes_no_part(relation, object_.filler, frames):
        return False
    if object_.preposition == "to" and lemma(token) in _TOLD and (object_.mention.sector == "MED" or relation.type is RelationType.OTHER):
        return False  # "denied to Reuters that", "complained to the court": who hears it
    if is_language(object_, token) or (relation.type in HARM and not object_.direct and lemma(object_.filler) in TOPICS):
        return False  # "spoke German", "flogged the Peruvian issue"
    if relation.type is RelationType.CONSULT and lemma(token) == "receive" and not object_.direct:
        return False  # "received Kenya's highest award"
    if not object_.direct and lemma(object_.filler) in _NO_PARTNERS.get((lemma(token), object_.preposition), ()):
        return False  # "the plan met with resistance from Peru", "spoke to the rights of Peruvians"
    if relation.frame is None and lemma(token) in _NAMING and _gives_name(token):
        return False  # "called his firm Condor"
    if lemma(token) in _TREATING and object_.preposition in ("", "of", "on", "about") and object_.filler.dep_ != "nsubj":
        return False  # "discussed the Peruvian debt"
    if relation.type is RelationType.CONSULT and lemma(token) in _TRAVELLING and _travels_privately(subject):
        return False
    if token.lower_ == "charge" and token.pos_ == "NOUN" and preposition(token) == "in" and relation.type is RelationType.ACCUSE:
        return False  # "in charge of"
    if relation.type is RelationType.ACCUSE and token.pos_ in NOMINAL and object_.preposition == "with" and any(other.preposition in ("against", "about") for other in predication.others):
        return False  # "lodged a complaint against Peru with the court"
    if are_namesakes(subject, object_) or is_first_of(subject, token) or is_only_faced(subject, object_, relation, token):
        return False
    if (not subject.direct and is_victim(subject, frames)) or is_origin(object_, token):
        return False  # "the killing of Chadian herders angered Peru": it was not they who did
    if relation.type is RelationType.RETREAT and noun is not None and object_.preposition in BETWEEN:
        return False  # who eases tensions between others has none with them
    if is_sent(predication, object_, relation) or is_set_free(predication, object_) or is_driven_from(object_, relation) or is_destination(object_, relation):
        return False
    if (object_.preposition in LOCATIVE and not _is_cause(relation, object_)) or (object_.role == "LOC" and object_.preposition not in COMPLEMENTS - LOCATIVE):
        explicit = relation.frame is not None and relation.frame.names(object_.preposition)
        if (not explicit and relation.type not in _PLACED) or not (object_.direct or lemma(object_.filler) in _PLACE_NOUNS or (relation.type is RelationType.MOBILIZE and lemma(object_.filler) in BORDERS)):
            return False
        if is_at_home(subject, object_) or (not explicit and "@" in object_.mention.actor.id) or is_surroundings(object_) or is_beside(object_, relation) or is_where_others_are_fought(object_, token):
            return False  # "a hunger strike outside parliament": where it is, not whom it is against
    in_streets = object_.mention.form == "place" or (object_.mention.form == "metonym" and object_.preposition in _DIRECTION)
    if relation.type is RelationType.PROTEST and in_streets and subject.mention.actor.country == object_.mention.actor.id:
        return False  # protesters of a country in their streets
    if not _is_addressed(relation, object_, token) or not _may_hold(relation, subject, object_, token):
        return False
    if token.pos_ == "ADJ" and is_only_near(subject, object_, token):
        return False
    if relation.type is RelationType.CONSULT and is_only_talked_about(object_, token):
        return False
    if token.pos_ in NOMINAL and lemma(token) == "champion" and object_.preposition != "of":
        return False  # "the European champion", who has won
    if has_label(token, "amod") and object_.filler.i == token.head.i:
        return False  # "thanked supportive fans", "exiled to inhospitable regions"
    if token.pos_ in NOMINAL and not object_.preposition and not relation.symmetric and not token.is_ancestor(object_.filler):
        return False
    if token.pos_ in NOMINAL and not relation.symmetric and subject.filler.i != object_.filler.i and first_conjunct(subject.filler).i == first_conjunct(object_.filler).i:
        return False  # "the attacks in Gao, Kidal and Taoudenni": what is listed takes the same part
    if relation.type is RelationType.PROTEST and token.pos_ in NOMINAL and subject.mention.sector == "COP" and not token.is_ancestor(subject.filler):
        return False  # "police were deployed ahead of demonstrations against"
    nobody = "@" in subject.mention.actor.id + object_.mention.actor.id and ActorKind.GROUP in (subject.mention.actor.kind, object_.mention.actor.kind)
    if nobody and relation.type is RelationType.OTHER:
        return False
    return not (relation.type in MOVING and not object_.preposition and are_own_forces(subject, object_, relation.type))


def _travels_privately(traveller: Argument) -> bool:
    """Whether it is somebody of no country and no office who goes to see a place and not its government: "Nowak travelled to Rome"."""
    mention = traveller.mention
    private = mention.actor.kind is ActorKind.PERSON and mention.actor.country is None
    return private and Offices.load().ending_before(traveller.filler.doc, mention.start) is None


def _gives_name(verb: Token) -> bool:
    """Whether the verb has two objects, the second what the first is called."""
    return len(children(verb, "obj", "xcomp", "iobj")) + len(children(verb, "nsubj:pass")) > 1


def _is_cause(relation: Relation, object_: Argument) -> bool:
    """Whether "at" joins a protest with what it is about: "in protest at taxes imposed by the government"."""
    return relation.type is RelationType.PROTEST and relation.frame is not None and relation.frame.pos == "n" and object_.preposition == "at" and object_.role != "LOC"


def breaks_off(frame: Frame, noun: Token, frames: FrameLexicon) -> bool:
    """Whether a verb ends or refuses what the noun says of the other one: "boycott contact with", "suspend aid to"."""
    ended = frames.lookup(lemma(noun), "n")
    return frame.type in (RelationType.SANCTION, RelationType.REJECT) and ended is not None and ended.type.family in (Family.COOPERATION, Family.TIES)


def _is_the_nouns_own(relation: Relation, noun: Token, marked: str, frames: FrameLexicon) -> bool:
    """Whether the actor is an argument of the carried noun alone: "condemned an attack on Peru" accuses nobody in Peru."""
    frame = relation.frame
    if frame is None or frame.pos != "v" or frame.carried or frame.names(marked):
        return False
    own = frames.lookup(lemma(noun), "n", prep=marked) if marked in COMPLEMENTS else None
    return own is not None and own.type is not frame.type and not breaks_off(frame, noun, frames)


def _is_aimed_at(relation: Relation, object_: Argument) -> bool:
    """Whether the actor is whom the carried noun is directed against: who vetoes steps against Peru, or a move to impose duties on it, does not
    turn Peru down."""
    frame = relation.frame
    if frame is None or relation.type is RelationType.RIVAL or frame.carried or frame.names(object_.preposition):
        return False
    return object_.preposition == "against" or (has_label(object_.filler, "obl") and lemma(object_.filler.head) in LAID_ON)


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


def _is_body_of_holder(subject: Argument, office: Token) -> bool:
    """Whether the noun of an office only says whose officer it is: "the League candidate for", "the deputies of the League in" are not the League."""
    body = subject.mention.actor.kind is not ActorKind.PERSON or preposition(subject.filler) == "of"
    own = body and has_label(subject.filler, "compound", "amod", "nmod", "nmod:poss") and subject.filler.head.i == office.i
    return own and Offices.load().title(lemma(office)) is not None


def _is_only_named_with(object_: Argument, office: Token) -> bool:
    """Whether the country only tells where a thing is from that somebody is in charge of: "commander of the Chadian mission Lake Two"."""
    thing = object_.filler
    return not object_.direct and object_.mention.form == "adjective" and thing.pos_ == "NOUN" and thing.i != office.i


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
        held = relation.type is RelationType.LEADS or (lemma(token) not in _BODIES_TOO and Offices.load().title(lemma(token)) is not None)
        led_by_country = held and subject.mention.actor.kind is ActorKind.COUNTRY
        if _is_only_named_with(object_, token) or _is_body_of_holder(subject, token):
            return False
        portfolio = object_.preposition == "for" and lemma(token) in ("minister", "secretary") and object_.mention.actor.kind is not ActorKind.COUNTRY
        sent_there = object_.preposition == "to" and lemma(token) not in ATTACHED and Offices.load().title(lemma(token)) is not None
        return not sent_there and not person and not led_by_country and not portfolio and not is_someone_else(subject, token)
    return not (has_label(token, "compound") and object_.preposition in LOCATIVE)
