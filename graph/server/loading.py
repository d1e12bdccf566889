"""Puts a triples folder into a Neo4j database.

A load is many transactions, each of which leaves relations that count exactly the statements that are there. It can be
ended at any moment and repeated, and any number may run at once: everything is found by its id and written so that twice
is the same as once, transactions write one at a time (`texts.LOCK`), and what follows from all statements of a dataset or
of an actor is settled at the end from what the database then holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from ...extract.errors import InputError, RecordError
from ...extract.records import Statement
from ..cypher.schema import statement_of
from ..dataset import dataset_name
from ..documents import DocumentRecord, scan_documents
from ..merge import merge_people
from ..triples import scan_statements, triples_file
from . import texts
from .actors import settle_actors
from .batches import ROWS, batches, document_length, statement_length
from .connection import Connection, Trace, connect
from .ids import LONG_ID, LONGEST, indexed, original
from .spool import Spool
from .statements import delete_statements, put_statements

Progress = Callable[[str, int, int], None]
"""Called with what is being done, and how much of how much of it is."""

_SETTLINGS = 10  # how often another load may change whom a surname means while this one settles it
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: how many statements and documents of `dataset` it stored, and how many statements it removed."""

    dataset: str
    statements: int
    documents: int
    removed: int


def load(
    source: Path | str,
    uri: str,
    *,
    dataset: str | None = None,
    prune: bool = False,
    database: str | None = None,
    auth: tuple[str, str] | None = None,
    rejects: list[RecordError] | None = None,
    progress: Progress | None = None,
    trace: Trace | None = None,
) -> Loaded:
    """Put a triples folder or file into the Neo4j database at `uri`, as `cypher.schema` says.

    `dataset`, the folder's name unless told, keeps folders apart that share a database. Statements that are there already
    are replaced, unless they are of a higher version; those of the same dataset that the folder does not have stay, or go
    with `prune`, which makes the dataset the folder. After any failure the same load can be repeated, and nothing is lost
    or there twice. User and password are `auth`, else NEO4J_USERNAME and NEO4J_PASSWORD; the database is `database`, else
    NEO4J_DATABASE, else "neo4j". Broken lines raise RecordError, or are passed over and added to `rejects`. Memory does not
    grow with the number of statements. Raises InputError where the source cannot be read, ServerError for the server.

        load("korea/", "neo4j://localhost:7687", prune=True)
    """
    dataset = _dataset(source, dataset)
    report = progress or (lambda stage, done, total: None)
    with Spool() as spool, connect(uri, auth=auth, database=database, trace=trace) as connection:
        _read(source, spool, rejects, report)
        for text in texts.CONSTRAINTS:
            connection.write(lambda tx, text=text: list(tx.read(text)))  # type: ignore[misc]
        return _Load(connection, spool, dataset, prune, report).run()


def _dataset(source: Path | str, dataset: str | None) -> str:
    if dataset is None:
        if str(source) == "-":
            raise InputError("statements from standard input belong to no folder; name their dataset with --dataset")
        dataset = dataset_name(source)
    if not dataset or len(dataset.encode(errors="surrogatepass")) > LONGEST or any("\ud800" <= c <= "\udfff" for c in dataset):
        raise InputError(f"a dataset cannot be called {dataset!r:.60}; choose another name with --dataset")
    return dataset


def _read(source: Path | str, spool: Spool, rejects: list[RecordError] | None, report: Progress) -> None:
    for number, statement in enumerate(scan_statements(source, rejects=rejects), 1):
        try:
            spool.add(statement)
        except RecordError as error:
            if rejects is None:
                raise
            rejects.append(error)
        if number % ROWS == 0:
            report("reading", number, 0)
    if str(source) != "-" and (folder := triples_file(source)).parent == Path(source):
        for document in scan_documents(folder.parent):
            spool.add_document(document)


