"""From documents to batches: windows of sentences, augmented, as padded tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

from actorgraph.extract.english.lemmas import script_of
from actorgraph.extract.english.wordpieces import WordPieces

from .config import AugmentationConfig, WindowConfig
from .data import Document, Frame, Sentence, Tree
from .labels import Labels

UNKNOWN = -1
"""Target that adds nothing to a loss."""


@dataclass(frozen=True, slots=True)
class PlacedFrame:
    """A predicate of a window: the word, role of each filler as a label index, weight."""

    predicate: int
    roles: Mapping[int, int]
    weight: float


@dataclass(slots=True)
class Example:
    """A window as lists of numbers, word by word (`ids` and `shapes` piece by piece)."""

    ids: list[int]
    shapes: list[int]
    first: list[int]
    targets: dict[str, list[int]]
    sentences: list[int]
    predicates: list[int]
    frames: list[PlacedFrame] = field(default_factory=list)
    factuality: dict[int, float] = field(default_factory=dict)

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.first)


@dataclass(slots=True)
class Batch:
    """Padded tensors of some windows. `targets` are [B, W] with UNKNOWN where nothing is known."""

    ids: Tensor  # [B, T]
    shapes: Tensor
    present: Tensor  # [B, T] 1 for a piece, 0 for padding
    first: Tensor  # [B, W]
    sentences: Tensor  # [B, W] number of the sentence, −9 for padding
    targets: dict[str, Tensor]
    frames: list[tuple[int, PlacedFrame]]
    factuality: list[tuple[int, int, float]]
    words: int


TARGETS = ("upos", "xpos", "feats", "lemmas", "heads", "relations", "entities", "starts", "predicates")


class ExampleMaker:
    """Makes examples of windows with fixed labels and pieces."""

    def __init__(self, labels: Labels, pieces: WordPieces, max_pieces: int) -> None:
        groups = {**labels.tag_groups(), "relations": labels.relations, "entities": labels.entities, "roles": labels.roles}
        self._index = {name: {label: i for i, label in enumerate(group)} for name, group in groups.items()}
        self._pieces, self._max_pieces, self.mask = pieces, max_pieces, pieces.mask

    def __call__(self, window: Sequence[Sentence]) -> Example | None:
        """The example of a window, or None where it has too many pieces."""
        example = Example([self._pieces.start], [0], [], {name: [] for name in TARGETS}, [], [])
        for number, sentence in enumerate(window):
            self._add(example, number, sentence)
        example.ids.append(self._pieces.end)
        example.shapes.append(0)
        return example if len(example.ids) <= self._max_pieces else None

    def _add(self, example: Example, number: int, sentence: Sentence) -> None:
        offset, n = example.words, len(sentence.words)
        for word in sentence.words:
            ids, shape = self._pieces(word)
            example.first.append(len(example.ids))
            example.ids += ids
            example.shapes += [shape] * len(ids)
        example.sentences += [number] * n
        targets, tree = example.targets, sentence.tree
        unknown = [UNKNOWN] * n
        for name, values in (
            ("upos", tree and tree.upos),
            ("xpos", tree and tree.xpos),
            ("feats", tree and tree.feats),
            ("lemmas", tree and tuple(map(script_of, sentence.words, tree.lemmas))),
            ("relations", tree and tree.relations),
            ("entities", sentence.entities),
        ):
            index = self._index[name]
            targets[name] += [index.get(value, UNKNOWN) for value in values] if values else unknown
        targets["heads"] += [offset + head if head else 0 for head in tree.heads] if tree else unknown
        targets["starts"] += [1] + [0] * (n - 1) if tree else unknown
        targets["predicates"] += [int(sentence.is_predicate[i]) if i in sentence.is_predicate else UNKNOWN for i in range(n)]
        roles = self._index["roles"]
        for frame in sentence.frames or ():
            placed = {offset + i: roles[role] for i, role in frame.roles.items()}
            example.frames.append(PlacedFrame(offset + frame.predicate, placed, frame.weight))
        example.factuality |= {offset + i: value for i, value in sentence.factuality.items()}


def windows_of(documents: Sequence[Document], sizes: Sequence[int], rng: random.Random) -> Iterator[list[Sentence]]:
    """Consecutive sentences up to a size drawn for each window."""
    for document in documents:
        window: list[Sentence] = []
        words, limit = 0, rng.choice(sizes)
        for sentence in document:
            if window and words + len(sentence.words) > limit:
                yield window
                window, words, limit = [], 0, rng.choice(sizes)
            window.append(sentence)
            words += len(sentence.words)
        if window:
            yield window


def augment(sentence: Sentence, config: AugmentationConfig, rng: random.Random) -> Sentence:
    """Now and then a sentence as a headline would have it: Title Case, ALL CAPS, without its full stop."""
    drawn = rng.random()
    if drawn < config.title_case:
        sentence = replace(sentence, words=tuple(_title(word, i) for i, word in enumerate(sentence.words)))
    elif drawn < config.title_case + config.upper_case:
        sentence = replace(sentence, words=tuple(word.upper() for word in sentence.words))
    if rng.random() < config.without_full_stop and len(sentence.words) > 2 and sentence.words[-1] == ".":
        sentence = _without_last(sentence)
    return sentence


def _title(word: str, place: int) -> str:
    return word[:1].upper() + word[1:] if len(word) > 3 or place == 0 else word


def _without_last(sentence: Sentence) -> Sentence:
    last = len(sentence.words) - 1
    tree = sentence.tree
    if tree:
        if last + 1 in tree.heads or tree.heads[last] == 0:
            return sentence
        tree = Tree(*(layer[:-1] for layer in (tree.upos, tree.xpos, tree.feats, tree.lemmas, tree.heads, tree.relations)))  # type: ignore[arg-type]
    return replace(
        sentence,
        words=sentence.words[:-1],
        tree=tree,
        entities=sentence.entities and sentence.entities[:-1],
        frames=sentence.frames
        and tuple(Frame(f.predicate, {i: r for i, r in f.roles.items() if i != last}, f.weight) for f in sentence.frames),
        is_predicate={i: known for i, known in sentence.is_predicate.items() if i != last},
    )


def mask_words(example: Example, share: float, mask: int, rng: random.Random) -> Example:
    """Hide the pieces of some words, their shape kept: what a word is then has to be read from its neighbours."""
    ends = [*example.first[1:], len(example.ids) - 1]
    for start, end in zip(example.first, ends, strict=True):
        if rng.random() < share:
            example.ids[start:end] = [mask] * (end - start)
    return example


def batches_of(examples: Sequence[Example], config: WindowConfig, rng: random.Random) -> list[list[Example]]:
    """Examples of like length together, up to so many padded pieces; batches in random order."""
    by_length = sorted(examples, key=lambda example: len(example.ids) + rng.random() * config.length_jitter)
    batches: list[list[Example]] = []
    batch: list[Example] = []
    for example in by_length:
        if batch and max(len(example.ids), *(len(e.ids) for e in batch)) * (len(batch) + 1) > config.pieces_per_batch:
            batches.append(batch)
            batch = []
        batch.append(example)
    if batch:
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def collate(examples: Sequence[Example]) -> Batch:
    """Pad some examples into one batch."""
    pieces, words = max(len(e.ids) for e in examples), max(e.words for e in examples)

    def padded(rows: Sequence[Sequence[int]], length: int, value: int) -> Tensor:
        return torch.tensor([[*row, *[value] * (length - len(row))] for row in rows])

    return Batch(
        ids=padded([e.ids for e in examples], pieces, 0),
        shapes=padded([e.shapes for e in examples], pieces, 0),
        present=padded([[1] * len(e.ids) for e in examples], pieces, 0),
        first=padded([e.first for e in examples], words, 0),
        sentences=padded([e.sentences for e in examples], words, -9),
        targets={name: padded([e.targets[name] for e in examples], words, UNKNOWN) for name in TARGETS},
        frames=[(row, frame) for row, e in enumerate(examples) for frame in e.frames],
        factuality=[(row, i, value) for row, e in enumerate(examples) for i, value in e.factuality.items()],
        words=sum(e.words for e in examples),
    )
