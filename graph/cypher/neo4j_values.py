"""Makes the values of the neo4j driver into those of `values`, so that both engines' answers compare equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .schema import LABELS
from .values import Node, Path, Relationship

if TYPE_CHECKING:
    from neo4j import graph

Ends = Mapping[str, tuple[str, str]]
"""The ids of the nodes at both ends of a relationship, by its element id."""


def relationships(value: Any) -> Iterator[str]:
    """Yield the element ids of the relationships in a value; the driver does not tell the ids of the nodes at their ends.

    >>> list(relationships([1, {"a": None}]))
    []
    """
    from neo4j import graph

    match value:
        case graph.Relationship():
            yield value.element_id
        case graph.Path():
            yield from (relationship.element_id for relationship in value.relationships)
        case dict():
            for item in value.values():
                yield from relationships(item)
        case list() | tuple():
            for item in value:
                yield from relationships(item)


def decoded(value: Any, ends: Ends) -> Any:
    """Return a value of the driver as one of ours; `ends` has every relationship in it."""
    from neo4j import graph, time

    match value:
        case graph.Node():
            return _node(value)
        case graph.Relationship():
            return _relationship(value, ends)
        case graph.Path():
            return Path(tuple(map(_node, value.nodes)), tuple(_relationship(relationship, ends) for relationship in value.relationships))
        case time.Date():
            return value.iso_format()
        case time.DateTime():
            return f"{value.date().iso_format()}T{_time(value.time())}{_zone(value)}"
        case time.Time():
            return _time(value) + _zone(value)
        case time.Duration():
            return _duration(value)
        case dict():
            return {key: decoded(item, ends) for key, item in value.items()}
        case list() | tuple():
            return [decoded(item, ends) for item in value]
        case bytes() | bytearray():
            return list(value)
    return value


def _node(node: graph.Node) -> Node:
    properties = _properties(node.items())
    return Node(tuple(sorted(node.labels, key=_label_order)), str(properties.get("id", node.element_id)), properties)


def _relationship(relationship: graph.Relationship, ends: Ends) -> Relationship:
    return Relationship(relationship.type, *ends[relationship.element_id], _properties(relationship.items()))


def _properties(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: decoded(value, {}) for name, value in sorted(items)}


def _label_order(label: str) -> tuple[int, str]:
    return LABELS.index(label) if label in LABELS else len(LABELS), label


def _time(value: Any) -> str:
    """The time of day as Java prints it: seconds where there are any, fractions in groups of three digits."""
    seconds, nanoseconds = int(value.second), value.nanosecond
    text = f"{value.hour:02}:{value.minute:02}"
    if not seconds and not nanoseconds:
        return text
    fraction = f"{nanoseconds:09}"
    while fraction.endswith("000"):
        fraction = fraction[:-3]
    return f"{text}:{seconds:02}" + (f".{fraction}" if fraction else "")


def _zone(value: Any) -> str:
    offset = value.utcoffset()
    if offset is None:
        return ""
    seconds = round(offset.total_seconds())
    sign, seconds = "-" if seconds < 0 else "+", abs(seconds)
    text = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    name = getattr(value.tzinfo, "zone", None) or getattr(value.tzinfo, "key", None)
    return ("Z" if not seconds else text) + (f"[{name}]" if name and "/" in name else "")


def _duration(value: Any) -> str:
    """A duration as Cypher prints it: "P1Y2M3DT4H5M6.5S", "PT0S" for none."""
    nanoseconds = value.seconds * 1_000_000_000 + value.nanoseconds
    sign, nanoseconds = "-" if nanoseconds < 0 else "", abs(nanoseconds)
    seconds, fraction = divmod(nanoseconds, 1_000_000_000)
    years, months = int(value.months / 12), value.months - 12 * int(value.months / 12)
    date = "".join(f"{number}{unit}" for number, unit in ((years, "Y"), (months, "M"), (value.days, "D")) if number)
    last = f"{seconds % 60}.{fraction:09}".rstrip("0").rstrip(".")
    time = "".join(
        f"{sign}{number}{unit}"
        for number, unit in ((str(seconds // 3600), "H"), (str(seconds // 60 % 60), "M"), (last, "S"))
        if number != "0"
    )
    return f"P{date}T{time}" if time else f"P{date}" if date else "PT0S"
