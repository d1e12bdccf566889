"""The network: MiniLM as encoder of word pieces, and one small head for each thing that is predicted of a word.

A word is its first piece. The vocabulary is uncased, so a word's shape goes in where BERT has its token types. Arcs and
labels are biaffine (Dozat and Manning 2017), roles likewise from each predicate to each word of its sentence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .labels import Labels


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths of the layers; the encoder's are MiniLM's."""

    vocabulary: int = 30522
    positions: int = 512
    shapes: int = 6
    hidden: int = 384
    layers: int = 6
    attention_heads: int = 12
    feed_forward: int = 1536
    entities: int = 192
    arcs: int = 256
    relations: int = 96
    roles: int = 128
    predicates: int = 96


@dataclass(frozen=True, slots=True)
class Dropout:
    """Shares of values that are left out while training: before and after the encoder, at the end of its sublayers, in the heads."""

    words: float = 0.1
    layers: float = 0.0
    heads: float = 0.2


class Attention(nn.Module):
    def __init__(self, hidden: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.width, self.dropout = heads, hidden // heads, dropout
        self.query, self.key, self.value, self.output = (nn.Linear(hidden, hidden) for _ in range(4))
        self.norm = nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, hidden = x.shape

        def split(t: Tensor) -> Tensor:
            return t.view(batch, length, self.heads, self.width).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        y = ((q @ k.transpose(-1, -2)) / math.sqrt(self.width) + mask).softmax(-1) @ v
        y = self.output(y.transpose(1, 2).reshape(batch, length, hidden))
        return self.norm(x + F.dropout(y, self.dropout, self.training))


class Layer(nn.Module):
    def __init__(self, hidden: int, heads: int, feed_forward: int, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.attention = Attention(hidden, heads, dropout)
        self.up, self.down = nn.Linear(hidden, feed_forward), nn.Linear(feed_forward, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = self.attention(x, mask)
        return self.norm(x + F.dropout(self.down(F.gelu(self.up(x))), self.dropout, self.training))


class Embeddings(nn.Module):
    """Sum of piece, position and shape; at run time numpy does this, so that the table can be bytes."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.pieces = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.positions = nn.Embedding(sizes.positions, sizes.hidden)
        self.shapes = nn.Embedding(sizes.shapes, sizes.hidden)

    def forward(self, ids: Tensor, shapes: Tensor) -> Tensor:
        return self.pieces(ids) + self.shapes(shapes) + self.positions.weight[: ids.shape[1]][None]


class Biaffine(nn.Module):
    """score[n, r] = [a_n 1] W_r [b_n 1]: labels of given pairs, or of each row with each word."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(labels, width + 1, width + 1) * 0.02)

    def forward(self, left: Tensor) -> Tensor:
        """[n, width] -> [n, labels, width + 1], to be multiplied with the other side."""
        return torch.einsum("ni,rij->nrj", _with_one(left), self.weight)

    def pairs(self, left: Tensor, right: Tensor) -> Tensor:
        """[n, width] twice -> [n, labels]."""
        return (self(left) * _with_one(right)[:, None, :]).sum(-1)

    def rows(self, left: Tensor, right: Tensor) -> Tensor:
        """[n, width] and [n, words, width] -> [n, words, labels]."""
        return torch.einsum("nrj,nwj->nwr", self(left), _with_one(right))


@dataclass(slots=True)
class Scores:
    """What the network says of a batch of windows; words first, then what is scored."""

    tags: Tensor  # [B, W, upos + xpos + feats + lemma + 1]; the last is the logit of a sentence start
    entities: Tensor  # [B, W, BIO labels]
    arcs: Tensor  # [B, W, W + 1]; column 0 is the root
    dependents: Tensor  # [B, W, relations]
    governors: Tensor  # [B, W + 1, relations]
    predicates: Tensor  # [B, W, 2]: logit of being a predicate, factuality
    role_predicates: Tensor  # [B, W, roles]
    role_arguments: Tensor  # [B, W, roles]


class NewsModel(nn.Module):
    """Encoder and heads; `labels` fixes the order of everything that is predicted."""

    def __init__(self, labels: Labels, sizes: Sizes, dropout: Dropout = Dropout()) -> None:
        super().__init__()
        hidden = sizes.hidden
        self.dropout, self.head_dropout = dropout.words, dropout.heads
        self.embeddings = Embeddings(sizes)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(hidden, sizes.attention_heads, sizes.feed_forward, dropout.layers) for _ in range(sizes.layers))
        self.tags = nn.Linear(hidden, sum(len(group) for group in labels.tag_groups().values()) + 1)
        self.entities = nn.Sequential(nn.Linear(hidden, sizes.entities), nn.GELU(), nn.Linear(sizes.entities, len(labels.entities)))
        self.arc_scale = math.sqrt(sizes.arcs)
        self.root = nn.Parameter(torch.zeros(hidden))
        self.arc_dependents, self.arc_governors = nn.Linear(hidden, sizes.arcs), nn.Linear(hidden, sizes.arcs)
        self.arc_pairs, self.arc_governor_bias = nn.Linear(sizes.arcs, sizes.arcs, bias=False), nn.Linear(sizes.arcs, 1)
        self.relation_dependents, self.relation_governors = (nn.Linear(hidden, sizes.relations) for _ in range(2))
        self.relations = Biaffine(sizes.relations, len(labels.relations))
        self.predicates = nn.Sequential(nn.Linear(hidden, sizes.predicates), nn.GELU(), nn.Linear(sizes.predicates, 2))
        self.role_mix = nn.Parameter(torch.zeros(sizes.layers + 1))
        self.role_predicates, self.role_arguments = nn.Linear(hidden, sizes.roles), nn.Linear(hidden, sizes.roles)
        self.roles = Biaffine(sizes.roles, len(labels.roles))
        nn.init.normal_(self.arc_pairs.weight, std=0.05)
        with torch.no_grad():
            self.role_mix[-1] = 3.0  # begins as nearly the last layer alone

    def forward(self, embedded: Tensor, present: Tensor, first: Tensor) -> Scores:
        """Score the words of a batch: embedded pieces [B, T, hidden], 1 for a piece and 0 for padding [B, T], first piece of each word [B, W]."""
        x = F.dropout(self.norm(embedded), self.dropout, self.training)
        mask = (1 - present[:, None, None, :].to(x.dtype)) * -1e4
        weights = self.role_mix.softmax(0)
        mixed = x * weights[0]
        for i, layer in enumerate(self.layers, 1):
            x = layer(x, mask)
            mixed = mixed + x * weights[i]
        pick = first[:, :, None].expand(-1, -1, x.shape[-1])
        words = F.dropout(torch.gather(x, 1, pick), self.dropout, self.training)
        role_words = F.dropout(torch.gather(mixed, 1, pick), self.dropout, self.training)
        return self.heads(words, role_words)

    def heads(self, words: Tensor, role_words: Tensor) -> Scores:
        """Score words from the last layer [B, W, hidden] and, for roles, from the sum of the layers."""
        with_root = torch.cat([self.root[None, None].expand(words.shape[0], 1, -1), words], 1)
        dependents, governors = self._project(self.arc_dependents, words), self._project(self.arc_governors, with_root)
        arcs = self.arc_pairs(dependents) @ governors.transpose(1, 2) / self.arc_scale + self.arc_governor_bias(governors).transpose(1, 2)
        return Scores(
            tags=self.tags(words),
            entities=self.entities(words),
            arcs=arcs,
            dependents=self._project(self.relation_dependents, words),
            governors=self._project(self.relation_governors, with_root),
            predicates=self.predicates(words),
            role_predicates=self._project(self.role_predicates, role_words),
            role_arguments=self._project(self.role_arguments, role_words),
        )

    def _project(self, layer: nn.Module, x: Tensor) -> Tensor:
        return F.dropout(F.gelu(layer(x)), self.head_dropout, self.training)


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)
