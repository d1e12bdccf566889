"""Hurts loads into a real Neo4j in every way that we know, and writes what became of the statements as a table.

    python -m benchmarks.faults                        # writes benchmarks/FAULTS.md

Each fault hits a load of one small folder into an empty database. After it the relations must count the statements that are
there ("uneven" counts those that they do not), and after the same load again the database must hold what a load without harm
makes: "lost" counts the nodes and relationships that are missing, "doubled" those that are too many. Several servers share the work,
each with faults of its own kind: a load that was cut off mostly waits. Needs Java 17, Maven and OpenSSL.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# A script's own folder comes first, where neo4j.py would stand for the driver; the proxy and the server are those of the tests.
sys.path[:] = [str(ROOT / "tests"), *(path for path in sys.path if Path(path or ".").resolve() != ROOT / "benchmarks")]

from bolt_proxy import BoltProxy, Harm
from cypher_engines import write_folder
from cypher_story import story
from graph_in_database import everything
from load_faults import Outcome, clear, differences, harmed_by_proxy, killed
from neo4j_server import LOGIN, VERSION, Neo4jServer

from actorgraph.extract.errors import ActorgraphError
from actorgraph.graph.server.loading import load

_HARMS: dict[Harm, str] = {
    "cut before": "connection cut before a message",
    "cut after": "connection cut after a message",
    "truncate": "connection cut in the middle of a message",
    "delay": "message half a second late",
}


class Bench:
    """One server, one folder, and what a load of it makes."""

    def __init__(self, server: Neo4jServer, driver: Any, folder: Path) -> None:
        self.server, self.driver, self.folder = server, driver, folder
        load(folder, server.uri)
        self.expected = everything(self.ask)

    def ask(self, cypher: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        return [tuple(record.values()) for record in self.driver.execute_query(cypher, parameters, database_="neo4j").records]

    def messages(self) -> list[str]:
        """The Bolt messages of a load."""
        clear(self.ask)
        with BoltProxy(self.server.port) as proxy:
            load(self.folder, proxy.uri)
            return list(proxy.messages)

    def state(self, error: str | None = None) -> Outcome:
        """What is there now against what should be."""
        return Outcome(error, 0, *differences(self.expected, everything(self.ask)))


@contextmanager
def opened(home: Path, folder: Path) -> Iterator[Bench]:
    """Yield a bench on a server of its own."""
    from neo4j import GraphDatabase

    with Neo4jServer(home) as server, GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        yield Bench(server, driver, folder)


def at_every_message(bench: Bench, harm: Harm, step: int) -> list[Outcome]:
    """Hurt a load at each message, or at every `step`-th."""
    outcomes = []
    for at in range(0, len(bench.messages()), step):
        outcome, message = harmed_by_proxy(bench.folder, bench.server.port, bench.ask, bench.expected, at, harm)
        outcomes.append(outcome)
        print(f"{harm} {at} {message}: {outcome}", file=sys.stderr, flush=True)
    return outcomes


def kills(bench: Bench, moments: int) -> list[Outcome]:
    """Kill the process of a load at moments spread over its messages."""
    number = len(bench.messages())
    return [killed(bench.folder, bench.server.port, bench.ask, bench.expected, number * n // moments) for n in range(moments)]


def two_at_once(bench: Bench, times: int) -> list[Outcome]:
    """Two loads of one folder at the same time."""
    outcomes = []
    for _ in range(times):
        clear(bench.ask)
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(load, bench.folder, bench.server.uri) for _ in range(2)]:
                done.result()
        outcomes.append(bench.state())
    return outcomes


def repeated(bench: Bench, times: int) -> list[Outcome]:
    """One load after the other into the same database."""
    clear(bench.ask)
    outcomes = []
    for _ in range(times):
        load(bench.folder, bench.server.uri)
        outcomes.append(bench.state())
    return outcomes


def server_killed(bench: Bench) -> list[Outcome]:
    """The server is killed when a load has stored its statements, started again, and the load repeated."""
    clear(bench.ask)

    def kill(stage: str, done: int, total: int) -> None:
        if stage == "statements" and done == total:
            bench.server.kill()

    error = None
    try:
        load(bench.folder, bench.server.uri, progress=kill)
    except ActorgraphError as caught:
        error = str(caught)
    bench.server.start()
    load(bench.folder, bench.server.uri)
    return [bench.state(error)]


def row(name: str, outcomes: Iterable[Outcome]) -> str:
    """One line of the table."""
    outcomes = list(outcomes)
    assert not any("\n" in (outcome.error or "") for outcome in outcomes), "an error of more than one line"
    ended = Counter("went through" if outcome.error is None else "ended" for outcome in outcomes)
    sums = (sum(getattr(outcome, name) for outcome in outcomes) for name in ("uneven", "lost", "doubled"))
    cells = (name, len(outcomes), ended["went through"], ended["ended"], *sums)
    return "| " + " | ".join(map(str, cells)) + " |\n"


def faults(kill_moments: int, step: int) -> Iterator[tuple[str, Callable[[Bench], list[Outcome]]]]:
    """Yield each kind of fault and what does it, the longest last."""
    yield "two loads at once", partial(two_at_once, times=5)
    yield "the same load again and again", partial(repeated, times=5)
    yield "`kill -9` of the load, at moments spread over it", partial(kills, moments=kill_moments)
    yield "`kill -9` of the server after the statements", server_killed
    for harm, text in _HARMS.items():
        yield text, partial(at_every_message, harm=harm, step=step)


def main() -> None:
    """Run all faults, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "FAULTS.md", metavar="FILE")
    parser.add_argument("--statements", type=int, default=24, metavar="N", help="of the folder, 24 at most")
    parser.add_argument("--step", type=int, default=1, metavar="N", help="hurt every N-th message only")
    parser.add_argument("--kills", type=int, default=20, metavar="N")
    parser.add_argument("--servers", type=int, default=4, metavar="N", help="at the same time, some 600 MiB each")
    arguments = parser.parse_args()
    os.environ |= {"NEO4J_USERNAME": LOGIN[0], "NEO4J_PASSWORD": LOGIN[1]}
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(arguments.servers) as pool:
        folder = write_folder(story()[: arguments.statements], Path(name) / "story")

        def outcomes(number: int, hurt: Callable[[Bench], list[Outcome]]) -> tuple[list[Outcome], int, int]:
            with opened(Path(name) / f"neo4j-{number}", folder) as bench:
                return hurt(bench), len(bench.expected), len(bench.messages())

        kinds = list(faults(arguments.kills, arguments.step))
        done = list(pool.map(outcomes, range(len(kinds)), (hurt for _, hurt in kinds)))
    rows = [row(text, found) for (text, _), (found, _, _) in zip(kinds, done, strict=True)]
    _, stored, messages = done[-1]
    which = "each" if arguments.step == 1 else f"one in {arguments.step}"
    command = " ".join(["python -m benchmarks.faults", *sys.argv[1:]])
    arguments.out.write_text(
        f"# Loads that are hurt\n\nWritten by `{command}` on Neo4j {VERSION} Community, Python {platform.python_version()}: "
        f"a load of {arguments.statements} statements, {stored} nodes and relationships, {messages} Bolt messages (records not counted), "
        f"{which} of them hurt.\n\n"
        "Each fault hits a load into an empty database. *Uneven*: statements that relations miss or count too often right after the fault. "
        "*Lost* and *doubled*: nodes and relationships that are missing or too many after the same load again.\n\n"
        "| fault | times | load went through | load ended | uneven | lost | doubled |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        + "".join(rows),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
