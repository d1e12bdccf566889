"""Who is an actor in a text: names, adjectives, metonyms, role nouns, people, organisations and places become mentions.

    names of the tables  →  people  →  role nouns with their country  →  other organisations  →  other places

A mention is the shortest noun phrase that names the actor: "North Korean troops", "the Kremlin" without its article,
"Russia's army", "Xi Jinping" without his title. Mentions never overlap. Pronouns and definite nouns ("the country") are
left to coreference.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .armed_groups import armed_groups
from .crowds import crowds
from .datelines import find_dateline
from .gazetteer import Actor, Gazetteer, Match, Name, slug
from .long_names import long_names
from .mentions import HYPHENS, POSSESSIVES, Board, Mention, MentionForm
from .offices import Office, Offices
from .organisations import add_organisations, organisation_spans, redefined
from .origins import without_origins
from .people import PARTICLES, SUFFIXES, People, PersonName, join_name
from .places import country_of_city, country_of_dateline, is_of_town, names_meeting, namesakes
from .records import ActorKind, Document
from .role_groups import RoleGroups, role_nouns
from .snapshot import words_by_text
from .societies import with_societies
from .storms import is_storm, named_storms
from .syntax import children, first_conjunct, has_label, preposition
from .works import names_work

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Actor", "Mention", "MentionForm", "Office", "Offices", "find_mentions"]

_PERSON = frozenset({"PERSON", "PER"})
_PLACE = frozenset({"LOC", "GPE"})
_AGAINST = frozenset({"pro", "anti", "non", "ex", "post", "trans", "un"})
_TRIBES = frozenset({"tribe", "clan", "tribesmen", "clansmen"})
_PICTURES = frozenset({"photo", "photograph", "picture", "image"})
_PLACES = frozenset({
    "town", "city", "village", "district", "province", "suburb", "settlement", "neighborhood", "neighbourhood", "hamlet", "capital",
    "stronghold", "port", "region", "island", "valley", "governorate",
})  # fmt: skip
_BETWEEN_NAMES = frozenset({"contra", "versus", "vs", "against", "and", "about"})
"""What stands between the names of a book, a case or a match, and in nobody's own."""
_SHIPS = frozenset({"USS", "HMS", "HMAS", "HMCS", "INS", "USNS", "USCGC", "RMS", "SS", "MV", "MS"})
"""What ships have before their names."""
_AROUND = frozenset({"near", "inside", "outside", "throughout"})
"""Prepositions behind which places stand, not people; one has faith "in" somebody, too."""
_LISTING = 8
"""How many tokens before its examples the noun of a list may stand: "towns in the north of Iraq including"."""
_ADJECTIVE_ENDINGS = ("ian", "ean", "ist", "ite", "esque")
_CALENDAR = frozenset({
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _PersonSpan:
    """A name of a person in the Doc, titles stripped: offsets in tokens, end exclusive."""

    start: int
    end: int
    name: PersonName
    spelling: str


def find_mentions(doc: Doc, document: Document, gazetteer: Gazetteer) -> list[Mention]:
    """The mentions of a parsed Doc in the order of the text, none overlapping.

    `doc` needs entities and a parse with Universal Dependencies labels; `document` gives the id that surnames and role
    groups without a country carry, and the text for its dateline.
    """
    board = Board(doc, document, gazetteer, parsed=doc.has_annotation("DEP"))
    board.taken.update(i for ent in doc.ents if names_work(doc, ent.start, ent.end) for i in range(ent.start, ent.end))
    offices = Offices.load()
    dateline = find_dateline(document.text)
    matches = [match for match in gazetteer.match(doc) if not board.is_taken(match.start, match.end)]
    others = redefined(doc, matches)
    no_towns = namesakes(doc) if board.parsed else frozenset()
    matches = with_societies(doc, without_origins(doc, matches), gazetteer)
    matches = [match for match in matches if (text := doc[match.start : match.end].text) not in others and not (_is_town(match) and text in no_towns)]
    long = long_names(doc, matches)
    groups = [*long, *(armed_groups(doc, [*matches, *long]) if board.parsed else ())]
    inside_group = {i for group in groups for i in range(group.start, group.end)}
    matches = sorted([*(match for match in matches if match.start not in inside_group), *groups], key=lambda match: match.start)
    roles = [*role_nouns(board, matches), *(crowds(doc) if board.parsed else ())]
    spans = [span for span in _person_spans(doc, matches, offices, gazetteer) if inside_group.isdisjoint(range(span.start, span.end))]
    tribes = _tribes(doc, matches)
    spans = [span for span in spans if not any(span.start < end and start < span.end for start, end in tribes)]
    people_words = {span.spelling for span in spans}
    organisations = [
        (start, end)
        for start, end in organisation_spans(doc, matches, roles)
        if (text := doc[start:end].text) not in people_words and not gazetteer.is_nobodys(text) and not is_storm(doc, start, end)
        if not any(start < there and here < end for here, there in tribes) and inside_group.isdisjoint(range(start, end))
    ]
    for start, end in tribes:
        board.add(start, end, Actor(slug(doc[start:end].text), doc[start:end].text, ActorKind.GROUP), "CVL", "name")
    _place_names(board, matches, organisations, spans)
    people = _people(board, spans)
    held = _titles(board, people, spans, offices)
    for span in spans:
        if not board.is_taken(span.start, span.end) and (span.start not in board.at or span.name.is_full):
            board.add(span.start, span.end, people.resolve(span.name, span.spelling), None, "person")
    inside = {i for start, end in organisations for i in range(start, end)}
    RoleGroups(board, offices, held, country_of_dateline(dateline, gazetteer) if dateline is not None else None).add(
        [role for role in roles if role.head not in inside]
    )
    _add_names(board)
    add_organisations(board, organisations, matches)
    _add_surnames(board, people)
    _add_peoples(board)
    _add_places(board, no_towns)
    return sorted(board.mentions, key=lambda mention: mention.start)


# Names of the tables


def _place_names(board: Board, matches: Sequence[Match], organisations: Sequence[tuple[int, int]], spans: Sequence[_PersonSpan]) -> None:
    """Put the names on the board, without those that are part of an organisation's name or mean a person of the document."""
    inside = {i for start, end in organisations for i in range(start, end)}
    surnames = {surname for span in spans if span.name.is_full for surname in span.name.surnames}
    inside |= {i for span in spans if span.name.is_full or span.name.core in surnames for i in range(span.start, span.end)}
    for match in matches:
        if match.name is None:
            board.taken.update(i for i in range(match.start, match.end) if board.doc[i].ent_type_ not in ("ORG", *_PERSON))
        elif inside.isdisjoint(range(match.start, match.end)) and not _is_prefixed(board.doc, match.start):
            board.named.append(match)
            board.at.update((i, match) for i in range(match.start, match.end))


def _is_prefixed(doc: Doc, start: int) -> bool:
    """Whether "anti-" or its like stands before: what is anti-Western is not of the West."""
    return start >= 2 and doc[start - 1].text in HYPHENS and doc[start - 2].lower_ in _AGAINST


def _add_names(board: Board) -> None:
    for match in board.named:
        if match.name is None or board.is_taken(match.start, match.end):
            continue
        if match.name.form in ("capital", "place") and names_meeting(board.doc[board.head(match.start, match.end)]):
            continue
        actor, form = match.name.actor, _form(board, match, match.name)
        if form == "place" and actor.kind is not ActorKind.COUNTRY:
            country = board.gazetteer.country(country_of_city(board.doc[match.start : match.end].text) or "")
            if country is None:
                continue
            actor = country
        board.add(match.start, match.end, actor, None if form == "place" else match.name.sector, form)


def _form(board: Board, match: Match, name: Name) -> MentionForm:
    token = board.doc[board.head(match.start, match.end)]
    if name.actor.kind is ActorKind.PERSON:
        return "person"
    if name.form == "place" or name.form == "people":
        return name.form
    if name.form == "seat":
        return "metonym"
    if name.form == "capital":
        return "place" if board.is_location(token) or is_of_town(token) else "metonym"
    if name.form == "adjective":
        if not board.parsed or has_label(first_conjunct(token), "amod", "compound"):
            return "adjective"
        definite = match.start > 0 and board.doc[match.start - 1].lower_ == "the"
        return "people" if definite or token.pos_ != "ADJ" else "adjective"
    if has_label(token, "amod", "compound") and board.gazetteer.is_adjective(board.doc[match.start : match.end].text):
        return "adjective"
    return "place" if name.actor.kind is ActorKind.COUNTRY and board.is_location(token) else "name"


# People


def _person_spans(doc: Doc, matches: Sequence[Match], offices: Offices, gazetteer: Gazetteer) -> list[_PersonSpan]:
    """The names of people that the entity recogniser found.

    What the tables know as something else is none, unless it is the surname of a person of the document ("Jordan").
    """
    covered = {i: match for match in matches for i in range(match.start, match.end)}
    found: list[_PersonSpan] = []
    doubtful: list[_PersonSpan] = []
    storms = named_storms(doc)
    for start, end in [*((ent.start, ent.end) for ent in doc.ents if ent.label_ in _PERSON), *_titled(doc, covered, offices)]:
        start, end = _bare_name(doc, *_whole_name(doc, start, end), offices)
        match = covered.get(start)
        known = match.name if match is not None and match.start == start else None
        if match is not None and known is not None and known.form in ("adjective", "seat") and match.end < end:
            start, end, known = *_bare_name(doc, match.end, end, offices), None
        words = [token.text for token in doc[start:end]]
        name = PersonName(tuple(word for word in words if any(char.isalpha() for char in word)))
        if not name.words or gazetteer.is_no_person(doc[start:end].text) or offices.end_with(doc, start, end) or offices.title(" ".join(name.words).lower()) is not None:
            continue
        if not _BETWEEN_NAMES.isdisjoint(word.lower() for word in name.words[1:-1]) or names_work(doc, start, end) or _is_credit(doc, start):
            continue
        if (len(name.words) == 1 and _is_called_place(doc, doc[start:end].text)) or any(doc.text.startswith(doc[start:end].text, at) for at in storms) or (words[0].isupper() and is_storm(doc, start, end)):
            continue
        other = match is not None and known is not None and match.end >= end and known.actor.kind is not ActorKind.PERSON
        (doubtful if other else found).append(_PersonSpan(start, end, name, join_name([word for word in words if word != ","])))
    longest: dict[int, _PersonSpan] = {}
    for span in sorted(found, key=lambda span: span.start - span.end):
        if longest.keys().isdisjoint(range(span.start, span.end)):
            longest.update((i, span) for i in range(span.start, span.end))
    found = list(dict.fromkeys(longest.values()))
    full = {surname for span in found if span.name.is_full for surname in span.name.surnames}
    found = [span for span in found if span.name.is_full or span.name.core in full or not _is_relational(doc, span.start)]
    surnames = {surname for span in found if span.name.is_full for surname in span.name.surnames}
    return sorted([*found, *(span for span in doubtful if span.name.core in surnames)], key=lambda span: span.start)


def _is_relational(doc: Doc, i: int) -> bool:
    """Whether the word is an adjective made of a name, which is nobody's own: "Hobbesian tradition", "Peronist officers"."""
    return doc[i].text.endswith(_ADJECTIVE_ENDINGS) and has_label(doc[i], "amod", "compound") and doc[i].head.pos_ == "NOUN" and doc[i].head.i > i


def _is_credit(doc: Doc, start: int) -> bool:
    """Whether the name is of who took a picture: "Photo/N. N."."""
    return start > 1 and doc[start - 1].text in ("/", ":") and doc[start - 2].lower_ in _PICTURES


def _is_called_place(doc: Doc, word: str) -> bool:
    """Whether the document calls the word a place: "the town of Dabiq", "towns including Rabiyah and Zumar", "near Hajin"."""
    for token in words_by_text(doc).get(word, ()):
        if token.i > 1:
            first = first_conjunct(token)
            listed = preposition(first) == "including" and any(noun.tag_ == "NNS" and noun.lemma_.lower() in _PLACES for noun in doc[max(first.sent.start, first.i - _LISTING) : first.i])
            if listed or preposition(first) in _AROUND:
                return True
            place = first.head if has_label(first, "nmod", "appos", "compound") else first
            called = place.lemma_.lower() in _PLACES and (first.i > place.i or has_label(first, "compound"))
            if called and (token.nbor(-1).lower_ == "of" or place.tag_ == "NNS" or has_label(first, "compound")):
                return True
    return False


def _titled(doc: Doc, covered: Container[int], offices: Offices) -> Iterator[tuple[int, int]]:
    """Names after a title that the entity recogniser took for nothing: "General Park Sun Hee".

    After a title in lower case it takes two words: "spokesman Ivan Petrov", not "minister Friday".
    """
    end = 0
    for i, before in enumerate(doc, 1):
        if i < end or not offices.ends_title(before.lower_) or i == len(doc) or offices.ending_before(doc, i) is None:
            continue
        titled = before.text[:1].isupper() and i + 1 < len(doc) and doc[i + 1].ent_iob_ == "I"
        if not _is_name_word(doc[i], covered, titled):
            continue
        end = next((j for j in range(i + 1, min(i + 4, len(doc))) if not _is_name_word(doc[j], covered, titled)), min(i + 4, len(doc)))
        if end - i > 1 or before.text[:1].isupper():
            yield i, end


def _is_name_word(token: Token, covered: Container[int], titled: bool = False) -> bool:
    """Whether the token may be a word of a person's name that nothing else has claimed; behind a title the recogniser's place is none."""
    if token.pos_ != "PROPN" or not token.text[:1].isupper() or token.i in covered or token.text in _CALENDAR:
        return False
    return not token.ent_type_ or token.ent_type_ in _PERSON or (titled and token.ent_type_ in _PLACE)


def _whole_name(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The name with what the recogniser cut off at a hyphen: "Kim Jong" in "Kim Jong-un"."""
    while end + 1 < len(doc) and _is_joint(doc, end) and doc[end + 1].text[:1].isalpha() and doc[end + 1].tag_ not in ("VBN", "VBD", "VBG"):
        end += 2
    while start >= 2 and _is_joint(doc, start - 1) and doc[start - 2].text[:1].isupper():
        start -= 2
    return start, end


def _is_joint(doc: Doc, i: int) -> bool:
    """Whether the token is a hyphen inside a word."""
    return doc[i].text in HYPHENS and not doc[i - 1].whitespace_ and not doc[i].whitespace_


def _bare_name(doc: Doc, start: int, end: int, offices: Offices) -> tuple[int, int]:
    """The place of the name alone: titles in front, "'s" and whatever is no word behind are cut off."""
    end = next(
        (i for i in range(start, end) if doc[i].like_email or doc[i].like_url or any(char in "@<>/\\|=" for char in doc[i].text)), end
    )
    while end > start and (doc[end - 1].text in POSSESSIVES or (doc[end - 1].is_punct and doc[end - 1].lower_ not in SUFFIXES)):
        end -= 1
    start += offices.leading_titles([token.text for token in doc[start:end]])
    while start < end and (doc[start].is_punct or doc[start].lower_ == "the"):
        start += 1
    return start, end


def _people(board: Board, spans: Sequence[_PersonSpan]) -> People:
    known = [
        (PersonName(tuple(token.text for token in board.doc[match.start : match.end])), match.name.actor)
        for match in board.named
        if match.name is not None and match.name.actor.kind is ActorKind.PERSON
    ]
    return People(board.document.id, ((span.spelling, span.name) for span in spans), known)


def _titles(board: Board, people: People, spans: Sequence[_PersonSpan], offices: Offices) -> frozenset[str]:
    """The titles that people of the document bear; takes note of the country whose office it is ("Russian President …")."""
    held = set()
    for span in spans:
        for noun in children(board.doc[board.head(span.start, span.end, "person")], "appos") if board.parsed else ():
            apposed = offices.find(board.doc, noun.i)
            if apposed is not None:
                held.add(apposed.office.title)
        title = offices.ending_before(board.doc, span.start)
        if title is None or title.office.is_honorific:
            continue
        held.add(title.office.title)
        before = title.start - 1
        if before >= 0 and board.doc[before].text in POSSESSIVES:
            before -= 1
        match = board.at.get(before)
        if match is not None and match.name is not None and match.name.actor.country is not None:
            people.set_country(people.resolve(span.name, span.spelling).id, match.name.actor.country)
    return frozenset(held)


def _add_surnames(board: Board, people: People) -> None:
    """Add the surnames of the document's people where the entity recogniser missed them."""
    for token in board.doc:
        if token.pos_ not in ("PROPN", "") or token.i in board.taken or len(token.text) < 3 or not token.text[0].isupper():
            continue
        actor = people.surname(token.text) if token.ent_type_ not in _PLACE else None
        if actor is not None:
            board.add(token.i, token.i + 1, actor, None, "person")


# Peoples and places that no table knows


def _tribes(doc: Doc, matches: Sequence[Match]) -> list[tuple[int, int]]:
    """Tribes that no table knows, with their noun: "Beni Hassan tribe"."""
    known = {i for match in matches for i in range(match.start, match.end)}
    found = []
    for token in doc:
        start = token.i
        while token.lower_ in _TRIBES and start > 0 and _names_tribe(doc, start - 1, known):
            start -= 1
        if start < token.i:
            found.append((start, token.i + 1))
    return found


def _names_tribe(doc: Doc, i: int, known: Container[int]) -> bool:
    """Whether the token may be a word of a tribe's name."""
    return i not in known and (doc[i].text in HYPHENS or doc[i].lower_ in PARTICLES or (doc[i].pos_ == "PROPN" and doc[i].text[:1].isupper()))


def _add_peoples(board: Board) -> None:
    """Add peoples that no table knows, by their plural: "Zuvarians"."""
    for ent in board.doc.ents:
        token = ent[-1]
        if ent.label_ == "NORP" and len(ent) == 1 and token.tag_ in ("NNS", "NNPS") and not board.is_taken(ent.start, ent.end):
            board.add(ent.start, ent.end, Actor(slug(token.text), token.text, ActorKind.GROUP), None, "people")


def _is_town(match: Match) -> bool:
    return match.name is not None and match.name.form == "place"


def _add_places(board: Board, no_towns: Container[str]) -> None:
    """Add the cities that the entity recogniser found, with their country; none of the document calls somebody or a firm so."""
    named: frozenset[str] | None = None
    for ent in board.doc.ents:
        if ent.label_ not in _PLACE or board.is_taken(ent.start, ent.end) or ent.text in no_towns or names_meeting(board.doc[board.head(ent.start, ent.end)]):
            continue
        if ent.start > 0 and ent[0].nbor(-1).text in _SHIPS:
            continue
        start = ent.start + 1 if ent[0].lower_ == "the" else ent.start
        named = board.countries() if named is None else named
        added = _added_country(board, ent.end)
        code = country_of_city(board.doc[start : ent.end].text, frozenset({added}) if added is not None else named)
        country = board.gazetteer.country(code) if code is not None else None
        if country is not None and added in (None, code):
            board.add(start, ent.end, country, None, "place")


def _added_country(board: Board, end: int) -> str | None:
    """The country that a town is said to lie in right behind it: "Boston, England" is not the one in America."""
    added = board.at.get(end + 1) if end + 1 < len(board.doc) and board.doc[end].text == "," else None
    if added is None or added.name is None or has_label(board.doc[added.end - 1], "conj"):
        return None
    return added.name.actor.country
