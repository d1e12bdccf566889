"""Ids as a server can index them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from ..cypher.values import Node

LONGEST = 2000
"""Bytes of an id or of a dataset's name that are indexed as they are; an index of Neo4j takes some 8,000 for a whole key."""

LONG_ID = "long_id"
"""Property of a node whose id is longer: the id itself, while `id` holds its beginning and its digest."""

_BEGINNING = 100  # characters


def indexed(id_: str) -> str:
    """Return what stands for an id in `id`: the id itself unless it is longer than any reasonable one.

    >>> indexed("PRK"), len(indexed("long" * 1000))
    ('PRK', 133)
    """
    if len(id_) * 4 <= LONGEST or len(encoded := id_.encode()) <= LONGEST:
        return id_
    return f"{id_[:_BEGINNING]}…{hashlib.sha256(encoded).hexdigest()[:32]}"


def stored(node: Node) -> dict[str, Any]:
    """Return the properties to store of a node."""
    short = indexed(node.id)
    return dict(node.properties) if short == node.id else {**node.properties, "id": short, LONG_ID: node.id}


def original(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties that a node was made of: the inverse of `stored`."""
    found = dict(properties)
    if LONG_ID in found:
        found["id"] = found.pop(LONG_ID)
    return found
