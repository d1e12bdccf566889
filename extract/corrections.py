"""An analyst's corrections: which actors are one and which are not, what they are called, what a relation is, what is wrong.

    corrections = read_corrections([Path("fixes.tsv")])
    statements, outcomes = apply_corrections(statements, corrections)

A table has the columns do, what, to, in, as data/README.md says. Lines mean the same in whatever order they stand: each
speaks of the statements as they were extracted, never of what another line makes of them. The id of a statement never
changes, so that a line that names one holds as long as the statement is found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from .errors import LexiconError
from .gazetteer import Actor, items, read_table, slug
from .records import ActorKind, RelationType, Statement

_COLUMNS = ("do", "what", "to", "in")
_STATEMENT_ID = re.compile(r"[0-9a-f]{16}")


class Act(StrEnum):
    """What a line does."""

    MERGE = "merge"
    APART = "apart"
    RENAME = "rename"
    RELABEL = "relabel"
    VETO = "veto"


@dataclass(frozen=True, slots=True)
class Correction:
    """One line. Two are equal when every field is.

    `what` is an actor's id or name, a statement's id or a relation phrase; `documents` are the ids of those in which the line
    holds, empty for all; `source` is where it stands ("fixes.tsv:3").
    """

    act: Act
    what: str
    to: str
    documents: tuple[str, ...]
    source: str

    def __str__(self) -> str:
        goal = f" → {self.to}" if self.to else ""
        where = f" in {', '.join(self.documents)}" if self.documents else ""
        return f"{self.source} {self.act} {self.what}{goal}{where}"

    @property
    def is_by_id(self) -> bool:
        """Whether `what` is the id of a statement."""
        return _STATEMENT_ID.fullmatch(self.what) is not None

    @property
    def relation(self) -> tuple[RelationType | None, str | None]:
        """Type and phrase that a relabelled relation gets; None for what stays. Raises ValueError for an unknown type.

        >>> Correction(Act.RELABEL, "stand with", "SUPPORT support for", (), "").relation
        (<RelationType.SUPPORT: 'SUPPORT'>, 'support for')
        """
        first, _, rest = self.to.partition(" ")
        if not first.isupper():
            return None, self.to
        return RelationType(first), rest.strip() or None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a line came to: how many statements it touched; `note` says why it could not be applied, if so."""

    correction: Correction
    statements: int
    note: str | None = None

    def __str__(self) -> str:
        touched = {0: "touched none", 1: "1 statement"}.get(self.statements, f"{self.statements:,} statements")
        return f"{self.correction}: {self.note or touched}"


# Reading


def read_corrections(paths: Iterable[Path]) -> list[Correction]:
    """Read tables of corrections, line by line.

    Raises LexiconError, with file and line, where a table cannot be read, a line makes no sense or two lines contradict
    each other.
    """
    found: list[Correction] = []
    taken: dict[tuple[str, str, str], str] = {}
    for path in paths:
        for number, row in read_table(path, _COLUMNS[:3]):
            unknown = [name for name in row if name not in (*_COLUMNS, "note")]
            if unknown:
                raise LexiconError(f"column {unknown[0]!r} is unknown; known are {', '.join(_COLUMNS)}, note", path, 1)
            correction = _correction(row, path, number)
            kind = "actor" if correction.act in (Act.MERGE, Act.APART) else str(correction.act)
            for document in correction.documents or ("",):
                first = taken.setdefault((kind, correction.what, document), correction.source)
                if first != correction.source:
                    raise LexiconError(f"{correction.what!r} has a line for this already ({first}); keep one of them", path, number)
            found.append(correction)
    _check_circles(found)
    return found


