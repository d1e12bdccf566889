"""Training in miniature: data read, a tiny network trained, cut off and gone on with, exported and compared with torch."""

from __future__ import annotations

import copy
import random
from pathlib import Path

import numpy as np
import pytest
from training_files import write

torch = pytest.importorskip("torch", reason="needs torch: pip install 'actorgraph[training]'")
pytest.importorskip("onnx", reason="needs onnx: pip install 'actorgraph[training]'")

from actorgraph.extract.english.model import EnglishModel
from actorgraph.extract.english.wordpieces import WordPieces
from training.batches import UNKNOWN, ExampleMaker, augment, batches_of, collate, mask_words, windows_of
from training.config import AugmentationConfig, ScheduleConfig, WindowConfig, read_config
from training.data import Frame, Sentence, Tree, read_entities, read_questions, read_treebank, role_of, span_head
from training.export import export_model, write_reference
from training.labels import Labels
from training.losses import losses
from training.model import Dropout, NewsModel, Sizes
from training.outliers import finer, split_channels
from training.restore import load_exported

ROOT = Path(__file__).resolve().parents[2]
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *["hungary", "attacked", "serbia", ".", "the", "army", "of", "did", "not", "move"], "##s"]
SMALL = Sizes(
    vocabulary=len(VOCABULARY),
    positions=64,
    hidden=24,
    layers=2,
    attention_heads=2,
    feed_forward=32,
    entities=8,
    arcs=16,
    relations=8,
    roles=8,
    predicates=8,
)

ATTACK = Sentence(
    ("Hungary", "attacked", "Serbia", "."),
    Tree(
        ("PROPN", "VERB", "PROPN", "PUNCT"), ("NNP", "VBD", "NNP", "."), ("Number=Sing", "Tense=Past", "Number=Sing", ""),
        ("Hungary", "attack", "Serbia", "."), (2, 0, 2, 2), ("nsubj", "root", "obj", "punct"),
    ),
    ("B-LOC", "O", "B-LOC", "O"),
    (Frame(1, {0: "A0", 2: "A1"}),),
    {0: False, 1: True, 2: False, 3: False},
    {1: 2.5},
)  # fmt: skip
NAMES_ALONE = Sentence(("The", "army", "of", "Hungary"), entities=("O", "O", "O", "B-LOC"))


@pytest.fixture(scope="module")
def labels() -> Labels:
    return Labels.count([ATTACK] * 3)


@pytest.fixture(scope="module")
def make(labels: Labels) -> ExampleMaker:
    return ExampleMaker(labels, WordPieces(VOCABULARY), 60)


@pytest.fixture(scope="module")
def trained(labels: Labels, make: ExampleMaker) -> NewsModel:
    """A tiny network that has learned two sentences by heart."""
    torch.manual_seed(0)
    model = NewsModel(labels, SMALL, Dropout(words=0.0, layers=0.0, heads=0.0))
    batch = collate([make([ATTACK, ATTACK]), make([NAMES_ALONE])])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(60):
        optimizer.zero_grad()
        sum(losses(model, labels, batch).values()).backward()
        optimizer.step()
    return model


def test_the_configuration_is_whole() -> None:
    config = read_config(ROOT / "training" / "config.toml")
    assert set(config.losses) == {
        "upos",
        "xpos",
        "feats",
        "lemmas",
        "starts",
        "entities",
        "arcs",
        "relations",
        "roles",
        "predicates",
        "factuality",
    }


def test_unknown_keys_are_refused(tmp_path: Path) -> None:
    text = (ROOT / "training" / "config.toml").read_text(encoding="utf8")
    (tmp_path / "config.toml").write_text(text.replace("clip = 2.0", "clip = 2.0\nclop = 1"), encoding="utf8")
    with pytest.raises(ValueError, match="clop"):
        read_config(tmp_path / "config.toml")


def test_the_rate_rises_and_falls() -> None:
    schedule = ScheduleConfig(words=1000, warmup_words=100, lowest_rate=0.02, checkpoint_words=100, threads=1, bfloat16=False)
    rates = [schedule.rate(words) for words in (0, 50, 100, 500, 990, 2000)]
    assert rates[0] < rates[1] < rates[2] > rates[3] > rates[4] == rates[5] == 0.02


@pytest.mark.parametrize(
    ("label", "role"), [("ARG0", "A0"), ("ARG1-PRP", "A1"), ("ARGM-NEG", "NEG"), ("R-ARG0", None), ("C-ARG1", None), ("ARGM-XYZ", None)]
)
def test_role_names(label: str, role: str | None) -> None:
    assert role_of(label) == role


def test_the_head_of_a_span_is_its_highest_word() -> None:
    assert span_head(0, 3, [2, 0, 2, 2], ["DET", "NOUN", "ADJ", "VERB"]) == 1
    assert span_head(2, 4, [2, 0, 2, 2], ["DET", "NOUN", "PUNCT", "VERB"]) == 3


