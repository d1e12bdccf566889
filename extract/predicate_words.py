"""Which words are predicates of their own: not those in names, those that another predicate carries, or those that only say what others did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .agent_nouns import agent_nouns
from .arguments import NOMINAL, object_nouns
from .records import RelationType
from .relations import carrying, completed, lemma, particle
from .syntax import children, has_label, is_measure, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .fillers import ActorIndex
    from .frames import FrameLexicon
    from .predication import Predications

_COPULAR = frozenset({"be", "become", "remain", "have", "do", "include", "see", "make", "take", "get", "go", "come", "say", "tell", "know", "think", "call", "name"})
_PORTFOLIOS = frozenset({"minister", "secretary", "commissioner", "ministry", "department"})
"""What is called after what it sees to: in "Trade Minister" nobody trades."""


def is_predicate(token: Token, predications: Predications) -> bool:
    """Whether the word may relate two actors: no name, no support verb or noun that belongs to another predicate, no office in something unnamed."""
    if token.pos_ in NOMINAL:
        if predications.actors.at(token) or lemma(token) in agent_nouns() or (has_label(token, "compound") and lemma(token.head) in _PORTFOLIOS):
            return False
        return predications.is_event(token) and not _is_carried(token, predications) and not _leads_others(token, predications)
    if token.pos_ == "ADJ":
        return predications.frames.is_relational(lemma(token), "a") and not predications.actors.at(token)
    if token.pos_ not in ("VERB", "AUX") or has_label(token, "aux", "cop") or _is_in_name(token, predications.actors):
        return False
    if completed(token, predications.frames) is not None:
        return True
    if predications.is_light(token) and any(_is_deed(noun, predications) and predications.is_light(token, noun) for noun in _carried(token, predications)):
        return False
    listed = predications.frames.is_relational(lemma(token), "v") or _is_listed_with_particle(token, predications.frames)
    return listed or not (predications.is_report(token) or lemma(token) in _COPULAR)


def _is_deed(noun: Token, predications: Predications) -> bool:
    """Whether a support verb may carry the noun: who "received the Maltese minister" received a person, whatever office the noun names.

    So too where a name follows, "received Prime Minister N. N.", which parsers draw as two objects.
    """
    frame = predications.frames.lookup(lemma(noun), "n", prep="of")
    if frame is not None and frame.type in (RelationType.LEADS, RelationType.MEMBER):
        before_name = noun.pos_ == "PROPN" and noun.i + 1 < len(noun.doc) and noun.nbor(1).pos_ == "PROPN"
        return not before_name and not predications.actors.at(noun) and predications.is_event(noun)
    return predications.is_event(noun)


def _is_in_name(verb: Token, actors: ActorIndex) -> bool:
    """Whether the word is part of somebody's name, whatever the tagger takes it for: "Support" in "Rapid Support Forces"."""
    return any(mention.head != verb.i and mention.start < mention.end - 1 for mention in actors.at(verb))


def _leads_others(noun: Token, predications: Predications) -> bool:
    """Whether the noun is an office in something that has no name: Peru's "opposition leader" does not lead Peru."""
    frame = predications.frames.lookup(lemma(noun), "n", prep="of")
    if frame is None or frame.type is not RelationType.LEADS:
        return False
    return any(part.pos_ == "NOUN" and not predications.actors.at(part) for part in children(noun, "compound"))


def _is_carried(noun: Token, predications: Predications) -> bool:
    """Whether the noun belongs to its verb, which the lexicon lists with it: "aid" in "sent aid to"."""
    part = noun.head if has_label(noun, "nmod") and preposition(noun) == "of" and is_measure(noun.head) else noun
    verb = part.head
    if verb.pos_ != "VERB" or predications.is_light(verb, noun):
        return False
    if not has_label(part, "obj", "nsubj:pass"):
        return noun in predications.left_behind(verb)
    return carrying(verb, noun, predications.frames) is not None


def _is_listed_with_particle(token: Token, frames: FrameLexicon) -> bool:
    found = particle(token)
    return found is not None and frames.is_relational(f"{lemma(token)} {found}", "v")


def _carried(token: Token, predications: Predications) -> list[Token]:
    nouns = object_nouns(token, predications.roles(token))
    if any(carrying(token, noun, predications.frames) is not None for noun in nouns):
        return nouns  # "threw its weight behind Mali in the quarrel": the quarrel is where
    return [*nouns, *(noun for noun in children(token, "obl") if preposition(noun) in ("in", "into"))]
