"""Roles, predicates and factuality read off the tree, for spaCy pipelines that know none.

Trees with ClearNLP labels (en_core_web_*) are first redrawn as Universal Dependencies through one table; entities are
reduced to PERSON ORG LOC NORP. What comes out has the shape of our own pipeline and is worth less: on a gold tree such
rules find 58 of 100 core roles of verbs and 36 of nouns (UD_English-EWT with PropBank), where learned roles find 87 and 67.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy import attrs
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from .english.predicates import Predicate, Role, register_extensions, set_predicates
from .syntax import children, has_label, is_passive, label, negation, preposition, subject

register_extensions()

FACTORY = "actorgraph_syntax_roles"

CLEARNLP: dict[str, str] = {
    "acomp": "xcomp", "agent": "case", "attr": "xcomp", "auxpass": "aux:pass", "csubjpass": "csubj:pass", "dative": "iobj",
    "dobj": "obj", "intj": "discourse", "meta": "dep", "neg": "advmod", "npadvmod": "obl:unmarked", "nsubjpass": "nsubj:pass",
    "oprd": "xcomp", "pcomp": "advcl", "pobj": "obl", "poss": "nmod:poss", "preconj": "cc:preconj", "predet": "det:predet",
    "prep": "case", "prt": "compound:prt", "quantmod": "advmod", "relcl": "acl:relcl",
}  # fmt: skip
"""ClearNLP label -> UD label, where the two differ; labels that are not here are alike in both."""

ENTITY_KINDS: dict[str, str] = {
    "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "NORP",
}  # fmt: skip
"""Entity label of another pipeline -> ours; entities of other labels are dropped."""

_CLEARNLP_ONLY = frozenset({"dobj", "pobj", "nsubjpass", "auxpass", "prep", "relcl", "poss"})
_MARKERS = frozenset({"prep", "agent", "dative"})
_MODALS: dict[str, float] = {
    "will": 1.5, "'ll": 1.5, "’ll": 1.5, "wo": 1.5, "shall": 1.5, "must": 0.5, "may": 0.3, "might": 0.2, "could": 0.2, "can": 0.3, "would": 0.2,
    "should": 0.2,
}  # fmt: skip
"""Modal -> how far what it governs happens, −3 … 3."""
_ASSERTED, _NOT_FINITE, _DENIED = 2.5, 1.0, -2.0
_VERBAL: dict[str, str] = {
    "to": "A2",
    "with": "A2",
    "for": "A2",
    "from": "A2",
    "into": "A2",
    "against": "A1",
    "on": "A1",
    "in": "LOC",
    "at": "LOC",
}
_NOMINAL: dict[str, str] = {
    "of": "A1", "by": "A0", "between": "A0", "among": "A0", "on": "A1", "against": "A1", "for": "A1", "to": "A2", "with": "A2", "toward": "A1",
    "towards": "A1", "over": "A1", "in": "LOC", "at": "LOC",
}  # fmt: skip
"""Preposition -> role of what it marks, for verbs and for nouns."""
_CLAUSAL: dict[str, str] = {
    "to": "PRP",
    "because": "CAU",
    "as": "ADV",
    "if": "ADV",
    "when": "TMP",
    "after": "TMP",
    "before": "TMP",
    "while": "TMP",
}
_RULE_SCORE = 0.6  # of every role and predicate here: the share of them that is right, roughly


@Language.component(FACTORY, assigns=["token.dep", "doc.ents", "doc._.predicates", "token._.factuality"])
def set_roles_from_syntax(doc: Doc) -> Doc:
    """Redraw trees and entities after our schemes, then set predicates with roles and a rough factuality."""
    if any(token.dep_ in _CLEARNLP_ONLY for token in doc):
        to_universal(doc)
    doc.ents = tuple(_kept_entities(doc))
    found = [predicate for token in doc if (predicate := _predicate(token)) is not None]
    set_predicates(doc, found)
    for predicate in found:
        predicate.token._.factuality = rough_factuality(predicate.token)
    return doc


def roles_from_syntax(token: Token) -> Predicate:
    """The roles of a word by the labels of its dependents (UD); each with the same score."""
    roles = _nominal_roles(token) if token.pos_ in ("NOUN", "PROPN") else _verbal_roles(token)
    distinct: dict[int, str] = {}
    for role, filler in roles:
        distinct.setdefault(filler.i, role)
    fillers: tuple[Role, ...] = tuple((role, token.doc[i], _RULE_SCORE) for i, role in sorted(distinct.items()) if i != token.i)
    return Predicate(token, fillers, _RULE_SCORE)


def rough_factuality(token: Token) -> float:
    """−3 (did not happen) … 3 (happened) from negation, modals and finiteness alone."""
    modal = next((_MODALS[aux.lower_] for aux in children(token, "aux") if aux.lower_ in _MODALS), None)
    if modal is None:
        finite = token.tag_ in ("VBD", "VBZ", "VBP") or bool(children(token, "aux", "cop"))
        value = _ASSERTED if finite and not _is_conditional(token) else _NOT_FINITE
    else:
        value = modal
    if negation(token) is not None:
        return _DENIED if value > 0.5 else -value
    return value


def to_universal(doc: Doc) -> None:
    """Redraw a ClearNLP tree as UD, in place: prepositions below their nouns, copulas below their predicates."""
    heads, labels = [token.head.i for token in doc], [token.dep_ for token in doc]
    depth = {token.i: sum(1 for _ in token.ancestors) for token in doc}
    promoted: set[int] = set()
    below: list[list[int]] = [[child.i for child in token.children] for token in doc]

    def raise_over(lower: int, upper: int, raised: str, lowered: str) -> None:
        """Let `lower` take the place of its head `upper` and govern it and its other dependents."""
        parent = heads[upper]
        heads[lower] = lower if parent == upper else parent
        if parent != upper:
            below[parent] = [lower if i == upper else i for i in below[parent]]
        for sibling in below[upper]:
            if sibling != lower:
                heads[sibling] = lower
                below[lower].append(sibling)
        heads[upper], below[upper] = lower, []
        below[lower].append(upper)
        labels[lower], labels[upper] = raised, lowered

    for i in sorted(range(len(doc)), key=lambda i: -depth[i]):
        token, parent = doc[i], doc[heads[i]]
        if labels[i] in _MARKERS or (labels[i] == "conj" and token.pos_ == "ADP"):
            noun = next((k for k in below[i] if labels[k] == "pobj" or k in promoted), None)
            clause = next((k for k in below[i] if labels[k] == "pcomp"), None)
            nominal = parent.pos_ in ("NOUN", "PROPN", "PRON", "NUM")
            if noun is not None:
                promoted.add(noun)
                raised = {"agent": "obl:agent", "conj": "conj"}.get(labels[i], "nmod" if nominal else "obl")
                raise_over(noun, i, raised, "case")
            elif clause is not None:
                raise_over(clause, i, "acl" if nominal else "advcl", "mark")
        elif labels[i] == "aux" and token.tag_ == "TO":
            labels[i] = "mark"
        elif token.lemma_ == "be" and token.pos_ in ("AUX", "VERB") and labels[i] not in ("aux", "auxpass"):
            complement = next((k for k in below[i] if labels[k] in ("attr", "acomp")), None)
            if complement is not None:
                raise_over(complement, i, labels[i], "cop")
    table = np.zeros((len(doc), 2), np.uint64)
    table[:, 0] = np.array([head - i for i, head in enumerate(heads)], np.int64).astype(np.uint64)
    table[:, 1] = [doc.vocab.strings.add(CLEARNLP.get(name, name)) for name in labels]
    doc.from_array([attrs.HEAD, attrs.DEP], table)  # type: ignore[arg-type]


def _kept_entities(doc: Doc) -> Iterator[Span]:
    """Entities of our kinds, without a leading "the" and without a possessive at the end."""
    for entity in doc.ents:
        kind, start, end = ENTITY_KINDS.get(entity.label_), entity.start, entity.end
        while start < end and doc[start].lower_ in ("the", "'s", "’s"):
            start += 1
        while end > start and doc[end - 1].text in ("'s", "’s", "'", "’"):
            end -= 1
        if kind and start < end:
            yield Span(doc, start, end, label=kind)


def _predicate(token: Token) -> Predicate | None:
    """The token as a predicate: every full verb, and nouns that relate two things ("Hungary's backing for Serbia")."""
    if token.pos_ == "VERB" and not has_label(token, "aux", "case", "mark"):
        return roles_from_syntax(token)
    if token.pos_ == "NOUN":
        predicate = roles_from_syntax(token)
        if len({role for role, _, _ in predicate.roles} & {"A0", "A1", "A2"}) > 1:
            return predicate
    return None


def _verbal_roles(token: Token) -> Iterator[tuple[str, Token]]:
    passive = is_passive(token)
    doer = _antecedent(token, subject(token))
    if doer is None and has_label(token, "xcomp"):
        # Control: the object of the verb above acts where it has one ("urged Serbia to leave"), else its subject.
        doer = next(iter(children(token.head, "obj", "iobj")), None) or _antecedent(token.head, subject(token.head))
    if doer is None and label(token) == "acl":
        doer = token.head
    if doer is not None:
        yield ("A1" if passive else "A0"), doer
    for child in token.children:
        marker = preposition(child)
        if has_label(child, "obj"):
            yield "A1", _relative(token, child)
        elif has_label(child, "iobj"):
            yield "A2", child
        elif has_label(child, "obl:agent") or (passive and has_label(child, "obl") and marker == "by"):
            yield "A0", child
        elif has_label(child, "obl:unmarked", "obl:tmod", "nmod:unmarked"):
            yield "TMP", child
        elif has_label(child, "obl") and child.ent_type_ not in ("DATE", "TIME"):
            yield _VERBAL.get(marker, "ADV"), child
        elif has_label(child, "ccomp", "xcomp"):
            yield ("A2" if children(token, "obj") else "A1"), child
        elif has_label(child, "advcl"):
            mark = next((m.lower_ for m in child.children if has_label(m, "mark", "aux") and m.lower_ in _CLAUSAL), "")
            yield _CLAUSAL.get(mark, "ADV"), child
        elif has_label(child, "aux") and child.lower_ in _MODALS:
            yield "MOD", child
    denial = negation(token)
    if denial is not None:
        yield "NEG", denial


def _nominal_roles(token: Token) -> Iterator[tuple[str, Token]]:
    for child in token.children:
        if has_label(child, "nmod:poss") or (
            has_label(child, "amod", "compound", "nmod:desc") and child.ent_type_ in ("NORP", "LOC", "GPE", "ORG")
        ):
            yield "A0", child
        elif has_label(child, "nmod", "obl"):
            role = _NOMINAL.get(preposition(child))
            if role:
                yield role, child
    denial = negation(token)
    if denial is not None:
        yield "NEG", denial


def _antecedent(token: Token, doer: Token | None) -> Token | None:
    return None if doer is None else _relative(token, doer)


def _relative(token: Token, filler: Token) -> Token:
    """What a relative pronoun stands for: the noun that its clause hangs on."""
    while label(token) == "conj" and token.head.i != token.i:
        token = token.head
    return token.head if filler.tag_ in ("WDT", "WP") and label(token) == "acl" else filler


def _is_conditional(token: Token) -> bool:
    return any(child.lower_ in ("if", "unless", "whether") for child in children(token, "mark"))
