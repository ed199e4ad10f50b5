"""What a text has spoken of so far, against which its relative dates are resolved.

The narrative anchor is the last dated expression: "a day earlier", "the following month" and "that year" count from
it, and a month or day without a year takes the year that the paragraph gave last. No machine clock is ever read: an
expression that needs the document's day and has none stays unresolved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

@dataclass(slots=True)
class Resolution:
    """What an expression means: TIMEX3 type and value, and the days it covers if the calendar has them."""

    type: str
    value: str
    first: date | None = None
    last: date | None = None
    grain: str = ""
    anchor: date | None = None
    explicit: bool = False
    comparison: bool = False  # "a year earlier": names another time to compare with, and is not spoken of further
    alternatives: list[tuple[date, date]] = field(default_factory=list)
    unresolved: bool = False


@dataclass(slots=True)
class Narrative:
    """What the text has spoken of so far. `paragraph` counts up; older anchors lapse with distance."""

    document_date: date | None
    paragraph: int = 0
    focus: Resolution | None = None
    focus_paragraph: int = -9
    year: int | None = None
    year_paragraph: int = -9
    quarter: date | None = None
    quarter_paragraph: int = -9

    def note(self, found: Resolution) -> None:
        """Keep a dated expression as the anchor of what follows."""
        if found.first is None or found.last is None or found.type not in ("DATE", "TIME"):
            return
        if found.comparison:
            return
        self.focus, self.focus_paragraph = found, self.paragraph
        if found.grain == "Q":
            self.quarter, self.quarter_paragraph = found.first, self.paragraph
        if found.explicit:
            self.year, self.year_paragraph = found.first.year, self.paragraph
        elif found.grain in ("D", "W"):
            self.year = None

    def anchor(self) -> Resolution | None:
        """The last dated expression, while it stands in this paragraph or the one before."""
        return self.focus if self.paragraph - self.focus_paragraph <= 1 else None

    def recent_quarter(self) -> date | None:
        """The quarter of a year that is being spoken of."""
        return self.quarter if self.paragraph - self.quarter_paragraph <= 2 else None

    def recent_year(self) -> int | None:
        """The year that this paragraph gave last."""
        return self.year if self.paragraph == self.year_paragraph else None
