"""Two expressions that make one span of time: "from July to November", "1980-1988", "Monday and Tuesday"."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.coding.time.types import Timex
from onrecord.model import dates

_TO = re.compile(r",?\s?(?:to|until|till|through|and until|-|--|–|—)\s?(?:the\s)?")
_AND = re.compile(r"\s(?:and|or)\s(?:(?:on|in|early|late)\s)?")
_DATED = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?(?:early\s|late\s)?$")


def joined(low: str, found: list[Timex]) -> list[Timex]:
    """The expressions with those that are the two ends of one span put together.

    "to" and the like join any two that follow each other in time; "and" and "or" only what is next to
    each other in the calendar, unless "between" stands before.
    """
    result: list[Timex] = []
    for timex in found:
        merged = _merge(low, result[-1], timex) if result else None
        if merged is not None:
            result[-1] = merged
        else:
            result.append(timex)
    return result


def _merge(low: str, first: Timex, second: Timex) -> Timex | None:
    if first.parts or second.parts or first.edtf is None or second.edtf is None:
        return None
    if not {first.type, second.type} <= {"DATE", "TIME"} or "REF" in first.value + second.value:
        return None
    gap = (first.span[1], second.span[0])
    to = _TO.fullmatch(low, *gap) is not None
    if not to and not _AND.fullmatch(low, *gap):
        return None
    if to and second.basis == "explicit" and first.basis == "relative":
        first = _with_year_of(first, second)
    between = _BETWEEN.search(low, max(0, first.span[0] - 20), first.span[0]) is not None
    reach = 1 if not (to or between) else 10**6 if "explicit" in (first.basis, second.basis) else 366
    readings = [
        span
        for begin in (first.edtf, *first.alternatives)
        for end in (second.edtf, *second.alternatives)
        if begin is not None and end is not None and (span := _span(begin, end, reach))
    ]
    if not readings:
        return None
    if first.basis == second.basis == "relative":  # "from Thursday to Friday" is one week's
        readings.sort(key=lambda edtf: dates.parse(edtf).days() or 0)
    return Timex(
        span=(first.span[0], second.span[1]),
        type="DATE",
        value=first.value,
        edtf=readings[0],
        alternatives=tuple(readings[1:]),
        anchor=first.anchor or second.anchor,
        basis=second.basis if first.basis == "explicit" else first.basis,
        direction=first.direction,
        parts=(first, second),
    )


def _with_year_of(first: Timex, second: Timex) -> Timex:
    """ "from November 20 to November 21, 1991": the year at the end counts for both."""
    begin = dates.parse(second.edtf or "").lower
    if (
        begin is None
        or not _DATED.fullmatch(first.edtf or "")
        or not first.value.startswith(first.edtf or "-")
    ):
        return first
    for year in (begin.year, begin.year - 1):
        edtf = f"{year:04}{(first.edtf or '')[4:]}"
        if (lower := dates.parse(edtf).lower) and lower <= begin:
            return replace(
                first, edtf=edtf, value=edtf + first.value[len(edtf) :], basis="explicit", anchor=None
            )
    return first


def _span(first: str, second: str, reach: int) -> str | None:
    """One interval of two that follow each other with at most `reach` days between them."""
    one, other = dates.parse(first.removesuffix("/..")), dates.parse(second)
    if one.lower is None or one.upper is None or other.lower is None or other.upper is None:
        return None
    if other.upper <= one.upper or other.lower < one.lower or (other.lower - one.upper).days > reach:
        return None
    return f"{first.partition('/')[0]}/{second.rpartition('/')[2]}"
