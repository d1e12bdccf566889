"""Triples of predicates, on trees drawn by hand: a sentence says what its case lists, and nothing else."""

from __future__ import annotations

from typing import Any

from .parses import cases, read
from .triples import triples


@cases("candidates")
def test_a_sentence_says(case: dict[str, Any]) -> None:
    assert triples(read(case)) == sorted(case["says"])