def test_a_treebank_is_read_with_its_roles(tmp_path: Path) -> None:
    tree = ATTACK.tree
    assert tree is not None
    sentence = {"words": ATTACK.words, "upos": tree.upos, "xpos": tree.xpos, "feats": tree.feats, "lemmas": tree.lemmas, "heads": tree.heads,
                "deps": tree.relations, "ner": ["B-LOC", "O", "B-MISC", "O"]}  # fmt: skip
    write(tmp_path / "ud" / "bank.jsonl.gz", {"id": "a", "sentences": [sentence, sentence]})
    predicates = [
        {"i": 1, "roleset": "attack.01", "args": [[0, 1, "ARG0"], [2, 4, "ARG1"], [0, 1, "R-ARG0"]]},
        {"i": 3, "roleset": "be.03", "args": []},
    ]
    write(tmp_path / "srl" / "bank.jsonl.gz", {"id": "a", "sentences": [{"predicates": predicates, "factuality": {"1": 2.5}}, None]})
    ((first, second),) = read_treebank(tmp_path, "bank")
    assert (first.frames, first.factuality, first.entities) == (ATTACK.frames, {1: 2.5}, ("B-LOC", "O", "O", "O"))
    assert first.is_predicate == ATTACK.is_predicate
    assert second.frames is None
    assert read_treebank(tmp_path, "bank", entities=False)[0][0].entities is None


def test_questions_and_entities_are_read(tmp_path: Path) -> None:
    args = [["A0", [[0, 1]], "Who attacked?"], ["into", [[2, 3]], "…"], ["JJ", [[1, 2]], "…"]]
    record = {"id": "q", "words": ["``", "attack", "here"], "heads": [2, 0, 2], "upos": ["PROPN", "NOUN", "ADV"],
              "predicates": [{"i": 1, "event": True, "nominal": True, "verb": "attack", "args": args}, {"i": 2, "event": False, "args": []}]}  # fmt: skip
    write(tmp_path / "srl" / "qa-train.jsonl.gz", record)
    write(
        tmp_path / "ner" / "names.jsonl.gz",
        {"words": ["Kyiv"], "ner": ["B-LOC"]},
        {"words": [], "ner": []},
        {"words": ["x"], "ner": ["B-MISC"]},
    )
    ((sentence,),) = read_questions(tmp_path, "train")
    assert sentence.words[0] == '"'
    assert sentence.frames == (Frame(1, {0: "A0", 2: "A2"}, 0.5),)
    assert sentence.is_predicate == {1: True, 2: False}
    assert [[s.entities for s in document] for document in read_entities(tmp_path, "names")] == [[("B-LOC",), ("O",)]]


def test_windows_are_whole_sentences_within_the_drawn_size() -> None:
    windows = list(windows_of([[ATTACK] * 7, [ATTACK]], [8], random.Random(0)))
    assert [len(window) for window in windows] == [2, 2, 2, 1, 1]


def test_what_a_source_does_not_say_is_unknown(make: ExampleMaker) -> None:
    example = make([NAMES_ALONE])
    assert example is not None
    assert set(example.targets["heads"]) == set(example.targets["predicates"]) == {UNKNOWN}
    assert UNKNOWN not in example.targets["entities"]


def test_heads_and_fillers_are_counted_within_the_window(make: ExampleMaker) -> None:
    example = make([ATTACK, ATTACK])
    assert example is not None
    assert example.targets["heads"] == [2, 0, 2, 2, 6, 0, 6, 6]
    assert [(f.predicate, sorted(f.roles)) for f in example.frames] == [(1, [0, 2]), (5, [4, 6])]
    assert example.factuality == {1: 2.5, 5: 2.5}


def test_windows_with_too_many_pieces_are_left_out(make: ExampleMaker) -> None:
    assert make([ATTACK] * 20) is None


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((1.0, 0.0, 0.0), ("Hungary", "Attacked", "Serbia", ".")),
        ((0.0, 1.0, 0.0), ("HUNGARY", "ATTACKED", "SERBIA", ".")),
        ((0.0, 0.0, 1.0), ("Hungary", "attacked", "Serbia")),
        ((0.0, 0.0, 0.0), ATTACK.words),
    ],
)
def test_headlines(shares: tuple[float, float, float], words: tuple[str, ...]) -> None:
    changed = augment(ATTACK, AugmentationConfig(*shares), random.Random(0))
    assert changed.words == words
    assert changed.tree is not None and changed.entities is not None
    assert len(changed.tree.heads) == len(changed.entities) == len(changed.is_predicate) == len(words)


