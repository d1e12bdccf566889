"""The best tree over arc scores: Chu-Liu-Edmonds with exactly one root (Chu and Liu 1965, Edmonds 1967)."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Heads: TypeAlias = npt.NDArray[np.int64]

_NEVER = -1e9
_SECOND_ROOT = 1e5  # more than all scores of a sentence differ by


def best_tree(scores: npt.NDArray[np.float32]) -> Heads:
    """Heads of n words from scores [n, n + 1] whose column 0 is the root: 1-based, 0 for the one root.

    Where the best head of each word already makes a tree with one root, that is the best tree; else the best arborescence
    is, if it has one root. If it has more, arcs from the root are made so dear that the best has one of them, the best; that
    takes many steps, for nearly all that hangs below a root must become one cycle first.
    """
    nodes = np.full((len(scores) + 1, len(scores) + 1), _NEVER)
    nodes[1:] = scores
    np.fill_diagonal(nodes, _NEVER)
    heads: Heads = nodes[1:].argmax(1)
    if is_tree(heads):
        return heads
    heads = _arborescence(nodes)[1:]
    if np.count_nonzero(heads == 0) == 1:
        return heads
    nodes[1:, 0] -= _SECOND_ROOT
    return _arborescence(nodes)[1:]


def is_tree(heads: Heads) -> bool:
    """Whether 1-based heads make a tree with exactly one root."""
    if np.count_nonzero(heads == 0) != 1:
        return False
    parents = np.concatenate([[0], heads])
    for _ in range(max(1, len(heads).bit_length())):  # pointer doubling: 2^k steps up after k rounds
        parents = parents[parents]
    return not parents.any()


def _arborescence(scores: npt.NDArray[np.float64]) -> Heads:
    """Best head of each node over scores [node, head]; node 0 is the root and its own head."""
    heads: Heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    # The cycle becomes one node, m: an arc into it pays for the arc of the cycle that it breaks.
    rest = np.array([i for i in range(len(scores)) if i not in set(cycle)])
    ring = np.array(cycle)
    m = len(rest)
    smaller = np.full((m + 1, m + 1), _NEVER)
    smaller[:m, :m] = scores[np.ix_(rest, rest)]
    out_of = scores[np.ix_(rest, ring)]
    smaller[:m, m] = out_of.max(1)
    into = scores[np.ix_(ring, rest)] - scores[ring, heads[ring]][:, None]
    smaller[m, :m] = into.max(0)
    chosen = _arborescence(smaller)
    result = heads.copy()
    for k in range(1, m):
        result[rest[k]] = ring[out_of[k].argmax()] if chosen[k] == m else rest[chosen[k]]
    entry = chosen[m]
    result[ring[into[:, entry].argmax()]] = rest[entry]
    return result


def _cycle(heads: Heads) -> list[int] | None:
    """The nodes of one cycle, or None."""
    state = [0] * len(heads)  # 0 not seen, 1 on the way, 2 leads to the root
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for node in path:
            state[node] = 2
    return None
