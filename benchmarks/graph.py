"""How long the store, the graph and the exports take, as JSON on standard output.

    python benchmarks/graph.py                         # 100,000 statements
    python benchmarks/graph.py --statements 10000

The statements are made up, the same ones on every machine: 300 actors, of whom few do most; a third of the statements hedged, denied
or attributed. Times are seconds, of the wall clock and of the processor (on a busy machine only the latter tells); sizes are bytes,
memory is the peak of the process in MiB.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from actorgraph.extract.records import ActorKind, Modality, RelationType, Statement, statement_id
from actorgraph.graph.build import build_graph
from actorgraph.graph.exports import export
from actorgraph.graph.report import write_report
from actorgraph.graph.triples import read_statements, write_statements

_Result = TypeVar("_Result")
_TYPES = list(RelationType)
_PHRASES = ["send troops to", "talks with", "criticism of", "attack", "agree to send aid to", "sanction"]
_HOW = [Modality.ASSERTED] * 5 + [Modality.PLANNED, Modality.POSSIBLE, Modality.REQUESTED]


def make_statements(number: int, seed: int = 0) -> list[Statement]:
    """Return `number` statements over `number` / 20 documents, each with three hundred characters of sentence."""
    rng = random.Random(seed)
    actors = [f"Actor {n}" for n in range(300)]
    weights = [1 / (rank + 3) for rank in range(len(actors))]
    statements = []
    for n in range(number):
        subject, object_ = rng.choices(actors, weights, k=2)
        if subject == object_:
            object_ = actors[(actors.index(subject) + 1) % len(actors)]
        relation, document, start = rng.choice(_PHRASES), f"news/{n // 20:06}.txt", 400 * (n % 20)
        verb = (start + len(subject) + 1, start + len(subject) + 1 + len(relation))
        subject_span, object_span = (start, start + len(subject)), (verb[1] + 1, verb[1] + 1 + len(object_))
        subject_id, object_id = (name.lower().replace(" ", "-") for name in (subject, object_))
        sentence = f"{subject} {relation} {object_}".ljust(299, "x") + "."
        attributed = rng.random() < 0.2
        statements.append(
            Statement(
                statement_id(document, verb, subject_span, object_span, subject_id, relation, object_id),
                subject_id, subject, ActorKind.ORGANISATION, subject, *subject_span, None,
                relation, rng.choice(_TYPES), rng.random() < 0.2,
                object_id, object_, ActorKind.ORGANISATION, object_, *object_span, None,
                rng.random() < 0.05, rng.choice(_HOW), "officials" if attributed else None, None,
                rng.randrange(1000) if rng.random() < 0.1 else None, None, None, None, None,
                None, document, f"Report {n // 20}", rng.choice(["Gazette", "Herald", "Courier"]), None, f"2024-{1 + n // 20 % 12:02}-15",
                sentence, start, start + 300, *verb, round(rng.random(), 3), "verb", None, "actorgraph 0.1.0 + en_news 0.1.0",
            )
        )  # fmt: skip
    return statements


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=100_000, metavar="N")
    arguments = parser.parse_args()
    seconds: dict[str, dict[str, float]] = {}
    sizes: dict[str, int] = {}

    def timed(name: str, function: Callable[[], _Result]) -> _Result:
        wall, cpu = time.perf_counter(), time.process_time()
        result = function()
        seconds[name] = {"wall": round(time.perf_counter() - wall, 3), "cpu": round(time.process_time() - cpu, 3)}
        return result

    statements = make_statements(arguments.statements)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "triples.jsonl"
        with store.open("w", encoding="utf-8", newline="") as file:
            timed("write_statements", lambda: write_statements(statements, file))
        sizes["triples.jsonl"] = store.stat().st_size
        timed("read_statements", lambda: read_statements(folder))
        graph = timed("build_graph", lambda: build_graph(statements))
        timed("write_report", lambda: write_report(statements, [], folder / "report.md"))
        for suffix in (".csv", ".graphml", ".gexf", ".dot"):
            timed(f"export {suffix}", lambda suffix=suffix: export(statements, folder / f"graph{suffix}"))  # type: ignore[misc]
            sizes[f"graph{suffix}"] = (folder / f"graph{suffix}").stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    result = {
        "statements": len(statements), "nodes": graph.number_of_nodes(), "edges": graph.number_of_edges(), "seconds": seconds, "bytes": sizes,
        "peak_mib": round(peak), "python": platform.python_version(), "machine": platform.machine(), "cpus": os.cpu_count(),
    }  # fmt: skip
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
