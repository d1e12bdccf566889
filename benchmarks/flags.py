"""How well polarity, modality and attribution are told: F1 for each flag on labelled sentences of our own.

    python -m benchmarks.flags                    # all sentences, a table
    python -m benchmarks.flags --errors planned   # what is wrong, flag by flag

The sentences stand in tests/data/factuality_*.yaml and attribution.yaml; each labels some of its predicates with a
modality, "not" and "by SOURCE". A flag's positives are the predicates labelled with it, its negatives all others.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
FLAGS = ("negated", "possible", "planned", "requested", "conditional", "attributed")
_LABEL = re.compile(r"(?P<modality>asserted|possible|planned|requested|conditional)(?P<negated> not)?(?: by (?P<source>.+))?")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One predicate of a sentence and how it is stated. Equal when every field is; `occurrence` counts from 1."""

    text: str
    word: str
    occurrence: int
    modality: str
    negated: bool
    source: str | None

    @property
    def flags(self) -> frozenset[str]:
        """The flags that hold."""
        found = {self.modality} - {"asserted"}
        return frozenset(found | ({"negated"} if self.negated else set()) | ({"attributed"} if self.source else set()))


def read_labelled(paths: Iterable[Path]) -> Iterator[Labelled]:
    """The labelled predicates of YAML files, in their order. Raises ValueError for a label that is none."""
    import yaml

    for path in paths:
        for case in yaml.safe_load(path.read_text("utf8")):
            for name, label in case["stated"].items():
                word, _, occurrence = name.partition("#")
                match = _LABEL.fullmatch(label)
                if match is None:
                    raise ValueError(f"{path.name}: {label!r} is no label, in: {case['text']}")
                yield Labelled(case["text"], word, int(occurrence or 1), match["modality"], match["negated"] is not None, match["source"])


def labelled_files() -> list[Path]:
    """The files with labelled sentences."""
    return [*sorted(DATA.glob("factuality_*.yaml")), DATA / "attribution.yaml"]


def find(doc: Doc, case: Labelled) -> Token:
    """The labelled word of a parsed sentence. Raises ValueError where it does not stand there."""
    found = [token for token in doc if token.text == case.word]
    if len(found) < case.occurrence:
        raise ValueError(f"no {case.occurrence}. {case.word!r} in: {case.text}")
    return found[case.occurrence - 1]


def told(doc: Doc, token: Token) -> tuple[frozenset[str], str | None, str]:
    """Flags, source and reason that the rules give for a predicate."""
    from actorgraph.extract.attribution import attribution_of
    from actorgraph.extract.english.predicates import roles_of
    from actorgraph.extract.factuality import assess

    roles: dict[str, list[Token]] = {}
    for label, filler, _ in roles_of(doc, token).roles:
        roles.setdefault(label, []).append(filler)
    stated, source = assess(token, factuality=token._.factuality, roles=roles), attribution_of(token)
    flags = {str(stated.modality)} - {"asserted"}
    flags |= ({"negated"} if stated.negated else set()) | ({"attributed"} if source else set())
    return frozenset(flags), doc[source.start : source.end].text if source else None, stated.reason


def measure(nlp: Language, cases: Iterable[Labelled]) -> tuple[dict[str, Counter[str]], list[tuple[Labelled, frozenset[str], str | None, str]]]:
    """Counts of true, missed and false for each flag and for the source's text, and the predicates with any flag wrong."""
    counts: dict[str, Counter[str]] = {flag: Counter() for flag in (*FLAGS, "source")}
    wrong: list[tuple[Labelled, frozenset[str], str | None, str]] = []
    docs: dict[str, Doc] = {}
    for case in cases:
        doc = docs.get(case.text) or docs.setdefault(case.text, nlp(case.text))
        flags, source, reason = told(doc, find(doc, case))
        for flag in FLAGS:
            counts[flag]["positive"] += flag in case.flags
            counts[flag]["true" if flag in flags & case.flags else "missed" if flag in case.flags else "false" if flag in flags else "right"] += 1
        if case.source and source:
            counts["source"]["true" if case.source == source else "missed"] += 1
        if flags != case.flags:
            wrong.append((case, flags, source, reason))
    return counts, wrong


def f1(count: Counter[str]) -> float:
    """Harmonic mean of precision and recall."""
    total = 2 * count["true"] + count["missed"] + count["false"]
    return 2 * count["true"] / total if total else 0.0


def main() -> None:
    """Print the table, and the errors if asked for."""
    from actorgraph.extract.pipeline import load_pipeline

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", nargs="?", const="", metavar="FLAG", help="show what is wrong, of one flag or of all")
    parser.add_argument("--model", help="another spaCy pipeline")
    parser.add_argument("files", nargs="*", type=Path, help="other YAML files of labelled sentences")
    args = parser.parse_args()
    cases = list(read_labelled(args.files or labelled_files()))
    counts, wrong = measure(load_pipeline(args.model, statements=False), cases)
    for case, flags, source, reason in wrong:
        if args.errors == "" or (args.errors and args.errors in flags ^ case.flags):
            print(f"{case.text}\n    {case.word}: {' '.join(sorted(case.flags)) or '-'} → {' '.join(sorted(flags)) or '-'} {source or ''} [{reason}]")
    print(f"{len(cases)} predicates of {len({case.text for case in cases})} sentences")
    for flag in FLAGS:
        count = counts[flag]
        print(f"{flag:12} F1 {f1(count):.3f}   {count['positive']} positive: {count['true']} found, {count['missed']} missed, {count['false']} false")
    source = counts["source"]
    print(f"source's words right where both name one: {source['true']} of {source['true'] + source['missed']}")


if __name__ == "__main__":
    main()
