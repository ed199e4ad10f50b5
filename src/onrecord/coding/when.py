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

from onrecord.coding import attachment
from onrecord.coding.timex_types import Timex
from onrecord.model import dates
from onrecord.model.records import Time

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import EventMention, Reading, WordSpan

_AHEAD = ("future", "hypothetical")
_WHOLE_DAYS = re.compile(r"P(\d+)D|P(\d+)W")
_ENDING = frozenset("end conclude wrap finish close complete return leave depart".split())
_LASTING = frozenset(
    "arrive begin start open kick launch pay make hold gather meet visit leave undertake".split()
)
_SURE = 10.0  # beyond what any tree says
_LONGEST = 31  # days of a visit or a meeting that a date may be stretched to


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
    word = attachment.head(reading, trigger)
    event = _told_at(reading, trigger)
    named = _named(reading, event, when)
    mention = attachment.Mention(word, status, background, event.type if event else "")
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


def _named(reading: Reading, event: EventMention | None, when: WordSpan | None) -> attachment.Named | None:
    """The date words of a mention with the model's certainty, or the caller's own, which are sure."""
    if when is not None:
        scores = [a.score for a in event.arguments if a.role == "when" and a.span == when] if event else []
        return (
            attachment.Named(reading.span(*when), scores[0])
            if scores
            else attachment.Named(reading.span(*when), _SURE)
        )
    return attachment.Named(None) if event is not None else None


def _time(
    reading: Reading,
    timexes: Sequence[Timex],
    timex: Timex,
    word: int,
    status: str,
    day: date | None,
    named: attachment.Named | None = None,
) -> Time | None:
    """The days of an expression that an event of this status can have."""
    said = named is not None and named.names(timex)
    edtf = _reading_of(timex, status, day, said)
    if edtf is None:
        return None
    if day is not None:
        since = timex.direction == "since" or (said and _opens_with_since(reading, named))
        if since or _since_clause(reading, timex, word):
            edtf = _since(reading, timex, word, edtf.removesuffix("/.."), day)
        else:
            edtf = _within(reading, timex, edtf, status, day)
    edtf = _lasting(reading, timexes, timex, word, edtf)
    return Time(
        edtf=edtf,
        phrase=timex.span,
        anchor=timex.anchor,
        basis=timex.basis,
        alternatives=[other for other in (timex.edtf, *timex.alternatives) if other and other != edtf],
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


def _opens_with_since(reading: Reading, named: attachment.Named | None) -> bool:
    return (
        named is not None and named.span is not None and reading.text[named.span[0] :][:6].lower() == "since "
    )


def _since_clause(reading: Reading, timex: Timex, word: int) -> bool:
    """The expression stands in a clause or phrase opened by "since" ("since the war broke out in March")."""
    start, end = reading.words_in(timex.span)
    if start == end:
        return False
    first = int(reading.sentences[reading.sentence_of(start)][0])
    opening = next(
        (i for i in range(start - 1, max(first, start - 15) - 1, -1) if reading.lower(i) == "since"), None
    )
    if opening is None or "," in {reading.word(i) for i in range(opening, start)}:
        return False
    return first <= word


def _since(reading: Reading, timex: Timex, word: int, edtf: str, day: date) -> str:
    """What has gone on since a date runs to the document's day, as coarsely as the date is told.

    A deed inside the phrase itself ("since the coup of 1974", "since 1974, when troops landed") is dated by it.
    """
    start, end = reading.words_in(timex.span)
    opening = next((i for i in range(start - 1, -1, -1) if reading.lower(i) == "since"), start)
    if opening < word and _below(reading, word, opening, start, end):
        return edtf
    lower = dates.parse(edtf).lower
    if lower is None or lower >= day:
        return edtf
    until = {4: f"{day:%Y}", 7: f"{day:%Y-%m}"}.get(len(edtf), day.isoformat())
    if dates.precision(edtf) in ("season", "interval"):
        edtf, until = f"{lower:%Y-%m}", f"{day:%Y-%m}"
    return edtf if edtf == until else f"{edtf}/{until}"


def _below(reading: Reading, word: int, opening: int, start: int, end: int) -> bool:
    """Whether a word belongs to the phrase that "since" opens: between the two, or below the date itself."""
    if opening < word < start:
        return True
    current = word
    for _ in range(6):
        current = int(reading.heads[current])
        if current < 0:
            return False
        if start <= current < end or opening < current < start:
            return True
    return word >= end and reading.lower(end) in ("when", ",") if end < len(reading) else False


def _within(reading: Reading, timex: Timex, edtf: str, status: str, day: date) -> str:
    """The part of a week, month or year around the document's day in which the event can lie."""
    interval = dates.parse(edtf)
    if interval.lower is None or interval.upper is None or not interval.lower <= day <= interval.upper:
        if (
            timex.direction in ("by", "before")
            and status in _AHEAD
            and _is_end(reading, timex, interval, day)
        ):
            return dates.edtf(day, interval.upper)
        return edtf
    words = reading.text[slice(*timex.span)].lower()
    if words.startswith("later") or (timex.direction in ("by", "before") and status in _AHEAD):
        return dates.edtf(day, interval.upper)
    if status not in _AHEAD and interval.days() == 7:
        return dates.edtf(interval.lower, day)
    return edtf


def _is_end(reading: Reading, timex: Timex, interval: dates.Interval, day: date) -> bool:
    """ "The end of the year", while the year runs."""
    words = reading.text[slice(*timex.span)].lower()
    upper = interval.upper
    return "end" in words and upper is not None and day <= upper and (upper - day) < timedelta(days=366)


def _lasting(reading: Reading, timexes: Sequence[Timex], timex: Timex, word: int, edtf: str) -> str:
    """A visit or meeting of several days that begins or ends on a day, over all its days."""
    if dates.precision(edtf) != "day":
        return edtf
    length = _length(reading, timexes, word)
    if length is None:
        return edtf
    day = dates.parse(edtf).lower
    assert day is not None
    rest = timedelta(days=length - 1)
    governors = {reading.lemma(i) for i in _near(reading, word)} | {
        reading.lemma(i) for i in _near(reading, reading.words_in(timex.span)[0])
    }
    return (
        dates.edtf(day - rest, day)
        if governors & _ENDING and not governors & {"arrive", "begin", "start", "open"}
        else dates.edtf(day, day + rest)
    )


def _near(reading: Reading, word: int) -> list[int]:
    """A word and the two above it."""
    found = [word]
    while len(found) < 3 and (above := int(reading.heads[found[-1]])) >= 0:
        found.append(above)
    return found


def _length(reading: Reading, timexes: Sequence[Timex], word: int) -> int | None:
    """Days of the "three-day visit" that the word is, or that its verb begins, ends or pays."""
    first, last = reading.sentences[reading.sentence_of(word)]
    for timex in timexes:
        match = _WHOLE_DAYS.fullmatch(timex.value)
        if timex.type != "DURATION" or match is None or "-" not in reading.text[slice(*timex.span)]:
            continue
        start, end = reading.words_in(timex.span)
        if not (first <= start and end <= last):
            continue
        days = int(match[1]) if match[1] else 7 * int(match[2])
        noun = int(reading.heads[attachment.head(reading, (start, end))])
        if noun < 0 or not 1 < days <= _LONGEST:
            continue
        if noun == word:
            return days
        above = int(reading.heads[noun])
        if above == word and reading.lemma(word) in _LASTING | _ENDING:
            return days
    return None
