"""A trained network as the files that the package carries: int8 ONNX encoder, label scorers, embedding table, configuration.

Matrix products of the encoder are quantised dynamically (int8, per channel, seven bits of range: without VNNI, sums of two
eight-bit products overflow sixteen bits); the task heads stay fp32. The embedding table is int8 with one fp16 scale a row.
"""

from __future__ import annotations

import copy
import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from actorgraph.extract.english.wordpieces import WordPieces

from .labels import Labels
from .model import Attention, NewsModel

REFERENCE_SENTENCES = (
    "The foreign minister of Ruritania met his counterpart in Vienna on Monday .",
    "Graustark 's army has not sent 11,000 troops to the border , officials said .",
    "STRELSAU MAY SIGN NEW TREATY WITH RURITANIAN REBELS",
)
"""What the stored reference scores are of; written for it."""

OUTPUTS = ("tags", "entities", "arcs", "dependents", "governors", "predicates", "role_predicates", "role_arguments")
OPSET = 17


class _Attend(torch.autograd.Function):
    """Attention over one window without mask; in the graph one node, onnxruntime's own."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        q, k, v = (t.unflatten(-1, (heads, -1)).transpose(0, 1)[None] for t in (query, key, value))
        return F.scaled_dot_product_attention(q, k, v)[0].transpose(0, 1).reshape(query.shape)

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        axis = g.op("Constant", value_t=torch.tensor([0]))
        inputs = [g.op("Unsqueeze", t, axis) for t in (query, key, value)]
        attended = g.op("com.microsoft::MultiHeadAttention", *inputs, num_heads_i=heads)
        return g.op("Squeeze", attended, axis).setType(query.type())


class _Attention(nn.Module):
    """The attention of a layer over one window; query, key and value come out of one product, which is faster than three."""

    def __init__(self, attention: Attention) -> None:
        super().__init__()
        parts = (attention.query, attention.key, attention.value)
        self.hidden, self.heads = attention.query.in_features, attention.heads
        self.projection = nn.Linear(self.hidden, len(parts) * self.hidden)
        self.projection.weight = nn.Parameter(torch.cat([part.weight for part in parts]))
        self.projection.bias = nn.Parameter(torch.cat([part.bias for part in parts]))
        self.output, self.norm = attention.output, attention.norm

    def forward(self, x: Tensor, mask: None) -> Tensor:
        y: Tensor = _Attend.apply(*self.projection(x).split(self.hidden, -1), self.heads)
        return self.norm(x + self.output(y))


class _Encoder(nn.Module):
    """The network on one window: [pieces, hidden] and the first piece of each word [words] -> OUTPUTS, as a tuple.

    Without other windows beside it there is no padding to compute and no mask to add, and 100 rows keep a processor's
    caches warmer than 1,000: a quarter faster than batches, and what is said of a window depends on that window alone.
    """

    def __init__(self, model: NewsModel) -> None:
        super().__init__()
        self.model = copy.deepcopy(model).eval()
        for layer in self.model.layers:
            layer.attention = _Attention(layer.attention)

    def forward(self, embedded: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        x = self.model.norm(embedded)
        shares = self.model.role_mix.softmax(0)
        mixed = x[first] * shares[0]
        for i, layer in enumerate(self.model.layers, 1):
            x = layer(x, None)
            mixed = mixed + x[first] * shares[i]
        scores = self.model.heads(x[first][None], mixed[None])
        return tuple(getattr(scores, name)[0] for name in OUTPUTS)


class _Pairs(nn.Module):
    """Labels of given pairs; one product with all matrices, then the other side."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        self.labels, self.width, _ = weight.shape
        self.flat = nn.Parameter(weight.permute(1, 0, 2).reshape(self.width, -1).contiguous())

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        half = torch.matmul(_with_one(left), self.flat).reshape(-1, self.labels, self.width)
        return torch.matmul(half, _with_one(right)[:, :, None])[:, :, 0]


