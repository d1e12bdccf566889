"""Counts what fills which role and fits what the counts add to a model's scores: `python -m training.role_priors [MODEL] [--data FOLDER]`.

To be run again whenever the encoder's weights or priors.json are new. Counts come from ewt-train, the few coefficients from ewt-dev
as the model reads it. Takes a minute or two and no torch; nothing is drawn by chance. Writes role_priors.npz into the model's folder
and prints F1 of the roles A0–A4 of ewt-dev, end to end, without and with the counts, these cross-validated over five parts of the
documents.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc

from actorgraph.extract.english.component import FACTORY
from actorgraph.extract.english.model import Array
from actorgraph.extract.english.predicates import ROLE_SCORES, choose_roles
from actorgraph.extract.english.role_priors import (
    CORE_ROLES,
    FILE,
    GENERAL,
    LEAST,
    TERMS,
    Coefficients,
    Place,
    RoleCounts,
    RolePriors,
    Tree,
    keys_of,
)

from .data import Document, Sentence, default_data, read_treebank
from .evaluate import add_model_argument, load_model_folder

_DECAY = 1.0  # towards the network's score alone
_CERTAIN = 0.9995  # no role by the network, and
_SELDOM = 0.1  # hardly ever one by the counts: such dependents decide nothing and are left out of the fit
_PARTS = 5


def tree_of(sentence: Sentence) -> Tree:
    """The annotated tree of a sentence."""
    assert sentence.tree is not None
    heads = [head - 1 if head else word for word, head in enumerate(sentence.tree.heads)]
    return Tree(heads, sentence.tree.relations, sentence.tree.upos, sentence.tree.lemmas)


def count(documents: Iterable[Document], roles: Sequence[str]) -> tuple[list[str], npt.NDArray[np.uint32]]:
    """The keys in order, and [keys, roles] how often each role was filled under them, in sentences with predicates."""
    counted: Counter[tuple[str, int]] = Counter()
    number = {role: k for k, role in enumerate(roles)}
    for document in documents:
        for sentence in document:
            if sentence.tree is None or not sentence.frames:
                continue
            for row, word, place in tree_of(sentence).places([frame.predicate for frame in sentence.frames]):
                role = number[sentence.frames[row].roles[word]] if word in sentence.frames[row].roles else 0
                counted.update((key, role) for key in keys_of(place)[: None if _is_word(place.lemma) else GENERAL])
    keys = sorted({key for key, _ in counted})
    rows, counts = {key: row for row, key in enumerate(keys)}, np.zeros((len(keys), len(roles)), np.uint32)
    for (key, role), times in counted.items():
        counts[rows[key], role] = times
    return keys, counts


def _is_word(lemma: str) -> bool:
    """Whether a lemma is made of letters; addresses and numbers tell nothing of other texts."""
    return all(part.isalpha() for part in lemma.split("-"))


@dataclass(frozen=True, slots=True)
class Read:
    """The predicates of a sentence as the model finds and scores them, and what annotators say; words are those of the sentence."""

    part: int  # of the cross-validation
    tree: Tree
    predicates: list[int]
    scores: Array  # [predicates, words, roles]
    gold: dict[int, dict[int, str]]  # of all predicates that annotators mark
    nominal: frozenset[int]  # words that are nouns in the treebank


def read_sentences(nlp: Language, documents: Iterable[Document]) -> list[Read]:
    """The sentences with predicates, as the network alone scores their roles."""
    annotator = nlp.get_pipe(FACTORY)
    annotator.role_priors = None  # type: ignore[attr-defined]
    found = []
    for number, document in enumerate(documents):
        doc = nlp(Doc(nlp.vocab, words=[word for sentence in document for word in sentence.words]))
        gold: dict[int, dict[int, str]] = {}
        annotated, nouns, at = set(), set(), 0
        for sentence in document:
            if sentence.frames is not None and sentence.tree is not None:
                annotated |= set(range(at, at + len(sentence.words)))
                nouns |= {at + i for i, upos in enumerate(sentence.tree.upos) if upos in ("NOUN", "PROPN")}
                gold |= {at + frame.predicate: {at + i: role for i, role in frame.roles.items()} for frame in sentence.frames}
            at += len(sentence.words)
        kept, told = doc.user_data[ROLE_SCORES], {p.token.i for p in doc._.predicates} & annotated
        for sent in doc.sents:
            start = sent.start
            own = [i for i in range(start, sent.end) if i in told]
            scores = annotator.model.roles(kept["predicates"][own], kept["arguments"][start : sent.end])  # type: ignore[attr-defined]
            inside = {i - start: {k - start: role for k, role in gold[i].items()} for i in gold if start <= i < sent.end}
            found.append(
                Read(
                    number % _PARTS,
                    Tree.of(sent),
                    [i - start for i in own],
                    scores,
                    inside,
                    frozenset(i - start for i in nouns if start <= i < sent.end),
                )
            )
    return found


def fit(inputs: npt.NDArray[np.float64], wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """A conditional logit by Newton's method: [n, roles, TERMS], [n] roles that are right -> [TERMS]."""
    beginning = np.eye(TERMS)[0]
    weights = beginning.copy()
    for _ in range(15):
        scores = inputs @ weights
        p = np.exp(scores - scores.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        mean = (p[:, :, None] * inputs).sum(1)
        slope = (mean - inputs[np.arange(len(wanted)), wanted]).sum(0) + _DECAY * (weights - beginning)
        flat = (inputs * np.sqrt(p)[:, :, None]).reshape(-1, TERMS)
        weights = weights - np.linalg.solve(flat.T @ flat - mean.T @ mean + _DECAY * np.eye(TERMS), slope)
    return weights


def fit_places(sentences: Iterable[Read], counts: RoleCounts, roles: Sequence[str]) -> Coefficients:
    """The coefficients for nouns and for all others, from the predicates that the model finds."""
    inputs: tuple[list[Array], list[Array]] = ([], [])
    wanted: tuple[list[int], list[int]] = ([], [])
    known: dict[Place, Array] = {}
    for read in sentences:
        for row, word, place in read.tree.places(read.predicates):
            if place not in known:
                known[place] = _terms(counts, place, roles)
            scores, terms = read.scores[row, word].astype(np.float64), known[place].copy()
            terms[:, 0] = scores - np.logaddexp.reduce(scores)
            if np.exp(terms[0, 0]) > _CERTAIN and np.exp(terms[0, 1]) > 1 - _SELDOM:
                continue
            role = read.gold.get(read.predicates[row], {}).get(word)
            inputs[place.nominal].append(terms)
            wanted[place.nominal].append(list(roles).index(role) if role else 0)
    return np.stack([fit(np.array(own), np.array(right)) if own else np.eye(TERMS)[0] for own, right in zip(inputs, wanted, strict=True)])


def _terms(counts: RoleCounts, place: Place, roles: Sequence[str]) -> Array:
    terms = np.zeros((len(roles), TERMS))
    rows = counts.rows([place])
    terms[:, 1] = np.log(counts.shares[rows[0, 0]] + LEAST)
    terms[:, 2] = np.log(counts.of_lemmas(rows)[0] + LEAST) - terms[:, 1]
    terms[0, 3] = 1
    terms[:, 4] = [role in CORE_ROLES for role in roles]
    return terms  # type: ignore[return-value]


def role_scores(sentences: Sequence[Read], roles: Sequence[str], priors: Sequence[RolePriors] | None) -> dict[str, float]:
    """F1 of A0–A4, in percent, verbs (whatever is no noun) and nouns; each sentence by the priors of its part, or by none."""
    tally: Counter[tuple[str, str]] = Counter()
    for read in sentences:
        words, n = np.array(read.predicates, np.int64), len(read.tree.heads)
        scores = priors[read.part](read.scores, words, read.tree) if priors else read.scores
        chosen = choose_roles(scores, roles, words, np.ones((len(words), n), bool)) if len(words) else []
        told = {i: {(word, label) for label, word, _ in own if label in CORE_ROLES} for i, own in zip(read.predicates, chosen, strict=True)}
        for i in told.keys() | read.gold.keys():
            kind = "nouns" if i in read.nominal else "verbs"
            right = {(word, role) for word, role in read.gold.get(i, {}).items() if role in CORE_ROLES}
            tally[kind, "all"] += len(right) + len(told.get(i, ()))
            tally[kind, "right"] += len(right & told.get(i, set()))
    return {kind: round(200 * tally[kind, "right"] / max(1, tally[kind, "all"]), 2) for kind in ("verbs", "nouns")}


def main(arguments: list[str] | None = None) -> None:
    """Count, fit, write, and print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m training.role_priors", description="Counts and fits what is known of roles beforehand."
    )
    add_model_argument(parser)
    parser.add_argument("--data", type=Path, default=default_data(), help="the folder with ud/ and srl/ (default: %(default)s)")
    options = parser.parse_args(arguments)
    nlp = load_model_folder(options.model)
    roles = nlp.get_pipe(FACTORY).model.labels.roles  # type: ignore[attr-defined]
    keys, counted = count(read_treebank(options.data, "ewt-train"), roles)
    counts = RoleCounts(keys, counted)
    sentences = read_sentences(nlp, read_treebank(options.data, "ewt-dev"))
    coefficients = fit_places(sentences, counts, roles)
    text = np.frombuffer("\n".join(keys).encode("utf8"), np.uint8)
    np.savez_compressed(options.model / FILE, keys=text, counts=counted, coefficients=coefficients)
    print(json.dumps({"network alone": role_scores(sentences, roles, None)}))
    parts = [fit_places([read for read in sentences if read.part != part], counts, roles) for part in range(_PARTS)]
    print(json.dumps({"with counts": role_scores(sentences, roles, [RolePriors(counts, own, roles) for own in parts])}))


if __name__ == "__main__":
    main()
