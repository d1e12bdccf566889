"""American spellings of British words, in which the tables are written: "mobilise" is "mobilize", "defence" "defense"."""

from __future__ import annotations

import re
from functools import lru_cache

_BRITISH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"\bre-", "re"),
        (r"is(e|ation)\b", r"iz\1"),
        (r"yse\b", "yze"),
        (r"our", "or"),
        (r"\b(def|off|lic|pret)ence\b", r"\1ense"),
        (r"\bprogramme\b", "program"),
        (r"\bmanoeuvre\b", "maneuver"),
        (r"\b(fulfi|enro|insta)l\b", r"\1ll"),
        (r"\bsceptic", "skeptic"),
        (r"\bjudgement", "judgment"),
    )
)
_ANY_BRITISH = re.compile("|".join(pattern.pattern for pattern, _ in _BRITISH))


@lru_cache(maxsize=10_000)  # of the words of a language; each is asked for many times
def spellings(lemma: str) -> tuple[str, ...]:
    """The lemma, then what it would be in American spelling, if that is another."""
    if _ANY_BRITISH.search(lemma) is None:
        return (lemma,)
    american = lemma
    for pattern, replacement in _BRITISH:
        american = pattern.sub(replacement, american)
    return (lemma,) if american == lemma else (lemma, american)
