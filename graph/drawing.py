"""What a page draws: the strongest part of a graph, as nodes, edges and options for vis-network, made with pyvis.

Colours are not here: they belong to the page's style sheet, which has a light and a dark set. Nodes name their kind, and the
page gives edges the colour of their family and the line of how they are stated, since both change with what is shown.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..extract.records import ActorKind, Statement
from .actors import Actor
from .edges import Edge, EdgeKey, sum_up
from .labels import measure, printable
from .layout import Footprint, Layout, lay_out

SHAPES: dict[ActorKind, tuple[str, float]] = {
    ActorKind.COUNTRY: ("dot", 1.0),
    ActorKind.ORGANISATION: ("square", 0.88),
    ActorKind.PERSON: ("diamond", 1.2),
    ActorKind.GROUP: ("hexagon", 1.05),
}
"""vis-network's shape for each kind, and the factor on its size at which all look equally large."""

_RADII = (7.0, 23.0)
_FONTS = (12, 13, 15)
_OUTREACH = 1.25
"""How far the corners of a square or a diamond reach beyond the circle that stands for them in the layout."""

_LANE, _BUNDLE = 15.0, 110.0
"""Pixels between the middles of two edges that join the same two actors, and of all such edges together at most."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of a graph that is shown, the strongest first; `left_out_*` count the rest."""

    actors: tuple[Actor, ...]
    edges: tuple[Edge, ...]
    left_out_actors: int
    left_out_edges: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes, edges and options as vis-network reads them; ids are places in the selection. `scale`: pixels per unit when all is seen."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    options: dict[str, Any]
    scale: float


def select_strongest(actors: Sequence[Actor], groups: dict[EdgeKey, list[Statement]], *, max_actors: int, max_relations: int) -> Selection:
    """Choose the actors with most statements, then the edges with most statements between them; who is left without goes too."""
    edges = [sum_up(key, statements) for key, statements in groups.items()]
    strength: Counter[str] = Counter()
    for edge in edges:
        strength.update({edge.subject_id: edge.statements, edge.object_id: edge.statements})
    ranked = sorted(actors, key=lambda actor: (-strength[actor.id], actor.name, actor.id))
    kept = {actor.id for actor in ranked[:max_actors]}
    among = [edge for edge in edges if edge.subject_id in kept and edge.object_id in kept]
    shown = sorted(among, key=lambda edge: (-edge.statements, -edge.asserted, edge.key))[:max_relations]
    ends = {end for edge in shown for end in (edge.subject_id, edge.object_id)}
    chosen = tuple(actor for actor in ranked if actor.id in ends)
    return Selection(chosen, tuple(shown), len(ranked) - len(chosen), len(edges) - len(shown))


def draw(selection: Selection) -> Drawing:
    """Lay the selection out and describe it to vis-network through pyvis."""
    from pyvis.network import Network  # type: ignore[import-untyped]  # pyvis has no annotations

    place = {actor.id: i for i, actor in enumerate(selection.actors)}
    ends = [(place[edge.subject_id], place[edge.object_id]) for edge in selection.edges]
    strength: Counter[int] = Counter()
    for (a, b), edge in zip(ends, selection.edges, strict=True):
        strength.update({a: edge.statements, b: edge.statements})
    shares = [math.sqrt(strength[i] / max(strength.values())) for i in range(len(place))]
    radii = [_RADII[0] + (_RADII[1] - _RADII[0]) * share for share in shares]
    fonts = [_FONTS[min(int(share * len(_FONTS)), len(_FONTS) - 1)] for share in shares]
    labels = [measure(printable(actor.name) or "?", font) for actor, font in zip(selection.actors, fonts, strict=True)]
    footprints = [Footprint(r * _OUTREACH, label.width, label.height) for r, label in zip(radii, labels, strict=True)]
    layout = lay_out(footprints, ends)

    network = Network(directed=True)
    for i, actor in enumerate(selection.actors):
        shape, factor = SHAPES[actor.kind]
        x, y = layout.positions[i]
        network.add_node(
            i, label="\n".join(labels[i].lines), shape=shape, group=str(actor.kind), x=x, y=y, size=round(radii[i] * factor, 1),
            font={"size": fonts[i]},
        )  # fmt: skip
    thinness = _thinness(len(ends)) / min(layout.scale, 1.0)
    for i, (edge, smooth) in enumerate(zip(selection.edges, _curves(ends, layout), strict=True)):
        network.add_edge(
            *ends[i], id=i, width=round(_width(edge.statements) * thinness, 2), smooth=smooth,
            arrows={"to": {"enabled": not edge.symmetric, "scaleFactor": round(0.45 * thinness, 3)}},
        )  # fmt: skip
    network.set_options(json.dumps(_options(len(selection.edges))))
    nodes, edges, _, _, _, options = network.get_network_data()
    return Drawing(nodes, edges, json.loads(options), layout.scale)


def _width(statements: int) -> float:
    """Pixels of a line; its area grows with the number of statements, to a limit."""
    return min(1.4 + 0.9 * (math.sqrt(statements) - 1), 6.5)


def _thinness(edges: int) -> float:
    """By what lines get thinner where there are many: 1 up to 100 of them, half from 1,500 on."""
    return 1.0 - 0.5 * min(max(math.log(max(edges, 1) / 100) / math.log(15), 0.0), 1.0)


def _curves(ends: Sequence[tuple[int, int]], layout: Layout) -> list[dict[str, Any] | bool]:
    """A curve for each edge that shares its two actors with others, such that they run side by side; False: straight."""
    lanes: dict[tuple[int, int], list[int]] = {}
    for i, (a, b) in enumerate(ends):
        lanes.setdefault((min(a, b), max(a, b)), []).append(i)
    curves: list[dict[str, Any] | bool] = [False] * len(ends)
    for (low, high), members in lanes.items():
        length = math.dist(layout.positions[low], layout.positions[high])
        width = min(_LANE, _BUNDLE / len(members)) / min(layout.scale, 1.0)
        for lane, i in enumerate(sorted(members, key=lambda i: ends[i])):
            aside = (lane - (len(members) - 1) / 2) * width
            roundness = _roundness(abs(aside) / length)
            if roundness:
                clockwise = (aside > 0) == (ends[i] == (low, high))
                curves[i] = {"enabled": True, "type": "curvedCW" if clockwise else "curvedCCW", "roundness": roundness}
    return curves


def _roundness(aside: float) -> float:
    """The roundness at which vis-network leads the middle of a curve a given share of its length to the side.

    The middle control point of its "curvedCW" lies (1 + r) / 2 lengths from the start, turned by r quarter turns.
    """
    low, high = 0.0, 0.75
    for _ in range(14):
        middle = (low + high) / 2
        if (1 + middle) / 4 * math.sin(middle * math.pi / 2) < aside:
            low = middle
        else:
            high = middle
    return round(high, 3) if aside else 0.0


def _options(edges: int) -> dict[str, Any]:
    """vis-network's options: nothing moves by itself, nothing is drawn that the page draws better (labels, choice)."""
    return {
        "autoResize": True,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": False, "selectConnectedEdges": False, "multiselect": False,
            "hideEdgesOnDrag": edges > 1500, "hideEdgesOnZoom": edges > 1500,
        },
        "nodes": {"borderWidth": 2, "borderWidthSelected": 2, "chosen": False, "font": {"size": 13}},
        "edges": {"chosen": False, "hoverWidth": 0, "selectionWidth": 0, "arrowStrikethrough": False},
    }  # fmt: skip
