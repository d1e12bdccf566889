"""The frame lexicon: which relation type a predicate stands for, and which predicates pass their actors on to another.

Both are tables that an analyst can read and extend: `data/frames.tsv` (predicate and roles → relation type) and
`data/carriers.tsv` (support verbs, verbs of control, nouns such as "pursuit of": their actors and their factuality belong
to the predicate that they govern). The types follow PLOVER (Open Event Data Alliance, "PLOVER Codebook", and its table
from CAMEO), with four ties: ALLY, RIVAL, LEADS, MEMBER.

A row is more or less specific: preposition and carried noun, carried noun, preposition, bare predicate. The most
specific row that fits is the frame, so "send troops to" and "send a protest note to" part ways. Rows are written in
American spelling; British spellings ("mobilise", "defence") are found through them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, Self, TypeVar

from .errors import LexiconError
from .records import Modality, RelationType
from .spelling import spellings

DIRECT = "-"
"""In the column `prep`: the object stands without a preposition."""

SAME_PREPOSITION = {"towards": "toward", "upon": "on", "onto": "on", "amongst": "among"}
"""Prepositions that tables need not list: the rows of the second hold for the first."""

RECIPROCAL_PREPOSITIONS = frozenset({"between", "among"})
"""Where no row has one of these, the row for "with" is meant: "talks between A and B" are talks with each other."""


class CarrierKind(StrEnum):
    """How a carrier treats the predicate that it governs."""

    LIGHT = "light"
    """Support verb: the noun is the predicate ("held talks with", "placed strain on")."""
    ASPECT = "aspect"
    """Beginning, going on, ending ("continued to arm")."""
    CONTROL = "control"
    """Its subject is the subject of the governed verb ("seeks to join")."""
    CAUSE = "cause"
    """Its object is the subject of the governed verb ("urged B to withdraw")."""
    NEGATIVE = "negative"
    """What it governs is said not to be so ("refused to sign")."""
    NOMINAL = "nominal"
    """A noun over another ("the reaffirmation of support for")."""
    REPORT = "report"
    """What it governs is said, by its agent ("analysts say")."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of a table of relations. Two are equal when every field is.

    `pos` is v, n or a; `prep` the preposition before the object, "" any, "-" none; `carried` the lemmas of which one must be the carried
    noun, empty for any; `source` is where the row stands ("frames.tsv:123").
    """

    predicate: str
    pos: str
    prep: str
    carried: frozenset[str]
    type: RelationType
    symmetric: bool
    source: str

    @property
    def specificity(self) -> int:
        """3 for preposition and carried noun, 2 carried noun, 1 preposition, 0 the bare predicate."""
        return 2 * bool(self.carried) + bool(self.prep)

    def fits(self, prep: str, carried: frozenset[str]) -> bool:
        """Whether the row holds for an object after `prep` ("" for none) and for any of the carried lemmas."""
        if self.carried and not (self.carried & carried):
            return False
        return not self.prep or (not prep if self.prep == DIRECT else self.prep == prep)

    def names(self, prep: str) -> bool:
        """Whether the row lists the preposition itself, be it as the last word of its predicate: "come out" with "against", "stand by"."""
        return self.prep == prep or self.predicate.endswith(f" {prep}")


@dataclass(frozen=True, slots=True)
class Carrier:
    """One row of the table of carriers. Two are equal when every field is.

    `pos` is v, n or a; `modality` is what the carrier makes of the governed predicate, None where it leaves it alone; `object` says which
    argument of the carrier is the agent of the governed predicate: "subject", "object", or "" where neither need be.
    """

    predicate: str
    pos: str
    kind: CarrierKind
    modality: Modality | None
    object: str
    note: str
    source: str


class FrameLexicon:
    """Frames and carriers by lemma and part of speech; made by `load`, never changed afterwards."""

    __slots__ = ("_carriers", "_ends", "_frames", "_predicates", "_stems", "_typed")

    def __init__(self, frames: Iterable[Frame], carriers: Iterable[Carrier]) -> None:
        """Index the rows; of two frames equally specific the one that comes first wins."""
        by_predicate: dict[tuple[str, str], list[Frame]] = defaultdict(list)
        for frame in frames:
            by_predicate[frame.predicate, frame.pos].append(frame)
        self._frames: dict[tuple[str, str], tuple[Frame, ...]] = {key: tuple(rows) for key, rows in by_predicate.items()}
        # What a predicate may begin with ("call", "call on"): most words that are asked for begin none.
        self._stems = frozenset((stem, pos) for predicate, pos in self._frames for stem in _beginnings(predicate))
        typed: dict[tuple[str, RelationType], set[str]] = defaultdict(set)
        for frame in self.frames:
            typed[frame.pos, frame.type].update(_beginnings(frame.predicate))
        self._typed = {key: frozenset(stems) for key, stems in typed.items()}
        self._ends = {key: frozenset(stem.rpartition(" ")[2] for stem in stems if " " in stem) for key, stems in typed.items()}
        self._predicates = {pos: frozenset(predicate for predicate, at in self._frames if at == pos) for pos in "vna"}
        governed: dict[tuple[str, str], list[Carrier]] = defaultdict(list)
        for carrier in carriers:
            governed[carrier.predicate, carrier.pos].append(carrier)
        self._carriers: dict[tuple[str, str], tuple[Carrier, ...]] = {key: tuple(rows) for key, rows in governed.items()}

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Self:
        """Read the bundled tables and the user's tables of relations, whose rows win over ours, the first table first.

        A user's table has the columns predicate, type and frame (as "with", "+sanction" or "on +sanction|embargo"), and
        if wanted pos (v n a; else all three) and symmetric (yes no; else as in our row for the same predicate).
        Raises LexiconError, with file and line, for a table that cannot be read or a row that makes no sense.
        """
        frames, carriers = _bundled()
        if not extra:
            return cls(frames, carriers)
        ours = cls(frames, ())
        users = [row for path in extra for row in _by_specificity(_read_relations(path, ours))]
        return cls([*users, *frames], carriers)

    def lookup(
        self, lemma: str, pos: str, *, prep: str | None = None, carried: Iterable[str] = (), particle: str | None = None
    ) -> Frame | None:
        """The frame for a predicate with this preposition before its object (None: direct) and these carried nouns.

        Lemmas and prepositions in any case; `pos` is v, n or a. Actors joined without an object ("A and B met") are
        looked up with "with". A particle that makes no entry of its own is read as the preposition, and a preposition
        as a particle, since parsers differ over "call on" and "back down". None where the predicate has no row that fits.

        >>> lexicon = FrameLexicon.load()
        >>> str(lexicon.lookup("fight", "v", prep="alongside").type), str(lexicon.lookup("fight", "v", prep="against").type)
        ('ALLY', 'ASSAULT')
        >>> str(lexicon.lookup("lift", "v", prep="on", carried=["sanction"]).type)
        'RETREAT'
        """
        names = [name for name in spellings(lemma.lower()) if (name, pos) in self._stems]
        if not names:
            return None
        before = SAME_PREPOSITION.get(before := (prep or "").lower(), before)
        nouns = frozenset(noun.lower() for noun in carried)
        for name in names:
            if particle:
                found = self._first(f"{name} {particle.lower()}", pos, before, nouns)
                if found:
                    return found
            found = self._first(f"{name} {before}", pos, "", nouns) if before and not particle else None
            apart = self._first(name, pos, before or (particle or "").lower(), nouns)
            if found is None or (apart is not None and apart.carried and not found.carried):  # "turned cannon on" is no "turned on"
                found = apart
            if found:
                return found
        return None

    def is_relational(self, lemma: str, pos: str) -> bool:
        """Whether the predicate has any row, whatever its roles."""
        return not self._predicates.get(pos, frozenset()).isdisjoint(spellings(lemma.lower()))

    def may_mean(self, lemma: str, pos: str, type_: RelationType, before: str = "") -> bool:
        """Whether `lookup` has a frame of the type for a predicate that begins with the lemma, or with the word before and it, whatever its roles."""
        key, names = (pos, type_), spellings(lemma.lower())
        stems = self._typed.get(key, frozenset())
        if not stems.isdisjoint(names):
            return True
        if not before or self._ends.get(key, frozenset()).isdisjoint(names):
            return False
        return not stems.isdisjoint(spellings(f"{before} {lemma}".lower()))

    def carriers(self, lemma: str, pos: str) -> tuple[Carrier, ...]:
        """The carrier rows of a predicate (a particle verb as "call on"), in the order of the table."""
        for name in spellings(lemma.lower()):
            if rows := self._carriers.get((name, pos)):
                return rows
        return ()

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Every frame, predicate by predicate."""
        return tuple(frame for rows in self._frames.values() for frame in rows)

    @property
    def all_carriers(self) -> tuple[Carrier, ...]:
        """Every carrier, predicate by predicate."""
        return tuple(carrier for rows in self._carriers.values() for carrier in rows)

    def _first(self, name: str, pos: str, prep: str, carried: frozenset[str]) -> Frame | None:
        rows = self._frames.get((name, pos), ())
        if prep in RECIPROCAL_PREPOSITIONS and not any(frame.prep == prep for frame in rows):
            prep = "with"
        found = next((frame for frame in rows if frame.fits(prep, carried)), None)
        # "Iran's proxy" and "the Iranian proxy" are "the proxy of Iran"
        return self._first(name, pos, "of", carried) if found is None and rows and pos == "n" and not prep else found


