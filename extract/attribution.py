"""Who says what a predicate states: speech over its content, "according to", "reportedly", "claims by X that".

The source is the shortest noun phrase as it stands ("analysts", "South Korean intelligence", "reports"), or the word
itself where nobody is named ("reportedly"). The innermost source wins: in "Kim said officials reported that B had
attacked" the attack is the officials', unless it is "I" or "we" who say it: then it is whoever is quoted. What a speech verb states by itself is not its own subject's claim: in "A accused
B of attacking C" the accusation is the article's, the attack is A's. The words stand in `data/reporting.tsv`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .quotes import QuoteSpan, opens_quotation, quote_at
from .scope import embeddings, leaves_content
from .snapshot import once_a_document, once_a_word
from .speakers import (
    FINITE,
    SUBORDINATORS,
    Attribution,
    AttributionKind,
    cited,
    claim_below,
    is_finite,
    looks_finite,
    owner,
    reporting,
    set_off,
    source_at,
    speaker,
    takes_up_charge,
)
from .syntax import (
    child,
    children,
    clause,
    first_conjunct,
    has_label,
    is_passive,
    is_root,
    is_subjunctive,
    label,
    marker,
    path_up,
    preposition,
    subject,
    tense,
)
from .transcripts import labelled

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
__all__ = ["Attribution", "attribution_of"]


@once_a_word
def attribution_of(predicate: Token) -> Attribution | None:
    """The source of what the predicate states, or None where the article itself says it."""
    found = _in_sentence(predicate)
    if found is None or _is_first_person(found, predicate.doc):
        found = _of_quotation(predicate) or _of_introduction(predicate) or labelled(predicate) or found
    if found is None or _speaks_of_itself(found, predicate) or _is_the_authors(found, predicate.doc) or _tells_who_speaks(predicate, found):
        return None  # "according to Diop of Oxfam": it is the article that says where Diop is from
    return found


def _tells_who_speaks(predicate: Token, found: Attribution) -> bool:
    """Whether the predicate stands in the speaker's own phrase or in a relative clause that says who that is: "a bishop who met the rebels said"."""
    if found.start <= predicate.i < found.end or found.kind != "speech" or found.head is None:
        return found.start <= predicate.i < found.end
    who = predicate.doc[found.head]
    return any(clause.is_ancestor(predicate) or clause.i == predicate.i for clause in children(who, "acl:relcl") if "clause" not in claim_below(clause))


def _is_first_person(found: Attribution, doc: Doc) -> bool:
    """Whether the source is "I" or "we", which tells of nobody who it is."""
    return found.head is not None and doc[found.head].lower_ in _FIRST_PERSON


def _is_the_authors(found: Attribution, doc: Doc) -> bool:
    """Whether "I" outside of all quotation marks says it, who is the article itself: "I think that"."""
    return found.head is not None and doc[found.head].lower_ == "i" and quote_at(doc, found.head) is None


def _speaks_of_itself(found: Attribution, predicate: Token) -> bool:
    """Whether the text itself says what it will do or did: "we announced that we would close it" is nobody's report."""
    own = subject(clause(predicate))
    return _is_first_person(found, predicate.doc) and own is not None and own.lower_ in _FIRST_PERSON


_FIRST_PERSON = frozenset({"i", "we"})


def _in_sentence(predicate: Token) -> Attribution | None:
    said = next(_beside(predicate, None, own=True), None) or _alleged(predicate)
    if said is not None and said.kind != "adjective":
        return said
    if has_label(predicate, "acl") and takes_up_charge(predicate.head):
        return None  # who denies "a charge" beside what is charged is not told of by whoever makes it
    ours = said  # "the police believe that he had a part in the alleged theft": of the two sources the named one
    carried = {step.governor.i for step in embeddings(predicate)}
    below, token, aside, meanwhile = predicate, predicate, _is_aside(predicate), False
    for inner, relation, above in path_up(predicate):
        meanwhile = meanwhile or _is_meanwhile(inner)
        outside = (aside and above.i < token.i) or leaves_content(token)  # who speaks at the end of the sentence says all of it
        outside = outside or _is_set_against(token, above) or (meanwhile and tense(above) == "past" and tense(inner) in ("present", "future", None))
        found = None if outside else _by_governor(inner, relation, above)
        if found is None or found.head is None:  # "was arrested for spying, according to Rome": of the two sources the named one
            found = next(_beside(above, below, own=above.i in carried), None) or found
        elif found.head == above.i and has_label(above, "obl") and preposition(above) == "on":  # "arrested on suspicion of spying, according to Rome"
            found = next(_beside(above.head, above, own=False), None) or found
        if found is not None and not _is_first_person(found, predicate.doc) and (said is None or found.head is not None):
            return found
        ours = ours or found
        below = inner if inner.head.i == above.i else first_conjunct(inner)
        token, aside = above, aside or _is_aside(above)
    return _of_sentence(predicate) or ours