class _Rows(_Pairs):
    """Labels of each row of `left` with every word of `right`: [n, width], [words, width] -> [n, words, labels]."""

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        half = torch.matmul(_with_one(left), self.flat).reshape(-1, self.width)
        return torch.matmul(half, _with_one(right).t()).reshape(left.shape[0], self.labels, right.shape[0]).transpose(1, 2)


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def export_model(model: NewsModel, labels: Labels, vocabulary: list[str], folder: Path, *, name: str, version: str) -> None:
    """Write the model's files into `folder`, which is made: encoder.onnx, relations.onnx, roles.onnx, embeddings.npz, vocabulary.txt, config.json."""
    folder.mkdir(parents=True, exist_ok=True)
    model = model.eval()
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "encoder.onnx"
        export_encoder(model, plain)
        _quantise(plain, folder / "encoder.onnx")
    _export_scorer(_Pairs(model.relations.weight.detach()), folder / "relations.onnx", rows_of_right="n")
    _export_scorer(_Rows(model.roles.weight.detach()), folder / "roles.onnx", rows_of_right="words")
    _save_embeddings(model, folder / "embeddings.npz")
    (folder / "vocabulary.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf8")
    config = {"name": name, "version": version, "labels": labels.to_dict()}
    (folder / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf8")


def export_encoder(model: NewsModel, path: Path) -> None:
    """Write the network behind the embedding table as fp32 ONNX, for one window of any number of pieces and words."""
    hidden, words, pieces = model.root.shape[0], 10, 20
    example = (torch.randn(pieces, hidden), torch.arange(words))
    axes = {name: {0: "words"} for name in OUTPUTS} | {"governors": {0: "nodes"}, "arcs": {0: "words", 1: "nodes"}}
    _to_onnx(
        _Encoder(model).eval(), example, path, input_names=["embedded", "first"], output_names=list(OUTPUTS),
        dynamic_axes={"embedded": {0: "pieces"}, "first": {0: "words"}} | axes, custom_opsets={"com.microsoft": 1},
    )  # fmt: skip


def write_reference(model: NewsModel, pieces: WordPieces, path: Path) -> None:
    """Write the network's own scores of REFERENCE_SENTENCES as NAME-NUMBER arrays (fp16), to check an export without torch."""
    arrays: dict[str, Any] = {}
    for number, sentence in enumerate(REFERENCE_SENTENCES):
        ids, shapes, first = [pieces.start], [0], []
        for word in sentence.split(" "):
            found, shape = pieces(word)
            first.append(len(ids))
            ids += found
            shapes += [shape] * len(found)
        ids.append(pieces.end)
        shapes.append(0)
        with torch.no_grad():
            embedded = model.embeddings(torch.tensor([ids]), torch.tensor([shapes]))
            scores = model.eval()(embedded, torch.ones(1, len(ids), dtype=torch.long), torch.tensor([first]))
        arrays |= {f"{name}-{number}": getattr(scores, name)[0].numpy().astype(np.float16) for name in OUTPUTS}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, sentences=np.array(REFERENCE_SENTENCES), **arrays)


def _export_scorer(scorer: _Pairs, path: Path, *, rows_of_right: str) -> None:
    width = scorer.width - 1
    right = 3 if rows_of_right == "n" else 5
    _to_onnx(
        scorer.eval(), (torch.randn(3, width), torch.randn(right, width)), path, input_names=["left", "right"], output_names=["scores"],
        dynamic_axes={"left": {0: "n"}, "right": {0: rows_of_right}, "scores": {0: "n"} | ({1: "words"} if rows_of_right == "words" else {})},
    )  # fmt: skip


def _to_onnx(module: nn.Module, example: tuple[Tensor, ...], path: Path, **names: Any) -> None:
    # Not the newer exporter: its graphs are as good, but their nodes no longer carry the names of the modules, by which
    # the quantiser is told encoder and heads apart.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(module, example, str(path), opset_version=OPSET, dynamo=False, **names)


def _quantise(source: Path, target: Path) -> None:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    products = [node.name for node in onnx.load(source).graph.node if node.op_type in ("MatMul", "Gemm")]
    quantize_dynamic(
        source, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, op_types_to_quantize=["MatMul", "Gemm"],
        nodes_to_exclude=[name for name in products if "/layers" not in name],
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},  # what comes out of onnxruntime's own operators
    )  # fmt: skip


def _save_embeddings(model: NewsModel, path: Path) -> None:
    table = model.embeddings.pieces.weight.detach().numpy()
    scales = (np.abs(table).max(1, keepdims=True) / 127 + 1e-9).astype(np.float16)
    np.savez(
        path,
        pieces=np.round(table / scales.astype(np.float32)).clip(-127, 127).astype(np.int8),
        scales=scales,
        positions=model.embeddings.positions.weight.detach().numpy().astype(np.float16),
        shapes=model.embeddings.shapes.weight.detach().numpy().astype(np.float16),
    )
