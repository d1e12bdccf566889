"""Why a statement is there: its predicate and roles, the family of rules, the line of the lexicon, the reason of each flag.

    for reading in explain_text("Peru sent troops to Chile.", nlp, lexicon):
        for explanation in reading.explanations:
            print(explanation.family, explanation.line)

Nothing is decided here: the text is read as `statements` reads it, and what was decided on the way is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from .actors import find_mentions
from .attribution import Attribution, attribution_of
from .coreference import resolve_references
from .english.predicates import factuality_of, get_predicates, roles_of
from .errors import InputError
from .factuality import assess
from .gazetteer import DATA
from .pipeline import parse, pipeline_version
from .records import Document, Modality, Statement
from .relations import entry, part_of_speech
from .snapshot import snapshot
from .statements import traced_statements
from .syntax import phrase_span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

    from .candidates import Candidate
    from .lexicon import Lexicon
    from .mentions import Mention

FAMILIES = {
    "title": "a title beside a name gives the post that its holder has",
    "agent-noun": "a noun for the one who acts stands with the other actor (“Peru’s ally”)",
    "participial-compound": "a participle joined to a name by a hyphen (“Peru-backed”)",
    "compound": "two names joined by a hyphen before a noun of relation (“the Peru-Chile talks”)",
    "government": "a government named by who heads it",
    "inclusion": "an actor is named as one of those who belong to another",
    "at-the-hands": "one suffers at the hands of the other, or falls to it",
    "affiliation": "people named with the organisation that they are of or from",
    "custody": "one is arrested, tried or deported where the other's law holds",
    "aim": "the purpose or the object of an act names whom it is aimed at",
    "answer": "whoever answers what another puts to somebody is whom it was put to",
    "taken-up": "a noun or pronoun takes up what another one did or said (“…, a move that Peru condemned”)",
    "reciprocal": "actors side by side do something that holds both ways",
    "verbal": "a verb relates the actors in its roles",
    "nominal": "a noun relates the actors in its roles",
    "adjectival": "an adjective relates the actors in its roles",
    "intention": "a verb or noun of will or promise governs what is to be done to the other actor",
    "clausal": "a verb of speech or demand governs a clause about the other actor",
    "likely": "no rule relates the two: a network trained on keyed sentences finds the triple likely",
}
"""What each family of rules goes by; "-inherited" is added where the agent was handed down by another predicate."""

_INHERITED = "; who acts is handed down by the word that governs it"
_SPEECH = {
    "speech": "subject of a verb of speech", "noun": "owner of a noun of speech", "preposition": "after “according to” or the like",
    "adverb": "adverb of hearsay", "adjective": "adjective of hearsay", "quotation": "speaker of the quotation",
}  # fmt: skip
_PARTS = {"v": "verb", "n": "noun", "a": "adjective"}


@dataclass(frozen=True, slots=True)
class FilledRole:
    """A role of a predicate: PropBank's label, the phrase that fills it, and how sure the model is (0..1)."""

    label: str
    phrase: str
    score: float


@dataclass(frozen=True, slots=True)
class PredicateReading:
    """A predicate as the model reads it; `detected` is the probability that the word is one at all (0..1)."""

    text: str
    lemma: str
    part_of_speech: str
    detected: float
    roles: tuple[FilledRole, ...]


@dataclass(frozen=True, slots=True)
class ActorReading:
    """A mention as it stands, the actor that it names, and by what form of name (see `Mention`)."""

    text: str
    id: str
    name: str
    form: str


@dataclass(frozen=True, slots=True)
class LexiconLine:
    """A line of a table: where it stands ("frames.tsv:123"), and its columns with what they hold, the empty ones left out."""

    source: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """What the statement says beyond its triple, and the words or the rule that it is known by ("" where nothing speaks)."""

    name: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why `statement` is there. Where its text could not be read again, `predicate` and the actors are None, and `notes` say why."""

    statement: Statement
    family: str
    predicate: PredicateReading | None
    subject: ActorReading | None
    object: ActorReading | None
    line: LexiconLine | None
    flags: tuple[Flag, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """A sentence, the actors in it, what it states, and the predicates that state nothing between two actors."""

    sentence: str
    actors: tuple[ActorReading, ...]
    explanations: tuple[Explanation, ...]
    silent: tuple[PredicateReading, ...]


def explain_text(text: str, nlp: Language, lexicon: Lexicon, *, tables: Sequence[Path] = ()) -> list[SentenceReading]:
    """Explain every sentence of a text. `tables` are the user's tables of relations that `lexicon` was made with."""
    document = Document(id="text", text=text)
    doc, explained = _explained(document, nlp, lexicon, tables)
    mentions = resolve_references(doc, find_mentions(doc, document, lexicon.gazetteer), document.id)
    return [_sentence(sentence, mentions, explained) for sentence in doc.sents if sentence.text.strip()]


