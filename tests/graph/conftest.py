"""A small set of statements on invented events, worked out by hand, for every test of graphs and exports."""

from __future__ import annotations

import pytest
from statements import make_statement

from actorgraph.extract.records import Document, Statement


@pytest.fixture
def quarrel() -> list[Statement]:
    """Hungary and Serbia ally, Serbia arms Kosovo or does not, as two invented outlets tell it; ten statements, three documents."""
    gazette = {"document": "gazette/1.txt", "source": "Danube Gazette", "published": "2024-05-20", "title": "Old friends"}
    herald = {"document": "herald/1.txt", "source": "Adria Herald", "published": "2024-06-02", "title": "New quarrels"}
    unsigned = {"document": "note.txt"}
    return [
        make_statement("Hungary", "alliance with", "Serbia", "ALLY", symmetric=True, **gazette),
        make_statement("Serbia", "alliance with", "Hungary", "ALLY", symmetric=True, object_text="Budapest", **herald),
        make_statement(
            "Serbia", "send troops to", "Kosovo", "AID", at=100, quantity=500, quantity_bound="about", quantity_unit="troops",
            quantity_text="some 500 troops", event_date="2024-05-18", **gazette,
        ),
        make_statement(
            "Serbia", "send troops to", "Kosovo", "AID", at=100, quantity=1200, quantity_bound="at_most", quantity_unit="troops",
            quantity_text="up to 1,200 troops", attributed_to="Albanian officials", attributed_to_id="ALB", **herald,
        ),
        make_statement("Serbia", "send troops to", "Kosovo", "AID", at=200, negated=True, attributed_to="Belgrade", attributed_to_id="SRB", **herald),
        make_statement("Serbia", "deploy force to", "Kosovo", "AID", at=300, modality="planned", **herald),
        make_statement("Albania", "urge", "Serbia", "REQUEST", at=200, **gazette),
        make_statement("Albania", "sanction", "Serbia", "SANCTION", at=400, modality="possible", confidence=0.45, **herald),
        make_statement("Ana Novak", "prime minister of", "Croatia", "LEADS", subject_kind="person", at=500, **herald),
        make_statement("rebels", "attack", "Croatia", "ASSAULT", subject_id="rebels@note.txt", subject_kind="group", **unsigned),
    ]  # fmt: skip


@pytest.fixture
def articles() -> list[Document]:
    """The documents of `quarrel`, and one without statements."""
    return [
        Document("gazette/1.txt", "Hungary alliance with Serbia.", "Old friends", "2024-05-20", "Danube Gazette"),
        Document("herald/1.txt", "Serbia alliance with Budapest.", "New quarrels", "2024-06-02", "Adria Herald"),
        Document("note.txt", "rebels attack Croatia."),
        Document("empty.txt", "Nothing happened today."),
    ]
