"""Groups without a name that are known by whom they belong to: "its allies", "his troops", "members of the council".

    Kenya and its allies          →  the group KEN.allies, "allies of Kenya"
    our Kurdish partners          →  the Kurds
    her French counterpart        →  France
    its troops                    →  the country that "its" stands for
    members of the Hariri tribe   →  the tribe

They are found when pronouns are, since whose allies they are is often told by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .actors import Actor, Mention
from .collectives import FIGHTERS, Collective, Collectives, men_of, possessed_group
from .gazetteer import slug
from .records import ActorKind
from .syntax import child, children, has_label, preposition, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .fillers import ActorIndex

_NOUNS = {
    "ally": "allies",
    "partner": "partners",
    "backer": "backers",
    "supporter": "supporters",
    "friend": "friends",
    "enemy": "enemies",
    "foe": "enemies",
    "rival": "rivals",
    "adversary": "rivals",
    "opponent": "opponents",
    "donor": "donors",
    "sponsor": "backers",
    "patron": "backers",
    "proxy": "proxies",
    "neighbor": "neighbours",
    "neighbour": "neighbours",
}
"""What the group is called, by the noun's lemma; synonyms share a group."""
_OTHERS = frozenset({"counterpart", "colleague"})
"""Nouns of people whose country an adjective tells, whoever the possessor is: "her French counterpart"."""
_STATES = (ActorKind.COUNTRY, ActorKind.ORGANISATION)
_OWNERS = (*_STATES, ActorKind.GROUP)
_OFFICIAL = frozenset({"GOV", "LEG", "JUD"})
_SPEAKING = frozenset({"leader", "leadership", "official", "spokesman", "spokeswoman", "spokesperson", "representative", "delegation", "envoy", "chief", "head", "diplomat"})
_EXAMPLES = frozenset({"such as", "like", "including", "namely"})