def explain_statement(
    statement: Statement, document: Document | None, nlp: Language, lexicon: Lexicon, *, tables: Sequence[Path] = ()
) -> Explanation:
    """Explain one statement by reading its document again, or its sentence alone where `document` is None.

    What the record says counts; where what is read now differs, as after a correction or by another version, the notes say so.
    Raises InputError for a document whose text is not the statement's.
    """
    notes: tuple[str, ...] = ()
    shift = 0
    if document is None:
        document, shift = _alone(statement), statement.char_start
        notes = ("the article's text is not at hand: the sentence was read alone, without what stands around it",)
    elif document.text[statement.char_start : statement.char_end] != statement.sentence:
        raise InputError(f"{statement.id}: the text of {statement.document_id!r} is not the one that it was read in; build the folder again")
    _, explained = _explained(document, nlp, lexicon, tables)
    found = _same(statement, [explanation for _, explanation in explained], shift)
    if found is None:
        missing = "read again, the text does not give this statement: the program, its tables or the model are others now"
        return Explanation(statement, family(statement.rule), None, None, None, line(statement.frame, tables), _told(statement), (*notes, missing))
    notes += _differences(statement, found.statement)
    return Explanation(statement, family(statement.rule), found.predicate, found.subject, found.object, found.line, found.flags, notes)


def family(rule: str) -> str:
    """What a family of rules goes by, in words; the name itself for a family of another version.

    >>> family("nominal-inherited")
    'a noun relates the actors in its roles; who acts is handed down by the word that governs it'
    """
    base = rule.removesuffix("-inherited")
    return FAMILIES.get(base, base) + (_INHERITED if base != rule else "")


def line(source: str | None, tables: Sequence[Path] = ()) -> LexiconLine | None:
    """The line of a table that a statement's `frame` names, one of the user's or a bundled one; without cells where it is gone.

    >>> line("reporting.tsv:10").source
    'reporting.tsv:10'
    """
    if source is None:
        return None
    name, _, number = source.rpartition(":")
    for path in (*(path for path in tables if path.name == name), DATA / name):
        if path.is_file() and number.isdecimal():
            lines = path.read_text("utf-8-sig").split("\n")
            header = next((row.rstrip("\r").split("\t") for row in lines if row.strip() and not row.startswith("#")), [])
            if 0 < int(number) <= len(lines):
                cells = zip(header, lines[int(number) - 1].rstrip("\r").split("\t"), strict=False)
                return LexiconLine(source, tuple((column, cell.strip()) for column, cell in cells if cell.strip()))
    return LexiconLine(source, ())


# Reading a text again


def _explained(document: Document, nlp: Language, lexicon: Lexicon, tables: Sequence[Path]) -> tuple[Doc, list[tuple[int, Explanation]]]:
    """A snapshot of the parsed document, and its statements explained, each with the token of its predicate."""
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name == "actorgraph"]):
        doc = parse(nlp, document)
    found = traced_statements(doc, document, lexicon, pipeline=pipeline_version(nlp))
    return snapshot(doc), [(candidate.predicate.i, _explanation(statement, candidate, tables)) for statement, candidate in found]


def _explanation(statement: Statement, candidate: Candidate, tables: Sequence[Path]) -> Explanation:
    doc = candidate.predicate.doc
    return Explanation(
        statement,
        family(statement.rule),
        _predicate(candidate.predicate),
        _actor(doc, candidate.subject),
        _actor(doc, candidate.object),
        line(statement.frame, tables),
        _flags(statement, candidate.predicate),
    )


def _predicate(token: Token) -> PredicateReading:
    found = roles_of(token.doc, token)
    roles = tuple(FilledRole(label, _phrase(filler), score) for label, filler, score in found.roles)
    return PredicateReading(token.text, entry(token), _PARTS.get(part_of_speech(token), token.pos_.lower()), found.score, roles)


