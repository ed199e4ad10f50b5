"""Spans out of BIO scores: the best sequence of tags in which no I stands without its B."""

from __future__ import annotations

import math

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
        for stretch in set(np.searchsorted(starts, wrong, side="right").tolist()):
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


def _best(scores: Floats) -> list[int]:
    """Viterbi over one stretch: I-k only after B-k or I-k. Plain lists: there are few tags and many steps."""
    kinds = range(2, scores.shape[1], 2)
    rows = scores.tolist()
    best = [-math.inf if tag in kinds else score for tag, score in enumerate(rows[0])]
    back: list[list[int]] = []
    for row in rows[1:]:
        highest = max(best)
        came, reach = [best.index(highest)] * len(best), [highest] * len(best)
        for tag in kinds:
            came[tag] = tag - 1 if best[tag - 1] >= best[tag] else tag
            reach[tag] = best[came[tag]]
        best = [score + before for score, before in zip(row, reach, strict=True)]
        back.append(came)
    tags = [max(range(len(best)), key=best.__getitem__)]
    for came in reversed(back):
        tags.append(came[tags[-1]])
    return tags[::-1]


def _spans(tags: NDArray[np.intp]) -> list[Kind]:
    """The spans of a valid sequence."""
    inside = (tags > 0) & (tags % 2 == 0)
    begins = np.flatnonzero(tags % 2 == 1)
    # A span ends at the first word after its beginning that is not inside.
    closed = np.append(np.flatnonzero(~inside), len(tags))
    ends = closed[np.searchsorted(closed, begins, side="right")]
    return [(int(a), int(b), int(tags[a] - 1) // 2) for a, b in zip(begins, ends, strict=True)]
