"""Takes a dataset out of a Neo4j database: the folder that was loaded, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ...extract.records import Statement
from ..cypher.schema import statement_of
from ..documents import DOCUMENTS, DocumentRecord, write_documents
from ..folder import output_folder
from ..triples import TRIPLES, canonical, statement_line
from . import texts
from .connection import Connection, Trace, connect
from .errors import UnknownDataset
from .ids import original
from .loading import Progress
from .spool import Spool

_REPORT_EVERY = 5000


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull wrote: how many statements and documents of `dataset`."""

    dataset: str
    statements: int
    documents: int


def pull(
    uri: str,
    out: Path | str,
    *,
    dataset: str | None = None,
    database: str | None = None,
    auth: tuple[str, str] | None = None,
    progress: Progress | None = None,
    trace: Trace | None = None,
) -> Pulled:
    """Write a dataset of the Neo4j database at `uri` to the folder `out`: triples.jsonl and documents.jsonl.

    `dataset` is that of the folder's name unless told, or the only one that there is. A folder that was loaded with `load`
    comes back byte for byte; where it had no documents.jsonl, that is empty. The folder appears whole or not at all, in place of an older
    one of ours; one that is not ours is refused. Login
    and database as in `load`. Memory does not grow with the number of statements. Raises UnknownDataset, OutputError, ServerError,
    and RecordError where a node is no statement.
    """
    report = progress or (lambda stage, done, total: None)
    with Spool() as spool, connect(uri, auth=auth, database=database, trace=trace) as connection:
        dataset = _chosen(connection, dataset, Path(out).absolute().name)
        for number, statement in enumerate(_statements(connection, dataset), 1):
            spool.add(statement)
            if number % _REPORT_EVERY == 0:
                report("statements", number, 0)
        statements, _ = spool.counts()
        documents = 0
        for record in _documents(connection, dataset):
            spool.add_document(record)
            documents += 1
        with output_folder(out) as folder:
            with (folder / TRIPLES).open("w", encoding="utf-8", newline="") as file:
                file.writelines(map(statement_line, spool.in_order()))
            with (folder / DOCUMENTS).open("w", encoding="utf-8", newline="") as file:
                for _, _, stored in spool.documents():
                    if stored is not None:
                        write_documents([stored], file)
    return Pulled(dataset, statements, documents)


def datasets(connection: Connection) -> list[str]:
    """Return the names of the datasets of a database, sorted."""
    return sorted(name for (name,) in connection.read(texts.DATASETS) if name)


def _chosen(connection: Connection, dataset: str | None, folder: str) -> str:
    known = datasets(connection)
    if dataset is None:
        dataset = folder if folder in known else known[0] if len(known) == 1 else None
    if dataset is None or dataset not in known:
        raise UnknownDataset(connection.uri, dataset, known)
    return dataset


def _statements(connection: Connection, dataset: str) -> Iterator[Statement]:
    for (properties,) in connection.stream(texts.STATEMENTS, dataset=dataset):
        yield canonical(statement_of(original(properties)))


def _documents(connection: Connection, dataset: str) -> Iterator[DocumentRecord]:
    names = [field.name for field in fields(DocumentRecord)]
    for (properties,) in connection.stream(texts.DOCUMENTS, dataset=dataset):
        found = original(properties)
        record: dict[str, Any] = {name: found.get(name) for name in names}
        yield DocumentRecord(**record)
