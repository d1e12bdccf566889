"""From data to weights: `python -m training.run [--config FILE] [--data FOLDER] [--work FOLDER] [--out FOLDER]`.

The work folder keeps the checkpoint and the log; the same command goes on where a run was cut off. At the end the averaged
weights are exported to the output folder.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from actorgraph.extract.english.wordpieces import WordPieces

from .batches import Example, ExampleMaker, augment, batches_of, collate, mask_words, windows_of
from .config import Config, read_config
from .data import Document, default_data, read_entities, read_questions, read_treebank
from .encoder import encoder_folder, load_encoder, read_vocabulary
from .labels import Labels
from .losses import losses
from .model import Dropout, NewsModel, Sizes
from .restore import load_exported

_LOG_EVERY = 50  # steps


class TrainingSet:
    """All documents of a configuration, and their batches epoch by epoch."""

    def __init__(self, config: Config, data: Path) -> None:
        """Read the sets of `config` from `data`. Raises FileNotFoundError where one is missing."""
        self.config = config
        without = config.data.treebanks_without_entities
        self.treebanks = [d for name in config.data.treebanks for d in read_treebank(data, name, entities=name not in without)]
        # What is not running text keeps its own windows: one record each.
        self.others: list[Document] = [d for name in config.data.entities for d in read_entities(data, name)]
        self.others += [d for part in config.data.questions for d in read_questions(data, part)]
        self.labels = Labels.count(sentence for document in self.treebanks for sentence in document)

    def batches(self, make: ExampleMaker, epoch: int) -> list[list[Example]]:
        """The batches of an epoch; the same for the same seed and number."""
        config = self.config
        rng = random.Random(f"{config.seed} {epoch}")
        windows = [*windows_of(self.treebanks, config.windows.words, rng), *self.others]
        augmented = ([augment(sentence, config.augmentation, rng) for sentence in window] for window in windows)
        share = config.dropout.masked_words
        examples = [mask_words(example, share, make.mask, rng) for example in map(make, augmented) if example is not None]
        return batches_of(examples, config.windows, rng)


class Run:
    """The state of a run: network, average, optimiser, and how far it is."""

    def __init__(self, config: Config, labels: Labels, work: Path) -> None:
        self.config, self.labels, self.work = config, labels, work
        torch.manual_seed(config.seed)
        self.model = NewsModel(labels, Sizes(), Dropout(config.dropout.words, config.dropout.layers, config.dropout.heads))
        load_encoder(self.model, encoder_folder(config.encoder_package))
        self.model.embeddings.pieces.weight.requires_grad_(False)
        self.average = {name: value.detach().clone() for name, value in self.model.state_dict().items()}
        self.optimizer = _optimizer(self.model, config)
        self.step = self.words = self.epoch = self.batch = 0
        self.warm_from = 0  # words; where the learning rate last rose from nothing

    @property
    def checkpoint(self) -> Path:
        """The file that a later run goes on from."""
        return self.work / "checkpoint.pt"

    def save(self) -> None:
        """Write the checkpoint; the old one stays until the new one is whole."""
        state = {
            "labels": self.labels.to_dict(), "model": self.model.state_dict(), "average": self.average, "optimizer": self.optimizer.state_dict(),
            "position": [self.step, self.words, self.epoch, self.batch, self.warm_from], "random": torch.get_rng_state(),
        }  # fmt: skip
        scratch = self.checkpoint.with_suffix(".new")
        torch.save(state, scratch)
        scratch.replace(self.checkpoint)

    def resume(self) -> None:
        """Go on from the checkpoint if there is one. Raises ValueError where it was trained on other labels."""
        if not self.checkpoint.exists():
            return
        state = torch.load(self.checkpoint, weights_only=True)
        if state["labels"] != self.labels.to_dict():
            raise ValueError(f"{self.checkpoint} was trained on other data; name another --work folder")
        self.model.load_state_dict(state["model"])
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.words, self.epoch, self.batch, self.warm_from = state["position"]
        torch.set_rng_state(state["random"])

    def start_from(self, folder: Path, words: int) -> None:
        """Take up the schedule after `words` with an exported model's weights, where no checkpoint is left.

        Raises ValueError where the model has other labels.
        """
        load_exported(self.model, self.labels, folder)
        self.average = {name: value.detach().clone() for name, value in self.model.state_dict().items()}
        self.words = self.warm_from = words

    def train(self, data: TrainingSet, pieces: WordPieces) -> None:
        """Train until the schedule's number of words, with checkpoints on the way and one at the end."""
        schedule = self.config.schedule
        make = ExampleMaker(self.labels, pieces, self.config.windows.pieces)
        log, started, first = _Log(self.work / "log.jsonl"), time.monotonic(), self.words
        saved = self.words
        for examples in self._batches(data, make):
            terms = self._learn(examples)
            log.add(terms)
            if self.step % _LOG_EVERY == 0:
                log.write(step=self.step, words=self.words, words_per_second=round((self.words - first) / (time.monotonic() - started)))
            if self.words - saved >= schedule.checkpoint_words:
                self.save()
                saved = self.words
        self.save()

    def _batches(self, data: TrainingSet, make: ExampleMaker) -> Iterator[list[Example]]:
        while self.words < self.config.schedule.words:
            batches = data.batches(make, self.epoch)
            for examples in islice(batches, self.batch, None):
                if self.words >= self.config.schedule.words:
                    return
                yield examples
            self.epoch, self.batch = self.epoch + 1, 0

    def _learn(self, examples: list[Example]) -> dict[str, float]:
        config = self.config
        rate = config.schedule.rate(self.words, self.warm_from)
        for group in self.optimizer.param_groups:
            group["lr"] = group["full_rate"] * rate
        self.model.train()
        batch = collate(examples)
        terms = losses(self.model, self.labels, batch, bfloat16=config.schedule.bfloat16)
        self.optimizer.zero_grad()
        weighted = torch.stack([config.losses[name] * value for name, value in terms.items()])
        weighted.sum().backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([p for p in self.model.parameters() if p.requires_grad], config.optimizer.clip)
        self.optimizer.step()
        if self.step % config.average.every == 0:
            self._take_average()
        self.step += 1
        self.batch += 1
        self.words += batch.words
        return {name: value.item() for name, value in terms.items()}

    @torch.no_grad()
    def _take_average(self) -> None:
        """Move the average towards the weights; the frozen table is the same in both."""
        # The average warms up: the first weights are far from the last, and 0.998 would remember them too long.
        decay = min(self.config.average.decay, (1 + self.step) / (40 + self.step))
        for name, parameter in self.model.named_parameters():
            if parameter.requires_grad:
                self.average[name].mul_(decay).add_(parameter, alpha=1 - decay)

    def averaged(self) -> NewsModel:
        """The network with the averaged weights, ready to be used."""
        self.model.load_state_dict(self.average)
        return self.model.eval()


