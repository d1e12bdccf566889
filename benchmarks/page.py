"""How long a page takes to make and to open, as JSON on standard output.

    python -m benchmarks.page                          # 20,000 statements, 5,000 relations shown
    python -m benchmarks.page --statements 1000
    python -m benchmarks.page --browser                # opens it in Chromium too

The statements are those of benchmarks/graph.py. Times are seconds, of the wall clock and of the processor (on a busy machine only the
latter tells); sizes are bytes, memory is the peak of the process in MiB. `opened` is the wall clock from the address to the first drawing.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from actorgraph.graph.actors import collect_actors
from actorgraph.graph.drawing import draw, select_strongest
from actorgraph.graph.edges import group_statements
from actorgraph.graph.merge import unify
from actorgraph.graph.page import MAX_ACTORS, MAX_RELATIONS, render_page
from benchmarks.graph import make_statements


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=20_000, metavar="N")
    parser.add_argument("--browser", action="store_true", help="open the page in Chromium")
    arguments = parser.parse_args()

    statements = make_statements(arguments.statements)
    unified = unify(statements)
    selection = select_strongest(collect_actors(unified), group_statements(unified), max_actors=MAX_ACTORS, max_relations=MAX_RELATIONS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.html"
        render_page(statements[:10], path)  # pyvis and rustworkx are imported by now
        seconds = {"layout": _seconds(lambda: draw(selection)), "page": _seconds(lambda: render_page(statements, path))}
        result = {
            "statements": len(statements),
            "actors": len(selection.actors),
            "relations": len(selection.edges),
            "left_out_relations": selection.left_out_edges,
            "seconds": seconds,
            "bytes": path.stat().st_size,
            "memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "opened": _seconds_to_open(path) if arguments.browser else None,
            "machine": f"{platform.machine()}, Python {platform.python_version()}",
        }
    print(json.dumps(result, indent=2))


def _seconds(function: Callable[[], object]) -> dict[str, float]:
    """Wall clock and processor time of a call."""
    wall, cpu = time.perf_counter(), time.process_time()
    function()
    return {"wall": round(time.perf_counter() - wall, 3), "cpu": round(time.process_time() - cpu, 3)}


def _seconds_to_open(path: Path) -> float | None:
    """Wall clock until Chromium has drawn the page; None where it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        started = time.perf_counter()
        page.goto(path.as_uri())
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seconds = time.perf_counter() - started
        browser.close()
    return round(seconds, 3)


if __name__ == "__main__":
    main()
