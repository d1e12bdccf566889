"""The store: what is written is what is read, byte for byte, and merging is a union."""

from __future__ import annotations

import io
import json
import random
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statements import ANY_TEXT, make_statement, statement_lists, statements

from actorgraph.extract.errors import InputError, NotATriplesFolder, RecordError
from actorgraph.extract.records import STATEMENT_FIELDS, Statement
from actorgraph.graph.tables import write_rows
from actorgraph.graph.triples import (
    canonical,
    merge_statements,
    read_statements,
    scan_statements,
    write_statement_table,
    write_statements,
)

WRITERS = {".jsonl": write_statements, ".csv": write_statement_table}


def written(collection: list[Statement], suffix: str = ".jsonl") -> str:
    file = io.StringIO()
    WRITERS[suffix](collection, file)
    return file.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.mark.parametrize("suffix", WRITERS)
@given(collection=statement_lists())
def test_what_is_written_reads_back_and_is_written_again_alike(folder: Path, suffix: str, collection: list[Statement]) -> None:
    text = written(collection, suffix)
    path = folder / f"any{suffix}"
    path.write_bytes(text.encode())
    back = read_statements(path)
    assert back == merge_statements(collection)
    assert written(back, suffix) == text


@given(collection=statement_lists(), seed=st.integers(0, 99))
def test_order_and_repetition_do_not_show(collection: list[Statement], seed: int) -> None:
    shuffled = [*collection, *collection]
    random.Random(seed).shuffle(shuffled)
    assert written(shuffled) == written(collection)


@given(one=statement_lists(), other=statement_lists(), third=statement_lists())
def test_merging_is_a_union(one: list[Statement], other: list[Statement], third: list[Statement]) -> None:
    merged = merge_statements(one, other)
    assert merged == merge_statements(other, one) == merge_statements(merged, merged) == merge_statements([*one, *other])
    assert merge_statements(merged, third) == merge_statements(one, merge_statements(other, third))
    assert [statement.sort_key for statement in merged] == sorted({statement.sort_key for statement in merged})
    assert {statement.id for statement in merged} == {statement.id for statement in [*one, *other]}


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("actorgraph 0.9.1 + en_news 0.1.0", "actorgraph 0.10.0 + en_news 0.1.0"),
        ("actorgraph 0.1.0 + en_news 0.1.0", "actorgraph 0.1.0 + en_news 0.2.0"),
        ("actorgraph 0.1.0.dev2 + en_news 0.1.0", "actorgraph 0.1.0 + en_news 0.1.0"),
        ("actorgraph 0.1.0.dev2 + en_news 0.1.0", "actorgraph 0.1.0.dev10 + en_news 0.1.0"),
        ("actorgraph 0.1.0rc1 + en_news 0.1.0", "actorgraph 0.1.0 + en_news 0.1.0"),
        ("actorgraph 0.1.0 + en_news 0.1.0", "actorgraph 0.1.0.1 + en_news 0.1.0"),
        ("", "actorgraph 0.1.0"),
    ],
)
def test_the_higher_version_stays(lower: str, higher: str) -> None:
    old, new = make_statement(version=lower, confidence=0.99), make_statement(version=higher, confidence=0.1)
    assert merge_statements([old, new]) == merge_statements([new, old]) == [new]


def test_a_line_has_the_keys_of_the_record_and_numbers_in_one_form() -> None:
    statement = make_statement("Österreich", confidence=2 / 3, quantity=11000.0, quantity_max=12000.5, quantity_bound="range")
    text = written([statement])
    assert list(json.loads(text)) == list(STATEMENT_FIELDS)
    assert '"confidence": 0.667' in text
    assert '"quantity": 11000, "quantity_max": 12000.5' in text
    assert "Österreich" in text and text.endswith("}\n")


def test_equal_numbers_give_equal_bytes() -> None:
    assert written([make_statement(confidence=1, quantity=10**20)]) == written([make_statement(confidence=1.0, quantity=1e20)])


@pytest.mark.parametrize(
    "changes",
    [{"confidence": float("nan")}, {"confidence": 1.5}, {"confidence": -0.1}, {"quantity": float("inf")}, {"quantity_max": 10**400}],
)
def test_impossible_numbers_are_refused_before_anything_is_written(changes: dict[str, float]) -> None:
    file = io.StringIO()
    with pytest.raises(RecordError) as caught:
        write_statements([make_statement(document="0"), make_statement(**changes)], file)
    assert caught.value.field in changes
    assert file.getvalue() == ""


