"""Text as the model reads it, and the way back: which characters of the document each of its characters stands for.

Canonical composition (NFC), straight quotes, soft line breaks joined, endless runs split, the dateline, control characters
and lone surrogates blanked. All of it happens on a copy; offsets of the copy lead back to the document through `to_source`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .datelines import find_dateline

ENDLESS_RUN = 256
"""Characters without white space from which a run is split: no word is so long, and tokenisers are slow on it."""

_QUOTES = str.maketrans({"’": "'", "‘": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"'})
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # soft hyphen, zero-width space, word joiner, byte order mark
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BLOCK_BREAK = re.compile(r"(\n[^\S\n]*(?:\n[^\S\n]*)+)")
_BULLET = re.compile(r"\s*(?:[-*•‣▪●–—·]|\(?\d{1,3}[.)]|[A-Za-z][.)])\s")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]»]*\s*$")
_LINE_TAIL = 20  # characters in which the end of a sentence is looked for
_FULL_LINE = 40  # characters from which a line is likely to have been wrapped rather than ended
_RAGGED = 8  # characters that a wrapped line may fall short of what would have fitted
_MARKED = re.compile("[\u00ad\u0300-\U0010ffff]")
_RUN = re.compile(rf"\S{{{ENDLESS_RUN + 1},}}")
_CHANGES = re.compile(rf"(?P<run>\S{{{ENDLESS_RUN + 1},}})|(?P<marked>.?[\u00ad\u0300-\U0010ffff]+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text and where its parts come from.

    `blocks` are (start, end, source start, source end) of the stretches that changed in length, in order; they map as a
    whole, and everything between them character by character.
    """

    text: str
    source_length: int
    blocks: tuple[tuple[int, int, int, int], ...] = ()

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the source that text[start:end] stands for; identity where nothing changed in length.

        Raises ValueError unless 0 <= start <= end <= len(text).
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"no span {start}:{end} in a text of {len(self.text)} characters")
        first = self._source(start, 0)
        return first, first if start == end else self._source(end - 1, 1)

    def _source(self, offset: int, side: int) -> int:
        """Where the source character of `offset` starts (side 0) or ends (side 1)."""
        k = bisect_right(self.blocks, offset, key=lambda block: block[0]) - 1
        if k < 0:
            return offset + side
        _, end, source_start, source_end = self.blocks[k]
        if offset < end:
            return source_end if side else source_start
        return source_end + (offset - end) + side


def clean(text: str) -> Cleaned:
    """The text that the pipeline reads, with the way back to `text`."""
    plain = _CONTROLS.sub(_visible, text).translate(_QUOTES)
    if (dateline := find_dateline(plain)) is not None:
        plain = plain[: dateline.start] + " " * (dateline.end - dateline.start) + plain[dateline.end :]
    plain = _join_lines(plain)
    return _compose(plain)


def line_ends(text: str) -> list[int]:
    """Offsets of the line feeds that end a sentence for certain: those of paragraphs, headings, bullets and list items.

    A line break is soft where the line was wrapped: the next line goes on in lower case, or its first word would not
    have fitted beside the longest line of the paragraph, and neither a sentence's end nor a bullet stands there.
    """
    ends: list[int] = []
    offset = 0
    for block in _BLOCK_BREAK.split(text):
        if block.isspace() or not block:
            ends += [offset + i for i, c in enumerate(block) if c == "\n"]
        elif "\n" in block:
            lines = block.split("\n")
            width = max(map(len, lines))
            at = offset
            for line, following in pairwise(lines):
                at += len(line)
                if not _is_wrapped(line, following, width):
                    ends.append(at)
                at += 1
        offset += len(block)
    return ends


def _is_wrapped(line: str, following: str, width: int) -> bool:
    first = following.split(maxsplit=1)[:1]
    if not first or not line.strip() or _BULLET.match(following) or _ENDS_SENTENCE.search(line[-_LINE_TAIL:]):
        return False
    if first[0][0].islower():
        return True
    return len(line) >= _FULL_LINE and len(line) + 1 + len(first[0]) > width - _RAGGED


def _join_lines(text: str) -> str:
    if "\n" not in text:
        return text
    ends = set(line_ends(text))
    return "".join(" " if c == "\n" and i not in ends else c for i, c in enumerate(text))


def _visible(match: re.Match[str]) -> str:
    """One character for one: line separators as line feeds, surrogates as U+FFFD, other controls as spaces."""
    c = match[0]
    return "\n" if c in "\v\f\r\x85\u2028\u2029" else "\ufffd" if "\ud800" <= c <= "\udfff" else " "


def _compose(text: str) -> Cleaned:
    """NFC, invisible characters taken out, endless runs split: what changes lengths, with the blocks that lead back."""
    if not _MARKED.search(text) and not _RUN.search(text):
        return Cleaned(text, len(text))
    out: list[str] = []
    blocks: list[tuple[int, int, int, int]] = []
    length = at = 0

    def emit(piece: str, start: int, end: int) -> None:
        nonlocal length
        if piece != text[start:end]:
            blocks.append((length, length + len(piece), start, end))
        out.append(piece)
        length += len(piece)

    for match in _CHANGES.finditer(text):
        if match.start() > at:
            emit(text[at : match.start()], at, match.start())
        at = match.end()
        if match.lastgroup == "run":
            for start in range(match.start(), match.end(), ENDLESS_RUN):
                end = min(start + ENDLESS_RUN, match.end())
                for cluster_start, cluster_end in _clusters(text, start, end):
                    emit(_composed(text[cluster_start:cluster_end]), cluster_start, cluster_end)
                if end < match.end():
                    emit(" ", end, end)
        else:
            for start, end in _clusters(text, match.start(), match.end()):
                emit(_composed(text[start:end]), start, end)
    if at < len(text):
        emit(text[at:], at, len(text))
    return Cleaned("".join(out), len(text), tuple(blocks))


def _composed(cluster: str) -> str:
    return unicodedata.normalize("NFC", cluster.translate(_INVISIBLE))


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches that compose by themselves: a character with the marks and invisible characters that follow it."""
    at = start
    for i in range(start + 1, end):
        c = text[i]
        if c < "\u0300" and c != "\u00ad":
            starter = True
        else:
            starter = ord(c) not in _INVISIBLE and unicodedata.category(c) not in ("Mn", "Mc") and not "\u1160" <= c <= "\u11ff"
        if starter:
            yield at, i
            at = i
    if at < end:
        yield at, end
