"""The records that pass between the parts: Document, Statement, and the closed lists that they use.

A statement is one triple as one sentence states it. Its fields stand in the order of the export, and their names are the
keys of triples.jsonl and the columns of every table. Relation types follow PLOVER (Open Event Data Alliance, "PLOVER
Codebook"), with four ties (ALLY RIVAL LEADS MEMBER) and OTHER.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, make_dataclass
from enum import StrEnum
from functools import cache
from operator import itemgetter
from typing import Any, Self

from .errors import RecordError


class Family(StrEnum):
    """What pages, blocs and queries group relation types by."""

    COOPERATION = "cooperation"
    CONFLICT = "conflict"
    SPEECH = "speech"
    TIES = "ties"
    OTHER = "other"


class RelationType(StrEnum):
    """The closed list of 21 relation types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    COOPERATE = "COOPERATE"
    AID = "AID"
    CONCEDE = "CONCEDE"
    RETREAT = "RETREAT"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    ACCUSE = "ACCUSE"
    REQUEST = "REQUEST"
    ALLY = "ALLY"
    RIVAL = "RIVAL"
    LEADS = "LEADS"
    MEMBER = "MEMBER"
    OTHER = "OTHER"

    @property
    def family(self) -> Family:
        """The family that the type belongs to."""
        return _FAMILIES[self]

    @property
    def sign(self) -> int:
        """+1 for cooperation and alliance, -1 for conflict and rivalry, else 0.

        >>> RelationType.AID.sign, RelationType.RIVAL.sign, RelationType.LEADS.sign
        (1, -1, 0)
        """
        if self is RelationType.ALLY:
            return 1
        if self is RelationType.RIVAL:
            return -1
        return {Family.COOPERATION: 1, Family.CONFLICT: -1}.get(self.family, 0)


_FAMILIES: dict[RelationType, Family] = {
    RelationType(name): family
    for family, names in {
        Family.COOPERATION: "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT",
        Family.CONFLICT: "REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT ACCUSE",
        Family.SPEECH: "REQUEST",
        Family.TIES: "ALLY RIVAL LEADS MEMBER",
        Family.OTHER: "OTHER",
    }.items()
    for name in names.split()
}


class ActorKind(StrEnum):
    """What an actor is."""

    COUNTRY = "country"
    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"


class Modality(StrEnum):
    """How the text puts a statement; where several hold, the first of conditional, requested, planned, possible."""

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    PLANNED = "planned"
    REQUESTED = "requested"
    CONDITIONAL = "conditional"


class Bound(StrEnum):
    """How a quantity is meant."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Document:
    """One article. Two are equal when every field is; `id` is unique within a run.

    `published` is an ISO date (YYYY, YYYY-MM or YYYY-MM-DD) or None; `text` has \\n newlines and is what every offset
    counts characters of.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None

    @property
    def sha256(self) -> str:
        """Hex digest of the text as UTF-8."""
        return hashlib.sha256(self.text.encode("utf8", "surrogatepass")).hexdigest()

    @property
    def words(self) -> int:
        """Number of words, split at white space."""
        return len(self.text.split())

    def to_dict(self, *, text: bool = True) -> dict[str, Any]:
        """The line of documents.jsonl, keys in the order of the record."""
        record: dict[str, Any] = {
            "id": self.id, "sha256": self.sha256, "title": self.title, "published": self.published,
            "source": self.source, "url": self.url, "words": self.words,
        }  # fmt: skip
        return record | {"text": self.text} if text else record


