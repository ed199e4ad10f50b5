"""Numbers shared by the decoders."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


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
