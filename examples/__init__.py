"""Articles of `actorgraph demo`, written for it: invented events, invented outlets, real countries.

>>> from actorgraph.examples import articles
>>> with articles() as folder:
...     sum(path.suffix == ".md" for path in folder.iterdir())
8
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path

__all__ = ["articles"]


def articles() -> AbstractContextManager[Path]:
    """The folder of the articles, as a context: a path to read from, also where the package is inside a zip file."""
    return as_file(files(__name__) / "articles")
