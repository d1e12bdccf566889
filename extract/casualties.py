"""Who did the deed in which others come to harm: "nine soldiers died in a rebel attack", "a raid by the militia left two Kenyans dead"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from .arguments import NOMINAL, antecedent
from .bystanders import HARM
from .candidates import Candidate
from .records import RelationType
from .relations import Relation, lemma, relation_of
from .syntax import children, has_label, is_passive, marker, negation, preposition, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .predication import Predications

_DYING = frozenset({"die", "perish"})
_LEFT = {"dead": "kill", "wounded": "wound", "injured": "injure"}
"""How somebody is left, with what was done to them."""
_IN = frozenset({"in", "during", "from"})
_WHEN = frozenset({"when", "as", "after"})
_ARMED = frozenset({"MIL", "REB", "UAF", "COP"})
_LIKELY = 0.8


def casualties(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """Those whom a deed killed, hurt or took, with those whose deed the sentence says it was."""
    for token in tokens:
        if token.pos_ not in ("VERB", "ADJ"):
            continue
        yield from _when_struck(token, predications)
        deed, harmed, relation = _left(token, predications) or _in_deed(token, predications) or (None, None, None)
        if deed is None or harmed is None or relation is None:
            continue
        victims = [filling.mention for filling in predications.actors.of(harmed)]
        for doer, victim in product(_doers(deed, predications), victims):
            if doer.actor.id != victim.actor.id:
                yield Candidate(token, doer, victim, relation, "at-the-hands", _LIKELY, harmed)


def _in_deed(verb: Token, predications: Predications) -> tuple[Token, Token, Relation] | None:
    """The deed, who came to harm in it and how: "were killed in a raid by the militia", "a raid in which two Kenyans died"."""
    found = _harmed(verb, predications) if verb.pos_ == "VERB" else None
    if found is None:
        return None
    harmed, relation = found
    deeds = [noun for noun in children(verb, "obl") if preposition(noun) in _IN]
    if has_label(verb, "acl:relcl") and any(word.lower_ in ("which", "where") for word in verb.subtree):
        deeds = [verb.head] if harmed.i != verb.head.i and antecedent(harmed).i != verb.head.i else []
    deed = next((noun for noun in deeds if _is_deed(noun, predications)), None)
    return (deed, antecedent(harmed), relation) if deed is not None else None


def _harmed(verb: Token, predications: Predications) -> tuple[Token, Relation] | None:
    """Who comes to harm by the verb, and how, where it says nothing of by whom: "two Kenyans died", "were arrested"."""
    dying = lemma(verb) in _DYING and not is_passive(verb)
    harmed = subject(verb)
    if harmed is None or not (dying or is_passive(verb)) or (not dying and predications.agents(verb)[0]):
        return None
    relation = _killing("kill", predications) if dying else relation_of(verb, "", predications.frames)
    return (harmed, relation) if relation is not None and relation.type in HARM else None


def _when_struck(verb: Token, predications: Predications) -> Iterator[Candidate]:
    """ "Three villagers were killed when Chadian troops opened fire": by them; of two with arms nobody knows who lost whom."""
    if verb.pos_ != "VERB" or (found := _harmed(verb, predications)) is None:
        return
    harmed, relation = found
    for clause in children(verb, "advcl"):
        if clause.i < verb.i or not _opens_with_when(clause) or is_passive(clause) or negation(clause) is not None or not _strikes(clause, predications):
            continue
        doers = [argument.mention for argument in predications.agents(clause)[0] if argument.mention.form not in ("place", "metonym")]
        for doer, filling in product(doers, predications.actors.of(harmed)):
            victim = filling.mention
            if doer.actor.id != victim.actor.id and not (doer.sector == victim.sector and doer.sector in _ARMED) and filling.direct:
                yield Candidate(verb, doer, victim, relation, "at-the-hands", _LIKELY, harmed)


def _opens_with_when(clause: Token) -> bool:
    return not _WHEN.isdisjoint([marker(clause), *(word.lower_ for word in children(clause, "advmod") if word.i < clause.i)])


def _strikes(verb: Token, predications: Predications) -> bool:
    """Whether it is a verb of attack, be it by its object or by whom it is turned on: "opened fire", "fired on"."""
    if lemma(verb) == "open":
        return any(lemma(noun) == "fire" for noun in children(verb, "obj"))
    frames = (predications.frames.lookup(lemma(verb), "v", prep=prep) for prep in ("", "on", "at"))
    return verb.pos_ == "VERB" and any(frame is not None and frame.type is RelationType.ASSAULT and not frame.symmetric for frame in frames)


def _left(verb: Token, predications: Predications) -> tuple[Token, Token, Relation] | None:
    """The deed, whom it left dead or hurt, and which of it: "a raid by the militia left two Kenyans dead"."""
    if lemma(verb) != "leave" or verb.pos_ != "VERB" or is_passive(verb):
        return None
    deed, objects = subject(verb), children(verb, "obj")
    state = next((word for word in (*children(verb, "xcomp", "advcl", "ccomp"), *(w for noun in objects for w in children(noun, "amod", "acl"))) if word.lower_ in _LEFT), None)
    relation = _killing(_LEFT[state.lower_], predications) if state is not None else None
    if deed is None or state is None or relation is None or state.i < verb.i or not _is_deed(deed, predications):
        return None
    harmed = next(iter(objects), None) or subject(state)
    return (deed, harmed, relation) if harmed is not None else None


def _killing(verb: str, predications: Predications) -> Relation | None:
    frame = predications.frames.lookup(verb, "v")
    return Relation(verb, frame.type, frame.symmetric, frame) if frame is not None else None


def _is_deed(noun: Token, predications: Predications) -> bool:
    """Whether it is an attack of one side on another; of a clash nobody knows who hurt whom."""
    frame = predications.frames.lookup(lemma(noun), "n") if noun.pos_ in NOMINAL else None
    mutual = predications.frames.lookup(lemma(noun), "n", prep="with")
    return frame is not None and frame.type in HARM and not (mutual is not None and mutual.symmetric)


def _doers(deed: Token, predications: Predications) -> list[Mention]:
    """Whose deed it is; the city where it happened did nothing: "the Paris attacks"."""
    found = [argument.mention for argument in predications.agents(deed)[0] if argument.preposition != "on"]  # "a bombing blamed on Peru"
    return [mention for mention in found if mention.form not in ("place", "metonym")]
