"""The six dates of an act: when decided, taken, announced, notified, in effect, and by when people must go.

Requires temporal expressions and the event's own time. A deadline told as a length of time ("48 hours to
leave", "within seven days") is counted from the day of the act; a date after "by", "until", "before" is read
as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.coding.acts import dating
from onrecord.coding.counts import count_at
from onrecord.model.records import Act, ActDates, Event, Time

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.acts.told import Party
    from onrecord.coding.draft import Draft
    from onrecord.coding.time.types import Timex

WordSpan = tuple[int, int]

_DEADLINE = frozenset(("by", "until", "till", "before"))
_EFFECT = frozenset(("from", "since", "effective"))
_LEAVING = frozenset(("persona_non_grata", "not_acceptable", "withdraw_accreditation", "set_ceiling", "parity_cap",
                      "close_mission", "close_consulate", "close_office", "ultimatum"))  # fmt: skip
_SAID = ("announce_intent", "ultimatum")
_WEEK = 7
_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "month": 30}
_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_AFTER_ACT = re.compile(
    r"^(?:they|all|both|he|she|it|the (?:two|three|four|five|six|seven|eight|nine|ten|\d+|pair|man|men|woman|group|"
    r"diplomats?|staff|envoys?|ambassador|employees?|embassy|mission|consulate|people|measure|ceiling|new ceiling))\b",
    re.I,
)
_GOING = frozenset(
    "leave leaves go gone depart out pack quit hours days home week comply close shut empty".split()
)


def dates_of(
    draft: Draft,
    match: Match,
    event: Event,
    clause: WordSpan,
    party: Party | None = None,
    told: Sequence[tuple[Act, str, bool]] = (),
    triggers: Sequence[int] = (),
) -> ActDates:
    """The dates of one act, each None where no words give it.

    ``told`` are the acts before it; ``triggers`` are the words that tell acts, each of which takes the deadline that
    follows it.
    """
    act = match.rule.act
    first, last = draft.sentence(match.word)
    dates = ActDates(
        act=dating.choose(dating.options(draft, match, event, clause, party, told, triggers)).time
    )
    if event.status in ("negated", "hypothetical") and act not in _SAID:
        return dates
    regions = [clause]
    if clause[0] <= match.word < clause[1]:  # an item of a list has no term but its own
        regions.append((first, last))
    following = _following(draft, last)
    if following is not None and act in _LEAVING and len(regions) > 1:
        regions.append(following)
    for region in regions:
        if (
            dates.deadline is None
            and act in _LEAVING
            and (region == clause or _speaks_of_going(draft, region))
        ):
            dates.deadline = _deadline(draft, region, dates.act)
            if region != clause and _is_anothers(draft, dates.deadline, match.word, triggers, region):
                dates.deadline = None
        if dates.effective is None and act != "persona_non_grata":
            dates.effective = _effective(draft, region)
    return dates


def _speaks_of_going(draft: Draft, region: WordSpan) -> bool:
    """Words of leaving or complying: without them a term beside the measure is that of something else."""
    return any(draft.reading.lower(word) in _GOING for word in range(*region))


def _is_anothers(
    draft: Draft, deadline: Time | None, word: int, triggers: Sequence[int], region: WordSpan
) -> bool:
    """A deadline in the sentence, or the next, that follows the word of another act."""
    if deadline is None or deadline.phrase is None:
        return False
    at = draft.reading.words_in(deadline.phrase)[0]
    first = min(word, region[0])
    before = [each for each in triggers if first <= each < at]
    return bool(before) and before[-1] != word


def own_day(draft: Draft, match: Match, clause: WordSpan) -> Time | None:
    """The day named in the measure's own clause, else in its sentence where one only is named there.

    Days after "by", "until", "from" are deadlines and beginnings; a length of time is no day.
    """
    found = [_plain_days(draft, region) for region in (clause, draft.sentence(match.word))]
    here = int(draft.reading.starts[match.word])
    if found[0]:
        return min(found[0], key=lambda timex: abs(timex.span[0] - here)).time
    return found[1][0].time if len(found[1]) == 1 else None


def _plain_days(draft: Draft, region: WordSpan) -> list[Timex]:
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
        if timex.direction in ("by", "until", "since") or set(before) & (
            _DEADLINE | _EFFECT | {"within", "than"}
        ):
            continue
        if before == ["as", "of"]:
            continue
        kept.append(timex)
    return kept


def _of_a_noun(draft: Draft, first: int, end: int) -> bool:
    """The expression dates a thing beside the measure: "the 2014 explosion"."""
    reading = draft.reading
    for word in range(first, end):
        head = int(reading.heads[word])
        if not first <= head < end:
            relation = reading.deprel(word)
            return head >= 0 and relation in ("compound", "amod", "nummod") and reading.pos(head) == "NOUN"
    return False


def _following(draft: Draft, last: int) -> WordSpan | None:
    """The next sentence, where it goes on about the same people or measure."""
    if last >= len(draft.reading):
        return None
    start, end = draft.sentence(last)
    text = draft.document.words(draft.span((start, end)))
    return (start, end) if _AFTER_ACT.match(text) else None


def _deadline(draft: Draft, region: WordSpan, act: Time | None) -> Time | None:
    dated = _introduced(draft, region, _DEADLINE)
    if dated is not None:
        return _to_come(draft, dated, act)
    return _span_of_time(draft, region, act) or _to_come(draft, _end_of(draft, region), act)


def _to_come(draft: Draft, time: Time | None, act: Time | None) -> Time | None:
    """A weekday by which something must be done is the next of its name, counted from the day of the act."""
    day, start = _day(time), _day(act) or draft.day
    if time is None or day is None or start is None or time.basis != "relative":
        return time
    if not 0 < (start - day).days <= _WEEK:
        return time
    later = (day + timedelta(days=_WEEK)).isoformat()
    return time.model_copy(update={"edtf": later, "anchor": start.isoformat()})


def _end_of(draft: Draft, region: WordSpan) -> Time | None:
    """ "By the end of the month", "until Tuesday" where the preposition belongs to the expression."""
    start, end = draft.span(region)
    for timex in draft.timexes:
        if start <= timex.span[0] < end and timex.direction in ("by", "until") and timex.time is not None:
            return timex.time
    return None


def _effective(draft: Draft, region: WordSpan) -> Time | None:
    found = _introduced(draft, region, _EFFECT)
    if found is not None:
        return found
    reading = draft.reading
    words = [reading.lower(i) for i in range(*region)]
    for at, word in enumerate(words):
        if (word == "as" and words[at + 1 : at + 2] == ["of"]) or (
            word == "effect" and words[at + 1 : at + 2] == ["on"]
        ):
            time = _time_at(draft, region[0] + at + 2)
            if time is not None:
                return time
    return None


def _introduced(draft: Draft, region: WordSpan, prepositions: frozenset[str]) -> Time | None:
    for word in range(*region):
        if draft.reading.lower(word) in prepositions:
            if draft.reading.lower(word) == "before" and (
                word + 1 >= region[1] or draft.reading.pos(word + 1) not in ("PROPN", "NUM", "DET", "NOUN")
            ):
                continue
            if (
                draft.reading.lower(word) == "since"
                and prepositions is _EFFECT
                and _pluperfect(draft, region)
            ):
                continue
            for place in (word + 1, word + 2, word + 3):
                if place < region[1] and draft.reading.pos(place) == "PUNCT":
                    break
                if place > word + 1 and draft.reading.pos(place - 1) in ("PROPN", "NOUN"):
                    break  # "from Tehran on Monday": the day is not what it counts from
                time = _time_at(draft, place) if place < region[1] else None
                if time is not None:
                    return time
    return None


def _pluperfect(draft: Draft, region: WordSpan) -> bool:
    """What has been so "since" a day began before the measure: it is no beginning of it."""
    return any(draft.reading.lower(word) in ("had", "has", "have", "open") for word in range(*region))


def _time_at(draft: Draft, word: int) -> Time | None:
    """The resolved temporal expression that begins at a word."""
    if word >= len(draft.reading):
        return None
    offset = int(draft.reading.starts[word])
    for timex in draft.timexes:
        if timex.span[0] == offset and timex.time is not None:
            return timex.time
    return None


def _span_of_time(draft: Draft, region: WordSpan, act: Time | None) -> Time | None:
    """A length of time counted from the day of the act: "within seven days", "given 48 hours"."""
    reading = draft.reading
    start_day = _day(act) or draft.day
    if start_day is None:
        return None
    for word in range(*region):
        unit = reading.lower(word).rstrip("s'’")
        if unit not in _DAYS or word == region[0]:
            continue
        before = reading.lower(word - 1)
        value = _value(draft, word)
        if value is None and before in ("a", "the", "one"):
            value = 1.0
        if value is None:
            continue
        opening = {reading.lower(i) for i in range(max(region[0], word - 6), word)}
        around = {reading.lower(i) for i in range(max(region[0], word - 8), min(region[1], word + 6))}
        if opening & {"within", "in", "with"} or around & {"give", "gave", "given", "gives", "giving", "had", "granted",
                                                           "allowed", "notice", "leave", "pack", "has"}:  # fmt: skip
            if "ago" in around or "earlier" in around or "later" in around or "after" in opening:
                continue
            day = start_day + timedelta(days=round(value * _DAYS[unit]))
            phrase = draft.span((max(region[0], word - 1), word + 1))
            return Time(edtf=day.isoformat(), phrase=phrase, anchor=start_day.isoformat(), basis="relative")
    return None


def _value(draft: Draft, unit: int) -> float | None:
    reading = draft.reading
    text = reading.lower(unit - 1)
    if text == "-":
        text = reading.lower(unit - 2)
    elif unit > 2 and reading.lower(unit - 2) == "-":
        text = f"{reading.lower(unit - 3)}-{text}"
    tens, _, ones = text.partition("-")
    if ones in _ONES and tens in _TENS:
        return float(_TENS[tens] + _ONES.index(ones) + 1)
    if re.fullmatch(r"\d+", text):
        return float(text)
    if count_at(reading, unit - 1, unit) is not None:
        return None
    if text in _ONES:
        return float(_ONES.index(text) + 1)
    return {"fourteen": 14.0, "fifteen": 15.0}.get(text) or (float(_TENS[text]) if text in _TENS else None)


def _day(time: Time | None) -> date | None:
    if time is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", time.edtf):
        return None
    return date.fromisoformat(time.edtf)
