"""Numbers in words or digits, with what they count and whether they are exact.

``counts(reading, a, b)`` lists the numbers that stand between two words; dates, times of day, percentages and
lengths of time are told apart, because none of them counts people or posts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding.numerals import ONES, TENS

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_VAGUE = frozenset(
    ["dozens", "scores", "hundreds", "several", "some", "many", "numerous", "various", "thousands"]
)
_HEDGES = ("about", "around", "some", "roughly", "approximately", "nearly", "almost", "over", "up to", "at least",
           "more than", "fewer than", "less than", "a little over", "upwards of", "as many as")  # fmt: skip
_TIME_UNITS = frozenset(
    [
        "hour",
        "hours",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "minute",
        "minutes",
        "o'clock",
        "a.m.",
        "p.m.",
        "am",
        "pm",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_MEASURES = frozenset(
    [
        "per",
        "percent",
        "%",
        "pc",
        "km",
        "kilometre",
        "kilometres",
        "kilometer",
        "kilometers",
        "mile",
        "miles",
        "metre",
        "metres",
        "metric",
        "euros",
        "dollars",
        "pounds",
        "million",
        "billion",
        "tonne",
        "tonnes",
    ]
)
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Count:
    """A number: its value (None for "dozens"), its words, and whether it is said to be exact."""

    value: float | None
    words: WordSpan
    approximate: bool


def _spelled(reading: Reading, word: int, end: int) -> tuple[int, int] | None:
    lower = reading.lower(word)
    if lower in TENS:
        if word + 2 < end and reading.lower(word + 1) == "-" and ONES.get(reading.lower(word + 2), 99) < 10:
            return TENS[lower] + ONES[reading.lower(word + 2)], word + 3
        if "-" in lower:
            return None
        return TENS[lower], word + 1
    if "-" in lower:
        first, _, second = lower.partition("-")
        if first in TENS and 0 < ONES.get(second, 0) < 10:
            return TENS[first] + ONES[second], word + 1
    if lower in ONES:
        value = ONES[lower]
        if word + 1 < end and reading.lower(word + 1) == "hundred":
            return _with_rest(reading, value * 100, word + 2, end)
        return value, word + 1
    if lower == "hundred" and word and reading.lower(word - 1) == "a":
        return _with_rest(reading, 100, word + 1, end)
    if lower == "dozen" and word > 0:
        return 12, word + 1
    return None


def _with_rest(reading: Reading, hundreds: int, word: int, end: int) -> tuple[int, int]:
    """Hundreds with the tens and ones behind "and": "one hundred and ten"."""
    if word + 1 < end and reading.lower(word) == "and":
        rest = reading.lower(word + 1)
        if rest in TENS or rest in ONES or rest.partition("-")[0] in TENS:
            spelled = _spelled(reading, word + 1, end)
            if spelled is not None and spelled[0] < 100:
                return hundreds + spelled[0], spelled[1]
    return hundreds, word


def _is_date(reading: Reading, start: int, end: int) -> bool:
    """The number belongs to a date, a time of day, an age or a length of time."""
    after = reading.lower(end) if end < len(reading.starts) else ""
    if after == "-" and end + 1 < len(reading.starts):
        after = reading.lower(end + 1)
    if after in _TIME_UNITS or after in _MEASURES:
        return after not in ("may", "mar") or reading.word(end)[:1].isupper()
    before = reading.lower(start - 1).rstrip(".") if start else ""
    digits = reading.word(start)[:1].isdigit()  # "in May two Cubans had to leave": no day is written so
    if (
        digits
        and before in _TIME_UNITS
        and before not in ("may",)
        and not before.endswith(("s", "y", "h", "r"))
    ):
        return True
    if digits and before in _TIME_UNITS and reading.word(start - 1)[:1].isupper():
        return True
    if before in (
        "article",
        "articles",
        "room",
        "resolution",
        "unit",
        "no.",
        "section",
        "paragraph",
        "#",
        "under",
    ):
        return True
    return bool(re.fullmatch(r"(?:1[5-9]|20)\d\d", reading.word(start))) and end - start == 1


def count_at(reading: Reading, word: int, end: int) -> Count | None:
    """The number that begins at a word, if one does."""
    lower = reading.lower(word)
    if lower in _VAGUE and lower not in ("some", "many", "several", "various", "numerous"):
        return Count(None, (word, word + 1), True)
    if _DIGITS.fullmatch(lower):
        stop, value = word + 1, float(lower.replace(",", ""))
    elif (spelled := _spelled(reading, word, end)) is not None:
        value, stop = float(spelled[0]), spelled[1]
    else:
        return None
    if stop < end and reading.lower(stop) == "dozen":
        value, stop = value * 12, stop + 1
    return None if _is_date(reading, word, stop) else Count(value, (word, stop), _hedged(reading, word))


def _hedged(reading: Reading, word: int) -> bool:
    before = " ".join(reading.lower(i) for i in range(max(0, word - 3), word))
    return any(before == hedge or before.endswith(" " + hedge) for hedge in _HEDGES)


def counts(reading: Reading, start: int, end: int) -> list[Count]:
    """Every number between two words, in order."""
    found: list[Count] = []
    word = start
    while word < end:
        count = count_at(reading, word, end)
        if count is not None:
            found.append(count)
            word = count.words[1]
        else:
            word += 1
    return found
