"""Puts a question together from what was given: a text, a file, standard input or a name, and parameters as text."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ... import queries
from ...extract.errors import InputError
from .errors import ParameterError
from .parameters import read_value, split_parameters


def read_question(cypher: str | None, name: str | None, file: Path | None, parameters: Iterable[str]) -> tuple[str, dict[str, Any]]:
    """Return the text of a query and the values of its parameters, given as `NAME=VALUE`.

    Values for a query of a name have the types that it declares; others are read as JSON where they are JSON. Where no text,
    name or file is given, or the text is "-", standard input is read. Raises UnknownQuery, ParameterError where parameters
    do not fit or more than one of the three is given, InputError where the file cannot be read.
    """
    if sum(given is not None for given in (cypher, name, file)) > 1:
        raise ParameterError("give one of CYPHER, --name and --file", "cypher")
    given = split_parameters(parameters)
    if name is not None:
        named = queries.load(name)
        return named.cypher, named.bind(given)
    if file is not None:
        cypher = _read(file)
    elif cypher is None or cypher == "-":
        if sys.stdin.isatty():
            raise ParameterError("ask something: give CYPHER, --name or --file, or start 'actorgraph shell'", "cypher")
        cypher = sys.stdin.read()
    return cypher, {key: read_value(text) for key, text in given.items()}


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{file}: not UTF-8", file) from None
    except OSError as error:
        raise InputError(f"{file}: {(error.strerror or str(error)).lower()}", file) from error
