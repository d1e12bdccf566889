"""The tables of extraction, loaded once, a user's tables on top; and the table of agent nouns."""

from __future__ import annotations

from pathlib import Path

import pytest

from actorgraph.extract.agent_nouns import agent_nouns, others
from actorgraph.extract.errors import LexiconError
from actorgraph.extract.lexicon import load_lexicon
from actorgraph.extract.records import ActorKind, RelationType


@pytest.fixture
def actors(tmp_path: Path) -> Path:
    """A user's table of actors."""
    table = tmp_path / "actors.tsv"
    table.write_text("id\tkind\tname\taliases\nblue-league\torganisation\tBlue League\tBlues\n", "utf8")
    return table


@pytest.fixture
def relations(tmp_path: Path) -> Path:
    """A user's table of relations."""
    table = tmp_path / "relations.tsv"
    table.write_text("predicate\ttype\tframe\nserenade\tSUPPORT\t\n", "utf8")
    return table


def test_the_bundled_tables_are_loaded_once() -> None:
    assert load_lexicon() is load_lexicon()
    assert load_lexicon().frames.lookup("serenade", "v") is None


def test_a_users_tables_come_on_top(actors: Path, relations: Path) -> None:
    lexicon = load_lexicon([actors], [relations])
    frame = lexicon.frames.lookup("serenade", "v")
    assert frame is not None and frame.type is RelationType.SUPPORT
    assert lexicon.frames.lookup("attack", "v") is not None
    assert lexicon.offices.title("prime minister") is not None
    names = {name.actor.id: name.actor for name in lexicon.gazetteer.names} if hasattr(lexicon.gazetteer, "names") else {}
    assert names.get("blue-league") is None or names["blue-league"].kind is ActorKind.ORGANISATION


def test_a_users_tables_are_loaded_once_too(actors: Path) -> None:
    assert load_lexicon([actors]) is load_lexicon((actors,))


def test_a_table_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"missing\.tsv"):
        load_lexicon(relations=[tmp_path / "missing.tsv"])


# Agent nouns


@pytest.mark.parametrize(
    ("noun", "type_", "symmetric"),
    [
        ("ally", RelationType.ALLY, True),
        ("rival", RelationType.RIVAL, True),
        ("supporter", RelationType.SUPPORT, False),
        ("donor", RelationType.AID, False),
        ("member", RelationType.MEMBER, False),
        ("neighbour", None, False),
    ],
)
def test_an_agent_noun_ties_its_referent_to_another(noun: str, type_: RelationType | None, symmetric: bool) -> None:
    row = agent_nouns()[noun]
    assert (row.noun, row.type, row.symmetric) == (noun, type_, symmetric)


def test_every_agent_noun_has_its_preposition_in_lower_case() -> None:
    assert all(row.preposition and row.preposition == row.preposition.lower() for row in agent_nouns().values())
    assert all(noun == noun.lower().strip() for noun in agent_nouns())


def test_what_states_no_relation_is_not_symmetric() -> None:
    assert not [noun for noun, row in agent_nouns().items() if row.type is None and row.symmetric]


def test_a_neighbour_is_someone_else_and_a_member_is_not() -> None:
    """Kenya's neighbour is not Kenya; members of the council are the council."""
    assert {"neighbour", "ally", "victim"} <= others()
    assert others().isdisjoint({"member", "part", "affiliate"})
