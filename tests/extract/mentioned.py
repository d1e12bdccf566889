"""The mentions of hand-made parses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from actorgraph.extract.actors import Mention, find_mentions
from actorgraph.extract.gazetteer import Gazetteer
from actorgraph.extract.records import Document

from .conftest import parse_table

if TYPE_CHECKING:
    from spacy.tokens import Doc


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def entities(doc: Doc, ents: Sequence[tuple[str, str]]) -> Doc:
    """The Doc with each text marked as an entity wherever it stands."""
    from spacy.tokens import Span

    spans: list[Span] = []
    for text, label in ents:
        for start in range(len(doc)):
            for end in range(start + 1, min(len(doc), start + 6) + 1):
                if doc[start:end].text == text and not any(span.start < end and start < span.end for span in spans):
                    spans.append(Span(doc, start, end, label=label))
    doc.ents = tuple(spans)
    return doc


def mentions(table: str, *ents: tuple[str, str], document: str = "d") -> dict[str, Mention]:
    """The mentions of a hand-made parse by their text; the last of equal texts stays."""
    doc = entities(parse_table(table), ents)
    found = find_mentions(doc, Document(document, doc.text), gazetteer())
    return {doc[mention.start : mention.end].text: mention for mention in found}


def told(table: str, *ents: tuple[str, str]) -> dict[str, tuple[str, str, str | None]]:
    """Text -> (id, form, sector) of the mentions of a hand-made parse."""
    return {text: (mention.actor.id, mention.form, mention.sector) for text, mention in mentions(table, *ents).items()}
