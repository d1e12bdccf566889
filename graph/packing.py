"""Packing of regions side by side: the parts of a drawing that no edge connects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Cells = npt.NDArray[np.bool_]

_SMALL = 12
"""Regions of fewer rectangles take up their bounds: a triangle in the bay of another looks like one part."""

_MARGIN = 26.0
"""Units kept free around each region."""


@dataclass(frozen=True, slots=True)
class Region:
    """What one part covers, around its own origin, in units.

    `rectangles` has the shape (n, 4): left, top, right and bottom; `points` (m, 2): x and y inside their bounds.
    """

    rectangles: Array
    points: Array

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the whole."""
        low, high = self.rectangles.min(axis=0), self.rectangles.max(axis=0)
        return float(low[0]), float(low[1]), float(high[2]), float(high[3])


def pack(regions: Sequence[Region], aspect: float) -> list[tuple[float, float]]:
    """Offsets that put the regions side by side without overlap, in about the shape of a window `aspect` times as wide as high.

    The first region stays in the middle; each of the others takes the free place nearest to it, also in the bays of larger
    ones, as on a board of square cells (Freivalds, Dogrusoz, Kikusts: "Disconnected Graph Layout and the Polyomino Packing
    Approach", 2001).
    """
    sides = [(right - left + _MARGIN, bottom - top + _MARGIN) for left, top, right, bottom in (region.bounds for region in regions)]
    cell = _cell_size(sides)
    stamps = [_Stamp.of(region, cell) for region in regions]
    across, down = _board_size(stamps, aspect)
    board = np.zeros((down, across), dtype=np.bool_)
    cost = _distance_from_middle(board.shape, aspect)
    offsets = []
    for stamp in stamps:
        row, column = _best_place(board, stamp, cost)
        rows, columns = stamp.cells.shape
        board[row : row + rows, column : column + columns] |= stamp.cells
        offsets.append((column * cell - stamp.left, row * cell - stamp.top))
    return offsets


@dataclass(frozen=True, slots=True)
class _Stamp:
    """The cells of a region with its margin, and the coordinates of their corner in the region."""

    cells: Cells
    left: float
    top: float

    @classmethod
    def of(cls, region: Region, cell: float) -> _Stamp:
        left, top, right, bottom = region.bounds
        left, top, right, bottom = left - _MARGIN / 2, top - _MARGIN / 2, right + _MARGIN / 2, bottom + _MARGIN / 2
        shape = (max(int(np.ceil((bottom - top) / cell)), 1), max(int(np.ceil((right - left) / cell)), 1))
        if len(region.rectangles) < _SMALL:
            return cls(np.ones(shape, dtype=np.bool_), left, top)
        cells = np.zeros(shape, dtype=np.bool_)
        grown = region.rectangles + np.array([-1.0, -1.0, 1.0, 1.0]) * (_MARGIN / 2) - np.array([left, top, left, top])
        first = np.floor(grown[:, :2] / cell).astype(int)
        last = np.ceil(grown[:, 2:] / cell).astype(int)
        for (column, row), (end_column, end_row) in zip(first, last, strict=True):
            cells[row:end_row, column:end_column] = True
        columns, rows = ((region.points - np.array([left, top])) / cell).astype(int).T
        cells[rows, columns] = True
        return cls(cells, left, top)


def _cell_size(sides: Sequence[tuple[float, float]]) -> float:
    """A cell so small that regions are not rounded up much, and so large that the board stays small."""
    area = sum(width * height for width, height in sides)
    return float(np.sqrt(area / max(3000, 12 * len(sides))))


def _board_size(stamps: Sequence[_Stamp], aspect: float) -> tuple[int, int]:
    """Columns and rows of a board on which everything finds a place around the first region."""
    area = sum(stamp.cells.size for stamp in stamps)
    widest = max(stamp.cells.shape[1] for stamp in stamps)
    highest = max(stamp.cells.shape[0] for stamp in stamps)
    first = stamps[0].cells.shape
    across = first[1] + 2 * (widest + int(np.sqrt(area * aspect)))
    down = first[0] + 2 * (highest + int(np.sqrt(area / aspect)))
    return across, down


def _distance_from_middle(shape: tuple[int, ...], aspect: float) -> Array:
    """For each cell corner, how far it is from the middle of the board, in widths of the window's shape."""
    rows, columns = (np.arange(size, dtype=np.float64) - size / 2 for size in shape)
    return np.hypot(rows[:, None] * aspect, columns[None, :]) + 0.25 * np.maximum(np.abs(rows[:, None] * aspect), np.abs(columns[None, :]))


def _best_place(board: Cells, stamp: _Stamp, cost: Array) -> tuple[int, int]:
    """Row and column of the free place whose centre is nearest to the middle; the first of equals."""
    rows, columns = stamp.cells.shape
    top, bottom, left, right = _around_taken(board, rows, columns)
    part = board[top:bottom, left:right]
    taken = np.zeros((part.shape[0] + 1, part.shape[1] + 1), dtype=np.int32)
    np.cumsum(np.cumsum(part, axis=0, dtype=np.int32), axis=1, out=taken[1:, 1:])
    within = taken[rows:, columns:] - taken[:-rows, columns:] - taken[rows:, :-columns] + taken[:-rows, :-columns]
    centred = cost[top + rows // 2 :, left + columns // 2 :][: within.shape[0], : within.shape[1]]
    free = np.where(within == 0, centred, np.inf)
    place = int(free.argmin())
    return top + place // free.shape[1], left + place % free.shape[1]


def _around_taken(board: Cells, rows: int, columns: int) -> tuple[int, int, int, int]:
    """The part of the board where a stamp may go: what is taken and room for it all around; at first the middle."""
    spans = []
    for axis, size in ((1, rows), (0, columns)):
        used = np.flatnonzero(board.any(axis=axis))
        length = board.shape[1 - axis]
        first, last = (int(used[0]), int(used[-1]) + 1) if len(used) else (length // 2, length // 2)
        spans += [max(first - size, 0), min(last + size, length)]
    return spans[0], spans[1], spans[2], spans[3]
