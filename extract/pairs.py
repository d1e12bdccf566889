"""Who "both countries", "the two", "the pair" are, and of two the other one: "its neighbour", "the country" that another one helps.

Two that the sentence or the one before names, side by side or with nobody else beside them; else the two that the document is
mostly about. Who asks both sides for something is neither of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .nearby import takes_sides
from .records import ActorKind
from .syntax import DEFINITE_DETERMINERS, children, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .nearby import Nearby

_STATES = frozenset({"country", "nation", "republic", "kingdom", "monarchy", "state", "neighbor", "neighbour", "government", "power", "capital"})
_PERSONS = frozenset({"leader", "president", "minister", "premier", "man", "woman", "general", "commander", "statesman"})
_BODIES = frozenset({"group", "faction", "movement", "militia", "organization", "organisation", "company", "firm"})
_SIDES = frozenset({"side", "party", "camp", "ally", "rival", "foe", "enemy", "adversary", "opponent", "belligerent", "combatant", "antagonist", "partner", "army"})
"""What two are called: two states, two people, two organisations, or whoever they are."""
_PAIR_NOUNS = _STATES | _PERSONS | _BODIES | _SIDES
_MUTUAL = frozenset({"neighbor", "neighbour", "rival", "foe", "adversary", "belligerent", "combatant", "antagonist", "side"})
"""Plurals that are two without a number: "the neighbours signed a treaty"."""
_AT_ODDS = frozenset({"warring", "opposing", "rival", "feuding", "contending", "quarrelling", "quarreling"})
"""Before other plurals they tell the same: "the warring parties"."""
_PAIR_WORDS = frozenset({"both", "two"})
_TWOSOMES = frozenset({"two", "pair", "duo"})
"""Words that are two by themselves: "the two", "the pair"."""
_TIED = frozenset({
    "adversary", "ally", "antagonist", "backer", "benefactor", "enemy", "foe", "friend", "neighbor", "neighbour", "opponent", "partner", "patron", "protector", "rival", "sponsor",
})  # fmt: skip
"""Nouns for the other of two states by what ties it to the first."""
_ONE_OF_MANY = frozenset({"another", "any", "big", "certain", "chief", "close", "every", "good", "great", "key", "large", "main", "major", "near", "no", "only", "other", "own", "some", "strong", "top", "traditional", "trading"})
"""Before such a noun they tell that it is one of several, which the world knows and the text need not name."""
_COMPASS = frozenset({"northern", "southern", "eastern", "western", "northeastern", "northwestern", "southeastern", "southwestern"})
_PARTED = frozenset({"between", "among", "of", "in", "within"})
_MEDIATING = frozenset({"mediate", "mediation", "mediator", "broker", "arbitrate", "shuttle", "intervene"})
_WHOLES = frozenset({"of", "in", "from", "to", "for", "on", "within", "across"})
"""Behind "the rivals" and its like they tell whose or where these are, whoever was named before."""
_NAMING = frozenset({"name", "metonym", "adjective", "collective", "people"})
_OUTWEIGHS = 2
"""How many times as often as any third country a text names the two that it is about."""


class Pairs:
    """The twos of one document. `given` are its mentions before anything is resolved, `near` looks up those known by now."""

    def __init__(self, given: Sequence[Mention], near: Nearby) -> None:
        self._near = near
        self._named = {m.actor.id: m for m in reversed(given) if m.actor.kind is ActorKind.COUNTRY and m.form in _NAMING}
        self._main = _two_main(m for m in given if m.actor.kind is ActorKind.COUNTRY and m.form in _NAMING)
        self._main_sides = _two_main(m for m in given if takes_sides(m) and m.form in _NAMING) or self._main
        self._sides = {m.actor.id: m for m in reversed(given) if takes_sides(m) and m.form in _NAMING}

    @staticmethod
    def is_pair(token: Token, determiner: str) -> bool:
        """Whether the noun is said to be two: "both sides", "the two countries", "each side", "the pair"."""
        word = token.lower_
        if word in _TWOSOMES:
            return determiner in ("the", "these") and not has_label(token, "nummod", "compound") and not children(token, "nmod")
        noun = token.lemma_.lower()
        if noun not in _PAIR_NOUNS or any(owner.pos_ != "PRON" or owner.lower_ == "its" for owner in children(token, "nmod:poss")):
            return False
        if determiner in ("both", "each") or any(part.lower_ in _PAIR_WORDS for part in children(token, "nummod", "det", "amod", "cc", "advmod")):
            return True
        qualities = children(token, "amod", "compound")
        told = children(token, "nummod", "acl", "acl:relcl", "appos") or any(preposition(part) in _WHOLES for part in children(token, "nmod"))
        if token.tag_ != "NNS" or determiner not in DEFINITE_DETERMINERS or told:
            return False
        return (noun in _MUTUAL and not any(word.text[:1].isupper() or word.lower_ in _COMPASS for word in qualities)) or any(word.lower_ in _AT_ODDS for word in qualities)

    def of(self, token: Token, number: int) -> list[Mention]:
        """The two that such a noun of the sentence `number` stands for."""
        noun = token.lemma_.lower()
        if noun in _STATES:
            return self.both(token, number, (ActorKind.COUNTRY,))
        if noun in _PERSONS and (people := self.both(token, number, (ActorKind.PERSON,))):
            return people
        return self.both(token, number, (ActorKind.ORGANISATION, ActorKind.GROUP) if noun in _BODIES else tuple(ActorKind))

    def both(self, token: Token, number: int, kinds: Sequence[ActorKind]) -> list[Mention]:
        """The two that a noun or pronoun of the sentence `number` takes up; nobody where it may be others."""
        outsiders = self._outsiders(token)
        here, before = (self._near.last_pair(token, sentence, kinds, outsiders) for sentence in (number, number - 1))
        main = self._both_main(token, kinds, {m.actor.id for m in (*here, *before)}, outsiders)
        if len(here) == 2 and _are_alike(here):
            found = here
        elif not here and not outsiders:
            found = before if before or not main else main
        else:
            found = main or (before if outsiders else [])
        known = not any("@" in mention.actor.id for mention in found if mention.actor.kind is ActorKind.GROUP)
        return found if len(found) == 2 and known and _are_alike(found) else []

    def _both_main(self, token: Token, kinds: Sequence[ActorKind], named: set[str], outsiders: set[str]) -> list[Mention]:
        """The two that the document is mostly about: countries, or, of sides, armed groups, too."""
        if ActorKind.COUNTRY not in kinds:
            return []
        main, known = (self._main_sides, self._sides) if token.lemma_.lower() in _SIDES else (self._main, self._named)
        if outsiders & set(main) or (token.lower_ in _TWOSOMES and not named >= set(main)):
            return []
        return [known[code] for code in main]

    def _outsiders(self, token: Token) -> set[str]:
        """Who does something to the pair, and is not of it: China in "China asked both countries to"."""
        above = token.head
        mediated = preposition(token) == "between" and any(word.lemma_.lower() in _MEDIATING for word in (above, above.head))
        if not mediated and (not has_label(token, "obj", "iobj", "obl") or preposition(token) in _PARTED):
            return set()
        doers = self._near.doers(token)
        return doers if len(doers) == 1 else set()

    def other_one(self, token: Token, number: int, owners: Sequence[Mention]) -> list[Mention]:
        """The other of two countries: "Russia put pressure on its neighbour". `owners` are whose the noun is."""
        ids = {mention.actor.id for mention in owners if mention.actor.kind is ActorKind.COUNTRY}
        modifiers = children(token, "amod", "compound", "det", "nummod")
        if len(ids) != 1 or token.tag_ != "NN" or token.lemma_.lower() not in _TIED or any(word.lemma_.lower() in _ONE_OF_MANY or word.tag_ in ("JJS", "RBS") for word in modifiers):
            return []
        by_place = any(word.lower_ in _COMPASS for word in modifiers)
        return self.beside(token, number, ids.pop(), only_main=by_place)

    def beside(self, token: Token, number: int, one: str, *, only_main: bool = False) -> list[Mention]:
        """The one country that the words before name beside `one`; of several the one that the document is about, too."""
        main = next((code for code in self._main if code != one), None) if one in self._main else None
        for sentence in (number, number - 1):
            found = {m.actor.id: m for m in self._near.in_range(token, sentence) if m.actor.kind is ActorKind.COUNTRY and m.actor.id != one}
            if main in found:
                return [found[main]]
            if len(found) > 1 and not only_main:
                found = {code: m for code, m in found.items() if self._near.stand_together(one, m)}
            if found and not only_main:
                return list(found.values()) if len(found) == 1 else []
        return [self._named[main]] if main is not None else []


def _two_main(named: Iterable[Mention]) -> tuple[str, ...]:
    """The ids of the two actors that are named often enough, and far more than any third; none where there are no such two."""
    counts = Counter(mention.actor.id for mention in named)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    third = ranked[2][1] if len(ranked) > 2 else 0
    return tuple(code for code, _ in ranked[:2]) if len(ranked) > 1 and ranked[1][1] >= max(2, _OUTWEIGHS * third) else ()


def _are_alike(pair: Sequence[Mention]) -> bool:
    """Whether two actors can be "both parties": a state and a person who only speaks of it cannot."""
    return len({mention.actor.kind is ActorKind.PERSON for mention in pair}) == 1
