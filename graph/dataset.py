"""What the statements of one source are called together, which keeps sources apart in one database."""

from __future__ import annotations

from pathlib import Path

from .triples import TRIPLES


def dataset_name(source: Path | str) -> str:
    """Return the name that the statements of a triples folder or file go by, unless told: the folder's.

    >>> dataset_name("news/korea.csv")
    'korea'
    """
    path = Path(source).absolute()
    if path.is_dir() or path.name == TRIPLES:
        folder = path if path.is_dir() else path.parent
        return folder.resolve().name or "actorgraph"
    return path.stem
