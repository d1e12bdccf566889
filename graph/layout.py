"""Where the actors of a page stand: computed beforehand, the same for the same graph.

Each component is drawn by stress majorisation (Gansner, Koren, North: "Graph Drawing by Stress Majorization", 2004) from
a seeded spring layout, turned so that it is widest across, and its boxes (circle and label) are pushed apart; the
components are then packed around the largest.

Two units occur: circles and positions are in units of the drawing, labels in pixels of the screen, for the page writes
them at the same size however far away the view is. `scale`, pixels per unit, joins the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .packing import Region, pack
from .spacing import GAP, LANE, Array, Boxes, Edge, Indices, off_lines, overlaps, push_apart

if TYPE_CHECKING:
    import rustworkx

WINDOW = (900.0, 600.0)
"""Pixels of the drawing area that the labels are laid out for: a window of 1280 × 800 less its panels."""

MAX_SCALE = 1.5
"""Small graphs are not blown up beyond this."""

LABEL_GAP = 6.0
"""Pixels between a circle and its label below it."""

_EDGE = 105.0
"""Length of an edge, in units, before boxes are pushed apart: room for an arrow and a short relation."""

_STRETCH = 1.2
"""Components are drawn wider than high, as windows and labels are."""

_LABEL_SHARE = 0.30
"""Labels are laid out for as many actors as fill this share of the window; those of the others appear on zooming in."""

_PRICE_OF_LABELS = 0.7
"""Room for labels may shrink the drawing to this share of what it would be without any, no further."""

_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Footprint:
    """What an actor takes up: a circle of `radius` units, and a label of so many pixels below it."""

    radius: float
    label_width: float
    label_height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions in units (y grows downwards), one for each footprint.

    At `scale` pixels per unit the whole fits WINDOW, and the labels of the first `labelled` footprints lie on no other of them
    and on no circle.
    """

    positions: tuple[tuple[float, float], ...]
    scale: float
    labelled: int


def lay_out(footprints: Sequence[Footprint], edges: Sequence[Edge], *, seed: int = 1) -> Layout:
    """Place actors, given in order of importance.

    `edges` are pairs of indices; their order and direction do not matter, and those that join the same two actors put these
    further apart. No two circles overlap, whatever the labels.
    """
    if not footprints:
        return Layout((), 1.0, 0)
    lanes = Counter((min(edge), max(edge)) for edge in edges if edge[0] != edge[1])
    edges = sorted(lanes)
    components = _components(len(footprints), edges)
    drawn = [_draw(members, lanes, footprints, seed) for members in components]
    drawn, positions, least = _spread(components, drawn, edges, footprints, 0, 0.0)
    least *= _PRICE_OF_LABELS
    labelled = _labels_that_fit(footprints)
    while labelled:
        _, spread, scale = _spread(components, drawn, edges, footprints, labelled, least)
        if scale >= least:
            positions = spread
            break
        labelled //= 2
    boxes = _boxes(footprints, least, labelled)
    positions = _filling(positions, boxes)
    positions = np.round(positions - (positions.min(axis=0) + positions.max(axis=0)) / 2, 1) + 0.0
    scale = _fitting_scale(positions, boxes)
    clear = _clear_labels(positions, _boxes(footprints, scale, labelled), labelled)
    return Layout(tuple((float(x), float(y)) for x, y in positions), round(scale, 4), clear)


def _spread(
    components: list[list[int]], drawn: list[Array], edges: Sequence[Edge], footprints: Sequence[Footprint], labelled: int, least: float
) -> tuple[list[Array], Array, float]:
    """Push apart and pack until the labels of the first `labelled` have room at the scale at which the whole fits.

    Returns the components, the positions of all and that scale; gives up where the scale falls below `least`.
    """
    scale = MAX_SCALE
    for _ in range(_ROUNDS):
        boxes = _boxes(footprints, scale, labelled)
        drawn = [push_apart(positions, boxes.take(members)) for members, positions in zip(components, drawn, strict=True)]
        positions = _packed(components, drawn, edges, boxes)
        fitting = _fitting_scale(positions, boxes)
        if fitting >= scale * 0.98 or fitting < least or not labelled:
            break
        scale = fitting
    return drawn, positions, fitting


