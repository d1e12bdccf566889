"""Whom those turn against who leave or jeer while another speaks: "walked out during a speech by N.", "booed as N. took the floor"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from .candidates import Candidate
from .relations import Relation, lemma
from .syntax import children, is_passive, marker, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .predication import Predications

_OUT = frozenset({"walk", "storm", "march", "file"})
"""Verbs of going that are a protest with "out"."""
_JEERING = frozenset({"boo", "heckle", "jeer", "whistle", "hiss"})
_SPEECHES = frozenset({"speech", "address", "remark", "statement", "lecture", "sermon", "presentation", "floor", "podium"})
_SPEAKING = frozenset({"speak", "talk", "address"})
_GIVING = frozenset({"deliver", "give", "read", "make", "begin", "start", "take"})
_WHILE = frozenset({"while", "as", "when"})
_SCORE = 0.75


def walkouts(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """Those who leave or jeer, with whoever speaks meanwhile."""
    frame = predications.frames.lookup("walkout", "n")
    for verb in tokens:
        if frame is None or verb.pos_ != "VERB" or is_passive(verb) or not _turns_away(verb):
            continue
        relation = Relation("walk out on" if lemma(verb) in _OUT else lemma(verb), frame.type, False, frame)
        for agent, speaker in product(predications.doers(verb), _speakers(verb, predications)):
            if agent.direct and agent.mention.actor.id != speaker.actor.id and speaker.form != "place":
                yield Candidate(verb, agent.mention, speaker, relation, "aim", min(agent.score, _SCORE))


def _turns_away(verb: Token) -> bool:
    return lemma(verb) in _JEERING or (lemma(verb) in _OUT and verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ == "out")


def _speakers(verb: Token, predications: Predications) -> list[Mention]:
    """Who speaks meanwhile: "during a speech by N.", "while N. was giving his address"."""
    speeches = [noun for noun in children(verb, "obl", "nmod") if preposition(noun) == "during" and lemma(noun) in _SPEECHES]
    found = [argument for noun in speeches for argument in predications.agents(noun)[0] if noun.is_ancestor(argument.filler)]
    for clause in children(verb, "advcl"):
        speaks = lemma(clause) in _SPEAKING or (lemma(clause) in _GIVING and any(lemma(noun) in _SPEECHES for noun in children(clause, "obj")))
        if marker(clause) in _WHILE and speaks:
            found += [argument for argument in predications.doers(clause) if argument.direct]
    return [argument.mention for argument in found]
