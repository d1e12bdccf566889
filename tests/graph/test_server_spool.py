"""What passes through the temporary store of loads and pulls, and the ids that a server can index. Needs no server."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statements import documents, make_statement, statement_lists

from actorgraph.extract.errors import OutputError, RecordError
from actorgraph.extract.records import Document, Statement
from actorgraph.graph.cypher.values import Node
from actorgraph.graph.documents import DocumentRecord, merge_documents
from actorgraph.graph.merge import merge_people
from actorgraph.graph.server.batches import batches, statement_length
from actorgraph.graph.server.connection import is_server
from actorgraph.graph.server.ids import LONGEST, indexed, original, stored
from actorgraph.graph.server.spool import Spool
from actorgraph.graph.triples import canonical, merge_statements


@given(statement_lists(), st.randoms(use_true_random=False))
def test_statements_come_out_merged_and_in_both_orders(statements: list[Statement], shuffler: random.Random) -> None:
    shuffled = [canonical(statement) for statement in statements] * 2
    shuffler.shuffle(shuffled)
    with Spool() as spool:
        for statement in shuffled:
            spool.add(statement)
        expected = merge_statements(map(canonical, statements))
        assert list(spool.in_order()) == expected
        by_pair = list(spool.by_pair())
        assert sorted(by_pair, key=lambda s: s.sort_key) == expected
        pairs = [sorted((s.subject_id, s.object_id)) for s in by_pair]
        assert pairs == sorted(pairs)
        assert merge_people(spool.posts()) == merge_people(expected)
        assert spool.counts() == (len(expected), len({s.document_id for s in expected}))
        assert all(spool.has_statement(s.id) and spool.has_document(s.document_id) for s in expected)
        assert not spool.has_statement("nobody's") and not spool.has_document("none")


@given(st.lists(documents(), max_size=5))
def test_documents_come_out_merged(articles: list[Document]) -> None:
    records = [DocumentRecord.of(article) for article in articles]
    records += [replace(record, text=None) for record in records]
    with Spool() as spool:
        for record in records:
            spool.add_document(record)
        assert [record for _, _, record in spool.documents()] == merge_documents(records)


def test_of_what_statements_say_of_a_document_the_first_of_the_alphabet_counts() -> None:
    with Spool() as spool:
        for at, title in enumerate(["B", None, "A", "C"]):
            spool.add(make_statement(at=40 * at, title=title, source=None if at else "Daily"))
        assert list(spool.documents()) == [("a.txt", {"title": "A", "source": "Daily", "url": None, "published": None}, None)]


def test_a_full_disk_is_said_in_one_line() -> None:
    with Spool() as spool, pytest.raises(OutputError, match="no room for temporary files"):
        spool._db.execute("PRAGMA max_page_count = 20")
        for at in range(1000):
            spool.add(make_statement(at=50 * at))


def test_an_offset_beyond_the_integers_of_databases_is_refused() -> None:
    with Spool() as spool, pytest.raises(RecordError, match="'char_end' is too large"):
        spool.add(make_statement(char_end=2**63))


@pytest.mark.parametrize(
    ("rows", "characters", "sizes"), [(4, 10**9, [4, 4, 2]), (100, 1500, [2, 2, 2, 2, 2]), (100, 1, [1] * 10), (100, 10**9, [10])]
)
def test_batches(rows: int, characters: int, sizes: list[int]) -> None:
    many = [make_statement(at=n * 50) for n in range(10)]
    assert [len(batch) for batch in batches(many, statement_length, number=rows, characters=characters)] == sizes


@given(st.text(max_size=20), st.integers(0, 4000))
def test_ids_fit_into_an_index_and_come_back(beginning: str, length: int) -> None:
    id_ = (beginning + "é" * length).encode("utf-8", "replace").decode()
    node = Node(("Actor",), id_, {"id": id_, "name": "x"})
    assert original(stored(node)) == node.properties
    assert len(indexed(id_).encode()) <= LONGEST and indexed(indexed(id_)) == indexed(id_)
    assert (indexed(id_) == id_) == (len(id_.encode()) <= LONGEST)


def test_long_ids_that_begin_alike_differ() -> None:
    assert indexed("x" * 5000) != indexed("x" * 5001)


@pytest.mark.parametrize(
    ("source", "is_one"), [("bolt+ssc://h", True), ("NEO4J://h", True), ("bolt", False), ("http://h", False), ("-", False), (None, False)]
)
def test_what_is_a_server(source: object, is_one: bool) -> None:
    assert is_server(source) is is_one
