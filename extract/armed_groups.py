"""Armed groups and units that no table knows, by the words that their names are made of.

    Jaish al-Sabr, Ansar-ul-Haq     a noun for an army, party or following, and what the group is called after
    Basra Shura, Karam Brigade      a name that ends in what it is the name of, which an entity recogniser may take for a person's
    the Marun battalion             a name before a unit that is written small
    Zorani fighters                 one unknown name before its fighters
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

from .collectives import FIGHTERS, Collectives
from .gazetteer import Actor, Match, Name, slug
from .mentions import HYPHENS
from .offices import Offices
from .records import ActorKind
from .syntax import has_label

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OPENINGS = frozenset({
    "jaish", "jaysh", "jeish", "liwa", "hayat", "hay'at", "harakat", "harkat", "hurras", "ahrar", "ansar", "kataib", "kata'ib", "katibat", "katiba",
    "faylaq", "failaq", "jabhat", "jund", "jundallah", "saraya", "firqat", "asaib", "asa'ib", "lashkar", "laskar", "tehrik", "tehreek", "tahreek",
    "hezb", "hizb", "hizbul", "jamaat", "jama'at", "jamaah", "jamiat", "sipah", "tanzim", "suqour", "suqur", "ajnad", "fatah", "fajr", "ittihad", "usbat",
})  # fmt: skip
"""First words of the names of groups in the languages of the Middle East and South Asia: army, banner, body, movement, guards, freemen, helpers."""
_PARTICLES = frozenset({"al", "el", "ul", "ud", "ur", "us", "uz", "un", "ash", "as", "an", "ad", "e", "i", "wa"})
_ENDINGS = frozenset({
    "Shura", "Brigade", "Brigades", "Battalion", "Battalions", "Division", "Regiment", "Legion", "Front", "Corps", "Movement", "Command", "Militia", "Militias",
    "Network", "Cartel", "Commando", "Commandos",
})  # fmt: skip
_UNITS = frozenset({"battalion", "brigade", "regiment", "militia", "squadron"})
_FIGHTERS = frozenset({"fighters", "rebels", "militants", "militiamen", "insurgents", "guerrillas", "gunmen", "extremists", "jihadists", "faction"})
_BRANCHES_OF_SERVICE = frozenset({
    "Marine", "Marines", "Army", "Navy", "Air", "Force", "Guard", "Guards", "Infantry", "Reserve", "Ranger", "Rangers", "Police", "Border", "Coast", "Special",
    "National", "Royal", "Republican", "Presidential", "State", "Christian", "Muslim", "Islamic", "Islamist", "Maoist", "Marxist", "Communist",
})  # fmt: skip
"""What tells only of which kind a unit is: "a Marine battalion"."""
_NAMED = frozenset({"PERSON", "PER", "ORG"})
_ARMED = FIGHTERS - {"party", "journalists", "aid workers"}


def armed_groups(doc: Doc, matches: Sequence[Match]) -> list[Match]:
    """The names of such groups, as if a table knew them; none overlaps a name of the `matches`, save what lies inside it."""
    known = {i for match in matches for i in range(match.start, match.end)}
    people = {word.text for ent in doc.ents if ent.label_ in ("PERSON", "PER") and len(ent) > 1 for word in ent}
    spans = [*_of_fighters(doc, known), *_opened(doc, known), *_ended(doc, known), *_units(doc, known), *_before_fighters(doc, known, people)]
    found: list[Match] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or found[-1].end <= start:
            name = doc[start:end].text
            found.append(Match(start, end, Name(Actor(slug(name), name, ActorKind.ORGANISATION), "UAF", "name")))
    return found


def _of_fighters(doc: Doc, known: Container[int]) -> Iterator[tuple[int, int]]:
    """Organisations that no table knows beside their fighters, which the recogniser may take together: "rebels of the Amber Movement",
    "Amber Movement fighters"."""
    for ent in doc.ents:
        if ent.label_ != "ORG" or len(ent) < 2 or any(word.i in known for word in ent):
            continue
        if len(ent) > 3 and ent[1].lower_ == "of" and _are_fighters(ent[0]):
            yield ent.start + 2 + (ent[2].lower_ == "the"), ent.end
        of = ent.start - 1 - (ent.start > 0 and doc[ent.start - 1].lower_ == "the")
        if (of > 0 and doc[of].lower_ == "of" and _are_fighters(doc[of - 1])) or (ent.end < len(doc) and doc[ent.end].lower_ in _FIGHTERS):
            yield ent.start + (ent[0].lower_ == "the"), ent.end


def _are_fighters(noun: Token) -> bool:
    row = Collectives.load().lookup(noun.lemma_.lower())
    return row is not None and row.name in _ARMED


def _opened(doc: Doc, known: Container[int]) -> Iterator[tuple[int, int]]:
    """Names that open with such a word and go on with a particle: "Jaish al-Sabr", no "Hayat Khan" and no "Sheikh Ansar al-Haq"."""
    for token in doc:
        if token.lower_ not in _OPENINGS or not token.text[:1].isupper() or token.i in known:
            continue
        end = token.i + 1
        while end < len(doc) and _goes_on(doc, end):
            end += 1
        while doc[end - 1].lower_ in _PARTICLES or doc[end - 1].text in HYPHENS:
            end -= 1
        words = {part for word in doc[token.i + 1 : end] for part in word.lower_.split("-") if part}  # "e-Sabr" is one token
        if words - _PARTICLES - HYPHENS and words & _PARTICLES and Offices.load().ending_before(doc, token.i) is None:
            yield token.i, end


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether the word belongs to the name before it: capitalised, a particle, or a hyphen inside a word."""
    if doc[i].text in HYPHENS:
        return not doc[i - 1].whitespace_ and not doc[i].whitespace_
    return doc[i].lower_ in _PARTICLES - {"as", "an", "us", "un", "i"} or doc[i - 1].text in HYPHENS or (doc[i].pos_ == "PROPN" and doc[i].text[:1].isupper())


