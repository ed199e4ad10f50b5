"""By when people must be gone or a measure be carried out: a day after "by", "until", "before", or a length of time.

Requires temporal expressions, the day of the measure and the words that tell measures. A weekday or a date without its
year is the next after the day of the measure; a length of time ("48 hours to leave", "within seven days") is counted
from that day, and gives none where it is only known to the month. A day on which those sent away travel ("they fly out
on Sunday"), and one that is said to be the term ("the deadline is 9 October", "which runs out tonight"), are terms
without a preposition. The term stands in the measure's own clause, in its sentence, or in those that go on about the
same people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.dating import tense
from onrecord.coding.acts.days import TERMS
from onrecord.coding.acts.lengths import length_of
from onrecord.coding.acts.lexicon import CLOSING, SENT_AWAY
from onrecord.coding.acts.sequels import following, sets_term, speaks_of_going
from onrecord.coding.time.lexicon import ORDINALS
from onrecord.model import dates
from onrecord.model.records import Time

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.acts.told import Party
    from onrecord.coding.draft import Draft
    from onrecord.coding.time.types import Timex
    from onrecord.model.records import Act
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

LEAVING = frozenset(("persona_non_grata", "not_acceptable", "withdraw_accreditation", "set_ceiling", "parity_cap",
                     "close_mission", "close_consulate", "close_office", "recall", "ultimatum"))  # fmt: skip
_THEY = frozenset(("they", "them", "he", "him", "she", "her", "both", "pair", "each"))
_TRAVEL = frozenset(
    "leave leaves depart departs fly flies board boards embark embarks cross crosses travel travels sail "
    "sails go goes".split()
)
_LIMITS = TERMS | {"beyond", "within", "inside"}
_HALF_A_YEAR = timedelta(days=183)
_GIVING = frozenset("give allow grant leave have set hand get receive extend tell order ask".split())
_OVER = ("Past", "has", "had", "was", "is")
_SAME = re.compile(
    r"\b(?:by|before|until|within|inside|in|on(?= the same terms)|given|gave|gives?|set|have|has|had|allowed)\b"
    r"(?: [\w'’]+){0,4}?"
    r" (the same (?:date|day|deadline|hour|term|span|period|notice|time|limit|number of \w+"
    r"|(?:\w+ )?(?:hours|days|weeks|months)|terms))\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\b(?:hours?|days?|weeks?|fortnight|months?)\b", re.IGNORECASE)
_IS_OUT = re.compile(r" (?:(?:is|was) (?:out|over|up)|(?:has |had )?ended|ends)\b")
_WAS_OUT = re.compile(r" (?:was (?:out|over|up)|(?:had )?ended)\b")
_TO_DO = frozenset(("to", "must", "would", "should"))
_ORDINALS = "|".join(ORDINALS)
_NTH = re.compile(
    r"\b(?:by|until|till|before|up to) "
    r"(?:(?:noon|midnight|midday|the (?:morning|afternoon|evening|night)) (?:on|of) )?the "
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)|({_ORDINALS}))\b(?! of\b| [A-Z])"
)


def deadline_of(
    draft: Draft,
    match: Match,
    clause: WordSpan,
    act: Time | None,
    triggers: Sequence[int],
    party: Party | None = None,
    told: Sequence[tuple[Act, str, bool]] = (),
) -> Time | None:
    """The term of a measure taken on a day; None where no words set one. ``triggers`` are the words that tell
    measures: each takes the term that follows it; ``told`` are the measures before it, of which one may have "the same
    term"."""
    kind = match.rule.act
    if kind not in LEAVING:
        return None
    sentence = draft.sentence(match.word)
    if kind == "ultimatum":
        return _term(draft, clause, act, False) or _term(draft, sentence, act, False)
    lasting = kind in CLOSING and tense(draft.reading, match.word) in _OVER
    found = _term(draft, clause, act, lasting)
    if found is not None and _is_parted(draft, found, match, triggers):
        found = None
    found = found or _same_term(draft, clause, act, told)
    if found is not None and _is_over(found, act):
        found = None
    if found is not None or kind == "recall" or not clause[0] <= match.word < clause[1]:
        return found  # an item of a list has no term but its own
    if speaks_of_going(draft, sentence):
        found = _term(draft, sentence, act, lasting) or _same_term(draft, sentence, act, told)
        if found is not None and not is_anothers(draft, found, match.word, triggers):
            return found
    for region in (clause, sentence) if kind in SENT_AWAY else (clause,):
        found = _said_or_travelled(draft, region, act)
        if found is not None and not is_anothers(draft, found, match.word, triggers):
            return found
    for region in following(draft, match, sentence[1], triggers, party):
        found = _term(draft, region, act, False) or _said_or_travelled(draft, region, act)
        if found is not None:
            return found
    return None


