"""Where a document is cut before the encoder reads it: windows of whole sentences, as far as the eye can tell them.

A paragraph break, a heading and a bullet end a sentence for certain; a soft line break inside a paragraph does not. Within
a window the model says where sentences start; the cuts here only keep windows short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..clean import line_ends

MAX_WORDS = 90
_ABBREVIATIONS = frozenset({
    "mr.", "mrs.", "ms.", "dr.", "prof.", "gen.", "lt.", "col.", "maj.", "capt.", "sgt.", "adm.", "sen.", "rep.", "gov.", "pres.", "st.", "no.", "vs.",
    "etc.", "e.g.", "i.e.", "jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec.", "u.s.", "u.k.", "u.n.",
    "e.u.", "jr.", "sr.", "inc.", "ltd.", "co.", "corp.", "rev.", "hon.", "messrs.", "approx.", "fig.", "al.",
})  # fmt: skip
_OPENING = re.compile(r"[\"'“‘(\[«]?[A-Z0-9À-Þ\"“‘]")
_STOPS = frozenset({".", "!", "?", "…", "..."})
_CLOSING = frozenset("\"'”’)]»") | {"''"}


@dataclass(frozen=True, slots=True)
class Window:
    """Token indices of a window, white space left out; which words certainly start a sentence, and which do by their looks."""

    tokens: tuple[int, ...]
    starts: tuple[bool, ...]
    likely: tuple[bool, ...]


def windows_of(words: Sequence[str], offsets: Sequence[int], text: str, sizes: Sequence[int], max_pieces: int) -> Iterator[Window]:
    """Cut a tokenised text into windows of at most MAX_WORDS words and `max_pieces` pieces.

    `words` are the tokens, white space too, `offsets` the character at which each starts, `sizes` the pieces of each.
    """
    certain = _certain_starts(words, offsets, text)
    visible = [i for i, word in enumerate(words) if not word.isspace()]
    ended = [False, *(_ends_sentence(words, offsets, before, token) for before, token in pairwise(visible))]
    at = 0
    while at < len(visible):
        end, pieces, good, fair = at, 2, None, None
        while end < len(visible) and end - at < MAX_WORDS and pieces + sizes[visible[end]] <= max_pieces:
            pieces += sizes[visible[end]]
            end += 1
            if end < len(visible):
                token, following = visible[end - 1], visible[end]
                if following in certain or ended[end]:
                    good = end
                elif words[token] in (";", ":", ",", "-", "–", "—"):
                    fair = end
        if end < len(visible):
            # A sentence longer than the window is cut at its last comma, or where it stands.
            end = good or (fair if fair and fair - at > MAX_WORDS // 2 else end)
        tokens = tuple(visible[at:end])
        yield Window(tokens, (True, *(token in certain for token in tokens[1:])), (False, *ended[at + 1 : end]))
        at = end


def _certain_starts(words: Sequence[str], offsets: Sequence[int], text: str) -> set[int]:
    """Tokens before which a line ends for certain."""
    if "\n" not in text:
        return set()
    ends = line_ends(text)
    starts: set[int] = set()
    k = 0
    pending = False
    for i, word in enumerate(words):
        while k < len(ends) and ends[k] < offsets[i]:
            pending = True
            k += 1
        if word.isspace():
            continue
        if pending:
            starts.add(i)
            pending = False
    return starts


def _ends_sentence(words: Sequence[str], offsets: Sequence[int], token: int, following: int) -> bool:
    """Whether a sentence seems to end between two tokens: a stop, closing quotes perhaps, a space, and a capital or a quote."""

    def spaced(i: int) -> bool:
        return offsets[i - 1] + len(words[i - 1]) < offsets[i]

    if not spaced(following) or not _OPENING.match(words[following]):
        return False
    while words[token] in _CLOSING and token and not spaced(token):
        token -= 1
    word = words[token]
    return word in _STOPS or (word.endswith(".") and len(word) > 3 and word.lower() not in _ABBREVIATIONS)
