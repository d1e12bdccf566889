"""Numbers as English news writes them: "12,000", "2.5 million", "two hundred and fifty", "a dozen", "thousands".

No library is used: word2number and its like read whole numbers in words only, and neither "$2bn", "tens of thousands"
nor "two-thirds", which is what counts of troops, money and shares are written in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905 - a table is read more easily as a line
    )
}
_TENS = {word: 20 + 10 * i for i, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12, "score": 20}
_SHORT_SCALES = {"k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "trn": 10**12}
_PLURALS = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000, "millions": 10**6, "billions": 10**9, "trillions": 10**12}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}
_PARTS |= {f"{word}s": value for word, value in _PARTS.items() if word not in ("half", "halves")}
_FIGURE = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>k|mn?|bn?|tr?n)?\+?", re.IGNORECASE)
_LONGEST = 24
"""Digits from which a figure is a serial number rather than a count."""


def figure(word: str) -> float | None:
    """The value of one word in figures: "12,000", "2.5", "40m"; None for anything else.

    >>> figure("12,000"), figure("2.5bn"), figure("F-16"), figure("1,23")
    (12000.0, 2500000000.0, None, None)
    """
    match = _FIGURE.fullmatch(word)
    if match is None or len(word) > _LONGEST:
        return None
    return float(match["number"].replace(",", "")) * _SHORT_SCALES.get((match["scale"] or "").lower(), 1)


def is_plural_number(word: str) -> bool:
    """Whether the word counts without saying how many: "thousands", "dozens"."""
    return word.lower() in _PLURALS


def is_scale(word: str) -> bool:
    """Whether the word multiplies: "thousand", "dozen", "millions"."""
    return word.lower() in _SCALES or is_plural_number(word)


def is_number_word(word: str) -> bool:
    """Whether the word is a part of a number, in figures or letters (without "a", "and", "of")."""
    lower = word.lower()
    return figure(word) is not None or lower in _WORDS or _hyphenated(lower) is not None


_WORDS = _ONES.keys() | _TENS.keys() | _SCALES.keys() | _PLURALS.keys()


def number_value(words: Sequence[str]) -> float | None:
    """The value of a number of several words, or None where they are no number.

    Plurals multiply their least count: "thousands" 1,000, "tens of thousands" 10,000; a caller says that it is a lower
    bound. "several" and "a few" before a scale count as two.

    >>> number_value(["two", "hundred", "and", "fifty"]), number_value("tens of thousands".split()), number_value(["half", "a", "million"])
    (250.0, 10000.0, 500000.0)
    >>> number_value(["two-thirds"]), number_value(["the"])
    (0.667, None)
    """
    pieces = [piece for word in words for piece in _split(word.lower())]
    if not pieces:
        return None
    return _fraction(pieces) or _cardinal(pieces)


def _split(word: str) -> list[str]:
    """The parts of a hyphenated number word; a word that is none stays whole."""
    return word.split("-") if "-" in word and all(part in _WORDS or part in _PARTS or part in ("and", "a") for part in word.split("-")) else [word]


def _hyphenated(word: str) -> float | None:
    return number_value([word]) if "-" in word and len(_split(word)) > 1 else None


def _fraction(pieces: list[str]) -> float | None:
    """ "two thirds", "a third", "half", "three quarters" as a share, three digits; None for the rest."""
    if pieces == ["half"] or pieces == ["a", "half"]:
        return 0.5
    if len(pieces) == 2 and pieces[1] in _PARTS:
        above = 1 if pieces[0] in ("a", "one") else _ONES.get(pieces[0])
        return round(above / _PARTS[pieces[1]], 3) if above else None
    return None


def _cardinal(pieces: list[str]) -> float | None:
    """Read from left to right: a scale multiplies what stands before it, thousands and more close a group."""
    pieces = _multipliers(pieces)
    total = group = 0.0
    seen = False
    for i, piece in enumerate(pieces):
        value = figure(piece)
        value = _ONES.get(piece, _TENS.get(piece, _MULTIPLIERS.get(piece))) if value is None else value
        scale = _SCALES.get(piece) or _PLURALS.get(piece)
        if value is not None:
            if piece == "half" and i + 1 == len(pieces):
                return None
            if value >= 1 and group % 100 and (group % 10 or value >= 10):
                return None  # "10 20" is two numbers
            group += value
        elif scale is None:
            if piece in _JOINERS and seen and i + 1 < len(pieces):
                continue
            return None
        elif scale < 1_000:
            group = (group or 1) * scale
        elif group or not total:
            total, group = total + (group or 1) * scale, 0.0
        else:
            total *= scale  # "hundreds of thousands of millions"
        seen = True
    return total + group if seen else None


_JOINERS = frozenset({"and", "of"})
_MULTIPLIERS = {"several": 2.0, "few": 2.0, "couple": 2.0, "half": 0.5}


def _multipliers(pieces: list[str]) -> list[str]:
    """The pieces without articles, which add nothing: "a few", "half a", "one and a half"; a lone article is no number."""
    return [piece for piece in pieces if piece not in ("a", "an")]
