"""Where actors stand on a page: apart, packed, in view, and the same each time."""

from __future__ import annotations

import math
import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.graph.labels import MAX_LINE, measure, printable, text_width, wrap
from actorgraph.graph.layout import LABEL_GAP, MAX_SCALE, WINDOW, Footprint, Layout, lay_out
from actorgraph.graph.packing import Region, pack
from actorgraph.graph.spacing import Edge

Box = tuple[float, float, float, float]


@st.composite
def graphs(draw: st.DrawFn, most: int = 24) -> tuple[list[Footprint], list[Edge]]:
    """Actors of all sizes in any number of components, some pairs joined several times."""
    count = draw(st.integers(1, most))
    sizes = st.builds(Footprint, st.sampled_from([7.0, 12.5, 30.0]), st.sampled_from([0.0, 20.0, 80.0, 160.0]), st.sampled_from([14.0, 36.0]))
    ends = st.integers(0, count - 1)
    return draw(st.lists(sizes, min_size=count, max_size=count)), draw(st.lists(st.tuples(ends, ends), max_size=3 * count))


def hub_and_spokes(leaves: int) -> tuple[list[Footprint], list[Edge]]:
    return [Footprint(30, 90, 18)] + [Footprint(8, 90, 16)] * leaves, [(0, leaf) for leaf in range(1, leaves + 1)]


def random_graph(actors: int, edges: int, seed: int = 7) -> tuple[list[Footprint], list[Edge]]:
    rng = random.Random(seed)
    weights = [1 / (i + 1) for i in range(actors)]
    chosen = [tuple(rng.choices(range(actors), weights, k=2)) for _ in range(edges)]
    return [Footprint(8 + 20 * weight, 90, 16) for weight in weights], [(a, b) for a, b in chosen]


def label_box(layout: Layout, footprints: list[Footprint], actor: int) -> Box:
    """In units, as the page would draw it at the layout's scale."""
    (x, y), f, unit = layout.positions[actor], footprints[actor], 1 / layout.scale
    top = y + f.radius + LABEL_GAP * unit
    return x - f.label_width * unit / 2, top, x + f.label_width * unit / 2, top + f.label_height * unit


def circle_box(layout: Layout, footprints: list[Footprint], actor: int) -> Box:
    (x, y), radius = layout.positions[actor], footprints[actor].radius
    return x - radius, y - radius, x + radius, y + radius


def overlap(a: Box, b: Box, slack: float = 0.2) -> bool:
    return a[0] < b[2] - slack and b[0] < a[2] - slack and a[1] < b[3] - slack and b[1] < a[3] - slack


def check(footprints: list[Footprint], edges: list[Edge]) -> Layout:
    """Everything that holds of every layout."""
    layout = lay_out(footprints, edges)
    assert len(layout.positions) == len(footprints)
    assert all(math.isfinite(value) for position in layout.positions for value in position)
    assert 0 < layout.scale <= MAX_SCALE
    for a, b in combinations(range(len(footprints)), 2):
        distance = math.dist(layout.positions[a], layout.positions[b])
        assert distance > footprints[a].radius + footprints[b].radius, f"{a} touches {b}"
    for a in range(layout.labelled):
        for b in range(len(footprints)):
            if a != b:
                label = label_box(layout, footprints, a)
                assert not overlap(label, circle_box(layout, footprints, b)), f"the label of {a} lies on {b}"
                assert b >= layout.labelled or not overlap(label, label_box(layout, footprints, b)), f"the labels of {a} and {b} overlap"
    for x, y in layout.positions:
        assert abs(x) * layout.scale <= WINDOW[0] and abs(y) * layout.scale <= WINDOW[1]
    return layout


@settings(max_examples=40)
@given(graphs())
def test_no_circle_touches_another_and_important_labels_lie_free(graph: tuple[list[Footprint], list[Edge]]) -> None:
    check(*graph)


@settings(max_examples=40)
@given(graphs())
def test_a_layout_does_not_depend_on_the_order_or_the_direction_of_edges(graph: tuple[list[Footprint], list[Edge]]) -> None:
    footprints, edges = graph
    assert lay_out(footprints, edges) == lay_out(footprints, [(b, a) for a, b in reversed(edges)])


