"""Sentences with what they say and must not say (tests/data/cases): reading them, and judging statements by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from actorgraph.extract import Statement

FOLDER = Path(__file__).resolve().parent / "data" / "cases"
DEFAULTS = {"negated": False, "modality": "asserted", "attributed_to": None}


@dataclass(frozen=True, slots=True)
class Expected:
    """A triple of a case: names or ids, relation phrase and type ("*" is any), fields; `optional` if it need not be found."""

    subject: str
    relation: str
    object: str
    type: str
    fields: tuple[tuple[str, Any], ...]
    optional: bool

    def __str__(self) -> str:
        fields = " ".join(f"{name}={value}" for name, value in self.fields)
        return f"{self.subject} → {self.relation} → {self.object} [{self.type}] {fields}".rstrip()

    def matches(self, statement: Statement) -> bool:
        """Whether the statement is this triple, either way round where it is symmetric."""
        record = statement.to_dict()
        ways = [("subject", "object")] + ([("object", "subject")] if statement.symmetric else [])
        return (
            any(_is(self.subject, record, one) and _is(self.object, record, other) for one, other in ways)
            and self.relation in ("*", statement.relation)
            and self.type in ("*", statement.relation_type)
            and all(_same(record[name], value) for name, value in self.fields)
        )


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its triples and with those that must never come out; `id` is family and number."""

    id: str
    text: str
    published: str | None
    triples: tuple[Expected, ...]
    never: tuple[Expected, ...]

    def faults(self, statements: Sequence[Statement]) -> list[str]:
        """What is missing and what should not be there, one line each; empty where the case is met."""
        missing = [f"missing {triple}" for triple in self.triples if not triple.optional and not any(map(triple.matches, statements))]
        return missing + [f"never {triple}" for triple in self.never if any(map(triple.matches, statements))]


def _is(name: str, record: Mapping[str, Any], side: str) -> bool:
    """Whether the statement's actor is the one named: by name, by id, or, as in "SRB.*", a country or a group of its people."""
    name_, id_ = record[side], record[f"{side}_id"]
    return name in ("*", name_, id_) or (name.endswith(".*") and (id_ == name[:-2] or id_.startswith(name[:-1])))


def _same(given: Any, wanted: Any) -> bool:
    if isinstance(wanted, str) and isinstance(given, str):
        return given.lower().removeprefix("the ").removeprefix("a ") == wanted.lower().removeprefix("the ").removeprefix("a ")
    return bool(given == wanted)


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """Every case, family by family."""
    return [
        Case(
            f"{path.stem}-{number}", row["text"], str(row["published"]) if row.get("published") else None,
            tuple(_expected(row.get("triples") or (), DEFAULTS)), tuple(_expected(row.get("never") or (), {})),
        )
        for path in sorted(folder.glob("*.yaml"))
        for number, row in enumerate(yaml.safe_load(path.read_text("utf8")), 1)
    ]  # fmt: skip


def _expected(rows: Iterable[Sequence[Any]], defaults: Mapping[str, Any]) -> Iterable[Expected]:
    for row in rows:
        subject, relation, object_, *rest = row
        type_ = rest[0] if rest and isinstance(rest[0], str) else "*"
        fields = dict(rest[-1]) if rest and isinstance(rest[-1], dict) else {}
        optional = fields.pop("optional", False)
        yield Expected(subject, relation, object_, type_, tuple((dict(defaults) | fields).items()), optional)
