"""The day of publication, by a ladder of sources; which rung it stands on is recorded, and no clock is asked.

Given by the caller; the address; the page's own metadata; a byline; a dateline that has its year, or whose
year the text settles; else unknown. An unknown day stays unknown: a guess would date everything that the
report tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from onrecord.intake import calendar
from onrecord.intake.calendar import MONTH, MONTHS, WEEKDAYS
from onrecord.intake.dateline import Dateline
from onrecord.intake.sections import Layout
from onrecord.model.records import Published

_PATH = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[/_-]?)(?P<month>0?[1-9]|1[0-2]|[a-z]{3})(?P=sep)"
    r"(?P<day>[0-2]?\d|3[01])(?!\d)"
)
_NAMED_DAY = re.compile(
    rf"\b(?P<weekday>{'|'.join(WEEKDAYS)}),?\s"
    rf"(?:(?P<m1>{MONTH})\s(?P<d1>\d{{1,2}})|(?:the\s)?(?P<d2>\d{{1,2}})"
    rf"(?:st|nd|rd|th)?(?:\sof)?\s(?P<m2>{MONTH}))(?!\s?,?\s?\d{{4}})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,/-])(?P<cue>\w+\s)?(?:the\s)?(?P<year>(?:19|20)\d\d)(?![\d/-]|[.,]\d)")
# "by 2030" is a goal; a number after "some" or a unit is no year.
_NO_YEAR = frozenset(
    (
        "by", "until", "till", "through", "before", "some", "about", "around", "nearly", "over", "than",
        "least", "unit", "no",
    )
)  # fmt: skip
# A report seldom names no year later than the one three years before it.
_NEAR = 2


def published(
    layout: Layout,
    text: str,
    given: Published | None = None,
    url: str | None = None,
    stated: str | None = None,
) -> Published | None:
    """The publication date of a report.

    ``given`` came with the document; ``stated`` is what the page's metadata says. Of a day that a higher rung
    gives and a time on that day from a lower one, the time is taken, except where the caller gave the day.
    """
    if given is not None and given.basis == "given":
        return given
    best: Published | None = given
    for rung in _rungs(layout, text, url, stated):
        if best is None or (
            len(best.value) == 10
            and rung.value[:10] == best.value
            and (len(rung.value) > 10 or best.span is None)
        ):
            best = rung
    return best


def _rungs(layout: Layout, text: str, url: str | None, stated: str | None) -> Iterator[Published]:
    day = in_url(url) if url else None
    if day is not None:
        yield Published(value=day, basis="inferred")
    if stated is not None:
        yield Published(value=stated, basis="read")
    lines = layout.bylines
    for moment in (*(line.published for line in lines), *(line.updated for line in lines)):
        if moment is not None:
            yield Published(value=moment.value, basis="read", span=(moment.start, moment.end))
    line = layout.dateline
    if line is not None and line.moment is not None:
        yield Published(value=line.moment.value, basis="read", span=(line.moment.start, line.moment.end))
    elif line is not None and line.month_day is not None:
        year = year_of(line, text)
        if year is not None and (found := calendar.calendar_day(year, *line.month_day)):
            yield Published(value=found.isoformat(), basis="inferred", span=line.day_span)


def in_url(url: str) -> str | None:
    """The day in an address: ``/2021/10/07/``, ``/2021-10-07``, ``/20211007``, ``/2021/oct/07/``."""
    try:
        path = urlsplit(url).path.lower()
    except ValueError:
        return None
    for match in _PATH.finditer(path):
        name = match["month"]
        if name.isalpha() and name not in MONTHS:
            continue
        if not match["sep"] and (len(name) != 2 or len(match["day"]) != 2):
            continue
        month = MONTHS[name] if name.isalpha() else int(name)
        if (day := calendar.calendar_day(int(match["year"]), month, int(match["day"]))) is not None:
            return day.isoformat()
    return None


def year_of(line: Dateline, text: str) -> int | None:
    """The year of a dateline that prints none, where the text settles it.

    The text must name a weekday beside a day of the month near the dateline's ("Thursday, Oct. 7"), which
    fits one year in five or six, and that year must be the latest year the text names or one of the two after
    it. A bare weekday would not do: a report of Thursday's news printed on Friday would agree with the wrong
    year.
    """
    if line.month_day is None:
        return None
    latest = max((int(match["year"]) for match in _YEAR.finditer(text) if _names_year(match)), default=None)
    if latest is None:
        return None
    fitting = [
        year
        for year in range(latest, latest + _NEAR + 1)
        if (calendar.calendar_day(year, *line.month_day)) and _agrees(year, line.month_day, text)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _names_year(match: re.Match[str]) -> bool:
    return (match["cue"] or "").strip().lower() not in _NO_YEAR


def _agrees(year: int, dateline: tuple[int, int], text: str) -> bool:
    """Every day of the month that the text names with its weekday falls on that weekday in ``year``."""
    named = False
    printed = calendar.calendar_day(year, *dateline)
    for match in _NAMED_DAY.finditer(text):
        month = calendar.month_of(match["m1"] or match["m2"])
        day = calendar.calendar_day(year, month, int(match["d1"] or match["d2"]))
        if day is None:
            return False
        # A day of late December in a report of early January is of the year before, and the reverse.
        if printed is not None and abs((day - printed).days) > 180:
            continue
        if day.weekday() != WEEKDAYS.index(match["weekday"].lower()):
            return False
        named = True
    return named
