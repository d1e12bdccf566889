"""Trains the network of triples on keyed sentences: `python -m training.triples [MODEL] [--shared FOLDER]`.

To be run again whenever the encoder's weights are new. Takes a few minutes on two cores. Learns from the halves of benchmarks/keyed that
rules were made with and from the excerpts marked so, writes triples.npz into the model's folder, and prints for the other halves how often
a right triple of the grid comes before a wrong one, and how many of the surest are right.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import torch
from spacy.language import Language
from torch import nn

from actorgraph.extract.actors import find_mentions
from actorgraph.extract.coreference import read_references
from actorgraph.extract.english.triples import DISTANCES, FARTHEST, FILE, STEPS, Array, Grid, TripleReader, load_triples, slots_of
from actorgraph.extract.lexicon import Lexicon, load_lexicon
from actorgraph.extract.likely import FORMS, TYPES, Sentence, sentences_of
from actorgraph.extract.pipeline import parse
from actorgraph.extract.snapshot import snapshot
from benchmarks.calibration import order
from benchmarks.documents import texts_of
from benchmarks.recall import EXCERPTS, FOLDER, Keyed, Pair, read_excerpts, read_keyed
from benchmarks.shared import shared_folder

from .evaluate import add_model_argument, load_model_folder

Spelt: TypeAlias = tuple[list[str], list[str]]

_HIDDEN, _EPOCHS, _BATCH, _RATE, _DECAY = 96, 12, 8, 2e-3, 0.02
_DROPPED = (0.2, 0.3, 0.2)  # of the vectors, of the first and of the second layer
_LEAST = 4  # times that a way is seen in a keyed triple, to be kept
_VECTORS = 3.0  # what brings the encoder's numbers to a size of about one


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence: its grid, the types of its keyed triples as [P, M, M, types], and which triples count at all, [P, M, M]."""

    grid: Grid
    types: npt.NDArray[np.bool_]
    counts: npt.NDArray[np.bool_]


def examples_of(texts: Iterable[Keyed], nlp: Language, lexicon: Lexicon) -> Iterator[Example]:
    """The keyed sentences that name several actors. Triples that a reader might count or not, or whose predicate is not told, do not count."""
    for keyed in texts:
        doc = snapshot(parse(nlp, keyed.document))
        mentions = read_references(doc, find_mentions(doc, keyed.document, lexicon.gazetteer), keyed.document.id, lexicon.gazetteer.adjectives).mentions
        for sentence in sentences_of(doc, mentions, lexicon.frames):
            places = [token.idx for token in sentence.predicates]
            pairs = [pairs for start, end, pairs in keyed.sentences if any(start <= place < end for place in places)]
            if pairs:
                yield _example(sentence, [pair for own in pairs for pair in own], set(keyed.misread))


def _example(sentence: Sentence, pairs: Sequence[Pair], misread: set[tuple[int, int]]) -> Example:
    doc = sentence.predicates[0].doc
    spans = [(doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1])) for m in sentence.mentions]
    possible = sentence.grid.possible
    types, counts = np.zeros((*possible.shape, len(TYPES)), bool), possible.copy()
    for pair in pairs:
        stated = [p for p, token in enumerate(sentence.predicates) if pair.predicate is not None and token.idx <= pair.predicate[0] < token.idx + len(token)]
        for a, one in enumerate(sentence.mentions):
            for b, other in enumerate(sentence.mentions):
                if a == b or not {spans[a], spans[b]}.isdisjoint(misread):
                    continue
                ends = (*spans[a], one.actor.id, one.actor.name), (*spans[b], other.actor.id, other.actor.name)
                if not pair.relates(*ends):
                    continue
                if not stated or pair.optional or not _is_keyed(pair, spans[a], spans[b]):
                    counts[stated or slice(None), a, b] &= types[stated or slice(None), a, b].any(-1)
                    continue
                for p in stated:
                    types[p, a, b, [TYPES.index(name) for name in pair.types]] = True
                    counts[p, a, b] = possible[p, a, b]
    return Example(sentence.grid, types & possible[..., None], counts)