class _Log:
    """Means of the loss terms, line by line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sums: defaultdict[str, float] = defaultdict(float)
        self._counts: Counter[str] = Counter()

    def add(self, terms: dict[str, float]) -> None:
        for name, value in terms.items():
            self._sums[name] += value
            self._counts[name] += 1

    def write(self, **position: Any) -> None:
        line = json.dumps(position | {name: round(self._sums[name] / n, 4) for name, n in self._counts.items()})
        print(line, flush=True)
        with self._path.open("a", encoding="utf8") as log:
            log.write(line + "\n")
        self._sums.clear()
        self._counts.clear()


def _optimizer(model: NewsModel, config: Config) -> torch.optim.AdamW:
    encoder: list[Tensor] = []
    heads: list[Tensor] = []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            in_encoder = name.split(".")[0] in ("norm", "layers") or name == "embeddings.positions.weight"
            (encoder if in_encoder else heads).append(parameter)
    rates = config.optimizer
    groups = [{"params": encoder, "full_rate": rates.encoder_rate}, {"params": heads, "full_rate": rates.head_rate}]
    return torch.optim.AdamW(groups, lr=rates.encoder_rate, betas=rates.betas, weight_decay=rates.weight_decay, fused=True)


def main(arguments: list[str] | None = None) -> None:
    """Train, then export."""
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(prog="python -m training.run", description="Trains the English pipeline.")
    parser.add_argument("--config", type=Path, default=here / "config.toml")
    parser.add_argument("--data", type=Path, default=default_data(), help="the folder with ud/ srl/ ner/ (default: %(default)s)")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="checkpoint and log (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=Path("build/en_news"), help="the exported model (default: %(default)s)")
    parser.add_argument("--start", type=Path, metavar="MODEL", help="take up an exported model whose checkpoint is lost; needs --words")
    parser.add_argument("--words", type=int, help="how many words of the schedule the model of --start has seen")
    options = parser.parse_args(arguments)
    if (options.start is None) != (options.words is None):
        parser.error("--start and --words go together")
    config = read_config(options.config)
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(config.schedule.threads)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # costs a tenth of the time and hides only bugs
    data = TrainingSet(config, options.data)
    vocabulary = read_vocabulary(encoder_folder(config.encoder_package))
    run = Run(config, data.labels, options.work)
    if options.start is not None and not run.checkpoint.exists():
        run.start_from(options.start, options.words)
    run.resume()
    run.train(data, WordPieces(vocabulary))

    from .export import export_model, write_reference

    model = run.averaged()
    export_model(model, data.labels, vocabulary, options.out, name=config.name, version=config.version)
    write_reference(model, WordPieces(vocabulary), options.work / "reference.npz")
    print(f"exported to {options.out}, reference scores in {options.work}; score it with python -m training.evaluate {options.out}")


if __name__ == "__main__":
    main()
