"""What the tests of training/ make: data files of a few records, and a model's folder without one of its files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from actorgraph.extract.antecedents import MODEL


def write(path: Path, *records: object) -> None:
    """Write records as gzipped JSON Lines, in a folder that need not be there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf8") as lines:
        lines.writelines(json.dumps(record) + "\n" for record in records)


def model_without(file: str, folder: Path) -> Path:
    """The new folder, with links to the bundled model's files but the one named."""
    folder.mkdir()
    for other in MODEL.iterdir():
        if other.name != file:
            (folder / other.name).symlink_to(other)
    return folder