def _is_keyed(pair: Pair, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the mentions are those of the key, not others of the same actors."""
    ways = ((one, other), (other, one)) if pair.symmetric else ((one, other),)
    return any(a[0] < pair.subject[1] and pair.subject[0] < a[1] and b[0] < pair.object[1] and pair.object[0] < b[1] for a, b in ways)


def known_ways(examples: Sequence[Example]) -> Spelt:
    """The ways to subject and to object that keyed triples take often enough."""
    found: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for example in examples:
        for p, *ends in np.argwhere(example.types.any(-1)).tolist():
            for counter, mention in zip(found, ends, strict=True):
                counter["".join((example.grid.ways[p][mention] or ())[:STEPS])] += 1
    subject, object_ = (sorted(way for way, count in counter.items() if count >= _LEAST) for counter in found)
    return subject, object_


class Network(nn.Module):
    """What TripleReader computes, for training: the same tables by the same names."""

    def __init__(self, width: int, ways: Spelt) -> None:
        super().__init__()
        hidden = _HIDDEN
        rows = {
            "subject_ways": len(ways[0]) + 1, "object_ways": len(ways[1]) + 1, "subject_distances": DISTANCES, "object_distances": DISTANCES,
            "between": DISTANCES, "subject_forms": 2 * len(FORMS), "object_forms": 2 * len(FORMS), "listed": len(TYPES) + 1,
        }  # fmt: skip
        self.tables = nn.ParameterDict({name: nn.Parameter(torch.randn(count, hidden) * 0.1) for name, count in rows.items()})
        self.projections = nn.ParameterDict({name: nn.Parameter(torch.randn(width, hidden) / width**0.5) for name in ("predicate", "subject", "object")})
        self.direct = nn.Parameter(torch.zeros(len(TYPES) + 1, len(TYPES)))
        self.norm, self.inner = nn.LayerNorm(hidden), nn.Linear(hidden, hidden)
        self.stated, self.kind = nn.Linear(hidden, 1), nn.Linear(hidden, len(TYPES))
        nn.init.constant_(self.stated.bias, -4)  # few triples of a grid are stated
        self.dropouts = nn.ModuleList(nn.Dropout(share) for share in _DROPPED)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits [triples] of being stated and [triples, types] of the types."""
        t, vectors = self.tables, batch.vectors * _VECTORS
        x = t["between"][batch.between]
        for end, words in zip(("predicate", "subject", "object"), batch.words, strict=True):
            x = x + (self.dropouts[0](vectors) @ self.projections[end])[words]
        for end, ways, distances, forms in zip(("subject", "object"), batch.ways, batch.distances, batch.forms, strict=True):
            x = x + t[f"{end}_ways"][ways] + t[f"{end}_distances"][distances] + t[f"{end}_forms"][forms]
        x = self.dropouts[1](nn.functional.silu(self.norm(x + t["listed"][batch.listed])))
        x = self.dropouts[2](nn.functional.silu(self.inner(x)))
        return self.stated(x)[:, 0], self.kind(x) + self.direct[batch.listed]

    def weights(self) -> dict[str, Array]:
        """The weights as TripleReader takes them."""
        plain = {**self.tables, **{name: value * _VECTORS for name, value in self.projections.items()}, "direct": self.direct}
        plain |= {"scale": self.norm.weight, "shift": self.norm.bias, "inner": self.inner.weight.T, "inner_bias": self.inner.bias}
        plain |= {"stated": self.stated.weight[0], "stated_bias": self.stated.bias, "type": self.kind.weight.T, "type_bias": self.kind.bias}
        return {name: value.detach().numpy().astype(np.float32) for name, value in plain.items()}


@dataclass(frozen=True, slots=True)
class Batch:
    """The triples of some sentences as numbers, [triples] each: words as rows of `vectors` for predicate, subject and object; see `Slots`."""

    vectors: torch.Tensor
    words: tuple[torch.Tensor, ...]
    ways: tuple[torch.Tensor, ...]
    distances: tuple[torch.Tensor, ...]
    forms: tuple[torch.Tensor, ...]
    between: torch.Tensor
    listed: torch.Tensor
    types: torch.Tensor  # [triples, types]


def batch_of(examples: Sequence[Example], ways: Spelt) -> Batch:
    """The triples that count, of some sentences."""
    known = tuple({way: k for k, way in enumerate(spelt, 1)} for spelt in ways)
    columns: list[list[npt.NDArray[np.int64]]] = []
    types, base = [], 0
    for example in examples:
        grid, s = example.grid, slots_of(example.grid, (known[0], known[1]))
        p, a, b = example.counts.nonzero()
        predicates, heads = np.array(grid.predicates), np.array(grid.heads)
        columns.append([
            base + predicates[p], base + heads[a], base + heads[b], s.subject_ways[p, a], s.object_ways[p, b], s.distances[p, a], s.distances[p, b],
            s.forms[a], s.forms[b], s.between[a, b], s.listed[p, b],
        ])  # fmt: skip
        types.append(example.types[p, a, b])
        base += len(grid.vectors)
    c = [torch.from_numpy(np.concatenate(column)) for column in zip(*columns, strict=True)]
    vectors = torch.from_numpy(np.concatenate([example.grid.vectors for example in examples]))
    return Batch(vectors, (c[0], c[1], c[2]), (c[3], c[4]), (c[5], c[6]), (c[7], c[8]), c[9], c[10], torch.from_numpy(np.concatenate(types)))


def train(examples: Sequence[Example], ways: Spelt, seed: int = 1, epochs: int = _EPOCHS) -> Network:
    """Train by AdamW with a linear decay, on batches of sentences in a seeded order.

    The loss is cross-entropy: of being stated, over all triples that count; of the keyed types together, over those that are stated.
    """
    torch.manual_seed(seed)
    network = Network(examples[0].grid.vectors.shape[1], ways)
    optimizer = torch.optim.AdamW(network.parameters(), _RATE, weight_decay=_DECAY)
    steps = max(1, epochs * -(-len(examples) // _BATCH))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, (step + 1) / 50) * max(0.02, 1 - step / steps))
    network.train()
    for epoch in range(epochs):
        order = np.random.default_rng([seed, epoch]).permutation(len(examples))
        for start in range(0, len(order), _BATCH):
            batch = batch_of([examples[k] for k in order[start : start + _BATCH]], ways)
            if not len(batch.types):
                continue
            logits, types = network(batch)
            stated = batch.types.any(1)
            loss = nn.functional.binary_cross_entropy_with_logits(logits, stated.float(), reduction="sum")
            shares = torch.log_softmax(types[stated], 1).masked_fill(~batch.types[stated], -torch.inf)
            loss = (loss - torch.logsumexp(shares, 1).sum()) / max(1, int(stated.sum()))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return network.eval()


def write(folder: Path, ways: Spelt, weights: dict[str, Array]) -> None:
    """Write triples.npz, in half precision."""
    spelt = {f"spelt_{end}_ways": np.frombuffer("\n".join(known).encode("utf8"), np.uint8) for end, known in zip(("subject", "object"), ways, strict=True)}
    np.savez_compressed(folder / FILE, **spelt, **{name: value.astype(np.float16) for name, value in weights.items()})


def figures(examples: Sequence[Example], reader: TripleReader) -> dict[str, float]:
    """Of the surest triple of each two mentions: how often a stated pair comes before another one, and shares stated among the 50, 100, 200 surest."""
    found = []
    for example in examples:
        logits, types = reader(example.grid)
        p, a, b = example.counts.nonzero()
        best: dict[tuple[int, int], tuple[float, bool, bool]] = {}
        for p_, a_, b_ in zip(p.tolist(), a.tolist(), b.tolist(), strict=True):
            typed = bool(example.types[:, a_, b_, int(types[p_, a_, b_].argmax())].any())
            best[a_, b_] = max(best.get((a_, b_), (-np.inf, False, False)), (float(logits[p_, a_, b_]), bool(example.types[:, a_, b_].any()), typed))
        found += best.values()
    found.sort(key=lambda row: -row[0])
    scores, stated = np.array([row[0] for row in found]), np.array([row[1] for row in found], np.float64)
    told = {"pairs": int(stated.sum()), "before": round(order(scores, stated), 4)}
    for size in (50, 100, 200, 400):
        told[f"first {size}"] = round(float(np.mean([row[1] for row in found[:size]])), 3)
        told[f"first {size}, typed"] = round(float(np.mean([row[2] for row in found[:size]])), 3)
    return told


def main(arguments: list[str] | None = None) -> None:
    """Train, then score."""
    parser = argparse.ArgumentParser(prog="python -m training.triples", description="Trains the network of triples.")
    add_model_argument(parser)
    parser.add_argument("--shared", type=Path, default=shared_folder(), help="the folder with english/ (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    nlp, lexicon, texts = load_model_folder(options.model), load_lexicon(), texts_of(options.shared)
    parts: dict[bool, list[Example]] = {}
    for half in (True, False):
        own = [keyed for path in sorted(FOLDER.glob("*.jsonl")) for keyed in read_keyed(path, looked_at=half)]
        parts[half] = list(examples_of([*own, *read_excerpts(EXCERPTS, texts, learned_from=half)], nlp, lexicon))
    ways = known_ways(parts[True])
    write(options.model, ways, train(parts[True], ways, options.seed).weights())
    load_triples.cache_clear()
    reader = load_triples(str(options.model))
    assert reader is not None
    print(json.dumps({"sentences": len(parts[True]), "farthest": FARTHEST} | {"learned from" if half else "others": figures(parts[half], reader) for half in parts}, indent=1))


if __name__ == "__main__":
    main()
