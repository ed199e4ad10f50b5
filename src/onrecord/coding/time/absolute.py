"""Dates that name their place in the calendar: days, months, quarters, seasons, years, feast days.

What the words leave out (the year, mostly) comes from the paragraph, the document's day and the tense of
the verb.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from onrecord.coding.time import calendar as cal
from onrecord.coding.time.lexicon import HOLIDAYS, SEASON_LETTERS
from onrecord.coding.time.narrative import Narrative
from onrecord.coding.time.pieces import Expression
from onrecord.coding.time.tense import FUTURE, PAST
from onrecord.coding.time.types import Kind, Resolution

Direction = Callable[[], int]


class CalendarResolver:
    """Resolves expressions in the order of the text. A method gives `None` where the words are no date
    after all."""

    def __init__(self, narrative: Narrative) -> None:
        self.told = narrative

    # helpers

    def _unit(
        self, unit: str, day: date, e: Expression, anchor: date | None = None, explicit: bool = False
    ) -> Resolution:
        first, last = cal.narrow(unit, *cal.around(unit, day), e.mod)
        value = cal.timex(unit, day)
        return Resolution("DATE", value, first, last, unit, None if explicit else anchor, explicit)

    def _open(self, value: str, kind: Kind = "DATE") -> Resolution:
        """An expression that needs a day to count from where none is known."""
        return Resolution(kind, value, unresolved=True)

    def _timed(self, found: Resolution, part: str) -> Resolution:
        """Add a part of the day or a clock time."""
        if part:
            found.type = "TIME"
            if part == "overnight":
                found.value += "TNI"
                if found.first and found.last:
                    found.first = cal.move(found.first, "D", -1)
            else:
                found.value += f"T{part}"
        return found

    # calendar

    def _day(self, e: Expression, direction: Direction) -> Resolution | None:
        found = self._one_day(e, direction)
        if found is None or not e.until or found.first is None:
            return found
        second = found.first.replace(day=e.until)
        if second <= found.first:
            second = cal.move(second, "M", 1)
        end = replace(found, value=cal.timex("D", second), first=second, last=second, alternatives=[])
        found.parts = (replace(found), end)
        found.last = second
        length = second - found.first
        found.alternatives = [(first, first + length) for first, _ in found.alternatives]
        return found

    def _one_day(self, e: Expression, direction: Direction) -> Resolution | None:
        month, day = e.month or 1, e.day or 1
        today = self.told.document_date
        if e.year:
            found = self._unit("D", date(e.year, month, day), e, explicit=True)
            if e.other_order:
                found.alternatives = [cal.around("D", date(e.year, day, month))]
            return self._timed(found, e.part)
        if e.week:
            year = self._related_year(e.week)
            if year is None:
                return self._open(f"XXXX-{month:02}-{day:02}")
            return self._timed(self._unit("D", date(year, month, day), e, today), e.part)
        told = self.told.recent_year()
        if told is not None:
            return self._timed(self._unit("D", date(told, month, day), e, date(told, 1, 1)), e.part)
        going_on = self._going_on(month, direction) if not e.rel else None
        if going_on is not None:
            found = self._timed(self._unit("D", date(going_on, month, day), e, date(going_on, 1, 1)), e.part)
            found.continued = True
            return found
        if today is None:
            date(2000, month, day)
            return self._open(f"XXXX-{month:02}-{day:02}")
        options = []
        for year in (today.year - 1, today.year, today.year + 1):
            try:
                options.append(date(year, month, day))
            except ValueError:
                continue
        if e.weekday is not None and (fitting := [day for day in options if day.weekday() == e.weekday]):
            options = fitting
        if e.rel == "last":
            chosen = max((day for day in options if day < today), default=options[0])
        elif e.rel == "next":
            chosen = min((day for day in options if day > today), default=options[-1])
        else:
            chosen = self._choose(options, today, direction)
        found = self._unit(e.unit or "D", chosen, e, today)
        found.alternatives = [
            cal.around(e.unit or "D", day)
            for day in options
            if day != chosen and abs((day - today).days) <= 366
        ]
        return self._timed(found, e.part)

    @staticmethod
    def _choose(options: list[date], today: date, direction: Direction) -> date:
        """The nearest of several days or month beginnings in the direction of the tense; the nearest if
        it is silent.

        A day within three months beats the tense: "was scheduled for Nov. 4" does not point to last year.
        """
        near = min(options, key=lambda day: abs((day - today).days))
        if abs((near - today).days) <= 90:
            return near
        way = direction()
        if way == FUTURE and (later := [day for day in options if day >= today]):
            return later[0]
        if way == PAST and (earlier := [day for day in options if day <= today]):
            return earlier[-1]
        return near

    def _going_on(self, month: int, direction: Direction) -> int | None:
        """The year in which a story of earlier years goes on; what lay ahead last year may as well be of this one."""
        year, today = self.told.going_on(month), self.told.document_date
        if year is None or today is None or year < today.year - 1:
            return year
        return None if direction() == FUTURE else year

    def _related_year(self, rel: str) -> int | None:
        today, focus = self.told.document_date, self.told.anchor()
        if rel in ("previous", "following", "same"):
            base = focus.first.year if focus and focus.first else today.year if today else None
            return None if base is None else base + {"previous": -1, "following": 1, "same": 0}[rel]
        return None if today is None else today.year + {"last": -1, "next": 1}.get(rel, 0)

    def _month(self, e: Expression, direction: Direction) -> Resolution | None:
        month = e.month or 1
        today = self.told.document_date
        year = e.year or (self._related_year(e.week) if e.week else None)
        if year is not None:
            return self._unit("M", date(year, month, 1), e, today, explicit=bool(e.year))
        told = self.told.recent_year()
        if told is not None and not e.rel:
            return self._unit("M", date(told, month, 1), e, date(told, 1, 1))
        if e.rel in ("following", "previous", "same") and (focus := self.told.anchor()) and focus.first:
            base = focus.first
            year = (
                base.year + (month < base.month) if e.rel == "following" else base.year - (month > base.month)
            )
            return self._unit("M", date(year, month, 1), e, base)
        going_on = self._going_on(month, direction) if not e.rel else None
        if going_on is not None:
            found = self._unit("M", date(going_on, month, 1), e, date(going_on, 1, 1))
            found.continued = True
            return found
        if today is None:
            return self._open(f"XXXX-{month:02}")
        before = date(today.year - (month >= today.month), month, 1)  # the last one that is over
        after = date(today.year + (month <= today.month), month, 1)  # the next one to begin
        current = date(today.year, month, 1) if month == today.month else None
        if e.rel in ("last", "past"):
            found = self._unit("M", before, e, today)
            if (today - before).days < 92:
                found.alternatives = [cal.around("M", date(before.year - 1, month, 1))]
            return found
        if e.rel == "next":
            return self._unit("M", after, e, today)
        if e.rel == "this":
            return self._unit("M", date(today.year, month, 1), e, today)
        if current is not None:
            return self._unit("M", current, e, today)
        way = direction() or (FUTURE if after - today < today - before else PAST)
        chosen, other = (after, before) if way == FUTURE else (before, after)
        found = self._unit("M", chosen, e, today)
        found.alternatives = [cal.around("M", other)]
        return found

    def _year(self, e: Expression, direction: Direction) -> Resolution | None:
        found = self._unit("Y", date(e.year or 1, 1, 1), e, explicit=True)
        if e.until:
            end = self._unit("Y", date(e.until, 1, 1), e, explicit=True)
            found.parts = (replace(found), end)
            found.last = end.last
        return found

    def _decade(self, e: Expression, direction: Direction) -> Resolution | None:
        return self._unit("E", date(e.index * 10, 1, 1), e, explicit=True)

    def _century(self, e: Expression, direction: Direction) -> Resolution | None:
        return self._unit("C", date(e.index * 100 - 99, 1, 1), e, explicit=True)

    def _quarter(self, e: Expression, direction: Direction) -> Resolution | None:
        today = self.told.document_date
        month = 3 * e.index - 2
        if e.year:
            return self._unit("Q", date(e.year, month, 1), e, explicit=True)
        if e.week == "previous" and (quarter := self.told.recent_quarter() or today):
            found = self._unit("Q", date(quarter.year - 1, month, 1), e, today)
            found.comparison = True
            return found
        if e.week:
            year = self._related_year(e.week)
            return (
                self._open(f"XXXX-Q{e.index}")
                if year is None
                else self._unit("Q", date(year, month, 1), e, today)
            )
        if today is None:
            return self._open(f"XXXX-Q{e.index}")
        begun = date(today.year - (month > today.month), month, 1)
        if begun.year < today.year and direction() == FUTURE:
            begun = date(today.year, month, 1)
        return self._unit("Q", begun, e, today)

    def _half(self, e: Expression, direction: Direction) -> Resolution | None:
        year = e.year or self._related_year(e.week)
        if year is None:
            return self._open(f"XXXX-H{e.index}")
        return self._unit(
            "H", date(year, 6 * e.index - 5, 1), e, self.told.document_date, explicit=bool(e.year)
        )

    def _season(self, e: Expression, direction: Direction) -> Resolution | None:
        today = self.told.document_date
        letters = SEASON_LETTERS[e.index]
        year = e.year or (self._related_year(e.week) if e.week else None)
        if year is None and today is None:
            return self._open(f"XXXX-{letters}")
        anchor = None if e.year else today
        if year is None and today is not None:
            over = max(
                y for y in (today.year - 2, today.year - 1, today.year) if cal.season(y, e.index)[1] < today
            )
            begun = max(y for y in (today.year - 1, today.year) if cal.season(y, e.index)[0] <= today)
            if e.rel in ("last", "past", "previous"):
                year = over
            elif e.rel in ("next", "following"):
                year = begun + 1
            elif e.rel == "this":
                year = today.year if e.index != 24 or today.month > 2 else today.year - 1
            else:
                year = begun + (begun == over and direction() == FUTURE)
        assert year is not None
        first, last = cal.season(year, e.index)
        found = Resolution("DATE", f"{year:04}-{letters}", first, last, "S", anchor, explicit=bool(e.year))
        if e.rel in ("last", "past") and today is not None and (today - last).days < 92:
            found.alternatives = [cal.season(year - 1, e.index)]
        return found

    def _holiday(self, e: Expression, direction: Direction) -> Resolution | None:
        today, feast = self.told.document_date, HOLIDAYS[e.name]
        year = e.year or (self._related_year(e.week) if e.week else self.told.recent_year())
        if year is not None:
            day = feast(year)
        elif today is None:
            return self._open("XXXX-XX-XX")
        else:
            options = [feast(today.year + step) for step in (-1, 0, 1)]
            if e.rel in ("last", "past"):
                day = max(option for option in options if option < today)
            elif e.rel in ("next", "this"):
                day = min(option for option in options if option >= today)
            else:
                day = self._choose(options, today, direction)
        return self._unit(e.unit or "D", day, e, today, explicit=bool(e.year))
