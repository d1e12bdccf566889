"""The model as shipped against scores that torch gave for the same weights: what int8 may change, and what it may not."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from actorgraph.extract.english.model import EnglishModel, WindowScores, load_model
from actorgraph.extract.pipeline import MODEL, MODELS

REFERENCE = Path(__file__).resolve().parents[1] / "data" / "english" / "reference.npz"
BY_WORD = ("tags", "entities", "arcs", "predicates", "dependents", "role_predicates", "role_arguments")


@pytest.fixture(scope="module")
def model() -> EnglishModel:
    return load_model(MODELS / MODEL)


@pytest.fixture(scope="module")
def reference() -> dict[str, np.ndarray]:
    with np.load(REFERENCE) as arrays:
        return dict(arrays)


def scores_of(scores: WindowScores, name: str) -> np.ndarray:
    """The scores under the name that the network has for them."""
    if name == "tags":
        return np.concatenate([scores.upos, scores.xpos, scores.feats, scores.lemmas, scores.starts[:, None]], 1)
    if name == "predicates":
        return np.stack([scores.predicates, scores.factuality], 1)
    found: np.ndarray = getattr(scores, name)
    return found


@pytest.mark.parametrize("name", BY_WORD)
def test_scores_are_those_of_torch_but_for_rounding(model: EnglishModel, reference: dict[str, np.ndarray], name: str) -> None:
    for number, sentence in enumerate(reference["sentences"]):
        scores = model.score(str(sentence).split(" "))
        theirs = reference[f"{name}-{number}"].astype(np.float32)
        ours = scores_of(scores, name)
        assert ours.shape == theirs.shape
        assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.98


def test_decisions_are_those_of_torch(model: EnglishModel, reference: dict[str, np.ndarray]) -> None:
    agree, words = 0, 0
    for number, sentence in enumerate(reference["sentences"]):
        scores = model.score(str(sentence).split(" "))
        for name in ("entities", "arcs"):
            best = scores_of(scores, name).argmax(1) == reference[f"{name}-{number}"].argmax(1)
            agree, words = agree + int(best.sum()), words + len(best)
    assert agree >= 0.9 * words


def test_weights_fit_into_the_package() -> None:
    assert sum(path.stat().st_size for path in (MODELS / MODEL).iterdir()) < 32e6


def test_the_configuration_says_what_the_card_says() -> None:
    config = json.loads((MODELS / MODEL / "config.json").read_text(encoding="utf8"))
    card = (MODELS / MODEL / "MODEL_CARD.md").read_text(encoding="utf8")
    assert card.startswith(f"# {config['name']} {config['version']}")
