"""Reads a dependency tree with Universal Dependencies labels: who governs whom, what marks a clause, how far a phrase goes.

Everything here is a function over spaCy tokens and changes nothing. A label matches with or without its subtype:
`children(token, "nsubj")` finds "nsubj:pass" too, `children(token, "nsubj:pass")` only that one. Coordination is read
as Universal Dependencies draws it, every conjunct below the first, and `governor` looks through it, so that the second
verb of "plans to invade and occupy" has the same governor as the first. Offsets are tokens of the Doc, end exclusive.

Scheme: de Marneffe, Manning, Nivre, Zeman, "Universal Dependencies" (Computational Linguistics 47, 2021), with the
subtypes of UD_English-EWT.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import TYPE_CHECKING, Literal

from .snapshot import label_forms, once_a_word

if TYPE_CHECKING:
    from spacy.tokens import Token

Tense = Literal["past", "present", "future"]

SUBJECTS = ("nsubj", "csubj")
DEFINITE_DETERMINERS = frozenset({"the", "this", "that", "these", "those"})
_RANGES = {"between": "and", "from": "to"}
_PHRASE = frozenset({"det", "amod", "compound", "nummod", "flat", "nmod:poss", "nmod:desc", "nmod:unmarked", "advmod", "goeswith", "fixed"})
_NEGATIVE_WORDS = frozenset({"not", "n't", "n’t", "nt", "never", "neither", "nor", "hardly", "scarcely", "barely"})
_FURTHER = frozenset({"other", "another", "further", "similar"})
_NEGATIVE_DETERMINERS = frozenset({"no", "neither"})
_MEASURES = frozenset({
    "all", "amount", "bag", "barrel", "batch", "billion", "box", "bulk", "consignment", "container", "convoy", "crate", "dollar", "dozen",
    "euro", "gallon", "half", "hundred", "kilo", "kilogram", "liter", "litre", "load", "lot", "majority", "many", "million", "most", "much",
    "number", "package", "part", "portion", "pound", "remainder", "rest", "shipload", "shipment", "some", "thousand", "ton", "tonne",
    "tranche", "truckload", "worth",
})  # fmt: skip


def label(token: Token) -> str:
    """The token's relation to its head without its subtype, lower case ("nsubj:pass" gives "nsubj")."""
    return label_forms(token.dep_)[1]


def has_label(token: Token, *labels: str) -> bool:
    """Whether the token's relation to its head is one of the labels; a label without subtype matches every subtype."""
    whole, base = label_forms(token.dep_)
    return whole in labels or base in labels


def is_root(token: Token) -> bool:
    """Whether nothing governs the token."""
    return token.head.i == token.i


def children(token: Token, *labels: str) -> list[Token]:
    """The dependents with one of the labels, or all of them, in the order of the text."""
    if not labels:
        return list(token.children)
    labelled = getattr(token, "labelled", None)
    found: list[Token] = []
    for whole, base, below in _labelled(token) if labelled is None else labelled:
        if whole in labels or base in labels:
            found.append(below)
    return found


def child(token: Token, *labels: str) -> Token | None:
    """The first dependent with one of the labels."""
    labelled = getattr(token, "labelled", None)
    for whole, base, below in _labelled(token) if labelled is None else labelled:
        if whole in labels or base in labels:
            return below
    return None


def _labelled(token: Token) -> list[tuple[str, str, Token]]:
    """The dependents after the two forms of their labels, as a snapshot keeps them of its words."""
    return [(*label_forms(below.dep_), below) for below in token.children]


def fixed_words(token: Token) -> tuple[Token, ...]:
    """The token with the rest of its fixed expression ("in" gives "in case of"), in the order of the text."""
    others = children(token, "fixed", "goeswith")
    return tuple(sorted([token, *others], key=lambda word: word.i)) if others else (token,)


def expression(token: Token) -> str:
    """The fixed expression that the token heads, lower case ("according to", "because of")."""
    words = fixed_words(token)
    return words[0].lower_ if len(words) == 1 else " ".join(word.lower_ for word in words)


