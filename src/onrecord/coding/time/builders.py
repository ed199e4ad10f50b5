"""What each pattern for temporal expressions says: one small function from a match to an `Expression`.

A function returns `None` where the words, though they fit the pattern, are no temporal expression.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.coding.time.lexicon import (
    ADVERBIAL_SETS,
    CARDINALS,
    DAYPARTS,
    DECADES,
    SEASON_LETTERS,
    SEASONS,
    WEEKDAYS,
)
from onrecord.coding.time.pieces import (
    Expression,
    count_of,
    day_of,
    modifier,
    month_of,
    ordinal_of,
    relation,
    second_of,
    unit_of,
    year_of,
)

Match = re.Match[str]
Builder = Callable[[Match], Expression | None]

# "the September 11 attacks" are those of 2001 whatever the day of the report.
_NAMED_DAY = re.compile(r"sept(?:ember|\.)?\s11(?:th)?,?\s(?:\w+\s)?(?:attacks?|hijack\w+|terror\w*)\b")
_LEAD = re.compile(r"\b(in|within)\s(?:about\s)?$")
_FIRST_BARE_YEAR = 1500  # a bare number below is hardly ever a year in reporting


def iso(m: Match) -> Expression | None:
    """2005-12-31."""
    return _checked(int(m["year"]), int(m["m"]), int(m["d"]))


def numeric(m: Match) -> Expression | None:
    """12/31/2005 and 31.12.2005: the month comes first with a slash, unless it cannot be one."""
    first, second, year = int(m["a"]), int(m["b"]), int(m["year"])
    month, day = (first, second) if m["sep"] == "/" else (second, first)
    if month > 12:
        month, day = day, month
    if len(m["year"]) == 2:
        if m["sep"] == ".":
            return None  # more often a version or a list number
        year += 2000 if year <= 30 else 1900
    found = _checked(year, month, day)
    if found is not None:
        found.other_order = m["sep"] == "/" and day <= 12 and day != month
    return found


def _checked(year: int, month: int, day: int) -> Expression | None:
    return Expression("day", year=year, month=month, day=day) if 0 < month < 13 and 0 < day < 32 else None


def day(m: Match) -> Expression | None:
    """Dec. 31, 31 December 2005, Tuesday, March the eighth, July 15 last year."""
    words = m.groupdict()
    weekday = words.get("weekday")
    until, cut = second_of(m)
    return Expression(
        "day",
        year=year_of(words.get("year")) or (2001 if _NAMED_DAY.match(m.string, m.start("month")) else None),
        month=month_of(m["month"]),
        day=day_of(m["day"]),
        weekday=WEEKDAYS[weekday.rstrip(".")] if weekday else None,
        rel=words.get("rel") or "",
        week=relation(words.get("week")),
        part=DAYPARTS.get(words.get("part") or "", ""),
        until=until,
        cut=cut,
    )


def year_first(m: Match) -> Expression | None:
    """2021, 6 October; 2014, April: as chronologies have it."""
    day = day_of(m["day"]) if m["day"] else None
    return Expression("day" if day else "month", year=year_of(m["year"]), month=month_of(m["month"]), day=day)


def week_of(m: Match) -> Expression | None:
    """the week of March 6."""
    return Expression("day", month=month_of(m["month"]), day=day_of(m["day"]), unit="W")


def month(m: Match) -> Expression | None:
    """January, last May, early March 2003, June of last year."""
    return Expression(
        "month",
        year=year_of(m["year"] or m["short"]),
        month=month_of(m["month"]),
        rel=relation(m["rel"]),
        week=relation(m["week"]),
        mod=modifier(m),
    )


def year(m: Match) -> Expression | None:
    """1999, the end of 1990, fiscal 1989, the year two thousand."""
    value = year_of(m["year"])
    if value is None or (value < _FIRST_BARE_YEAR and not m["lead"]):
        return None
    short, cut = second_of(m)
    until = value - value % 100 + short if short else 0
    if short and not value < until <= value + 40:
        return None if short > 12 else Expression("year", year=value, mod=modifier(m))
    return Expression("year", year=value, mod=modifier(m), until=until, cut=cut)


def year_period(m: Match) -> Expression | None:
    """the 1988 period: the quarter or year that is being spoken of, in that year."""
    return Expression("offset", unit="Y", year=year_of(m["year"]), rel="quarter")


def decade(m: Match) -> Expression | None:
    """the early 1990s, the '80s, the nineties."""
    if m["decade"]:
        index = 190 + DECADES[m["decade"]] // 10
    else:
        figures = m["figures"].lstrip("'’`")
        index = int(figures[:3]) if len(figures) == 4 else 190 + int(figures[0])
    return Expression("decade", index=index, mod=modifier(m))