@pytest.mark.parametrize("suffix", WRITERS)
@given(text=ANY_TEXT)
def test_every_character_survives_but_lone_surrogates_which_keep_their_place(folder: Path, suffix: str, text: str) -> None:
    statement = make_statement(title=text, sentence=text, source=text or None, document=f"d{len(text)}")
    path = folder / f"text{suffix}"
    path.write_bytes(written([statement], suffix).encode())
    [back] = read_statements(path)
    assert back == canonical(statement)
    assert len(back.sentence) == len(text)
    assert all(ours == theirs or "\ud800" <= theirs <= "\udfff" for ours, theirs in zip(back.sentence, text, strict=True))


def test_escaped_surrogates_are_read_as_they_would_be_written(tmp_path: Path) -> None:
    path = tmp_path / "triples.jsonl"
    path.write_text(written([make_statement(title="X")]).replace('"title": "X"', '"title": "\\ud83d\\ude00 \\udc80"'))
    assert read_statements(path)[0].title == "😀 \ufffd"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", "-0"),
        ("quantity", "1" + "0" * 25),
        ("quantity", "9007199254740993"),
        ("quantity", "0.1000000000000000055511151231257827021181583404541015625"),
        ("quantity", "2.5e-324"),
        ("quantity", "1e400"),
        ("quantity", "9" * 5000),
        ("confidence", "1"),
        ("confidence", "0.12345"),
        ("char_start", "-0"),
        ("char_start", "123456789012345678901234567890"),
        ("char_start", "1.0"),
        ("char_start", "true"),
        ("negated", "0"),
        ("modality", '"sure"'),
        ("modality", "null"),
        ("quantity_bound", '"about"'),
        ("title", '"tab\there"'),
        ("title", '"\\u0000\\ud83d\\ude00"'),
        ("title", '"\\udc80"'),
        ("title", '"twice", "title": "again"'),
        ("colour", '"red"'),
    ],
)
def test_a_line_is_read_as_the_standard_library_reads_it(tmp_path: Path, field: str, value: str) -> None:
    line = f'{written([make_statement()]).strip()[:-1]}, "{field}": {value}}}'
    path = tmp_path / "triples.jsonl"
    path.write_text(line)
    try:
        expected = [canonical(Statement.from_dict(json.loads(line)))]
    except (RecordError, ValueError) as error:
        said = str(error) if isinstance(error, RecordError) else "not JSON"
        with pytest.raises(RecordError, match=re.escape(said)):
            read_statements(path)
    else:
        back = read_statements(path)
        assert back == expected and written(back) == written(expected)


# Tables