@once_a_word
def preposition(token: Token) -> str:
    """What marks the case of a nominal, lower case ("to", "according to", "alongside"); possessive "'s" and none give "".

    Several markers are joined: "from behind the lines" gives "from behind". A range has none: "between 300 and 400 soldiers".
    """
    cases = children(token, "case")
    last = cases[-1] if cases and cases[-1].i + 2 < token.i else None
    if last is not None and last.lower_ in _RANGES and last.nbor().like_num and last.nbor(2).lower_ == _RANGES[last.lower_]:
        cases = cases[:-1]
    return " ".join([expression(case) for case in cases if case.tag_ != "POS" and case.lower_ not in ("'s", "’s", "'", "’")]) if cases else ""


@once_a_word
def marker(token: Token) -> str:
    """The subordinator of a clause, lower case ("if", "to", "in order to", "without"), or ""."""
    return " ".join(expression(mark) for mark in children(token, "mark"))


def coordination(token: Token) -> list[Token]:
    """All conjuncts of the token's coordination, itself among them, in the order of the text.

    "A, B and C" gives [A, B, C] from any of the three.
    """
    first = first_conjunct(token)
    found, pending = [first], [first]
    while pending:
        for conjunct in children(pending.pop(), "conj"):
            found.append(conjunct)
            pending.append(conjunct)
    return sorted(found, key=lambda word: word.i)


def first_conjunct(token: Token) -> Token:
    """The conjunct that stands for the coordination in the tree; the token itself where nothing is coordinated."""
    while label_forms(token.dep_)[1] == "conj" and not is_root(token):
        token = token.head
    return token


def governor(token: Token) -> Token | None:
    """What governs the token's coordination; None at the root."""
    first = first_conjunct(token)
    return None if is_root(first) else first.head


def relation(token: Token) -> str:
    """The label, lower case and with its subtype, of the token's coordination to its governor; "root" at the top."""
    first = first_conjunct(token)
    return "root" if is_root(first) else first.dep_.lower()


def path_up(token: Token) -> Iterator[tuple[Token, str, Token]]:
    """Climb from the token to the root: (first conjunct reached, its label with subtype, its governor) for each step."""
    first = first_conjunct(token)
    while not is_root(first):
        yield first, first.dep_.lower(), first.head
        first = first_conjunct(first.head)


def ancestors(token: Token) -> Iterator[Token]:
    """The governors of the token from the nearest to the root, looking through coordination."""
    return (above for _, _, above in path_up(token))


def arcs(one: Token, other: Token) -> float:
    """How many arcs of the tree lie between two words, coordination counted as drawn; infinity where they stand in two trees."""
    above = {token.i: steps for steps, token in enumerate((one, *one.ancestors))}
    return next((steps + above[token.i] for steps, token in enumerate((other, *other.ancestors)) if token.i in above), inf)


def subtree_span(token: Token) -> tuple[int, int]:
    """First token and end of everything below the token (with gaps filled, where the tree crosses itself)."""
    return token.left_edge.i, token.right_edge.i + 1


def phrase_span(token: Token) -> tuple[int, int]:
    """First token and end of the shortest noun phrase around its head: determiners, adjectives, compounds, possessors.

    Left out: relative clauses, prepositional phrases, appositions and conjuncts. "the two visiting South Korean envoys,
    who met in Rome" gives "the two visiting South Korean envoys".
    """
    start, end = token.i, token.i + 1
    wanted = {token.i}
    for dependent in token.children:
        if dependent.dep_.lower() in _PHRASE or label(dependent) in _PHRASE:
            if dependent.i < token.i:
                wanted.update(word.i for word in dependent.subtree)
            elif label(dependent) in ("flat", "goeswith", "fixed", "compound", "nummod"):
                wanted.update(word.i for word in dependent.subtree if label(word) not in ("appos", "acl", "conj", "cc"))
    while start - 1 in wanted or (start - 2 in wanted and _inside_name(token, start - 1)):
        start -= 1
    while end in wanted or (end + 1 in wanted and _inside_name(token, end)):
        end += 1
    while token.doc[start].is_punct and start < token.i:
        start += 1
    return start, end


