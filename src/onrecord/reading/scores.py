"""Numbers shared by the decoders."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SMALL = 1 << 18
"""Multiplications in a matrix product that OpenBLAS still does in the calling thread.

Larger ones wake its threads, which cost more than they bring here and are not the caller's to give.
"""


def product(left: Floats, right: Floats) -> Floats:
    """`left @ right` ([n, k], [k, m]) in steps of a few rows, each of them small."""
    rows = max(2, SMALL // max(1, right.size))
    if len(left) <= rows:
        direct: Floats = left @ right
        return direct
    return np.concatenate([left[start : start + rows] @ right for start in range(0, len(left), rows)])


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    total: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return total


def sigmoid(logits: Floats) -> Floats:
    """The probability behind each logit, without overflow."""
    positive = np.exp(-np.abs(logits))
    result: Floats = np.where(logits >= 0, 1 / (1 + positive), positive / (1 + positive)).astype(np.float32)
    return result