_FRAME_COLUMNS = ("predicate", "pos", "prep", "carried", "type", "symmetric", "gloss")
_CARRIER_COLUMNS = ("predicate", "pos", "kind", "modality", "object", "note")
_RELATION_COLUMNS = ("predicate", "type", "frame")
_OPTIONAL_RELATION_COLUMNS = ("pos", "symmetric", "gloss")

_PARTS_OF_SPEECH = {pos: pos for pos in "vna"}
_TYPES = {str(type_): type_ for type_ in RelationType}
_SYMMETRY = {"yes": True, "no": False}
_KINDS = {str(kind): kind for kind in CarrierKind}
_MODALITIES: dict[str, Modality | None] = {"": None} | {str(modality): modality for modality in Modality}
_CONTROLLERS = {name: name for name in ("", "subject", "object")}

_FRAME_TEXT = re.compile(r"(?P<prep>[^+]*?)\s*(?:\+\s*(?P<carried>[^+]+))?")
_Value = TypeVar("_Value")


@lru_cache(maxsize=1)
def _bundled() -> tuple[tuple[Frame, ...], tuple[Carrier, ...]]:
    data = files(__package__) / "data"
    frames = _table((data / "frames.tsv").read_bytes(), Path("frames.tsv"), _FRAME_COLUMNS)
    carriers = _table((data / "carriers.tsv").read_bytes(), Path("carriers.tsv"), _CARRIER_COLUMNS)
    return tuple(_by_specificity(_read_frames(frames))), tuple(_read_carriers(carriers))


