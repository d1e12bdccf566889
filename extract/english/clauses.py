"""Gives a later clause its subject, where the parser hangs the subject on the noun before: "shelled Gao, and Chad, which …, sent troops".

A comma, "and", a noun, something set off by commas and a verb without a subject: the network takes the noun for one more of what
was shelled, or the verb for one more deed of whoever shelled.
"""

from __future__ import annotations

from collections.abc import Sequence

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "DT", "CD"})
_CLAUSES = frozenset({"conj", "parataxis", "ccomp", "advcl"})
_BEFORE_VERB = frozenset({"aux", "aux:pass", "advmod", "cop"})
_JOINTS = frozenset({"and", "but", "while", "yet"})
_LATER = frozenset({"conj", "appos", "nmod:unmarked"})
_LONGEST = 25
"""Words that may stand between the commas."""


def part_clauses(words: Sequence[str], tags: Sequence[str], heads: list[int], relations: list[str]) -> list[int]:
    """Mend heads (by index, a root its own) and relations of a sentence or of several, in place; gives the words with another relation."""
    before, below = list(relations), _below(heads)
    for verb in range(2, len(words)):
        if not _lacks_subject(verb, words, tags, relations, below):
            continue
        first = verb
        while first > 0 and heads[first - 1] == verb and relations[first - 1] in _BEFORE_VERB:
            first -= 1
        found = _subject(first, verb, words, tags, heads, relations, below)
        if found is not None:
            _join(verb, found, tags, heads, relations, below)
            below = _below(heads)
    return [word for word, relation in enumerate(relations) if relation != before[word]]


def _lacks_subject(verb: int, words: Sequence[str], tags: Sequence[str], relations: Sequence[str], below: Sequence[Sequence[int]]) -> bool:
    """Whether the word is a finite verb of a clause of its own, beside another, that nothing joins to it and that has no subject."""
    if relations[verb] not in _CLAUSES or any(relations[k].partition(":")[0] in ("nsubj", "csubj", "expl", "mark") for k in below[verb]):
        return False
    if verb - 1 in below[verb] and relations[verb - 1] == "cc":
        return False
    finite = tags[verb] in _FINITE or any(relations[k] in ("aux", "aux:pass", "cop") and tags[k] in _FINITE for k in below[verb])
    return finite or (tags[verb] == "VBN" and any(relations[k] == "obj" and k > verb for k in below[verb]))


def _subject(
    first: int, verb: int, words: Sequence[str], tags: Sequence[str], heads: Sequence[int], relations: Sequence[str], below: Sequence[Sequence[int]]
) -> tuple[int, int | None] | None:
    """The noun that stands for the subject, with its "and"."""
    last = first - 1
    for noun in range(last, max(0, last - _LONGEST), -1):
        if relations[noun] not in _LATER or tags[noun] not in _NOUNS:
            continue
        start, end = _phrase(noun, relations, below)
        joint = start - 1 if start > 1 and words[start - 1].lower() in _JOINTS and heads[start - 1] in (noun, verb) else None
        comma = start - 1 if joint is None else joint - 1
        if comma < 1 or words[comma] != ",":
            continue
        if end == last:
            return noun, joint
        if joint is not None and words[last] == "," and words[end + 1] == "," and end + 1 < last:
            return noun, joint
    return None


def _phrase(noun: int, relations: Sequence[str], below: Sequence[Sequence[int]]) -> tuple[int, int]:
    """First and last word of the noun with what stands before it and its name."""
    start = end = noun
    for k in below[noun]:
        if relations[k].partition(":")[0] in ("det", "amod", "compound", "nummod", "nmod") and k < noun:
            start = min(start, _edge(k, below))
        elif relations[k] in ("flat", "compound") and k > noun:
            end = max(end, k)
    return start, end


def _edge(word: int, below: Sequence[Sequence[int]]) -> int:
    return min([word, *(_edge(k, below) for k in below[word] if k < word)])


def _join(verb: int, found: tuple[int, int | None], tags: Sequence[str], heads: list[int], relations: list[str], below: Sequence[Sequence[int]]) -> None:
    noun, joint = found
    above = heads[noun]
    while (above == verb or not tags[above].startswith("VB")) and heads[above] != above:
        above = heads[above]
    if above == verb or not tags[above].startswith("VB") or _root(noun, heads) != _root(verb, heads):
        return
    before, kinds = list(heads), list(relations)
    for k in below[verb]:
        if k < noun and k != joint and relations[k] != "punct":
            heads[k] = above
    heads[noun], relations[noun] = verb, "nsubj:pass" if any(relations[k] == "aux:pass" for k in below[verb]) else "nsubj"
    if joint is not None:
        heads[joint], relations[joint] = verb, "cc"
    if _reaches(verb, noun, heads) or heads[verb] > noun:
        heads[verb] = above
    relations[verb] = "conj"
    if _root(verb, heads) is None or _root(noun, heads) is None:
        heads[:], relations[:] = before, kinds


def _reaches(word: int, goal: int, heads: Sequence[int]) -> bool:
    """Whether the goal stands above the word."""
    for _ in heads:
        if heads[word] == word:
            return False
        word = heads[word]
        if word == goal:
            return True
    return True


def _root(word: int, heads: Sequence[int]) -> int | None:
    """The word at the top; None where the heads go round in a circle."""
    for _ in heads:
        if heads[word] == word:
            return word
        word = heads[word]
    return None


def _below(heads: Sequence[int]) -> list[list[int]]:
    below: list[list[int]] = [[] for _ in heads]
    for word, head in enumerate(heads):
        if head != word:
            below[head].append(word)
    return below
