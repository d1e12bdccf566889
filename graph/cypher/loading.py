"""Fills a new database of the embedded engine with a property graph.

Python works out rows while the engine, which needs no lock of Python's, stores those it was given: the one thread that talks
to the engine takes them in the order in which they come.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from ...extract.records import Statement
from ..edges import build_edges
from ..merge import merge_people, unify
from ..triples import merge_statements
from . import schema
from .engine import Database, encode_edges, encode_vertices, fits_batch, writing
from .values import Node, Relationship

_ROWS = 1000  # nodes at a time
_STATEMENT_PAGE = 65536  # bytes; the engine's own default. Few statements fit on a small page

_VERTEX_TYPES = [
    f"CREATE VERTEX TYPE `{label}` BUCKETS 1{f' PAGESIZE {_STATEMENT_PAGE}' if label == schema.STATEMENT else ''}" for label in schema.LABELS
]
_LABEL_PAIRS = [
    f"CREATE VERTEX TYPE `{schema.ACTOR}~{label}` EXTENDS `{schema.ACTOR}`, `{label}` BUCKETS 1" for label in schema.KIND_LABELS.values()
]
_EDGE_TYPES = [f"CREATE EDGE TYPE `{type_}` BUCKETS 1" for type_ in (*schema.RELATION_TYPES, *schema.EVIDENCE_TYPES)]
_INDEXED = {(schema.ACTOR, "id"): "UNIQUE", (schema.ACTOR, "name"): "NOTUNIQUE", (schema.DOCUMENT, "id"): "UNIQUE"}
_PROPERTIES = [f"CREATE PROPERTY `{label}`.`{name}` STRING" for label, name in _INDEXED]
_INDEXES = [f"CREATE INDEX ON `{label}` (`{name}`) {kind}" for (label, name), kind in _INDEXED.items()]


def load_statements(folder: Path, statements: Iterable[Statement], dataset: str) -> None:
    """Make the database `folder` of the property graph of `statements` (see `schema.property_graph`).

    `statements` may come one by one, as they are read; they are stored on the way. Raises EngineError where the engine cannot
    write.
    """
    with writing(), ThreadPoolExecutor(1, "engine") as engine:
        loader = _Loader(engine, folder)
        given = list(loader.add_statements(statements, dataset))
        merged = merge_statements(given)
        if len(merged) < len(given):  # what was stored twice cannot stay
            loader.finish()
            shutil.rmtree(folder)
            loader = _Loader(engine, folder)
            merged = list(loader.add_statements(merged, dataset))
        people = merge_people(merged)
        loader.add_nodes(schema.document_nodes(merged, dataset))
        loader.add_nodes(schema.actor_nodes(merged, people))
        for type_ in schema.EVIDENCE_TYPES:
            loader.add_evidence(type_, schema.evidence(type_, merged, people))
        loader.connect()  # takes the engine as long as Python takes for what comes now
        loader.add_relations(schema.relation(edge, dataset) for edge in build_edges(unify(merged)))
        loader.finish()


class _Loader:
    """Hands rows to the engine's thread. What fails there is raised by `finish`."""

    def __init__(self, engine: ThreadPoolExecutor, folder: Path) -> None:
        self._engine = engine
        self._pending: list[Future[None]] = []
        self._long: list[Relationship] = []
        self._rids: dict[str, dict[str, str]] = {schema.ACTOR: {}, schema.STATEMENT: {}, schema.DOCUMENT: {}}
        self._submit(self._create, folder)

    def add_statements(self, statements: Iterable[Statement], dataset: str) -> Iterator[Statement]:
        """Add the nodes of statements as they come, and yield the statements."""
        statements = iter(statements)
        while chunk := list(islice(statements, _ROWS)):
            self.add_nodes(schema.statement_node(statement, dataset) for statement in chunk)
            yield from chunk

    def add_nodes(self, nodes: Iterable[Node]) -> None:
        """Add nodes, whose id must be new among those of their first label."""
        by_type: dict[str, list[Node]] = {}
        for node in nodes:
            by_type.setdefault("~".join(node.labels), []).append(node)
        for type_, group in by_type.items():
            for start in range(0, len(group), _ROWS):
                rows = group[start : start + _ROWS]
                encoded = encode_vertices(type_, [node.properties for node in rows])
                self._submit(self._create_nodes, type_, [node.id for node in rows], encoded)

    def add_evidence(self, type_: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Add relationships of statements, whose nodes were added before."""
        pairs = list(pairs)
        ends = schema.DOCUMENT if type_ == schema.IN else schema.ACTOR
        self._submit(self._create_edges, type_, schema.STATEMENT, [start for start, _ in pairs], ends, [end for _, end in pairs], None)

    def add_relations(self, relations: Iterable[Relationship]) -> None:
        """Add relationships between actors, whose nodes were added before."""
        by_type: dict[str, list[Relationship]] = {}
        for relation in relations:
            if fits_batch(relation.properties):
                by_type.setdefault(relation.type, []).append(relation)
            else:
                self._long.append(relation)
        for type_, group in by_type.items():
            starts, ends, properties = ([getattr(relation, name) for relation in group] for name in ("start", "end", "properties"))
            self._submit(self._create_edges, type_, schema.ACTOR, starts, schema.ACTOR, ends, properties)

    def connect(self) -> None:
        """Let every node know its relationships, as far as they were added."""
        self._submit(self._renew_batch)

    def finish(self) -> None:
        """Wait until everything is stored."""
        self._submit(self._close)
        for future in self._pending:
            future.result()

    def _submit(self, call: Callable[..., None], *arguments: Any) -> None:
        self._pending.append(self._engine.submit(call, *arguments))

    # What follows runs in the engine's thread.

    def _create(self, folder: Path) -> None:
        self._database = Database.create(folder)
        self._database.run_script([*_VERTEX_TYPES, *_LABEL_PAIRS, *_EDGE_TYPES, *_PROPERTIES])
        self._batch = self._database.batch()

    def _create_nodes(self, type_: str, ids: list[str], encoded: bytes) -> None:
        self._rids[type_.partition("~")[0]].update(zip(ids, self._batch.create_vertices(encoded), strict=True))

    def _create_edges(self, type_: str, start: str, starts: list[str], end: str, ends: list[str], properties: Any) -> None:
        if starts:
            from_rids, to_rids = self._rids[start], self._rids[end]
            self._batch.create_edges(encode_edges(type_, [from_rids[id_] for id_ in starts], [to_rids[id_] for id_ in ends], properties))

    def _renew_batch(self) -> None:
        self._batch.close()
        self._batch = self._database.batch()

    def _close(self) -> None:
        self._batch.close()
        actors = self._rids[schema.ACTOR]
        for relation in self._long:
            self._database.create_edge(relation.type, actors[relation.start], actors[relation.end], relation.properties)
        self._database.run_script(_INDEXES)
        with self._database:
            pass
