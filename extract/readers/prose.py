"""Articles that are a file each: text, Markdown and web pages."""

from __future__ import annotations

from typing import IO

from ..records import Document
from .html import decode_page, read_article
from .inputs import Input, Unreadable, decode, read_limited
from .markdown import plain_text, split_front_matter
from .published import dateline, publication_date

_TITLES = ("title", "headline")
_DATES = ("date", "published", "published_at", "publication_date", "datepublished", "pubdate", "publishdate")
_SOURCES = ("source", "publisher", "outlet", "publication", "newspaper", "site", "sitename")
_URLS = ("url", "link", "permalink", "canonical", "canonical_url")


def read_prose(source: Input, file: IO[bytes], encoding: str, limit: int) -> Document:
    """Read a text or Markdown file, its front matter apart. A date alone on one of the first lines dates an article that has none.

    Raises Unreadable for what is too large, not `encoding`, empty, or has broken front matter.
    """
    values, text = split_front_matter(decode(read_limited(file, limit), encoding))
    heading = None
    if source.kind == "markdown":
        text, heading = plain_text(text)
    if not text.strip():
        raise Unreadable("has no text")
    return Document(
        id=source.id,
        text=text,
        title=_first(values, _TITLES) or heading,
        published=publication_date(_first(values, _DATES)) or dateline(text),
        source=_first(values, _SOURCES),
        url=_first(values, _URLS),
    )


def read_page(source: Input, file: IO[bytes], encoding: str, limit: int) -> Document:
    """Read the article of a web page. Raises Unreadable for what is too large, not decodable or has no article."""
    article = read_article(decode_page(read_limited(file, limit), encoding))
    return Document(source.id, article.text, article.title, publication_date(article.published), article.source, article.url)


def _first(values: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((values[key] for key in keys if key in values), None)
