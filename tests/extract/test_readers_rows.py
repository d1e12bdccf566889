"""Documents from rows of JSON Lines and CSV, and from standard input."""

from __future__ import annotations

import io
import json
import sys

import pytest

from actorgraph.extract.readers import Columns
from actorgraph.extract.records import Document

from .conftest import Writer
from .reading import GRAIN, ROAD, read

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
