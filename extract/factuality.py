"""Whether the text says that something is so, may be, is planned, asked for, conditional, or is not so.

Rules read the words around a predicate and those that embed it; each decision names its reason. The learned score speaks
only where no rule does. Where several modalities hold the first of conditional, requested, planned, possible is kept
(the order of `records.Modality`), and negations cancel out: "refused to stop sending" is asserted.

What is taken for granted stays asserted: "the alliance may embolden Mali" hedges what the alliance does, not that it is.
A purpose of something that happened is asserted ("sent troops to assist"), as the action is how it is served.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .frames import Carrier, CarrierKind
from .hedges import Hedge, HedgeKind, hedge
from .records import Modality
from .scope import Embedding, embeddings, governing_rows
from .syntax import (
    auxiliaries,
    child,
    children,
    first_conjunct,
    governor,
    has_label,
    heads_clause,
    is_root,
    label,
    marker,
    negation,
    preposition,
    relation,
    subject,
    tense,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRECEDENCE = (Modality.CONDITIONAL, Modality.REQUESTED, Modality.PLANNED, Modality.POSSIBLE)
UNLIKELY_SCORE = -1.0
"""Below this learned score (−3 did not happen … 3 happened) a predicate for which no rule speaks is only possible."""


@dataclass(frozen=True, slots=True)
class Factuality:
    """How a text puts a predicate. Equal when every field is.

    `reason` names what decided ('auxiliary "may"; negation "not"'), "" where nothing but the plain statement did.
    """

    negated: bool
    modality: Modality
    reason: str


@dataclass(frozen=True, slots=True)
class _Finding:
    """One word's say: a modality, a negation, or both; `word` is its index in the Doc, so that none is heard twice."""

    word: int
    modality: Modality | None
    negated: bool
    reason: str


def assess(predicate: Token, *, factuality: float | None = None, roles: Mapping[str, Sequence[Token]] | None = None) -> Factuality:
    """Judge a verb, noun or adjective of a parsed Doc.

    `factuality` is the learned score, −3 … 3, or None; `roles` the fillers by label, of which NEG and MOD are read.
    """
    findings = list({(found.word, found.modality): found for found in _findings(predicate, roles or {})}.values())
    if not findings and factuality is not None and factuality < UNLIKELY_SCORE:
        findings = [_Finding(predicate.i, Modality.POSSIBLE, False, f"learned factuality {factuality:.1f}")]
    modality = next((wanted for wanted in _PRECEDENCE if any(found.modality is wanted for found in findings)), Modality.ASSERTED)
    deciding = [found for found in findings if found.negated or (found.modality is modality)]
    negated = sum(found.negated for found in findings) % 2 == 1
    return Factuality(negated, modality, "; ".join(dict.fromkeys(found.reason for found in deciding)))


def _findings(predicate: Token, roles: Mapping[str, Sequence[Token]]) -> Iterator[_Finding]:
    own = list(_own(predicate))
    yield from own
    yield from _from_roles(roles, own)
    for step in embeddings(predicate):
        yield from _of_carriers(step)
        yield from _inherited(step)


def _own(token: Token) -> Iterator[_Finding]:
    """What the words around a predicate itself say."""
    yield from _auxiliary_findings(token)
    yield from _negation_findings(token)
    yield from _modifier_findings(token)
    yield from _clause_findings(token)


def _found(word: Token, row: Hedge, reason: str) -> _Finding:
    return _Finding(word.i, row.modality, row.negated, reason)


# ---- auxiliaries ----------------------------------------------------------------------------------------------------


def _auxiliary_findings(token: Token) -> Iterator[_Finding]:
    chain = auxiliaries(token)
    for aux in chain:
        lemma = aux.lemma_.lower()
        row = hedge(lemma, "auxiliary")
        reason = f'auxiliary "{aux.text}"'
        if row is None:
            if lemma == "be" and _is_to(token, aux):
                yield _Finding(aux.i, Modality.PLANNED, False, f'"{aux.text} to"')
        elif lemma == "would":
            yield _Finding(aux.i, _would(token), False, reason)
        elif lemma == "should" and _inverted(token):
            continue
        elif lemma == "must" and any(other.lower_ == "have" and other.i > aux.i for other in chain):
            yield _Finding(aux.i, Modality.POSSIBLE, False, f'"{aux.text} have"')
        else:
            yield _found(aux, row, reason)


