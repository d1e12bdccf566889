"""Event data and dyads, as political science counts them.

An event is what an article itself states as so; hedged, denied, planned and reported statements are none, for the tables
have no column that would say it. Ties (ALLY RIVAL LEADS MEMBER) are states and no events. As on the edges of a graph, a
symmetric event stands once, from the lesser id to the greater.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from ..extract.records import Family, RelationType, Statement
from .edges import edge_key, statement_dates
from .merge import unify
from .tables import Cell


class QuadClass(StrEnum):
    """PLOVER's four classes: words or deeds, with or against."""

    VERBAL_COOPERATION = "verbal cooperation"
    MATERIAL_COOPERATION = "material cooperation"
    VERBAL_CONFLICT = "verbal conflict"
    MATERIAL_CONFLICT = "material conflict"


QUAD_CLASSES: dict[RelationType, QuadClass] = {
    RelationType(name): quad
    for quad, names in {
        QuadClass.VERBAL_COOPERATION: "AGREE CONSULT SUPPORT CONCEDE",
        QuadClass.MATERIAL_COOPERATION: "COOPERATE AID RETREAT",
        QuadClass.VERBAL_CONFLICT: "REQUEST ACCUSE REJECT THREATEN",
        QuadClass.MATERIAL_CONFLICT: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
    }.items()
    for name in names.split()
}
"""Quad class of each PLOVER type (Open Event Data Alliance, "PLOVER Codebook", summary of the event categories). OTHER has
none; REQUEST, a family of its own here, is verbal conflict there, as CAMEO's demands were."""

EVENT_TYPES: tuple[RelationType, ...] = tuple(type_ for type_ in RelationType if type_.family is not Family.TIES)
"""Types that are events, in the order of the columns."""


class Event(NamedTuple):
    """One row: who did what to whom, when, and where it is written.

    `date` is that of the event, where the text tells, else of publication, as precise as it is known; the first day of a
    range; or None. `source` and `target` are ids of actors, sectors those of PLOVER (GOV MIL …) or None.
    """

    date: str | None
    source: str
    source_sector: str | None
    target: str
    target_sector: str | None
    type: str
    quad_class: str | None
    document: str


def events(statements: Iterable[Statement], *, groups: bool = False) -> list[Event]:
    """Return the events of `statements`, sorted by date, actors and type, the undated first.

    What one document says several times is one event, unless dates or sectors differ.
    """
    found = set()
    for statement in unify(statements, groups=groups):
        if not statement.is_fact or statement.relation_type not in EVENT_TYPES:
            continue
        key = edge_key(statement)
        sectors = (statement.subject_sector, statement.object_sector)
        if key.subject_id != statement.subject_id:
            sectors = sectors[::-1]
        dates = statement_dates(statement)
        found.add(
            Event(
                dates[0] if dates else None, key.subject_id, sectors[0], key.object_id, sectors[1], str(key.relation_type),
                QUAD_CLASSES.get(key.relation_type), statement.document_id,
            )
        )  # fmt: skip
    return sorted(found, key=lambda event: tuple(field or "" for field in event))


DYAD_COLUMNS: tuple[str, ...] = ("source", "target", "month", *EVENT_TYPES)
"""Columns of the dyads: a pair, a month, and how many events of each type."""


def dyads(statements: Iterable[Statement], *, groups: bool = False) -> list[tuple[Cell, ...]]:
    """Return how many events of each type each directed pair has in each month, sorted; columns `DYAD_COLUMNS`.

    Months are YYYY-MM; a year where no more is known, None where not even that is.
    """
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for event in events(statements, groups=groups):
        counts.setdefault((event.source, event.target, (event.date or "")[:7]), Counter())[event.type] += 1
    return [
        (source, target, month or None, *(types[type_] for type_ in EVENT_TYPES))
        for (source, target, month), types in sorted(counts.items(), key=itemgetter(0))
    ]
