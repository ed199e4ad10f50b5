"""Calendar arithmetic for temporal expressions: units that hold a day, moved by whole units, as TIMEX3
and EDTF.

Units are letters: D, W (Monday to Sunday), WE (weekend), F (fortnight), M, Q (quarter), H (half-year), Y,
E (decade), C (century), L (millennium); clock units are S, m (minute) and T (hour).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from onrecord.model import dates

DAY = timedelta(days=1)
_MONTHS = {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200, "L": 12000}
SEASON_MONTHS = (3, 6, 9, 12)  # first months of the northern seasons, spring to winter
_DAYS = {"D": 1, "W": 7, "WE": 7, "F": 14}


def move(day: date, unit: str, count: float) -> date:
    """The day `count` units later; a month without that day gives its last one. Raises OverflowError or
    ValueError beyond the years 1 to 9999."""
    if unit in _DAYS:
        return day + timedelta(days=round(_DAYS[unit] * count))
    if unit not in _MONTHS:
        return day
    months = day.year * 12 + day.month - 1 + round(_MONTHS[unit] * count)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def around(unit: str, day: date) -> tuple[date, date]:
    """First and last day of the unit that holds a day. The weekend of a weekday is the one that ends its
    week."""
    if unit == "W":
        first = day - timedelta(day.weekday())
        return first, first + 6 * DAY
    if unit == "WE":
        first = day - timedelta(day.weekday() - 5)
        return first, first + DAY
    if unit == "F":
        first = day - timedelta(day.weekday())
        return first, first + 13 * DAY
    if unit in _MONTHS:
        size = _MONTHS[unit]
        if size <= 12:
            month = (day.month - 1) // size * size + 1
            return date(day.year, month, 1), dates.parse(f"{day.year:04}-{month + size - 1:02}").upper or day
        years = size // 12
        base = 1 if unit in "CL" else 0  # the 20th century began in 1901, the 1990s in 1990
        year = (day.year - base) // years * years + base
        return date(max(year, 1), 1, 1), date(min(year + years - 1, 9999), 12, 31)
    return day, day


def timex(unit: str, day: date) -> str:
    """TIMEX3 value of the unit that holds a day: 2005-10-07, 2005-W40, 2005-W40-WE, 2005-10, 2005-Q4,
    2005, 200."""
    if unit in ("W", "F", "WE"):
        iso = day.isocalendar()
        return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return f"{day.year:04}-{day.month:02}"
    if unit == "Q":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if unit == "H":
        return f"{day.year:04}-H{(day.month + 5) // 6}"
    if unit == "Y":
        return f"{day.year:04}"
    if unit == "E":
        return f"{day.year // 10:03}"
    if unit == "C":
        return f"{(day.year - 1) // 100:02}"
    return day.isoformat()


def season(year: int, index: int) -> tuple[date, date]:
    """First and last day of a northern season; winter is named after the year of its December."""
    if year < 1:
        raise ValueError("before the calendar begins")
    interval = dates.parse(f"{year:04}-{index}")
    return interval.lower or date(year, 1, 1), interval.upper or date(year, 12, 31)


def narrow(unit: str, first: date, last: date, mod: str) -> tuple[date, date]:
    """The part of a year or decade that "early", "mid" and "late" mean; shorter units stay whole.

    A year: its first three months, April to September, its last three. A decade: years 0 to 3, 4 to 6, 5
    to 9.
    """
    if unit == "Y":
        bounds = {"early": (1, 3), "mid": (4, 9), "late": (10, 12)}.get(mod)
        if bounds:
            return date(first.year, bounds[0], 1), around("M", date(first.year, bounds[1], 1))[1]
    if unit == "E":
        bounds = {"early": (0, 3), "mid": (4, 6), "late": (5, 9)}.get(mod)
        if bounds:
            return date(first.year + bounds[0], 1, 1), date(first.year + bounds[1], 12, 31)
    return first, last


def duration(unit: str, count: float | None) -> str:
    """TIMEX3 value of an amount: P2Y, PT4H, P2Y6M, PXD where the amount is vague."""
    time, letter = {"S": ("T", "S"), "m": ("T", "M"), "T": ("T", "H")}.get(unit, ("", unit))
    if count is None:
        return f"P{time}X{letter}"
    factor, letter = {"E": (10, "Y"), "C": (100, "Y"), "F": (2, "W"), "WE": (2, "D")}.get(letter, (1, letter))
    count *= factor
    whole, rest = int(count), count - int(count)
    if rest == 0.5 and (half := {"Y": "6M", "TH": "30M", "TM": "30S"}.get(time + letter)):
        return f"P{time}{f'{whole}{letter}' if whole else ''}{half}"
    return f"P{time}{count:g}{letter}"
