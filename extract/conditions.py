"""Conditions: which words open a clause or phrase as one, and which predicates hold only under one.

"if", "unless", "as long as", "in the event of", inversion ("should Mali attack, …"), and clauses of time that gate what is
still to come ("will reopen once Niamey restores order"). The words stand in `data/hedges.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from .hedges import Hedge, HedgeKind, all_hedges, hedge
from .records import Modality
from .syntax import (
    auxiliaries,
    child,
    children,
    first_conjunct,
    governor,
    has_label,
    heads_clause,
    is_infinitive,
    is_passive,
    label,
    marker,
    preposition,
    relation,
    tense,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_GATES = frozenset({"once", "until", "till", "as soon as"})
_TEMPORAL = _GATES | {"when", "after", "before"}
_LONGEST_OPENING = 4
_TIMES = frozenset({"minute", "hour", "day", "week", "fortnight", "month", "deadline"})
FACING = frozenset({"face", "risk", "suffer", "incur"})
"""Verbs for what comes to those who do not do as they are told."""


def opening(token: Token) -> Hedge | None:
    """The hedging words that open a clause or noun phrase: "if", "as long as", "provided that", "in the event of".

    They are read off the text before the phrase, since parsers draw the longer ones in many ways.
    """
    kind: HedgeKind = "subordinator" if heads_clause(token) else "preposition"
    return next((row for words in _words_before(token) if (row := hedge(words, kind)) is not None), None)


def _words_before(token: Token) -> Iterator[str]:
    """The last words before the phrase of a predicate and those that open it, longest first; then those that the tree marks."""
    start = _onset(token)
    while start < token.i and has_label(token.doc[start], "mark", "case", "advmod", "cc", "fixed", "punct"):
        start += 1
    words = [word.lower_ for word in token.doc[max(token.sent.start, start - _LONGEST_OPENING) : start]]
    if words[-1:] == ["that"]:
        words.pop()
    if words and words[-1] in _last_words():
        yield from (" ".join(words[i:]) for i in range(len(words)))
    marked = marker(token) if heads_clause(token) else preposition(token)
    if marked:
        yield marked
        yield marked.split()[0]


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    """The words that an opening can end with."""
    openings = [row.word for row in all_hedges() if row.kind in ("subordinator", "preposition")]
    return frozenset(phrase.split()[-1] for phrase in (*openings, *_TEMPORAL))


def _onset(token: Token) -> int:
    """Where the core of a phrase begins: its subject, auxiliaries, determiner, adjectives; not what is set before it."""
    core = [dependent for dependent in token.children if dependent.i < token.i and has_label(dependent, *_CORE)]
    return min((dependent.left_edge.i for dependent in core), default=token.i)


_CORE = ("nsubj", "csubj", "aux", "cop", "det", "amod", "compound", "nmod", "nummod", "expl", "mark", "case")


def _temporal(token: Token) -> str:
    """The temporal subordinator of a clause, or ""."""
    for words in _words_before(token):
        if words in _TEMPORAL:
            return words
    return next((adverb.lower_ for adverb in children(token, "advmod") if adverb.lower_ in _TEMPORAL), "")


def _is_ahead(token: Token) -> bool:
    """Whether a temporal clause has no past form of its own: "once Rome ratifies", "has ratified"."""
    return not looks_ahead(token) and (tense(token) == "present" or any(aux.lower_ in ("has", "have") for aux in auxiliaries(token)))


def awaited(token: Token) -> tuple[str, Modality] | None:
    """Whether a clause of time waits for what has not happened: its word, and conditional for a gate ("once"), else planned.

    "once Rome ratifies the pact, Oslo will join": neither has happened. "when it attacked in 1998" has.
    """
    above = governor(token)
    if label(token) != "advcl" or above is None or not looks_ahead(above) or not _is_ahead(token):
        return None
    word = _temporal(token)
    return (word, Modality.CONDITIONAL if word in _GATES else Modality.PLANNED) if word else None


def looks_ahead(token: Token) -> bool:
    """Whether an auxiliary puts the predicate anywhere but into fact: "will", "would", "could"."""
    return any(hedge(aux.lemma_, "auxiliary") is not None for aux in auxiliaries(token))


def inversion(token: Token) -> str:
    """The auxiliary that makes a condition by standing first: "should Mali attack, …", "had Rome known, …"; or ""."""
    found = child(token, "nsubj", "csubj")
    if found is None or token.sent[-1].text == "?" or any(mark.lower_ != "to" for mark in children(token, "mark")):
        return ""
    first = next((word for word in token.doc[token.left_edge.i : token.i] if not word.is_punct and not has_label(word, "cc")), None)
    return first.lower_ if first is not None and first.lower_ in ("should", "had", "were") and first.i < found.i else ""


def _condition(clause: Token) -> str:
    """The words that make a dependent a condition of its governor, or ""."""
    if label(clause) == "ccomp":
        return inversion(clause)
    if label(clause) in ("advcl", "parataxis"):
        row = opening(clause)
        if row is not None and row.modality is Modality.CONDITIONAL:
            return "" if row.word == "even if" else row.word  # what holds even then depends on nothing
        if (word := _temporal(clause)) in _GATES and _is_ahead(clause):
            return word
        if (own := _heading(clause)) is not None and own.modality is Modality.CONDITIONAL and child(clause, "nsubj") is None:
            return own.word
        return inversion(clause)
    if label(clause) == "advmod":
        return next((found for inner in children(clause, "advcl") if (found := _condition(inner))), "")
    if label(clause) in ("obl", "nmod") and clause.lemma_.lower() in ("case", "event", "condition"):
        words = f"{preposition(clause)} {clause.doc[clause.left_edge.i + 1 : clause.i + 1].text.lower()}"
        return words if hedge(words, "subordinator") is not None and child(clause, "nmod", "acl") is not None else ""
    row = hedge(preposition(clause), "preposition") if label(clause) == "obl" and preposition(clause) else None
    return row.word if row is not None and row.modality is Modality.CONDITIONAL else ""


def _heading(clause: Token) -> Hedge | None:
    """The row of a conditional word that the parser made the head: "barring a miracle", "provided that Oslo pays", but not "providing tanks"."""
    if (row := hedge(clause.lower_, "preposition")) is not None:
        return row
    follows = any(inner.left_edge.i == clause.i + 1 and child(inner, "nsubj") is not None for inner in children(clause, "ccomp", "advcl"))
    return hedge(clause.lower_, "subordinator") if follows else None


def alternative(noun: Token) -> str:
    """ "or face", "or else risk" before what comes to those who do not do as they are told, or ""; parsers take the verb for a noun beside it, too."""
    above = governor(noun)
    verbs = [above] if above is not None and has_label(noun, "obj") else []
    facing = next((word for word in (*verbs, *children(noun, "compound")) if word.lemma_.lower() in FACING and word.i < noun.i), None)
    if facing is None or facing.i < 2:
        return ""
    before = facing.nbor(-2) if facing.nbor(-1).lower_ == "else" else facing.nbor(-1)
    return f"or {facing.lower_}" if before.lower_ == "or" else ""


def time_given(verb: Token, task: Token) -> Token | None:
    """The word for the time that somebody gives another for what the infinitive says: "until", "hours" in "gave Chad 48 hours to withdraw"."""
    if not is_infinitive(task) or is_passive(verb):
        return None
    between = verb.doc[verb.i + 1 : task.left_edge.i]
    if any(word.pos_ == "VERB" for word in between):
        return None
    return next((word for word in between if word.lower_ == "until" or word.lemma_.lower() in _TIMES), None)


def is_gate(condition: str) -> bool:
    """Whether the words say from when on something holds: "once", "until"."""
    return condition in _GATES


def condition_on(token: Token) -> str:
    """The condition under which the predicate is stated, or "".

    An if-clause beside a finished act of speech ("warned that it would strike if …") conditions what was said, however
    the parser attached it.
    """
    if not heads_clause(token):
        return ""
    first = first_conjunct(token)
    for source in [token] if token.i == first.i or child(token, "nsubj") is not None else [token, first]:
        if not _hands_on(source) and (found := _conditions(source)):
            return _if_gated(source, found)
    above = governor(token)
    if above is None:
        return ""
    if relation(token) == "parataxis" and (inverted := inversion(above)):
        return inverted
    if relation(token) in ("ccomp", "xcomp", "acl", "advcl") and _hands_on(above):
        return _conditions(above)
    return ""


def _conditions(token: Token) -> str:
    return next((found for clause in token.children if (found := _condition(clause))), "")


def _if_gated(token: Token, condition: str) -> str:
    """A temporal clause is a condition of what looks ahead only: "will reopen once", not "reopened once"."""
    return "" if condition in _GATES and not looks_ahead(token) else condition


def _hands_on(token: Token) -> bool:
    """Whether the predicate is a finished act with a complement that looks ahead, so that conditions belong to that."""
    if tense(token) != "past" or looks_ahead(token):
        return False
    return any(looks_ahead(clause) or marker(clause) == "to" for clause in children(token, "ccomp", "xcomp", "advcl"))
