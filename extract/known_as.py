"""What organisations and countries are called once they were named: "the bloc" for the European Union, "the island" for Taiwan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from .gazetteer import DATA, items, read_table
from .records import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention

_MODIFIERS = 2
"""How many words before the noun may belong to what a country is called: "the West African country"."""


@lru_cache(maxsize=1)
def names_by_noun() -> Mapping[str, frozenset[str]]:
    """The ids of the organisations and countries that each noun stands for."""
    return MappingProxyType({row["noun"]: frozenset(items(row["actors"])) for _, row in read_table(DATA / "known_as.tsv", ("noun", "actors"))})


def known_as(noun: str, before: int, mentions: Sequence[Mention]) -> list[Mention]:
    """The one organisation called so that the document names before the token `before`; none where it names several.

    `noun` is the lemma in lower case.
    """
    called = names_by_noun().get(noun, frozenset())
    named = {mention.actor.id: mention for mention in mentions if mention.actor.id in called and mention.end <= before}
    return list(named.values()) if len(named) == 1 else []


def country_known_as(noun: Token, mentions: Sequence[Mention]) -> list[Mention]:
    """The one country called by the noun with the words before it that the document names before; none where it names several.

    "The Gulf state" is Qatar where no other state of the Gulf was named, "the kingdom" Jordan where no other kingdom was.
    """
    doc = noun.doc
    for start in range(max(noun.i - _MODIFIERS, noun.sent.start), noun.i + 1):
        words = [word.lower_ for word in doc[start : noun.i]]
        if all(word.head.i == noun.i for word in doc[start : noun.i]) and (found := known_as(" ".join([*words, noun.lemma_.lower()]), noun.i, mentions)):
            return [mention for mention in found if mention.actor.kind is ActorKind.COUNTRY]
    return []
