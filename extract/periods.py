"""Stretches of days as dates are written: a day, a month, a year, a week, and what lies between two of them.

Weeks run from Monday to Sunday (ISO 8601). Everything stays within the years 1 to 9999 that `datetime` has.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included. Equal when both are."""

    first: date
    last: date

    def __str__(self) -> str:
        """YYYY, YYYY-MM or YYYY-MM-DD where the days are just that year, month or day, else start/end in days.

        >>> str(Period(date(2024, 2, 1), date(2024, 2, 29))), str(Period(date(2024, 2, 5), date(2024, 2, 11)))
        ('2024-02', '2024-02-05/2024-02-11')
        """
        if self.first == self.last:
            return self.first.isoformat()
        if self == month_of(self.first):
            return self.first.isoformat()[:7]
        if self == year_of(self.first):
            return self.first.isoformat()[:4]
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


@dataclass(frozen=True, slots=True)
class Interval:
    """From one period into another; each end is written as coarse as it is known ("2014/2024-11-15")."""

    start: Period
    end: Period

    def __str__(self) -> str:
        """start/end."""
        start, end = str(self.start), str(self.end)
        if start == end:
            return start
        return f"{self.start.first.isoformat() if '/' in start else start}/{self.end.last.isoformat() if '/' in end else end}"


@dataclass(frozen=True, slots=True)
class Published:
    """The publication date: the days that it may stand for (one, a month's or a year's)."""

    period: Period

    @property
    def day(self) -> date | None:
        """The day, where the date is as fine as that."""
        return self.period.first if self.period.first == self.period.last else None

    @property
    def month(self) -> Period | None:
        """The month, where the date is as fine as that."""
        month = month_of(self.period.first)
        return month if month.first <= self.period.first and self.period.last <= month.last else None


def read_published(published: str | None) -> Published | None:
    """The publication date from YYYY, YYYY-MM or YYYY-MM-DD (a time after it is left out); None where it is no date."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])", published or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    found = named_period(year, month, day)
    return Published(found) if found else None


def day_period(day: date) -> Period:
    """One day."""
    return Period(day, day)


def month_of(day: date) -> Period:
    """The month of a day."""
    return Period(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def year_of(day: date) -> Period:
    """The year of a day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def week_of(day: date) -> Period:
    """Monday to Sunday around a day."""
    monday = day - timedelta(day.weekday())
    return Period(monday, monday + timedelta(6))


def named_period(year: int, month: int | None, day: int | None) -> Period | None:
    """A year, month or day; None where the calendar has no such day."""
    if not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return year_of(date(year, 1, 1))
    if day is None:
        return month_of(date(year, month, 1))
    return day_period(date(year, month, day)) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def month_before(day: date, months: int) -> Period:
    """The month so many months before (negative: after) that of a day; clipped to the years 1 to 9999."""
    index = min(max(day.year * 12 + day.month - 1 - months, 12), 9999 * 12 + 11)
    return month_of(date(index // 12, index % 12 + 1, 1))


def shift(day: date, days: int) -> date:
    """The day so many days later, clipped to what the calendar has."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
