"""Corrections: what each kind of line does, that their order does not matter, what a table may not say."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statements import make_statement, statement_lists

from actorgraph.extract.corrections import Correction, Outcome, apply_corrections, read_corrections
from actorgraph.extract.errors import LexiconError
from actorgraph.extract.records import ActorKind, RelationType, Statement
from actorgraph.graph import build_graph


def table(folder: Path, *lines: str) -> list[Correction]:
    path = folder / "fixes.tsv"
    path.write_text("\n".join(["do\twhat\tto\tin", *lines, ""]), "utf8")
    return read_corrections([path])


def kim(document: str, **changes: object) -> Statement:
    return make_statement(
        "Kim", "praise", "Peru", document=document, subject_id=f"kim@{document}", subject_kind="person", **changes
    )


@pytest.fixture
def statements() -> list[Statement]:
    return [
        kim("a.txt"),
        kim("b.txt"),
        make_statement("Kim Jong Un", "visit", "Serbia", "CONSULT", document="c.txt", subject_kind="person"),
        make_statement("Hungary", "stand with", "Serbia", "OTHER", document="c.txt", at=50, attributed_to="Kim", attributed_to_id="kim@c.txt"),
        make_statement("Kim Jong Un", "meet", "Albania", "CONSULT", document="d.txt", subject_kind="person"),
    ]


def subjects(statements: list[Statement]) -> list[tuple[str, str]]:
    return [(s.subject_id, s.subject) for s in statements]


def notes(outcomes: list[Outcome]) -> list[int]:
    return [outcome.statements for outcome in outcomes]


def test_a_merge_gives_one_actor_the_id_name_and_kind_of_the_other(statements: list[Statement], tmp_path: Path) -> None:
    corrected, outcomes = apply_corrections(statements, table(tmp_path, "merge\tkim@a.txt\tkim-jong-un"))
    assert subjects(corrected)[:2] == [("kim-jong-un", "Kim Jong Un"), ("kim@b.txt", "Kim")]
    assert corrected[0].subject_text == "Kim"
    assert notes(outcomes) == [1]


@pytest.mark.parametrize(
    ("goal", "id_", "name", "kind"),
    [
        ("Kim Jong Un", "kim-jong-un", "Kim Jong Un", "person"),
        ("SRB", "SRB", "Serbia", "country"),
        ("FRA", "FRA", "France", "country"),
        ("France", "FRA", "France", "country"),
        ("Kim Of Nowhere", "kim-of-nowhere", "Kim Of Nowhere", "person"),
    ],
)
def test_the_goal_is_an_actor_of_the_statements_or_of_the_tables_or_a_new_name(
    goal: str, id_: str, name: str, kind: str, statements: list[Statement], tmp_path: Path
) -> None:
    corrected, _ = apply_corrections(statements, table(tmp_path, f"merge\tkim@a.txt\t{goal}"))
    assert (corrected[0].subject_id, corrected[0].subject, corrected[0].subject_kind) == (id_, name, kind)


def test_the_goal_may_stand_in_a_table_of_ones_own(statements: list[Statement], tmp_path: Path) -> None:
    own = tmp_path / "actors.tsv"
    own.write_text("id\tkind\tname\taliases\nblue\torganisation\tBlue League\tBlues\n", "utf8")
    corrected, _ = apply_corrections(statements, table(tmp_path, "merge\tkim@a.txt\tBlue League"), actors=[own])
    assert (corrected[0].subject_id, corrected[0].subject_kind) == ("blue", ActorKind.ORGANISATION)


def test_a_name_means_all_who_bear_it_and_an_id_goes_before(statements: list[Statement], tmp_path: Path) -> None:
    corrected, outcomes = apply_corrections(statements, table(tmp_path, "merge\tKim\tKim Jong Un", "merge\tkim@b.txt\tKim Il-nam"))
    assert subjects(corrected)[:2] == [("kim-jong-un", "Kim Jong Un"), ("kim-il-nam", "Kim Il-nam")]
    assert notes(outcomes) == [1, 1]


def test_merges_may_be_chained_and_reach_the_speaker(statements: list[Statement], tmp_path: Path) -> None:
    lines = table(tmp_path, "merge\tkim@c.txt\tkim@b.txt", "merge\tkim@b.txt\tKim Jong Un")
    corrected, outcomes = apply_corrections(statements, lines)
    assert corrected[1].subject_id == corrected[3].attributed_to_id == "kim-jong-un"
    assert notes(outcomes) == [1, 2]


def test_a_merge_may_hold_in_some_documents_only(statements: list[Statement], tmp_path: Path) -> None:
    corrected, _ = apply_corrections(statements, table(tmp_path, "merge\tSRB\tHungary\tc.txt|x.txt"))
    assert [s.object_id for s in corrected] == ["PER", "PER", "HUN", "ALB"]  # Hungary does not stand with itself


def test_who_is_kept_apart_gets_an_id_of_his_own_that_no_graph_merges(tmp_path: Path) -> None:
    post = {"subject_kind": "person", "object_id": "PRK"}
    statements = [
        make_statement("Kim Jong Un", "leader of", "North Korea", "LEADS", document="a.txt", **post),
        make_statement("Kim", "leader of", "North Korea", "LEADS", document="b.txt", subject_id="kim@b.txt", **post),
    ]
    assert set(build_graph(statements)) == {"PRK", "kim-jong-un"}
    corrected, outcomes = apply_corrections(statements, table(tmp_path, "apart\tkim@b.txt\t"))
    assert set(build_graph(corrected)) == {"PRK", "kim-jong-un", "kim-b-txt"}
    assert corrected[1].subject == "Kim (b.txt)"
    assert notes(outcomes) == [1]


def test_of_two_with_one_name_one_is_kept_apart_where_he_is_meant(statements: list[Statement], tmp_path: Path) -> None:
    corrected, _ = apply_corrections(statements, table(tmp_path, "apart\tkim-jong-un\tKim Jong Un (singer)\td.txt"))
    assert subjects(corrected)[2] == ("kim-jong-un", "Kim Jong Un")
    assert subjects(corrected)[4] == ("kim-jong-un-singer", "Kim Jong Un (singer)")


def test_no_one_is_kept_apart_under_a_name_that_another_has(statements: list[Statement], tmp_path: Path) -> None:
    corrected, (outcome,) = apply_corrections(statements, table(tmp_path, "apart\tkim@b.txt\tKim Jong Un"))
    assert corrected == statements
    assert "not applied: there is an actor 'kim-jong-un' already" in str(outcome)


def test_a_goal_that_several_may_be_is_said(statements: list[Statement], tmp_path: Path) -> None:
    corrected, (outcome,) = apply_corrections(statements, table(tmp_path, "merge\tkim-jong-un\tKim"))
    assert corrected == statements
    assert "kim@a.txt, kim@b.txt are all called 'Kim'; name one by its id" in str(outcome)


def test_a_rename_changes_the_name_and_no_id(statements: list[Statement], tmp_path: Path) -> None:
    corrected, outcomes = apply_corrections(statements, table(tmp_path, "rename\tSRB\tRepublic of Serbia", "rename\tPeru\tInca"))
    assert {s.object for s in corrected if s.object_id == "SRB"} == {"Republic of Serbia"}
    assert [s.object_id for s in corrected] == [s.object_id for s in statements]
    assert notes(outcomes) == [2, 2]


def test_who_was_merged_has_the_new_name_of_whom_he_became(statements: list[Statement], tmp_path: Path) -> None:
    lines = table(tmp_path, "rename\tkim-jong-un\tKim III", "merge\tkim@a.txt\tkim-jong-un", "rename\tNew One\tNewest", "merge\tkim@b.txt\tNew One")
    corrected, _ = apply_corrections(statements, lines)
    assert subjects(corrected)[:3] == [("kim-jong-un", "Kim III"), ("new-one", "Newest"), ("kim-jong-un", "Kim III")]


@pytest.mark.parametrize(
    ("to", "type_", "relation"),
    [("SUPPORT", "SUPPORT", "stand with"), ("back", "OTHER", "back"), ("SUPPORT support for", "SUPPORT", "support for")],
)
@pytest.mark.parametrize("what", ["stand with", "Stand With", "id"])
def test_a_relation_gets_type_or_phrase_or_both(what: str, to: str, type_: str, relation: str, statements: list[Statement], tmp_path: Path) -> None:
    what = statements[3].id if what == "id" else what
    corrected, outcomes = apply_corrections(statements, table(tmp_path, f"relabel\t{what}\t{to}"))
    assert (corrected[3].relation_type, corrected[3].relation) == (RelationType(type_), relation)
    assert [c for c in corrected if c.id != statements[3].id] == [s for s in statements if s.id != statements[3].id]
    assert notes(outcomes) == [1]


def test_a_line_for_one_statement_goes_before_one_for_a_document_and_that_before_one_for_all(tmp_path: Path) -> None:
    statements = [make_statement(relation="back", document=d, at=at) for d, at in (("a.txt", 0), ("a.txt", 90), ("b.txt", 0))]
    lines = table(tmp_path, "relabel\tback\tAID", "relabel\tback\tALLY\ta.txt", f"relabel\t{statements[0].id}\tRETREAT")
    corrected, outcomes = apply_corrections(statements, lines)
    assert [s.relation_type for s in corrected] == [RelationType.RETREAT, RelationType.ALLY, RelationType.AID]
    assert notes(outcomes) == [1, 1, 1]


def test_a_veto_leaves_the_statement_out(statements: list[Statement], tmp_path: Path) -> None:
    corrected, outcomes = apply_corrections(statements, table(tmp_path, f"veto\t{statements[1].id}"))
    assert corrected == [s for s in statements if s is not statements[1]]
    assert notes(outcomes) == [1]


def test_a_line_that_touches_nothing_says_so(statements: list[Statement], tmp_path: Path) -> None:
    corrected, outcomes = apply_corrections(statements, table(tmp_path, "veto\t0123456789abcdef", "rename\tAtlantis\tPosidonia"))
    assert corrected == statements
    assert [str(o) for o in outcomes] == [
        "fixes.tsv:2 veto 0123456789abcdef: touched none",
        "fixes.tsv:3 rename Atlantis → Posidonia: touched none",
    ]


def test_lines_that_lead_in_a_circle_by_other_names_meet_at_one_actor(statements: list[Statement], tmp_path: Path) -> None:
    corrected, _ = apply_corrections(statements, table(tmp_path, "merge\tSRB\tPeru", "merge\tPER\tSerbia"))
    assert {s.object_id for s in corrected} == {"PER", "ALB"}


LINES = [
    "merge\tHUN\tSerbia", "merge\torban@b.txt\tViktor Orban", "merge\tAlbania\tKosovo\ta.txt", "apart\tnato\tNATO (club)\tb.txt",
    "apart\torban@b.txt\tOrban II\tnews/c.md", "rename\tTUR\tTürkiye", "rename\tSerbia\tSERBIA", "relabel\tattack\tASSAULT",
    "relabel\tattack\tACCUSE blame\tb.txt", "relabel\ttalks with\tmeet", "merge\tPeru\tNowhere", "merge\tSlovakia\tPeru",
]  # fmt: skip


@settings(max_examples=30)
@given(statement_lists(), st.lists(st.sampled_from(LINES), unique=True), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_ids_stay(
    tmp_path_factory: pytest.TempPathFactory, statements: list[Statement], lines: list[str], chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    corrections = table(folder, *lines)
    corrected, outcomes = apply_corrections(statements, corrections)
    again, shuffled = list(corrections), list(statements)
    chance.shuffle(again)
    chance.shuffle(shuffled)
    other, others = apply_corrections(shuffled, again)
    assert sorted(map(repr, other)) == sorted(map(repr, corrected))
    assert set(others) == set(outcomes)
    assert set(map(untouched, corrected)) <= set(map(untouched, statements))
    assert all(statement.subject_id != statement.object_id for statement in corrected)


def untouched(statement: Statement) -> Statement:
    """The statement without what a correction may change."""
    who = {"subject_id": "", "subject": "", "subject_kind": ActorKind.PERSON, "object_id": "", "object": "", "object_kind": ActorKind.PERSON}
    return replace(statement, relation="", relation_type=RelationType.OTHER, attributed_to_id=None, **who)


# Tables that make no sense


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("mrege\tHUN\tSRB", "unknown correction 'mrege'; use one of merge, apart, rename, relabel, veto"),
        ("merge\t\tSRB", "fill the column 'what'"),
        ("merge\tHUN\t", "fill the column 'to'"),
        ("merge\tHUN\tHUN", "merged with itself"),
        ("merge\tHUN\t!?", "is no name"),
        ("apart\tjohn-smith\tJohn", "fill the column 'in'"),
        ("rename\tHUN\tHungaria\ta.txt", "leave the column 'in' empty"),
        ("relabel\tattack\tASAULT", "relation type 'ASAULT' is none of AGREE"),
        ("relabel\t0123456789abcdef\tAID\ta.txt", "leave the column 'in' empty"),
        ("veto\tabc", "'abc' is no statement's id"),
        ("veto\t0123456789abcdef\t\t\t\t", "cells where"),
    ],
)
def test_a_line_that_makes_no_sense_is_named(line: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"fixes\.tsv:3: ") as caught:
        table(tmp_path, "# first", line)
    assert message in str(caught.value)
    assert caught.value.line == 3


@pytest.mark.parametrize(
    "lines",
    [
        ("merge\tHUN\tSRB", "merge\tHUN\tALB"),
        ("merge\tHUN\tSRB\ta.txt|b.txt", "apart\tHUN\tHungary II\tb.txt"),
        ("relabel\tback\tAID", "relabel\tback\tALLY"),
        ("merge\tHUN\tSRB", "merge\tSRB\tHUN"),
    ],
)
def test_lines_that_contradict_each_other_are_refused(lines: tuple[str, str], tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"fixes\.tsv:[23]: .*fixes\.tsv:[23]"):
        table(tmp_path, *lines)


def test_an_unknown_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fixes.tsv"
    path.write_text("do\twhat\tto\twhere\nveto\t0123456789abcdef\t\t\n", "utf8")
    with pytest.raises(LexiconError, match="column 'where' is unknown"):
        read_corrections([path])


def test_the_example_of_the_tables_readme_can_be_read(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "extract/data/README.md").read_text("utf8")
    example = text[text.index("do\twhat") :].partition("```")[0]
    (tmp_path / "fixes.tsv").write_text(example, "utf8")
    assert [str(c.act) for c in read_corrections([tmp_path / "fixes.tsv"])] == ["merge", "apart", "rename", "relabel", "relabel", "veto"]
