"""What is told ahead of the story, and is a fact all the same: "the officers who would soon overthrow him", "would later join"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conditions import condition_on
from .quotes import quote_at
from .syntax import children, first_conjunct, has_label, negation, relation, subject, tense

if TYPE_CHECKING:
    from spacy.tokens import Token

_LATER = frozenset({"later", "eventually", "subsequently", "ultimately", "afterwards", "thereafter"})
_SOON = frozenset({"soon", "shortly"})
"""What is soon to come in a clause beside the story; in a sentence of its own it may be what somebody expects."""


def is_told_ahead(token: Token) -> bool:
    """Whether who knows how it went on tells what came later: "the officers who would soon overthrow him", "would later join"."""
    later = any(adverb.lower_ in _LATER for adverb in children(token, "advmod"))
    later |= token.lemma_ == "go" and token.i + 2 < len(token.doc) and token.doc[token.i + 1 : token.i + 3].text.lower() == "on to"
    aside = has_label(first_conjunct(token), "acl:relcl") and any(adverb.lower_ in _SOON for adverb in children(token, "advmod"))
    if not (later or aside) or condition_on(token) or relation(token) in ("ccomp", "parataxis", "xcomp") or quote_at(token.doc, token.i) is not None:
        return False
    return negation(token) is None and not any(tense(clause) is not None and subject(clause) is not None for clause in children(token, "parataxis"))
