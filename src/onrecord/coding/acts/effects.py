"""From when a measure counts: a day after "from", "as of" or "since", its own day where it is told to count at once,
and a day ahead of its announcement.

The words stand in the measure's own clause, in its sentence where they are not another measure's, or in the next one
where that goes on about the rule ("The ceiling takes effect on 29 September."). What takes effect does so on no day
before the measure was taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.coding.acts.days import EFFECT, plain_days
from onrecord.coding.acts.deadlines import is_anothers, next_reading, term_of
from onrecord.coding.acts.lexicon import CEILINGS
from onrecord.model.dates import parse
from onrecord.model.records import ActDates, Event, Time

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.draft import Draft

WordSpan = tuple[int, int]

_OF_PEOPLE = ("persona_non_grata", "not_acceptable", "recall", "summon", "announce_intent", "ultimatum")
_RULES = ("access_restriction", "category_ban")  # "have been forbidden since": from then on
_IDLE = frozenset("vacant empty unfilled unoccupied idle dormant open free unmanned".split())
_ONCE = ("immediate", "immediately", "forthwith")
_LASTING = frozenset(("lapse", "lapses", "effective", "force", "effect"))  # at once
_AHEAD = 2  # sentences after the measure that may say from when it counts
_SIZES = ("ceiling", "ceilings", "limit", "limits", "cap", "caps")
_BEGUN = ("came", "took", "entered", "went")
_TAKES_EFFECT = re.compile(
    r"\b(?:(?:takes?|took|come|comes|came|enters?|entered|go|goes|went|in|into) (?:into )?(?:effect|force)"
    r"|counts?|applies|apply|runs?|holds?)\b(?: from| on| since| as of| as from)? ",
    re.IGNORECASE,
)
_RULE_TOLD = re.compile(
    r"(?:^|[;:] |\d |\bthat )(?:the|this|these|both|all|that) (?:new |whole |lower |smaller )?(?:rules?|bans?|ceilings?"
    r"|limits?|caps?|measures?|steps?|changes?|orders?|decisions?|cuts?|reductions?|restrictions?|withdrawals?|ruptures?|breaks?|curbs?"
    r"|regulations?|prohibitions?|closures?|freeze|suspension)\b",
    re.IGNORECASE,
)


def effective_of(
    draft: Draft,
    match: Match,
    event: Event,
    clause: WordSpan,
    dates: ActDates,
    planned: bool,
    triggers: Sequence[int],
) -> Time | None:
    """The day from which a measure counts, None where no words give one. ``planned``: its doer will do it himself, so
    that a day ahead is no term."""
    act, sentence = match.rule.act, draft.sentence(match.word)
    if act == "persona_non_grata":
        return None
    inside = clause[0] <= match.word < clause[1]

    def ours(day: Time | None) -> Time | None:
        other = day is not None and inside and is_anothers(draft, day, match.word, triggers)
        return None if other and day is not dates.act else day

    found = _effective(draft, clause, act, dates.act)
    if found is None and inside:
        found = _effective(draft, sentence, act, dates.act)
    found = ours(found)
    if found is None and planned and inside:
        found = term_of(draft, clause, dates.act)
    if found is None and act not in _OF_PEOPLE:
        found = _told_of_the_rule(draft, match, sentence, dates.act, triggers)
        if found is None and not event.background and act != "deny_accreditation":
            found = ours(_ahead(draft, clause, dates))
    if found is None or not _may_begin(act, found, dates.act):
        return None
    return found.model_copy(update={"edtf": found.edtf.removesuffix("/..")})


def _told_of_the_rule(
    draft: Draft, match: Match, sentence: WordSpan, act: Time | None, triggers: Sequence[int]
) -> Time | None:
    """ "…, a rule in force since Monday", "The limit takes effect on 1 June"."""
    text = draft.document.text
    regions, last = [sentence], sentence[1]
    for _ in range(_AHEAD):
        if last < len(draft.reading):
            after = draft.sentence(last)
            last = after[1]
            said = _RULE_TOLD.search(draft.document.words(draft.span(after)))
            if said is not None and (match.rule.act in CEILINGS or not said[0].endswith(_SIZES)):
                regions.append(after)
    for region in regions:
        start, end = draft.span(region)
        begins = _TAKES_EFFECT.search(text, start, end)
        if begins is None:
            continue
        word = draft.reading.words_in(begins.span())[0]
        if region == sentence and any(match.word < each < word for each in triggers):
            continue
        if text.startswith(("at once", "immediately", "today"), begins.end()) and act is not None:
            return act
        timex = next(
            (each for each in draft.timexes if 0 <= each.span[0] - begins.end() <= len("the ")), None
        )
        if timex is not None and timex.span[0] < end and timex.time is not None:
            begun = timex.direction == "since" or begins[0].lower().startswith(_BEGUN)
            return timex.time if begun else next_reading(draft, timex, act)
    return None


def _effective(draft: Draft, region: WordSpan, kind: str, act: Time | None) -> Time | None:
    found = _introduced(draft, region, kind, act)
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
        at_once = (word in _ONCE or (word, follows) == ("at", ["once"])) and (
            follows == ["effect"] or words[max(0, at - 1)] in _LASTING
        )
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


def _introduced(draft: Draft, region: WordSpan, kind: str, act: Time | None) -> Time | None:
    for word in range(*region):
        if draft.reading.lower(word) in EFFECT:
            if draft.reading.lower(word - 1) in _IDLE:
                continue  # "a post vacant since March"
            if draft.reading.lower(word) == "since" and kind not in _RULES and _pluperfect(draft, region):
                continue
            for place in (word + 1, word + 2, word + 3):
                if place >= region[1] or draft.reading.pos(place) == "PUNCT":
                    break
                if place > word + 1 and draft.reading.pos(place - 1) in ("PROPN", "NOUN"):
                    break  # "from Tehran on Monday": the day is not what it counts from
                time = _time_at(draft, place, act)
                if time is not None and not _tells_when(draft, time):
                    return time
    return None


def _tells_when(draft: Draft, time: Time) -> bool:
    """ "The first since 1949, when …": the day is that of what the clause tells."""
    return time.phrase is not None and draft.document.text.startswith(", when", time.phrase[1])


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


def _ahead(draft: Draft, clause: WordSpan, dates: ActDates) -> Time | None:
    """A day ahead of the report in the measure's own clause that is no term: the measure is announced before it."""
    if draft.day is None:
        return None
    for timex in plain_days(draft, clause):
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
