"""The configuration of a run, read from TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class DataConfig:
    """Which sets are trained on; names as in the data folder."""

    treebanks: tuple[str, ...]
    treebanks_without_entities: tuple[str, ...]
    entities: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WindowConfig:
    """Sizes of windows (words, pieces) and batches (padded pieces)."""

    words: tuple[int, ...]
    pieces: int
    pieces_per_batch: int
    length_jitter: float


@dataclass(frozen=True, slots=True)
class AugmentationConfig:
    """Shares of sentences, 0..1."""

    title_case: float
    upper_case: float
    without_full_stop: float


@dataclass(frozen=True, slots=True)
class DropoutConfig:
    """Shares of values, 0..1, before and after the encoder, at the end of its sublayers, and in the heads; share of words read as [MASK]."""

    words: float
    layers: float
    heads: float
    masked_words: float


@dataclass(frozen=True, slots=True)
class ScheduleConfig:
    """Lengths in words; the rate rises over `warmup_words` and falls linearly to `lowest_rate` of it at `words`.

    `bfloat16` computes the network's products with short mantissas: a third faster where a processor knows them, slower elsewhere.
    """

    words: int
    warmup_words: int
    lowest_rate: float
    checkpoint_words: int
    threads: int
    bfloat16: bool

    def rate(self, seen: int, warm_from: int = 0) -> float:
        """Share of the full learning rate after so many words, where it last rose from nothing at `warm_from`."""
        return min(1.0, (seen - warm_from + 1) / self.warmup_words) * max(self.lowest_rate, 1 - seen / self.words)


@dataclass(frozen=True, slots=True)
class OptimizerConfig:
    """AdamW's settings; heads and the shape table learn faster than the encoder."""

    encoder_rate: float
    head_rate: float
    betas: tuple[float, float]
    weight_decay: float
    clip: float


@dataclass(frozen=True, slots=True)
class AverageConfig:
    """The moving average of the weights: its decay, and after how many steps it is taken again."""

    decay: float
    every: int


@dataclass(frozen=True, slots=True)
class Config:
    """One run; equal configurations on equal data give equal runs on one machine."""

    name: str
    version: str
    seed: int
    encoder_package: str
    data: DataConfig
    windows: WindowConfig
    augmentation: AugmentationConfig
    dropout: DropoutConfig
    schedule: ScheduleConfig
    optimizer: OptimizerConfig
    average: AverageConfig
    losses: Mapping[str, float]


def read_config(path: Path) -> Config:
    """Read a TOML file. Raises ValueError where a key is missing or unknown."""
    record = tomllib.loads(path.read_text(encoding="utf8"))
    parts = {
        "data": DataConfig, "windows": WindowConfig, "augmentation": AugmentationConfig, "dropout": DropoutConfig, "schedule": ScheduleConfig,
        "optimizer": OptimizerConfig, "average": AverageConfig,
    }  # fmt: skip
    known = {*parts, "name", "version", "seed", "encoder", "losses"}
    if set(record) != known:
        raise ValueError(f"{path}: keys missing or unknown: {', '.join(sorted(set(record) ^ known))}")
    return Config(
        name=record["name"],
        version=record["version"],
        seed=record["seed"],
        encoder_package=record["encoder"]["package"],
        losses=record["losses"],
        **{name: _part(kind, record[name], f"{path}: [{name}]") for name, kind in parts.items()},
    )


def _part(kind: Any, record: Mapping[str, Any], where: str) -> Any:
    names = {field.name for field in fields(kind)}
    if set(record) != names:
        raise ValueError(f"{where}: keys missing or unknown: {', '.join(sorted(set(record) ^ names))}")
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in record.items()})
