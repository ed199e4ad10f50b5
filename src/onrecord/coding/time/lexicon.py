"""The words of time in English: months, weekdays, seasons, parts of the day, units, feast days and numbers.

Tables only, with the small functions that read a number or a feast day. Units carry their ISO 8601
letters as in TimeML (D, W, M, Q, Y, ...), with E for decades and C for centuries; parts of the day are
TimeML's MO, AF, EV, NI.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thu", "friday fri",
         "saturday sat", "sunday sun")
    )
    for name in names.split()
}  # fmt: skip
SEASONS = {"spring": 21, "summer": 22, "fall": 23, "autumn": 23, "winter": 24}
SEASON_LETTERS = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
DAYPARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "mornings": "MO", "afternoons": "AF",
    "evenings": "EV", "nights": "NI", "noon": "12:00", "midday": "12:00", "midnight": "24:00",
}  # fmt: skip
UNITS = {
    "second": "S", "minute": "m", "hour": "T", "day": "D", "night": "D", "week": "W", "weekend": "WE",
    "fortnight": "F", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C",
    "millennium": "L",
}  # fmt: skip
PLURALS = {f"{name}s": code for name, code in UNITS.items()} | {"centuries": "C", "millennia": "L"}
ADVERBIAL_SETS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y",
    "annually": "P1Y",
}  # fmt: skip

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
CARDINALS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * tens for tens, word in enumerate(_TENS, start=2)
}
_SCALES = {"hundred": 100, "thousand": 1000, "dozen": 12, "million": 1_000_000}
_RANKS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)  # fmt: skip
ORDINALS = (
    {word: value for value, word in enumerate(_RANKS, start=1)}
    | {f"twenty-{word}": 20 + value for value, word in enumerate(_RANKS[:9], start=1)}
    | {"thirtieth": 30, "thirty-first": 31}
)
DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
}  # fmt: skip

_NUMBER_WORD = re.compile(r"[a-z]+|\d+/\d+|[\d.,]*\d")


def number(words: str) -> float | None:
    """The value of a number in words or figures ("two and a half", "2 1/2", "1,200", "a couple of", "an").

    `None` where the amount is vague ("several", "a few", "some", "dozens of") or unknown.
    """
    total, current, seen = 0.0, 0.0, False
    tokens = [token for token in _NUMBER_WORD.findall(words) if token not in ("a", "an", "and", "of")]
    if not tokens:
        return 1.0
    for token in tokens:
        if token == "half":
            current, seen = current + 0.5, True
        elif token == "couple":
            current, seen = 2.0, True
        elif token in CARDINALS:
            current, seen = current + CARDINALS[token], True
        elif token in _SCALES:
            current, seen = (current or 1.0) * _SCALES[token], True
            if token == "thousand":
                total, current = total + current, 0.0
        elif "/" in token:
            top, bottom = token.split("/")
            if int(bottom) == 0:
                return None
            current, seen = current + int(top) / int(bottom), True
        elif token[0].isdigit() or token[0] == ".":
            current, seen = current + float(token.replace(",", "")), True
        else:
            return None
    return total + current if seen else None


def spoken_year(words: str) -> int | None:
    """A year in words: "nineteen ninety-six", "two thousand and four", "eighteen oh five"; else `None`."""
    tokens = [token for token in re.split(r"[\s-]+", words) if token != "and"]
    if tokens[:2] == ["two", "thousand"]:
        rest = number(" ".join(tokens[2:])) if len(tokens) > 2 else 0.0
        return 2000 + int(rest) if rest is not None and rest < 100 else None
    if tokens[0] not in ("sixteen", "seventeen", "eighteen", "nineteen", "twenty") or len(tokens) < 2:
        return None
    rest = number(" ".join(token for token in tokens[1:] if token != "oh"))
    if tokens[1] == "hundred":
        rest = 0.0
    return CARDINALS[tokens[0]] * 100 + int(rest) if rest is not None and rest < 100 else None


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th (1 to 4) such weekday of a month, or its last (n = -1)."""
    if n > 0:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (n - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return last - timedelta((last.weekday() - weekday) % 7)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


# Feast days with one date a year in the Gregorian calendar. Islamic and national days whose date depends
# on the country or the moon are left out: a wrong day is worse than none.
HOLIDAYS: dict[str, Callable[[int], date]] = {
    "new year's day": _fixed(1, 1),
    "new year's eve": _fixed(12, 31),
    "martin luther king day": lambda year: nth_weekday(year, 1, 0, 3),
    "valentine's day": _fixed(2, 14),
    "good friday": lambda year: easter(year) - timedelta(2),
    "easter sunday": easter,
    "easter monday": lambda year: easter(year) + timedelta(1),
    "easter": easter,
    "may day": _fixed(5, 1),
    "memorial day": lambda year: nth_weekday(year, 5, 0, -1),
    "labor day": lambda year: nth_weekday(year, 9, 0, 1),
    "columbus day": lambda year: nth_weekday(year, 10, 0, 2),
    "halloween": _fixed(10, 31),
    "armistice day": _fixed(11, 11),
    "veterans day": _fixed(11, 11),
    "election day": lambda year: nth_weekday(year, 11, 0, 1) + timedelta(1),
    "thanksgiving day": lambda year: nth_weekday(year, 11, 3, 4),
    "thanksgiving": lambda year: nth_weekday(year, 11, 3, 4),
    "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25),
    "christmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
}
