"""Words as the encoder reads them: word pieces of an uncased vocabulary and one of six shapes for what casing told.

The pieces follow BERT's uncased WordPiece (Devlin et al. 2019: lower case, accents off, punctuation apart, longest match
first), with typographic quotes and dashes read as their plain forms and at most eight pieces of a word kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

MAX_PIECES_PER_WORD = 8
SHAPES = 6
"""Number of shapes: lower, Capitalised, ALL CAPS, miXed, with a digit, without letters."""

_MAX_CHARACTERS = 100  # eight pieces never reach further in practice, and matching is quadratic in a run without breaks
_CACHED_WORDS = 100_000
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
     "–": "-", "—": "-", "‒": "-", "‐": "-", "‑": "-", "−": "-"}
)  # fmt: skip


class WordPieces:
    """The pieces and shape of a word, remembered: news repeats its words.

    `vocabulary` lists the pieces in the order of their ids.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self._unknown = self._ids["[UNK]"]
        self.start, self.end, self.mask = self._ids["[CLS]"], self._ids["[SEP]"], self._ids["[MASK]"]
        self._longest = max(map(len, vocabulary))
        self._cache: dict[str, tuple[tuple[int, ...], int]] = {}

    def __call__(self, word: str) -> tuple[tuple[int, ...], int]:
        """Ids of the word's pieces, one to eight of them, and its shape."""
        known = self._cache.get(word)
        if known is None:
            if len(self._cache) >= _CACHED_WORDS:
                self._cache.clear()
            key = word[:_MAX_CHARACTERS]
            known = self._cache[key] = (self._pieces(key), shape(key))
        return known

    def _pieces(self, word: str) -> tuple[int, ...]:
        plain = unicodedata.normalize("NFD", word.lower().translate(_PLAIN))
        pieces: list[int] = []
        for part in _parts("".join(c for c in plain if unicodedata.category(c) != "Mn")):
            pieces += self._match(part)
        return tuple(pieces[:MAX_PIECES_PER_WORD]) or (self._unknown,)

    def _match(self, part: str) -> list[int]:
        """Longest match first; a part that the vocabulary cannot spell is one unknown piece."""
        found: list[int] = []
        start = 0
        while start < len(part):
            for end in range(min(len(part), start + self._longest), start, -1):
                piece = self._ids.get(("##" if start else "") + part[start:end])
                if piece is not None:
                    break
            else:
                return [self._unknown]
            found.append(piece)
            start = end
        return found


@lru_cache(maxsize=4)
def load_pieces(vocabulary: Path) -> WordPieces:
    """The word pieces of a vocabulary's file, one a line, loaded once in a process."""
    return WordPieces(vocabulary.read_text(encoding="utf8").split("\n")[:-1])


def _parts(word: str) -> list[str]:
    """Runs of letters and digits, and every other visible character by itself."""
    parts: list[str] = []
    run = ""
    for c in word:
        if c.isalnum():
            run += c
            continue
        if run:
            parts.append(run)
            run = ""
        if not c.isspace():
            parts.append(c)
    return [*parts, run] if run else parts


def shape(word: str) -> int:
    """Which of the six shapes a word has.

    >>> [shape(w) for w in ("troops", "Kyiv", "NATO", "McCain", "2nd", "--")]
    [0, 1, 2, 3, 4, 5]
    """
    if any(c.isdigit() for c in word):
        return 4
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 5
    if all(c.islower() for c in letters):
        return 0
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return 1
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return 2
    return 3