def _is_to(token: Token, aux: Token) -> bool:
    """Whether "be" stands for a plan: "is to visit"."""
    mark = child(token, "mark")
    return mark is not None and mark.lower_ == "to" and mark.i > aux.i


def _would(token: Token) -> Modality:
    """What "would" means: conditional with an if-clause, a plan in past reported speech ("said it would"), else possible."""
    if _condition_on(token):
        return Modality.CONDITIONAL
    above = governor(token)
    if above is not None and relation(token) in ("ccomp", "parataxis") and tense(above) == "past":
        return Modality.PLANNED
    speech = next((clause for clause in children(token, "parataxis") if tense(clause) == "past"), None)
    return Modality.PLANNED if speech is not None and subject(speech) is not None else Modality.POSSIBLE


# ---- negation -------------------------------------------------------------------------------------------------------

_NOBODY = frozenset({"nobody", "none", "nothing", "neither", "no-one"})
_NO_CIRCUMSTANCE = frozenset({"circumstance", "way", "account", "time", "condition", "case"})


def _negation_findings(token: Token) -> Iterator[_Finding]:
    negative = negation(token) or _shared_negation(token)
    if negative is not None:
        yield _Finding(negative.i, None, True, f'negation "{negative.text}"' if negative.lower_ != "longer" else 'negation "no longer"')
        return
    for argument in children(token, "nsubj", "obj", "obl"):
        if label(argument) == "obl" and argument.lemma_.lower() not in _NO_CIRCUMSTANCE:
            continue
        determiner = next((det for det in children(argument, "det") if det.lower_ in ("no", "neither")), None)
        word = determiner if determiner is not None else argument
        if argument.lower_ in _NOBODY or (determiner is not None and argument.lower_ != "doubt"):
            yield _Finding(word.i, None, True, f'negation "{word.text}"')
            return
    yet = next((adverb for adverb in children(token, "advmod") if adverb.lower_ == "yet"), None)
    if yet is not None and yet.i + 1 < len(token.doc) and token.doc[yet.i + 1].lower_ == "to":
        yield _Finding(yet.i, None, True, '"yet to"')


def _shared_negation(token: Token) -> Token | None:
    """The negation of the conjunct before, where the auxiliaries are shared too: "did not attack or invade"."""
    if label(token) != "conj" or is_root(token) or children(token, "aux") or any(cc.lower_ == "but" for cc in children(token, "cc")):
        return None
    if child(token, "nsubj") is not None or child(token, "mark") is not None:
        return None
    return negation(token.head) if auxiliaries(token) and auxiliaries(token) == auxiliaries(token.head) else None


# ---- adverbs, adjectives, determiners ---------------------------------------------------------------------------------


def _modifier_findings(token: Token) -> Iterator[_Finding]:
    kinds: dict[str, HedgeKind] = {"advmod": "adverb", "amod": "adjective", "compound": "adjective", "det": "determiner"}
    first = first_conjunct(token)
    shared = children(first, "amod") if first.i != token.i and child(token, "det", "amod", "nmod:poss") is None else []
    for modifier in [*token.children, *shared]:
        kind = kinds.get(label(modifier))
        row = hedge(modifier.lower_, kind) if kind else None
        if row is not None and not (kind == "determiner" and _is_denied(token)):
            yield _found(modifier, row, f'{kind} "{modifier.text}"')


def _is_denied(token: Token) -> bool:
    """Whether "any" only strengthens a negation: "denied any involvement", "did not sign any deal"."""
    above = governor(token)
    return above is not None and (negation(above) is not None or any(row.kind is CarrierKind.NEGATIVE for row in _rows(token)))


