"""What a query returns, the same from every engine: columns and rows of plain values, nodes, relationships and paths.

Dates, times and durations are text in the form of Java's `toString` ("2024-10-22", "2024-05-17T10:00Z", "P1M2DT3H"), which
is what the embedded engine gives and Neo4j's own shell prints. Maps keep their order; everything else is what JSON knows,
save that numbers may be infinite or not a number. The module imports next to nothing: the process of the engine starts with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Value = str | int | float | bool | list[str]
"""What a property holds."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node. Equal when labels, id and properties are.

    `labels` stand in the order of the schema, the general one first; `id` is the property of that name, unique among the
    nodes of the first label (of one dataset, for statements and documents).
    """

    labels: tuple[str, ...]
    id: str
    properties: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship from the node with id `start` to the node with id `end`. Equal when all fields are.

    Which labels the two have, its type tells: relation types join actors, evidence types lead from statements.
    """

    type: str
    start: str
    end: str
    properties: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Path:
    """A path: one node more than relationships, each of which joins its neighbours in either direction."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query. Each row has one value for each column; without rows the columns may be unknown, and then empty."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a mapping from column to value.

        >>> list(Result(("name", "n"), (("Peru", 1),)).records())
        [{'name': 'Peru', 'n': 1}]
        """
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it.

    A node becomes {"labels", "properties"}, a relationship {"type", "start", "end", "properties"}, a path {"nodes",
    "relationships"}; an infinite number or one that is none becomes its name, as in Cypher.

    >>> plain([Node(("Actor",), "PER", {"id": "PER"}), float("-inf")])
    [{'labels': ['Actor'], 'properties': {'id': 'PER'}}, '-Infinity']
    """
    match value:
        case Node():
            return {"labels": list(value.labels), "properties": plain(value.properties)}
        case Relationship():
            return {"type": value.type, "start": value.start, "end": value.end, "properties": plain(value.properties)}
        case Path():
            return {"nodes": plain(value.nodes), "relationships": plain(value.relationships)}
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case float() if math.isnan(value):
            return "NaN"
        case float() if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
    return value
