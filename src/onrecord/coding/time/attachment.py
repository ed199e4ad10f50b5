"""Which temporal expression dates an event, or none.

One logistic choice among the expressions of the document near the event and none of them, fitted by ``python -m
training.attachment`` on the annotated events: expressions that tell the same days add up. Features ask how an
expression of the event's own sentence hangs together with it (``clues``), and whether the event goes on with what an
expression of another sentence was told of (``telling``). Where the reading names the words that date the event, that
leans the odds; where the caller names them, it decides.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.coding.time import clues, telling
from onrecord.coding.time.candidates import (
    Dated,
    Features,
    Mention,
    Named,
    dated,
    edtf_of,
    inside,
    may_date,
)
from onrecord.coding.time.types import Timex

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WEIGHTS = Path(__file__).parent / "data" / "attachment.json"
_NEAR = 3  # sentences on either side whose expressions may date an event
_SURE = 1.0  # a certainty above any that the reading has


def choose(
    reading: Reading, mention: Mention, timexes: Sequence[Timex], day: date | None, named: Named | None = None
) -> tuple[Dated, bool] | None:
    """The expression that dates the event, and whether another sentence tells it; ``None`` if none does.

    ``named``: what the reading, or the caller, says of the words that date it; without it the tree alone decides.
    """
    found, nothing = options(reading, mention, timexes, day, named)
    first, last = reading.sentence(mention.word)
    pointed = [each for each, _ in found if named is not None and named.names(each.timex)]
    if named is not None and named.score > _SURE and pointed:
        best = pointed[0]
    else:
        odds: dict[str, float] = defaultdict(float)
        marks = [(score(features), each) for each, features in found]
        for mark, each in marks:
            odds[edtf_of(each.timex)] += math.exp(mark)
        days = max(odds, key=odds.__getitem__, default=None)
        if days is None or odds[days] <= math.exp(score(nothing)):
            return None
        best = max((one for one in marks if edtf_of(one[1].timex) == days), key=lambda one: one[0])[1]
        best = next((each for each in pointed if _is_within(each, best)), best)
    return best, not first <= best.word < last


def options(
    reading: Reading, mention: Mention, timexes: Sequence[Timex], day: date | None, named: Named | None = None
) -> tuple[list[tuple[Dated, Features]], Features]:
    """The expressions that may date an event with their features, and the features of none.

    They are those of its sentence, those up to three sentences away, the first and the last day of the news, the last
    of all told before, and what the reading names.
    """
    known = [
        each
        for timex in timexes
        if may_date(mention, timex, day, named) and (each := dated(reading, timex, named)) is not None
    ]
    first, last = reading.sentence(mention.word)
    here = inside(reading, mention, timexes, named)
    around = telling.scene(known, here, reading.start(first), day)
    sentence = reading.sentence_of(mention.word)
    found = []
    for each in known:
        pointed = named is not None and named.names(each.timex)
        if first <= each.word < last:
            features = clues.same(reading, mention, each, here, day)
        elif pointed or (
            each.timex.type != "DURATION"
            and (
                abs(reading.sentence_of(each.word) - sentence) <= _NEAR
                or any(each is one for one in (around.first_news, around.last, around.last_news))
            )
        ):
            features = telling.elsewhere(reading, mention, each, around)
        else:
            continue
        found.append((each, features | _lean(named, pointed)))
    nothing = clues.none(reading, mention, here, around.first_news is not None)
    if named is not None and named.span is None:
        nothing["none named"] = 1.0
    return found, nothing


def _lean(named: Named | None, pointed: bool) -> Features:
    """What the reading's own opinion says of an expression."""
    if named is None or not pointed:
        return {}
    likely = min(0.999, max(0.001, named.score))
    return {"named": 1.0, "named surely": math.log(likely / (1.0 - likely)) / 4}


def _is_within(each: Dated, other: Dated) -> bool:
    """Whether an expression tells more narrowly when: a day of the year that the other tells."""
    if None in (each.lower, each.upper, other.lower, other.upper):
        return False
    return other.lower <= each.lower and each.upper <= other.upper and other is not each  # type: ignore[operator]


def score(features: Features) -> float:
    """Log odds of an option; a feature without a weight is nothing."""
    model = weights()
    return sum([model.get(name, 0.0) * value for name, value in features.items()])


@cache
def weights() -> dict[str, float]:
    """The weights by feature."""
    with WEIGHTS.open(encoding="utf-8") as file:
        model: dict[str, float] = json.load(file)
    return model
