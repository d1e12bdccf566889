"""Documents from every kind of file, and what is set aside."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.extract.errors import DuplicateDocument, InputError
from actorgraph.extract.readers import Columns, Reject, read_documents
from actorgraph.extract.readers.markdown import plain_text, split_front_matter
from actorgraph.extract.readers.published import dateline, publication_date
from actorgraph.extract.records import Document

GRAIN = "Poland sent grain to Ukraine on Tuesday."
ROAD = "Hungary denied that it had closed the road."


@dataclass
class Outcome:
    documents: list[Document] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    error: InputError | None = None

    @property
    def ids(self) -> list[str]:
        return [document.id for document in self.documents]

    @property
    def reasons(self) -> list[str]:
        return [str(reject) for reject in self.rejects]


def read(*paths: Path | str, **options: Any) -> Outcome:
    outcome = Outcome()
    try:
        for document in read_documents(paths, on_reject=outcome.rejects.append, on_skip=outcome.skipped.append, **options):
            outcome.documents.append(document)
    except InputError as error:
        outcome.error = error
    return outcome


Writer = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Writer:
    """Write a file below the current folder; messages then name it shortly."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: str | bytes = GRAIN) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write


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


# Markdown

MARKDOWN = """# Grain for *Ukraine*

Poland **sent** [two hundred
trucks](https://harbour.example "Trucks") of `grain`.\\
More ![a photo](truck.jpg) will follow &mdash; <b>soon</b>, ~~perhaps~~ said [Warsaw][1].

## What next

* Hungary denied it.
* Slovakia
  agreed.

> We will stay.

<!-- a comment -->
<div>A box</div>

| Country | Tonnes |
|---------|--------|
| Poland  | 200    |

***

[1]: https://warsaw.example
"""

PLAIN = """Grain for Ukraine

Poland sent two hundred
trucks of grain.
More  will follow — soon, perhaps said Warsaw.

What next

Hungary denied it.

Slovakia
agreed.

We will stay.

A box

Country

Tonnes

Poland

200"""


def test_markdown_loses_its_marks_and_keeps_its_paragraphs(write: Writer) -> None:
    (document,) = read(write("a.md", MARKDOWN)).documents
    assert document.text == PLAIN
    assert document.title == "Grain for Ukraine"


def test_front_matter_names_the_title_before_a_heading_does(write: Writer) -> None:
    (document,) = read(write("a.md", "---\ntitle: From above\n---\n# From below\n\nText")).documents
    assert document.title == "From above"
    assert document.text == "From below\n\nText"


@given(st.text(alphabet=st.sampled_from("ab \n*_[]()#>-`~!<>|&;:1.\\"), max_size=300))
def test_any_markdown_gives_text(markdown: str) -> None:
    text, _ = plain_text(markdown)
    assert text == text.strip()


