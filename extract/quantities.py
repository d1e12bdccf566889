"""How much or how many a noun phrase says: "up to 12,000 troops", "thousands of workers", "more than $2 billion in aid".

The value is what the text commits to. Words that count without saying how many give their least value as a lower bound:
"thousands of workers" is at least 1,000, "dozens of drones" at least 12, "several thousand" at least 2,000. Fractions and
percentages keep their noun: "two-thirds of its arsenal" is 0.667 of "arsenal", "40 percent of exports" 40 "percent".
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from .hedges import read_rows
from .numerals import figure, is_number_word, is_plural_number, is_scale, number_value
from .records import Bound
from .syntax import children, governor, has_label, preposition, relation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted or measured noun phrase. Equal when every field is.

    `value_max` is the upper end of a range, else None; `unit` the counted noun in lower case as it stands ("troops"), an
    ISO 4217 code for money, "percent", or None for a bare number; `start` and `end` are characters of the Doc's text.
    """

    value: float
    value_max: float | None
    bound: Bound
    unit: str | None
    text: str
    start: int
    end: int


_BOUNDS: dict[Bound, tuple[str, ...]] = {
    Bound.AT_MOST: (
        "up to", "as many as", "as much as", "no more than", "not more than", "at most", "fewer than", "less than", "under", "below",
        "a maximum of", "maximum of", "no greater than", "just under",
    ),
    Bound.AT_LEAST: (
        "at least", "more than", "over", "no fewer than", "no less than", "not less than", "a minimum of", "minimum of", "above", "upwards of",
        "in excess of", "exceeding", "just over", "well over", "at a minimum",
    ),
    Bound.ABOUT: (
        "about", "around", "approximately", "roughly", "some", "nearly", "almost", "close to", "an estimated", "estimated", "circa", "ca.", "~",
        "approx.", "something like", "in the region of", "on the order of", "near",
    ),
    Bound.EXACT: ("exactly", "precisely", "a total of", "total of", "only", "just"),
}  # fmt: skip
_BEFORE = {tuple(phrase.split()): bound for bound, phrases in _BOUNDS.items() for phrase in phrases}
_AFTER = {
    ("or", "more"): Bound.AT_LEAST, ("or", "so"): Bound.ABOUT, ("or", "fewer"): Bound.AT_MOST, ("or", "less"): Bound.AT_MOST, ("plus",): Bound.AT_LEAST,
    ("+",): Bound.AT_LEAST, ("-", "plus"): Bound.AT_LEAST, ("-", "odd"): Bound.ABOUT, ("odd",): Bound.ABOUT,
}  # fmt: skip
_DASHES = frozenset({"-", "–", "—", "--"})
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_COMPOUND_FIGURE = re.compile(r"(?P<low>[\d.,]*\d(?:k|mn?|bn?|tr?n)?)(?:[-–—](?P<high>[\d.,]*\d(?:k|mn?|bn?|tr?n)?)|(?P<strong>[-–](?:strong|odd|plus)))", re.IGNORECASE)


def quantity_of(token: Token) -> Quantity | None:
    """The quantity of the noun phrase that the token heads, or None where it counts nothing.

    The token may be the counted noun ("troops"), what stands for it ("thousands", "$") or the number itself.
    """
    for number, noun in _numbers(token):
        found = None if _is_day(number) else _read(number, noun)
        if found is not None:
            return found
    return None


_MONTHS = frozenset(calendar.month_name[1:])


def _is_day(number: Token) -> bool:
    """Whether the number is a day's: "the promotion on May 3 of N. N."."""
    return number.i > 0 and number.nbor(-1).text in _MONTHS and number.i + 1 < len(number.doc) and number.nbor(1).lower_ in ("of", "in")


_WEIGHTS = frozenset({"ton", "tonne", "kilo", "kilogram", "barrel", "gallon", "liter", "litre", "pound", "bag", "crate", "truckload", "shipload"})
"""What is counted where the noun behind it is not: "2.4 million tonnes of maize"."""


