"""Who a name of a person means inside one document: full names, and the surnames that stand for them.

A full name given anywhere in a document is the person of every surname or first name alone; where two people share it,
or the document gives the surname only, it stays a surname: `surname@document-id`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .gazetteer import Actor, fold, slug
from .records import ActorKind

SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_REGNAL = frozenset({"ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii"})
PARTICLES = frozenset({"bin", "ibn", "ben", "al", "el", "von", "van", "de", "der", "den", "di", "da", "dos", "del", "la", "le", "abu", "bu", "bint", "ter", "du"})  # fmt: skip

# Family names that stand first in Korean, Chinese, Vietnamese and Cambodian names, as English news writes them.
# fmt: off
FAMILY_FIRST = frozenset({
    "ahn", "bai", "bo", "bui", "cai", "cao", "chea", "chen", "cheng", "cho", "choi", "chong", "chun", "dang", "deng", "ding", "dong",
    "du", "duong", "feng", "gao", "geng", "guo", "han", "he", "hoang", "hong", "hou", "hu", "huang", "hun", "hwang", "ieng", "jang",
    "jeong", "jiang", "jo", "jung", "kang", "kim", "kwon", "lai", "le", "lee", "li", "liang", "lim", "lin", "liu", "lu", "luo", "ma",
    "mao", "moon", "ngo", "nguyen", "nuon", "oh", "pak", "pan", "park", "peng", "pham", "phan", "prak", "qin", "ren", "ri", "ro", "roh",
    "ryu", "sar", "seo", "shin", "sok", "song", "su", "sun", "tan", "tang", "tian", "tran", "trinh", "truong", "tsai", "vo", "vu", "wang",
    "wei", "wen", "wu", "xi", "xiao", "xie", "xu", "yang", "ye", "yi", "yoon", "yu", "yuan", "yun", "zeng", "zhang", "zhao", "zheng",
    "zhou", "zhu",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name of a person as a document writes it: the words without titles, hyphens left out ("Kim", "Jong", "un")."""

    words: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two spellings one name: folded, hyphens and suffix dots gone."""
        return tuple(fold(word).rstrip(".") for word in self.words)

    @property
    def core(self) -> tuple[str, ...]:
        """The key without "Jr." and its like, and without a ruler's number."""
        core = self.key
        if self.is_regnal:
            return core[:1]
        while len(core) > 1 and core[-1] in SUFFIXES:
            core = core[:-1]
        return core

    @property
    def is_regnal(self) -> bool:
        """Whether it is a first name with a number, as rulers and popes bear it: "Mehmed II" is nobody called Mehmed something."""
        return len(self.key) == 2 and self.key[1] in _REGNAL

    @property
    def is_full(self) -> bool:
        """Whether it is more than one word: "bin Salman" is a surname of two and not full, "Mehmed II" is all there is."""
        core = self.core
        return self.is_regnal or (len(core) > 1 and core[0] not in PARTICLES)

    @property
    def surnames(self) -> set[tuple[str, ...]]:
        """What the person may be called by alone: the last word, from its particles on too; the first in the far east."""
        core = self.core
        found = {core[-1:]}
        for i in range(1, len(core) - 1):
            if core[i] in PARTICLES:
                found.add(core[i:])
                break
        if core[0] in FAMILY_FIRST and len(core) <= 3:
            found.add(core[:1])
        return found


def join_name(words: Sequence[str]) -> str:
    """The name of a person from its words: "Kim Jong - un" is "Kim Jong-un"."""
    return " ".join(words).replace(" - ", "-").replace(" – ", "-").replace(" ’ ", "’").replace(" ' ", "'")


class People:
    """The people of one document. `resolve` gives the Actor of any of their names."""

    def __init__(self, document_id: str, names: Iterable[tuple[str, PersonName]], known: Iterable[tuple[PersonName, Actor]] = ()) -> None:
        """`names` are the names in the order of the text with their spelling, `known` the actors with a name of their own."""
        self._document_id = document_id
        self._actors: dict[tuple[str, ...], Actor] = {}
        self._by_surname: dict[tuple[str, ...], list[Actor]] = {}
        self._by_first: dict[tuple[str, ...], list[Actor]] = {}
        self._countries: dict[str, str] = {}
        for person, actor in known:
            self._register(person, actor)
        names = list(names)
        self._alone = {name.key: spelling for spelling, name in reversed(names) if not name.is_full}
        full = [(spelling, name) for spelling, name in names if name.is_full]
        for spelling, name in sorted(full, key=lambda item: len(item[1].core)):
            if name.key not in self._actors:
                self._register(name, self._same_person(name) or Actor(slug(spelling), spelling, ActorKind.PERSON))

    def set_country(self, actor_id: str, country: str) -> None:
        """Say which country's office a person holds; the first said stays."""
        self._countries.setdefault(actor_id, country)

    def country(self, actor: Actor) -> str | None:
        """The country of a person as the document tells it."""
        return self._countries.get(actor.id, actor.country)

    def resolve(self, name: PersonName, spelling: str) -> Actor:
        """The person meant by a name: the full name that it belongs to, else a surname of this document."""
        actor = self._actors.get(name.key) or self._by_part(name)
        if actor is None:
            core = name.core
            actor = Actor(slug(spelling) if name.is_full else f"{slug(' '.join(core))}@{self._document_id}", spelling, ActorKind.PERSON)
        return Actor(actor.id, actor.name, actor.kind, self.country(actor))

    def surname(self, word: str) -> Actor | None:
        """The one person of the document who goes by this one word; None where there is none or two."""
        found = self._by_surname.get((fold(word),), [])
        if len(found) == 1:
            return self.resolve(PersonName((word,)), word)
        spelling = self._alone.get((fold(word),))
        return None if spelling is None else self.resolve(PersonName((word,)), spelling)

    def _register(self, name: PersonName, actor: Actor) -> None:
        self._actors[name.key] = actor
        for index, parts in ((self._by_surname, name.surnames), (self._by_first, {name.core[:1]})):
            for part in parts:
                actors = index.setdefault(part, [])
                if actor not in actors:
                    actors.append(actor)

    def _same_person(self, name: PersonName) -> Actor | None:
        """A shorter full name of the document with the same first and last word ("Vladimir Putin"), if there is just one."""
        core = name.core
        if len(core) < 3 or len(core) != len(name.key):
            return None
        shorter = self._actors.get((core[0], core[-1]))
        return shorter

    def _by_part(self, name: PersonName) -> Actor | None:
        core = name.core
        for index in (self._by_surname, self._by_first):
            found = index.get(core, [])
            if len(found) > 1:
                plain = [actor for actor in found if actor.id.rpartition("-")[2] not in SUFFIXES]
                found = plain or found
            if found:
                return found[0] if len(found) == 1 else None
        inside = {actor.id: actor for key, actor in self._actors.items() if len(core) > 1 and _is_part(core, key)}
        return next(iter(inside.values())) if len(inside) == 1 else None


def _is_part(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether the words of `part` stand in `whole` in this order."""
    words = iter(whole)
    return all(word in words for word in part)
