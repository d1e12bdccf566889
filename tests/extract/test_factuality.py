"""How predicates are stated: the rules on hand-made parses, and each flag on labelled sentences through the pipeline."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from actorgraph.extract.factuality import assess
from actorgraph.extract.hedges import all_hedges, hedge
from actorgraph.extract.records import Modality

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "flags.py"


def stated(parse, table: str, word: str) -> str:
    """ "planned not" and the like, for a word of a hand-made parse."""
    doc = parse(table)
    found = assess(next(token for token in doc if token.text == word))
    return f"{found.modality}{' not' if found.negated else ''}"


MAY = """
Mali =/NNP 3 nsubj
{aux} =/MD 3 aux
send =/VB 0 root
troops troop/NNS 3 obj
"""
PLANS = """
Mali =/NNP 2 nsubj
{verb} {lemma}/VBZ 0 root
to =/TO 4 mark
attack =/VB 2 xcomp
Chad =/NNP 4 obj
"""
URGED = """
Mali =/NNP 2 nsubj
{verb} {lemma}/VBD 0 root
Chad =/NNP 2 obj
to =/TO 5 mark
attack =/VB 2 xcomp
Togo =/NNP 5 obj
"""
NOUN = """
the =/DT 2 det
{noun} =/NN 0 root
of =/IN 5 case
an =/DT 5 det
attack =/NN 2 nmod
"""
ADJECTIVE = """
the =/DT 3 det
{word} =/JJ 3 amod
visit =/NN 0 root
"""
CAUSED = """
A =/DT 2 det
visit =/NN 4 nsubj
may =/MD 4 aux
anger =/VB 0 root
Chad =/NNP 4 obj
"""
PURPOSE = """
Mali =/NNP {shift} nsubj
{aux}sent send/{tag} 0 root
troops troop/NNS {verb} obj
to =/TO {assist} mark
assist =/VB {verb} advcl
Chad =/NNP {assist} obj
"""


@pytest.mark.parametrize(
    ("aux", "expected"),
    [("may", "possible"), ("could", "possible"), ("will", "planned"), ("shall", "planned"), ("must", "requested"), ("should", "requested"), ("would", "possible")],
)
def test_auxiliaries(parse, aux, expected):
    assert stated(parse, MAY.format(aux=aux), "send") == expected


@pytest.mark.parametrize(
    ("verb", "lemma", "expected"),
    [
        ("plans", "plan", "planned"), ("hopes", "hope", "planned"), ("agrees", "agree", "planned"), ("threatens", "threaten", "planned"),
        ("seems", "seem", "possible"), ("refuses", "refuse", "asserted not"), ("fails", "fail", "asserted not"), ("needs", "need", "requested"),
        ("has", "have", "requested"), ("continues", "continue", "asserted"), ("manages", "manage", "asserted"), ("asks", "ask", "planned"),
    ],
)  # fmt: skip
def test_verbs_over_an_infinitive(parse, verb, lemma, expected):
    assert stated(parse, PLANS.format(verb=verb, lemma=lemma), "attack") == expected
    assert stated(parse, PLANS.format(verb=verb, lemma=lemma), verb) == "asserted"


@pytest.mark.parametrize(
    ("verb", "lemma", "expected"),
    [("urged", "urge", "requested"), ("asked", "ask", "requested"), ("forced", "force", "asserted"), ("helped", "help", "asserted"), ("forbade", "forbid", "asserted not")],
)
def test_verbs_over_somebody_elses_act(parse, verb, lemma, expected):
    assert stated(parse, URGED.format(verb=verb, lemma=lemma), "attack") == expected


@pytest.mark.parametrize(
    ("noun", "expected"),
    [("possibility", "possible"), ("risk", "possible"), ("absence", "asserted not"), ("resumption", "asserted"), ("victim", "asserted")],
)
def test_nouns_over_nouns(parse, noun, expected):
    assert stated(parse, NOUN.format(noun=noun), "attack") == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("potential", "possible"), ("planned", "planned"), ("former", "asserted not"), ("cancelled", "asserted not"), ("royal", "asserted"), ("alleged", "asserted")],
)
def test_adjectives_on_nouns(parse, word, expected):
    assert stated(parse, ADJECTIVE.format(word=word), "visit") == expected


def test_what_is_taken_for_granted_is_not_hedged_by_its_verb(parse):
    assert stated(parse, CAUSED, "visit") == "asserted"
    assert stated(parse, CAUSED, "anger") == "possible"


def test_the_purpose_of_a_fact_is_asserted_and_of_a_plan_planned(parse):
    assert stated(parse, PURPOSE.format(shift=2, aux="", tag="VBD", verb=2, assist=5), "assist") == "asserted"
    will = PURPOSE.format(shift=3, aux="will =/MD 3 aux\n", tag="VB", verb=3, assist=6)
    assert stated(parse, will, "assist") == "planned"


def test_negations_cancel_out(parse):
    table = """
Mali =/NNP 3 nsubj
never =/RB 3 advmod
refused refuse/VBD 0 root
to =/TO 5 mark
stop =/VB 3 xcomp
sending send/VBG 5 xcomp
aid =/NN 6 obj
"""
    assert stated(parse, table, "refused") == "asserted not"
    assert stated(parse, table, "stop") == "asserted"
    assert stated(parse, table, "sending") == "asserted not"


def test_one_no_is_heard_once(parse):
    table = """
