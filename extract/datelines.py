"""The dateline of an article: "KHARTOUM, Sudan —", "BEIRUT (Reuters) -" before its first sentence, below a heading or not.

It is no part of the sentence that it stands before, and a parser that takes it for one finds subjects and speakers in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .places import is_city

_LINES = 3  # in which a dateline may stand: a heading and a byline go before
_PLACE = r"[A-Z][\w'’.-]*(?: (?:(?:of|and|the) )*[A-Z][\w'’.-]*){0,3}"
_MONTH = r"[A-Z][a-z]{2,8}\.?"
_DATELINE = re.compile(
    rf"[^\S\n]*(?P<city>{_PLACE}(?:/{_PLACE})?)(?P<region>, {_PLACE})??(?:, (?P<country>{_PLACE}))?"
    rf"(?P<date>,? (?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|{_MONTH} \d{{4}}|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?))?"
    r"[^\S\n]*(?P<agency>\([A-Z][\w ./]{1,30}\))?[^\S\n]*(?:[—–]|--?)\s"
)
_LINE = re.compile(r"^[^\S\n]*\S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Characters start:end of a text, up to where its sentence begins; `city` and `country` as they stand, or None."""

    start: int
    end: int
    city: str
    country: str | None


def find_dateline(text: str) -> Dateline | None:
    """The dateline in the first lines of an article; None without one.

    The city must have an agency beside it, or two of three: a country or a date beside it, a city's name, capitals. "NATO – the
    alliance" is none.

    >>> find_dateline("QUITO – Ecuador called its ambassador home.").end
    8
    >>> find_dateline("LAGOS, 9 May 2019 — Nigeria closed its border with Benin.").country
    """
    for at in _line_starts(text):
        found = _DATELINE.match(text, at)
        if found is None:
            continue
        city, country = found["city"], found["country"]
        if found["region"] is not None and not city.isupper() and found["agency"] is None:
            continue  # "Mali, Chad, Niger - all three …"
        known, beside = is_city(city.partition("/")[0]), country is not None or found["date"] is not None
        if found["agency"] is not None or (beside and (known or city.isupper())) or (known and city.isupper()):
            return Dateline(found.start(), found.end(), city, country)
    return None


def _line_starts(text: str) -> Iterator[int]:
    return (line.start() for line in islice(_LINE.finditer(text), _LINES))