class Associates:
    """Finds such groups in one document.

    `actors` is asked for whose they are, so the pronouns before the noun must be in it; `sides` tells by a person's id what
    his office belongs to; `adjectives` are those of the countries, by code.
    """

    def __init__(self, actors: ActorIndex, sides: Mapping[str, Mention], adjectives: Mapping[str, str]) -> None:
        self._actors, self._sides, self._adjectives = actors, sides, adjectives
        self._roles = Collectives.load()

    def find(self, token: Token) -> Mention | None:
        """The mention of those whom a noun ties to an actor; None where they are named beside it, or it is not known whose they are."""
        if token.pos_ != "NOUN":
            return None
        lemma = token.lemma_.lower()
        if lemma in _OTHERS:
            return self._counterpart(token)
        if token.tag_ == "NNS" and lemma == "member":
            return self._members(token)
        if token.tag_ == "NNS" and lemma in _NOUNS:
            return self._allies(token)
        return self._part(token)

    def _allies(self, token: Token) -> Mention | None:
        if self._are_named(token):
            return None
        possessors = children(token, "nmod:poss")
        for modifier in children(token, "amod", "compound"):
            for found in self._actors.at(modifier):
                if found.form in ("adjective", "name") and possessors:  # "our Kurdish partners" are Kurds
                    return self._mention(token, found.actor, None)
                if found.form in ("adjective", "name") and found.actor.kind is ActorKind.COUNTRY:
                    return self._group(token, found.actor)
        for owner in (*possessors, *_of(token)):
            owners = [mention.actor for mention in self._actors.at(owner) if mention.actor.kind in _OWNERS and mention.form != "place"]
            if len(owners) == 1:
                return self._group(token, owners[0])
        return None

    def _group(self, token: Token, owner: Actor) -> Mention:
        name = _NOUNS[token.lemma_.lower()]
        return self._mention(token, Actor(f"{owner.id}.{name}", f"{name} of {owner.name}", ActorKind.GROUP, owner.country), None)

    def _mention(self, token: Token, actor: Actor, sector: str | None) -> Mention:
        """The noun with the adjectives before it."""
        start = token.i
        while start > 0 and token.doc[start - 1].head.i == token.i and has_label(token.doc[start - 1], "amod") and not self._actors.at(token.doc[start - 1]):
            start -= 1
        return Mention(start, token.i + 1, token.i, actor, sector, "collective")

    def _counterpart(self, token: Token) -> Mention | None:
        """The country whose official is meant; a name beside the noun names him."""
        if self._are_named(token):
            return None
        modifiers = [m for noun in children(token, "amod", "compound") for m in self._actors.at(noun) if m.actor.kind is ActorKind.COUNTRY]
        if len(modifiers) != 1 or modifiers[0].form not in ("adjective", "name"):
            return None
        return Mention(token.i, token.i + 1, token.i, modifiers[0].actor, "GOV", "collective")

    def _members(self, token: Token) -> Mention | None:
        """The organisation or group whose members are meant; of a country or of several there is none."""
        wholes = _of(token)
        if any(word.lower_ == "former" for word in children(token, "amod")):
            return None
        if len(wholes) != 1 or children(wholes[0], "conj") or self._are_named(token):
            return None
        for found in self._actors.at(wholes[0]):
            if found.actor.kind in (ActorKind.ORGANISATION, ActorKind.GROUP) and found.form != "pronoun" and "." not in found.actor.id:
                return Mention(token.i, max(found.end, wholes[0].i + 1), token.i, found.actor, found.sector, "collective")
        return None

    def _part(self, token: Token) -> Mention | None:
        """The troops, officials or people of whom a pronoun stands for: "its troops", "their own people"."""
        owners = [m.actor for noun in children(token, "nmod:poss") if noun.pos_ == "PRON" for m in self._actors.at(noun)]
        role = self._role(token) if len(owners) == 1 and not has_label(token, "compound", "amod", "nmod:desc", "flat") else None
        if role is None or self._is_said_who(token):
            return None
        (start, row), owner = role, owners[0]
        row = men_of(owner, row)
        if owner.kind is ActorKind.PERSON and owner.id in self._sides and row.rank == "state":
            owner = self._sides[owner.id].actor
        if row.rank == "group" and owner.kind is not ActorKind.COUNTRY and (owner.kind is ActorKind.PERSON or row.name in FIGHTERS):
            actor = owner if owner.kind is not ActorKind.PERSON else possessed_group(owner, row)
            return Mention(start, token.i + 1, token.i, actor, row.sector, "collective")
        if owner.kind is ActorKind.ORGANISATION and row.sector in _OFFICIAL and token.lemma_.lower() not in _SPEAKING:
            return None  # a party has leaders, a mayor is a town's
        if row.rank == "state" and owner.kind in _STATES:
            return Mention(start, token.i + 1, token.i, owner, row.sector, "collective")
        if row.rank == "state" or owner.kind is not ActorKind.COUNTRY:
            return None
        group = Actor(f"{owner.id}.{slug(row.name)}", f"{self._adjectives.get(owner.id, owner.name)} {row.name}", ActorKind.GROUP, owner.id)
        return Mention(start, token.i + 1, token.i, group, row.sector, "collective")

    def _role(self, token: Token) -> tuple[int, Collective] | None:
        """The role that the noun names, with the word before it or alone ("security forces"), and where it begins."""
        for start in (token.i - 1, token.i):
            words = [word.lower_ for word in token.doc[max(start, 0) : token.i]]
            for last in (token.lower_, token.lemma_.lower()):
                row = self._roles.lookup(" ".join([*words, last])) if start >= 0 else None
                if row is not None:
                    return start, row
        return None

    def _is_said_who(self, token: Token) -> bool:
        """Whether the name of the one who is meant stands beside: "its president, N. N., thanked Peru"."""
        return any(mention.form == "person" for noun in children(token, "appos", "flat") for mention in self._actors.at(noun))

    def _are_named(self, token: Token) -> bool:
        """Whether the text says who they are: in apposition, by examples, or as what the noun is said of or describes."""
        if has_label(token, "appos", "compound", "nmod:desc", "flat") or child(token, "cop") is not None or preposition(token) == "as":
            return True
        if has_label(token, "xcomp", "obj") and token.head.lemma_.lower() in ("become", "remain", "be") and subject(token.head) is not None:
            return True
        named = [*children(token, "appos", "flat"), *(noun for noun in children(token, "nmod", "acl", "obl") if preposition(noun) in _EXAMPLES)]
        return any(self._actors.at(noun) for noun in named)


def _of(token: Token) -> list[Token]:
    return [noun for noun in children(token, "nmod") if not has_label(noun, "nmod:poss") and preposition(noun) == "of"]