Mali =/NNP 2 nsubj
provided provide/VBD 0 root
no =/DT 4 det
support =/NN 2 obj
"""
    assert stated(parse, table, "support") == "asserted not"
    assert stated(parse, table, "provided") == "asserted not"


def test_an_if_clause_conditions_itself_and_its_consequence(parse):
    table = """
If if/IN 3 mark
Chad =/NNP 3 nsubj
attacks attack/VBZ 7 advcl
, =/, 3 punct
Mali =/NNP 7 nsubj
will =/MD 7 aux
respond =/VB 0 root
"""
    assert stated(parse, table, "attacks") == stated(parse, table, "respond") == "conditional"


def test_a_condition_beside_a_warning_belongs_to_what_is_warned_of(parse):
    table = """
Mali =/NNP 2 nsubj
warned warn/VBD 0 root
that =/IN 6 mark
it =/PRP 6 nsubj
would =/MD 6 aux
strike =/VB 2 ccomp
if =/IN 9 mark
Chad =/NNP 9 nsubj
armed arm/VBD 2 advcl
"""
    assert stated(parse, table, "warned") == "asserted"
    assert stated(parse, table, "strike") == "conditional"


def test_said_it_would_is_a_plan(parse):
    table = """
Mali =/NNP 2 nsubj
said say/VBD 0 root
it =/PRP 5 nsubj
would =/MD 5 aux
strike =/VB 2 ccomp
"""
    assert stated(parse, table, "strike") == "planned"


def test_a_refused_request_was_made(parse):
    table = """
Its its/PRP$ 2 nmod:poss
request =/NN 7 nsubj:pass
to =/TO 4 mark
join =/VB 2 acl
NATO =/NNP 4 obj
was be/VBD 7 aux:pass
refused refuse/VBN 0 root
"""
    assert stated(parse, table, "join") == "requested"


def test_the_learned_score_speaks_where_no_rule_does(parse):
    token = parse(MAY.replace("{aux} =/MD 3 aux\n", "").replace(" 3 ", " 2 ").replace("send =/VB", "sent send/VBD"))[1]
    assert assess(token, factuality=1.0).modality is Modality.ASSERTED
    low = assess(token, factuality=-2.0)
    assert (low.modality, low.reason) == (Modality.POSSIBLE, "learned factuality -2.0")
    assert assess(token, factuality=-0.5).modality is Modality.POSSIBLE
    hedged = parse(MAY.format(aux="will"))[2]
    assert assess(hedged, factuality=-2.0).modality is Modality.PLANNED


def test_the_learned_score_has_to_be_lower_for_nouns_and_leaves_alone_what_goes_on_or_is_singled_out(parse):
    assert assess(parse("the =/DT 2 det\nraid =/NN 0 root")[1], factuality=-0.5).modality is Modality.ASSERTED
    going_on = "They =/PRP 2 nsubj\ncontinue =/VBP 0 root\nto =/TO 4 mark\njoin =/VB 2 xcomp"
    assert assess(parse(going_on)[3], factuality=-0.5).modality is Modality.ASSERTED
    first = "the =/DT 3 det\nfirst =/JJ 3 amod\nenvoy =/NN 0 root\nto =/TO 5 mark\nvisit =/VB 3 acl"
    assert assess(parse(first)[4], factuality=-0.5).modality is Modality.ASSERTED


def test_learned_roles_add_what_the_tree_lacks(parse):
    doc = parse("Mali =/NNP 4 nsubj\nnever =/RB 1 nmod\nmay =/MD 1 nmod\nattack =/VB 0 root")
    found = assess(doc[3], roles={"NEG": [doc[1]], "MOD": [doc[2]]})
    assert (found.negated, found.modality) == (True, Modality.POSSIBLE)


def test_reasons_name_the_words(parse):
    assert assess(parse(MAY.format(aux="may"))[2]).reason == 'auxiliary "may"'
    assert assess(parse(PLANS.format(verb="refuses", lemma="refuse"))[3]).reason == 'verb "refuses to"'
    assert assess(parse(NOUN.format(noun="risk"))[4]).reason == 'noun "risk"'


def test_every_hedge_does_something_and_is_listed_once():
    rows = all_hedges()
    assert len({(row.word, row.kind) for row in rows}) == len(rows)
    idle = [row.word for row in rows if row.modality is None and not row.negated and row.kind not in ("occurrence", "doubt", "causation")]
    assert idle == []
    assert hedge("MAY", "auxiliary") == hedge("may", "auxiliary")


@pytest.fixture(scope="module")
def flags() -> ModuleType:
    """The benchmark, which reads the labelled sentences."""
    spec = importlib.util.spec_from_file_location("flags", BENCHMARK)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["flags"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_sixty_sentences_with_and_without_each_flag(flags):
    cases = list(flags.read_labelled(flags.labelled_files()))
    for flag in flags.FLAGS:
        assert len({case.text for case in cases if flag in case.flags}) >= 60, flag
        assert len({case.text for case in cases if flag not in case.flags}) >= 60, flag


def test_each_flag_is_told_on_labelled_sentences(parser, flags):
    counts, wrong = flags.measure(parser, flags.read_labelled(flags.labelled_files()))
    low = {flag: round(flags.f1(counts[flag]), 3) for flag in flags.FLAGS if flags.f1(counts[flag]) < 0.90}
    assert low == {}, "\n".join(f"{case.text} | {case.word}: {sorted(case.flags)} → {sorted(found)}" for case, found, _, _ in wrong)
