"""What did the harm that a clause beside it tells of: "launched an attack that killed nine", "drones struck the town, killing nine"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arguments import AGENT, NOMINAL
from .bystanders import HARM
from .records import RelationType
from .relations import lemma, part_of_speech, particle
from .syntax import children, has_label, is_passive, preposition, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .arguments import Argument
    from .frames import FrameLexicon
    from .predication import Predications

_PLACED = frozenset({"in", "at", "on", "near", "of", "outside", "inside"})
_BORNE = frozenset({"on", "of", "against", "upon", "at"})
_PLACE_STEPS = 3
"""Steps from a place to the deed done there: "attacks in the market of a suburb of Gao which killed"."""


def harmful_deed(predications: Predications, verb: Token) -> Token | None:
    """The deed that a relative clause says did harm, and whose doer did it: "launched an attack that killed nine", "in Gao that killed"."""
    found, frames = subject(verb), predications.frames
    if not has_label(verb, "acl:relcl") or is_passive(verb) or found is None or found.lower_ not in ("that", "which") or not _harms(verb, frames):
        return None
    deed = verb.head
    for _ in range(_PLACE_STEPS):  # parsers hang the clause on the place, which does nothing
        if predications.is_event(deed) or not has_label(deed, "nmod") or preposition(deed) not in _PLACED:
            break
        deed = deed.head
    return deed if predications.is_event(deed) and _harms(deed, frames) else None


def striking(predications: Predications, verb: Token) -> Token | None:
    """What did the harm that a participle at the end tells of, where roles or tree have it from the verb over both: "closed the border
    after drones struck, killing nine"."""
    above, frames = verb.head, predications.frames
    if verb.tag_ != "VBG" or not has_label(verb, "advcl", "conj") or children(verb, "nsubj", "aux") or not _harms(verb, frames):
        return None
    if _harms(above, frames):
        doers = [filler.i for role, filler, _ in predications.roles(verb) if role == AGENT]
        found = subject(above)
        return above if found is not None and doers and found.i not in doers and not is_passive(above) else None
    between = [clause for clause in children(above, "advcl", "ccomp") if above.i < clause.i < verb.i and clause.pos_ == "VERB"]
    return between[-1] if between and _harms(between[-1], frames) else None


def is_ones_own_loss(predications: Predications, noun: Token, argument: Argument) -> bool:
    """Whether what is harmed or banned is said to be the learned agent's own: Chad does not raid in "after the raid on its embassy"."""
    if noun.pos_ not in NOMINAL or noun.is_ancestor(argument.filler):
        return False
    frame = predications.frames.lookup(lemma(noun), "n")
    if frame is None or frame.type not in HARM:
        return False
    owners = (owner for part in children(noun, "nmod") if preposition(part) in _BORNE for owner in children(part, "nmod:poss") if owner.pos_ == "PRON")
    return any(mention.actor.id == argument.mention.actor.id for owner in owners for mention in predications.actors.at(owner))


def _harms(token: Token, frames: FrameLexicon) -> bool:
    frame = frames.lookup(lemma(token), part_of_speech(token), particle=particle(token))
    return frame is not None and frame.type is RelationType.ASSAULT
