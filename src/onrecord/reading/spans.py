"""Spans out of BIO scores: the best sequence of tags in which no I stands without its B."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Kind = tuple[int, int, int]
"""First word, end word, kind."""


def decode(scores: Floats, barriers: NDArray[np.bool_]) -> list[Kind]:
    """Spans of the best valid tag sequence.

    scores: [N, 1 + 2K] additive scores (logits), columns O, B-0, I-0, B-1, I-1, ...; barriers: [N] true
    where no span may run on from the word before (a sentence or a paragraph begins). Greedy tags that are
    valid are the best; only the stretches between barriers where they are not are searched.
    """
    if not len(scores):
        return []
    tags = scores.argmax(axis=1)
    wrong = np.flatnonzero(~_follows(tags, barriers))
    if wrong.size:
        starts = np.flatnonzero(barriers)
        for stretch in np.unique(np.searchsorted(starts, wrong, side="right")):
            start = int(starts[stretch - 1]) if stretch else 0
            end = int(starts[stretch]) if stretch < len(starts) else len(tags)
            tags[start:end] = _best(scores[start:end])
    return _spans(tags)


def _follows(tags: NDArray[np.intp], barriers: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each tag may stand after the one before it."""
    inside = (tags > 0) & (tags % 2 == 0)
    previous = np.concatenate((np.zeros(1, tags.dtype), tags[:-1]))
    previous[barriers] = 0
    result: NDArray[np.bool_] = ~inside | (previous == tags) | (previous == tags - 1)
    return result


def _best(scores: Floats) -> NDArray[np.intp]:
    """Viterbi over one stretch: I-k only after B-k or I-k."""
    width = scores.shape[1]
    best = scores[0].astype(np.float64)
    best[2::2] = -np.inf
    back = np.zeros(scores.shape, np.intp)
    own = np.arange(2, width, 2)
    for row in range(1, len(scores)):
        top = int(best.argmax())
        back[row] = top
        reach = np.full(width, best[top])
        begun, running = best[own - 1], best[own]
        back[row, own] = np.where(begun >= running, own - 1, own)
        reach[own] = np.maximum(begun, running)
        best = reach + scores[row]
    tags = np.zeros(len(scores), np.intp)
    tags[-1] = best.argmax()
    for row in range(len(scores) - 1, 0, -1):
        tags[row - 1] = back[row, tags[row]]
    return tags


def _spans(tags: NDArray[np.intp]) -> list[Kind]:
    """The spans of a valid sequence."""
    inside = (tags > 0) & (tags % 2 == 0)
    begins = np.flatnonzero(tags % 2 == 1)
    # A span ends at the first word after its beginning that is not inside.
    closed = np.append(np.flatnonzero(~inside), len(tags))
    ends = closed[np.searchsorted(closed, begins, side="right")]
    return [(int(a), int(b), int(tags[a] - 1) // 2) for a, b in zip(begins, ends, strict=True)]
