"""Whose law is at work where only the place is named: "a Kenyan was arrested in Chad".

Who is arrested, tried or deported without a word of who does it is so by the authorities of the country where it happens. Of
killing or kidnapping the place says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from .candidates import Candidate
from .records import ActorKind
from .relations import lemma, relation_of
from .syntax import children, is_passive, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .predication import Predications

_LAW = frozenset({"arrest", "detain", "jail", "imprison", "sentence", "convict", "indict", "prosecute", "try", "charge", "fine", "deport", "extradite"})
_LEAVING = frozenset({"deport", "extradite"})
"""What is done by the country that one is sent away from."""
_INSIDE = frozenset({"in", "inside"})
_SCORE = 0.7


def custodies(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """ "A Kenyan was arrested in Chad", "deported from Chad": the country with its prisoner, where nobody else is said to do it."""
    for token in tokens:
        if token.pos_ != "VERB" or lemma(token) not in _LAW or not is_passive(token) or predications.agents(token)[0]:
            continue
        obliques = children(token, "obl", "obl:agent")
        if any(preposition(oblique) == "by" for oblique in obliques):
            continue
        marks = frozenset({"from"}) if lemma(token) in _LEAVING else _INSIDE
        places = [f.mention for oblique in obliques if preposition(oblique) in marks for f in predications.actors.of(oblique) if f.direct]
        countries = [place for place in places if place.actor.kind is ActorKind.COUNTRY and place.form in ("place", "name", "metonym")]
        prisoners = [argument.mention for argument in predications.subjects(token)]
        if len({country.actor.id for country in countries}) != 1:
            continue
        relation = relation_of(token, "", predications.frames)
        for country, prisoner in product(countries[:1], prisoners):
            if prisoner.actor.country != country.actor.id and prisoner.form != "place":
                yield Candidate(token, country, prisoner, relation, "custody", _SCORE)
