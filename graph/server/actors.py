"""Actor nodes, made of what all statements of a database call them; the datasets of a database share them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ...extract.records import ActorKind
from ..actors import Tally, alias, commonest
from ..cypher import schema
from ..cypher.values import Node
from . import texts
from .connection import Transaction
from .ids import LONG_ID, indexed, stored

_AT_ONCE = 500


def settle_actors(tx: Transaction, after: str) -> list[str]:
    """Give actors that statements were added to or taken from their names and kinds; return some ids, the first after `after`.

    Those that no statement names any more go, unless something of someone else hangs on them. The nodes are those of
    `schema.actor_nodes`.
    """
    ids = [id_ for (id_,) in tx.read(texts.STALE_ACTORS, after=after, limit=_AT_ONCE)]
    if not ids:
        return ids
    nodes = _nodes(tx, ids)
    if gone := [id_ for id_ in ids if id_ not in nodes]:
        for text in (texts.DELETE_ACTORS, texts.KEEP_ACTORS):
            list(tx.read(text, ids=gone))
    by_kind: dict[ActorKind | None, list[dict[str, Any]]] = {}
    for id_, node in nodes.items():
        properties = dict.fromkeys((*schema.ACTOR_PROPERTIES, LONG_ID)) | stored(node)
        by_kind.setdefault(_kind(node), []).append({"id": id_, "properties": properties})
    for kind, rows in by_kind.items():
        tx.write(texts.SET_ACTORS[kind], rows)
    return ids


def put_actors(tx: Transaction, nodes: Iterable[Node]) -> None:
    """Have the nodes of actors there, new ones as they are given until `settle_actors` looks at them."""
    by_kind: dict[ActorKind | None, list[dict[str, Any]]] = {}
    for node in nodes:
        by_kind.setdefault(_kind(node), []).append({"id": indexed(node.id), "properties": stored(node)})
    for kind, rows in by_kind.items():
        tx.write(texts.PUT_ACTORS[kind], rows)


def _kind(node: Node) -> ActorKind | None:
    kind = node.properties.get("kind")
    return None if kind is None else ActorKind(str(kind))


class _Calls:
    """What statements call one actor: `own` names that stand under its own id, not under a surname that means it too."""

    def __init__(self) -> None:
        self.own: Counter[str] = Counter()
        self.merged: dict[bool, int] = {False: 0, True: 0}
        self.tallies = {False: Tally(), True: Tally()}  # by whether graphs hide the statements
        self.loops = Tally()

    def node(self, id_: str) -> Node | None:
        shown, hidden = self.tallies[False], self.tallies[True]
        if self.own:
            name = commonest(self.own)
            for is_hidden, number in self.merged.items():
                if number:
                    self.tallies[is_hidden].names[name] += number
        if shown.names:
            return schema.actor_node(shown.actor(id_))
        tally = hidden if hidden.names else self.loops
        return schema.actor_node(tally.actor(id_)) if tally.names else None


def _nodes(tx: Transaction, ids: list[str]) -> dict[str, Node]:
    """Nodes of those actors that some statement names, by what stands for their ids."""
    full = dict(tx.read(texts.FULL_IDS, ids=ids))
    calls: dict[str, _Calls] = {}
    for text in texts.ROLES:
        for id_, own, name, kind, mention, country, hidden, loop, number in tx.read(text, ids=ids):
            call = calls.setdefault(id_, _Calls())
            tally = call.loops if loop else call.tallies[hidden]
            if own:
                call.own[name] += number
            if own or loop:
                tally.names[name] += number
            else:
                call.merged[hidden] += number
            tally.kinds[ActorKind(kind)] += number
            tally.mentions.add(mention)
            if country is not None:
                tally.countries[country] += number
    nodes = {id_: node for id_, call in calls.items() if (node := call.node(full[id_]))}
    speakers: dict[str, Counter[str]] = {}
    for id_, text, number in tx.read(texts.SPEAKERS, ids=[id_ for id_ in ids if id_ not in nodes]):
        text = text or full[id_]
        speakers.setdefault(id_, Counter())[alias(text) or text] += number
    return nodes | {id_: schema.speaker_node(full[id_], commonest(names)) for id_, names in speakers.items()}
