"""How sure a statement is, from the model's score of its weaker argument and the rule family that found it.

What the two are worth is set down by hand (`prior`); how that relates to being right is fitted on judged statements
(`python -m benchmarks.judged calibrate`), a logistic function of a few features whose weights stand in data/confidence.tsv.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, log, sqrt
from typing import TYPE_CHECKING

from .hedges import read_rows
from .records import RelationType
from .syntax import arcs

if TYPE_CHECKING:
    from .candidates import Candidate, Likelihood
    from .gazetteer import Gazetteer

_FAMILY = {
    "title": 0.95,
    "agent-noun": 0.85,
    "participial-compound": 0.85,
    "compound": 0.85,
    "government": 0.8,
    "inclusion": 0.85,
    "at-the-hands": 0.85,
    "affiliation": 0.85,
    "custody": 0.75,
    "taken-up": 0.8,
    "reciprocal": 0.8,
    "verbal": 0.85,
    "nominal": 0.8,
    "adjectival": 0.75,
    "intention": 0.75,
    "clausal": 0.75,
    "aim": 0.75,
    "answer": 0.75,
    "verbal-inherited": 0.7,
    "nominal-inherited": 0.7,
    "adjectival-inherited": 0.65,
    "likely": 0.7,
}
"""What a family's statements are worth when the model has no doubt about the roles; `explanation.FAMILIES` has each in words."""
FAMILIES = tuple(_FAMILY)
"""Every rule family, as `Statement.rule` names it."""
_UNLISTED = 0.8
"""What is left where no row of the frame lexicon knows the predicate."""
_INDIRECT = 0.9
"""What is left for each mention that the words do not name themselves (a pronoun)."""


_USUAL_LENGTH = 25
"""Words of a sentence of news, marks counted; with twice as many there is more to attach wrongly."""
_FAR = 6
"""Arcs of the tree between predicate and actor from which on more of them, or another sentence, make no difference."""
_LEAST, _LEAST_UNLISTED, _LEAST_LIKELY = 0.14, 0.4, 0.475
"""On texts that nobody has looked at three in four below are wrong; and what the network adds above is as good as what the rules find on average."""
_FIRM = 5.0
"""The logit from which on, either way, more makes no difference."""
_USUAL_LOGIT, _USUAL_SHARE, _UNLIKELY = 0.0, 0.5, 0.01
"""Of a statement of the rules, nearly: where there is no network, its features are 0 and so say that a statement is like others."""
_NEAREST = 0.001
"""How near to 0 and 1 a prior counts, so that its logit is a number."""


def confidence(candidate: Candidate, gazetteer: Gazetteer) -> float:
    """The share of statements like this one that are right, 0..1 with three digits."""
    weights = _weights()
    return round(1 / (1 + exp(-sum(weights[name] * value for name, value in features(candidate, gazetteer).items()))), 3)


def is_told(candidate: Candidate, sure: float) -> bool:
    """Whether a statement is sure enough to be told at all: surer where no table has the predicate, and where no rule finds it."""
    unlisted = candidate.relation.frame is None and candidate.relation.type is RelationType.OTHER
    return sure >= (_LEAST_LIKELY if candidate.rule == "likely" else _LEAST_UNLISTED if unlisted else _LEAST)


def features(candidate: Candidate, gazetteer: Gazetteer) -> dict[str, float]:
    """What the confidence is a function of, by the names in data/confidence.tsv."""
    sure = min(max(prior(candidate), _NEAREST), 1 - _NEAREST)
    predicate, ends = candidate.predicate, (candidate.subject, candidate.object)
    return {
        "bias": 1.0,
        "prior": log(sure / (1 - sure)),
        "pronoun": float(candidate.subject.form == "pronoun"),
        "collective": float(candidate.object.form == "collective"),
        "place": float(candidate.object.form == "place"),
        "unlocated": float(sum("@" in mention.actor.id for mention in ends)),
        "unknown": float(sum(not gazetteer.knows(mention.actor) for mention in ends)),
        "inherited": float(candidate.rule.endswith("-inherited")),
        "verbal": float(candidate.rule.startswith("verbal")),
        "other": float(candidate.relation.type is RelationType.OTHER),
        "arcs": float(sum(min(arcs(predicate, predicate.doc[mention.head]), _FAR) for mention in ends)),
        "subject_words": log(1 + abs(candidate.subject.head - predicate.i)),
        "object_words": log(1 + abs(candidate.object.head - predicate.i)),
        "long": log(len(predicate.sent) / _USUAL_LENGTH),
        "likely": float(candidate.rule == "likely"),
        **_read(candidate.likelihood),
    }


def _read(likelihood: Likelihood | None) -> dict[str, float]:
    """What the network of triples says; all 0 of what it has not read."""
    if likelihood is None:
        return dict.fromkeys(("stated", "stated_elsewhere", "stated_backwards", "of_type"), 0.0)
    return {
        "stated": _within(likelihood.itself),
        "stated_elsewhere": _within(likelihood.best) - _within(likelihood.itself),
        "stated_backwards": max(_within(likelihood.reverse) - _within(likelihood.itself), 0.0),
        "of_type": log(max(likelihood.type, _UNLIKELY)) - log(_USUAL_SHARE),
    }


def _within(logit: float) -> float:
    """A logit, within bounds, by its distance from that of usual statements."""
    return min(max(logit, -_FIRM), _FIRM) - _USUAL_LOGIT


def prior(candidate: Candidate) -> float:
    """What family and score are worth, 0..1; the score counts by its square root, since roles that win at all are mostly right."""
    value = _FAMILY[candidate.rule] * sqrt(candidate.score)
    if candidate.relation.frame is None and candidate.rule not in ("title", "agent-noun", "inclusion", "government", "at-the-hands", "affiliation", "custody"):
        value *= _UNLISTED
    for mention in (candidate.subject, candidate.object):
        if mention.form == "pronoun":
            value *= _INDIRECT
    return value


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_rows("confidence.tsv")}
