"""The report: what it says of a small quarrel, line by line, and that no text of an article can do more than be read."""

from __future__ import annotations

import html
import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from statements import ANY_TEXT, HOSTILE, documents, make_statement, statement_lists

from actorgraph.extract.errors import OutputError
from actorgraph.extract.records import Document, Statement
from actorgraph.graph.labels import printable
from actorgraph.graph.markdown import count, escape, link, listed, written_date
from actorgraph.graph.report import report_text, write_report

SECTIONS = [
    "At a glance", "Main actors", "Alliances and cooperation", "Conflicts and rivalries", "Who leads, who belongs", "Contested",
    "Plans and requests", "What may be", "Who says what", "Sources",
]  # fmt: skip
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def section(text: str, title: str) -> str:
    """The lines under a heading."""
    return text.partition(f"\n## {title}\n\n")[2].partition("\n\n## ")[0].strip()


def tokens(text: str) -> list[Token]:
    return [inner for token in MARKDOWN.parse(text) for inner in (token, *(token.children or []))]


# What it says


def test_it_begins_with_how_much_was_read(quarrel: list[Statement], articles: list[Document]) -> None:
    lines = report_text(quarrel, articles).splitlines()
    assert lines[0] == "# Who does what to whom"
    assert lines[2] == "4 articles from 2 sources, 20 May 2024 – 2 June 2024: 9 statements about 6 actors, none of them in 2 articles."
    assert report_text(quarrel, articles, title="Korea").startswith("# Korea\n")


def test_its_sections_come_in_order(quarrel: list[Statement]) -> None:
    assert re.findall(r"^## (.*)$", report_text(quarrel), re.MULTILINE) == SECTIONS


def test_at_a_glance(quarrel: list[Statement]) -> None:
    assert section(report_text(quarrel), "At a glance").splitlines() == [
        "- Most is written about **Serbia**, **Kosovo** and **Albania**.",
        "- Closest: **Hungary** ↔ *alliance with* ↔ **Serbia**.",
        "- 1 point contested, 2 plans and requests, 2 voices quoted.",
    ]


def test_main_actors_with_what_they_do_most_and_its_evidence(quarrel: list[Statement]) -> None:
    lines = section(report_text(quarrel), "Main actors").splitlines()
    assert lines[2] == (
        "- **Kosovo**, country: 4 statements with 1 other, above all **Serbia** — *send troops to* → **Kosovo** (some 500 troops; 18 May 2024)"
    )
    assert lines[3] == "  > “Serbia send troops to Kosovo.” — Old friends (gazette/1.txt), Danube Gazette, 20 May 2024"
    assert any(line.startswith("- **Ana Novak**, prime minister of Croatia: ") for line in lines)


def test_alliances_tell_facts_from_claims(quarrel: list[Statement]) -> None:
    lines = section(report_text(quarrel), "Alliances and cooperation").splitlines()
    assert lines[0].startswith("- **Hungary** ↔ *alliance with* ↔ **Serbia**: 2 statements (2 stated) in 2 articles of 2 sources")
    assert lines[2].startswith(
        "- **Serbia** — *send troops to* → **Kosovo**: 4 statements (1 stated, 2 said by others, 1 denied, 1 planned)"
    )


@pytest.mark.parametrize("changes", [{"negated": True}, {"modality": "planned"}, {"attributed_to": "analysts"}])
def test_what_no_article_states_is_no_alliance_and_no_conflict(changes: dict[str, object]) -> None:
    text = report_text([make_statement(type="ALLY", **changes), make_statement(type="ASSAULT", at=50, **changes)])
    assert section(text, "Alliances and cooperation") == section(text, "Conflicts and rivalries") == "No article states any itself."


def test_an_edge_is_shown_by_a_phrase_that_is_stated_as_a_fact() -> None:
    planned = [make_statement(relation="annex", type="ASSAULT", at=at * 50, modality="planned") for at in range(3)]
    lines = section(
        report_text([*planned, make_statement(relation="shell", type="ASSAULT", at=500)]), "Conflicts and rivalries"
    ).splitlines()
    assert lines[0] == "- **Hungary** — *shell* → **Serbia**: 4 statements (1 stated, 3 planned) in 1 article"
    assert lines[1].startswith("  > “Hungary shell Serbia.”")


def test_voices_are_named_once_whatever_their_case() -> None:
    statements = [make_statement(at=at * 50, attributed_to=who) for at, who in enumerate(["Reports", "reports", "REPORTS"])]
    assert section(report_text(statements), "Who says what").startswith("- Reports: 3 statements\n")


