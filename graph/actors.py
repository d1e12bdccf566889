"""The actors of a set of statements: the nodes of every graph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..extract.records import ActorKind, Modality, RelationType, Statement

_POSTS = {RelationType.LEADS, RelationType.MEMBER}
_WORD = re.compile(r"[^\W_][\w'’.&-]*")
_PARTICLES = {
    "al", "and", "bin", "da", "de", "del", "der", "di", "do", "dos", "du", "e", "el", "for", "ibn", "la", "le", "of", "the",
    "van", "von", "y", "zu",
}  # fmt: skip
_NO_NAMES = {
    "a", "all", "an", "another", "both", "each", "either", "every", "few", "former", "he", "her", "hers", "him", "his", "i",
    "it", "its", "itself", "latter", "many", "me", "most", "my", "neither", "no", "none", "nor", "not", "one", "ones",
    "other", "others", "our", "ours", "several", "she", "some", "such", "that", "the", "their", "theirs", "them", "themselves",
    "these", "they", "this", "those", "two", "us", "we", "what", "which", "who", "whom", "whose", "you", "your",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of a graph. Two with one `id` are the same actor.

    `aliases` are the names other than `name` by which texts call it, sorted. `country` is an ISO 3166-1 alpha-3 code: a
    country's own, a role group's by its id, a person's or organisation's by the country that it leads or belongs to in
    most statements; None where no text tells.
    """

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    country: str | None = None


@dataclass(slots=True)
class Tally:
    """How often statements call one actor what: names, kinds, the mentions as they stand, countries of which it holds a post."""

    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[ActorKind] = field(default_factory=Counter)
    mentions: set[str] = field(default_factory=set)
    countries: Counter[str] = field(default_factory=Counter)

    def actor(self, id_: str) -> Actor:
        """Return the actor with that id; of equally common names or kinds the first of the alphabet counts."""
        name, kind = commonest(self.names), ActorKind(commonest(Counter({str(kind): n for kind, n in self.kinds.items()})))
        texts = {text for text in {*map(alias, self.mentions), *self.names} if text and text.casefold() != name.casefold()}
        # Capitals of a headline are no other name: of those that differ in case alone, mixed case goes first.
        by_sound = {text.casefold(): text for text in sorted(texts, key=lambda text: (not text.isupper(), text))}
        return Actor(id_, name, kind, tuple(sorted(by_sound.values())), _country(id_, kind, self.countries))


def collect_actors(statements: Iterable[Statement]) -> list[Actor]:
    """Return the subjects and objects of `statements`, sorted by id; their order does not matter.

    Of several names or kinds under one id the commonest counts, of equally common ones the first of the alphabet.
    """
    tallies: dict[str, Tally] = {}
    for s in statements:
        for id_, name, kind, mention in (
            (s.subject_id, s.subject, s.subject_kind, s.subject_text),
            (s.object_id, s.object, s.object_kind, s.object_text),
        ):
            tally = tallies.get(id_) or tallies.setdefault(id_, Tally())
            tally.names[name] += 1
            tally.kinds[kind] += 1
            tally.mentions.add(mention)
        if s.relation_type in _POSTS and s.object_kind is ActorKind.COUNTRY and not s.negated and s.modality is Modality.ASSERTED:
            tallies[s.subject_id].countries[s.object_id] += 1
    return [tallies[id_].actor(id_) for id_ in sorted(tallies)]


def commonest(counts: Counter[str]) -> str:
    """Return the commonest of `counts`, of equally common ones the first of the alphabet.

    >>> commonest(Counter(["b", "a", "c", "b", "a"]))
    'a'
    """
    return min(counts, key=lambda text: (-counts[text], text))


def alias(mention: str) -> str | None:
    """Return the name in a mention, or None where it is a pronoun or a description.

    >>> alias("the Kremlin's"), alias("Prime Minister Viktor Orban"), alias("the chancellor"), alias("Its")
    ('Kremlin', 'Prime Minister Viktor Orban', None, None)
    """
    text = re.sub(r"['’]s?$", "", " ".join(mention.split()))
    text = re.sub(r"^(?:the|a|an) ", "", text, flags=re.IGNORECASE)
    words = _WORD.findall(text)
    if not words or words[0].lower() in _NO_NAMES or not words[0][0].isupper():
        return None
    return text if all(word[0].isupper() or word[0].isdecimal() or word in _PARTICLES for word in words) else None


def _country(id_: str, kind: ActorKind, countries: Counter[str]) -> str | None:
    if kind is ActorKind.COUNTRY:
        return id_
    if kind is ActorKind.GROUP and re.match(r"[A-Z]{3}\.", id_):
        return id_[:3]
    return commonest(countries) if countries else None
