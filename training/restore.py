"""An exported model as a network again, to train it further where no checkpoint is left.

The encoder's matrices come back from their eight bits, everything else from the fp32 of the files; the optimiser's memory
does not come back.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from .labels import Labels
from .model import NewsModel

_QUANTISED = "_Transposed_quantized"


def load_exported(model: NewsModel, labels: Labels, folder: Path) -> None:
    """Set the weights of `model` to those of the files that `export.export_model` wrote.

    Raises ValueError where they are of other labels, or lack a weight.
    """
    if json.loads((folder / "config.json").read_text(encoding="utf8"))["labels"] != labels.to_dict():
        raise ValueError(f"{folder} has other labels than the data; only a model of the same data can be trained further")
    weights = _encoder_weights(onnx.load(folder / "encoder.onnx"))
    for name in ("relations", "roles"):
        weights[f"{name}.weight"] = _pairs_weight(onnx.load(folder / f"{name}.onnx"))
    with np.load(folder / "embeddings.npz") as table:
        for name in ("positions", "shapes"):
            weights[f"embeddings.{name}.weight"] = torch.from_numpy(table[name].astype(np.float32))
    # The table of the pieces is frozen: the encoder's own is the same without its eight bits.
    expected = model.state_dict()
    missing = set(expected) - set(weights) - {"embeddings.pieces.weight"}
    if missing:
        raise ValueError(f"{folder}: no weight for {min(missing)}")
    for name, weight in weights.items():
        if weight.dim() == 2:  # what outliers.py appends are repeated columns
            weights[name] = weight[:, : expected[name].shape[1]]
    model.load_state_dict(weights, strict=False)


def _encoder_weights(graph: onnx.ModelProto) -> dict[str, Tensor]:
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.graph.initializer}
    found: dict[str, Tensor] = {}
    for name, value in stored.items():
        parameter = name.removeprefix("model.")
        if parameter.endswith(_QUANTISED):
            scale = stored[name.replace("_quantized", "_scale")]
            found[parameter.removesuffix(_QUANTISED)] = torch.tensor((value.astype(np.float32) * scale).T.copy())
        elif parameter.endswith((".weight", ".bias")):
            found[parameter] = torch.tensor(value)
    for name in [name for name in found if ".projection." in name]:  # of query, key and value
        for part, rows in zip(("query", "key", "value"), found.pop(name).chunk(3), strict=True):
            found[name.replace("projection", part)] = rows
    mix: dict[int, float] = {}
    for node in graph.graph.node:
        names = [name for name in node.input if name.startswith("onnx::") and name in stored]
        if node.op_type == "MatMul" and names:
            found[_parameter(node.name)] = torch.tensor(stored[names[0]].T.copy())
        elif node.op_type == "Mul" and names:
            mix[int(node.name.removeprefix("/Mul").removeprefix("_") or 0)] = float(stored[names[0]])
        elif node.op_type == "Expand" and names:
            found["root"] = torch.tensor(stored[names[0]].reshape(-1))
    found["role_mix"] = torch.tensor([mix[n] for n in sorted(mix)]).log()  # a softmax gives the shares back
    return found


def _parameter(node: str) -> str:
    """The weight of a product: "/entities/entities.2/MatMul" is entities.2.weight."""
    return f"{node.split('/')[-2]}.weight"


def _pairs_weight(graph: onnx.ModelProto) -> Tensor:
    (flat,) = (numpy_helper.to_array(tensor) for tensor in graph.graph.initializer if tensor.name == "flat")
    width = flat.shape[0]
    return torch.tensor(flat.reshape(width, -1, width).transpose(1, 0, 2).copy())
