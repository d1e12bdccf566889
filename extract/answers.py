"""Whom a request, a reproach, a threat or an offer was made to, where only who answers says it: "Chad rejected a demand by Mali".

Whoever turns down or grants what another asks was asked. Whom the noun itself names is the other's business: in "rejected Mali's
request to the United Nations" nothing was asked of who rejects.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from .arguments import AGENT
from .candidates import Candidate
from .records import RelationType
from .relations import Relation, entry, lemma
from .syntax import children, is_passive, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .arguments import Argument
    from .predication import Predications

_ANSWERING = frozenset({
    "reject", "refuse", "dismiss", "decline", "rebuff", "spurn", "ignore", "disregard", "turn down", "brush aside", "brush off", "shrug off", "wave away",
    "deflect", "sidestep", "resist", "defy", "deny", "rebut", "refute", "accept", "heed", "withstand", "grant", "honor", "honour", "fulfill", "fulfil",
})  # fmt: skip
"""Verbs whose object was put to the one who answers; who opposes or vetoes a request may have been asked nothing."""
_ANSWERING_TO = frozenset({"agree", "accede", "bow", "yield", "give in", "cave in", "submit", "comply", "succumb", "cave"})
_PUT = {
    RelationType.REQUEST: {
        "request": "to", "demand": "of", "call": "to", "appeal": "to", "plea": "to", "petition": "to", "invitation": "to", "proposal": "to", "ultimatum": "to", "order": "to",
        "entreaty": "to", "summons": "to", "bid": "for", "pressure": "on", "urging": "to", "advice": "to",
    },
    RelationType.ACCUSE: {"accusation": "against", "allegation": "against", "charge": "against", "criticism": "of", "claim": "against", "complaint": "against"},
    RelationType.THREATEN: {"warning": "to", "threat": "against", "ultimatum": "to"},
    RelationType.AGREE: {"offer": "to", "overture": "to"},
}  # fmt: skip
"""What one may be answered, by what it is, with what joins it to whom it is put to."""
_TO = frozenset({"to", "with"})
_ASKED_FOR = frozenset({"for", "to", "of", "against"})
"""Prepositions under one of which the lexicon has the nouns."""
_SCORE = 0.8


def answers(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """ "A rejected a call by B to withdraw": a request of B's to A."""
    for verb in tokens:
        if verb.pos_ != "VERB":
            continue
        for noun in _answered(verb):
            relation = _put(noun, predications)
            if relation is None or _is_put_to_others(noun, predications):
                continue
            askers = [a for a in predications.agents(noun)[0] if _asks(a, noun) and a.mention.form != "place"]
            for asker, answerer in product(askers, predications.doers(verb)):
                if answerer.direct and answerer.mention.sector != "JUD" and asker.mention.actor.id != answerer.mention.actor.id:
                    yield Candidate(noun, asker.mention, answerer.mention, relation, "answer", min(asker.score, answerer.score, _SCORE))


def _answered(verb: Token) -> list[Token]:
    """The nouns that the verb answers."""
    if entry(verb) in _ANSWERING or lemma(verb) in _ANSWERING:
        return children(verb, "nsubj:pass" if is_passive(verb) else "obj")
    if entry(verb) in _ANSWERING_TO:
        return [noun for noun in children(verb, "obl") if preposition(noun) in _TO]
    return []


def _put(noun: Token, predications: Predications) -> Relation | None:
    """The relation that the noun is to whom it is put to."""
    if noun.pos_ != "NOUN":
        return None
    rows = [predications.frames.lookup(lemma(noun), "n", prep=prep) for prep in sorted(_ASKED_FOR)]
    for type_, nouns in _PUT.items():
        frame = next((row for row in rows if row is not None and row.type is type_), None)
        if frame is not None and lemma(noun) in nouns:
            return Relation(f"{lemma(noun)} {nouns[lemma(noun)]}", type_, False, frame)
    return None


def _asks(argument: Argument, noun: Token) -> bool:
    """Whether the noun is said to be the actor's; parsers hang what follows "from" on the verb, too."""
    return noun.is_ancestor(argument.filler) or (argument.filler.i > noun.i and argument.preposition in ("from", "by"))


def _is_put_to_others(noun: Token, predications: Predications) -> bool:
    """Whether the noun names whom it is put to, or held against: "a request to the court", "criticism of the judges"."""
    return any(_names_receiver(argument, noun) for argument in predications.own(noun) if argument.role != AGENT)


def _names_receiver(argument: Argument, noun: Token) -> bool:
    return argument.direct and argument.filler.head.i == noun.i and argument.preposition in ("to", "on", "upon", "of", "against", "with")