def test_masked_words_lose_their_pieces_and_nothing_else(make: ExampleMaker) -> None:
    plain, masked = make([ATTACK]), make([ATTACK])
    assert plain is not None and masked is not None
    mask_words(masked, 1.0, make.mask, random.Random(0))
    assert (masked.ids[0], masked.ids[-1]) == (plain.ids[0], plain.ids[-1])
    assert set(masked.ids[1:-1]) == {VOCABULARY.index("[MASK]")}
    assert (masked.first, masked.shapes, masked.targets) == (plain.first, plain.shapes, plain.targets)


def test_as_many_words_are_masked_as_asked(make: ExampleMaker) -> None:
    rng = random.Random(0)
    examples = [mask_words(example, 0.25, make.mask, rng) for _ in range(200) if (example := make([ATTACK] * 4))]
    hidden = sum(example.ids[start] == make.mask for example in examples for start in example.first)
    assert hidden / sum(example.words for example in examples) == pytest.approx(0.25, abs=0.03)


@pytest.mark.parametrize("where", ["words", "layers", "heads"])
def test_dropout_varies_what_is_read_in_training_alone(where: str, labels: Labels, make: ExampleMaker) -> None:
    torch.manual_seed(0)
    shares = dict.fromkeys(("words", "layers", "heads"), 0.0) | {where: 0.5}
    model = NewsModel(labels, SMALL, Dropout(**shares))
    batch = collate([make([ATTACK])])
    for training in (True, False):
        model.train(training)
        first, second = (sum(losses(model, labels, batch).values()).item() for _ in range(2))
        assert (first != second) is training


def test_batches_are_bounded_and_hold_everything(make: ExampleMaker) -> None:
    examples = [example for n in range(1, 7) if (example := make([ATTACK] * n)) is not None]
    config = WindowConfig(words=(90,), pieces=60, pieces_per_batch=64, length_jitter=3.0)
    batches = batches_of(examples, config, random.Random(0))
    assert sum(map(len, batches)) == len(examples)
    assert all(len(b) * max(len(e.ids) for e in b) <= 64 for b in batches)


def test_training_learns(trained: NewsModel, labels: Labels, make: ExampleMaker) -> None:
    terms = losses(trained, labels, collate([make([ATTACK])]))
    assert set(terms) == set(read_config(ROOT / "training" / "config.toml").losses)
    assert all(value.item() < 0.5 for value in terms.values()), terms


def test_the_export_says_what_torch_says(trained: NewsModel, labels: Labels, tmp_path: Path) -> None:
    export_model(trained, labels, VOCABULARY, tmp_path / "model", name="tiny", version="0.0.1")
    exported = EnglishModel(tmp_path / "model")
    write_reference(trained, exported.pieces, tmp_path / "reference.npz")
    assert (exported.name, exported.version, exported.labels.roles) == ("tiny", "0.0.1", labels.roles)
    with np.load(tmp_path / "reference.npz") as reference:
        for number, sentence in enumerate(reference["sentences"]):
            scores = exported.score(str(sentence).split(" "))
            tags = np.concatenate([scores.upos, scores.xpos, scores.feats, scores.lemmas, scores.starts[:, None]], 1)
            assert np.corrcoef(tags.ravel(), reference[f"tags-{number}"].ravel())[0, 1] > 0.98
            assert np.corrcoef(scores.arcs.ravel(), reference[f"arcs-{number}"].ravel())[0, 1] > 0.98


def test_an_exported_model_can_be_taken_up_again(trained: NewsModel, labels: Labels, tmp_path: Path) -> None:
    export_model(trained, labels, VOCABULARY, tmp_path, name="tiny", version="0.0.1")
    restored = copy.deepcopy(trained)
    for parameter in restored.parameters():
        parameter.data.zero_()
    load_exported(restored, labels, tmp_path)
    expected, found = trained.state_dict(), restored.state_dict()
    for weights in (expected, found):
        del weights["embeddings.pieces.weight"]  # frozen: where it came from has it without its eight bits
        weights["role_mix"] = weights["role_mix"].softmax(0)
    for name, weight in expected.items():
        torch.testing.assert_close(found[name], weight, atol=weight.abs().max().item() / 100, rtol=0)  # seven bits of range


def test_channels_that_reach_far_are_split_and_nothing_else() -> None:
    reach = np.full((3, 40), 1.0, np.float32)
    reach[:, 7] = [30.0, 36.0, 33.0]
    parts, widths = split_channels((reach, -reach))
    assert parts[7] > 10 and parts.sum() - len(parts) == 4 * (len(widths) - 1)
    assert widths[-1] < widths[0] / 8
    even, unchanged = split_channels((np.ones((3, 40), np.float32), np.zeros((3, 40), np.float32)))
    assert even.max() == 1 and len(unchanged) == 1


