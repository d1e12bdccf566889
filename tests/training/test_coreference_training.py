"""The ranker of antecedents, trained on next to nothing: seeded, and able to learn what there is to learn. No torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from training_files import model_without, write

from actorgraph.extract.antecedents import FILE, MODEL, Ranker
from actorgraph.extract.discourse import ANAPHOR_FEATURES, PAIR_FEATURES
from actorgraph.extract.english.nouns import NounKinds
from actorgraph.extract.english.wordpieces import load_pieces
from training.coreference import figures, load_lexicon, load_model_folder, parse_texts, read_texts, train
from training.ranking import Example, train_networks

WORDS = ["Maria Berg left Oslo .", "She thanked the mayor .", "John Brandt stayed .", "He slept .", "The city slept ."]
UPOS = ["PROPN PROPN VERB PROPN PUNCT", "PRON VERB DET NOUN PUNCT", "PROPN PROPN VERB PUNCT", "PRON VERB PUNCT", "DET NOUN VERB PUNCT"]
HEADS = [[3, 1, 0, 3, 3], [2, 0, 4, 2, 2], [3, 1, 0, 3], [2, 0, 2], [2, 3, 0, 3]]
MENTIONS = [
    [0, 0, 2, "person", "1"], [0, 3, 4, "place", "2"], [1, 0, 1, "person", "1"], [1, 2, 4, "person", "3"],
    [2, 0, 2, "person", "4"], [3, 0, 1, "person", "4"], [4, 0, 2, "place", "2"],
]  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one document of ours in each part."""
    folder = tmp_path_factory.mktemp("data")
    sentences = [
        {"words": words.split(), "spaces": [True] * len(words.split()), "upos": upos.split(), "heads": heads}
        for words, upos, heads in zip(WORDS, UPOS, HEADS, strict=True)
    ]
    for trees, clusters in (("gum-commercial-train", "gum-train"), ("gum-dev", "gum-dev")):
        write(folder / "ud" / f"{trees}.jsonl.gz", {"id": "a", "sentences": sentences})
        write(folder / "coref" / f"{clusters}.jsonl.gz", {"id": "a", "mentions": MENTIONS})
    return folder


def test_the_same_seed_gives_the_same_bytes(data: Path, tmp_path: Path) -> None:
    first, second, third = (model_without(FILE, tmp_path / name) for name in "abc")
    for folder, seed in ((first, 1), (second, 1), (third, 2)):
        train(folder, data, seed)
    assert (first / FILE).read_bytes() == (second / FILE).read_bytes() != (third / FILE).read_bytes()


def test_links_are_counted_by_the_name_that_they_lead_to(data: Path, tmp_path: Path) -> None:
    model = model_without(FILE, tmp_path / "model")
    ranker = train(model, data, 1)
    lines = figures(parse_texts(read_texts(data, "dev"), load_model_folder(model), load_lexicon()), ranker)
    assert [line["sureness"] for line in lines] == sorted(line["sureness"] for line in lines)
    assert all(0 <= line[name] <= 1 for line in lines for name in ("precision", "recall"))


def test_gold_mentions_are_counted_from_the_documents_start(data: Path) -> None:
    (text,) = read_texts(data, "train")
    assert [(text.words[head], cluster) for head, *_, cluster in text.mentions] == [
        ("Maria", "1"), ("Oslo", "2"), ("She", "1"), ("mayor", "3"), ("John", "4"), ("He", "4"), ("city", "2"),
    ]  # fmt: skip


def test_networks_learn_which_feature_tells_the_antecedent() -> None:
    random = np.random.default_rng(0)
    examples = []
    for _ in range(300):
        pairs = random.random((4, PAIR_FEATURES)).astype(np.float32)
        pairs[:, 5] = 0
        right = np.zeros(4, bool)
        if random.random() < 0.7:
            right[random.integers(4)] = True
        pairs[right, 5] = 1
        examples.append(Example(np.ones(ANAPHOR_FEATURES, np.float32), pairs, right))
    weights = train_networks(examples, 1, 1, hidden=8, epochs=40, rate=0.02)
    ranker = Ranker(weights, NounKinds(load_pieces(MODEL / "vocabulary.txt"), np.zeros((1, 5), np.int8), 1.0))
    found = [ranker.probabilities(example.anaphor, example.pairs) for example in examples]
    best = [int(shares.argmax()) if shares.max() > none else -1 for shares, none in found]
    wanted = [int(example.right.argmax()) if example.right.any() else -1 for example in examples]
    assert sum(a == b for a, b in zip(best, wanted, strict=True)) > 285
