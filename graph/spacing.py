"""Moving what is drawn apart: boxes off each other, actors off the lines between others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
Edge = tuple[int, int]

LANE = 14.0
"""Units between two edges that join the same two actors."""

GAP = 8.0
"""Units kept free between two circles."""

_MOST_CROSSINGS = 40_000
"""Actors times lines, up to which actors are moved off lines."""

_PASSES = 20


@dataclass(frozen=True, slots=True)
class Boxes:
    """Half the width of each box, and how far it reaches above and below its position."""

    half: Array
    above: Array
    below: Array

    def take(self, members: Sequence[int]) -> Boxes:
        chosen = list(members)
        return Boxes(self.half[chosen], self.above[chosen], self.below[chosen])


def push_apart(positions: Array, boxes: Boxes) -> Array:
    """Move boxes off each other, each pair along the axis where less is needed; circles never overlap in the result.

    What still touches after _PASSES passes (crowded labels) is left to the caller, save circles: there the whole is widened.
    """
    for _ in range(_PASSES if len(positions) > 1 else 0):
        near = _near_pairs(positions, boxes)
        moved = False
        for _ in range(8):
            moves = _moves(positions, boxes, near)
            if moves is None:
                break
            positions, moved = positions + moves, True
        if not moved:
            break
    while _circles_touch(positions, boxes.above):
        positions = positions * 1.05
    return positions


def overlaps(positions: Array, boxes: Boxes, first: Indices, second: Indices) -> tuple[Array, Array, Array, Array]:
    """By how much the boxes of each pair overlap in x and in y (negative: apart), and the offsets of their centres."""
    middle = positions[:, 1] + (boxes.below - boxes.above) / 2
    height = (boxes.below + boxes.above) / 2
    dx, dy = positions[second, 0] - positions[first, 0], middle[second] - middle[first]
    return boxes.half[first] + boxes.half[second] + GAP - np.abs(dx), height[first] + height[second] + GAP - np.abs(dy), dx, dy


def _near_pairs(positions: Array, boxes: Boxes) -> tuple[Indices, Indices]:
    """Pairs of boxes that overlap or may do so after a few moves, found along x."""
    slack = 4 * GAP
    order = np.argsort(positions[:, 0], kind="stable")
    x = positions[order, 0]
    reach = np.searchsorted(x, x + boxes.half[order] + boxes.half.max() + slack, side="right")
    counts = np.maximum(reach - np.arange(len(x)) - 1, 0)
    left = np.repeat(np.arange(len(x)), counts)
    right = left + 1 + np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
    first, second = order[left], order[right]
    in_x, in_y, _, _ = overlaps(positions, boxes, first, second)
    near = (in_x > -slack) & (in_y > -slack)
    return first[near], second[near]


def _moves(positions: Array, boxes: Boxes, near: tuple[Indices, Indices]) -> Array | None:
    """One pass of pushing, the larger box moving less; None where nothing overlaps."""
    first, second = near
    in_x, in_y, dx, dy = overlaps(positions, boxes, first, second)
    hit = (in_x > 1e-6) & (in_y > 1e-6)
    if not hit.any():
        return None
    first, second = first[hit], second[hit]
    in_x, in_y, dx, dy = (values[hit] for values in (in_x, in_y, dx, dy))
    across = in_x <= in_y
    push = np.column_stack([np.where(across, np.where(dx < 0, -in_x, in_x), 0.0), np.where(across, 0.0, np.where(dy < 0, -in_y, in_y))])
    area = boxes.half * (boxes.above + boxes.below)
    share = (area[second] / (area[first] + area[second]))[:, None]
    moves = np.zeros_like(positions)
    np.add.at(moves, first, -push * share * 0.6)
    np.add.at(moves, second, push * (1 - share) * 0.6)
    limit = np.minimum(boxes.half, boxes.above + boxes.below)
    return moves * np.minimum(1.0, limit / np.maximum(np.hypot(moves[:, 0], moves[:, 1]), 1e-9))[:, None]


def _circles_touch(positions: Array, radii: Array) -> bool:
    order = np.argsort(positions[:, 0], kind="stable")
    placed, radii = positions[order], radii[order]
    reach = float(radii.max()) * 2 + GAP
    for shift in range(1, len(placed)):
        delta = placed[shift:] - placed[:-shift]
        if delta[:, 0].min() > reach:
            return False
        if (np.hypot(delta[:, 0], delta[:, 1]) < radii[shift:] + radii[:-shift] + GAP / 2).any():
            return True
    return False


def off_lines(positions: Array, lanes: Mapping[Edge, int], radii: Array) -> Array:
    """Move actors off the lines between others, under which they would seem to belong to them; in large graphs there is no such room."""
    if len(radii) * len(lanes) > _MOST_CROSSINGS:
        return positions
    start, end = np.array(list(lanes)).T
    width = np.array([LANE * min(number, 8) / 2 for number in lanes.values()])
    foreign = (np.arange(len(radii))[:, None] != start) & (np.arange(len(radii))[:, None] != end)
    needed = radii[:, None] + width + GAP
    for _ in range(60):
        along = positions[end] - positions[start]
        offset = positions[:, None] - positions[start]
        share = (offset * along).sum(axis=2) / np.maximum((along**2).sum(axis=1), 1e-9)
        away = offset - along * share[:, :, None]
        distance = np.sqrt((away**2).sum(axis=2))
        lacking = np.where(foreign & (share > 0.05) & (share < 0.95), needed - distance, 0.0).clip(min=0.0)
        if not lacking.any():
            break
        push = (away / np.maximum(distance, 1e-6)[:, :, None] * lacking[:, :, None]).sum(axis=1) * 0.2
        positions = positions + push * np.minimum(1.0, 8.0 / np.maximum(np.hypot(push[:, 0], push[:, 1]), 1e-9))[:, None]
    return positions
