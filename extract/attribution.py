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
from .scope import embeddings, leaves_content
from .syntax import (
    child,
    children,
    coordination,
    first_conjunct,
    has_label,
    is_passive,
    is_root,
    is_subjunctive,
    label,
    marker,
    path_up,
    phrase_span,
    preposition,
    subject,
)
from .timex import find_expressions

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
    below, token, aside = predicate, predicate, _is_aside(predicate)
    for inner, relation, above in path_up(predicate):
        found = None if aside or leaves_content(token) else _by_governor(inner, relation, above)
        found = found or next(_beside(above, below, own=above.i in carried), None)
        if found is not None:
            return found
        below = inner if inner.head.i == above.i else first_conjunct(inner)
        token, aside = above, aside or _is_aside(above)
    return _of_sentence(predicate)


def _is_aside(token: Token) -> bool:
    """Whether the clause is a relative clause set off by commas, which the writer adds to what is reported.

    Such appositives project to the speaker of the sentence (Potts, "The Logic of Conventional Implicatures", 2005).
    """
    first = first_conjunct(token)
    if not has_label(first, "acl:relcl", "advcl:relcl"):
        return False
    start = first.left_edge.i
    return (start > 0 and token.doc[start - 1].text in (",", "-", "–", "—")) or token.doc[start].text == ","


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
        elif name in ("obl", "nmod") and preposition(dependent) in ("in", "by", "from") and ("viewpoint", dependent.lemma_.lower()) in _table():
            yield from (_source(owner, "preposition") for owner in children(dependent, "nmod")[:1])
        elif _is_parenthetical(dependent):
            yield from _speaker(dependent)


def _is_parenthetical(token: Token) -> bool:
    """Whether the word is a speech verb set beside what is said: "…, Kim said", "as noted by analysts"."""
    if "clause" not in _content(token):
        return False
    if label(token) == "parataxis":
        return child(token, "ccomp") is None
    return label(token) == "advcl" and marker(token) == "as" and child(token, "obj", "ccomp", "xcomp") is None


def _of_sentence(predicate: Token) -> Attribution | None:
    """The speaker named between commas or at the end of the predicate's sentence, however the parser drew it.

    "…, a panel of experts wrote in May": a noun phrase after a comma, a finite speech verb without a clause of its own,
    and what is said before it. Read off the words, as this commonest form of news is the one that parsers draw most variously.
    """
    sentence = predicate.sent
    for verb in sentence:
        if not _is_finite(verb) or "clause" not in _content(verb) or child(verb, "ccomp", "obj") not in (None, _addressee(verb)):
            continue
        found = _set_off(verb)
        if found is None or found.start <= predicate.i <= verb.i:
            continue
        between = verb.i + 1 < len(verb.doc) and verb.nbor(1).text == ","
        if between or (predicate.i < verb.i and _says_before(verb.doc, sentence.start, found.start) and not _verb_after(verb)):
            return found
    return None


def _set_off(verb: Token) -> Attribution | None:
    """The speaker in the noun phrase between a comma or quotation mark and a finite verb."""
    start = _comma_before(verb) if _is_finite(verb) else None
    if start is None:
        return None
    phrase = [token for token in verb.doc[start : verb.i] if not has_label(token, "aux", "advmod") and token.pos_ != "AUX"]
    heads = [token for token in phrase if not start <= token.head.i < verb.i and token.pos_ in ("NOUN", "PROPN", "PRON")]
    if not heads or heads[0].tag_ in ("WP", "WDT", "WP$"):
        return None
    return Attribution(start, phrase[-1].i + 1, heads[0].i, "speech")


_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SUBORDINATORS = frozenset({"when", "while", "as", "after", "before", "once", "until", "where", "that", "which", "who", "whom", "whose"})


def _addressee(verb: Token) -> Token | None:
    """The object of "told reporters", "warned Rome": whom one speaks to, not what one says."""
    return child(verb, "obj") if verb.lemma_.lower() in ("tell", "inform", "warn", "assure", "remind") else None


def _is_finite(verb: Token) -> bool:
    """Whether the verb has a tense: "said", "has said"."""
    return verb.tag_ in _FINITE or (verb.tag_ == "VBN" and any(aux.lemma_ == "have" for aux in children(verb, "aux")))


def _comma_before(verb: Token) -> int | None:
    """Where the noun phrase between a comma or quotation mark and the verb begins; None where there is none."""
    for i in range(verb.i - 1, verb.sent.start, -1):
        token = verb.doc[i]
        if token.text in _MARKS:
            return i + 1 if i + 1 < verb.i else None
        if token.pos_ in ("VERB", "SCONJ", "CCONJ") or token.lower_ in _SUBORDINATORS or verb.i - i > _LONGEST_SPEAKER:
            return None
    return None


_LONGEST_SPEAKER = 12


def _says_before(doc: Doc, start: int, end: int) -> bool:
    """Whether what precedes the comma is a clause that can be said by itself, not only "When Rome yielded,"."""
    opening = next((token for token in doc[start:end] if not token.is_punct), None)
    if opening is None or not any(token.tag_ in _FINITE or token.tag_ == "MD" for token in doc[start:end]):
        return False
    subordinate = opening.pos_ == "SCONJ" or opening.lower_ in _SUBORDINATORS
    return not subordinate or sum(token.text == "," for token in doc[start:end]) > 1


def _verb_after(verb: Token) -> bool:
    """Whether a finite verb follows before the next comma or the end: then that is what is said."""
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.text in (",", '"', "”"):
            return False
        if token.tag_ in _FINITE or token.tag_ == "MD":
            return True
    return False


