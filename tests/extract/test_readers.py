"""Documents from files and folders: which are read, their text, and what is set aside."""

from __future__ import annotations

import gzip
import json
import os
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.extract.errors import DuplicateDocument, InputError
from actorgraph.extract.readers import read_documents
from actorgraph.extract.readers.markdown import split_front_matter
from actorgraph.extract.readers.published import dateline, publication_date

from .conftest import Writer
from .reading import GRAIN, ROAD, read

# Which files


def test_folder_is_searched_in_order_and_ids_are_paths_below_it(write: Writer) -> None:
    for name in ("news/b.txt", "news/a/z.txt", "news/a.txt", "news/a/deep/er.md", "news/Z.TXT"):
        write(name)
    assert read("news").ids == ["Z.TXT", "a.txt", "a/deep/er.md", "a/z.txt", "b.txt"]


def test_a_named_file_goes_by_its_name(write: Writer) -> None:
    write("news/deep/a.txt")
    assert read("news/deep/a.txt").ids == ["a.txt"]
    assert [document.id for document in read_documents("news/deep/a.txt")] == ["a.txt"]


def test_other_kinds_hidden_files_and_linked_folders_are_passed_over(write: Writer) -> None:
    write("news/a.txt")
    write("news/photo.jpg")
    write("news/.hidden.txt")
    write("news/.git/b.txt")
    write("elsewhere/c.txt")
    os.mkfifo("news/pipe.txt")
    Path("news/link").symlink_to("../elsewhere")
    Path("news/loop").symlink_to(".")
    outcome = read("news")
    assert outcome.ids == ["a.txt"]
    assert sorted(path.name for path in outcome.skipped) == ["link", "loop", "photo.jpg", "pipe.txt"]
    assert not outcome.rejects


def test_an_output_folder_stands_for_its_documents_and_is_passed_over_inside_another(write: Writer) -> None:
    write("news/a.txt")
    write("news/out/documents.jsonl", json.dumps({"id": "b.txt", "text": GRAIN}) + "\n")
    write("news/out/triples.jsonl", "")
    write("news/out/report.md", "Report")
    assert read("news").ids == ["a.txt"]
    assert read("news/out").ids == ["b.txt"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.txt", "missing.txt: no such file or directory"),
        ("photo.jpg", "photo.jpg: unknown kind of file; known are .txt .md"),
        ("photo.jpg.gz", "photo.jpg.gz: unknown kind"),
        ("noext", "noext: unknown kind"),
        ("empty", "empty: no articles here; what is read is .txt .md"),
        ("n" * 300 + ".txt", "file name too long"),
        ("nul\0.txt", "null"),
    ],
)
def test_a_path_that_cannot_be_meant_is_an_error_before_anything_is_read(write: Writer, name: str, message: str) -> None:
    for existing in ("photo.jpg", "photo.jpg.gz", "noext", "empty/photo.jpg", "a.txt"):
        write(existing)
    with pytest.raises(InputError) as caught:
        read_documents([name])
    assert message in str(caught.value)


def test_no_path_at_all_is_an_error() -> None:
    with pytest.raises(InputError, match="no path"):
        read_documents([])


def test_two_inputs_with_one_id_are_an_error(write: Writer) -> None:
    write("x/a.txt")
    write("y/a.txt")
    assert read("x", "y").error is not None
    with pytest.raises(DuplicateDocument, match=r"x/a\.txt and y/a\.txt"):
        list(read_documents(["x", "y"]))


def test_two_rows_with_one_id_are_an_error(write: Writer) -> None:
    write("a.csv", f"id,text\n7,{GRAIN}\n7,{ROAD}\n")
    with pytest.raises(DuplicateDocument, match=r"a\.csv:2 and a\.csv:3"):
        list(read_documents("a.csv"))


def test_an_unreadable_name_still_gives_an_id_that_can_be_written(write: Writer) -> None:
    write("news/a.txt").rename(os.fsdecode(b"news/caf\xe9.txt"))
    assert read("news").ids == ["caf\ufffd.txt"]


