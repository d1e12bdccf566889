"""Who does what a gerund says: who is accused of it, thanked or punished for it, kept from it, joined in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .arguments import AGENT, NOMINAL, Argument
from .records import RelationType
from .relations import completed, is_help, lemma, particle
from .syntax import children, first_conjunct, has_label, is_passive, marker

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .predication import Predications

CHARGING = frozenset({"charge", "credit", "task", "entrust"})
"""What one does "with" a gerund to its doer: "charged its neighbour with arming rebels"."""
_SUSPECTING = frozenset({"accuse", "suspect", "convict", "acquit", "clear", "absolve"})
"""What one does "of" a gerund to its doer."""
_STANCES = frozenset({RelationType.ACCUSE, RelationType.REJECT, RelationType.PROTEST, RelationType.SUPPORT, RelationType.COERCE, RelationType.SANCTION})
"""What one does "for" a gerund to its doer: "thanked Peru for arming the rebels", "arrested him for arming them"."""
_PUNISHING = frozenset({"try", "investigate", "sue", "fine", "execute", "hang", "deport", "expel", "punish", "prosecute", "indict"})
"""What is done so, too, whatever type the lexicon gives it."""
_OBJECT_CLAUSES = frozenset({"of", "from", "for", "into", "against"})
"""What joins a gerund whose doer is the object: "stopped B from joining", "cautioned B against joining"."""


def is_gerund(token: Token) -> bool:
    """Whether the word is a gerund, the compound one too: "for having armed the rebels"."""
    return token.tag_ == "VBG" or (token.tag_ == "VBN" and any(aux.lower_ == "having" for aux in children(token, "aux")))


def charging_verb(predications: Predications, token: Token) -> Token | None:
    """The verb by which somebody is held to account for what the gerund says, or thanked for it, where it stands below one."""
    first = first_conjunct(token)
    if not is_gerund(token) or not has_label(first, "advcl", "acl", "xcomp", "ccomp") or children(token, "nsubj"):
        return None
    verb = first.head
    if verb.pos_ in NOMINAL and has_label(verb, "obj", "iobj", "nsubj:pass") and predications.actors.at(verb):
        verb = verb.head  # "criticised Peru for blocking", hung on Peru
    if verb.pos_ != "VERB":
        return None
    marked = marker(first)
    if marked == "with":
        return verb if lemma(verb) in CHARGING else None
    if marked == "of":
        return verb if lemma(verb) in _SUSPECTING else None
    return verb if marked == "for" and _is_stance(predications, verb) else None


def charged(predications: Predications, token: Token) -> Sequence[Argument]:
    """Who is held to account for it or thanked for it, and so does it: "was criticised by Peru for hiring", "thanked Peru for sending"."""
    verb = charging_verb(predications, token)
    if verb is None:
        return ()
    if named := predications.named_object(verb):
        return named
    if not is_passive(verb) or not has_label(verb, "acl"):
        return ()
    return [argument for argument in predications.own(verb) if argument.role != AGENT and argument.filler.i == verb.head.i]


def joint(predications: Predications, token: Token) -> Sequence[Argument]:
    """Both who joins and who is joined in it: "Peru joined Chile in condemning the raid"."""
    verb = _joining(token)
    return [*predications.doers(verb), *predications.named_object(verb)] if verb is not None else ()


def _joining(token: Token) -> Token | None:
    """The verb of who joins another "in" what the gerund says, which parsers hang on the other, too."""
    first = first_conjunct(token)
    if token.tag_ != "VBG" or marker(first) != "in":
        return None
    verb = first.head.head if has_label(first.head, "obj", "iobj") else first.head
    return verb if lemma(verb) == "join" and verb.pos_ == "VERB" and not is_passive(verb) else None


def object_doing(predications: Predications, token: Token, first: Token, above: Token) -> Sequence[Argument]:
    """The object of the verb above, whom the verb keeps from it, drives to it or helps in it."""
    if not is_gerund(token):
        return ()
    marked = marker(first)
    if marked in _OBJECT_CLAUSES or (marked == "in" and is_help(above, predications.frames)) or (marked == "with" and lemma(above) in CHARGING):
        return predications.named_object(above)
    return ()


def _is_stance(predications: Predications, verb: Token) -> bool:
    if lemma(verb) in _PUNISHING or particle(verb) == "out":  # "lashed out at Peru for deporting them"
        return True
    frame = predications.frames.lookup(completed(verb, predications.frames) or lemma(verb), "v", particle=particle(verb))
    return frame is not None and frame.type in _STANCES
