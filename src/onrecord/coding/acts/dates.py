"""The six dates of an act: when decided, taken, announced, notified, in effect, and by when people must go.

Requires temporal expressions and the event's own time. A deadline told as a length of time ("48 hours to
leave", "within seven days") is counted from the day of the act; a date after "by", "until", "before" is read
as it stands. A measure on a house or on numbers takes effect on the day after "from" or "as of", on the day of the act
where it does so "with immediate effect", and on a day ahead of its announcement ("will shut on 1 April", "are to be
wound up by the end of the year": who closes a house of others sets a term, who will close one says when it does).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts import dating
from onrecord.coding.acts.days import counted_back
from onrecord.coding.acts.deadlines import TERMS, deadline_of, next_reading, term_of
from onrecord.coding.acts.sequels import CLOSING
from onrecord.model.dates import parse
from onrecord.model.records import Act, ActDates, Event, Time

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.acts.told import Party
    from onrecord.coding.draft import Draft
    from onrecord.coding.time.types import Timex

WordSpan = tuple[int, int]

_EFFECT = frozenset(("from", "since", "effective"))
_AT_ONCE = frozenset(("immediate", "immediately"))
_SAID = ("announce_intent", "ultimatum")
_CEILINGS = ("set_ceiling", "parity_cap")
_OF_PEOPLE = ("persona_non_grata", "not_acceptable", "recall", "summon", "announce_intent", "ultimatum")


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
    days = dating.options(draft, match, event, clause, party, told, triggers)
    dates = ActDates(act=counted_back(draft, match) or dating.choose(days).time)
    if event.status in ("negated", "hypothetical") and act not in _SAID:
        return dates
    planned = act in _CEILINGS and event.status == "future"
    if act in CLOSING and event.status == "future":
        planned = _is_own(draft, match, party, clause)
    if not planned:
        dates.deadline = deadline_of(draft, match, clause, dates.act, triggers, party, told)
    if act != "persona_non_grata":
        inside = clause[0] <= match.word < clause[1]
        dates.effective = _effective(draft, clause, dates.act)
        if dates.effective is None and inside:
            dates.effective = _effective(draft, (first, last), dates.act)
        if dates.effective is None and planned and inside:
            dates.effective = term_of(draft, clause, dates.act)
        if dates.effective is None and act not in _OF_PEOPLE and not event.background:
            dates.effective = _ahead(draft, clause, dates)
        if dates.effective is not None and not _may_begin(act, dates.effective, dates.act):
            dates.effective = None
        elif dates.effective is not None and dates.effective.edtf.endswith("/.."):
            begun = dates.effective.edtf.removesuffix("/..")
            dates.effective = dates.effective.model_copy(update={"edtf": begun})
    return dates


def _is_own(draft: Draft, match: Match, party: Party | None, clause: WordSpan) -> bool:
    """Who closes the house is whose house it is; where nobody is named, nothing says that it must be closed."""
    reading = draft.reading
    if match.doer is not None and party is not None:
        found = draft.resolver.resolve(reading.phrase(match.doer))
        if found is not None and found.code is not None:
            return found.code == party.sending
    if any(reading.lower(word) == "own" for word in range(*clause)):
        return True
    return {"must", "be", "been"}.isdisjoint(syntax.auxiliaries(reading, match.word))


def _ahead(draft: Draft, clause: WordSpan, dates: ActDates) -> Time | None:
    """A day ahead of the report in the measure's own clause that is no term: the measure is announced before it."""
    if draft.day is None:
        return None
    for timex in _plain_days(draft, clause):
        begins = parse(timex.time.edtf).lower if timex.time is not None else None
        taken = dates.act is not None and dates.act.phrase == timex.span
        if begins is not None and begins > draft.day and not taken and timex.time != dates.deadline:
            return timex.time
    return None


def _may_begin(act: str, effective: Time, day: Time | None) -> bool:
    """A measure counts from no day before it was taken; a vacancy is old ("empty since 1999"), its abolition is not."""
    since = effective.edtf.endswith("/..")
    if act == "abolish_vacancy" and since:
        return False
    begun, taken = parse(effective.edtf).lower, parse(day.edtf).lower if day is not None else None
    return begun is None or taken is None or begun >= taken


def own_day(draft: Draft, match: Match, clause: WordSpan) -> Time | None:
    """The day named in the measure's own clause, else in its sentence where one only is named there.

    Days after "by", "until", "from" are deadlines and beginnings; a length of time is no day.
    """
    found = [_plain_days(draft, region) for region in (clause, draft.sentence(match.word))]
    here = draft.reading.start(match.word)
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
            TERMS | _EFFECT | {"within", "than"}
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
        head = reading.head(word)
        if not first <= head < end:
            relation = reading.deprel(word)
            return head >= 0 and relation in ("compound", "amod", "nummod") and reading.pos(head) == "NOUN"
    return False


def _effective(draft: Draft, region: WordSpan, act: Time | None) -> Time | None:
    found = _introduced(draft, region, act)
    if found is not None:
        return found
    reading = draft.reading
    words = [reading.lower(i) for i in range(*region)]
    for at, word in enumerate(words):
        follows = words[at + 1 : at + 2]
        if (word == "as" and follows == ["of"]) or (word == "effect" and follows == ["on"]):
            time = _time_at(draft, region[0] + at + 2, act)
            if time is not None:
                return time
        at_once = word in _AT_ONCE and (follows == ["effect"] or words[max(0, at - 1)] == "effective")
        if at_once and act is not None:
            return act
        if word == "now" and words[max(0, at - 1)] in ("from", "of") and draft.day is not None:
            day = draft.day.isoformat()
            return act or Time(
                edtf=day,
                phrase=draft.span((region[0] + at, region[0] + at + 1)),
                anchor=day,
                basis="relative",
            )
    return None


def _introduced(draft: Draft, region: WordSpan, act: Time | None) -> Time | None:
    for word in range(*region):
        if draft.reading.lower(word) in _EFFECT:
            if draft.reading.lower(word) == "since" and _pluperfect(draft, region):
                continue
            for place in (word + 1, word + 2, word + 3):
                if place < region[1] and draft.reading.pos(place) == "PUNCT":
                    break
                if place > word + 1 and draft.reading.pos(place - 1) in ("PROPN", "NOUN"):
                    break  # "from Tehran on Monday": the day is not what it counts from
                time = _time_at(draft, place, act) if place < region[1] else None
                if time is not None:
                    return time
    return None


def _pluperfect(draft: Draft, region: WordSpan) -> bool:
    """What has been so "since" a day began before the measure: it is no beginning of it."""
    return any(draft.reading.lower(word) in ("had", "has", "have", "open") for word in range(*region))


def _time_at(draft: Draft, word: int, act: Time | None) -> Time | None:
    """The resolved temporal expression that begins at a word, read as the next such day after the measure."""
    if word >= len(draft.reading):
        return None
    offset = draft.reading.start(word)
    for timex in draft.timexes:
        if timex.span[0] == offset and timex.time is not None:
            return timex.time if timex.direction == "since" else next_reading(draft, timex, act)
    return None
