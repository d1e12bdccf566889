"""Named queries: questions about alliances in plain Cypher, which every engine runs unchanged.

Each is a file beside this one, whose first lines tell what it is:

    // title: Allies of an actor
    // answers: Who stands by an actor, by alliances that are stated and by support that outweighs hostility?
    // param actor: actor - name, alias or id
    // param limit: integer = 50 - rows at most
    // columns: actor, ally, alliance (statements of an alliance)

A parameter has a type (see PARAMETER_TYPES) and, unless it must be given, a default in JSON.

    from actorgraph import queries
    query = queries.load("allies")
    graph.query("korea/", query.cypher, query.bind({"actor": "Serbia"}))
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ..graph.cypher.errors import ParameterError, UnknownQuery

_HEADER = re.compile(r"// (title|answers|columns|param (\w+)): (.+)")
_PARAMETER = re.compile(r"(\w+)(?: = (\S+))?(?: - (.+))?")
_COLUMN = re.compile(r"(\w+)(?: \(([^()]*)\))?(?:, |$)")
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


def _boolean(text: str) -> bool:
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[text.lower()]


def _date(text: str) -> str:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return text


PARAMETER_TYPES: Mapping[str, tuple[type, Callable[[str], Any]]] = {
    "actor": (str, str),
    "string": (str, str),
    "date": (str, _date),
    "integer": (int, int),
    "number": (float, float),
    "boolean": (bool, _boolean),
}
"""The type of a parameter's values, and what reads one from text; an `actor` is a name, an alias or an id."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query; `required` where it has no default (a default may be None)."""

    name: str
    type: str
    default: Any
    required: bool
    description: str | None

    def typed(self, value: Any) -> Any:
        """Return `value`, read from text where it is text, as the parameter's type. Raises ParameterError."""
        type_, read = PARAMETER_TYPES[self.type]
        try:
            if value is None and not self.required:
                return None
            if isinstance(value, str):
                return read(value)
            if type(value) is type_ or (type_ is float and type(value) is int):
                return value
        except (ValueError, KeyError):
            pass
        raise ParameterError(f"parameter {self.name!r} wants {_article(self.type)}, not {value!r}", self.name)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with a name. Two of one name are the same.

    `columns` maps the name of each column to a note, or None where the name says it all.
    """

    name: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, str | None]
    cypher: str

    def bind(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the value of every parameter: what is given, else the default.

        Raises ParameterError for a value that is missing, of another type, or of a parameter that the query does not have.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                takes = f"its parameters are {', '.join(known)}" if known else "it has no parameters"
                raise ParameterError(f"query {self.name!r} has no parameter {name!r}; {takes}", name)
        for parameter in self.parameters:
            if parameter.required and parameter.name not in given:
                about = f" ({parameter.description})" if parameter.description else ""
                raise ParameterError(f"query {self.name!r} needs --param {parameter.name}={parameter.type.upper()}{about}", parameter.name)
        return {name: parameter.typed(given[name]) if name in given else parameter.default for name, parameter in known.items()}


def names() -> tuple[str, ...]:
    """Return the names of all queries, sorted."""
    files = (file.name for file in resources.files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".cypher") for name in files if name.endswith(".cypher")))


def listing() -> tuple[NamedQuery, ...]:
    """Return all queries, sorted by name."""
    return tuple(map(load, names()))


@cache
def load(name: str) -> NamedQuery:
    """Return the query of that name. Raises UnknownQuery."""
    if name not in names():
        raise UnknownQuery(name, names())
    cypher = resources.files(__package__).joinpath(f"{name}.cypher").read_text(encoding="utf-8")
    return parse(name, cypher)


def parse(name: str, cypher: str) -> NamedQuery:
    """Return the query that the text of a file describes.

    Raises ValueError where its header breaks the rules: that is a mistake in the file, not in what a user asks.
    """
    texts: dict[str, str] = {}
    parameters: list[Parameter] = []
    for line in cypher.splitlines():
        if (header := _HEADER.fullmatch(line)) is None:
            continue
        if header[2]:
            parameters.append(_parameter(header[2], header[3]))
        else:
            texts[header[1]] = header[3]
    columns = {match[1]: match[2] for match in _COLUMN.finditer(texts["columns"])}
    return NamedQuery(name, texts["title"], texts["answers"], tuple(parameters), columns, cypher)


def _parameter(name: str, text: str) -> Parameter:
    found = _PARAMETER.fullmatch(text)
    if found is None or found[1] not in PARAMETER_TYPES:
        raise ValueError(f"// param {name}: {text}")
    return Parameter(name, found[1], json.loads(found[2]) if found[2] else None, found[2] is None, found[3])


def _article(type_: str) -> str:
    return f"{'an' if type_[0] in 'aeiou' else 'a'} {type_}"
