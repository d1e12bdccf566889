"""Whom an act is aimed at, where not the act's own roles but its purpose or its object names them.

"Farmers marched to demand the minister's resignation" is a protest against the minister; who hosts talks between A and B consults with both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .arguments import AGENT, BETWEEN, NOMINAL, object_nouns
from .bystanders import is_victim
from .candidates import Candidate
from .records import RelationType
from .relations import Relation, lemma, may_mean, noun_entry, part_of_speech, relation_of
from .syntax import children, has_label, is_infinitive, is_passive, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .arguments import Argument
    from .predication import Predications

_AIMED = frozenset({RelationType.REQUEST, RelationType.ACCUSE, RelationType.REJECT})
"""Types of the purpose whose object the protest is against; "to protest against B" says so itself."""
_LESS_SURE = 0.8
"""What is left of an argument's score when it is the purpose's and not the act's."""
_MEDIATED_SCORE = 0.7


def protests(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """ "A marched to demand B's resignation", "went on hunger strike calling for B's release": a protest against B, said once."""
    aimed: set[tuple[int, str, str]] = set()
    for token in tokens:
        if token.pos_ not in ("VERB", *NOMINAL) or not may_mean(token, RelationType.PROTEST, predications.frames) or predications.actors.at(token):
            continue
        frame = predications.frames.lookup(noun_entry(token, predications.frames), part_of_speech(token), prep="against")
        if frame is None or frame.type is not RelationType.PROTEST or _is_aimed(token, predications):
            continue
        relation = relation_of(token, "against", predications.frames)
        agents = predications.agents(token)[0] or (predications.agents(token.head)[0] if has_label(token, "obj", "obl") else ())
        for target in _targets(token, predications):
            for agent in agents:
                key = (token.sent.start, agent.mention.actor.id, target.mention.actor.id)
                if agent.mention.actor.id != target.mention.actor.id and key not in aimed:
                    aimed.add(key)
                    score = min(agent.score, target.score) * _LESS_SURE
                    yield Candidate(token, agent.mention, target.mention, relation, "aim", score)


def _is_aimed(token: Token, predications: Predications) -> bool:
    """Whether the act itself names whom it is against."""
    return any(argument.preposition in ("against", "at", "") and argument.role != AGENT for argument in predications.own(token))


def _targets(act: Token, predications: Predications) -> Iterator[Argument]:
    """The objects of the clause that says what the act is for, which hangs on the act or on the verb over it."""
    above = [act, act.head] if act.pos_ in NOMINAL and has_label(act, "obj", "obl") else [act]
    for clause in (clause for word in above for clause in children(word, "advcl", "acl", "xcomp")):
        if clause.i < act.i or not (is_infinitive(clause) or (clause.tag_ == "VBG" and not preposition(clause))):
            continue
        for argument in predications.own(clause):
            if argument.role == AGENT or argument.filler.i < clause.i or is_victim(argument, predications.frames):
                continue
            if relation_of(clause, argument.preposition, predications.frames).type in _AIMED:
                yield argument


def mediations(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """ "Kenya hosted talks between Chad and Niger", "mediated a swap between": the third one with either side."""
    for token in tokens:
        if token.pos_ != "VERB" or not may_mean(token, RelationType.CONSULT, predications.frames) or is_passive(token):
            continue
        for noun in object_nouns(token, predications.roles(token)):
            frame = predications.frames.lookup(lemma(token), "v", prep="between", carried=[lemma(noun)])
            if frame is None or frame.type is not RelationType.CONSULT or frame.symmetric:
                continue
            relation = Relation(f"{lemma(token)} {noun.lower_} between", frame.type, False, frame)
            sides = {argument.mention.actor.id: argument.mention for argument in predications.own(noun) if argument.preposition in BETWEEN}
            for agent in predications.agents(token)[0]:
                for side in sides.values() if agent.mention.actor.id not in sides else ():
                    yield Candidate(token, agent.mention, side, relation, "aim", min(agent.score, _MEDIATED_SCORE))