class _Load:
    """One load: what `run` does, step by step."""

    def __init__(self, connection: Connection, spool: Spool, dataset: str, prune: bool, report: Progress) -> None:
        self._connection = connection
        self._spool = spool
        self._dataset = dataset
        self._prune = prune
        self._report = report

    def run(self) -> Loaded:
        """Store everything, then settle what follows from it."""
        statements, documents = self._spool.counts()
        # Whom surnames mean is settled in the end; to begin with the best guess spares most of that.
        self._put(self._spool.by_pair(), merge_people(self._spool.posts()), statements, "statements", replacing=self._prune)
        self._put_documents(documents)
        removed = self._remove_others() if self._prune else 0
        self._settle_people()
        self._settle_actors()
        return Loaded(self._dataset, statements, documents, removed)

    def _put(self, statements: Iterable[Statement], people: Mapping[str, str], total: int, stage: str, *, replacing: bool) -> None:
        done = 0
        self._report(stage, done, total)
        for batch in batches(statements, statement_length):
            self._connection.write(
                lambda tx, batch=batch: put_statements(tx, self._dataset, batch, people, replacing=replacing)  # type: ignore[misc]
            )
            done += len(batch)
            self._report(stage, done, total)

    def _put_documents(self, total: int) -> None:
        text = texts.REPLACE_DOCUMENTS if self._prune else texts.PUT_DOCUMENTS
        done = 0
        for rows in batches((_document_row(self._dataset, *document) for document in self._spool.documents()), document_length):
            self._write_locked(lambda tx, rows=rows: tx.write(text, rows, dataset=self._dataset))  # type: ignore[misc]
            done += len(rows)
            self._report("documents", done, total)

    def _remove_others(self) -> int:
        """Remove what the folder does not have."""
        kept = self._spool
        gone = [id_ for id_ in self._ids(texts.STATEMENT_IDS) if not kept.has_statement(id_)]
        for done in range(0, len(gone), ROWS):
            ids = [indexed(id_) for id_ in gone[done : done + ROWS]]
            self._report("removing", done, len(gone))
            self._connection.write(lambda tx, ids=ids: delete_statements(tx, self._dataset, ids))  # type: ignore[misc]
        documents = [id_ for id_ in self._ids(texts.DOCUMENT_IDS) if not kept.has_document(id_)]
        for done in range(0, len(documents), ROWS):
            rows = [{"id": indexed(id_)} for id_ in documents[done : done + ROWS]]
            self._write_locked(lambda tx, rows=rows: list(tx.read(texts.DELETE_DOCUMENTS, rows=rows, dataset=self._dataset)))  # type: ignore[misc]
        return len(gone)

    def _ids(self, text: str) -> Iterator[str]:
        return (id_ for (id_,) in self._connection.stream(text, dataset=self._dataset))

    def _settle_people(self) -> None:
        """Have statements lead to those whom the surnames in them mean, by all that the dataset now holds."""
        for _ in range(_SETTLINGS):
            astray, people = self._astray()
            if not astray:
                return
            for done in range(0, len(astray), ROWS):
                rows = self._connection.read(texts.STATEMENTS_WITH_IDS, ids=astray[done : done + ROWS], dataset=self._dataset)
                statements = [statement_of(original(properties)) for (properties,) in rows]
                self._put(statements, people, len(statements), "people", replacing=False)

    def _astray(self) -> tuple[list[str], Mapping[str, str]]:
        """Return the ids (as they are indexed) of statements that lead to the wrong actor, and whom surnames mean."""
        named: list[tuple[str, list[tuple[str | None, str | None]]]] = []
        for id_, *ends in self._connection.stream(texts.NAMESAKES, dataset=self._dataset):
            named.append((id_, list(zip(ends[::2], ends[1::2], strict=True))))
        if not named:
            return [], {}
        posts = self._connection.stream(texts.POSTS, dataset=self._dataset)
        people = merge_people(statement_of(original(properties)) for (properties,) in posts)
        return [id_ for id_, ends in named if any(says is not None and people.get(says, says) != leads for says, leads in ends)], people

    def _settle_actors(self) -> None:
        done, last = 0, ""
        while ids := self._write_locked(lambda tx, last=last: settle_actors(tx, last)):  # type: ignore[misc]
            done, last = done + len(ids), ids[-1]
            self._report("actors", done, 0)

    def _write_locked(self, work: Callable[[Any], _Row]) -> _Row:
        def locked(tx: Any) -> _Row:
            list(tx.read(texts.LOCK))
            return work(tx)

        return self._connection.write(locked)


def _document_row(dataset: str, id_: str, described: Mapping[str, str | None], record: DocumentRecord | None) -> dict[str, Any]:
    """The row of a document: its record as it is, unknown fields too, else what is known from its statements."""
    properties: dict[str, Any] = (
        {name: value for name, value in described.items() if value is not None} if record is None else asdict(record)
    )
    short = indexed(id_)
    properties |= {"id": short, "dataset": dataset} | ({LONG_ID: id_} if short != id_ else {})
    return {"id": short, "properties": properties}
