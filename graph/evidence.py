"""The evidence behind a page: sentences with their marks, documents with their links, what each statement says and how.

Everything is plain lists, strings and numbers for JSON; a sentence or a document that serves several statements is there
once. What is None or False is left out.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from ..extract.records import Bound, Modality, Statement

_EPOCH = datetime.date(1970, 1, 1)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_BOUNDS = {Bound.ABOUT: "about ", Bound.AT_LEAST: "at least ", Bound.AT_MOST: "at most "}


class Evidence:
    """Gathers statements one by one and hands out their numbers.

    After that `sentences`, `documents` and `statements` hold what the page needs. A statement has

    r, m            relation phrase; marks: [start, end, role] with role s, p or o, in UTF-16 units of the sentence
    i, d            numbers of its sentence and its document
    s, o            what subject and object stand for, where the mention does not say so itself
    how, not        modality unless asserted; true where denied
    by, a           who says it, and the number of that actor
    q, on, t, c     quantity; date of the event as it stands, and as first and last day since 1970; confidence

    and a document title, source, url, on and t (date of publication, likewise).
    """

    def __init__(self, actors: Mapping[str, int]) -> None:
        self._actors = actors
        self._sentence_numbers: dict[str, int] = {}
        self._document_numbers: dict[str, int] = {}
        self.documents: list[dict[str, Any]] = []
        self.statements: list[dict[str, Any]] = []

    @property
    def sentences(self) -> list[str]:
        """The sentences in the order of their numbers."""
        return list(self._sentence_numbers)

    def add(self, statement: Statement) -> int:
        """Take a statement in and return its number."""
        record = {
            "r": statement.relation,
            "m": marks(statement),
            "i": self._sentence_numbers.setdefault(statement.sentence, len(self._sentence_numbers)),
            "d": self._document(statement),
            "s": _other_name(statement.subject, statement.subject_text, statement.subject_sector),
            "o": _other_name(statement.object, statement.object_text, statement.object_sector),
            "how": None if statement.modality is Modality.ASSERTED else str(statement.modality),
            "not": statement.negated or None,
            "by": statement.attributed_to,
            "a": self._actors.get(statement.attributed_to_id or ""),
            "q": quantity(statement),
            "on": statement.event_date,
            "t": days(statement.event_date),
            "c": statement.confidence,
        }
        self.statements.append({key: value for key, value in record.items() if value is not None})
        return len(self.statements) - 1

    def _document(self, statement: Statement) -> int:
        number = self._document_numbers.setdefault(statement.document_id, len(self._document_numbers))
        if number == len(self.documents):
            record = {
                "title": statement.title or statement.document_id,
                "source": statement.source,
                "url": safe_url(statement.url),
                "on": statement.published,
                "t": days(statement.published),
            }
            self.documents.append({key: value for key, value in record.items() if value is not None})
        return number


def marks(statement: Statement) -> list[tuple[int, int, str]]:
    """Where subject, predicate and object stand in the sentence: (start, end, role), in order, none over another.

    Of two that overlap the shorter one is marked whole and the longer one around it. Offsets are UTF-16 code units, as
    JavaScript counts.
    """
    length, at = len(statement.sentence), statement.char_start
    spans = [
        (max(start - at, 0), min(end - at, length), role)
        for start, end, role in (
            (statement.subject_start, statement.subject_end, "s"),
            (statement.object_start, statement.object_end, "o"),
            (statement.predicate_start, statement.predicate_end, "p"),
        )
    ]
    spans = sorted(span for span in spans if span[0] < span[1])
    if any(first[1] > second[0] for first, second in pairwise(spans)):
        spans = _flattened(spans)
    if statement.sentence.isascii():
        return spans
    return [(_utf16(statement.sentence[:start]), _utf16(statement.sentence[:end]), role) for start, end, role in spans]


def _flattened(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Paint the longer spans first and the shorter ones over them."""
    painted: dict[int, str] = {}
    for start, end, role in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        painted.update(dict.fromkeys(range(start, end), role))
    runs: list[tuple[int, int, str]] = []
    for at in sorted(painted):
        if runs and runs[-1][1] == at and runs[-1][2] == painted[at]:
            runs[-1] = (runs[-1][0], at + 1, painted[at])
        else:
            runs.append((at, at + 1, painted[at]))
    return runs


def _utf16(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _other_name(name: str, mention: str, sector: str | None) -> str | None:
    """What a mention stands for, where the text does not say so itself: "Serbia (MIL)" of "its troops"."""
    if sector:
        return f"{name} ({sector})"
    return None if name == mention else name


def quantity(statement: Statement) -> str | None:
    """The quantity as the text has it, else as numbers: "at least 300 troops"."""
    if statement.quantity_text:
        return statement.quantity_text
    if statement.quantity is None:
        return None
    bound = _BOUNDS.get(statement.quantity_bound, "") if statement.quantity_bound else ""
    high = "" if statement.quantity_max is None else f"–{_figure(statement.quantity_max)}"
    return f"{bound}{_figure(statement.quantity)}{high} {statement.quantity_unit or ''}".strip()


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def days(date: str | None) -> tuple[int, int] | None:
    """First and last day of a date or an interval, counted from 1970-01-01; None where there is none or it is no date.

    >>> days("1970-02"), days("1971/1971-01-01"), days("soon")
    ((31, 58), (365, 365), None)
    """
    if not date:
        return None
    start, _, end = date.partition("/")
    first, last = _day(start, last=False), _day(end or start, last=True)
    return None if first is None or last is None else (min(first, last), max(first, last))


def _day(date: str, *, last: bool) -> int | None:
    """The first or the last day that a date means, which may be a year or a month."""
    found = _DATE.fullmatch(date)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2] or (12 if last else 1)), int(found[3] or 1)
    try:
        if last and not found[3]:
            day = calendar.monthrange(year, month)[1]
        return (datetime.date(year, month, day) - _EPOCH).days
    except ValueError:
        return None


def safe_url(url: str | None) -> str | None:
    """The address if it is one of the web, else None: "javascript:", "data:", "file:" and what only looks like an address.

    >>> safe_url("https://example.org/a?b#c"), safe_url("javascript:alert(1)"), safe_url("https://"), safe_url("//example.org")
    ('https://example.org/a?b#c', None, None, None)
    """
    if not url or not url.isprintable() or " " in url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc else None
    except ValueError:
        return None