def _is_over(term: Time, act: Time | None) -> bool:
    """A term that ended before the measure is that of something else: "recalled him after it let 15 May pass"."""
    last, taken = _upper(term.edtf), None if act is None else dates.parse(act.edtf).lower
    return last is not None and taken is not None and last < taken


def _same_term(
    draft: Draft, region: WordSpan, act: Time | None, told: Sequence[tuple[Act, str, bool]]
) -> Time | None:
    """ "Was given the same date", "within the same span": the term of the measure told last that has one; a length of
    time is counted anew."""
    text, span = draft.document.text, draft.span(region)
    said = _SAME.search(text, *span)
    if said is None:
        return None
    for other, _, _ in reversed(told):
        term, taken = other.dates.deadline, other.dates.act
        if term is None or other.evidence[0][0] >= span[1]:
            continue
        again = {"phrase": said.span(1), "basis": "relative"}
        if term.phrase is None or taken is None or not _UNIT.search(draft.document.words(term.phrase)):
            return term.model_copy(update=again)
        first, last, begun = dates.parse(taken.edtf).lower, _upper(term.edtf), _start(draft, act)
        if first is None or last is None or begun is None:
            return None
        return term.model_copy(update={**again, "edtf": (begun + (last - first)).isoformat()})
    return None


def _said_or_travelled(draft: Draft, region: WordSpan, act: Time | None) -> Time | None:
    """A day that is told to be the term, or on which those who must go travel: no preposition makes it one, so it lies
    ahead of the report or is the report's own."""
    reading = draft.reading
    said = sets_term(draft.document.words(draft.span(region)))
    if not said and _TRAVEL.isdisjoint(reading.lower(word) for word in range(*region)):
        return None
    start, end = draft.span(region)
    for timex in draft.timexes:
        if not start <= timex.span[0] < end or timex.type not in ("DATE", "TIME") or timex.direction != "at":
            continue
        above = syntax.parent(reading, _head(reading, reading.words_in(timex.span)))
        travels = above is not None and (reading.lower(above) in _TRAVEL or _is_carriage(reading, above))
        found = next_reading(draft, timex, act) if said or travels else None
        if found is None or dates.precision(found.edtf) != "day":
            continue
        last = _upper(found.edtf)
        if last is not None and (draft.day is None or last >= draft.day):
            return found
    return None


def _is_carriage(reading: Reading, word: int) -> bool:
    """ "Board Friday's flight", "take the Sunday plane": what carries them is of that day."""
    above = syntax.parent(reading, word)
    return reading.lower(word) in ("flight", "plane", "train", "boat", "ferry") and (
        above is not None and reading.lower(above) in (*_TRAVEL, "take", "takes", "catch", "on")
    )


def _head(reading: Reading, words: WordSpan) -> int:
    start, end = words
    return next((word for word in range(start, end) if not start <= reading.head(word) < end), start)


def _is_parted(draft: Draft, deadline: Time, match: Match, triggers: Sequence[int]) -> bool:
    """A term that a semicolon parts from the word of the measure, or the word of what another does ("…, and within
    hours Oslo gave two Russians 48 hours"), or, where nobody is sent away by it, that of any other measure: "recalled
    its own and told the chargé to be out by Friday"."""
    if deadline.phrase is None:
        return False
    reading, word = draft.reading, match.word
    at = reading.words_in(deadline.phrase)[0]
    first, last = min(at, word), max(at, word)
    if any(reading.lower(each) == ";" for each in range(first, last)):
        return True
    between = [each for each in triggers if first < each < last]
    if match.rule.act not in (*CLOSING, "recall"):
        if match.rule.act in SENT_AWAY and any(_by_another(reading, each, word) for each in between):
            return True
        return at < word and any(each < at for each in triggers if draft.sentence(word)[0] <= each)
    if match.rule.act in CLOSING and at < word:
        return not any(each < at for each in _given_for(reading, word))
    return at < word or any(
        not (reading.head(each) == word and reading.relation(each) != "conj") for each in between
    )