@dataclass(frozen=True, slots=True)
class Statement:
    """One triple as one sentence states it. Equal when every field is; `id` alone identifies it within a folder.

    Offsets are characters of the document's text, end exclusive; `sentence` is `text[char_start:char_end]`, and
    `subject_text` and `object_text` are the mentions as they stand at theirs.
    """

    id: str
    subject_id: str
    subject: str
    subject_kind: ActorKind
    subject_text: str
    subject_start: int
    subject_end: int
    subject_sector: str | None
    relation: str
    relation_type: RelationType
    symmetric: bool
    object_id: str
    object: str
    object_kind: ActorKind
    object_text: str
    object_start: int
    object_end: int
    object_sector: str | None
    negated: bool
    modality: Modality
    attributed_to: str | None
    attributed_to_id: str | None
    quantity: float | None
    quantity_max: float | None
    quantity_bound: Bound | None
    quantity_unit: str | None
    quantity_text: str | None
    event_date: str | None
    document_id: str
    title: str | None
    source: str | None
    url: str | None
    published: str | None
    sentence: str
    char_start: int
    char_end: int
    predicate_start: int
    predicate_end: int
    confidence: float
    rule: str
    frame: str | None
    version: str

    @property
    def is_fact(self) -> bool:
        """Whether the article itself says that it is so: asserted, not negated, not attributed."""
        return self.modality is Modality.ASSERTED and not self.negated and self.attributed_to is None

    @property
    def sort_key(self) -> tuple[str, int, str]:
        """Order of the lines of triples.jsonl."""
        return self.document_id, self.char_start, self.id

    def to_dict(self) -> dict[str, Any]:
        """The line of triples.jsonl, keys in the order of the record; enumerations as plain strings."""
        return {name: str(value) if isinstance(value, StrEnum) else value for name, value in asdict(self).items()}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Read a line of triples.jsonl.

        Raises RecordError where a field is missing, unknown or of the wrong type.
        """
        try:
            values = _checked(_in_order(record))
        except (KeyError, TypeError, ValueError):
            raise _fault(record) from None
        if len(record) != len(values):
            raise _fault(record)
        if cls is not Statement:
            return cls(*values)
        # The checks are done: what a frozen class does to set its fields takes four times as long.
        draft = _draft()(*values)
        draft.__class__ = cls
        return draft  # type: ignore[no-any-return]


@cache
def _draft() -> Any:
    """The class of a statement while its fields are set, which has the same slots; most commands read none, and need not make it."""
    return make_dataclass("_Draft", [field.name for field in fields(Statement)], slots=True, eq=False, repr=False)


def _checked(values: tuple[Any, ...]) -> list[Any]:
    """Return the values of a record as a statement has them. Raises KeyError, TypeError or ValueError where one is not of its type.

    Records have few combinations of types, so that one look tells of nearly all that every field is right.
    """
    types = tuple(map(type, values))
    if types not in _seen_types:
        checked = [check(value) for check, value in zip(_CHECKS.values(), values, strict=True)]
        if len(_seen_types) < _MOST_SEEN and _PLAIN.issuperset(types):
            _seen_types.add(types)
        return checked
    checked = list(values)
    for index, member in _MEMBERS:
        checked[index] = member(checked[index])
    return checked


def _fault(record: Mapping[str, Any]) -> RecordError:
    """What is wrong with a record; looked for only when something is, for there are many records and few faults."""
    for name in record:
        if name not in _CHECKS:
            return RecordError(f"unknown field {name!r}", field=name)
    for name, check in _CHECKS.items():
        if name not in record:
            return RecordError(f"field {name!r} is missing", field=name)
        try:
            check(record[name])
        except (KeyError, TypeError, ValueError):
            return RecordError(f"field {name!r} cannot be {record[name]!r}", field=name)
    raise AssertionError("unreachable")


def statement_id(
    document_id: str,
    predicate: tuple[int, int],
    subject: tuple[int, int],
    object_: tuple[int, int],
    subject_id: str,
    relation: str,
    object_id: str,
) -> str:
    """First 16 hex digits of SHA-256 over the JSON list of where the statement stands and what it says.

    Spans are character offsets (start, end). Corrections never change the id.
    """
    key = [document_id, list(predicate), list(subject), list(object_), subject_id, relation, object_id]
    return hashlib.sha256(json.dumps(key, ensure_ascii=False, separators=(",", ":")).encode("utf8")).hexdigest()[:16]


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _optional(check: Any) -> Any:
    return lambda value: None if value is None else check(value)


def _member(enumeration: type[StrEnum]) -> Any:
    return {str(member): member for member in enumeration}.__getitem__  # in a third of the time of a call of the class


_BY_ANNOTATION: dict[str, Any] = {
    "str": _string, "int": _integer, "float": _number, "bool": _boolean, "ActorKind": _member(ActorKind),
    "RelationType": _member(RelationType), "Modality": _member(Modality), "str | None": _optional(_string),
    "float | None": _optional(_number), "Bound | None": _optional(_member(Bound)),
}  # fmt: skip
_CHECKS: dict[str, Any] = {f.name: _BY_ANNOTATION[str(f.type)] for f in fields(Statement)}

STATEMENT_FIELDS: tuple[str, ...] = tuple(_CHECKS)
"""Names of the fields of a statement, in the order of every export."""

_in_order = itemgetter(*STATEMENT_FIELDS)

_MEMBERS: list[tuple[int, Any]] = [
    (index, _BY_ANNOTATION[str(field.type)])
    for index, field in enumerate(fields(Statement))
    if str(field.type).partition(" ")[0] in ("ActorKind", "RelationType", "Modality", "Bound")
]
"""The fields whose type does not tell whether a value is right: place and check."""

_PLAIN = frozenset((str, int, float, bool, type(None)))
_MOST_SEEN = 1000  # combinations of types; a file has a few dozen
_seen_types: set[tuple[type, ...]] = set()
