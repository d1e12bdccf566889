"""Options that several commands share, and what those of reading, extracting and choosing come to."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, cast

import typer

from actorgraph.console import Aside, say
from actorgraph.extract.errors import InputError, RecordError
from actorgraph.extract.records import Document, RelationType, Statement

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH...", help="Files (.txt .md .html .jsonl .csv, each also .gz), folders, or - for standard input."),
]
Triples = Annotated[Path, typer.Argument(metavar="DIR", help="A folder made by 'build', a triples file, or - for standard input.")]
Column = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="FIELD=NAME", help="Column or key of a field (text id title published source url), as --column text=body."
    ),
]
Encoding = Annotated[str, typer.Option(metavar="NAME", help="Encoding of the files, as --encoding cp1252.")]
MaxSize = Annotated[float, typer.Option(metavar="MB", min=0, help="Articles larger than this are set aside, as --max-size 50.")]
AnyLanguage = Annotated[bool, typer.Option("--any-language", help="Keep what is clearly not English.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Only articles published on this day or later, as --since 2024-10-01.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only articles published on this day or earlier, as --until 2024-10.")]
Model = Annotated[
    str | None, typer.Option(metavar="NAME", help="Another spaCy pipeline, installed or by its path, as --model en_core_web_trf.")
]
Actors = Annotated[
    list[Path] | None, typer.Option(metavar="FILE", help="Table of more actors (id, kind, name, aliases), as --actors actors.tsv.")
]
Relations = Annotated[
    list[Path] | None, typer.Option(metavar="FILE", help="Table of more relations (predicate, type, frame), as --relations frames.tsv.")
]
Corrections = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="Table of corrections (do, what, to, in) to apply, as --corrections fixes.tsv."),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes to share the work; the result is the same, as --jobs 4.")
]
Types = Annotated[
    list[RelationType] | None,
    typer.Option("--type", metavar="TYPE", case_sensitive=False, help="Only relations of this type, as --type AID --type ALLY."),
]
MinConfidence = Annotated[
    float, typer.Option(metavar="P", min=0, max=1, help="Only statements at least this sure (0 to 1), as --min-confidence 0.5.")
]
Groups = Annotated[bool, typer.Option("--groups", help="Show groups whose country is unknown, too.")]
Strict = Annotated[bool, typer.Option("--strict", help="Do nothing (exit 1) if any input has to be set aside.")]
Title = Annotated[str | None, typer.Option(metavar="TEXT", help="Title of page and report, as --title 'Korea, autumn 2024'.")]


@dataclass
class Extraction:
    """What `build` and `extract` do, as their options say."""

    paths: list[Path]
    aside: Aside
    column: list[str] | None = None
    encoding: str = "utf-8"
    max_size: float = 10
    any_language: bool = False
    since: str | None = None
    until: str | None = None
    model: str | None = None
    actors: list[Path] | None = None
    relations: list[Path] | None = None
    corrections: list[Path] | None = None
    jobs: int = 1
    types: list[RelationType] | None = None
    min_confidence: float = 0

    def __post_init__(self) -> None:
        """Check what can be wrong in an option, before any work. Raises typer.BadParameter, LexiconError."""
        from actorgraph.extract.readers import Columns
        from actorgraph.extract.readers.published import publication_date

        named = dict(item.partition("=")[::2] for item in self.column or [])
        for name, column in named.items():
            if name not in Columns.__slots__ or not column:
                raise typer.BadParameter(f"{name!r}: use FIELD=NAME, FIELD one of {' '.join(Columns.__slots__)}", param_hint="--column")
        self.columns = Columns(**named)
        for option, value in (("since", self.since), ("until", self.until)):
            if value is not None and publication_date(value) is None:
                raise typer.BadParameter(f"{value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD", param_hint=f"--{option}")
        self.between = publication_date(self.since), publication_date(self.until)
        self.corrected = Correcting(self.corrections, self.actors)

    def documents(self, on_progress: Callable[[float], object] | None = None) -> Iterator[Document]:
        """Yield the articles of the time that was asked for. Raises InputError where there is none."""
        from actorgraph.extract import read_documents
        from actorgraph.extract.corpus import published_between

        documents = read_documents(
            self.paths, columns=self.columns, encoding=self.encoding, limit=int(self.max_size * 1_000_000),
            any_language=self.any_language, on_reject=self.aside.add, on_skip=self.aside.skip, on_progress=on_progress,
        )  # fmt: skip
        none = True
        for document in published_between(documents, *self.between):
            none = False
            yield document
        if none:
            raise InputError("no article was published in the time that was asked for; change --since or --until")

    def statements(self, documents: Iterable[Document]) -> Iterator[Statement]:
        """Yield what the articles state, as they are read; with corrections, when all are."""
        from actorgraph.extract import extract_statements
        from actorgraph.extract.corpus import select_statements

        found = extract_statements(documents, model=self.model, jobs=self.jobs, actors=self.actors or (), relations=self.relations or ())
        with closing(cast("Generator[Statement, None, None]", found)):
            yield from select_statements(self.corrected(found), types=self.types or (), min_confidence=self.min_confidence)


class Correcting:
    """Applies tables of corrections and says what came of each line. Raises LexiconError, when made, for what it cannot read."""

    def __init__(self, tables: list[Path] | None, actors: list[Path] | None = None) -> None:
        from actorgraph.extract.corrections import read_corrections

        self._lines = read_corrections(tables) if tables else []
        self._actors = actors or ()

    def __call__(self, statements: Iterable[Statement]) -> Iterable[Statement]:
        """Return the statements as corrected; as they come, where there is nothing to correct."""
        if not self._lines:
            return statements
        from actorgraph.extract.corrections import apply_corrections

        corrected, outcomes = apply_corrections(statements, self._lines, actors=self._actors)
        for outcome in outcomes:
            say(f"correction: {outcome}")
        return corrected


def stored(
    folder: Path, aside: Aside, corrections: list[Path] | None, types: list[RelationType] | None, min_confidence: float
) -> list[Statement]:
    """Return the statements of a folder or file as corrected, broken lines set aside. Raises InputError where all are broken."""
    from actorgraph.extract.corpus import select_statements
    from actorgraph.graph.triples import read_statements

    correcting = Correcting(corrections)  # first: a mistake in a table is told at once
    broken: list[RecordError] = []
    statements = read_statements(folder, rejects=broken)
    for error in broken:
        aside.add(error)
    if broken and not statements:
        raise InputError(f"{folder}: no line is a statement; {broken[0]}", folder)
    return list(select_statements(correcting(statements), types=types or (), min_confidence=min_confidence))
