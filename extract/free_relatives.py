"""What "what" stands for where somebody names it: "condemned what it called Romanian meddling", "bombed what the army said were rebel camps".

The speaker only chooses the words: who condemns what he calls meddling condemns whoever meddles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .syntax import child, children, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

_CALLING = frozenset({"call", "term", "label", "brand", "dub", "deem", "consider", "name", "denounce", "condemn"})
"""Verbs of naming whose second object is the name."""
_SEEING = frozenset({"describe", "see", "view", "regard", "characterize", "characterise", "portray", "perceive", "condemn", "denounce", "consider", "depict", "define", "identify"})
"""Those that have it after "as"."""
_SAYING = frozenset({"say", "believe", "think", "claim", "appear", "seem", "suspect", "allege", "assume", "insist"})
"""Those that have it in a clause: "what the army said were", "what appeared to be"."""


def named_by(what: Token) -> Token | None:
    """The noun that a speaker has for "what"; None where nobody names it."""
    if what.lower_ != "what":
        return None
    for verb in children(what, "acl:relcl", "acl"):
        word = verb.lemma_.lower()
        called = children(verb, "xcomp", "obj") if word in _CALLING else []
        seen = [noun for noun in children(verb, "obl", "obj", "xcomp", "advcl") if preposition(noun) == "as" and noun.i > verb.i] if word in _SEEING else []
        said = [noun for noun in children(verb, "ccomp", "xcomp") if child(noun, "cop") is not None] if word in _SAYING else []
        for noun in (*called[::-1], *seen, *said):
            if noun.i > verb.i and (noun.pos_ in ("NOUN", "PROPN") or noun.ent_type_):
                return noun
    return None


def naming(noun: Token) -> Token | None:
    """The "what" that the noun is a name of, whose place in the sentence it has; None of any other word."""
    verb = noun.head
    what = verb.head if has_label(verb, "acl:relcl", "acl") else None
    found = named_by(what) if what is not None else None
    return what if found is not None and found.i == noun.i else None
