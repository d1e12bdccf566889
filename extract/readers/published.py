"""Publication dates as articles carry them, made ISO dates.

Only what can be read in one way is a date: "10/11/2024" is October in one country and November in another, and stays
unread. Where a time zone is given, the date is the one that the publisher wrote.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_TIME = r"(?:[T\s,]+(?:at\s+)?\d{1,2}[:.]\d{2}.{0,40})?"

_FORMS = tuple(
    re.compile(form + _TIME, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?",  # 2024, 2024-10, 2024-10-25
        r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})",  # 2024/10/25, 2024.10.25
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?\d{4,6}Z?)?",  # 20241025, 20241025T083000Z
        rf"{_WEEKDAY}{_DAY}(?:\s+|-){_MONTH},?(?:\s+|-){_YEAR}",  # Fri, 25 Oct 2024; 25-Oct-2024
        rf"{_WEEKDAY}{_MONTH},?\s+{_DAY},?\s+{_YEAR}",  # Friday, October 25, 2024; Oct, 25 2024
        rf"{_MONTH},?\s+{_YEAR}",  # October 2024
    )
)
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})" + _TIME)


def publication_date(value: str | None) -> str | None:
    """Return `value` as YYYY, YYYY-MM or YYYY-MM-DD, as exactly as it says; None where it is no date that can be told.

    >>> publication_date("Fri, 25 Oct 2024 23:10:00 -0400"), publication_date("October 2024"), publication_date("10/11/2024")
    ('2024-10-25', '2024-10', None)
    """
    text = " ".join((value or "").split())
    if numbers := _NUMBERS.fullmatch(text):
        first, second, year = map(int, numbers.groups())
        if first > 12 or first == second:
            return _iso(year, second, first)
        return _iso(year, first, second) if second > 12 else None
    for form in _FORMS:
        if match := form.fullmatch(text):
            month, day = match["month"], match.groupdict().get("day")
            return _iso(int(match["year"]), _month(month) if month else None, int(day) if day else None)
    return None


def dateline(text: str) -> str | None:
    """Return the date that stands alone in one of the first three lines of an article, if one does and has its day."""
    lines = (line for line in text[:2000].splitlines() if line.strip())
    for _, line in zip(range(3), lines, strict=False):
        published = publication_date(line.strip(" \t*_|"))
        if published is not None and len(published) == len("YYYY-MM-DD"):
            return published
    return None


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text[:3].lower()]


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    try:
        exact = date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return None
    if year < 1000:
        return None
    return exact[: 4 if month is None else 7 if day is None else 10]
