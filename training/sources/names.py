"""CrossNER, and the first half of UNER's EWT dev sentences (the second half measures)."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from onrecord.reading.windows import WordPieces
from training.examples import Example, layout
from training.labels import Labels

LIMITS = (150, 60, 250)


def first_half(sentences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sentences[: len(sentences) // 2]


def second_half(sentences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sentences[len(sentences) // 2 :]


def example(window: list[dict[str, Any]], labels: Labels, pieces: WordPieces) -> Example:
    """Unrelated sentences, each a paragraph."""
    made = layout(pieces, [sentence["words"] for sentence in window])
    tags = {name: index for index, name in enumerate(labels.ner)}
    made.labels["ner"] = np.array([tags[tag] for sentence in window for tag in sentence["ner"]], np.int32)
    return made


def packings(sentences: list[dict[str, Any]], labels: Labels, pieces: WordPieces) -> list[list[Example]]:
    """Passes in different orders and lengths: neighbours are chance, so that they tell nothing."""
    rng = random.Random(11)
    result = []
    for limit in LIMITS:
        order = rng.sample(sentences, len(sentences))
        made: list[Example] = []
        window: list[dict[str, Any]] = []
        used = 0
        for sentence in order:
            size = int(pieces.encode(sentence["words"]).counts.sum()) + 1
            if window and used + size > limit:
                made.append(example(window, labels, pieces))
                window, used = [], 0
            window.append(sentence)
            used += size
        if window:
            made.append(example(window, labels, pieces))
        result.append(made)
    return result
