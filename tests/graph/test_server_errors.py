"""What is said when a server cannot be had, and that no exception of the driver gets past us. Needs no server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from neo4j import exceptions

from actorgraph.extract.errors import ActorgraphError
from actorgraph.graph.server import errors
from actorgraph.graph.server.connection import connect, environment_login
from actorgraph.graph.server.errors import driver_errors

URI = "neo4j://localhost:7687"
LOGIN = ("neo4j", "test-password")


def classes(of: type[BaseException]) -> Iterator[type[BaseException]]:
    yield of
    for subclass in of.__subclasses__():
        yield from classes(subclass)


def raised(kind: type[BaseException], text: str = "what the driver says\nin two lines") -> BaseException:
    if issubclass(kind, exceptions.Neo4jError):
        hydrated = exceptions.Neo4jError._hydrate_neo4j(code="Neo.ClientError.Some.Thing", message=text)
        hydrated.__class__ = kind
        return hydrated
    error = kind.__new__(kind)
    Exception.__init__(error, text)
    return error


@pytest.mark.parametrize("kind", [*classes(exceptions.Neo4jError), *classes(exceptions.DriverError)], ids=lambda kind: kind.__name__)
def test_every_exception_of_the_driver_becomes_one_of_ours_in_one_line(kind: type[BaseException]) -> None:
    with pytest.raises(errors.ServerError) as caught, driver_errors(URI):
        raise raised(kind)
    assert isinstance(caught.value, ActorgraphError) and caught.value.uri == URI
    assert str(caught.value).startswith(URI) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("code", "message", "kind", "says"),
    [
        ("Neo.ClientError.Security.Unauthorized", "", errors.LoginRefused, "set NEO4J_USERNAME and NEO4J_PASSWORD"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", "", errors.LoginRefused, "wait a minute"),
        ("Neo.ClientError.Security.CredentialsExpired", "", errors.LoginRefused, "must be changed first"),
        ("Neo.ClientError.Security.TokenExpired", "", errors.LoginRefused, "refuses the login"),
        ("Neo.ClientError.Security.Forbidden", "", errors.NotPermitted, "may not do this"),
        ("Neo.ClientError.Database.DatabaseNotFound", "", errors.UnknownDatabase, "NEO4J_DATABASE"),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "", errors.ServerFull, "too little memory"),
        ("Neo.DatabaseError.Transaction.TransactionCommitFailed", "No space left on device", errors.ServerFull, "disk space"),
        ("Neo.DatabaseError.Transaction.TransactionLogError", "Could not append transaction: T #1 to log.", errors.ServerFull, "disk space"),
        ("Neo.DatabaseError.Transaction.TransactionLogError", "The log is odd", errors.ServerFull, "look into its logs"),
        ("Neo.DatabaseError.Transaction.TransactionStartFailed", "a critical error, and needs to be restarted", errors.ServerFull, "restart it"),
        ("Neo.TransientError.General.DatabaseUnavailable", "", errors.CannotConnect, "wait a moment"),
        ("Neo.TransientError.Transaction.DeadlockDetected", "", errors.ConnectionLost, "run the same command again"),
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "", errors.NotPermitted, "only be read"),
        ("Neo.ClientError.Cluster.NotALeader", "", errors.ServerRefused, "neo4j:// address"),
        ("Neo.ClientError.Schema.ConstraintCreationFailed", "", errors.ServerRefused, "other data"),
    ],
)
def test_what_the_server_says_tells_what_to_do(code: str, message: str, kind: type[Exception], says: str) -> None:
    error = exceptions.Neo4jError._hydrate_neo4j(code=code, message=message)
    with pytest.raises(kind, match=says), driver_errors(URI):
        raise error


def test_a_lost_commit_is_safe_to_repeat() -> None:
    with pytest.raises(errors.ConnectionLost, match="nothing is lost or stored twice"), driver_errors(URI):
        raise exceptions.IncompleteCommit


def test_nothing_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(errors.CannotConnect, match="nothing listens there"), opened(f"bolt://127.0.0.1:{unused.getsockname()[1]}"):
            pass


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"", b"SSH-2.0-OpenSSH_9.2\r\n"])
@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_something_else_answers(answer: bytes, scheme: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        threading.Thread(target=_answer, args=(listener, answer), daemon=True).start()
        address = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises((errors.NotNeo4j, errors.ConnectionLost, errors.CannotConnect)) as caught, opened(address):
            pass
        listener.shutdown(socket.SHUT_RDWR)
    assert "\n" not in str(caught.value) and "address" in str(caught.value)


def _answer(listener: socket.socket, answer: bytes) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        with client:
            client.recv(100)
            client.sendall(answer)


def opened(uri: str) -> Any:
    return connect(uri, auth=LOGIN, retry=0)


@pytest.mark.parametrize(
    ("uri", "says"),
    [
        ("http://localhost:7474", "no address of a Neo4j server"),
        ("korea/", "no address of a Neo4j server"),
        ("neo4j://", "names no host"),
        ("neo4j://localhost:seven", "a port that is no number"),
        ("neo4j://localhost:99999", "a port that is no number"),
        ("neo4j://neo4j:secret@localhost", "do not belong into the address"),
    ],
)
def test_addresses(uri: str, says: str) -> None:
    with pytest.raises(errors.AddressError, match=says) as caught, opened(uri):
        pass
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["neo4j+s", "bolt+s", "bolt+ssc", "neo4j+ssc"])
def test_encrypted_addresses_are_understood(scheme: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(errors.CannotConnect), opened(f"{scheme}://127.0.0.1:{unused.getsockname()[1]}"):
            pass


def test_the_login_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "word")
    monkeypatch.delenv("NEO4J_USERNAME", raising=False)
    assert environment_login(URI) == ("neo4j", "word")
    monkeypatch.setenv("NEO4J_USERNAME", "ada")
    assert environment_login(URI) == ("ada", "word")
    monkeypatch.delenv("NEO4J_PASSWORD")
    with pytest.raises(errors.MissingLogin, match="set NEO4J_USERNAME and NEO4J_PASSWORD"):
        environment_login(URI)
