"""How fast a load into a real Neo4j is, against a bare UNWIND load of as many nodes and relationships, as JSON on standard output.

    python -m benchmarks.neo4j                         # 20,000 statements
    python -m benchmarks.neo4j --statements 100000

The bare load sends rows that were made beforehand, in batches as large: statements with the same properties by CREATE, documents
and actors by MERGE on their ids, the same relationships between the same nodes. It does nothing else, and can be sent once only.
Both take turns on one server. Rates are nodes and relationships per second of the wall clock, `ratio` is that of the medians,
memory is the peak of a process that loads, in MiB. Needs Java 17, Maven and OpenSSL.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# A script's own folder comes first, where this file would stand for the driver; the server is that of the tests.
sys.path[:] = [str(ROOT), str(ROOT / "tests"), *(path for path in sys.path if Path(path or ".").resolve() != ROOT / "benchmarks")]

from neo4j_server import VERSION, Neo4jServer

from actorgraph.extract.records import Statement
from actorgraph.graph.cypher import schema
from actorgraph.graph.server import texts
from actorgraph.graph.triples import write_statements
from benchmarks.graph import make_statements

_ROWS = 4000
_CHILD = "import sys, resource; from actorgraph.graph import load; load(sys.argv[1], sys.argv[2]); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"

Query = tuple[str, Sequence[dict[str, Any]]]


def bare_queries(found: list[Statement]) -> Iterator[Query]:
    """Yield the texts and rows of the bare load."""
    graph = schema.property_graph(found, "bare")
    yield "UNWIND $rows AS row MERGE (n:Actor {id: row.id}) SET n += row", [dict(node.properties) for node in graph.actors]
    yield (
        "UNWIND $rows AS row MERGE (n:Document {dataset: row.dataset, id: row.id}) SET n += row",
        [dict(node.properties) for node in graph.documents],
    )
    yield "UNWIND $rows AS row CREATE (n:Statement) SET n = row", [dict(node.properties) for node in graph.statements]
    for type_, pairs in graph.evidence.items():
        other = "(b:Document {dataset: 'bare', id: row.end})" if type_ == schema.IN else "(b:Actor {id: row.end})"
        yield (
            f"UNWIND $rows AS row MATCH (a:Statement {{dataset: 'bare', id: row.start}}) MATCH {other} CREATE (a)-[:{type_}]->(b)",
            [{"start": start_id, "end": end_id} for start_id, end_id in pairs],
        )
    for type_ in schema.RELATION_TYPES:
        yield (
            f"UNWIND $rows AS row MATCH (a:Actor {{id: row.start}}) MATCH (b:Actor {{id: row.end}}) CREATE (a)-[r:{type_}]->(b) SET r = row.properties",
            [{"start": r.start, "end": r.end, "properties": dict(r.properties)} for r in graph.relations if r.type == type_],
        )


class Bench:
    """A server and what is measured on it."""

    def __init__(self, server: Neo4jServer, driver: Any) -> None:
        self.server, self.driver = server, driver
        for text in texts.CONSTRAINTS:
            self.ask(text)

    def ask(self, cypher: str, **parameters: Any) -> list[Any]:
        """Rows of a query."""
        return list(self.driver.execute_query(cypher, parameters, database_="neo4j").records)

    def timed(self, action: Callable[[], Any]) -> dict[str, float]:
        """Run an action on an empty database; return seconds and what it stored per second."""
        while self.ask("MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*)")[0][0]:
            pass
        begin = time.perf_counter()
        action()
        seconds = time.perf_counter() - begin
        stored = sum(self.ask(f"MATCH {what} RETURN count(*)")[0][0] for what in ("()", "()-->()"))
        return {"seconds": round(seconds, 2), "stored": stored, "per_second": round(stored / seconds)}

    def bare(self, queries: Sequence[Query]) -> None:
        """The bare load."""
        with self.driver.session(database="neo4j") as session:
            for text, rows in queries:
                for start in range(0, len(rows), _ROWS):
                    part = rows[start : start + _ROWS]
                    session.execute_write(lambda tx, text=text, part=part: tx.run(text, rows=part).consume())

    def peak(self, folder: Path) -> int:
        """Peak memory in MiB of a process that loads a folder."""
        done = subprocess.run([sys.executable, "-c", _CHILD, str(folder), self.server.uri], capture_output=True, text=True, check=True)
        return round(int(done.stdout) / (2**20 if sys.platform == "darwin" else 2**10))


def write(statements: list[Statement], folder: Path) -> Path:
    """Make a triples folder."""
    folder.mkdir()
    with (folder / "triples.jsonl").open("w", encoding="utf-8", newline="") as file:
        write_statements(statements, file)
    return folder


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=20_000, metavar="N")
    parser.add_argument("--turns", type=int, default=3, metavar="N")
    arguments = parser.parse_args()
    from neo4j import GraphDatabase

    from actorgraph.graph.server.loading import load

    with tempfile.TemporaryDirectory() as name, Neo4jServer(Path(name) / "neo4j", heap="1g", jvm=()) as server:
        os.environ |= {"NEO4J_USERNAME": server.auth[0], "NEO4J_PASSWORD": server.auth[1]}
        with GraphDatabase.driver(server.uri, auth=server.auth) as driver:
            bench = Bench(server, driver)
            statements = make_statements(arguments.statements)
            folder = write(statements, Path(name) / "all")
            quarter = write(statements[: len(statements) // 4], Path(name) / "quarter")
            queries = list(bare_queries(statements))
            bench.timed(lambda: bench.bare(queries))  # lets the JVM compile
            bench.timed(lambda: load(quarter, server.uri))
            turns: dict[str, list[dict[str, float]]] = {"bare": [], "load": []}
            for _ in range(arguments.turns):
                turns["bare"].append(bench.timed(lambda: bench.bare(queries)))
                turns["load"].append(bench.timed(lambda: load(folder, server.uri)))
            again = time.perf_counter()
            load(folder, server.uri)
            again = time.perf_counter() - again
            peaks = {size: bench.peak(source) for size, source in ((len(statements) // 4, quarter), (len(statements), folder))}
    rates = {kind: statistics.median(turn["per_second"] for turn in measured) for kind, measured in turns.items()}
    try:
        rust = metadata.version("neo4j-rust-ext")
    except metadata.PackageNotFoundError:
        rust = None
    result = {
        "statements": len(statements), "per_second": rates, "ratio": round(rates["load"] / rates["bare"], 2), "turns": turns,
        "again_seconds": round(again, 2), "peak_mib": peaks, "server": VERSION, "driver": metadata.version("neo4j"), "rust_ext": rust,
        "python": platform.python_version(), "machine": platform.machine(), "cpus": os.cpu_count(),
        "load_average": [round(load_, 1) for load_ in os.getloadavg()],
    }  # fmt: skip
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
