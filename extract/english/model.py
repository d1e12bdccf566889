"""The model's files, loaded, and its answer on windows of words: numbers, not yet decisions.

A model is a folder: encoder.onnx, relations.onnx, roles.onnx, embeddings.npz, vocabulary.txt, config.json. Each session
runs on one thread: documents are what runs in parallel.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..errors import PipelineError
from .wordpieces import load_pieces

Array: TypeAlias = npt.NDArray[np.float32]
Indices: TypeAlias = npt.NDArray[np.int64]
Halves: TypeAlias = npt.NDArray[np.float16] | Array

MAX_PIECES = 500  # of a window; the encoder has 512 positions
_FILES = ("encoder.onnx", "relations.onnx", "roles.onnx", "embeddings.npz", "vocabulary.txt", "config.json")


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The labels of each head, in the order of its scores."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    relations: tuple[str, ...]
    entities: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WindowScores:
    """Scores of one window of n words."""

    upos: Array  # [n, labels]; likewise xpos, feats, lemmas, entities
    xpos: Array
    feats: Array
    lemmas: Array
    starts: Array  # [n] logit of being the first word of a sentence
    entities: Array
    arcs: Array  # [n, n + 1]; column 0 is the root
    dependents: Array  # [n, width]
    governors: Array  # [n + 1, width]
    predicates: Array  # [n] logit
    factuality: Array  # [n] −3 … 3, not clipped
    role_predicates: Array  # [n, width]
    role_arguments: Array  # [n, width]


class EnglishModel:
    """A loaded model; `load_model` shares one per folder."""

    def __init__(self, folder: Path) -> None:
        """Load the files of `folder`. Raises PipelineError where one is missing or broken."""
        import onnxruntime  # type: ignore[import-untyped]

        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            raise PipelineError(
                f"{folder}: no model here ({missing[0]} is missing); install actorgraph again or name another pipeline", str(folder)
            )
        config = json.loads((folder / "config.json").read_text(encoding="utf8"))
        self.folder = folder
        self.name, self.version = str(config["name"]), str(config["version"])
        self.labels = LabelSet(**{name: tuple(labels) for name, labels in config["labels"].items()})
        self.pieces = load_pieces(folder / "vocabulary.txt")
        with np.load(folder / "embeddings.npz") as tables:
            self._table, self._scales = tables["pieces"], tables["scales"].astype(np.float32)
            self._positions, self._shapes = tables["positions"].astype(np.float32), tables["shapes"].astype(np.float32)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        sessions = (onnxruntime.InferenceSession(str(folder / file), options, providers=["CPUExecutionProvider"]) for file in _FILES[:3])
        self._encoder, self._relations, self._roles = sessions
        self.role_width = int(self._roles.get_inputs()[0].shape[1])

    def score(self, window: Sequence[str]) -> WindowScores:
        """Score a window of words, at most MAX_PIECES pieces of them.

        Never several at once: the scales of dynamic quantisation are taken over all that is scored together, so a window
        would depend on its neighbours. Nor would it be faster: padding costs more than it saves.
        """
        return self._scores(*self._encoder.run(None, self.encoder_inputs(window)))

    def encoder_inputs(self, window: Sequence[str]) -> dict[str, Array | Indices]:
        """What the encoder reads of a window of words: [pieces, hidden] embeddings and [words] first pieces."""
        ids, shapes, first = [self.pieces.start], [0], []
        for pieces, form in map(self.pieces, window):
            first.append(len(ids))
            ids += pieces
            shapes += [form] * len(pieces)
        ids.append(self.pieces.end)
        shapes.append(0)
        embedded = self._table[ids] * self._scales[ids] + self._shapes[shapes] + self._positions[: len(ids)]
        return {"embedded": embedded, "first": np.array(first, np.int64)}

    def _scores(
        self, tags: Array, entities: Array, arcs: Array, dependents: Array, governors: Array, predicates: Array,
        role_predicates: Array, role_arguments: Array,
    ) -> WindowScores:  # fmt: skip
        labels = (self.labels.upos, self.labels.xpos, self.labels.feats, self.labels.lemmas)
        upos, xpos, feats, lemmas, starts = np.split(tags, np.cumsum([len(group) for group in labels]), axis=1)
        return WindowScores(
            upos, xpos, feats, lemmas, starts[:, 0], entities, arcs, dependents, governors,
            predicates[:, 0], predicates[:, 1], role_predicates, role_arguments,
        )  # fmt: skip

    def relations(self, dependents: Array, governors: Array) -> Array:
        """Scores of the labels of given arcs: [n, width] twice -> [n, relations]."""
        scores: Array = self._relations.run(None, {"left": dependents, "right": governors})[0]
        return scores

    def roles(self, predicates: Halves, arguments: Halves) -> Array:
        """Scores of the roles of every word for each predicate: [n, width], [words, width] -> [n, words, roles]."""
        scores: Array = self._roles.run(None, {"left": predicates.astype(np.float32), "right": arguments.astype(np.float32)})[0]
        return scores


@lru_cache(maxsize=4)
def load_model(folder: Path) -> EnglishModel:
    """The model of `folder`, loaded once in a process."""
    return EnglishModel(folder)
