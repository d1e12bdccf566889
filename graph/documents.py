"""documents.jsonl: every document of a folder, those without statements too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import IO, Any

from ..extract.errors import InputError, RecordError
from ..extract.records import Document
from .jsonlines import clean_surrogates, read_objects, write_object

DOCUMENTS = "documents.jsonl"
"""Name of the file beside triples.jsonl."""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A line of documents.jsonl. Two are equal when every field is; `id` is unique within a folder.

    `sha256` and `words` are those of the text, which is None where it was left out.
    """

    id: str
    sha256: str
    title: str | None
    published: str | None
    source: str | None
    url: str | None
    words: int
    text: str | None = None

    @classmethod
    def of(cls, document: Document) -> DocumentRecord:
        """Return the record of `document`; lone surrogates, which UTF-8 cannot hold, become U+FFFD, one for one."""
        texts = {field.name: clean_surrogates(value) for field in fields(document) if (value := getattr(document, field.name)) is not None}
        return cls(**replace(document, **texts).to_dict())


def write_documents(documents: Iterable[Document | DocumentRecord], file: IO[str], *, text: bool = True) -> None:
    """Write documents as JSON Lines to `file`, a text file open as UTF-8 with newline="".

    Each stands once, sorted by id; without `text` the texts are left out, and only their digest and length stay.
    """
    records = (document if isinstance(document, DocumentRecord) else DocumentRecord.of(document) for document in documents)
    for record in merge_documents(records):
        line = asdict(record)
        if not text or record.text is None:
            del line["text"]
        file.write(write_object(line))


def read_documents_file(path: Path | str) -> list[DocumentRecord]:
    """Read a documents.jsonl, or the one of a folder; none in a folder is no documents.

    Returns each document once, sorted by id; of two records with one id, one with its text stays. Raises RecordError with
    the number of a broken line, InputError where nothing can be read.
    """
    return merge_documents(scan_documents(path))


def scan_documents(path: Path | str) -> Iterator[DocumentRecord]:
    """Yield documents as the lines stand, repeated ones too, without holding them all; else as `read_documents_file`."""
    path = Path(path)
    if path.is_dir():
        path = path / DOCUMENTS
        if not path.exists():
            return
    try:
        with path.open("rb") as file:
            for line, record in read_objects(file):
                yield _record(record, path, line)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}", path) from error


def find_document(path: Path | str, document_id: str) -> Document | None:
    """Return a document of a folder with its text, or None where the folder has no such document or not its text."""
    for record in scan_documents(path) if Path(path).is_dir() else ():
        if record.id == document_id and record.text is not None:
            return Document(record.id, record.text, record.title, record.published, record.source, record.url)
    return None


def merge_documents(records: Iterable[DocumentRecord]) -> list[DocumentRecord]:
    """Return each document once, sorted by id; of two records with one id, one with its text stays."""
    merged: dict[str, DocumentRecord] = {}
    for record in records:
        known = merged.setdefault(record.id, record)
        if known != record and _rank(known) < _rank(record):
            merged[record.id] = record
    return [merged[id_] for id_ in sorted(merged)]


def _rank(record: DocumentRecord) -> tuple[bool, str]:
    return record.text is not None, write_object(asdict(record))


def _record(record: dict[str, Any] | RecordError, path: Path, line: int) -> DocumentRecord:
    if isinstance(record, RecordError):
        raise RecordError(str(record), path, line)
    known = {field.name: str(field.type) for field in fields(DocumentRecord)}
    for name in (*known, *record):
        if name not in known:
            raise RecordError(f"unknown field {name!r}", path, line, name)
        if name not in record and name != "text":
            raise RecordError(f"field {name!r} is missing", path, line, name)
        value, annotation = record.get(name), known[name]
        fits = type(value) is int if annotation == "int" else isinstance(value, str) or (value is None and annotation != "str")
        if not fits:
            raise RecordError(f"field {name!r} cannot be {value!r:.80}", path, line, name)
    values: dict[str, Any] = {name: clean_surrogates(value) if isinstance(value, str) else value for name, value in record.items()}
    return DocumentRecord(**values)