def _correction(row: Mapping[str, str], path: Path, number: int) -> Correction:
    """The line, if it makes sense."""

    def fail(message: str) -> LexiconError:
        return LexiconError(message, path, number)

    if row["do"] not in list(Act):
        raise fail(f"unknown correction {row['do']!r}; use one of {', '.join(Act)}")
    found = Correction(Act(row["do"]), row["what"], row["to"], tuple(sorted(set(items(row.get("in", ""))))), f"{path.name}:{number}")
    if not found.what:
        raise fail(f"{found.act} needs to know what: fill the column 'what'")
    if found.act is Act.VETO and not found.is_by_id:
        raise fail(f"{found.what!r} is no statement's id, which has 16 digits of 0-9 and a-f (the column id of triples.csv)")
    if found.act in (Act.MERGE, Act.RENAME, Act.RELABEL) and not found.to:
        raise fail(f"{found.act} needs a goal: fill the column 'to'")
    if found.act in (Act.MERGE, Act.APART) and found.to and not slug(found.to):
        raise fail(f"{found.to!r} is no name: it has neither letters nor digits")
    if found.act is Act.MERGE and found.to == found.what:
        raise fail(f"{found.what!r} cannot be merged with itself")
    if found.act is Act.APART and not found.documents and "@" not in found.what:
        raise fail(f"apart needs the documents in which {found.what!r} is somebody else: fill the column 'in'")
    if found.documents and (found.act in (Act.VETO, Act.RENAME) or (found.act is Act.RELABEL and found.is_by_id)):
        raise fail(f"{found.act} holds wherever it applies: leave the column 'in' empty")
    if found.act is Act.RELABEL:
        try:
            _ = found.relation
        except ValueError:
            raise fail(f"relation type {found.to.partition(' ')[0]!r} is none of {' '.join(RelationType)}") from None
    return found


def _check_circles(corrections: Sequence[Correction]) -> None:
    """Refuse merges that lead back to where they began."""
    merges = {c.what: c for c in corrections if c.act is Act.MERGE and not c.documents}
    for start in merges.values():
        seen, at = {start.what}, start.to
        while (step := merges.get(at)) is not None:
            if at in seen:
                path, _, line = start.source.rpartition(":")
                raise LexiconError(f"{start.what!r} is merged in a circle, by way of {step.source}", path, int(line))
            seen.add(at)
            at = step.to


# Applying


def apply_corrections(
    statements: Iterable[Statement], corrections: Sequence[Correction], *, actors: Sequence[Path] = ()
) -> tuple[list[Statement], list[Outcome]]:
    """Return the statements as corrected, in their order, and what each correction came to, in theirs.

    `actors` are the user's tables of actors, in which the goal of a merge may be named. Statements between what a merge has
    made one actor are left out. All statements are read before the first is returned.
    """
    given = list(statements)
    work = _Work(given, corrections, actors)
    corrected = [changed for statement in given if (changed := work.correct(statement)) is not None]
    return corrected, [Outcome(c, work.touched[c], work.notes.get(c)) for c in corrections]


@dataclass(slots=True)
class _Census:
    """Who occurs in the statements, by id: the commonest name (of equals the first of the alphabet), kind and documents."""

    actors: dict[str, Actor] = field(default_factory=dict)
    documents: dict[str, set[str]] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> _Census:
        names: dict[str, Counter[tuple[str, ActorKind]]] = {}
        census = cls()
        for s in statements:
            for id_, name, kind in ((s.subject_id, s.subject, s.subject_kind), (s.object_id, s.object, s.object_kind)):
                names.setdefault(id_, Counter())[name, kind] += 1
                census.documents.setdefault(id_, set()).add(s.document_id)
            if s.attributed_to_id is not None:  # of who only speaks, nothing but the id is ever used
                census.actors[s.attributed_to_id] = Actor(s.attributed_to_id, s.attributed_to_id, ActorKind.GROUP)
                census.documents.setdefault(s.attributed_to_id, set()).add(s.document_id)
        for id_ in sorted(names):
            name, kind = min(names[id_], key=lambda named: (-names[id_][named], named))
            census.actors[id_] = Actor(id_, name, kind)
            census.ids.setdefault(name, []).append(id_)
        return census

    def called(self, what: str) -> list[str]:
        """The ids that are meant by an id or a name."""
        return [what] if what in self.actors else self.ids.get(what, [])


