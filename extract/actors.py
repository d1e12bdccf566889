"""Who is an actor in a text: names, adjectives, metonyms, role nouns, people, organisations and places become mentions.

    gazetteer names  →  people  →  role nouns with their country  →  other organisations  →  other places

A mention is the shortest noun phrase that names the actor: "North Korean troops", "the Kremlin" without its article,
"Russia's army", "Xi Jinping" without his title. Mentions never overlap. Pronouns and definite nouns ("the country") are
the business of coreference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from .collectives import CollectiveMatch, Collectives
from .gazetteer import Actor, Gazetteer, Match, Name, slug
from .offices import Office, Offices
from .people import SUFFIXES, People, PersonName, join_name
from .places import country_of_city, dateline_country
from .records import ActorKind, Document
from .syntax import children, first_conjunct, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["Actor", "Mention", "Office", "Offices", "find_mentions"]

MentionForm = Literal["name", "adjective", "people", "metonym", "collective", "person", "place", "pronoun"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that names an actor. Two are equal when all fields are.

    `start` and `end` are tokens of the Doc, end exclusive; `head` is the token that a predicate's role points to;
    `sector` is PLOVER's (GOV MIL COP JUD LEG SPY OPP REB CVL BUS MED EDU CRM UAF IGO NGO REL LAB PTY HLH), or None.

    | form | what | example |
    |---|---|---|
    | name | name of a country, organisation or group | Russia, Hamas, the West |
    | adjective | adjective of a country or group beside a noun | Russian (attack) |
    | people | noun of a people | Russians, the Chinese |
    | metonym | capital or seat that stands for its government | Moscow, the Kremlin |
    | collective | role noun, with or without its country | North Korean troops, rebels |
    | person | person by name | Xi Jinping, Xi |
    | place | place of a country, or a country or capital as a place | Kharkiv, (in) Moscow |
    | pronoun | pronoun or definite noun resolved by coreference | its, the country |
    """

    start: int
    end: int
    head: int
    actor: Actor
    sector: str | None
    form: MentionForm


_LOCATIVE = frozenset({"in", "near", "at", "inside", "outside", "around", "across", "throughout", "within", "into", "off", "via", "through", "over", "beyond", "along", "above", "outside of", "inside of", "near to", "out of", "north of", "south of", "east of", "west of"})  # fmt: skip
_TOWARDS = frozenset({"to", "toward", "towards", "from", "for", "via"})
_MOTION = frozenset({"go", "come", "travel", "fly", "arrive", "return", "head", "move", "walk", "drive", "sail", "march", "flee", "leave", "depart", "trip", "visit", "journey", "flight", "tour", "voyage", "route", "road", "way", "bring", "take", "land", "evacuate"})  # fmt: skip
_AGAINST = frozenset({"pro", "anti", "non", "ex", "post", "trans", "un"})
_FIGHTERS = frozenset({"rebels", "militants", "fighters", "gunmen", "militias", "separatists", "peacekeepers", "aid workers", "party", "journalists", "terrorists"})  # fmt: skip
_OWN_SECTOR = frozenset({"REB", "UAF", "CRM", "OPP", "BUS", "MED", "NGO"})
_SMALL_WORDS = frozenset({"of", "for", "and", "the", "in", "on", "&", "'s", "’s", "'", "’", "-", "–", ",", ".", "to", "de", "del", "la", "al", "el", "di", "du", "des", "der", "und", "et", "e", "y"})  # fmt: skip


def find_mentions(doc: Doc, document: Document, gazetteer: Gazetteer) -> list[Mention]:
    """The mentions of a parsed Doc in the order of the text, none overlapping.

    `doc` needs entities and a parse with Universal Dependencies labels; `document` gives the id that surnames and role
    groups without a country carry, and the text for its dateline.
    """
    return _Finder(doc, document, gazetteer).find()


