"""Sentences with trees drawn by hand (tests/data/parses): reading them, and what the rules need to be asked about them.

A case has

    text     the sentence
    parse    its words as "word lemma/TAG head label", joined by " | ", sentences by " || ", as in `conftest.parse_table`
    people, organisations  names that an entity recogniser would have found
    roles    learned roles by word, "A0 Kenya, A1 food"; where there are none, the rules have the tree alone

and what its test expects. Words are named by their text; it stands once in the sentence, or is told by its number ("Chad#2").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from actorgraph.extract.actors import find_mentions
from actorgraph.extract.agent_nouns import others
from actorgraph.extract.coreference import resolve_references
from actorgraph.extract.fillers import ActorIndex
from actorgraph.extract.lexicon import Lexicon, load_lexicon
from actorgraph.extract.mentions import Mention
from actorgraph.extract.predication import Predications
from actorgraph.extract.records import Document

from .conftest import parse_table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FOLDER = Path(__file__).resolve().parent.parent / "data" / "parses"
SURE = 0.9
"""The score of every learned role."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A case as the rules see it: the Doc, its actors, its predicates with the learned roles that the case gives."""

    doc: Doc
    mentions: list[Mention]
    actors: ActorIndex
    predications: Predications

    def word(self, name: str) -> Token:
        """The word that a case names."""
        return word(self.doc, name)


def cases(name: str, *keys: str) -> pytest.MarkDecorator:
    """Runs a test with each case of a file; with `keys`, with those that expect one of these."""
    found = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf8"))
    kept = [case for case in found if not keys or not case.keys().isdisjoint(keys)]
    return pytest.mark.parametrize("case", kept, ids=[case["text"] for case in kept])


@cache
def lexicon() -> Lexicon:
    """The bundled tables."""
    return load_lexicon()


def draw(case: Mapping[str, Any]) -> Doc:
    """The Doc of a case, with its names as entities."""
    from spacy.tokens import Span

    doc = parse_table(case["parse"].replace("||", "\n\n").replace("|", "\n"))
    assert doc.text.replace(" ", "") == case["text"].replace(" ", ""), "the parse is of another sentence"
    spans = [
        Span(doc, start, start + len(name.split()), label=label)
        for key, label in (("people", "PERSON"), ("organisations", "ORG"))
        for name in case.get(key, ())
        for start in range(len(doc))
        if doc[start : start + len(name.split())].text == name
    ]
    doc.set_ents(spans)
    return doc


def read(case: Mapping[str, Any]) -> Reading:
    """The case with its mentions, references resolved."""
    doc = draw(case)
    mentions = resolve_references(doc, find_mentions(doc, Document("d", doc.text), lexicon().gazetteer))
    actors = ActorIndex(doc, mentions, others())
    roles = {word(doc, name).i: learned(doc, text) for name, text in case.get("roles", {}).items()}
    return Reading(doc, mentions, actors, Predications(doc, actors, lexicon().frames, lambda tokens: [()] * len(tokens), roles))


def learned(doc: Doc, text: str) -> tuple[tuple[str, Token, float], ...]:
    """Roles from "A0 Kenya, A1 food"."""
    pairs = [pair.split() for pair in text.split(",")]
    return tuple((label, word(doc, filler), SURE) for label, filler in pairs)


def word(doc: Doc, name: str) -> Token:
    """The word with that text; "Chad#2" is the second of several."""
    text, _, number = name.partition("#")
    found = [token for token in doc if token.text == text]
    assert found and (number or len(found) == 1), f"{name} stands {len(found)} times in {doc.text!r}"
    return found[int(number or 1) - 1]
