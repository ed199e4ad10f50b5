"""Temporal expressions in running text, resolved to EDTF: the phrase, the interval, the day it was
counted from.

Rules over words, in pure Python, tuned on TimeBank and AQUAINT (docs/time.md has the rules and the
figures). The same text, document date and reading always give the same expressions; the machine's clock
is never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding.time import calendar as cal
from onrecord.coding.time import rules, tense
from onrecord.coding.time.filter import is_rate, plausible
from onrecord.coding.time.narrative import Narrative
from onrecord.coding.time.pieces import Expression
from onrecord.coding.time.ranges import joined
from onrecord.coding.time.relative import Resolver
from onrecord.coding.time.types import Resolution, Side, Timex
from onrecord.model import dates

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

__all__ = ["Timex", "find"]


def find(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    document_date: date | None,
    reading: Reading | None = None,
) -> list[Timex]:
    """The temporal expressions of `text[start:end]` in order, none overlapping another.

    `document_date` is the day against which relative ones are resolved; without it they are found but keep
    `edtf=None`. A reading of the same text makes the direction of bare weekdays and months surer.
    """
    stop = len(text) if end is None else end
    low = lowered(text)
    narrative = Narrative(document_date)
    resolver = Resolver(narrative)
    found: list[Timex] = []
    paragraph_at = start
    for expression in _expressions(text, low, start, stop):
        narrative.paragraph += low.count("\n\n", paragraph_at, expression.start)
        paragraph_at = expression.start
        asked = _Direction(text, low, expression, reading)
        resolution = resolver.resolve(expression, asked)
        if resolution is not None:
            timex = _timex(low, expression, resolution)
            timex.ahead = asked.answer == tense.FUTURE
            found.append(timex)
    return joined(low, found)


class _Direction:
    """Asks the tense around an expression, once it matters, and keeps the answer."""

    def __init__(self, text: str, low: str, expression: Expression, reading: Reading | None) -> None:
        self._around = (text, low, expression.start, expression.end, reading)
        self.answer: int | None = None

    def __call__(self) -> int:
        self.answer = tense.direction(*self._around)
        return self.answer


@lru_cache(maxsize=4)
def lowered(text: str) -> str:
    """Lower case without a change of length: the few letters whose small form is longer stay as they are."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _expressions(text: str, low: str, start: int, end: int) -> Iterator[Expression]:
    """The expressions in order; a clock time is joined with the day that follows it."""
    reached = start
    clock: Expression | None = None
    for at, classes in rules.candidates(low, start, end):
        if at < reached:
            continue
        expression = rules.read(low, at, classes)
        if expression is None or expression.end > end or not plausible(text, low, expression):
            continue
        if is_rate(low, expression):
            expression.kind = "set"
        reached = expression.end
        if clock is not None:
            if expression.kind == "clock" and low[clock.end : expression.start].strip() in ("(", "/", "or"):
                clock.end = expression.end + (low[expression.end : expression.end + 1] == ")")
                continue
            if expression.kind in ("day", "weekday", "deictic") and _JOINT.fullmatch(
                low, clock.end, expression.start
            ):
                expression.start, expression.part, clock = clock.start, clock.part, None
            else:
                yield clock
                clock = None
        of_a_day = (
            expression.kind == "weekday" and expression.weekday is None and low.startswith(" of ", reached)
        )
        if expression.kind == "clock" or of_a_day:
            clock = expression
        else:
            yield expression
    if clock is not None:
        yield clock


_JOINT = re.compile(r",?\s?(?:on\s|of\s)?")
_SIGNAL = re.compile(
    r"(?:\b(since|until|till|through|up to|before|prior to|ahead of|after|following|by|as of|from)"
    r"(?:\s+(?:at least|about|around|early|late|mid|as early as|on|the))?)\s+$"
)
_SIDES: dict[str, Side] = {
    "since": "since", "until": "until", "till": "until", "through": "until", "up to": "until",
    "before": "before", "prior to": "before", "ahead of": "before", "after": "after", "following": "after",
    "by": "by",
}  # fmt: skip


def _timex(low: str, e: Expression, r: Resolution) -> Timex:
    signal = _SIGNAL.search(low, max(0, e.start - 30), e.start)
    side = _SIDES.get(signal[1], "at") if signal and not low.startswith(("'s", "’s"), e.end) else "at"
    found = _record((e.start, e.end), r)
    found.direction = side
    if side == "since" and r.type != "DURATION" and r.first is not None and found.edtf:
        found.edtf = _onwards(found.edtf)
        found.alternatives = tuple(map(_onwards, found.alternatives))
    if r.parts:
        spans = ((e.start, e.cut[0]), (e.cut[1], e.end))
        found.parts = tuple(_record(span, part) for span, part in zip(spans, r.parts, strict=True))
    return found


def _record(span: tuple[int, int], r: Resolution) -> Timex:
    return Timex(
        span=span,
        type=r.type,
        value=r.value,
        edtf=_edtf(r, r.first, r.last),
        anchor=r.anchor.isoformat() if r.anchor else None,
        basis="explicit" if r.explicit else "relative",
        alternatives=tuple(text for pair in r.alternatives if (text := _edtf(r, *pair))),
    )


def _onwards(edtf: str) -> str:
    """Open at the end, from the first end of an interval or a date as coarse as it is."""
    return f"{edtf.partition('/')[0]}/.."


def _edtf(r: Resolution, first: date | None, last: date | None) -> str | None:
    if first is None and last is None:
        return None
    if r.grain == "S" and first is not None:
        return f"{first.year:04}-{cal.SEASON_MONTHS.index(first.month) + 21}"
    text = dates.edtf(first, last)
    return f"{text}~" if r.approximate and "/" not in text else text
