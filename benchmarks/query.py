"""How long `actorgraph query` takes, as JSON on standard output: the first question, which makes the database, and later ones.

    python -m benchmarks.query                          # 1,000 and 100,000 statements
    python -m benchmarks.query --statements 10000

Each question runs in a process of its own, as a user's does, start of Python included; of three later ones the fastest counts. The
statements are those of benchmarks/graph.py. "python" is what an empty program takes, so that machines can be told apart.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from actorgraph.graph.triples import write_statements

from .graph import make_statements

_QUESTION = "MATCH (a:Actor)-[r:AID]->(b:Actor) WHERE r.asserted > 0 RETURN a.name, b.name, r.asserted ORDER BY r.asserted DESC, a.name, b.name LIMIT 5"
_COMMAND = (sys.executable, "-c", "from actorgraph.start import main; main()")


def seconds(*arguments: str, cache: Path | None = None) -> dict[str, float]:
    """Wall-clock and processor seconds of a command."""
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = os.environ | ({"ACTORGRAPH_CACHE": str(cache)} if cache else {})
    subprocess.run(arguments, env=environment, check=True, stdout=subprocess.DEVNULL)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - wall
    return {"wall": round(wall, 2), "cpu": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2)}


def measure(number: int) -> dict[str, object]:
    """The first and a later question to so many statements."""
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "triples", Path(name) / "cache"
        folder.mkdir()
        with (folder / "triples.jsonl").open("w", encoding="utf-8", newline="") as file:
            write_statements(make_statements(number), file)
        ask = (*_COMMAND, "query", str(folder), _QUESTION)
        first = seconds(*ask, cache=cache)
        later = min((seconds(*ask, cache=cache) for _ in range(3)), key=lambda taken: taken["wall"])
    return {"statements": number, "first": first, "later": later}


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, nargs="+", default=[1000, 100_000], metavar="N")
    arguments = parser.parse_args()
    empty = min((seconds(sys.executable, "-c", "pass") for _ in range(3)), key=lambda taken: taken["wall"])
    print(json.dumps({"python": empty, "queries": [measure(number) for number in arguments.statements]}, indent=2))


if __name__ == "__main__":
    main()
