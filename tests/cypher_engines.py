"""Engines that answer Cypher, for tests: each is opened on statements and asked with `query(cypher, parameters)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actorgraph.extract.records import Statement
from actorgraph.graph.triples import write_statements

if TYPE_CHECKING:
    from actorgraph.graph.cypher.runner import EmbeddedEngine


def write_folder(statements: Iterable[Statement], folder: Path) -> Path:
    """Make a triples folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "triples.jsonl").open("w", encoding="utf-8", newline="") as file:
        write_statements(statements, file)
    return folder


@contextmanager
def embedded(statements: Iterable[Statement], folder: Path, *, timeout: float | None = 120.0) -> Iterator[EmbeddedEngine]:
    """The embedded engine on a folder of these statements, the cache inside it; skips where its wheel does not exist."""
    pytest.importorskip("arcadedb", reason="needs arcadedb, which has no wheel for this platform")
    from actorgraph.graph.cypher.runner import EmbeddedEngine

    with EmbeddedEngine(write_folder(statements, folder / "story"), timeout=timeout, cache=folder / "cache") as engine:
        yield engine