def _boxes(footprints: Sequence[Footprint], scale: float, labelled: int) -> Boxes:
    """The boxes at a scale: with labels for the first `labelled`, else the circles alone."""
    radius = np.array([f.radius for f in footprints])
    width, height = (np.array([getattr(f, name) for f in footprints]) / scale for name in ("label_width", "label_height"))
    with_label = np.arange(len(footprints)) < labelled
    half = np.where(with_label, np.maximum(radius, width / 2), radius)
    return Boxes(half, radius, np.where(with_label, radius + height + LABEL_GAP / scale, radius))


def _components(count: int, edges: Sequence[Edge]) -> list[list[int]]:
    """Members of each component in ascending order; the largest first, then the one with the most important actor."""
    import rustworkx

    graph = _graph(count, edges)
    return sorted((sorted(members) for members in rustworkx.connected_components(graph)), key=lambda members: (-len(members), members))


def _graph(count: int, edges: Sequence[Edge]) -> rustworkx.PyGraph[int, None]:
    import rustworkx

    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from_no_data(list(edges))
    return graph


def _labels_that_fit(footprints: Sequence[Footprint]) -> int:
    """How many of the first labels together fill less than _LABEL_SHARE of the window."""
    areas = np.cumsum([f.label_width * f.label_height for f in footprints])
    return int(np.searchsorted(areas, _LABEL_SHARE * WINDOW[0] * WINDOW[1], side="right"))


def _draw(members: list[int], lanes: Mapping[Edge, int], footprints: Sequence[Footprint], seed: int) -> Array:
    """Positions of one component around its centre, before boxes matter."""
    if len(members) == 1:
        return np.zeros((1, 2))
    index = {member: i for i, member in enumerate(members)}
    inner = {(index[a], index[b]): lanes[a, b] for a, b in sorted(lanes) if a in index}
    radii = np.array([footprints[member].radius for member in members])
    positions = _majorise(_spring(len(members), list(inner), seed), _distances(inner, radii))
    return off_lines(_turned(positions) * (_STRETCH, 1.0), inner, radii)


def _spring(count: int, edges: Sequence[Edge], seed: int) -> Array:
    """A first layout by rustworkx' springs, moved a little so that no two places are the same."""
    import rustworkx

    placed = rustworkx.spring_layout(_graph(count, edges), seed=seed, num_iter=80)
    turn = np.arange(count) * 2.399963  # the golden angle: no two directions agree
    return np.array([placed[i] for i in range(count)]) + 1e-3 * np.column_stack([np.cos(turn), np.sin(turn)])


def _distances(lanes: Mapping[Edge, int], radii: Array) -> Array:
    """How far apart each two should be: steps between them times _EDGE, more where circles, neighbours or parallel edges need room."""
    import rustworkx

    count = len(radii)
    graph = _graph(count, list(lanes))
    steps = np.asarray(rustworkx.distance_matrix(graph), dtype=np.float64)
    degrees = np.array([graph.degree(i) for i in range(count)], dtype=np.float64)
    room = radii + 5.0 * np.sqrt(degrees)
    wanted = steps * _EDGE + room[:, None] + room[None, :]
    for (a, b), number in lanes.items():
        wanted[a, b] = wanted[b, a] = wanted[a, b] + LANE * min(number - 1, 10)
    return wanted


def _majorise(positions: Array, wanted: Array) -> Array:
    """Lower the stress, the sum of (distance - wanted)² / wanted² over all pairs.

    The majorising quadratic's Laplacian V is replaced by 2 diag(V), which dominates it: every step lowers the stress, and no
    linear system is solved. Elementwise sums only, so the result does not depend on the number of threads.
    """
    count = len(positions)
    np.fill_diagonal(wanted, 1.0)
    weights = wanted**-2
    np.fill_diagonal(weights, 0.0)
    total = weights.sum(axis=1)
    positions = positions * (wanted.mean() / max(float(np.abs(positions - positions.mean(axis=0)).mean()) * 2.0, 1e-9))
    steps = 300 if count <= 150 else 120 if count <= 500 else 40
    for _ in range(steps):
        dx, dy = (np.subtract.outer(positions[:, axis], positions[:, axis]) for axis in (0, 1))
        pull = weights * (wanted / np.maximum(np.sqrt(dx * dx + dy * dy), 1e-6) - 1.0)
        move = np.column_stack([(pull * dx).sum(axis=1), (pull * dy).sum(axis=1)]) / (2.0 * total[:, None])
        positions = positions + move
        if np.abs(move).max() < 0.05:
            break
    return positions