def _ended(doc: Doc, known: Container[int]) -> Iterator[tuple[int, int]]:
    """Names that end in what a group is, which the recogniser takes for a person's or does not see: "Basra Shura", "the Amber Front"."""
    for ent in doc.ents:
        if ent.label_ in ("PERSON", "PER") and len(ent) > 1 and ent[-1].text in _ENDINGS and ent[-1].i not in known:
            yield ent.start, ent.end
    for token in doc:
        if token.text not in _ENDINGS or token.pos_ != "PROPN" or token.ent_type_ or token.i in known:
            continue
        start = _name_start(token, known)
        if 0 < start < token.i and (doc[start - 1].lower_ == "the" or doc[start - 1].tag_ == "POS"):
            yield start, token.i + 1


def _units(doc: Doc, known: Container[int]) -> Iterator[tuple[int, int]]:
    """Units by a name of their own: "the Marun battalion"; not "a Marine battalion", nor "Peru's battalion"."""
    for token in doc:
        if token.text in _UNITS and token.i and _is_unknown_name(token.nbor(-1), known) and has_label(token.nbor(-1), "compound", "flat", "nmod:desc"):
            start = _name_start(token, known)
            if start == 0 or start - 1 not in known:
                yield start, token.i + 1


def _before_fighters(doc: Doc, known: Container[int], people: Container[str]) -> Iterator[tuple[int, int]]:
    """One unknown name right before its fighters, unless it is of somebody in the document: "Zorani fighters"."""
    for token in doc:
        if token.lower_ in _FIGHTERS and token.i and _is_unknown_name(token.nbor(-1), known) and has_label(token.nbor(-1), "compound"):
            name = token.nbor(-1)
            alone = name.i == 0 or not (_is_unknown_name(name.nbor(-1), ()) or name.nbor(-1).text in HYPHENS or name.i - 1 in known)
            if alone and name.text not in people and name.ent_type_ in _NAMED:
                yield name.i, name.i + 1


def _name_start(last: Token, known: Container[int]) -> int:
    """Where the unknown name that ends in the word begins; at the word itself where none stands before it."""
    start = last.i
    while start > 0 and _is_unknown_name(last.doc[start - 1], known):
        start -= 1
    return start


def _is_unknown_name(token: Token, known: Container[int]) -> bool:
    """Whether the word is one of a name that no table knows, and says more than of which service a unit is."""
    return token.pos_ == "PROPN" and token.text[:1].isupper() and token.text[1:].islower() and token.i not in known and token.text not in _BRANCHES_OF_SERVICE
