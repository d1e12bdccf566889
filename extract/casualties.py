"""Who did the deed in which others come to harm: "nine soldiers died in a rebel attack", "a raid by the militia left two Kenyans dead"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from .arguments import NOMINAL, antecedent
from .bystanders import HARM
from .candidates import Candidate
from .relations import Relation, lemma, relation_of
from .syntax import children, has_label, is_passive, preposition, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .predication import Predications

_DYING = frozenset({"die", "perish"})
_LEFT = {"dead": "kill", "wounded": "wound", "injured": "injure"}
"""How somebody is left, with what was done to them."""
_IN = frozenset({"in", "during", "from"})
_LIKELY = 0.8


def casualties(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """Those whom a deed killed, hurt or took, with those whose deed the sentence says it was."""
    for token in tokens:
        if token.pos_ not in ("VERB", "ADJ"):
            continue
        deed, harmed, relation = _left(token, predications) or _in_deed(token, predications) or (None, None, None)
        if deed is None or harmed is None or relation is None:
            continue
        victims = [filling.mention for filling in predications.actors.of(harmed)]
        for doer, victim in product(_doers(deed, predications), victims):
            if doer.actor.id != victim.actor.id:
                yield Candidate(token, doer, victim, relation, "at-the-hands", _LIKELY, harmed)


def _in_deed(verb: Token, predications: Predications) -> tuple[Token, Token, Relation] | None:
    """The deed, who came to harm in it and how: "were killed in a raid by the militia", "a raid in which two Kenyans died"."""
    dying = lemma(verb) in _DYING and not is_passive(verb)
    harmed = subject(verb)
    if verb.pos_ != "VERB" or harmed is None or not (dying or is_passive(verb)) or (not dying and predications.agents(verb)[0]):
        return None
    relation = _killing("kill", predications) if dying else relation_of(verb, "", predications.frames)
    if relation is None or relation.type not in HARM:
        return None
    deeds = [noun for noun in children(verb, "obl") if preposition(noun) in _IN]
    if has_label(verb, "acl:relcl") and any(word.lower_ in ("which", "where") for word in verb.subtree):
        deeds = [verb.head] if harmed.i != verb.head.i and antecedent(harmed).i != verb.head.i else []
    deed = next((noun for noun in deeds if _is_deed(noun, predications)), None)
    return (deed, antecedent(harmed), relation) if deed is not None else None


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
