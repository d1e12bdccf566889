"""Organisations that no table knows: what the entity recogniser found, and names that an acronym explains."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from .collectives import CollectiveMatch
from .gazetteer import Actor, Match, slug
from .mentions import HYPHENS, POSSESSIVES, Board
from .offices import Offices
from .records import ActorKind
from .syntax import has_label
from .works import names_work

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# What the entity recogniser takes for organisations where it stands alone, and coreference resolves.
_NO_NAMES = frozenset({
    "north", "south", "east", "state", "party", "council", "committee", "commission", "ministry", "union", "assembly", "league", "front",
    "house", "home", "foreign", "government", "parliament", "army", "department", "agency", "court", "coalition", "movement", "group", "force", "forces",
    "internet", "constitution", "cabinet", "alliance", "bloc", "navy", "military", "police", "embassy", "university", "church",
    "academy", "college", "institute", "library", "museum", "observatory", "school",
    "additional", "assistant", "associate", "joint",
})  # fmt: skip
_HALF_TITLES = frozenset({"secretary", "director", "attorney", "governor", "inspector", "auditor", "vice", "deputy", "under", "major", "lieutenant"})
_OPERATIONS = frozenset({"operation", "exercise"})
_PRIZES = frozenset({"medal", "prize", "award", "trophy", "cup", "championship", "championships"})
_LAWS_AND_EVENTS = frozenset({
    "Act", "Constitution", "Treaty", "Accord", "Accords", "Amendment", "Charter", "Bill", "Doctrine", "Declaration", "Protocol", "Revolution",
    "War", "Day",
})  # fmt: skip
"""What laws, agreements and great events are called by, last in their names."""
_OFFICES = frozenset({"minister", "secretary", "president", "chairman", "chief", "head", "governor", "ambassador", "commander"})
_INSTITUTIONS = frozenset({
    "academy", "bank", "center", "centre", "college", "conservatory", "faculty", "institute", "library", "museum", "observatory", "school", "society",
    "university",
})  # fmt: skip
"""What is called "of" a field or a place."""
_MODEL = re.compile(r"[A-Z][A-Za-z]{0,3}-\d+[A-Z]{0,2}")
_SMALL_WORDS = frozenset({
    "of", "for", "and", "the", "in", "on", "&", "'s", "’s", "'", "’", "-", "–", ",", ".", "to", "de", "del", "la", "al", "el", "di", "du",
    "des", "der", "und", "et", "e", "y",
})  # fmt: skip


def organisation_spans(doc: Doc, matches: Sequence[Match], roles: Sequence[CollectiveMatch]) -> list[tuple[int, int]]:
    """Entities that are organisations of their own: more than a name of the tables, more than a role noun with its country."""
    known = {i for match in matches if match.name is not None for i in range(match.start, match.end)}
    known |= {i for role in roles for i in range(role.start, role.end) if role.collective.rank == "state"}
    people = {role.head for role in roles}
    found = []
    for ent in doc.ents:
        if ent.label_ != "ORG":
            continue
        start, end = _bare_organisation(ent)
        while start < end < len(doc) and _goes_on(doc, start, end, known):
            end += 1
        end = _with_field(doc, start, end)
        words = [token for token in doc[start:end] if token.lower_ not in _SMALL_WORDS]
        if all(token.i in known for token in words) or (len(words) == 1 and (words[0].lower_ in _NO_NAMES or words[0].i in people)):
            continue
        if _is_no_body(doc, start, end) or names_work(doc, start, end):
            continue
        if all(token.text[:1].isupper() or token.text[:1].isdigit() for token in words):
            found.append((start, end))
    inside = known | {i for start, end in found for i in range(start, end)}
    return found + [span for span in _spelled_acronyms(doc) if inside.isdisjoint(range(*span))]


def _is_no_body(doc: Doc, start: int, end: int) -> bool:
    """Whether the name is of an operation ("Operation Desert Lantern"), an office ("Minister of Trade"), a law ("Fisheries Act"), an event,
    a prize or a make of craft ("MQ-9")."""
    first, last, text = doc[start].lower_, doc[end - 1], doc[start:end].text
    if first in _OPERATIONS or last.lower_ in _PRIZES or last.text in _LAWS_AND_EVENTS or _MODEL.fullmatch(text) is not None:
        return True
    if end < len(doc) and doc[end].text in ("Minister", "Secretary"):
        titles = (doc[i : end + 1].text.lower() for i in range(max(start, end - 2), end))
        if any(Offices.load().title(title) is not None for title in titles):
            return True  # "Shadow Defence" | "Secretary", "Peruvian Foreign Affairs" | "Minister"
    if doc[end - 1].text in ("Secretary", "Minister") and Offices.load().match(doc, end - 1) is not None:
        return True  # "Treasury Press Secretary"
    return any(doc[i].lower_ in _OFFICES and doc[i + 1].lower_ in ("of", "for") for i in range(start, min(start + 2, end - 1)))  # "Assistant Minister for Trade"


def _goes_on(doc: Doc, start: int, end: int, known: Container[int]) -> bool:
    """Whether the name goes on where the recogniser cut it: "Operation Desert | Lantern"."""
    token = doc[end]
    if token.pos_ != "PROPN" or not token.text[:1].isupper() or token.ent_type_ or token.i in known or doc[end - 1].is_punct or _is_half_title(doc, end):
        return False
    if Offices.load().title(token.lower_) is not None:
        return False  # "Harbour Board | Director"
    return start <= token.head.i < end or token.i in {word.head.i for word in doc[start:end]}


def _with_field(doc: Doc, start: int, end: int) -> int:
    """Where the name of an institution ends that the recogniser cut at its "of": "Museum | of Sahelian History"; an "of" without a name is left off."""
    if end - start > 1 and doc[end - 1].lower_ == "of":
        end -= 1
    if end - start > 1 or end == start or doc[start].lower_ not in _INSTITUTIONS or end + 1 >= len(doc) or doc[end].lower_ != "of":
        return end
    after = end + 1
    while after < len(doc) and doc[after].pos_ in ("PROPN", "ADJ") and doc[after].text[:1].isupper():
        after += 1
    return after if after > end + 1 else end


def _is_half_title(doc: Doc, i: int) -> bool:
    """Whether the token is the first half of a title: "Secretary" in "Secretary-General", "Secretary General"."""
    if doc[i].lower_ not in _HALF_TITLES or i + 1 == len(doc):
        return False
    return (doc[i + 1].text in HYPHENS and not doc[i].whitespace_) or doc[i + 1].lower_ == "general"


def _spelled_acronyms(doc: Doc) -> list[tuple[int, int]]:
    """Names that an acronym in parentheses explains, which need no entity recogniser: "Free Harbour League (FHL)".

    The first letters of the capitalised words make up the acronym; method after Schwartz and Hearst, "A simple algorithm
    for identifying abbreviation definitions in biomedical text" (2003), in its strict form.
    """
    found = []
    for token in doc[1:-2] if len(doc) > 3 else ():
        if token.text != "(":
            continue
        acronym = doc[token.i + 1].text
        if doc[token.i + 2].text != ")" or not (2 <= len(acronym) <= 8 and acronym.isupper() and acronym.isalpha()):
            continue
        letters, i = list(acronym), token.i
        while letters and i > 0:
            word = doc[i - 1]
            if word.text[:1] == letters[-1]:
                letters.pop()
            elif word.lower_ not in _SMALL_WORDS:
                break
            i -= 1
        if not letters:
            found.append((i, token.i))
    return found


def redefined(doc: Doc, matches: Sequence[Match]) -> set[str]:
    """Acronyms of the tables that the document explains as another organisation's: "Bamako National Party (BNP)" is not Bangladesh's."""
    found = set()
    known = {match.start: match.name.actor.name for match in matches if match.name is not None and match.name.actor.kind is ActorKind.ORGANISATION}
    for start, end in _spelled_acronyms(doc):
        own = [word.text for word in doc[start:end] if word.text[:1].isupper()]
        other = [word for word in known.get(end + 1, "").split() if word[:1].isupper()]
        if len(own) == len(other) and any(one[:3].lower() != two[:3].lower() for one, two in zip(own, other, strict=True)):
            found.add(doc[end + 1].text)
    return found


def _bare_organisation(ent: Span) -> tuple[int, int]:
    """The place of the entity without its article, the punctuation around and the first half of a title ("League Secretary" | "General")."""
    start, end = ent.start, ent.end
    while start < end and (ent.doc[start].lower_ in ("the", "a", "an") or ent.doc[start].is_punct):
        start += 1
    while start - 1 > ent.sent.start and _comes_before(ent.doc[start - 1], start, end):
        start -= 1
    if end > start and _is_half_title(ent.doc, end - 1):
        end -= 1
    while end > start and (ent.doc[end - 1].text in POSSESSIVES or ent.doc[end - 1].is_punct):
        end -= 1
    return start, end


def _comes_before(token: Token, start: int, end: int) -> bool:
    """Whether a capitalised participle or adjective before the name is its first word, which the recogniser leaves out: "Combined | Maritime Forces"."""
    joined = has_label(token, "amod", "compound") and start <= token.head.i < end
    return joined and token.tag_ in ("VBN", "JJ") and token.text[:1].isupper() and not token.ent_type_ and token.nbor(-1).lower_ in ("the", ",") and not Offices.load().is_former_word(token)


def add_organisations(board: Board, spans: Sequence[tuple[int, int]], matches: Sequence[Match]) -> None:
    """Add organisations by their full name; an acronym in parentheses behind it stands for it in the whole document."""
    doc = board.doc
    acronyms: dict[str, Actor] = {}
    unexplained = []
    for start, end in spans:
        text = doc[start:end].text
        if board.is_taken(start, end) or not slug(text):
            continue
        if text.isupper() and " " not in text:
            unexplained.append((start, end, text))
            continue
        country = next((match.name.actor.country for match in matches if match.name is not None and start <= match.start < end), None)
        known = board.at.get(end + 1) if end < len(doc) and doc[end].text == "(" else None
        if known is not None and known.name is not None and known.name.actor.kind is ActorKind.ORGANISATION:
            board.add(start, end, known.name.actor, known.name.sector, "name")
            continue
        actor = Actor(slug(text), text, ActorKind.ORGANISATION, country)
        board.add(start, end, actor, None, "name")
        if end + 2 < len(doc) and (doc[end].text, doc[end + 2].text) == ("(", ")") and doc[end + 1].text.isupper():
            acronyms.setdefault(doc[end + 1].text, actor)
    for start, end, text in unexplained:
        if not board.is_taken(start, end):
            board.add(start, end, acronyms.get(text) or Actor(slug(text), text, ActorKind.ORGANISATION), None, "name")
    for token in doc if acronyms else ():
        if token.text in acronyms and token.i not in board.taken:
            board.add(token.i, token.i + 1, acronyms[token.text], None, "name")
