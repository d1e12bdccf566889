"""Titles that parsers hang on the wrong word, found by the order of the words alone: "the head of the League, N. N., said", "the League, whose leader N. N."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .records import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .actors import Mention
    from .fillers import ActorIndex


def before_comma(person: Mention, actors: ActorIndex) -> list[Token]:
    """The noun of an office that is told in full before a name: "the head of the League, N. N., said", whatever the parser hangs the name on."""
    doc, comma = actors.doc, person.start - 1
    if comma < 4 or doc[comma].text != "," or person.end == len(doc):
        return []
    inside = {i for m in actors.at(doc[comma - 1]) if m.end == comma for i in range(m.start, comma)}
    of = comma - 1
    while of > 2 and not (doc[of].lower_ in ("of", "in") and doc[of - 1].tag_ == "NN") and (of in inside or doc[of].pos_ in ("PROPN", "ADJ") or doc[of].lower_ in ("the", "in")):
        of -= 1
    ends = doc[person.end].text == "," or (doc[of - 2].is_sent_start and doc[person.end].pos_ == "VERB")
    if not ends or doc[of].lower_ not in ("of", "in") or doc[of - 1].tag_ != "NN" or doc[of - 2].tag_ not in ("DT", "JJ", "NN", "PRP$", "NNP", "POS"):
        return []
    return [doc[of - 1]]


def before_whose(start: int, actors: ActorIndex) -> list[Mention]:
    """Who stands right before "whose" and what begins at `start`: "the League, whose longtime leader N. N.", "Diop, whose chief of staff N. N."; parsers lose it."""
    i = start - 1
    while i > 0 and actors.doc[i].pos_ == "ADJ":
        i -= 1
    if i < 2 or actors.doc[i].tag_ != "WP$":
        return []
    i -= 2 if actors.doc[i - 1].text == "," else 1
    return [m for m in actors.at(actors.doc[i]) if m.end == i + 1 and m.actor.kind is not ActorKind.GROUP]