def _inside_name(token: Token, i: int) -> bool:
    """Whether the word at `i` is a hyphen or quote that stands inside the phrase of `token` ("Asia-Pacific forces")."""
    return token.doc[i].is_punct and token.doc[i].text in {"-", "–", "'", '"', "“", "”", "’", "/"}


@once_a_word
def auxiliaries(token: Token) -> list[Token]:
    """The auxiliaries of a predicate ("may have been"), the copula left out.

    A conjunct without auxiliaries and without a subject of its own shares those of the conjunct before it, when its form
    is one that they could govern: "may attack and destroy" gives "may" for "destroy", "has attacked and destroys" nothing.
    """
    own = children(token, "aux")
    copula = child(token, "cop")
    if copula is not None and "Fin" in copula.morph.get("VerbForm", []):
        return own  # "would not retaliate and was still willing"
    if own or label(token) != "conj" or child(token, *SUBJECTS) is not None or child(token, "mark") is not None:
        return own
    return auxiliaries(token.head) if _same_form(token, token.head) else []


def _same_form(token: Token, other: Token) -> bool:
    """Whether both words are of one verb form, or the forms are not known."""
    mine, theirs = token.morph.get("VerbForm", []), other.morph.get("VerbForm", [])
    return not mine or not theirs or mine == theirs


def is_measure(token: Token) -> bool:
    """Whether the word only counts what follows: "tonnes" of maize, "$90 million" in aid."""
    return token.pos_ == "SYM" or token.lemma_.lower() in _MEASURES


def is_infinitive(token: Token) -> bool:
    """Whether the verb is an infinitive with "to", which some schemes call its marker and some its auxiliary."""
    return any(word.tag_ == "TO" or word.lower_ == "to" for word in children(token, "mark", "aux"))


def copula(token: Token) -> Token | None:
    """The copula of a nominal or adjectival predicate ("is" in "is ready")."""
    return child(token, "cop")


@once_a_word
def is_passive(token: Token) -> bool:
    """Whether the verb is passive: "was attacked", "attacked by Hungary" after a noun."""
    if child(token, "nsubj:pass", "aux:pass", "csubj:pass", "obl:agent") is not None:
        return True
    return relation(token) == "acl" and token.tag_ in ("VBN", "VBD") and child(token, "obj", "nsubj") is None


def has_own_premodifiers(conjunct: Token) -> bool:
    """Whether a noun beside another has a determiner or its like of its own, so that what stands before the first is not shared.

    "Raids" has none in "Chad's strikes and raids", "attacks" has in "the Chadian strike and the attacks". A possessive pronoun takes
    up the possessor of the first: "Chad's wish and its attempt".
    """
    if children(conjunct, "det") or any(owner.pos_ != "PRON" for owner in children(conjunct, "nmod:poss")):
        return True
    return any(word.lower_ in _FURTHER for word in children(conjunct, "amod"))


def describes_name(noun: Token) -> bool:
    """Whether the noun says in apposition what a name before it is: "the Amber Front, an outfit armed by Chad"."""
    if noun.tag_ != "NN" or not has_label(noun, "appos") or noun.head.pos_ != "PROPN" or noun.head.i > noun.i:
        return False
    return any(word.lower_ in ("a", "an", "the") for word in children(noun, "det"))


def subject(token: Token) -> Token | None:
    """The subject of a predicate, taken from an earlier conjunct where it has none ("came and saw"); None without one."""
    found = child(token, *SUBJECTS)
    while found is None and label(token) == "conj" and not is_root(token):
        token = token.head
        found = child(token, *SUBJECTS)
    return found


def heads_clause(token: Token) -> bool:
    """Whether the token is the predicate of a clause: a verb, or anything with a subject, copula or auxiliary."""
    return token.pos_ in ("VERB", "AUX") or child(token, "cop", "aux", *SUBJECTS) is not None


def clause(token: Token) -> Token:
    """The predicate of the clause that the token stands in, itself where it heads one; the root where there is none."""
    if heads_clause(token):
        return token
    for above in ancestors(token):
        if heads_clause(above):
            return above
        token = above
    return token


