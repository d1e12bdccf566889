"""Words around a predicate that say it is not so: "not", "nobody", "under no circumstances", "has yet to"; and those shared with a conjunct."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .carriers import bundled_frames
from .records import RelationType
from .relations import lemma, may_mean
from .syntax import auxiliaries, child, children, is_focus, is_quoted, is_root, label, negation

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .scope import Embedding

_ENDS = frozenset({"end", "ending", "halt", "stop", "cessation"})
_DEEDS = (RelationType.ASSAULT, RelationType.COERCE)
_NOBODY = frozenset({"nobody", "none", "nothing", "neither", "no-one"})
_NO_CIRCUMSTANCE = frozenset({"circumstance", "way", "account", "time", "condition", "case"})


def negating_words(token: Token) -> Iterator[tuple[Token, str]]:
    """The words that say a predicate is not so, each with the reason to name."""
    negative = negation(token) or _shared_negation(token)
    if negative is not None:
        yield negative, f'negation "{negative.text}"' if negative.lower_ != "longer" else 'negation "no longer"'
        return
    for argument in children(token, "nsubj", "obj", "obl"):
        if label(argument) == "obl" and argument.lower_.removesuffix("s") not in _NO_CIRCUMSTANCE:
            continue
        word = _negative_part(argument)
        if word is not None:
            yield word, f'negation "{word.text}"'
            return
    yet = next((adverb for adverb in children(token, "advmod") if adverb.lower_ == "yet"), None)
    if yet is not None and yet.i + 1 < len(token.doc) and token.doc[yet.i + 1].lower_ == "to":
        yield yet, '"yet to"'


def ends_deed(step: Embedding) -> bool:
    """Whether it has been done, and is to be done or is done no more: "called for an end to the raids on Gao"; support that ends is no support."""
    if step.governor.pos_ != "NOUN" or lemma(step.governor) not in _ENDS or step.inner.pos_ != "NOUN":
        return False
    return any(may_mean(step.inner, type_, bundled_frames()) for type_ in _DEEDS)


def _negative_part(argument: Token) -> Token | None:
    """What makes an argument none at all: "nobody", "no country", "not one of them", "neither Kenya nor Uganda"."""
    if argument.lower_ in _NOBODY:
        return argument
    if argument.lower_ == "doubt":
        return None
    parts = children(argument, "det", "cc:preconj", "advmod", "cc")
    return next((word for word in parts if word.i < argument.i and word.lower_ in ("no", "neither", "not") and not is_focus(word) and not is_quoted(word)), None)


def _shared_negation(token: Token) -> Token | None:
    """The negation of the conjunct before, where the auxiliaries are shared too: "did not attack or invade"."""
    if label(token) != "conj" or is_root(token) or children(token, "aux") or any(cc.lower_ == "but" for cc in children(token, "cc")):
        return None
    if child(token, "nsubj") is not None or child(token, "mark") is not None:
        return None
    if not auxiliaries(token) or auxiliaries(token) != auxiliaries(token.head):
        return None
    return negation(token.head) or _shared_negation(token.head)
