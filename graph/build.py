"""The graph for networkx."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..extract.records import Statement
from .actors import collect_actors
from .edges import build_edges
from .merge import unify

if TYPE_CHECKING:
    import networkx as nx


def build_graph(statements: Iterable[Statement], *, groups: bool = False) -> nx.MultiDiGraph[str]:
    """Return the graph of `statements`: actors as nodes, one edge per subject, relation type and object.

    Nodes are ids with the attributes of `Actor` (id, name, kind, aliases, country), edges are keyed by their relation type
    and have those of `Edge`; aliases and relations are lists, what is unknown is None. Nodes stand in the order of their
    ids, edges in that of their keys, whatever the order of the statements. Groups without a country are left out unless
    `groups`; so are actors to whom statements are only attributed.

        graph = build_graph(read_statements("korea/"))
        graph.edges["PRK", "RUS", "AID"]["relation"]      # 'send troops to'
    """
    import networkx as nx

    unified = unify(statements, groups=groups)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for actor in collect_actors(unified):
        graph.add_node(actor.id, id=actor.id, name=actor.name, kind=str(actor.kind), aliases=list(actor.aliases), country=actor.country)
    for edge in build_edges(unified):
        graph.add_edge(edge.subject_id, edge.object_id, key=str(edge.relation_type), **edge.attributes())
    return graph
