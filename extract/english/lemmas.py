"""Lemmas: edit scripts, which the model predicts, checked against English word lists, which know the irregular verbs.

A script is "case|cut|suffix": lower the word (L) or keep it (K), cut so many characters off its end, add the suffix. Scripts
alone are right for 80 to 90 of 100 verbs; the exceptions, endings and lists of spacy-lookups-data (from WordNet) mend those.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

_CACHED = 50_000
_INFLECTED: Mapping[str, str] = {
    "VBD": "verb", "VBN": "verb", "VBG": "verb", "VBZ": "verb", "NNS": "noun", "JJR": "adj", "JJS": "adj", "RBR": "adv", "RBS": "adv",
}  # fmt: skip
"""Tags of inflected forms, with the word list that knows their base forms."""
_BASE = frozenset({"VB", "VBP", "NN"})
"""Tags whose word is its own lemma, in lower case; scripts then only tell what is written in capitals."""
_CLITICS = frozenset("'’")
_CLOSED: Mapping[str, str] = {
    form: lemma
    for lemma, forms in {
        "be": "am are is was were been being be 'm 're", "have": "has have had having 've", "do": "does did done doing do", "will": "will wo 'll",
        "can": "can ca", "shall": "shall sha", "not": "not n't", "a": "a an",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Auxiliaries, negation and article, where guessing is no use; "'s" and "'d" are left to the script."""
_OF_CLOSED = frozenset({"AUX", "VERB", "PART", "DET"})
_PUNCTUATION = str.maketrans("“”‘’", "\"\"''")


def script_of(word: str, lemma: str) -> str:
    """The script that makes `lemma` of `word`.

    >>> script_of("Deployed", "deploy"), script_of("Kyiv", "Kyiv")
    ('L|2|', 'K|0|')
    """
    case = "L" if lemma == lemma.lower() else "K"
    base = word.lower() if case == "L" else word
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    return f"{case}|{len(base) - same}|{lemma[same:]}"


def apply_script(word: str, script: str) -> str:
    """The lemma that `script` makes of `word`; where it cuts more than there is, or leaves nothing, the word itself.

    >>> apply_script("Sanctioned", "L|2|")
    'sanction'
    """
    case, cut, suffix = script.split("|", 2)
    base = word.lower() if case == "L" else word
    return (base[: len(base) - int(cut)] if int(cut) <= len(base) else base) + suffix or word


class Lemmatizer:
    """Lemmas from words, tags and scripts; remembers what it has seen."""

    def __init__(self) -> None:
        tables = {name: _table(name) for name in ("exc", "index", "rules")}
        self._exceptions: dict[str, dict[str, list[str]]] = tables["exc"]
        self._known = {kind: frozenset(words) for kind, words in tables["index"].items()}
        self._rules: dict[str, list[list[str]]] = tables["rules"]
        self._cache: dict[tuple[str, str, str, str], str] = {}

    def __call__(self, word: str, upos: str, xpos: str, script: str) -> str:
        """The lemma of a word with its tags (universal and Penn) and the script predicted for it."""
        key = (word, upos, xpos, script)
        lemma = self._cache.get(key)
        if lemma is None:
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            lemma = self._cache[key] = self._lemma(*key)
        return lemma

    def _lemma(self, word: str, upos: str, xpos: str, script: str) -> str:
        if upos == "PUNCT":
            return word.translate(_PUNCTUATION)
        if upos in _OF_CLOSED and (closed := _CLOSED.get(word.lower().replace("’", "'"))):
            return closed
        scripted = apply_script(word, script)
        if upos == "PROPN" and xpos == "NNP":
            return word if script[2:4] != "0|" else scripted
        if upos in ("NOUN", "VERB") and xpos in _BASE and word[0] not in _CLITICS:
            if upos == "VERB" and word.lower() not in self._known["verb"] and (bases := self._bases(word.lower(), "verb")):
                return bases[0]  # "overran" or "protested", which a tagger takes for a base form
            return scripted if scripted.lower() == word.lower() else word.lower()
        kind = _INFLECTED.get(xpos)
        if upos not in ("NOUN", "VERB", "ADJ", "ADV") or kind is None or word[0] in _CLITICS:
            return scripted
        form = word.lower()
        bases = self._bases(form, kind) or ([form] if form in self._known[kind] else [])
        return scripted if scripted in bases or not bases else bases[0]

    def _bases(self, form: str, kind: str) -> list[str]:
        """Base forms that the lists allow of an inflected form, the likeliest first."""
        exceptions = [*self._exceptions.get(kind, {}).get(form, ()), *(self._exceptions["adj"].get(form, ()) if kind == "adv" else ())]
        endings = self._rules["adj" if kind == "adv" else kind]
        known = self._known[kind]
        regular = [form[: -len(ending)] + base for ending, base in endings if form.endswith(ending) and len(form) > len(ending)]
        found = exceptions + [base for base in regular if base in known]
        prefix, hyphen, last = form.rpartition("-")
        return found or ([f"{prefix}-{base}" for base in self._bases(last, kind)] if hyphen else [])  # "co-founded"


def _table(name: str) -> Any:
    data = files("spacy_lookups_data").joinpath("data", f"en_lemma_{name}.json.gz").read_bytes()
    return json.loads(gzip.decompress(data))


@lru_cache(maxsize=1)
def load_lemmatizer() -> Lemmatizer:
    """The lemmatizer, its tables read once in a process."""
    return Lemmatizer()
