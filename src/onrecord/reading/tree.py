"""The dependency tree of each sentence: the best heads that form one tree, and their relations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.scores import SMALL, Floats
from onrecord.reading.windows import Range

Scores = NDArray[np.float64]
Heads = NDArray[np.int32]


def heads(arcs: Floats, sentences: Sequence[Range]) -> Heads:
    """The head of each word of a window, a word index of the window, -1 for the one root of each sentence.

    arcs: [N, N + 1] scores, column 0 = root, column j + 1 = word j is the head. Every word takes its
    best head in its sentence; only where that is no tree with one root, the maximum spanning tree is sought.
    """
    count = len(arcs)
    found = np.full(count, -1, np.int32)
    for start, end in sentences:
        found[start:end] = _greedy(arcs, start, end)
    broken = _unrooted(found)
    for start, end in sentences:
        if np.count_nonzero(found[start:end] < 0) != 1 or broken[start:end].any():
            columns = np.r_[0, start + 1 : end + 1]
            tree = spanning_tree(arcs[start:end, columns].astype(np.float64))
            found[start:end] = np.where(tree < 0, -1, tree + start)
    return found


def _greedy(arcs: Floats, start: int, end: int) -> Heads:
    block = arcs[start:end, start + 1 : end + 1].copy()
    np.fill_diagonal(block, -np.inf)
    best = block.argmax(axis=1)
    root = arcs[start:end, 0] >= block[np.arange(end - start), best]
    return np.where(root, -1, best + start).astype(np.int32)


def _unrooted(found: Heads) -> NDArray[np.bool_]:
    """Words from which no root is reached: pointers are doubled until all have arrived that can."""
    count = len(found)
    way = np.append(np.where(found < 0, count, found), count)
    for _ in range(max(count, 1).bit_length()):
        way = way[way]
    result: NDArray[np.bool_] = way[:-1] != count
    return result


def spanning_tree(scores: Scores) -> Heads:
    """The heads of the maximum spanning tree with exactly one root.

    scores: [n, n + 1], column 0 = root, column j + 1 = word j. Returns [n], -1 for the root. Words are tried as
    the root in the order of what their tree could reach at best (every other word with its best head), until the
    best tree found is no worse than the next could be: mostly at once.
    """
    count = len(scores)
    full = np.full((count + 1, count + 1), -np.inf)
    full[1:, 1:] = scores[:, 1:]
    np.fill_diagonal(full, -np.inf)
    if count == 1:
        return np.array([-1], np.int32)
    free = full[1:].max(axis=1)
    bounds = scores[:, 0] - free + free.sum()
    best, found = -np.inf, np.zeros(count, np.intp)
    for root in np.argsort(-bounds, kind="stable"):
        if best >= bounds[root]:
            break
        rooted = full.copy()
        rooted[root + 1, 0], rooted[root + 1, 1:] = scores[root, 0], -np.inf
        heads_of = _edmonds(rooted)[1:]
        total = float(rooted[np.arange(1, count + 1), heads_of].sum())
        if total > best:
            best, found = total, heads_of
    return (found - 1).astype(np.int32)


def _edmonds(scores: Scores) -> NDArray[np.intp]:
    """Heads of the maximum arborescence from node 0 (Chu-Liu, Edmonds); scores[d, h] of head h for d."""
    best: NDArray[np.intp] = scores.argmax(axis=1)
    best[0] = 0
    cycle = _cycle(best)
    if cycle is None:
        return best
    count = len(scores)
    inside = np.zeros(count, bool)
    inside[cycle] = True
    others = np.flatnonzero(~inside)
    kept = best[cycle]
    # Into the cycle: what is gained by breaking it at a word, less the arc that is given up there.
    entering = scores[np.ix_(cycle, others)] - scores[cycle, kept][:, None]
    leaving = scores[np.ix_(others, cycle)]
    smaller = np.full((len(others) + 1, len(others) + 1), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(others, others)]
    smaller[-1, :-1] = entering.max(axis=0)
    smaller[:-1, -1] = leaving.max(axis=1)
    tree = _edmonds(smaller)
    result = best.copy()
    outside = tree[:-1]
    result[others] = np.where(
        outside == len(others), cycle[leaving.argmax(axis=1)], others[np.minimum(outside, len(others) - 1)]
    )
    entry = tree[-1]
    result[cycle[entering[:, entry].argmax()]] = others[entry]
    result[0] = 0
    return result


def _cycle(best: NDArray[np.intp]) -> NDArray[np.intp] | None:
    """The words of one cycle, None where all lead to node 0."""
    state = np.zeros(len(best), np.int8)
    state[0] = 2
    for start in range(1, len(best)):
        node, path = start, []
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(best[node])
        if state[node] == 1:
            return np.array(path[path.index(node) :], np.intp)
        state[path] = 2
    return None


def relations(
    dependents: Floats, governors: Floats, matrix: Floats, found: Heads, root: int
) -> NDArray[np.uint8]:
    """The relation of each word to its head: [N] index of the best label.

    Roots, and no other words, are `root`. dependents: [N, d]; governors: [N + 1, d], row 0 = root;
    matrix: [R, d, d].
    """
    scores = np.empty((len(dependents), len(matrix)), np.float32)
    rows = max(2, SMALL // matrix[0].size)
    for start in range(0, len(dependents), rows):
        some = slice(start, start + rows)
        halves = dependents[None, some] @ matrix
        scores[some] = np.einsum("rne,ne->nr", halves, governors[found[some] + 1])
    scores[:, root] = -np.inf
    best: NDArray[np.uint8] = scores.argmax(axis=1).astype(np.uint8)
    best[found < 0] = root
    return best
