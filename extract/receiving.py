"""Who gives and who gets what a noun names, where a verb of receiving stands over it: "received aid from", "drew criticism from"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .arguments import AGENT, NOMINAL, Argument, step_up
from .relations import lemma
from .snapshot import once_a_word
from .syntax import child, children, has_label, is_measure, is_passive, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .predication import Predications

_RECEIVING = frozenset({"receive", "get", "obtain", "win", "secure", "gain", "enjoy", "accept", "draw", "attract", "face", "provoke", "elicit", "incur"})
_HAVING = frozenset({"have", "retain", "keep"})
_GIVING = frozenset({"give", "offer", "grant", "lend", "pay", "show", "promise", "pledge", "owe"})
_BESIDE = 0.6
"""The score of an argument that the order of the words gives, not a role."""
_HAD = frozenset({"support", "backing", "endorsement", "approval", "blessing", "sympathy", "protection", "help", "assistance"})


def is_had(noun: Token) -> bool:
    """Whether what follows "of" gives it to who has it: "have the support of the elders", "won the backing of Chad"."""
    determiner = child(noun, "det")
    held = noun.lower_ in _HAD and has_label(noun, "obj") and determiner is not None and determiner.lower_ == "the"
    return held and lemma(noun.head) in _RECEIVING | _HAVING and not is_passive(noun.head)


@once_a_word
def receiving(noun: Token) -> Token | None:
    """The verb by which somebody receives what the noun names: "received aid from", "the aid that Chad got from", "came under fire from"."""
    verbs = [noun.head] if has_label(noun, "obj") else children(noun, "acl:relcl")
    if preposition(noun) in ("in", "of", "worth of"):  # "received $9 million in aid", hung on the measure or on the verb
        if has_label(noun, "nmod") and is_measure(noun.head) and has_label(noun.head, "obj"):
            verbs = [noun.head.head]
        elif has_label(noun, "obl") and any(is_measure(counted) for counted in children(noun.head, "obj")):
            verbs = [noun.head]
    if has_label(noun, "obl") and preposition(noun) == "under" and lemma(noun.head) == "come":
        return noun.head
    if is_had(noun):
        return noun.head
    return next((verb for verb in verbs if verb.pos_ == "VERB" and lemma(verb) in _RECEIVING and not is_passive(verb)), None)


def givers(predications: Predications, noun: Token) -> Sequence[Argument]:
    """From whom it is received."""
    verb = receiving(noun)
    return [argument for argument in predications.own(verb) if argument.preposition == "from"] if verb is not None else []


def senders(predications: Predications, noun: Token) -> Sequence[Argument]:
    """From whom what is received comes, where the noun itself says it: "drew criticism from the other members"."""
    if noun.pos_ not in NOMINAL or receiving(noun) is None:
        return ()
    marked = ("from", "of") if is_had(noun) else ("from",)
    return [replace(argument, role=AGENT) for argument in predications.own(noun) if argument.preposition in marked]


def recipients(predications: Predications, noun: Token) -> list[Argument]:
    """To whom a support verb gives what the noun names, where they stand between the two: "offered Chad a truce", "paid Chad a visit".

    Of a name without an article parsers make a part of the noun's own phrase: "offered | Chad military aid".
    """
    step = step_up(noun) if noun.pos_ in NOMINAL else None
    if step is None or step[1] != "obj" or is_passive(step[2]) or not predications.is_light(step[2], noun):
        return []
    verb = step[2]
    frame = predications.frames.lookup(lemma(noun), "n", prep="with")
    marked = "with" if frame is not None and frame.symmetric else "to"
    between = [a for a in predications.own(verb) if a.role != AGENT and not a.preposition and a.direct and verb.i < a.filler.i < noun.i]
    if not between and lemma(verb) in _GIVING:
        names = [m for part in children(noun, "compound") for m in predications.actors.at(part) if m.form in ("name", "metonym", "person")]
        first = verb.i + 1 + (verb.nbor(1).lower_ == "the")
        between = [Argument("A2", noun.doc[m.head], m, True, "", _BESIDE) for m in names if m.start in (verb.i + 1, first)]
    return [replace(argument, role="A2", preposition=marked) for argument in between if argument.mention.form not in ("adjective", "place")]


def receivers(predications: Predications, noun: Token) -> list[Argument]:
    """Who receives it, as the one affected: "aid to" and "criticism of" them."""
    verb = receiving(noun) if noun.pos_ in NOMINAL and (givers(predications, noun) or senders(predications, noun)) else None
    if verb is None:
        return []
    frame = predications.frames.lookup(lemma(noun), "n", prep="to")
    marked = "to" if frame is not None and frame.type.sign > 0 else "of"
    return [replace(argument, role="A2", preposition=marked) for argument in predications.subjects(verb) or predications.agents(verb)[0]]
