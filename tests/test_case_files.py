"""The files of sentences under tests/data/cases are sound: their shape, their breadth, and how much they forbid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from actorgraph.extract import gazetteer
from actorgraph.extract.records import Modality, RelationType, Statement

FILES = sorted((Path(__file__).parent / "data" / "cases").glob("*.yaml"))
FLAGS = {field.name for field in fields(Statement)} | {"optional"}
TYPES = {*RelationType, "*"}
COUNTRIES = {row["name"]: row["id"] for _, row in gazetteer.read_table(gazetteer.DATA / "countries.tsv", ["id", "name"])}


def _cases() -> Iterator[dict[str, Any]]:
    for path in FILES:
        yield from yaml.safe_load(path.read_text("utf8"))


CASES = list(_cases())
REQUIRED = [triple for case in CASES for triple in case.get("triples", ()) if not (triple[4:] and triple[4].get("optional"))]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])


@each_case
def test_a_case_has_its_shape(case: dict[str, Any]) -> None:
    assert case.keys() <= {"text", "published", "triples", "never"} and ("triples" in case or "never" in case)
    for triple in case.get("triples", ()):
        subject, relation, object_, type_, *flags = triple
        assert all(isinstance(part, str) and part for part in (subject, relation, object_)) and type_ in TYPES, triple
        _check_flags(flags)
    for pattern in case.get("never", ()):
        assert all(isinstance(part, str) and part for part in pattern[:3]), pattern
        _check_flags([part for part in pattern[3:] if isinstance(part, dict)])
        assert all(part in TYPES for part in pattern[3:] if isinstance(part, str)), pattern


def _check_flags(flags: list[dict[str, Any]]) -> None:
    for named in flags:
        assert named.keys() <= FLAGS and named.get("modality", "asserted") in set(Modality)
        assert isinstance(named.get("event_date", ""), str), "YAML reads a bare date as a date: quote it"


def test_no_sentence_stands_twice() -> None:
    texts = [case["text"] for case in CASES]
    assert len(set(texts)) == len(texts)


def test_no_two_sentences_have_a_template_in_common() -> None:
    shapes = [(case["text"], _shape(case["text"])) for case in CASES]
    alike = [(one, other) for (one, words), (other, others) in combinations(shapes, 2) if 2 * len(words & others) >= min(len(words), len(others))]
    assert alike == []


def _shape(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words, names and numbers blotted out: what is left of a sentence when others are put into it."""
    words = [re.sub(r"^\W*[A-Z0-9].*", "X", word) for word in text.split()]
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def test_the_sentences_are_many_and_long_enough() -> None:
    assert len(CASES) >= 400
    assert sum(len(case["text"].split()) for case in CASES) >= 12 * len(CASES)


def test_a_third_of_them_say_what_must_never_come_out() -> None:
    assert 3 * sum("never" in case for case in CASES) >= len(CASES)


def test_they_speak_of_all_types_of_many_predicates_and_of_much_of_the_world() -> None:
    assert {triple[3] for triple in REQUIRED} >= set(RelationType)
    assert len({triple[1].split()[0] for triple in REQUIRED if triple[1] != "*"}) >= 200
    assert len({country for triple in REQUIRED for name in (triple[0], triple[2]) if (country := _country(name))}) >= 60


def _country(name: str) -> str | None:
    """The country that an actor of a case is or belongs to: "Serbia", "SRB", "SRB.*", "VEN.opposition"."""
    id_ = name.partition(".")[0]
    return id_ if id_ in COUNTRIES.values() else COUNTRIES.get(name)
