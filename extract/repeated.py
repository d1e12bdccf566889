"""Second objects behind a repeated preposition: "apologised to Chad for the raid and to Mali for the delay", "accords with Chad on trade, with Mali on power".

Parsers hang them on whatever noun stands before, and roles have the first alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .syntax import children, coordination, has_label, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .arguments import Argument

_REPEATED = frozenset({"to", "with", "for", "against", "from", "on"})
_JOINTS = frozenset({"and", "or", "but", ","})


def parallel(arguments: Sequence[Argument]) -> Iterator[tuple[Argument, Token]]:
    """Each argument behind a preposition with the names that stand behind the same one further on in its clause."""
    for argument in arguments:
        if argument.direct and argument.preposition in _REPEATED and argument.filler.pos_ == "PROPN":
            own = {word.i for word in coordination(argument.filler)}
            yield from ((argument, name) for name in _behind(argument.filler, argument.preposition) if name.i not in own)


def _behind(first: Token, marked: str) -> Iterator[Token]:
    for name in first.doc[first.i + 1 : first.sent.end]:
        if name.pos_ in ("VERB", "AUX") or name.text in (";", ":", "–", "—"):
            return
        if name.pos_ != "PROPN" or preposition(name) != marked or has_label(name, "nsubj") or children(name, "acl"):
            continue
        if any(case.i > first.i + 1 and case.nbor(-1).lower_ in _JOINTS for case in children(name, "case")):
            yield name
