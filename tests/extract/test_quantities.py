"""Numbers as news writes them, and the phrases that they count."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.extract.numerals import figure, number_value
from actorgraph.extract.quantities import quantity_of
from actorgraph.extract.records import Bound

CASES = yaml.safe_load((Path(__file__).parent.parent / "data" / "quantities.yaml").read_text("utf8"))

ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(number: int) -> str:
    """A whole number below a trillion in English words, with "and" after hundreds."""
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= scale:
            rest = number % scale
            return f"{spell(number // scale)} {name}" + (f" {spell(rest)}" if rest else "")
    if number >= 100:
        return f"{ONES[number // 100]} hundred" + (f" and {spell(number % 100)}" if number % 100 else "")
    if number < 20:
        return ONES[number]
    return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")


@given(st.integers(0, 10**12 - 1))
def test_whole_numbers_in_words_are_read_back(number):
    assert number_value(spell(number).split()) == number


@given(st.integers(0, 10**12))
def test_figures_are_read_with_and_without_separators(number):
    assert figure(str(number)) == figure(f"{number:,}") == number


@given(st.lists(st.sampled_from(["a", "an", "and", "of", "half", "few", "several", "ten", "hundred", "thousands", "million", "5", "-", "to", "x"]), max_size=8))
def test_any_words_give_a_number_or_none(words):
    value = number_value(words)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("half a million", 500_000), ("one and a half million", 1_500_000), ("two dozen", 24), ("half a dozen", 6), ("tens of thousands", 10_000),
        ("hundreds of thousands", 100_000), ("several thousand", 2_000), ("a few hundred", 200), ("a couple of hundred", 200), ("2.5 million", 2_500_000),
        ("three quarters", 0.75), ("two-thirds", 0.667), ("a third", 0.333), ("twelve hundred", 1_200), ("40m", 40_000_000), ("2bn", 2 * 10**9),
        ("a", None), ("the", None), ("10 20", None), ("two and", None), ("", None), ("1,23", None), ("9" * 400, None),
    ],
)  # fmt: skip
def test_number_words(text, value):
    assert number_value(text.split()) == value


UP_TO = """
up =/IN 3 advmod
to =/IN 1 fixed
12,000 =/CD 6 nummod
North =/JJ 5 amod
Korean =/JJ 6 amod
troops troop/NNS 0 root
"""
THOUSANDS = """
thousands thousand/NNS 0 root
of =/IN 3 case
workers worker/NNS 1 nmod
"""
AID = """
$ =/$ 0 root
2 =/CD 3 compound
billion =/CD 1 nummod
in =/IN 5 case
aid =/NN 1 nmod
"""
STRONG = """
a =/DT 5 det
10,000 =/CD 4 nummod
- =/, 4 punct
strong =/JJ 5 amod
force =/NN 0 root
"""
SPLIT = """
two =/CD 3 nummod
- =/, 3 punct
thirds third/NNS 0 root
of =/IN 6 case
the =/DT 6 det
arsenal =/NN 3 nmod
"""


@pytest.mark.parametrize(
    ("table", "head", "expected"),
    [
        (UP_TO, 5, (12_000, None, Bound.AT_MOST, "troops", "up to 12,000 North Korean troops")),
        (THOUSANDS, 2, (1_000, None, Bound.AT_LEAST, "workers", "thousands of workers")),
        (THOUSANDS, 0, (1_000, None, Bound.AT_LEAST, "workers", "thousands of workers")),
        (AID, 4, (2e9, None, Bound.EXACT, "USD", "$2 billion in aid")),
        (AID, 0, (2e9, None, Bound.EXACT, "USD", "$2 billion in aid")),
        (STRONG, 4, (10_000, None, Bound.EXACT, "force", "10,000 - strong force")),
        (SPLIT, 5, (0.667, None, Bound.EXACT, "arsenal", "two - thirds of the arsenal")),
    ],
)
def test_phrases_in_hand_made_parses(parse, table, head, expected):
    found = quantity_of(parse(table)[head])
    assert found is not None
    value, value_max, bound, unit, text = expected
    assert (found.value, found.value_max, found.bound, found.unit, found.text.replace(" ", "")) == (value, value_max, bound, unit, text.replace(" ", ""))


def test_offsets_lead_to_the_phrase(parse):
    doc = parse(UP_TO)
    found = quantity_of(doc[5])
    assert found is not None
    assert doc.text[found.start : found.end] == found.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['noun']}: {case['text'][:40]}")
def test_parsed_sentences(parser, case):
    doc = parser(case["text"])
    found = quantity_of(next(token for token in doc if token.text == case["noun"]))
    if case["value"] is None:
        assert found is None
    else:
        assert found is not None
        got = (found.value, found.value_max, found.bound, found.unit, found.text)
        assert got == (case["value"], case.get("max"), Bound(case["bound"]), case["unit"], case["phrase"])
        assert doc.text[found.start : found.end] == found.text
