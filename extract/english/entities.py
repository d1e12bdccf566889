"""Entities from BIO scores: the best legal sequence, then the borders that our conventions want.

Conventions: kinds PERSON ORG LOC NORP; a hyphenated name is whole ("Kim Jong-un"); a possessive 's and a leading "the" stay
outside; no entity crosses a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Span: TypeAlias = tuple[int, int, str]
"""Start, end (exclusive), kind; counted in words."""

KINDS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "NORP": "NORP"}
_NEVER = -1e4


def best_tags(scores: npt.NDArray[np.float32], labels: Sequence[str], starts: npt.NDArray[np.bool_]) -> list[str]:
    """The best BIO tags of n words from scores [n, labels] in which I- follows B- or I- of its kind within a sentence (Viterbi).

    `starts` marks the first words of sentences.
    """
    best = scores.argmax(1)
    if _is_legal(best, labels, starts):
        return [labels[k] for k in best]
    inside = np.array([label.startswith("I-") for label in labels])
    kinds = np.array([label[2:] for label in labels])
    follow = np.where(inside[None, :] & (kinds[:, None] != kinds[None, :]), _NEVER, 0.0)
    begin = np.where(inside, _NEVER, 0.0)
    high = scores.max(1, keepdims=True)
    logp = scores - high - np.log(np.exp(scores - high).sum(1, keepdims=True))
    total = logp[0] + begin
    back = []
    for i in range(1, len(scores)):
        paths = total[:, None] + (follow + begin if starts[i] else follow)
        back.append(paths.argmax(0))
        total = paths.max(0) + logp[i]
    tags = [int(total.argmax())]
    for pointers in reversed(back):
        tags.append(int(pointers[tags[-1]]))
    return [labels[k] for k in reversed(tags)]


def _is_legal(tags: npt.NDArray[np.int64], labels: Sequence[str], starts: npt.NDArray[np.bool_]) -> bool:
    for i in np.nonzero(tags)[0]:
        label = labels[tags[i]]
        if label.startswith("I-") and (starts[i] or i == 0 or labels[tags[i - 1]][2:] != label[2:]):
            return False
    return True


def spans_of(tags: Sequence[str]) -> Iterator[Span]:
    """The spans that BIO tags mark.

    >>> list(spans_of(["B-PER", "I-PER", "O", "B-LOC"]))
    [(0, 2, 'PERSON'), (3, 4, 'LOC')]
    """
    start, kind = None, ""
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            yield start, i, KINDS[kind]
            start = None
        if tag.startswith("B-"):
            start, kind = i, tag[2:]


def tidy(spans: Sequence[Span], words: Sequence[str], joined: Sequence[bool]) -> list[Span]:
    """Borders after our conventions; `joined[i]` says that no space parts word i from word i + 1.

    >>> words = "the Kremlin 's envoy met Kim Jong - un".split()
    >>> tidy([(0, 3, "ORG"), (5, 7, "PERSON")], words, [False, True, False, False, False, False, True, True, False])
    [(1, 2, 'ORG'), (5, 9, 'PERSON')]
    """
    tidied: list[Span] = []
    for number, (start, end, kind) in enumerate(spans):
        limit = spans[number + 1][0] if number + 1 < len(spans) else len(words)
        if kind in ("PERSON", "LOC"):
            while end + 1 < limit and joined[end - 1] and words[end] == "-" and joined[end] and words[end + 1][:1].isalpha() and (
                kind == "PERSON" or words[end + 1][:1].isupper()
            ):  # fmt: skip
                end += 2
        while end > start and words[end - 1] in ("'s", "’s", "'", "’", "-", ","):
            end -= 1
        while start < end and words[start].lower() in ("the", "'s", "’s", "-", ","):
            start += 1
        if start < end:
            tidied.append((start, end, kind))
    return tidied