@pytest.mark.parametrize("graph", [hub_and_spokes(60), random_graph(150, 600), random_graph(40, 400), random_graph(300, 150)], ids=["hub", "large", "dense", "sparse"])
def test_larger_graphs(graph: tuple[list[Footprint], list[Edge]]) -> None:
    check(*graph)


def test_every_label_of_a_small_graph_has_room() -> None:
    footprints, edges = random_graph(14, 20)
    assert check(footprints, edges).labelled == 14


def test_components_keep_apart() -> None:
    triangles = [(3 * i + a, 3 * i + b) for i in range(8) for a, b in ((0, 1), (1, 2), (0, 2))]
    footprints = [Footprint(10, 60, 16)] * 24
    layout = check(footprints, triangles)
    boxes = []
    for i in range(8):
        corners = [circle_box(layout, footprints, actor) for actor in range(3 * i, 3 * i + 3)]
        boxes.append((min(c[0] for c in corners), min(c[1] for c in corners), max(c[2] for c in corners), max(c[3] for c in corners)))
    assert not any(overlap(a, b) for a, b in combinations(boxes, 2))


def test_components_are_packed_without_large_empties() -> None:
    pairs = [(2 * i, 2 * i + 1) for i in range(40)]
    footprints, spokes = hub_and_spokes(30)
    edges = spokes + [(a + 31, b + 31) for a, b in pairs]
    layout = check(footprints + [Footprint(8, 60, 14)] * 80, edges)
    points = np.array(layout.positions)
    width, height = points.max(axis=0) - points.min(axis=0)
    assert 0.9 <= width / height <= 2.4, "as wide as a window"
    columns, rows = (np.floor((points - points.min(axis=0)) / (width / 5.001, height / 5.001))).astype(int).T
    assert len({*zip(columns, rows, strict=True)}) >= 21, "of 25 fields hardly any is empty"


def test_edges_that_share_their_actors_put_them_further_apart() -> None:
    footprints = [Footprint(10, 40, 14)] * 2
    one, five = (lay_out(footprints, [(0, 1)] * times) for times in (1, 5))
    assert math.dist(*five.positions) > math.dist(*one.positions)


def test_nobody_is_laid_out_as_nobody() -> None:
    assert lay_out([], []) == Layout((), 1.0, 0)


@settings(max_examples=60)
@given(st.lists(st.lists(st.tuples(st.floats(-300, 300), st.floats(-300, 300), st.floats(1, 200), st.floats(1, 200)), min_size=1, max_size=4), min_size=1, max_size=9))
def test_packed_regions_do_not_overlap(regions: list[list[tuple[float, float, float, float]]]) -> None:
    arrays = [np.array([(x, y, x + width, y + height) for x, y, width, height in region]) for region in regions]
    offsets = pack([Region(array, np.empty((0, 2))) for array in arrays], aspect=1.5)
    placed = [array + np.array([*offset, *offset]) for array, offset in zip(arrays, offsets, strict=True)]
    for one, other in combinations(placed, 2):
        assert not any(overlap(tuple(a), tuple(b), slack=0) for a in one for b in other)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Hungary", ("Hungary",)),
        ("United Nations Security Council", ("United Nations", "Security Council")),
        ("Organisation for Security and Co-operation in Europe", ("Organisation for Security", "and Co-operation in…")),
        ("Jean-Pierre de la Tour-d'Auvergne", ("Jean-Pierre de la", "Tour-d'Auvergne")),
        ("x" * 60, ("x" * 21 + "…",)),
        ("", ("",)),
        ("two\nlines\tand \u202eturned\u2069\0", ("two lines and turned",)),
    ],
)
def test_names_are_broken_into_lines(name: str, lines: tuple[str, ...]) -> None:
    assert wrap(name) == lines


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_name_makes_a_small_label(name: str) -> None:
    label = measure(name, 13)
    assert 1 <= len(label.lines) <= 2
    assert label.width <= text_width("n" * (MAX_LINE + 1), 13)
    assert not any(line != printable(line) for line in label.lines)
