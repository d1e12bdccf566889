"""GraphML and GEXF, as Gephi, Cytoscape, yEd, igraph and networkx read them.

Neither format knows lists, so aliases and relations are joined by " | ". Unknown values are left out, never written as
text. Edges carry `relation_type`, `family` and `sign` as columns, `label` and `weight` as the programs expect them, and an
id of their own: Gephi takes two edges with one id for the same edge.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

from ..extract.records import RelationType, Statement
from .build import build_graph

if TYPE_CHECKING:
    import networkx as nx

LIST_SEPARATOR = " | "

_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_META = re.compile(rb"<meta lastmodifieddate=.*?</meta>", re.DOTALL)


def write_graphml(statements: Iterable[Statement], file: IO[bytes], *, groups: bool = False) -> None:
    """Write the graph of `statements` as GraphML; `networkx.read_graphml` takes the edge ids for keys."""
    import networkx as nx

    graph = flat_graph(statements, groups=groups)
    keyed: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    keyed.add_nodes_from(graph.nodes(data=True))
    for subject, object_, data in graph.edges(data=True):
        keyed.add_edge(subject, object_, key=data.pop("id"), **data)
    # write_graphml would take lxml where it is installed, and write other bytes.
    nx.write_graphml_xml(keyed, file)


def write_gexf(statements: Iterable[Statement], file: IO[bytes], *, groups: bool = False) -> None:
    """Write the graph of `statements` as GEXF 1.2; `networkx.read_gexf` gives the edges their relation types as keys."""
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_gexf(flat_graph(statements, groups=groups), buffer, version="1.2draft")
    # networkx notes the day and its own version, and the same statements would give other bytes tomorrow.
    file.write(_META.sub(b"<meta>\n    <creator>actorgraph</creator>\n  </meta>", buffer.getvalue(), count=1))


def flat_graph(statements: Iterable[Statement], *, groups: bool = False) -> nx.MultiDiGraph[str]:
    """Return the graph of `build_graph` with nothing that XML cannot say: text and numbers, no lists, None or controls."""
    import networkx as nx

    graph = build_graph(statements, groups=groups)
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = dict(zip(graph, distinct(map(xml_text, graph)), strict=True))
    for node, data in graph.nodes(data=True):
        del data["id"]  # the node's own; programs refuse a second column of that name
        flat.add_node(names[node], label=xml_text(data["name"]), **_flat(data))
    edges = list(graph.edges(keys=True, data=True))
    ids = distinct(f"{names[subject]} {type_} {names[object_]}" for subject, object_, type_, _ in edges)
    for (subject, object_, key, data), id_ in zip(edges, ids, strict=True):
        relation_type = RelationType(key)
        flat.add_edge(
            names[subject], names[object_], key=key, id=id_, label=xml_text(data["relation"]), weight=data["statements"],
            relation_type=key, family=str(relation_type.family), sign=relation_type.sign, **_flat(data),
        )  # fmt: skip
    return flat


def xml_text(text: str) -> str:
    """Return `text` as every XML 1.0 parser gives it back: line ends are \\n, what XML forbids becomes U+FFFD."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def distinct(texts: Iterable[str]) -> Iterator[str]:
    """Yield `texts` with a number behind those that came before: two names may be one once they are cleaned.

    >>> list(distinct(["a", "b", "a", "a"]))
    ['a', 'b', 'a~2', 'a~3']
    """
    seen: set[str] = set()
    for text in texts:
        candidate, number = text, 1
        while candidate in seen:
            number += 1
            candidate = f"{text}~{number}"
        seen.add(candidate)
        yield candidate


def _flat(data: dict[str, Any]) -> dict[str, str | int | float | bool]:
    flat = {}
    for name, value in data.items():
        if isinstance(value, list):
            value = LIST_SEPARATOR.join(value)
        if value is not None:
            flat[name] = xml_text(value) if isinstance(value, str) else value
    return flat
