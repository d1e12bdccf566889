"""Trains the second reading of factuality on a model's output: `python -m training.factuality [MODEL] [--data FOLDER]`.

To be run again whenever the encoder's weights are new. Takes a few minutes and no torch. Writes factuality.npz into the model's
folder and prints, for ewt-dev, r and the share of right signs of the encoder's value and of the second reading. Nothing is
fitted on ewt-dev but the width of the noise: the encoder has learned the training set's values, which it therefore knows too
well, so that noise is added to its values there until they are as far from the annotators' as those on ewt-dev.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc

from actorgraph.extract.english.component import FACTORY
from actorgraph.extract.english.happening import COMPANY, FILE, REACH, Happening, Verbs, load_happening
from actorgraph.extract.english.predicates import FACTUALITY

from .data import default_data, read_lines, read_treebank
from .evaluate import add_model_argument, load_model_folder

Array: TypeAlias = npt.NDArray[np.float32]
Weights: TypeAlias = dict[str, Array]

_LEAST = 6  # times that a mark is seen, to be kept
_NETWORKS, _HIDDEN = 3, 64
_EPOCHS, _BATCH, _RATE, _DECAY = 5, 128, 3e-3, 1.0
_DECAYING = frozenset({"table", "company", "out", "direct"})
_STEPS = 15  # of the table's numbers on either side of 0: eight bits' 127 give the same figures and a file of 2.3 MB
_DROPPED = 0.35  # of the marks, and of the hidden units


@dataclass(frozen=True, slots=True)
class Text:
    """A document's verbs that annotators judged: their words, marks and judged values; the encoder's values of all words."""

    verbs: Verbs
    values: Array
    asked: list[int]
    judged: list[float]
    marks: list[list[str]]


def read_texts(nlp: Language, data: Path, name: str) -> list[Text]:
    """The documents of a treebank, read by a pipeline that knows no second reading."""
    texts = []
    for record, document in zip(read_lines(data / "ud" / f"{name}.jsonl.gz"), read_treebank(data, name), strict=True):
        words = [word for sentence in document for word in sentence.words]
        doc = nlp(Doc(nlp.vocab, words=words, spaces=[space for sentence in record["sentences"] for space in sentence["spaces"]]))
        judged: dict[int, float] = {}
        values, at = doc.user_data[FACTUALITY], 0
        for sentence in document:
            judged |= {at + i: value for i, value in sentence.factuality.items()}
            at += len(sentence.words)
        asked = [i for i in judged if doc[i].tag_[:1] == "V" and not np.isnan(values[i])]
        if asked:
            verbs = Verbs(doc)
            texts.append(Text(verbs, values, asked, [judged[i] for i in asked], [verbs.marks(i) for i in asked]))
    return texts


def agreement(judged: Array, told: Array) -> tuple[float, float]:
    """Pearson's r, and the share of right signs."""
    return float(np.corrcoef(judged, told)[0, 1]), float(((judged > 0) == (told > 0)).mean())


def all_judged(texts: Sequence[Text]) -> Array:
    """What the annotators said of all verbs."""
    return np.array([value for text in texts for value in text.judged], np.float32)


def encoded(texts: Sequence[Text]) -> Array:
    """What the encoder said of them."""
    return np.concatenate([text.values[text.asked] for text in texts])


def noise_of(train: Sequence[Text], dev: Sequence[Text]) -> float:
    """The standard deviation of the noise that takes r on the training set down to r on ewt-dev; 0 where it is not higher.

    Independent noise of standard deviation s makes r·σ/√(σ² + s²) of r, σ being that of the encoder's values.
    """
    known, honest = (agreement(all_judged(texts), encoded(texts))[0] for texts in (train, dev))
    return float(encoded(train).std() * np.sqrt(max(0.0, (known / honest) ** 2 - 1)))


def train_networks(train: Sequence[Text], noise: float, seed: int) -> tuple[list[str], Weights]:
    """The marks and the weights of the networks side by side, as Happening takes them but for the table's steps."""
    counts = Counter(mark for text in train for marks in text.marks for mark in set(marks))
    known = sorted(mark for mark, count in counts.items() if count >= _LEAST)
    places = Happening(known, {}).places
    rows = [np.array(places(marks)) for text in train for marks in text.marks]
    judged = all_judged(train)
    networks = []
    for number in range(_NETWORKS):
        random = np.random.default_rng([seed, number])
        noisy = ((text, text.values + noise * random.standard_normal(len(text.values)).astype(np.float32)) for text in train)
        company = np.concatenate([text.verbs.company(text.asked, values) for text, values in noisy])
        networks.append(_train(rows, company, judged, len(known), random))
    share = np.float32(1 / _NETWORKS)
    weights = {name: np.concatenate([net[name] for net in networks], -1) for name in ("table", "company", "bias")}
    weights["out"] = np.concatenate([net["out"] for net in networks]) * share
    for name in ("direct", "constant"):
        weights[name] = np.sum([net[name] for net in networks], 0) * share
    return known, weights


