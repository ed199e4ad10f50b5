"""What a text has spoken of so far, against which its relative dates are resolved.

The narrative anchor is the last dated expression: "a day earlier", "the following month" and "that year"
count from it, and a month or day without a year takes the year that the paragraph gave last, or goes on from the
dated day or month told just before. No machine clock is ever read: an expression that needs the document's day and
has none stays unresolved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.coding.time.types import Resolution


@dataclass(slots=True)
class Narrative:
    """What the text has spoken of so far. `paragraph` counts up; older anchors lapse with distance."""

    document_date: date | None
    paragraph: int = 0
    focus: Resolution | None = None
    focus_paragraph: int = -9
    day: Resolution | None = None
    day_paragraph: int = -9
    year: int | None = None
    year_paragraph: int = -9
    years_told: int = 0
    quarter: date | None = None
    quarter_paragraph: int = -9

    def note(self, found: Resolution) -> None:
        """Keep a dated expression as the anchor of what follows."""
        if found.first is None or found.last is None or found.type not in ("DATE", "TIME"):
            return
        if found.comparison:
            return
        self.focus, self.focus_paragraph = found, self.paragraph
        if found.grain == "D":
            self.day, self.day_paragraph = found, self.paragraph
        if found.grain == "Q":
            self.quarter, self.quarter_paragraph = found.first, self.paragraph
        if found.explicit and found.grain in ("D", "M", "Y"):
            if self.year_paragraph != self.paragraph:
                self.years_told = 0
            self.year, self.year_paragraph = found.first.year, self.paragraph
            self.years_told += 1
        elif found.anchor is not None and found.anchor == self.document_date:
            self.years_told = 0

    def anchor(self, unit: str = "") -> Resolution | None:
        """The last dated expression, while it stands in this paragraph or the one before; what is counted in days or
        weeks goes on from the last day, whatever year stands between ("on 22 November …, jailed in 1971; a week
        later")."""
        coarse = self.focus is not None and self.focus.grain in ("Y", "E", "C")
        if coarse and unit in ("D", "W", "F", "WE") and self.paragraph == self.day_paragraph:
            return self.day
        return self.focus if self.paragraph - self.focus_paragraph <= 1 else None

    def going_on(self, month: int) -> int | None:
        """The year of a month told right after a day or month of an earlier year, of which the story goes on:
        "in September 2019 …; in October …", "December 12, 1979 … December 27"."""
        told = self.focus
        if self.document_date is None or told is None or told.first is None:
            return None
        dated = told.explicit or told.continued
        if not dated or told.grain not in ("D", "M") or self.focus_paragraph != self.paragraph:
            return None
        year = told.first.year + (month < told.first.month)
        return year if told.first.year < self.document_date.year and year <= self.document_date.year else None

    def recent_quarter(self) -> date | None:
        """The quarter of a year that is being spoken of."""
        return self.quarter if self.paragraph - self.quarter_paragraph <= 2 else None

    def recent_year(self) -> int | None:
        """The year that this paragraph gave last, if it tells history.

        It does where the document has no day of its own, or where two dates with their year, the last
        more than a year before it, stand in the paragraph and nothing since has counted from the
        document's day. In news one old year ("founded in 1949") says nothing about the next month named.
        """
        if self.paragraph != self.year_paragraph or self.year is None:
            return None
        if self.document_date is None:
            return self.year
        return self.year if self.years_told > 1 and self.year < self.document_date.year - 1 else None