def test_progress_ends_at_one_and_never_goes_back(write: Writer) -> None:
    for name in "abc":
        write(f"news/{name}.txt")
    write("news/d.jsonl.gz", "".join(json.dumps({"text": f"{GRAIN} {number}" * 500}) + "\n" for number in range(50)))
    shares: list[float] = []
    read("news", on_progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 50


# Text


@pytest.mark.parametrize(
    ("content", "options", "text"),
    [
        (b"one\r\ntwo\rthree\n", {}, "one\ntwo\nthree\n"),
        (b"\xef\xbb\xbfone", {}, "one"),
        ("caf\u00e9\u2028x\x0b\x85".encode(), {}, "caf\u00e9\u2028x\x0b\x85"),
        ("café".encode("cp1252"), {"encoding": "cp1252"}, "café"),
        ("\ufeffcafé".encode("utf-16"), {"encoding": "UTF-16"}, "café"),
        ("\ufeffcafé".encode("utf-16-le"), {"encoding": "utf-16-le"}, "café"),
        (b"  indented\n\n", {}, "  indented\n\n"),
    ],
)
def test_text_is_kept_as_it_stands_but_for_newlines_and_byte_order_mark(
    write: Writer, content: bytes, options: dict[str, Any], text: str
) -> None:
    for name in ("a.txt", "b.txt.gz"):
        assert read(write(name, content), **options).documents[0].text == text


@pytest.mark.parametrize("encoding", ["utf-9", "klingon", ""])
def test_an_unknown_encoding_is_an_error(write: Writer, encoding: str) -> None:
    with pytest.raises(InputError, match="unknown encoding"):
        read_documents(write("a.txt"), encoding=encoding)


FRONT_MATTER = """---
title: "Poland: grain for Ukraine"
Date: 2024-10-25T08:30:00+02:00
publisher: Harbour Post
link: https://harbour.example/grain
tags: [grain, "trade"]
draft: null
---

Poland sent grain.
"""


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.md.gz"])
def test_front_matter_is_read_and_is_no_text(write: Writer, name: str) -> None:
    (document,) = read(write(name, FRONT_MATTER)).documents
    assert document.text.strip() == "Poland sent grain."
    assert document.title == "Poland: grain for Ukraine"
    assert document.published == "2024-10-25"
    assert document.source == "Harbour Post"
    assert document.url == "https://harbour.example/grain"


@pytest.mark.parametrize(
    "text",
    [
        "---\nA ruler above, and one below.\n---\nMore.",
        "--- a dash\n",
        "---\n",
        "---\ntitle: without an end\n",
        "text\n---\ntitle: x\n---\n",
        "---\n- a\n- b\n---\ntext",
        "---\n---\ntext",
    ],
)
def test_what_is_no_front_matter_stays_text(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


@pytest.mark.parametrize(
    ("yaml", "line"),
    [("title: Grain: a history", 2), ("title: x\nurl: 'open", None), ("a: " + "[" * 5000, None), ("a: &a [*b]", 2), ("title: \x01", None)],
)
def test_broken_front_matter_is_set_aside(write: Writer, yaml: str, line: int | None) -> None:
    outcome = read(write("a.txt", f"---\n{yaml}\n---\ntext"))
    assert "front matter that is not YAML; put its values in quotes" in outcome.reasons[0]
    if line is not None:
        assert outcome.rejects[0].line == line


def test_front_matter_cannot_make_objects_or_grow() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefghij", "bcdefghijk", strict=True))
    assert split_front_matter(f"---\n{bomb}title: !!python/object/apply:os.system ['true']\nurl: x\n---\ntext") == ({"url": "x"}, "text")


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Oct, 25 2024\nNorth Korea sent soldiers.", "2024-10-25"),
        ("Troops on the move\n\n  25 October 2024  \nText", "2024-10-25"),
        ("**October 25, 2024**\nText", "2024-10-25"),
        ("2024\nText", None),
        ("October 2024\nText", None),
        ("On 25 October 2024 North Korea sent soldiers.", None),
        ("a\nb\nc\n25 October 2024", None),
        ("", None),
    ],
)
def test_a_date_alone_on_a_first_line_dates_the_article(text: str, published: str | None) -> None:
    assert dateline(text) == published


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("2024", "2024"),
        ("2024-10", "2024-10"),
        ("2024-10-25", "2024-10-25"),
        ("2024-10-25T23:59:00-11:00", "2024-10-25"),
        ("2024-10-25 08:30", "2024-10-25"),
        ("20241025", "2024-10-25"),
        ("20241025T083000Z", "2024-10-25"),
        ("2024/10/5", "2024-10-05"),
        ("2024.10.25", "2024-10-25"),
        ("Fri, 25 Oct 2024 08:30:00 GMT", "2024-10-25"),
        ("25-Oct-2024", "2024-10-25"),
        ("Friday, October 25, 2024 at 8:30 am EDT", "2024-10-25"),
        ("Oct. 25th, 2024", "2024-10-25"),
        ("Sept 3 2024", "2024-09-03"),
        ("MAY 2024", "2024-05"),
        ("25/10/2024", "2024-10-25"),
        ("10/25/2024", "2024-10-25"),
        ("10/10/2024", "2024-10-10"),
        ("10/11/2024", None),  # October or November
        ("2024-13-01", None),
        ("2024-02-30", None),
        ("31 June 2024", None),
        ("0024-10-25", None),
        ("yesterday", None),
        ("25", None),
        ("1729843200", None),
        ("2024-10-25T00:00:00" + "x" * 100, None),
        ("", None),
        (None, None),
    ],
)
def test_publication_dates(value: str | None, published: str | None) -> None:
    assert publication_date(value) == published


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_way_to_write_a_date_gives_the_same_date(day: date) -> None:
    forms = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 00:00:00 GMT", "%Y%m%d", "%Y-%m-%dT%H:%M:%SZ")
    assert {publication_date(day.strftime(form)) for form in forms} == {day.isoformat()}


