"""Whether a text is English, told by its letters and by the little words of its grammar.

Cheap and the same everywhere: a look at the script, then a count of function words against those of other languages
(extract/data/function_words.tsv). Only what is clearly not English is said not to be: a short text, a list of names or
an English article that quotes another language at length passes.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_SAMPLE = 50_000  # characters looked at; more would change no answer
_SHORTEST = 25  # words below which counting says little
_LETTERS = 30  # letters below which the script says little
_ENOUGH = 0.08  # share of function words that any English prose exceeds by far: news has 0.3 to 0.4, headlines 0.12

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")  # words that no grammar put there
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]")


def is_english(text: str) -> bool:
    """Whether `text` is English, or too short or too mixed to say that it is not.

    >>> is_english("Hungary denied it.")
    True
    >>> is_english("Венгрия опровергла сообщения о том, что переговоры сорваны.")
    False
    """
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if letters >= _LETTERS and len(_LATIN.findall(sample)) < letters / 2:
        return False
    words = _WORD.findall(_ADDRESS.sub(" ", sample).casefold())
    if len(words) < _SHORTEST:
        return True
    counts = {language: sum(word in known for word in words) for language, known in _function_words().items()}
    english = counts.pop("English")
    return english >= max(counts.values()) or (english >= _ENOUGH * len(words) and english >= max(counts.values()) / 2)


@cache
def _function_words() -> dict[str, frozenset[str]]:
    """Languages with their function words, case folded."""
    table = files(__package__).joinpath("data/function_words.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {language: frozenset(words.casefold().split("|")) for language, words in rows[1:]}
