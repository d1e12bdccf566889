"""Who belongs to an organisation by the words beside its name: "N. N. of the Harbour League", "the League's N. N.", "N. and his party, the League"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from .candidates import Candidate
from .records import ActorKind, RelationType
from .relations import Relation
from .syntax import child, children, has_label, preposition
from .voices import ARMED, IN_ARMS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .actors import Mention
    from .fillers import ActorIndex

_PARTIES = frozenset({"Party", "Bloc", "Front", "Movement", "League", "Coalition", "Union", "Rally", "Alliance", "Congress"})
"""Last words of the names of parties, which newspapers call by their leaders."""
_APPOSED = frozenset({"party", "movement", "bloc", "faction"})
"""What a party's name stands behind: "his party, the League"."""
_UNITS = frozenset({
    "army", "battalion", "brigade", "regiment", "division", "corps", "company", "squadron", "wing", "fleet", "unit", "command", "detachment", "legion", "militia", "group", "faction",
    "branch", "network", "cell", "column",
})  # fmt: skip
"""What armed forces and groups are divided into."""
_BRANCHES = frozenset({"branch", "arm", "wing", "franchise", "offshoot", "faction", "chapter", "affiliate", "unit", "cell", "column", "division", "battalion", "brigade", "squad"})
"""What one group may be of another."""
_MINISTRIES = frozenset({"ministry", "army", "navy", "police", "parliament", "senate", "treasury", "department", "secretariat", "embassy", "command", "military"})
"""What of a state people are said to be of."""
_CABINETS = frozenset({"government", "cabinet"})
_COMMANDED = _UNITS | _CABINETS | {
    "forces", "guard", "guards", "brigades", "battalions", "militias", "coalition", "alliance", "gang", "cartel", "outfit", "movement", "staff", "fighters", "rebels", "mercenaries", "separatists", "insurgents", "guerrillas", "paramilitaries", "militants", "militiamen",
}  # fmt: skip
"""What somebody has under him."""
_LEADER = Relation("leader of", RelationType.LEADS, False, None)
_MEMBER = Relation("member of", RelationType.MEMBER, False, None)
_NATIONAL = Relation("national of", RelationType.MEMBER, False, None)
_CERTAINTY = 0.8


def affiliations(actors: ActorIndex) -> Iterator[Candidate]:
    """ "N. N. of the Harbour League", "engineers from the Delta Bank": who belongs to an organisation by its name after "of" or "from"."""
    for mention in list(actors.mentions):
        people = mention.actor.kind is ActorKind.GROUP and "@" in mention.actor.id and mention.form == "collective"
        if mention.form != "person" and not people:
            continue
        for noun in _told_after(mention, actors):
            case = actors.doc[mention.end]
            for whole in actors.at(noun):
                body = whole.form == "name" and whole.actor.kind is ActorKind.ORGANISATION
                body |= mention.form == "person" and _is_ministry(whole, actors.doc)
                if body and whole.actor.id != mention.actor.id:
                    yield Candidate(case, mention, whole, _MEMBER, "affiliation", _CERTAINTY)
        yield from _of_their_owner(mention, actors)


def _told_after(mention: Mention, actors: ActorIndex) -> list[Token]:
    """Whom "of" or "from" right behind the mention names, wherever the parser hangs it: "the mayor, N. N. of the Harbour League"; further off it may
    be another's."""
    doc, case = actors.doc, mention.end
    if case + 1 >= len(doc) or doc[case].lower_ not in (("of", "from") if mention.form == "person" else ("from",)):
        return []
    nouns = [noun for noun in children(doc[mention.head], "nmod") if not has_label(noun, "nmod:poss") and (mark := child(noun, "case")) is not None and mark.i == case]
    if nouns or mention.form != "person":
        return nouns
    first = case + 1
    while first + 1 < len(doc) and (doc[first].pos_ == "DET" or doc[first].tag_ in ("JJ", "VBG", "NN")) and not any(m.start == first for m in actors.at(doc[first])):
        first += 1
    return [doc[m.head] for m in actors.at(doc[first]) if m.start == first]


