"""A mention: a phrase of a Doc that names an actor; and the board on which the mentions of one Doc are collected.

The steps that find mentions (names, people, role nouns, organisations, places) run one after the other over one board.
What a step has taken, no later step takes again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from .gazetteer import Actor, Gazetteer, Match
from .records import Document
from .syntax import children, first_conjunct, has_label, label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MentionForm = Literal["name", "adjective", "people", "metonym", "collective", "person", "place", "pronoun"]

POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
HYPHENS = frozenset({"-", "–"})

_WILLED = frozenset({
    "request", "behest", "invitation", "insistence", "urging", "order", "instruction", "prompting", "view", "eye", "interest", "favor", "favour", "demand", "expense", "side", "instigation", "bidding", "name",
})  # fmt: skip
"""What only somebody who acts has: "at Moscow's request"."""
_SENT = frozenset({"pressure", "criticism", "support", "backing", "warning", "threat", "call", "appeal", "plea", "aid", "help", "protest", "condemnation", "approval", "permission"})
"""What comes from somebody who acts."""
_LOCATIVE = frozenset({
    "in", "near", "at", "inside", "outside", "around", "across", "throughout", "within", "into", "off", "via", "through", "over", "beyond",
    "along", "above", "outside of", "inside of", "near to", "out of", "close to",
})  # fmt: skip
_DIRECTION = frozenset({"to", "toward", "towards", "from", "for"})
# Past forms stand here too: a model's lemma of an irregular verb is sometimes the word itself.
_MOTION = frozenset({
    "go", "come", "travel", "fly", "arrive", "return", "head", "move", "walk", "drive", "sail", "march", "flee", "leave", "depart", "trip",
    "went", "came", "flew", "left", "fled", "drove", "rode", "brought", "took", "led", "visit", "journey", "flight", "tour", "voyage", "route", "road", "way", "bring", "take", "land", "evacuate",
})  # fmt: skip


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
    | pronoun | pronoun or definite noun that coreference has resolved | its, the country |
    """

    start: int
    end: int
    head: int
    actor: Actor
    sector: str | None
    form: MentionForm


def the_only(mentions: Sequence[Mention]) -> list[Mention]:
    """The first of the mentions where all name one actor; none where they name several."""
    return list(mentions[:1]) if len({mention.actor.id for mention in mentions}) == 1 else []


@dataclass(slots=True)
class Board:
    """The mentions of one Doc as they are found. `named` are the names that count here, `at` the same by token."""

    doc: Doc
    document: Document
    gazetteer: Gazetteer
    mentions: list[Mention] = field(default_factory=list)
    named: list[Match] = field(default_factory=list)
    at: dict[int, Match] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    parsed: bool = True

    def add(self, start: int, end: int, actor: Actor, sector: str | None, form: MentionForm, head: int | None = None) -> None:
        """Enter a mention; its head is found in the tree where it is not given."""
        self.mentions.append(Mention(start, end, self.head(start, end, form) if head is None else head, actor, sector, form))
        self.taken.update(range(start, end))

    def is_taken(self, start: int, end: int) -> bool:
        """Whether any of the tokens belongs to a mention, or is known to be none."""
        return not self.taken.isdisjoint(range(start, end))

    def head(self, start: int, end: int, form: MentionForm = "name") -> int:
        """The token whose governor lies outside: of a person the first such, of other names the last.

        Names of people are flat with the first word on top, other names are compounds with the last.
        """
        if not self.parsed or end - start == 1:
            return end - 1
        tops = [i for i in range(start, end) if not start <= self.doc[i].head.i < end or self.doc[i].head.i == i]
        if not tops:
            return end - 1
        tops = [i for i in tops if self.doc[i].pos_ not in ("DET", "ADP", "PUNCT")] or tops
        return tops[0] if form == "person" or label(self.doc[tops[-1]]) == "flat" else tops[-1]

    def is_location(self, token: Token) -> bool:
        """Whether the phrase says where: "in Moscow", "flew to Moscow"."""
        first = first_conjunct(token)
        if has_label(first, "nmod:poss") and first.head.lemma_.lower() in _WILLED:
            return False
        case = preposition(first) or self.word_before(first.left_edge.i)
        if first.head.lemma_.lower() == "come" and any(preposition(other) == "under" for other in children(first.head, "obl")):
            return case in _LOCATIVE  # who comes under fire from Moscow has not come from there
        if case == "from" and first.left_edge.i > 0 and self.doc[first.left_edge.i - 1].lemma_.lower() in _WILLED | _SENT:
            return False  # "pressure from Moscow to pay", which parsers hang on the verb behind
        if case == "at" and any(word.lower_ == "out" for word in children(first.head, "compound:prt", "advmod")):
            return False  # whom one lashes out at
        return case in _LOCATIVE or (case in _DIRECTION and not _MOTION.isdisjoint((first.head.lemma_.lower(), first.head.lower_)))

    def word_before(self, i: int) -> str:
        """The word before the token, articles skipped, in lower case: what a parse that lost the preposition still shows."""
        i -= 1
        while i > 0 and self.doc[i].pos_ == "DET":
            i -= 1
        return self.doc[i].lower_ if i >= 0 else ""

    def mention_at(self, i: int) -> Mention | None:
        """The mention that the token is part of."""
        return next((mention for mention in self.mentions if mention.start <= i < mention.end), None)

    def countries(self) -> frozenset[str]:
        """The codes of all countries that are named."""
        return frozenset(
            match.name.actor.country for match in self.named if match.name is not None and match.name.actor.country is not None
        )
