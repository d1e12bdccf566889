"""Whose the troops, officials and protesters of a text are: role nouns become mentions of a country or of a group.

The owner is looked for, in this order, in the same noun phrase ("Russian elite troops", "Hamas fighters"), with a
person who possesses it ("Putin's forces"), in a phrase behind it ("the army of Chad", "rebels in Sudan"), at the conjunct
before ("Ukrainian soldiers and civilians"), in the place that the same predicate names, and in the article's dateline.
Parts of the state stand for their country, groups get an id of their own: VEN.opposition, or, where no country is known,
opposition@document-id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from .collectives import FIGHTERS, CollectiveMatch, Collectives, men_of, possessed_group
from .gazetteer import Actor, Match, slug
from .homes import Homes
from .mentions import HYPHENS, POSSESSIVES, Board
from .offices import Offices
from .records import ActorKind
from .syntax import children, describes_name, first_conjunct, has_label, preposition
from .voices import IN_ARMS

if TYPE_CHECKING:
    from spacy.tokens import Token

# Who is often abroad, as officials are: where they are does not tell whose they are.
_ABROAD = frozenset({"forces", "diplomats", "peacekeepers", "aid workers", "aid groups", "charities", "volunteers", "journalists", "commentators", "media", "publishers", "businesses"})
_PEOPLE = frozenset({"civilians", "voters"})
"""Groups of a people that are the people itself."""
_ARMED = frozenset({"forces", "army", "rebels", "militants", "fighters", "gunmen", "militias", "separatists"})
_TIES = frozenset({"led", "backed", "aligned", "allied", "supported", "sponsored", "linked", "trained", "funded", "armed"})
_QUALITIES = frozenset({"leadership", "intelligence"})
"""What somebody may also have, or gather."""
_CABINETS = frozenset({"war", "coalition", "unity", "crisis", "shadow", "security", "caretaker", "transition", "minority", "rump", "opposition"})
"""Of which kind a cabinet of ministers is."""
_MINORITIES = frozenset({"minority", "ethnic minority"})
_OWN_SECTOR = frozenset({"REB", "UAF", "CRM", "OPP", "BUS", "MED", "NGO"})
_AT_HOME = frozenset({"of", "in", "from", "for", "throughout", "across"})
"""Before the country whose they are: "students throughout Chad"."""
_PARTICIPLES = frozenset({"VBN", "VBD", "VBG", "JJ"})
_NOUNS = frozenset({"NOUN", "PROPN", ""})
_PREMODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})


def role_nouns(board: Board, matches: Iterable[Match]) -> list[CollectiveMatch]:
    """The role nouns of the Doc that the tagger takes for nouns, compounds of two joined ("rebel army officers").

    What is part of a name is none ("State Department").
    """
    covering = {i: match for match in matches for i in range(match.start, match.end)}
    found = []
    for role in Collectives.load().match(board.doc):
        match = covering.get(role.head)
        if board.doc[role.head].pos_ in _NOUNS and (match is None or match.start > role.start or match.end < role.end):
            found.append(role)
    joined: list[CollectiveMatch] = []
    for role in found:
        before = joined[-1] if joined else None
        if before is None or before.end != role.start or not _modifies(board, before, role):
            joined.append(role)
            continue
        kept = role.collective if role.collective.rank == "group" else before.collective
        joined[-1] = CollectiveMatch(before.start, role.end, role.head, kept, role.plural)
    return joined


def _modifies(board: Board, role: CollectiveMatch, following: CollectiveMatch) -> bool:
    token = board.doc[role.head]
    return not board.parsed or (has_label(token, "compound", "amod") and token.head.i == following.head)


class RoleGroups:
    """Adds the role nouns of one Doc to its board; people and names must be known by then."""

    def __init__(self, board: Board, offices: Offices, held: frozenset[str], dateline: str | None) -> None:
        """`held` are the titles, lower case, that people of the document bear: "the president" alone is then one of them.

        `dateline` is the code of the country that the article is from.
        """
        self._board = board
        self._doc = board.doc
        self._homes = Homes(board, dateline)
        self._offices = offices
        self._held = held

    def add(self, roles: Sequence[CollectiveMatch]) -> None:
        """Enter a mention for each role noun that names an actor."""
        for role in roles:
            if self._board.is_taken(role.start, role.end) or not self._acts(role):
                continue
            owner, start, end = self._owner(role)
            actor, sector = self._actor(role, owner)
            if actor is None:
                self._add_bare(role, owner is not None)
                continue
            if self._board.is_taken(start, end):
                start, end = role.start, role.end
            self._board.add(start, end, actor, sector, "collective", role.head)

    def _acts(self, role: CollectiveMatch) -> bool:
        """Whether the noun names an actor.

        It does not before the name that it describes ("President Xi", "the militant group Hamas"), when it is former, and when it
        is an attitude ("opposition to the plan").
        """
        head, behind = self._doc[role.head], self._board.at.get(role.end)
        if (
            behind is not None
            and behind.name is not None
            and behind.name.actor.kind is ActorKind.ORGANISATION
            and behind.name.form == "name"
        ):
            return False
        following = self._doc[role.end] if role.end < len(self._doc) else None
        if role.collective.noun == "opposition" and following is not None and following.lower_ in ("to", "from") and following.pos_ != "PART":
            return False
        if head.tag_ == "NN" and head.lower_ in _QUALITIES and not children(head, "det", "amod", "compound", "nmod", "nmod:poss", "nummod", "conj"):
            return False  # "looked to him for leadership"
        if role.collective.name in FIGHTERS and not role.plural and _describes_name(head):
            return False  # "the extremist Red Lance", whoever they are
        if head.lemma_.lower() == "cabinet" and any(word.pos_ == "NOUN" and word.lower_ not in _CABINETS for word in children(head, "compound")):
            return False  # "a filing cabinet", "a relay cabinet"
        if head.lemma_.lower() == "side" and self._is_elsewhere(role):
            return False
        if role.collective.sector in IN_ARMS and describes_name(head) and self._is_body(head.head):
            return False  # "the Amber Front, a Chadian militia": one actor, not two
        if role.collective.head_only and has_label(head, "amod", "compound"):
            return False
        if has_label(head, "nmod:desc", "flat") or any(
            self._offices.is_former_word(child) for child in children(head, "amod", "compound", "advmod")
        ):
            return False
        office = self._offices.title(role.collective.noun.lower())
        return role.plural or office is None or not any(self._is_person(i) for i in self._beside(role))

    def _is_body(self, word: Token) -> bool:
        """Whether the word is of an organisation's or a group's name."""
        match = self._board.at.get(word.i)
        if match is not None and match.name is not None:
            return match.name.actor.kind in (ActorKind.ORGANISATION, ActorKind.GROUP)
        return word.ent_type_ == "ORG"

    def _is_elsewhere(self, role: CollectiveMatch) -> bool:
        """Whether the noun is part of another country than the one before it: "the Greek side of Cyprus"."""
        own = self._name_before(role)
        parts = [part for part in children(self._doc[role.head], "nmod") if preposition(part) in ("of", "in")]
        places = [match.name.actor for part in parts for word in part.subtree if (match := self._board.at.get(word.i)) is not None and match.name is not None]
        return own is not None and own.name is not None and any(place.kind is ActorKind.COUNTRY and place.id != own.name.actor.id for place in places)

    def _beside(self, role: CollectiveMatch) -> Iterator[int]:
        """Tokens that would be the name of the one who holds the office: next to it or in apposition."""
        head = self._doc[role.head]
        yield role.end
        if role.end < len(self._doc) and self._doc[role.end].text == ",":
            yield role.end + 1
        yield from (token.i for token in children(head, "appos", "flat"))
        if has_label(head, "appos"):
            yield head.head.i

    def _is_person(self, i: int) -> bool:
        return any(mention.form == "person" and mention.start <= i < mention.end for mention in self._board.mentions)

    # Owners

    def _owner(self, role: CollectiveMatch) -> tuple[Match | Actor | None, int, int]:
        """Whose role it is, a name or a country, with the place of the whole mention."""
        match = self._name_before(role)
        if match is not None:
            body = self._body_behind(role)
            return (match, match.start, role.end) if body is None else (body, match.start, body.end)
        head = self._doc[role.head]
        for child in children(head, "nmod:poss", "compound"):
            person = self._board.mention_at(child.i)
            if person is not None and person.form == "person":
                return self._board.gazetteer.country(person.actor.country) or person.actor, role.start, role.end
        for child in children(head, "nmod"):  # "the government of President N. N."
            person = self._board.mention_at(child.i) if self._is_somebodys(role) and preposition(child) == "of" else None
            if person is not None and person.form == "person":
                return self._board.gazetteer.country(person.actor.country) or person.actor, role.start, role.end
        possessed = bool(children(head, "nmod:poss"))
        for case, match in self._names_behind(role):
            if match.name is None or case not in _AT_HOME or self._modifies_another(role, match):
                continue
            if possessed and case != "of":  # "his ambassador from Nairobi"
                continue
            if case in ("in", "throughout", "across") and role.collective.name in _ABROAD:
                continue
            if case != "of" and match.name.form == "capital" and match.name.actor.kind is not ActorKind.COUNTRY:
                continue
            inside = case == "of" or (case == "in" and role.collective.rank == "state")
            return match, role.start, match.end if inside and match.start > role.head else role.end
        return self._owner_behind(head) or self._owner_of_conjunct(role), role.start, role.end

    def _body_behind(self, role: CollectiveMatch) -> Match | None:
        """The organisation that fighters are of, wherever they are from: "Chadian rebels of the Amber Front"."""
        if role.collective.name not in FIGHTERS:
            return None
        found = (match for case, match in self._names_behind(role) if case == "of" and match.name is not None and match.start > role.head)
        return next((match for match in found if match.name is not None and match.name.actor.kind is ActorKind.ORGANISATION), None)

    @staticmethod
    def _is_somebodys(role: CollectiveMatch) -> bool:
        """Whether it is called by the one who leads it: "the government of President N. N.", "the party of N. N."."""
        return role.collective.rank == "state" or role.collective.name in ("party", "supporters")

    def _owner_behind(self, head: Token) -> Match | None:
        """The country of those whom the noun's people are from, or of the noun beside it: "doctors from two Peruvian charities",
        "the government and people of Peru"."""
        for group in children(head, "nmod"):
            if preposition(group) == "from":
                owners = [self._board.at[word.i] for word in children(group, "amod", "compound") if word.i in self._board.at]
                if owners and owners[0].name is not None and owners[0].name.actor.kind is ActorKind.COUNTRY:
                    return owners[0]
        beside = next(iter(children(head, "conj")), None)
        if beside is None or children(head, "nmod", "nmod:poss", "amod") or children(beside, "det") or beside.i > head.i + 2:
            return None
        return next((self._board.at[owner.i] for owner in children(beside, "nmod") if preposition(owner) == "of" and owner.i in self._board.at), None)

    def _names_behind(self, role: CollectiveMatch) -> Iterator[tuple[str, Match]]:
        """The names in phrases behind the noun, with their preposition: those that follow at once, then those of the tree."""
        i = role.end + 1
        while i < len(self._doc) and self._doc[i].pos_ == "DET":
            i += 1
        if i in self._board.at and self._doc[role.end].lower_ in ("of", "in"):
            yield self._doc[role.end].lower_, self._board.at[i]
        for child in children(self._doc[role.head], "nmod"):
            if child.i in self._board.at:
                yield preposition(child), self._board.at[child.i]

    def _modifies_another(self, role: CollectiveMatch, match: Match) -> bool:
        """Whether the name belongs to a noun behind it: "the bombers of the U.S. airliner", "leaders of Chad's new army".

        After a noun in the singular the "'s" is its own: "the government of Chad's offer".
        """
        token = self._doc[self._board.head(match.start, match.end)]
        if has_label(token, "amod", "compound") and token.head.i >= match.end:
            return True
        return (
            role.plural and match.end < len(self._doc) and (self._doc[match.end].tag_ == "POS" or self._doc[match.end].text in POSSESSIVES)
        )

    def _name_before(self, role: CollectiveMatch) -> Match | None:
        """The name before the noun, in the same noun phrase: "Russian elite troops", "Russia's army"."""
        for i in range(role.start - 1, -1, -1):
            token, match = self._doc[i], self._board.at.get(i)
            if match is not None:
                return match if self._governs(role, match) else None
            if i in self._board.taken or not (token.pos_ in _PREMODIFIERS or token.tag_ == "POS" or token.text in POSSESSIVES | HYPHENS):
                return None
        return None

    def _governs(self, role: CollectiveMatch, match: Match) -> bool:
        """Whether the noun, or the noun that it modifies, is at most three steps above the name in the tree."""
        if not self._board.parsed:
            return True
        after = self._doc[match.end : match.end + 2]
        if len(after) == 2 and after[0].text in HYPHENS and after[1].tag_ in _PARTICIPLES:
            return False
        above = {role.head}
        token = self._doc[role.head]
        while has_label(token, "compound", "amod") and token.head.i not in above:
            token = token.head
            above.add(token.i)
        token = self._doc[self._board.head(match.start, match.end)]
        for _ in range(3):
            if token.head.i == token.i:
                return False
            token = token.head
            if token.i in above:
                return True
        return False

    def _owner_of_conjunct(self, role: CollectiveMatch) -> Actor | None:
        head = self._doc[role.head]
        if not has_label(head, "conj") or children(head, "nmod:poss", "det", "nummod"):
            return None
        behind = self._board.at.get(role.end + 1)
        if behind is not None and self._doc[role.end].lower_ == "from":  # "Belarusian officials and companies from Russia"
            return behind.name.actor if behind.name is not None and behind.name.actor.kind is ActorKind.COUNTRY else None
        first = self._board.mention_at(first_conjunct(head).i)
        return self._board.gazetteer.country(first.actor.country) if first is not None and first.form == "collective" and first.end <= role.start else None

    # Actors

    def _actor(self, role: CollectiveMatch, owner: Match | Actor | None) -> tuple[Actor | None, str | None]:
        """Who the owned role is; no actor where the owner does not make it one ("EU citizens")."""
        row = role.collective
        name = owner.name if isinstance(owner, Match) else None
        actor = name.actor if name is not None else owner if isinstance(owner, Actor) else None
        if actor is not None and actor.kind is ActorKind.PERSON and row.rank == "group":
            row = men_of(actor, row)
            return possessed_group(actor, row), row.sector
        if actor is None or actor.kind is ActorKind.PERSON or (name is not None and name.form == "place" and row.noun == "bomber"):
            return None, None  # "the Leeds bomber" is no aircraft
        if actor.kind is ActorKind.COUNTRY:
            if row.noun in _MINORITIES:  # the Hungarian minority is not of Hungary
                people = self._board.gazetteer.lookup(f"ethnic {self._board.gazetteer.adjective(actor.id)}")
                return (people.actor, row.sector) if people is not None else (None, None)
            if row.rank == "group":
                return self._group_of(actor, row.name), row.sector
            return actor, (name.sector if name is not None and name.form == "seat" else None) or row.sector
        if actor.kind is ActorKind.ORGANISATION and row.rank == "group" and row.name not in FIGHTERS:
            return None, None
        if actor.kind is ActorKind.GROUP and row.rank == "group" and row.name not in _PEOPLE and (name is None or not name.sector):
            return self._group_of(actor, row.name), row.sector  # Hutu rebels are not the Hutus, Hutu civilians are
        own = name.sector if name is not None and (name.sector in _OWN_SECTOR or row.sector == "GOV") else None
        return actor, own or row.sector

    def _add_bare(self, role: CollectiveMatch, foreign: bool) -> None:
        """A role noun without an owner: the country that its predicate names as a place, the dateline's, or nobody's.

        What a pronoun possesses ("its troops", "his party"), and a part of the state whose owner is unknown, is left to whom the
        possessor turns out to be.
        """
        row, head = role.collective, self._doc[role.head]
        possessors = _possessors(head)
        owned = bool(possessors) or foreign
        if (row.owned and not self._is_counted(role)) or (owned and (row.rank == "state" or any(noun.pos_ == "PRON" for noun in possessors))):
            return
        office = self._offices.title(role.collective.noun)
        single = not role.plural and office is not None
        if single and (owned or row.noun in self._held or any(preposition(child) == "of" for child in children(head, "nmod"))):
            return
        abroad = (row.name in _ABROAD and not self._homes.fights_beside(head)) or row.sector == "GOV"
        homes = self._homes
        country = None if owned else homes.spoken_from(role) or homes.ruled(head) or (None if abroad else homes.scene(head)) or homes.told_before(role) or homes.of_dateline(role)
        if country is None and single:
            return
        if country is None:
            name = "ministers" if office is not None and office.kind == "minister" else row.name  # of defence, yet no army
            actor = self._led(role) or Actor(f"{slug(name)}@{self._board.document.id}", name, ActorKind.GROUP)
        else:
            actor = country if row.rank == "state" else self._group_of(country, row.name)
        self._board.add(role.start, role.end, actor, row.sector, "collective", role.head)

    def _led(self, role: CollectiveMatch) -> Actor | None:
        """A group that is known by who leads or backs it: "Vietnamese-led forces", "Iran-backed militias"."""
        doc, i = self._doc, role.start
        tied = i >= 3 and doc[i - 1].lower_ in _TIES and doc[i - 2].text in HYPHENS and i - 3 in self._board.at
        if not tied or role.collective.name not in _ARMED:
            return None
        name = f"{doc[self._board.at[i - 3].start : i].text} {role.collective.name}"
        return Actor(slug(name), name, ActorKind.GROUP)

    def _is_counted(self, role: CollectiveMatch) -> bool:
        """Whether it is so many people, who need no country to be somebody: "killed 28 people"."""
        return role.collective.noun == "people" and bool(children(self._doc[role.head], "nummod"))

    def _group_of(self, whole: Actor, name: str) -> Actor:
        """The group of a country or of a people: VEN.opposition, hutus.rebels."""
        adjective = self._board.gazetteer.adjective(whole.id) or whole.name
        return Actor(f"{whole.id}.{slug(name)}", f"{adjective} {name}", ActorKind.GROUP, whole.country)


def _describes_name(noun: Token) -> bool:
    """Whether the noun only says what kind the name behind it is of, also where parsers give the name its article and leave the noun beside it."""
    if has_label(noun, "amod", "compound"):
        return noun.head.pos_ == "PROPN" and noun.head.i > noun.i
    name = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    return noun.i > 0 and name.pos_ == "PROPN" and noun.nbor(-1).pos_ == "DET" and noun.nbor(-1).head.i == name.i


def _possessors(noun: Token) -> list[Token]:
    """Whose it is; of a conjunct without a determiner whose the first is: "his family and fellow soldiers"."""
    first = first_conjunct(noun)
    return children(noun, "nmod:poss") or (children(first, "nmod:poss") if first.i < noun.i and not children(noun, "det", "nummod") else [])