# ---- what stands above --------------------------------------------------------------------------------------------------


def _by_governor(inner: Token, relation: str, above: Token) -> Attribution | None:
    """The source where `inner` is the content of the word above it, or of the noun right before its "that"."""
    mark = child(inner, "mark")
    if mark is not None and mark.lower_ == "that" and mark.i > 0:
        noun = mark.nbor(-1)
        if noun.pos_ == "NOUN" and "clause" in _content(noun):
            return _owner(noun)
    content = _content(above)
    if not content and has_label(above, "obj", "nsubj:pass") and relation in ("acl", "nmod"):
        above = above.head  # "accused Chad of plotting", hung on "Chad"
        content = _content(above) - {"clause", "object", "infinitive"}
    if not content or not content & _role(inner, relation, above):
        return None
    return next(_speaker(above), None) if above.pos_ in ("VERB", "AUX") else _owner(above)


def _role(inner: Token, relation: str, above: Token) -> frozenset[str]:
    """What `inner` is below a reporting word, as the table writes it."""
    name, mark = relation.partition(":")[0], marker(inner)
    if relation in ("acl:relcl", "nmod:poss"):
        return frozenset()
    if mark in _PREPOSITIONS:
        return frozenset({mark})
    if "to" in mark.split():
        return frozenset({"infinitive"}) if above.pos_ == "NOUN" or has_label(inner, "xcomp") or is_passive(above) else frozenset()
    if name in ("ccomp", "csubj") or (name == "acl" and mark == "that"):
        if is_subjunctive(inner):  # "insisted that Rome close it" claims nothing
            return frozenset()
        return frozenset({"clause", "that"})
    if name == "parataxis" and child(above, "ccomp") is None and subject(above) is not None and inner.i > above.i:
        return frozenset({"clause"})
    if name == "xcomp":
        return frozenset({mark or "infinitive"})
    if name == "obj" or relation == "nsubj:pass":
        own = any(owner.pos_ == "PRON" for owner in children(inner, "nmod:poss"))  # "indicated its willingness" speaks for itself
        return frozenset() if own else frozenset({"object"})
    if name in ("advcl", "acl"):
        return frozenset({mark}) if mark else frozenset()
    return frozenset({preposition(inner)}) if name in ("obl", "nmod") and preposition(inner) else frozenset()


_PREPOSITIONS = frozenset({"of", "for", "with", "about", "at", "on", "in"})


def _speaker(verb: Token) -> Iterator[Attribution]:
    """The one who speaks: agent of a passive, subject, noun of a relative or participial clause; the verb itself where nobody does."""
    passive = is_passive(verb)
    source: Token | None = child(verb, "obl:agent") if passive else _nearest_subject(verb)
    if passive and source is None:
        source = next((oblique for oblique in children(verb, "obl") if preposition(oblique) == "by"), None)
    if source is None and not passive:
        if (found := _set_off(verb)) is not None:
            yield found
            return
        source = _implied_speaker(verb)
    if passive and (source is None or source.lower_ == "it"):
        yield Attribution(verb.i, verb.i + 1, None, "speech")
    elif source is not None and not has_label(source, "expl") and source.lower_ not in _NOBODY:
        yield _source(_antecedent(source, verb), "speech")


_NOBODY = frozenset({"nothing", "nobody", "none", "neither"})


def _nearest_subject(verb: Token) -> Token | None:
    """The subject that stands next to a verb of speech: "analysts" in "the minister, analysts say, betrayed …".

    After a comma or quotation mark the speaker may follow: "…, wrote its ambassador, …".
    """
    if verb.i > 0 and verb.nbor(-1).text in _MARKS:
        after = next((noun for noun in children(verb, "nsubj", "obj") if noun.i > verb.i and not preposition(noun)), None)
        if after is not None:
            return after
    before = [noun for noun in children(verb, "nsubj", "csubj") if noun.i < verb.i and not noun.lower_.endswith(("self", "selves"))]
    return before[-1] if before else subject(verb)


_MARKS = frozenset({",", '"', "”", "''"})


def _implied_speaker(verb: Token) -> Token | None:
    """The speaker of a clause without a subject: "a report saying that", "left, adding that"."""
    if has_label(verb, "acl"):
        return verb.head
    for clause in children(verb, "ccomp"):  # a subject far from its verb may hang on the nearer one
        if (early := next((noun for noun in children(clause, "nsubj") if noun.i < verb.i), None)) is not None:
            return early
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
        dated = bool(find_expressions(owner.text)) or owner.lower_ in ("week", "month", "year")  # "today's news that"
        if not dated and (has_label(owner, "nmod:poss") or preposition(owner) in ("by", "from")):
            return _source(owner, "noun")
    return _source(noun, "noun")


def _with_complement(head: Token, end: int) -> int:
    """Where the phrase ends with the prepositional phrase that says who it is: "a panel of experts", "officials in Baku"."""
    after = next((noun for noun in children(head, "nmod") if noun.left_edge.i == end and preposition(noun) in ("of", "for", "in", "from", "at")), None)
    if after is None:
        return end
    reach = phrase_span(after)[1]
    return reach if reach - head.i <= _LONGEST_SPEAKER and not any(token.is_punct for token in head.doc[end:reach]) else end


def _source(head: Token, kind: AttributionKind) -> Attribution:
    """The phrase of a source, with its conjuncts where they stand side by side ("Kim and Lee")."""
    start, end = phrase_span(head)
    end = _with_complement(head, end)
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
