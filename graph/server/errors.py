"""What can go wrong with a server, and what the driver's exceptions mean.

    ActorgraphError
    └── ServerError             nothing could be done on the server (carries its address)
        ├── AddressError        the address is not one of a Neo4j server
        ├── MissingLogin        there is no password
        ├── LoginRefused        the server does not accept user and password, or not so soon after wrong ones
        ├── NotPermitted        the user may not do this
        ├── CannotConnect       nothing answers
        ├── NotNeo4j            something answers, but it is no Neo4j, or one that is too old
        ├── ConnectionLost      the server went away in the middle
        ├── ServerFull          the server has no space or no memory left
        ├── UnknownDatabase     the server has no such database
        ├── UnknownDataset      the database has no such dataset (carries those that it has)
        ├── RowsLost            the server stored fewer or more rows than it was sent
        └── ServerRefused       the server does not do it; its own words

Each message is one line that says what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...extract.errors import ActorgraphError

if TYPE_CHECKING:
    from neo4j.exceptions import DriverError, Neo4jError


_AGAIN = "run the same command again: nothing is lost or stored twice"


class ServerError(ActorgraphError):
    """Nothing could be done on the server at `uri`."""

    def __init__(self, message: str, uri: str) -> None:
        super().__init__(f"{uri}: {message}")
        self.uri = uri


class AddressError(ServerError):
    """The address is not one of a Neo4j server."""


class MissingLogin(ServerError):
    """No password was given."""


class LoginRefused(ServerError):
    """The server does not accept user and password, or not so soon after wrong ones."""


class NotPermitted(ServerError):
    """The user may not do this."""


class CannotConnect(ServerError):
    """Nothing answers at the address."""


class NotNeo4j(ServerError):
    """What answers is no Neo4j, or one that is too old."""


class ConnectionLost(ServerError):
    """The server went away in the middle; whether the last transaction was written is unknown."""


class ServerFull(ServerError):
    """The server has no space or no memory left."""


class UnknownDatabase(ServerError):
    """The server has no such database."""


class UnknownDataset(ServerError):
    """The database has no dataset `dataset`; `known` are those that it has."""

    def __init__(self, uri: str, dataset: str | None, known: Iterable[str]) -> None:
        self.dataset, self.known = dataset, sorted(known)
        names = ", ".join(self.known)
        if not self.known:
            message = "no statements here; put some in with 'actorgraph load', or name another database in NEO4J_DATABASE"
        elif dataset is None:
            message = f"several datasets here; choose one with --dataset: {names}"
        else:
            message = f"no dataset is called {dataset!r}; there are {names}"
        super().__init__(message, uri)


class RowsLost(ServerError):
    """Of `sent` rows the server stored `stored`; the transaction was undone."""

    def __init__(self, uri: str, sent: int, stored: int) -> None:
        super().__init__(f"{stored} of {sent} rows were stored, and undone; something else writes there, so {_AGAIN}", uri)
        self.sent, self.stored = sent, stored


class ServerRefused(ServerError):
    """The server does not do what was asked; the message has its own words."""


_BY_CODE: tuple[tuple[str, type[ServerError], str], ...] = (
    ("Neo.ClientError.Security.AuthenticationRateLimit", LoginRefused, "too many wrong passwords; wait a minute, then try again with the right one"),
    ("Neo.ClientError.Security.CredentialsExpired", LoginRefused, "the password must be changed first; do so in Neo4j's own tools"),
    ("Neo.ClientError.Security.Unauthorized", LoginRefused, "wrong user or password; set NEO4J_USERNAME and NEO4J_PASSWORD"),
    ("Neo.ClientError.Security.Forbidden", NotPermitted, "this user may not do this; set NEO4J_USERNAME to one who may"),
    ("Neo.ClientError.Security.", LoginRefused, "the server refuses the login; check NEO4J_USERNAME and NEO4J_PASSWORD"),
    ("Neo.ClientError.Database.DatabaseNotFound", UnknownDatabase, "no such database; name another in NEO4J_DATABASE"),
    ("Neo.TransientError.General.DatabaseUnavailable", CannotConnect, "the database is not available now; wait a moment, then try again, or look into the server's logs"),
    ("Neo.TransientError.Database.DatabaseUnavailable", CannotConnect, "the database is not available now; wait a moment, then try again"),
    ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", ServerFull, "the server has too little memory; raise dbms.memory.transaction.total.max"),
    ("Neo.TransientError.General.OutOfMemoryError", ServerFull, "the server ran out of memory; raise server.memory.heap.max_size"),
    ("Neo.TransientError.General.TransactionMemoryLimit", ServerFull, "the server has too little memory; raise db.memory.transaction.max"),
    ("Neo.ClientError.Transaction.TransactionTimedOut", ServerRefused, "the server ended the transaction after its time limit; raise db.transaction.timeout"),
    ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", NotPermitted, "the database can only be read; name another in NEO4J_DATABASE"),
    ("Neo.ClientError.Cluster.NotALeader", ServerRefused, "this member of a cluster only reads; use its neo4j:// address"),
)  # fmt: skip


_FULL = ("no space", "disk full", "low disk", "out of disk", "writing to the database", "could not append")
"""How a server says that it cannot write: what it gives as the reason stands in its logs alone."""


@contextmanager
def driver_errors(uri: str) -> Iterator[None]:
    """Raise ServerError for whatever the driver raises in the block."""
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except Neo4jError as error:
        raise _from_server(error, uri) from error
    except DriverError as error:
        raise _from_driver(error, uri) from error
    except OSError as error:
        raise ConnectionLost(f"{error.strerror or error}; {_AGAIN}", uri) from error


def _from_server(error: Neo4jError, uri: str) -> ServerError:
    code, said = error.code or "", _one_line(error.message or str(error))
    for beginning, kind, message in _BY_CODE:
        if code.startswith(beginning):
            return kind(message, uri)
    lowered = said.lower()
    if "needs to be restarted" in lowered:
        return ServerFull(f"the server has given up, most likely for want of disk space; make room there, restart it, then {_AGAIN}", uri)
    if any(sign in lowered for sign in _FULL):
        return ServerFull(
            f"the server cannot write, most likely for want of disk space; make room there, restart it if it says no more, then {_AGAIN}", uri
        )
    if code.startswith(("Neo.DatabaseError.Transaction.", "Neo.DatabaseError.General.")):
        return ServerFull(f"the server cannot write ({said}); look into its logs and at its disk, then {_AGAIN}", uri)
    if code.startswith("Neo.TransientError."):
        return ConnectionLost(f"the server is busy or shutting down ({said}); {_AGAIN}", uri)
    if code == "Neo.ClientError.Schema.ConstraintCreationFailed":
        return ServerRefused("the database holds other data under our labels; name an empty one in NEO4J_DATABASE", uri)
    return ServerRefused(said, uri)


def _from_driver(error: DriverError, uri: str) -> ServerError:
    from neo4j import exceptions

    said = _one_line(str(error))
    match error:
        case exceptions.IncompleteCommit():
            return ConnectionLost(f"the connection was lost while a transaction was committed; {_AGAIN}", uri)
        case exceptions.UnsupportedServerProduct():
            return NotNeo4j("what answers there is no Neo4j 5 or later; check the address and its port (7687 is usual)", uri)
        case exceptions.CertificateConfigurationError():
            return AddressError(f"the certificate cannot be used ({said})", uri)
        case exceptions.ConfigurationError():
            return AddressError(f"{said}; write neo4j://HOST:PORT, neo4j+s:// with encryption, or bolt://", uri)
        case exceptions.ServiceUnavailable() | exceptions.SessionExpired():
            return _unavailable(error, uri)
        case exceptions.ConnectionAcquisitionTimeoutError() | exceptions.ConnectionPoolError():
            return CannotConnect("the server takes too long to answer; try again later", uri)
        case exceptions.BrokenRecordError():
            return ConnectionLost(f"what the server sent cannot be read; {_AGAIN}", uri)
    return ServerRefused(said, uri)


_REFUSED = "nothing listens there; start Neo4j, or check the address and its port (7687 is usual)"
_SAYS = (
    ("CERTIFICATE_VERIFY_FAILED", CannotConnect, "the server's certificate is not trusted; use its real name, or neo4j+ssc:// for one that it signed itself"),
    ("SSL", CannotConnect, "no encrypted connection is possible; use neo4j:// or bolt:// if the server has none"),
    ("Cannot resolve address", CannotConnect, "there is no host of this name; check the address"),
    ("Couldn't connect", CannotConnect, _REFUSED),
    ("Failed to establish connection", CannotConnect, _REFUSED),
    ("Connection refused", CannotConnect, _REFUSED),
    ("Unable to retrieve routing information", CannotConnect, "the server gives no routes; use bolt:// in place of neo4j://, or check the address"),
    ("handshake", NotNeo4j, "what answers there does not speak Bolt; check the address and its port (7687 is usual)"),
)  # fmt: skip


def _unavailable(error: DriverError, uri: str) -> ServerError:
    """The driver tells what happened in the texts of the error and of its causes alone."""
    texts: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(texts) < 10:
        texts.append(f"{type(cause).__name__} {cause}")
        cause = cause.__cause__ or cause.__context__
    for says, kind, message in _SAYS:
        if any(says.lower() in text.lower() for text in texts):
            return kind(message, uri)
    return ConnectionLost(f"the connection was lost; {_AGAIN}", uri)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 300 else line[:300] + "…"
