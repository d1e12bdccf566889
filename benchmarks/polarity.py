"""Whether an event happened: the sign of the learned factuality and of the rules against UDS on the English Web Treebank.

    python -m benchmarks.polarity ../shared/english            # ewt-dev
    python -m benchmarks.polarity ../shared/english --split ewt-test

UDS (White et al., "Universal Decompositional Semantics", 2016; decomp, CC BY-SA 4.0) asks of each predicate whether its
event happened, −3 … 3. "will attack" counts as not happened, as planned, requested and conditional predicates do here.
Words and sentences are those of the treebank, the parse is the pipeline's own.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Judged:
    """One predicate: the annotators' value, the learned score, what the rules say, and what a statement would say by both."""

    value: float
    score: float
    negated: bool
    modality: str
    silent: bool
    happened: bool


def judge(nlp: Language, folder: Path, split: str) -> Iterator[Judged]:
    """Every annotated predicate of a split that the pipeline takes for one, too."""
    from spacy.tokens import Doc

    from actorgraph.extract.english.predicates import roles_of
    from actorgraph.extract.factuality import assess

    for words, spaces, values in _documents(folder, split):
        doc = nlp(Doc(nlp.vocab, words=words, spaces=spaces))
        for i, value in values.items():
            token = doc[i]
            if token._.factuality is None:
                continue
            roles: dict[str, list[object]] = {}
            for label, filler, _ in roles_of(doc, token).roles:
                roles.setdefault(label, []).append(filler)
            stated = assess(token, factuality=None, roles=roles)  # type: ignore[arg-type]
            told = assess(token, factuality=token._.factuality, roles=roles)  # type: ignore[arg-type]
            happened = not told.negated and str(told.modality) == "asserted"
            yield Judged(value, token._.factuality, stated.negated, str(stated.modality), not stated.reason, happened)


def _documents(folder: Path, split: str) -> Iterator[tuple[list[str], list[bool], dict[int, float]]]:
    """Words, spaces and annotated values by word of each document, sentences without values left out."""
    with (
        gzip.open(folder / "ud" / f"{split}.jsonl.gz", "rt", encoding="utf8") as trees,
        gzip.open(folder / "srl" / f"{split}.jsonl.gz", "rt", encoding="utf8") as roles,
    ):
        for tree, role in zip(trees, roles, strict=True):
            words: list[str] = []
            spaces: list[bool] = []
            values: dict[int, float] = {}
            for sentence, annotated in zip(json.loads(tree)["sentences"], json.loads(role)["sentences"], strict=True):
                if annotated and annotated["factuality"]:
                    values |= {len(words) + int(i): value for i, value in annotated["factuality"].items()}
                    words += sentence["words"]
                    spaces += sentence["spaces"]
            if words:
                yield words, spaces, values


def main() -> None:
    """Print how often each way of telling has the sign right, and what scores below a threshold are worth."""
    from actorgraph.extract.pipeline import load_pipeline

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder that holds ud/ and srl/")
    parser.add_argument("--split", default="ewt-dev")
    args = parser.parse_args()
    judged = list(judge(load_pipeline(statements=False), args.folder, args.split))
    ways: dict[str, Callable[[Judged], float]] = {
        "always happened": lambda row: 1.0,
        "rules alone": lambda row: -1.0 if row.negated or row.modality != "asserted" else 1.0,
        "learned score": lambda row: row.score,
        "rules and score": lambda row: 1.0 if row.happened else -1.0,
    }
    print(f"{args.split}: {len(judged)} predicates")
    for name, way in ways.items():
        right = sum((way(row) > 0) == (row.value > 0) for row in judged)
        print(f"  {name:16} {right / len(judged):.3f}")
    for threshold in (-1.0, -0.75, -0.5, -0.25):
        low = [row for row in judged if row.silent and row.score < threshold]
        if low:
            print(f"  no rule, score below {threshold}: {len(low)}, of which did not happen {sum(row.value < 0 for row in low) / len(low):.2f}")


if __name__ == "__main__":
    main()
