"""Figures of an exported model on the development and test sets: `python -m training.evaluate [MODEL] [--set ewt-dev …]`.

Gold tokens, predicted sentences. LAS counts subtypes and punctuation; an entity counts with its exact span, kinds PERSON ORG
LOC; roles A0–A4 count by the argument's head word, end to end, so that a predicate that was not found costs its roles.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from actorgraph.extract.english.component import FACTORY
from actorgraph.extract.english.entities import KINDS, spans_of, tidy
from actorgraph.extract.english.role_priors import CORE_ROLES

from .data import Document, Sentence, default_data, read_questions, read_treebank

_SCORED_ENTITIES = frozenset({"PERSON", "ORG", "LOC"})


def load_model_folder(folder: Path) -> Language:
    """A pipeline with the model of `folder` and nothing else."""
    nlp = spacy.blank("en")
    nlp.add_pipe(FACTORY, config={"folder": str(folder)})
    return nlp


def add_model_argument(parser: argparse.ArgumentParser) -> None:
    """Let a command name the folder of a model, the one that the package carries where it does not."""
    shipped = Path(__file__).parents[1] / "extract" / "models" / "en_news"
    parser.add_argument("model", type=Path, nargs="?", default=shipped, help="folder of an exported model")


class _Tally:
    """Gold, predicted and right, by name."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def share(self, name: str, right: Sequence[bool]) -> None:
        self.counts[name, "all"] += len(right)
        self.counts[name, "right"] += sum(right)

    def sets(self, name: str, gold: set[Any], predicted: set[Any]) -> None:
        self.counts[name, "gold"] += len(gold)
        self.counts[name, "predicted"] += len(predicted)
        self.counts[name, "right"] += len(gold & predicted)

    def figures(self) -> dict[str, float]:
        """Percentages: shares where all is counted, F1 where gold and predicted are."""
        found: dict[str, float] = {}
        for name in dict.fromkeys(name for name, _ in self.counts):
            c = self.counts
            total = c[name, "all"] or (c[name, "gold"] + c[name, "predicted"]) / 2
            found[name] = round(100 * c[name, "right"] / max(1, total), 2)
        return found


def evaluate(nlp: Language, documents: Iterable[Document]) -> dict[str, float]:
    """Figures of a treebank with what else is annotated in it; words per second with tokens given."""
    tally, values, words, seconds = _Tally(), [], 0, 0.0
    for document in documents:
        started = time.perf_counter()
        doc = nlp(Doc(nlp.vocab, words=[word for sentence in document for word in sentence.words]))
        seconds += time.perf_counter() - started
        words += len(doc)
        at = 0
        for sentence in document:
            values += _score_sentence(tally, doc, at, sentence)
            at += len(sentence.words)
        _score_starts(tally, doc, document)
    figures = tally.figures() | {"words_per_second": round(words / max(seconds, 1e-9))}
    if len(values) > 1:
        gold, predicted = np.array(values).T
        figures |= {
            "factuality_r": round(float(np.corrcoef(gold, predicted)[0, 1]), 3),
            "factuality_sign": round(float(((gold > 0) == (predicted > 0)).mean()), 3),
        }
    return figures


