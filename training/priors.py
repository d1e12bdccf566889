"""Counts how often words are predicates and fits what the counts add to a model's scores: `python -m training.priors [MODEL] [--data FOLDER]`.

To be run again whenever the encoder's weights are new. Counts come from ewt-train, the few coefficients from ewt-dev as the
model reads it. Takes a minute or two and no torch; nothing is drawn by chance. Writes priors.json into the model's folder and
prints F1 of the predicates of ewt-dev without and with the priors, these cross-validated over five parts of the documents.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, log1p
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc

from actorgraph.extract.english.component import FACTORY
from actorgraph.extract.english.predicates import ROLE_SCORES
from actorgraph.extract.english.priors import FILE, LONGEST_ENDING, WordTable, kind_of

from .data import Document, default_data, read_treebank
from .evaluate import add_model_argument, load_model_folder

Array = npt.NDArray[np.float64]

_PSEUDOCOUNT = 0.3  # of what its ending tells, beside a word's own counts; best on ewt-dev among 0.3, 0.6, 1, 2
_ENDING_PSEUDOCOUNT = 3.0  # of the shorter ending, beside the counts of a longer one
_PER_WORD = 3  # occurrences of a word that count for its endings: frequent words tell little of others
_RARELY, _MOSTLY = 0.003, 0.99  # the least and the most that an ending may tell
_OPEN = frozenset({"NOUN", "VERB", "ADJ", "AUX"})
"""Parts of speech whose words are told apart; of the others hardly one is a predicate."""
_SAME = 0.2  # a logit that changes hardly a decision
_DECAY = 0.1
_PARTS = 5


@dataclass(slots=True)
class Counts:
    """By part of speech and lemma how many words there are and how many of them are predicates; the same by ending."""

    words: Counter[tuple[str, str]] = field(default_factory=Counter)
    predicates: Counter[tuple[str, str]] = field(default_factory=Counter)
    endings: dict[tuple[str, str], list[float]] = field(default_factory=dict)  # [predicates, words]

    def rate(self, kind: str, lemma: str) -> float:
        """The share of a lemma that are predicates, what its endings tell counting a little beside it."""
        ending = self.ending_rate(kind, lemma)
        rate = (self.predicates[kind, lemma] + _PSEUDOCOUNT * ending) / (self.words[kind, lemma] + _PSEUDOCOUNT)
        return min(max(rate, 1e-4), 1 - 1e-4)

    def ending_rate(self, kind: str, lemma: str) -> float:
        """The share of words with the endings of a lemma, each ending corrected by the next longer one."""
        rate = 0.0
        for ending in endings_of(lemma):
            counted = self.endings.get((kind, ending))
            if counted is None:
                break
            predicates, words = counted
            rate = (predicates + _ENDING_PSEUDOCOUNT * rate) / (words + _ENDING_PSEUDOCOUNT) if ending else predicates / words
        return min(max(rate, _RARELY), _MOSTLY)


def endings_of(lemma: str) -> Iterator[str]:
    """The endings of a word from none to the longest; at least two letters stay before them.

    >>> list(endings_of("treaty"))
    ['', 'y', 'ty', 'aty', 'eaty']
    """
    yield ""
    for size in range(1, min(LONGEST_ENDING, len(lemma) - 2) + 1):
        yield lemma[-size:]


def count(documents: Iterable[Document]) -> Counts:
    """Count the words of a treebank with predicates; auxiliary rolesets are none."""
    counts = Counts()
    for document in documents:
        for sentence in document:
            if sentence.tree is None or sentence.frames is None:
                continue
            for i, (upos, lemma) in enumerate(zip(sentence.tree.upos, sentence.tree.lemmas, strict=True)):
                key = kind_of(upos), lemma.lower()
                counts.words[key] += 1
                counts.predicates[key] += sentence.is_predicate[i]
    for (kind, lemma), words in counts.words.items():
        share = min(words, _PER_WORD) / words
        for ending in endings_of(lemma):
            counted = counts.endings.setdefault((kind, ending), [0.0, 0.0])
            counted[0] += counts.predicates[kind, lemma] * share
            counted[1] += words * share
    return counts


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the development set: as the model reads it, and what the annotators say."""

    part: int  # of the cross-validation
    kind: str
    lemma: str
    logit: float
    is_noun: bool  # in the treebank, by which figures are told apart
    is_predicate: bool


def read_words(nlp: Language, documents: Iterable[Document]) -> list[Word]:
    """Every word of the sentences with predicates, as the network alone reads it."""
    nlp.get_pipe(FACTORY).priors = None  # type: ignore[attr-defined]
    found = []
    for number, document in enumerate(documents):
        doc = nlp(Doc(nlp.vocab, words=[word for sentence in document for word in sentence.words]))
        logits, at = doc.user_data[ROLE_SCORES]["logits"].tolist(), 0
        for sentence in document:
            if sentence.tree is not None and sentence.frames is not None:
                for i, upos in enumerate(sentence.tree.upos):
                    token, noun = doc[at + i], upos in ("NOUN", "PROPN")
                    word = Word(number % _PARTS, kind_of(token.pos_), token.lemma_.lower(), logits[at + i], noun, sentence.is_predicate[i])
                    found.append(word)
            at += len(sentence.words)
    return found


