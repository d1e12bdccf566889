"""Statements and documents on the disk while they are on their way, each once, in the order in which they are asked for.

So neither a load nor a pull needs more memory for more statements.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from operator import attrgetter
from typing import Any, Self

from ...extract.errors import OutputError, RecordError
from ...extract.records import STATEMENT_FIELDS, RelationType, Statement
from ..documents import DocumentRecord, merge_documents
from ..triples import merge_statements

_TABLES = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA temp_store = FILE;
    PRAGMA cache_size = -16000;
    CREATE TABLE statements (
        id TEXT PRIMARY KEY, low TEXT, high TEXT, document TEXT, start INTEGER, post INTEGER, at_sign INTEGER, record BLOB
    );
    CREATE TABLE documents (id TEXT PRIMARY KEY, title TEXT, source TEXT, url TEXT, published TEXT, record BLOB);
"""
_POSTS = (RelationType.LEADS, RelationType.MEMBER)
_OFFSETS = ("subject_start", "subject_end", "object_start", "object_end", "char_start", "char_end", "predicate_start", "predicate_end")
_LARGEST = 2**63 - 1  # of the integers of Neo4j, and of SQLite
_values = attrgetter(*STATEMENT_FIELDS)
_offsets = attrgetter(*_OFFSETS)
_described = attrgetter("document_id", "title", "source", "url", "published")


class Spool:
    """A temporary store. Use it as a context manager; closing it removes what it wrote."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)  # without a name it is a file that nobody else sees
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")
        self._last: tuple[Any, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add(self, statement: Statement) -> None:
        """Add a statement that is canonical; of two with one id the higher version stays, as `merge_statements` has it.

        Raises RecordError for an offset beyond the integers of databases.
        """
        if max(map(abs, _offsets(statement))) > _LARGEST:
            field = next(name for name in _OFFSETS if abs(getattr(statement, name)) > _LARGEST)
            raise RecordError(f"field {field!r} is too large for a database", field=field)
        known = self._statements("WHERE id = ?", statement.id)
        for other in known:
            (statement,) = merge_statements([other], [statement])
        low, high = sorted((statement.subject_id, statement.object_id))
        ids = (statement.subject_id, statement.object_id, statement.attributed_to_id)
        self._execute(
            "INSERT OR REPLACE INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                statement.id, low, high, statement.document_id, statement.char_start, statement.relation_type in _POSTS,
                any("@" in id_ for id_ in ids if id_ is not None), pickle.dumps(_values(statement), pickle.HIGHEST_PROTOCOL),
            ),
        )  # fmt: skip
        if (described := _described(statement)) != self._last:
            self._last = described
            self._execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE SET "
                + ", ".join(
                    f"{name} = min(coalesce({name}, excluded.{name}), coalesce(excluded.{name}, {name}))"
                    for name in ("title", "source", "url", "published")
                ),
                described,
            )

    def add_document(self, document: DocumentRecord) -> None:
        """Add a document; of two with one id one with its text stays, as `merge_documents` has it."""
        for (record,) in self._execute("SELECT record FROM documents WHERE id = ?", (document.id,)).fetchall():
            if record is not None:
                (document,) = merge_documents([pickle.loads(record), document])
        self._execute(
            "INSERT INTO documents (id, record) VALUES (?, ?) ON CONFLICT DO UPDATE SET record = excluded.record",
            (document.id, pickle.dumps(document, pickle.HIGHEST_PROTOCOL)),
        )

    def has_statement(self, id_: str) -> bool:
        """Whether a statement with this id was added."""
        return self._execute("SELECT 1 FROM statements WHERE id = ?", (id_,)).fetchone() is not None

    def has_document(self, id_: str) -> bool:
        """Whether a document with this id was added, or a statement of it."""
        return self._execute("SELECT 1 FROM documents WHERE id = ?", (id_,)).fetchone() is not None

    def counts(self) -> tuple[int, int]:
        """How many statements and documents there are."""
        ((statements, documents),) = self._execute("SELECT (SELECT count(*) FROM statements), (SELECT count(*) FROM documents)")
        return statements, documents

    def posts(self) -> Iterator[Statement]:
        """Yield the statements that `merge_people` looks at, if there is anyone to merge."""
        if self._execute("SELECT 1 FROM statements WHERE at_sign LIMIT 1").fetchone():
            yield from self._statements("WHERE post")

    def by_pair(self) -> Iterator[Statement]:
        """Yield all statements, those on the same two actors together, whichever is the subject."""
        return self._statements("ORDER BY low, high, id")

    def in_order(self) -> Iterator[Statement]:
        """Yield all statements in the order of the store."""
        return self._statements("ORDER BY document, start, id")

    def documents(self) -> Iterator[tuple[str, dict[str, str | None], DocumentRecord | None]]:
        """Yield the id of each document, what its statements say of it, and its record if it was added; sorted by id.

        Of what statements say differently, the first of the alphabet counts.
        """
        for id_, title, source, url, published, record in self._rows(
            "SELECT id, title, source, url, published, record FROM documents ORDER BY id"
        ):
            described = {"title": title, "source": source, "url": url, "published": published}
            yield id_, described, None if record is None else pickle.loads(record)

    def _execute(self, sql: str, parameters: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        with _full_disk_named():
            return self._db.execute(sql, parameters)

    def _statements(self, which: str, *parameters: Any) -> Iterator[Statement]:
        for (record,) in self._rows(f"SELECT record FROM statements {which}", parameters):
            yield Statement(*pickle.loads(record))

    def _rows(self, sql: str, parameters: tuple[Any, ...] = ()) -> Iterator[Any]:
        cursor = self._execute(sql, parameters)
        try:
            while True:
                with _full_disk_named():  # what is sorted needs room, too
                    row = cursor.fetchone()
                if row is None:
                    return
                yield row
        finally:
            # What interrupts a load closes the store before the generators that read it, and their cursors with it.
            with suppress(sqlite3.ProgrammingError):
                cursor.close()


@contextmanager
def _full_disk_named() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        # Where SQLite looks; tempfile would name another folder than the full one.
        folder = os.environ.get("SQLITE_TMPDIR") or os.environ.get("TMPDIR") or tempfile.gettempdir()
        raise OutputError(
            f"{folder}: no room for temporary files ({error}); make room, or name another folder in TMPDIR", folder
        ) from error
