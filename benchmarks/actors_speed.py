"""How long the search for actors takes beside the parse, in processor time.

    python -m benchmarks.actors_speed [FILE...]     # default: the articles of the demo

Prints microseconds per token for the pipeline, the names alone and all mentions, and the seconds that the tables take to
load. Processor time, so that a busy machine tells the same.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def seconds(work: Callable[[], object]) -> float:
    """Processor time that the work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()

    from actorgraph.extract.actors import find_mentions
    from actorgraph.extract.gazetteer import Gazetteer
    from actorgraph.extract.pipeline import load_pipeline
    from actorgraph.extract.records import Document

    files = options.files or sorted((ROOT / "examples").rglob("*.md"))
    texts = [path.read_text("utf8") for path in files]
    nlp = load_pipeline(statements=False)
    loading = seconds(Gazetteer.load)
    gazetteer = Gazetteer.load()
    docs = [nlp(text) for text in texts]
    find_mentions(docs[0], Document("warm", texts[0]), gazetteer)
    tokens = sum(map(len, docs))
    parsing = seconds(lambda: [nlp(text) for text in texts])
    names = seconds(lambda: [gazetteer.match(doc) for doc in docs])
    mentions = seconds(lambda: [find_mentions(doc, Document(str(i), texts[i]), gazetteer) for i, doc in enumerate(docs)])
    print(f"{tokens} tokens of {len(texts)} files; tables loaded in {loading:.2f} s")
    for label, spent in (("pipeline", parsing), ("names", names), ("mentions", mentions)):
        print(f"{label:9} {spent / tokens * 1e6:7.1f} µs per token  {spent / parsing:6.1%} of the pipeline")


if __name__ == "__main__":
    main()