def _numbers(token: Token) -> Iterator[tuple[Token, Token | None]]:
    """Numeral or currency sign of the phrase, with the noun that it counts (None for a bare number), the likeliest first."""
    if _is_number(token) or _currency(token):
        counted = next((child for child in children(token, "nmod") if preposition(child) in ("of", "in") and child.i > token.i), None)
        yield token, counted
        return
    for child in token.children:
        if child.i < token.i and has_label(child, "nummod", "compound", "amod", "det", "nmod:unmarked", "advmod") and not _is_ordinal(child):
            if _is_number(child) or _currency(child) or _COMPOUND_FIGURE.fullmatch(child.text):
                yield child, token
            elif child.lower_ == "strong":
                yield from ((inner, token) for inner in child.subtree if _is_number(inner))
    above = governor(token)
    if relation(token) == "nmod" and preposition(token) in ("of", "in") and above is not None and (_is_number(above) or _currency(above)):
        yield above, token
    if relation(token) == "nmod" and preposition(token) == "of" and above is not None and above.lemma_.lower() in _WEIGHTS:
        yield from _numbers(above)
    yield from ((number, token) for number in _adjacent_numbers(token))
    for child in children(token, "nmod", "amod", "acl"):
        if child.lower_ == "worth" or preposition(child) in ("worth", "of", "worth of"):
            yield from ((inner, token) for inner in child.subtree if _currency(inner))


def _adjacent_numbers(token: Token) -> Iterator[Token]:
    """A number right before the noun or its "in" and "of", where the parser attached it elsewhere: "$2 billion in aid", "a million Yemenis"."""
    doc, start = token.doc, token.left_edge.i
    case = next((word for word in children(token, "case") if word.lower_ in ("of", "in") and word.i > 0), None)
    if case is not None:
        before = doc[case.i - 1]
        before = doc[before.i - 1] if before.lower_ == "worth" and before.i else before
        if _is_number(before) or _currency(before):
            yield before
    elif start > 0 and is_scale(doc[start - 1].lower_) and _is_number(doc[start - 1]):
        yield doc[start - 1]
    for i in range(token.i - 1, max(token.i - _MODIFIERS, -1), -1):
        word = doc[i]
        if _is_number(word) and not _is_ordinal(word):
            if not has_label(word, "nummod") or word.head.i == token.i:
                yield word
            return
        if word.pos_ not in ("ADJ", "NOUN", "PROPN"):
            return


_MODIFIERS = 5
"""Words between a number and its noun: "15 fast grey patrol boats"."""


def _is_number(token: Token) -> bool:
    lower = token.lower_
    if lower in ("score", "scores") and not (token.pos_ != "VERB" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "of"):
        return False  # of games and of music
    return is_number_word(lower) or lower in ("half", "third", "quarter", "thirds", "quarters", "percent", "%", "couple") or _is_fraction(lower)


def _is_fraction(word: str) -> bool:
    return "-" in word and number_value([word]) is not None


def _is_ordinal(token: Token) -> bool:
    return "Ord" in token.morph.get("NumType", [])


@lru_cache(maxsize=1)
def _currencies() -> dict[str, str]:
    return {row["word"]: row["code"] for row in read_rows("currencies.tsv")}


def is_currency(token: Token) -> bool:
    """Whether the word is a currency's sign or name."""
    return _currency(token) is not None


def _currency(token: Token) -> str | None:
    """The ISO code of a currency's sign or name, "Australian dollars" told from dollars."""
    known = _currencies()
    before = token.nbor(-1).lower_ if token.i else ""
    return known.get(f"{before} {token.lemma_.lower()}") or known.get(token.lower_) or known.get(token.lemma_.lower())


# ---- reading ----------------------------------------------------------------------------------------------------------


