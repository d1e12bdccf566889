"""Asks a Neo4j database what anyone would ask a triples folder; the answers compare equal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, Self

from ..cypher.errors import CypherError, QueryTimeout
from ..cypher.neo4j_values import decoded, relationships
from ..cypher.values import Result
from . import texts
from .connection import connect
from .errors import driver_errors

_RETRY = 3.0  # seconds; a query that needs too much memory counts as worth a retry
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"


def query_server(
    uri: str,
    cypher: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: float | None = 30.0,
    database: str | None = None,
    auth: tuple[str, str] | None = None,
) -> Result:
    """Ask the Neo4j database at `uri` one question in Cypher and return all rows; see `ServerEngine`."""
    with ServerEngine(uri, timeout=timeout, database=database, auth=auth) as engine:
        return engine.query(cypher, parameters)


class ServerEngine:
    """A Neo4j database that answers questions in Cypher. Use it as a context manager, from one thread.

    Its sessions only read. The server ends what takes longer than `timeout` seconds (None for no limit), at which it looks
    every two seconds or so. Login and database as in `loading.load`. Entering the context raises ServerError.
    """

    def __init__(self, uri: str, *, timeout: float | None = 30.0, database: str | None = None, auth: tuple[str, str] | None = None) -> None:
        self._uri = uri
        self._timeout = timeout or None
        self._database, self._auth = database, auth
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._connection = self._stack.enter_context(connect(self._uri, auth=self._auth, database=self._database, retry=_RETRY))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """Return all rows of a question. Raises CypherError, QueryTimeout and ServerError."""
        from neo4j import unit_of_work

        @unit_of_work(timeout=self._timeout)
        def ask(tx: Any) -> tuple[tuple[str, ...], list[list[Any]], dict[str, tuple[str, str]]]:
            result = tx.run(cypher, dict(parameters or {}))
            columns = tuple(result.keys())
            rows = [list(record.values()) for record in result]
            ids = sorted(set(relationships(rows)))
            ends = {id_: (start, end) for id_, start, end in tx.run(texts.ENDS, ids=ids)} if ids else {}
            return columns, rows, ends

        with _query_errors(self._uri, cypher, self._timeout), self._connection.session(reading=True) as session:
            columns, rows, ends = session.execute_read(ask)
        return Result(columns, tuple(tuple(decoded(value, ends) for value in row) for row in rows))


@contextmanager
def _query_errors(uri: str, cypher: str, timeout: float | None) -> Iterator[None]:
    """Raise CypherError for what the server does not accept in a query, ServerError for all else."""
    from neo4j.exceptions import ClientError, Neo4jError

    with driver_errors(uri):
        try:
            yield
        except (ValueError, TypeError, OverflowError) as error:  # from the driver: a parameter that Bolt cannot hold
            raise CypherError(f"a parameter cannot be sent: {error}", cypher) from error
        except Neo4jError as error:
            code = error.code or ""
            if code.startswith(_TIMED_OUT) and timeout is not None:
                raise QueryTimeout(timeout) from error
            if not isinstance(error, ClientError) or not code.startswith(("Neo.ClientError.Statement.", "Neo.ClientError.Procedure.")):
                raise
            message = re.sub(r"\s+", " ", (error.message or str(error)).partition("\n")[0])
            if code == "Neo.ClientError.Statement.AccessMode":
                message = "queries only read; this one writes"
            elif code == "Neo.ClientError.Statement.ParameterMissing":
                message = f"parameters are missing: {message.partition(':')[2].strip() or message}"
            raise CypherError(message[:500], cypher) from error