def _of_their_owner(person: Mention, actors: ActorIndex) -> Iterator[Candidate]:
    """ "The Harbour League's N. N.": whose name, as an owner, stands right before a person's."""
    before = person.start - 1
    if person.form != "person" or before < 1 or actors.doc[before].tag_ != "POS":
        return
    for whole in actors.at(actors.doc[before - 1]):
        if whole.actor.kind is ActorKind.COUNTRY and whole.form == "name" and whole.end == before and " " in person.actor.name:
            yield Candidate(actors.doc[before], person, whole, _NATIONAL, "affiliation", _CERTAINTY)
        named = whole.actor.kind is ActorKind.ORGANISATION or (whole.actor.kind is ActorKind.GROUP and whole.sector in ARMED | {"PTY"})
        if whole.form == "name" and named and whole.end == before:
            yield Candidate(actors.doc[before], person, whole, _MEMBER, "affiliation", _CERTAINTY)


def _is_ministry(whole: Mention, doc: Doc) -> bool:
    """Whether a state's body is meant where people serve: "N. N. of the Kenyan foreign ministry"."""
    return whole.form == "collective" and whole.actor.kind is ActorKind.COUNTRY and doc[whole.end - 1].lower_ in _MINISTRIES


def own_parties(actors: ActorIndex) -> Iterator[Candidate]:
    """ "N.'s Labour Party", "N. and his ruling Workers' Party", "N. and her party, the League": a party that is called somebody's is the party
    that he belongs to."""
    for mention in list(actors.mentions):
        doc, name = actors.doc, mention.actor.name.split()
        party = (mention.form == "name" or doc[mention.head].lower_ == "party") and mention.actor.kind is ActorKind.ORGANISATION and (mention.sector == "PTY" or name[-1] in _PARTIES or "Party" in name)
        owner = _owner_before(doc, mention.start) if party else None
        if owner is None:
            continue
        for person in actors.at(doc[owner]):
            if person.actor.kind is ActorKind.PERSON and person.end == owner + 1:
                yield Candidate(doc[owner + 1] if doc[owner + 1].tag_ == "POS" else doc[owner], person, mention, _MEMBER, "affiliation", _CERTAINTY)


def own_groups(actors: ActorIndex) -> Iterator[Candidate]:
    """ "N.'s Amber Army", "N., whose Amber Brigade", "his own Amber Forces": an armed group or government that is called somebody's is the one that
    he leads; "Haftar's Amber Army allies" are not it."""
    for mention in list(actors.mentions):
        doc, before = actors.doc, mention.start - 1
        if mention.form != "name" or mention.actor.kind is not ActorKind.ORGANISATION or before < 1 or not (mention.sector in IN_ARMS or _is_commanded(mention, doc)):
            continue
        following = doc[mention.end] if mention.end < len(doc) else None
        joined = following is not None and following.pos_ in ("NOUN", "PROPN") and (following.lower_ not in _COMMANDED or following.lower_ in _CABINETS)
        if joined or (has_label(doc[mention.head], "compound", "amod", "nmod:poss") and doc[mention.head].head.i != mention.end):
            continue
        owner = before - 1 if doc[before].lower_ == "own" else before
        if doc[owner].tag_ == "POS":
            people = [person for person in actors.at(doc[owner - 1]) if person.form == "person" and person.end == owner]
        elif doc[owner].tag_ == "WP$" and doc[owner - 1].text == ",":
            people = [person for person in actors.at(doc[owner - 2]) if person.form == "person" and person.end == owner - 1]
        else:
            people = [person for person in actors.at(doc[owner]) if doc[owner].tag_ == "PRP$" and person.actor.kind is ActorKind.PERSON]
        for person in people:
            yield Candidate(doc[owner], person, mention, _LEADER, "affiliation", _CERTAINTY)


def _is_commanded(mention: Mention, doc: Doc) -> bool:
    """Whether the words of a name say that somebody has it under him: "Amber Brigade", "Government of National Unity"."""
    return doc[mention.end - 1].lower_ in _COMMANDED or doc[mention.start].lower_ == "government"


