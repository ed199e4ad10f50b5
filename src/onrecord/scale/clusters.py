"""Clusters from scored pairs: components, and average linkage inside each, whatever order the pairs come in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]
Scores = NDArray[np.float64]

LARGEST = 500
"""Members of a component that are linked at once; a larger one is first cut at its weaker pairs."""


def components(count: int, first: Indices, second: Indices) -> Indices:
    """For each of ``count`` items the least item that is joined with it by pairs."""
    least = np.arange(count)
    while True:
        low = np.minimum(least[first], least[second])
        before = least.copy()
        np.minimum.at(least, first, low)
        np.minimum.at(least, second, low)
        least = least[least]
        if np.array_equal(before, least):
            return least


def average_link(count: int, first: Indices, second: Indices, scores: Scores, threshold: float) -> Indices:
    """Clusters of ``count`` items, each named by its least member.

    Two clusters are joined, the most alike first, while the mean score between their members is at least
    ``threshold``; a pair that is not given has the score 0. One bad pair thus joins no two crowds.
    """
    found = np.arange(count)
    strong = scores >= threshold  # average linkage never joins across parts that no such pair joins
    part = components(count, first[strong], second[strong])
    inside = part[first] == part[second]
    first, second, scores = first[inside], second[inside], scores[inside]
    order = np.lexsort((second, first, part[first]))
    first, second, scores = first[order], second[order], scores[order]
    names = part[first]
    edges = [0, *(np.flatnonzero(names[1:] != names[:-1]) + 1).tolist(), len(names)]
    for start, end in pairwise(edges if len(names) else ()):
        _component(first[start:end], second[start:end], scores[start:end], threshold, found)
    return found


def _component(first: Indices, second: Indices, scores: Scores, threshold: float, found: Indices) -> None:
    """Link one component; ``found`` gets the names of its clusters."""
    members = np.unique(np.concatenate((first, second)))
    if len(members) == 2:
        found[members] = members[0]
        return
    if len(members) > LARGEST:
        strong = scores > np.median(scores)
        if strong.any():
            one, other = np.searchsorted(members, first), np.searchsorted(members, second)
            inner = average_link(len(members), one[strong], other[strong], scores[strong], threshold)
            found[members] = members[inner]
            return
    one, other = np.searchsorted(members, first), np.searchsorted(members, second)
    table = np.zeros((len(members), len(members)))
    table[one, other] = table[other, one] = scores
    found[members] = members[_linked(table, threshold)]


def _linked(table: Scores, threshold: float) -> Indices:
    """Average linkage on a symmetric table of scores; the row of a cluster is that of its least member."""
    count = len(table)
    names = np.arange(count)
    sizes = np.ones(count)
    np.fill_diagonal(table, -1.0)
    best, with_whom = table.max(axis=1), table.argmax(axis=1)
    while True:
        one = int(best.argmax())
        if best[one] < threshold:
            return names
        keep, gone = sorted((one, int(with_whom[one])))
        mean = (table[keep] * sizes[keep] + table[gone] * sizes[gone]) / (sizes[keep] + sizes[gone])
        sizes[keep] += sizes[gone]
        names[names == gone] = keep
        table[keep] = table[:, keep] = mean
        table[keep, keep] = -1.0
        table[gone] = table[:, gone] = -1.0
        best[gone] = -1.0
        # Rows whose best was one of the two, or whose new score is better, are looked at again.
        stale = np.flatnonzero((with_whom == keep) | (with_whom == gone) | (mean > best))
        stale = stale[best[stale] > -1.0]
        best[stale], with_whom[stale] = table[stale].max(axis=1), table[stale].argmax(axis=1)
        best[keep], with_whom[keep] = table[keep].max(), table[keep].argmax()