@given(st.text(max_size=60))
def test_any_value_is_a_date_or_none(value: str) -> None:
    published = publication_date(value)
    assert published is None or publication_date(published) == published


# What is set aside


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bad.txt", b"fine\nKim \xff Jong", "bad.txt:2: is not utf-8 text; name its encoding"),
        ("bad.txt", b" \n\t", "bad.txt: has no text"),
        ("bad.txt", GRAIN * 50, "bad.txt: is larger than 1,000 bytes"),
        ("bad.txt.gz", GRAIN * 50, "bad.txt.gz: is larger than 1,000 bytes"),
        ("bad.jsonl.gz", json.dumps({"text": GRAIN * 50}), "bad.jsonl.gz:1: is larger than 1,000 characters"),
        ("bad.csv", f"text\n{GRAIN * 50}", "bad.csv:2: is larger than 1,000 characters"),
        ("bad.csv", 'text\n"' + f"{GRAIN}\n" * 50 + '"', "bad.csv:2: is larger than 1,000 characters"),
        ("bad.md", b"![](photo.jpg)", "bad.md: has no text"),
        ("bad.txt", "Венгрия опровергла сообщения о том, что дорога закрыта.", "bad.txt: is not English"),
        ("bad.jsonl", '\n{"text": "Венгрия опровергла сообщения о том, что дорога закрыта."}', "bad.jsonl:2: is not English"),
    ],
)
def test_what_cannot_be_used_is_set_aside_and_the_others_go_on(write: Writer, name: str, content: str | bytes, reason: str) -> None:
    write("news/a.txt")
    write("news/z.txt")
    os.chdir("news")
    write(name, content)
    outcome = read(".", limit=1000)
    assert outcome.ids == ["a.txt", "z.txt"]
    assert len(outcome.rejects) == 1
    assert outcome.reasons[0].startswith(reason)
    assert outcome.error is None


def test_damaged_archives_are_set_aside(write: Writer) -> None:
    write("a.txt")
    whole = gzip.compress(os.urandom(2000).hex().encode())
    Path("cut.txt.gz").write_bytes(whole[:1000])
    Path("none.txt.gz").write_bytes(b"plain text")
    Path("wrong.txt.gz").write_bytes(whole[:100] + b"\0" * 50 + whole[150:])
    Path("cut.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Spain agreed."}\n' * 3 + os.urandom(2000).hex().encode())[:-200])
    outcome = read(".")
    assert outcome.ids == ["a.txt", "cut.jsonl.gz:1", "cut.jsonl.gz:2", "cut.jsonl.gz:3"]
    assert sorted(str(reject) for reject in outcome.rejects) == [
        "cut.jsonl.gz: ends in the middle of its gzipped content",
        "cut.txt.gz: ends in the middle of its gzipped content",
        "none.txt.gz: is not gzipped, or damaged",
        "wrong.txt.gz: is not gzipped, or damaged",
    ]


def test_another_language_is_read_when_asked_for(write: Writer) -> None:
    assert read(write("a.txt", "Венгрия опровергла сообщения о том, что дорога закрыта."), any_language=True).ids == ["a.txt"]


def test_a_bomb_is_set_aside_without_unpacking_it(write: Writer) -> None:
    with gzip.open("bomb.txt.gz", "wb") as file:
        for _ in range(200):
            file.write(bytes(1_000_000))
    assert "larger than" in read("bomb.txt.gz", limit=1_000_000).reasons[0]


def test_nothing_readable_at_all_is_an_error(write: Writer) -> None:
    outcome = read(write("a.txt", b"\xff"))
    assert str(outcome.error).startswith("nothing could be read; a.txt:1: is not utf-8 text")


def test_without_a_callback_rejects_are_warnings(write: Writer) -> None:
    write("a.txt")
    write("b.txt", b"\xff")
    with pytest.warns(UserWarning, match=r"b\.txt:1: is not utf-8 text"):
        assert len(list(read_documents(["a.txt", "b.txt"]))) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        list(read_documents(["a.txt"]))


@given(data=st.binary(max_size=200), suffix=st.sampled_from([".txt", ".md", ".html", ".jsonl", ".csv", ".txt.gz", ".csv.gz"]))
def test_any_bytes_are_read_or_set_aside(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(data)
    outcome = read(path)
    assert outcome.documents or outcome.rejects or suffix.startswith((".jsonl", ".csv"))
    for document in outcome.documents:
        document.text.encode()
        assert "\r" not in document.text
    for reject in outcome.rejects:
        json.dumps(reject.to_dict())
