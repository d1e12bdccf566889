"""Where the development sets lie: the folder named by ACTORGRAPH_SHARED, else ../shared beside the checkout."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path:
    """The folder with gold/, score/, seeds/ and english/; it need not exist."""
    return Path(os.environ.get("ACTORGRAPH_SHARED") or ROOT.parent / "shared")


def digest(paths: list[Path]) -> str:
    """First 16 hex digits of SHA-256 over the files' bytes, in the order given."""
    sum_ = hashlib.sha256()
    for path in paths:
        sum_.update(path.read_bytes())
    return sum_.hexdigest()[:16]
