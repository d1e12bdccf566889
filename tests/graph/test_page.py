"""The page as a file: what it says, that it is safe whatever it says, and the same each time."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statements import ANY_TEXT, HOSTILE, make_statement, statement_lists

from actorgraph.extract.errors import OutputError
from actorgraph.extract.records import Statement
from actorgraph.graph import render_page
from actorgraph.graph.evidence import days, marks, quantity, safe_url
from actorgraph.graph.page import page_html

VOID = {"meta", "link", "input", "br"}
MARKUP = [
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "' onclick='alert(1)", "<!-- --!>",
    "]]>", "javascript:alert(1)", "&lt;b&gt;", "{{ 7 * 7 }}", "{% raw %}", "${alert(1)}", "</title><h1>", "</noscript><b>", "</template>",
    "\u2028\u2029", "\ud800", "\0", "__proto__", "constructor",
]  # fmt: skip


class Reader(HTMLParser):
    """The elements of a page, with their attributes and the text of those that hold raw text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]][-1] += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def data(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found, "the page holds no data"
    loaded: dict[str, Any] = json.loads(found[1])
    return loaded


def policy(html: str) -> dict[str, str]:
    content = next(meta["content"] for meta in Reader(html).of("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    return dict((*directive.strip().split(" ", 1), "")[:2] for directive in (content or "").split(";"))


def digest(html: str) -> str:
    """What to compare pages by: showing how two of them differ takes minutes."""
    return hashlib.sha256(html.encode()).hexdigest()


def hash_of(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def everywhere(text: str) -> Statement:
    """A statement with a text in every free field, and in its sentence."""
    text = text or "x"
    statement = make_statement("Ana Novak", "does to", "Serbia", "AID", quantity=1)
    free = dict.fromkeys(
        ["subject", "relation", "attributed_to", "quantity_text", "quantity_unit", "event_date", "title", "source", "url", "published", "frame", "rule"], text
    )
    return replace(statement, **free, subject_sector=text, sentence=f"{text} does to Serbia.", char_end=len(text) + 16)


@pytest.mark.parametrize("text", MARKUP + HOSTILE, ids=lambda text: repr(text)[:40])
def test_no_text_becomes_markup(text: str) -> None:
    plain, page = (Reader(page_html([everywhere(word)], title=word)) for word in ("plain", text))
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in plain.elements]
    assert not page.open
    assert [sorted(attributes) for _, attributes in page.elements] == [sorted(attributes) for _, attributes in plain.elements]


@settings(max_examples=15)
@given(ANY_TEXT)
def test_any_text_arrives_as_it_is(text: str) -> None:
    html = page_html([everywhere(text)], title=text)
    html.encode("utf8")
    loaded, kept = data(html), re.sub("[\ud800-\udfff]", "\ufffd", text)
    assert loaded["sentences"] == [f"{kept or 'x'} does to Serbia."]
    assert loaded["relations"][0]["relation"] == loaded["statements"][0]["by"] == loaded["documents"][0]["title"] == (kept or "x")


@settings(max_examples=15)
@given(statement_lists())
def test_the_page_is_the_same_for_the_same_statements_in_any_order(statements: list[Statement]) -> None:
    shuffled = random.Random(1).sample(statements, len(statements))
    assert digest(page_html(statements)) == digest(page_html(shuffled)) == digest(page_html(shuffled + statements))


def test_two_files_hold_the_same_bytes(quarrel: list[Statement], tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        render_page(iter(quarrel), tmp_path / name, title="A quarrel")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_every_script_and_style_is_allowed_by_its_hash_and_nothing_else(quarrel: list[Statement]) -> None:
    html = page_html(quarrel)
    rules = policy(html)
    scripts = [text for attributes, text in re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL) if "json" not in attributes]
    assert len(scripts) == 2
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [hash_of(script) for script in scripts]
    assert rules["style-src"].split() == [hash_of(style) for style in re.findall(r"<style>(.*?)</style>", html, re.DOTALL)]
    assert rules.keys() == {"default-src", "script-src", "style-src", "img-src", "base-uri", "form-action", "require-trusted-types-for", "trusted-types"}
    assert rules["img-src"] == "data:"


def test_nothing_is_loaded_and_no_attribute_runs_anything(quarrel: list[Statement]) -> None:
    page = Reader(page_html(quarrel))
    for tag, attributes in page.elements:
        assert not any(name.startswith("on") or name == "style" for name in attributes), (tag, attributes)
        assert all((attributes.get(name) or "data:").startswith("data:") for name in ("src", "href", "action", "srcdoc"))


def test_our_scripts_write_text_and_never_markup() -> None:
    from importlib import resources

    for script in sorted((resources.files("actorgraph.graph") / "templates").iterdir(), key=lambda path: path.name):
        if script.name.endswith(".js"):
            assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(|XMLHttp", script.read_text("utf8")), script


def test_the_notice_of_vis_network_stays(quarrel: list[Statement]) -> None:
    html = page_html(quarrel)
    assert "@copyright (c) 2017-2019 visjs contributors" in html
    assert "Apache-2.0" in html or "Apache 2.0 License" in html


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://news.example/a?b=c&d#e", True), ("http://news.example", True), ("HTTPS://news.example/", True), ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False), ("java\nscript:alert(1)", False), (" https://news.example", False), ("data:text/html,x", False),
        ("file:///etc/passwd", False), ("//news.example/x", False), ("https://", False), ("https:news.example", False), ("ftp://news.example", False),
        ("https://bank.example@evil.example/", False), ("https://news.example\\@evil.example", False), ("https://[broken", False),
        ("https://news.example/\u202e", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(url: str | None, safe: bool) -> None:
    assert safe_url(url) == (url if safe else None)
    assert ("url" in data(page_html([make_statement(url=url)]))["documents"][0]) is safe


def test_the_data_say_who_does_what_to_whom_and_how_it_is_said(quarrel: list[Statement]) -> None:
    loaded = data(page_html(quarrel))
    names = [actor["name"] for actor in loaded["actors"]]
    assert names[:2] == ["Serbia", "Kosovo"], "the strongest first"
    assert "rebels" not in names
    relations = {
        (names[edge["from"]], relation["type"], names[edge["to"]]): relation
        for edge, relation in zip(loaded["edges"], loaded["relations"], strict=True)
    }
    arms = relations["Serbia", "AID", "Kosovo"]
    assert arms["relation"] == "send troops to"
    assert arms["also"] == ["deploy force to"]
    assert arms["contested"]
    said = [loaded["statements"][number] for number in arms["statements"]]
    assert [(s.get("how"), s.get("not"), s.get("by"), s.get("q")) for s in said] == [
        (None, None, None, "some 500 troops"), (None, None, "Albanian officials", "up to 1,200 troops"), (None, True, "Belgrade", None), ("planned", None, None, None),
    ]  # fmt: skip
    assert names[said[2]["a"]] == "Serbia"
    assert relations["Hungary", "ALLY", "Serbia"]["symmetric"]
    arrows = {relation["type"]: edge["arrows"]["to"]["enabled"] for edge, relation in zip(loaded["edges"], loaded["relations"], strict=True)}
    assert arrows["AID"]
    assert not arrows["ALLY"]


def test_numbers_that_cannot_all_be_right_are_marked() -> None:
    counts = [make_statement(at=100 * i, quantity=number, quantity_bound="exact", quantity_unit="troops") for i, number in enumerate((500, 900))]
    assert data(page_html(counts))["relations"][0]["differ"]
    assert not data(page_html(counts[:1]))["relations"][0]["differ"]


def test_groups_without_a_country_are_shown_on_request(quarrel: list[Statement]) -> None:
    assert "rebels" in {actor["name"] for actor in data(page_html(quarrel, groups=True))["actors"]}


def test_kinds_differ_in_shape_and_strong_actors_are_larger(quarrel: list[Statement]) -> None:
    loaded = data(page_html(quarrel))
    shapes = {node["group"]: node["shape"] for node in loaded["nodes"]}
    assert shapes == {"country": "dot", "person": "diamond"}
    assert loaded["nodes"][0]["size"] > loaded["nodes"][-1]["size"]
    assert loaded["options"]["physics"] == {"enabled": False}


def test_edges_between_the_same_two_actors_run_apart(quarrel: list[Statement]) -> None:
    both = [make_statement(type=type_, at=100 * at) for at, type_ in enumerate(["AID", "ALLY", "SUPPORT"])]
    back = [make_statement("Serbia", "attack", "Hungary", "ASSAULT", at=900)]
    curves = [edge["smooth"] and (edge["from"], edge["smooth"]["type"], edge["smooth"]["roundness"]) for edge in data(page_html(both + back))["edges"]]
    assert len(set(curves)) == 4


def test_a_mark_is_where_the_words_are_counted_as_javascript_counts() -> None:
    statement = make_statement("🇭🇺 Hungary", "sends 🛩 to", "Serbia", at=50)
    sentence = statement.sentence.encode("utf-16-le")
    assert [(sentence[2 * start : 2 * end].decode("utf-16-le"), role) for start, end, role in marks(statement)] == [
        ("🇭🇺 Hungary", "s"), ("sends 🛩 to", "p"), ("Serbia", "o"),
    ]  # fmt: skip


def test_of_two_mentions_one_in_the_other_both_are_marked() -> None:
    title = make_statement("Ana Novak", "leads", "Serbia", subject_start=0, subject_end=16, object_start=3, object_end=9, predicate_start=10, predicate_end=16)
    assert marks(title) == [(0, 3, "s"), (3, 9, "o"), (9, 10, "s"), (10, 16, "p")]


@given(statement_lists(max_size=3), st.integers(-60, 60))
def test_marks_never_overlap_nor_leave_the_sentence(statements: list[Statement], shift: int) -> None:
    for statement in statements:
        found = marks(replace(statement, object_start=statement.object_start + shift, object_end=statement.object_end + shift))
        ends = [0, *(edge for start, end, _ in found for edge in (start, end)), len(statement.sentence.encode("utf-16-le", "surrogatepass")) // 2]
        assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (None, None), ("", None), ("1970", (0, 364)), ("1970-02", (31, 58)), ("1970-01-02", (1, 1)), ("1970-01-02/1970-02", (1, 58)),
        ("1972", (730, 1095)), ("1970-13", None), ("1970-02-30", None), ("soon", None), ("0000", None), ("1970-03/1970-01-01", (0, 59)),
    ],
)  # fmt: skip
def test_a_date_is_its_first_and_last_day(date: str | None, expected: tuple[int, int] | None) -> None:
    assert days(date) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None), ({"quantity": 300, "quantity_bound": "at_least", "quantity_unit": "troops"}, "at least 300 troops"),
        ({"quantity": 11000, "quantity_max": 12000, "quantity_bound": "range", "quantity_unit": "troops"}, "11,000–12,000 troops"),
        ({"quantity": 2.5, "quantity_bound": "exact"}, "2.5"), ({"quantity": 5, "quantity_text": "some five men"}, "some five men"),
    ],
)  # fmt: skip
def test_a_quantity_reads_as_the_text_has_it(changes: dict[str, Any], expected: str | None) -> None:
    assert quantity(make_statement(**changes)) == expected


def crowd(actors: int) -> list[Statement]:
    """Everyone supports the next one, low numbers most often."""
    return [
        make_statement(f"Actor {i}", "support", f"Actor {i + 1}", at=100 * at, document=f"{i}.txt")
        for i in range(actors - 1)
        for at in range(actors - i)
    ]


def test_of_a_large_graph_the_strongest_part_is_shown_and_the_rest_is_counted() -> None:
    html = page_html(crowd(30), max_actors=10, max_relations=5)
    loaded = data(html)
    assert [actor["name"] for actor in loaded["actors"]] == ["Actor 1", "Actor 2", "Actor 3", "Actor 4", "Actor 5", "Actor 6"]
    note = re.findall(r'<template id="left-out">(.*?)</template>', html)
    assert note == [
        "Shown are the strongest 5 relations between 6 actors. Left out are 24 weaker relations with 329 statements, and 24 actors."
    ]
    assert "Left out" not in page_html(crowd(30))


def test_an_empty_graph_gives_a_page_that_says_so(quarrel: list[Statement]) -> None:
    html = page_html([], title="Nothing yet")
    assert "<h1>Nothing yet</h1>\n<p>There are no relations to show.</p>" in html
    assert "<script>" not in html
    assert policy(html)["script-src"] == "'none'"
    assert "What was read (1 statement) is about groups whose country is not known" in page_html(quarrel[-1:])


def test_without_scripts_there_is_a_table(quarrel: list[Statement]) -> None:
    html = page_html(quarrel)
    table = html[html.index("<noscript>") : html.index("</noscript>")]
    assert "<td>Serbia</td><td>send troops to</td><td>Kosovo</td><td>Aid</td><td>4</td><td>1</td><td>1</td>" in table


def test_what_readers_of_the_screen_need_has_a_name(quarrel: list[Statement]) -> None:
    page = Reader(page_html(quarrel))
    assert page.of("html")[0]["lang"] == "en"
    for tag in ("input", "select", "aside"):
        assert all(element.get("aria-label") for element in page.of(tag)), tag
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    for _, attributes in page.elements:
        for name in ("aria-controls", "aria-labelledby"):
            assert attributes.get(name) is None or attributes[name] in ids


def test_a_page_that_cannot_be_written_is_no_page(quarrel: list[Statement], tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        render_page(quarrel, tmp_path)
    assert not list(tmp_path.iterdir())