def _train(rows: Sequence[npt.NDArray[np.int64]], company: Array, judged: Array, marks: int, random: np.random.Generator) -> Weights:
    """One network, by Adam with decaying weights."""
    weights = {
        "table": random.standard_normal((marks, _HIDDEN)) * 0.05, "company": random.standard_normal((COMPANY, _HIDDEN)) / COMPANY**0.5,
        "bias": np.zeros(_HIDDEN), "out": random.standard_normal(_HIDDEN) / _HIDDEN**0.5, "direct": np.zeros(marks), "constant": np.zeros(1),
    }  # fmt: skip
    w = {name: value.astype(np.float32) for name, value in weights.items()}
    first, second = ({name: np.zeros_like(value) for name, value in w.items()} for _ in range(2))
    steps, step = _EPOCHS * -(-len(rows) // _BATCH), 0
    for _ in range(_EPOCHS):
        order = random.permutation(len(rows))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            slopes = _slopes(w, [rows[k] for k in batch], company[batch], judged[batch], random)
            rate = _RATE * (1 - step / steps)
            step += 1
            for name, value in w.items():
                first[name] = 0.9 * first[name] + 0.1 * slopes[name]
                second[name] = 0.98 * second[name] + 0.02 * slopes[name] ** 2
                value -= rate * first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.98**step)) + 1e-8)
                if name in _DECAYING:
                    value *= 1 - rate * _DECAY
    return w


def _slopes(w: Weights, rows: Sequence[npt.NDArray[np.int64]], company: Array, judged: Array, random: np.random.Generator) -> Weights:
    """Gradients of half the mean squared error of the value.

    Not of smooth L1, whose optimum is the median: of what is judged 1.2 or −1.2 the mean says how sure the sign is.
    """
    sizes = np.array([len(own) for own in rows])
    owner, starts, flat = np.repeat(np.arange(len(rows)), sizes), np.cumsum(sizes) - sizes, np.concatenate(rows)
    kept = ((random.random(len(flat)) >= _DROPPED) / (1 - _DROPPED)).astype(np.float32)
    raw = np.add.reduceat(w["table"][flat] * kept[:, None], starts, axis=0) + company @ w["company"] + w["bias"]
    passed = ((raw > 0) * (random.random(raw.shape) >= _DROPPED) / (1 - _DROPPED)).astype(np.float32)
    hidden = raw * passed
    bent = np.tanh(np.add.reduceat(w["direct"][flat] * kept, starts) + hidden @ w["out"] + w["constant"])
    by_value = ((REACH * bent - judged) * REACH * (1 - bent**2) / len(rows)).astype(np.float32)
    by_hidden = np.outer(by_value, w["out"]) * passed
    order = np.argsort(flat, kind="stable")
    seen, begins = np.unique(flat[order], return_index=True)
    table, direct = np.zeros_like(w["table"]), np.zeros_like(w["direct"])
    table[seen] = np.add.reduceat(by_hidden[owner[order]] * kept[order, None], begins, axis=0)
    direct[seen] = np.add.reduceat(by_value[owner[order]] * kept[order], begins)
    return {
        "table": table, "direct": direct, "company": company.T @ by_hidden, "bias": by_hidden.sum(0), "out": hidden.T @ by_value,
        "constant": by_value.sum(keepdims=True),
    }  # fmt: skip


def write(folder: Path, marks: Sequence[str], weights: Weights) -> None:
    """Write factuality.npz, the table in coarse steps."""
    scale = np.float32(np.abs(weights["table"]).max() / _STEPS)
    table = np.rint(weights["table"] / scale).astype(np.int8)
    text = np.frombuffer("\n".join(marks).encode("utf8"), np.uint8)
    np.savez_compressed(folder / FILE, **(weights | {"marks": text, "table": table, "scale": scale}))


def figures(texts: Sequence[Text], happening: Happening) -> dict[str, dict[str, float]]:
    """r and share of right signs, of the encoder's value and of the second reading."""
    again = np.concatenate([happening.read(text.marks, text.verbs.company(text.asked, text.values)) for text in texts])
    judged = all_judged(texts)
    found = {"encoder": agreement(judged, encoded(texts)), "read again": agreement(judged, again)}
    return {name: {"r": round(r, 4), "sign": round(sign, 4)} for name, (r, sign) in found.items()}


def main(arguments: list[str] | None = None) -> None:
    """Train, then score."""
    parser = argparse.ArgumentParser(prog="python -m training.factuality", description="Trains the second reading of factuality.")
    add_model_argument(parser)
    parser.add_argument("--data", type=Path, default=default_data(), help="the folder with ud/ and srl/ (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    nlp = load_model_folder(options.model)
    nlp.get_pipe(FACTORY).happening = None  # type: ignore[attr-defined]
    train, dev = (read_texts(nlp, options.data, name) for name in ("ewt-train", "ewt-dev"))
    noise = noise_of(train, dev)
    write(options.model, *train_networks(train, noise, options.seed))
    written = load_happening(options.model)
    assert written is not None
    print(json.dumps({"verbs": len(all_judged(train)), "noise": round(noise, 3)} | figures(dev, written)))


if __name__ == "__main__":
    main()