def test_the_table_tells_null_from_empty_text(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(written([make_statement(title="", source=None)], ".csv"))
    [back] = read_statements(path)
    assert back.title == "" and back.source is None


def test_a_table_may_have_its_columns_in_another_order_and_a_byte_order_mark(tmp_path: Path) -> None:
    statement = make_statement(title="=a", quantity=3)
    rows = io.StringIO()
    record = statement.to_dict()
    write_rows(list(reversed(record)), [list(reversed(record.values()))], rows)
    (tmp_path / "t.csv").write_text("\ufeff" + rows.getvalue(), encoding="utf8")
    assert read_statements(tmp_path / "t.csv") == [statement]


@pytest.mark.parametrize(
    ("table", "message", "line"),
    [
        (b"", "column 'id' is missing", 1),
        (b"id,subject_id\n", "column 'subject' is missing", 1),
        (b'"id\n', "not CSV", 1),
        (b"\xff\xfe", "not UTF-8", 1),
    ],
)
def test_a_table_that_is_none_says_so(tmp_path: Path, table: bytes, message: str, line: int) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(table)
    with pytest.raises(RecordError, match=message) as caught:
        read_statements(path)
    assert caught.value.line == line


def test_a_broken_row_is_told_by_the_line_it_begins_on(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    good = [make_statement(sentence="two\nlines", at=at) for at in (0, 10)]
    path.write_text(written(good[:1], ".csv") + "short,row\n" + written(good[1:], ".csv").partition("\n")[2] + "again,short\n")
    rejects: list[RecordError] = []
    assert read_statements(path, rejects=rejects) == good
    assert [(error.path, error.line) for error in rejects] == [(path, 4), (path, 7)]
    with pytest.raises(RecordError, match="2 cells under"):
        read_statements(path)


@pytest.mark.parametrize(
    ("column", "cell"), [("symmetric", "perhaps"), ("char_start", "1.5"), ("confidence", "high"), ("quantity", "many")]
)
def test_a_cell_of_the_wrong_type_is_told(tmp_path: Path, column: str, cell: str) -> None:
    rows = io.StringIO()
    record = make_statement().to_dict() | {column: cell}
    write_rows(list(record), [list(record.values())], rows)
    (tmp_path / "t.csv").write_text(rows.getvalue())
    with pytest.raises(RecordError, match=f"'{column}' cannot be '{cell}'") as caught:
        read_statements(tmp_path / "t.csv")
    assert (caught.value.line, caught.value.field) == (2, column)


def test_a_table_whose_quoting_breaks_is_refused_even_where_rejects_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(written([make_statement()], ".csv") + '"x" y\n')
    with pytest.raises(RecordError, match="not CSV") as caught:
        read_statements(path, rejects=[])
    assert caught.value.line == 3


def test_a_cell_may_be_longer_than_the_csv_module_reads_by_default(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(written([make_statement(sentence="x" * 300_000)], ".csv"))
    assert len(read_statements(path)[0].sentence) == 300_000


# Where it is read from


def test_folders_files_and_standard_input_read_alike(tmp_path: Path, quarrel: list[Statement], monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "triples.jsonl").write_text(written(quarrel))
    (tmp_path / "other.csv").write_text(written(quarrel, ".csv"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(written(quarrel).encode())))
    expected = merge_statements(quarrel)
    assert read_statements(tmp_path) == read_statements(tmp_path / "other.csv") == read_statements("-") == expected
    assert list(scan_statements(str(tmp_path))) == expected


def test_files_may_be_concatenated(tmp_path: Path, quarrel: list[Statement]) -> None:
    path = tmp_path / "triples.jsonl"
    path.write_text("\ufeff" + written(quarrel[:6]) + "\n\r\n\ufeff" + written(quarrel[4:]), encoding="utf8")
    assert read_statements(path) == merge_statements(quarrel)
    assert len(list(scan_statements(path))) == len(quarrel) + 2


def test_what_is_not_ours_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotATriplesFolder):
        read_statements(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        read_statements(tmp_path / "absent")


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "triples.jsonl"
    path.write_text("")
    monkeypatch.setattr(Path, "open", lambda *args, **options: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    with pytest.raises(InputError, match=re.escape(f"{path}: Permission denied")):
        read_statements(path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b"\xff{}", "not UTF-8"),
        (b'{"id": NaN}', "NaN is no number"),
        (b"{}", "'id' is missing"),
        (b"[" * 100_000, "not JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"colour": "red"}', "unknown field 'colour'"),
    ],
)
def test_a_broken_line_is_told_by_its_number_or_set_aside(tmp_path: Path, quarrel: list[Statement], line: bytes, message: str) -> None:
    path = tmp_path / "triples.jsonl"
    lines = written(quarrel).encode().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:3]) + line + b"\n" + b"".join(lines[3:]))
    with pytest.raises(RecordError, match=message) as caught:
        read_statements(path)
    assert (caught.value.path, caught.value.line) == (path, 4)
    assert str(caught.value).startswith(f"{path}:4: ")
    rejects: list[RecordError] = []
    assert read_statements(path, rejects=rejects) == merge_statements(quarrel)
    assert [error.line for error in rejects] == [4]


@pytest.mark.parametrize("field", STATEMENT_FIELDS)
def test_every_field_is_checked(tmp_path: Path, field: str) -> None:
    record = make_statement().to_dict() | {field: ["a list"]}
    (tmp_path / "triples.jsonl").write_text(json.dumps(record))
    with pytest.raises(RecordError, match=field) as caught:
        read_statements(tmp_path)
    assert caught.value.field == field


@given(statement=statements())
def test_the_store_form_is_reached_at_once(statement: Statement) -> None:
    assert canonical(canonical(statement)) == canonical(statement)