class _Finder:
    """The work on one Doc: which tokens are taken, and what is known of the document so far."""

    def __init__(self, doc: Doc, document: Document, gazetteer: Gazetteer) -> None:
        self.doc = doc
        self.document = document
        self.gazetteer = gazetteer
        self.offices = Offices.load()
        self.mentions: list[Mention] = []
        self.taken = [False] * len(doc)
        self.parsed = doc.has_annotation("DEP")

    def find(self) -> list[Mention]:
        self.matches = self.gazetteer.match(self.doc)
        roles = self._role_nouns()
        organisations = self._organisation_spans(roles)
        inside = {i for start, end in organisations for i in range(start, end)}
        roles = [role for role in roles if role.head not in inside]
        persons = self._person_spans()
        self.named = self._named(organisations, persons)
        self.at = {i: match for match in self.named for i in range(match.start, match.end)}
        self.people = self._people(persons)
        self._title_countries(persons)
        for start, end, name, spelling in persons:
            if not self._is_taken(start, end) and (start not in self.at or name.is_full):
                self._add(start, end, self.people.resolve(name, spelling), None, "person")
        self._roles(roles)
        for match in self.named:
            if not self._is_taken(match.start, match.end):
                self._add_name(match)
        self._organisations(organisations)
        self._loose_surnames()
        self._places()
        return sorted(self.mentions, key=lambda mention: mention.start)

    # Names

    def _named(self, organisations: list[tuple[int, int]], persons: list[tuple[int, int, PersonName, str]]) -> list[Match]:
        """The gazetteer's matches without those inside a longer name of an organisation or a full name of a person."""
        inside = {i for start, end in organisations for i in range(start, end)}
        inside |= {i for start, end, name, _ in persons if name.is_full for i in range(start, end)}
        named = []
        for match in self.matches:
            if match.name is None:
                for i in range(match.start, match.end):
                    if self.doc[i].ent_type_ not in ("ORG", "PERSON"):
                        self.taken[i] = True
            elif not inside.intersection(range(match.start, match.end)) and not self._is_prefixed(match.start):
                named.append(match)
        return named

    def _is_prefixed(self, start: int) -> bool:
        """Whether "anti-" or its like stands before: what is anti-Western is not of the West."""
        return start >= 2 and self.doc[start - 1].text in ("-", "–") and self.doc[start - 2].lower_ in _AGAINST

    def _add_name(self, match: Match) -> None:
        name = match.name
        assert name is not None
        form, sector = self._form(match, name), name.sector
        if form == "place":
            sector = None
        kind_person = name.actor.kind is ActorKind.PERSON
        self._add(match.start, match.end, name.actor, sector, "person" if kind_person else form)

    def _form(self, match: Match, name: Name) -> MentionForm:
        token = self.doc[self._head(match.start, match.end)]
        if name.form == "place":
            return "place"
        if name.form == "people":
            return "people"
        if name.form == "seat":
            return "metonym"
        if name.form == "adjective":
            modifier = (
                not self.parsed or has_label(token, "amod", "compound", "nmod:desc") or first_conjunct(token).dep_ in ("amod", "compound")
            )
            return "adjective" if modifier or token.pos_ == "ADJ" else "people"
        if name.form == "capital":
            return "place" if self._is_location(token) else "metonym"
        if has_label(token, "amod", "compound") and self.gazetteer.is_adjective(self.doc[match.start : match.end].text):
            return "adjective"
        if name.actor.kind is ActorKind.COUNTRY and self._is_location(token):
            return "place"
        return "name"

    def _is_location(self, token: Token) -> bool:
        """Whether the phrase says where: "in Moscow", "flew to Moscow"."""
        first = first_conjunct(token)
        case = preposition(first)
        if case in _LOCATIVE:
            return True
        return case in _TOWARDS and first.head.lemma_.lower() in _MOTION

    # People

    def _person_spans(self) -> list[tuple[int, int, PersonName, str]]:
        """The names of people: place, name and spelling, titles stripped."""
        covered = {i: match for match in self.matches for i in range(match.start, match.end)}
        found = []
        for ent in self.doc.ents:
            if ent.label_ not in ("PERSON", "PER"):
                continue
            start, end = self._trim_person(*_whole_name(self.doc, ent.start, ent.end))
            match = covered.get(start)
            if (
                match is not None
                and match.name is not None
                and match.start == start
                and match.name.form in ("adjective", "seat")
                and match.end < end
            ):
                start, end = self._trim_person(match.end, end)
                match = None
            if start >= end:
                continue
            if match is not None and match.name is not None and match.start <= start and match.end >= end:
                continue
            words = [token.text for token in self.doc[start:end]]
            name = PersonName(tuple(word for word in words if word not in ("-", "–", ",", "'", "’", '"')))
            if name.words and any(char.isalpha() for char in "".join(name.words)):
                found.append((start, end, name, join_name([word for word in words if word != ","])))
        return found

    def _trim_person(self, start: int, end: int) -> tuple[int, int]:
        """The place of the bare name: titles in front and "'s" behind are cut off."""
        while end > start and (
            self.doc[end - 1].text in ("'s", "’s", "'", "’") or (self.doc[end - 1].is_punct and self.doc[end - 1].lower_ not in SUFFIXES)
        ):
            end -= 1
        start += self.offices.leading_titles([token.text for token in self.doc[start:end]])
        while start < end and (self.doc[start].is_punct or self.doc[start].lower_ == "the"):
            start += 1
        return start, end

    def _people(self, persons: list[tuple[int, int, PersonName, str]]) -> People:
        known = [
            (PersonName(tuple(token.text for token in self.doc[match.start : match.end])), match.name.actor)
            for match in self.named
            if match.name is not None and match.name.actor.kind is ActorKind.PERSON
        ]
        return People(self.document.id, ((spelling, name) for _, _, name, spelling in persons), known)

    def _title_countries(self, persons: list[tuple[int, int, PersonName, str]]) -> None:
        """Take note of the country whose office a person holds: "Russian President Vladimir Putin"."""
        for start, _, name, spelling in persons:
            title = self.offices.ending_before(self.doc, start)
            if title is None or title.office.is_honorific:
                continue
            before = title.start - 1
            if before >= 0 and self.doc[before].text in ("'s", "’s", "'", "’"):
                before -= 1
            match = self.at.get(before)
            if match is not None and match.name is not None and match.name.actor.country is not None:
                self.people.set_country(self.people.resolve(name, spelling).id, match.name.actor.country)

    def _loose_surnames(self) -> None:
        """Surnames of the document's people where the entity recogniser missed them."""
        for token in self.doc:
            if self.taken[token.i] or not token.text[:1].isupper() or len(token.text) < 3 or token.ent_type_ in ("ORG", "LOC", "GPE"):
                continue
            if token.pos_ not in ("PROPN", "") or (actor := self.people.surname(token.text)) is None:
                continue
            actor = replace(actor, country=self.people.country(actor))
            self._add(token.i, token.i + 1, actor, None, "person")

    # Role nouns

    def _role_nouns(self) -> list[CollectiveMatch]:
        return [role for role in Collectives.load().match(self.doc) if self.doc[role.head].pos_ in ("NOUN", "PROPN", "ADJ", "")]

    def _roles(self, roles: list[CollectiveMatch]) -> None:
        dateline: list[str | None] = []
        for role in self._merged(roles):
            if self._is_taken(role.start, role.end) or not self._acts(role):
                continue
            owner, start, end = self._owner(role)
            if owner is None:
                if not dateline:
                    dateline.append(dateline_country(self.document.text, self.gazetteer))
                self._add_bare(role, dateline[0])
            else:
                self._add_owned(role, owner, start, end)

    def _merged(self, roles: list[CollectiveMatch]) -> Iterator[CollectiveMatch]:
        """Role nouns, a group's noun joined with the noun that it modifies: "student leaders", "rebel army officers"."""
        i = 0
        while i < len(roles):
            role = roles[i]
            while i + 1 < len(roles) and roles[i + 1].start == role.end and self._modifies(role, roles[i + 1]):
                following = roles[i + 1]
                kept = role.collective if role.collective.rank == "group" or following.collective.rank == "state" else following.collective
                role = CollectiveMatch(role.start, following.end, following.head, kept, following.plural)
                i += 1
            yield role
            i += 1

    def _modifies(self, role: CollectiveMatch, following: CollectiveMatch) -> bool:
        token = self.doc[role.head]
        return not self.parsed or (has_label(token, "compound", "amod") and token.head.i == following.head)

    def _acts(self, role: CollectiveMatch) -> bool:
        """Whether the noun names an actor here: no title of a name ("President Xi"), nothing former, no possessed other."""
        head = self.doc[role.head]
        if has_label(head, "nmod:desc", "flat") or head.ent_type_ in ("PERSON", "PER"):
            return False
        if any(self.offices.is_former_word(child) for child in children(head, "amod", "compound", "advmod")):
            return False
        if not role.plural:
            nearby = [*children(head, "appos", "flat"), *([head.head] if has_label(head, "appos") else [])]
            if any(token.ent_type_ in ("PERSON", "PER") for token in nearby):
                return False
        return True

    def _owner(self, role: CollectiveMatch) -> tuple[Match | str | None, int, int]:
        """Whose role it is: a name or the code of a country, and the place of the whole mention."""
        match = self._owner_before(role)
        if match is not None:
            return match, match.start, role.end
        head = self.doc[role.head]
        for child in children(head, "nmod:poss"):
            person = next((mention for mention in self.mentions if mention.start <= child.i < mention.end), None)
            if person is not None and person.form == "person" and person.actor.country is not None:
                return person.actor.country, role.start, role.end
        for child in children(head, "nmod"):
            case = preposition(child)
            match = self.at.get(child.i)
            if match is None or match.name is None or case not in ("of", "in", "from", "for"):
                continue
            if case == "of" or (case == "in" and role.collective.rank == "state"):
                return match, role.start, match.end
            return match, role.start, role.end
        if has_label(head, "conj"):
            first = first_conjunct(head)
            mention = next((mention for mention in self.mentions if mention.head == first.i), None)
            if mention is not None and mention.form == "collective" and mention.actor.country is not None and mention.end <= role.start:
                return mention.actor.country, role.start, role.end
        return None, role.start, role.end

    def _owner_before(self, role: CollectiveMatch) -> Match | None:
        """The name before the noun, in the same noun phrase: "Russian elite troops", "Russia's army"."""
        i = role.start - 1
        while i >= 0:
            token, match = self.doc[i], self.at.get(i)
            if match is not None:
                return match if self._governs(role.head, match) else None
            if self.taken[i] or not (
                token.pos_ in ("ADJ", "NOUN", "PROPN", "NUM") or token.text in ("'s", "’s", "'", "’", "-", "–") or token.tag_ == "POS"
            ):
                return None
            i -= 1
        return None

    def _governs(self, head: int, match: Match) -> bool:
        """Whether the noun is at most three steps above the name in the tree."""
        if not self.parsed:
            return True
        if (
            match.end + 1 < len(self.doc)
            and self.doc[match.end].text in ("-", "–")
            and self.doc[match.end + 1].tag_ in ("VBN", "VBD", "VBG", "JJ")
        ):
            return False
        token = self.doc[self._head(match.start, match.end)]
        for _ in range(3):
            if token.head.i == token.i:
                return False
            token = token.head
            if token.i == head:
                return True
        return False

    def _add_owned(self, role: CollectiveMatch, owner: Match | str, start: int, end: int) -> None:
        row = role.collective
        if isinstance(owner, str):
            actor, sector = self.gazetteer.countries[owner], None
        else:
            assert owner.name is not None
            actor, sector = owner.name.actor, owner.name.sector if owner.name.form == "seat" else None
            if actor.kind is ActorKind.PERSON:
                return self._add_bare(role, None)
        if actor.kind is ActorKind.COUNTRY:
            if row.rank == "group":
                actor, sector = self._group_of(actor, row.name), row.sector
        elif row.rank == "group" and actor.kind is ActorKind.ORGANISATION and row.name not in _FIGHTERS:
            return self._add_bare(role, None)
        elif isinstance(owner, Match) and owner.name is not None and owner.name.sector in _OWN_SECTOR:
            sector = owner.name.sector
        if self._is_taken(start, end):
            start, end = role.start, role.end
        self._add(start, end, actor, sector or row.sector, "collective", role.head)

    def _add_bare(self, role: CollectiveMatch, dateline: str | None) -> None:
        """A role noun without an owner: the one country that the sentence is set in, the dateline's, or nobody's."""
        row, head = role.collective, self.doc[role.head]
        owned = any(True for _ in children(head, "nmod:poss"))
        described = any(preposition(child) == "of" for child in children(head, "nmod"))
        if (owned or described) and row.rank == "state" and not role.plural:
            return
        code = None if owned else (self._scene(head) or dateline)
        if code is not None:
            country = self.gazetteer.countries[code]
            actor = country if row.rank == "state" else self._group_of(country, row.name)
        else:
            actor = Actor(f"{slug(row.name)}@{self.document.id}", row.name, ActorKind.GROUP)
        self._add(role.start, role.end, actor, row.sector, "collective", role.head)

    def _group_of(self, country: Actor, name: str) -> Actor:
        adjective = self.gazetteer.adjective(country.id) or country.name
        return Actor(f"{country.id}.{slug(name)}", f"{adjective} {name}", ActorKind.GROUP, country.id)

    def _scene(self, token: Token) -> str | None:
        """The one country that the sentence names as a place; None where there is none or several."""
        if not self.parsed:
            return None
        sentence = token.sent
        found = set()
        for match in self.named:
            if sentence.start <= match.start < sentence.end and match.name is not None and match.name.actor.kind is ActorKind.COUNTRY:
                head = self.doc[self._head(match.start, match.end)]
                if match.name.form == "place" or (match.name.form in ("name", "capital") and self._is_location(head)):
                    found.add(match.name.actor.id)
        return found.pop() if len(found) == 1 else None

    # Other organisations and places

    def _organisation_spans(self, roles: list[CollectiveMatch]) -> list[tuple[int, int]]:
        """Entities that are organisations of their own: no name of the gazetteer, no role noun with its country."""
        known = {i for match in self.matches for i in range(match.start, match.end)}
        nouns = {i for role in roles for i in range(role.start, role.end) if role.collective.rank == "state"}
        found = []
        for ent in self.doc.ents:
            if ent.label_ != "ORG":
                continue
            start, end = _trim_organisation(ent)
            words = [token for token in self.doc[start:end] if token.lower_ not in _SMALL_WORDS]
            if not words or all(token.i in known or token.i in nouns for token in words):
                continue
            if all(token.text[:1].isupper() or token.text[:1].isdigit() for token in words):
                found.append((start, end))
        return found

    def _organisations(self, spans: list[tuple[int, int]]) -> None:
        acronyms: dict[str, Actor] = {}
        pending = []
        for start, end in spans:
            if self._is_taken(start, end):
                continue
            text = self.doc[start:end].text
            if text.isupper() and " " not in text:
                pending.append((start, end, text))
                continue
            country = next((match.name.actor.country for match in self.matches if match.name and start <= match.start < end), None)
            actor = Actor(slug(text), text, ActorKind.ORGANISATION, country)
            if not actor.id:
                continue
            if end + 2 < len(self.doc) and self.doc[end].text == "(" and self.doc[end + 2].text == ")" and self.doc[end + 1].text.isupper():
                acronyms.setdefault(self.doc[end + 1].text, actor)
                self._add(end + 1, end + 2, actor, None, "name") if not self.taken[end + 1] else None
            self._add(start, end, actor, None, "name")
        for start, end, text in pending:
            if not self._is_taken(start, end):
                self._add(start, end, acronyms.get(text) or Actor(slug(text), text, ActorKind.ORGANISATION), None, "name")

    def _places(self) -> None:
        named: set[str] | None = None
        for ent in self.doc.ents:
            if ent.label_ not in ("LOC", "GPE") or self._is_taken(ent.start, ent.end):
                continue
            start = ent.start + 1 if ent[0].lower_ == "the" else ent.start
            if named is None:
                named = {match.name.actor.id for match in self.named if match.name is not None}
            code = country_of_city(self.doc[start : ent.end].text, named)
            country = self.gazetteer.country(code) if code else None
            if country is not None:
                self._add(start, ent.end, country, None, "place")

    # Bookkeeping

    def _add(self, start: int, end: int, actor: Actor, sector: str | None, form: MentionForm, head: int | None = None) -> None:
        self.mentions.append(Mention(start, end, self._head(start, end) if head is None else head, actor, sector, form))
        for i in range(start, end):
            self.taken[i] = True

    def _is_taken(self, start: int, end: int) -> bool:
        return any(self.taken[start:end])

    def _head(self, start: int, end: int) -> int:
        """The token of the span whose head lies outside; the last one where nothing is parsed."""
        if not self.parsed:
            return end - 1
        return next((i for i in range(start, end) if not start <= self.doc[i].head.i < end or self.doc[i].head.i == i), end - 1)


def _whole_name(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The name with what the recogniser cut off at a hyphen: "Kim Jong" in "Kim Jong-un"."""
    while end + 1 < len(doc) and doc[end].text in ("-", "–") and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        if not doc[end + 1].text[:1].isalpha() or doc[end + 1].tag_ in ("VBN", "VBD", "VBG"):
            break
        end += 2
    while (
        start >= 2
        and doc[start - 1].text == "-"
        and not doc[start - 1].whitespace_
        and not doc[start - 2].whitespace_
        and doc[start - 2].text[:1].isupper()
    ):
        start -= 2
    return start, end


def _trim_organisation(ent: Span) -> tuple[int, int]:
    start, end = ent.start, ent.end
    while start < end and (ent.doc[start].lower_ in ("the", "a", "an") or ent.doc[start].is_punct):
        start += 1
    while end > start and (ent.doc[end - 1].text in ("'s", "’s", "'", "’") or ent.doc[end - 1].is_punct):
        end -= 1
    return start, end
