"""When an event took or takes place: the temporal expression that dates it, and which of its days are meant.

``attachment`` scores the expressions of the sentence, then those told before; where the reading names the words that
date the event, they weigh heavily. Nothing is dated by default: an event without date words has no time, and the
document's own day is never put in its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.coding.time import attachment
from onrecord.coding.time.candidates import Mention, Named, head
from onrecord.coding.time.types import Timex
from onrecord.model import dates
from onrecord.model.records import Time

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import EventMention, Reading, WordSpan

_AHEAD = ("future", "hypothetical")
_WHOLE_DAYS = re.compile(r"P(\d+)D|P(\d+)W")
_BEGINNING = frozenset("arrive begin start open".split())
_ENDING = frozenset("end conclude wrap finish close complete return leave depart".split())
_SPANNING = _BEGINNING | _ENDING | frozenset("kick launch pay make hold gather meet visit undertake".split())
_SURE = 10.0  # beyond what any reading says
_LONGEST = 31  # days of a visit or a meeting that a date may be stretched to
_REACH = 15  # words between "since" and its date


def date_event(
    draft: Draft, trigger: WordSpan, when: WordSpan | None, status: str, background: bool
) -> Time | None:
    """The time of the event told at ``trigger``, ``None`` where no words date it.

    ``when``: the words that date it, where the reading names them.
    """
    return date_mention(
        draft.reading, draft.timexes, draft.day, trigger, when, status=status, background=background
    )


def date_mention(
    reading: Reading,
    timexes: Sequence[Timex],
    day: date | None,
    trigger: WordSpan,
    when: WordSpan | None = None,
    *,
    status: str,
    background: bool,
) -> Time | None:
    """As ``date_event``, from a reading and its temporal expressions; ``day`` is the document's, or ``None``."""
    word = head(reading, trigger)
    event = _told_at(reading, trigger)
    named = named_by(reading, event, when)
    mention = Mention(word, status, background, event.type if event else "")
    chosen = attachment.choose(reading, mention, timexes, day, named)
    if chosen is None:
        return None
    timex, elsewhere = chosen[0].timex, chosen[1]
    time = _time(reading, timexes, timex, word, status, day, named)
    if time is not None and elsewhere:
        time = time.model_copy(update={"basis": "inherited"})
    return time


def _told_at(reading: Reading, trigger: WordSpan) -> EventMention | None:
    """The event mention of the reading that shares a word with the trigger."""
    for event in reading.events:
        if event.trigger[0] < trigger[1] and trigger[0] < event.trigger[1]:
            return event
    return None


def named_by(reading: Reading, event: EventMention | None, when: WordSpan | None) -> Named | None:
    """The date words of a mention with the model's certainty, or the caller's own, which are sure."""
    if when is not None:
        scores = [a.score for a in event.arguments if a.role == "when" and a.span == when] if event else []
        return Named(reading.span(*when), scores[0] if scores else _SURE)
    return Named(None) if event is not None else None


def days_of(
    reading: Reading,
    timexes: Sequence[Timex],
    timex: Timex,
    mention: Mention,
    day: date | None,
    named: Named | None = None,
) -> str | None:
    """The days that an event has if an expression dates it."""
    time = _time(reading, timexes, timex, mention.word, mention.status, day, named)
    return time.edtf if time is not None else None


def _time(
    reading: Reading,
    timexes: Sequence[Timex],
    timex: Timex,
    word: int,
    status: str,
    day: date | None,
    named: Named | None = None,
) -> Time | None:
    """The days of an expression that an event of this status can have."""
    edtf = _reading_of(timex, status, day, named is not None and named.names(timex))
    if edtf is None:
        return None
    if day is not None:
        opening = _since(reading, timex, named)
        if opening is not None:
            edtf = edtf.removesuffix("/..")
            if not _inside_since(reading, timex, word, opening):
                edtf = _until(edtf, day)
        else:
            edtf = _within(reading, timex, edtf, status, day)
    length = _length(reading, timexes, word) if dates.precision(edtf) == "day" else None
    if length is not None:  # one that is on may end on a day to come
        edtf = _lasting(reading, timex, word, timex.edtf or edtf, length)
    others = (other for other in (timex.edtf, *timex.alternatives) if other is not None and other != edtf)
    return Time(
        edtf=edtf, phrase=timex.span, anchor=timex.anchor, basis=timex.basis, alternatives=list(others)
    )


