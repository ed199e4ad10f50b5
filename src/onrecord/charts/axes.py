"""Axes of time and of numbers: days to places, and the few ticks that a reader needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil, log10

from onrecord.charts.svg import label, line


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days laid out between two places."""

    first: date
    last: date
    left: float
    right: float

    def x(self, when: date) -> float:
        span = max((self.last - self.first).days, 1)
        share = min(max((when - self.first).days / span, 0), 1)
        return round(self.left + share * (self.right - self.left), 1)


def day_axis(days: Days, y: float, top: float | None = None) -> str:
    """Ticks with their dates below ``y``; lines from ``top`` where it is given."""
    parts = []
    for when, told in ticks(days.first, days.last):
        x = days.x(when)
        parts.append(line(x, y if top is None else top, x, y + 5, "grid"))
        parts.append(label(x, y + 19, told, "tick", "middle"))
    return "".join(parts)


def stride(top: float, parts: int = 5) -> float:
    """The step of a number's axis: 1, 2 or 5 times a power of ten, at least 1."""
    rough = top / parts
    power = 10.0 ** (ceil(log10(rough)) - 1) if rough > 0 else 1.0
    return max(next(step * power for step in (1, 2, 5, 10) if step * power >= rough), 1.0)


def moved(when: date, days: int) -> date:
    """A day so many days later, or earlier; at the ends of the calendar as far as it goes."""
    return date.fromordinal(min(max(when.toordinal() + days, 1), date.max.toordinal()))


def ticks(first: date, last: date) -> list[tuple[date, str]]:
    """At most eight dates on whole years, quarters, months or days, with their labels."""
    days = (last - first).days
    if days > 8 * 365:
        every = ceil(days / 365 / 7)
        return [(date(y, 1, 1), str(y)) for y in range(first.year + 1, last.year + 1) if y % every == 0]
    if days < 45:
        pace = max(days // 5, 1)
        return [
            (one, one.isoformat())
            for one in (moved(first, pace * n) for n in range(1, 6))
            if one <= moved(last, -(pace // 2))
        ]
    months = [date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    inside = [one for one in months if first <= one <= last]
    for pace in (1, 2, 3, 6, 12, 24):
        chosen = [one for one in inside if (one.year * 12 + one.month - 1) % pace == 0]
        if len(chosen) <= 8:
            return [(one, f"{one:%Y}" if pace >= 12 else f"{one:%Y-%m}") for one in chosen]
    return []
