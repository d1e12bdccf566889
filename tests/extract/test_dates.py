"""Time expressions: the grammar by itself, then tied to predicates in hand-made and in parsed sentences."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.extract.dates import event_date
from actorgraph.extract.periods import Interval, Period, month_before, read_published, week_of
from actorgraph.extract.timex import find_expressions

FRIDAY = "2024-11-15"
FORM = re.compile(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?")
CASES = yaml.safe_load((Path(__file__).parent.parent / "data" / "dates.yaml").read_text("utf8"))


def resolve(text: str, published: str | None = FRIDAY, direction: str = "past") -> str | None:
    """The first expression of a text, resolved."""
    found = next(iter(find_expressions(text)), None)
    when = found.resolve(read_published(published), direction) if found else None
    return str(when) if when else None


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("last week", "2024-11-04/2024-11-10", "2024-11-04/2024-11-10"),
        ("this week", "2024-11-11/2024-11-15", "2024-11-11/2024-11-17"),
        ("on Sunday", "2024-11-10", "2024-11-17"),
        ("on Friday", "2024-11-15", "2024-11-15"),
        ("last Friday", "2024-11-08", "2024-11-08"),
        ("next Friday", "2024-11-22", "2024-11-22"),
        ("this Tuesday", "2024-11-12", "2024-11-12"),
        ("yesterday", "2024-11-14", "2024-11-14"),
        ("the day before yesterday", "2024-11-13", "2024-11-13"),
        ("Tomorrow", "2024-11-16", "2024-11-16"),
        ("in October", "2024-10", "2025-10"),
        ("in November", "2024-11", "2024-11"),
        ("in December", "2023-12", "2024-12"),
        ("last March", "2024-03", "2024-03"),
        ("on 7 December", "2023-12-07", "2024-12-07"),
        ("on October 7", "2024-10-07", "2025-10-07"),
        ("on Oct. 7, 2023", "2023-10-07", "2023-10-07"),
        ("on the 3rd of March, 2021", "2021-03-03", "2021-03-03"),
        ("from 3 to 5 March 2021", "2021-03-03/2021-03-05", "2021-03-03/2021-03-05"),
        ("in March of 2021", "2021-03", "2021-03"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("earlier this month", "2024-11", "2024-11"),
        ("late last year", "2023", "2023"),
        ("last quarter", "2024-07-01/2024-09-30", "2024-07-01/2024-09-30"),
        ("two days ago", "2024-11-13", "2024-11-13"),
        ("a week ago", "2024-11-04/2024-11-10", "2024-11-04/2024-11-10"),
        ("three months ago", "2024-08", "2024-08"),
        ("ten years ago", "2014", "2014"),
        ("in two weeks", None, "2024-11-25/2024-12-01"),
        ("within three days", None, "2024-11-15/2024-11-18"),
        ("over the past three years", "2021/2024-11-15", "2021/2024-11-15"),
        ("in the next two days", "2024-11-15/2024-11-17", "2024-11-15/2024-11-17"),
        ("over the weekend", "2024-11-09/2024-11-10", "2024-11-16/2024-11-17"),
        ("since 2014", "2014/2024-11-15", "2014/2024-11-15"),
        ("since last week", "2024-11-04/2024-11-15", "2024-11-04/2024-11-15"),
        ("between March and May", "2024-03/2024-05", "2025-03/2025-05"),
        ("between March and May 2021", "2021-03/2021-05", "2021-03/2021-05"),
        ("from December to February", "2023-12/2024-02", "2024-12/2025-02"),
        ("from 2014 to 2016", "2014/2016", "2014/2016"),
        ("2014-16", "2014/2016", "2014/2016"),
        ("in the 1990s", "1990/1999", "1990/1999"),
        ("by 2030", None, "2024-11-15/2030"),
        ("until Friday", None, "2024-11-15"),
        ("mid-2014", "2014", "2014"),
    ],
)
def test_expressions_resolve_against_the_publication(text, past, future):
    assert resolve(text) == past
    assert resolve(text, direction="future") == future


@pytest.mark.parametrize(
    "text",
    [
        "recently", "in recent weeks", "before Sunday", "after the 2014 vote", "ahead of Monday", "31 February 2021", "it may attack", "March on Rome",
        "2,014 troops", "$2024", "2024%", "F-2014", "some time", "for two years", "at 10:30", "",
    ],
)  # fmt: skip
def test_what_is_vague_or_no_date_stays_open(text):
    assert resolve(text) is None


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("last week", None, None),
        ("in October", None, None),
        ("since 2014", None, None),
        ("in 2014", None, "2014"),
        ("on 3 March 2021", None, "2021-03-03"),
        ("last year", "2024", "2023"),
        ("last month", "2024", None),
        ("last month", "2024-01", "2023-12"),
        ("on Monday", "2024-01", None),
        ("on 29 February", "2023-03-01", "2020-02-29"),
        ("last week", "yesterday", None),
        ("last week", "2024-13-45", None),
        ("last week", "2024-11-15T10:00:00Z", "2024-11-04/2024-11-10"),
        ("last year", "0001", None),
        ("a century ago", "0050", None),
        ("next decade", "9999", None),
    ],
)
def test_nothing_is_resolved_finer_than_the_publication_date_allows(text, published, expected):
    assert resolve(text, published) == expected


DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
PAST = st.sampled_from(
    ["on Sunday", "last week", "this week", "yesterday", "in March", "on 3 May", "last month", "this month", "two days ago", "five weeks ago",
     "last Friday", "since Monday", "over the past two months", "last quarter", "a decade ago", "between March and May", "last weekend", "this year"]
)  # fmt: skip


@given(PAST, DAYS)
def test_what_is_told_in_the_past_begins_before_the_publication(text, day):
    when = find_expressions(text)[0].resolve(read_published(day.isoformat()), "past")
    first = when.start.first if isinstance(when, Interval) else when.first
    assert first <= day


@given(st.sampled_from(["on Sunday", "next week", "tomorrow", "in March", "on 3 May", "next month", "in three weeks", "next Friday"]), DAYS)
def test_what_lies_ahead_ends_after_the_publication(text, day):
    when = find_expressions(text)[0].resolve(read_published(day.isoformat()), "future")
    assert isinstance(when, Period)
    assert when.last >= day


@given(st.text(max_size=60), DAYS, st.sampled_from(["past", "future"]))
def test_any_text_gives_well_formed_dates(text, day, direction):
    for found in find_expressions(text):
        when = found.resolve(read_published(day.isoformat()), direction)
        assert when is None or FORM.fullmatch(str(when))
        assert text[found.start : found.end].strip()


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_periods_print_as_coarse_as_they_are(one, other):
    period = Period(min(one, other), max(one, other))
    assert FORM.fullmatch(str(period))
    assert str(Period(one, one)) == one.isoformat()


@given(DAYS, st.integers(-200, 200))
def test_months_are_counted_across_years(day, months):
    found = month_before(day, months).first
    assert (found.year * 12 + found.month) == (day.year * 12 + day.month) - months


@given(DAYS)
def test_weeks_run_from_monday_to_sunday(day):
    week = week_of(day)
    assert week.first.weekday() == 0
    assert week.first <= day <= week.last
    assert week.last - week.first == timedelta(6)


def test_endless_digits_are_read_in_linear_time():
    assert resolve("1" * 20_000) is None
    assert resolve("in " * 20_000) is None


LAUNCHED = """
On =/IN 2 case
Sunday =/NNP 4 obl
Kenya =/NNP 4 nsubj
launched launch/VBD 0 root
an =/DT 6 det
attack =/NN 4 obj
. =/. 4 punct
"""
AGREED = """
Ghana =/NNP 2 nsubj
agreed agree/VBD 0 root
on =/IN 4 case
Monday =/NNP 2 obl
to =/TO 6 mark
lend =/VB 2 xcomp
trucks truck/NNS 6 obj
"""
SAID = """
Officials official/NNS 2 nsubj
said say/VBD 0 root
on =/IN 4 case
Monday =/NNP 2 obl
that =/IN 7 mark
Chad =/NNP 7 nsubj
fell fall/VBD 2 ccomp
"""
ATTACKED = """
Since since/IN 2 case
2014 =/CD 4 obl
Mali =/NNP 4 nsubj
attacked attack/VBD 0 root
and =/CC 6 cc
burned burn/VBD 4 conj
towns town/NNS 6 obj
"""


def test_a_support_verb_dates_its_noun(parse):
    doc = parse(LAUNCHED)
    assert event_date(doc[5], FRIDAY) == event_date(doc[3], FRIDAY) == "2024-11-10"


def test_an_agreement_does_not_date_what_is_agreed(parse):
    doc = parse(AGREED)
    assert event_date(doc[1], FRIDAY) == "2024-11-11"
    assert event_date(doc[5], FRIDAY) is None
    assert event_date(doc[5], FRIDAY, [doc[3]]) is None  # not even where the learned role says so


def test_a_report_does_not_date_what_is_reported(parse):
    doc = parse(SAID)
    assert event_date(doc[6], FRIDAY) is None


def test_what_is_condemned_now_lies_behind(parse):
    doc = parse("Rome =/NNP 2 nsubj\ncondemns condemn/VBZ 0 root\nthe =/DT 4 det\nattack =/NN 2 obj\non =/IN 6 case\nMonday =/NNP 4 nmod")
    assert event_date(doc[3], FRIDAY) == "2024-11-11"


def test_a_date_before_two_verbs_holds_for_both(parse):
    doc = parse(ATTACKED)
    assert event_date(doc[3], FRIDAY) == event_date(doc[5], FRIDAY) == "2014/2024-11-15"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['predicate']}: {case['text'][:40]}")
def test_parsed_sentences(parser, case):
    from actorgraph.extract.english.predicates import roles_of

    doc = parser(case["text"])
    predicate = next(token for token in doc if token.text == case["predicate"])
    published = case.get("published", FRIDAY)
    temporal = [filler for label, filler, _ in roles_of(doc, predicate).roles if label == "TMP"]
    found = event_date(predicate, None if published is None else str(published), temporal)
    assert found == (None if case["date"] is None else str(case["date"]))