def _alleged(participle: Token) -> Attribution | None:
    """The adjective that speaks for a participle beside it before a noun: "the alleged Kenyan-backed rebels"."""
    if not has_label(participle, "amod") or participle.tag_ not in ("VBN", "VBD"):
        return None
    words = [word for word in children(participle.head, "amod") if ("adjective", word.lower_) in reporting() and word.i < participle.i]
    return Attribution(words[0].i, words[0].i + 1, None, "adjective") if words else None


def _is_aside(token: Token) -> bool:
    """Whether the clause is a relative clause set off by commas, which the writer adds to what is reported.

    Such appositives project to the speaker of the sentence (Potts, "The Logic of Conventional Implicatures", 2005).
    """
    first = first_conjunct(token)
    if not has_label(first, "acl:relcl", "advcl:relcl"):
        return False
    start = first.left_edge.i
    return (start > 0 and token.doc[start - 1].text in (",", "-", "–", "—")) or token.doc[start].text == ","


def _is_set_against(clause: Token, speech: Token) -> bool:
    """Whether a clause with its own subject is set by "but" against what somebody has been said to say: "The rebels fled, the army said, but Peru asked"."""
    joint = child(clause, "cc")
    return joint is not None and joint.lower_ in ("but", "yet") and first_conjunct(clause).i < speech.i < joint.i and child(clause, "nsubj") is not None


def _is_meanwhile(clause: Token) -> bool:
    """Whether the clause tells in the past what goes on at the time of what is said: beside the announcement, not the plan.

    "announced that it is ready to impose martial law as battles raged": a plan has no past.
    """
    return has_label(clause, "advcl") and marker(clause) in ("as", "while") and tense(clause) == "past"


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
        if own and name == "nmod" and first.pos_ == "NOUN" and (adverb := _reportedly_before(dependent)) is not None:
            yield Attribution(adverb.i, adverb.i + 1, None, "adverb")
        elif own and name in ("advmod", "amod"):
            kind: AttributionKind = "adverb" if name == "advmod" else "adjective"
            if (kind, dependent.lower_) in reporting():
                yield Attribution(dependent.i, dependent.i + 1, None, kind)
        elif name in ("obl", "nmod", "advmod", "parataxis") and ("preposition", preposition(dependent)) in reporting():
            yield source_at(dependent, "preposition")
        elif name in ("obl", "nmod") and preposition(dependent) in ("in", "by", "from") and ("viewpoint", dependent.lemma_.lower()) in reporting():
            yield from (source_at(owner, "preposition") for owner in children(dependent, "nmod")[:1])
        elif _is_parenthetical(dependent):
            yield from speaker(dependent)


def _reportedly_before(complement: Token) -> Token | None:
    """The adverb before a noun's complement: "the letter allegedly from Diop"."""
    adverbs = [word for word in children(complement, "advmod") if ("adverb", word.lower_) in reporting()]
    return next((word for word in adverbs if word.i < complement.i), None)


def _is_parenthetical(token: Token) -> bool:
    """Whether the word is a speech verb set beside what is said: "…, Kim said", "as noted by analysts"."""
    if "clause" not in claim_below(token) and cited(token) is None:
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
        if not _claims(verb) or child(verb, "ccomp", "obj", "xcomp") not in (None, _addressee(verb)):
            continue
        found = set_off(verb)
        if found is None or found.start <= predicate.i <= verb.i:
            continue
        if found.start > 1 and verb.doc[found.start - 2].lower_ in SUBORDINATORS and predicate.i < found.start:
            continue  # "barred them from cells where, lawyers say, inmates are beaten": the bar is no claim of the lawyers'
        between = verb.i + 1 < len(verb.doc) and verb.nbor(1).text == ","
        if between or (predicate.i < verb.i and _says_before(verb.doc, sentence.start, found.start) and not _verb_after(verb)):
            return found
    return None


def _claims(word: Token) -> bool:
    """Whether the word is a finite verb that a clause can be the content of; a plural that ends the sentence may be one."""
    if is_finite(word):
        return "clause" in claim_below(word)
    return looks_finite(word) and "clause" in reporting().get(("verb", word.lemma_.lower()), ())


def _addressee(verb: Token) -> Token | None:
    """The object of "told reporters", "warned Rome": whom one speaks to, not what one says."""
    return child(verb, "obj") if verb.lemma_.lower() in ("tell", "inform", "warn", "assure", "remind") else None


def _says_before(doc: Doc, start: int, end: int) -> bool:
    """Whether what precedes the comma is a clause that can be said by itself, not only "When Rome yielded,"."""
    opening = next((token for token in doc[start:end] if not token.is_punct), None)
    if opening is None or not any(token.tag_ in FINITE or token.tag_ == "MD" for token in doc[start:end]):
        return False
    subordinate = opening.pos_ == "SCONJ" or opening.lower_ in SUBORDINATORS
    return not subordinate or sum(token.text == "," for token in doc[start:end]) > 1


def _verb_after(verb: Token) -> bool:
    """Whether a finite verb follows before the next comma or the end: then that is what is said."""
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.text in (",", '"', "”"):
            return False
        if token.tag_ in FINITE or token.tag_ == "MD":
            return True
    return False


# ---- what stands above --------------------------------------------------------------------------------------------------


