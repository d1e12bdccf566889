"""Speakers: which words make a claim, who makes it, and the phrase that names them.

The words stand in `data/reporting.tsv`, with where the claim stands below each ("said that …", "accused B of").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from .hedges import read_rows
from .syntax import (
    child,
    children,
    coordination,
    first_conjunct,
    has_label,
    is_infinitive,
    is_passive,
    is_root,
    label,
    marker,
    path_up,
    phrase_span,
    preposition,
    subject,
)
from .timex import find_expressions

if TYPE_CHECKING:
    from spacy.tokens import Token

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
def reporting() -> dict[tuple[str, str], frozenset[str]]:
    """The table by kind and word: where a claim stands below it."""
    return {(row["kind"], row["word"]): frozenset(row["content"].split("|")) for row in read_rows("reporting.tsv")}


def claim_below(token: Token) -> frozenset[str]:
    """Where the claim stands below a verb or noun; empty for what reports nothing."""
    kind = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun"}.get(token.pos_, "")
    return reporting().get((kind, token.lemma_.lower()), frozenset())


def speaker(verb: Token) -> Iterator[Attribution]:
    """The one who speaks: agent of a passive, subject, noun of a relative or participial clause; the verb itself where nobody does."""
    if (passed_on := cited(verb)) is not None:
        yield source_at(passed_on, "speech")
        return
    passive = is_passive(verb) or _is_headline_passive(verb)
    if passive and _is_owed(verb):
        return
    source: Token | None = child(verb, "obl:agent") if passive else _nearest_subject(verb)
    if passive and source is None:
        source = next((oblique for oblique in children(verb, "obl") if preposition(oblique) == "by"), None)
    if source is None and not passive:
        if (found := set_off(verb)) is not None:
            yield found
            return
        source = _implied_speaker(verb)
    if passive and (source is None or source.lower_ == "it"):
        yield Attribution(verb.i, verb.i + 1, None, "speech")
    elif source is not None and not has_label(source, "expl") and source.lower_ not in _NOBODY:
        yield source_at(_antecedent(source, verb), "speech")


_NOBODY = frozenset({"nothing", "nobody", "none", "neither", "you"})


def cited(verb: Token) -> Token | None:
    """Whose words others pass on: "the minister" in "Tass quoted the minister as saying", "the minister was quoted as saying"."""
    if verb.lemma_.lower() in _CITING:
        saying = next((clause for clause in children(verb, "advcl", "xcomp", "acl") if _is_cited(clause)), None)
        citing = verb if saying is not None else None
    else:
        citing = verb.head if _is_cited(verb) and verb.head.lemma_.lower() in _CITING else None
    if citing is None:
        return None
    return child(citing, "nsubj:pass", "nsubj") if is_passive(citing) else child(citing, "obj", "iobj")


def _is_cited(clause: Token) -> bool:
    return clause.tag_ == "VBG" and marker(clause) == "as" and "clause" in claim_below(clause)


_CITING = frozenset({"quote", "cite", "report"})


def _is_owed(verb: Token) -> bool:
    """Whether the writer says that it is to be said, and by that says it: "it should be noted that"."""
    nobody = any(word.lower_ == "it" for word in children(verb, "nsubj", "expl"))
    return nobody and any(aux.lower_ in ("should", "must") for aux in children(verb, "aux"))


def _is_headline_passive(verb: Token) -> bool:
    """Whether a headline leaves out the auxiliary: in "Chad accused of arming rebels" Chad accuses nobody."""
    if verb.tag_ not in ("VBD", "VBN") or child(verb, "obj", "iobj", "aux", "ccomp") is not None or not is_root(verb):
        return False
    marks = claim_below(verb) - {"clause", "object", "infinitive", "that"}
    bare = verb.lemma_.lower() in _ACCUSING
    return bare and any((marker(clause) or preposition(clause)) in marks for clause in children(verb, "advcl", "obl", "xcomp"))


_ACCUSING = frozenset({"accuse", "blame", "charge", "suspect"})


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
        if is_infinitive(verb) and has_label(verb.head, "obj"):
            return subject(verb.head.head)  # "they have reason to believe that"
        return verb.head
    for clause in children(verb, "ccomp"):  # a subject far from its verb may hang on the nearer one
        if (early := next((noun for noun in children(clause, "nsubj") if noun.i < verb.i), None)) is not None:
            return early
    for _, relation, above in path_up(verb):
        if relation.partition(":")[0] not in ("advcl", "xcomp"):
            return None
        if (found := subject(above)) is not None:
            return None if found.lower_ == "it" and above.pos_ == "ADJ" else found  # "it is too early to say"
    return None


def _antecedent(source: Token, verb: Token) -> Token:
    """The noun behind a relative pronoun."""
    if source.lower_ in ("who", "which", "that") and has_label(first_conjunct(verb), "acl:relcl"):
        return first_conjunct(verb).head
    return source


def owner(noun: Token) -> Attribution:
    """Whose report it is: "Hungary's claim", "claims by Hungary", "a statement from the ministry"; else the noun itself.

    A noun that is the subject of a report verb has no owner further up ("Reports suggest").
    """
    for owner in children(noun, "nmod"):
        dated = bool(find_expressions(owner.text)) or owner.lower_ in ("week", "month", "year")  # "today's news that"
        if not dated and (has_label(owner, "nmod:poss") or preposition(owner) in ("by", "from")):
            return source_at(owner, "noun")
    return source_at(noun, "noun")


_CHARGES = frozenset({"charge", "accusation", "allegation", "claim", "assertion", "contention", "suggestion"})


def takes_up_charge(noun: Token) -> bool:
    """Whether the noun stands beside the clause that it takes up: "said that Chad had armed them, a charge denied by N'Djamena"."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in _CHARGES or preposition(noun) or has_label(noun, "nsubj"):
        return False
    start = next(word.i for word in noun.subtree if not word.is_punct)
    return start > 0 and noun.doc[start - 1].text in (",", "-", "–", "—")