def test_contested_lets_both_sides_speak(quarrel: list[Statement]) -> None:
    assert section(report_text(quarrel), "Contested").splitlines() == [
        "- **Serbia** — *send troops to* → **Kosovo**: is it so?",
        "  - **Yes**, according to Danube Gazette and Albanian officials",
        "    > “Serbia send troops to Kosovo.” — Old friends (gazette/1.txt), Danube Gazette, 20 May 2024",
        "  - **No**, according to Belgrade",
        "    > “Serbia send troops to Kosovo.” — New quarrels (herald/1.txt), Adria Herald, 2 June 2024",
    ]


def test_contested_sets_numbers_side_by_side_the_lowest_first() -> None:
    said = [("Tirana", 3000), ("Belgrade", 200), ("monitors", 3000)]
    statements = [
        make_statement("Serbia", "send troops to", "Kosovo", "AID", at=at * 50, quantity=n, quantity_unit="troops", attributed_to=who)
        for at, (who, n) in enumerate(said)
    ]
    lines = section(report_text(statements), "Contested").splitlines()
    assert lines[0] == "- **Serbia** — *send troops to* → **Kosovo**: how many troops?"
    assert [line for line in lines[1:] if not line.startswith("    >")] == [
        "  - **200 troops**, according to Belgrade",
        "  - **3,000 troops**, according to Tirana and monitors",
    ]


def test_plans_requests_and_possibilities(quarrel: list[Statement]) -> None:
    text = report_text(quarrel)
    plans, maybes = section(text, "Plans and requests"), section(text, "What may be")
    assert "- **Serbia** — *deploy force to* → **Kosovo** (planned), according to Adria Herald\n" in plans
    assert "- **Albania** — *urge* → **Serbia**, according to Danube Gazette\n" in plans
    assert maybes.startswith("- **Albania** — *sanction* → **Serbia** (possible), according to Adria Herald\n")


def test_claims_stand_under_those_who_make_them(quarrel: list[Statement]) -> None:
    lines = section(report_text(quarrel), "Who says what").splitlines()
    assert lines[0] == "- Albanian officials: 1 statement"
    assert "  - **Serbia** — *send troops to* → **Kosovo** (denied)" in lines


def test_the_outlets_in_a_table(quarrel: list[Statement], articles: list[Document]) -> None:
    assert section(report_text(quarrel, articles), "Sources").splitlines()[2:] == [
        "| Adria Herald | 1 | 6 | 2 |",
        "| Danube Gazette | 1 | 3 | 3 |",
        "| none named | 2 | 0 | 0 |",
    ]


def test_every_entry_has_its_evidence(quarrel: list[Statement]) -> None:
    lines = report_text(quarrel).splitlines()
    for line, following in pairwise(lines):
        if re.match(r" *- .*(—|↔) \*", line) and not line.startswith(("- Closest", "- Most")) and not line.endswith("?"):
            assert re.match(r" +> “.+” — .+", following), line


def test_nothing_found_is_said(articles: list[Document]) -> None:
    assert report_text([], articles).splitlines()[2:] == [
        "4 articles from 2 sources, 20 May 2024 – 2 June 2024: 0 statements about 0 actors.",
        "",
        "Nothing was found that one actor does to another, so there is nothing to report.",
    ]
    assert report_text([]).endswith("nothing to report.\n")


def test_empty_sections_say_so() -> None:
    text = report_text([make_statement(type="OTHER")])
    assert section(text, "Contested") == "Nothing is denied, and no numbers disagree."
    assert section(text, "Plans and requests") == "None."
    assert section(text, "What may be") == "Nothing is put that way."
    assert section(text, "Who says what") == "No one is quoted: all is told by the articles themselves."


def test_long_sections_say_what_they_leave_out() -> None:
    statements = [make_statement(f"Club {n}", type="ALLY", document=f"{n:02}") for n in range(25)]
    lines = section(report_text(statements, limit=10), "Alliances and cooperation").splitlines()
    assert len([line for line in lines if line.startswith("- ")]) == 10
    assert lines[-1] == "… and 15 more."


def test_long_entries_say_what_they_leave_out() -> None:
    statements = [make_statement(at=n * 50, quantity=n * 10, attributed_to="Kyiv") for n in range(5)]
    text = report_text(statements, limit=2)
    assert section(text, "Contested").splitlines()[-1] == "  - … and 3 more numbers"
    assert section(text, "Who says what").splitlines()[-1] == "  - … and 2 more"


