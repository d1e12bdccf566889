"""Lemmas: edit scripts, which the model predicts, and spaCy's English rules, which know the irregular verbs.

A script is "case|cut|suffix": lower the word (L) or keep it (K), cut so many characters off its end, add the suffix.
"""

from __future__ import annotations


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
    """The lemma that `script` makes of `word`; a cut longer than the word cuts nothing.

    >>> apply_script("Sanctioned", "L|2|")
    'sanction'
    """
    case, cut, suffix = script.split("|", 2)
    base = word.lower() if case == "L" else word
    return (base[: len(base) - int(cut)] if int(cut) <= len(base) else base) + suffix or word
