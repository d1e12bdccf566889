"""A folder of ours: documents, triples, table, page and report of one run, which appear together or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..extract.errors import RecordError
from ..extract.records import Document, Statement
from .dataset import dataset_name
from .documents import DOCUMENTS, DocumentRecord, read_documents_file, write_documents
from .jsonlines import write_object
from .output import atomic_file, atomic_folder
from .triples import TRIPLES, merge_statements, read_statements, write_statement_table, write_statements

TABLE = "triples.csv"
PAGE = "graph.html"
REPORT = "report.md"
REJECTS = "rejects.jsonl"

FILES = frozenset({DOCUMENTS, TRIPLES, TABLE, PAGE, REPORT, REJECTS})
"""Names of the files that we write into a folder."""

_FIRST_LINE = 1_000_000  # bytes: a line longer than this need not be read to the end to see that it is none of ours


@contextmanager
def output_folder(folder: Path | str) -> Iterator[Path]:
    """Yield a hidden folder to fill with `write_output`; it becomes `folder` when the block ends well, else it is removed.

    Raises OutputError, before the block runs, for a folder that holds what we did not write or one that cannot be written;
    see `atomic_folder`.
    """
    with atomic_folder(folder, ours=is_output_folder, files=FILES) as partial:
        yield partial


def write_output(
    folder: Path,
    documents: Iterable[Document | DocumentRecord],
    statements: Iterable[Statement],
    rejects: Sequence[Mapping[str, Any]] = (),
    *,
    title: str | None = None,
    groups: bool = False,
    text: bool = True,
) -> None:
    """Write all files of a folder of ours; rejects.jsonl only where something was set aside.

    `title` heads page and report, `groups` shows groups without a country on the page, without `text` the documents'
    texts are left out. Everything is sorted: the same documents and statements give the same bytes.
    """
    from .page import render_page
    from .report import write_report

    records = [document if isinstance(document, DocumentRecord) else DocumentRecord.of(document) for document in documents]
    merged = merge_statements(statements)
    with atomic_file(folder / DOCUMENTS) as file:
        write_documents(records, file, text=text)
    with atomic_file(folder / TRIPLES) as file:
        write_statements(merged, file)
    with atomic_file(folder / TABLE) as file:
        write_statement_table(merged, file)
    render_page(merged, folder / PAGE, title=title, groups=groups)
    write_report(merged, records, folder / REPORT, title=title)
    if rejects:
        with atomic_file(folder / REJECTS) as file:
            file.writelines(write_object(dict(reject)) for reject in rejects)


@contextmanager
def changed_copy(
    source: Path | str, change: Callable[[list[Statement]], Iterable[Statement]], rejects: list[RecordError] | None = None
) -> Iterator[Path]:
    """Yield a folder with the triples of `source` as `change` makes them, and its documents; it goes when the block ends.

    Its name is that of `source`, so that it is the same dataset. Broken lines, and what is raised, as for `read_statements`.
    """
    statements = read_statements(source, rejects=rejects)
    documents = read_documents_file(source) if Path(source).is_dir() else []
    with TemporaryDirectory(prefix="actorgraph-") as parent:
        folder = Path(parent, dataset_name(source))
        folder.mkdir()
        with atomic_file(folder / TRIPLES) as file:
            write_statements(change(statements), file)
        if documents:
            with atomic_file(folder / DOCUMENTS) as file:
                write_documents(documents, file)
        yield folder


def is_output_folder(folder: Path) -> bool:
    """Whether `folder` holds documents.jsonl and triples.jsonl that begin as those that we write (or are empty)."""
    return _begins_with(folder / DOCUMENTS, ("id", "sha256")) and _begins_with(folder / TRIPLES, ("id", "subject_id", "object_id"))


def _begins_with(path: Path, keys: Iterable[str]) -> bool:
    try:
        with path.open("rb") as file:
            line = file.readline(_FIRST_LINE)
        record = json.loads(line) if line else dict.fromkeys(keys)
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(record, dict) and record.keys() >= set(keys)
