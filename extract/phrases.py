"""Finds many phrases in a Doc at once: the longest at each place, from left to right.

A dictionary by first word. For some ten thousand names it is read in a tenth of the time that spaCy's PhraseMatcher takes
to be built (there every pattern is a Doc), and looking a word up is nothing beside the parse (benchmarks/actors_speed.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # a Cython module without stubs

T = TypeVar("T")

_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_PREFIXES = frozenset({"co", "ex", "anti", "non", "pro", "multi", "inter", "intra", "post", "pre", "re", "e", "sub", "counter", "cross", "mid", "mini", "over", "semi", "un"})
_ABBREVIATED = re.compile(r"((?:[A-Za-z]\.)+)(-)([A-Za-z]+)")


@cache
def _tokenizer() -> Tokenizer:
    """spaCy's English tokenizer without a pipeline and without lexical attributes."""
    from spacy import util
    from spacy.lang.en import EnglishDefaults
    from spacy.tokenizer import Tokenizer
    from spacy.vocab import Vocab

    defaults = EnglishDefaults
    return Tokenizer(
        Vocab(),
        rules=defaults.tokenizer_exceptions,
        prefix_search=util.compile_prefix_regex(defaults.prefixes or ()).search,
        suffix_search=util.compile_suffix_regex(defaults.suffixes or ()).search,
        infix_finditer=util.compile_infix_regex(defaults.infixes or ()).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as spaCy's English tokenizer cuts them.

    >>> phrase_words("Guinea-Bissau's army")
    ('Guinea', '-', 'Bissau', "'s", 'army')
    """
    if _PLAIN.fullmatch(phrase):
        return tuple(phrase.split())
    return tuple(token.text for token in _tokenizer()(phrase))


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words, and the same with prefixes left on their word, as treebanks have it: "Co", "-", "operation" or "Co-operation",
    "Lashkar", "-", "e-Taiba"; and with hyphens after an abbreviation split off: "U.S.", "-", "led"."""
    yield words
    for i, word in enumerate(words):
        if (parts := _ABBREVIATED.fullmatch(word)) is not None:
            yield (*words[:i], *parts.groups(), *words[i + 1 :])
    for i in range(len(words) - 2):
        if words[i].lower() in _PREFIXES and words[i + 1] == "-":
            yield from _spellings((*words[:i], "".join(words[i : i + 3]), *words[i + 3 :]))


class PhraseIndex(Generic[T]):
    """Phrases and what they stand for. The first value given for a phrase stays."""

    def __init__(self) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], T]] = {}
        self._longest: dict[str, int] = {}

    def add(self, phrase: str, value: T) -> None:
        """Enter a phrase, cut into words as a text would be."""
        for words in _spellings(phrase_words(phrase)):
            self._by_first.setdefault(words[0], {}).setdefault(words, value)
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Phrases in the words: first and end of each with its value, none overlapping."""
        by_first, count, free = self._by_first, len(words), 0
        for i, word in enumerate(words):
            if word not in by_first or i < free:
                continue
            phrases = by_first[word]
            for end in range(min(count, i + self._longest[word]), i, -1):
                key = tuple(words[i:end])
                if key in phrases:
                    yield i, end, phrases[key]
                    free = end
                    break
