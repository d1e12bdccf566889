"""Who belongs to an organisation by the words beside its name: "N. N. of the Harbour League", "the League's N. N.", "N. and his party, the League"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .candidates import Candidate
from .records import ActorKind, RelationType
from .relations import Relation
from .syntax import child, children, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .actors import Mention
    from .fillers import ActorIndex

_PARTIES = frozenset({"Party", "Bloc", "Front", "Movement", "League", "Coalition", "Union", "Rally", "Alliance", "Congress"})
"""Last words of the names of parties, which newspapers call by their leaders."""
_APPOSED = frozenset({"party", "movement", "bloc", "faction"})
"""What a party's name stands behind: "his party, the League"."""
_MEMBER = Relation("member of", RelationType.MEMBER, False, None)
_CERTAINTY = 0.8


def affiliations(actors: ActorIndex) -> Iterator[Candidate]:
    """ "N. N. of the Harbour League", "engineers from the Delta Bank": who belongs to an organisation by its name after "of" or "from"."""
    for mention in list(actors.mentions):
        people = mention.actor.kind is ActorKind.GROUP and "@" in mention.actor.id and mention.form == "collective"
        if mention.form != "person" and not people:
            continue
        head = actors.doc[mention.head]
        for noun in children(head, "nmod"):
            marked = preposition(noun)
            if has_label(noun, "nmod:poss") or marked not in (("of", "from") if mention.form == "person" else ("from",)):
                continue
            case = child(noun, "case")
            if case is None or case.i != mention.end:
                continue  # further off it may be another's
            for whole in actors.at(noun):
                if whole.form != "name" or whole.actor.kind is not ActorKind.ORGANISATION or whole.actor.id == mention.actor.id:
                    continue
                yield Candidate(case, mention, whole, _MEMBER, "affiliation", _CERTAINTY)
        yield from _of_their_owner(mention, actors)


def _of_their_owner(person: Mention, actors: ActorIndex) -> Iterator[Candidate]:
    """ "The Harbour League's N. N.": whose name, as an owner, stands right before a person's."""
    before = person.start - 1
    if person.form != "person" or before < 1 or actors.doc[before].tag_ != "POS":
        return
    for whole in actors.at(actors.doc[before - 1]):
        if whole.form == "name" and whole.actor.kind is ActorKind.ORGANISATION and whole.end == before:
            yield Candidate(actors.doc[before], person, whole, _MEMBER, "affiliation", _CERTAINTY)


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
