"""What goes wrong where extraction misses gold or says more: each error has one cause, the first that holds.

    missed   actor not found (no mention names it), predicate not seen (no word of the gold's relation is taken for a predicate),
             pair not joined (both are there, and nothing relates them), direction wrong, type wrong;
             of dyads marked by their spans also: in no one sentence, a thing, no actor (the gold says that one of them is none)
    found    negated wrong, modality wrong, attribution wrong
    false    direction wrong, type wrong (the pair is the gold's), pair not in the gold

What counts as the same actor, relation or span is what the scorers in the folder of development sets say.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

    from actorgraph.extract.lexicon import Lexicon
    from actorgraph.extract.records import Document

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MentionSpan:
    """A mention: characters of the document's text, and whom it names."""

    start: int
    end: int
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read in one document: statements as rows of triples.jsonl, mentions, and predicates by offset and lemma."""

    statements: list[dict[str, Any]]
    mentions: tuple[MentionSpan, ...]
    predicates: tuple[tuple[int, str], ...]
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Error:
    """One error: of which kind (missed, found, false), by which cause, where (the gold's key or document), and what it is about."""

    kind: str
    cause: str
    where: str
    about: str


def read(document: Document, nlp: Language, lexicon: Lexicon) -> Reading:
    """Read a document as extraction does, and keep what it goes by."""
    from actorgraph.extract.actors import find_mentions
    from actorgraph.extract.coreference import resolve_references
    from actorgraph.extract.pipeline import parse, pipeline_version, source_span
    from actorgraph.extract.relations import entry, lemma, part_of_speech
    from actorgraph.extract.snapshot import snapshot
    from actorgraph.extract.statements import statements_of

    doc = parse(nlp, document)
    statements = [s.to_dict() for s in statements_of(doc, document, lexicon, pipeline=pipeline_version(nlp))]
    words = snapshot(doc)
    mentions = resolve_references(words, find_mentions(words, document, lexicon.gazetteer), document.id)
    detected = {predicate.token.i for predicate in doc._.predicates}
    seen = [t for t in words if t.i in detected or lexicon.frames.is_relational(lemma(t), part_of_speech(t))]
    predicates = tuple((source_span(doc, t.idx, t.idx + len(t))[0], entry(t)) for t in seen)
    spans = [(m, source_span(doc, doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1]))) for m in mentions]
    sentences = tuple(source_span(doc, sent.start_char, sent.end_char) for sent in doc.sents)
    return Reading(statements, tuple(MentionSpan(*span, m.actor.id, m.actor.name) for m, span in spans), predicates, sentences)


def scorer(folder: Path, name: str) -> ModuleType:
    """A scorer of the development sets, as a module."""
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def triple_errors(gold: Iterable[Row], readings: Mapping[str, Reading], score: ModuleType) -> Iterator[Error]:
    """Every error against sentences with their triples; readings by the document's file name without its suffix."""
    for row in gold:
        reading = readings.get(score.stem(row["doc"]), Reading([], (), (), ()))
        begin, end = row["start"], row["start"] + len(row["text"])
        here = [p for p in reading.statements if begin <= (p["char_start"] + p["char_end"]) / 2 < end]
        used: set[str] = set()
        for wanted in row["triples"]:
            hits = [p for p in here if score.pair_direction(wanted, p) == "same" and score.relation_matches(wanted, p)]
            used.update(p["id"] for p in hits)
            if wanted["optional"]:
                used.update(p["id"] for p in here if score.pair_direction(wanted, p))
                continue
            about = f"{wanted['subject']} → {'/'.join(wanted['relation'])} [{'/'.join(wanted['type'] or ())}] → {wanted['object']}"
            if hits:
                yield from (Error("found", cause, row["key"], about) for cause in _flags(wanted, hits[0]))
            else:
                yield Error("missed", _missed(wanted, here, reading, (begin, end), score), row["key"], about)
        for p in here:
            if p["id"] not in used:
                about = f"{p['subject']} → {p['relation']} [{p['relation_type']}] → {p['object']}"
                yield Error("false", _false(p, row["triples"], score), row["key"], about)


