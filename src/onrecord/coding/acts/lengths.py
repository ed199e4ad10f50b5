"""A length of time that those who must go are given: "within seven days", "48 hours to leave", "a week to pack".

It is counted from the day of the measure, or from the day that the words name ("72 hours from Thursday"), and gives no
term where that day is not known. What lasts, recurs or lies between two other things is none ("the second blast within
a week", "two days' notice of travel", "four in two days").
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.numerals import ONES, TENS
from onrecord.coding.time import calendar
from onrecord.model import dates
from onrecord.model.records import Time

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

SPELLED = {word: number for word, number in ONES.items() if number}
GOING = frozenset(
    "leave leaves left go goes going gone depart departs departed departure out pack packed packing quit "
    "hours days home week weeks month months fortnight comply complied close closed shut empty emptied vacate "
    "vacated clear cleared wind off fly board boards embark cross exit exits evacuate evacuated vanish soil "
    "across withdrawn withdraw removed recalled".split()
)
_UNITS = {"hour": "T", "day": "D", "week": "W", "fortnight": "F", "month": "M"}
_INSIDE = frozenset(("within", "inside"))
_GIVING = frozenset(
    "give gave given gives giving had granted grants grant granting allowed allows allow allowing notice "
    "leave pack has have having allotted allots allot hand handed hands handing set sets setting accorded "
    "accords".split()
)
_GIVEN = frozenset(
    "give gave given gives giving granted allowed allows allowing allotted ordered told instructed asked required "
    "directed bidden".split()
)


def length_of(draft: Draft, region: WordSpan, act: Time | None, lasting: bool) -> Time | None:
    """The day on which the first length of time in a region runs out. ``lasting``: what is told is over, so only one
    that somebody was given counts, as in "has allowed two months for it"."""
    reading = draft.reading
    for word in range(region[0] + 1, region[1]):
        unit = reading.lower(word).rstrip("s'’")
        if unit not in _UNITS:
            continue
        value = _value(draft, word)
        if value is None or not _is_given(reading, region, word, lasting):
            continue
        start = _counted_from(draft, word, act)
        if start is None:
            return None
        days = value / 24 if unit == "hour" else value
        until = calendar.move(start, "D" if unit == "hour" else _UNITS[unit], days)
        phrase = draft.span((word - 1, word + 1))
        return Time(edtf=until.isoformat(), phrase=phrase, anchor=start.isoformat(), basis="relative")
    return None


def _is_given(reading: Reading, region: WordSpan, unit: int, lasting: bool) -> bool:
    """The length before a unit is one that somebody has for something."""
    first, last = region
    opening = {reading.lower(i) for i in range(max(first, unit - 6), unit)}
    around = {reading.lower(i) for i in range(max(first, unit - 14), min(last, unit + 6))}
    near = {reading.lower(i) for i in range(max(first, unit - 6), min(last, unit + 3))}
    above = syntax.parent(reading, unit)
    if above is not None and first <= above < unit:
        around.add(reading.lower(above))
    inside = bool(opening & _INSIDE)
    if not (inside or opening & {"in", "with"} or around & _GIVING) or _recurs(reading, first, unit):
        return False
    if lasting and not around & _GIVEN:
        return False
    if near & {"ago", "earlier", "later"} or "after" in opening:
        return False
    follows = reading.lower(unit + 1) if unit + 1 < last else ""
    if follows in ("before", "apart", "has", "had") or (follows == "after" and not inside):
        return False
    if follows == "on" and reading.pos(min(unit + 2, last - 1)) == "PUNCT":
        return False  # "two weeks on, nobody has left"
    if follows in ("'", "’", "notice") and "notice" in {
        reading.lower(i) for i in range(unit, min(last, unit + 3))
    }:
        return "of" not in {reading.lower(i) for i in range(unit, min(last, unit + 4))}
    return True


def _recurs(reading: Reading, first: int, unit: int) -> bool:
    """ "Twice in a week", "making four in two days", "the second within a month": how often something came; "from nine
    to four within a month" is a term."""
    for word in range(unit - 1, max(first, unit - 5), -1):
        if reading.lower(word) in ("in", "within"):
            before = reading.lower(word - 1)
            return (
                before in ("once", "twice", "times", "time")
                or (reading.pos(word - 1) == "NUM" and reading.lower(word - 2) != "to")
                or any(
                    reading.lower(each) in ("second", "third", "fourth", "fifth", "sixth")
                    for each in range(max(first, word - 4), word)
                )
            )
    return False


def _counted_from(draft: Draft, unit: int, act: Time | None) -> date | None:
    """ "72 hours from Thursday", "two days of Monday's announcement", else the day of the measure; None where that is
    not known to the day."""
    reading = draft.reading
    if unit + 2 < len(reading) and reading.lower(unit + 1) in ("from", "of"):
        start = reading.start(unit + 2)
        named = next((each.time for each in draft.timexes if each.span[0] == start), None)
        if named is not None or reading.lower(unit + 1) == "from":
            return _day(named)
    return _day(act)


def _value(draft: Draft, unit: int) -> float | None:
    reading = draft.reading
    text = reading.lower(unit - 1)
    if text in ("a", "an"):
        return 1.0
    if text == "-":
        text = reading.lower(unit - 2)
    elif unit > 2 and reading.lower(unit - 2) == "-":
        text = f"{reading.lower(unit - 3)}-{text}"
    tens, _, ones = text.partition("-")
    if ones in SPELLED and tens in TENS:
        return float(TENS[tens] + SPELLED[ones])
    if re.fullmatch(r"\d+", text):
        return float(text)
    if text in SPELLED:
        return float(SPELLED[text])
    return float(TENS[text]) if text in TENS else None


def _day(time: Time | None) -> date | None:
    if time is None or dates.precision(time.edtf) != "day":
        return None
    return dates.parse(time.edtf).lower
