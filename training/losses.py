"""The loss of a batch: one term for each head, each a mean over what is known."""

from __future__ import annotations

from dataclasses import fields

import torch
import torch.nn.functional as F
from torch import Tensor

from .batches import UNKNOWN, Batch
from .labels import Labels
from .model import NewsModel, Scores

_NEVER = -1e4


def losses(model: NewsModel, labels: Labels, batch: Batch, *, bfloat16: bool = False) -> dict[str, Tensor]:
    """The terms that the batch has targets for, unweighted; with `bfloat16` the network's products have eight bits of mantissa.

    Roles sum over all words of a predicate's sentence and are divided by the number of arguments: nearly every word fills
    no role, and a mean over words would drown those that do.
    """
    with torch.no_grad():
        pieces = model.embeddings.pieces(batch.ids)  # frozen
    embedded = pieces + model.embeddings.shapes(batch.shapes) + model.embeddings.positions.weight[: batch.ids.shape[1]]
    with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
        scores = model(embedded, batch.present, batch.first)
    scores = Scores(**{field.name: getattr(scores, field.name).float() for field in fields(Scores)})
    terms: dict[str, Tensor] = {}
    at = 0
    for name, group in labels.tag_groups().items():
        _cross_entropy(terms, name, scores.tags[..., at : at + len(group)], batch.targets[name])
        at += len(group)
    _binary(terms, "starts", scores.tags[..., at], batch.targets["starts"])
    _cross_entropy(terms, "entities", scores.entities, batch.targets["entities"])
    _binary(terms, "predicates", scores.predicates[..., 0], batch.targets["predicates"])
    _tree(terms, model, scores, batch)
    _roles(terms, model, scores, batch)
    if batch.factuality:
        rows, words, values = zip(*batch.factuality, strict=True)
        terms["factuality"] = F.smooth_l1_loss(scores.predicates[list(rows), list(words), 1], torch.tensor(values).clamp(-3, 3))
    return terms


def _cross_entropy(terms: dict[str, Tensor], name: str, scores: Tensor, targets: Tensor) -> None:
    known = targets != UNKNOWN
    if known.any():
        terms[name] = F.cross_entropy(scores[known], targets[known])


def _binary(terms: dict[str, Tensor], name: str, logits: Tensor, targets: Tensor) -> None:
    known = targets != UNKNOWN
    if known.any():
        terms[name] = F.binary_cross_entropy_with_logits(logits[known], targets[known].float())


def _tree(terms: dict[str, Tensor], model: NewsModel, scores: Scores, batch: Batch) -> None:
    heads, relations, sentences = batch.targets["heads"], batch.targets["relations"], batch.sentences
    if not (heads != UNKNOWN).any():
        return
    same = sentences[:, :, None] == sentences[:, None, :]
    reachable = torch.cat([torch.ones_like(same[..., :1]), same], 2)
    _cross_entropy(terms, "arcs", scores.arcs.masked_fill(~reachable, _NEVER), heads)
    known = (heads != UNKNOWN) & (relations != UNKNOWN)
    rows, words = known.nonzero(as_tuple=True)
    labelled = model.relations.pairs(scores.dependents[rows, words], scores.governors[rows, heads[known]])
    terms["relations"] = F.cross_entropy(labelled, relations[known])


def _roles(terms: dict[str, Tensor], model: NewsModel, scores: Scores, batch: Batch) -> None:
    if not batch.frames:
        return
    rows = torch.tensor([row for row, _ in batch.frames])
    predicates = torch.tensor([frame.predicate for _, frame in batch.frames])
    weights = torch.tensor([frame.weight for _, frame in batch.frames])
    by_word = model.roles.rows(scores.role_predicates[rows, predicates], scores.role_arguments[rows])
    targets = torch.zeros(by_word.shape[:2], dtype=torch.long)
    for n, (_, frame) in enumerate(batch.frames):
        for word, role in frame.roles.items():
            targets[n, word] = role
    inside = batch.sentences[rows] == batch.sentences[rows, predicates][:, None]
    each = F.cross_entropy(by_word.flatten(0, 1), targets.flatten(), reduction="none").view(targets.shape)
    terms["roles"] = (each * inside * weights[:, None]).sum() / max(1, int((targets > 0).sum()))
