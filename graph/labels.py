"""The labels of a page: how a name is broken into lines, and how large it will be in a browser that is not there yet.

Widths are estimates for a sans-serif interface font (the page asks for the system's own), in pixels; they lean to the
wide side, so that what fits here fits there. The page measures again with its real font before it draws.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LINE_HEIGHT = 1.2
"""Height of a line as a multiple of the font size."""

MAX_LINE = 22
"""A line is broken where it would be longer than this, in average characters."""

_AVERAGE = 0.54
_CLASSES = {
    0.29: "iIjl.,:;'’|!()[]",
    0.37: 'frt -/"',
    0.50: "csxzJ",
    0.66: "ABEKPSVXY&CDGHNRUTFLZ",
    0.76: "OQwM",
    0.92: "mW@%—…",
}
_WIDTHS = {char: width for width, chars in _CLASSES.items() for char in chars}
_BREAK = re.compile(r"\s+|(?<=\w[-–—/])(?=\w)")
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of a label and its size in pixels. Equal when all three are."""

    lines: tuple[str, ...]
    width: float
    height: float


def printable(text: str) -> str:
    """Text without what draws nothing or moves other text: control, format and surrogate characters; runs of white space become one.

    >>> printable("Ru\\u202essia\\n and\\tco")
    'Russia and co'
    """
    kept = "".join(
        char if unicodedata.category(char) not in {"Cc", "Cf", "Cs"} or char in _JOINERS else " " * char.isspace() for char in text
    )
    return " ".join(kept.split())


def text_width(text: str, size: float) -> float:
    """Estimated width of one line in pixels at a font of `size` pixels."""
    return size * sum(map(_character_width, text))


def wrap(name: str) -> tuple[str, ...]:
    """Break a name into at most two lines of some MAX_LINE characters, as even as they can be; the rest becomes "…".

    >>> wrap("Organisation for the Prohibition of Chemical Weapons")
    ('Organisation for the', 'Prohibition of…')
    >>> wrap("United Nations Security Council")
    ('United Nations', 'Security Council')
    """
    name = printable(name)[: 8 * MAX_LINE]
    limit = MAX_LINE * _AVERAGE
    if text_width(name, 1) <= limit:
        return (name,)
    cuts = [(name[: found.start()], name[found.end() :]) for found in _BREAK.finditer(name)] + [(name, "")]
    head, tail = max(cuts, key=lambda cut: _evenness(cut, limit))
    lines = [head, tail] if tail else [head]
    return tuple(_shorten(line, limit) for line in lines)


def measure(name: str, size: float) -> Label:
    """The label of a name at a font of `size` pixels."""
    lines = wrap(name)
    return Label(lines, max((text_width(line, size) for line in lines), default=0.0), size * LINE_HEIGHT * len(lines))


def _character_width(char: str) -> float:
    """Width of a character as a share of the font size: classes of Latin letters, 1 for East Asian wide ones, 0 for marks."""
    if char in _WIDTHS:
        return _WIDTHS[char]
    if unicodedata.combining(char):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.62 if char.isupper() else 0.56


def _evenness(cut: tuple[str, str], limit: float) -> tuple[bool, bool, float]:
    """How good a cut is: both lines fit, at least the first does, and the longer one is short (or, in long names, the first is full)."""
    first, second = (text_width(line, 1) for line in cut)
    fits = first <= limit and second <= limit
    return fits, first <= limit, -max(first, second) if fits else first if first <= limit else -first


def _shorten(line: str, limit: float) -> str:
    """The line, or its beginning with "…": after a word where that keeps most of it, else inside a word."""
    if text_width(line, 1) <= limit:
        return line
    width, end = text_width("…", 1), 0
    for end, char in enumerate(line):  # noqa: B007 (the index at which the room ends is what is wanted)
        width += _character_width(char)
        if width > limit:
            break
    cut = line[:end]
    space = cut.rfind(" ")
    return (cut[:space] if space > len(cut) * 0.6 else cut).rstrip(" -–—/,") + "…"
