"""Explanations: what a statement rests on, read again from its text; and what is said where it cannot be."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from spacy.language import Language

from actorgraph.extract import Document, extract_statements
from actorgraph.extract.confidence import FAMILIES as RULES
from actorgraph.extract.errors import InputError
from actorgraph.extract.explanation import FAMILIES, Explanation, explain_statement, explain_text, family, line
from actorgraph.extract.lexicon import load_lexicon
from actorgraph.extract.records import Modality, RelationType, Statement

TEXT = "The harbour was calm. Norway's premier said on Friday that Kenya might not send 40 medics to Togo. It thanked Kenya all the same."
DOCUMENT = Document("a.txt", TEXT, published="2026-03-09")


def explain(text: str, nlp: Language) -> list[Explanation]:
    return [explanation for reading in explain_text(text, nlp, load_lexicon()) for explanation in reading.explanations]


@pytest.fixture(scope="module")
def statements(nlp: Language) -> list[Statement]:
    return list(extract_statements([DOCUMENT], nlp=nlp))


@pytest.fixture(scope="module")
def sending(statements: list[Statement]) -> Statement:
    return next(statement for statement in statements if statement.relation.startswith("send"))


def reasons(explanation: Explanation) -> dict[str, tuple[str, str]]:
    return {flag.name: (flag.value, flag.reason) for flag in explanation.flags}


def test_a_statement_is_explained_from_its_document(sending: Statement, nlp: Language) -> None:
    found = explain_statement(sending, DOCUMENT, nlp, load_lexicon())
    assert found.statement is sending
    assert found.notes == ()
    assert found.predicate is not None and (found.predicate.lemma, found.predicate.part_of_speech) == ("send", "verb")
    roles = {role.label: role.phrase for role in found.predicate.roles}
    assert (roles["A0"], roles["A1"], roles["A2"]) == ("Kenya", "40 medics", "Togo")
    assert all(0 <= role.score <= 1 for role in found.predicate.roles)
    assert found.subject is not None and (found.subject.text, found.subject.id, found.subject.form) == ("Kenya", "KEN", "name")
    assert found.line is not None and found.line.source == sending.frame
    assert ("predicate", "send") in found.line.cells
    told = reasons(found)
    assert told["polarity"] == ("not so", told["polarity"][1]) and 'negation "not"' in told["polarity"][1]
    assert told["modality"][0] == "possible" and 'auxiliary "might"' in told["modality"][1]
    assert told["said by"][1] == "subject of a verb of speech"
    assert told["quantity"] == ("40 medics", "exact 40 medics")


def test_flags_are_those_of_the_statements(nlp: Language) -> None:
    text = "Chile reportedly plans to attack Peru. If Ghana leaves, Togo will punish Benin. Mali did not help Chad. According to Oman, Iraq urged Iran to pay Kuwait."
    explained = explain(text, nlp)
    assert len(explained) >= 4
    for found in explained:
        told, stated = reasons(found), found.statement
        assert told["modality"][0] == stated.modality
        assert (told["polarity"][0] == "not so") == stated.negated
        assert ("said by" in told) == (stated.attributed_to is not None)
        assert stated.modality is Modality.ASSERTED or told["modality"][1]
        assert not stated.negated or told["polarity"][1]
        assert stated.attributed_to is None or told["said by"][1]


def test_without_its_document_the_sentence_is_read_alone(sending: Statement, nlp: Language) -> None:
    found = explain_statement(sending, None, nlp, load_lexicon())
    assert found.predicate is not None and found.predicate.lemma == "send"
    assert "the sentence was read alone" in found.notes[0]
    assert len(found.notes) == 1


def test_what_a_sentence_alone_does_not_give_is_explained_from_the_record(statements: list[Statement], nlp: Language) -> None:
    thanking = next((statement for statement in statements if statement.relation == "thank"), None)
    assert thanking is not None and thanking.subject_text == "It"
    found = explain_statement(thanking, None, nlp, load_lexicon())
    assert found.predicate is None
    assert found.line is not None
    assert reasons(found)["modality"][0] == "asserted"
    assert "does not give this statement" in found.notes[-1]


def test_what_a_correction_changed_is_said(sending: Statement, nlp: Language) -> None:
    corrected = replace(sending, relation_type=RelationType.RIVAL, object_id="BEN", object="Benin", version="actorgraph 0.0.1 + en_news 0.0.1")
    found = explain_statement(corrected, DOCUMENT, nlp, load_lexicon())
    assert found.predicate is not None
    assert f"relation type: {sending.relation_type} is read, RIVAL stands in the record" in found.notes
    assert "object id: TGO is read, BEN stands in the record" in found.notes
    assert any(note.startswith("made by actorgraph 0.0.1") for note in found.notes)


def test_another_text_is_no_ground(sending: Statement, nlp: Language) -> None:
    with pytest.raises(InputError, match="is not the one that it was read in"):
        explain_statement(sending, replace(DOCUMENT, text="Something else."), nlp, load_lexicon())


def test_a_text_is_explained_sentence_by_sentence(nlp: Language) -> None:
    first, second = explain_text("Chile attacked Peru on Sunday. Its sailors slept.", nlp, load_lexicon())
    assert [(e.statement.subject_id, e.statement.object_id) for e in first.explanations] == [("CHL", "PER")]
    assert [(actor.text, actor.id) for actor in first.actors] == [("Chile", "CHL"), ("Peru", "PER")]
    assert second.sentence == "Its sailors slept."
    assert second.explanations == ()
    assert [predicate.lemma for predicate in second.silent] == ["sleep"]


def test_the_pipeline_may_end_with_the_component_or_not(nlp: Language) -> None:
    assert "actorgraph" in nlp.pipe_names
    assert explain("Chile attacked Peru.", nlp)
    assert "actorgraph" in nlp.pipe_names


def test_every_family_of_rules_is_told_in_words() -> None:
    assert {rule.removesuffix("-inherited") for rule in RULES} == set(FAMILIES)
    assert family("verbal-inherited").startswith(FAMILIES["verbal"])
    assert family("of another version") == "of another version"


def test_a_line_of_ones_own_table_is_found(tmp_path: Path, nlp: Language) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text("# mine\npredicate\ttype\tframe\nserenade\tSUPPORT\t\n", "utf8")
    lexicon = load_lexicon(relations=[table])
    (reading,) = explain_text("Chile serenaded Peru.", nlp, lexicon, tables=[table])
    found = reading.explanations[0].line
    assert found is not None
    assert (found.source, found.cells) == ("mine.tsv:3", (("predicate", "serenade"), ("type", "SUPPORT")))


@pytest.mark.parametrize("source", ["frames.tsv:999999", "gone.tsv:3", "frames.tsv:x"])
def test_a_line_that_is_gone_has_no_cells(source: str) -> None:
    found = line(source)
    assert found is not None and found.cells == ()


def test_lines_are_counted_as_the_lexicon_counts_them() -> None:
    frames = load_lexicon().frames.frames
    for frame in (*frames[:3], *frames[-3:]):
        found = line(frame.source)
        assert found is not None and dict(found.cells)["predicate"] == frame.predicate
    assert (files("actorgraph.extract") / "data" / "frames.tsv").is_file()
