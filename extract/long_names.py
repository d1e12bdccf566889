"""Names of organisations that go on behind "of" or "for", which an entity recogniser cuts: "the Movement for the Liberation of the Delta"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .collectives import Collectives
from .gazetteer import Actor, Match, Name, slug
from .records import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ARMED = frozenset({"Army", "Brigade", "Brigades", "Battalion", "Battalions", "Front", "Martyrs", "Movement", "Partisans", "Soldiers"})
_OTHERS = frozenset({"Alliance", "Assembly", "Association", "Coalition", "Committee", "Confederation", "Congress", "Council", "Federation", "Forum", "Initiative", "League", "Network", "Party", "Union"})
_LINKS = frozenset({"of", "for"})
_INSIDE = frozenset({"of", "for", "and", "the"})
_PUBLIC = frozenset({"republic", "nation", "nations", "state", "states", "federation", "people", "deputies", "ministers", "representatives", "commons", "lords"})
"""Behind the noun they make it an organ of the state: "the Assembly of the Republic"."""
_LONGEST = 8


def long_names(doc: Doc, matches: Sequence[Match]) -> list[Match]:
    """Such names behind "the", as if a table knew them; none that a table of the `matches` knows, and none of a country ("the Army of Chad")."""
    known = {i: match for match in matches for i in range(match.start, match.end)}
    found: list[Match] = []
    for token in doc[1:]:
        if token.text not in _ARMED | _OTHERS or token.i in known or token.nbor(-1).lower_ != "the" or (found and token.i < found[-1].end):
            continue
        end = _end(doc, token.i, known)
        tail = [word for word in doc[token.i + 2 : end] if word.lower_ not in _INSIDE]
        if not tail or all(word.i in known for word in tail) or tail[0].lower_ in _PUBLIC or Collectives.load().lookup(doc[token.i : end].text.lower()) is not None:
            continue
        name = doc[token.i : end].text
        found.append(Match(token.i, end, Name(Actor(slug(name), name, ActorKind.ORGANISATION), "UAF" if token.text in _ARMED else None, "name")))
    return found


def _end(doc: Doc, start: int, known: dict[int, Match]) -> int:
    """Where the name that begins at the token ends: before the first word in lower case, and before a country behind "of" or "and"."""
    if start + 2 >= len(doc) or doc[start + 1].text not in _LINKS:
        return start
    end = i = start + 2
    while i < min(len(doc), start + _LONGEST):
        word = doc[i]
        if word.text[:1].isupper() and not word.is_punct:
            match = known.get(i)
            if match is not None and i > start + 2 and doc[match.start - 1].lower_ in ("of", "and", "for") and not _goes_on(doc, match.end):
                break
            end = i + 1
        elif word.text not in _INSIDE:
            break
        i += 1
    return end


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether the word belongs to the name before it, as "Fronts" in "Coalition of Tuareg Fronts"."""
    return i < len(doc) and doc[i].text[:1].isupper() and doc[i].is_alpha