class _Row(NamedTuple):
    """One line of a table: its cells by column, and where it stands."""

    cells: Mapping[str, str]
    path: Path
    line: int

    @property
    def source(self) -> str:
        return f"{self.path.name}:{self.line}"

    def fail(self, message: str) -> LexiconError:
        return LexiconError(message, self.path, self.line)

    def one_of(self, column: str, known: Mapping[str, _Value]) -> _Value:
        """What the cell stands for, or a LexiconError that lists what may stand there."""
        value = self.cells[column]
        if value not in known:
            raise self.fail(f"{column} {value!r} is none of {' '.join(name or '(empty)' for name in known)}")
        return known[value]

    def predicate(self) -> str:
        value = self.cells["predicate"]
        if not value or value != value.lower() or "  " in value:
            raise self.fail(f"predicate {value!r} is not a lemma in lower case, a particle after one blank")
        return value


def _table(content: bytes, path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> Iterator[_Row]:
    """The rows of a tab-separated table with a header; lines that are blank or begin with # are left out."""
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise LexiconError(f"not UTF-8 ({error.reason} at byte {error.start}); save the table as UTF-8", path) from None
    header: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if " " in line:
            cells = [cell.strip() for cell in cells]
        if header is None:
            _check_header(cells, path, number, columns, optional)
            header = cells
            continue
        if len(cells) > len(header):
            raise LexiconError(f"{len(cells)} cells in a table of {len(header)} columns", path, number)
        cells += [""] * (len(header) - len(cells))  # editors strip tabs at the end of a line
        yield _Row(dict(zip(header, cells, strict=True)), path, number)
    if header is None:
        raise LexiconError(f"empty table; its first line names the columns {' '.join(columns)}, separated by tabs", path)


def _check_header(header: list[str], path: Path, line: int, columns: Sequence[str], optional: Sequence[str]) -> None:
    missing = [name for name in columns if name not in header]
    if missing:
        raise LexiconError(f"column {missing[0]!r} is missing; the first line names {' '.join(columns)}, separated by tabs", path, line)
    unknown = [name for place, name in enumerate(header) if name not in {*columns, *optional} or name in header[:place]]
    if unknown:
        raise LexiconError(f"column {unknown[0]!r} is unknown or there twice; known are {' '.join([*columns, *optional])}", path, line)


def _read_frames(rows: Iterable[_Row]) -> Iterator[Frame]:
    lines = _Lines()
    for row in rows:
        predicate, pos = row.predicate(), row.one_of("pos", _PARTS_OF_SPEECH)
        prep, carried = row.cells["prep"], _carried(row, row.cells["carried"])
        lines.add(row, predicate, pos, prep, carried)
        yield Frame(predicate, pos, prep, carried, row.one_of("type", _TYPES), row.one_of("symmetric", _SYMMETRY), row.source)


def _read_carriers(rows: Iterable[_Row]) -> Iterator[Carrier]:
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        predicate, pos, kind = row.predicate(), row.one_of("pos", _PARTS_OF_SPEECH), row.one_of("kind", _KINDS)
        if (predicate, pos, kind) in seen:
            raise row.fail(f"{predicate} ({pos}) is already there as {kind}")
        seen.add((predicate, pos, kind))
        modality, controller = row.one_of("modality", _MODALITIES), row.one_of("object", _CONTROLLERS)
        yield Carrier(predicate, pos, kind, modality, controller, row.cells["note"], row.source)


def _read_relations(path: Path, ours: FrameLexicon) -> list[Frame]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LexiconError(f"cannot be read ({error.strerror or error}); name a table of relations", path) from None
    frames: list[Frame] = []
    lines = _Lines()
    for row in _table(content, path, _RELATION_COLUMNS, _OPTIONAL_RELATION_COLUMNS):
        predicate, type_ = row.predicate(), row.one_of("type", _TYPES)
        match = _FRAME_TEXT.fullmatch(row.cells["frame"])
        if match is None:
            raise row.fail(f"frame {row.cells['frame']!r} is not as in: with, +sanction, on +sanction|embargo")
        prep, carried = " ".join(match["prep"].lower().split()), _carried(row, (match["carried"] or "").lower())
        for pos in [row.one_of("pos", _PARTS_OF_SPEECH)] if row.cells.get("pos") else _PARTS_OF_SPEECH:
            lines.add(row, predicate, pos, prep, carried)
            if row.cells.get("symmetric"):
                symmetric = row.one_of("symmetric", _SYMMETRY)
            else:
                known = ours.lookup(predicate, pos, prep=None if prep == DIRECT else prep, carried=carried)
                symmetric = known is not None and known.symmetric
            frames.append(Frame(predicate, pos, prep, carried, type_, symmetric, row.source))
    return frames


class _Lines:
    """Which line of a table holds which frame; two lines for one would leave the choice to their order."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str, str, str], int] = {}

    def add(self, row: _Row, predicate: str, pos: str, prep: str, carried: frozenset[str]) -> None:
        number = row.line
        for noun in sorted(carried) or ("",):
            line = self._lines.setdefault((predicate, pos, prep, noun), number)
            if line != number:
                frame = " ".join(part for part in (predicate, prep, noun and f"+{noun}") if part)
                raise row.fail(f"{frame} ({pos}) already stands in line {line}")


def _carried(row: _Row, text: str) -> frozenset[str]:
    nouns = _nouns(text)
    if nouns is None:
        raise row.fail(f"carried nouns {text!r} are not lemmas in lower case, separated by |, each once")
    return nouns


@lru_cache(maxsize=1024)
def _nouns(text: str) -> frozenset[str] | None:
    """The lemmas of a cell, shared by the many rows that list the same; None where the cell makes no sense."""
    nouns = [noun.strip() for noun in text.split("|")] if text else []
    unique = frozenset(nouns)
    return None if "" in unique or text != text.lower() or len(unique) < len(nouns) else unique


def _by_specificity(frames: Iterable[Frame]) -> list[Frame]:
    return sorted(frames, key=lambda frame: -frame.specificity)  # stable: equals stay in the order of their lines


def _beginnings(predicate: str) -> Iterator[str]:
    words = predicate.split(" ")
    return (" ".join(words[:end]) for end in range(1, len(words) + 1))