def test_split_channels_leave_the_scores_finer_and_the_weights_as_they_are(trained: NewsModel, labels: Labels, tmp_path: Path) -> None:
    far = copy.deepcopy(trained)
    with torch.no_grad():
        for layer in far.layers:  # a channel before the feed-forward layers that reaches far, its weights so much smaller
            layer.attention.norm.weight[3] *= 200
            layer.up.weight[:, 3] /= 200
    for name in ("plain", "split"):
        export_model(far, labels, VOCABULARY, tmp_path / name, name="tiny", version="0.0.1")
    done = finer(tmp_path / "split", [[ATTACK, ATTACK]])
    assert all(done[f"/layers.{i}/attention/norm/LayerNormalization_output_0"]["columns"] for i in (0, 1))
    write_reference(far, EnglishModel(tmp_path / "plain").pieces, tmp_path / "reference.npz")
    errors = dict.fromkeys(("plain", "split"), 0.0)
    with np.load(tmp_path / "reference.npz") as reference:
        for number, sentence in enumerate(reference["sentences"]):
            for name in errors:
                arcs = EnglishModel(tmp_path / name).score(str(sentence).split(" ")).arcs
                errors[name] += float(((arcs - reference[f"arcs-{number}"].astype(np.float32)) ** 2).sum())
    assert errors["split"] < errors["plain"] / 2
    plain, split = copy.deepcopy(far), copy.deepcopy(far)
    load_exported(plain, labels, tmp_path / "plain")
    load_exported(split, labels, tmp_path / "split")
    for one, other in zip(plain.state_dict().values(), split.state_dict().values(), strict=True):
        torch.testing.assert_close(one, other, atol=0, rtol=0)
    with pytest.raises(ValueError, match="split already"):
        finer(tmp_path / "split", [[ATTACK]])


def test_label_scorers_are_exported_exactly(trained: NewsModel, labels: Labels, tmp_path: Path) -> None:
    export_model(trained, labels, VOCABULARY, tmp_path, name="tiny", version="0.0.1")
    exported = EnglishModel(tmp_path)
    rng = np.random.default_rng(0)
    left, right = (rng.normal(size=(4, 8)).astype(np.float32) for _ in range(2))
    with torch.no_grad():
        pairs = trained.relations.pairs(torch.tensor(left), torch.tensor(right)).numpy()
        rows = trained.roles.rows(torch.tensor(left[:2]), torch.tensor(right)[None].repeat(2, 1, 1)).numpy()
    np.testing.assert_allclose(exported.relations(left, right), pairs, atol=1e-4)
    np.testing.assert_allclose(exported.roles(left[:2], right), rows, atol=1e-4)


def test_a_run_that_was_cut_off_ends_like_one_that_was_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from training import run as training_run

    monkeypatch.setattr(training_run, "load_encoder", lambda model, folder: None)
    monkeypatch.setattr(training_run, "encoder_folder", lambda package: Path())
    monkeypatch.setattr(training_run, "Sizes", lambda: SMALL)
    config = read_config(ROOT / "training" / "config.toml")

    class Sets:
        labels = Labels.count([ATTACK] * 3)

        def batches(self, make: ExampleMaker, epoch: int) -> list[list[object]]:
            rng = random.Random(epoch)
            return batches_of([e for _ in range(6) if (e := make([ATTACK] * rng.randint(1, 4)))], WindowConfig((90,), 60, 40, 0.0), rng)  # type: ignore[return-value]

    def weights(name: str, *stops: int) -> list[float]:
        run = None
        for words in stops:
            # The schedule stays that of the whole run; only the place where it is cut off differs.
            schedule = replace(config.schedule, words=400, warmup_words=20, checkpoint_words=30)
            run = training_run.Run(replace(config, schedule=schedule), Sets.labels, tmp_path / name)
            (tmp_path / name).mkdir(exist_ok=True)
            run.resume()
            monkeypatch.setattr(run, "config", _Until(run.config, words))
            run.train(Sets(), WordPieces(VOCABULARY))  # type: ignore[arg-type]
        assert run is not None
        return [value for name, parameter in run.model.named_parameters() for value in parameter.detach().flatten().tolist()]

    assert weights("whole", 400) == pytest.approx(weights("cut", 120, 260, 400))


class _Until:
    """A configuration whose training loop ends after so many words, with the learning rates of the whole schedule."""

    def __init__(self, config: object, words: int) -> None:
        self._config, self._words = config, words

    def __getattr__(self, name: str) -> object:
        value = getattr(self._config, name)
        return _Schedule(value, self._words) if name == "schedule" else value


class _Schedule:
    def __init__(self, schedule: ScheduleConfig, words: int) -> None:
        self._schedule, self.words = schedule, words

    def __getattr__(self, name: str) -> object:
        return getattr(self._schedule, name)
