"""The server of all tests here, started once; each test has a database to itself by clearing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j_server import VERSION, Neo4jServer, ServerUnavailable

Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A real Neo4j; skips by name where it cannot be had."""
    server = Neo4jServer(tmp_path_factory.mktemp("neo4j"))
    try:
        server.start()
    except (ServerUnavailable, OSError) as error:
        pytest.skip(f"needs Neo4j {VERSION}, for which Java 17, Maven and OpenSSL must be installed: {error}")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def driver(server: Neo4jServer) -> Iterator[Any]:
    """A driver of its own, to look at what is there."""
    from neo4j import GraphDatabase

    with GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        yield driver


@pytest.fixture
def uri(server: Neo4jServer, driver: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty database, the login in the environment."""
    driver.execute_query("MATCH (n) DETACH DELETE n", database_="neo4j")
    monkeypatch.setenv("NEO4J_USERNAME", server.auth[0])
    monkeypatch.setenv("NEO4J_PASSWORD", server.auth[1])
    monkeypatch.delenv("NEO4J_DATABASE", raising=False)
    return server.uri


@pytest.fixture
def ask(uri: str, driver: Any) -> Ask:
    """Rows of a query, past our own code."""

    def rows(cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        return [tuple(record.values()) for record in driver.execute_query(cypher, parameters, database_="neo4j").records]

    return rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A place for triples."""
    return tmp_path / "quarrel"
