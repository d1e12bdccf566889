"""When the event of a predicate took or will take place, as the text dates it against the day of publication.

Expressions of time are found and resolved by `timex`; here they are tied to predicates: by the role TMP, by the tree, and
through what carries the predicate ("On Sunday Hungary launched an attack" dates the attack). What a carrier only plans or
asks for is not dated by it: "agreed on Sunday to send tanks" dates the agreement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from .carriers import reports
from .periods import Interval, Period, Published, read_published
from .records import Modality
from .scope import embeddings
from .syntax import ancestors, clause, first_conjunct, governor, has_label, heads_clause, label, tense
from .timex import Direction, TimeExpression, find_expressions

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MODIFIERS = ("obl", "advmod", "nmod", "nummod", "compound", "amod", "appos", "obj", "dep")
_LONGEST_FILLER = 14
"""Words of a role filler from which an expression inside it belongs to something deeper ("since the talks that ended on Friday")."""


def event_date(predicate: Token, published: str | None, temporal: Sequence[Token] = ()) -> str | None:
    """The date of what the predicate states: YYYY, YYYY-MM, YYYY-MM-DD or start/end; None where the text does not say.

    `published` is an ISO date (YYYY, YYYY-MM, YYYY-MM-DD) against which "last week" or "in October" is resolved; without
    it only absolute dates count. `temporal` are the fillers of the role TMP.
    """
    sentence = predicate.sent
    expressions = find_expressions(sentence.text)
    if not expressions:
        return None
    day = read_published(published)
    bearers = list(_bearers(predicate, temporal))
    others = {above.i for above in ancestors(predicate)} - {bearer.i for bearer, _ in bearers}
    placed_ones = [_Placed(expression, sentence) for expression in expressions]
    found = [placed for placed in placed_ones if not placed.hangs_on(others) or _follows(placed, predicate, placed_ones)]
    for bearer, fillers in bearers:
        resolved = [when for placed in found if placed.belongs_to(bearer, fillers) and (when := _resolve(placed, bearer, predicate, day))]
        if resolved:
            return str(min(resolved, key=_coarseness))
    return None


def _follows(placed: _Placed, predicate: Token, others: Sequence[_Placed]) -> bool:
    """Whether the expression stands right behind a nominal predicate and its governor is dated by another.

    "complained on Tuesday over raids last Friday": the raids were on Friday.
    """
    if predicate.pos_ != "NOUN" or predicate.i + 1 not in placed.tokens:
        return False
    above = placed.above()
    return above is not None and any(other is not placed and other.hangs_on({above.i}) for other in others)


class _Placed:
    """An expression of time with its place in the tree."""

    __slots__ = ("expression", "head", "tokens")

    def __init__(self, expression: TimeExpression, sentence: Span) -> None:
        self.expression = expression
        start = sentence.start_char
        inside = [
            token
            for token in sentence
            if token.idx < start + expression.end and token.idx + len(token) > start + expression.start and not token.is_space
        ]
        indices = {token.i for token in inside}
        self.tokens = indices
        self.head = next((token for token in inside if token.head.i not in indices or token.head.i == token.i), None)

    def hangs_on(self, words: Collection[int]) -> bool:
        """Whether the tree puts the expression below one of the words: it dates that, whatever the roles say."""
        above = self.above()
        return above is not None and above.i in words

    def above(self) -> Token | None:
        """What the tree hangs the expression on."""
        return governor(self._top()) if self.head is not None else None

    def belongs_to(self, bearer: Token, fillers: Sequence[Token]) -> bool:
        """Whether the expression dates the bearer: inside a filler of its TMP role, or one of its own modifiers."""
        if self.head is None or bearer.i in self.tokens:
            return False
        for filler in fillers:
            size = filler.right_edge.i - filler.left_edge.i + 1
            if self._hangs_elsewhere(bearer):
                break
            if filler.i in self.tokens or (size <= _LONGEST_FILLER and all(filler.left_edge.i <= i <= filler.right_edge.i for i in self.tokens)):
                return not self._is_count(bearer)
        if bearer.pos_ == "NOUN" and bearer.i + 1 in self.tokens:
            return True
        top = self._top()
        above = governor(top)
        return above is not None and above.i in (bearer.i, first_conjunct(bearer).i) and self._may_modify(top, bearer, above)

    def _hangs_elsewhere(self, bearer: Token) -> bool:
        """Whether the tree puts the expression into another clause: roles reach across clauses, dates do not."""
        above = self.above()
        return above is not None and heads_clause(above) and above.i not in (bearer.i, first_conjunct(bearer).i) and bearer.pos_ != "NOUN"

    def _may_modify(self, top: Token, bearer: Token, above: Token) -> bool:
        if not has_label(top, *_MODIFIERS) or self._is_count(bearer):
            return False
        if above.i != bearer.i:  # a date before the first of several verbs holds for all of them
            return top.i < above.i
        return not (label(top) == "obj" and bearer.pos_ == "VERB")

    def _top(self) -> Token:
        """The word by which the expression hangs on the rest: "night" in "the night of 3 March", "ago" in "two days ago"."""
        assert self.head is not None
        top = self.head
        for above in ancestors(self.head):
            if above.lemma_.lower() not in _TIME_WORDS or top.head.i != above.i:
                break
            top = above
        return top

    def _is_count(self, bearer: Token) -> bool:
        """Whether a bare year is a number of things: "2014 attacks"."""
        head = self.head
        return (
            head is not None and label(head) == "nummod" and head.head.i == bearer.i and "Plur" in bearer.morph.get("Number", [])
        )


_TIME_WORDS = frozenset(
    {
        "night", "morning", "evening", "afternoon", "day", "week", "month", "year", "end", "start", "beginning", "middle", "summer", "winter", "spring",
        "autumn", "fall", "early", "late", "earlier", "later", "ago", "eve", "half", "quarter", "dawn", "noon", "midnight", "hour", "time", "weekend",
        "course", "wake", "date",
    }
)  # fmt: skip


def _bearers(predicate: Token, temporal: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """The predicate, then what carries it and shares its time, each with its own role fillers."""
    yield predicate, temporal
    for step in embeddings(predicate):
        if step.link in ("participle", "content", "relative") or reports(step) or any(row.modality not in (None, Modality.ASSERTED) for row in step.carriers):
            return
        yield step.governor, ()


def _resolve(placed: _Placed, bearer: Token, predicate: Token, published: Published | None) -> Period | Interval | None:
    return placed.expression.resolve(published, _direction(predicate, bearer))


def _direction(predicate: Token, bearer: Token) -> Direction:
    """Whether what is told lies behind or ahead of the publication: by tense, else by what is planned or asked for."""
    from .factuality import assess

    if assess(predicate).modality in (Modality.PLANNED, Modality.REQUESTED, Modality.CONDITIONAL):
        return "future"
    if predicate.pos_ in ("NOUN", "PROPN") and all(reports(step) for step in embeddings(predicate)):
        return "past"  # "condemns the attack on Sunday"
    for word in (predicate, bearer, clause(bearer)):
        when = tense(word)
        if when is not None:
            return "past" if when == "past" else "future"
        if "Part" in word.morph.get("VerbForm", []) and "Past" in word.morph.get("Tense", []):
            return "past"
    return "past"


def _coarseness(when: Period | Interval) -> int:
    """Days covered: of several dates the finest is the event's."""
    if isinstance(when, Interval):
        return (when.end.last - when.start.first).days
    return (when.last - when.first).days
