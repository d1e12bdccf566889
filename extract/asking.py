"""Who does what somebody asks, tells or forces another to do, and what somebody agrees to do himself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .arguments import AGENT, NOMINAL, Argument
from .bystanders import HARM
from .carriers import is_endeavor
from .conditions import time_given
from .frames import CarrierKind
from .gerunds import charging_verb
from .records import Modality, RelationType
from .relations import Relation, lemma, part_of_speech, particle
from .syntax import children, has_label, is_infinitive, is_passive, marker, path_up, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .predication import Predications

_JUDGING = frozenset({"call", "consider", "deem", "term", "label", "brand"})
_DRAWING = frozenset({"base", "inspire", "model"})
_WISHING = frozenset({"want", "wish", "like", "prefer", "tell"})
"""Verbs that no table lists, as of a thing they tell a liking."""


def as_request(relation: Relation, verb: Token, object_: Argument) -> Relation:
    """The relation, as REQUEST where a wish is told of whom it is to move: "wants Peru to withdraw"; who "wants Peru" asks nothing."""
    if relation.frame is not None or lemma(verb) not in _WISHING or is_passive(verb):
        return relation
    wished = any(is_infinitive(clause) and object_.filler.i < clause.i for clause in children(verb, "xcomp", "ccomp", "advcl"))
    return replace(relation, type=RelationType.REQUEST) if wished else relation


def told(predications: Predications, token: Token) -> Sequence[Argument]:
    """Who is to do it, where a verb of asking or forcing governs the infinitive: roles take the asker as often.

    "called on the army to withdraw": the army; "asked Peru for permission to land": who asks.
    """
    beside = has_label(token, "conj") and token.pos_ == token.head.pos_ == "VERB" and not children(token, "nsubj", "aux")
    if beside and (not children(token, "cc") or (token.tag_ == token.head.tag_ == "VB" and not children(token, "mark"))):
        return told(predications, token.head)  # "refused to allow the planes to land and unload"
    if token.pos_ != "VERB" or not is_infinitive(token) or children(token, "obl:agent"):
        return ()  # "had the minister rescued" is no "had to be rescued by the navy"
    step = next(path_up(token), None)
    if step is None or step[0].i != token.i:
        return ()
    above = step[2]
    if has_label(token, "acl") and above.pos_ == "NOUN" and has_label(above, "obl", "obj") and preposition(above) == "for":
        return askers(predications, above.head)
    if lemma(above) == "give" and time_given(above, token) is not None:
        return [argument for argument in predications.own(above) if argument.role != AGENT and not argument.preposition and argument.filler.i < token.i]
    if above.pos_ != "VERB" or not has_label(token, "xcomp", "ccomp", "advcl") or not tells(predications, above):
        return ()
    if has_label(token, "advcl") and token.i < above.i:
        return predications.doers(above)  # "To fight Chad, Mali needed planes"
    if any(preposition(noun) == "for" and noun.pos_ == "NOUN" and noun.i + 1 == token.left_edge.i for noun in children(above, "obl", "obj")):
        return askers(predications, above)  # "asked Peru for permission to land", hung on the verb
    if lemma(above) == "use":  # whose soil or drones are used does nothing by that
        return [argument for argument in predications.own(above) if argument.direct and has_label(argument.filler, "obj")] or predications.doers(above)
    marked = particle(above) or ("on" if lemma(above) == "call" else "")
    return [
        argument
        for argument in predications.own(above)
        if has_label(argument.filler, "obj", "iobj") or (marked and has_label(argument.filler, "obl") and argument.preposition == marked)
    ]


def controller(predications: Predications, above: Token) -> Sequence[Argument]:
    """Who does what the infinitive says: the object of "urge", the subject of "agree"."""
    rows = predications.carriers(above)
    by_object = any(row.object == "object" for row in rows)
    if is_passive(above):
        return predications.subjects(above)
    objects = [argument for argument in predications.own(above) if has_label(argument.filler, "obj", "iobj")]
    if objects and not any(row.object == "subject" for row in rows):
        return predications.doers(above) if harms(predications, above) else objects
    if by_object and children(above, "obj", "iobj"):
        return ()
    return predications.doers(above)


def harms(predications: Predications, verb: Token) -> bool:
    """Whether the verb does harm to its object and hands it nothing to do: "targeted the miners to break the strike"."""
    frame = predications.frames.lookup(lemma(verb), part_of_speech(verb), particle=particle(verb)) if not predications.carriers(verb) else None
    return frame is not None and frame.type in HARM and not frame.carried


def is_harmed_for_it(predications: Predications, infinitive: Token, argument: Argument) -> bool:
    """Whether the actor is whom the verb above harms in order to do what the infinitive says."""
    if infinitive.pos_ != "VERB" or not is_infinitive(infinitive) or not has_label(infinitive, "xcomp", "advcl"):
        return False
    above = infinitive.head
    return has_label(argument.filler, "obj") and argument.filler.head.i == above.i and not is_passive(above) and harms(predications, above)


def askers(predications: Predications, verb: Token) -> Sequence[Argument]:
    return predications.doers(verb) if verb.pos_ == "VERB" and tells(predications, verb) and not is_passive(verb) else ()


def tells(predications: Predications, verb: Token) -> bool:
    """Whether the verb has its object do something."""
    return not is_passive(verb) and any(row.kind is CarrierKind.CAUSE and row.object == "object" for row in predications.carriers(verb))


def is_asked_of_others(predications: Predications, noun: Token) -> bool:
    """Whether the noun asks somebody else to do what its infinitive says: "its demand to free the prisoners"."""
    frame = predications.frames.lookup(lemma(noun), part_of_speech(noun))
    asks = frame is not None and frame.type in (RelationType.REQUEST, RelationType.THREATEN)
    return asks and any(row.modality is Modality.REQUESTED for row in predications.carriers(noun))


def is_asker(predications: Predications, token: Token, argument: Argument) -> bool:
    """Whether the actor asks others, or is asked by others, to do what the infinitive, or its object, says of a third; or holds another to account for it."""
    if (charging := charging_verb(predications, token)) is not None:
        return argument.mention.actor.id in {judge.mention.actor.id for judge in predications.agents(charging)[0]}
    act = token.head if token.pos_ in NOMINAL and has_label(token, "obj") and not token.is_ancestor(argument.filler) else token
    if not has_label(act, "acl") or not is_infinitive(act) or not is_asked_of_others(predications, act.head):
        return False
    asking = {asker.mention.actor.id for asker in predications.agents(act.head)[0]}
    return argument.mention.actor.id in asking or not act.head.is_ancestor(argument.filler)


def is_opinion_of(gerund: Token) -> bool:
    """Whether somebody only says what he thinks of its being done, by whomever: "called selling the forest to Peru shameful"."""
    judged = gerund.tag_ == "VBG" and has_label(gerund, "xcomp", "obj", "ccomp") and lemma(gerund.head) in _JUDGING
    return judged and not marker(gerund) and not is_passive(gerund.head)


def is_matter(noun: Token) -> bool:
    """Whether the noun is only what a work is made from: "performed a play based on the siege of Gao"."""
    return has_label(noun, "obl") and lemma(noun.head) in _DRAWING and has_label(noun.head, "acl")


def effort(predications: Predications, token: Token) -> Sequence[Argument]:
    """Whose effort, plan or right the infinitive says, where the noun names its owner: "Kenyan efforts to mediate", "a decision by Chad to"."""
    noun = _effort_noun(token)
    if noun is None or is_asked_of_others(predications, noun):
        return ()
    owned = ("nmod:poss", "compound", "amod", *(("nmod",) if _is_right(noun) else ()))  # "the right of workers to strike"
    owners = [a for a in predications.own(noun) if has_label(a.filler, *owned) or (a.filler.head.i == noun.i and a.preposition == "by")]
    return [argument for argument in owners if noun.is_ancestor(argument.filler)] or owners


def _effort_noun(token: Token) -> Token | None:
    """The noun whose aim the infinitive is: what it hangs on, or somebody's effort right before it, where the parser hung it on the verb above."""
    if not is_infinitive(token):
        return None
    if has_label(token, "acl"):
        return None if has_label(token, "acl:relcl") else token.head
    noun = token.doc[token.left_edge.i - 1] if token.left_edge.i > 0 else token
    if has_label(noun, "nmod") and _is_right(noun.head) and has_label(token, "advcl", "xcomp"):
        return noun.head
    owned = is_endeavor(noun) and noun.head.i == token.head.i and bool(children(noun, "nmod:poss"))
    return noun if has_label(token, "advcl", "xcomp") and has_label(noun, "obl") and owned else None


def _is_right(noun: Token) -> bool:
    return lemma(noun) == "right" and noun.pos_ == "NOUN"
