"""Finds the names of countries, organisations and groups in a Doc: tables of names in, longest matches out.

The tables are TSV under extract/data/ (README.md there says what each column means and where it comes from); `--actors`
adds tables of the user's own, which win over ours. Names match by their exact spelling, so that "US" is a country and
"us" a pronoun; a name of five letters or more also matches when the text sets it in capitals, as headlines do.

Some names need a look around before they count. Three tables decide that: not_actors.tsv (phrases that contain a name
and mean something else: "Gulf of Mexico", "* Airlines"), ambiguous.tsv (names with several readings, told apart by other
words of the document: "Georgia") and places.tsv (provinces and regions, which are places of their country).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .errors import LexiconError
from .phrases import PhraseIndex, phrase_words
from .records import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

DATA = Path(__file__).with_name("data")
"""Folder of the tables."""

NameForm = Literal["name", "adjective", "people", "capital", "seat", "place"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or is acted on. Two are equal when all fields are; `id` alone identifies one.

    `country` is the ISO 3166-1 alpha-3 code (XKX for Kosovo, ISO 3166-3 for states of the past) of the country that the
    actor is or belongs to, None where there is none or it is not known.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """What a spelling stands for. `sector` is PLOVER's, or None; `form` says which column of which table it is from."""

    actor: Actor
    sector: str | None
    form: NameForm


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a Doc: offsets in tokens, end exclusive. No name: the words are known to be no actor."""

    start: int
    end: int
    name: Name | None


@dataclass(frozen=True, slots=True)
class _Ambiguous:
    """A row of ambiguous.tsv: the words for and against the actor's reading, and what holds without any."""

    cues: frozenset[str]
    against: frozenset[str]
    default: bool


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Read a TSV table: (line number, row) for each row; the first line holds the column names, "#" starts a comment line.

    Raises LexiconError where the file cannot be read, a wanted column is missing or a row has more cells than columns.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"cannot be read ({error}); it must be a UTF-8 table with tabs", path) from None
    header = lines[0].split("\t") if lines else []
    missing = [column for column in columns if column not in header]
    if missing:
        raise LexiconError(f"has no column {missing[0]!r}; the first line must name the columns {', '.join(columns)}, with tabs", path, 1)
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) > len(header):
            raise LexiconError(f"has {len(cells)} cells where {len(header)} columns are named", path, number)
        yield number, dict(zip(header, (cell.strip() for cell in cells + [""] * (len(header) - len(cells))), strict=True))


def items(cell: str) -> list[str]:
    """The items of a cell that holds a list ("a|b")."""
    return [item.strip() for item in cell.split("|") if item.strip()]


def fold(text: str) -> str:
    """Lower case without accents: "Élysée" gives "elysee", "Łódź" "lodz"."""
    if text.isascii():
        return text.lower()
    flat = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in flat if not unicodedata.combining(char)).translate(_STROKES).casefold()


def slug(name: str) -> str:
    """The id of a name: folded, anything but letters and digits becomes one hyphen: "Kim Jong-un" gives "kim-jong-un"."""
    return "-".join("".join(char if char.isalnum() else " " for char in fold(name).replace("'", "").replace("’", "")).split())


_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_SHOUTED_WORDS = frozenset({"IS", "WHO", "ICE", "CAR", "PAN", "FACT", "US", "PAS", "MAS"})
"""Acronyms that are words in a headline set in capitals."""