class _Work:
    """The lines, looked up by what they speak of."""

    def __init__(self, given: list[Statement], corrections: Sequence[Correction], actors: Sequence[Path]) -> None:
        self.touched: Counter[Correction] = Counter()
        self.notes: dict[Correction, str] = {}
        self._census = _Census.of(given)
        self._tables = actors
        self._by_id = {(c.act, c.what): c for c in corrections if c.act in (Act.VETO, Act.RELABEL) and c.is_by_id}
        phrases = [c for c in corrections if c.act is Act.RELABEL and not c.is_by_id]
        self._phrases = {(c.what.casefold(), document): c for c in phrases for document in c.documents or ("",)}
        self._moves: dict[tuple[str, str], tuple[Correction, Actor]] = {}
        for correction, by_name in self._by_clearness(corrections, Act.MERGE, Act.APART):
            self._add_move(correction, by_name)
        self._renames: dict[str, Correction] = {}
        for correction, ids in self._by_clearness(corrections, Act.RENAME):
            for id_ in ids or self._made(correction.what):
                self._renames.setdefault(id_, correction)

    def _by_clearness(self, corrections: Sequence[Correction], *acts: Act) -> Iterator[tuple[Correction, list[str]]]:
        """The lines about actors with the ids that they mean, those that name an id first: they win over those with a name."""
        chosen = sorted((c for c in corrections if c.act in acts), key=lambda c: (c.what not in self._census.actors, c.what, c.documents))
        for correction in chosen:
            yield correction, self._census.called(correction.what)

    def _made(self, name: str) -> list[str]:
        """The actors with that id or name whom moves have brought in."""
        return sorted({actor.id for _, actor in self._moves.values() if name in (actor.id, actor.name)})

    def _add_move(self, correction: Correction, ids: list[str]) -> None:
        for id_ in ids:
            goal = self._goal(correction, self._census.actors[id_])
            if goal is None:
                return
            for document in correction.documents or ("",):
                if goal.id != id_:
                    self._moves.setdefault((id_, document), (correction, goal))

    def _goal(self, correction: Correction, actor: Actor) -> Actor | None:
        """The actor that `actor` becomes, or None, with a note, where that cannot be told."""
        census, to = self._census, correction.to
        if correction.act is Act.APART:
            of = correction.documents or tuple(sorted(census.documents[actor.id]))
            name = to or f"{actor.name} ({', '.join(of)})"
            if slug(name) in census.actors:
                self.notes[correction] = f"not applied: there is an actor {slug(name)!r} already; choose another name"
                return None
            return replace(actor, id=slug(name), name=name)
        known = census.called(to) or census.called(slug(to))
        settled = [id_ for id_ in known if "@" not in id_] or known
        if len(settled) > 1:
            self.notes[correction] = f"not applied: {', '.join(settled)} are all called {to!r}; name one by its id"
            return None
        if settled:
            return census.actors[settled[0]]
        return self._from_tables(to) or replace(actor, id=slug(to), name=to)

    def _from_tables(self, to: str) -> Actor | None:
        """The actor of the tables with that code or name."""
        from .lexicon import load_lexicon

        gazetteer = load_lexicon(self._tables).gazetteer
        name = gazetteer.lookup(to)
        return gazetteer.country(to) or (name.actor if name is not None and name.form == "name" else None)

    # One statement

    def correct(self, statement: Statement) -> Statement | None:
        """The statement as corrected, or None where it is to be left out."""
        veto = self._by_id.get((Act.VETO, statement.id))
        if veto is not None:
            self.touched[veto] += 1
            return None
        used: set[Correction] = set()
        changes = {**self._of_actors(statement, used), **self._of_relation(statement, used)}
        self.touched.update(used)
        corrected = replace(statement, **changes) if changes else statement
        # What has become one actor does nothing to itself.
        return corrected if corrected.subject_id != corrected.object_id else None

    def _of_actors(self, statement: Statement, used: set[Correction]) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        for role in ("subject", "object"):
            id_ = getattr(statement, f"{role}_id")
            actor = self._moved(id_, statement.document_id, used)
            if actor is not None:
                changes |= {f"{role}_id": actor.id, role: actor.name, f"{role}_kind": actor.kind}
            renamed = self._renames.get(actor.id if actor is not None else id_)
            if renamed is not None:
                used.add(renamed)
                changes[role] = renamed.to
        if statement.attributed_to_id and (speaker := self._moved(statement.attributed_to_id, statement.document_id, used)):
            changes["attributed_to_id"] = speaker.id
        return changes

    def _moved(self, id_: str, document: str, used: set[Correction]) -> Actor | None:
        """The actor that `id_` is in this document, by way of as many merges as there are; None where it stays who it is."""
        actor, way = None, [id_]
        while (move := self._moves.get((way[-1], document)) or self._moves.get((way[-1], ""))) is not None:
            correction, actor = move
            used.add(correction)
            if actor.id in way:  # lines that lead in a circle by different names meet at the first id of the alphabet
                return self._census.actors[min(way[way.index(actor.id) :])]
            way.append(actor.id)
        return actor

    def _of_relation(self, statement: Statement, used: set[Correction]) -> dict[str, Any]:
        phrase = statement.relation.casefold()
        line = (
            self._by_id.get((Act.RELABEL, statement.id))
            or self._phrases.get((phrase, statement.document_id))
            or self._phrases.get((phrase, ""))
        )
        if line is None:
            return {}
        used.add(line)
        type_, relation = line.relation
        return {"relation_type": type_ or statement.relation_type, "relation": relation or statement.relation}