def _read(number: Token, noun: Token | None) -> Quantity | None:
    doc = number.doc
    if _is_year(number, noun) or _is_known_group(number, noun):
        return None
    start, end = _number_span(doc, number)
    values = _values(doc, start, end)
    if values is None:
        return None
    value, value_max, vague = values
    code, start, end = _money(doc, start, end)
    bound, start, end = _bound(doc, start, end)
    if value_max is not None:
        bound = Bound.RANGE
        start -= start > 0 and doc[start - 1].lower_ in ("between", "from")
    elif bound is None:
        bound = Bound.AT_LEAST if vague else Bound.EXACT
    unit, end = _unit(doc, start, end, noun, code)
    first, last = doc[start], doc[end - 1]
    return Quantity(
        value, value_max, bound, unit, doc.text[first.idx : last.idx + len(last)], first.idx, last.idx + len(last)
    )


def _is_year(number: Token, noun: Token | None) -> bool:
    """Whether four bare digits name a year: "the 2014 annexation"; "2014 soldiers" counts."""
    return _YEAR.fullmatch(number.text) is not None and (noun is None or "Plur" not in noun.morph.get("Number", []))


def _is_known_group(number: Token, noun: Token | None) -> bool:
    """Whether a small number only picks out who was named: "the two nations", "these three men"."""
    if noun is None or not number.lower_.isalpha() or (number_value([number.lower_]) or 99) > _PICKED_OUT:
        return False
    return any(det.lower_ in ("the", "these", "those", "both") and det.i < number.i for det in children(noun, "det"))


_PICKED_OUT = 10


def _number_span(doc: Doc, number: Token) -> tuple[int, int]:
    """The numeral grown over the number words that it stands among: "two hundred and fifty", "10 to 20", "tens of thousands"."""
    start, end = number.i, number.i + 1
    if _currency(number) and not _is_number(number):
        sign = number.i + 1 < len(doc) and _counts(doc, number.i + 1)
        start, end = (number.i + 1, number.i + 2) if sign else (number.i - 1, number.i)
        if start < 0 or not _counts(doc, start):
            return number.i, number.i
    while start > 0:
        if _counts(doc, start - 1):
            start -= 1
        elif start > 1 and _joins(doc, start - 1) and _counts(doc, start - 2):
            start -= 2
        else:
            break
    while end < len(doc):
        if _counts(doc, end):
            end += 1
        elif end + 1 < len(doc) and _joins(doc, end) and _counts(doc, end + 1):
            end += 2
        else:
            break
    while start > 0 and doc[start - 1].lower_ in ("a", "an", "half", "several", "few"):
        if doc[start - 1].lower_ in ("a", "an") and figure(doc[start].text) is not None:
            break  # "a 10,000-strong force"
        start -= 1
    if end < len(doc) and doc[end].lower_ in ("percent", "%", "half", "third", "quarter") and doc[end - 1].lower_ not in ("%", "percent"):
        end += 1
    return start, end


_JOINERS = frozenset({"and", "to", "or", "of", "a", "an", "half"}) | _DASHES


def _counts(doc: Doc, i: int) -> bool:
    return _is_number(doc[i]) or _COMPOUND_FIGURE.fullmatch(doc[i].text) is not None


def _joins(doc: Doc, i: int) -> bool:
    """Whether the word joins two parts of one number; currency signs inside a range do as well ("$2 to $3 billion")."""
    word = doc[i].lower_
    if word == "of":
        return is_plural_number(doc[i - 1].lower_) or doc[i - 1].lower_ == "couple"
    return word in _JOINERS or word in _currencies()


