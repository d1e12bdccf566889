"""Of which country the people of a bare role noun are ("the government", "rebels"), as the clause and the words before tell.

The country that they are said to rule, the place that the same predicate names, the one named with the same noun shortly
before, the one whose police, courts or parliament act there.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .collectives import CollectiveMatch, Collectives
from .located import is_another
from .mentions import Board
from .records import ActorKind
from .speakers import claim_below
from .syntax import children, coordination, first_conjunct, governor, has_label, preposition, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .gazetteer import Actor

_OUTWEIGHS = 2
"""How many times as often as any other country a text names the one that it is about."""
_HOME = frozenset({"COP", "JUD", "LEG"})
"""Sectors of those who act at home: the police of a country, its courts, its parliament."""
_RULING = frozenset({"rule", "govern", "run", "control"})
_SEIZED = frozenset({"power", "control"})
_IN_THE_STREETS = frozenset({"protesters", "activists", "students", "workers", "rioters"})
_OFFICIAL = frozenset({"GOV", "LEG", "JUD"})
_GUESTS = frozenset({"diplomats", "leaders"})
_RESIDENT = frozenset({"ministry", "government"})
_SEATS_OF_MANY = frozenset({"brussels", "vienna", "nairobi"})
"""Capitals in which international organisations have their spokesmen, too."""
_REACH = 120
"""How many tokens back a noun of the same name tells whose it is."""
_GROUNDS = frozenset({"street", "square", "city", "town", "capital", "center", "centre", "outskirts", "region", "province"})


class Homes:
    """Looks up the board of one Doc, on which the mentions before the noun stand already."""

    def __init__(self, board: Board, dateline: str | None) -> None:
        """`dateline` is the code of the country that the article is from."""
        self._board, self._doc = board, board.doc
        names = (match.name.actor for match in board.named if match.name is not None)
        named = Counter(actor.id for actor in names if actor.kind is ActorKind.COUNTRY)
        self._dateline = board.gazetteer.country(dateline)
        self._is_about_it = self._dateline is not None and _is_about(self._dateline.id, named)
        self._other = _other_of_two(self._dateline.id, named) if self._dateline is not None and not self._is_about_it else None

    def of_dateline(self, role: CollectiveMatch) -> Actor | None:
        """The country that the article is from, where the text is about it; of two that it is about, where a government or forces do something
        in a sentence that names the other alone: "The government is ready to negotiate with Peru"."""
        head = self._doc[role.head]
        if is_another(head):
            return None
        if self._is_about_it:
            return self._dateline
        if self._other is None or role.collective.rank != "state" or not has_label(head, "nsubj") or not any(word.lower_ == "the" for word in children(head, "det")):
            return None
        here = {match.name.actor.country for match in self._board.named if match.name is not None and head.sent.start <= match.start < head.sent.end}
        return self._dateline if here - {None} == {self._other} else None

    def ruled(self, head: Token) -> Actor | None:
        """The country that the noun's people are said to rule: "the generals who seized power in Niger"."""
        for clause in children(head, "acl:relcl", "acl"):
            taken = clause.lemma_.lower() in ("seize", "take", "grab") and any(noun.lemma_.lower() in _SEIZED for noun in children(clause, "obj"))
            if taken or clause.lemma_.lower() in _RULING:
                for place in (noun for word in (clause, *children(clause, "obj")) for noun in (word, *children(word, "obl", "nmod"))):
                    match = self._board.at.get(place.i)
                    if match is not None and match.name is not None and match.name.actor.kind is ActorKind.COUNTRY:
                        return match.name.actor
        return None

    def scene(self, head: Token) -> Actor | None:
        """The one country that the predicate of the role noun names as a place; None where there is none or several."""
        if not self._board.parsed:
            return None
        above = governor(head)
        found: set[str] = set()
        for match in self._board.named:
            if match.name is None or match.name.actor.kind is not ActorKind.COUNTRY or match.name.form not in ("place", "name", "capital"):
                continue
            token = self._doc[self._board.head(match.start, match.end)]
            ground = _ground(token)
            if above is not None and governor(ground) == above and self._board.is_location(ground):
                found.add(match.name.actor.id)
        return self._board.gazetteer.country(found.pop()) if len(found) == 1 else None

    def spoken_from(self, role: CollectiveMatch) -> Actor | None:
        """The country in whose capital somebody speaks for a government: "In Beijing, a spokeswoman said", "In Seoul the foreign ministry"."""
        head = self._doc[role.head]
        if role.collective.rank != "state" or role.collective.sector not in _OFFICIAL or role.collective.name in _GUESTS or (role.start == role.head and is_another(head, indefinite=True)):
            return None
        verb = head.head if has_label(head, "nsubj") else None
        if verb is None or not (role.collective.name in _RESIDENT or claim_below(verb)):
            return None
        for place in children(verb, "obl"):
            match = self._board.at.get(place.i)
            name = match.name if match is not None else None
            if name is not None and preposition(place) == "in" and place.i < head.i and name.form == "capital" and place.lower_ not in _SEATS_OF_MANY:
                return name.actor if name.actor.kind is ActorKind.COUNTRY else None
        return None

    def told_before(self, role: CollectiveMatch) -> Actor | None:
        """The country that the words before tell: the one named with the same noun shortly before ("the Peruvian regime … the regime"),
        the only one that a clause of the sentence is about ("While Peru has not …, the government has …"), and of those in the
        streets the one whose police drive them away.
        """
        head = self._doc[role.head]
        if role.collective.sector == "OPP" or role.collective.name in _IN_THE_STREETS:
            return self._board.gazetteer.country(self._policed_by(head) or self._home(role))
        definite = any(word.lower_ == "the" for word in children(head, "det")) and not children(head, "amod", "compound", "acl", "nmod", "acl:relcl")
        if role.collective.rank != "state" or not (definite or role.collective.noun == "authorities"):
            return None
        same = [
            mention.actor.id
            for mention in self._board.mentions
            if mention.form == "collective" and self._doc[mention.head].lower_ == head.lower_ and 0 < role.head - mention.head < _REACH
        ]
        if same:
            return self._board.gazetteer.country(same[0]) if len(set(same)) == 1 else None
        if (home := self._home(role)) is not None:
            return self._board.gazetteer.country(home)
        if not has_label(head, "nsubj"):
            return None
        about = {
            match.name.actor.id
            for match in self._board.named
            if match.name is not None and match.name.actor.kind is ActorKind.COUNTRY and head.sent.start <= match.start < role.start
            and has_label(first_conjunct(self._doc[self._board.head(match.start, match.end)]), "nsubj")
        }  # fmt: skip
        return self._board.gazetteer.country(about.pop()) if len(about) == 1 else None

    def _home(self, role: CollectiveMatch) -> str | None:
        """The one country whose police, courts or parliament have acted shortly before; of authorities alone where others are named, too."""
        acting = {
            mention.actor.id
            for mention in self._board.mentions
            if mention.form == "collective" and mention.actor.kind is ActorKind.COUNTRY and 0 < role.head - mention.head < _REACH
            and (mention.sector in _HOME or any(word.lower_ == "in" for word in self._doc[mention.start : mention.end]))  # "forces in Guinea"
        }  # fmt: skip
        if len(acting) != 1 or (role.collective.noun != "authorities" and self._board.countries() != acting):
            return None
        return acting.pop()

    def _policed_by(self, head: Token) -> str | None:
        verb = head.head
        if not has_label(head, "obj") or verb.pos_ != "VERB":
            return None
        doer = subject(verb) or (subject(verb.head) if has_label(verb, "advcl", "xcomp") else None)
        mention = self._board.mention_at(doer.i) if doer is not None else None
        return mention.actor.id if mention is not None and mention.sector == "COP" and mention.actor.kind is ActorKind.COUNTRY else None

    def fights_beside(self, head: Token) -> bool:
        """Whether it stands beside rebels, whose enemies are at home: "soldiers and insurgents were killed in Sulu"."""
        names = Collectives.load()
        rows = (names.lookup(word.lemma_.lower()) for word in coordination(head) if word.i != head.i)
        return any(row is not None and row.sector == "REB" for row in rows)


def _is_about(country: str, named: Counter[str]) -> bool:
    """Whether the text is about the country, or names none: from Nairobi much is written about an army that is not Kenya's."""
    return all(_OUTWEIGHS * times <= named[country] for other, times in named.items() if other != country)


def _other_of_two(country: str, named: Counter[str]) -> str | None:
    """The other country, where a text is about the country and one more."""
    ranked = named.most_common(3)
    if len(ranked) < 2 or country not in (ranked[0][0], ranked[1][0]) or (len(ranked) > 2 and _OUTWEIGHS * ranked[2][1] > ranked[1][1]):
        return None
    return next(other for other, _ in ranked if other != country)


def _ground(place: Token) -> Token:
    """What the place's name stands behind: "streets" in "took to the streets of Tbilisi", else the name itself."""
    above = governor(place)
    while above is not None and above.lemma_.lower() in _GROUNDS and has_label(place, "nmod", "appos"):
        place, above = above, governor(above)
    return place
