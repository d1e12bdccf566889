"""Calibration: it finds what was put in, sees no document twice, and its error is that of a binned comparison."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.calibration import (
    DEVELOPED,
    Judged,
    calibration_error,
    chance_error,
    cross_validated,
    described,
    fit,
    interval,
    order,
    predict,
    report,
    together,
    write_weights,
)
from benchmarks.shared import ROOT


def sample(bias: float, slope: float, pronoun: float, size: int = 4000, documents: int = 200) -> list[Judged]:
    """Statements that are right as often as the weights say."""
    random = np.random.default_rng(7)
    prior, marks, chance = random.normal(1, 1, size), random.integers(0, 2, size), random.random(size)
    right = chance < 1 / (1 + np.exp(-(bias + slope * prior + pronoun * marks)))
    return [
        Judged(f"{n % documents}.txt", {"bias": 1.0, "prior": float(prior[n]), "pronoun": float(marks[n])}, bool(right[n])) for n in range(size)
    ]


def test_weights_that_made_the_verdicts_are_found() -> None:
    weights = fit(sample(-0.5, 0.7, -1.0))
    assert weights == pytest.approx({"bias": -0.5, "prior": 0.7, "pronoun": -1.0}, abs=0.15)


def test_few_verdicts_hardly_move_the_prior_and_are_right_on_the_whole() -> None:
    judged = sample(-0.5, 1.0, 0.0, size=12)
    weights = fit(judged, ridge=1e6)
    assert (weights["prior"], weights["pronoun"]) == pytest.approx((1.0, 0.0), abs=1e-3)
    assert predict(weights, judged).mean() == pytest.approx(np.mean([j.right for j in judged]), abs=1e-6)


def test_all_right_is_no_reason_for_endless_weights() -> None:
    weights = fit([Judged("a", {"bias": 1.0, "prior": 1.0}, True)] * 9 + [Judged("b", {"bias": 1.0, "prior": 1.0}, False)])
    assert all(np.isfinite(weight) for weight in weights.values())


def test_a_document_is_never_judged_by_itself() -> None:
    alike = [Judged(f"{n}.txt", {"bias": 1.0, "prior": 0.0}, n % 2 == 0) for n in range(40)]
    odd = Judged("odd.txt", {"bias": 1.0, "prior": 0.0}, True)
    one, other = ([*alike, *[Judged("odd.txt", odd.features, right)] * 30] for right in (True, False))
    assert cross_validated(one)[-30:] == pytest.approx(cross_validated(other)[-30:])


def test_the_error_is_small_after_a_fit_and_large_before() -> None:
    judged = sample(-1.0, 0.5, 0.0)
    right = np.array([j.right for j in judged], float)
    before, after = predict({"prior": 1.0}, judged), cross_validated(judged)
    assert calibration_error(after, right) < 0.04
    assert calibration_error(before, right) > 0.15
    low, high = interval(after, judged)
    assert 0 <= low <= high < 0.08


def test_chance_alone_makes_an_error_that_more_verdicts_take_away() -> None:
    few, many = chance_error(np.full(50, 0.7)), chance_error(np.full(5000, 0.7))
    assert 0.05 < few < 0.2
    assert many < 0.02


def test_texts_that_rules_were_made_with_make_no_other_statement_surer() -> None:
    """Of those nearly everything is right: the feature that tells them apart takes that up."""
    random = np.random.default_rng(3)
    unseen = [Judged(j.document, described(j.features, developed_on=False), j.right) for j in sample(-0.5, 0.7, -1.0)]
    developed = [Judged(j.document, described(j.features, developed_on=True), j.right or random.random() < 0.7) for j in unseen]
    weights = fit(together(developed, unseen))
    assert {name: weights[name] for name in ("bias", "prior", "pronoun")} == pytest.approx({"bias": -0.5, "prior": 0.7, "pronoun": -1.0}, abs=0.3)
    assert weights[DEVELOPED] > 1


def test_the_order_of_right_and_wrong() -> None:
    assert order(np.array([0.2, 0.4, 0.4, 0.9]), np.array([0.0, 1.0, 0.0, 1.0])) == 0.875
    assert order(np.array([0.2, 0.4]), np.array([1.0, 1.0])) == 0.5


def test_the_report_is_the_same_each_time() -> None:
    judged = sample(0.0, 1.0, 0.0, size=200, documents=20)
    assert report(judged) == report(judged)


def test_weights_are_written_between_names_and_notes(tmp_path: Path) -> None:
    table = tmp_path / "confidence.tsv"
    before = (ROOT / "extract" / "data" / "confidence.tsv").read_text("utf8")
    table.write_text(before, "utf8")
    write_weights({"bias": 0.25, "prior": -1.5}, table)
    rows = [line.split("\t") for line in table.read_text("utf8").splitlines()]
    was = [line.split("\t") for line in before.splitlines()]
    assert {row[0]: row[1] for row in rows if row[0] in ("bias", "prior")} == {"bias": "0.250", "prior": "-1.500"}
    assert [[row[0], *row[2:]] for row in rows] == [[row[0], *row[2:]] for row in was]
