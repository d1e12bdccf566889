"""Loads that are killed, cut off and repeated lose nothing and store nothing twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bolt_proxy import BoltProxy
from cypher_engines import write_folder
from graph_in_database import everything
from load_faults import Outcome, clear, harmed_by_proxy, killed
from neo4j_server import Neo4jServer

from actorgraph.extract.records import Statement
from actorgraph.graph.server import errors
from actorgraph.graph.server.loading import load
from actorgraph.graph.server.pulling import pull


@pytest.fixture
def expected(uri: str, ask: Any, folder: Path, quarrel: list[Statement]) -> list[Any]:
    """What a load without harm makes."""
    load(write_folder(quarrel, folder), uri)
    return everything(ask)


def messages(folder: Path, port: int, ask: Any) -> list[str]:
    """The Bolt messages of a load into an empty database."""
    clear(ask)
    with BoltProxy(port) as proxy:
        load(folder, proxy.uri)
        return list(proxy.messages)


@pytest.mark.parametrize("harm", ["cut before", "cut after"])
def test_a_connection_lost_around_the_commit_of_statements(
    uri: str, server: Neo4jServer, ask: Any, folder: Path, expected: list[Any], harm: Any
) -> None:
    passed = messages(folder, server.port, ask)
    commits = [number for number, message in enumerate(passed) if message == "C COMMIT"]
    outcome, message = harmed_by_proxy(folder, server.port, ask, expected, commits[3], harm)
    assert message == "C COMMIT"
    assert (outcome.error, outcome.uneven, outcome.lost, outcome.doubled) == (None, 0, 0, 0)  # the driver or we repeat it


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["cut before", "cut after", "truncate", "delay"])
def test_every_message_of_a_load(uri: str, server: Neo4jServer, ask: Any, folder: Path, expected: list[Any], harm: Any) -> None:
    for at in range(len(messages(folder, server.port, ask))):
        outcome, message = harmed_by_proxy(folder, server.port, ask, expected, at, harm)
        assert (outcome.uneven, outcome.lost, outcome.doubled) == (0, 0, 0), (at, message, outcome)
        assert outcome.error is None or "\n" not in outcome.error


@pytest.mark.slow
def test_kill_9(uri: str, server: Neo4jServer, ask: Any, folder: Path, expected: list[Any]) -> None:
    number = len(messages(folder, server.port, ask))
    for moment in range(20):
        outcome = killed(folder, server.port, ask, expected, number * moment // 20)
        assert outcome == Outcome("killed", 0, 0, 0), moment


def test_a_pull_that_is_cut_off_leaves_what_was_there(
    uri: str, server: Neo4jServer, tmp_path: Path, folder: Path, expected: list[Any]
) -> None:
    out = tmp_path / "out"
    pull(uri, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with BoltProxy(server.port) as proxy:
        pull(proxy.uri, out)
        last = len(proxy.messages)
    at = max(number for number in range(last) if proxy.messages[number] == "C PULL")
    with BoltProxy(server.port, at) as proxy, pytest.raises(errors.ConnectionLost, match="run the same command again"):
        pull(proxy.uri, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_logins_and_databases_that_are_wrong(uri: str, server: Neo4jServer, folder: Path, expected: list[Any]) -> None:
    with pytest.raises(errors.LoginRefused, match="wrong user or password"):
        load(folder, uri, auth=("nobody", "wrong-password"))  # a user whom no other test needs: wrong passwords lock users out
    with pytest.raises(errors.UnknownDatabase, match="NEO4J_DATABASE"):
        load(folder, uri, database="elsewhere")
    with pytest.raises(errors.UnknownDataset, match="there are quarrel"):
        pull(uri, folder.with_name("out"), dataset="korea")


@pytest.mark.slow
def test_the_server_is_killed_in_the_middle(uri: str, server: Neo4jServer, ask: Any, folder: Path, expected: list[Any]) -> None:
    clear(ask)

    def kill(stage: str, done: int, total: int) -> None:
        if (stage, done) == ("statements", 10):
            server.kill()

    with pytest.raises(errors.ServerError):
        load(folder, uri, progress=kill)
    server.start()
    load(folder, uri)
    assert everything(ask) == expected
