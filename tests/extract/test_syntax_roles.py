"""Roles from trees: ClearNLP trees redrawn as Universal Dependencies, and what is read off them."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from actorgraph.extract.english.predicates import roles_of
from actorgraph.extract.syntax_roles import CLEARNLP, roles_from_syntax, rough_factuality, set_roles_from_syntax, to_universal

VOCAB = spacy.blank("en").vocab


def tree(table: str, entities: str = "") -> Doc:
    """A Doc from "word/POS/TAG/head/label" separated by spaces, heads by number from 1, 0 the root; entities "word:LABEL"."""
    rows = [row.split("/") for row in table.split()]
    words, pos, tags = ([row[k] for row in rows] for k in range(3))
    heads = [int(row[3]) - 1 if int(row[3]) else i for i, row in enumerate(rows)]
    lemmas = ["be" if word in ("is", "was", "were") else word for word in words]
    doc = Doc(VOCAB, words=words, pos=pos, tags=tags, heads=heads, deps=[row[4] for row in rows], lemmas=lemmas)
    kinds = dict(part.split(":") for part in entities.split())
    doc.ents = tuple(Span(doc, i, i + 1, label=kinds[word]) for i, word in enumerate(words) if word in kinds)
    return doc


def drawn(doc: Doc) -> list[tuple[str, str, str]]:
    return [(token.text, token.dep_, token.head.text) for token in doc if token.dep_ != "punct"]


def roles(doc: Doc, word: str) -> set[tuple[str, str]]:
    token = next(token for token in doc if token.text == word)
    return {(label, filler.text) for label, filler, _ in roles_from_syntax(token).roles}


PASSIVE = "Troops/NOUN/NNS/3/nsubjpass were/AUX/VBD/3/auxpass sent/VERB/VBN/0/ROOT to/ADP/IN/3/prep Russia/PROPN/NNP/4/pobj by/ADP/IN/3/agent Korea/PROPN/NNP/6/pobj"
COPULA = "Korea/PROPN/NNP/2/nsubj is/AUX/VBZ/0/ROOT an/DET/DT/4/det ally/NOUN/NN/2/attr of/ADP/IN/4/prep Russia/PROPN/NNP/5/pobj"
GERUND = "He/PRON/PRP/2/nsubj spoke/VERB/VBD/0/ROOT of/ADP/IN/2/prep attacking/VERB/VBG/3/pcomp Kyiv/PROPN/NNP/4/dobj"
TWO_PLACES = "They/PRON/PRP/2/nsubj met/VERB/VBD/0/ROOT in/ADP/IN/2/prep Rome/PROPN/NNP/3/pobj and/CCONJ/CC/3/cc in/ADP/IN/3/conj Vienna/PROPN/NNP/6/pobj"
NESTED = "It/PRON/PRP/2/nsubj came/VERB/VBD/0/ROOT from/ADP/IN/2/prep behind/ADP/IN/3/prep lines/NOUN/NNS/4/pobj"


@pytest.mark.parametrize(
    ("table", "edges"),
    [
        (PASSIVE, [("Troops", "nsubj:pass", "sent"), ("to", "case", "Russia"), ("Russia", "obl", "sent"), ("Korea", "obl:agent", "sent")]),
        (COPULA, [("Korea", "nsubj", "ally"), ("is", "cop", "ally"), ("ally", "ROOT", "ally"), ("Russia", "nmod", "ally")]),
        (GERUND, [("of", "mark", "attacking"), ("attacking", "advcl", "spoke"), ("Kyiv", "obj", "attacking")]),
        (TWO_PLACES, [("Rome", "obl", "met"), ("Vienna", "conj", "Rome"), ("and", "cc", "Rome")]),
        (NESTED, [("lines", "obl", "came"), ("from", "case", "lines"), ("behind", "case", "lines")]),
    ],
)
def test_clearnlp_trees_become_universal(table: str, edges: list[tuple[str, str, str]]) -> None:
    doc = tree(table)
    to_universal(doc)
    assert set(edges) <= set(drawn(doc))
    assert not {token.dep_ for token in doc} & set(CLEARNLP)


@pytest.mark.parametrize(
    ("table", "word", "expected"),
    [
        (PASSIVE, "sent", {("A1", "Troops"), ("A2", "Russia"), ("A0", "Korea")}),
        (COPULA, "ally", {("A1", "Russia")}),
        (TWO_PLACES, "met", {("A0", "They"), ("LOC", "Rome")}),
        ("Kyiv/PROPN/NNP/2/nsubj urged/VERB/VBD/0/ROOT Rome/PROPN/NNP/2/dobj to/PART/TO/5/aux act/VERB/VB/2/xcomp", "act", {("A0", "Rome")}),
        ("Kyiv/PROPN/NNP/2/nsubj wants/VERB/VBZ/0/ROOT to/PART/TO/4/aux act/VERB/VB/2/xcomp", "act", {("A0", "Kyiv")}),
        ("men/NOUN/NNS/0/ROOT who/PRON/WP/3/nsubj fled/VERB/VBD/1/relcl", "fled", {("A0", "men")}),
        ("He/PRON/PRP/4/nsubj may/AUX/MD/4/aux not/PART/RB/4/neg sign/VERB/VB/0/ROOT it/PRON/PRP/4/dobj", "sign", {("A0", "He"), ("MOD", "may"), ("NEG", "not"), ("A1", "it")}),
        ("Hungary/PROPN/NNP/3/poss 's/PART/POS/1/case backing/NOUN/NN/0/ROOT for/ADP/IN/3/prep Serbia/PROPN/NNP/4/pobj", "backing", {("A0", "Hungary"), ("A1", "Serbia")}),
        ("Turkish/ADJ/JJ/2/amod strikes/NOUN/NNS/0/ROOT on/ADP/IN/2/prep Kyiv/PROPN/NNP/3/pobj", "strikes", {("A0", "Turkish"), ("A1", "Kyiv")}),
    ],
)  # fmt: skip
def test_roles_of_the_tree(table: str, word: str, expected: set[tuple[str, str]]) -> None:
    doc = set_roles_from_syntax(tree(table, "Turkish:NORP"))
    assert roles(doc, word) == expected


def test_relating_nouns_and_verbs_are_predicates() -> None:
    doc = set_roles_from_syntax(
        tree(
            "Hungary/PROPN/NNP/3/poss 's/PART/POS/1/case backing/NOUN/NN/4/nsubj grew/VERB/VBD/0/ROOT for/ADP/IN/3/prep Serbia/PROPN/NNP/5/pobj"
        )
    )
    assert [p.token.text for p in doc._.predicates] == ["backing", "grew"]
    assert roles_of(doc, doc[2]).roles == doc._.predicates[0].roles


@pytest.mark.parametrize(
    ("table", "word", "happened"),
    [
        ("He/PRON/PRP/2/nsubj left/VERB/VBD/0/ROOT", "left", True),
        ("He/PRON/PRP/4/nsubj did/AUX/VBD/4/aux not/PART/RB/4/advmod leave/VERB/VB/0/ROOT", "leave", False),
        ("He/PRON/PRP/3/nsubj will/AUX/MD/3/aux leave/VERB/VB/0/ROOT", "leave", True),
        ("He/PRON/PRP/4/nsubj may/AUX/MD/4/aux not/PART/RB/4/advmod leave/VERB/VB/0/ROOT", "leave", False),
    ],
)
def test_rough_factuality_has_the_sign_of_the_sentence(table: str, word: str, happened: bool) -> None:
    doc = tree(table)
    assert (rough_factuality(next(token for token in doc if token.text == word)) > 0) is happened


def test_a_hedge_is_between_what_is_so_and_what_is_not() -> None:
    plain, hedged = tree("He/PRON/PRP/2/nsubj left/VERB/VBD/0/ROOT"), tree("He/PRON/PRP/3/nsubj may/AUX/MD/3/aux leave/VERB/VB/0/ROOT")
    assert 0 < rough_factuality(hedged[2]) < 1 < rough_factuality(plain[1])


def test_entities_are_ours() -> None:
    doc = tree("the/DET/DT/2/det Kremlin/PROPN/NNP/3/poss Monday/PROPN/NNP/0/ROOT Paris/PROPN/NNP/3/appos")
    doc.ents = (Span(doc, 0, 2, label="ORG"), Span(doc, 2, 3, label="DATE"), Span(doc, 3, 4, label="GPE"))
    assert [(e.text, e.label_) for e in set_roles_from_syntax(doc).ents] == [("Kremlin", "ORG"), ("Paris", "LOC")]


def test_a_tree_that_is_universal_stays_as_it_is() -> None:
    table = "Korea/PROPN/NNP/2/nsubj sent/VERB/VBD/0/ROOT troops/NOUN/NNS/2/obj to/ADP/IN/5/case Russia/PROPN/NNP/2/obl"
    assert drawn(set_roles_from_syntax(tree(table))) == drawn(tree(table))


def test_empty_docs_pass() -> None:
    assert set_roles_from_syntax(Doc(VOCAB, words=[]))._.predicates == []