def _values(doc: Doc, start: int, end: int) -> tuple[float, float | None, bool] | None:
    """Value, upper end of a range, and whether the words are vague; None for what cannot be read."""
    words = _rejoined([token.lower_ for token in doc[start:end] if token.lower_ not in _currencies() and token.lower_ not in ("percent", "%")])
    vague = any(is_plural_number(word) or word in ("several", "few") for word in words)
    if len(words) == 1 and (match := _COMPOUND_FIGURE.fullmatch(words[0])) and number_value(words) is None:
        words = [match["low"], *(("to", match["high"]) if match["high"] else ())]
    between = start > 0 and doc[start - 1].lower_ == "between"
    joints = [i for i, word in enumerate(words) if word in ("to", "or") or word in _DASHES or (word == "and" and between)]
    whole = number_value(words)
    if whole is not None and not between:
        return whole, None, vague
    for joint in joints:
        low, high = number_value(words[:joint]), number_value(words[joint + 1 :])
        if low is not None and high is not None:
            low = _scaled(low, words[:joint], words[joint + 1 :])
            return (low, high, vague) if low < high else None
    return (whole, None, vague) if whole is not None else None


def _rejoined(words: list[str]) -> list[str]:
    """The words with hyphenated numbers in one piece where the tokeniser cut them: "two-thirds", "twenty-five"."""
    for i in range(1, len(words) - 1):
        whole = f"{words[i - 1]}-{words[i + 1]}"
        if words[i] in _DASHES and words[i - 1].isalpha() and number_value([whole]) is not None:
            return _rejoined([*words[: i - 1], whole, *words[i + 2 :]])
    return words


def _scaled(low: float, low_words: list[str], high_words: list[str]) -> float:
    """The lower end with the scale that only the upper names: "two to three million"."""
    scale = number_value(["one", high_words[-1]]) if len(high_words) > 1 and figure(high_words[-1]) is None else None
    return low * scale if scale and scale >= 100 and len(low_words) == 1 and low < scale else low


def _money(doc: Doc, start: int, end: int) -> tuple[str | None, int, int]:
    """The currency beside or inside the number, and the span with it."""
    if start > 0 and (code := _currencies().get(doc[start - 1].lower_)):
        return code, start - 1, end
    inside = next((code for token in doc[start:end] if (code := _currencies().get(token.lower_))), None)
    if inside:
        return inside, start, end
    for after in range(end, min(end + 3, len(doc))):
        if code := _currency(doc[after]):
            return code, start, after + 1
        if doc[after].pos_ not in ("ADJ", "PROPN", "PUNCT") or (doc[after].text not in _DASHES and after > end):
            break
    return None, start, end


def _bound(doc: Doc, start: int, end: int) -> tuple[Bound | None, int, int]:
    """The bound that the words before or after the number set, and the span with them."""
    for length in (4, 3, 2, 1):
        if start < length:
            continue
        words = tuple(token.lower_ for token in doc[start - length : start])
        if (bound := _BEFORE.get(words)) and not (length == 1 and _governs(doc[start - 1])):
            return bound, start - length, end
    if start > 1 and doc[start - 1].lower_ in ("the", "a", "an") and doc[start - 2].lower_ in ("estimated",):
        return Bound.ABOUT, start - 2, end
    for length in (2, 1):
        if bound := _AFTER.get(tuple(token.lower_ for token in doc[end : end + length])):
            return bound, start, end + length
    if doc[end - 1].text.endswith("+"):
        return Bound.AT_LEAST, start, end
    return None, start, end


def _governs(word: Token) -> bool:
    """Whether "over", "about" or "under" is the preposition of the whole phrase: "protested over two raids"."""
    return has_label(word, "case") and has_label(word.head, "obl", "nmod") and not any(other.i < word.i for other in children(word.head, "case"))


def _unit(doc: Doc, start: int, end: int, noun: Token | None, code: str | None) -> tuple[str | None, int]:
    """The unit, and where the phrase ends: at the counted noun, if that stands after the number."""
    reach = max(end, noun.i + 1) if noun is not None and noun.i >= start else end
    if code:
        return code, reach
    if any(token.lower_ in ("percent", "%") for token in doc[start:end]):
        return "percent", reach
    return (noun.lower_ if noun is not None else None), reach


