"""Whose law is at work where only the place or the body is named: "a Kenyan was arrested in Chad", "expelled from the party".

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
_PUT_OUT = frozenset({"expel", "exclude", "excommunicate", "suspend", "dismiss", "sack", "remove", "oust", "ban", "bar", "disqualify", "purge", "evict"})
"""What is done by the body that one is put out of."""
_INSIDE = frozenset({"in", "inside"})
_SCORE = 0.7


def custodies(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """ "A Kenyan was arrested in Chad", "deported from Chad": the country with its prisoner, where nobody else is said to do it."""
    for token in tokens:
        if token.pos_ != "VERB" or lemma(token) not in _LAW | _PUT_OUT or not is_passive(token) or predications.agents(token)[0]:
            continue
        obliques = children(token, "obl", "obl:agent")
        if any(preposition(oblique) == "by" for oblique in obliques):
            continue
        if lemma(token) in _PUT_OUT:
            yield from _expulsions(token, obliques, predications)
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


def _expulsions(verb: Token, obliques: list[Token], predications: Predications) -> Iterator[Candidate]:
    """ "N. was expelled from the party", "Mali was suspended from the bloc": the body with whom it puts out; out of a country anybody may drive."""
    bodies = [f.mention for noun in obliques if preposition(noun) == "from" for f in predications.actors.of(noun) if f.direct]
    relation = relation_of(verb, "", predications.frames)
    for body, other in product(bodies, [argument.mention for argument in predications.subjects(verb)]):
        named = body.form in ("name", "collective", "pronoun") and body.actor.kind is ActorKind.ORGANISATION
        if named and relation.frame is not None and other.actor.id != body.actor.id and other.form != "place":
            yield Candidate(verb, body, other, relation, "custody", _SCORE)
