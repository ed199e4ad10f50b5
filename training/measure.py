"""Small helpers of measurement."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from onrecord.reading.session import Model, Outputs

Figures = dict[str, float]


def outputs_of(model: Model, blocks: Sequence[Sequence[str]]) -> Outputs:
    """Run one window whose words are given, a paragraph a list."""
    words = [word for block in blocks for word in block]
    edges = np.cumsum([0, *(len(block) for block in blocks)]).tolist()
    return model.run(model.pieces.window(model.pieces.encode(words), list(pairwise(edges))))


def f1(found: int, gold: int, right: int) -> float:
    return 200.0 * right / (found + gold) if found + gold else 0.0