def _by_governor(inner: Token, relation: str, above: Token) -> Attribution | None:
    """The source where `inner` is the content of the word above it, or of the noun right before its "that"."""
    mark = child(inner, "mark")
    if mark is not None and mark.lower_ == "that" and mark.i > 0:
        noun = mark.nbor(-1)
        if noun.pos_ == "NOUN" and "clause" in claim_below(noun):
            return owner(noun)
    content = claim_below(above)
    if not content and has_label(above, "obj", "nsubj:pass") and relation in ("acl", "nmod"):
        above = above.head  # "accused Chad of plotting", hung on "Chad"
        content = claim_below(above) - {"clause", "object", "infinitive"}
    if not content or not content & _role(inner, relation, above):
        return None
    return next(speaker(above), None) if above.pos_ in ("VERB", "AUX") else owner(above)


def _role(inner: Token, relation: str, above: Token) -> frozenset[str]:
    """What `inner` is below a reporting word, as the table writes it."""
    name, mark = relation.partition(":")[0], marker(inner)
    if relation in ("acl:relcl", "nmod:poss"):
        return frozenset()
    if mark in _PREPOSITIONS:
        return frozenset({mark})
    if "to" in mark.split() and not _is_to(inner):
        return frozenset({"infinitive"}) if above.pos_ == "NOUN" or has_label(inner, "xcomp") or is_passive(above) else frozenset()
    if name in ("ccomp", "csubj") or (name == "acl" and mark == "that"):
        if _is_told_aside(inner, above):
            return frozenset()
        if is_subjunctive(inner):  # "insisted that Rome close it" claims nothing
            return frozenset()
        return frozenset({"clause", "that"})
    if name == "parataxis" and child(above, "ccomp") is None and subject(above) is not None and inner.i > above.i:
        return frozenset({"clause"})
    if name == "xcomp":
        return frozenset({mark} if mark else {"infinitive", "gerund"} if inner.tag_ == "VBG" else {"infinitive"})
    if name == "obj" and is_passive(above):
        return frozenset()  # "was denied a visa to travel"
    if name == "obj" or relation == "nsubj:pass":
        own = any(owner.pos_ == "PRON" for owner in children(inner, "nmod:poss"))  # "indicated its willingness" speaks for itself
        return frozenset() if own else frozenset({"object"})
    if name in ("advcl", "acl"):
        return frozenset({mark}) if mark else frozenset()
    return frozenset({preposition(inner)}) if name in ("obl", "nmod") and preposition(inner) else frozenset()


def _is_told_aside(clause: Token, speech: Token) -> bool:
    """Whether the clause tells of the speaker between commas, which parsers take for what he says: "Diop, who was shot, told reporters"."""
    found = subject(clause)
    return clause.i < speech.i and found is not None and found.tag_ in ("WP", "WDT") and found.i > 0 and found.nbor(-1).text == ","


def _is_to(verb: Token) -> bool:
    """Whether the infinitive is the predicate of a clause of its own: "reports the ambassador is to leave"."""
    return any(word.lemma_.lower() == "be" and word.tag_ in FINITE for word in children(verb, "aux", "cop"))


_PREPOSITIONS = frozenset({"of", "for", "with", "about", "at", "on", "in"})


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


# ---- statements that a colon introduces -------------------------------------------------------------------------------

_REACH = 400
"""How many tokens back the colon may be."""
_TO_COLON = 5
"""How many tokens on from the verb the colon may be: "said on Monday:"."""


def _of_introduction(predicate: Token) -> Attribution | None:
    """The speaker of a statement given at length: "The minister said:", then what she said, to the end of the text.

    What stands in quotation marks after the colon ends with its mark; a statement without marks knows no other end.
    """
    doc = predicate.doc
    if ":" not in doc.text:
        return None
    colons = _colons(doc)
    for i in reversed(colons[bisect_right(colons, max(0, predicate.i - _REACH)) : bisect_left(colons, predicate.i)]):
        verb = _introducing(doc, i)
        found = next(speaker(verb), None) if verb is not None else None
        if found is not None and found.head is not None and not _is_first_person(found, doc):
            return Attribution(found.start, found.end, found.head, "quotation") if _is_said_after(doc, i, predicate) else None
    return None


@once_a_document
def _colons(doc: Doc) -> list[int]:
    return [token.i for token in doc if token.text == ":"]


def _introducing(doc: Doc, colon: int) -> Token | None:
    """The verb of speech shortly before the colon, or the one whose object is the statement that follows."""
    for token in reversed(doc[max(0, colon - _TO_COLON) : colon]):
        if token.pos_ == "VERB" and "clause" in claim_below(token):
            return token
        if token.lower_ == "statement" and token.head.pos_ == "VERB":
            return token.head
    return None


def _is_said_after(doc: Doc, colon: int, predicate: Token) -> bool:
    """Whether the predicate belongs to what follows the colon: inside its quotation marks if there are any; on the colon's own line in its sentence."""
    following = next((token for token in doc[colon + 1 : predicate.i + 1] if not token.is_space), predicate)
    if opens_quotation(following.text):
        return quote_at(doc, predicate.i) is not None
    return "\n" in doc[colon : following.i].text or predicate.i < following.sent.end
