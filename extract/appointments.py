"""Who takes an office, or is given it: "N. became president of Peru", "was sworn in as", "Parliament elected N. chancellor".

The office is told in the predicate, so that nothing of it stands at the name. Who is only put forward for it does not have it
yet, and who loses it has it no longer; neither is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .arguments import antecedent
from .candidates import Candidate
from .records import ActorKind, RelationType
from .relations import Relation, lemma
from .syntax import children, coordination, has_label, is_passive, preposition, subject
from .titles import held, office_relation

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention, Offices
    from .predication import Predications

_TAKING = frozenset({"become", "became", "serve", "return", "succeed", "replace", "continue", "remain"})
"""Whose subject has the office; "take" and "assume" with what they take, "over" or "office"."""
_TAKING_UP = frozenset({"take", "assume"})
_GIVING = frozenset({
    "appoint", "name", "elect", "reelect", "re-elect", "install", "inaugurate", "swear", "swore", "sworn", "reappoint", "reinstate", "choose", "chosen", "confirm",
    "crown", "proclaim", "promote", "select",
})  # fmt: skip
"""Whose object has it, in the passive the subject."""
_TO_A_BODY = frozenset({"appoint", "name", "elect", "reelect", "re-elect", "reappoint", "confirm"})
_SEATED = frozenset({"LEG", "IGO", "GOV", "JUD"})
_SCORE = 0.8


def appointments(tokens: list[Token], predications: Predications, offices: Offices) -> Iterator[Candidate]:
    """Each person with what the office is of, and with the body that somebody is elected or appointed to."""
    for token in tokens:
        if token.pos_ not in ("VERB", "AUX") or lemma(token) not in _TAKING | _TAKING_UP | _GIVING:
            continue
        holders = _holders(token, predications)
        if lemma(token) in _TO_A_BODY:
            yield from _seats(token, holders, predications)
        people = [mention for mention in holders if mention.actor.kind is ActorKind.PERSON]
        for noun in _told(token):
            office = offices.find(token.doc, noun.i)
            if office is None or office.former:
                continue
            for person in people:
                for body in held(office, person, predications.actors):
                    if (relation := office_relation(office.office, body.actor.kind)) is not None:
                        yield Candidate(token, person, body, relation, "title", _SCORE)


def ties_appointer(candidate: Candidate) -> bool:
    """Whether a triple ties who appoints to the body, where only the one who is appointed comes to it: "Diop appointed Tall to the council"."""
    relation, token = candidate.relation, candidate.predicate
    return relation.type is RelationType.OTHER and token.pos_ == "VERB" and lemma(token) in _TO_A_BODY and relation.phrase.endswith(" to")


def _seats(verb: Token, members: list[Mention], predications: Predications) -> Iterator[Candidate]:
    """ "N. was elected to the Knesset", "appointed to the Senate": who has a seat in it."""
    relation = Relation("member of", RelationType.MEMBER, False, None)
    for noun in (noun for noun in children(verb, "obl") if preposition(noun) == "to"):
        bodies = [m for m in predications.actors.at(noun) if m.actor.kind in (ActorKind.COUNTRY, ActorKind.ORGANISATION) and m.sector in _SEATED]
        for body in bodies:
            for one in members:
                if one.actor.id != body.actor.id and one.form in ("person", "name", "pronoun"):
                    yield Candidate(verb, one, body, relation, "title", _SCORE)


def _holders(verb: Token, predications: Predications) -> list[Mention]:
    """Who has the office then: the subject of what is taken or given in the passive, else the object."""
    if lemma(verb) in _GIVING and not is_passive(verb):
        fillers = children(verb, "obj")
    elif has_label(verb, "acl") and not children(verb, "nsubj", "nsubj:pass"):
        fillers = [verb.head]
    else:
        found = subject(verb)
        fillers = [] if found is None else [antecedent(found)]
    return [filling.mention for filler in fillers for filling in predications.actors.of(filler) if filling.direct]


def _told(verb: Token) -> Iterator[Token]:
    """Nouns that the verb says of its holder: "became president", "elected him president", "served as president and …"."""
    for complement in children(verb, "xcomp", "obl", "obj", "advcl"):
        marked = preposition(complement)
        bare = not marked and (lemma(verb) in _GIVING or lemma(verb) in ("become", "became", "remain"))
        if complement.i > verb.i and complement.pos_ in ("NOUN", "PROPN") and (marked == "as" or bare):
            yield from coordination(complement)
