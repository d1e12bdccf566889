"""The second reading of factuality, trained on next to nothing: seeded, and able to learn what a mark says. No torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from actorgraph.extract.english.happening import FILE, Verbs, load_happening
from training.factuality import Text, all_judged, encoded, figures, noise_of, train_networks, write

_VOCAB = spacy.blank("en").vocab


def text(word: str, value: float, judged: float) -> Text:
    """A sentence of three words, the first of which is an adverb."""
    doc = Doc(
        _VOCAB,
        words=[word, "Mali", "attacks"],
        tags=["RB", "NNP", "VBZ"],
        heads=[2, 2, 2],
        deps=["advmod", "nsubj", "ROOT"],
    )
    verbs = Verbs(doc)
    return Text(verbs, np.array([np.nan, np.nan, value], np.float32), [2], [judged], [verbs.marks(2)])


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    """What the encoder says of them has nothing to do with what is so; the adverb has."""
    random = np.random.default_rng(3)
    return [text(word, float(random.normal()), judged) for word, judged in (("daily", 1.0), ("hardly", -1.0)) for _ in range(200)]


def test_the_same_seed_gives_the_same_bytes(texts: list[Text], tmp_path: Path) -> None:
    written = []
    for seed in (1, 1, 2):
        write(tmp_path, *train_networks(texts, 0.1, seed))
        written.append((tmp_path / FILE).read_bytes())
    assert written[0] == written[1] != written[2]


def test_networks_learn_what_a_mark_says(texts: list[Text], tmp_path: Path) -> None:
    write(tmp_path, *train_networks(texts, 0.0, 1))
    reader = load_happening(tmp_path)
    assert reader is not None
    found = figures(texts, reader)
    assert found["read again"]["sign"] == 1.0 > found["encoder"]["sign"]


def test_noise_takes_agreement_down_to_that_of_unseen_text() -> None:
    random = np.random.default_rng(5)

    def seen(error: float) -> list[Text]:
        return [text("now", judged + error * float(random.normal()), judged) for judged in random.normal(size=1500).tolist()]

    train, dev = seen(0.3), seen(0.8)
    noisy = encoded(train) + noise_of(train, dev) * random.standard_normal(len(train))
    assert np.corrcoef(all_judged(train), noisy)[0, 1] == pytest.approx(np.corrcoef(all_judged(dev), encoded(dev))[0, 1], abs=0.03)
    assert noise_of(dev, train) == 0
