"""Front matter, and the plain text of Markdown."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from .inputs import Unreadable

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FENCED = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"[\w -]+:(?:\s|\Z)")
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = ("<script", "<style", "<?", "<!")  # openings of blocks that no reader of the page sees
_LONGEST_BLOCK = 5_000  # characters in which marks are looked for: unpaired brackets take the square of their number
_LARGEST_FRONT_MATTER = 20_000  # characters; what is longer is text between two rulers


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the keys (lower case) of the YAML between --- at the top that have one line of text, and the text behind it.

    Raises Unreadable for what begins like front matter and is no YAML.
    """
    match = _FENCED.match(text, 0, _LARGEST_FRONT_MATTER)
    fenced = match["yaml"] or "" if match else ""
    if match is None or (fenced.strip() and not _KEY.match(fenced.lstrip())):
        return {}, text

    import yaml

    try:
        values = yaml.load(fenced, Loader=yaml.BaseLoader)  # leaves every scalar a string, and makes no objects
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise Unreadable("has front matter that is not YAML; put its values in quotes", mark.line + 2 if mark else 1) from error
    if not isinstance(values, dict):
        return {}, text
    scalars = {key.lower(): " ".join(value.split()) for key, value in values.items() if isinstance(key, str) and isinstance(value, str)}
    return {key: value for key, value in scalars.items() if value}, text[match.end() :].lstrip("\n")


def plain_text(markdown: str) -> tuple[str, str | None]:
    """Return the text of `markdown`, its blocks set apart by a blank line, and its first heading of the first level.

    Marks of headings, lists, emphasis, links and tables go, what they mark stays; images, scripts and comments go.
    Line breaks inside a paragraph stay.
    """
    references: dict[str, object] = {}
    blocks: list[str] = []
    title = None
    opener = None
    for token in _parser().parse(markdown, references):
        if token.type == "inline":
            block = _inline_text(token.content, references)
            if title is None and opener is not None and opener.tag == "h1":
                title = " ".join(block.split()) or None
        elif token.type == "html_block":
            block = "" if token.content.lstrip().lower().startswith(_UNSEEN) else unescape(_TAG.sub(" ", token.content))
        else:
            block = token.content  # code; empty for what opens and closes blocks
        blocks.append(block.strip())
        opener = token
    return "\n\n".join(filter(None, blocks)), title


def _inline_text(content: str, references: dict[str, object]) -> str:
    if len(content) > _LONGEST_BLOCK:
        return content
    (block,) = _inline_parser().parseInline(content, references)
    return "".join(_token_text(token) for token in block.children or [])


def _token_text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return token.content if token.type in ("text", "code_inline") else ""


@cache
def _parser() -> MarkdownIt:
    """A parser of blocks, which leaves what is in them as it stands; nested more than 100 deep nobody writes."""
    return _inline_parser(maxNesting=100).disable("inline")


@cache
def _inline_parser(**options: int) -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
