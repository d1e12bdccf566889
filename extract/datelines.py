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
_DATELINE = re.compile(
    r"[^\S\n]*(?P<city>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3})(?:, (?P<country>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}))?"
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?[^\S\n]*(?P<agency>\([A-Z][\w ./]{1,30}\))?[^\S\n]*(?:[—–]|--?)\s"
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

    The city must have an agency beside it, or two of three: a country beside it, a city's name, capitals. "NATO – the alliance"
    is none.

    >>> find_dateline("QUITO – Ecuador called its ambassador home.").end
    8
    """
    for at in _line_starts(text):
        found = _DATELINE.match(text, at)
        if found is None:
            continue
        city, country = found["city"], found["country"]
        known = is_city(city)
        if found["agency"] is not None or (country is not None and (known or city.isupper())) or (known and city.isupper()):
            return Dateline(found.start(), found.end(), city, country)
    return None


def _line_starts(text: str) -> Iterator[int]:
    return (line.start() for line in islice(_LINE.finditer(text), _LINES))