def test_only_web_addresses_become_links() -> None:
    statements = [
        make_statement("Peru", document="a", title="Good", url="https://example.org/a_(b)?c=[d]&e"),
        make_statement("Albania", document="b", title="Bad", url="javascript:alert(1)"),
    ]
    links = {token.attrs["href"] for token in tokens(report_text(statements)) if token.type == "link_open"}
    assert links == {"https://example.org/a_%28b%29?c=%5Bd%5D&e"}


# What it may not do


@given(collection=statement_lists(), seed=st.integers(0, 99), articles=st.lists(documents(), max_size=3))
def test_order_and_repetition_do_not_show(collection: list[Statement], seed: int, articles: list[Document]) -> None:
    shuffled = [*collection, *collection]
    random.Random(seed).shuffle(shuffled)
    articles = list({document.id: document for document in articles}.values())
    assert report_text(shuffled, reversed(articles)) == report_text(collection, articles)


@given(collection=statement_lists(), articles=st.lists(documents(), max_size=3))
def test_text_of_articles_formats_nothing(collection: list[Statement], articles: list[Document]) -> None:
    text = report_text(collection, articles)
    found = tokens(text)
    assert not [
        token
        for token in found
        if token.type in ("html_inline", "html_block", "image", "code_inline", "code_block", "fence", "hr", "s_open")
    ]
    headings = [after.content for token, after in pairwise(found) if token.type == "heading_open"]
    assert headings[1:] == [title for title in SECTIONS if f"\n## {title}\n" in text]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name)[:20])
def test_hostile_text_everywhere(name: str) -> None:
    fields = {
        "title": name,
        "source": name,
        "sentence": name,
        "url": name,
        "attributed_to": name,
        "quantity_text": name,
        "event_date": name,
    }
    statements = [make_statement(name, name, "Serbia", at=at, subject_id=name, quantity=at, **fields) for at in range(3)]
    text = report_text(statements, [Document(name, name, name, name, name, name)], title=name)
    assert not [token for token in tokens(text) if token.type.startswith(("html", "link", "image", "code", "fence"))]
    assert max(map(len, text.splitlines())) < 2500


@given(text=ANY_TEXT | st.sampled_from(HOSTILE) | st.text("*_~`[]()<>&|\\!#$-+.1: \n=@", max_size=20))
def test_escaped_text_is_read_as_it_was_written(text: str) -> None:
    shown = html.unescape(MARKDOWN.renderInline(f"x {escape(text, 100_000)} y"))
    assert shown == f"x {printable(text)} y"


@pytest.mark.parametrize("address", ["https://x.org", "HTTP://x.org", "www.x.org", "ftp://x.org", "a@x.org", "@someone"])
def test_addresses_in_text_are_no_links_for_programs_that_look_for_them(address: str) -> None:
    assert not re.search(r"(?i)(https?|ftp)://|www\.|@", escape(address))
    assert html.unescape(escape(address)) == address


# Its pieces


def test_long_text_is_cut() -> None:
    assert escape("word " * 100, 20) == "word word word word…"
    assert len(escape("x" * 10_000)) == 400


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (None, None),
        ("", None),
        ("2024", "2024"),
        ("2024-05", "May 2024"),
        ("2024-05-01", "1 May 2024"),
        ("2024-05-01/2024-06", "1 May 2024 – June 2024"),
        ("2024/2024", "2024"),
        ("2024-13", "2024-13"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_dates_in_words(date: str | None, words: str | None) -> None:
    assert written_date(date) == words


def test_numbers_and_enumerations() -> None:
    assert (count(0, "article"), count(1, "article"), count(1200, "article")) == ("0 articles", "1 article", "1,200 articles")
    assert listed(["a", "b", "c"]) == "a, b and c" and listed(["a"]) == "a" and listed([]) == ""
    assert link("x", None) == "x" and link("x", "https://e.org/ (y)") == "[x](https://e.org/%20%28y%29)"


def test_it_is_written_whole_or_not_at_all(tmp_path: Path, quarrel: list[Statement], articles: list[Document]) -> None:
    write_report(quarrel, articles, tmp_path / "report.md")
    assert (tmp_path / "report.md").read_text("utf8") == report_text(quarrel, articles)
    with pytest.raises(OutputError):
        write_report(quarrel, articles, tmp_path / "absent" / "report.md")
