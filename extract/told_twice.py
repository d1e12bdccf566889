"""One fact, told once: which candidates say again what another one of the same two actors says.

A predicate states one relation of a type to a pair. Beside that a noun often repeats its verb ("signed an accord with", "blew
themselves up in the attack on"), and an act's purpose the act ("marched to demand the resignation of"). Nor does it say more that
people of no known country do the same beside somebody who is named ("Diop and a group of deputies held talks with Peru").
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from .arguments import NOMINAL
from .records import ActorKind, RelationType
from .syntax import children, governor, has_label

if TYPE_CHECKING:
    from .candidates import Candidate
    from .mentions import Mention

_OFFICES = frozenset({RelationType.LEADS, RelationType.MEMBER})
_STANCES = frozenset({RelationType.AGREE, RelationType.THREATEN})
_Pair: TypeAlias = frozenset[str]
_Slot: TypeAlias = tuple[int, str, str, str]
"""A side of a relation: predicate, phrase, which side it is, and who is on the other."""


def distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each predicate, pair and type, the first; of a symmetric pair whichever way round; what is told twice only once."""
    kept: dict[tuple[int, tuple[str, ...], RelationType], Candidate] = {}
    for candidate in candidates:
        one, other = candidate.subject.actor.id, candidate.object.actor.id
        way = tuple(sorted((one, other))) if candidate.relation.symmetric else (one, other)
        kept.setdefault((candidate.predicate.i, way, candidate.relation.type), candidate)
    found = list(kept.values())
    titled = {_pair(c) for c in found if c.rule == "title"}
    aims = {(c.predicate.sent.start, _pair(c)) for c in found if c.relation.type is RelationType.PROTEST}
    signed = {(c.predicate.sent.start, _pair(c)) for c in found if c.relation.type is RelationType.AGREE and c.predicate.pos_ in NOMINAL}
    by_predicate: dict[tuple[int, _Pair], list[Candidate]] = {}
    for c in found:
        by_predicate.setdefault((c.predicate.i, _pair(c)), []).append(c)
    named = _named(found)
    return [
        c
        for c in found
        if not (_is_office(c) and _pair(c) in titled)
        and not (c.relation.type is RelationType.REQUEST and (c.predicate.sent.start, _pair(c)) in aims)
        and not (_is_agreeing(c) and (c.predicate.sent.start, _pair(c)) in signed)
        and not _is_pledged_twice(c, by_predicate)
        and not _says_less(c, by_predicate)
        and not _repeats_noun(c, by_predicate)
        and not _repeats_verb(c, by_predicate)
        and not _goes_with(c, by_predicate)
        and not _goes_along(c, by_predicate)
        and not _adds_nobody(c, named)
    ]


def _pair(candidate: Candidate) -> _Pair:
    return frozenset((candidate.subject.actor.id, candidate.object.actor.id))


def _slots(candidate: Candidate) -> tuple[tuple[_Slot, Mention], tuple[_Slot, Mention]]:
    """The two sides of a relation, each with who is on it."""
    i, phrase = candidate.predicate.i, candidate.relation.phrase
    subject, object_ = candidate.subject, candidate.object
    return ((i, phrase, "subject", object_.actor.id), subject), ((i, phrase, "object", subject.actor.id), object_)


def _is_nobody_known(mention: Mention) -> bool:
    """Whether it is people of whom no country is told: "deputies", "a crowd"."""
    return mention.actor.kind is ActorKind.GROUP and "@" in mention.actor.id


def _named(candidates: Iterable[Candidate]) -> dict[_Slot, list[Mention]]:
    """Who is known, by the sides of the relations that they are on."""
    named: dict[_Slot, list[Mention]] = {}
    for slot, mention in (side for c in candidates for side in _slots(c)):
        if not _is_nobody_known(mention):
            named.setdefault(slot, []).append(mention)
    return named


def _adds_nobody(candidate: Candidate, named: dict[_Slot, list[Mention]]) -> bool:
    """Whether nobody known is on a side where somebody is named: beside him they say no more, and else one of the two is there by mistake.

    Who is named only within their phrase leaves them there: "attorneys led by Diop sued". A title right before a person adds nobody
    either, of whatever body it is: "Leader of the Amber Front Amina Diop celebrated with".
    """
    doc = candidate.predicate.doc
    return any(
        (_is_nobody_known(mention) and any(not doc[mention.head].is_ancestor(doc[other.head]) for other in named.get(slot, ())))
        or (mention.form == "collective" and any(other.form == "person" and other.start == mention.end for other in named.get(slot, ())))
        for slot, mention in _slots(candidate)
    )


