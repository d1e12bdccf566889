"""Whom a possessive takes up by grammar: whose doing an infinitive is, who is helped in a struggle, whose stance is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .carriers import is_endeavor
from .located import controlling_object
from .relations import lemma
from .syntax import child, children, clause, first_conjunct, has_label, preposition, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .fillers import ActorIndex
    from .nearby import Nearby

_HELPING = frozenset(["support", "assist", "help", "aid", "back", "advise", "join", "thank", "praise", "applaud", "commend", "encourage"])
_USING_ONES_OWN = frozenset(["use", "misuse", "abuse", "exploit"])
_STATING = frozenset([
    "reaffirm", "affirm", "reiterate", "express", "voice", "restate", "renew", "declare", "announce", "repeat", "underline", "underscore",
    "stress", "pledge", "offer", "signal", "convey", "confirm", "hide", "state",
])  # fmt: skip


def controlled(token: Token, index: ActorIndex) -> list[Mention]:
    """Whose doing an infinitive is, for what its words possess: "Chad" for "its" in "urged Chad to withdraw its troops"."""
    verb = clause(token)
    found = (controlling_object(first_conjunct(verb)) or _accused_of(verb)) if subject(verb) is None else None
    return [filling.mention for filling in index.of(found)] if found is not None and found.right_edge.i < token.i else []


def _accused_of(gerund: Token) -> Token | None:
    """Who is said to use what is theirs: "accused Chad of using its embassy"; of what else they did, "its" may be the accuser's."""
    if gerund.tag_ != "VBG" or lemma(gerund) not in _USING_ONES_OWN or not children(gerund, "mark"):
        return None
    return child(gerund.head, "obj")


def stated(token: Token, near: Nearby) -> list[Mention]:
    """Whose stance it is that is stated: "Kenya" for "its" in "Kenya condemned Chad's raid and reaffirmed its commitment to peace"."""
    stance, verb = token.head, clause(token)
    if not has_label(token, "nmod:poss") or stance.head != verb or not has_label(stance, "obj") or lemma(verb) not in _STATING:
        return []
    return near.clause_subjects(token)


def helped_one(token: Token, index: ActorIndex) -> list[Mention]:
    """Who is helped in a struggle of theirs: "the army" for "its" in "supported the army in its fight", "praised the police for their efforts"."""
    struggle = token.head
    if not has_label(token, "nmod:poss") or not is_endeavor(struggle):
        return []
    above = struggle.head
    if preposition(struggle) not in ("in", "for") or not has_label(struggle, "obl", "nmod"):
        return []
    helped = _helped_by(above)
    if helped is None or helped.i > token.i:
        return []
    found = [filling.mention for filling in index.of(helped) if filling.direct]
    if (token.lower_ in ("they", "them", "their", "theirs")) != ("Plur" in helped.morph.get("Number", [])):  # "the security forces in its efforts"
        return [mention for mention in found if token.lower_ in ("it", "its") and mention.sector in ("MIL", "COP", "GOV")]
    return found


def _helped_by(word: Token) -> Token | None:
    """Who is helped by what the word says, a verb or a noun; another noun itself ("the people in their fight")."""
    helping = word.lemma_.lower() in _HELPING
    if word.pos_ == "VERB":
        return child(word, "obj") if helping else None
    if helping:
        return next((noun for noun in children(word, "nmod") if preposition(noun) in ("for", "to", "of")), None)
    return word if word.pos_ in ("NOUN", "PROPN") else None
