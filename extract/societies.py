"""National societies of the Red Cross and Red Crescent: "the Kenyan Red Cross" is not the International Committee.

Where a document names one of them and nothing international, the bare name means it throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .gazetteer import Actor, Gazetteer, Match, Name, slug
from .records import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SOCIETIES = frozenset({"Red Cross", "Red Crescent"})


def with_societies(doc: Doc, matches: Sequence[Match], gazetteer: Gazetteer) -> list[Match]:
    """The matches with the national societies in place of a country's adjective and the bare name."""
    bare = {match.start for match in matches if match.name is not None and doc[match.start : match.end].text in _SOCIETIES}
    if not bare:
        return list(matches)
    found: list[Match] = []
    named: dict[str, Name] = {}
    for match in matches:
        owner = found[-1] if match.start in bare and found and found[-1].end == match.start else None
        country = owner.name.actor if owner is not None and owner.name is not None else None
        if owner is not None and country is not None and country.kind is ActorKind.COUNTRY:
            title = f"{gazetteer.adjective(country.id) or country.name} {doc[match.start : match.end].text}"
            society = gazetteer.lookup(title) or Name(Actor(slug(title), title, ActorKind.ORGANISATION, country.id), "NGO", "name")
            named[society.actor.id] = society
            found[-1] = Match(owner.start, match.end, society)
        else:
            found.append(match)
    if len(named) != 1 or any(word.lower_ == "international" and word.i + 2 < len(doc) and "Red" in doc[word.i : word.i + 5].text for word in doc):
        return found
    society = next(iter(named.values()))
    return [replace(match, name=society) if match.start in bare and doc[match.start : match.end].text in _SOCIETIES else match for match in found]
