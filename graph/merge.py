"""Which actors of several documents are one: people who are known by a surname here and by a full name there.

Ids of full names and of countries are the same in every document already. What is decided here is read off the statements
each time a graph is built; the records stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeAlias

from ..extract.records import ActorKind, Modality, RelationType, Statement
from .actors import collect_actors
from .triples import merge_statements

_POSTS = {RelationType.LEADS, RelationType.MEMBER}
_Post: TypeAlias = tuple[str, str]  # relation phrase and id of the country or organisation


def merge_people(statements: Iterable[Statement]) -> dict[str, str]:
    """Return id → id of each person with a surname alone (`surname@document-id`) who is a person with a full name.

    That is so where both hold the same post (a LEADS or MEMBER statement with the same relation phrase to the same
    country or organisation), the surname begins or ends the full name, and no one else fits. A post that a merged person
    brings counts for the next. Nothing depends on the order of the statements.
    """
    posts: dict[str, set[_Post]] = {}
    holders: dict[_Post, set[str]] = {}
    for statement in statements:
        if statement.relation_type not in _POSTS or statement.subject_kind is not ActorKind.PERSON:
            continue
        if statement.negated or statement.modality is not Modality.ASSERTED:
            continue
        post = (statement.relation, statement.object_id)
        if "@" in statement.subject_id:
            posts.setdefault(statement.subject_id, set()).add(post)
        else:
            holders.setdefault(post, set()).add(statement.subject_id)
    merged: dict[str, str] = {}
    while found := _namesakes(posts, holders):
        # Whoever is found brings posts of their own, by which others may be found: so that a second run finds no one more.
        merged |= found
        for person, full in found.items():
            for post in posts.pop(person):
                holders.setdefault(post, set()).add(full)
    return merged


def _namesakes(posts: dict[str, set[_Post]], holders: dict[_Post, set[str]]) -> dict[str, str]:
    """Return surname → full name of those for whom exactly one holder of their posts bears the surname."""
    found = {}
    for person in sorted(posts):
        surname = person.partition("@")[0]
        namesakes = {full for post in posts[person] for full in holders.get(post, ()) if _bears(full, surname)}
        if len(namesakes) == 1:
            found[person] = namesakes.pop()
    return found


def _bears(full_id: str, surname: str) -> bool:
    """Whether a slug such as "kim-jong-un" or "ursula-von-der-leyen" may be the full name of a surname's slug."""
    return f"{full_id}-".startswith(f"{surname}-") or full_id.endswith(f"-{surname}")


def unify(statements: Iterable[Statement], *, groups: bool = False) -> list[Statement]:
    """Return the statements as a graph shows them: each once, people under one id and name, in the order of the store.

    Left out are groups without a country (an "@" in their id) unless `groups`, and statements whose subject and object
    turn out to be one person. Doing it again changes nothing.
    """
    statements = merge_statements(statements)
    people = merge_people(statements)
    if people:
        names = _names(statements, set(people.values()))
        statements = [_renamed(statement, people, names) for statement in statements]
    statements = [statement for statement in statements if statement.subject_id != statement.object_id]
    return statements if groups else without_unlocated(statements)


def without_unlocated(statements: Iterable[Statement]) -> list[Statement]:
    """Return the statements of which neither subject nor object is a group without a country."""
    return [
        statement
        for statement in statements
        if not (is_unlocated(statement.subject_id, statement.subject_kind) or is_unlocated(statement.object_id, statement.object_kind))
    ]


def is_unlocated(actor_id: str, kind: ActorKind) -> bool:
    """Whether an actor is a group whose country no text tells ("rebels" of one document), which graphs hide."""
    return kind is ActorKind.GROUP and "@" in actor_id


def _names(statements: list[Statement], actors: set[str]) -> dict[str, str]:
    concerned = (statement for statement in statements if statement.subject_id in actors or statement.object_id in actors)
    return {actor.id: actor.name for actor in collect_actors(concerned)}


def _renamed(statement: Statement, people: dict[str, str], names: dict[str, str]) -> Statement:
    changes: dict[str, Any] = {}
    for role in ("subject", "object"):
        if full := people.get(getattr(statement, f"{role}_id")):
            changes |= {f"{role}_id": full, role: names[full]}
    if statement.attributed_to_id in people:
        changes["attributed_to_id"] = people[statement.attributed_to_id]
    return replace(statement, **changes) if changes else statement
