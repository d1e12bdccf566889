"""Statements in, graphs, pages and files out.

    from actorgraph.graph import build_graph, render_page

Names are looked up when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .asking import query
    from .build import build_graph
    from .exports import export
    from .page import render_page
    from .report import write_report
    from .server.loading import load

__all__ = ["build_graph", "export", "load", "query", "render_page", "write_report"]

_HOMES = {"build_graph": "build", "export": "exports", "load": "server.loading", "query": "asking", "render_page": "page", "write_report": "report"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
