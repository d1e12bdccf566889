"""Whether the text says that something is so, may be, is planned, asked for, conditional, or is not so.

Rules read the words around a predicate and those that embed it; each decision names its reason. The learned score speaks
only where no rule does. Where several modalities hold the first of conditional, requested, planned, possible is kept
(the order of `records.Modality`), and negations cancel out: "refused to stop sending" is asserted.

What is taken for granted stays asserted: "the alliance may embolden Mali" hedges what the alliance does, not that it is.
A purpose of something that happened is asserted ("sent troops to assist"), as the action is how it is served; what somebody is
sent out to reach is not (`purposes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .carriers import bundled_frames, carriers_of, governing_rows, is_endeavor, reports
from .conditions import alternative, awaited, condition_on, inversion, is_gate, opening, time_given
from .frames import Carrier, CarrierKind
from .hedges import Hedge, HedgeKind, hedge
from .narrated import is_told_ahead
from .negations import ends_deed, negating_words
from .purposes import errand_of, is_furthered, is_under_way
from .records import Modality
from .relations import part_of_speech
from .scope import Embedding, embeddings
from .snapshot import once_a_word
from .syntax import (
    auxiliaries,
    child,
    children,
    first_conjunct,
    governor,
    is_focus,
    is_quoted,
    is_root,
    is_subjunctive,
    label,
    marker,
    negation,
    relation,
    subject,
    tense,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRECEDENCE = (Modality.CONDITIONAL, Modality.REQUESTED, Modality.PLANNED, Modality.POSSIBLE)
UNLIKELY_SCORE = -0.75
"""Below this learned score (−3 did not happen … 3 happened) a noun or adjective for which no rule speaks is only possible."""
UNLIKELY_VERB_SCORE = -0.25
"""The same for verbs, on which the score was learned: on ewt-dev three of four between this and the other did not happen, by UDS's
annotators, and one of two just above it.
"""


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
    return _judge(predicate, factuality, roles) if roles or factuality is not None else _judge_words(predicate)


@once_a_word
def _judge_words(predicate: Token) -> Factuality:
    """What the words alone say, which more than one rule asks."""
    return _judge(predicate, None, {})


def _judge(predicate: Token, factuality: float | None, roles: Mapping[str, Sequence[Token]] | None) -> Factuality:
    findings = list({(found.word, found.modality): found for found in _findings(predicate, roles or {})}.values())
    least = UNLIKELY_VERB_SCORE if predicate.pos_ == "VERB" else UNLIKELY_SCORE
    if not findings and factuality is not None and factuality < least and not (_is_singled_out(predicate) or _comes_about(predicate)):
        step = next(embeddings(predicate), None)
        doubt = Modality.PLANNED if step is not None and step.link == "purpose" else Modality.POSSIBLE  # "asked for money to help Peru"
        findings = [_Finding(predicate.i, doubt, False, f"learned factuality {factuality:.1f}")]
    modality = next((wanted for wanted in _PRECEDENCE if any(found.modality is wanted for found in findings)), Modality.ASSERTED)
    deciding = [found for found in findings if found.negated or (found.modality is modality)]
    negated = sum(found.negated for found in findings) % 2 == 1
    return Factuality(negated, modality, "; ".join(dict.fromkeys(found.reason for found in deciding)))


def _is_singled_out(predicate: Token) -> bool:
    """Whether the infinitive says who did it: "the first delegation to visit", "the only country to vote against"."""
    noun = governor(predicate)
    if label(first_conjunct(predicate)) != "acl" or "to" not in marker(predicate).split() or noun is None:
        return False
    return any(word.lower_ in _SINGLING_OUT for word in noun.doc[noun.left_edge.i : noun.i + 1])


def _comes_about(predicate: Token) -> bool:
    """Whether the table says of the governor that what it governs is so: "continue to join", "forced Laos to support"."""
    return any(row.kind in (CarrierKind.ASPECT, CarrierKind.CAUSE, CarrierKind.CONTROL) and row.modality is None for row in _rows(predicate))


_SINGLING_OUT = frozenset({"first", "second", "third", "last", "latest", "only", "sole"})


def _findings(predicate: Token, roles: Mapping[str, Sequence[Token]]) -> Iterator[_Finding]:
    own = _own(predicate)
    yield from own
    yield from _from_roles(roles, own)
    requested = False
    for step in embeddings(predicate):
        if ends_deed(step):
            return
        for found in (*_of_carriers(step), *_inherited(step)):
            refused = requested and found.negated and found.word == step.governor.i
            if not refused:  # a request that is refused was made all the same
                yield found
            requested = requested or found.modality is Modality.REQUESTED


@once_a_word
def _own(token: Token) -> tuple[_Finding, ...]:
    """What the words around a predicate itself say."""
    negations = (_Finding(word.i, None, True, reason) for word, reason in negating_words(token))
    return (*_auxiliary_findings(token), *negations, *_modifier_findings(token), *_clause_findings(token))


def _found(word: Token, row: Hedge, reason: str) -> _Finding:
    return _Finding(word.i, row.modality, row.negated, reason)


# ---- auxiliaries ----------------------------------------------------------------------------------------------------


def _auxiliary_findings(token: Token) -> Iterator[_Finding]:
    yield from _be_to(token)
    chain = auxiliaries(token)
    for aux in chain:
        lemma = "would" if aux.lower_ in ("'d", "’d") and token.tag_ == "VB" else aux.lemma_.lower()
        row = hedge(lemma, "auxiliary") or hedge(aux.lower_, "auxiliary")
        reason = f'auxiliary "{aux.text}"'
        if row is None:
            continue
        if lemma == "would":
            yield _Finding(aux.i, Modality.ASSERTED if is_told_ahead(token) else _would(token), False, reason)
        elif lemma == "should" and inversion(token):
            pass
        elif lemma == "must" and any(other.lower_ == "have" and other.i > aux.i for other in chain):
            yield _Finding(aux.i, Modality.POSSIBLE, False, f'"{aux.text} have"')
        else:
            yield _found(aux, row, reason)


def _be_to(token: Token) -> Iterator[_Finding]:
    """ "is to visit", a headline's "Kenya to visit", and "is about to", "is due to", "is likely to" where the parser took the verb for the predicate."""
    to = next((word for word in token.children if word.lower_ == "to" and word.i < token.i), None) if token.tag_ == "VB" else None
    to = to or next((inner for word in token.children for inner in children(word, "fixed") if inner.lower_ == "to" and inner.i < token.i), None)
    if to is None or token.tag_ != "VB" or to.i == 0:
        return
    word = to.nbor(-1)
    found = subject(token)
    if is_root(token) and found is not None and found.i < to.i and not children(token, "aux", "cop"):
        yield _Finding(to.i, Modality.PLANNED, False, '"to"')
    elif word.lemma_.lower() == "be" and word.head.i == token.i:
        yield _Finding(word.i, Modality.PLANNED, False, f'"{word.text} to"')
    elif word.head.i == token.i and part_of_speech(word) != "v" and (rows := bundled_frames().carriers(word.lower_, "a")):
        negative = any(row.kind is CarrierKind.NEGATIVE for row in rows)
        yield _Finding(word.i, next((row.modality for row in rows if row.modality), None), negative, f'"{word.text} to"')


