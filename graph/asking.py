"""Asks a triples folder or a Neo4j server the same question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from ..extract.errors import RecordError
from ..extract.records import Statement
from .cypher.values import Result


def query(
    source: Path | str,
    cypher: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: float | None = 30.0,
    on_building: Callable[[], object] | None = None,
    on_broken: Callable[[RecordError], object] | None = None,
) -> Result:
    """Ask a triples folder, a triples file or the address of a Neo4j server a question in Cypher; return all rows.

    A folder is asked by an embedded engine that only reads, from a database in the user's cache; where that must be made
    first, `on_building` is called, and `on_broken` with each line of the triples that is passed over. `timeout` is in seconds,
    None for no limit. Raises what `EmbeddedEngine.query` and `query_server` raise.

    >>> query("korea/", "MATCH (a:Actor)-[r:AID]->(b:Actor) RETURN a.name, b.name").rows        # doctest: +SKIP
    (('North Korea', 'Russia'),)
    """
    from .server.connection import is_server

    if is_server(source):
        from .server.queries import query_server

        return query_server(str(source), cypher, parameters, timeout=timeout)
    from .cypher.runner import EmbeddedEngine

    with EmbeddedEngine(source, timeout=timeout, on_building=on_building) as engine:
        result = engine.query(cypher, parameters)
        if on_broken is not None:
            for error in engine.broken_lines:
                on_broken(error)
    return result


def all_statements(source: Path | str) -> Iterable[Statement]:
    """Return the statements of what `query` asks; broken lines are passed over."""
    from .server.connection import is_server

    if is_server(source):
        from .cypher.schema import statement_of
        from .server.queries import query_server

        return [statement_of(node.properties) for (node,) in query_server(str(source), "MATCH (s:Statement) RETURN s", timeout=None)]
    from .triples import read_statements

    return read_statements(source, rejects=[])
