"""The frame lexicon: its tables are sound, and the most specific row wins."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.extract.frames import CarrierKind, FrameLexicon
from actorgraph.extract.records import Modality, RelationType

LEXICON = FrameLexicon.load()
SOME_TEXT = st.text(max_size=12)


def _type(lemma: str, pos: str, prep: str | None = None, carried: str = "", particle: str | None = None) -> str | None:
    frame = LEXICON.lookup(lemma, pos, prep=prep, carried=carried.split(), particle=particle)
    return frame and str(frame.type)


# The bundled tables


def test_the_lexicon_is_large_and_knows_every_type() -> None:
    assert len({frame.predicate for frame in LEXICON.frames}) >= 1200
    assert {frame.type for frame in LEXICON.frames} == set(RelationType)


@pytest.mark.parametrize("type_", RelationType)
def test_every_type_is_said_by_verbs_and_by_nouns(type_: RelationType) -> None:
    assert {frame.pos for frame in LEXICON.frames if frame.type is type_} >= {"v", "n"}


def test_carriers_of_every_kind_are_there() -> None:
    assert {carrier.kind for carrier in LEXICON.all_carriers} == set(CarrierKind)


def test_no_carried_noun_stands_under_two_rows_of_a_predicate() -> None:
    seen: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for frame in LEXICON.frames:
        for noun in frame.carried or {""}:
            seen[frame.predicate, frame.pos, frame.prep, noun].append(frame.source)
    assert [where for where in seen.values() if len(where) > 1] == []


def test_particle_verbs_and_compounds_are_of_two_to_four_words() -> None:
    assert [frame for frame in LEXICON.frames if not 1 <= len(frame.predicate.split()) <= 4] == []


def test_a_frame_says_where_it_stands() -> None:
    frame = LEXICON.lookup("besiege", "v")
    assert frame is not None
    name, line = frame.source.split(":")
    table = Path(__file__).parents[2] / "extract" / "data" / name
    assert table.read_text("utf8").splitlines()[int(line) - 1].startswith("besiege\tv\t")


def test_the_bundled_tables_are_read_once() -> None:
    assert FrameLexicon.load().lookup("visit", "v") is LEXICON.lookup("visit", "v")


def test_offices_mean_the_same_as_titles_and_as_nouns() -> None:
    """ "Norway's foreign minister" and "Foreign Minister N. of Norway" are one relation, from two tables."""
    table = (Path(__file__).parents[2] / "extract" / "data" / "offices.tsv").read_text("utf8")
    titles = {cells[0]: cells[1] for line in table.splitlines() if len(cells := line.split("\t")) > 1 and cells[1] in ("LEADS", "MEMBER")}
    ours = {frame.predicate: str(frame.type) for frame in LEXICON.frames if frame.pos == "n" and frame.type in ("LEADS", "MEMBER")}
    assert {title: type_ for title, type_ in ours.items() if titles.get(title, type_) != type_} == {}


# What predicates mean

RELATIVES = """
    attack/attack invade/invasion bomb/bombing kill/killing assassinate/assassination abduct/abduction clash/clash ambush/ambush shell/shelling
    accuse/accusation criticize/criticism condemn/condemnation denounce/denunciation investigate/investigation rebuke/rebuke complain/complaint
    threaten/threat warn/warning reject/rejection refuse/refusal veto/veto defy/defiance object/objection
    protest/protest demonstrate/demonstration riot/riot boycott/boycott arrest/arrest detain/detention deport/deportation censor/censorship
    confiscate/confiscation persecute/persecution sanction/sanction expel+from/expulsion+from isolate/isolation mobilize/mobilization deploy/deployment
    withdraw/withdrawal retreat/retreat surrender/surrender release/release repatriate/repatriation capitulate+to/capitulation resign/resignation
    help/help assist/assistance donate/donation finance/financing evacuate/evacuation supply/supply cooperate/cooperation collaborate/collaboration
    trade/trade extradite/extradition invest+in/investment+in support/support endorse/endorsement praise/praise apologize/apology recognize/recognition
    meet/meeting talk/talk negotiate/negotiation consult/consultation visit/visit mediate/mediation agree/agreement promise/promise pledge/pledge
    offer/offer consent/consent request/request demand/demand appeal/appeal urge/urging invite/invitation ally/alliance align/alignment
    compete/competition feud/feud quarrel/quarrel distrust/distrust reign/reign join/membership influence/influence
