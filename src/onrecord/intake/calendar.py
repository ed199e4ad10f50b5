"""Full calendar dates and clock times with zones, as mastheads and bylines print them.

Not a tagger for running text: what is read here is the day of publication, so a date needs its year and a
time counts only with a zone whose offset is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:19|20)\d\d"
DATE = re.compile(
    rf"""(?<![\w/.-])(?:
      (?P<iso>{_YEAR}-\d\d-\d\d)(?=[T\D]|$)
    | (?P<y1>{_YEAR})[./](?P<m1>\d{{1,2}})[./](?P<d1>\d{{1,2}})(?![\w/])
    | (?P<m2>{MONTH})\s{{1,3}}(?P<d2>{_DAY})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y2>{_YEAR})(?!\w)
    | (?P<d3>{_DAY})(?:st|nd|rd|th)?(?:\sof)?[\s-]{{1,3}}(?P<m3>{MONTH})[\s,-]{{1,3}}(?P<y3>{_YEAR})(?!\w)
    | (?P<n1>\d{{1,2}})(?P<sep>[./])(?P<n2>\d{{1,2}})(?P=sep)(?P<y4>{_YEAR})(?![\w/])
    )""",
    re.VERBOSE | re.IGNORECASE,
)

# Hours from UTC, in minutes. Names that two regions use for different times (IST, CST, AST), or
# one region for different times in different years (MSK, TRT), are left out: a doubtful zone is no zone.
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120, "EET": 120,
    "EEST": 180, "EAT": 180, "SAST": 120, "WAT": 60, "PKT": 300, "ICT": 420, "WIB": 420,
    "HKT": 480, "SGT": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "EDT": -240, "EST": -300, "CDT": -300, "MDT": -360, "MST": -420, "PDT": -420, "PST": -480,
}  # fmt: skip
# Zones whose offset depends on the day: standard offset; United States rules since 2007.
_AMERICAN = {"ET": -300, "EASTERN": -300, "MT": -420, "PT": -480, "PACIFIC": -480}
_ZONE = "|".join(sorted((*_ZONES, *_AMERICAN), key=len, reverse=True))
TIME = re.compile(
    rf"""(?<![\d:.])(?:(?<!\w)|(?<=\dT))(?:
      (?P<h12>1[0-2]|0?[1-9])(?:[:.](?P<m12>[0-5]\d))?(?::[0-5]\d)?\s?(?P<half>[ap])\.?m\b\.?
    | (?P<h24>2[0-3]|[01]?\d)[:.](?P<m24>[0-5]\d)(?::(?P<s24>[0-5]\d)(?:\.\d{{1,6}})?)?(?:\s?(?:hrs|hours)\b)?
    | (?P<hhmm>(?:2[0-3]|[01]\d)[0-5]\d)(?=\s?(?:GMT|UTC)\b)
    )
    (?:
      \s?(?P<offset>(?:GMT|UTC)?[+-](?:1[0-4]|0?\d)(?::?[0-5]\d)?)(?!\d)
    | \s?\(?(?P<zone>{_ZONE})\b(?:\stime\b)?\)?
    )?""",
    re.VERBOSE | re.IGNORECASE,
)
# What may stand between a date and its time in one line.
_BETWEEN = re.compile(r"[\sT,|•·–—\-/()]*(?:at\s+)?", re.IGNORECASE)


class Moment(NamedTuple):
    """An ISO 8601 day, or a time with its offset, and where it stands."""

    value: str
    start: int
    end: int


def moments(text: str, start: int = 0, end: int | None = None) -> Iterator[Moment]:
    """Every full date in ``text[start:end]``, with the clock time beside it where that has a zone."""
    stop = len(text) if end is None else end
    position = start
    while (match := DATE.search(text, position, stop)) is not None:
        position = match.end()
        day = _day(match)
        if day is None:
            continue
        moment = _with_time(text, match, day, start, stop)
        position = max(position, moment.end)
        yield moment


def _day(match: re.Match[str]) -> date | None:
    group = match.groupdict()
    if group["iso"]:
        year, month, day = (int(part) for part in group["iso"].split("-"))
    elif group["y1"]:
        year, month, day = int(group["y1"]), int(group["m1"]), int(group["d1"])
    elif group["m2"]:
        year, month, day = int(group["y2"]), month_of(group["m2"]), int(group["d2"])
    elif group["m3"]:
        year, month, day = int(group["y3"]), month_of(group["m3"]), int(group["d3"])
    else:
        first, second, year = int(group["n1"]), int(group["n2"]), int(group["y4"])
        # 07/10/2021 is two days, and which one depends on the outlet's country; 07.10.2021 is written day
        # first.
        if group["sep"] == "." or first > 12 or first == second:
            month, day = second, first
        elif second > 12:
            month, day = first, second
        else:
            return None
    return calendar_day(year, month, day)


def month_of(name: str) -> int:
    """Month number of an English month name or abbreviation, with or without its full stop."""
    return MONTHS[name.rstrip(".").lower()]


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_time(text: str, match: re.Match[str], day: date, start: int, stop: int) -> Moment:
    between = _BETWEEN.match(text, match.end(), stop)
    after = TIME.match(text, between.end() if between else match.end(), stop)
    if after is not None and (value := _stamp(day, after)) is not None:
        return Moment(value, match.start(), after.end())
    # "10:15 GMT, 7 October 2021"
    for before in TIME.finditer(text, max(start, match.start() - 40), match.start()):
        gap = _BETWEEN.fullmatch(text, before.end(), match.start())
        if gap is not None and (value := _stamp(day, before)) is not None:
            return Moment(value, before.start(), match.end())
    return Moment(day.isoformat(), match.start(), match.end())


def _stamp(day: date, match: re.Match[str]) -> str | None:
    """The time with its offset, or None where the zone is missing or doubtful."""
    group = match.groupdict()
    second = 0
    if group["h12"]:
        hour = int(group["h12"]) % 12 + (12 if group["half"].lower() == "p" else 0)
        minute = int(group["m12"] or 0)
    elif group["hhmm"]:
        hour, minute = int(group["hhmm"][:2]), int(group["hhmm"][2:])
    else:
        hour, minute, second = int(group["h24"]), int(group["m24"]), int(group["s24"] or 0)
    moment = datetime(day.year, day.month, day.day, hour, minute, second)
    offset = _offset(group["zone"], group["offset"], moment)
    if offset is None:
        return None
    return moment.replace(tzinfo=timezone(timedelta(minutes=offset))).isoformat()


def _offset(zone: str | None, numeric: str | None, moment: datetime) -> int | None:
    if zone:
        name = zone.upper()
        return _ZONES[name] if name in _ZONES else _american(_AMERICAN[name], moment)
    if not numeric:
        return None
    sign = -1 if "-" in numeric else 1
    digits = re.sub(r"\D", "", numeric)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    return sign * (int(hours) * 60 + int(minutes))


def _american(standard: int, moment: datetime) -> int | None:
    """Daylight saving time from the second Sunday of March to the first Sunday of November, at two."""
    if moment.year < 2007:
        return None
    begin = _sunday(moment.year, 3, 8).replace(hour=2)
    end = _sunday(moment.year, 11, 1).replace(hour=2)
    return standard + 60 if begin <= moment < end else standard


def _sunday(year: int, month: int, first: int) -> datetime:
    day = datetime(year, month, first)
    return day + timedelta(days=(6 - day.weekday()) % 7)


def given(value: str) -> str | None:
    """A caller's or a carrier's date as ISO 8601: a day, or a time with its zone; None where it is no date.

    A time without a zone is not a moment, so only its day is kept.
    """
    text = value.strip()
    try:
        if len(text) <= 10:
            return date.fromisoformat(text).isoformat()
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)  # RFC 2822, as feeds and mail write it
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    if moment.utcoffset() is None:
        return moment.date().isoformat()
    return moment.isoformat()
