"""Triples that no predicate states, on trees drawn by hand: titles, agent nouns, compounds, inclusions, governments."""

from __future__ import annotations

from typing import Any

from .parses import cases, read
from .triples import triples


@cases("constructions")
def test_a_sentence_says(case: dict[str, Any]) -> None:
    assert triples(read(case)) == sorted(case["says"])
