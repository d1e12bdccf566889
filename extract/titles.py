"""Titles: which office a person holds by the words beside the name, and what it is an office of: "Germany's chancellor, N. N."."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from .arguments import antecedent
from .candidates import Candidate
from .constructions import said_of
from .loose_titles import before_comma, before_whose
from .offices import ATTACHED, Offices
from .records import ActorKind, RelationType
from .relations import Relation
from .syntax import child, children, coordination, first_conjunct, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention, Office
    from .fillers import ActorIndex
    from .offices import OfficeMatch

_SCHOOLS = frozenset({"university", "college", "school", "institute", "academy", "polytechnic", "mit", "harvard", "yale", "oxford", "cambridge", "princeton", "stanford"})
_WITHIN = frozenset({"in", "at", "with"})
_COUNSEL = frozenset({"adviser", "advisor", "aide"})
"""Offices that English ties to whom they serve by "to"."""
_CERTAIN = 0.95


def titles(actors: ActorIndex, offices: Offices) -> Iterator[Candidate]:
    """ "German Chancellor N.", "N., the chancellor of Germany", "Germany's chancellor, N.", "N. is the chancellor of Germany"."""
    for mention in list(actors.mentions):
        if mention.actor.kind is not ActorKind.PERSON or mention.form == "pronoun":
            continue
        for office in _offices_of(mention, actors, offices):
            holds = held(office, mention, actors)
            of_people = any(body.actor.kind is ActorKind.GROUP and body.form in ("adjective", "name") for body in holds)  # "Iraqi Kurdish leader N."
            for body in holds:
                if of_people and body.form == "adjective" and body.actor.kind is ActorKind.COUNTRY:
                    continue
                if body.actor.kind is ActorKind.PERSON and not _is_served(body, office, actors):
                    continue
                if (relation := office_relation(office.office, body.actor.kind)) is not None:
                    yield Candidate(actors.doc[office.end - 1], mention, body, _as_its_head(relation, office, body, actors), "title", _CERTAIN)


def _as_its_head(relation: Relation, office: OfficeMatch, body: Mention, actors: ActorIndex) -> Relation:
    """The relation, as LEADS where an armed body's only commander is meant: "commander of the Amber Forces", "its commander N. N."; not "a commander of"."""
    doc, start, end = actors.doc, office.start, office.end
    if office.office.title != "commander" or body.actor.kind is not ActorKind.ORGANISATION or not start or end == len(doc):
        return relation
    owned = doc[start - 1].tag_ in ("POS", "PRP$", "WP$") and doc[end].lower_ not in ("in", "for")
    only = doc[end].lower_ == "of" and (doc[start - 1].text == "," or doc[start - 1].lower_ == "the")
    return replace(relation, type=RelationType.LEADS) if owned or only else relation


def _is_served(body: Mention, office: OfficeMatch, actors: ActorIndex) -> bool:
    """Whether a person stands beside the office as whom its holder serves, no clause or comma between: "Diop's spokesman", "an aide to President Diop"."""
    between = range(body.end, office.start) if body.end <= office.start else range(office.end, body.start)
    whose = body.end < office.start and actors.doc[body.end + 1].tag_ == "WP$"
    return whose or all(actors.doc[i].text != "," and actors.doc[i].pos_ != "VERB" for i in between)


def office_relation(office: Office, body: ActorKind) -> Relation | None:
    """The relation of who holds an office to the country, organisation or person that it is an office of: "minister of", "adviser to"."""
    type_ = office.relation_to(body)
    if type_ is None or body is ActorKind.GROUP:
        return None
    return Relation(f"{office.noun} {'to' if office.title in _COUNSEL else 'of'}", type_, False, None)


def _offices_of(mention: Mention, actors: ActorIndex, offices: Offices) -> Iterator[OfficeMatch]:
    """The offices that stand before a person's name, in apposition to it, or are said of it by a copula."""
    doc, head = actors.doc, actors.doc[mention.head]
    before = mention.start - 1
    while before > 0 and (doc[before].text == "," or (doc[before].text == "." and doc[before - 1].text[:1].isupper())):
        before -= 1  # "Lt. N. N.", but not "is the new chief. N. N. is"
    nouns = [doc[before]] if before >= 0 and mention.start - before <= 2 else []
    apposed = [noun for word in dict.fromkeys([first_conjunct(head), head]) for noun in children(word, "appos") if _nearest(noun, head)]
    nouns += [*apposed, *(noun for first in apposed for noun in _beside(first))]
    nouns += before_comma(mention, actors)
    if has_label(head, "appos"):
        nouns.append(head.head)
    if has_label(head, "nsubj") and child(head.head, "cop") is not None:
        nouns.append(head.head)
    nouns += [clause for clause in children(head, "acl:relcl") if clause.pos_ == "NOUN" and (said := said_of(clause)) is not None and antecedent(said).i == head.i]
    if (first := first_conjunct(head)).i != head.i:  # "Indian leaders N. and N."
        nouns += [noun for noun in (doc[first.i - 1], *children(first, "nmod:desc")) if 0 <= noun.i < first.i and noun.tag_ in ("NNS", "NNPS")]
    seen: set[tuple[int, int]] = set()
    for noun in nouns:
        if mention.start <= noun.i < mention.end:
            continue
        office = offices.find(doc, noun.i)
        if office is None or office.former or (office.start, office.end) in seen or _names_another(office, mention, actors):
            continue
        seen.add((office.start, office.end))
        yield office


