"""Relation phrases in their canonical form, each with the type that the lexicon gives it: on trees drawn by hand."""

from __future__ import annotations

from typing import Any

from .parses import cases, read
from .triples import triples


@cases("relations")
def test_a_sentence_says(case: dict[str, Any]) -> None:
    assert triples(read(case)) == sorted(case["says"])
