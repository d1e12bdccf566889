"""Statements of many documents, in one process or several, always the same.

A document's statements depend on the document, the pipeline and the lexicons alone, so documents are analysed one by one
wherever there is room, and handed on in the order in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from .records import Document, RelationType, Statement
from .workers import map_in_order

if TYPE_CHECKING:
    from spacy.language import Language

    from .lexicon import Lexicon

Analysis = Callable[[Document], list[Statement]]
"""What is done with one document; for several processes it has to be something that pickles."""

_CHUNK_DOCUMENTS = 16
_CHUNK_CHARACTERS = 40_000  # some two seconds of work: small enough to stream, large enough that passing it on costs nothing


def extract_statements(
    documents: Iterable[Document],
    *,
    nlp: Language | None = None,
    model: str | None = None,
    jobs: int = 1,
    actors: Sequence[Path] = (),
    relations: Sequence[Path] = (),
) -> Iterator[Statement]:
    """Yield the statements of `documents`, document by document, each document's in the order of triples.jsonl.

    The pipeline is `nlp`, or the one that `load_pipeline(model)` gives. `actors` and `relations` are tables that extend
    the lexicons. `jobs` processes share the work, started anew each (so a script needs its `if __name__ == "__main__"`);
    any number of them gives the same statements. `documents` is read only a little ahead.

    Raises PipelineError and LexiconError for what cannot be loaded, WorkerDied where the system ends a process, and
    ValueError for `nlp` with several jobs, since a loaded pipeline cannot be passed on: name it by `model`.
    """
    if nlp is None:
        return analyse_documents(documents, _ByName(model, tuple(actors), tuple(relations)), jobs=jobs)
    if jobs > 1:
        raise ValueError("a loaded pipeline cannot be shared by several jobs; name it by model=")
    from .lexicon import load_lexicon

    return analyse_documents(documents, _Loaded(nlp, load_lexicon(actors, relations)))


def analyse_documents(documents: Iterable[Document], analysis: Analysis, *, jobs: int = 1) -> Iterator[Statement]:
    """Yield what `analysis` makes of each document, in the order of `documents`, by `jobs` processes."""
    if jobs <= 1:
        for document in documents:
            yield from analysis(document)
        return
    with closing(map_in_order(partial(_analyse_chunk, analysis), _chunks(documents), jobs)) as chunks:
        for statements in chunks:
            yield from statements


def published_between(documents: Iterable[Document], since: str | None = None, until: str | None = None) -> Iterator[Document]:
    """Yield the documents published from `since` to `until`, ISO dates (YYYY, YYYY-MM or YYYY-MM-DD), both included.

    A date that is given by its month or year alone counts if any day of it does. Without a date a document is left out,
    unless neither bound is given.
    """
    for document in documents:
        date = document.published
        if since is not None and (date is None or date[: len(since)] < since[: len(date)]):
            continue
        if until is not None and (date is None or date[: len(until)] > until[: len(date)]):
            continue
        yield document


def select_statements(
    statements: Iterable[Statement], *, types: Collection[RelationType] = (), min_confidence: float = 0.0
) -> Iterator[Statement]:
    """Yield the statements of one of `types` (of any, where none is given) that are at least `min_confidence` sure."""
    for statement in statements:
        if (not types or statement.relation_type in types) and statement.confidence >= min_confidence:
            yield statement


@dataclass(frozen=True, slots=True, eq=False)
class _Loaded:
    """The analysis by a pipeline that is there."""

    nlp: Language
    lexicon: Lexicon

    def __call__(self, document: Document) -> list[Statement]:
        """Return the document's statements, sorted."""
        from .pipeline import parse, pipeline_version
        from .statements import statements_of

        # Our own component may stand at the end; it knows neither the user's tables nor when it is not needed.
        ours = [name for name in self.nlp.pipe_names if name == "actorgraph"]
        with self.nlp.select_pipes(disable=ours) if ours else nullcontext():
            doc = parse(self.nlp, document)
        return statements_of(doc, document, self.lexicon, pipeline=pipeline_version(self.nlp))


@dataclass(frozen=True, slots=True)
class _ByName:
    """The analysis by a pipeline that each process loads when it is first needed."""

    model: str | None
    actors: tuple[Path, ...]
    relations: tuple[Path, ...]

    def __call__(self, document: Document) -> list[Statement]:
        """Return the document's statements, sorted."""
        return _load(self)(document)


@lru_cache(maxsize=1)
def _load(names: _ByName) -> _Loaded:
    from .lexicon import load_lexicon
    from .pipeline import load_pipeline

    lexicon = load_lexicon(names.actors, names.relations)  # first: a mistake in a table is told at once
    return _Loaded(load_pipeline(names.model, statements=False), lexicon)


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    chunk: list[Document] = []
    characters = 0
    for document in documents:
        chunk.append(document)
        characters += len(document.text)
        if len(chunk) >= _CHUNK_DOCUMENTS or characters >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def _analyse_chunk(analysis: Analysis, documents: list[Document]) -> list[Statement]:
    return [statement for document in documents for statement in analysis(document)]
