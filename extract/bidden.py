"""Deeds done at another's wish or with another's help: "sent troops at the request of Chad", "took the town with Chad's backing".

The noun says who asks or helps; who is asked or helped is the doer of the deed that it hangs on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .arguments import AGENT, NOMINAL, Argument
from .bystanders import FORCES
from .relations import lemma
from .snapshot import once_a_word
from .syntax import has_label, is_passive, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .predication import Predications

_WISHES = frozenset({"request", "invitation", "behest", "urging", "insistence", "prompting", "instigation", "bidding"})
_CALLS = frozenset({"request", "appeal", "plea", "invitation", "demand", "warning", "entreaty"})
_HELP = frozenset({"help", "assistance", "aid", "support", "backing", "blessing", "approval", "encouragement", "protection"})
_BY_PREPOSITION = {
    "at": _WISHES, "on": _WISHES | {"order", "instruction", "advice", "recommendation"}, "upon": _WISHES, "with": _HELP, "under": frozenset({"protection"}),
    "after": _CALLS, "following": _CALLS, "to": _CALLS | {"call"},
}  # fmt: skip
"""What a deed may be done at, on, with or after; "to" is that of "in response to"."""
_BACKING = frozenset({"support", "backing", "blessing", "approval", "encouragement"})
"""What is "for" somebody; the rest is "to" them."""


@once_a_word
def deed(noun: Token) -> Token | None:
    """The verb of what is done at somebody's wish or with somebody's help, which the noun names; None of any other noun."""
    if noun.pos_ not in NOMINAL or lemma(noun) not in _BY_PREPOSITION.get(preposition(noun), ()) or (noun.i > 0 and noun.nbor(-1).lower_ == "in"):
        return None  # "with and in support of the government"
    above = noun.head
    if preposition(noun) == "to":
        if lemma(above) != "response" or preposition(above) != "in":
            return None
        noun, above = above, above.head
    return above if above.pos_ == "VERB" and has_label(noun, "obl") else None


def bidders(predications: Predications, noun: Token) -> Sequence[Argument]:
    """Who asks or helps: whose the noun is, and nobody beyond its own phrase."""
    if deed(noun) is None:
        return ()
    owned = (
        argument
        for argument in predications.own(noun)
        if argument.filler.head.i == noun.i and (argument.preposition in ("of", "from", "by") or has_label(argument.filler, "nmod:poss", "amod", "compound"))
    )
    return [replace(argument, role=AGENT) for argument in owned if argument.mention.form != "place"]


def bidden(predications: Predications, noun: Token) -> list[Argument]:
    """Who is asked or helped: the doer of the deed; of a passive one who is said to do it, or forces that are sent."""
    verb = deed(noun)
    if verb is None or not bidders(predications, noun):
        return []
    joint = "for" if lemma(noun) in _BACKING else "to"
    if is_passive(verb):
        doers = [a for a in predications.own(verb) if a.preposition == "by"] or [a for a in predications.subjects(verb) if a.mention.sector in FORCES]
    else:
        doers = [a for a in predications.doers(verb) if a.direct]
    return [replace(argument, role="A2", preposition=joint) for argument in doers]
