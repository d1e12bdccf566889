"""Judged statements: the draw, for how long a verdict holds, what a judge may write."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from statements import make_statement

from actorgraph.extract.records import Modality, RelationType, Statement
from benchmarks.judged import (
    CAUSES,
    SOURCES,
    Source,
    Verdict,
    adopt,
    digest_of,
    drawn,
    read_verdicts,
    score,
    shown,
    write_draw,
    write_verdicts,
)
from benchmarks.shared import ROOT

MANY = [make_statement(document=f"{n}.txt", confidence=0.5) for n in range(60)]


def verdicts(folder: Path, *lines: str) -> Path:
    path = folder / "verdicts.tsv"
    path.write_text("\n".join(["id\tverdict\tcauses", *lines, ""]), "utf8")
    return path


def test_the_draw_is_the_same_whatever_the_order_and_hardly_moves_when_others_come() -> None:
    first = drawn(MANY, 20)
    assert drawn(reversed(MANY), 20) == first
    more = [make_statement(document=f"new-{n}.txt") for n in range(6)]
    kept = [statement for statement in drawn([*MANY, *more], 20) if statement in first]
    assert len(kept) >= 14
    assert [statement for statement in first if statement in kept] == kept
    assert drawn(first[5:], 20) == first[5:]


@pytest.mark.parametrize(
    "changes",
    [
        {"subject_id": "PER"}, {"object_id": "PER"}, {"relation": "back"}, {"relation_type": RelationType.AID}, {"symmetric": True},
        {"negated": True}, {"modality": Modality.PLANNED}, {"attributed_to": "analysts"},
    ],
)  # fmt: skip
def test_a_verdict_ends_with_a_change_of_what_was_judged(changes: dict[str, object]) -> None:
    assert digest_of(replace(MANY[0], **changes)) != digest_of(MANY[0])


def test_a_verdict_outlives_other_changes() -> None:
    assert digest_of(replace(MANY[0], confidence=0.1, rule="nominal", version="actorgraph 9 + x 1", event_date="2024")) == digest_of(MANY[0])


def test_verdicts_are_kept_as_they_were_given(tmp_path: Path) -> None:
    given = verdicts(tmp_path, f"{MANY[0].id}\tright", f"{MANY[1].id}\twrong\ttype|object")
    merged = adopt(given, MANY, {})
    write_verdicts(merged.values(), tmp_path / "judged.tsv")
    assert read_verdicts(tmp_path / "judged.tsv") == merged
    assert merged[MANY[1].id, digest_of(MANY[1])] == Verdict(MANY[1].id, digest_of(MANY[1]), "1.txt", "wrong", ("object", "type"))
    assert MANY[1].sentence not in (tmp_path / "judged.tsv").read_text("utf8")


@pytest.mark.parametrize("line", ["{id}\tmaybe", "{id}\twrong", "{id}\tright\ttype", "{id}\twrong\tbad luck", "0123456789abcdef\tright"])
def test_what_a_judge_may_not_write_is_refused_with_its_line(line: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"verdicts\.tsv:2: "):
        adopt(verdicts(tmp_path, line.format(id=MANY[0].id)), MANY, {})


def test_the_score_counts_only_verdicts_that_still_hold(tmp_path: Path) -> None:
    lines = [f"{statement.id}\t{'wrong' if n < 2 else 'right'}\t{'type' if n < 2 else ''}" for n, statement in enumerate(MANY[:10])]
    known = adopt(verdicts(tmp_path, *lines), MANY, {})
    now: list[Statement] = [replace(MANY[0], negated=True), *MANY[1:20]]
    found = score(now, known)
    assert (found["drawn"], found["judged"], found["to judge"], found["right"]) == (20, 9, 11, 0.889)
    assert found["causes"] == {"type": 1}


def test_what_is_to_be_judged_shows_the_sentence_and_goes_nowhere_near_the_repository(tmp_path: Path) -> None:
    text = "  Hungary support Serbia."
    statement = make_statement(at=2)
    assert "[S Hungary] [P support] [O Serbia]." in shown(statement, text)
    known = {(statement.id, digest_of(statement)): Verdict(statement.id, digest_of(statement), "a.txt", "right", ())}
    write_draw(tmp_path, [statement], {"a.txt": text}, known)
    assert (tmp_path / "to-judge.txt").read_text("utf8") == ""
    with pytest.raises(SystemExit, match="outside the repository"):
        write_draw(ROOT / "benchmarks", [statement], {"a.txt": text}, {})


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_the_list_of_the_repository_holds_what_it_may(source: Source) -> None:
    for line in source.path.read_text("utf8").splitlines()[2:]:
        _, _, _, verdict, causes = line.split("\t")
        assert (verdict == "right") == (not causes)
        assert {*filter(None, causes.split("|"))} <= {*CAUSES}