def _rows(token: Token) -> tuple[Carrier, ...]:
    step = next(embeddings(token), None)
    return step.carriers if step is not None else ()


# ---- clauses --------------------------------------------------------------------------------------------------------


def _clause_findings(token: Token) -> Iterator[_Finding]:
    """Subordinators and prepositions of the predicate, conditions on it, inversion, and questions."""
    first = first_conjunct(token)
    row = _opening(first)
    if row is not None:
        embedded = label(first) in ("ccomp", "csubj") and row.word == "if"
        yield _Finding(first.i, Modality.POSSIBLE, False, '"if"') if embedded else _found(first, row, f'"{row.word}"')
    elif label(first) in ("advcl", "ccomp") and (word := _temporal(first)) and _is_ahead(first):
        above = governor(first)
        if above is not None and _looks_ahead(above):
            yield _Finding(first.i, Modality.CONDITIONAL if word in _GATES else Modality.PLANNED, False, f'"{word}"')
    if inverted := _inverted(first):
        yield _Finding(first.i, Modality.CONDITIONAL, False, f'"{inverted}" before its subject')
    if condition := _condition_on(token):
        yield _Finding(first.i, Modality.CONDITIONAL, False, f'"{condition}"')
    if is_root(first) and token.sent[-1].text == "?" and token.pos_ in ("VERB", "ADJ"):
        yield _Finding(first.i, Modality.POSSIBLE, False, "question")


_GATES = frozenset({"once", "until", "till", "as soon as"})
_TEMPORAL = _GATES | {"when", "after", "before"}
_LONGEST_OPENING = 4


def _opening(token: Token) -> Hedge | None:
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
    first = token.sent.start
    for length in range(min(_LONGEST_OPENING, start - first), 0, -1):
        words = [word.lower_ for word in token.doc[start - length : start]]
        yield " ".join(words[:-1] if words[-1] == "that" and len(words) > 1 else words)
    marked = marker(token) if heads_clause(token) else preposition(token)
    if marked:
        yield marked
        yield marked.split()[0]


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
    return not _looks_ahead(token) and (tense(token) == "present" or any(aux.lower_ in ("has", "have") for aux in auxiliaries(token)))


def _looks_ahead(token: Token) -> bool:
    return any(hedge(aux.lemma_, "auxiliary") is not None for aux in auxiliaries(token))


def _inverted(token: Token) -> str:
    """The auxiliary that makes a condition by standing first: "should Mali attack, …", "had Rome known, …"; or ""."""
    found = child(token, "nsubj", "csubj")
    if found is None or token.sent[-1].text == "?" or (child(token, "mark") is not None and child(token, "mark").lower_ != "to"):  # type: ignore[union-attr]
        return ""
    first = next((word for word in token.doc[token.left_edge.i : token.i] if not word.is_punct and not has_label(word, "cc")), None)
    return first.lower_ if first is not None and first.lower_ in ("should", "had", "were") and first.i < found.i else ""


def _condition(clause: Token) -> str:
    """The words that make a dependent a condition of its governor, or ""."""
    if label(clause) in ("advcl", "ccomp", "parataxis"):
        row = _opening(clause)
        if row is not None and row.modality is Modality.CONDITIONAL:
            return row.word
        if (word := _temporal(clause)) in _GATES and _is_ahead(clause):
            return word
        own = hedge(clause.lower_, "subordinator")  # "provided (that)", "assuming" as the head of what follows
        if own is not None and own.modality is Modality.CONDITIONAL and child(clause, "nsubj") is None:
            return own.word
        return _inverted(clause)
    if label(clause) == "advmod":
        return next((found for inner in children(clause, "advcl") if (found := _condition(inner))), "")
    if label(clause) in ("obl", "nmod") and clause.lemma_.lower() in ("case", "event", "condition"):
        words = f"{preposition(clause)} {clause.doc[clause.left_edge.i + 1 : clause.i + 1].text.lower()}"
        return words if hedge(words, "subordinator") is not None and child(clause, "nmod", "acl") is not None else ""
    row = hedge(preposition(clause), "preposition") if label(clause) == "obl" and preposition(clause) else None
    return row.word if row is not None and row.modality is Modality.CONDITIONAL else ""