def _reading_of(timex: Timex, status: str, day: date | None, named: bool) -> str | None:
    """The reading of an expression that agrees with the event's status.

    What is planned is not over, what is done has begun. An amount of time beside another event ("two days
    after the vote") gives the day of that event only where the reading names it as the words that date this one.
    """
    readings = [edtf for edtf in (timex.edtf, *timex.alternatives) if edtf is not None]
    if timex.edtf is None and not (status in _AHEAD or named):
        return None
    if not readings or day is None or status == "negated":
        return readings[0] if readings else None
    for edtf in readings:
        interval = dates.parse(edtf)
        if status in _AHEAD and (interval.upper is None or interval.upper >= day):
            return edtf
        if status not in _AHEAD and (interval.lower is None or interval.lower <= day):
            return edtf
    return readings[0]


def _since(reading: Reading, timex: Timex, named: Named | None) -> int | None:
    """The word "since" that opens the phrase or clause of an expression, up to 15 words before it."""
    start, end = reading.words_in(timex.span)
    if start == end:
        return None
    first = reading.sentence(start)[0]
    for word in range(start - 1, max(first, start - _REACH) - 1, -1):
        if reading.lower(word) == "since":
            return word
        if reading.word(word) == "," and not (named is not None and named.names(timex)):
            return None
    return None


def _inside_since(reading: Reading, timex: Timex, word: int, opening: int) -> bool:
    """Whether a deed belongs to the phrase that "since" opens, which then dates it: "since the coup of 1974",
    "since 1974, when troops landed"."""
    end = reading.words_in(timex.span)[1]
    if word < opening:
        return False
    if reading.head(opening) == word:
        return True  # "since the 1974 coup"
    current = word
    for _ in range(_REACH):
        if opening < current < end:
            return True
        current = reading.head(current)
        if current < 0:
            break
    return end < len(reading) and end <= word and reading.lower(end) == "when"


def _until(edtf: str, day: date) -> str:
    """What has gone on since a date runs to the document's day, as coarsely as the date is told."""
    lower = dates.parse(edtf).lower
    if lower is None or lower >= day:
        return edtf
    if dates.precision(edtf) in ("season", "interval"):
        edtf = f"{lower:%Y-%m}"
    until = {4: f"{day:%Y}", 7: f"{day:%Y-%m}"}.get(len(edtf), day.isoformat())
    return edtf if edtf == until else f"{edtf}/{until}"


def _within(reading: Reading, timex: Timex, edtf: str, status: str, day: date) -> str:
    """The part of a week, month or year around the document's day in which the event can lie."""
    interval = dates.parse(edtf)
    lower, upper = interval.lower, interval.upper
    if lower is None or upper is None or upper < day:
        return edtf
    words = reading.text[slice(*timex.span)].lower()
    runs = lower <= day
    if runs and words.startswith("later"):
        return dates.edtf(day, upper)
    if status in _AHEAD and timex.direction in ("by", "before") and (runs or "end" in words):
        return dates.edtf(day, upper)
    if runs and status not in _AHEAD and interval.days() == 7:
        return dates.edtf(lower, day)
    return edtf


def _lasting(reading: Reading, timex: Timex, word: int, edtf: str, length: int) -> str:
    """A visit or meeting of several days that begins or ends on a day, over all its days."""
    day = dates.parse(edtf).lower
    if day is None:
        return edtf
    rest = timedelta(days=length - 1)
    told = (*_near(reading, word), *_near(reading, reading.words_in(timex.span)[0]))
    turning = next((each for each in map(reading.lemma, told) if each in _BEGINNING | _ENDING), "")
    return dates.edtf(day - rest, day) if turning in _ENDING else dates.edtf(day, day + rest)


def _near(reading: Reading, word: int) -> list[int]:
    """A word and the two above it."""
    found = [word]
    while len(found) < 3 and (above := reading.head(found[-1])) >= 0:
        found.append(above)
    return found


def _length(reading: Reading, timexes: Sequence[Timex], word: int) -> int | None:
    """Days of the "three-day visit" that the word is, or that its verb begins, ends or pays."""
    first, last = reading.sentence(word)
    begin, stop = reading.span(int(first), int(last))
    for timex in timexes:
        match = _WHOLE_DAYS.fullmatch(timex.value)
        if timex.type != "DURATION" or match is None or not begin <= timex.span[0] < stop:
            continue
        start, end = reading.words_in(timex.span)
        days = int(match[1]) if match[1] else 7 * int(match[2])
        if start == end or not 1 < days <= _LONGEST:
            continue
        if "-" not in reading.text[slice(*timex.span)]:
            if reading.lower(start - 1) == "for" and reading.head(end - 1) == word:
                return days
            continue
        while end < last and reading.pos(end) in ("ADJ", "NOUN", "PROPN"):
            end += 1  # the noun phrase that goes on after "three-day", which trees often take apart
        if start <= word < end or (reading.head(end - 1) == word and reading.lemma(word) in _SPANNING):
            return days
    return None
