"""What organisations are called once they were named: "the bloc" for the European Union, "the alliance" for NATO."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from .gazetteer import DATA, items, read_table

if TYPE_CHECKING:
    from .actors import Mention


@lru_cache(maxsize=1)
def names_by_noun() -> Mapping[str, frozenset[str]]:
    """The ids of the organisations that each noun stands for."""
    return MappingProxyType({row["noun"]: frozenset(items(row["organisations"])) for _, row in read_table(DATA / "known_as.tsv", ("noun", "organisations"))})


def known_as(noun: str, before: int, mentions: Sequence[Mention]) -> list[Mention]:
    """The one organisation called so that the document names before the token `before`; none where it names several.

    `noun` is the lemma in lower case.
    """
    called = names_by_noun().get(noun, frozenset())
    named = {mention.actor.id: mention for mention in mentions if mention.actor.id in called and mention.end <= before}
    return list(named.values()) if len(named) == 1 else []