def _would(token: Token) -> Modality:
    """What "would" means: conditional with an if-clause, a plan in past reported speech ("said it would"), else possible."""
    if condition_on(token):
        return Modality.CONDITIONAL
    above = governor(token)
    if above is not None and relation(token) in ("ccomp", "parataxis") and tense(above) == "past":
        return Modality.PLANNED
    speech = next((clause for clause in children(token, "parataxis") if tense(clause) == "past"), None)
    return Modality.PLANNED if speech is not None and subject(speech) is not None else Modality.POSSIBLE


# ---- adverbs, adjectives, determiners ---------------------------------------------------------------------------------


def _modifier_findings(token: Token) -> Iterator[_Finding]:
    kinds: dict[str, HedgeKind] = {"advmod": "adverb", "amod": "adjective", "compound": "adjective", "det": "determiner"}
    first = first_conjunct(token)
    shared = children(first, "amod") if first.i != token.i and child(token, "det", "amod", "nmod:poss") is None else []
    found = subject(token)
    opening_adverbs = [word for word in children(found, "advmod") if word.i == token.sent.start] if found is not None else []
    for modifier in [*token.children, *shared, *opening_adverbs]:
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
    """Subordinators and prepositions of the predicate, conditions on it, commands and questions."""
    first = first_conjunct(token)
    row = opening(first)
    if row is not None:
        asked = row.word == "if" and _is_asked_about(first)
        yield _Finding(first.i, Modality.POSSIBLE, False, '"if"') if asked else _found(first, row, f'"{row.word}"')
    elif (gate := awaited(first)) is not None:
        yield _Finding(first.i, gate[1], False, f'"{gate[0]}"')
    if word := inversion(first):
        yield _Finding(first.i, Modality.CONDITIONAL, False, f'"{word}" before its subject')
    if (word := condition_on(token)) and not (is_gate(word) and _is_obliged(token)):
        yield _Finding(first.i, Modality.CONDITIONAL, False, f'"{word}"')
    if word := alternative(token):
        yield _Finding(token.i, Modality.CONDITIONAL, False, f'"{word}"')
    if (above := governor(token)) is not None and above.lemma_.lower() == "give" and time_given(above, token) is not None:
        yield _Finding(above.i, Modality.REQUESTED, False, f'"{above.lower_} time"')
    if _is_command(token):
        yield _Finding(token.i, Modality.REQUESTED, False, "imperative")
    if is_root(first) and _is_asked(first):
        yield _Finding(first.i, Modality.POSSIBLE, False, "question")


