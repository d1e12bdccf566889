"""Expressions of time in English news, resolved to days: "last week", "on 3 March 2021", "since 2014", "two days ago".

A small closed grammar over the text of one sentence. dateparser and its like guess at any number and depend on locale and
clock; here nothing is resolved unless the publication date says how, and what is vague ("recently", "in recent months")
stays unresolved. Seasons are left alone, as the hemispheres differ.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from .numerals import number_value
from .periods import Interval, Period, Published, day_period, month_before, named_period, shift, week_of, year_of

Direction = Literal["past", "future"]


_MONTHS = {name: i for i, name in enumerate(calendar.month_name) if name} | {name: i for i, name in enumerate(calendar.month_abbr) if name} | {"Sept": 9}
_WEEKDAYS = {name: i for i, name in enumerate(calendar.day_name)}
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.?"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)"
_UNIT = r"(?:day|week|month|year|decade|century|centurie)"
_FINE = r"(?:(?:earlier|later|early|late|sometime)\s+)?(?:in\s+)?"
_AT_EDGE = r"(?<![\w.,$€£-])"

_EXPRESSION = re.compile(
    rf"""
      (?P<iso>\b\d{{4}}-\d\d-\d\d\b)
    | (?:{_WEEKDAY},?\s+)?(?:the\s+)?\b(?P<d1>{_DAY})(?:\s*(?:-|–|to|and)\s*(?P<d1_end>{_DAY}))?(?:\s+of)?\s+(?P<m1>{_MONTH})\b(?:,?\s+(?P<y1>{_YEAR})\b)?
    | (?:{_WEEKDAY},?\s+)?\b(?P<m2>{_MONTH})\s+(?:the\s+)?(?P<d2>{_DAY})\b(?:\s*(?:-|–|to|and)\s*(?P<d2_end>{_DAY})\b)?(?!\s*(?:percent|%|per\s+cent))(?:,?\s+(?P<y2>{_YEAR})\b)?
    | \b(?P<m3>{_MONTH})(?:\s+of|,)?\s+(?P<y3>{_YEAR})\b
    | (?i:\b{_FINE}(?P<which4>last|this|next|past)\s+(?-i:(?P<m4>{_MONTH}))\b)
    | (?i:\b(?:(?P<which5>last|this|next|past|coming|this\s+coming|this\s+past)\s+)?(?-i:(?P<weekday>{_WEEKDAY}))\b)
    | (?i:\b(?P<word>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tonight|tomorrow|last\s+night|overnight|this\s+(?:morning|afternoon|evening))\b)
    | (?i:\b{_FINE}(?P<range>(?:over|in|during|for|within)\s+the\s+(?:past|last|previous)|(?:over|in|during|for|within)\s+the\s+(?:next|coming|following))\s+(?:(?P<n6>{_COUNT})\s+)?(?P<u6>{_UNIT})s?\b)
    | (?i:\b{_FINE}(?P<which7>this|last|next|(?:the\s+)?(?:past|previous|coming|current))\s+(?P<u7>week(?:end)?|month|quarter|year|decade)\b)
    | (?i:\b(?:over|at|during)\s+(?P<weekend>the\s+weekend)\b)
    | (?i:\b(?P<n8>{_COUNT})\s+(?P<u8>{_UNIT})s?\s+(?P<ago>ago|from\s+now)\b)
    | (?i:\b(?P<ahead>in|within)\s+(?P<n9>{_COUNT})\s+(?P<u9>{_UNIT})s?\b(?!'))
    | {_AT_EDGE}(?P<decade>{_YEAR[:-2]}0)'?s\b
    | {_AT_EDGE}(?:mid-|early-|late-)?(?P<year>{_YEAR})\b(?:\s*(?:-|–)\s*(?P<year_end>{_YEAR}|\d\d)\b)?(?![-,.]\d|\s*%|\s+(?:percent|per\s+cent)\b)
    | \b(?P<month>{_MONTH})(?![\w])
    """,
    re.VERBOSE,
)
_PREFIX = re.compile(
    r"\b(?P<prefix>since|until|till|by|before|after|ahead\s+of|prior\s+to|following|between|from|in|on|during|of|throughout|early|late|mid|for)\s+"
    r"(?:(?:the|early|late|mid|at\s+least|around|about)\s+|mid-\s*|(?:the\s+)?(?:end|start|beginning|middle|summer|winter|spring|autumn|fall)\s+of\s+)*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,\s*)?(?:and|to|until|till|through|-|–)\s+(?:the\s+|early\s+|late\s+)?")
_LOOK_BEHIND = 60
_NAMED_ON = re.compile(r" [A-Z]")  # "to Jan Mayen"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time in a text: characters start:end, and how it resolves."""

    start: int
    end: int
    groups: tuple[tuple[str, str], ...]
    prefix: str
    until: TimeExpression | None = None

    def resolve(self, published: Published | None, direction: Direction) -> Period | Interval | None:
        """The days that are meant, or None where that cannot be told.

        `direction` settles what has no year or week of its own: "on Friday", "in October" are the latest not after the
        publication, or the next not before it.
        """
        if self.until is not None:
            return self._span(published, direction)
        found = _resolve(dict(self.groups), published, direction)
        if found is None or self.prefix in _VAGUE:
            return None
        if self.prefix == "since":
            start = found.start if isinstance(found, Interval) else found
            return Interval(start, published.period) if published and start.first <= published.period.last else None
        if self.prefix in ("until", "till", "by"):
            end = found.end if isinstance(found, Interval) else found
            return Interval(published.period, end) if published and direction == "future" and end.last >= published.period.last else None
        return found

    def _span(self, published: Published | None, direction: Direction) -> Interval | None:
        """Both ends of "between March and May", the year of the later one for both."""
        assert self.until is not None
        groups, later = dict(self.groups), dict(self.until.groups)
        year = next((later[name] for name in ("y1", "y2", "y3", "year") if name in later), None)
        end = _resolve(later, published, direction)
        if not isinstance(end, Period):
            return None
        start = _resolve(groups, published, direction)
        if not any(name in groups for name in _DATED):
            base = Published(Period(end.first, end.first))
            start = _resolve(groups, base if year or published else None, "past")
        if not isinstance(start, Period) or start.first > end.last:
            return None
        return Interval(start, end)


_NAMES = frozenset({"m1", "m2", "m3", "m4", "month", "weekday"})
_VAGUE = frozenset({"before", "after", "ahead of", "prior to", "following"})
_DATED = frozenset({"iso", "y1", "y2", "y3", "year", "decade"})


def find_expressions(text: str) -> tuple[TimeExpression, ...]:
    """The expressions of time in a sentence, in order, those joined by "between … and" or "from … to" as one."""
    return _find(text) if _TRIGGER.search(text) else ()


_TRIGGER = re.compile(
    rf"\d{{4}}|{_MONTH}|{_WEEKDAY}|(?i:\b(?:yesterday|today|tonight|tomorrow|overnight|days?|nights?|weeks?|weekend|months?|quarter|years?|decades?|centur|this\s+[mae]))"
)
"""What every expression contains: most sentences have none, and the grammar costs as much as a part of the parse."""


@lru_cache(maxsize=256)  # every predicate of a sentence asks
def _find(text: str) -> tuple[TimeExpression, ...]:
    return tuple(_joined(text))


def _joined(text: str) -> Iterator[TimeExpression]:
    found = [expression for match in _EXPRESSION.finditer(text) if (expression := _expression(text, match)) is not None]
    i = 0
    while i < len(found):
        here = found[i]
        if i + 1 < len(found) and here.prefix in ("between", "from") and _BETWEEN.fullmatch(text, here.end, found[i + 1].start):
            yield replace(here, end=found[i + 1].end, until=found[i + 1])
            i += 2
        else:
            yield here
            i += 1


def _expression(text: str, match: re.Match[str]) -> TimeExpression | None:
    groups = tuple((name, value if name in _NAMES else value.lower()) for name, value in match.groupdict().items() if value is not None)
    before = _PREFIX.search(text[max(0, match.start() - _LOOK_BEHIND) : match.start()])
    prefix = re.sub(r"\s+", " ", before["prefix"].lower()) if before else ""
    names = dict(groups)
    if names.get("month") in ("May", "March", "Mar", "Dec", "Jan") and not prefix and not text[match.end() :].startswith("'s"):
        joined = _BETWEEN.search(text[max(0, match.start() - 6) : match.start()])
        if joined is None or _NAMED_ON.match(text, match.end()):
            return None  # the verb, the modal, a first name
    return TimeExpression(match.start(), match.end(), groups, prefix)


def _resolve(groups: dict[str, str], published: Published | None, direction: Direction) -> Period | Interval | None:
    if "iso" in groups:
        return _calendar(groups["iso"][:4], groups["iso"][5:7], groups["iso"][8:])
    for i in "12":
        if f"d{i}" in groups:
            return _days(groups, i, published, direction)
    if "m3" in groups:
        return _calendar(groups["y3"], groups["m3"], None)
    if "decade" in groups:
        start = int(groups["decade"])
        return Interval(year_of(date(start, 1, 1)), year_of(date(start + 9, 1, 1)))
    if "year" in groups:
        return _years(groups)
    return _relative(groups, published, direction) if published else None


def _years(groups: dict[str, str]) -> Period | Interval | None:
    start, tail = groups["year"], groups.get("year_end")
    first = _calendar(start, None, None)
    if tail is None or first is None:
        return first
    last = _calendar(tail if len(tail) == 4 else start[:2] + tail, None, None)
    return Interval(first, last) if last and last.first > first.first else None


def _calendar(year: str, month: str | None, day: str | None) -> Period | None:
    number = None if month is None else int(month) if month.isdigit() else _MONTHS[month.rstrip(".")]
    return named_period(int(year), number, int(re.sub(r"\D", "", day)) if day else None)


def _days(groups: dict[str, str], i: str, published: Published | None, direction: Direction) -> Period | Interval | None:
    """A day of a month, or a run of them, in the year that is named or that the direction tells."""
    month, year = groups[f"m{i}"], groups.get(f"y{i}")
    ends: list[Period] = []
    for name in (f"d{i}", f"d{i}_end"):
        if name in groups:
            found = _calendar(year, month, groups[name]) if year else _without_year(month, groups[name], published, direction)
            if found is None:
                return None
            ends.append(found)
    if len(ends) == 1:
        return ends[0]
    return Interval(ends[0], ends[1]) if ends[0].first < ends[1].first else None


def _without_year(month: str, day: str | None, published: Published | None, direction: Direction) -> Period | None:
    """The latest such day or month that has begun by the publication, or the next that is not over by then."""
    if published is None or published.month is None:
        return None
    here = published.period
    years = range(here.last.year, here.last.year - 9, -1) if direction == "past" else range(here.first.year, here.first.year + 9)
    for year in years:  # nine years hold a 29 February
        found = _calendar(f"{min(max(year, 1), 9999):04d}", month, day)
        if found and (found.first <= here.last if direction == "past" else found.last >= here.first):
            return found
    return None


def _relative(groups: dict[str, str], published: Published, direction: Direction) -> Period | Interval | None:
    """What only the publication date resolves."""
    if "month" in groups:
        return _without_year(groups["month"], None, published, direction)
    if "m4" in groups:
        return _named_month(groups["which4"], groups["m4"], published)
    if "u7" in groups:
        return _unit(groups["which7"].removeprefix("the ").strip(), groups["u7"], published, direction)
    if "range" in groups:
        return _range(groups, published)
    if "n8" in groups:
        return _distance(groups["n8"], groups["u8"], published, -1 if groups["ago"] == "ago" else 1)
    if "n9" in groups:
        reach = _distance(groups["n9"], groups["u9"], published, 1) if direction == "future" else None
        return Interval(published.period, reach) if reach and groups["ahead"] == "within" else reach
    day = published.day
    if day is None:
        return None
    if "weekday" in groups:
        return day_period(_weekday(groups["weekday"], groups.get("which5", ""), day, direction))
    if "weekend" in groups:
        return _weekend(day, 0 if direction == "future" or day.weekday() >= 5 else -1)
    return day_period(shift(day, _WORD_DAYS.get(re.sub(r"\s+", " ", groups["word"].lower()), 0)))


_WORD_DAYS = {"the day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1, "the day after tomorrow": 2}


def _named_month(which: str, month: str, published: Published) -> Period | None:
    """ "last March": the latest before this month; "next March": the first after it; "this March": that of this year."""
    here = published.month
    if here is None:
        return None
    number = _MONTHS[month.rstrip(".")]
    year = here.first.year
    if which in ("last", "past"):
        year -= number >= here.first.month
    elif which == "next":
        year += number <= here.first.month
    return named_period(year, number, None)


def _weekday(name: str, which: str, day: date, direction: Direction) -> date:
    """The day of the week: latest not after publication, or next not before it; "last" and "next" leave the day itself out."""
    behind = (day.weekday() - _WEEKDAYS[name]) % 7
    which = which.rsplit(" ", 1)[-1]
    if which in ("last", "past"):
        return shift(day, -(behind or 7))
    if which in ("next", "coming"):
        return shift(day, 7 - behind)
    if which == "this":
        return shift(day, _WEEKDAYS[name] - day.weekday())
    return shift(day, -behind if direction == "past" else (7 - behind) % 7)


def _weekend(day: date, weeks: int) -> Period:
    """Saturday and Sunday of the week of a day, or of one so many weeks later."""
    saturday = shift(day, 5 - day.weekday() + 7 * weeks)
    return Period(saturday, shift(saturday, 1))


_STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}


def _unit(which: str, unit: str, published: Published, direction: Direction) -> Period | Interval | None:
    """ "last week", "this month", "next year"; what has begun and is told in the past ends with the publication."""
    step = _STEPS[re.sub(r"^the\s+", "", which)]
    here = published.period
    if unit == "decade":
        return Interval(_year(here.first.year - 10), here) if step < 0 else None
    if unit == "year":
        return _year(here.first.year + step) if 1 <= here.first.year + step <= 9999 else None
    if published.month is None:
        return None
    if unit == "month":
        return month_before(here.first, -step)
    if unit == "quarter":
        first = month_before(here.first.replace(month=(here.first.month - 1) // 3 * 3 + 1, day=1), -3 * step)
        return Period(first.first, month_before(first.first, -2).last)
    if published.day is None:
        return None
    if unit == "weekend":
        return _weekend(published.day, step)
    week = week_of(shift(published.day, 7 * step))
    return Period(week.first, published.day) if step == 0 and direction == "past" else week


def _year(year: int) -> Period:
    return year_of(date(min(max(year, 1), 9999), 1, 1))


def _range(groups: dict[str, str], published: Published) -> Interval | None:
    """ "over the past three weeks": from then to the publication; "in the next two days": from the publication."""
    ahead = re.search("next|coming|following", groups["range"]) is not None
    reach = _distance(groups.get("n6", "one"), groups["u6"], published, 1 if ahead else -1)
    if reach is None:
        return None
    return Interval(published.period, reach) if ahead else Interval(reach, published.period)


def _distance(count: str, unit: str, published: Published, sign: int) -> Period | None:
    """The day, week, month or year so many units away; None where the publication date is coarser than the unit."""
    value = number_value([count]) if count not in ("a", "an") else 1
    if value is None:
        return None
    steps, here = sign * int(value), published.period.first
    if unit == "day":
        return day_period(shift(published.day, steps)) if published.day else None
    if unit == "week":
        return week_of(shift(published.day, 7 * steps)) if published.day else None
    if unit == "month":
        return month_before(here, -steps) if published.month else None
    years = steps * {"year": 1, "decade": 10}.get(unit, 100)
    return _year(here.year + years) if 1 <= here.year + years <= 9999 else None
