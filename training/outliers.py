"""Makes the eight bits of an exported encoder finer: `python -m training.outliers [MODEL] [--data FOLDER]`.

Dynamic quantisation divides the range of all inputs of a product into 256 steps. A few channels reach five times as far as all
others, always the same ones, and make the steps five times as coarse for everything. They are split: one that is taken n times
with an n-th of its value needs an n-th of the range, and its row of weights, repeated as it is, makes the sum the same. After
Zhao and others, "Improving Neural Network Quantization without Retraining using Outlier Channel Splitting" (ICML 2019); which
channels those are is read off training text. No weight is rounded again, so it works on a model that is exported already.

To be run once after an export, before everything that is made from the model's output. Needs onnx, not torch; a minute or two.
Rewrites the model's encoder.onnx and prints the range of each product's inputs before and after, with the columns added.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime  # type: ignore[import-untyped]
from onnx import helper, numpy_helper

from actorgraph.extract.english.model import MAX_PIECES, EnglishModel

from .data import Document, default_data, read_treebank
from .evaluate import add_model_argument

Array = npt.NDArray[np.float32]
Ranges = tuple[Array, Array]
"""Of each window and channel the largest and the least value: [windows, channels] twice."""

MOST_COLUMNS = 16  # that a product gets
_STEP = 4  # columns that are added at a time; a processor multiplies four together
_GAIN = 0.1  # by which so many must narrow the range
_WORTH_IT = 1 / 3  # by which all together must: adding columns costs time, too
_SPREAD = 0.1  # by which the shares of a channel differ, so that their rounding errors do not add up
_EVERY = 12  # th document of ewt-train is read, three sentences at a time
_SPLIT = "_split"


def windows_of_training(model: EnglishModel, documents: Iterable[Document]) -> Iterator[list[str]]:
    """Words of three sentences at a time, as far as the encoder takes them."""
    for document in documents:
        for at in range(0, len(document), 3):
            words = [word for sentence in document[at : at + 3] for word in sentence.words]
            if sum(len(model.pieces(word)[0]) for word in words) < MAX_PIECES:
                yield words


def ranges_of(encoder: onnx.ModelProto, inputs: Iterable[dict[str, Any]]) -> dict[str, Ranges]:
    """How far the inputs of each eight-bit product reach, by their name in the graph."""
    names = [node.input[0] for node in encoder.graph.node if node.op_type == "DynamicQuantizeLinear"]
    watched = onnx.ModelProto()
    watched.CopyFrom(encoder)
    watched.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    session = onnxruntime.InferenceSession(watched.SerializeToString(), options, providers=["CPUExecutionProvider"])
    highest: dict[str, list[Array]] = {name: [] for name in names}
    lowest: dict[str, list[Array]] = {name: [] for name in names}
    for values in inputs:
        for name, x in zip(names, session.run(names, values), strict=True):
            highest[name].append(x.max(0).clip(min=0))
            lowest[name].append(x.min(0).clip(max=0))
    return {name: (np.array(highest[name]), np.array(lowest[name])) for name in names}


def split_channels(ranges: Ranges) -> tuple[npt.NDArray[np.int64], list[float]]:
    """Into how many parts each channel goes, and the range after each _STEP of columns, the first without any.

    One column after the other goes to the channel whose further division narrows the root mean square range most.
    """
    high, low = (x.copy() for x in ranges)
    parts = np.ones(high.shape[1], np.int64)
    widths = [_width(high, low)]
    kept = parts.copy()
    while len(widths) * _STEP <= MOST_COLUMNS:
        for _ in range(_STEP):
            widest = sorted({*high.argmax(1).tolist(), *low.argmin(1).tolist()})
            best = min(widest, key=lambda channel: _width_with(high, low, channel, parts[channel]))
            for side in (high, low):
                side[:, best] *= parts[best] / (parts[best] + 1)
            parts[best] += 1
        width = _width(high, low)
        if width > (1 - _GAIN) * widths[-1]:
            break
        widths.append(width)
        kept = parts.copy()
    return (kept, widths) if widths[-1] < (1 - _WORTH_IT) * widths[0] else (np.ones_like(kept), widths[:1])


def _width(high: Array, low: Array) -> float:
    return float(np.sqrt(((high.max(1) - low.min(1)) ** 2).mean()))


def _width_with(high: Array, low: Array, channel: int, parts: int) -> float:
    """The range if one channel were in one part more."""
    before = high[:, channel].copy(), low[:, channel].copy()
    for side in (high, low):
        side[:, channel] *= parts / (parts + 1)
    width = _width(high, low)
    high[:, channel], low[:, channel] = before
    return width


def split(encoder: onnx.ModelProto, parts: dict[str, npt.NDArray[np.int64]]) -> None:
    """Divide channels of the named products' inputs: [channels] numbers of parts. Further parts are the last columns."""
    graph = encoder.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    products = {node.input[0]: node for node in graph.node if node.op_type == "MatMulInteger"}
    nodes = []
    for node in graph.node:
        name = node.input[0] if node.op_type == "DynamicQuantizeLinear" else ""
        if name in parts and parts[name].max() > 1:
            shares, channels, further = _shares(parts[name])
            nodes += _scaled(graph, name, shares, channels, further)
            node.input[0] = name + _SPLIT
            weight = weights[products[node.output[0]].input[1]]
            rows = numpy_helper.to_array(weight)
            weight.CopyFrom(numpy_helper.from_array(np.concatenate([rows, rows[channels]]), weight.name))
        nodes.append(node)
    copied = [onnx.NodeProto.FromString(node.SerializeToString()) for node in nodes]
    del graph.node[:]
    graph.node.extend(copied)