def _score_sentence(tally: _Tally, doc: Doc, at: int, sentence: Sentence) -> list[tuple[float, float]]:
    n, tree = len(sentence.words), sentence.tree
    tokens = [doc[at + i] for i in range(n)]
    if tree is not None:
        heads = [0 if t.head.i == t.i else t.head.i - at + 1 for t in tokens]
        attached = [h == g for h, g in zip(heads, tree.heads, strict=True)]
        tally.share("uas", attached)
        tally.share("las", [a and t.dep_.lower() == r for a, t, r in zip(attached, tokens, tree.relations, strict=True)])
        for name, gold, predicted in (
            ("upos", tree.upos, [t.pos_ for t in tokens]),
            ("xpos", tree.xpos, [t.tag_ for t in tokens]),
            ("feats", tree.feats, [str(t.morph) for t in tokens]),
            ("lemmas", tree.lemmas, [t.lemma_ for t in tokens]),
        ):
            tally.share(name, [g == p for g, p in zip(gold, predicted, strict=True)])
    if sentence.entities is not None:
        gold_spans = set(tidy(list(spans_of(sentence.entities)), sentence.words, [False] * n, [False] * n))
        found = {(e.start - at, e.end - at, e.label_) for e in doc.ents if at <= e.start and e.end <= at + n}
        tally.sets("entities", {s for s in gold_spans if s[2] in _SCORED_ENTITIES}, {s for s in found if s[2] in _SCORED_ENTITIES})
        for kind in KINDS.values():
            tally.sets(f"entities_{kind}", {s for s in gold_spans if s[2] == kind}, {s for s in found if s[2] == kind})
    if sentence.frames is not None and tree is not None:
        _score_roles(tally, doc, at, sentence)
    scored = ((value, doc[at + i]._.factuality) for i, value in sentence.factuality.items())
    return [(gold, predicted) for gold, predicted in scored if predicted is not None]


def _score_roles(tally: _Tally, doc: Doc, at: int, sentence: Sentence) -> None:
    assert sentence.tree is not None and sentence.frames is not None
    n = len(sentence.words)
    gold = {frame.predicate: {(i, r) for i, r in frame.roles.items() if r in CORE_ROLES} for frame in sentence.frames}
    found = {
        p.token.i - at: {(t.i - at, label) for label, t, _ in p.roles if label in CORE_ROLES}
        for p in doc._.predicates
        if at <= p.token.i < at + n
    }
    for kind in ("verbs", "nouns"):
        of_kind = {i for i in range(n) if (sentence.tree.upos[i] in ("NOUN", "PROPN")) == (kind == "nouns")}
        tally.sets(f"predicates_{kind}", set(gold) & of_kind, set(found) & of_kind)
        tally.sets(
            f"roles_{kind}",
            {(i, *role) for i in set(gold) & of_kind for role in gold[i]},
            {(i, *role) for i in set(found) & of_kind for role in found[i]},
        )


def _score_starts(tally: _Tally, doc: Doc, document: Document) -> None:
    gold, at = set(), 0
    for sentence in document:
        gold.add((at, at + len(sentence.words)))
        at += len(sentence.words)
    tally.sets("sentences", gold, {(s.start, s.end) for s in doc.sents})


def evaluate_questions(nlp: Language, documents: Iterable[Document]) -> dict[str, float]:
    """F1 of A0 and A1 on the question sets: heads as predicted from the answers' spans, predicates given or not found."""
    tally = _Tally()
    for document in documents:
        (sentence,) = document
        doc = nlp(Doc(nlp.vocab, words=list(sentence.words)))
        found = {p.token.i: {(t.i, label) for label, t, _ in p.roles if label in ("A0", "A1")} for p in doc._.predicates}
        for frame in sentence.frames or ():
            gold = {(i, role) for i, role in frame.roles.items() if role in ("A0", "A1")}
            tally.sets("question_roles", gold, found.get(frame.predicate, set()))
    return tally.figures()


def main(arguments: list[str] | None = None) -> None:
    """Print one JSON object: set -> figures."""
    model = Path(__file__).parents[1] / "extract" / "models" / "en_news"
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description="Figures of an exported model.")
    parser.add_argument("model", type=Path, nargs="?", default=model)
    parser.add_argument("--data", type=Path, default=default_data())
    parser.add_argument("--set", action="append", help="ewt-dev, ewt-test, gum-dev, pud-test, qa-dev …; may be repeated (default: ewt-dev)")
    options = parser.parse_args(arguments)
    nlp = load_model_folder(options.model)
    figures: dict[str, dict[str, float]] = {}
    for name in options.set or ["ewt-dev"]:
        if name.startswith("qa-"):
            figures[name] = evaluate_questions(nlp, read_questions(options.data, name.removeprefix("qa-")))
        else:
            figures[name] = evaluate(nlp, read_treebank(options.data, name))
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
