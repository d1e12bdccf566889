"""The quality gate: it fails where a floor is missed, lowers none unasked, and names the cause of each error."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from statements import make_statement

from actorgraph.extract import Document
from actorgraph.extract.lexicon import load_lexicon
from benchmarks import quality
from benchmarks.causes import Error, MentionSpan, Reading, counts, dyad_errors, read, scorer, triple_errors

FIGURES = {"articles_triples_f1": 0.861, "other_share": 0.04}


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the gate on figures of ours, floors and sets in a folder of its own: `gate(figures, *arguments)` gives its exit code."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.jsonl").write_text("{}\n")
    monkeypatch.setenv("ACTORGRAPH_SHARED", str(tmp_path))
    monkeypatch.setattr(quality, "FLOORS", tmp_path / "quality.toml")

    def run(figures: dict[str, float], *arguments: str) -> object:
        monkeypatch.setattr(quality, "measure", lambda shared, model=None: (figures, {"articles": [Error("missed", "type wrong", "a.0", "x")]}))
        monkeypatch.setattr(sys, "argv", ["quality", *arguments])
        try:
            quality.main()
        except SystemExit as end:
            return end.code or 0
        return 0

    return run


def floors() -> dict[str, float]:
    found: dict[str, float] = tomllib.loads(quality.FLOORS.read_text("utf8"))["floors"]
    return found


def test_the_gate_passes_what_keeps_the_floors(gate: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate(FIGURES, "--update") == 0
    assert floors() == {"articles_triples_f1": 0.856, "other_share": 0.045}
    capsys.readouterr()
    assert gate(FIGURES) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == FIGURES
    assert err == "articles, missed: 1 type wrong\n"


@pytest.mark.parametrize(("name", "figure"), [("articles_triples_f1", 0.85), ("other_share", 0.05)])
def test_the_gate_fails_where_a_floor_is_missed(gate: Any, name: str, figure: float, capsys: pytest.CaptureFixture[str]) -> None:
    gate(FIGURES, "--update")
    assert gate(FIGURES | {name: figure}) == 1
    assert f"{name}: {figure:.3f}, floor " in capsys.readouterr().err


def test_floors_of_other_sets_give_no_verdict(gate: Any, tmp_path: Path) -> None:
    gate(FIGURES, "--update")
    (tmp_path / "gold" / "a.jsonl").write_text('{"more": 1}\n')
    assert gate(FIGURES) == "the floors were measured on other sets; run with --update"
    assert gate(FIGURES, "--update") == 0
    assert gate(FIGURES) == 0


def test_without_floors_there_is_no_verdict(gate: Any) -> None:
    assert gate(FIGURES) not in (0, None)


def test_a_figure_that_got_worse_stops_an_update_unless_it_is_named(gate: Any) -> None:
    gate(FIGURES, "--update")
    before = quality.FLOORS.read_text("utf8")
    assert "to lower it on purpose add --lower articles_triples_f1" in str(gate(FIGURES | {"articles_triples_f1": 0.80}, "--update"))
    assert quality.FLOORS.read_text("utf8") == before
    assert gate(FIGURES | {"articles_triples_f1": 0.80}, "--update", "--lower", "articles_triples_f1") == 0
    assert floors()["articles_triples_f1"] == 0.795


def test_an_update_raises_floors_and_keeps_those_that_still_hold(gate: Any) -> None:
    gate(FIGURES, "--update")
    gate({"articles_triples_f1": 0.858, "other_share": 0.02}, "--update")
    assert floors() == {"articles_triples_f1": 0.856, "other_share": 0.025}


def test_every_error_is_listed_when_asked_for(gate: Any, capsys: pytest.CaptureFixture[str]) -> None:
    gate(FIGURES, "--errors")
    assert "articles  missed, type wrong: a.0  x\n" in capsys.readouterr().err


# Causes


@pytest.fixture(scope="module")
def triples(shared: Path) -> ModuleType:
    return scorer(shared / "score", "score_triples")


@pytest.fixture(scope="module")
def dyads(shared: Path) -> ModuleType:
    return scorer(shared / "score", "score_dyads")


SENTENCE = "Hungary praised Serbia."


def wanted(**changes: Any) -> dict[str, Any]:
    flags = {"optional": False, "symmetric": False, "negated": False, "possible": False, "reported": False}
    return {"subject": "HUN", "relation": ["praise"], "object": "SRB", "type": ["SUPPORT"], **flags} | changes


def reading(*statements: Any, mentions: tuple[str, ...] = ("HUN", "SRB"), predicates: tuple[str, ...] = ("praise",)) -> dict[str, Reading]:
    spans = tuple(MentionSpan(n, n + 1, id_, id_) for n, id_ in enumerate(mentions))
    return {"a": Reading([s.to_dict() for s in statements], spans, tuple((9, word) for word in predicates), ((0, len(SENTENCE)),))}


@pytest.mark.parametrize(
    ("gold", "found", "causes"),
    [
        (wanted(), reading(mentions=("HUN",)), {"missed": {"actor not found": 1}}),
        (wanted(), reading(predicates=("win",)), {"missed": {"predicate not seen": 1}}),
        (wanted(), reading(), {"missed": {"pair not joined": 1}}),
        (wanted(), reading(make_statement(relation="hit", type="ASSAULT")), {"false": {"type wrong": 1}, "missed": {"type wrong": 1}}),
        (wanted(), reading(make_statement("Serbia", "praise", "Hungary")), {"false": {"direction wrong": 1}, "missed": {"direction wrong": 1}}),
        (wanted(), reading(make_statement(relation="praise")), {}),
        (wanted(optional=True), reading(), {}),
        (wanted(optional=True), reading(make_statement(relation="hit", type="ASSAULT")), {}),
        (wanted(negated=True), reading(make_statement(relation="praise")), {"found": {"negated wrong": 1}}),
        (wanted(), reading(make_statement(relation="praise", modality="planned")), {"found": {"modality wrong": 1}}),
        (wanted(reported=True), reading(make_statement(relation="praise")), {"found": {"attribution wrong": 1}}),
        (wanted(), reading(make_statement(relation="praise"), make_statement("Peru", "aid", "Albania")), {"false": {"pair not in the gold": 1}}),
    ],
)
def test_each_error_against_triples_has_its_cause(gold: Any, found: Any, causes: dict[str, Any], triples: ModuleType) -> None:
    row = {"doc": "a.txt", "key": "a.0", "text": SENTENCE, "start": 0, "triples": [gold]}
    assert counts(triple_errors([row], found, triples)) == causes


def dyad(**changes: Any) -> dict[str, Any]:
    return {"doc": "a", "text": SENTENCE, "subject_spans": [[0, 7]], "object_spans": [[16, 22]], "types": ["SUPPORT"], "symmetric": False} | changes


SPANS = (MentionSpan(0, 7, "HUN", "Hungary"), MentionSpan(16, 22, "SRB", "Serbia"))
SAID = make_statement(relation="praised")


@pytest.mark.parametrize(
    ("gold", "found", "cause"),
    [
        (dyad(), Reading([SAID.to_dict()], SPANS, (), ()), None),
        (dyad(types=["AID"]), Reading([SAID.to_dict()], SPANS, (), ()), "type wrong"),
        (dyad(subject_spans=[[16, 22]], object_spans=[[0, 7]]), Reading([SAID.to_dict()], SPANS, (), ()), "direction wrong"),
        (dyad(subject_spans=[[16, 22]], object_spans=[[0, 7]], symmetric=True), Reading([SAID.to_dict()], SPANS, (), ()), None),
        (dyad(), Reading([], SPANS[:1], (), ()), "actor not found"),
        (dyad(actors=False), Reading([], SPANS[:1], (), ()), "a thing, no actor"),
        (dyad(), Reading([], SPANS, (), ((0, 23),)), "pair not joined"),
        (dyad(), Reading([], SPANS, (), ((0, 8), (8, 23))), "in no one sentence"),
    ],
)
def test_each_missed_dyad_has_its_cause(gold: Any, found: Reading, cause: str | None, dyads: ModuleType) -> None:
    assert [error.cause for error in dyad_errors([gold], {"a": found}, dyads)] == [cause] * (cause is not None)


def test_a_document_is_read_as_extraction_reads_it(nlp: Any) -> None:
    with nlp.select_pipes(disable=["actorgraph"]):
        found = read(Document("a.txt", SENTENCE), nlp, load_lexicon())
    assert [(s["subject_id"], s["object_id"]) for s in found.statements] == [("HUN", "SRB")]
    assert [(m.start, m.end, m.id) for m in found.mentions] == [(0, 7, "HUN"), (16, 22, "SRB")]
    assert found.predicates == ((8, "praise"),)
    assert found.sentences == ((0, 23),)