def _is_obliged(token: Token) -> bool:
    """Whether it is asked for: "must pay as soon as the bridge opens" says from when, not whether."""
    rows = (hedge(aux.lemma_, "auxiliary") for aux in auxiliaries(token))
    return any(row is not None and row.modality is Modality.REQUESTED for row in rows)


def _is_asked_about(token: Token) -> bool:
    """Whether the clause is an embedded question: "asked if Rome had paid", "it is unclear whether"."""
    row, above = opening(token), governor(token)
    if row is None or row.word not in ("if", "whether", "whether or not"):
        return False
    return label(token) in ("ccomp", "csubj") or (above is not None and above.i < token.i and hedge(above.lemma_, "doubt") is not None)


def _is_command(token: Token) -> bool:
    """Whether the verb is an imperative: a bare form that heads a clause and has neither subject nor auxiliary."""
    first = first_conjunct(token)
    if token.tag_ != "VB" or label(first) not in ("root", "parataxis", "ccomp") or subject(token) is not None:
        return False
    if label(first) == "ccomp" and any(row.kind is CarrierKind.CAUSE and row.object == "object" for row in carriers_of(first.head)):
        return False  # "the year saw Peru join"
    auxiliary = [aux for aux in auxiliaries(token) if aux.lemma_.lower() != "do"]
    return not auxiliary and child(first, "mark", "expl", "cop", "aux:pass") is None


def _is_asked(token: Token) -> bool:
    """Whether the sentence asks if it is so; a question after who, why or when takes it for granted."""
    found = subject(token)
    if token.sent[-1].text != "?" or found is None or any(word.tag_ in _ASKS_FOR_MORE for word in token.doc[token.sent.start : found.i]):
        return False
    return any(aux.i < found.i for aux in children(token, "aux", "cop"))


_ASKS_FOR_MORE = frozenset({"WP", "WRB", "WDT", "WP$"})


# ---- roles and carriers ---------------------------------------------------------------------------------------------


def _from_roles(roles: Mapping[str, Sequence[Token]], own: Sequence[_Finding]) -> Iterator[_Finding]:
    """Learned NEG and MOD fillers that the tree did not show."""
    if not any(found.negated for found in own):
        for filler in roles.get("NEG", ()):
            if filler.lower_ in ("not", "n't", "n’t", "never", "no", "cannot", "nor") and not is_focus(filler) and not is_quoted(filler):
                yield _Finding(filler.i, None, True, f'negation "{filler.text}"')
                break
    if not any(found.modality for found in own):
        for filler in roles.get("MOD", ()):
            row = hedge(filler.lemma_, "auxiliary")
            if row is not None:
                yield _found(filler, row, f'auxiliary "{filler.text}"')


