"""Documents in, statements out.

    from actorgraph.extract import read_documents, extract_statements

    for statement in extract_statements(read_documents("news/")):
        print(statement.subject, statement.relation, statement.object)

Names are looked up when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .corpus import extract_statements
    from .pipeline import load_pipeline
    from .readers import read_documents
    from .records import Document, Statement

__all__ = ["Document", "Statement", "extract_statements", "load_pipeline", "read_documents"]

_HOMES = {
    "Document": "records",
    "Statement": "records",
    "extract_statements": "corpus",
    "load_pipeline": "pipeline",
    "read_documents": "readers",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
