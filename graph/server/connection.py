"""The connection to a Neo4j server: address, login and database, and transactions that can be watched."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from ..version import program_version
from .errors import AddressError, MissingLogin, NotNeo4j, RowsLost, driver_errors

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""What addresses of servers begin with; "+s" is encrypted, "+ssc" too with a certificate that the server signed itself."""

DEFAULT_DATABASE = "neo4j"
"""The database where neither the caller nor NEO4J_DATABASE names one: Neo4j's own default."""

Trace = Callable[[str, Mapping[str, Any]], None]
"""Called with the text and the parameters of each query before it is sent."""

_ROUTED = "neo4j"
_OLDEST = (5, 7)  # from here on a client can turn off notifications
_COMMITS = 3  # how often a transaction is sent whose commit may or may not have been written
_FIRST_RETRY = 0.1  # seconds; twice as long before each further one. Most of what a repetition helps against is over at once
_Made = TypeVar("_Made")


def is_server(source: object) -> bool:
    """Whether `source` is the address of a server rather than a folder or file.

    >>> is_server("neo4j+s://example.org"), is_server("news/bolt")
    (True, False)
    """
    return isinstance(source, str) and source.partition("://")[0].lower() in SCHEMES and "://" in source


def environment_login(uri: str) -> tuple[str, str]:
    """Return user and password from NEO4J_USERNAME (else "neo4j") and NEO4J_PASSWORD; MissingLogin where there is no password."""
    password = os.environ.get("NEO4J_PASSWORD")
    if not password:
        raise MissingLogin("no password; set NEO4J_USERNAME and NEO4J_PASSWORD", _checked(uri))
    return os.environ.get("NEO4J_USERNAME") or "neo4j", password


@dataclass(slots=True)
class Transaction:
    """A transaction of the driver whose queries can be watched."""

    _tx: ManagedTransaction
    _uri: str
    _trace: Trace | None

    def read(self, cypher: str, **parameters: Any) -> Iterator[tuple[Any, ...]]:
        """Run a query and yield its rows."""
        if self._trace:
            self._trace(cypher, parameters)
        return (tuple(record.values()) for record in self._tx.run(cypher, parameters))

    def write(self, cypher: str, rows: Sequence[Mapping[str, Any]], **parameters: Any) -> None:
        """Run a query over `rows` that returns how many of them it stored; RowsLost where that is not all."""
        if rows:
            ((stored,),) = self.read(cypher, rows=rows, **parameters)
            if stored != len(rows):
                raise RowsLost(self._uri, len(rows), stored)


