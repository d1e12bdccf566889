"""Quotations: which stretches of a paragraph stand between quotation marks."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .snapshot import once_a_document

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OPENING, _CLOSING, _STRAIGHT = frozenset("“„«"), frozenset("”»"), frozenset({'"', "''", "``"})
_SCARE = 2
"""Quotations of up to so many words are names or scare quotes ('so-called "allies"'), which nobody says."""
_REACH = 400
"""Tokens before and after a word in which its paragraph's ends are looked for: a text without paragraphs stays linear."""


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """Tokens between quotation marks, end exclusive, the marks left out."""

    start: int
    end: int


def paragraph_around(doc: Doc, i: int) -> tuple[int, int]:
    """First token and end of the paragraph of a token: up to a line break, or to 400 tokens on either side."""
    breaks = _breaks(doc)
    k = bisect_left(breaks, i)
    start = max(breaks[k - 1] + 1 if k else 0, i - _REACH)
    end = min(breaks[k] + 1 if k < len(breaks) else len(doc), i + _REACH)
    return start, end


@once_a_document
def _breaks(doc: Doc) -> list[int]:
    """The tokens after which a line ends, in the token itself, as spaCy keeps line breaks."""
    return [token.i for token in doc if "\n" in token.text]


def quotes_in(doc: Doc, start: int, end: int) -> list[QuoteSpan]:
    """The quotations of more than two words among the tokens start:end, in the order of the text.

    One that stays open runs to the end, as newspapers leave a quotation open when the next paragraph continues it.
    """
    spans: list[QuoteSpan] = []
    if not _quotes(doc):
        return spans
    opened = -1
    for token in doc[start:end]:
        text = token.text
        if opened < 0 and opens_quotation(text):
            opened = -1 if _can_only_close(token) else token.i + 1
        elif opened >= 0 and (text in _STRAIGHT or text[:1] in _CLOSING):
            spans.append(QuoteSpan(opened, token.i))
            opened = -1
    if opened >= 0:
        spans.append(QuoteSpan(opened, end))
    return [span for span in spans if _words(doc, span) > _SCARE]


def _can_only_close(mark: Token) -> bool:
    """Whether a straight mark is glued to the word before it alone, and so closes what was never opened."""
    return mark.text in _STRAIGHT and mark.i > 0 and not mark.nbor(-1).whitespace_ and bool(mark.whitespace_)


@once_a_document
def _quotes(doc: Doc) -> bool:
    """Whether the text has any mark that opens a quotation."""
    text = doc.text
    return any(mark in text for mark in (*_OPENING, *_STRAIGHT))


def opens_quotation(text: str) -> bool:
    """Whether a token's text is, or begins with, a mark that opens a quotation.

    >>> opens_quotation("“"), opens_quotation('"'), opens_quotation("We")
    (True, True, False)
    """
    return text in _STRAIGHT or text[:1] in _OPENING


def quote_at(doc: Doc, i: int) -> tuple[QuoteSpan, list[QuoteSpan]] | None:
    """The quotation that the token stands in and all those of its paragraph; None outside quotations."""
    if not _quotes(doc):
        return None  # as of most documents, and this is asked of every predicate
    paragraph = paragraph_around(doc, i)
    known = _known_quotes(doc)
    if paragraph not in known:
        known[paragraph] = quotes_in(doc, *paragraph)
    spans = known[paragraph]
    here = next((span for span in spans if span.start <= i < span.end), None)
    return (here, spans) if here else None


@once_a_document
def _known_quotes(doc: Doc) -> dict[tuple[int, int], list[QuoteSpan]]:
    """The quotations of the paragraphs that were asked about; `quote_at` fills it."""
    return {}


def _words(doc: Doc, span: QuoteSpan) -> int:
    return sum(not token.is_punct and not token.is_space for token in doc[span.start : span.end])
