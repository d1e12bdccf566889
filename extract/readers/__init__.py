"""Documents from files: text, Markdown, web pages, JSON Lines and CSV, each also gzipped.

One bad input never stops the others: it is set aside with its reason.
"""

from __future__ import annotations

import warnings
from codecs import lookup
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..errors import DuplicateDocument, InputError
from ..language import is_english
from ..records import Document
from .inputs import KINDS, STDIN, Input, Reject, Unreadable, find_inputs, looks_like_json_lines, open_bytes
from .prose import read_page, read_prose
from .rows import Columns, characters_of, read_csv, read_jsonl

__all__ = ["KINDS", "LARGEST_DOCUMENT", "STDIN", "Columns", "Reject", "read_documents"]

LARGEST_DOCUMENT = 10_000_000
"""Bytes of an article's file (unpacked), or characters of a row, above which it is set aside."""


def warn_of(reject: Reject) -> None:
    """Tell of a reject by a Python warning."""
    warnings.warn(str(reject), stacklevel=2)


def read_documents(
    paths: Iterable[Path | str] | Path | str,
    *,
    columns: Columns | None = None,
    encoding: str = "utf-8",
    limit: int = LARGEST_DOCUMENT,
    any_language: bool = False,
    on_reject: Callable[[Reject], object] = warn_of,
    on_skip: Callable[[Path], object] | None = None,
    on_progress: Callable[[float], object] | None = None,
) -> Iterator[Document]:
    """Read the documents in `paths`: files, folders (searched in sorted order), or "-" for standard input.

    A document's id is the path of its file below the folder that was named, or the file's name when it was named itself;
    that of a row is what its id column says, else the file's id, a colon and the row's number. Front matter (title, date,
    source, url), `columns` and a page's own head fill the other fields. Standard input is one text, or JSON Lines if it
    begins with "{". Offsets into a document's text count its characters after decoding, with \\n newlines, without front
    matter and without the marks of Markdown and HTML.

    What cannot be read, holds no text, is larger than `limit`, or is clearly not English (unless `any_language`) goes to
    `on_reject`, by default a Python warning; files of unknown kinds inside folders go to `on_skip`. `on_progress` hears,
    before each document, the share (0 to 1) of the inputs' bytes that have been read.

    Raises InputError at once for a path that does not exist, a named file of unknown kind or an unknown encoding, and at
    the end if nothing could be read; DuplicateDocument where two documents have one id.
    """
    try:
        encoding = lookup(encoding).name
    except LookupError:
        raise InputError(f"{encoding}: unknown encoding; use one that Python knows, as utf-8, cp1252 or utf-16") from None
    named = [paths] if isinstance(paths, Path | str) else list(paths)
    inputs = find_inputs(named, on_skip=on_skip, on_reject=on_reject)
    if not inputs:
        raise InputError(
            f"{', '.join(map(str, named)) or 'no path'}: no articles here; what is read is {' '.join(KINDS)}, each also with .gz"
        )
    form = _Form(columns or Columns(), encoding, limit)
    return _distinct(_read_all(inputs, form, on_progress or (lambda _: None)), any_language, on_reject)


@dataclass(frozen=True, slots=True)
class _Form:
    """How the content of files is to be taken."""

    columns: Columns
    encoding: str
    limit: int


def _read_all(inputs: list[Input], form: _Form, on_progress: Callable[[float], object]) -> Iterator[tuple[str, Document | Reject]]:
    """Yield what all inputs hold, each with the place that messages name."""
    total = sum(source.size for source in inputs) or 1
    before = 0
    for source in inputs:
        line: int | None = None
        try:
            with open_bytes(source) as (file, position), closing(_read(source, file, form)) as items:
                for line, found in items:
                    on_progress(min(1.0, (before + position()) / total))
                    yield (source.name if line is None else f"{source.name}:{line}"), found
        except Unreadable as error:
            yield source.name, Reject(source.name, error.line, error.reason)
        before += source.size
    on_progress(1.0)


def _read(source: Input, file: IO[bytes], form: _Form) -> Generator[tuple[int | None, Document | Reject], None, None]:
    """Yield what one input holds, with the line for what stands in a row. Raises Unreadable."""
    if source.kind == "jsonl" or (source.kind == "stdin" and looks_like_json_lines(file)):
        with characters_of(file, form.encoding) as characters:
            yield from read_jsonl(source, characters, form.columns, form.encoding, form.limit)
    elif source.kind == "csv":
        with characters_of(file, form.encoding) as characters:
            yield from read_csv(source, characters, form.columns, form.encoding, form.limit)
    elif source.kind == "html":
        yield None, read_page(source, file, form.encoding, form.limit)
    else:
        yield None, read_prose(source, file, form.encoding, form.limit)


def _distinct(
    found: Iterator[tuple[str, Document | Reject]], any_language: bool, on_reject: Callable[[Reject], object]
) -> Iterator[Document]:
    """Pass on the documents that are English, and see that no two have one id and that there is one at all."""
    places: dict[str, str] = {}
    accepted = 0
    first_reject: Reject | None = None
    for place, item in found:
        if isinstance(item, Document):
            if item.id in places:
                raise DuplicateDocument(item.id, places[item.id], place)
            places[item.id] = place
            if any_language or is_english(item.text):
                accepted += 1
                yield item
                continue
            item = Reject(place, None, "is not English")
        first_reject = first_reject or item
        on_reject(item)
    if not accepted:
        raise InputError(f"nothing could be read; {first_reject or 'the files hold no articles'}")
