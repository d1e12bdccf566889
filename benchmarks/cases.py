"""How many of the sentences under tests/data/cases are met, by family.

    python -m benchmarks.cases                   # a line each family, and the faults of the unmet ones
    python -m benchmarks.cases --update          # rewrite tests/data/cases/unmet.txt, which the tests expect to fail
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from .shared import ROOT

sys.path.insert(0, str(ROOT / "tests"))


def main() -> None:
    """Read every case and judge it."""
    from cases import FOLDER, read_cases

    from actorgraph.extract import Document, load_pipeline
    from actorgraph.extract.pipeline import parse

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="rewrite the list of unmet cases")
    args = parser.parse_args()
    nlp = load_pipeline()
    total: Counter[str] = Counter()
    met: Counter[str] = Counter()
    unmet: list[str] = []
    for case in read_cases():
        family = case.id.rpartition("-")[0]
        faults = case.faults(parse(nlp, Document(id="test", text=case.text, published=case.published))._.statements)
        total[family] += 1
        met[family] += not faults
        if faults:
            unmet.append(case.id)
            print(case.id, case.text, *faults, sep="\n    ")
    for family in sorted(total):
        print(f"{family:28} {met[family]:3} of {total[family]}")
    print(f"{'all':28} {met.total():3} of {total.total()}")
    if args.update:
        lines = ["# Cases that are not met yet; rewritten by `python -m benchmarks.cases --update`.", *unmet]
        (FOLDER / "unmet.txt").write_text("\n".join([*lines, ""]), "utf8")


if __name__ == "__main__":
    main()
