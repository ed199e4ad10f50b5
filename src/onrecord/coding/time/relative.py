"""Expressions that count from another day: weekdays, "last week", "two years ago", "the following month".

The other day is the document's, or the narrative's last dated expression. Amounts ("three months"), sets
("every day") and vague references ("recently") are recognised here too, with an interval only where the
words bound one.
"""

from __future__ import annotations

from datetime import date

from onrecord.coding.time import calendar as cal
from onrecord.coding.time.absolute import CalendarResolver, Direction
from onrecord.coding.time.pieces import Expression
from onrecord.coding.time.tense import FUTURE
from onrecord.coding.time.types import Resolution

_CLOCK_UNITS = ("S", "m", "T")


class Resolver(CalendarResolver):
    """Resolves one expression after the other, in the order of the text."""

    def resolve(self, e: Expression, direction: Direction) -> Resolution | None:
        """Resolve; `direction` is asked only where the words leave past and future open.

        `None`: no temporal expression after all.
        """
        try:
            found: Resolution | None = getattr(self, f"_{e.kind}")(e, direction)
        except (ValueError, OverflowError):
            return None  # 30 February, or beyond the calendar
        if found is not None:
            self.told.note(found)
        return found

    def _weekday(self, e: Expression, direction: Direction) -> Resolution | None:
        today, told = self.told.document_date, self.told.anchor()
        focus = told.first if told and told.grain == "D" else None
        if e.weekday is None:  # "the next morning", "that evening"
            base = focus or today
            if base is None:
                return self._open(f"XXXX-XX-XXT{e.part}", "TIME")
            day = cal.move(base, "D", {"following": 1, "next": 1, "previous": -1}.get(e.rel, 0))
            return self._timed(self._unit("D", day, e, base), e.part)
        if today is None and not (focus and e.rel in ("previous", "following", "same")):
            return self._timed(self._open(f"XXXX-WXX-{e.weekday + 1}"), e.part)
        day, anchor, alternatives = self._weekday_of(e, direction, focus)
        found = self._unit("D", day, e, anchor)
        found.alternatives = [(other, other) for other in alternatives]
        return self._timed(found, e.part)

    def _weekday_of(
        self, e: Expression, direction: Direction, focus: date | None
    ) -> tuple[date, date, list[date]]:
        """The day, the day it counts from, and the other days it might be."""
        today, weekday = self.told.document_date, e.weekday or 0
        base = today or focus
        assert base is not None
        if e.week:
            week = cal.move(base, "W", {"last": -1, "next": 1, "previous": -1, "following": 1}.get(e.week, 0))
            return cal.move(cal.around("W", week)[0], "D", weekday), base, []
        before = cal.move(base, "D", -((base.weekday() - weekday) % 7 or 7))  # strictly before
        after = cal.move(base, "D", (weekday - base.weekday()) % 7 or 7)  # strictly after
        if e.rel in ("previous", "following") and focus is not None:
            step = (weekday - focus.weekday()) % 7 or 7
            back = (focus.weekday() - weekday) % 7 or 7
            return cal.move(focus, "D", step if e.rel == "following" else -back), focus, []
        if e.rel in ("last", "past", "previous"):
            return before, base, [cal.move(before, "W", -1)] if (base - before).days < 4 else []
        if e.rel in ("next", "following"):
            # Two days before, "next Friday" is hardly tomorrow's.
            later = cal.move(after, "W", 1)
            return (later, base, [after]) if (after - base).days <= 2 else (after, base, [later])
        if e.rel == "this":
            within = cal.move(cal.around("W", base)[0], "D", weekday)
            return within, base, []
        way = direction()
        if base.weekday() == weekday:
            return base, base, [after, before] if way == FUTURE else [before, after]
        if way == FUTURE:
            return after, base, [before]
        return before, base, [after, cal.move(before, "W", -1)]

    def _deictic(self, e: Expression, direction: Direction) -> Resolution | None:
        today = self.told.document_date
        if today is None:
            return self._timed(self._open("XXXX-XX-XX"), e.part)
        return self._timed(self._unit("D", cal.move(today, "D", e.count or 0), e, today), e.part)

    def _monthday(self, e: Expression, direction: Direction) -> Resolution | None:
        """On the 19th: the first such day from what was told last on, else the next or the last one from today."""
        told, today = self.told.anchor(), self.told.document_date
        base = told.first if told is not None and told.grain in ("D", "M") else today
        if base is None or e.day is None:
            return self._open("XXXX-XX-XX")
        step = -1 if base is today and direction() != FUTURE else 1
        day = base
        while day.day != e.day:
            day = cal.move(day, "D", step)
        return self._unit("D", day, e, base)

    def _clock(self, e: Expression, direction: Direction) -> Resolution | None:
        today, told = self.told.document_date, self.told.anchor()
        day = told.first if told and told.grain == "D" else today
        if day is None:
            return self._open(f"XXXX-XX-XXT{e.part}", "TIME")
        return self._timed(self._unit("D", day, e, day), e.part)

    def _period(self, e: Expression, direction: Direction) -> Resolution | None:
        today, told = self.told.document_date, self.told.anchor(e.unit)
        unit, focus = e.unit, told.first if told else None
        quarter = self.told.recent_quarter()
        if unit == "period":
            return self._unit("Q", quarter, e, today) if quarter and e.rel in ("latest", "same") else None
        if unit == "Q" and e.rel in ("", "latest", "same") and (quarter or today):
            # Companies speak of the last quarter that is over.
            day = quarter or cal.move(today, "Q", -1)  # type: ignore[arg-type]
            return self._unit("Q", day, e, today)
        onwards = (
            unit == "D" and e.rel == "next" and told is not None and told.grain == "D"
        )  # no other is "tomorrow"
        if onwards or e.rel in ("same", "following", "previous") or (e.rel == "" and unit == "D"):
            base = self._base(unit, told, focus)
            if base is None and unit == "D" and not (e.mod or e.name == "same"):
                return None  # "that day", "the day" of something
            base = base or today
            if base is not None:
                step = {"following": 1, "next": 1, "previous": -1}.get(e.rel, 0)
                return self._unit(unit, cal.move(base, unit, step), e, base)
        if today is None:
            return self._open({"D": "XXXX-XX-XX", "M": "XXXX-XX", "Y": "XXXX"}.get(unit, "XXXX-WXX"))
        if unit == "WE":
            return self._weekend(e, today, direction)
        if unit == "D":
            if e.rel in ("this", "latest") and not e.mod:
                return None  # "this day" of an anniversary
            return self._unit("D", cal.move(today, "D", {"last": -1, "next": 1}.get(e.rel, 0)), e, today)
        step = {"last": -1, "past": -1, "next": 1}.get(e.rel, 0)
        other = cal.move(today, unit, step)
        if e.day is not None:
            return self._unit("D", other.replace(day=e.day), e, today)
        found = self._unit(unit, other, e, today)
        if e.rel == "past":  # a rolling one: the days up to today
            found.first, found.last = other, today
        elif unit == "E" and step:  # ten years back or ahead, not those of one first digit
            found.first = cal.around("Y", min(other, today))[0]
            found.last = cal.around("Y", max(other, today))[1]
        elif unit == "W" and step < 0 and today.weekday() == 6:  # on a Sunday last week has just ended
            found.first, found.last = cal.around("W", today)[0], cal.move(today, "D", -1)
        return found

    @staticmethod
    def _base(unit: str, told: Resolution | None, focus: date | None) -> date | None:
        """The narrative's day, where it is fine enough to say in which unit it lies."""
        if told is None or focus is None:
            return None
        sizes = "DWMSQHYEC"
        grain = told.grain if told.grain in sizes else "W"
        return focus if sizes.index(grain) <= sizes.index(unit if unit in sizes else "W") else None

    def _weekend(self, e: Expression, today: date, direction: Direction) -> Resolution | None:
        this = cal.around("WE", today)[0]
        if e.rel in ("last", "past"):
            day = cal.move(this, "W", -1)
        elif e.rel in ("next", "following"):
            day = this if today.weekday() < 4 else cal.move(this, "W", 1)
        elif e.rel == "this" or today.weekday() >= 5 or direction() == FUTURE:
            day = this
        else:
            day = cal.move(this, "W", -1)
        found = self._unit("WE", day, e, today)
        if e.rel == "":
            found.alternatives = [cal.around("WE", cal.move(day, "W", 1 if day < today else -1))]
        return found

    def _offset(self, e: Expression, direction: Direction) -> Resolution | None:
        today, told = self.told.document_date, self.told.anchor(e.unit)
        if e.rel == "event":
            return self._beside_event(e, told, today)
        if e.count is None and e.rel != "quarter":
            return self._vague(e, today)
        quarter = self.told.recent_quarter()
        base, grain = today, e.unit
        if e.rel == "quarter":
            if today is None and quarter is None:
                return self._open("XXXX-QX")
            base, grain = quarter or cal.move(today, "Q", -1), "Q"  # type: ignore[arg-type]
            if e.year:
                found = self._unit("Q", date(e.year, base.month, 1), e, today)
                found.comparison = True
                return found
        elif e.unit == "Y" and quarter is not None and told is not None and told.grain == "Q":
            base, grain = quarter, "Q"
        elif e.rel == "focus" and told is not None and told.first is not None:
            base = told.first
            if e.unit == "Y" and told.grain in ("M", "Q"):
                grain = told.grain
        if base is None:
            return self._open({"D": "XXXX-XX-XX", "M": "XXXX-XX", "Y": "XXXX"}.get(e.unit, "XXXX-WXX"))
        if e.unit in _CLOCK_UNITS:
            if e.rel == "focus":
                return Resolution("DURATION", cal.duration(e.unit, e.count))
            return self._unit("D", base, e, base)
        grain = "D" if grain == "WE" else "W" if grain == "F" else "Y" if grain in "ECL" else grain
        if e.rel == "focus" and grain == "W" and told is not None and told.grain == "D" and not e.mod:
            grain = "D"  # a week after a day is a day
        day = cal.move(base, e.unit, e.sign * (e.count or 0))
        found = self._unit(grain, day, e, base)
        found.comparison = grain == "Q"
        found.approximate = e.mod == "approx"
        if e.rel == "today" and e.count == 1 and not e.mod and grain in "WY":
            # "a year ago" is about a year, "a week ago" the same day: finer than their TIMEX3 values
            found.first, found.last = cal.around("M" if grain == "Y" else "D", day)
            found.approximate = grain == "Y"
        return found

    def _beside_event(self, e: Expression, told: Resolution | None, today: date | None) -> Resolution:
        """Two days after the vote: an amount; its alternative is the day of the vote, counted back from what is
        being told; where that is a month, some days off is that month."""
        found = Resolution("DURATION", cal.duration(e.unit, e.count))
        base = told.first if told and told.first == told.last else today
        if told is not None and told.grain == "M" and told.explicit and told.first and e.unit == "D":
            found.alternatives = [cal.around("M", told.first)]
        elif base is not None and e.count is not None and e.unit not in _CLOCK_UNITS:
            day = cal.move(base, e.unit, e.count if e.part == "before" else -e.count)
            grain = e.unit if e.unit in "WMY" and e.unit != "WE" else "D"
            found.anchor, found.alternatives = base, [cal.around(grain, day)]
        return found

    def _vague(self, e: Expression, today: date | None) -> Resolution | None:
        """Months ago, several years later."""
        if e.rel == "focus":
            return Resolution("DURATION", cal.duration(e.unit, None))
        return Resolution(
            "DATE", "PAST_REF" if e.sign < 0 else "FUTURE_REF", last=today if e.sign < 0 else None
        )

    def _duration(self, e: Expression, direction: Direction) -> Resolution | None:
        today = self.told.document_date
        found = Resolution("DURATION", cal.duration(e.unit, e.count))
        if today is None or e.unit in _CLOCK_UNITS:
            return found
        if e.rel in ("last", "past", "next"):
            unit = {"WE": "D", "F": "W"}.get(e.unit, e.unit)
            if e.count is not None:
                other = cal.move(today, e.unit, e.count if e.rel == "next" else -e.count)
                found.first, found.last = min(today, other), max(today, other)
                if unit in ("M", "Y", "E", "C"):
                    size = "M" if unit == "M" or e.count != int(e.count) else "Y"
                    found.first, found.last = (
                        cal.around(size, found.first)[0],
                        cal.around(size, found.last)[1],
                    )
            elif e.rel != "next":
                found.last = today
            else:
                found.first = today
            found.anchor = today
        elif e.rel == "recent":
            found.last, found.anchor = today, today
        elif e.mod and e.rel == "" and e.count is not None:
            self._ahead(e, direction, today, found)
        return found

    def _ahead(self, e: Expression, direction: Direction, today: date, found: Resolution) -> None:
        """In two weeks, within ten days: a date where the clause looks ahead, else only a possible one."""
        until = cal.move(today, e.unit, e.count or 0)
        if e.mod == "in":
            span = cal.around({"F": "W", "E": "Y", "C": "Y", "WE": "W"}.get(e.unit, e.unit), until)
        else:
            span = (today, until)
        if direction() == FUTURE:
            (found.first, found.last), found.anchor = span, today
        else:
            found.alternatives, found.anchor = [span], today

    def _set(self, e: Expression, direction: Direction) -> Resolution | None:
        return Resolution("SET", e.value or cal.duration(e.unit, e.count))

    def _reference(self, e: Expression, direction: Direction) -> Resolution | None:
        today = self.told.document_date
        found = Resolution("DATE", e.value, anchor=today)
        if e.value == "PAST_REF":
            found.last = today
        elif e.value == "FUTURE_REF":
            found.first = today
        return found
