"""The invariants of the record, on every text that extraction is given."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from cases import read_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.examples import articles
from actorgraph.extract import Document, Statement, read_documents
from actorgraph.extract.pipeline import parse
from actorgraph.extract.records import STATEMENT_FIELDS, ActorKind, statement_id

Read = Callable[..., list[Statement]]
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(/(\d{4}(-\d{2}(-\d{2})?)?)?)?")
SECTORS = {"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "REB", "CVL", "BUS", "MED", "EDU", "CRM", "UAF", "IGO", "NGO", "REL", "LAB", "PTY", "HLH", "REF"}


def check(statement: Statement, document: Document) -> None:
    """Every line of the table of the record."""
    s, text = statement, document.text
    assert s.id == statement_id(
        s.document_id, (s.predicate_start, s.predicate_end), (s.subject_start, s.subject_end), (s.object_start, s.object_end), s.subject_id, s.relation, s.object_id
    )
    assert s.sentence == text[s.char_start : s.char_end]
    assert s.subject_text == text[s.subject_start : s.subject_end] != ""
    assert s.object_text == text[s.object_start : s.object_end] != ""
    assert text[s.predicate_start : s.predicate_end].strip()
    for start, end in ((s.subject_start, s.subject_end), (s.object_start, s.object_end), (s.predicate_start, s.predicate_end)):
        assert s.char_start <= start < end <= s.char_end
    assert s.subject_id != s.object_id
    assert s.sentence == s.sentence.strip()
    for kind, actor_id in ((s.subject_kind, s.subject_id), (s.object_kind, s.object_id)):
        assert kind is not ActorKind.COUNTRY or re.fullmatch("[A-Z]{3}", actor_id)
        assert actor_id == actor_id.strip() != ""
    assert {s.subject_sector, s.object_sector} - {None} <= SECTORS
    assert s.relation == s.relation.strip() == re.sub(r"\s+", " ", s.relation) != ""
    assert (s.quantity is None) == (s.quantity_bound is None)
    assert s.quantity is not None or (s.quantity_max, s.quantity_unit, s.quantity_text) == (None, None, None)
    assert s.quantity_max is None or (s.quantity is not None and s.quantity <= s.quantity_max)
    assert s.quantity_text is None or s.quantity_text in text
    assert s.event_date is None or DATE.fullmatch(s.event_date)
    assert s.attributed_to is None or s.attributed_to in text
    assert s.attributed_to is not None or s.attributed_to_id is None
    assert (s.document_id, s.title, s.source, s.url, s.published) == (document.id, document.title, document.source, document.url, document.published)
    assert 0 <= s.confidence <= 1 and round(s.confidence, 3) == s.confidence
    assert s.version.startswith("actorgraph ") and " + " in s.version
    assert tuple(s.to_dict()) == STATEMENT_FIELDS
    assert Statement.from_dict(json.loads(json.dumps(s.to_dict()))) == s


def check_all(statements: list[Statement], document: Document) -> None:
    for statement in statements:
        check(statement, document)
    assert statements == sorted(statements, key=lambda statement: statement.sort_key)
    assert len({statement.id for statement in statements}) == len(statements)


def test_the_bundled_articles_keep_every_invariant_and_say_enough(nlp) -> None:  # type: ignore[no-untyped-def]
    found = 0
    with articles() as folder:
        for document in read_documents([folder]):
            statements = parse(nlp, document)._.statements
            check_all(statements, document)
            found += len(statements)
    assert found >= 40


def test_all_cases_in_one_document_keep_every_invariant(read: Read) -> None:
    text = "\n\n".join(case.text for case in read_cases())
    document = Document(id="all.txt", text=text, title="All", published="2026-05-10", source="Courier", url="https://courier.example/all")
    statements = read(text, id="all.txt", title="All", published="2026-05-10", source="Courier", url="https://courier.example/all")
    assert len(statements) > 150
    check_all(statements, document)


PIECES = st.sampled_from(
    [
        "Kenya", "Russia’s", "“", "”", "’s", " ", "\n", "\n\n", "\t", "said", "attacked", "the troops", "of", "North Korean", "3,000", "Ko\u0301rea", "\u00ad",
        "\x00", "\ud800", "🇰🇪", "\u202e", "http://x.example/a?b=c", "x" * 300, "(", ")", "—", "U.S.", "its", "President", "Xi Jinping", ".", ",", "and", "-backed",
        "rebels", "on Sunday", "中国", "<b>", "&amp;", "'", "*", "#",
    ]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=60).map("".join))
def test_any_text_keeps_every_invariant(nlp, text: str) -> None:  # type: ignore[no-untyped-def]
    document = Document(id="hostile", text=text)
    check_all(parse(nlp, document)._.statements, document)


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "the", "🇰🇪", "\x00", "x" * 10_000])
def test_texts_that_say_nothing_give_nothing(read: Read, text: str) -> None:
    assert read(text) == []


def test_offsets_lead_back_to_the_text_as_it_is_stored(read: Read) -> None:
    text = "  Cafe\u0301 talk:\n\n“Kenya’s\narmy attacked Somalia,” he said."
    (statement, *_) = [s for s in read(text) if s.relation == "attack"]
    assert (statement.subject_text, statement.object_text) == ("Kenya’s\narmy", "Somalia")
    assert text[statement.char_start : statement.char_end] == statement.sentence


def test_a_documents_statements_do_not_depend_on_its_neighbours(nlp) -> None:  # type: ignore[no-untyped-def]
    texts = ["Kenya sent aid to Somalia.", "Peru accused Chile of spying on Bolivia. " * 5, "Ghana met Togo."]
    alone = [parse(nlp, Document(id="d", text=text))._.statements for text in texts]
    again = [parse(nlp, Document(id="d", text=text))._.statements for text in reversed(texts)]
    assert alone == again[::-1]