def _is_office(candidate: Candidate) -> bool:
    """Whether an office noun's predicate, or only where somebody is from, says what a title does: "Professor N. N. of the Harbour School"."""
    return candidate.relation.type in _OFFICES and candidate.rule.startswith(("nominal", "affiliation"))


def _is_agreeing(candidate: Candidate) -> bool:
    """Whether it only says that sides agree, which the paper that they sign says, too: "with the signing of a memorandum A and B agreed"."""
    return candidate.rule == "reciprocal" and candidate.relation.type is RelationType.AGREE and candidate.predicate.pos_ == "VERB"


def _is_pledged_twice(candidate: Candidate, others: dict[tuple[int, _Pair], list[Candidate]]) -> bool:
    """Whether the noun says of both sides that they agree, and again of one what it agrees to: "signed an agreement to increase trade"."""
    if candidate.rule != "intention" or candidate.relation.type is not RelationType.AGREE:
        return False
    told = others.get((candidate.predicate.i, _pair(candidate)), ())
    return any(c.relation.type is RelationType.AGREE and c.relation.symmetric for c in told)


def _says_less(candidate: Candidate, others: dict[tuple[int, _Pair], list[Candidate]]) -> bool:
    """Whether no table knows what the verb says by itself, and what is told of the pair with its list does: "removed Chad from its blacklist"."""
    if candidate.relation.frame is not None or candidate.relation.type is not RelationType.OTHER:
        return False
    return any(c.relation.type is not RelationType.OTHER and c.rule == candidate.rule for c in others.get((candidate.predicate.i, _pair(candidate)), ()))


def _repeats_noun(candidate: Candidate, others: dict[tuple[int, _Pair], list[Candidate]]) -> bool:
    """Whether the verb is one over a nominal predicate that relates the same pair: "signed an accord with"."""
    noun = candidate.quantified
    if noun is None or noun.i == candidate.predicate.i:
        return False
    told = {c.relation.type for c in others.get((noun.i, _pair(candidate)), ())}
    return bool(told) and not (candidate.relation.type in _STANCES and candidate.relation.type not in told)  # "promised aid to" says two things


def _repeats_verb(candidate: Candidate, others: dict[tuple[int, _Pair], list[Candidate]]) -> bool:
    """Whether the noun is one below a verb that says the same of the same pair, or turns it down: "reneged on his commitment to"."""
    noun = candidate.predicate
    if noun.pos_ not in NOMINAL or candidate.rule == "answer" or not has_label(noun, "obj", "obl", "nsubj:pass"):
        return False
    above = governor(noun)
    if above is None or above.pos_ != "VERB":
        return False
    told = {c.relation.type for c in others.get((above.i, _pair(candidate)), ()) if c.rule != "intention"}
    return bool(told & {candidate.relation.type, RelationType.REJECT})


def _goes_with(candidate: Candidate, others: dict[tuple[int, _Pair], list[Candidate]]) -> bool:
    """Whether the verb shares object and meaning with the one joined to it: "donated and delivered food to", "criticised and condemned"."""
    verb = candidate.predicate
    if verb.pos_ != "VERB" or children(verb, "obj", "obl"):
        return False
    joined = [conjunct for conjunct in children(verb, "conj") if conjunct.pos_ == "VERB" and children(conjunct, "obj", "obl")]
    told = {c.relation.type for conjunct in joined for c in others.get((conjunct.i, _pair(candidate)), ())}
    return candidate.relation.type in told


def _goes_along(candidate: Candidate, others: dict[tuple[int, _Pair], list[Candidate]]) -> bool:
    """Whether the participle tells how the verb above it, or the noun that this carries, is done: "lodged a protest with Peru, charging it with"."""
    verb = candidate.predicate
    above = governor(verb)
    if above is None or verb.pos_ != "VERB" or verb.tag_ != "VBG" or not has_label(verb, "advcl") or children(verb, "nsubj", "mark"):
        return False
    told = {c.relation.type for word in (above, *children(above, "obj")) for c in others.get((word.i, _pair(candidate)), ())}
    return candidate.relation.type in told
