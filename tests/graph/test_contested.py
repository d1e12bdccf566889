"""What counts as contested: denials, and numbers that cannot all be right."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statements import make_statement, statement_lists

from actorgraph.extract.records import Statement
from actorgraph.graph.contested import find_denials, find_disagreements, interval
from actorgraph.graph.triples import merge_statements


def numbers(*quantities: dict[str, Any]) -> list[Statement]:
    """The same thing said with several quantities."""
    return [make_statement("Serbia", "send troops to", "Kosovo", "AID", at=at * 50, **changes) for at, changes in enumerate(quantities)]


def test_a_denial_of_what_another_states(quarrel: list[Statement]) -> None:
    [denial] = find_denials(quarrel)
    assert (denial.key, denial.relation) == (("SRB", "AID", "XKX"), "send troops to")
    assert [statement.attributed_to for statement in denial.affirmed] == [None, "Albanian officials"]
    assert [statement.attributed_to for statement in denial.denied] == ["Belgrade"]
    assert denial.statements == denial.affirmed + denial.denied


@pytest.mark.parametrize(
    "changes",
    [{"modality": "planned"}, {"relation": "deploy forces to"}, {"object": "Croatia"}, {"negated": False}, {"type": "ASSAULT"}],
)
def test_what_denies_nothing(changes: dict[str, Any]) -> None:
    denied = {"subject": "Serbia", "relation": "send troops to", "object": "Kosovo", "type": "AID", "negated": True, "at": 50}
    assert find_denials([*numbers({}), make_statement(**denied | changes)]) == []
    assert len(find_denials([*numbers({}), make_statement(**denied)])) == 1


def test_symmetric_denials_meet_whichever_way_they_are_told() -> None:
    met = make_statement("Serbia", "meet", "Hungary", "CONSULT", symmetric=True)
    not_met = make_statement("Hungary", "meet", "Serbia", "CONSULT", at=50, symmetric=True, negated=True)
    assert len(find_denials([met, not_met])) == 1


@pytest.mark.parametrize(
    ("one", "other", "at_odds"),
    [
        ({"quantity": 500}, {"quantity": 500}, False),
        ({"quantity": 500}, {"quantity": 501}, True),
        ({"quantity": 500, "quantity_bound": "about"}, {"quantity": 540}, False),
        ({"quantity": 500, "quantity_bound": "about"}, {"quantity": 560}, True),
        ({"quantity": 500, "quantity_bound": "at_least"}, {"quantity": 9000}, False),
        ({"quantity": 500, "quantity_bound": "at_least"}, {"quantity": 400}, True),
        ({"quantity": 500, "quantity_bound": "at_most"}, {"quantity": 400}, False),
        ({"quantity": 500, "quantity_bound": "at_most"}, {"quantity": 501}, True),
        ({"quantity": 3, "quantity_max": 5, "quantity_bound": "range"}, {"quantity": 4}, False),
        ({"quantity": 3, "quantity_max": 5, "quantity_bound": "range"}, {"quantity": 6}, True),
        ({"quantity": 0}, {"quantity": 1}, True),
        ({"quantity": 500}, {"quantity": None}, False),
        ({"quantity": 500, "quantity_unit": "troops"}, {"quantity": 2, "quantity_unit": "brigades"}, False),
        ({"quantity": 500}, {"quantity": 900, "negated": True}, False),
        ({"quantity": 500}, {"quantity": 900, "modality": "planned"}, False),
        ({"quantity": 500, "event_date": "2024-05"}, {"quantity": 900, "event_date": "2024-06"}, False),
        ({"quantity": 500, "event_date": "2024-05"}, {"quantity": 900, "event_date": "2024-05"}, True),
        ({"quantity": 500, "event_date": "2024-05"}, {"quantity": 900}, True),
    ],
)
def test_which_numbers_are_at_odds(one: dict[str, Any], other: dict[str, Any], at_odds: bool) -> None:
    assert bool(find_disagreements(numbers(one, other))) == at_odds
    assert bool(find_disagreements(numbers(other, one))) == at_odds


@pytest.mark.parametrize(
    ("changes", "bounds"),
    [
        ({"quantity": 500}, (500, 500)),
        ({"quantity": 500, "quantity_bound": "at_least"}, (500, math.inf)),
        ({"quantity": 500, "quantity_bound": "at_most"}, (-math.inf, 500)),
        ({"quantity": 5, "quantity_max": 3, "quantity_bound": "range"}, (3, 5)),
        ({"quantity": -10, "quantity_bound": "about"}, (-11, -9)),
    ],
)
def test_the_interval_that_a_quantity_means(changes: dict[str, Any], bounds: tuple[float, float]) -> None:
    assert interval(make_statement(**changes)) == pytest.approx(bounds)


@given(collection=statement_lists(), seed=st.integers(0, 99))
def test_order_does_not_show(collection: list[Statement], seed: int) -> None:
    shuffled = list(collection)
    random.Random(seed).shuffle(shuffled)
    assert find_denials(merge_statements(shuffled)) == find_denials(merge_statements(collection))
    assert find_disagreements(merge_statements(shuffled)) == find_disagreements(merge_statements(collection))
