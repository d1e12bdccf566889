"""Made-up statements and documents for tests: one by hand with `make_statement`, any number with Hypothesis.

    make_statement("Serbia", "send troops to", "Hungary", "AID", document="a.txt", modality="planned")
    @given(st.lists(statements()))

Names that are countries here get their ISO id, others a slug. Every invariant of the record holds: the id comes from the
spans, the sentence holds the mentions at their offsets, subject and object differ.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from actorgraph.extract.records import ActorKind, Bound, Document, Modality, RelationType, Statement, statement_id

VERSION = "actorgraph 0.1.0 + en_news 0.1.0"

COUNTRIES = {
    "Albania": "ALB", "Croatia": "HRV", "Hungary": "HUN", "Kosovo": "XKX", "Peru": "PER", "Serbia": "SRB", "Slovakia": "SVK",
    "Turkey": "TUR", "Venezuela": "VEN",
}  # fmt: skip

HOSTILE = [
    'Say "no"', "O'Brien", "back\\slash", "back`tick", "</script><script>alert(1)</script>", "<!-- x", "a & b &amp; c", "line\nbreak",
    "carriage\rreturn", "tab\there", "nul\0here", "bell\a", "\x7f\x85\u2028\u2029", "\ufeffbom", "\ufffe\uffff", "=1+1", "'=1+1", "'", " ",
    "@sum(a1)", "}) DETACH DELETE n //", "\\u0027 OR 1", "{{ name }}", "$x ${y} %s", "🇭🇺 👩‍👩‍👧 \U0001f9ff", "مرحبا \u202e txt", "e\u0301 é ﬁ",
    "| pipe | table |", "# *bold* _it_ [link](javascript:x) `code`", "long " * 2000,
]  # fmt: skip
"""Names and sentences that break careless writers."""


def actor_id(name: str) -> str:
    """Id of an actor of these tests: ISO code of the countries above, else a slug; "x@doc" and "VEN.x" stay as they are."""
    if "@" in name or re.match(r"[A-Z]{3}\.", name):
        return name
    return COUNTRIES.get(name) or re.sub(r"\W+", "-", name.lower()).strip("-") or "nobody"


def make_statement(
    subject: str = "Hungary",
    relation: str = "support",
    object: str = "Serbia",
    type: RelationType | str = RelationType.SUPPORT,
    *,
    document: str = "a.txt",
    at: int = 0,
    **changes: Any,
) -> Statement:
    """Return a statement that the sentence "<subject> <relation> <object>." makes at offset `at` of `document`.

    `changes` set any other field; a kind, modality, or bound may be its plain string. `subject_text` and `object_text`
    change the mentions, and with them the sentence and its offsets.
    """
    subject_text = changes.pop("subject_text", subject)
    object_text = changes.pop("object_text", object)
    start, end = at, at + len(subject_text)
    verb_start = end + 1
    verb_end = verb_start + len(relation)
    object_start = verb_end + 1
    object_end = object_start + len(object_text)
    subject_id = changes.pop("subject_id", actor_id(subject))
    object_id = changes.pop("object_id", actor_id(object))
    values: dict[str, Any] = {
        "id": statement_id(document, (verb_start, verb_end), (start, end), (object_start, object_end), subject_id, relation, object_id),
        "subject_id": subject_id, "subject": subject, "subject_kind": _kind(subject), "subject_text": subject_text,
        "subject_start": start, "subject_end": end, "subject_sector": None,
        "relation": relation, "relation_type": RelationType(type), "symmetric": False,
        "object_id": object_id, "object": object, "object_kind": _kind(object), "object_text": object_text,
        "object_start": object_start, "object_end": object_end, "object_sector": None,
        "negated": False, "modality": Modality.ASSERTED, "attributed_to": None, "attributed_to_id": None,
        "quantity": None, "quantity_max": None, "quantity_bound": None, "quantity_unit": None, "quantity_text": None,
        "event_date": None, "document_id": document, "title": None, "source": None, "url": None, "published": None,
        "sentence": f"{subject_text} {relation} {object_text}.", "char_start": at, "char_end": object_end + 1,
        "predicate_start": verb_start, "predicate_end": verb_end,
        "confidence": 0.9, "rule": "verb", "frame": None, "version": VERSION,
    }  # fmt: skip
    for name, enumeration in (("subject_kind", ActorKind), ("object_kind", ActorKind), ("modality", Modality), ("quantity_bound", Bound)):
        if changes.get(name) is not None:
            changes[name] = enumeration(changes[name])
    unknown = changes.keys() - values.keys()
    if unknown:
        raise TypeError(f"a statement has no {sorted(unknown)}")
    return Statement(**values | changes)


def _kind(name: str) -> ActorKind:
    if name in COUNTRIES:
        return ActorKind.COUNTRY
    return ActorKind.GROUP if re.match(r"[A-Z]{3}\.", name) else ActorKind.ORGANISATION


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
"""Any string, lone surrogates and control characters too."""

TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=40))
"""Any string that UTF-8 can hold, hostile ones often."""

DATES = [None, "2024", "2024-05", "2024-05-17", "2023-12-31", "2024-02-01/2024-03-15", "2022/2023"]
"""Dates of events as statements give them."""


def actors(names: st.SearchStrategy[str] = TEXT) -> st.SearchStrategy[tuple[str, str, ActorKind]]:
    """(id, name, kind) of few known actors, which repeat, and of some whose names and ids are drawn from `names`."""
    known = [(code, name, ActorKind.COUNTRY) for name, code in COUNTRIES.items()]
    known += [
        ("viktor-orban", "Viktor Orban", ActorKind.PERSON), ("nato", "NATO", ActorKind.ORGANISATION),
        ("VEN.opposition", "Venezuelan opposition", ActorKind.GROUP), ("rebels@a.txt", "rebels", ActorKind.GROUP),
        ("orban@b.txt", "Orban", ActorKind.PERSON),
    ]  # fmt: skip
    strange = st.builds(lambda name, kind: (name or "nobody", name, kind), names, st.sampled_from(ActorKind))
    return st.one_of(st.sampled_from(known), st.sampled_from(known), strange)


def statements(names: st.SearchStrategy[str] = TEXT, free: st.SearchStrategy[str] = TEXT) -> st.SearchStrategy[Statement]:
    """A statement whose every field varies; actors repeat, so that several share an edge.

    `names` draws ids, names and phrases of invented actors (UTF-8 only), `free` the titles, sources and attributions.
    """
    pairs = st.tuples(actors(names), actors(names)).filter(lambda pair: pair[0][0] != pair[1][0])
    # One number holds the small choices, as its digits: with a draw for each, Hypothesis takes most of a test's time.
    return st.builds(_statement, pairs, free, names, st.integers(0, 10**15), st.integers(0, 1000))


def _statement(pair: Any, text: str, phrase: str, digits: int, confidence: int) -> Statement:
    (subject_id, subject, subject_kind), (object_id, object_, object_kind) = pair

    def choose(options: Any) -> Any:
        nonlocal digits
        options = list(options)
        digits, choice = divmod(digits, len(options))
        return options[choice]

    quantity = choose([None, None, 0, 11000, 12.5, 3e9])
    measured = quantity is not None
    attributed_to = choose([None, None, "analysts", text]) or None
    return make_statement(
        subject,
        choose(["send troops to", "talks with", "criticism of", "attack", phrase]),
        object_,
        choose(RelationType),
        document=choose(["a.txt", "b.txt", "news/c.md", phrase]),
        at=choose(range(4)),
        subject_id=subject_id, subject_kind=subject_kind, subject_sector=choose([None, "GOV", "MIL"]),
        object_id=object_id, object_kind=object_kind, object_sector=choose([None, "GOV"]),
        symmetric=choose([False, True]), negated=choose([False, False, True]), modality=choose(Modality),
        attributed_to=attributed_to, attributed_to_id=choose([None, "HUN", "un"]) if attributed_to else None,
        quantity=quantity, quantity_max=choose([None, quantity * 2]) if measured else None,
        quantity_bound=choose(Bound) if measured else None,
        quantity_unit=choose([None, "troops", text]) if measured else None, quantity_text=choose([None, text]) if measured else None,
        event_date=choose(DATES), published=choose([None, "2024-05-20", "2024-06-01"]),
        title=choose([None, text]), source=choose([None, "Daily", "Herald", text]), url=choose([None, text]),
        confidence=confidence / 1000, frame=choose([None, text]),
        version=choose([VERSION, "actorgraph 0.10.0 + en_news 0.1.0", "actorgraph 0.9.0 + en_news 0.1.0"]),
    )  # fmt: skip


def statement_lists(max_size: int = 12, **options: Any) -> st.SearchStrategy[list[Statement]]:
    """Lists of `statements`, some of them repeated under another version, as in folders that were concatenated."""
    others = st.sampled_from(["actorgraph 0.2.0 + en_news 0.1.0", "actorgraph 0.1.0.dev1 + en_news 0.1.0"])
    again = st.builds(lambda statement, version: [statement, replace(statement, version=version)], statements(**options), others)
    return st.lists(st.one_of(statements(**options).map(lambda statement: [statement]), again), max_size=max_size).map(
        lambda groups: [statement for group in groups for statement in group]
    )


def documents(text: st.SearchStrategy[str] = TEXT) -> st.SearchStrategy[Document]:
    """A document whose every field varies."""
    optional = st.none() | text
    return st.builds(Document, text.filter(bool), text, optional, st.sampled_from([None, "2024-05", "2024-05-20"]), optional, optional)
