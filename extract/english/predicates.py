"""Predicates with their roles, on the Doc: what is kept, what is computed from it, and how any word is asked for its roles.

Kept in `doc.user_data` are plain values and numpy arrays, so that a Doc can still be written as bytes and sent to another
process; `doc._.predicates` and `token._.factuality` are made from them when they are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Token

from .model import Array, EnglishModel, Halves, Indices, load_model
from .role_priors import CORE_ROLES, NO_ROLE_BIAS, Tree, load_role_priors
from .triples import TripleReader, load_triples

Role: TypeAlias = tuple[str, Token, float]
"""Label (A0–A4, NEG, MOD, TMP …), the head word of what fills it, probability."""


PREDICATES = "actorgraph_predicates"
FACTUALITY = "actorgraph_factuality"
ROLE_SCORES = "actorgraph_role_scores"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that says that something happens or holds, and who takes part in it as what.

    `roles` are in the order of the text; `score` is the probability that the word is a predicate at all.
    """

    token: Token
    roles: tuple[Role, ...]
    score: float


def register_extensions() -> None:
    """Register what the pipelines set on Docs and Tokens; safe to call again."""
    Doc.set_extension("predicates", getter=get_predicates, setter=set_predicates, force=True)
    Token.set_extension("factuality", getter=factuality_of, setter=_set_factuality, force=True)
    for name in ("coreferences", "statements"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=[])


def get_predicates(doc: Doc) -> list[Predicate]:
    """The predicates of a document in the order of the text; a new list each time."""
    words = list(doc)
    return [
        Predicate(words[i], tuple([(label, words[filler], p) for label, filler, p in roles]), score)
        for i, score, roles in doc.user_data.get(PREDICATES, ())
    ]


def set_predicates(doc: Doc, predicates: Iterable[Predicate]) -> None:
    """Keep predicates as plain values."""
    doc.user_data[PREDICATES] = [[p.token.i, float(p.score), [[label, t.i, float(s)] for label, t, s in p.roles]] for p in predicates]


def factuality_of(token: Token) -> float | None:
    """How far a predicate happens, from −3 (did not) to 3 (did); None of words that are none."""
    values = token.doc.user_data.get(FACTUALITY)
    value = float("nan") if values is None else float(values[token.i])
    return None if np.isnan(value) else value


def _set_factuality(token: Token, value: float | None) -> None:
    values = token.doc.user_data.setdefault(FACTUALITY, np.full(len(token.doc), np.nan, np.float32))
    values[token.i] = np.nan if value is None else value


def keep_role_scores(doc: Doc, model: EnglishModel, logits: Array, predicates: Halves, arguments: Halves) -> None:
    """Keep what `roles_of` needs: [tokens] logits of being a predicate, [tokens, width] projections on either side."""
    doc.user_data[ROLE_SCORES] = {"model": str(model.folder), "logits": logits, "predicates": predicates, "arguments": arguments}


def roles_of(doc: Doc, token: Token) -> Predicate:
    """The roles of any word, whether or not the detector calls it a predicate.

    Of a Doc from another pipeline the roles are read off the tree.
    """
    return all_roles_of(doc, [token])[0]


def all_roles_of(doc: Doc, tokens: Sequence[Token]) -> list[Predicate]:
    """The roles of several words, as `roles_of` gives them one by one; words of one sentence are scored together."""
    kept: dict[str, Any] | None = doc.user_data.get(ROLE_SCORES)
    if kept is None:
        from ..syntax_roles import roles_from_syntax

        return [roles_from_syntax(token) for token in tokens]
    model = _model(kept["model"])
    priors = load_role_priors(model.folder, model.labels.roles)
    found: list[Predicate] = []
    for start, group in groupby(tokens, lambda token: token.sent.start):
        asked = list(group)
        sentence, at = asked[0].sent, np.array([token.i for token in asked])
        scores = model.roles(kept["predicates"][at], kept["arguments"][start : sentence.end])
        if priors is not None:
            scores = priors(scores, at - start, Tree.of(sentence))
        visible = np.array([[not word.is_space for word in sentence]]).repeat(len(asked), 0)
        chosen = choose_roles(scores, model.labels.roles, at - start, visible)
        certain = 1 / (1 + np.exp(-kept["logits"][at].astype(np.float64)))
        for token, roles, score in zip(asked, chosen, certain.tolist(), strict=True):
            found.append(Predicate(token, tuple((label, doc[start + k], p) for label, k, p in roles), score))
    return found


def role_vectors(doc: Doc) -> Array | None:
    """[words, width] what the encoder gives for roles, as predicate and as argument side by side; None of a Doc from another pipeline."""
    kept: dict[str, Any] | None = doc.user_data.get(ROLE_SCORES)
    return None if kept is None else np.concatenate([kept["predicates"], kept["arguments"]], 1).astype(np.float32)


def triple_reader(doc: Doc) -> TripleReader | None:
    """The network of the pipeline that made the Doc, if it has one."""
    kept: dict[str, Any] | None = doc.user_data.get(ROLE_SCORES)
    return None if kept is None else load_triples(kept["model"])


@lru_cache(maxsize=4)
def _model(folder: str) -> EnglishModel:
    """The model by its folder's name: making a Path of it for every word asked costs more than looking the model up."""
    return load_model(Path(folder))


def choose_roles(scores: Array, labels: Sequence[str], predicates: Indices, allowed: npt.NDArray[np.bool_]) -> list[list[tuple[str, int, float]]]:
    """For each predicate label, word and probability of the words that fill a role; never the predicate itself.

    `scores` are [predicates, words, labels], `predicates` their words, `allowed` [predicates, words] says who may fill a role.
    Of words that claim the same numbered argument the likeliest keeps it: an argument has one head, conjuncts hang on it.
    """
    biased = scores.astype(np.float64)
    biased[:, :, 0] -= NO_ROLE_BIAS
    best = biased.argmax(2)
    best[~allowed] = 0
    best[np.arange(len(best)), predicates] = 0
    rows, words = best.nonzero()
    filled = biased[rows, words]
    probabilities = 1 / np.exp(filled - filled.max(1, keepdims=True)).sum(1)  # of the best label: its own term is exp(0)
    chosen: list[list[tuple[str, int, float]]] = [[] for _ in best]
    likeliest: dict[tuple[int, str], float] = {}
    for row, label, word, p in zip(rows.tolist(), best[rows, words].tolist(), words.tolist(), probabilities.tolist(), strict=True):
        chosen[row].append((labels[label], word, p))
        likeliest[row, labels[label]] = max(p, likeliest.get((row, labels[label]), 0.0))
    return [
        [role for role in roles if role[0] not in CORE_ROLES or role[2] == likeliest[row, role[0]]] for row, roles in enumerate(chosen)
    ]


register_extensions()
