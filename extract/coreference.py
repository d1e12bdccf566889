"""Pronouns and definite nouns that stand for an actor named elsewhere in the document, and nothing where that is unsure.

Whom "he", "she" and "it" take up a ranker has learned (antecedents.py); rules around it say what grammar binds (the object that
controls an infinitive, whose struggle one is helped in) and what is never meant (one of several side by side, a thing for a
person). Where the ranker is silent of "it", and for plurals and definite nouns, rules go by the order of trust: the subject of
the clause, what the sentence leaves no choice about, the subject of the sentence before. That order follows the salience of
grammatical roles in centering theory (Grosz, Joshi, Weinstein, "Centering", Computational Linguistics 21, 1995). A resolved
mention keeps its own words and offsets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from .actors import Actor, Mention, Offices
from .antecedents import load_ranker
from .associates import Associates
from .binding import controlled, helped_one, stated
from .bodies import NOUNS, Bodies
from .deeds import Deeds
from .discourse import COUNTRY, NAME, PERSON, TOWN
from .fillers import ActorIndex
from .gazetteer import slug
from .incumbents import Incumbents
from .known_as import country_known_as, known_as
from .located import locate
from .mentions import the_only
from .nearby import Nearby, is_only_owner
from .not_ones_own import is_anothers, is_object, objects, others
from .pairs import Pairs
from .reasons import criticised_before, judged_ones
from .records import ActorKind
from .syntax import child, children, clause, coordination, has_label, subject
from .voices import ARMED, FIRST_PERSON, FIRST_PERSONS, Voices

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from .offices import OfficeMatch

_PERSONAL = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
_SINGULAR = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves", "each other", "one another"})
_IMPERSONAL = _SINGULAR | _PLURAL
_THIRD = _IMPERSONAL | _PERSONAL
_TAKING_UP = _THIRD | FIRST_PERSON | FIRST_PERSONS | {"each", "two"}
_NOMINAL = frozenset({"NOUN", "ADJ", "PROPN"})
_COUNTRY_NOUNS = frozenset({"country", "nation", "republic", "kingdom", "monarchy", "sultanate", "emirate"})
_STATE_NOUNS = frozenset({"state", "government", "side", "neighbor", "neighbour", "power", "capital"})
_BODIES = _COUNTRY_NOUNS | _STATE_NOUNS | NOUNS
_LEADERS = ("president", "prime minister", "chancellor", "king", "queen")
_DEFINITE = frozenset({"the", "this", "that"})
_COMPASS = {"north": "PRK", "south": "KOR"}
SURE = 0.3
"""The least sureness of a learned link that is taken; chosen on gum-dev for a precision of 0.78."""
_PERSONS = (ActorKind.PERSON,)
_NO_ADJECTIVES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class References:
    """All mentions of a document, and chains of spans (first token, end) that mean the same, those without an actor too."""

    mentions: list[Mention]
    chains: list[list[tuple[int, int]]]


def resolve_references(
    doc: Doc, mentions: Sequence[Mention], document_id: str = "text", adjectives: Mapping[str, str] = _NO_ADJECTIVES
) -> list[Mention]:
    """All mentions of the document: those given, role nouns given the country that the rest of the text tells, and those resolved here.

    `adjectives` are those of the countries by code, for the names of groups. Sorted by start, end and actor. One word may name several actors ("both countries"): then several mentions share its span.
    """
    return read_references(doc, mentions, document_id, adjectives).mentions


def read_references(
    doc: Doc, mentions: Sequence[Mention], document_id: str = "text", adjectives: Mapping[str, str] = _NO_ADJECTIVES
) -> References:
    """The mentions of `resolve_references`, and what means the same."""
    resolver = _Resolver(doc, locate(doc, mentions), document_id, adjectives)
    found = [*resolver.given, *resolver.resolve()]
    found.sort(key=lambda mention: (mention.start, mention.end, mention.actor.id))
    return References(found, resolver.chains(found))


def clusters(doc: Doc, chains: Iterable[Sequence[tuple[int, int]]]) -> list[list[Span]]:
    """The spans of what is mentioned more than once, in the order of their first."""
    found = [sorted(set(chain)) for chain in chains]
    return [[doc[start:end] for start, end in chain] for chain in sorted(found) if len(chain) > 1]


def _tells_which(clause_: Token, noun: Token) -> bool:
    """Whether the clause behind a noun says which is meant; not one behind a comma, nor what an object does or is accused of."""
    if noun.i + 1 < len(noun.doc) and noun.nbor(1).text == ",":
        return False
    return not (has_label(noun, "obj", "iobj") and any(mark.lower_ in ("to", "of") for mark in children(clause_, "mark")))


class _Resolver:
    """Goes through a document once, from left to right, so that a resolved pronoun can be the antecedent of the next."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], document_id: str, adjectives: Mapping[str, str]) -> None:
        self._doc = doc
        self.given = mentions
        self._document_id = document_id
        self._mentions = list(mentions)
        self._covered = {i for mention in mentions for i in range(mention.start, mention.end)}
        self._index = ActorIndex(doc, self._mentions)
        self._countries = {mention.actor.id: mention for mention in reversed(mentions) if mention.actor.kind is ActorKind.COUNTRY}
        self._offices_table = Offices.load()
        incumbents = Incumbents(doc, mentions, self._index, self._offices_table)
        self._holders = incumbents.holders()
        self._sentences = [(sentence.start, sentence.end) for sentence in doc.sents]
        self._near = Nearby(doc, self._sentences, self._mentions, self._index)
        self._pairs = Pairs(mentions, self._near)
        self._bodies = Bodies(doc, self._sentences, mentions, self._mentions, self._index, self._near)
        sides = incumbents.sides(self._countries, document_id)
        self._sides = sides
        self._voices = Voices(doc, self._sentences, self._actors_of, sides)
        self._deeds = Deeds(doc, self._index)
        self._associates = Associates(self._index, sides, adjectives)
        links, discourse = load_ranker().links(doc, mentions)
        self._links, self._rows = {link.head: link for link in links if link.sureness >= SURE}, discourse.rows
        by_span = {(mention.start, mention.end): mention for mention in mentions}
        rows = [(row.key, mention) for row in discourse.rows if (mention := by_span.get((row.start, row.end))) is not None]
        self._by_key = {key: mention for key, mention in reversed(rows) if not key.startswith(TOWN)}

    def resolve(self) -> Iterator[Mention]:
        for number, (start, end) in enumerate(self._sentences):
            for token in self._doc[start:end]:
                if token.i in self._covered or not (token.pos_ in _NOMINAL or token.lower_ in _TAKING_UP):
                    continue
                tied = self._associates.find(token)
                if tied is not None:
                    self._mentions.append(tied)
                    self._index.add(tied)
                    yield tied
                    continue
                for antecedent in self._antecedents(token, number):
                    mention = Mention(token.i, token.i + 1, token.i, antecedent.actor, antecedent.sector, "pronoun")
                    mention = self._with_determiner(token, mention)
                    self._mentions.append(mention)
                    self._index.add(mention)
                    yield mention

    def chains(self, mentions: Sequence[Mention]) -> list[list[tuple[int, int]]]:
        """Spans that mean the same: names and what is learned to take them up; "I" by whose words it is in.

        A town, a group and a name without an actor have chains of their own. What rules alone read ("it", "they", "we" for whom
        one speaks) relates actors, yet is less sure than a link, or no identity.
        """
        keys = {(row.start, row.end): row.key for row in self._rows if row.type == NAME or row.kind is not None}
        chains: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for span, key in keys.items():
            chains[key].append(span)
        for mention in mentions:
            if self._doc[mention.head].lower_ in FIRST_PERSON and mention.actor.id in chains:
                chains[mention.actor.id].append((mention.start, mention.end))
        single = {row.key for row in self._rows if row.type == NAME and row.kind in (PERSON, COUNTRY)}
        for link in self._links.values():
            several = self._doc[link.head].lower_ in _PLURAL and link.entity in single  # "they" for Kenya and Chad is neither of them
            if link.entity in chains and not several:
                chains[link.entity].append((link.start, link.end))
        return list(chains.values())

    def _with_determiner(self, token: Token, mention: Mention) -> Mention:
        """A definite noun's mention takes its determiner in: "the country", "both nations"."""
        if token.pos_ == "PRON":
            return mention
        words = [token.i, *(word.i for word in children(token, "det", "nummod", "compound", "amod") if word.i < token.i)]
        return replace(mention, start=min(words))

    def _antecedents(self, token: Token, number: int) -> list[Mention]:
        word = token.lower_
        if token.pos_ == "PRON" and has_label(token, "expl"):
            return []
        if word in _IMPERSONAL and (helped := helped_one(token, self._index)):
            return the_only(helped)
        if word in ("its", "their") and is_anothers(token) and (doers := self._near.doers(token)):
            return others(token, number, doers, self._near)
        if is_object(token) and (doers := self._near.doers(token)):
            told = [mention for mention in self._by_rules(token, number) if mention.actor.id not in doers]
            return told if len(told) > (word == "them") else objects(token, number, doers, self._near)
        return self._by_rules(token, number)

    def _by_rules(self, token: Token, number: int) -> list[Mention]:
        """Whom a word takes up by what it is."""
        word = token.lower_
        if word in _SINGULAR and any(other.lower_ == "own" for other in children(token.head, "amod")):  # "its own" is the subject's
            owner = the_only([mention for mention in self._near.clause_subjects(token) if mention.actor.kind is not ActorKind.PERSON])
            if owner:
                return owner
        if word in _THIRD and (found := judged_ones(token, self._index, several=word in _PLURAL, person=word in _PERSONAL)):
            return found
        if word in _PERSONAL:
            return criticised_before(token, self._index) or self._learned(token, _PERSONS)
        if word in _SINGULAR:
            kinds = (ActorKind.COUNTRY, ActorKind.ORGANISATION, ActorKind.GROUP)
            if self._takes_up_unknown(token):
                return []
            for bound in (controlled(token, self._index), stated(token, self._near)):
                if found := the_only([mention for mention in bound if mention.actor.kind in kinds]):
                    return found
            return [m for m in self._learned(token, kinds) or the_only(self._near.bound(token, number, kinds)) if self._may_be_it(m, token)]
        if word in _PLURAL:
            return self._plural(token, number)
        if word in FIRST_PERSON:
            return self._voices.one(token, number)
        if word in FIRST_PERSONS:
            return self._voices.several(token, number)
        if word == "each" and has_label(token, "nsubj") and not children(token, "nmod"):
            return self._pairs.both(token, number, tuple(ActorKind))
        if token.pos_ in _NOMINAL or word == "two":
            return self._deeds.doers(token) or self._definite(token, number)
        return []

    def _takes_up_unknown(self, token: Token) -> bool:
        """Whether the subject of the clause is a country, state or body that is nobody known: "his country will defend itself"."""
        found = subject(clause(token))
        if found is None or found.right_edge.i >= token.i or any(filling.direct for filling in self._index.of(found)):
            return False
        return token.lower_ == "itself" or found.lemma_.lower() in _BODIES

    def _learned(self, token: Token, kinds: Sequence[ActorKind]) -> list[Mention]:
        """The actor that the ranker of antecedents is sure of, unless it stands beside others: of "Kenya and Chad" neither is "it"."""
        link = self._links.get(token.i)
        found = self._by_key.get(link.entity) if link is not None else None
        if found is None or (found.actor.kind not in kinds and not (kinds == _PERSONS and self._is_official(found))):
            return []
        before = [mention for mention in self._mentions if mention.actor.id == found.actor.id and mention.end <= token.i]
        return [] if before and (self._stands_beside(before[-1], token) or self._is_of_things(before[-1], token)) else [found]

    def _is_official(self, mention: Mention) -> bool:
        """Whether it is one person who speaks for a country: "the Chinese ambassador … he"."""
        head = self._doc[mention.head]
        return mention.form == "collective" and mention.actor.kind is ActorKind.COUNTRY and head.tag_ == "NN" and self._offices_table.title(head.lower_) is not None

    def _may_be_it(self, mention: Mention, token: Token) -> bool:
        """Whether one thing may be meant that acts or is acted on: no settlers, and no agency that only was told of it ("an officer told Reuters")."""
        if mention.actor.kind is ActorKind.GROUP:
            return not self._is_plural(mention)
        before = [self._doc[m.head] for m in self._mentions if m.actor.id == mention.actor.id and m.end <= token.i]
        if mention.sector in ARMED and before and has_label(before[-1], "nsubj") and before[-1].head.tag_ == "VBP":
            return False  # "the Taliban continue … it"
        return mention.sector != "MED" or not before or not all(has_label(head, "obj", "iobj", "obl") for head in before)

    def _is_of_things(self, mention: Mention, token: Token) -> bool:
        """Whether the mention only tells whose the things are that do it: "a Kenyan boat entered its waters"."""
        head = self._doc[mention.head]
        things = head if mention.form == "collective" else head.head
        return mention.form in ("adjective", "collective") and things == subject(clause(token)) and is_only_owner(mention, things, token)

    def _stands_beside(self, mention: Mention, token: Token) -> bool:
        """Whether the mention is one of several actors of its kind side by side, in another sentence than the token."""
        head = self._doc[mention.head]
        if head.sent.start == token.sent.start:
            return False
        beside = [m for word in coordination(head) if word.i != head.i for m in self._index.at(word)]
        return any(m.actor.kind is mention.actor.kind and m.actor.id != mention.actor.id for m in beside)

    def _plural(self, token: Token, number: int) -> list[Mention]:
        """Several actors side by side, or one that is a number of people."""
        for found in (
            self._near.conjunct(token),
            self._near.clause_subjects(token),
            self._near.coordinated(self._near.last_coordination(token, number)),
        ):
            people = [mention for mention in found if mention.actor.kind is not ActorKind.PERSON or len(found) > 1]
            if len({mention.actor.id for mention in people}) > 1:
                return list({mention.actor.id: mention for mention in people}.values())
            if people and self._is_plural(people[0]):
                return people[:1]
        several = [mention for mention in self._near.in_sentence(token, number) if self._is_plural(mention)]
        return the_only(several) or self._many_before(token, number)

    def _many_before(self, token: Token, number: int) -> list[Mention]:
        """The one armed group or number of people of the sentence before; none where another plural might be meant."""
        if number == 0 or not has_label(token, "nsubj", "nsubj:pass"):
            return []
        start, end = self._sentences[number - 1]
        inside = {i for mention in self._mentions for i in range(mention.start, mention.end)}
        if any(
            word.tag_ in ("NNS", "NNPS") and word.i not in inside and has_label(word, "nsubj", "nsubj:pass", "obj")
            for word in self._doc[start : token.i]
        ):
            return []
        before = [m for m in self._mentions if start <= m.start and m.end <= end and m.form != "place"]
        acting = {m.actor.id for m in self._near.subjects(number - 1)}
        many = [m for m in before if (m.actor.kind is ActorKind.ORGANISATION and m.sector in ARMED) or (self._is_plural(m) and m.form != "pronoun")]
        many = [] if any(self._is_plural(m) and m.actor.id not in acting for m in many) else many
        here = [m for m in self._mentions if self._sentences[number][0] <= m.start and m.end <= token.i and m.form != "place"]
        found = [] if here else the_only(many)
        return [filling.mention for filling in self._index.of(self._doc[found[0].head]) if filling.direct] if found else []

    def _is_plural(self, mention: Mention) -> bool:
        """Whether the mention is of a number of people; "the United States" is one country."""
        head = self._doc[mention.head]
        return mention.form in ("collective", "people", "pronoun") and ("Plur" in head.morph.get("Number", []) or head.lower_ == "police")

    def _definite(self, token: Token, number: int) -> list[Mention]:
        noun = token.lemma_.lower()
        determiner = child(token, "det")
        word = determiner.lower_ if determiner is not None else ""
        if noun in _COMPASS and word == "the" and token.text[0].isupper() and not children(token, "nmod"):
            found = self._countries.get(_COMPASS[noun])
            return [found] if found is not None else []
        if self._pairs.is_pair(token, word):
            return self._pairs.of(token, number)
        if owners := [m for owner in children(token, "nmod:poss") for m in self._index.at(owner) if owner.pos_ == "PRON"]:
            return self._own_country(noun, owners) or self._pairs.other_one(token, number, owners)
        if word == "the" and (named := self._named_beside(token)):
            return named
        if word not in _DEFINITE or children(token, "nmod", "nummod") or any(_tells_which(part, token) for part in children(token, "acl")):
            return []
        if noun == "latter":
            return self._near.in_sentence(token, number)[-1:]
        if called := country_known_as(token, self.given):
            doers = self._near.doers(token) if has_label(token, "obj", "iobj") else ()
            return [mention for mention in called if mention.actor.id not in doers]
        if noun in _COUNTRY_NOUNS:
            found_country = the_only(self._near.bound(token, number, (ActorKind.COUNTRY,)))
            if found_country and has_label(token, "obj", "iobj") and found_country[0].actor.id in self._near.doers(token):
                return self._pairs.beside(token, number, found_country[0].actor.id)  # nobody helps itself as "the country"
            unsure = (self._is_only_theirs, self._is_beside_another_leader)
            return [m for m in found_country if not any(test(m, token) for test in unsure) and not self._near.is_one_of_two(m, token, number)]
        if (body := self._bodies.find(token, number)) or noun in NOUNS:
            return body
        if (known := known_as(noun, token.i, self.given)):
            return known
        office = self._offices_table.find(self._doc, token.i)
        if office is None or office.former or office.end != token.i + 1:
            return []
        holders = self._holders.get(office.office.title, [])
        return (holders if len(holders) == 1 else []) if holders else [self._nobody(token, office)]

    def _own_country(self, noun: str, owners: Sequence[Mention]) -> list[Mention]:
        """The country for which a person speaks: "the minister said his country would"."""
        sides = [self._sides[m.actor.id] for m in owners if m.actor.kind is ActorKind.PERSON and m.actor.id in self._sides]
        return the_only([side for side in sides if side.actor.kind is ActorKind.COUNTRY]) if noun in _COUNTRY_NOUNS else []

    def _named_beside(self, token: Token) -> list[Mention]:
        """The holder of an office in apposition to his full title: "the minister of foreign affairs of Chad, Idriss Tall"."""
        office = self._offices_table.find(self._doc, token.i) if children(token, "nmod") else None
        if office is None or office.former or office.start != token.i:
            return []
        return [mention for noun in children(token, "appos") for mention in self._index.at(noun) if mention.form == "person"][:1]

    def _is_only_theirs(self, mention: Mention, token: Token) -> bool:
        """Whether an earlier sentence names the country only as whose somebody is, beside another country: "Russian instructors arrived in Niger"."""
        head = self._doc[mention.head]
        if head.sent.start == token.sent.start or not has_label(head, "amod", "compound", "nmod:poss"):
            return False
        start, end = head.sent.start, head.sent.end
        return any(m.actor.kind is ActorKind.COUNTRY and m.actor.id != mention.actor.id for m in self._mentions if start <= m.start < end)

    def _is_beside_another_leader(self, mention: Mention, token: Token) -> bool:
        """Whether the sentence speaks of the president of another country, or of nobody knows which, and not of the one that was named before it."""
        if self._doc[mention.head].sent.start == token.sent.start:
            return False
        leaders = {m.actor.id for title in _LEADERS for m in self._holders.get(title, ())}
        here = {m.actor.id for m in self._mentions if token.sent.start <= m.start < token.i} & leaders & self._sides.keys()
        return any(self._sides[leader].actor.id != mention.actor.id for leader in here)

    def _nobody(self, token: Token, office: OfficeMatch) -> Mention:
        """The holder of an office whom the document does not name: an actor of this document alone, hidden in graphs."""
        actor = Actor(f"{slug(office.office.title)}@{self._document_id}", office.office.title, ActorKind.GROUP)
        return Mention(token.i, token.i + 1, token.i, actor, office.office.sector, "pronoun")

    def _actors_of(self, token: Token) -> list[Mention]:
        return [filling.mention for filling in self._index.of(token)]
