"""The rows that a word has in the table of carriers, and which of them are meant where it stands.

"Asked to join" has its own subject join, "asked Mali to join" its object: the construction chooses among the rows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from .frames import Carrier, CarrierKind, FrameLexicon
from .hedges import hedge
from .records import Modality, RelationType
from .relations import carrying, part_of_speech
from .syntax import children, has_label, is_passive, is_subjunctive, label, marker, preposition

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .scope import Embedding

_Kinds = frozenset[CarrierKind]
_PEOPLE = frozenset({"opposition", "resistance"})
"""Before an infinitive they are people: "helped the opposition to defend the town"."""
_DIRECTIVES = frozenset({"ask", "request", "demand", "insist", "propose", "recommend", "require"})
_ASKS_FOR = _DIRECTIVES | {"urge", "order", "command", "encourage", "advise", "suggest", "want", "need", "wish", "expect", "seek", "invite"}
_DEMANDS = frozenset({"ask", "request", "demand", "require"})


@lru_cache(maxsize=1)
def bundled_frames() -> FrameLexicon:
    """The lexicon without a user's tables, which hold relations and no carriers."""
    return FrameLexicon.load()


def carriers_of(token: Token, prep: str = "") -> tuple[Carrier, ...]:
    """The carrier rows of a governor: with its particle ("carry out"), with the preposition below it ("call on"), bare."""
    pos = "a" if token.pos_ == "ADV" else part_of_speech(token)  # "came close to attacking"
    if not pos:
        return ()
    lexicon, lemma = bundled_frames(), token.lemma_.lower()
    particles = [particle.lower_ for particle in children(token, "compound:prt")]
    following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) and token.nbor(1).pos_ in ("ADP", "ADV") and pos == "v" else ""
    seconds = [*particles, prep, following, *(preposition(oblique) for oblique in children(token, "obl"))]
    for second in dict.fromkeys(word for word in seconds if word):
        if rows := lexicon.carriers(f"{lemma} {second}", pos):
            return rows
    rows = lexicon.carriers(lemma, pos)
    if not rows or token.lower_ == "going":  # participles and adjectives: "going to", "threatened", "poised"
        rows = lexicon.carriers(token.lower_, "v" if token.lower_ == "going" else "a") or rows
    return rows


def is_endeavor(token: Token) -> bool:
    """Whether the noun is an effort or a struggle, whose infinitive is what is meant to be reached: "their campaign to defeat the rebels"."""
    return token.pos_ == "NOUN" and hedge(token.lemma_, "endeavor") is not None


def governing_rows(step: Embedding) -> tuple[Carrier, ...]:
    """The rows of the governor that are meant in this construction.

    A predicate stands in several: "asked to join" has its own subject join, "asked Mali to join" its object, "kept
    supporting" goes on and "kept from supporting" does not. Rows of purpose ("sent troops to") make nothing of the
    predicate that they govern and are left out.
    """
    if step.inner.tag_ == "VB" and step.governor.lemma_.lower() in _PEOPLE:
        return ()
    rows = [row for row in step.carriers if not (row.kind is CarrierKind.CAUSE and row.modality is Modality.PLANNED)]
    if label(step.inner) in ("obj", "iobj", "nsubj") and step.governor.lemma_.lower() not in _ASKS_FOR:
        rows = [row for row in rows if row.kind is not CarrierKind.CAUSE or row.modality is None]  # "pushed migrants" asks nothing
    kinds = {row.kind for row in rows}
    if len(kinds) > 1:
        wanted = _wanted_kinds(step, kinds)
        rows = [row for row in rows if row.kind in wanted]
    return () if any(row.kind is CarrierKind.LIGHT and row.modality is not None for row in rows) and _is_given_in_words(step) else tuple(rows)


def _is_given_in_words(step: Embedding) -> bool:
    """Whether who offers or pledges it thereby gives it: support, condolences, but no money."""
    frame = carrying(step.governor, step.inner, bundled_frames())
    return frame is not None and frame.type is RelationType.SUPPORT


def reports(step: Embedding) -> bool:
    """Whether the governor only says what it embeds; an infinitive ("is not thought to have fled") is still under its negation."""
    rows = governing_rows(step)
    infinitive = label(step.inner) == "xcomp" or "to" in marker(step.inner).split()
    return bool(rows) and not infinitive and all(row.kind is CarrierKind.REPORT for row in rows)


def _wanted_kinds(step: Embedding, kinds: set[CarrierKind]) -> _Kinds:
    """Which kinds of rows hold: by the preposition, by whether the governor has an object, by the form of the clause."""
    kind, above = CarrierKind, step.governor
    mark = marker(step.inner) or preposition(step.inner)
    if kind.NEGATIVE in kinds and (mark == "from" or not kinds & {kind.LIGHT, kind.ASPECT}):
        return frozenset({kind.NEGATIVE, kind.REPORT})
    kinds = kinds - {kind.NEGATIVE} if kinds & {kind.LIGHT, kind.ASPECT} and above.lemma_.lower() != "lose" else kinds
    if label(step.inner) in ("obj", "obl", "nsubj", "nmod", "compound"):
        order = [kind.NEGATIVE, kind.LIGHT, kind.ASPECT, kind.NOMINAL, kind.CONTROL, kind.REPORT, kind.CAUSE]
        if above.lemma_.lower() in _DIRECTIVES or preposition(step.inner) == "for":
            order.insert(0, kind.CAUSE)
    elif step.link == "content":
        asks = is_subjunctive(step.inner) or above.lemma_.lower() in _DEMANDS
        order = [kind.CAUSE, kind.CONTROL, kind.REPORT] if asks else [kind.REPORT, kind.CONTROL, kind.NOMINAL, kind.CAUSE]
    else:
        causes = _has_object(above, step.inner) and above.lemma_.lower() != "expect"
        order = [kind.CAUSE, kind.CONTROL] if causes else [kind.CONTROL, kind.CAUSE]
        order += [kind.NEGATIVE, kind.ASPECT, kind.REPORT, kind.NOMINAL, kind.LIGHT]
    return frozenset({next(found for found in [*order, *kinds] if found in kinds)})


def _has_object(verb: Token, complement: Token) -> bool:
    """Whether something stands between the verb and its infinitive that may be the infinitive's subject, or the verb is passive."""
    if is_passive(verb):
        return True
    return any(
        dependent.i < complement.i and dependent.i > verb.i and has_label(dependent, "obj", "iobj", "nsubj", "ccomp", "obl")
        and not (label(dependent) == "obl" and preposition(dependent) not in ("", "on", "upon", "with", "to"))
        for dependent in verb.children
    ) or any(inner.i > verb.i for inner in children(complement, "nsubj"))  # fmt: skip
