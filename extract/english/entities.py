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
_NOT_LAST = frozenset({"'s", "’s", "'", "’", "-", ","})
_NOT_FIRST = frozenset({"the", "'s", "’s", "-", ","})
_DIRECTIONS = frozenset({"north", "south", "east", "west"})


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


def tidy(spans: Sequence[Span], words: Sequence[str], joined: Sequence[bool], proper: Sequence[bool]) -> list[Span]:
    """Borders after our conventions.

    `joined[i]` says that no space parts word i from word i + 1, `proper[i]` that word i is tagged as a proper noun.

    >>> words = "the Kremlin 's envoy met Kim Jong - un".split()
    >>> proper = [word[0].isupper() or word == "un" for word in words]
    >>> tidy([(0, 3, "ORG"), (5, 7, "PERSON")], words, [False, True, False, False, False, False, True, True, False], proper)
    [(1, 2, 'ORG'), (5, 9, 'PERSON')]
    """
    tidied: list[Span] = []
    for start, end, kind in spans:
        while end > start and words[end - 1] in _NOT_LAST:
            end -= 1
        while start < end and words[start].lower() in _NOT_FIRST:
            start += 1
        if start < end:
            tidied.append((start, end, kind))
    return _whole(_with_directions(tidied, words), words, joined, proper)


def _with_directions(spans: Sequence[Span], words: Sequence[str]) -> list[Span]:
    """ "North" belongs to "Korean" and "Korea", whether it was found as an entity of its own or not at all."""
    merged: list[Span] = []
    for start, end, kind in spans:
        before = words[start - 1] if start else ""
        if kind in ("NORP", "LOC") and before.lower() in _DIRECTIONS and before[0].isupper():
            if merged and merged[-1] == (start - 1, start, merged[-1][2]):
                merged.pop()
            if not merged or merged[-1][1] < start:
                start -= 1
        merged.append((start, end, kind))
    return merged


def _whole(spans: Sequence[Span], words: Sequence[str], joined: Sequence[bool], proper: Sequence[bool]) -> list[Span]:
    """Names with their hyphenated rest: "Kim Jong-un", "Guinea-Bissau", but not "Putin-led" or the two of "Biden-Xi"."""
    whole: list[Span] = []
    taken = 0
    begins = {start for start, _, _ in spans}
    for start, end, kind in spans:
        if start < taken:
            continue
        while kind in ("PERSON", "LOC") and end + 1 < len(words) and words[end] == "-" and joined[end - 1] and joined[end]:
            rest = words[end + 1]
            if not proper[end + 1] or (rest[:1].isupper() and end + 1 in begins) or (kind == "LOC" and not rest[:1].isupper()):
                break
            end += 2
        whole.append((start, end, kind))
        taken = end
    return whole
