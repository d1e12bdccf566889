"""What the statements do not agree on: denials of what others state, and numbers that cannot all be right."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from ..extract.records import Bound, Modality, Statement
from .edges import EdgeKey, edge_key

_Key = TypeVar("_Key", bound=Hashable)
_ABOUT = 0.1  # "about 500" and "540" are not at odds


@dataclass(frozen=True, slots=True)
class Denial:
    """One relation phrase between two actors that some say is so and some say is not. Equal when every field is."""

    key: EdgeKey
    relation: str
    affirmed: tuple[Statement, ...]
    denied: tuple[Statement, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Both sides, those first who say that it is so."""
        return self.affirmed + self.denied


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Different numbers for one thing: a phrase between two actors, a unit, a modality. Equal when every field is."""

    key: EdgeKey
    relation: str
    unit: str | None
    statements: tuple[Statement, ...]


def find_denials(statements: Iterable[Statement]) -> list[Denial]:
    """Return what is both affirmed and denied, the most often stated first.

    Both sides are asserted, by the articles or by those whom they quote; what is planned or only possible takes no side.
    """
    found = []
    for (key, relation), group in _grouped(statements, lambda statement: (edge_key(statement), statement.relation)).items():
        asserted = [statement for statement in group if statement.modality is Modality.ASSERTED]
        affirmed = tuple(statement for statement in asserted if not statement.negated)
        denied = tuple(statement for statement in asserted if statement.negated)
        if affirmed and denied:
            found.append(Denial(key, relation, affirmed, denied))
    return sorted(found, key=lambda denial: (-len(denial.affirmed) - len(denial.denied), denial.key, denial.relation))


def find_disagreements(statements: Iterable[Statement]) -> list[Disagreement]:
    """Return numbers that cannot all be right, the most often stated first.

    Each number is an interval by its bound ("about" leaves a tenth either way); two that do not touch are at odds, unless
    the text gives them different dates, for then both may be right.
    """
    measured = (statement for statement in statements if statement.quantity is not None and not statement.negated)
    groups = _grouped(
        measured, lambda statement: (edge_key(statement), statement.relation, statement.quantity_unit or "", statement.modality)
    )
    found = [
        Disagreement(key, relation, unit or None, tuple(group)) for (key, relation, unit, _), group in groups.items() if _at_odds(group)
    ]
    return sorted(found, key=lambda found: (-len(found.statements), found.key, found.relation, found.unit or ""))


def interval(statement: Statement) -> tuple[float, float]:
    """Return the least and the greatest value that a statement's quantity may mean."""
    low = statement.quantity or 0
    high = low if statement.quantity_max is None else statement.quantity_max
    match statement.quantity_bound:
        case Bound.AT_LEAST:
            return low, math.inf
        case Bound.AT_MOST:
            return -math.inf, high
        case Bound.ABOUT:
            return low - abs(low) * _ABOUT, high + abs(high) * _ABOUT
        case _:
            return min(low, high), max(low, high)


def _at_odds(group: list[Statement]) -> bool:
    by_date = _grouped(group, lambda statement: statement.event_date or "")
    undated = by_date.pop("", [])
    for dated in by_date.values() or [[]]:
        intervals = [interval(statement) for statement in (*dated, *undated)]
        if max(low for low, _ in intervals) > min(high for _, high in intervals):
            return True
    return False


def _grouped(statements: Iterable[Statement], key: Callable[[Statement], _Key]) -> dict[_Key, list[Statement]]:
    groups: dict[_Key, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(key(statement), []).append(statement)
    return groups
