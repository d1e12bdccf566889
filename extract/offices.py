"""Titles of people: which words name an office, and what its holder is to the country or organisation named with it.

The table is data/offices.tsv. "Prime Minister", "secretary of state" and "minister for X" are offices, "Mr" is an
honorific, and "former" before a title takes the relation away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .gazetteer import DATA, read_table
from .records import ActorKind, RelationType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NATIONAL = frozenset({"head of state", "head of government", "leader"})
_SERVING = frozenset({"minister", "envoy", "spokesman", "deputy head"})
"""Kinds of offices that are told by whom their holder serves, too: "Putin's spokesman N. N."."""
_NO_OFFICE = frozenset({"OPP", "REB", "UAF", "CRM", "CVL", "BUS", "MED", "EDU", "NGO", "LAB", "PTY", "REL"})
ATTACHED = frozenset({"adviser", "advisor", "aide", "assistant", "secretary", "consultant"})
"""Offices whose "to" names where they belong, and not where they are sent ("ambassador to")."""
_LONGEST = 6
_WILDCARD = 4


@dataclass(frozen=True, slots=True)
class Office:
    """A title as it stands in the table. `kind` is the row's ("minister", "military", "honorific", "former" …).

    `relation` is what the holder is to an organisation, None for honorifics; `sector` is PLOVER's, or None.
    """

    title: str
    relation: RelationType | None
    sector: str | None
    kind: str

    @property
    def noun(self) -> str:
        """The title without what it is for: "minister" of "minister for *"."""
        return self.title.rpartition(" of *")[0] or self.title.rpartition(" for *")[0] or self.title

    @property
    def is_open(self) -> bool:
        """Whether it ends in a "*"."""
        return self.title.endswith("*")

    @property
    def is_honorific(self) -> bool:
        """Whether it is politeness only ("Mr", "Dr.")."""
        return self.kind == "honorific"

    def relation_to(self, kind: ActorKind) -> RelationType | None:
        """What the holder is to an actor of this kind.

        Heads of state and government and leaders lead a country; every other office of the state makes a member, and
        what is no office of the state (opposition leader, editor) makes nothing of a country. To a person belong those who
        serve him: his ministers, envoys and spokesmen.
        """
        if kind is ActorKind.PERSON:
            return RelationType.MEMBER if self.kind in _SERVING else None
        if kind is not ActorKind.COUNTRY or self.relation is None:
            return self.relation
        if self.sector in _NO_OFFICE:
            return None
        return self.relation if self.kind in _NATIONAL else RelationType.MEMBER


@dataclass(frozen=True, slots=True)
class OfficeMatch:
    """An office in a Doc: offsets in tokens, end exclusive; `former` when the text says that it is over."""

    start: int
    end: int
    office: Office
    former: bool


class Offices:
    """The titles of data/offices.tsv. Made by `Offices.load`."""

    def __init__(self, titles: dict[tuple[str, ...], Office], former: frozenset[str]) -> None:
        self._titles = titles
        self._former = former
        self._first_words = frozenset(title[0] for title in titles)
        self._last_words = frozenset(title[-1] for title in titles)
        self._wildcards = {title[:-1]: office for title, office in titles.items() if title[-1] == "*"}
        self._open_words = frozenset(title[0] for title in self._wildcards)

    @classmethod
    @cache
    def load(cls) -> Offices:
        """Read the table, once a process. Raises LexiconError where it cannot be read."""
        titles: dict[tuple[str, ...], Office] = {}
        former: set[str] = set()
        for _, row in read_table(DATA / "offices.tsv", ("title", "relation", "sector", "kind")):
            if row["kind"] == "former":
                former.add(row["title"])
                continue
            words = tuple(row["title"].replace("-", " - ").split())
            titles[words] = Office(
                row["title"], RelationType(row["relation"]) if row["relation"] else None, row["sector"] or None, row["kind"]
            )
        return cls(titles, frozenset(former))

    def title(self, title: str) -> Office | None:
        """The office with this title, in lower case and the singular."""
        return self._titles.get(tuple(title.replace("-", " - ").split()))

    def match(self, doc: Doc, i: int) -> Office | None:
        """The longest office that ends or begins at the token `i`; honorifics are none."""
        found = self.find(doc, i)
        return None if found is None else found.office

    def find(self, doc: Doc, i: int) -> OfficeMatch | None:
        """The longest office that ends or begins at the token `i`, with its place; honorifics are none."""
        here = _plain(doc[i])
        firsts = self._first_words if self._may_end(here) else self._open_words
        starts = [word.i for word in doc[max(0, i - _LONGEST + 1) : i] if _plain(word) in firsts]
        if not starts and self._first_words.isdisjoint((here, _singular(here))):
            return None
        ending = next(((start, i + 1) for start in (*starts, i) if self._office(doc, start, i + 1)), None)
        ends = range(min(len(doc), i + _LONGEST), i, -1) if here in self._first_words else (i + 1,)
        starting = next(((i, end) for end in ends if self._office(doc, i, end)), None)
        if ending is not None and ending[0] < i:
            starting = None  # "prime minister of Peru" is no "minister of" anything
        spans = [span for span in (ending, starting) if span is not None]
        if not spans:
            return None
        opened = self._office(doc, *starting) if starting is not None else None
        if ending is not None and i > ending[0] and opened is not None and opened.is_open:
            spans = [ending]  # "the prime minister of Fiji" is no minister of something
        start, end = max(spans, key=lambda span: span[1] - span[0])
        office = self._office(doc, start, end)
        if office is None or office.is_honorific:
            return None
        return OfficeMatch(start, end, office, self.is_former(doc, start))

    def ending_before(self, doc: Doc, i: int) -> OfficeMatch | None:
        """The longest office or honorific whose last word stands right before the token `i`."""
        for start in range(max(0, i - _LONGEST), i):
            office = self._office(doc, start, i)
            if office is not None:
                return OfficeMatch(start, i, office, self.is_former(doc, start))
        return None

    def end_with(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the tokens end a title that begins before them: "d'affaires" in "chargé d'affaires"."""
        found = self.find(doc, end - 1)
        return found is not None and found.start < start and found.end == end

    def ends_title(self, word: str) -> bool:
        """Whether a title or honorific ends with the word, in lower case."""
        return word in self._last_words

    def is_former(self, doc: Doc, i: int) -> bool:
        """Whether a word right before the token `i` says that the office is over ("former", "ex-"), adjectives in between."""
        j = i - 1
        while j >= 0 and (doc[j].text in ("-", "–") or doc[j].pos_ in ("ADJ", "PROPN") or doc[j].lower_ in self._former):
            if doc[j].lower_ in self._former:
                return True
            j -= 1
        return False

    def is_former_word(self, token: Token) -> bool:
        """Whether the token is "former" or one of its kind."""
        return token.lower_ in self._former

    def leading_titles(self, words: Sequence[str]) -> int:
        """How many of the words at the front are titles or honorifics ("President", "Mr"); never all of them."""
        i = 0
        while i < len(words) - 1:
            step = next((j for j in range(len(words) - 1, i, -1) if tuple(word.lower() for word in words[i:j]) in self._titles), None)
            if step is None:
                if words[i].lower() not in self._former and words[i] not in ("-", "–"):
                    break
                step = i + 1
            i = step
        return i

    def _may_end(self, word: str) -> bool:
        """Whether a title of the table, or its plural, ends with the word."""
        return word in self._last_words or _singular(word) in self._last_words

    def _office(self, doc: Doc, start: int, end: int) -> Office | None:
        first = _plain(doc[start])
        if first not in self._first_words and (end - start > 1 or _singular(first) not in self._first_words):
            return None
        if first not in self._open_words and not self._may_end(_plain(doc[end - 1])):
            return None  # as of most words beside a name, without a look at those between
        words = tuple(_plain(doc[j]) for j in range(start, end))
        office = self._titles.get(words) or self._titles.get((*words[:-1], _singular(words[-1])))
        if office is not None:
            return office
        for length in range(2, len(words)):
            office = self._wildcards.get(words[:length])
            if office is not None and len(words) - length <= _WILDCARD and all(_fits(doc[j]) for j in range(start + length, end)):
                return office
        return None


def _plain(token: Token) -> str:
    return token.lower_.replace("’", "'")


def _singular(word: str) -> str:
    """The word without a plural ending ("ministers", "spokesmen")."""
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _fits(token: Token) -> bool:
    """Whether the token may stand for the "*" of a title: "minister of (foreign affairs and trade)"."""
    return token.pos_ in ("NOUN", "ADJ", "PROPN", "CCONJ", "") and token.ent_type_ != "PERSON"
