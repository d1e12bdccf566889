"""The page in a real browser: opened, clicked, searched, filtered and photographed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import Visit, chromium, visit
from statements import make_statement

from actorgraph.extract.records import Statement
from actorgraph.graph import render_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EVIL = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def opened(browser: Browser, quarrel: list[Statement], tmp_path: Path) -> Iterator[Visit]:
    """The page of `quarrel`, with a sentence that has an address."""
    statements = [replace(statement, url="https://danube.example/old-friends") if statement.source == "Danube Gazette" else statement for statement in quarrel]
    render_page(statements, tmp_path / "page.html", title="Old friends, new quarrels")
    with visit(browser, tmp_path / "page.html") as visited:
        yield visited
        assert visited.complaints == []
        assert visited.requests == [(tmp_path / "page.html").as_uri()]


def photograph(visited: Visit, name: str, folder: Path) -> bytes:
    """A picture of the window, kept in the folder that ACTORGRAPH_PICTURES names, if it does."""
    folder = Path(os.environ.get("ACTORGRAPH_PICTURES") or folder)
    return visited.page.screenshot(path=folder / f"{name}.png")


@pytest.mark.parametrize(("width", "height", "dark"), [(1280, 800, False), (800, 600, False), (1280, 800, True), (420, 700, False)], ids=["wide", "small", "dark", "narrow"])
def test_it_opens_without_a_complaint_and_asks_the_network_for_nothing(
    browser: Browser, quarrel: list[Statement], tmp_path: Path, width: int, height: int, dark: bool
) -> None:
    render_page(quarrel, tmp_path / "page.html")
    with visit(browser, tmp_path / "page.html", width=width, height=height, dark=dark) as visited:
        assert visited.complaints == []
        assert visited.requests == [(tmp_path / "page.html").as_uri()]
        assert visited.page.evaluate("document.documentElement.scrollWidth") <= width
        assert len(photograph(visited, f"page-{width}x{height}{'-dark' if dark else ''}", tmp_path)) > 20_000
        stage = visited.page.locator("#graph").bounding_box()
        assert stage
        assert stage["height"] >= height * 0.4
        names = [line for line in visited.written() if not line.slanted]
        assert {"Serbia", "Kosovo", "Hungary", "Albania", "Ana Novak", "Croatia"} <= {line.text for line in names}
        for line in names:
            assert line.width / 2 <= line.x <= stage["width"] - line.width / 2, line
            assert 0 <= line.y <= stage["height"], line
        assert not [pair for pair in combinations(names, 2) if pair[0].overlaps(pair[1])]


def test_names_of_the_main_actors_are_readable_at_first_sight_and_others_on_coming_nearer(browser: Browser, tmp_path: Path) -> None:
    crowd = [
        make_statement(f"Actor {i}", "support", f"Actor {j}", at=50 * i, document=f"{j}.txt")
        for i in range(90)
        for j in {(i * i + 1) % 90, (i * 7 + 3) % 90, i % 5} - {i}
    ]
    render_page(crowd, tmp_path / "page.html")
    with visit(browser, tmp_path / "page.html") as visited:
        names = [line for line in visited.written() if not line.slanted]
        assert {f"Actor {i}" for i in range(5)} <= {line.text for line in names}
        assert not [pair for pair in combinations(names, 2) if pair[0].overlaps(pair[1])]
        for _ in range(4):
            visited.page.locator("#zoom-in").click()
        assert len([line for line in visited.written() if not line.slanted]) > len(names)


def test_a_click_on_an_actor_shows_its_relations_and_their_sentences(opened: Visit) -> None:
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("serb")
    opened.press("Enter", "Escape")  # the search has brought Serbia to the middle
    assert opened.text("#panel h2") == "At a glance"
    opened.page.mouse.click(*opened.middle())
    assert opened.text("#panel h2") == "Serbia"
    assert opened.text("#panel .kind") == "Country"
    assert "Also called Budapest" not in opened.text("#panel")
    rows = opened.texts("#panel .rows li")
    assert any("→ Kosovo" in row and "send troops to – contested" in row for row in rows)
    assert any("↔ Hungary" in row for row in rows)
    assert any("← Albania" in row for row in rows)
    assert "Serbia send troops to Kosovo." in opened.texts("#panel blockquote")


def test_a_click_on_a_relation_shows_its_evidence(opened: Visit) -> None:
    opened.find("#panel .rows button", "Serbia → Kosovo").click()
    assert opened.text("#panel h2") == "Serbia → Kosovo"
    assert "Aid (cooperation); also “deploy force to”" in opened.text("#panel")
    assert "1 stated as fact · 2 reported or hedged · 1 denied contested" in opened.text("#panel")
    cards = opened.texts("#panel .card")
    assert len(cards) == 4
    told = opened.find("#panel .card", "Albanian officials")
    assert [told.locator(f"mark.{role}").inner_text() for role in "spo"] == ["Serbia", "send troops to", "Kosovo"]
    assert told.locator(".chip").all_inner_texts() == ["up to 1,200 troops"]
    assert told.locator(".by").inner_text() == "Attributed to Albanian officials"
    assert told.locator(".from").inner_text() == "New quarrels — Adria Herald, 2 Jun 2024"
    assert opened.find("#panel .card", "Belgrade").locator(".chip").all_inner_texts() == ["denied"]
    assert opened.find("#panel .card", "deploy").locator(".chip").all_inner_texts() == ["planned"]
    link = opened.find("#panel .card", "some 500 troops").locator("a")
    assert link.get_attribute("href") == "https://danube.example/old-friends"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow external"
    assert opened.texts("#panel .figures tr") == ["up to 1,200 troops\tAlbanian officials\t2 Jun 2024", "some 500 troops\tDanube Gazette\t20 May 2024"]


def test_a_click_on_a_line_chooses_it_and_one_beside_it_nothing(browser: Browser, tmp_path: Path) -> None:
    render_page([make_statement("Hungary", "support", "Serbia", negated=True)], tmp_path / "page.html")
    with visit(browser, tmp_path / "page.html") as visited:
        assert "denied: support" in {line.text for line in visited.written()}
        visited.page.mouse.move(*visited.middle())
        visited.settle()
        assert visited.text("#tip") == "Hungary → Serbia\ndenied: support · 1 statement · denied"
        visited.page.mouse.click(*visited.middle())
        assert visited.text("#panel h2") == "Hungary → Serbia"
        visited.page.mouse.click(*visited.middle(down=120))
        assert visited.text("#panel h2") == "At a glance"
        assert visited.complaints == []


def test_an_actor_that_says_so_can_be_followed(opened: Visit) -> None:
    opened.find("#panel .rows button", "Serbia → Kosovo").click()
    opened.find("#panel .by button", "Belgrade").click()
    assert opened.text("#panel h2") == "Serbia"
    opened.find("#panel .crumbs button", "Overview").click()
    assert opened.text("#panel h2") == "At a glance"


def test_the_legend_switches_families_types_stances_and_kinds(opened: Visit) -> None:
    everything = "6 actors · 5 relations · 9 statements · 2 articles"
    assert opened.text("#counts") == everything
    for block, name, left in [
        ("#families", "Conflict", "6 actors · 4 of 5 relations · 8 of 9 statements"),
        ("#families", "Ties", "3 of 6 actors · 3 of 5 relations · 6 of 9 statements"),
        ("#stances", "Stated as fact", "3 of 6 actors · 2 of 5 relations · 4 of 9 statements"),
        ("#stances", "Reported or hedged", "6 actors · 4 of 5 relations · 6 of 9 statements"),
        ("#kinds", "Person", "4 of 6 actors · 4 of 5 relations · 8 of 9 statements"),
    ]:
        switch = opened.find(f"{block} button", name)
        assert switch.get_attribute("aria-pressed") == "true"
        switch.click()
        assert switch.get_attribute("aria-pressed") == "false"
        assert opened.text("#counts").startswith(left), name
        switch.click()
        assert opened.text("#counts") == everything
    opened.page.locator("#types-open").click()
    opened.page.get_by_label("Leads").uncheck()
    assert opened.find("#families button", "Ties").get_attribute("aria-pressed") == "mixed"
    assert opened.text("#counts").startswith("4 of 6 actors")
    opened.press("Escape")
    assert opened.page.locator("#types").is_hidden()
    opened.page.locator("#reset").click()
    assert opened.text("#counts") == everything


def test_what_is_left_decides_the_look_of_a_relation(opened: Visit) -> None:
    opened.find("#stances button", "Stated as fact").click()
    opened.find("#stances button", "Reported or hedged").click()
    assert opened.texts("#panel .rows .what") == ["Serbia → Kosovo", "Serbia", "Kosovo"]
    assert "send troops to – denied" in opened.text("#panel")
    assert "denied: send troops to" in {line.text for line in opened.written()}


def test_the_search_is_worked_by_keys_alone(opened: Visit) -> None:
    opened.press("/")
    opened.page.keyboard.type("a")
    options = opened.texts("#found li .name")
    assert options[:2] == ["Albania", "Ana Novak"], "beginnings first"
    assert "Serbia" in options
    opened.press("ArrowDown")
    assert opened.page.locator("#search").get_attribute("aria-activedescendant") == "found-1"
    opened.press("Enter")
    assert opened.text("#panel h2") == "Ana Novak"
    assert opened.page.evaluate("document.activeElement.textContent") == "Ana Novak", "the panel has the focus"
    opened.press("/")
    opened.page.keyboard.type("budapest")
    assert opened.texts("#found li .name") == ["Hungary"], "by another name"
    opened.press("Escape", "/")
    opened.page.keyboard.type("nobody here")
    assert opened.text("#found") == "No actor of that name"


def test_the_slider_narrows_the_dates(opened: Visit) -> None:
    assert (opened.text("#from-text"), opened.text("#to-text")) == ("20 May 2024", "2 Jun 2024")
    opened.page.locator("#from").focus()
    opened.press("ArrowRight")
    opened.settle()
    assert opened.text("#from-text") == "21 May 2024"
    assert opened.page.locator("#from").get_attribute("aria-valuetext") == "21 May 2024"
    assert "6 of 9 statements" in opened.text("#counts")
    opened.page.locator("#dating").select_option("event")
    opened.settle()
    assert opened.text("#from-text") == "18 May 2024"
    assert "9 statements" in opened.text("#counts")
    opened.page.locator("#reset").click()
    assert opened.text("#from-text") == "20 May 2024"


def test_the_view_is_moved_by_keys_and_fitted_again(opened: Visit) -> None:
    before = {line.text: line for line in opened.written()}["Serbia"]
    opened.page.locator("#graph").focus()
    opened.press("ArrowRight", "+")
    after = {line.text: line for line in opened.written()}["Serbia"]
    assert (after.x, after.size) != (before.x, 0)
    assert after.size == before.size, "names keep their size"
    opened.press("0")
    assert {line.text: line for line in opened.written()}["Serbia"] == before


def test_in_a_small_window_the_evidence_comes_when_asked_for(browser: Browser, quarrel: list[Statement], tmp_path: Path) -> None:
    render_page(quarrel, tmp_path / "page.html")
    with visit(browser, tmp_path / "page.html", width=800, height=600) as visited:
        assert visited.page.locator("#panel").is_hidden()
        visited.press("/")
        visited.page.keyboard.type("kos")
        visited.press("Enter")
        assert visited.text("#panel h2") == "Kosovo"
        photograph(visited, "panel-800x600", tmp_path)
        visited.page.locator(".close").click()
        assert visited.page.locator("#panel").is_hidden()


def test_the_window_may_change_its_size(opened: Visit) -> None:
    opened.page.set_viewport_size({"width": 900, "height": 560})
    opened.settle()
    stage = opened.page.locator("#graph").bounding_box()
    assert stage
    assert all(0 < line.x < stage["width"] and 0 < line.y < stage["height"] for line in opened.written())


def test_markup_in_any_field_stays_text(browser: Browser, tmp_path: Path) -> None:
    evil = make_statement(
        EVIL, EVIL, "Serbia", "AID", attributed_to=EVIL, quantity=1, quantity_text=EVIL, event_date=EVIL, title=EVIL, source=EVIL,
        url="javascript:alert(3)", published=EVIL, subject_sector=EVIL,
    )  # fmt: skip
    render_page([evil, replace(evil, id="0" * 16, object_id="HUN", object="Hungary", url=EVIL)], tmp_path / "page.html", title=EVIL)
    with visit(browser, tmp_path / "page.html") as visited:
        for row in range(4):
            visited.page.locator("#panel .rows button").nth(row).click()
            assert visited.page.locator("#panel img, #panel script, #panel a").count() == 0
            assert visited.page.locator(".crumbs button").first.is_visible()
            visited.press("Escape")
        visited.press("/")
        visited.page.keyboard.type("img")
        assert EVIL[:20] in visited.text("#found")
        visited.press("Enter")
        assert EVIL in visited.text("#panel")
        assert visited.text(".bar h1") == EVIL
        assert visited.page.locator("img").count() == 0
        assert visited.complaints == []
        assert len(visited.requests) == 1


def test_an_empty_graph_and_a_browser_without_scripts(browser: Browser, quarrel: list[Statement], tmp_path: Path) -> None:
    render_page([], tmp_path / "empty.html")
    with visit(browser, tmp_path / "empty.html") as visited:
        assert "There are no relations to show." in visited.text("body")
        assert visited.complaints == []
    render_page(quarrel, tmp_path / "page.html")
    with visit(browser, tmp_path / "page.html", scripts=False) as visited:
        assert visited.page.locator("tbody tr").count() == 5
        assert "5 relations between 6 actors" in visited.text("body")
        assert len(visited.requests) == 1