def features(counts: Counts, kind: str, lemma: str, logit: float) -> list[float]:
    """What a word is judged by: logit, log-odds of its rate, how well that is known, one."""
    rate = counts.rate(kind, lemma)
    return [logit, log(rate / (1 - rate)), log1p(counts.words[kind, lemma]), 1.0]


def fit(inputs: Array, wanted: Array) -> Array:
    """Logistic regression by Newton's method: [n, features], [n] of 0 and 1 -> [features]."""
    weights = np.zeros(inputs.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (p - wanted) + _DECAY * weights
        weights -= np.linalg.solve((inputs * (p * (1 - p))[:, None]).T @ inputs + _DECAY * np.eye(len(weights)), slope)
    return weights


def fit_words(counts: Counts, words: Sequence[Word]) -> dict[bool, Array]:
    """Coefficients of `features` for nouns (True) and for all other words."""
    found = {}
    for noun in (True, False):
        chosen = [word for word in words if (word.kind == "NOUN") == noun]
        inputs = np.array([features(counts, word.kind, word.lemma, word.logit) for word in chosen])
        found[noun] = fit(inputs, np.array([float(word.is_predicate) for word in chosen]))
    return found


def tables(counts: Counts, coefficients: Mapping[bool, Array]) -> dict[str, dict[str, object]]:
    """The tables of `WordTable` by part of speech: those endings that tell more than shorter ones, those words that tell more than endings."""
    found: dict[str, dict[str, object]] = {}
    for kind in sorted({kind for kind, _ in counts.words}):
        logit, odds, known, one = coefficients[kind == "NOUN"].tolist()

        def offset(rate: float, words: int, odds: float = odds, known: float = known, one: float = one) -> float:
            return round(odds * log(rate / (1 - rate)) + known * log1p(words) + one, 2)

        words = {"-": offset(counts.ending_rate(kind, ""), 0)}
        if kind in _OPEN:
            for ending in sorted((e for k, e in counts.endings if k == kind and e.isalpha()), key=lambda e: (len(e), e)):
                value = offset(counts.ending_rate(kind, f"__{ending}"), 0)
                shorter = next(words[f"-{ending[size:]}"] for size in range(1, len(ending) + 1) if f"-{ending[size:]}" in words)
                if value != shorter:
                    words[f"-{ending}"] = value
            endings = WordTable(logit, dict(words))
            for lemma, seen in sorted((lemma, seen) for (k, lemma), seen in counts.words.items() if k == kind and _is_word(lemma)):
                value = offset(counts.rate(kind, lemma), seen)
                if abs(value - endings.offset(lemma)) > _SAME:
                    words[lemma] = value
        found[kind] = {"weight": round(logit, 3), "words": words}
    return found


def _is_word(lemma: str) -> bool:
    """Whether a lemma is made of letters; addresses and numbers tell nothing of other texts."""
    return all(part.isalpha() for part in lemma.split("-"))


def predicate_scores(words: Sequence[Word], logits: Sequence[float]) -> dict[str, float]:
    """F1 of the predicates, in percent, verbs (whatever is no noun) and nouns."""
    found = {}
    for name, noun in (("verbs", False), ("nouns", True)):
        chosen = [(word.is_predicate, logit > 0) for word, logit in zip(words, logits, strict=True) if word.is_noun == noun]
        right = sum(gold and said for gold, said in chosen)
        found[name] = round(200 * right / max(1, sum(gold + said for gold, said in chosen)), 2)
    return found


def cross_validated(counts: Counts, words: Sequence[Word]) -> list[float]:
    """The corrected logit of each word, by coefficients fitted on the other parts."""
    fitted = [fit_words(counts, [word for word in words if word.part != part]) for part in range(_PARTS)]
    return [float(np.dot(fitted[word.part][word.kind == "NOUN"], features(counts, word.kind, word.lemma, word.logit))) for word in words]


def main(arguments: list[str] | None = None) -> None:
    """Count, fit, write, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m training.priors", description="Counts and fits what is known of words beforehand.")
    add_model_argument(parser)
    parser.add_argument("--data", type=Path, default=default_data(), help="the folder with ud/ and srl/ (default: %(default)s)")
    options = parser.parse_args(arguments)
    counts = count(read_treebank(options.data, "ewt-train"))
    words = read_words(load_model_folder(options.model), read_treebank(options.data, "ewt-dev"))
    coefficients = fit_words(counts, words)
    content = {"predicates": tables(counts, coefficients)}
    (options.model / FILE).write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf8")
    print(json.dumps({"network alone": predicate_scores(words, [word.logit for word in words])}))
    print(json.dumps({"with priors": predicate_scores(words, cross_validated(counts, words))}))


if __name__ == "__main__":
    main()