def under_leaders(actors: ActorIndex) -> Iterator[Candidate]:
    """ "Chadian rebels under N. N.", "the Amber Front, an outfit under General N. N.": whom armed men and groups are under."""
    for person in list(actors.mentions):
        doc, case = actors.doc, person.start - 1
        while case > 0 and doc[case].pos_ in ("PROPN", "NOUN", "DET") and doc[case].lower_ != "under":
            case -= 1  # "under the warlord N. N."
        if person.form != "person" or case < 1 or doc[case].lower_ != "under":
            continue
        noun = doc[case - 1]
        led = [group for group in actors.at(noun) if group.end == case]
        if not led and noun.lower_ in _COMMANDED and has_label(noun, "appos"):
            led = actors.at(noun.head)
        for group in led:
            armed = group.actor.kind is ActorKind.GROUP and group.sector in ARMED
            armed |= group.actor.kind is ActorKind.ORGANISATION and (group.sector in IN_ARMS or noun.lower_ in _COMMANDED)
            if armed and group.actor.id != person.actor.id:
                yield Candidate(doc[case], person, group, _LEADER, "affiliation", _CERTAINTY)


def parties_of(actors: ActorIndex) -> Iterator[Candidate]:
    """ "The Harbour Party of N. N.": a party is told by one of its people."""
    for party in list(actors.mentions):
        of, doc = party.end, actors.doc
        if party.form != "name" or party.actor.kind is not ActorKind.ORGANISATION or of + 1 >= len(doc) or doc[of].lower_ != "of":
            continue
        if party.sector == "PTY" or doc[of - 1].text in _PARTIES or doc[party.start].text == "Party":
            for person in actors.at(doc[of + 1]):
                if person.form == "person" and person.start == of + 1:
                    yield Candidate(doc[of], person, party, _MEMBER, "affiliation", _CERTAINTY)


def units(actors: ActorIndex) -> Iterator[Candidate]:
    """ "The Amber Army's Marun battalion", "the Marun Brigade of the Amber Army", "Amber Front's Marun faction": a part and its whole."""
    for mention in list(actors.mentions):
        doc, noun = actors.doc, actors.doc[mention.end - 1]
        if mention.form not in ("name", "collective") or mention.actor.kind is not ActorKind.ORGANISATION or noun.lower_ not in _UNITS:
            continue
        before = mention.start - 1
        owners = [m for m in actors.at(doc[before - 1]) if m.end == before] if before > 0 and doc[before].tag_ == "POS" else []
        owners += [m for of in children(noun, "nmod") if preposition(of) == "of" and of.left_edge.i == mention.end for m in actors.at(of)]
        for whole in owners:
            armed = whole.sector in IN_ARMS and whole.form in ("name", "metonym", "collective")
            if armed and whole.actor.id != mention.actor.id and whole.actor.kind in (ActorKind.COUNTRY, ActorKind.ORGANISATION):
                yield Candidate(noun, mention, whole, _MEMBER, "affiliation", _CERTAINTY)


def branches(actors: ActorIndex) -> Iterator[Candidate]:
    """ "The Amber Front, al-Qaeda's branch in Mali": whose branch a group is said to be in apposition."""
    for noun in actors.doc:
        if noun.tag_ != "NN" or not has_label(noun, "appos") or noun.lemma_.lower() not in _BRANCHES:
            continue
        parts = [part for part in actors.at(noun.head) if part.actor.kind is ActorKind.ORGANISATION]
        owners = [owner for owner in children(noun, "nmod:poss", "nmod") if has_label(owner, "nmod:poss") or preposition(owner) == "of"]
        for part, whole in product(parts, [whole for owner in owners for whole in actors.at(owner)]):
            body = (whole.form == "name" and whole.actor.kind is ActorKind.ORGANISATION) or _is_ministry(whole, actors.doc)
            if body and whole.actor.id != part.actor.id:
                yield Candidate(noun, part, whole, _MEMBER, "affiliation", _CERTAINTY)


def _owner_before(doc: Doc, start: int) -> int | None:
    """The place of the last word of whoever owns what begins at `start`, a pronoun or a name with "'s"; None where nobody does."""
    last = start - 1
    while last > 0 and doc[last].lower_ in ("the", ","):
        last -= 1
    if last < start - 1 and doc[last].lower_ not in _APPOSED:
        return None
    for i in range(last, max(last - 3, 0), -1):
        if doc[i].tag_ == "PRP$":
            return i
        if doc[i].tag_ == "POS":
            return i - 1
        if doc[i].pos_ not in ("ADJ", "NOUN", "PROPN", "VERB"):
            return None
    return None