def century(m: Match) -> Expression | None:
    """the early 20th century."""
    return Expression("century", index=ordinal_of(m["nth"]), mod=modifier(m))


def quarter(m: Match) -> Expression | None:
    """the third quarter, fourth-quarter 1998, this year's first quarter, Q3."""
    words = m.groupdict()
    index = int(words.get("figure") or 0) or ordinal_of(m["nth"])
    if index > 4:
        return None
    week = "previous" if words.get("ago") else relation(words.get("week"))
    return Expression("quarter", index=index, year=year_of(words.get("year")), week=week)


def half(m: Match) -> Expression | None:
    """the first half of 1999, the second half of last year."""
    which = relation(m["week"]) or "this"
    return Expression(
        "half",
        index=1 if m["which"] == "first" else 2,
        year=year_of(m["year"]),
        week="" if m["year"] else which,
    )


def year_ago_quarter(m: Match) -> Expression | None:
    """the year-ago quarter, the year-earlier period."""
    return Expression("offset", unit="Y", count=1, sign=-1, rel="quarter")


def year_ago(m: Match) -> Expression | None:
    """year-ago, month-earlier."""
    return Expression("offset", unit=unit_of(m["unit"]), count=1, sign=-1, rel="focus")


def season(m: Match) -> Expression | None:
    """last spring, the summer of 1994, winter. Bare "spring" and "fall" are verbs more often than not."""
    rel, mod = relation(m["rel"]), modifier(m)
    given = rel or mod or m["det"] or m["year"] or m["week"]
    if m["season"] in ("spring", "fall") and not given and m.string[: m.start()][-3:] != "in ":
        return None
    return Expression(
        "season",
        index=SEASONS[m["season"]],
        year=year_of(m["year"]),
        rel=rel,
        week=relation(m["week"]),
        mod=mod,
    )


def holiday(m: Match) -> Expression | None:
    """Thanksgiving, last Christmas, Easter week."""
    name = " ".join(m["holiday"].replace("’", "'").split())
    unit = {"week": "W", "weekend": "WE"}.get((m["span"] or "").strip(), "")
    return Expression(
        "holiday",
        name=name,
        year=year_of(m["year"]),
        rel=relation(m["rel"]),
        week=relation(m["week"]),
        unit=unit,
    )


def weekday(m: Match) -> Expression | None:
    """Tuesday, last Friday, Monday night, Thursday of next week."""
    part = m["part"] or ""
    index = WEEKDAYS[m["weekday"]]
    if part.endswith("s"):
        return Expression("set", value=f"XXXX-WXX-{index + 1}T{DAYPARTS[part]}")
    return Expression(
        "weekday",
        weekday=index,
        rel=relation(m["rel"]),
        week=relation(m["week"]),
        part=DAYPARTS.get(part, ""),
        mod=modifier(m),
    )


def weekday_set(m: Match) -> Expression | None:
    """every Friday, Tuesdays."""
    return Expression("set", value=f"XXXX-WXX-{WEEKDAYS[m['weekday']] + 1}")


def month_set(m: Match) -> Expression | None:
    """every July."""
    return Expression("set", value=f"XXXX-{month_of(m['month']):02}")


def season_set(m: Match) -> Expression | None:
    """every summer."""
    return Expression("set", value=f"XXXX-{SEASON_LETTERS[SEASONS[m['season']]]}")


def unit_set(m: Match) -> Expression | None:
    """every two weeks, each year, every other day."""
    count = count_of(m["count"]) if m["count"] else 2 if m["other"] else 1
    return Expression("set", unit=unit_of(m["unit"]), count=count)


def adverbial_set(m: Match) -> Expression | None:
    """daily, annually."""
    return Expression("set", value=ADVERBIAL_SETS[m.group()])


def deictic(m: Match) -> Expression | None:
    """today, late yesterday, tomorrow night, tonight, mid-afternoon yesterday."""
    word = m["deictic"]
    part = DAYPARTS.get(m["part"] or m["midpart"] or "", "NI" if word == "tonight" else "")
    return Expression(
        "deictic", count={"yesterday": -1, "tomorrow": 1}.get(word, 0), part=part, mod=modifier(m)
    )


def deictic_pair(m: Match) -> Expression | None:
    """the day before yesterday, the day after tomorrow."""
    return Expression("deictic", count=-2 if "yesterday" in m.group() else 2)


def unit_beside(m: Match) -> Expression | None:
    """the day before, the year before, the week after, the morrow: of what was told last."""
    return Expression(
        "period", unit=unit_of(m["unit"] or "day"), rel="previous" if m["side"] == "before" else "following"
    )


