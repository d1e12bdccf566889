"""The article in a web page: main text, title, date, site and address by trafilatura, without what stands around it."""

from __future__ import annotations

import logging
import re
from codecs import lookup
from typing import Any, NamedTuple

from .inputs import Unreadable, decode, newlines

_BLOCKS = frozenset({"body", "p", "head", "item", "list", "quote", "cell", "row", "table", "code", "div"})
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1900-01-01", "max_date": "2100-01-01"}
# Dates that the page states in its head or as <time>, not years found somewhere in it; the default upper bound is today,
# which would have one page read differently tomorrow.

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # it logs what it cannot read: the reader says so itself
logging.getLogger("htmldate").addHandler(logging.NullHandler())


class Article(NamedTuple):
    """What a page says; all but the text may be missing."""

    text: str
    title: str | None
    published: str | None
    source: str | None
    url: str | None


def read_article(page: str) -> Article:
    """Take the article out of `page`; its blocks are set apart by a blank line. Raises Unreadable where there is none."""
    from trafilatura import bare_extraction

    if not re.search(r"<(?:html|body)\b", page, re.IGNORECASE):
        page = f"<html><body>{page}</body></html>"  # else a fragment is no page to trafilatura
    found: Any = bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=_DATES)
    text = "" if found is None else newlines(_text(found.body))
    if not text.strip():
        raise Unreadable("has no article that stands out; save its text as .txt")
    return Article(text, _line(found.title), _line(found.date), _line(found.sitename), _line(found.url))


def decode_page(data: bytes, encoding: str) -> str:
    """Return the characters of a page: `encoding`, or what the page itself names where it is not that.

    Raises Unreadable where neither fits.
    """
    try:
        return decode(data, encoding)
    except Unreadable:
        named = _CHARSET.search(data[:2048])
        if named is None:
            raise
        try:
            return decode(data, lookup(named[1].decode("ascii")).name)
        except LookupError:
            raise Unreadable(f"names an unknown encoding ({named[1].decode('ascii')})") from None


def _text(body: Any) -> str:
    """Return the text of trafilatura's tree: a block for each paragraph, heading, item and cell."""
    from lxml import etree

    blocks: list[list[str]] = [[]]
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            blocks.append([])
        elif element.tag == "lb" and event == "start":
            blocks[-1].append("\n")
        blocks[-1].append(_SPACE.sub(" ", (element.text if event == "start" else element.tail) or ""))
    texts = ("".join(pieces) for pieces in blocks)
    return "\n\n".join(filter(None, (_AROUND_BREAK.sub("\n", text).strip() for text in texts)))


def _line(value: str | None) -> str | None:
    return newlines(" ".join((value or "").split())) or None
