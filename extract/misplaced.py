"""Offices that a rule gives to the wrong person or body: what stands near the noun of an office is not always what it is an office of.

    the president of Ethiopia's Tigray     →  nobody who leads Ethiopia
    Gao's mayor, N. N. of the League       →  the League has no mayor
    the commander, armed by Kenya          →  Kenya is no commander
    the UN envoy for Syria, N. N.          →  an envoy, but not Syria's
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .offices import Offices
from .records import ActorKind, RelationType
from .syntax import first_conjunct

if TYPE_CHECKING:
    from .actors import Mention
    from .candidates import Candidate
    from .gazetteer import Gazetteer
    from .offices import OfficeMatch

_OFFICES = frozenset({RelationType.LEADS, RelationType.MEMBER})
_OF_PEOPLE = frozenset({"head of state", "head of government", "deputy head", "minister", "parliament", "military", "spokesman", "police", "judge"})
"""Kinds of offices that nobody but a person holds; a country may be an envoy's, a chair or a leader."""
_TOWARDS = frozenset({"for", "on"})
_SPEAKING_FOR = frozenset({"negotiator", "chief negotiator", "lead negotiator", "top negotiator", "peace negotiator", "delegate", "mediator", "diplomat"})
"""Those of them who are somebody's by "for"."""
_LOCAL = frozenset({"mayor", "governor"})


def is_misplaced(candidate: Candidate, offices: Offices, gazetteer: Gazetteer) -> bool:
    """Whether the candidate gives somebody an office that the text does not."""
    if candidate.relation.type not in _OFFICES or not candidate.rule.startswith(("title", "nominal")):
        return False
    if _leads_a_part(candidate, gazetteer):
        return True
    office = offices.find(candidate.predicate.doc, candidate.predicate.i)
    if office is None:
        return False
    if office.office.kind == "envoy" and _is_sent_there(candidate, office):
        return True
    return candidate.rule.startswith("nominal") and (_is_no_holder(candidate.subject, office) or _is_inside(candidate, office) or _is_apart(candidate))


def _leads_a_part(candidate: Candidate, gazetteer: Gazetteer) -> bool:
    """Whether only a town or region is led, which stands for its country elsewhere: "the interim president of Tigray"."""
    place = candidate.object
    if candidate.relation.type is not RelationType.LEADS or place.form != "place" or place.actor.kind is not ActorKind.COUNTRY:
        return False
    name = gazetteer.lookup(candidate.predicate.doc[place.start : place.end].text)
    return name is None or name.form in ("place", "capital")


def _is_sent_there(candidate: Candidate, office: OfficeMatch) -> bool:
    """Whether an envoy is only sent to the body, and belongs to who sends him: "the UN envoy for Syria", "Peru's deputy UN ambassador"."""
    doc, body = candidate.predicate.doc, candidate.object
    if body.start > office.end and doc[office.end].lower_ in _TOWARDS and office.office.title not in _SPEAKING_FOR:
        return all(doc[i].pos_ in ("DET", "ADJ", "NOUN") for i in range(office.end + 1, body.start))
    if body.end != office.start or body.actor.kind is not ActorKind.ORGANISATION:
        return False
    before = body.start - 1
    while before > 0 and doc[before].pos_ in ("ADJ", "NOUN") and doc[before].ent_type_ != "NORP":
        before -= 1
    return before >= 0 and (doc[before].tag_ == "POS" or doc[before].ent_type_ == "NORP")


def _is_no_holder(subject: Mention, office: OfficeMatch) -> bool:
    """Whether the office is one that only people hold, and this is nobody of them."""
    of_people = office.office.kind in _OF_PEOPLE or office.office.title in _LOCAL
    return of_people and (subject.actor.kind is not ActorKind.PERSON and subject.form != "pronoun")


def _is_inside(candidate: Candidate, office: OfficeMatch) -> bool:
    """Whether noun or body is only a word of a longer title: "general" in "director general", "National Security" before "Adviser"."""
    noun, body = candidate.predicate, candidate.object
    return noun.i > office.start and (noun.i < office.end - 1 or (body.start >= office.start and body.end <= office.end and body.form == "name"))


def _is_apart(candidate: Candidate) -> bool:
    """Whether the holder or a clause lies between the office and the body: "the mayor, N. N. of the League", "President N. fell for China's promises"."""
    noun, token = candidate.predicate, candidate.predicate.doc[candidate.object.head]
    doc, start = noun.doc, candidate.object.start
    if any(doc[i].ent_type_ == "PERSON" and doc[i + 1].tag_ not in ("POS", "NNP") for i in range(noun.i + 1, start)):
        return True
    first = first_conjunct(noun)  # "founder and president of the League"
    while token.i not in (noun.i, first.i):
        if token.head.i == token.i or token.pos_ in ("VERB", "AUX"):
            return candidate.object.start > noun.i
        token = token.head
    return False
