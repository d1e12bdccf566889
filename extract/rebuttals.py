"""Charges that are denied beside what they charge: "said that Chad had armed them, a charge denied by N'Djamena", "…, an accusation Chad rejects"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .attribution import attribution_of
from .candidates import Candidate
from .records import RelationType
from .relations import Relation, entry, lemma, particle
from .speakers import takes_up_charge
from .syntax import children, path_up

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .mentions import Mention
    from .predication import Predications

_SCORE = 0.6


def rebuttals(tokens: Sequence[Token], predications: Predications) -> Iterator[Candidate]:
    """Who turns down what the other one has just charged, as REJECT."""
    for noun in tokens:
        if not takes_up_charge(noun):
            continue
        for verb in children(noun, "acl"):
            frame = predications.frames.lookup(lemma(verb), "v", particle=particle(verb)) if verb.pos_ == "VERB" else None
            if frame is None or frame.type is not RelationType.REJECT:
                continue
            relation = Relation(f"{entry(verb)} {noun.lower_} by", frame.type, False, frame)
            for denier in (argument.mention for argument in predications.agents(verb)[0] if argument.mention.start > noun.i):
                for accuser in _accusers(noun, predications):
                    if accuser.actor.id != denier.actor.id:
                        yield Candidate(verb, denier, accuser, relation, "clausal", _SCORE)


def _accusers(noun: Token, predications: Predications) -> Sequence[Mention]:
    """Who makes the charge: the subject of "accused", or whose claim it is."""
    for _, _, above in path_up(noun):
        frame = predications.frames.lookup(lemma(above), "v", particle=particle(above)) if above.pos_ == "VERB" else None
        if frame is not None and frame.type is RelationType.ACCUSE:
            return [argument.mention for argument in predications.agents(above)[0]]
        source = attribution_of(above)
        if source is not None and source.head is not None:
            return [filling.mention for filling in predications.actors.of(above.doc[source.head])]
    return []
