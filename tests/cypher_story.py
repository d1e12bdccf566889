"""Statements on invented events for the named queries: small enough that every answer can be worked out by hand.

Hungary and Serbia are allies; Hungary arms Serbia with 40 tanks, or 90. Serbia attacks Croatia, or does not; Croatia, which
Albania sides with, sanctions Serbia. Turkey talks to both. Slovakia and Albania ask for things, Serbia threatens.
"""

from __future__ import annotations

from statements import make_statement

from actorgraph.extract.records import Statement
from actorgraph.graph.cypher.values import Node, Path, Relationship

A = {"document": "a.txt", "source": "Gazette", "published": "2024-03-05"}
B = {"document": "b.txt", "source": "Herald", "published": "2024-03-20"}
C = {"document": "c.txt", "source": "Gazette", "published": "2024-04-02"}
D = {"document": "d.txt", "source": "Herald", "published": "2024-05-11"}
E = {"document": "e.txt", "published": "2024-05-12"}  # names no source

NOVAK = {"subject_id": "ana-novak", "subject_kind": "person"}


def story() -> list[Statement]:
    """Return the statements, twenty-four in five documents."""
    return [
        make_statement("Hungary", "alliance with", "Serbia", "ALLY", symmetric=True, confidence=0.8, **A),
        make_statement("Serbia", "alliance with", "Hungary", "ALLY", symmetric=True, confidence=0.9, **B),
        make_statement(
            "Hungary", "send tanks to", "Serbia", "AID", at=100,
            quantity=40, quantity_bound="exact", quantity_unit="tanks", quantity_text="40 tanks", **A,
        ),
        make_statement(
            "Hungary", "send tanks to", "Serbia", "AID", at=100, attributed_to="Zagreb", attributed_to_id="HRV",
            quantity=90, quantity_bound="at_least", quantity_unit="tanks", quantity_text="at least 90 tanks", **B,
        ),
        make_statement("Croatia", "sanction", "Serbia", "SANCTION", at=200, **A),
        make_statement("Croatia", "support for", "Albania", "SUPPORT", at=0, **C),
        make_statement("Albania", "accuse", "Serbia", "ACCUSE", at=100, **C),
        make_statement("Serbia", "attack", "Croatia", "ASSAULT", at=200, event_date="2024-04-01", confidence=0.7, **C),
        make_statement("Serbia", "attack", "Croatia", "ASSAULT", at=0, event_date="2024-05-10", confidence=0.95, **D),
        make_statement("Serbia", "shell", "Croatia", "ASSAULT", at=100, event_date="2024-05-10", **D),
        make_statement("Serbia", "attack", "Croatia", "ASSAULT", at=200, negated=True, attributed_to="Belgrade", attributed_to_id="SRB", **D),
        make_statement("Turkey", "talks with", "Serbia", "CONSULT", at=300, symmetric=True, **C),
        make_statement("Turkey", "talks with", "Croatia", "CONSULT", at=400, symmetric=True, **C),
        make_statement("Turkey", "talks with", "Croatia", "CONSULT", at=300, symmetric=True, **D),
        make_statement("Slovakia", "urge", "Hungary", "REQUEST", at=400, **D),
        make_statement("Albania", "urge", "Croatia", "REQUEST", at=200, **B),
        make_statement("Serbia", "threaten", "Albania", "THREATEN", at=500, **D),
        make_statement("Ana Novak", "prime minister of", "Croatia", "LEADS", at=500, **NOVAK, **C),
        make_statement("Ana Novak", "prime minister of", "Croatia", "LEADS", at=0, **NOVAK, **E),
        make_statement("Croatia", "member of", "Adriatic League", "MEMBER", at=300, **B),
        make_statement("Albania", "join", "Adriatic League", "MEMBER", at=600, **C),
        make_statement("Peru", "sanction", "Venezuela", "SANCTION", at=100, modality="planned", **E),
        make_statement("Peru", "send aid to", "Venezuela", "AID", at=200, attributed_to="analysts", **E),
        make_statement("rebels", "attack", "Venezuela", "ASSAULT", at=300, subject_id="rebels@e.txt", subject_kind="group", **E),
    ]  # fmt: skip


TANKS = "Hungary send tanks to Serbia."
ATTACK = "Serbia attack Croatia."