def _by_another(reading: Reading, other: int, word: int) -> bool:
    """A later measure has a doer of its own, and is not on the people of this one."""
    own = any(word < child < other for child in syntax.kids(reading, other, "nsubj"))
    return own and _beside(reading, word, other).isdisjoint(_THEY | {"who", "which", "that"})


def _beside(reading: Reading, word: int, other: int) -> set[str]:
    """The words around that of another measure, those up to this one's left out."""
    return {reading.lower(each) for each in range(max(word + 1, other - 4), min(len(reading), other + 4))}


def _given_for(reading: Reading, word: int) -> list[int]:
    """The verbs that give a term for the measure: "gave Sweden until the 30th to empty its embassy"."""
    if syntax.kids(reading, word, "nsubj", "nsubj:pass"):
        return []
    above = islice(syntax.governors(reading, word), 2)
    return [head for head, _ in above if reading.lemma(head) in ("give", "allow", "grant", "leave")]


def is_anothers(draft: Draft, deadline: Time, word: int, triggers: Sequence[int]) -> bool:
    """A term in the sentence that follows the word of another measure, or stands in the clause of one."""
    if deadline.phrase is None:
        return False
    at = draft.reading.words_in(deadline.phrase)[0]
    first, last = draft.sentence(word)
    others = [each for each in triggers if first <= each < last and each != word]
    before = [each for each in others if each < at]
    if before and (word < before[-1] or at < word) and not _of_the_same(draft.reading, before[-1], word):
        return True
    for each in others:
        start, end = draft.clause(each)
        if start <= at < end and not start <= word < end and not _of_the_same(draft.reading, each, word):
            return True
    return False


def _of_the_same(reading: Reading, other: int, word: int) -> bool:
    """Another measure on the people of this one: "… and asked them to leave", "; they were told to go by the 16th",
    "were declared unwelcome and have a week to leave", "gave Sweden until the 30th to empty its embassy"."""
    if other in _given_for(reading, word):
        return True
    if not _beside(reading, word, other).isdisjoint(_THEY):
        return True
    if other < word or syntax.first_conjunct(reading, other) != syntax.first_conjunct(reading, word):
        return False
    own = any(word < child < other for child in syntax.kids(reading, other, "nsubj", "nsubj:pass"))
    return not own and bool(syntax.kids(reading, word, "nsubj:pass", "aux:pass"))


def _term(draft: Draft, region: WordSpan, act: Time | None, lasting: bool) -> Time | None:
    """The first term in a region. ``lasting``: what is told is over, and a length of time is how long it took."""
    day = _nth(draft, region, act)
    if day is not None:
        return day
    for timex in _dated(draft, region):
        return next_reading(draft, timex, act)
    return length_of(draft, region, act, lasting)


def term_of(draft: Draft, region: WordSpan, act: Time | None) -> Time | None:
    """The day in a region by which something is to be done, whoever sets it."""
    return _nth(draft, region, act) or next(
        (next_reading(draft, timex, act) for timex in _dated(draft, region)), None
    )


def _dated(draft: Draft, region: WordSpan) -> Iterator[Timex]:
    """The days in a region that a preposition makes terms; of "noon of the next day" the day."""
    start, end = draft.span(region)
    near = [each for each in draft.timexes if start <= each.span[0] < end and each.time is not None]
    for at, timex in enumerate(near):
        if timex.type in ("DATE", "TIME") and _is_term(draft, region, timex) and not _was_out(draft, timex):
            after = near[at + 1] if at + 1 < len(near) else None
            between = draft.document.text[timex.span[1] : after.span[0]] if after is not None else ""
            yield after if after is not None and between in (" ", " of ", " on ", ", ") else timex


def _is_term(draft: Draft, region: WordSpan, timex: Timex) -> bool:
    reading = draft.reading
    if timex.direction in ("by", "until"):
        return timex.direction == "by" or not _lasted(reading, timex)
    first, _ = reading.words_in(timex.span)
    for word in range(first - 1, max(region[0], first - 4) - 1, -1):
        if reading.lower(word) in _LIMITS or (reading.lower(word), reading.lower(word - 1)) == (
            "than",
            "later",
        ):
            return True
        if reading.pos(word) in ("PUNCT", "PROPN", "NOUN", "VERB"):
            return False
    return False


