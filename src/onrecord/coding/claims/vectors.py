"""What the encoder made of the words of a proposition, and the weights that the small models of claims give it.

Fitted by ``python -m training.claims`` beside the weights of the features; they stand in ``data/vectors.npz``, in
hundredths of log odds: for the stance a column for each, and one for what is a claim at all. They mean nothing for
another reading model than the one on which they were fitted: with that the features alone decide.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onrecord.coding.claims.cue_verbs import Candidate
    from onrecord.reading.types import Reading

WEIGHTS = Path(__file__).parent / "data" / "vectors.npz"
_EARLY = 6  # words with which a content opens

Vector = NDArray[np.float32]


def vector(reading: Reading, candidate: Candidate) -> Vector:
    """[3 * width] the mean of the content's words, the cue's word, and the mean of the words that open the content."""
    words = [word for span in candidate.content for word in range(*span)]
    content = reading.vectors[words].astype(np.float32)
    cue = reading.vectors[candidate.cue].astype(np.float32)
    return np.concatenate((content.mean(0), cue, content[:_EARLY].mean(0)))


@cache
def weights(model: str) -> dict[str, Vector]:
    """The shipped weights for a reading model by its version: "stance" [3 * width, stances], "sifting" [3 * width, 1].

    None of them for a model on which they were not fitted.
    """
    with np.load(WEIGHTS) as shipped:
        if str(shipped["model"]) != model:
            return {}
        return {name: shipped[name].astype(np.float32) for name in ("stance", "sifting")}


def odds(model: str, name: str, row: Vector) -> list[int] | None:
    """What a row of a reading model adds to the log odds of a small one, in whole hundredths; None where nothing."""
    known = weights(model).get(name)
    return None if known is None else [round(each) for each in (row @ known).tolist()]
