"""What can go wrong with a query.

    ActorgraphError
    └── QueryError             a query gave no rows
        ├── CypherError        the engine does not accept it: syntax, names, types, a parameter that is missing, a write
        ├── QueryTimeout       it took longer than it may (carries the limit in seconds)
        ├── ParameterError     a parameter or its type cannot be understood, or a named query does not know it
        ├── UnknownQuery       no named query has that name (carries those that exist)
        └── EngineError        the engine ended without an answer
            └── MissingEngine  the embedded engine is not installed: its wheel does not exist for this platform

Each message says what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...extract.errors import ActorgraphError


class QueryError(ActorgraphError):
    """A query gave no rows."""


class CypherError(QueryError):
    """The engine does not accept `cypher`; the message is the engine's own, without names of its classes."""

    def __init__(self, message: str, cypher: str) -> None:
        super().__init__(message)
        self.cypher = cypher


class QueryTimeout(QueryError):
    """A query took longer than `timeout` seconds and was ended."""

    def __init__(self, timeout: float) -> None:
        super().__init__(f"the query took longer than {timeout:g} s and was ended; narrow it, or allow more with --timeout")
        self.timeout = timeout


class ParameterError(QueryError):
    """Parameter `name` of a query is missing, unknown or of the wrong type."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.name = name


class UnknownQuery(QueryError):
    """There is no named query `name`; `known` are those that exist."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name, self.known = name, sorted(known)
        super().__init__(f"no query is called {name!r}; there are {', '.join(self.known)}")


class EngineError(QueryError):
    """The engine ended without an answer."""


class MissingEngine(EngineError):
    """The embedded engine cannot be imported; `reason` is what the import said."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Cypher without a server needs the package arcadedb ({reason}); install it with: pip install 'arcadedb==26.11.1.dev2' "
            "(wheels: Linux x86-64 and arm64 with glibc 2.28, macOS arm64, Windows x64), "
            "or put the folder into Neo4j with 'actorgraph load' and name its address instead of the folder"
        )
        self.reason = reason
