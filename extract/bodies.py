"""Which organisation a definite noun takes up: "the brigade", "the group", "the bloc", "the mission".

One that is named so ("the Amber Front … the front"), else one of the kind: who commands a militia is no bank. Nobody where two may be
meant, nor whoever does something to it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from .known_as import known_as
from .located import namesake
from .mentions import the_only
from .records import ActorKind
from .syntax import children, clause, has_label, subject
from .voices import ARMED

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .actors import Mention
    from .fillers import ActorIndex
    from .nearby import Nearby

_GENERAL = frozenset({"group", "bloc", "organization", "organisation", "company", "party", "alliance", "union", "agency", "movement"})
_POLITICAL = frozenset({"bloc", "party", "movement", "alliance", "union"})
_FIGHTING = frozenset({
    "militia", "militant", "faction", "outfit", "brigade", "battalion", "regiment", "squadron", "column", "legion", "cartel", "gang", "cell", "insurgency", "guerrilla",
})  # fmt: skip
_TRADING = frozenset({
    "firm", "airline", "carrier", "manufacturer", "conglomerate", "retailer", "utility", "miner", "steelmaker", "carmaker", "automaker", "chipmaker", "supplier",
    "subsidiary", "multinational",
})  # fmt: skip
_PUBLISHING = frozenset({"newspaper", "paper", "broadcaster", "channel", "daily", "weekly", "magazine", "network", "station", "website"})
_KINDS = {
    **dict.fromkeys(_FIGHTING, ARMED),
    **dict.fromkeys(_TRADING, frozenset({"BUS"})),
    **dict.fromkeys(_PUBLISHING, frozenset({"MED"})),
    "charity": frozenset({"NGO"}),
}
"""Sectors of the organisations that are called so."""
NOUNS = _GENERAL | _KINDS.keys()
_SENTENCES_BACK = 2


class Bodies:
    """Looks up the organisations of one document. `given` are its mentions before anything is resolved, `mentions` and `index` those known by now."""

    def __init__(self, doc: Doc, sentences: Sequence[tuple[int, int]], given: Sequence[Mention], mentions: Sequence[Mention], index: ActorIndex, near: Nearby) -> None:
        """`sentences` are first tokens and ends."""
        self._doc, self._sentences, self._given, self._mentions, self._index, self._near = doc, sentences, given, mentions, index, near

    def find(self, token: Token, number: int) -> list[Mention]:
        """Whom the noun of the sentence `number` stands for; nobody where it is none of NOUNS and is in nobody's name."""
        noun = token.lemma_.lower()
        if (whole := namesake(token, self._given)) is not None:
            return [] if whole.actor.id in self._doers(token) else [whole]
        if noun not in NOUNS:
            return []
        doers = self._doers(token)
        if any(word.text[:1].isupper() and not self._index.at(word) for word in children(token, "amod", "compound")):
            return []  # "the Wikimedian group" is named after somebody unknown
        if noun in _GENERAL:
            bound = [mention for mention in self._near.bound(token, number, (ActorKind.ORGANISATION,)) if mention.actor.id not in doers]
            near = the_only(bound) or self._only(token, noun, number, doers)
            near = [mention for mention in near if mention.sector != "MED" or (noun not in _POLITICAL and not _is_no_news(token))]
            near = [mention for mention in near if mention.sector != "BUS" or noun not in _POLITICAL]
            return near or known_as(noun, token.i, self._given) or (self._in_arms(token, number, doers) if noun == "group" else [])
        if token.tag_ not in ("NN", "NNP"):
            return []
        return self._of_kind(token, number, _KINDS[noun], doers) or (self._in_arms(token, number, doers) if noun in _FIGHTING else [])

    def _only(self, token: Token, noun: str, number: int, doers: Collection[str]) -> list[Mention]:
        """The one organisation of the kind in the sentence up to the noun, or in the one before: "alongside M23. Kigali denies backing the group"."""
        for sentence in (number, number - 1):
            inside = self._organisations(token, sentence, doers)
            if inside:
                return the_only(inside) if noun == "group" or all((m.sector in ARMED) == (noun == "movement") for m in inside) else []
        return []

    def _of_kind(self, token: Token, number: int, sectors: frozenset[str], doers: Collection[str]) -> list[Mention]:
        """The organisation of these sectors that the sentence or one shortly before names alone or as its subject, else the only one of the document.

        Of those whose sector nobody knows it is only the one that stands alone near it.
        """
        for sentence in range(number, number - _SENTENCES_BACK - 1, -1):
            organisations = self._organisations(token, sentence, doers)
            fitting = [mention for mention in organisations if mention.sector in sectors]
            unknown = [mention for mention in organisations if mention.sector is None]
            if fitting or unknown:
                main = {mention.actor.id for mention in self._near.subjects(sentence)}
                return the_only(fitting or unknown) or the_only([mention for mention in fitting if mention.actor.id in main])
        return the_only([m for m in self._given if m.actor.kind is ActorKind.ORGANISATION and m.sector in sectors and m.end <= token.i and m.actor.id not in doers])

    def _in_arms(self, token: Token, number: int, doers: Collection[str]) -> list[Mention]:
        """The only armed group without a name in the sentence up to the noun, or in the one before: "Congolese rebels … the group"."""
        for sentence in (number, number - 1):
            inside = [m for m in self._near.in_range(token, sentence) if m.sector in ARMED and m.actor.id not in doers]
            if inside:
                return [mention for mention in the_only(inside) if mention.actor.kind is ActorKind.GROUP and "@" not in mention.actor.id]
        return []

    def _organisations(self, token: Token, sentence: int, doers: Collection[str]) -> list[Mention]:
        """Those that a sentence names up to the token, but for whoever does something to it; none of a sentence that there is not."""
        return [m for m in self._near.in_range(token, sentence) if m.actor.kind is ActorKind.ORGANISATION and m.actor.id not in doers]

    def _doers(self, token: Token) -> set[str]:
        """Who does in the clause what is done to the noun: whoever disarms the militia is not the militia."""
        found = subject(clause(token)) if has_label(token, "obj", "iobj", "obl", "obl:agent") else None
        return {filling.mention.actor.id for filling in self._index.of(found)} if found is not None else set()



def _is_no_news(agency: Token) -> bool:
    """Whether the agency is said to be of another kind than Reuters: "the disaster relief agency"."""
    kinds = [word.lower_ for word in children(agency, "compound", "amod")]
    return agency.lower_ == "agency" and bool(kinds) and "news" not in kinds
