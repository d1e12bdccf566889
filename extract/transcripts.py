"""Transcripts: whose words follow a name with a colon, as in interviews and press briefings ("Ruth Kalonda: We support the accord.")."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from .quotes import opens_quotation, paragraph_around
from .snapshot import once_a_document
from .speakers import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PERSON = frozenset({"PERSON", "PER"})
_BEFORE = frozenset({".", ",", "?", "!", '"', "”", "''", ")", "-", "–", "—"})
"""What may stand before a label that does not begin its line."""
_LONGEST_LABEL = 5


def labelled(predicate: Token) -> Attribution | None:
    """The one whose label is the last before the predicate in its paragraph.

    A label alone in its text, a headline such as "Kalonda: Peru armed the rebels", holds for its own sentence.
    """
    doc = predicate.doc
    labels = _labels(doc)
    k = bisect_left(labels, (predicate.i, 0)) - 1
    if k < 0:
        return None
    colon, start = labels[k]
    inside = start >= paragraph_around(doc, predicate.i)[0] if len(labels) > 1 else predicate.i < doc[colon + 1].sent.end
    return Attribution(start, colon, colon - 1, "quotation") if inside else None


@once_a_document
def _labels(doc: Doc) -> list[tuple[int, int]]:
    """The colons behind a person's name alone, each with where the name begins."""
    return [(token.i, start) for token in doc[1:-1] if token.text == ":" and (start := _label_start(doc, token.i)) is not None]


def _label_start(doc: Doc, colon: int) -> int | None:
    """Where the name before the colon begins; None where something else stands before the colon, or no words follow."""
    start = colon
    while start > 0 and start > colon - _LONGEST_LABEL and (doc[start - 1].ent_type_ in _PERSON or _opens_name(doc, start, colon)) and "\n" not in doc[start - 1].text:
        start -= 1
    if start == colon or opens_quotation(doc[colon + 1].text):
        return None
    first = next((token for token in doc[colon + 1 : colon + 3] if not token.is_space), doc[colon])
    begins = start == 0 or doc[start].is_sent_start or doc[start - 1].is_space or doc[start - 1].text in _BEFORE
    return start if begins and first.text[:1].isupper() else None


def _opens_name(doc: Doc, start: int, colon: int) -> bool:
    """Whether the word before is a first name on its line that the recogniser took for something else."""
    first = start < colon and doc[start - 1].pos_ == "PROPN" and doc[start - 1].text.istitle()
    return first and (start == 1 or doc[start - 2].is_space)
