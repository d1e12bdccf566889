"""Reads the parameters of a query from text: `key=value`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from .errors import ParameterError

_NAME = re.compile(r"[^\W\d]\w*")
_LARGEST = 2**63  # integers of Cypher have 64 bits


def split_parameters(texts: Iterable[str]) -> dict[str, str]:
    """Return the names and texts of parameters given as `key=value`; the first "=" divides.

    Raises ParameterError where there is none, where a name is no name, or stands twice.

    >>> split_parameters(["actor=North Korea", "min=3"])
    {'actor': 'North Korea', 'min': '3'}
    """
    parameters: dict[str, str] = {}
    for text in texts:
        name, divider, value = text.partition("=")
        if not divider or not _NAME.fullmatch(name):
            raise ParameterError(f"--param wants NAME=VALUE, not {text!r}", name)
        if name in parameters:
            raise ParameterError(f"parameter {name!r} is given twice", name)
        parameters[name] = value
    return parameters


def read_value(text: str) -> Any:
    """Return what a text means: a number, true, false, null, a list, a map or a string in JSON, else the text itself.

    >>> [read_value(text) for text in ("3", "3.0", "true", "null", '["a", 1]', '"3"', "007", "Kim", "")]
    [3, 3.0, True, None, ['a', 1], '3', '007', 'Kim', '']
    """
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return text
    return value


def check_value(name: str, value: Any) -> Any:
    """Return `value` if an engine can take it as parameter `name`.

    That is text, a truth value, a finite number, None, and lists and maps of such. Raises ParameterError.
    """
    match value:
        case None | bool() | str():
            return value
        case int() if -_LARGEST <= value < _LARGEST:
            return value
        case float() if value - value == 0:  # neither infinite nor none
            return value
        case list() | tuple():
            return [check_value(name, item) for item in value]
        case dict() if all(isinstance(key, str) for key in value):
            return {key: check_value(name, item) for key, item in value.items()}
    raise ParameterError(f"parameter {name!r} cannot be {value!r:.80}", name)


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