def _shares(parts: npt.NDArray[np.int64]) -> tuple[Array, npt.NDArray[np.int64], Array]:
    """The first share of each channel; channels of the further shares, and these."""
    first, channels, further = np.ones(len(parts), np.float32), [], []
    for channel in np.nonzero(parts > 1)[0].tolist():
        n = int(parts[channel])
        shares = (1 + _SPREAD * np.linspace(-1, 1, n)) / n
        first[channel] = shares[0]
        channels += [channel] * (n - 1)
        further += shares[1:].tolist()
    return first, np.array(channels, np.int64), np.array(further, np.float32)


def _scaled(graph: onnx.GraphProto, name: str, first: Array, channels: npt.NDArray[np.int64], further: Array) -> list[onnx.NodeProto]:
    """Nodes that make NAME_split: each channel's first share, and behind them the further ones."""
    at = name + _SPLIT
    for part, value in (("first", first), ("channels", channels), ("further", further)):
        graph.initializer.append(numpy_helper.from_array(value, f"{at}_{part}"))
    return [
        helper.make_node("Mul", [name, f"{at}_first"], [f"{at}_begin"], name=f"{at}/first"),
        helper.make_node("Gather", [name, f"{at}_channels"], [f"{at}_taken"], name=f"{at}/channels", axis=1),
        helper.make_node("Mul", [f"{at}_taken", f"{at}_further"], [f"{at}_end"], name=f"{at}/further"),
        helper.make_node("Concat", [f"{at}_begin", f"{at}_end"], [at], name=at, axis=1),
    ]


def finer(folder: Path, documents: Iterable[Document]) -> dict[str, dict[str, Any]]:
    """Rewrite encoder.onnx of `folder`; what was done, by product. Raises ValueError where that was done before."""
    encoder = onnx.load(folder / "encoder.onnx")
    if any(_SPLIT in node.name for node in encoder.graph.node):
        raise ValueError(f"{folder}: channels are split already; export the model anew")
    model = EnglishModel(folder)
    ranges = ranges_of(encoder, map(model.encoder_inputs, windows_of_training(model, documents)))
    found = {name: split_channels(reach) for name, reach in ranges.items()}
    split(encoder, {name: parts for name, (parts, _) in found.items()})
    onnx.save(encoder, folder / "encoder.onnx")
    return {
        name: {"columns": int(parts.sum() - len(parts)), "ranges": [round(w, 1) for w in widths]} for name, (parts, widths) in found.items()
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Split, write, and print what was split, product by product."""
    parser = argparse.ArgumentParser(prog="python -m training.outliers", description="Splits the channels that make eight bits coarse.")
    add_model_argument(parser)
    parser.add_argument("--data", type=Path, default=default_data(), help="the folder with ud/ and srl/ (default: %(default)s)")
    options = parser.parse_args(arguments)
    for name, done in finer(options.model, read_treebank(options.data, "ewt-train")[::_EVERY]).items():
        print(json.dumps({"product": name} | done))


if __name__ == "__main__":
    main()
