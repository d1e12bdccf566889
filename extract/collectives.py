"""Nouns of roles that act for somebody: "troops", "the government", "protesters". The table is data/collectives.tsv.

Of rank "state" they are a part of the state and stand for its country; of rank "group" they are an actor of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from .errors import LexiconError
from .gazetteer import DATA, name_tokenizer, read_table

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Collective:
    """A noun of a role: `sector` is PLOVER's, `name` is shared by synonyms ("protesters" for "demonstrator")."""

    noun: str
    sector: str
    rank: Literal["state", "group"]
    name: str


@dataclass(frozen=True, slots=True)
class CollectiveMatch:
    """A noun of a role in a Doc: offsets in tokens, end exclusive; `head` is the noun that governs the others."""

    start: int
    end: int
    head: int
    collective: Collective
    plural: bool


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
        from spacy.matcher import PhraseMatcher

        tokenizer = name_tokenizer()
        self._matcher = PhraseMatcher(tokenizer.vocab, attr="LOWER")
        self._rows: dict[int, tuple[Collective, bool]] = {}
        known = {row.noun for row in rows}
        for number, row in enumerate(rows):
            forms = {row.noun: row.noun.endswith("s") and not row.noun.endswith("ss")}
            if plural(row.noun) not in known:
                forms[plural(row.noun)] = True
            for form, is_plural in forms.items():
                key = f"{number}{'s' if is_plural else ''}"
                self._matcher.add(key, [tokenizer(form)])
                self._rows[tokenizer.vocab.strings[key]] = row, is_plural

    @classmethod
    @cache
    def load(cls) -> Collectives:
        """Read the table, once a process. Raises LexiconError where it cannot be read or names an unknown rank."""
        rows = []
        path = DATA / "collectives.tsv"
        for number, row in read_table(path, ("noun", "sector", "rank", "name")):
            if row["rank"] not in ("state", "group"):
                raise LexiconError(f"unknown rank {row['rank']!r}; use state or group", path, number)
            rank: Literal["state", "group"] = "state" if row["rank"] == "state" else "group"
            rows.append(Collective(row["noun"], row["sector"], rank, row["name"]))
        return cls(rows)

    def match(self, doc: Doc) -> Iterator[CollectiveMatch]:
        """The nouns of roles in the order of the text, the longest of those that overlap."""
        hits = sorted(((start, end, key) for key, start, end in self._matcher(doc)), key=lambda hit: (hit[0] - hit[1], hit[0]))
        taken: set[int] = set()
        found = []
        for start, end, key in hits:
            if not taken.isdisjoint(range(start, end)):
                continue
            taken.update(range(start, end))
            row, is_plural = self._rows[key]
            head = next((i - 1 for i in range(start + 1, end) if doc[i].lower_ in _LINKS), end - 1)
            found.append(CollectiveMatch(start, end, head, row, is_plural))
        return iter(sorted(found, key=lambda match: match.start))