@dataclass(slots=True)
class Connection:
    """An open connection to one database of one server, for one thread."""

    uri: str
    database: str
    driver: Driver
    trace: Trace | None = None

    @contextmanager
    def session(self, *, reading: bool = False) -> Iterator[Session]:
        """Yield a session of the database; one that only reads, if so told.

        One that Ctrl-C or an end of the program interrupts is left as it is, for closing it would wait for the answer, however
        long the server works on it. The server stops, and undoes what it did, when the connection is closed.
        """
        from neo4j import READ_ACCESS, WRITE_ACCESS

        session = self.driver.session(database=self.database, default_access_mode=READ_ACCESS if reading else WRITE_ACCESS)
        try:
            yield session
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:
            session.close()
            raise
        session.close()

    def write(self, work: Callable[[Transaction], _Made]) -> _Made:
        """Return what `work` does in a transaction, which is repeated where the driver finds that it can be.

        The driver does not repeat one that got lost while it was committed, for it may have been written; `work` must be
        such that twice is the same as once, and is repeated then, too. Raises ServerError.
        """
        from neo4j.exceptions import IncompleteCommit

        for attempt in range(1, _COMMITS + 1):
            with driver_errors(self.uri), self.session() as session:
                try:
                    return session.execute_write(lambda tx: work(Transaction(tx, self.uri, self.trace)))
                except IncompleteCommit:
                    if attempt == _COMMITS:
                        raise
        raise AssertionError("unreachable")

    def read(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query that only reads, in a transaction of its own. Raises ServerError."""
        with driver_errors(self.uri), self.session(reading=True) as session:
            return session.execute_read(lambda tx: list(Transaction(tx, self.uri, self.trace).read(cypher, **parameters)))

    def stream(self, cypher: str, **parameters: Any) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query that only reads as they come, so that they need not fit into memory. Raises ServerError."""
        if self.trace:
            self.trace(cypher, parameters)
        with driver_errors(self.uri), self.session(reading=True) as session:
            for record in session.run(cypher, parameters):
                yield tuple(record.values())


@contextmanager
def connect(
    uri: str,
    *,
    auth: tuple[str, str] | None = None,
    database: str | None = None,
    trace: Trace | None = None,
    retry: float = 30.0,
) -> Iterator[Connection]:
    """Yield a connection to a database of a Neo4j server.

    `auth` is user and password, else those of `environment_login`; `database` else NEO4J_DATABASE, else DEFAULT_DATABASE.
    A transaction that fails for a passing reason is repeated for up to `retry` seconds. Raises ServerError where there is
    no such server, database or login.
    """
    uri = _checked(uri)
    database = database or os.environ.get("NEO4J_DATABASE") or DEFAULT_DATABASE
    auth = auth or environment_login(uri)
    if not (logger := logging.getLogger("neo4j")).handlers:
        logger.addHandler(logging.NullHandler())  # else every retry of the driver is printed by a program that sets up no logging
    with _driver(uri, auth, retry) as driver:
        with driver_errors(uri):
            agent = _agent(driver, uri, auth)
        _check_version(agent, uri)
        yield Connection(uri, database, driver, trace)


def _driver(uri: str, auth: tuple[str, str], retry: float) -> Driver:
    with driver_errors(uri):
        from neo4j import GraphDatabase, NotificationMinimumSeverity

        return GraphDatabase.driver(
            uri,
            auth=auth,
            user_agent=f"actorgraph/{program_version()}",
            connection_timeout=15.0,
            max_transaction_retry_time=retry,
            initial_retry_delay=_FIRST_RETRY,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        )


def _agent(driver: Driver, uri: str, auth: tuple[str, str]) -> str:
    """Return what the server calls itself. Raises what the driver does."""
    from neo4j.exceptions import ServiceUnavailable

    try:
        return driver.get_server_info().agent
    except ServiceUnavailable:
        # Why there are no routes the driver keeps to itself; a connection without routes fails for the same reason and tells it.
        if uri.lower().startswith(_ROUTED):
            with _driver("bolt" + uri[len(_ROUTED) :], auth, retry=0) as direct:
                direct.verify_connectivity()
        raise


def _checked(uri: str) -> str:
    if not is_server(uri):
        raise AddressError("is no address of a Neo4j server; write neo4j://HOST:PORT, neo4j+s:// with encryption, or bolt://", uri)
    try:
        parts = urlsplit(uri)
        named = parts.hostname, parts.port
    except ValueError:
        named = None, None
        parts = urlsplit("")
    if "@" in parts.netloc:  # not repeated in the message: it may hold a password
        raise AddressError("user and password do not belong into the address; set NEO4J_USERNAME and NEO4J_PASSWORD", f"{parts.scheme}://…")
    if named[0] is None:
        raise AddressError("names no host, or a port that is no number; write neo4j://HOST:PORT", uri)
    return uri


def _check_version(agent: str, uri: str) -> None:
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if found is None:
        raise NotNeo4j(f"what answers there calls itself {agent!r}; name a server of Neo4j 5 or later", uri)
    if (int(found[1]), int(found[2])) < _OLDEST:
        raise NotNeo4j(f"{agent} is too old; this needs Neo4j {'.'.join(map(str, _OLDEST))} or later", uri)
