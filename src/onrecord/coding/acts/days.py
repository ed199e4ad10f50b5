"""Which days the expressions of a text may give to a measure: those that are no terms and no beginnings, each read as
what is told has it.

Requires temporal expressions. A day after "by" or "until" is a term, one ahead after "from" a beginning; what was done
has begun, so that of two readings the one that is over stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.model import dates
from onrecord.model.records import Time

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.draft import Draft
    from onrecord.coding.time.types import Timex
    from onrecord.model.records import Event
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

TERMS = frozenset(("by", "until", "till", "before"))
EFFECT = frozenset(("from", "since", "effective"))
_WEEK = 7
_NEAR = 31  # days before the report in which a day of the present tense may lie


def is_term(reading: Reading, timex: Timex) -> bool:
    """A day by which something must be done, or until which it goes on: "by noon on Friday", "until the end of May"."""
    if timex.direction in ("by", "until"):
        return True
    first, _ = reading.words_in(timex.span)
    for word in range(first - 1, max(-1, first - 4), -1):
        if reading.lower(word) in ("by", "until", "till"):
            return True
        if reading.pos(word) in ("PUNCT", "PROPN", "NOUN", "VERB", "ADP"):
            return False
    return False


def is_parted(draft: Draft, timex: Timex, word: int, triggers: Sequence[int]) -> bool:
    """A day that a semicolon parts from the measure and that stands beside another: "Oman sent one home; Qatar did so
    on Friday"."""
    reading = draft.reading
    at, end = reading.words_in(timex.span)
    start, last = reading.sentence(word)
    if not start <= at < last:
        return False
    if at > word:
        parts = [each for each in range(word, at) if reading.lower(each) == ";"]
        return bool(parts) and any(parts[0] < each < last for each in triggers)
    parts = [each for each in range(end, word) if reading.lower(each) == ";"]
    return bool(parts) and any(start <= each < parts[-1] for each in triggers)


def is_by_then(draft: Draft, timex: Timex, word: int) -> bool:
    """ "By Friday Pretoria had sent three home": told as over, the day by which it was done is when it was; after the
    measure ("told them to go by Friday") it is a term."""
    if timex.direction != "by" or timex.edtf is None or draft.day is None:
        return False
    return timex.span[1] <= draft.reading.start(word) and not is_ahead(timex.edtf, draft.day)


def begins_later(draft: Draft, timex: Timex) -> bool:
    """ "From Monday", "as of 1 September": a day to come, from which a measure counts that is taken before."""
    if draft.day is None or timex.time is None:
        return False
    first, _ = draft.reading.words_in(timex.span)
    before = [draft.reading.lower(word) for word in range(max(0, first - 3), first)]
    begins = "from" in before[-2:] or before[-2:] == ["as", "of"] or before[-1:] == ["effective"]
    readings = (timex.time.edtf, *timex.alternatives)
    return begins and any(is_ahead(edtf, draft.day) for edtf in readings)


def is_of_a_term(draft: Draft, time: Time) -> bool:
    return any(timex.span == time.phrase and is_term(draft.reading, timex) for timex in draft.timexes)


def day_of(draft: Draft, event: Event, timex: Timex, past: bool) -> Time | None:
    """The days of an expression that agree with what is told: what was done has begun, on the first of the days since
    which it has been so, and in the part of this week that is over. Only the ``past`` tense reaches back a year."""
    time = timex.time
    if time is None:
        return None
    if event.status == "actual" and draft.day is not None:
        near = draft.day - timedelta(days=_NEAR)
        readings = [
            edtf
            for edtf in (time.edtf, *timex.alternatives)
            if not is_ahead(edtf, draft.day)
            and (past or not is_ahead(time.edtf, draft.day) or is_ahead(edtf, near))
        ]
        edtf = readings[0] if readings else time.edtf
        days = dates.parse(edtf)
        if days.lower is not None and days.upper is not None and days.lower < draft.day < days.upper:
            edtf = dates.edtf(days.lower, draft.day) if days.days() == _WEEK else edtf
        if edtf != time.edtf:
            time = time.model_copy(update={"edtf": edtf})
    if timex.direction == "since":
        return time.model_copy(update={"edtf": time.edtf.removesuffix("/..")})
    return time


def news_days(draft: Draft) -> list[Timex]:
    """The days of the week before the report that its text names, in their order."""
    if draft.day is None:
        return []
    oldest, day = (draft.day - timedelta(days=_WEEK)).isoformat(), draft.day.isoformat()
    return [
        timex
        for timex in draft.timexes
        if timex.edtf is not None
        and oldest <= timex.edtf <= day
        and len(timex.edtf) == len(day)
        and draft.section_at(timex.span[0]) not in ("dateline", "title")
        and not is_term(draft.reading, timex)
    ]


def counted_back(draft: Draft, match: Match) -> Time | None:
    """The day of a measure from which another is counted: "…, three days after Washington had told it to close"."""
    reading, word = draft.reading, match.word
    start, _ = draft.sentence(word)
    for timex in draft.timexes:
        if timex.type != "DURATION" or timex.anchor is None or len(timex.alternatives) != 1:
            continue
        _, end = reading.words_in(timex.span)
        if (
            start < end <= word
            and reading.lower(end - 1) in ("after", "before")
            and _heads(reading, word, end)
        ):
            edtf = timex.alternatives[0]
            return Time(edtf=edtf, phrase=timex.span, anchor=timex.anchor, basis="relative")
    return None


def _heads(reading: Reading, word: int, start: int) -> bool:
    """The word tells the clause or the phrase that begins at a place: no other verb but its own parts, and no comma,
    unless the clause begins with the "after" before the place ("a day after Mali, Niger and Chad recalled theirs")."""
    between = range(start, word)
    opened = reading.head(start - 1) == word
    return (opened or not any(reading.pos(at) == "PUNCT" for at in between)) and not any(
        reading.pos(at) == "VERB" and reading.head(at) != word and reading.head(word) != at for at in between
    )


def is_ahead(edtf: str, day: date | None) -> bool:
    """It begins after a day."""
    lower = dates.parse(edtf).lower
    return lower is not None and day is not None and lower > day


def plain_days(draft: Draft, region: WordSpan) -> list[Timex]:
    """The days in a region that are no terms, no beginnings and no dates of a thing beside the measure."""
    start, end = draft.span(region)
    kept = []
    for timex in draft.timexes:
        if not start <= timex.span[0] < end or timex.time is None or timex.type not in ("DATE", "TIME"):
            continue
        first, end_ = draft.reading.words_in(timex.span)
        if _of_a_noun(draft, first, end_):
            continue
        before = [draft.reading.lower(word) for word in range(max(region[0], first - 2), first)]
        if draft.document.words(timex.span).lower().startswith(("within", "since", "until", "by ")):
            continue
        if timex.direction in ("by", "until", "since") or set(before) & (TERMS | EFFECT | {"within", "than"}):
            continue
        if before == ["as", "of"]:
            continue
        kept.append(timex)
    return kept


def _of_a_noun(draft: Draft, first: int, end: int) -> bool:
    """The expression dates a thing beside the measure: "the 2014 explosion"."""
    reading = draft.reading
    for word in range(first, end):
        head = reading.head(word)
        if not first <= head < end:
            relation = reading.deprel(word)
            return head >= 0 and relation in ("compound", "amod", "nummod") and reading.pos(head) == "NOUN"
    return False
