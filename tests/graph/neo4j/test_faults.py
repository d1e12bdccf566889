"""Loads that are killed, cut off and repeated lose nothing and store nothing twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from bolt_proxy import BoltProxy
from cypher_engines import write_folder
from graph_in_database import everything
from load_faults import Outcome, clear, harmed_by_proxy, killed, signalled
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
        outcome, message = harmed_by_proxy(folder, server.port, ask, expected, at, harm, late=0.1)
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


def interrupted(command: list[str], server: Neo4jServer, how: signal.Signals, at: int) -> tuple[int, str]:
    return signalled([sys.executable, "-m", "actorgraph.cli", *command], server.port, at, how)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_ctrl_c_ends_a_load_in_one_line_and_the_next_one_completes_it(
    uri: str, server: Neo4jServer, ask: Any, folder: Path, expected: list[Any], share: float
) -> None:
    at = int(len(messages(folder, server.port, ask)) * share)
    clear(ask)
    code, said = interrupted(["load", str(folder)], server, signal.SIGINT, at)
    assert (code, said) == (130, "actorgraph: interrupted; run the same command again: nothing is lost or stored twice\n")
    load(folder, uri)
    assert everything(ask) == expected


def test_a_load_that_is_told_to_end_does_so_without_a_word(
    uri: str, server: Neo4jServer, ask: Any, folder: Path, expected: list[Any]
) -> None:
    at = len(messages(folder, server.port, ask)) // 2
    clear(ask)
    assert interrupted(["load", str(folder)], server, signal.SIGTERM, at) == (143, "")
    load(folder, uri)
    assert everything(ask) == expected


def test_ctrl_c_ends_a_pull_in_one_line_and_leaves_what_was_there(
    uri: str, server: Neo4jServer, tmp_path: Path, folder: Path, expected: list[Any]
) -> None:
    out = tmp_path / "out"
    with BoltProxy(server.port) as proxy:
        pull(proxy.uri, out)
        last = len(proxy.messages) - 1
    (out / "triples.jsonl").write_text("")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for at in (last // 2, last - 2):
        code, said = interrupted(["pull", "-o", str(out)], server, signal.SIGINT, at)
        assert (code, said) == (130, "actorgraph: interrupted; what was not finished was not written\n")
        assert {path.name: path.read_bytes() for path in out.iterdir()} == before
        assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "quarrel"]
    pull(uri, out)
    assert (out / "triples.jsonl").read_bytes() == (folder / "triples.jsonl").read_bytes()


def test_ctrl_c_ends_a_question_that_the_server_would_work_on_for_ever(uri: str, ask: Any, expected: list[Any]) -> None:
    runaway = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a, b WHERE a + b = 0 RETURN count(*) AS n"
    running = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'a + b = 0' AND NOT currentQuery CONTAINS 'SHOW' RETURN 1"
    command = [sys.executable, "-m", "actorgraph.cli", "query", uri, runaway, "--timeout", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as child:
        while not ask(running):
            assert child.poll() is None
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=30)
    assert (child.returncode, said) == (130, "actorgraph: interrupted; what was not finished was not written\n")
    deadline = time.monotonic() + 30
    while ask(running):  # it finds out, and stops
        assert time.monotonic() < deadline