def _phrase(token: Token) -> str:
    return str(token.doc[slice(*phrase_span(token))].text) if token.pos_ in ("NOUN", "PROPN", "PRON", "NUM") else token.text


def _actor(doc: Doc, mention: Mention) -> ActorReading:
    return ActorReading(doc[mention.start : mention.end].text, mention.actor.id, mention.actor.name, mention.form)


def _flags(statement: Statement, token: Token) -> tuple[Flag, ...]:
    """The flags with their reasons; of what was not said there is none, but for polarity and modality."""
    by_role: dict[str, list[Token]] = {}
    for role, filler, _ in roles_of(token.doc, token).roles:
        by_role.setdefault(role, []).append(filler)
    stated = assess(token, factuality=factuality_of(token), roles=by_role)
    source = attribution_of(token)
    reasons = {
        "polarity": stated.reason if stated.negated or stated.modality is Modality.ASSERTED else "",
        "modality": stated.reason if stated.modality is not Modality.ASSERTED else "",
        "said by": _speech(source),
        "date": ", ".join(_phrase(filler) for filler in by_role.get("TMP", [])),
    }
    return tuple(Flag(flag.name, flag.value, reasons.get(flag.name, flag.reason)) for flag in _told(statement))


def _speech(source: Attribution | None) -> str:
    return _SPEECH[source.kind] if source is not None else ""


def _told(statement: Statement) -> tuple[Flag, ...]:
    """The flags as the record has them."""
    s = statement
    flags = [Flag("polarity", "not so" if s.negated else "so", ""), Flag("modality", str(s.modality), "")]
    if s.attributed_to is not None:
        flags.append(Flag("said by", s.attributed_to + (f" ({s.attributed_to_id})" if s.attributed_to_id else ""), ""))
    if s.quantity_text is not None:
        flags.append(Flag("quantity", s.quantity_text, f"{s.quantity_bound} {s.quantity:g} {s.quantity_unit or ''}".strip()))
    if s.event_date is not None:
        flags.append(Flag("date", s.event_date, ""))
    return tuple(flags)


def _sentence(sentence: Span, mentions: Sequence[Mention], explained: Sequence[tuple[int, Explanation]]) -> SentenceReading:
    inside = range(sentence.start, sentence.end)
    stating = {at for at, _ in explained}
    return SentenceReading(
        sentence.text.strip(),
        tuple(_actor(sentence.doc, mention) for mention in sorted(mentions, key=lambda m: (m.start, m.end, m.actor.id)) if mention.start in inside),
        tuple(explanation for at, explanation in sorted(explained, key=lambda pair: pair[0]) if at in inside),
        tuple(_predicate(p.token) for p in get_predicates(sentence.doc) if p.token.i in inside and p.token.i not in stating),
    )


# One statement among those that are read now


def _alone(statement: Statement) -> Document:
    s = statement
    return Document(s.document_id, s.sentence, s.title, s.published, s.source, s.url)


def _same(statement: Statement, found: Sequence[Explanation], shift: int) -> Explanation | None:
    """The explanation of the same statement: by its id, or by its place where its sentence was read alone."""
    if not shift:
        by_id = next((e for e in found if e.statement.id == statement.id), None)
        if by_id is not None:
            return by_id
    place = _place(statement, 0)
    return next((e for e in found if _place(e.statement, shift) == place), None)


def _place(statement: Statement, shift: int) -> tuple[int, ...]:
    return statement.predicate_start + shift, statement.subject_start + shift, statement.object_start + shift


_FREE = frozenset({"id", "char_start", "char_end", "confidence", "sentence", "version"} | {
    f"{what}_{end}" for what in ("subject", "object", "predicate") for end in ("start", "end")
})  # fmt: skip


def _differences(statement: Statement, now: Statement) -> tuple[str, ...]:
    """What the record says otherwise than what is read now."""
    changed = [
        f"{field.name.replace('_', ' ')}: {getattr(now, field.name) or 'none'} is read, {getattr(statement, field.name) or 'none'} stands in the record"
        for field in fields(Statement)
        if field.name not in _FREE and getattr(statement, field.name) != getattr(now, field.name)
    ]
    other = [f"made by {statement.version}; this is {now.version}"] if statement.version != now.version else []
    return (*changed, *other)