def _was_out(draft: Draft, timex: Timex) -> bool:
    """ "Sent one home before the day was out": not by when he was to go, but when it was done."""
    reading, first = draft.reading, draft.reading.words_in(timex.span)[0]
    told = {reading.lower(each) for each in range(max(draft.sentence(first)[0], first - 12), first)}
    return _WAS_OUT.match(draft.document.text, timex.span[1]) is not None and told.isdisjoint(_TO_DO)


def _lasted(reading: Reading, timex: Timex) -> bool:
    """ "Waited until May", "was kept quiet until August": how long something that is over went on."""
    above = syntax.parent(reading, _head(reading, reading.words_in(timex.span)))
    if above is None or reading.pos(above) not in ("VERB", "ADJ") or reading.lemma(above) in _GIVING:
        return False
    auxiliaries = syntax.auxiliaries(reading, above)
    return _TO_DO.isdisjoint(auxiliaries) and tense(reading, above) in _OVER[:4]


def next_reading(draft: Draft, timex: Timex, act: Time | None) -> Time | None:
    """The first reading of a day that is not before the measure; the end of a month told as such is its last day."""
    time, start = timex.time, _start(draft, act)
    if time is None:
        return None
    edtf = time.edtf
    if start is not None:
        readings = sorted(
            (last, each) for each in (edtf, *timex.alternatives) if (last := _upper(each)) and last >= start
        )
        if act is not None and timex.type == "DATE" and len(readings) > 1 and readings[0][0] == start:
            readings = readings[
                1:
            ]  # "was expelled on Thursday and must be gone by Thursday": by the next one
        edtf = readings[0][1] if readings else edtf
        if readings and readings[0][0] - start > _HALF_A_YEAR:
            edtf = time.edtf  # no term is so long: what is told is over
    days = dates.parse(edtf)
    if days.lower is not None and days.upper is not None and days.lower < days.upper:
        if _is_weekend(draft, timex):
            edtf = days.lower.isoformat()
        elif _is_to_the_end(draft, timex):
            edtf = days.upper.isoformat()
        elif len(edtf) == len("2021-10") and _is_to_the_middle(draft, timex):
            edtf = f"{edtf}-15~"
    return time if edtf == time.edtf else time.model_copy(update={"edtf": edtf})


def _is_weekend(draft: Draft, timex: Timex) -> bool:
    """ "By the weekend" is by its first day; "by the end of the weekend" is not."""
    phrase = draft.document.words(timex.span).lower()
    return phrase.endswith("weekend") and "end of" not in phrase


def _is_to_the_middle(draft: Draft, timex: Timex) -> bool:
    """ "By mid-June", "until the middle of May": about its fifteenth day."""
    return draft.document.words(timex.span).lower().startswith(("mid", "the middle", "the mid"))


def _is_to_the_end(draft: Draft, timex: Timex) -> bool:
    """The term is the last day of a week, a month, a year: "the end of May", "before the week is out"."""
    end = timex.span[1]
    phrase, after = draft.document.words(timex.span).lower(), draft.document.text[end : end + 16].lower()
    return (
        "end of" in phrase
        or "last day of" in phrase
        or phrase.endswith((" end", "-end", "week"))
        or _IS_OUT.match(after) is not None
        or draft.document.text[: timex.span[0]].endswith(("within ", "inside "))
    )


def _upper(edtf: str) -> date | None:
    return dates.parse(edtf).upper


def _start(draft: Draft, act: Time | None) -> date | None:
    """The day from which a term is looked for: the first of the measure's, else the report's."""
    return draft.day if act is None else dates.parse(act.edtf).lower


def _nth(draft: Draft, region: WordSpan, act: Time | None) -> Time | None:
    """ "Until the 20th": the next day of that number."""
    span, start = draft.span(region), _start(draft, act)
    found = _NTH.search(draft.document.text, *span)
    if found is None or start is None:
        return None
    number = int(found[1]) if found[1] else ORDINALS[found[2].lower()]
    if not 1 <= number <= 31:
        return None
    day = start + timedelta(days=1)
    while day.day != number:
        day += timedelta(days=1)
    phrase = (found.start(1 if found[1] else 2) - len("the "), found.end())
    return Time(edtf=day.isoformat(), phrase=phrase, anchor=start.isoformat(), basis="relative")
