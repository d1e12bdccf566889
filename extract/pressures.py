"""Who is under what of whose: "Under pressure from Peru, Chad opened talks", "came under fire from Peru", "Under N.'s leadership, the army crossed"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from .candidates import Candidate
from .records import ActorKind, RelationType
from .relations import Relation, lemma, relation_of
from .syntax import child, children, governor, has_label, preposition, subject
from .voices import IN_ARMS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .predication import Predications

_UNDER = {"pressure": "on", "attack": "on", "threat": "against", "sanction": "on", "embargo": "on", "bombardment": "of", "siege": "of", "blockade": "of", "indictment": "of", "investigation": "of"}
"""What somebody is under, with the preposition that joins it to whom it bears on."""
_LEADERSHIP = frozenset({"leadership", "command"})
_SCORE = 0.75


def pressures(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """Whoever the pressure is from, or leads, with the subject of the verb that it stands with or the name that it stands beside."""
    for noun in tokens:
        if noun.pos_ != "NOUN" or preposition(noun) != "under":
            continue
        if lemma(noun) in _LEADERSHIP:
            yield from _led(noun, predications)
        elif lemma(noun) == "fire":
            yield from _under_fire(noun, predications)
        joint = _UNDER.get(lemma(noun))
        if joint is None:
            continue
        owners = [part for part in children(noun, "nmod", "amod", "compound", "nmod:poss") if has_label(part, "amod", "compound", "nmod:poss") or preposition(part) in ("from", "by")]
        sources = [f.mention for part in owners for f in predications.actors.of(part) if f.direct]
        relation = relation_of(noun, joint, predications.frames)
        for source, other in product(sources, _pressed(noun, predications)):
            if source.form != "place" and source.actor.id != other.actor.id:
                yield Candidate(noun, source, other, relation, "nominal", _SCORE)


def _under_fire(noun: Token, predications: Predications) -> Iterator[Candidate]:
    """ "came under fire from": shots where either side has arms, else words; "under heavy fire from Peru" on a garrison, on a minister."""
    above = noun if child(noun, "cop") is not None else governor(noun)
    if above is None or (above.i != noun.i and lemma(above) != "come" and not has_label(noun, "nmod", "acl")):
        return
    sources = [part for word in {noun.i: noun, above.i: above}.values() for part in children(word, "nmod", "obl") if preposition(part) in ("from", "by")]
    found = subject(above) if above.i == noun.i or above.pos_ == "VERB" else above
    targets = [f.mention for f in predications.actors.of(found)] if found is not None else []
    for source, target in product([f.mention for part in sources for f in predications.actors.of(part) if f.direct], targets):
        if source.form != "place" and source.actor.id != target.actor.id:
            shots = {source.sector, target.sector} & IN_ARMS
            yield Candidate(noun, source, target, Relation("fire on", RelationType.ASSAULT if shots else RelationType.ACCUSE, False, None), "nominal", _SCORE)


def _led(noun: Token, predications: Predications) -> Iterator[Candidate]:
    """ "Under N.'s leadership, the Labour Party …", "the guards, under the command of N.": who leads them; nobody leads himself or other people."""
    owners = [part for part in children(noun, "nmod:poss", "nmod") if has_label(part, "nmod:poss") or preposition(part) == "of"]
    leaders = [f.mention for part in owners for f in predications.actors.of(part) if f.direct and f.mention.form == "person"]
    relation = relation_of(noun, "of", predications.frames)
    for leader, body in product(leaders, _pressed(noun, predications)):
        if body.actor.kind is not ActorKind.PERSON and body.form in ("name", "collective"):
            yield Candidate(noun, leader, body, relation, "nominal", _SCORE)


def _pressed(noun: Token, predications: Predications) -> list[Mention]:
    above = governor(noun)
    if child(noun, "cop") is not None and (found := subject(noun)) is not None:
        return [filling.mention for filling in predications.actors.of(found) if filling.direct]
    if above is None or has_label(noun, "conj"):
        return []
    if above.pos_ == "VERB":
        return [argument.mention for argument in predications.doers(above) if argument.direct]
    return [filling.mention for filling in predications.actors.of(above) if filling.direct]
