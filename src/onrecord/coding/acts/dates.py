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
from onrecord.coding.acts.days import counted_back, plain_days
from onrecord.coding.acts.deadlines import deadline_of
from onrecord.coding.acts.effects import effective_of
from onrecord.coding.acts.lexicon import CEILINGS, CLOSING, SPOKEN
from onrecord.model.records import Act, ActDates, Event, Time

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.acts.told import Party
    from onrecord.coding.draft import Draft

WordSpan = tuple[int, int]

_DEMANDING = frozenset("demand request want ask press urge direct decree oblige require order call".split())
_CONDITIONS = frozenset(("if", "unless", "failing", "or", "otherwise", "should", "until"))
_LENT = ("default", "inherited")  # a day that no words of the mention itself name


def dates_of(
    draft: Draft,
    match: Match,
    event: Event,
    clause: WordSpan,
    party: Party | None = None,
    told: Sequence[tuple[Act, str, bool]] = (),
    triggers: Sequence[int] = (),
    known: Time | None = None,
) -> ActDates:
    """The dates of one act, each None where no words give it.

    ``told`` are the acts before it; ``triggers`` are the words that tell acts, each of which takes the deadline that
    follows it; ``known`` is the day that an earlier mention gave it, which stands unless this one names its own.
    """
    act = match.rule.act
    days = dating.options(draft, match, event, clause, party, told, triggers)
    if act != "ultimatum" and (event.status == "future" or (act in SPOKEN and event.status != "negated")):
        days = dating.announced(days, draft.day)
    dates = ActDates(act=counted_back(draft, match) or dating.choose(days).time)
    if known is not None and known.basis != "default" and (dates.act is None or dates.act.basis in _LENT):
        dates.act = known
    if event.status in ("negated", "hypothetical") and act not in SPOKEN:
        if event.status == "hypothetical" and _is_demanded(draft, match):
            dates.deadline = deadline_of(draft, match, clause, dates.act, triggers, party, told)
        return dates
    planned = act in CEILINGS and event.status == "future"
    if act in CLOSING and event.status == "future":
        planned = _is_own(draft, match, party, clause)
    if not planned:
        dates.deadline = deadline_of(draft, match, clause, dates.act, triggers, party, told)
    dates.effective = effective_of(draft, match, event, clause, dates, planned, triggers)
    return dates


def _is_demanded(draft: Draft, match: Match) -> bool:
    """ "Requested that the office be shut by 1 March": the term is that of the measure. Beside a condition it is that
    of the condition: "wants him expelled if he has not answered by Friday"."""
    reading = draft.reading
    if not _CONDITIONS.isdisjoint(reading.lower(at) for at in range(*draft.sentence(match.word))):
        return False
    return any(reading.lemma(above) in _DEMANDING for above, _ in syntax.governors(reading, match.word))


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


def own_day(draft: Draft, match: Match, clause: WordSpan) -> Time | None:
    """The day named in the measure's own clause, else in its sentence where one only is named there.

    Days after "by", "until", "from" are deadlines and beginnings; a length of time is no day.
    """
    found = [plain_days(draft, region) for region in (clause, draft.sentence(match.word))]
    here = draft.reading.start(match.word)
    if found[0]:
        return min(found[0], key=lambda timex: abs(timex.span[0] - here)).time
    return found[1][0].time if len(found[1]) == 1 else None