def part_of_day(m: Match) -> Expression | None:
    """this morning, last night, the next morning, that evening, the afternoon."""
    rel = relation(m["rel"]) or "same"
    part = DAYPARTS[m["part"]]
    if rel in ("last", "this"):
        return Expression("deictic", count=-1 if rel == "last" else 0, part=part)
    return Expression("weekday", rel=rel, part=part)


def overnight(m: Match) -> Expression | None:
    """The night before the document's day."""
    return Expression("deictic", count=0, part="overnight")


def clock(m: Match) -> Expression | None:
    """10:30 p.m., noon, 0900 GMT, five o'clock, 4 in the morning. Debris such as "00:00" does not fit."""
    if m["named"]:
        return Expression("clock", part=DAYPARTS[m["named"]])
    word = m["hour"] or m["hour24"] or m["oclock"] or m["bare"]
    if not word.isdigit() and word not in CARDINALS:
        return None
    hour = int(word) if word.isdigit() else CARDINALS[word]
    minute = m["minute"] or m["minute24"] or "00"
    side = (m["half"] or {"afternoon": "p", "evening": "p"}.get(m["barepart"], "a" if m["barepart"] else ""))[
        :1
    ]
    if hour > (12 if side else 24):
        return None
    if side == "p" and hour < 12:
        hour += 12
    elif side == "a" and hour == 12:
        hour = 0
    return Expression("clock", part=f"{hour:02}:{minute}")


def period(m: Match) -> Expression | None:
    """last week, early next year, the following month, the current quarter, earlier in the day, the year."""
    words = m.groupdict()
    rel = relation(words.get("rel"))
    unit = "period" if m["unit"] == "period" else unit_of(m["unit"])
    if unit == "D" and rel in ("last", "past"):
        return None  # "the last day" of something
    same = "same" if "same" in m.group() else ""
    return Expression("period", unit=unit, rel=rel, mod=modifier(m) if "mod" in words else "", name=same)


def day_of_period(m: Match) -> Expression | None:
    """the first of next month."""
    return Expression("period", unit="M", rel=relation(m["rel"]), day=ordinal_of(m["nth"]))


def day_of_month(m: Match) -> Expression | None:
    """the fifth of the month, on the 19th: of the month that is told of."""
    number = ordinal_of(m["nth"])
    return Expression("monthday", day=number) if 1 <= number <= 31 else None


def period_end(m: Match) -> Expression | None:
    """year-end, the week's end."""
    return Expression("period", unit=unit_of(m["unit"]), rel="", mod="late")


def offset(m: Match) -> Expression | None:
    """two years ago, a day earlier, three weeks later, two days after, six days on."""
    words = m.groupdict()
    side = m["side"]
    told = side in ("before", "after") and m.string[m.end() : m.end() + 1] in (",", ".", ";", ":", ")", "")
    count = count_of(words.get("count"))
    if count is not None and "half" in (words.get("tail") or ""):
        count += 0.5
    return Expression(
        "offset",
        unit=unit_of(m["unit"]),
        count=count,
        sign=-1 if side in ("ago", "earlier", "before", "previously", "back") else 1,
        rel="today"
        if side in ("ago", "from now", "hence", "back")
        else "event"
        if side in ("before", "after") and not told
        else "focus",
        mod="approx" if words.get("approx") else "",
        part=side if side in ("before", "after") and not told else "",
    )


def whole_unit(m: Match) -> Expression | None:
    """day-long; the year (ended March 31)."""
    return Expression("duration", unit=unit_of(m["unit"]), count=1)


def duration(m: Match) -> Expression | None:
    """two years, the past three months, several-day, a week or so, weeks."""
    words = m.groupdict()
    unit, count = unit_of(m["unit"]), words.get("count")
    if m["unit"] == "second" and (count is None or count in ("a", "an")):
        return None
    value = count_of(count)
    if value is not None and "half" in (words.get("tail") or ""):
        value += 0.5
    rel = words.get("rel") or ""
    before = m.string[max(0, m.start() - 8) : m.start()]
    approximately = words.get("approx") or ""
    lead = "within" if approximately == "within" else None
    if not approximately and (found := _LEAD.search(before)):
        lead = found[1]
    return Expression(
        "duration",
        unit=unit,
        count=value,
        rel=rel if rel in ("recent", "first") else relation(rel),
        mod=lead or "",
    )


def reference(value: str) -> Builder:
    """now, recently, the future: a reference without calendar value."""
    return lambda m: Expression("reference", value=value)
