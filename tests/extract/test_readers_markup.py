"""Documents from Markdown and from web pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.extract.readers.markdown import plain_text

from .conftest import Writer
from .reading import read

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
