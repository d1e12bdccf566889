"""How actors, statements and their evidence read in Markdown: the pieces that a report is put together from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ..extract.records import ActorKind, Modality, Statement
from .actors import Actor, commonest
from .edges import Edge, edge_key
from .evidence import quantity, safe_url
from .markdown import count, escape, link, listed, written_date

_LONGEST_NAME = 80
_VOICES = 3
_PUT_AS = {
    Modality.PLANNED: "planned",
    Modality.REQUESTED: "requested",
    Modality.POSSIBLE: "possible",
    Modality.CONDITIONAL: "on a condition",
}


def short(text: str) -> str:
    """Return a name, a phrase or a title, escaped and cut to the length of one."""
    return escape(text, _LONGEST_NAME) or "?"


def name(actor_id: str, actors: Mapping[str, Actor]) -> str:
    """Return the name of an actor in bold."""
    return f"**{short(actors[actor_id].name)}**"


def triple(statement: Statement, actors: Mapping[str, Actor]) -> str:
    """Return who does what to whom; what holds both ways has arrows both ways."""
    key = edge_key(statement)
    before, after = ("↔", "↔") if statement.symmetric else ("—", "→")
    return f"{name(key.subject_id, actors)} {before} *{short(statement.relation)}* {after} {name(key.object_id, actors)}"


def lead(statements: Sequence[Statement]) -> Statement:
    """Return the statement to show an edge by: the surest of its commonest phrase.

    Facts go first, and the phrase is then the commonest among them: one that is only planned may be commoner still.
    """
    stated = [statement for statement in statements if statement.is_fact] or statements
    phrase = commonest(Counter(statement.relation for statement in stated))
    return surest([statement for statement in stated if statement.relation == phrase])[0]


def figures(edge: Edge, statements: Iterable[Statement]) -> str:
    """Return how often an edge is stated, how, where and when; `statements` are those of the edge."""
    kinds = ("asserted", "attributed", "negated", "planned", "requested", "possible", "conditional")
    words = ("stated", "said by others", "denied", "planned", "requested", "possible", "on a condition")
    shares = [f"{getattr(edge, kind):,} {word}" for kind, word in zip(kinds, words, strict=True) if getattr(edge, kind)]
    text = f"{count(edge.statements, 'statement')} ({', '.join(shares)}) in {count(edge.documents, 'article')}"
    sources = {statement.source for statement in statements if statement.source}
    if edge.documents > 1 and sources:
        text += f" of {count(len(sources), 'source')}"
    dates = written_date(f"{edge.first}/{edge.last}") if edge.first and edge.last else None
    return f"{text}, {dates}" if dates else text


def manner(statement: Statement, *, speaker: bool = True) -> str:
    """Return in brackets, with a blank before them, what sets a statement apart from a plain fact; "" where nothing does."""
    parts = [
        _PUT_AS.get(statement.modality),
        "denied" if statement.negated else None,
        f"according to {short(statement.attributed_to)}" if speaker and statement.attributed_to is not None else None,
        short(amount) if (amount := quantity(statement)) else None,
        written_date(statement.event_date),
    ]
    known = [part for part in parts if part]
    return f" ({'; '.join(known)})" if known else ""


def voices(statements: Iterable[Statement]) -> str:
    """Return who says it: those whom the articles quote, or the outlets themselves; a few of them."""
    distinct: dict[str, str] = {}
    for voice in map(_voice, statements):
        distinct.setdefault(voice.casefold(), voice)
    found = list(distinct.values())
    return listed([*found[:_VOICES], *([f"{len(found) - _VOICES:,} more"] if len(found) > _VOICES else [])])


def evidence(statement: Statement, indent: str = "  ") -> str:
    """Return the line that proves a statement: its sentence, and the document, source and date that it is from."""
    document = short(statement.document_id)
    if statement.title and statement.title != statement.document_id:
        document = f"{short(statement.title)} ({document})"
    url = safe_url(statement.url)
    origin = [link(document, url), short(statement.source) if statement.source else None, written_date(statement.published)]
    return f"{indent}> “{escape(statement.sentence)}” — {', '.join(filter(None, origin))}"


def surest(statements: Sequence[Statement]) -> list[Statement]:
    """Return statements with the best evidence first: stated facts, then those that were read with most confidence."""
    return sorted(statements, key=lambda statement: (not statement.is_fact, -statement.confidence, statement.sort_key))


def description(actor: Actor, posts: Iterable[Statement], actors: Mapping[str, Actor]) -> str:
    """Return what an actor is: its kind, and for a person the post that an article states."""
    held = [statement for statement in posts if statement.is_fact]
    if actor.kind is ActorKind.PERSON and held:
        best = surest(held)[0]
        return f"{short(best.relation)} {short(actors[best.object_id].name)}"
    return str(actor.kind)


def _voice(statement: Statement) -> str:
    return short(statement.attributed_to or statement.source or statement.title or statement.document_id)
