"""Users' tables of relations: their rows win over ours, and bad ones are refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.extract.errors import LexiconError
from actorgraph.extract.frames import FrameLexicon
from actorgraph.extract.records import RelationType

LEXICON = FrameLexicon.load()
SOME_TEXT = st.text(max_size=12)



def _table(folder: Path, *rows: str, header: str = "predicate\ttype\tframe", name: str = "relations.tsv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", "utf8")
    return path


def test_a_users_row_wins_over_ours_however_specific(tmp_path: Path) -> None:
    lexicon = FrameLexicon.load([_table(tmp_path, "send\tASSAULT\t")])
    frame = lexicon.lookup("send", "v", prep="to", carried=["troop"])
    assert frame is not None and (frame.type, frame.source) == (RelationType.ASSAULT, "relations.tsv:2")


def test_a_users_frame_asks_for_preposition_and_carried_noun(tmp_path: Path) -> None:
    lexicon = FrameLexicon.load([_table(tmp_path, "dance\tCONSULT\twith", "serenade\tAGREE\t+waltz|tango", "hum\tSUPPORT\tto +tune")])
    found = [
        lexicon.lookup("dance", "v", prep="with"),
        lexicon.lookup("dance", "v"),
        lexicon.lookup("serenade", "v", prep="for", carried=["tango"]),
        lexicon.lookup("serenade", "v"),
        lexicon.lookup("hum", "v", prep="to", carried=["tune"]),
        lexicon.lookup("hum", "v", prep="at", carried=["tune"]),
    ]
    assert [frame and str(frame.type) for frame in found] == ["CONSULT", None, "AGREE", None, "SUPPORT", None]


def test_a_users_row_holds_for_every_part_of_speech_unless_it_names_one(tmp_path: Path) -> None:
    everywhere = FrameLexicon.load([_table(tmp_path, "zoom\tCONSULT\t")])
    verbs = FrameLexicon.load([_table(tmp_path, "zoom\tCONSULT\t\tv\tyes", header="predicate\ttype\tframe\tpos\tsymmetric")])
    assert [everywhere.is_relational("zoom", pos) for pos in "vna"] == [True, True, True]
    assert [verbs.is_relational("zoom", pos) for pos in "vna"] == [True, False, False]
    assert (frame := verbs.lookup("zoom", "v")) is not None and frame.symmetric


def test_a_users_type_keeps_our_symmetry(tmp_path: Path) -> None:
    lexicon = FrameLexicon.load([_table(tmp_path, "meet\tAGREE\t", "visit\tAGREE\t")])
    assert [frame.symmetric for lemma in ("meet", "visit") if (frame := lexicon.lookup(lemma, "v"))] == [True, False]


def test_of_two_tables_the_first_wins(tmp_path: Path) -> None:
    tables = [_table(tmp_path, "zoom\tCONSULT\t", name="first.tsv"), _table(tmp_path, "zoom\tALLY\t", name="second.tsv")]
    assert (frame := FrameLexicon.load(tables).lookup("zoom", "v")) is not None and frame.type is RelationType.CONSULT


def test_a_table_may_come_from_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "relations.tsv"
    path.write_bytes(
        "\ufeffpredicate\ttype\tframe\r\n# a comment\r\n\r\nzoom\tCONSULT\r\nping \t ALLY\twith\t\r\n".encode().replace(
            b"with\t\r", b"with\r"
        )
    )
    lexicon = FrameLexicon.load([path])
    assert lexicon.is_relational("zoom", "v")
    assert (frame := lexicon.lookup("ping", "v", prep="with")) is not None and frame.source == "relations.tsv:5"


def test_users_rows_leave_the_bundled_lexicon_alone(tmp_path: Path) -> None:
    FrameLexicon.load([_table(tmp_path, "invade\tSUPPORT\t")])
    assert (frame := FrameLexicon.load().lookup("invade", "v")) is not None and frame.type is RelationType.ASSAULT


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("", None, "empty table"),
        ("# nothing but a comment\n", None, "empty table"),
        ("predicate\ttype\n", 1, "'frame' is missing"),
        ("predicate,type,frame\n", 1, "separated by tabs"),
        ("predicate\ttype\tframe\tcolour\n", 1, "'colour' is unknown"),
        ("predicate\ttype\tframe\tframe\n", 1, "there twice"),
        ("predicate\ttype\tframe\nzoom\tFRIENDLY\t\n", 2, "type 'FRIENDLY' is none of AGREE"),
        ("predicate\ttype\tframe\nzoom\tally\t\n", 2, "type 'ally'"),
        ("predicate\ttype\tframe\nzoom\t\t\n", 2, "type ''"),
        ("predicate\ttype\tframe\n\tALLY\twith\n", 2, "predicate ''"),
        ("predicate\ttype\tframe\nZoom\tALLY\twith\n", 2, "'Zoom' is not a lemma"),
        ("predicate\ttype\tframe\nzoom\tALLY\twith\tyes\n", 2, "4 cells in a table of 3 columns"),
        ("predicate\ttype\tframe\nzoom\tALLY\t+a+b\n", 2, "frame '+a+b'"),
        ("predicate\ttype\tframe\nzoom\tALLY\t+a||b\n", 2, "carried nouns"),
        ("predicate\ttype\tframe\nzoom\tALLY\t+a|a\n", 2, "each once"),
        ("predicate\ttype\tframe\tpos\nzoom\tALLY\t\tverb\n", 2, "pos 'verb' is none of v n a"),
        ("predicate\ttype\tframe\tsymmetric\nzoom\tALLY\t\tmaybe\n", 2, "symmetric 'maybe' is none of yes no"),
        ("predicate\ttype\tframe\nzoom\tALLY\twith\nzoom\tRIVAL\twith\n", 3, "already stands in line 2"),
        ("predicate\ttype\tframe\nzoom\tALLY\t+a|b\nzoom\tALLY\t+b|c\n", 3, "zoom +b (v) already stands in line 2"),
    ],
)
def test_a_bad_table_is_refused_with_its_line(tmp_path: Path, content: str, line: int | None, says: str) -> None:
    path = tmp_path / "relations.tsv"
    path.write_text(content, "utf8")
    with pytest.raises(LexiconError) as caught:
        FrameLexicon.load([path])
    assert (caught.value.path, caught.value.line) == (path, line)
    assert says in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"predicate\ttype\tframe\nz\xe9ro\tALLY\t\n"])
def test_a_table_that_is_not_utf8_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "relations.tsv"
    path.write_bytes(content)
    with pytest.raises(LexiconError, match="not UTF-8"):
        FrameLexicon.load([path])


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"cannot be read \(No such file"):
        FrameLexicon.load([tmp_path / "absent.tsv"])
    with pytest.raises(LexiconError, match="cannot be read"):
        FrameLexicon.load([tmp_path])


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_lexicon_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("tables") / "relations.tsv"
    path.write_bytes(b"predicate\ttype\tframe\n" + content)
    try:
        FrameLexicon.load([path])
    except LexiconError as error:
        assert error.path == path
