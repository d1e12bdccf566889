"""Nouns of roles that act for somebody: "troops", "the government", "protesters". The table is data/collectives.tsv.

Of rank "state" they are a part of the state and stand for its country; of rank "group" they are an actor of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from .errors import LexiconError
from .gazetteer import DATA, Actor, items, read_table, slug
from .phrases import PhraseIndex
from .records import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Collective:
    """A noun of a role: `sector` is PLOVER's, `name` is shared by synonyms ("protesters" for "demonstrator").

    `owned`: it counts only with an owner in its own phrase ("Russian drones"); `head_only`: it counts only where it does
    not modify another noun ("the military", not "military efforts").
    """

    noun: str
    sector: str
    rank: Literal["state", "group"]
    name: str
    owned: bool = False
    head_only: bool = False


@dataclass(frozen=True, slots=True)
class CollectiveMatch:
    """A noun of a role in a Doc: offsets in tokens, end exclusive; `head` is the noun that governs the others."""

    start: int
    end: int
    head: int
    collective: Collective
    plural: bool


def possessed_group(owner: Actor, row: Collective) -> Actor:
    """The group that somebody who is no country has: "party of Idriss Tall" for "Idriss Tall's party", "his party"."""
    return Actor(f"{owner.id}.{slug(row.name)}", f"{row.name} of {owner.name}", ActorKind.GROUP, owner.country)


def men_of(owner: Actor, row: Collective) -> Collective:
    """Whose men fight: "Haftar's men", "Hamas's men"; a country's men are its people."""
    if row.noun != "man" or owner.kind not in (ActorKind.PERSON, ActorKind.ORGANISATION):
        return row
    return replace(row, sector="UAF", name="fighters", owned=False)


FIGHTERS = frozenset({"rebels", "militants", "fighters", "gunmen", "militias", "separatists", "partisans", "peacekeepers", "aid workers", "volunteers", "party", "journalists", "media"})  # fmt: skip
"""Groups of an organisation that act for it."""
_LINKS = frozenset({"of", "for", "without", "at", "in"})
_IRREGULAR = {"child": "children", "thief": "thieves", "person": "persons", "family": "families"}


def plural(noun: str) -> str:
    """The plural of a noun of one or more words: "minister of finance" gives "ministers of finance".

    >>> plural("gunman"), plural("spy"), plural("chief of staff"), plural("forces")
    ('gunmen', 'spies', 'chiefs of staff', 'forces')
    """
    words = noun.split()
    i = next((i - 1 for i, word in enumerate(words) if i and word in _LINKS), len(words) - 1)
    words[i] = _plural_word(words[i])
    return " ".join(words)


def _plural_word(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("child"):
        return word + "ren"
    if word.endswith("man") and word != "human":
        return word[:-3] + "men"
    if word.endswith("s") and not word.endswith("ss"):
        return word
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("ss", "ch", "sh", "x")):
        return word + "es"
    return word + "s"


class Collectives:
    """The nouns of data/collectives.tsv. Made by `Collectives.load`."""

    def __init__(self, rows: list[Collective]) -> None:
        self._index: PhraseIndex[tuple[Collective, bool]] = PhraseIndex()
        self._rows = {row.noun.lower(): row for row in rows}
        known = set(self._rows)
        for row in rows:
            self._index.add(row.noun.lower(), (row, row.noun.endswith("s") and not row.noun.endswith("ss")))
            if plural(row.noun) not in known:
                self._index.add(plural(row.noun).lower(), (row, True))

    @classmethod
    @cache
    def load(cls) -> Collectives:
        """Read the table, once a process. Raises LexiconError where it cannot be read or names an unknown rank."""
        rows = []
        path = DATA / "collectives.tsv"
        for number, row in read_table(path, ("noun", "sector", "rank", "name", "use")):
            if row["rank"] not in ("state", "group"):
                raise LexiconError(f"unknown rank {row['rank']!r}; use state or group", path, number)
            rank: Literal["state", "group"] = "state" if row["rank"] == "state" else "group"
            use = items(row["use"])
            if not {"owned", "head"}.issuperset(use):
                raise LexiconError(f"unknown use {row['use']!r}; use owned, head or both, with |", path, number)
            rows.append(Collective(row["noun"], row["sector"], rank, row["name"], "owned" in use, "head" in use))
        return cls(rows)

    def lookup(self, noun: str) -> Collective | None:
        """The row of a noun, in lower case and the singular."""
        return self._rows.get(noun)

    def match(self, doc: Doc) -> Iterator[CollectiveMatch]:
        """The nouns of roles in the order of the text, at each word the longest."""
        words = [token.lower_ for token in doc]
        for start, end, (row, is_plural) in self._index.find(words):
            head = next((i - 1 for i in range(start + 1, end) if words[i] in _LINKS), end - 1)
            yield CollectiveMatch(start, end, head, row, is_plural)