def negation(token: Token) -> Token | None:
    """The word that negates the token by itself: "not", "never", "no longer", determiner "no", "neither … nor", "hardly".

    "not only" and "no doubt" negate nothing, and "not" right before "to" negates the infinitive, wherever it is attached.
    What negates from further up (a verb like "refuse", a negated governor) is not seen here.
    """
    mark = next((mark for mark in children(token, "mark") if mark.lower_ == "to" and mark.i > 0), None)
    if mark is not None and mark.nbor(-1).lower_ in ("not", "never"):
        return mark.nbor(-1)
    for dependent in token.children:
        word = dependent.lower_
        if word == "longer" and dependent.i > 0 and dependent.nbor(-1).lower_ == "no":
            return dependent
        if has_label(dependent, "det") and word in _NEGATIVE_DETERMINERS and token.lower_ != "doubt" and not is_quoted(dependent):
            return dependent
        negative = has_label(dependent, "advmod", "cc", "cc:preconj") and word in _NEGATIVE_WORDS
        if negative and not is_focus(dependent) and not (_next_word(dependent) == "to" and dependent.i > token.i):
            return dependent
    return None


def is_quoted(determiner: Token) -> bool:
    """Whether the determiner belongs to words in quotation marks before the noun: a “no limits” partnership is one."""
    return determiner.i > 0 and determiner.nbor(-1).text in ('"', "“", "'", "‘", "``")


def is_focus(negative: Token) -> bool:
    """Whether the negation belongs to "not only", "not just", "not least", and denies nothing."""
    return _next_word(negative) in _FOCUS


def _next_word(token: Token) -> str:
    return token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""


_FOCUS = frozenset({"only", "just", "least", "merely", "simply", "necessarily"})


def is_subjunctive(token: Token) -> bool:
    """Whether a clause is in the bare form that demands take: "that Rome pay", "that the army leave" (also where tagged VBP)."""
    if children(token, "aux", "cop"):
        return any(aux.lower_ == "be" for aux in children(token, "aux", "aux:pass", "cop")) and not any(aux.tag_ == "MD" for aux in children(token, "aux"))
    if token.tag_ != "VBP":
        return token.tag_ == "VB"
    found = child(token, *SUBJECTS)
    return found is not None and found.tag_ in ("NN", "NNP") and child(found, "conj") is None


def tense(token: Token) -> Tense | None:
    """The time that the predicate's own words put it in; None for infinitives, participles and nouns, which have none.

    "has met" is past (what it says has happened), "is to meet", "will meet" and "is going to meet" future.
    """
    chain = auxiliaries(token)
    forms = [aux.lower_ for aux in chain]
    if any(form in ("will", "'ll", "’ll", "wo", "shall") for form in forms):
        return "future"
    if any(form in ("has", "have", "had", "'ve", "’ve", "'d", "’d", "did", "was", "were") for form in forms):
        return "past"
    first = chain[0] if chain else copula(token) or token
    if "Past" in first.morph.get("Tense", []) and "Part" not in first.morph.get("VerbForm", []):
        return "past"
    if "Pres" in first.morph.get("Tense", []) and "Part" not in first.morph.get("VerbForm", []):
        return "present"
    if first.tag_ == "VBD":
        return "past"
    return "present" if first.tag_ in ("VBZ", "VBP") else None


RECIPROCAL = frozenset({"each", "other", "one", "another"})
_EACH_OTHER = (frozenset({"each", "other"}), frozenset({"one", "another"}))


def each_other(verb: Token) -> Token | None:
    """The "each other" or "one another" among the verb's dependents, and "the other" of "each side"."""
    doer = subject(verb)
    each = doer is not None and "each" in (doer.lower_, *(word.lower_ for word in doer.children))
    for word in children(verb, "obj", "iobj", "obl"):
        found = RECIPROCAL & {word.lower_, *(inner.lower_ for inner in word.children)}
        if found in _EACH_OTHER or (each and found == {"other"} and word.lower_ == "other"):
            return word
    return None