def _condition_on(token: Token) -> str:
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
    if relation(token) == "parataxis" and (inverted := _inverted(above)):
        return inverted
    if relation(token) in ("ccomp", "xcomp", "acl", "advcl") and _hands_on(above):
        return _conditions(above)
    return ""


def _conditions(token: Token) -> str:
    return next((found for clause in token.children if (found := _condition(clause))), "")


def _if_gated(token: Token, condition: str) -> str:
    """A temporal clause is a condition of what looks ahead only: "will reopen once", not "reopened once"."""
    return "" if condition in _GATES and not _looks_ahead(token) else condition


def _hands_on(token: Token) -> bool:
    """Whether the predicate is a finished act with a complement that looks ahead, so that conditions belong to that."""
    if tense(token) != "past" or _looks_ahead(token):
        return False
    return any(_looks_ahead(clause) or marker(clause) == "to" for clause in children(token, "ccomp", "xcomp", "advcl"))


# ---- roles and carriers ---------------------------------------------------------------------------------------------


def _from_roles(roles: Mapping[str, Sequence[Token]], own: Sequence[_Finding]) -> Iterator[_Finding]:
    """Learned NEG and MOD fillers that the tree did not show."""
    if not any(found.negated for found in own):
        for filler in roles.get("NEG", ()):
            if filler.lower_ in ("not", "n't", "n’t", "never", "no", "cannot", "nor"):
                yield _Finding(filler.i, None, True, f'negation "{filler.text}"')
                break
    if not any(found.modality for found in own):
        for filler in roles.get("MOD", ()):
            row = hedge(filler.lemma_, "auxiliary")
            if row is not None:
                yield _found(filler, row, f'auxiliary "{filler.text}"')


def _of_carriers(step: Embedding) -> Iterator[_Finding]:
    """What the governor makes of what it embeds: "plans to", "the possibility of", "refused to"."""
    if step.link in ("purpose", "result", "manner", "participle"):
        return
    rows = governing_rows(step)
    modality = next((row.modality for row in rows if row.modality not in (None, Modality.ASSERTED)), None)
    negative = any(row.kind is CarrierKind.NEGATIVE for row in rows) and not _is_stance(step)
    if modality is None and not negative:
        return
    kind = {"VERB": "verb", "AUX": "verb", "ADJ": "adjective"}.get(step.governor.pos_, "noun")
    joint = " to" if "to" in marker(step.inner).split() else ""
    yield _Finding(step.governor.i, modality, negative, f'{kind} "{step.governor.text}{joint}"')


_STANCES = frozenset({"oppose", "opposition", "resist", "dismiss", "reject", "rejection", "miss", "prevention", "decline", "loss"})


def _is_stance(step: Embedding) -> bool:
    """Whether the governor is against something that is there all the same: "opposed the invasion", "dismissed the claim that"."""
    if step.governor.lemma_.lower() not in _STANCES:
        return False
    nominal = label(step.inner) in ("obj", "nmod", "obl", "nsubj")
    return nominal and child(step.inner, "det", "nmod:poss") is not None and not any(det.lower_ == "any" for det in children(step.inner, "det"))


def _inherited(step: Embedding) -> Iterator[_Finding]:
    """What holds of the governor and therefore of what it embeds.

    An act of speech hands down nothing: who did not say that it rained did not say that it did not.
    """
    rows = governing_rows(step)
    if any(row.kind is CarrierKind.REPORT for row in rows) and step.link == "content":
        return
    for found in _own(step.governor):
        if step.link not in ("result", "participle"):
            yield found
        elif found.modality is not None:
            yield _Finding(found.word, found.modality, False, found.reason)


__all__ = ["UNLIKELY_SCORE", "Factuality", "assess"]
