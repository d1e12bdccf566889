"""Purposes that are yet to be reached: what somebody is sent out for, what somebody is still being helped to do.

What an act serves is mostly done by it ("opened fire to disperse the crowd"), and stands as asserted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .carriers import bundled_frames
from .frames import CarrierKind
from .hedges import hedge
from .relations import is_help
from .syntax import children, has_label, is_infinitive, marker

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .scope import Embedding

_REACHED = frozenset({"peace", "reconciliation", "rapprochement"})
_FURTHERING = frozenset({"promote", "foster", "advance", "encourage", "further", "facilitate", "pursue"})


def is_furthered(step: Embedding) -> bool:
    """Whether it is a peace that somebody promotes, which is not there yet."""
    return step.inner.lemma_.lower() in _REACHED and step.governor.lemma_.lower() in _FURTHERING


def is_under_way(step: Embedding) -> bool:
    """Whether somebody is still being helped to do it: "is helping the army to defeat the rebels" has no victory to tell."""
    verb = step.governor
    if verb.tag_ != "VBG" or not any(aux.lemma_ == "be" for aux in children(verb, "aux")) or "to" not in marker(step.inner).split() or not any(row.kind is CarrierKind.CAUSE for row in step.carriers):
        return False
    return is_help(verb, bundled_frames())


def errand_of(step: Embedding) -> Token | None:
    """The verb of sending or setting out whose purpose the infinitive is, which is yet to be reached: "sent envoys to mediate".

    Who sends troops to support somebody supports them by that.
    """
    if step.inner.tag_ != "VB" or "to" not in marker(step.inner).split() or is_help(step.inner, bundled_frames()):
        return None
    above = step.governor
    if above.pos_ == "NOUN" and not step.carriers and has_label(above, "obj", "nsubj:pass"):
        above = above.head
    return above if above.pos_ == "VERB" and hedge(above.lemma_, "errand") is not None else None


def made_for(purpose: Token) -> Token | None:
    """The thing of which a participle says that it was made for the purpose: "hall" in "a hall built to house"; parsers hang either anywhere."""
    if not is_infinitive(purpose) or not has_label(purpose, "advcl", "xcomp"):
        return None
    before = purpose.doc[max(purpose.left_edge.i - 1, 0)]
    made = before if before.tag_ == "VBN" and has_label(before, "acl") else purpose.head
    if made.tag_ != "VBN" or not has_label(made, "acl", "advcl") or children(made, "aux", "aux:pass"):
        return None
    thing = made.head if has_label(made, "acl") else made.doc[max(made.left_edge.i - 1, 0)]
    return thing if thing.pos_ == "NOUN" else None
