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
    missing = set(model.state_dict()) - set(weights) - {"embeddings.pieces.weight"}
    if missing:
        raise ValueError(f"{folder}: no weight for {min(missing)}")
    model.load_state_dict(weights, strict=False)


def _encoder_weights(graph: onnx.ModelProto) -> dict[str, Tensor]:
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.graph.initializer}
    found = {name.removeprefix("model."): torch.tensor(value) for name, value in stored.items() if name.startswith("model.")}
    mix: dict[int, float] = {}
    for node in graph.graph.node:
        kind = node.name.rsplit("/", 1)[-1]
        names = [name for name in node.input if name.startswith("onnx::") and name.split("_zero_point")[0] in stored]
        if kind == "MatMul_quant":
            (name,) = (name for name in names if name.endswith("_quantized"))
            scale = stored[name.replace("_quantized", "_scale")]
            found[_parameter(node.name)] = torch.tensor((stored[name].astype(np.float32) * scale).T.copy())
        elif kind == "MatMul" and names:
            found[_parameter(node.name)] = torch.tensor(stored[names[0]].T.copy())
        elif node.op_type == "Mul" and names and node.name.startswith("/model/Mul_"):
            mix[int(kind.removeprefix("Mul_"))] = float(stored[names[0]])
        elif node.op_type == "Expand" and names:
            found["root"] = torch.tensor(stored[names[0]].reshape(-1))
    found["role_mix"] = torch.tensor([mix[n] for n in sorted(mix)]).log()  # a softmax gives the shares back
    return found


def _parameter(node: str) -> str:
    """The weight of a product: "/model/layers.0/attention/query/MatMul" is layers.0.attention.query.weight."""
    parts = node.removeprefix("/model/").split("/")[:-1]
    last = parts[-1].split(".")[-1] if len(parts) > 1 and parts[-1].startswith(f"{parts[-2]}.") else parts[-1]
    return ".".join([*parts[:-1], last, "weight"])


def _pairs_weight(graph: onnx.ModelProto) -> Tensor:
    (flat,) = (numpy_helper.to_array(tensor) for tensor in graph.graph.initializer if tensor.name == "flat")
    width = flat.shape[0]
    return torch.tensor(flat.reshape(width, -1, width).transpose(1, 0, 2).copy())
