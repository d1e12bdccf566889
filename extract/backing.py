"""Deeds done for or by somebody's help: who is helped "in the fight against" another, whose raids are "flown in support of" a third."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .arguments import AGENT, NOMINAL, Argument, step_up
from .obliques import USING
from .records import RelationType
from .relations import is_help, lemma
from .syntax import children, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .candidates import Candidate
    from .predication import Predications

_SUPPORTING = frozenset({"support", "back"})
_IN_KIND = frozenset({"financially", "materially", "monetarily", "militarily", "logistically"})
_USING_STEPS = 3
"""Steps up from "using" to the participle behind the deed: "flown in support of the government using drones" takes three."""


def deed_of(predications: Predications, participle: Token) -> Token | None:
    """The deed of which a participle tells more, without a doer of its own: "strikes" in "strikes flown in support of", "raids using drones"."""
    noun = participle.head
    told = has_label(participle, "acl") and participle.tag_ in ("VBN", "VBD", "VBG") and not children(participle, "nsubj", "aux")
    if not told or not predications.is_event(noun) or any(preposition(oblique) == "by" for oblique in children(participle, "obl")):
        return None
    return noun


def users(predications: Predications, token: Token) -> Sequence[Argument]:
    """Who uses what a deed is done with, hung on what the deed is said to be in support of: "raids flown in support of Peru using drones"."""
    if lemma(token) not in USING or token.tag_ != "VBG" or children(token, "nsubj", "aux") or not has_label(token, "acl", "advcl"):
        return ()
    above, backed = token.head, False
    for _ in range(_USING_STEPS):
        backed |= is_help(above, predications.frames) and not predications.actors.at(above)
        if (deed := deed_of(predications, above)) is not None:
            return predications.agents(deed)[0] if backed or above.i == token.head.i else ()
        above = above.head
    return ()


def helped(predications: Predications, token: Token) -> Sequence[Argument]:
    """Who is supported "in the fight against" another, and so fights it; the phrase hangs on the help or on the verb that carries it."""
    owned = any(owner.pos_ != "PRON" for owner in children(token, "nmod:poss"))
    step = step_up(token) if token.pos_ in NOMINAL and predications.is_event(token) and not owned else None
    if step is None or step[1].partition(":")[0] not in ("obl", "nmod") or preposition(step[0]) != "in":
        return ()
    above = step[2]
    if above.pos_ == "VERB" and not is_help(above, predications.frames):
        above = next((noun for noun in children(above, "obj") if is_help(noun, predications.frames)), above)
    if not is_help(above, predications.frames):
        return ()
    return predications.named_object(above) if above.pos_ == "VERB" else [a for a in predications.own(above) if a.role != AGENT and a.direct and a.preposition in ("to", "for", "of")]


def in_kind(candidate: Candidate) -> Candidate:
    """The candidate, as AID where the support is said to be given in money or arms: "financially supports", "backed the rebels militarily"."""
    relation, token = candidate.relation, candidate.predicate
    given = relation.type is RelationType.SUPPORT and token.pos_ == "VERB" and lemma(token) in _SUPPORTING and any(word.lower_ in _IN_KIND for word in children(token, "advmod"))
    return replace(candidate, relation=replace(relation, type=RelationType.AID)) if given else candidate
