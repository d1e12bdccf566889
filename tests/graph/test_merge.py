"""People across documents: one post and one fitting name make one person, and nothing else does."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statements import make_statement, statement_lists

from actorgraph.extract.records import Statement
from actorgraph.graph.merge import merge_people, unify
from actorgraph.graph.triples import merge_statements


def post(person: str, relation: str = "prime minister of", country: str = "Hungary", **changes: Any) -> Statement:
    """A person's LEADS statement; "x@doc" stands in that document."""
    surname, _, document = person.partition("@")
    name = surname.replace("-", " ").title()
    values = {"type": "LEADS", "subject_id": person, "subject_kind": "person", "document": document or f"{person}.txt"} | changes
    return make_statement(name, relation, country, **values)


@pytest.mark.parametrize(
    ("surname", "full"),
    [
        ("orban", "viktor-orban"),
        ("kim", "kim-jong-un"),
        ("von-der-leyen", "ursula-von-der-leyen"),
        ("da-silva", "lula-da-silva"),
        ("lula", "lula"),
    ],
)
def test_a_surname_with_the_same_post_is_the_full_name(surname: str, full: str) -> None:
    assert merge_people([post(f"{surname}@b.txt"), post(full)]) == {f"{surname}@b.txt": full}


@pytest.mark.parametrize(
    ("why", "statements"),
    [
        ("another post", [post("orban@b.txt", "president of"), post("viktor-orban")]),
        ("another country", [post("orban@b.txt", country="Serbia"), post("viktor-orban")]),
        ("another surname", [post("orban@b.txt"), post("peter-magyar")]),
        ("part of a word", [post("ban@b.txt"), post("viktor-orban")]),
        ("part of a word", [post("vik@b.txt"), post("viktor-orban")]),
        ("two who fit", [post("orban@b.txt"), post("viktor-orban"), post("zoltan-orban")]),
        ("no post at all", [make_statement("Orban", subject_id="orban@b.txt", subject_kind="person"), post("viktor-orban")]),
        ("a denied post", [post("orban@b.txt", negated=True), post("viktor-orban")]),
        ("a possible post", [post("orban@b.txt"), post("viktor-orban", modality="possible")]),
        ("no full name", [post("orban@b.txt"), post("orban@c.txt")]),
        ("no person", [post("orban@b.txt", subject_kind="group"), post("viktor-orban")]),
    ],
)
def test_nothing_else_merges(why: str, statements: list[Statement]) -> None:
    assert merge_people(statements) == {}, why


def test_one_of_several_posts_is_enough_and_membership_counts() -> None:
    statements = [
        post("orban@b.txt", "prime minister of"),
        post("orban@b.txt", "member of", "Fidesz", type="MEMBER", at=50),
        post("viktor-orban", "member of", "Fidesz", type="MEMBER"),
    ]
    assert merge_people(statements) == {"orban@b.txt": "viktor-orban"}


def test_posts_that_a_merged_person_brings_count_for_the_next() -> None:
    statements = [
        post("orban@a.txt", "chair of", "Fidesz"),
        post("orban@a.txt", at=50),
        post("orban@b.txt"),
        post("viktor-orban", "chair of", "Fidesz"),
    ]
    assert merge_people(statements) == {"orban@a.txt": "viktor-orban", "orban@b.txt": "viktor-orban"}


def test_unifying_renames_every_place_and_leaves_the_records_alone() -> None:
    met = make_statement(
        "Serbia", "meet", "Orban", "CONSULT", document="b.txt", at=50, object_id="orban@b.txt", object_kind="person",
        attributed_to="Orban", attributed_to_id="orban@b.txt",
    )  # fmt: skip
    statements = [post("orban@b.txt"), post("viktor-orban"), met]
    shown = {statement.id: statement for statement in unify(statements)}
    assert (shown[met.id].object_id, shown[met.id].object, shown[met.id].attributed_to_id) == (
        "viktor-orban",
        "Viktor Orban",
        "viktor-orban",
    )
    assert shown[met.id].object_text == "Orban"
    assert {statement.subject for statement in shown.values()} == {"Viktor Orban", "Serbia"}
    assert met.object_id == "orban@b.txt"


def test_what_becomes_a_loop_is_left_out() -> None:
    loop = make_statement("Orban", "praise", "Viktor Orban", document="b.txt", at=90, subject_id="orban@b.txt", subject_kind="person")
    statements = [post("orban@b.txt"), post("viktor-orban"), loop]
    assert loop in unify([loop])
    assert loop.id not in {statement.id for statement in unify(statements)}


def test_groups_without_a_country_are_shown_on_request_only() -> None:
    rebels = make_statement("rebels", "attack", subject_id="rebels@a.txt", subject_kind="group")
    person = make_statement("Orban", "visit", subject_id="orban@a.txt", subject_kind="person")
    located = make_statement("VEN.opposition", "criticize", at=40)
    assert unify([rebels, person, located]) == merge_statements([person, located])
    assert unify([rebels, person, located], groups=True) == merge_statements([rebels, person, located])


@given(collection=statement_lists(), groups=st.booleans(), seed=st.integers(0, 99))
def test_unifying_again_or_in_another_order_changes_nothing(collection: list[Statement], groups: bool, seed: int) -> None:
    unified = unify(collection, groups=groups)
    assert unify(unified, groups=groups) == unified
    shuffled = [*collection, *collection[:3]]
    random.Random(seed).shuffle(shuffled)
    assert unify(shuffled, groups=groups) == unified


PEOPLE = st.sampled_from(["orban@a.txt", "orban@b.txt", "kim@a.txt", "viktor-orban", "zoltan-orban", "kim-jong-un"])


@given(
    collection=st.lists(
        st.builds(
            post, PEOPLE, st.sampled_from(["prime minister of", "president of"]), st.sampled_from(["Hungary", "Serbia"]), at=st.integers(0, 3),
            negated=st.booleans(),
        ),
        max_size=8,
    ),
    seed=st.integers(0, 99),
)  # fmt: skip
def test_merged_people_go_to_full_names_and_stay_there(collection: list[Statement], seed: int) -> None:
    merged = merge_people(collection)
    assert all("@" in old and "@" not in new for old, new in merged.items())
    shuffled = list(collection)
    random.Random(seed).shuffle(shuffled)
    assert merge_people(shuffled) == merged
    unified = unify(collection)
    assert merge_people(unified) == {}
    assert unify(reversed(unified)) == unified == unify(shuffled)
