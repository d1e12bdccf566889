"""JSON Lines in: one object a line, broken lines told by their number; and text that UTF-8 can hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from ..extract.errors import RecordError

_SURROGATE = re.compile("[\ud800-\udfff]")


def read_objects(file: IO[bytes]) -> Iterator[tuple[int, dict[str, Any] | RecordError]]:
    """Yield (line number, object) of each line that is not blank; a line without one gives the RecordError to raise."""
    return ((number, parse_object(line)) for number, line in read_lines(file))


def read_lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield (line number, line) of each line that is not blank, without the white space around it.

    A byte order mark may stand before any line, as concatenation leaves it there.
    """
    for number, line in enumerate(file, 1):
        line = line.removeprefix(b"\xef\xbb\xbf").strip()
        if line:
            yield number, line


def parse_object(line: bytes) -> dict[str, Any] | RecordError:
    """Return the object in a line, or the RecordError to raise."""
    try:
        value = json.loads(line.decode(), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        return RecordError(f"not UTF-8 (byte {error.start + 1} of the line)")
    except (ValueError, RecursionError) as error:
        return RecordError(f"not JSON: {error}")
    return value if isinstance(value, dict) else RecordError("not a JSON object")


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number")


def write_object(record: dict[str, Any]) -> str:
    """Return `record` as one line, keys in their order, characters as they are; ValueError for a number not finite."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"


def clean_surrogates(text: str) -> str:
    """Return `text` with U+FFFD for each lone surrogate, which UTF-8 cannot hold; offsets stay right.

    >>> clean_surrogates("a\\ud800b")
    'a\ufffdb'
    """
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
