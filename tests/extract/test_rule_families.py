"""Every family of rules is needed: switched off, cases that are met are met no longer.

The families of candidates are the `rule` of statements; those that say how a statement is stated are functions of their
own. A family is switched off where candidates and functions come together (extract/statements.py), so that whatever
another family gives in its place counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from cases import Case, read_cases

from actorgraph.extract import Statement, statements
from actorgraph.extract.confidence import FAMILIES
from actorgraph.extract.coreference import References
from actorgraph.extract.factuality import Factuality
from actorgraph.extract.records import Modality

if TYPE_CHECKING:
    from actorgraph.extract.candidates import Candidate

Reread = Callable[[Case], list[Statement]]

ENOUGH = 2
"""Cases that have to fail; the rest are not tried."""

HOW_IT_IS_STATED: dict[str, tuple[str, Callable[..., Any]]] = {
    "negation and modality": ("assess", lambda *_, **__: Factuality(False, Modality.ASSERTED, "")),
    "attribution": ("attribution_of", lambda *_: None),
    "quantities": ("quantity_of", lambda *_: None),
    "dates": ("event_date", lambda *_: None),
    "references": ("read_references", lambda _, mentions, *__: References(list(mentions), [])),
}


@pytest.fixture(scope="module")
def met(reread: Reread) -> dict[str, tuple[Case, frozenset[str]]]:
    """The cases that are met with every rule on, and the families of their statements."""
    found = {}
    for case in read_cases():
        read = reread(case)
        if not case.faults(read):
            found[case.id] = case, frozenset(statement.rule for statement in read)
    return found


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_without_a_family_of_candidates_cases_fail(
    family: str, met: dict[str, tuple[Case, frozenset[str]]], reread: Reread, monkeypatch: pytest.MonkeyPatch
) -> None:
    distinct = statements.distinct

    def without(candidates: Iterable[Candidate]) -> list[Candidate]:
        return distinct(candidate for candidate in candidates if candidate.rule != family)

    monkeypatch.setattr(statements, "distinct", without)
    if family == "likely":  # comes after the rules
        monkeypatch.setattr(statements.Triples, "beside", lambda *_: ())
    assert len(_failing([case for case, families in met.values() if family in families], reread)) == ENOUGH


@pytest.mark.parametrize("name", HOW_IT_IS_STATED)
def test_without_the_rules_of_how_it_is_stated_cases_fail(
    name: str, met: dict[str, tuple[Case, frozenset[str]]], reread: Reread, monkeypatch: pytest.MonkeyPatch
) -> None:
    function, nothing = HOW_IT_IS_STATED[name]
    assert callable(getattr(statements, function))
    monkeypatch.setattr(statements, function, nothing)
    assert len(_failing([case for case, _ in met.values()], reread)) == ENOUGH


def test_every_rule_of_a_statement_is_a_family(met: dict[str, tuple[Case, frozenset[str]]]) -> None:
    assert {family for _, families in met.values() for family in families} <= set(FAMILIES)


def _failing(cases: Sequence[Case], reread: Reread) -> list[str]:
    return list(islice((case.id for case in cases if case.faults(reread(case))), ENOUGH))
