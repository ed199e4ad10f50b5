"""Which of the reported propositions are claims at all: the rules hear more than a reader would put on record.

Requires everything that was heard in a document. A logistic model over the features of the stance, what stands around
(``around``) and what the encoder made of the words (``vectors``), fitted by ``python -m training.claims``; the weights
of the features stand in ``data/sifting.json``, in hundredths of log odds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.coding.claims import vectors

if TYPE_CHECKING:
    from onrecord.coding.claims.heard import Heard
    from onrecord.coding.draft import Draft

WEIGHTS = Path(__file__).parent / "data" / "sifting.json"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """``least`` is the odds below which a proposition is dropped."""

    least: int
    bias: int
    rows: dict[str, int]


@cache
def weights() -> Weights:
    """The shipped weights, read once."""
    with WEIGHTS.open(encoding="utf-8") as file:
        return Weights(**json.load(file))


def kept(draft: Draft, heard: Sequence[Heard], known: Weights | None = None) -> list[Heard]:
    """What is left of the propositions heard, in their order; what one says of another's words is on record."""
    known = known or weights()
    found = []
    for each in heard:
        read = vectors.odds(draft.reading.model, "sifting", each.vector)
        names = each.features | around(draft, each, heard)
        if each.candidate.told or odds(known, names, read[0] if read else 0) >= known.least:
            found.append(each)
    return found


def odds(known: Weights, names: frozenset[str], read: int) -> int:
    """The log odds, in hundredths, that what has these features is a claim; ``read``: what its vector adds."""
    return known.bias + read + sum(known.rows.get(name, 0) for name in names)


def around(draft: Draft, each: Heard, heard: Sequence[Heard]) -> frozenset[str]:
    """What stands around a proposition: the others, the tree at its cue, the model's own attributions."""
    reading, candidate = draft.reading, each.candidate
    mine = _span(each)
    found = {
        f"cue relation {reading.deprel(candidate.cue)}",
        f"cue pos {reading.pos(candidate.cue)}",
        f"cue form {reading.feat(candidate.cue, 'Tense')} {reading.feat(candidate.cue, 'VerbForm')}",
        f"held {'by nobody' if each.holder is None else 'by somebody'}",
    }
    if candidate.holder is not None:
        found.add(f"holder pos {reading.pos(candidate.holder)}")
        found.add(f"holder relation {reading.deprel(candidate.holder)}")
    for other in heard:
        span = _span(other)
        if other is each:
            continue
        if span == mine:
            found.add("same words")
        elif span[0] <= mine[0] and mine[1] <= span[1]:
            found.add("inside another")
        elif mine[0] <= span[0] and span[1] <= mine[1]:
            found.add("holds another")
    score = max(
        (each.score for each in reading.attributions if any(a <= candidate.cue < b for a, b in each.cue)),
        default=None,
    )
    found.add("no attribution" if score is None else f"attribution {int(score * 5)}")
    if any(a < mine[1] and mine[0] < b for each in reading.attributions for a, b in each.content):
        found.add("attributed words")
    return frozenset(found)


def _span(heard: Heard) -> Span:
    return heard.candidate.content[0][0], heard.candidate.content[-1][1]
