"""Fits the confidence on judged statements, and says how far it is from the share that is right, on documents it did not see.

A logistic regression of few features (`extract.confidence.features`), drawn towards the prior by a ridge, since judged statements are
few. Cross-validated by document: statements of one document share its errors. The expected calibration error (Guo et al., "On
Calibration of Modern Neural Networks", ICML 2017) is that of bins with equally many statements; its interval comes from drawing
documents anew (bootstrap).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

IDENTITY = {"prior": 1.0}
"""Where the ridge draws to: the prior as it is."""
DEVELOPED = "developed on"
"""That rules were made with a judged text in view, which says more of it than of the statement: 0 in use, since texts to come are like unseen ones."""
_WEIGHT = 2
"""How many keys' verdicts one of a judge counts for."""
FOLDS, BINS, RESAMPLES = 10, 5, 1000
RIDGE = 1.0
_STEPS = 50


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged statement: its document, what its confidence is a function of, and whether it is right."""

    document: str
    features: Mapping[str, float]
    right: bool


def fit(judged: Sequence[Judged], ridge: float = RIDGE) -> dict[str, float]:
    """Return the weights by feature, as Newton's method finds them; the bias is free, the others are drawn to `IDENTITY`."""
    names = list(judged[0].features)
    x, y = _matrix(judged, names), np.array([j.right for j in judged], np.float64)
    centre = np.array([IDENTITY.get(name, 0.0) for name in names])
    strength = np.array([0.0 if name == "bias" else ridge for name in names])
    weights = centre.copy()
    for _ in range(_STEPS):
        p = _logistic(x @ weights)
        gradient = x.T @ (p - y) + strength * (weights - centre)
        curvature = (x.T * np.maximum(p * (1 - p), 1e-6)) @ x + np.diag(strength)
        step = np.linalg.solve(curvature, gradient)
        weights -= np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-9:
            break
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def predict(weights: Mapping[str, float], judged: Sequence[Judged]) -> Array:
    """Return the confidence of each statement, 0..1."""
    names = list(weights)
    return _logistic(_matrix(judged, names) @ np.array([weights[name] for name in names]))


def cross_validated(judged: Sequence[Judged]) -> Array:
    """Return the confidence of each statement from weights fitted without its document's fold."""
    folds = np.array([_fold(j.document) for j in judged])
    found = np.zeros(len(judged))
    for fold in np.unique(folds):
        seen = [j for j, of in zip(judged, folds, strict=True) if of != fold]
        left = [j for j, of in zip(judged, folds, strict=True) if of == fold]
        found[folds == fold] = predict(fit(seen), left)
    return found


def calibration_error(confidence: Array, right: Array, bins: int = BINS) -> float:
    """Return the mean distance of confidence and share right, over bins with equally many statements.

    >>> calibration_error(np.array([0.5, 0.5, 1.0, 1.0]), np.array([0.0, 1.0, 1.0, 1.0]), bins=2)
    0.0
    """
    parts = np.array_split(np.argsort(confidence, kind="stable"), bins)
    return float(sum(len(part) * abs(confidence[part].mean() - right[part].mean()) for part in parts if len(part)) / len(confidence))


def interval(confidence: Array, judged: Sequence[Judged], seed: int = 1) -> tuple[float, float]:
    """Return the 95 % interval of the calibration error, documents drawn anew."""
    random = np.random.default_rng(seed)
    right = np.array([j.right for j in judged], np.float64)
    names = sorted({j.document for j in judged})
    places = [np.array([n for n, j in enumerate(judged) if j.document == name]) for name in names]
    errors = []
    for _ in range(RESAMPLES):
        chosen = np.concatenate([places[k] for k in random.integers(len(places), size=len(places))])
        errors.append(calibration_error(confidence[chosen], right[chosen]))
    low, high = np.quantile(errors, [0.025, 0.975])
    return float(low), float(high)


def chance_error(confidence: Array, seed: int = 1) -> float:
    """Return the mean calibration error of as many verdicts that come out exactly as often as the confidence says.

    Few verdicts leave bins uneven by mere chance: what is measured is to be read against this.
    """
    random = np.random.default_rng(seed)
    return float(np.mean([calibration_error(confidence, (random.random(len(confidence)) < confidence).astype(np.float64)) for _ in range(RESAMPLES)]))


def order(confidence: Array, right: Array) -> float:
    """Return how often a right statement has more confidence than a wrong one, 0..1 (area under the ROC curve); 0.5 is chance.

    >>> order(np.array([0.9, 0.4, 0.6]), np.array([1.0, 0.0, 1.0]))
    1.0
    """
    above, wrong = confidence[right > 0], np.sort(confidence[right == 0])
    if not len(above) or not len(wrong):
        return 0.5
    below = (np.searchsorted(wrong, above, side) for side in ("left", "right"))  # without and with those that have as much
    return float(sum(counts.mean() for counts in below) / 2 / len(wrong))


def described(features: Mapping[str, float], *, developed_on: bool) -> dict[str, float]:
    """Return the features of a statement together with whether rules were made with its text in view."""
    return {**features, DEVELOPED: float(developed_on)}


def together(judged: Sequence[Judged], keyed: Sequence[Judged]) -> list[Judged]:
    """Return what is fitted on: the keys' verdicts, and a judge's as often as they count."""
    return [*keyed, *(list(judged) * _WEIGHT)]


def report(judged: Sequence[Judged], keyed: Sequence[Judged] = ()) -> dict[str, object]:
    """Return the weights, and how well prior and cross-validated confidence say what is right of either; both are fitted on."""
    found: dict[str, object] = {}
    everything = together(judged, keyed)
    right = np.array([j.right for j in everything], np.float64)
    parts: dict[str, slice[int, int, None]] = {"judged": slice(len(everything) - len(judged), len(everything))}
    if keyed:
        parts["keyed"] = slice(0, len(keyed))
    before = predict({name: IDENTITY.get(name, 0.0) for name in judged[0].features}, everything)
    after = cross_validated(everything)
    for part, where in parts.items():
        of, share = everything[where], float(right[where].mean())
        found[part] = {"statements": len(of), "documents": len({j.document for j in of}), "right": round(share, 3), "brier of the share alone": round(share * (1 - share), 3)}
        for name, confidence in (("prior", before[where]), ("calibrated, by cross-validation", after[where])):
            found[f"{part}, {name}"] = {
                "expected calibration error": round(calibration_error(confidence, right[where]), 3),
                "interval": [round(bound, 3) for bound in interval(confidence, of)],
                "of a perfect one": round(chance_error(confidence), 3),
                "brier": round(float(((confidence - right[where]) ** 2).mean()), 3),
                "right before wrong": round(order(confidence, right[where]), 3),
            }
    found["weights"] = {name: round(weight, 3) for name, weight in fit(everything).items()}
    return found


def write_weights(weights: Mapping[str, float], path: Path) -> None:
    """Put weights into the table of the package; its comments and notes stay."""
    lines = []
    for line in path.read_text("utf8").splitlines():
        name, _, rest = line.partition("\t")
        if name in weights:
            line = "\t".join((name, f"{weights[name]:.3f}", rest.partition("\t")[2]))
        lines.append(line)
    path.write_text("\n".join([*lines, ""]), "utf8")


def _matrix(judged: Sequence[Judged], names: Sequence[str]) -> Array:
    return np.array([[j.features[name] for name in names] for j in judged], np.float64)


def _logistic(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float64)


def _fold(document: str) -> int:
    return int(hashlib.sha256(document.encode("utf8", "surrogatepass")).hexdigest(), 16) % FOLDS