def _beside(apposed: Token) -> list[Token]:
    """What else is said of the name beside an apposition: "son of the late president and leader of the League", wherever the parser hangs it.

    Of nouns without an article only those alike, since what hangs deeper may be said of another.
    """
    bare = not children(apposed, "det", "nmod:poss")
    deeper = [noun for noun in apposed.subtree if has_label(noun, "conj") and noun.pos_ == "NOUN" and not children(noun, "det", "nmod:poss")] if bare else []
    return list({noun.i: noun for noun in [*coordination(apposed), *deeper] if noun.i > apposed.i}.values())


def _nearest(apposed: Token, name: Token) -> bool:
    """Whether the apposition is said of the name, of those side by side the last before it: "Diop and Tall, the minister of trade"; a plural
    is said of all."""
    before = [word.i for word in coordination(name) if word.i < apposed.i]
    return name.i in before and (name.i == before[-1] or apposed.tag_ in ("NNS", "NNPS"))


def _names_another(office: OfficeMatch, person: Mention, actors: ActorIndex) -> bool:
    """Whether the title stands right before somebody else's name, whatever the parser hangs it on: "N. N. and Chadian President M. M."."""
    following = [mention for mention in actors.at(actors.doc[office.end]) if mention.start == office.end] if office.end < len(actors.doc) else []
    return any(mention.form == "person" and mention.actor.id != person.actor.id for mention in following)


def held(office: OfficeMatch, person: Mention, actors: ActorIndex) -> list[Mention]:
    """What the office is an office of: the actor named before it or in it, or after "of"."""
    doc = actors.doc
    found: list[Mention] = []
    for noun in {doc[i].i: doc[i] for i in range(office.start, office.end)}.values():
        found += [m for m in actors.at(noun) if m.actor.id != person.actor.id and not (m.form == "name" and office.start <= m.start and m.end <= office.end)]
        for complement in children(noun, "nmod:poss", "amod", "compound", "nmod:desc", "nmod"):
            marked = preposition(complement)
            if office.start <= complement.i < office.end or (marked and marked not in ("of", "for") and not (marked == "to" and noun.lemma_.lower() in ATTACHED)):
                continue
            if noun.i < person.start < complement.i:
                continue  # "Gao's mayor, N. N. of the League" is no mayor of the League
            if marked == "for" and noun.lemma_.lower() == "candidate":
                continue  # who stands for a parliament does not sit in it
            found += [filling.mention for filling in actors.of(complement) if filling.direct and not (marked == "of" and noun.lemma_.lower() == "professor" and _is_field(filling.mention))]
        for complement in children(noun, "nmod", "obl") if office.office.relation is RelationType.MEMBER and not found else ():
            if preposition(complement) in _WITHIN and not office.start <= complement.i < office.end:  # "a colonel in the Peruvian army", not "in Lima"
                found += [m for m in actors.at(complement) if m.form in ("collective", "name") and (m.form != "name" or m.actor.kind is ActorKind.ORGANISATION)]
    left = office.start - 1
    while left >= 0 and (doc[left].tag_ == "POS" or doc[left].text in ("'s", "’s", "'", "’")):
        left -= 1
    if left >= 0:
        found += [mention for mention in actors.at(doc[left]) if mention.end == left + 1 and mention.actor.id != person.actor.id]
    found += before_whose(office.start, actors)
    if office.end + 1 < len(doc) and doc[office.end].text in (",", "of", "in"):
        found += [m for m in actors.at(doc[office.end + 1]) if m.start == office.end + 1 and m.actor.kind is ActorKind.ORGANISATION]
    if not found:  # in "the mayor of Gao, N. N. of the League" he is the League's no mayor
        found = [filling.mention for of in children(doc[person.head], "nmod") if preposition(of) == "of" for filling in actors.of(of)]
    return list({mention.actor.id: mention for mention in found if mention.actor.id != person.actor.id}.values())


def _is_field(mention: Mention) -> bool:
    """Whether what a professor is professor of is no school: "professor of Oriental Languages"."""
    return mention.actor.kind is ActorKind.ORGANISATION and _SCHOOLS.isdisjoint(mention.actor.name.lower().split())
