"""Names of works and their heroes: films, books, songs, which act for nobody however their names sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .syntax import first_conjunct, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORKS = frozenset({
    "film", "movie", "novel", "book", "novella", "memoir", "autobiography", "song", "album", "single", "sitcom", "series", "miniseries", "documentary",
    "musical", "opera", "ballet", "play", "poem", "painting", "sculpture", "comic", "cartoon", "anime", "manga", "videogame", "sequel", "trilogy",
    "thriller", "comedy", "blockbuster", "bestseller", "ballad", "drama", "footage",
})  # fmt: skip
_AUTHORS = frozenset({"author", "authors", "co-author", "novelist", "translator", "chapter", "chapters", "manuscript"})
_EXAMPLES = frozenset({"including", "such as", "like"})


def names_work(doc: Doc, start: int, end: int) -> bool:
    """Whether the name is a work's: in apposition right behind "film" or one of its kind, or among the examples of such ("novels such as …")."""
    before, name = doc[start - 1] if start > 0 else None, doc[start]
    if before is not None and _is_work(before):
        return has_label(name, "appos", "flat", "nmod:desc") and name.head.i == before.i
    if before is not None and before.lower_ in ("of", "the") and _is_of_author(doc, start):
        return True
    for i in range(start, end):
        first = first_conjunct(doc[i])
        if preposition(first) in _EXAMPLES:
            listing = first.left_edge.i - 1  # whatever the parser hangs the list on
            return listing > 0 and _is_work(doc[listing - 1] if doc[listing].text == "," else doc[listing])
    return False


def _is_of_author(doc: Doc, start: int) -> bool:
    """Whether the name stands behind "the author of": what somebody wrote."""
    before = [word.lower_ for word in doc[max(0, start - 3) : start] if word.lower_ != "the"]
    return len(before) > 1 and before[-1] == "of" and before[-2] in _AUTHORS


def _is_work(token: Token) -> bool:
    return token.pos_ == "NOUN" and token.lemma_.lower() in _WORKS