def _turned(positions: Array) -> Array:
    """Turned about the centre so that the longer axis lies across, the most important actor on the left and in the upper half."""
    centred = positions - positions.mean(axis=0)
    xx, yy, xy = ((centred[:, a] * centred[:, b]).mean() for a, b in ((0, 0), (1, 1), (0, 1)))
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    cos, sin = np.cos(angle), np.sin(angle)
    turned = np.column_stack([centred[:, 0] * cos + centred[:, 1] * sin, centred[:, 1] * cos - centred[:, 0] * sin])
    return turned * np.where(turned[0] > 0, -1.0, 1.0)


def _packed(components: list[list[int]], drawn: list[Array], edges: Sequence[Edge], boxes: Boxes) -> Array:
    """Positions of all actors with the components side by side."""
    home = np.zeros(len(boxes.half), dtype=np.intp)
    place = np.zeros((len(boxes.half), 2))
    for number, (members, positions) in enumerate(zip(components, drawn, strict=True)):
        home[members] = number
        place[members] = positions
    lines = np.array(edges, dtype=np.intp).reshape(-1, 2)
    points, line = _along(place[lines[:, 0]], place[lines[:, 1]])
    owner = home[lines[line, 0]]
    points = points[np.argsort(owner, kind="stable")]
    ends = np.cumsum(np.bincount(owner, minlength=len(components)))
    regions = []
    for number, (members, positions) in enumerate(zip(components, drawn, strict=True)):
        own = boxes.take(members)
        left_top = positions - np.column_stack([own.half, own.above])
        right_bottom = positions + np.column_stack([own.half, own.below])
        regions.append(Region(np.hstack([left_top, right_bottom]), points[ends[number - 1] if number else 0 : ends[number]]))
    offsets: Array = np.array(pack(regions, WINDOW[0] / WINDOW[1]), dtype=np.float64)
    place += offsets[home]
    return place


def _along(start: Array, end: Array) -> tuple[Array, Indices]:
    """Points every 40 units along lines (at most 25), so that nothing is packed onto them, and the line of each point."""
    parts = np.minimum(np.hypot(*(end - start).T) // 40, 25).astype(np.intp)
    line = np.repeat(np.arange(len(start)), parts)
    step = np.arange(len(line)) - np.repeat(np.cumsum(parts) - parts, parts) + 1
    share = (step / (parts[line] + 1))[:, None]
    return start[line] * (1 - share) + end[line] * share, line


def _filling(positions: Array, boxes: Boxes) -> Array:
    """Widened or heightened to the shape of the window, a third at most; nothing comes nearer to anything by that."""
    width, height = _size(positions, boxes)
    wider = WINDOW[0] / WINDOW[1] * height / width
    stretch: Array = np.clip([wider, 1 / wider], 1.0, 4 / 3)
    return positions * stretch


def _fitting_scale(positions: Array, boxes: Boxes) -> float:
    """Pixels per unit at which all boxes fit WINDOW."""
    width, height = _size(positions, boxes)
    return min(WINDOW[0] / width, WINDOW[1] / height, MAX_SCALE)


def _size(positions: Array, boxes: Boxes) -> tuple[float, float]:
    """Width and height of all boxes together."""
    width = (positions[:, 0] + boxes.half).max() - (positions[:, 0] - boxes.half).min()
    height = (positions[:, 1] + boxes.below).max() - (positions[:, 1] - boxes.above).min()
    return float(width), float(height)


def _clear_labels(positions: Array, boxes: Boxes, labelled: int) -> int:
    """How many of the first labels lie on none of each other and on no circle."""
    first, second = np.triu_indices(len(positions), 1)
    in_x, in_y, _, _ = overlaps(positions, boxes, first, second)
    hit = (in_x > GAP) & (in_y > GAP) & (first < labelled)
    worst = np.where(second < labelled, second, first)[hit]
    return min(labelled, int(worst.min())) if len(worst) else labelled
