"""Who says what a predicate states: speech over its content, "according to", "reportedly", "claims by X that".

The source is the shortest noun phrase as it stands ("analysts", "South Korean intelligence", "reports"), or the word
itself where nobody is named ("reportedly"). The innermost source wins: in "Kim said officials reported that B had
attacked" the attack is the officials'. What a speech verb states by itself is not its own subject's claim: in "A accused
B of attacking C" the accusation is the article's, the attack is A's. The words stand in `data/reporting.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from .hedges import read_rows
from .quotes import QuoteSpan, quote_at
from .scope import embeddings
from .syntax import (
    child,
    children,
    coordination,
    first_conjunct,
    has_label,
    is_passive,
    is_root,
    label,
    marker,
    path_up,
    phrase_span,
    preposition,
    subject,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

AttributionKind = Literal["speech", "noun", "preposition", "adverb", "adjective", "quotation"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """The source of a claim. Equal when every field is.

    `start` and `end` are tokens of the Doc, end exclusive; `head` is the token whose actor is the source, None where the
    word names nobody ("reportedly", "alleged"); `kind` says by what the claim is known for one.
    """

    start: int
    end: int
    head: int | None
    kind: AttributionKind


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], frozenset[str]]:
    return {(row["kind"], row["word"]): frozenset(row["content"].split("|")) for row in read_rows("reporting.tsv")}


def _content(token: Token) -> frozenset[str]:
    """Where the claim stands below a verb or noun; empty for what reports nothing."""
    kind = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun"}.get(token.pos_, "")
    return _table().get((kind, token.lemma_.lower()), frozenset())


def is_report(token: Token) -> bool:
    """Whether the word is a verb or noun of speech or report, whatever stands below it."""
    return bool(_content(token))


def attribution_of(predicate: Token) -> Attribution | None:
    """The source of what the predicate states, or None where the article itself says it."""
    return _in_sentence(predicate) or _of_quotation(predicate)


def _in_sentence(predicate: Token) -> Attribution | None:
    found = next(_beside(predicate, None, own=True), None)
    if found is not None:
        return found
    carried = {step.governor.i for step in embeddings(predicate)}
    below = predicate
    for inner, relation, above in path_up(predicate):
        found = _by_governor(inner, relation, above) or next(_beside(above, below, own=above.i in carried), None)
        if found is not None:
            return found
        below = inner if inner.head.i == above.i else first_conjunct(inner)
    return None


# ---- what stands beside the predicate ---------------------------------------------------------------------------------


def _beside(token: Token, below: Token | None, *, own: bool) -> Iterator[Attribution]:
    """Sources among the dependents of a word, `below` being the one climbed from.

    Adverbs and adjectives ("reportedly", "alleged") speak for their own word and what it embeds (`own`), the others for the
    whole clause.
    """
    first = first_conjunct(token)
    dependents = list(token.children) if first.i == token.i else [*token.children, *first.children]
    for dependent in dependents:
        if below is not None and dependent.i == below.i:
            continue
        name = label(dependent)
        if own and name in ("advmod", "amod"):
            kind: AttributionKind = "adverb" if name == "advmod" else "adjective"
            if (kind, dependent.lower_) in _table():
                yield Attribution(dependent.i, dependent.i + 1, None, kind)
        elif name in ("obl", "nmod", "advmod", "parataxis") and ("preposition", preposition(dependent)) in _table():
            yield _source(dependent, "preposition")
        elif _is_parenthetical(dependent):
            yield from _speaker(dependent)


def _is_parenthetical(token: Token) -> bool:
    """Whether the word is a speech verb set beside what is said: "…, Kim said", "as noted by analysts"."""
    if label(token) == "parataxis":
        return "clause" in _content(token) and child(token, "ccomp") is None
    return label(token) == "advcl" and marker(token) == "as" and bool(_content(token))


# ---- what stands above --------------------------------------------------------------------------------------------------


def _by_governor(inner: Token, relation: str, above: Token) -> Attribution | None:
    """The source where `inner` is the content of the word above it."""
    content = _content(above)
    if not content or not content & _role(inner, relation, above):
        return None
    return next(_speaker(above), None) if above.pos_ in ("VERB", "AUX") else _owner(above)


def _role(inner: Token, relation: str, above: Token) -> frozenset[str]:
    """What `inner` is below a reporting word, as the table writes it."""
    name, mark = relation.partition(":")[0], marker(inner)
    if relation in ("acl:relcl", "nmod:poss"):
        return frozenset()
    if name == "ccomp" or (name == "acl" and mark == "that") or (name == "csubj" and is_passive(above)):
        return frozenset({"clause"})
    if name == "parataxis" and child(above, "ccomp") is None and subject(above) is not None and inner.i > above.i:
        return frozenset({"clause"})
    if name == "xcomp" or (name == "acl" and mark == "to"):
        return frozenset({"infinitive"})
    if name == "obj" or relation == "nsubj:pass":
        return frozenset({"object"})
    if name in ("advcl", "acl"):
        return frozenset({mark}) if mark else frozenset()
    return frozenset({preposition(inner)}) if name in ("obl", "nmod") and preposition(inner) else frozenset()


def _speaker(verb: Token) -> Iterator[Attribution]:
    """The one who speaks: agent of a passive, subject, noun of a relative or participial clause; the verb itself where nobody does."""
    passive = is_passive(verb)
    source = child(verb, "obl:agent") if passive else subject(verb)
    if passive and source is None:
        source = next((oblique for oblique in children(verb, "obl") if preposition(oblique) == "by"), None)
    if source is None and not passive:
        source = _implied_speaker(verb)
    if source is None or source.lower_ in ("it", "there"):
        yield Attribution(verb.i, verb.i + 1, None, "speech")
    else:
        yield _source(_antecedent(source, verb), "speech")


def _implied_speaker(verb: Token) -> Token | None:
    """The speaker of a clause without a subject: "a report saying that", "left, adding that"."""
    if has_label(verb, "acl"):
        return verb.head
    for _, relation, above in path_up(verb):
        if relation.partition(":")[0] not in ("advcl", "xcomp"):
            return None
        if (found := subject(above)) is not None:
            return found
    return None


def _antecedent(source: Token, verb: Token) -> Token:
    """The noun behind a relative pronoun."""
    if source.lower_ in ("who", "which", "that") and has_label(first_conjunct(verb), "acl:relcl"):
        return first_conjunct(verb).head
    return source


def _owner(noun: Token) -> Attribution:
    """Whose report it is: "Hungary's claim", "claims by Hungary", "a statement from the ministry"; else the noun itself.

    A noun that is the subject of a report verb has no owner further up ("Reports suggest").
    """
    for owner in children(noun, "nmod"):
        if has_label(owner, "nmod:poss") or preposition(owner) in ("by", "from"):
            return _source(owner, "noun")
    return _source(noun, "noun")


def _source(head: Token, kind: AttributionKind) -> Attribution:
    """The phrase of a source, with its conjuncts where they stand side by side ("Kim and Lee")."""
    start, end = phrase_span(head)
    conjuncts = coordination(head) if not is_root(head) and label(head) != "conj" else [head]
    for conjunct in conjuncts[1:]:
        other_start, other_end = phrase_span(conjunct)
        if other_start - end <= 1 and other_end > end:
            end = other_end
    if head.doc[start].pos_ == "ADP":
        start += 1
    while start < head.i and (has_label(head.doc[start], "case", "cc") or head.doc[start].is_punct):
        start += 1
    return Attribution(start, end, head.i, kind)


# ---- quotations that run over several sentences -----------------------------------------------------------------------


def _of_quotation(predicate: Token) -> Attribution | None:
    """The speaker of a quotation whose own sentence does not say who speaks.

    Sentences of one quotation share their speaker; a further quotation of the same paragraph is continued by the last one.
    """
    doc = predicate.doc
    quoted = quote_at(doc, predicate.i)
    if quoted is None:
        return None
    here, spans = quoted
    for span in reversed([span for span in spans if span.start <= here.start]):
        for i in _predicates(doc, span):
            found = _in_sentence(doc[i])
            if found is not None and found.kind == "speech" and not span.start <= found.start < span.end:
                return Attribution(found.start, found.end, found.head, "quotation")
    return None


def _predicates(doc: Doc, span: QuoteSpan) -> list[int]:
    """The heads of what is quoted: words inside the span whose governor is outside it or in another sentence."""
    return [
        token.i
        for token in doc[span.start : span.end]
        if not token.is_punct and (is_root(token) or not span.start <= token.head.i < span.end)
    ]
