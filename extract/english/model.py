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
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ..errors import PipelineError
from .wordpieces import WordPieces

Array: TypeAlias = npt.NDArray[np.float32]
Halves: TypeAlias = npt.NDArray[np.float16] | Array

MAX_PIECES = 500  # of a window; the encoder has 512 positions
_PIECES_PER_BATCH = 1200
_LONGER = 1.2  # how much longer the longest window of a batch may be than its shortest: padding costs as much as words
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
        self.pieces = WordPieces((folder / "vocabulary.txt").read_text(encoding="utf8").split("\n")[:-1])
        with np.load(folder / "embeddings.npz") as tables:
            self._table, self._scales = tables["pieces"], tables["scales"].astype(np.float32)
            self._positions, self._shapes = tables["positions"].astype(np.float32), tables["shapes"].astype(np.float32)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        sessions = (onnxruntime.InferenceSession(str(folder / file), options, providers=["CPUExecutionProvider"]) for file in _FILES[:3])
        self._encoder, self._relations, self._roles = sessions
        self.role_width = int(self._roles.get_inputs()[0].shape[1])

    def score(self, windows: Sequence[Sequence[str]]) -> list[WindowScores]:
        """Score the windows of one document, each of at most MAX_PIECES pieces, in their order.

        Windows of like length share a batch. Give one document at a time: the scales of dynamic quantisation are taken
        over the batch, so a document scored beside another would depend on its neighbour.
        """
        encoded = [[self.pieces(word) for word in window] for window in windows]
        lengths = [2 + sum(len(pieces) for pieces, _ in window) for window in encoded]
        order = sorted(range(len(windows)), key=lengths.__getitem__)
        scores: list[WindowScores | None] = [None] * len(windows)
        batch: list[int] = []
        for i in order:
            padded = lengths[i] * (len(batch) + 1)
            if batch and (padded > _PIECES_PER_BATCH or lengths[i] > _LONGER * lengths[batch[0]]):
                self._run([encoded[k] for k in batch], batch, scores)
                batch = []
            batch.append(i)
        if batch:
            self._run([encoded[k] for k in batch], batch, scores)
        return [s for s in scores if s is not None]

    def _run(self, batch: list[list[tuple[tuple[int, ...], int]]], places: list[int], into: list[WindowScores | None]) -> None:
        pieces = 2 + max(sum(len(p) for p, _ in window) for window in batch)
        words = max(map(len, batch))
        ids, shapes, present = (np.zeros((len(batch), pieces), np.int64) for _ in range(3))
        first = np.zeros((len(batch), words), np.int64)
        for row, window in enumerate(batch):
            flat, forms, starts = [self.pieces.start], [0], []
            for word, form in window:
                starts.append(len(flat))
                flat += word
                forms += [form] * len(word)
            flat.append(self.pieces.end)
            ids[row, : len(flat)], shapes[row, : len(forms)], present[row, : len(flat)] = flat, forms, 1
            first[row, : len(starts)] = starts
        embedded = self._table[ids] * self._scales[ids] + self._shapes[shapes] + self._positions[:pieces]
        outputs = self._encoder.run(None, {"embedded": embedded, "present": present, "first": first})
        for row, place in enumerate(places):
            into[place] = self._window([output[row] for output in outputs], len(batch[row]))

    def _window(self, outputs: list[Any], n: int) -> WindowScores:
        tags, entities, arcs, dependents, governors, predicates, role_predicates, role_arguments = outputs
        groups, at = [], 0
        for labels in (self.labels.upos, self.labels.xpos, self.labels.feats, self.labels.lemmas):
            groups.append(tags[:n, at : at + len(labels)])
            at += len(labels)
        upos, xpos, feats, lemmas = groups
        return WindowScores(
            upos, xpos, feats, lemmas, tags[:n, at], entities[:n], arcs[:n, : n + 1], dependents[:n], governors[: n + 1],
            predicates[:n, 0], predicates[:n, 1], role_predicates[:n], role_arguments[:n],
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
