"""What is installed: versions, the English model, where data files lie."""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

_MODEL = "en_news"
_CARD = "MODEL_CARD.md"
_SHOWN = ("actorgraph", "spacy", "onnxruntime", "numpy", "networkx", "pyvis", "neo4j", "arcadedb")


def versions() -> dict[str, str]:
    """Return the versions of Python, actorgraph and what its results rest on; "not installed" for what is optional."""
    found = {"python": platform.python_version()}
    for name in _SHOWN:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def data_folders() -> dict[str, Path]:
    """Return where lexicons, the English model and the articles of the demonstration lie."""
    here = Path(str(files(__package__)))
    return {"lexicons": here / "data", "model": here / "models" / _MODEL, "articles": here.parent / "examples" / "articles"}


def describe_model() -> str:
    """Return name, version and size of the English model, and its card up to the second heading, if it has one."""
    folder = data_folders()["model"]
    if not (folder / "config.json").is_file():
        return "no English model in this installation"
    config = json.loads((folder / "config.json").read_text("utf-8"))
    size = sum(path.stat().st_size for path in folder.iterdir())
    lines = [f"English model {config['name']} {config['version']}, {size / 1e6:.0f} MB"]
    if (folder / _CARD).is_file():
        card = (folder / _CARD).read_text("utf-8").partition("\n## ")[0]
        lines += [line for line in card.splitlines() if line.strip() and not line.startswith("#")]
    return "\n".join(lines)
