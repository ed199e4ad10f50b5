"""The stance of a claim: what the rules say, weighed with a logistic model over the features of ``stance_features`` and
what the encoder made of the words (``vectors``).

Fitted by ``python -m training.claims`` on annotated reports; the weights stand in ``data/stance.json``, in hundredths:
for each feature that was seen often enough a row of one number a stance. A feature without weights is nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "data" / "stance.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """``ruled`` is added to the stance that the rules give; all numbers are hundredths of log odds.

    ``table`` holds the rows one below the other, and ``places`` where that of a feature is.
    """

    stances: tuple[str, ...]
    ruled: int
    bias: tuple[int, ...]
    rows: dict[str, list[int]]
    places: dict[str, int] = field(init=False, repr=False, compare=False)
    table: NDArray[np.int32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {name: place for place, name in enumerate(self.rows)})
        table = np.array(list(self.rows.values()), np.int32).reshape(-1, len(self.stances))
        object.__setattr__(self, "table", table)


@cache
def weights() -> Weights:
    """The shipped weights, read once."""
    with WEIGHTS.open(encoding="utf-8") as file:
        data = json.load(file)
    return Weights(tuple(data["stances"]), data["ruled"], tuple(data["bias"]), data["rows"])


def choose(
    names: Iterable[str], ruled: str, read: Sequence[int] | None = None, known: Weights | None = None
) -> str:
    """The likeliest stance by the shipped weights or others; of equals the one that stands first among the stances.

    ``read``: what the encoder's vectors add to each stance, in the order of the stances.
    """
    known = known or weights()
    places = [known.places[name] for name in names if name in known.places]
    scores: list[int] = (known.table[places].sum(axis=0) + known.bias).tolist()
    scores[known.stances.index(ruled)] += known.ruled
    if read is not None:
        scores = [score + more for score, more in zip(scores, read, strict=True)]
    return known.stances[max(range(len(scores)), key=lambda at: (scores[at], -at))]