def _of_carriers(step: Embedding) -> Iterator[_Finding]:
    """What the governor makes of what it embeds: "plans to", "the possibility of", "refused to"."""
    if (errand := errand_of(step)) is not None:
        yield _Finding(errand.i, Modality.PLANNED, False, f'purpose of "{errand.text}"')
        return
    if step.link in ("purpose", "result", "manner", "participle", "relative"):
        return
    if _is_asked_about(step.inner):
        return
    if _is_obligation(step):
        yield _Finding(step.governor.i, Modality.REQUESTED, False, f'"{step.governor.text} {marker(step.inner) or "that"}"')
        return
    rows = governing_rows(step)
    modality: Modality | None = next((row.modality for row in rows if row.modality not in (None, Modality.ASSERTED)), None)
    if modality is Modality.REQUESTED and _is_request(step.inner):
        return
    if step.governor.lower_ == "able" and tense(step.governor) == "past":
        return  # who "was able to leave" left
    negative = any(row.kind is CarrierKind.NEGATIVE for row in rows) and not _is_stance(step)
    if negative and step.governor.lemma_.lower() in _EXCLUDING and negation(step.governor) is not None:
        modality = Modality.POSSIBLE  # "did not rule out sending"
    if step.governor.pos_ == "ADJ" and (row := hedge(step.governor.lower_, "adjective")) is not None:
        modality = modality or row.modality
    if modality is None and not negative and is_endeavor(step.governor) and "to" in marker(step.inner).split():
        modality = Modality.PLANNED
    if modality is None and not negative and not ((is_under_way(step) or is_furthered(step)) and (modality := Modality.PLANNED)):
        return
    kind = {"VERB": "verb", "AUX": "verb", "ADJ": "adjective"}.get(step.governor.pos_, "noun")
    joint = " to" if "to" in marker(step.inner).split() else ""
    yield _Finding(step.governor.i, modality, negative, f'{kind} "{step.governor.text}{joint}"')


def _is_request(token: Token) -> bool:
    """Whether the noun is somebody's own request, which is made whatever is asked about it: "insisted on its demand"."""
    return child(token, "nmod:poss") is not None and any(row.modality is Modality.REQUESTED for row in carriers_of(token))


def _is_obligation(step: Embedding) -> bool:
    """Whether the governor obliges without being a carrier: "have to", "ought to", "it is essential that Rome pay". Who "had to" did."""
    verb = step.governor.lemma_.lower()
    if hedge(step.governor.lower_, "necessity") is not None:
        return step.link != "content" or is_subjunctive(step.inner)
    return relation(step.inner) == "xcomp" and marker(step.inner) == "to" and (
        (verb == "have" and step.governor.lower_ != "had" and not any(adverb.lower_ == "yet" for adverb in (*children(step.governor, "advmod"), *children(step.inner, "advmod"))))
        or hedge(verb, "auxiliary") is not None
    )


_EXCLUDING = frozenset({"rule", "exclude", "preclude"})
_STANCES = frozenset({"oppose", "opposition", "resist", "dismiss", "reject", "rejection", "miss", "prevention", "decline", "loss"})


def _is_stance(step: Embedding) -> bool:
    """Whether the governor is against something that is there all the same: "opposed the invasion", "dismissed the claim that"."""
    if step.governor.lemma_.lower() not in _STANCES:
        return False
    nominal = label(step.inner) in ("obj", "nmod", "obl", "nsubj")
    return nominal and child(step.inner, "det", "nmod:poss") is not None and not any(det.lower_ == "any" for det in children(step.inner, "det"))


_TAKEN_FOR_GRANTED = frozenset(
    ["know", "admit", "acknowledge", "realize", "realise", "recognize", "mention", "disclose", "reveal", "note", "explain", "notice",
     "recall", "concede", "specify", "deny", "announce"]
)  # fmt: skip
"""Whose complement is so whether they are denied or not: "did not disclose that"."""


def _inherited(step: Embedding) -> Iterator[_Finding]:
    """What holds of the governor and therefore of what it embeds.

    An act of speech hands down nothing but doubt where nobody performs it: who did not say that it rained did not say that it did not.
    """
    if reports(step) or (step.link == "content" and any(row.kind is CarrierKind.REPORT for row in governing_rows(step))):
        if step.governor.lemma_.lower() not in _TAKEN_FOR_GRANTED and (word := negation(step.governor)) is not None:
            yield _Finding(word.i, Modality.POSSIBLE, False, f'"{word.text} {step.governor.text}"')  # "no evidence that", "did not say that"
        return
    for found in _own(step.governor):
        if step.link not in ("result", "participle"):
            yield found
        elif found.modality is not None:
            yield _Finding(found.word, found.modality, False, found.reason)


__all__ = ["UNLIKELY_SCORE", "UNLIKELY_VERB_SCORE", "Factuality", "assess"]
