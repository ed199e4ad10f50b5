"""The day on which a report was written: "today" and "Thursday" count from it, whatever day the paper came out.

The head of a report says it: a dateline ("BAGHDAD, Oct. 17 -"), the line of the correspondent, or a first line of its
own ("Beirut, 13 May", "CAPE TOWN, Wednesday."). Where it gives none of the days right before publication, the day of
publication is the day of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.coding.time.lexicon import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from onrecord.model.records import Document

_LAG = 2  # days between the writing and the publication of a report
_LINE = 64  # characters of a first line that is no sentence
_MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_DAY = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<of>{_MONTH})\b|(?P<month>{_MONTH})\.? (?P<figure>\d{{1,2}})\b"
    rf"|(?P<weekday>{'|'.join(name for name in WEEKDAYS if name.endswith('day'))})\b)",
    re.IGNORECASE,
)


def written_on(document: Document) -> date | None:
    """The day that the head of a report gives, else that of its publication; None where neither is known."""
    if document.published is None:
        return None
    published = date.fromisoformat(document.published.value[:10])
    for line in _heads(document):
        found = _DAY.search(line)
        if found is not None:
            return next((day for day in _days_before(published) if _is_named(found, day)), published)
    return published


def _heads(document: Document) -> Iterator[str]:
    """The dateline and the byline, and a short line that stands above the text."""
    first = True
    for section in document.sections:
        line = document.text[slice(*section.span)]
        if section.kind in ("dateline", "byline"):
            yield line
        elif section.kind == "body":
            if first and len(line) <= _LINE:
                yield line
            first = False


def _days_before(published: date) -> Iterator[date]:
    return (published - timedelta(days=lag) for lag in range(_LAG + 1))


def _is_named(found: re.Match[str], day: date) -> bool:
    if found["weekday"]:
        return WEEKDAYS[found["weekday"].lower()] == day.weekday()
    month, number = found["of"] or found["month"], found["day"] or found["figure"]
    return MONTHS[month.lower()] == day.month and int(number) == day.day
