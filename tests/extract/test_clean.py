"""Cleaning: what changes, what does not, and that everything leads back to the document."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.extract.clean import ENDLESS_RUN, clean, line_ends

WRAPPED = (
    "Minister Returns From Three Days of Talks\n"
    "The minister of Ruritania said on Monday that the border with Graustark\n"
    "would open again, and that both countries had agreed to a\n"
    "timetable.\n"
    "\n"
    "- a first point\n"
    "- a second point which is long enough to go on over the end of its\n"
    "line\n"
)

MARKED = st.text(alphabet=st.sampled_from("ab \n.“’e\u0301\u0327\u00ad\u200b\ufeff\u1100\u1161\ud800\x00\x0c\u2028한ñ"))


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("plain text, as it is", "plain text, as it is"),
        ("“It’s ours,” he said", '"It\'s ours," he said'),
        ("cafe\u0301 Beyonce\u0301", "café Beyoncé"),
        ("co\u00adop\u00aderation", "cooperation"),
        ("zero\u200bwidth", "zerowidth"),
        ("bell\x07 and null\x00", "bell  and null "),
        ("One\x0cTwo\u2028Three", "One\nTwo\nThree"),
        ("QUITO – Peru denied it.", "        Peru denied it."),
        ("Storm\n\nBERN (AP) -- Peru denied it.", "Storm\n\n             Peru denied it."),
        ("NATO – the alliance – denied it.", "NATO – the alliance – denied it."),
        ("lone \ud83d surrogate", "lone \ufffd surrogate"),
        ("", ""),
    ],
)
def test_what_the_model_reads(source: str, cleaned: str) -> None:
    assert clean(source).text == cleaned


def test_wrapped_lines_are_joined_and_paragraphs_headings_and_bullets_kept() -> None:
    assert clean(WRAPPED).text.split("\n") == [
        "Minister Returns From Three Days of Talks",
        "The minister of Ruritania said on Monday that the border with Graustark would open again, and that both countries had agreed to a timetable.",
        "",
        "- a first point",
        "- a second point which is long enough to go on over the end of its line",
        "",
    ]


def test_short_lines_with_capitals_are_lines_of_their_own() -> None:
    text = "World News\nTalks Resume\nBy Our Correspondent"
    assert line_ends(text) == [10, 23]


def test_endless_runs_are_split_and_lead_back() -> None:
    source = "x" * (2 * ENDLESS_RUN + 10)
    cleaned = clean(source)
    assert [len(run) for run in cleaned.text.split(" ")] == [ENDLESS_RUN, ENDLESS_RUN, 10]
    assert cleaned.to_source(0, len(cleaned.text)) == (0, len(source))
    assert cleaned.to_source(ENDLESS_RUN + 1, 2 * ENDLESS_RUN + 1) == (ENDLESS_RUN, 2 * ENDLESS_RUN)


def test_a_million_characters_without_a_space_stay_bounded() -> None:
    assert max(map(len, clean("ab" * 500_000).text.split(" "))) == ENDLESS_RUN


def test_words_after_a_composed_one_lead_back_to_themselves() -> None:
    source = "The cafe\u0301 in Stra\u00adßburg closed."
    cleaned = clean(source)
    for word in ("café", "in", "Straßburg", "closed"):
        start = cleaned.text.index(word)
        first, last = cleaned.to_source(start, start + len(word))
        assert clean(source[first:last]).text == word


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 99)])
def test_spans_outside_of_the_text_are_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no span"):
        clean("short").to_source(*span)


@given(source=st.one_of(st.text(), MARKED), data=st.data())
@settings(deadline=None)
def test_every_span_leads_into_the_source(source: str, data: st.DataObject) -> None:
    cleaned = clean(source)
    start = data.draw(st.integers(0, len(cleaned.text)))
    end = data.draw(st.integers(start, len(cleaned.text)))
    first, last = cleaned.to_source(start, end)
    assert 0 <= first <= last <= len(source)


@given(source=st.one_of(st.text(), MARKED))
@settings(deadline=None)
def test_cleaned_text_is_composed_and_free_of_controls(source: str) -> None:
    text = clean(source).text
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text)
    text.encode("utf8")


@given(source=st.one_of(st.text(), MARKED))
@settings(deadline=None)
def test_characters_lead_back_in_order(source: str) -> None:
    cleaned = clean(source)
    spans = [cleaned.to_source(i, i + 1) for i in range(len(cleaned.text))]
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans))


@given(source=st.text(alphabet=st.characters(max_codepoint=126, min_codepoint=32)))
@settings(deadline=None)
def test_plain_text_is_left_alone(source: str) -> None:
    cleaned = clean(source)
    if max(map(len, source.split()), default=0) <= ENDLESS_RUN:
        assert cleaned.text == source
        assert cleaned.to_source(0, len(source)) == (0, len(source))


@given(source=st.one_of(st.text(), MARKED))
@settings(deadline=None)
def test_cleaning_one_line_twice_changes_nothing_more(source: str) -> None:
    once = clean(" ".join(source.splitlines())).text
    assert clean(once).text == once
