"""Who puts whom on a list of the sanctioned, the banned or the suspected, and who takes them off it: "placed the firm on its blacklist"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from .candidates import Candidate
from .records import RelationType
from .relations import Relation, lemma
from .syntax import children, coordination, has_label, is_passive, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .predication import Predications

_PUTTING = frozenset({"put", "place", "add", "include", "keep", "enter", "inscribe", "leave"})
_TAKING = frozenset({"remove", "take", "strike", "drop", "delete", "delist", "withdraw"})
_TO_LIST = frozenset({"on", "to", "onto", "in"})
_OFF_LIST = frozenset({"from", "off", "off of"})
_LISTS = frozenset({"blacklist", "watchlist", "graylist", "greylist"})
_BAD = frozenset({
    "sanction", "sanctions", "sanctioned", "terror", "terrorist", "terrorism", "entity", "black", "gray", "grey", "banned", "ban", "proscribed", "haven", "wanted", "watch", "embargo", "designated",
    "prohibited", "undesirable", "sponsor", "pariah", "no-fly", "debarment", "trafficker", "kingpin",
})  # fmt: skip
"""Words that make a list one of the sanctioned: "sanctions list", "list of terrorist groups"."""
_SCORE = 0.8


def listings(tokens: list[Token], predications: Predications) -> Iterator[Candidate]:
    """Who lists, else whose list it is, with whom they put on it or take off it."""
    for noun in tokens:
        verb = noun.head
        if noun.pos_ != "NOUN" or verb.pos_ != "VERB" or not has_label(noun, "obl", "nmod") or not _is_of_banned(noun):
            continue
        marked, word = preposition(noun), lemma(verb)
        if word in _PUTTING and marked in _TO_LIST:
            relation = Relation(f"{word} {marked} list", RelationType.SANCTION, False, None)
        elif word in _TAKING and marked in _OFF_LIST:
            relation = Relation(f"{word} {marked} list", RelationType.RETREAT, False, None)
        else:
            continue
        listed = children(verb, "nsubj:pass" if is_passive(verb) else "obj")
        others = [f.mention for thing in listed for f in predications.actors.of(thing)]
        for lister, other in product(_listers(noun, verb, predications), others):
            if lister.actor.id != other.actor.id and lister.form != "place":
                yield Candidate(verb, lister, other, relation, "verbal", _SCORE)


def _is_of_banned(noun: Token) -> bool:
    if lemma(noun) in _LISTS:
        return True
    if lemma(noun) != "list":
        return False
    inside = [word for part in children(noun, "nmod") if preposition(part) == "of" for first in coordination(part) for word in (first, *children(first, "amod", "compound"))]
    return any(lemma(word) in _BAD or word.lower_ in _BAD for word in (*children(noun, "compound", "amod"), *inside))


def _listers(noun: Token, verb: Token, predications: Predications) -> list[Mention]:
    doers = [argument.mention for argument in predications.agents(verb)[0] if argument.direct]
    if doers:
        return doers
    owners = children(noun, "nmod:poss", "compound", "amod")
    return [f.mention for owner in owners for f in predications.actors.of(owner, conjuncts=False) if f.direct]
