"""A temporal expression as the callers see it, and what it was resolved to on the way there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from onrecord.model.records import Time

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Basis = Literal["explicit", "relative"]
Side = Literal["at", "since", "until", "before", "after", "by"]


@dataclass(slots=True)
class Timex:
    """One temporal expression.

    `span` in code points; `type` and `value` as in TIMEX3; `edtf` the days it covers, `None` for amounts,
    sets and whatever cannot be resolved; `anchor` the day (EDTF) it was counted from, `None` if it stands
    on its own; `alternatives` other EDTF readings, the likelier first; `direction` the preposition's: an
    event "since 2008" begins there (and its `edtf` is "2008/.."), one "until May" ends there; `ahead` where the
    tense of its words looks ahead ("must leave by the end of May"); `parts` the two ends of a range.
    """

    span: tuple[int, int]
    type: Kind
    value: str
    edtf: str | None
    anchor: str | None
    basis: Basis
    alternatives: tuple[str, ...] = ()
    direction: Side = "at"
    ahead: bool = False
    parts: tuple[Timex, ...] = ()

    @property
    def time(self) -> Time | None:
        """The record of its days; `None` where it has no calendar value."""
        if self.edtf is None:
            return None
        return Time(
            edtf=self.edtf,
            phrase=self.span,
            anchor=self.anchor,
            basis=self.basis,
            alternatives=list(self.alternatives),
        )


@dataclass(slots=True)
class Resolution:
    """What an expression means: TIMEX3 type and value, and the days it covers if the calendar has them."""

    type: Kind
    value: str
    first: date | None = None
    last: date | None = None
    grain: str = ""
    anchor: date | None = None
    explicit: bool = False
    comparison: bool = False  # "a year earlier" beside a quarter: nothing that follows counts from it
    approximate: bool = False
    alternatives: list[tuple[date, date]] = field(default_factory=list)
    unresolved: bool = False
    continued: bool = False  # its year is that of the dated day or month told before it
    parts: tuple[Resolution, ...] = ()  # the two ends of a range written as one