class Gazetteer:
    """Names and what they stand for. Made by `Gazetteer.load`; `match` may be called from several threads."""

    def __init__(self) -> None:
        self._index: PhraseIndex[Name | None] = PhraseIndex()
        self._names: dict[str, Name] = {}
        self._stops: set[str] = set()
        self._nobodys: set[str] = set()
        self._before: set[tuple[str, ...]] = set()
        self._after: set[tuple[str, ...]] = set()
        self._ambiguous: dict[str, list[tuple[Name, _Ambiguous]]] = {}
        self._also_adjectives: set[str] = set()
        self._by_id: dict[str, Name] = {}
        self.countries: dict[str, Actor] = {}
        self.adjectives: dict[str, str] = {}

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Gazetteer:
        """Read our tables and the user's (columns id, kind, name, aliases; also read: country, sector, adjectives).

        Raises LexiconError where a table cannot be read, names an unknown kind or repeats an id with another kind.
        """
        gazetteer = cls()
        for path in extra:
            gazetteer._read_user_table(path)
        gazetteer._read_countries(DATA / "countries.tsv")
        gazetteer._read_organisations(DATA / "organisations.tsv")
        gazetteer._read_groups(DATA / "groups.tsv")
        gazetteer._read_places(DATA / "places.tsv")
        gazetteer._read_ambiguous(DATA / "ambiguous.tsv")
        gazetteer._read_stops(DATA / "not_actors.tsv")
        gazetteer._compile()
        return gazetteer

    def lookup(self, spelling: str) -> Name | None:
        """What the exact spelling stands for, without a look at any context."""
        return self._names.get(spelling)

    def spellings(self) -> Iterator[tuple[str, Name]]:
        """Every spelling with what it stands for."""
        return iter(self._names.items())

    def country(self, code: str | None) -> Actor | None:
        """The country with this code; None for no code and for one that is no country's."""
        return self.countries.get(code) if code is not None else None

    def adjective(self, id_: str) -> str | None:
        """The first adjective of a country or a named group ("Venezuelan" for VEN)."""
        return self.adjectives.get(id_)

    def is_adjective(self, spelling: str) -> bool:
        """Whether a name also serves as its own adjective ("US", "Taiwan")."""
        return spelling in self._also_adjectives

    def knows(self, actor: Actor) -> bool:
        """Whether a table has the actor, its country, or whom its group belongs to ("hamas.supporters")."""
        return actor.country is not None or actor.id.partition(".")[0] in self._by_id

    def is_nobodys(self, spelling: str) -> bool:
        """Whether it is a disputed place or a continent, which is never an actor."""
        return spelling in self._nobodys

    def is_no_person(self, spelling: str) -> bool:
        """Whether it is a phrase of not_actors.tsv, or a place that is nobody's, whatever else it sounds like."""
        return spelling in self._stops or self.is_nobodys(spelling)

    def match(self, doc: Doc) -> list[Match]:
        """Names in the order of the text, none overlapping: at each word the longest.

        Phrases of not_actors.tsv, disputed places and names whose reading the document leaves open come without a name.
        """
        tokens = [token.text for token in doc]
        vocabulary: frozenset[str] | None = None
        matches: list[Match] = []
        for start, end, name in self._index.find(tokens):
            if name is not None and name.form != "place" and self._in_phrase(doc, start, end):
                name = None
            if end - start == 1 and tokens[start] in _SHOUTED_WORDS and _is_shouted(doc, start):
                continue
            readings = self._ambiguous.get(tokens[start]) if end - start == 1 else self._ambiguous.get(doc[start:end].text)
            if name is not None and readings is not None:
                if vocabulary is None:
                    vocabulary = frozenset(tokens)
                name = _reading(readings, vocabulary)
                if name is None and tokens[start].islower():
                    continue
            matches.append(Match(start + 1 if tokens[start].lower() == "the" and end - start > 1 else start, end, name))
        return matches

    def _in_phrase(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the words around make the name part of something else ("Bank of *", "* Airlines")."""
        if end < len(doc) and (doc[end].text,) in self._after:
            return True
        if end + 1 < len(doc) and (doc[end].text, doc[end + 1].text) in self._after:
            return True
        if start >= 1 and (doc[start - 1].text,) in self._before:
            return True
        return start >= 2 and (doc[start - 2].text, doc[start - 1].text) in self._before

    # Reading the tables

    def _add(self, spellings: Iterable[str], name: Name) -> None:
        self._by_id.setdefault(name.actor.id, name)
        for spelling in spellings:
            if spelling and spelling not in self._names:
                self._names[spelling] = name

    def _read_user_table(self, path: Path) -> None:
        for number, row in read_table(path, ("id", "kind", "name", "aliases")):
            try:
                kind = ActorKind(row["kind"])
            except ValueError:
                raise LexiconError(f"unknown kind {row['kind']!r}; use one of {', '.join(ActorKind)}", path, number) from None
            if not row["id"] or not row["name"]:
                raise LexiconError("a row needs an id and a name", path, number)
            actor = Actor(row["id"], row["name"], kind, row.get("country") or (row["id"] if kind is ActorKind.COUNTRY else None))
            sector = row.get("sector") or None
            self._add([row["name"], *items(row["aliases"])], Name(actor, sector, "name"))
            self._add(items(row.get("adjectives", "")), Name(actor, sector, "adjective"))

    def _read_countries(self, path: Path) -> None:
        for _, row in read_table(path, ("id", "name", "aliases", "adjectives", "people", "capitals", "seats")):
            actor = Actor(row["id"], row["name"], ActorKind.COUNTRY, row["id"])
            self.countries[actor.id] = actor
            adjectives = items(row["adjectives"])
            if adjectives:
                self.adjectives[actor.id] = adjectives[0]
            self._add([row["name"], *items(row["aliases"])], Name(actor, None, "name"))
            self._also_adjectives.update(adjective for adjective in adjectives if adjective in self._names)
            self._add(adjectives, Name(actor, None, "adjective"))
            self._add(items(row["people"]), Name(actor, None, "people"))
            self._add(items(row["capitals"]), Name(actor, "GOV", "capital"))
            for seat in items(row["seats"]):
                spelling, _, sector = seat.rpartition(":")
                self._add([spelling], Name(actor, sector, "seat"))

    def _read_organisations(self, path: Path) -> None:
        for _, row in read_table(path, ("id", "name", "aliases", "kind", "sector", "country", "metonyms")):
            actor = Actor(row["id"], row["name"], ActorKind.ORGANISATION, row["country"] or None)
            self._add([row["name"], *items(row["aliases"])], Name(actor, row["sector"] or None, "name"))
            self._add(items(row["metonyms"]), Name(actor, row["sector"] or None, "capital"))

    def _read_groups(self, path: Path) -> None:
        for _, row in read_table(path, ("id", "name", "aliases", "adjectives", "country", "sector")):
            actor, adjectives = Actor(row["id"], row["name"].removeprefix("the "), ActorKind.GROUP, row["country"] or None), items(row["adjectives"])
            if adjectives:
                self.adjectives.setdefault(actor.id, adjectives[0])
            self._add([actor.name, *items(row["aliases"])], Name(actor, row["sector"] or None, "name"))
            self._add(adjectives, Name(actor, row["sector"] or None, "adjective"))

    def _read_places(self, path: Path) -> None:
        for number, row in read_table(path, ("name", "aliases", "country")):
            spellings = [row["name"], *items(row["aliases"])]
            if not row["country"]:
                self._nobodys.update(spellings)
                continue
            if row["country"] not in self.countries:
                raise LexiconError(f"unknown country {row['country']!r}", path, number)
            self._add(spellings, Name(self.countries[row["country"]], None, "place"))

    def _read_ambiguous(self, path: Path) -> None:
        for number, row in read_table(path, ("name", "id", "cues", "against", "default")):
            name = self._names.get(row["name"])
            if name is None or name.actor.id != row["id"]:
                if row["id"] not in self._by_id:
                    raise LexiconError(f"no table has an actor {row['id']!r}", path, number)
                name = replace(self._by_id[row["id"]], form=name.form if name is not None else "name")
            reading = _Ambiguous(frozenset(items(row["cues"])), frozenset(items(row["against"])), row["default"] == "yes")
            self._ambiguous.setdefault(row["name"], []).append((name, reading))
            self._add([row["name"]], name)

    def _read_stops(self, path: Path) -> None:
        for number, row in read_table(path, ("phrase",)):
            phrase = row["phrase"]
            if "*" not in phrase:
                self._stops.add(phrase)
                continue
            before, _, after = phrase.partition("*")
            words = phrase_words((after or before).strip())
            if (before.strip() and after.strip()) or not 1 <= len(words) <= 2:
                raise LexiconError(f"{phrase!r}: '*' must stand at one end, with one or two words at the other", path, number)
            (self._after if after.strip() else self._before).add(words)

    def _compile(self) -> None:
        """Give the spellings to the index; no name for what is no actor."""
        for phrase in sorted(self._stops | self._nobodys):
            self._index.add(phrase, None)
        for spelling, name in self._names.items():
            self._index.add(spelling, name)
        for spelling, name in self._names.items():
            if len(spelling) > 4:
                self._index.add(spelling.upper(), name)


def _is_shouted(doc: Doc, i: int) -> bool:
    """Whether the words on both sides are set in capitals too, as far as there are any."""
    around = [doc[j].text for j in (i - 1, i + 1) if 0 <= j < len(doc) and doc[j].is_alpha]
    return bool(around) and all(word.isupper() and len(word) > 1 for word in around)


def _reading(readings: list[tuple[Name, _Ambiguous]], words: frozenset[str]) -> Name | None:
    """The reading with the most words of the document on its side; none where they are against it or two are even."""
    scored = [(len(reading.cues & words) - len(reading.against & words), name, reading) for name, reading in readings]
    best = max(score for score, _, _ in scored)
    if best < 0:
        return None
    top = [(name, reading) for score, name, reading in scored if score == best]
    if best == 0:
        top = [(name, reading) for name, reading in top if reading.default]
    return top[0][0] if len(top) == 1 else None
