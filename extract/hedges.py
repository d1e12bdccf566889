"""The small table of hedging words: what an auxiliary, adverb, adjective or subordinator makes of its predicate.

The rows stand in `data/hedges.tsv`, which an analyst can read. Words that embed another predicate are carriers, in
`data/carriers.tsv`; words that say who makes a claim are in `data/reporting.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from .errors import LexiconError
from .records import Modality

HedgeKind = Literal["auxiliary", "adverb", "adjective", "determiner", "subordinator", "preposition", "occurrence", "doubt", "necessity", "errand", "causation", "endeavor"]


@dataclass(frozen=True, slots=True)
class Hedge:
    """One row: the word (lower case; a subordinator may be several), its kind, the modality or negation that it brings."""

    word: str
    kind: HedgeKind
    modality: Modality | None
    negated: bool


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a bundled table by column; the first line names the columns, lines with # are comments.

    Raises LexiconError for a row with more cells than columns.
    """
    header: list[str] | None = None
    for number, line in enumerate((files(__package__) / "data" / name).read_text("utf8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
        elif len(cells) > len(header):
            raise LexiconError(f"{len(cells)} cells in a table of {len(header)} columns", name, number)
        else:
            yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


@lru_cache(maxsize=1)
def _hedges() -> dict[tuple[str, str], Hedge]:
    return {
        (row["kind"], row["word"]): Hedge(row["word"], row["kind"], Modality(row["modality"]) if row["modality"] else None, row["negated"] == "yes")  # type: ignore[arg-type]
        for row in read_rows("hedges.tsv")
    }


def hedge(word: str, kind: HedgeKind) -> Hedge | None:
    """The row of a word as this kind of hedge, or None.

    >>> str(hedge("may", "auxiliary").modality), hedge("without", "subordinator").negated
    ('possible', True)
    """
    return _hedges().get((kind, word.lower()))


def all_hedges() -> tuple[Hedge, ...]:
    """Every row, in the order of the table."""
    return tuple(_hedges().values())
