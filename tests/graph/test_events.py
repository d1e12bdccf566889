"""Event data and dyads: facts only, one row an event."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from statements import make_statement, statement_lists

from actorgraph.extract.records import Family, RelationType, Statement
from actorgraph.graph.events import DYAD_COLUMNS, EVENT_TYPES, QUAD_CLASSES, Event, QuadClass, dyads, events


def test_the_events_of_a_quarrel(quarrel: list[Statement]) -> None:
    assert events(quarrel) == [
        Event("2024-05-18", "SRB", None, "XKX", None, "AID", "material cooperation", "gazette/1.txt"),
        Event("2024-05-20", "ALB", None, "SRB", None, "REQUEST", "verbal conflict", "gazette/1.txt"),
    ]
    assert events(quarrel, groups=True)[0] == Event(None, "rebels@note.txt", None, "HRV", None, "ASSAULT", "material conflict", "note.txt")


@pytest.mark.parametrize(
    "changes", [{"negated": True}, {"attributed_to": "analysts"}, {"modality": "planned"}, {"type": "ALLY"}, {"type": "LEADS"}]
)
def test_what_is_no_event(changes: dict[str, object]) -> None:
    assert events([make_statement(**changes)]) == []


def test_every_type_is_an_event_with_a_class_a_tie_or_other() -> None:
    assert set(EVENT_TYPES) == {type_ for type_ in RelationType if type_.family is not Family.TIES}
    assert {*EVENT_TYPES} - QUAD_CLASSES.keys() == {RelationType.OTHER}
    for type_, quad in QUAD_CLASSES.items():
        if type_ is not RelationType.REQUEST:
            assert quad.endswith(type_.family)
    assert QUAD_CLASSES[RelationType.REQUEST] is QuadClass.VERBAL_CONFLICT


def test_a_symmetric_event_stands_once_and_its_sectors_turn_with_it() -> None:
    met = make_statement("Serbia", "meet", "Hungary", "CONSULT", symmetric=True, subject_sector="MIL", object_sector="GOV")
    assert events([met]) == [Event(None, "HUN", "GOV", "SRB", "MIL", "CONSULT", "verbal cooperation", "a.txt")]


def test_what_a_document_repeats_is_one_event() -> None:
    said = [make_statement(at=at, published="2024-05-20", document=document) for document in ("a", "b") for at in (0, 50, 99)]
    assert [event.document for event in events(said)] == ["a", "b"]


def test_the_dyads_count_events_by_month() -> None:
    dates = ["2024-05-20", "2024-05-31", "2024-06", "2024", "2024-05-31/2024-06-02", None]
    statements = [make_statement(event_date=date, document=str(at)) for at, date in enumerate(dates)]
    rows = [dict(zip(DYAD_COLUMNS, row, strict=True)) for row in dyads(statements)]
    assert [(row["month"], row["SUPPORT"]) for row in rows] == [(None, 1), ("2024", 1), ("2024-05", 3), ("2024-06", 1)]
    assert all(row["source"] == "HUN" and row["target"] == "SRB" and row["AID"] == 0 for row in rows)


@given(collection=statement_lists())
def test_dyads_add_up_to_the_events(collection: list[Statement]) -> None:
    found, rows = events(collection), dyads(collection)
    assert sum(sum(row[3:]) for row in rows) == len(found)  # type: ignore[arg-type]
    totals = Counter(event.type for event in found)
    assert [sum(row[3 + at] for row in rows) for at in range(len(EVENT_TYPES))] == [totals[type_] for type_ in EVENT_TYPES]  # type: ignore[misc]
    assert len({row[:3] for row in rows}) == len(rows)
    assert events(reversed(collection)) == found
