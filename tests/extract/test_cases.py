"""Every construction by its sentences: what they say comes out, what they do not say never does.

Cases that are not met yet stand in tests/data/cases/unmet.txt and are expected to fail, strictly: one that begins to be met
has to be taken off the list (`python -m benchmarks.cases --update`).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cases import FOLDER, Case, read_cases

from actorgraph.extract import Statement

UNMET = {line for line in (FOLDER / "unmet.txt").read_text("utf8").splitlines() if line and not line.startswith("#")}
CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, reread: Callable[[Case], list[Statement]], request: pytest.FixtureRequest) -> None:
    if case.id in UNMET:
        request.applymarker(pytest.mark.xfail(strict=True, reason="not met yet"))
    assert case.faults(reread(case)) == []


def test_the_list_of_unmet_cases_names_cases() -> None:
    assert {case.id for case in CASES} >= UNMET


def test_most_cases_are_met() -> None:
    assert len(UNMET) < len(CASES) / 4
