"""What the tree helpers see in hand-made parses."""

from __future__ import annotations

import pytest

from actorgraph.extract import syntax

PLANS = """
Hungary =/NNP 2 nsubj
plans plan/VBZ 0 root
to =/TO 4 mark
invade =/VB 2 xcomp
and =/CC 6 cc
occupy =/VB 4 conj
Serbia =/NNP 4 obj
. =/PUNCT 2 punct
"""
MAY = """
Troops troop/NNS 3 nsubj
may =/MD 3 aux
attack =/VB 0 root
and =/CC 5 cc
destroy =/VB 3 conj
it =/PRP 5 obj
"""
ENVOYS = """
the =/DT 5 det
two =/CD 5 nummod
South =/JJ 4 amod
Korean =/JJ 5 amod
envoys envoy/NNS 10 nsubj
, =/PUNCT 8 punct
who =/WP 8 nsubj
slept sleep/VBD 5 acl:relcl
, =/PUNCT 8 punct
left leave/VBD 0 root
in =/IN 13 case
case =/NOUN 11 fixed
rain =/NN 10 obl
"""


def test_labels_match_with_and_without_subtype(parse):
    doc = parse(ENVOYS)
    assert syntax.has_label(doc[7], "acl")
    assert syntax.has_label(doc[7], "acl:relcl")
    assert not syntax.has_label(doc[7], "advcl")
    assert syntax.label(doc[7]) == "acl"


def test_a_conjunct_has_the_governor_of_the_first(parse):
    doc = parse(PLANS)
    assert syntax.governor(doc[5]) == doc[1]
    assert syntax.relation(doc[5]) == "xcomp"
    assert syntax.coordination(doc[3]) == syntax.coordination(doc[5]) == [doc[3], doc[5]]
    assert [above.text for above in syntax.ancestors(doc[6])] == ["invade", "plans"]
    assert syntax.subject(doc[1]) == doc[0]


def test_conjuncts_share_auxiliaries(parse):
    doc = parse(MAY)
    assert [aux.text for aux in syntax.auxiliaries(doc[4])] == ["may"]
    assert syntax.subject(doc[4]) == doc[0]


def test_a_conjunct_of_another_form_shares_nothing(parse):
    doc = parse(MAY.replace("destroy =/VB", "destroyed destroy/VBD"))
    assert syntax.auxiliaries(doc[4]) == []


def test_phrase_span_is_the_shortest_noun_phrase(parse):
    doc = parse(ENVOYS)
    start, end = syntax.phrase_span(doc[4])
    assert doc[start:end].text == "the two South Korean envoys"
    assert syntax.subtree_span(doc[4]) == (0, 9)


def test_fixed_expressions_are_one_preposition(parse):
    doc = parse(ENVOYS)
    assert syntax.preposition(doc[12]) == "in case"
    assert syntax.preposition(doc[4]) == ""


def test_the_clause_of_a_noun_is_its_predicate(parse):
    doc = parse(ENVOYS)
    assert syntax.clause(doc[2]) == doc[9]
    assert syntax.clause(doc[6]) == doc[7]


@pytest.mark.parametrize(
    ("table", "head", "expected"),
    [
        ("He =/PRP 4 nsubj\ndid do/VBD 4 aux\nn't not/RB 4 advmod\ngo =/VB 0 root", 3, "n't"),
        ("He =/PRP 4 nsubj\nno =/RB 3 advmod\nlonger =/RB 4 advmod\ngoes go/VBZ 0 root", 3, "longer"),
        ("no =/DT 2 det\nattack =/NN 0 root", 1, "no"),
        ("not =/RB 3 advmod\nonly =/RB 3 advmod\nattacked attack/VBD 0 root", 2, None),
        ("He =/PRP 2 nsubj\ngoes go/VBZ 0 root", 1, None),
    ],
)
def test_negation(parse, table, head, expected):
    found = syntax.negation(parse(table)[head])
    assert (found.text if found is not None else None) == expected


@pytest.mark.parametrize(
    ("table", "head", "expected"),
    [
        ("He =/PRP 2 nsubj\nwent go/VBD 0 root", 1, "past"),
        ("He =/PRP 3 nsubj\nhas have/VBZ 3 aux\ngone go/VBN 0 root", 2, "past"),
        ("He =/PRP 3 nsubj\nwill =/MD 3 aux\ngo =/VB 0 root", 2, "future"),
        ("He =/PRP 2 nsubj\ngoes go/VBZ 0 root", 1, "present"),
        ("visit =/NN 0 root", 0, None),
        ("He =/PRP 3 nsubj\nis be/VBZ 3 cop\nready =/JJ 0 root", 2, "present"),
    ],
)
def test_tense(parse, table, head, expected):
    assert syntax.tense(parse(table)[head]) == expected