"""


@pytest.mark.parametrize("pair", RELATIVES.split())
def test_a_noun_means_what_its_verb_means(pair: str) -> None:
    verb, noun = (word.split("+") for word in pair.split("/"))
    found = [_type(lemma[0], pos, *lemma[1:]) for lemma, pos in ((verb, "v"), (noun, "n"))]
    assert found[0] is not None and found[0] == found[1]


@pytest.mark.parametrize(
    ("verb", "adjective"),
    [("support", "supportive"), ("ally", "allied"), ("align", "aligned"), ("cooperate", "cooperative"), ("threaten", "threatening"), ("repress", "repressive"), ("oppose", "opposed")],
)  # fmt: skip
def test_an_adjective_means_what_its_verb_means(verb: str, adjective: str) -> None:
    assert _type(verb, "v") == _type(adjective, "a") is not None


@pytest.mark.parametrize(
    ("lemma", "pos", "prep", "carried", "type_"),
    [
        ("fight", "v", "alongside", "", "ALLY"),
        ("fight", "v", "against", "", "ASSAULT"),
        ("rally", "v", "behind", "", "SUPPORT"),
        ("rally", "v", "against", "", "PROTEST"),
        ("speak", "v", "with", "", "CONSULT"),
        ("speak", "v", "against", "", "ACCUSE"),
        ("train", "v", None, "", "AID"),
        ("train", "v", "with", "", "COOPERATE"),
        ("sell", "v", "to", "oil", "COOPERATE"),
        ("sell", "v", "to", "missile", "AID"),
        ("send", "v", "to", "troop", "AID"),
        ("send", "v", "to", "warship", "MOBILIZE"),
        ("send", "v", "to", "delegation", "CONSULT"),
        ("withdraw", "v", "from", "", "RETREAT"),
        ("withdraw", "v", "from", "treaty", "SANCTION"),
        ("withdraw", "v", "from", "ambassador", "SANCTION"),
        ("lift", "v", "on", "sanction", "RETREAT"),
        ("lift", "v", "in", "curfew", "CONCEDE"),
        ("impose", "v", "on", "tariff", "SANCTION"),
        ("impose", "v", "in", "curfew", "COERCE"),
        ("launch", "v", "at", "missile", "ASSAULT"),
        ("launch", "v", None, "missile", "MOBILIZE"),
        ("hold", "v", "with", "exercise", "COOPERATE"),
        ("hold", "v", "near", "exercise", "MOBILIZE"),
        ("head", "v", None, "", "LEADS"),
        ("head", "v", "to", "", "CONSULT"),
        ("run", "v", "through", "", None),
        ("relation", "n", "with", "", "COOPERATE"),
        ("war", "n", "in", "", "ASSAULT"),
        ("threat", "n", "to", "", "THREATEN"),
        ("visit", "n", "to", "", "CONSULT"),
        ("president", "n", "of", "", "LEADS"),
        ("ambassador", "n", "to", "", "MEMBER"),
        ("tension", "n", "with", "", "RIVAL"),
        ("hostility", "n", "to", "", "RIVAL"),
        ("hostility", "n", "between", "", "ASSAULT"),
        ("critical", "a", "of", "", "ACCUSE"),
        ("hostile", "a", "to", "", "RIVAL"),
        ("dependent", "a", "on", "", "OTHER"),
        ("turn", "v", "on", "gun", "ASSAULT"),
        ("turn", "v", "to", "ear", "REJECT"),
        ("pause", "v", "to", "aid", "SANCTION"),
        ("pause", "v", "on", "bombing", "RETREAT"),
        ("let", "v", None, "", "CONCEDE"),
        ("throw out", "v", None, "", "COERCE"),
        ("throw out", "v", None, "treaty", "REJECT"),
        ("league", "n", "with", "", "ALLY"),
        ("wary", "a", "of", "", "RIVAL"),
    ],
)
def test_preposition_and_carried_noun_decide(lemma: str, pos: str, prep: str | None, carried: str, type_: str | None) -> None:
    assert _type(lemma, pos, prep, carried) == type_


@pytest.mark.parametrize(
    "lemma",
    [
        "ally",
        "alliance",
        "meeting",
        "talk",
        "agreement",
        "relation",
        "tie",
        "trade",
        "war",
        "clash",
        "rivalry",
        "dispute",
        "enemy",
        "cooperation",
        "ceasefire",
    ],
)
def test_what_holds_both_ways_is_symmetric(lemma: str) -> None:
    frame = LEXICON.lookup(lemma, "n", prep="with")
    assert frame is not None and frame.symmetric


@pytest.mark.parametrize(
    "lemma", ["attack", "visit", "support", "threat", "aid", "sanction", "criticism", "leader", "member", "invasion", "proxy", "request"]
)
def test_what_has_a_direction_is_not_symmetric(lemma: str) -> None:
    frame = LEXICON.lookup(lemma, "n")
    assert frame is not None and not frame.symmetric


def test_actors_that_act_on_each_other_are_looked_up_with_with() -> None:
    one_sided, mutual = LEXICON.lookup("fight", "v"), LEXICON.lookup("fight", "v", prep="with")
    assert one_sided is not None and mutual is not None
    assert (one_sided.symmetric, mutual.symmetric) == (False, True)


def test_between_and_among_are_read_as_with() -> None:
    assert LEXICON.lookup("row", "n", prep="between") is not None
    assert LEXICON.lookup("union", "n", prep="among") == LEXICON.lookup("union", "n", prep="with") is not None


def test_a_possessor_is_read_as_of() -> None:
    assert _type("proxy", "n") == _type("proxy", "n", "of") == "ALLY"


def test_mediating_between_is_not_mediating_with() -> None:
    frame = LEXICON.lookup("mediator", "n", prep="between")
    assert frame is not None and not frame.symmetric


# Finding a row


@pytest.mark.parametrize(
    ("lemma", "particle", "prep", "type_"),
    [
        ("crack", "down", "on", "COERCE"),
        ("crack down", None, "on", "COERCE"),
        ("call", "on", None, "REQUEST"),
        ("call", None, "on", "REQUEST"),
        ("call", "for", None, "REQUEST"),
        ("back", "down", None, "CONCEDE"),
        ("back", None, None, "SUPPORT"),
        ("lash", "out", "at", "ACCUSE"),
        ("shoot", "down", None, "ASSAULT"),
        ("attack", "away", None, "ASSAULT"),
    ],
)
def test_particles_are_found_however_they_were_parsed(lemma: str, particle: str | None, prep: str | None, type_: str) -> None:
    assert _type(lemma, "v", prep, particle=particle) == type_


@pytest.mark.parametrize(
    ("british", "american", "pos"),
    [
        ("mobilise", "mobilize", "v"),
        ("mobilisation", "mobilization", "n"),
        ("defence", "defense", "n"),
        ("neighbour", "neighbor", "n"),
        ("honour", "honor", "v"),
        ("favourable", "favorable", "a"),
        ("manoeuvre", "maneuver", "n"),
        ("sceptical", "skeptical", "a"),
        ("enrol", "enroll", "v"),
    ],
)
def test_british_spellings_are_found(british: str, american: str, pos: str) -> None:
    assert LEXICON.is_relational(british, pos)
    assert LEXICON.lookup(british, pos, prep="in") == LEXICON.lookup(american, pos, prep="in") is not None


def test_a_hyphen_after_re_does_not_matter() -> None:
    """The tables write most such verbs in one word, and their own hyphens are found first."""
    assert LEXICON.lookup("re-open", "v", prep="to", carried=["border"]) == LEXICON.lookup("reopen", "v", prep="to", carried=["border"]) is not None
    assert _type("re-arm", "v") == "AID"


def test_towards_and_upon_are_toward_and_on() -> None:
    assert _type("lean", "v", "towards") == _type("lean", "v", "toward") == "SUPPORT"
    assert _type("fire", "v", "upon") == "ASSAULT"


def test_case_does_not_matter() -> None:
    assert _type("Invade", "v") == "ASSAULT"
    assert LEXICON.lookup("LIFT", "v", prep="On", carried=["Sanction"]) == LEXICON.lookup("lift", "v", prep="on", carried=["sanction"])


def test_an_unknown_predicate_has_no_frame() -> None:
    assert LEXICON.lookup("photosynthesize", "v") is None
    assert not LEXICON.is_relational("photosynthesize", "v")
    assert LEXICON.carriers("photosynthesize", "v") == ()


def test_a_verb_is_not_its_noun() -> None:
    assert LEXICON.is_relational("chancellor", "n") and not LEXICON.is_relational("chancellor", "v")


@given(SOME_TEXT, st.sampled_from(["v", "n", "a", "x"]), st.none() | SOME_TEXT, st.lists(SOME_TEXT, max_size=3), st.none() | SOME_TEXT)
def test_any_text_can_be_looked_up(lemma: str, pos: str, prep: str | None, carried: list[str], particle: str | None) -> None:
    LEXICON.lookup(lemma, pos, prep=prep, carried=carried, particle=particle)
    LEXICON.is_relational(lemma, pos)
    LEXICON.carriers(lemma, pos)


@given(SOME_TEXT)
@settings(max_examples=5)
def test_every_row_is_found_by_what_it_asks_for_or_a_row_more_specific_is(other: str) -> None:
    for frame in LEXICON.frames:
        prep = None if frame.prep == "-" else frame.prep
        found = LEXICON.lookup(frame.predicate, frame.pos, prep=prep, carried=frame.carried | {other})
        assert found is not None and found.specificity >= frame.specificity, frame


def test_what_a_predicate_may_mean_is_what_some_row_of_it_says() -> None:
    for frame in LEXICON.frames:
        assert LEXICON.may_mean(frame.predicate, frame.pos, frame.type) and LEXICON.may_mean(frame.predicate.split()[0], frame.pos, frame.type), frame
    assert LEXICON.may_mean("Mobilise", "v", RelationType.MOBILIZE)
    assert not LEXICON.may_mean("photosynthesize", "v", RelationType.AID) and not LEXICON.may_mean("bomb", "v", RelationType.ALLY)


# Carriers


@pytest.mark.parametrize(
    ("lemma", "pos", "kind", "modality", "controller"),
    [
        ("hold", "v", CarrierKind.LIGHT, None, "subject"),
        ("receive", "v", CarrierKind.LIGHT, None, "object"),
        ("continue", "v", CarrierKind.ASPECT, None, "subject"),
        ("seek", "v", CarrierKind.CONTROL, Modality.PLANNED, "subject"),
        ("consider", "v", CarrierKind.CONTROL, Modality.POSSIBLE, "subject"),
        ("manage", "v", CarrierKind.CONTROL, None, "subject"),
        ("willing", "a", CarrierKind.CONTROL, Modality.PLANNED, "subject"),
        ("likely", "a", CarrierKind.CONTROL, Modality.POSSIBLE, "subject"),
        ("urge", "v", CarrierKind.CAUSE, Modality.REQUESTED, "object"),
        ("call on", "v", CarrierKind.CAUSE, Modality.REQUESTED, "object"),
        ("force", "v", CarrierKind.CAUSE, None, "object"),
        ("refuse", "v", CarrierKind.NEGATIVE, None, "subject"),
        ("prevent", "v", CarrierKind.NEGATIVE, None, "object"),
        ("reaffirmation", "n", CarrierKind.NOMINAL, None, "subject"),
        ("prospect", "n", CarrierKind.NOMINAL, Modality.POSSIBLE, "subject"),
        ("plan", "n", CarrierKind.NOMINAL, Modality.PLANNED, "subject"),
        ("call", "n", CarrierKind.NOMINAL, Modality.REQUESTED, "object"),
        ("lack", "n", CarrierKind.NEGATIVE, None, "subject"),
        ("say", "v", CarrierKind.REPORT, None, "subject"),
        ("accuse", "v", CarrierKind.REPORT, None, "object"),
        ("estimate", "n", CarrierKind.REPORT, None, "subject"),
        ("alleged", "a", CarrierKind.REPORT, None, ""),
        ("criticise", "v", CarrierKind.REPORT, None, "object"),
    ],
)
def test_carriers_pass_on_actors_and_factuality(
    lemma: str, pos: str, kind: CarrierKind, modality: Modality | None, controller: str
) -> None:
    rows = {carrier.kind: carrier for carrier in LEXICON.carriers(lemma, pos)}
    assert (rows[kind].modality, rows[kind].object) == (modality, controller)


def test_denying_both_reports_and_negates() -> None:
    assert {carrier.kind for carrier in LEXICON.carriers("deny", "v")} == {CarrierKind.NEGATIVE}
    assert {carrier.kind for carrier in LEXICON.carriers("denial", "n")} == {CarrierKind.NEGATIVE, CarrierKind.REPORT}