def _preposition_after(head: Token, end: int) -> str:
    return head.doc[end].lower_ if head.pos_ == "NOUN" and end < len(head.doc) and head.doc[end].pos_ == "ADP" else ""


def _with_complement(head: Token, end: int) -> int:
    """Where the phrase ends with the prepositional phrase that says who it is: "a panel of experts", "officials in Baku"."""
    after = next((noun for noun in children(head, "nmod") if noun.left_edge.i == end and preposition(noun) in ("of", "for", "in", "from", "at")), None)
    if after is None:
        return end
    reach = phrase_span(after)[1]
    return reach if reach - head.i <= _LONGEST_SPEAKER and not any(token.is_punct for token in head.doc[end:reach]) else end


def source_at(head: Token, kind: AttributionKind) -> Attribution:
    """The phrase of a source, with its conjuncts where they stand side by side ("Kim and Lee")."""
    start, end = phrase_span(head)
    if _preposition_after(head, end) not in claim_below(head):  # "reports of a raid": what they report
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


# ---- speakers set off by commas -----------------------------------------------------------------------------------------


def set_off(verb: Token) -> Attribution | None:
    """The speaker in the noun phrase between a comma or quotation mark and a finite verb."""
    start = _comma_before(verb) if is_finite(verb) or looks_finite(verb) else None
    if start is None:
        return None
    end = next((token.i for token in verb.doc[start : verb.i] if token.tag_ in _RELATIVE), verb.i)
    phrase = [token for token in verb.doc[start:end] if not has_label(token, "aux", "advmod") and token.pos_ != "AUX"]
    heads = [token for token in phrase if not start <= token.head.i < verb.i and token.pos_ in ("NOUN", "PROPN", "PRON")]
    if not heads:
        return None
    return Attribution(start, phrase[-1].i + 1, heads[0].i, "speech")


FINITE = frozenset({"VBD", "VBZ", "VBP"})
SUBORDINATORS = frozenset({"when", "while", "as", "after", "before", "once", "until", "where", "that", "which", "who", "whom", "whose"})


def is_finite(verb: Token) -> bool:
    """Whether the verb has a tense: "said", "has said"."""
    return verb.tag_ in FINITE or (verb.tag_ == "VBN" and any(aux.lemma_ == "have" for aux in children(verb, "aux")))


def looks_finite(word: Token) -> bool:
    """Whether what was tagged a plural noun may be a verb in the present: the last word, as in "…, the ministry estimates."."""
    return word.tag_ == "NNS" and all(token.is_punct for token in word.doc[word.i + 1 : word.sent.end])


def _comma_before(verb: Token) -> int | None:
    """Where the noun phrase between a comma or quotation mark and the verb begins; None where there is none."""
    joined = False
    described: int | None = None  # where a relative clause about the speaker begins: "a bishop who met them said"
    for i in range(verb.i - 1, verb.sent.start, -1):
        token = verb.doc[i]
        if token.text in _MARKS:
            alone = not joined or verb.doc[i + 1].pos_ != "CCONJ"
            return i + 1 if i + 1 < verb.i and alone else None
        if described is not None and described <= i:
            continue
        if token.pos_ == "CCONJ" and _joins_nouns(token):
            joined = True  # "residents and a diplomat said"
        elif token.pos_ == "VERB" and (who := _relative_pronoun(token)) is not None:
            described = who.i
        elif token.pos_ in ("VERB", "SCONJ", "CCONJ") or token.lower_ in SUBORDINATORS or verb.i - i > _LONGEST_SPEAKER:
            return None
    return None


def _joins_nouns(conjunction: Token) -> bool:
    later = conjunction.head
    return later.pos_ in ("NOUN", "PROPN") and has_label(later, "conj") and later.head.i < conjunction.i and later.head.pos_ in ("NOUN", "PROPN")


def _relative_pronoun(verb: Token) -> Token | None:
    """The pronoun right behind a noun that opens the verb's relative clause."""
    who = child(verb, "nsubj") if has_label(verb, "acl:relcl") else None
    return who if who is not None and who.tag_ in _RELATIVE and who.nbor(-1).pos_ in ("NOUN", "PROPN") else None


_RELATIVE = frozenset({"WP", "WDT", "WP$"})
_LONGEST_SPEAKER = 12


def does_beside(verb: Token) -> bool:
    """Whether the verb, whose doer is the speaker, tells what he does beside speaking, where parsers join it with what he says.

    "said that the crossing was closed, and warned Chad": with a subject of its own the first clause shares none, and after a
    pronoun what goes on is followed by what is done at once ("said it was looking into it and appealed to Chad").
    """
    first = first_conjunct(verb)
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or first.i >= verb.i or children(verb, "nsubj", "aux", "mark") or is_passive(verb):
        return False
    shared = subject(first)
    if shared is None:
        return False
    if shared.pos_ != "PRON" or shared.lower_ in ("these", "those", "that", "this"):
        return True
    return verb.tag_ == "VBD" and first.tag_ == "VBG" and bool(children(first, "aux"))