ANSWERS: list[tuple[str, dict[str, object], list[tuple[object, ...]]]] = [
    # (name of the query, parameters, rows)
    (
        "actors",
        {"limit": 3},
        [
            ("Croatia", "country", "HRV", "HRV", [], 11, 5),
            ("Serbia", "country", "SRB", "SRB", [], 10, 4),
            ("Albania", "country", "ALB", "ALB", [], 5, 3),
        ],
    ),
    (
        "alliances",
        {},
        [
            # the surer sentence first
            ("Hungary", "Serbia", 2, 2, "2024-03-05", "2024-03-20", ["Serbia alliance with Hungary.", "Hungary alliance with Serbia."]),
        ],
    ),
    (
        "alliances",
        {"sentences": 1},
        [("Hungary", "Serbia", 2, 2, "2024-03-05", "2024-03-20", ["Serbia alliance with Hungary."])],
    ),
    # Talks make no ally; of the tanks one statement is a fact, the other is Zagreb's word.
    ("allies", {"actor": "Serbia"}, [("Serbia", "Hungary", "country", 2, 1, 0, ["alliance with", "send tanks to"])]),
    ("allies", {"actor": "hrv"}, [("Croatia", "Albania", "country", 0, 1, 0, ["support for"])]),
    ("allies", {"actor": "Venezuela"}, []),
    (
        "balance",
        {},
        [
            ("Croatia", "Serbia", "Turkey", "-", "+", "+", False),  # a friend of two enemies
            ("Albania", "Croatia", "Serbia", "+", "-", "-", True),  # two friends with one enemy
        ],
    ),
    (
        "blocs",
        {},
        [
            # Ties: ALB-HRV +1, ALB-SRB -2, HRV-SRB 0 - 1 - 3, HRV-TUR +2, HUN-SRB +3, SRB-TUR +1.
            ("Albania", "Croatia", 1, 1, 0, "together"),
            ("Albania", "Serbia", -2, 0, 1, "apart"),
            ("Hungary", "Turkey", 0, 1, 0, "together"),
            ("Albania", "Hungary", 0, 0, 1, "apart"),
            ("Croatia", "Hungary", 0, 0, 1, "apart"),
            ("Croatia", "Serbia", -4, 1, 1, "apart"),
            ("Albania", "Turkey", 0, 1, 1, "unclear"),
            ("Croatia", "Turkey", 2, 0, 1, "unclear"),
            ("Serbia", "Turkey", 1, 0, 1, "unclear"),
        ],
    ),
    (
        "changes",
        {"from": "2024-04-01", "to": "2024-05-11"},
        [
            ("new", "Croatia", "CONSULT", "talks with", "Turkey", 0, 2, "2024-04-02", "2024-05-11"),
            ("new", "Albania", "ACCUSE", "accuse", "Serbia", 0, 1, "2024-04-02", "2024-04-02"),
            ("new", "Albania", "MEMBER", "join", "Adriatic League", 0, 1, "2024-04-02", "2024-04-02"),
            ("new", "Ana Novak", "LEADS", "prime minister of", "Croatia", 0, 1, "2024-04-02", "2024-04-02"),
            ("new", "Croatia", "SUPPORT", "support for", "Albania", 0, 1, "2024-04-02", "2024-04-02"),
            ("new", "Serbia", "CONSULT", "talks with", "Turkey", 0, 1, "2024-04-02", "2024-04-02"),
            ("new", "Serbia", "THREATEN", "threaten", "Albania", 0, 1, "2024-05-11", "2024-05-11"),
            ("new", "Slovakia", "REQUEST", "urge", "Hungary", 0, 1, "2024-05-11", "2024-05-11"),
            ("quiet", "Hungary", "ALLY", "alliance with", "Serbia", 2, 0, "2024-03-05", "2024-03-20"),
            ("quiet", "Albania", "REQUEST", "urge", "Croatia", 1, 0, "2024-03-20", "2024-03-20"),
            ("quiet", "Croatia", "MEMBER", "member of", "Adriatic League", 1, 0, "2024-03-20", "2024-03-20"),
            ("quiet", "Croatia", "SANCTION", "sanction", "Serbia", 1, 0, "2024-03-05", "2024-03-05"),
            ("quiet", "Hungary", "AID", "send tanks to", "Serbia", 1, 0, "2024-03-05", "2024-03-05"),
        ],
    ),
    (
        "claims",
        {},
        [
            ("Croatia", "Hungary", "AID", "send tanks to", "Serbia", False, "asserted", 1, 1, "2024-03-20", TANKS),
            ("Serbia", "Serbia", "ASSAULT", "attack", "Croatia", True, "asserted", 1, 1, "2024-05-11", ATTACK),
            ("analysts", "Peru", "AID", "send aid to", "Venezuela", False, "asserted", 1, 1, "2024-05-12", "Peru send aid to Venezuela."),
        ],
    ),
    (
        "claims",
        {"speaker": "belgrade"},
        [("Serbia", "Serbia", "ASSAULT", "attack", "Croatia", True, "asserted", 1, 1, "2024-05-11", ATTACK)],
    ),
    (
        "claims",
        {"about": "Peru"},
        [("analysts", "Peru", "AID", "send aid to", "Venezuela", False, "asserted", 1, 1, "2024-05-12", "Peru send aid to Venezuela.")],
    ),
    (
        "contested",
        {},
        [
            ("denied", "Serbia", "ASSAULT", "attack", "Croatia", ["yes", "yes", "no"], ["Gazette", "Herald", "Belgrade"], [ATTACK] * 3),
            ("numbers", "Hungary", "AID", "send tanks to", "Serbia", ["40 tanks", "at least 90 tanks"], ["Gazette", "Zagreb"], [TANKS] * 2),
        ],
    ),
    (
        "dyads",
        {"limit": 4},
        [
            ("Croatia", "Serbia", 4, 0, 4, 5, ["ASSAULT", "SANCTION"], "2024-03-05", "2024-05-11"),
            ("Hungary", "Serbia", 3, 1, 0, 4, ["AID", "ALLY"], "2024-03-05", "2024-03-20"),
            ("Albania", "Croatia", 2, 1, 0, 2, ["REQUEST", "SUPPORT"], "2024-03-20", "2024-04-02"),
            ("Albania", "Serbia", 2, 0, 2, 2, ["ACCUSE", "THREATEN"], "2024-04-02", "2024-05-11"),
        ],
    ),
    (
        "escalation",
        {},
        [
            ("2024-03", 1, 1, 0.5, None),
            ("2024-04", 2, 3, 0.4, 1),
            ("2024-05", 4, 1, 0.8, 2),
        ],
    ),
    (
        "escalation",
        {"one": "Serbia", "other": "Croatia"},
        [("2024-03", 1, 0, 1.0, None), ("2024-04", 1, 0, 1.0, 0), ("2024-05", 2, 0, 1.0, 1)],
    ),
    ("escalation", {"one": "Slovakia"}, []),
    ("leaders", {}, [("Ana Novak", "prime minister of", "Croatia", "country", 2, 2, "2024-04-02", "2024-05-12")]),
    ("leaders", {"led": "Serbia"}, []),
    # Of Croatia's and Serbia's enemies only Turkey talks to both.
    ("mediators", {}, [("Turkey", "Croatia", "Serbia", 2, 1, 4)]),
    (
        "memberships",
        {},
        [
            ("Albania", "join", "Adriatic League", "organisation", 1, 1, "2024-04-02", "2024-04-02"),
            ("Croatia", "member of", "Adriatic League", "organisation", 1, 1, "2024-03-20", "2024-03-20"),
        ],
    ),
    (
        "neighbourhood",
        {"actor": "Serbia"},
        [
            ("Serbia", "to", "Croatia", "country", "ASSAULT", "attack", 3, 2, "2024-04-01", "2024-05-11"),
            ("Serbia", "with", "Hungary", "country", "ALLY", "alliance with", 2, 2, "2024-03-05", "2024-03-20"),
            ("Serbia", "from", "Albania", "country", "ACCUSE", "accuse", 1, 1, "2024-04-02", "2024-04-02"),
            ("Serbia", "to", "Albania", "country", "THREATEN", "threaten", 1, 1, "2024-05-11", "2024-05-11"),
            ("Serbia", "from", "Croatia", "country", "SANCTION", "sanction", 1, 1, "2024-03-05", "2024-03-05"),
            ("Serbia", "from", "Hungary", "country", "AID", "send tanks to", 1, 2, "2024-03-05", "2024-03-20"),
            ("Serbia", "with", "Turkey", "country", "CONSULT", "talks with", 1, 1, "2024-04-02", "2024-04-02"),
        ],
    ),
    (
        "network",
        {"actor": "Slovakia"},
        [("SVK", "SVK REQUEST HUN", "HUN")],  # nodes by their ids
    ),
    (
        "network",
        {"actor": "Turkey"},
        [
            ("SRB", "SRB ASSAULT HRV", "HRV"), ("HRV", "HRV CONSULT TUR", "TUR"), ("HRV", "HRV SANCTION SRB", "SRB"),
            ("SRB", "SRB CONSULT TUR", "TUR"),
        ],
    ),
    (
        "paths",
        {"one": "Hungary", "other": "Croatia"},
        [
            (2, "HUN -HUN AID SRB- SRB -SRB ASSAULT HRV- HRV"), (2, "HUN -HUN AID SRB- SRB -HRV SANCTION SRB- HRV"),
            (2, "HUN -HUN ALLY SRB- SRB -SRB ASSAULT HRV- HRV"), (2, "HUN -HUN ALLY SRB- SRB -HRV SANCTION SRB- HRV"),
        ],
    ),
    ("paths", {"one": "Slovakia", "other": "ana-novak", "limit": 1}, [
        (4, "SVK -SVK REQUEST HUN- HUN -HUN AID SRB- SRB -SRB ASSAULT HRV- HRV -ana-novak LEADS HRV- ana-novak"),
    ]),
    ("paths", {"one": "Peru", "other": "Croatia"}, []),
    ("shared-enemies", {}, [("Albania", "Croatia", ["Serbia"], 1, 1)]),
    ("shared-enemies", {"actor": "Hungary"}, []),
    (
        "single-source",
        {},
        [
            ("Albania", "ACCUSE", "accuse", "Serbia", 1, 1, "Gazette", "2024-04-02", "2024-04-02"),
            ("Albania", "MEMBER", "join", "Adriatic League", 1, 1, "Gazette", "2024-04-02", "2024-04-02"),
            ("Albania", "REQUEST", "urge", "Croatia", 1, 1, "Herald", "2024-03-20", "2024-03-20"),
            ("Croatia", "MEMBER", "member of", "Adriatic League", 1, 1, "Herald", "2024-03-20", "2024-03-20"),
            ("Croatia", "SANCTION", "sanction", "Serbia", 1, 1, "Gazette", "2024-03-05", "2024-03-05"),
            ("Croatia", "SUPPORT", "support for", "Albania", 1, 1, "Gazette", "2024-04-02", "2024-04-02"),
            ("Serbia", "CONSULT", "talks with", "Turkey", 1, 1, "Gazette", "2024-04-02", "2024-04-02"),
            ("Serbia", "THREATEN", "threaten", "Albania", 1, 1, "Herald", "2024-05-11", "2024-05-11"),
            ("Slovakia", "REQUEST", "urge", "Hungary", 1, 1, "Herald", "2024-05-11", "2024-05-11"),
        ],
    ),
    (
        "supplies",
        {},
        [
            ("Hungary", "Serbia", "send tanks to", "40 tanks", 40, None, "exact", "tanks", "2024-03-05", "asserted", False, None, "a.txt", TANKS),
        ],
    ),
    (
        "supplies",
        {"facts": False, "recipient": "serbia"},
        [
            ("Hungary", "Serbia", "send tanks to", "40 tanks", 40, None, "exact", "tanks", "2024-03-05", "asserted", False, None, "a.txt", TANKS),
            (
                "Hungary", "Serbia", "send tanks to", "at least 90 tanks", 90, None, "at_least", "tanks", "2024-03-20", "asserted", False, "Zagreb",
                "b.txt", TANKS,
            ),
        ],
    ),
    ("supplies", {"supplier": "Peru"}, []),
    (
        "timeline",
        {"one": "Croatia", "other": "Serbia"},
        [
            ("2024-03-05", "Croatia", "SANCTION", "sanction", "Serbia", None, "asserted", False, None, "a.txt", "Croatia sanction Serbia."),
            ("2024-04-01", "Serbia", "ASSAULT", "attack", "Croatia", None, "asserted", False, None, "c.txt", ATTACK),
            ("2024-05-10", "Serbia", "ASSAULT", "attack", "Croatia", None, "asserted", False, None, "d.txt", ATTACK),
            ("2024-05-10", "Serbia", "ASSAULT", "shell", "Croatia", None, "asserted", False, None, "d.txt", "Serbia shell Croatia."),
        ],
    ),
    (
        "timeline",
        {"one": "Peru", "other": "VEN", "facts": False},
        [
            ("2024-05-12", "Peru", "SANCTION", "sanction", "Venezuela", None, "planned", False, None, "e.txt", "Peru sanction Venezuela."),
            ("2024-05-12", "Peru", "AID", "send aid to", "Venezuela", None, "asserted", False, "analysts", "e.txt", "Peru send aid to Venezuela."),
        ],
    ),
    (
        "unanswered",
        {},
        [
            # Croatia's support answers what Albania asked for.
            ("2024-05-11", "Serbia", "THREATEN", "threaten", "Albania", "d.txt", "Serbia threaten Albania."),
            ("2024-05-11", "Slovakia", "REQUEST", "urge", "Hungary", "d.txt", "Slovakia urge Hungary."),
        ],
    ),
]  # fmt: skip
"""Every named query with its rows, worked out by hand; a node stands as its id, a relationship as "START TYPE END"."""


def shortened(value: object) -> object:
    """Return a value with graph elements as ANSWERS writes them."""
    match value:
        case Node():
            return value.id
        case Relationship():
            return f"{value.start} {value.type} {value.end}"
        case Path():
            steps = zip(value.relationships, value.nodes[1:], strict=True)
            return " ".join([value.nodes[0].id, *(f"-{shortened(relationship)}- {node.id}" for relationship, node in steps)])
    return value