@pytest.mark.parametrize("piece", ["[", "*a ", ">", "- ", "`", "![[", "<", "<!--", "<a ", "_a", "[a]: b\n", "|a", "&amp"])
def test_markdown_of_nothing_but_marks_takes_no_time(piece: str) -> None:
    text, _ = plain_text(piece * (100_000 // len(piece)))
    assert len(text) <= 200_000


# Web pages

PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8">
<title>Grain for Ukraine - Harbour Post</title>
<meta property="og:title" content="Grain for Ukraine">
<meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2031-05-14T08:30:00+02:00">
<link rel="canonical" href="https://harbour.example/2031/grain">
<script>var tracker = "Russia attacked Ukraine";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Grain for Ukraine</h1>
<p>Poland sent two hundred trucks of grain to Ukraine on Tuesday, officials said.
It was the third shipment of the month, and the largest one so far.</p>
<p>Hungary <b>denied</b> that it had closed the road.<br>Slovakia said that trucks were <a href="x">free to pass</a> at any hour.</p>
<ul><li>France will host talks.</li><li>Spain may join.</li></ul>
</article>
<aside>Subscribe to our newsletter now and get twenty percent off.</aside>
<footer>Copyright 2019 Harbour Post. All rights reserved. We use cookies.</footer></body></html>"""


def test_the_article_of_a_page_is_taken_out(write: Writer) -> None:
    for name in ("a.html", "a.htm.gz"):
        (document,) = read(write(name, PAGE)).documents
        assert document.text == (
            "Grain for Ukraine\n\n"
            "Poland sent two hundred trucks of grain to Ukraine on Tuesday, officials said. "
            "It was the third shipment of the month, and the largest one so far.\n\n"
            "Hungary denied that it had closed the road.\nSlovakia said that trucks were free to pass at any hour.\n\n"
            "France will host talks.\n\nSpain may join."
        )
        assert document.title == "Grain for Ukraine"
        assert document.published == "2031-05-14"
        assert document.source == "Harbour Post"
        assert document.url == "https://harbour.example/2031/grain"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="date" content="2024-10-25">', "2024-10-25"),
        ('<meta name="pubdate" content="25 October 2024">', "2024-10-25"),
        (
            '<meta property="article:modified_time" content="2024-11-30"><meta property="article:published_time" content="2024-10-25">',
            "2024-10-25",
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-10-25T01:02:03Z"}</script>', "2024-10-25"),
        ("", None),
    ],
)
def test_a_page_is_dated_by_what_it_states(write: Writer, head: str, published: str | None) -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2031-05-14T08:30:00+02:00">', head)
    assert read(write("a.html", page)).documents[0].published == published


def test_a_fragment_of_a_page_is_read(write: Writer) -> None:
    assert read(write("a.html", "<p>Poland sent grain &amp; oil.</p>")).documents[0].text == "Poland sent grain & oil."


def test_a_page_in_the_encoding_that_it_names(write: Writer) -> None:
    page = PAGE.replace("utf-8", "windows-1252").replace("Hungary", "Curaçao").encode("cp1252")
    assert "Curaçao denied" in read(write("a.html", page)).documents[0].text


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"", "no article that stands out"),
        (b"<html><head><title>x</title></head><body></body></html>", "no article that stands out"),
        (b"<div>" * 20_000, "no article that stands out"),
        (b"<html><body>\xff\xfe</body></html>", "is not utf-8 text"),
        (b"<meta charset=klingon>\xff", "unknown encoding (klingon)"),
        (b"<meta charset=ascii>\xff", "is not ascii text"),
    ],
)
def test_a_page_without_an_article_is_set_aside(write: Writer, page: bytes, reason: str) -> None:
    outcome = read(write("a.html", page))
    assert reason in outcome.reasons[0]


# Rows


def test_json_lines(write: Writer) -> None:
    lines = [
        {
            "id": "g",
            "text": GRAIN,
            "title": " Grain\nfor Ukraine ",
            "published": "25 October 2024",
            "source": "Post",
            "url": "https://x",
            "tags": [],
        },
        {"id": 7, "text": ROAD, "published": 20241026},
        {"text": "Spain\r\nagreed\ud800.", "title": None, "source": {"name": "x"}, "published": "soon"},
    ]
    outcome = read(write("a.jsonl", "\ufeff" + "\n\n".join(map(json.dumps, lines)) + "\r\n"))
    assert not outcome.rejects
    assert outcome.documents == [
        Document("g", GRAIN, "Grain for Ukraine", "2024-10-25", "Post", "https://x"),
        Document("7", ROAD, published="2024-10-26"),
        Document("a.jsonl:5", "Spain\nagreed\ufffd."),
    ]


def test_broken_lines_are_set_aside_by_their_number(write: Writer) -> None:
    good = json.dumps({"text": GRAIN}).encode()
    lines = [
        good,
        b'{"text": "cut off',
        b"[1, 2]",
        b'{"text": "\xff"}',
        b'{"text": 7}',
        b"{}",
        b'{"text": "  "}',
        b"[" * 100_000,
        b'{"text": ' + b"9" * 5000 + b"}",
        good,
    ]
    outcome = read(write("a.jsonl", b"\n".join(lines)))
    assert outcome.ids == ["a.jsonl:1", "a.jsonl:10"]
    assert [reject.line for reject in outcome.rejects] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert outcome.reasons[0].startswith("a.jsonl:2: is not JSON (Unterminated string")
    assert outcome.reasons[1] == "a.jsonl:3: is not a JSON object"
    assert outcome.reasons[2].startswith("a.jsonl:4: is not utf-8 text")
    assert outcome.reasons[3].startswith("a.jsonl:5: 'text' is not a string")
    assert outcome.reasons[4].startswith("a.jsonl:6: 'text' is missing")
    assert outcome.reasons[5] == "a.jsonl:7: has no text"


def test_csv_with_mapped_columns(write: Writer) -> None:
    write("a.csv", f'nr,Body,Headline,day\n1,"{GRAIN}",Grain,2024-10-25\n2,"Spain\r\n""agreed"".",,\n')
    columns = Columns(text="Body", id="nr", title="Headline", published="day")
    assert read("a.csv", columns=columns).documents == [
        Document("1", GRAIN, "Grain", "2024-10-25"),
        Document("2", 'Spain\n"agreed".'),
    ]


@pytest.mark.parametrize("delimiter", ",;\t|")
def test_csv_with_any_delimiter_and_line_end(write: Writer, delimiter: str) -> None:
    for end in ("\n", "\r\n", "\r"):
        rows = [["title", "text"], ["Grain", GRAIN], [""], ["Road", ROAD]]
        write("a.csv", "\ufeff" + end.join(delimiter.join(row) for row in rows))
        outcome = read("a.csv")
        assert [(document.id, document.title, document.text) for document in outcome.documents] == [
            ("a.csv:1", "Grain", GRAIN),
            ("a.csv:2", "Road", ROAD),
        ]


def test_broken_rows_are_set_aside_by_their_first_line(write: Writer) -> None:
    rows = [
        b"id,text",
        b'a,"Spain\nagreed."',  # lines 2 and 3
        b'b,"quoted" badly',
        b"c",
        b"d,\xff",
        b"e,",
        b"f,fine,one cell too many",
        b'g,"never closed',
        b"h,lost in the quotation",
    ]
    outcome = read(write("a.csv", b"\n".join(rows)))
    assert outcome.ids == ["a", "f"]
    assert [reject.line for reject in outcome.rejects] == [4, 5, 6, 7, 9]
    assert outcome.reasons[0].startswith("a.csv:4: is not CSV")


@pytest.mark.parametrize(
    ("content", "columns", "reason"),
    [
        ("", None, "a.csv:1: has no column 'text', only an empty line; say which one holds the text"),
        ("id,body\n1,x\n", None, "a.csv:1: has no column 'text', only id, body; say which one holds the text"),
        ("id,text\n1,x\n", Columns(title="headline"), "a.csv:1: has no column 'headline', only id, text"),
    ],
)
def test_a_missing_column_sets_the_file_aside(write: Writer, content: str, columns: Columns | None, reason: str) -> None:
    assert read(write("a.csv", content), columns=columns).reasons == [reason]


def test_an_article_longer_than_the_usual_cell(write: Writer) -> None:
    text = GRAIN + " Spain agreed." * 20_000
    assert read(write("a.csv", f"text\n{text}\n")).documents[0].text == text


def test_undecodable_rows_of_a_wide_encoding_set_the_rest_aside(write: Writer) -> None:
    outcome = read(write("a.jsonl", json.dumps({"text": GRAIN}).encode("utf-16-le") + b"\n\x00\x00\xd8\x00\x00"), encoding="utf-16-le")
    assert outcome.reasons == ["a.jsonl: is not utf-16-le text; name its encoding (as cp1252 or utf-16)"]


# Standard input


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (GRAIN.encode(), ["stdin"]),
        (b'\xef\xbb\xbf\n {"text": "Spain agreed."}\n{"id": "x", "text": "Spain agreed."}\n', ["stdin:2", "x"]),
    ],
)
def test_standard_input_is_text_or_json_lines(monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(data))
    assert read("-").ids == ids


def test_closed_or_empty_standard_input_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert read("-").reasons == ["standard input: is closed"]
    monkeypatch.setattr(sys, "stdin", Stdin(b""))
    assert read("-").reasons == ["standard input: has no text"]


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