def _flags(wanted: Row, found: Row) -> Iterator[str]:
    if bool(found["negated"]) != wanted["negated"]:
        yield "negated wrong"
    if (found["modality"] != "asserted") != wanted["possible"]:
        yield "modality wrong"
    if bool(found["attributed_to"]) != wanted["reported"]:
        yield "attribution wrong"


def _missed(wanted: Row, here: Sequence[Row], reading: Reading, span: tuple[int, int], score: ModuleType) -> str:
    directions = {score.pair_direction(wanted, p) for p in here} - {None}
    if directions:
        return "type wrong" if "same" in directions else "direction wrong"
    inside = [m for m in reading.mentions if span[0] <= m.start < span[1]]
    for actor in (wanted["subject"], wanted["object"]):
        if not any(score.same_actor(actor, m.id, m.name) for m in inside):
            return "actor not found"
    words = [word for at, lemma in reading.predicates if span[0] <= at < span[1] for word in re.findall(r"[a-z]+", lemma.lower())]
    seen = any(word.startswith(head[: max(4, len(head) - 2)]) for head in wanted["relation"] for word in words)
    return "pair not joined" if seen else "predicate not seen"


def _false(found: Row, triples: Iterable[Row], score: ModuleType) -> str:
    directions = {score.pair_direction(wanted, found) for wanted in triples} - {None}
    if not directions:
        return "pair not in the gold"
    return "type wrong" if "same" in directions else "direction wrong"


def dyad_errors(gold: Iterable[Row], readings: Mapping[str, Reading], score: ModuleType) -> Iterator[Error]:
    """Every miss against pairs of spans, or wrong type; readings by document."""
    for row in gold:
        reading = readings.get(row["doc"], Reading([], (), (), ()))
        cause = _missed_dyad(row, reading, score)
        if cause is not None:
            a, b = row["subject_spans"][0], row["object_spans"][0]
            about = f"{row['text'][slice(*a)]} → [{'/'.join(row['types'])}] → {row['text'][slice(*b)]}"
            yield Error("missed", cause, row["doc"], about)


def _missed_dyad(row: Row, reading: Reading, score: ModuleType) -> str | None:
    """Why a dyad is not found or not typed, or None where it is."""
    forward, backward = [], []
    for p in reading.statements:
        s, o = (p["subject_start"], p["subject_end"]), (p["object_start"], p["object_end"])
        if score.overlaps(row["subject_spans"], *s) and score.overlaps(row["object_spans"], *o):
            forward.append(p)
        if score.overlaps(row["subject_spans"], *o) and score.overlaps(row["object_spans"], *s):
            backward.append(p)
    hits = [*forward, *(backward if row["symmetric"] else ())]
    if any(p["relation_type"] in row["types"] for p in hits):
        return None
    if hits:
        return "type wrong"
    if backward:
        return "direction wrong"
    for spans in (row["subject_spans"], row["object_spans"]):
        if not any(score.overlaps(spans, m.start, m.end) for m in reading.mentions):
            return "actor not found" if row.get("actors", True) else "a thing, no actor"
    together = any(
        start <= a[0] < end and start <= b[0] < end for start, end in reading.sentences for a in row["subject_spans"] for b in row["object_spans"]
    )
    return "pair not joined" if together else "in no one sentence"


def counts(errors: Iterable[Error]) -> dict[str, dict[str, int]]:
    """How many errors of each kind have which cause, the commonest first.

    >>> counts([Error("missed", "type wrong", "a", ""), Error("missed", "type wrong", "b", "")])
    {'missed': {'type wrong': 2}}
    """
    by_kind: dict[str, Counter[str]] = {}
    for error in errors:
        by_kind.setdefault(error.kind, Counter())[error.cause] += 1
    return {kind: dict(sorted(causes.items(), key=lambda item: (-item[1], item[0]))) for kind, causes in sorted(by_kind.items())}
