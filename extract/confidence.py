"""How sure a statement is, from the model's score of its weaker argument and the rule family that found it."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .candidates import Candidate

_FAMILY = {
    "title": 0.95,
    "agent-noun": 0.85,
    "participial-compound": 0.85,
    "compound": 0.85,
    "government": 0.8,
    "inclusion": 0.85,
    "at-the-hands": 0.85,
    "reciprocal": 0.8,
    "verbal": 0.85,
    "nominal": 0.8,
    "adjectival": 0.75,
    "intention": 0.75,
    "clausal": 0.75,
    "aim": 0.75,
    "verbal-inherited": 0.7,
    "nominal-inherited": 0.7,
    "adjectival-inherited": 0.65,
}
"""What a family's statements are worth when the model has no doubt about the roles."""
FAMILIES = tuple(_FAMILY)
"""Every rule family, as `Statement.rule` names it."""
_UNLISTED = 0.8
"""What is left where no row of the frame lexicon knows the predicate."""
_INDIRECT = 0.9
"""What is left for each mention that the words do not name themselves (a pronoun)."""


def confidence(candidate: Candidate) -> float:
    """A number 0..1 with three digits; the model's score counts by its square root, since roles that win at all are mostly right."""
    value = _FAMILY[candidate.rule] * sqrt(candidate.score)
    if candidate.relation.frame is None and candidate.rule not in ("title", "agent-noun", "inclusion", "government", "at-the-hands"):
        value *= _UNLISTED
    for mention in (candidate.subject, candidate.object):
        if mention.form == "pronoun":
            value *= _INDIRECT
    return round(value, 3)
