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
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.dating import tense
from onrecord.coding.numerals import ONES, TENS
from onrecord.coding.time import calendar
from onrecord.coding.time.lexicon import ORDINALS
from onrecord.model import dates
from onrecord.model.records import Time

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.draft import Draft
    from onrecord.coding.time.types import Timex
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

TERMS = frozenset(("by", "until", "till", "before"))
LEAVING = frozenset(("persona_non_grata", "not_acceptable", "withdraw_accreditation", "set_ceiling", "parity_cap",
                     "close_mission", "close_consulate", "close_office", "ultimatum"))  # fmt: skip
_CLOSING = frozenset(("close_mission", "close_consulate", "close_office"))
_SENT_AWAY = frozenset(("persona_non_grata", "not_acceptable", "withdraw_accreditation"))
_THEY = frozenset(("they", "them", "he", "him", "she", "her", "both", "pair", "each"))
_AHEAD = 2  # sentences after the measure that may go on about it
_UNITS = {"hour": "T", "day": "D", "week": "W", "fortnight": "F", "month": "M"}
_SPELLED = {word: number for word, number in ONES.items() if number}
_NUMBER = rf"(?:\d+|{'|'.join(_SPELLED)}|(?:{'|'.join(TENS)})(?:-\w+)?)"
_PEOPLE = re.compile(
    r"^(?:they|all|both|each|he|she|those|his|her|their|its (?:people|staff|members|occupants)|none"
    rf"|(?:the |all |some )?{_NUMBER}\b|(?:the|every) (?:pair|trio|man|men|woman|women|group|surplus|others?|rest|last"
    r"|expelled|diplomats?|staff|envoys?|ambassadors?|consuls?|attachés?|attaches?|employees?|officials?|officers?"
    r"|people|clerks?|members?|minister|secretary|chargé|charge|guards?|drivers?|families|personnel|occupants)\b)",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"^(?:it|they|the (?:embassy|legation|chancery|mission|consulate|office|bureau|building|premises|flag|doors"
    r"|shutters|measure|cuts?|reduction|adjustment|ceiling|new ceiling|staff|employees?))\b",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\b(?:deadline|time[- ]limit|cut-off|period of \w+|grace period|term|notice|respite|ultimatum)\b"
    r"(?: \S+){0,6}? (?:is|was|expires?|expired|ends?|ended|runs? out|ran out|lapses?|falls?|fell|set)\b"
    rf"|\b{_NUMBER} (?:hours?|days?|weeks?|fortnight|months?) (?:\S+ )?(?:was|were|is|are|has been|have been)"
    r" (?:allowed|granted|given|allotted|set|fixed)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\bthat (?:the pair|the \w+|both|they|he|she|all) (?:had|have|has|must|were|was)\b")
_DUTY = re.compile(
    r"\b(?:must|shall|have to|has to|had to|ordered to|told to|asked to|expected to|given|allowed|allotted|granted"
    r"|(?:is|are|was|were) (?:\w+ )?to|will have"
    r"|(?:has|have|had) (?:until|till|\S+ (?:hours?|days?|weeks?|fortnight|month))"
    r"|leaves?|departs?|flies|fly|boards?|embarks?|travels?|crosse?s?)\b",
    re.IGNORECASE,
)
_GIVING = frozenset(
    "give gave given gives giving had granted grants grant granting allowed allows allow allowing notice "
    "leave pack has have having allotted allots allot hand handed hands handing set sets setting accorded "
    "accords".split()
)
_GOING = frozenset(
    "leave leaves left go goes going gone depart departs departed departure out pack packed packing quit "
    "hours days home week weeks month months fortnight comply complied close closed shut empty emptied vacate "
    "vacated clear cleared wind off fly board boards embark cross exit exits evacuate evacuated vanish soil "
    "across withdrawn withdraw removed recalled".split()
)
_GIVEN = frozenset("give gave given gives giving granted allowed allows allowing allotted".split())
_TRAVEL = frozenset(
    "leave leaves depart departs fly flies board boards embark embarks cross crosses travel travels sail "
    "sails go goes".split()
)
_ORDINALS = "|".join(ORDINALS)
_NTH = re.compile(
    r"\b(?:by|until|till|before|up to) (?:(?:noon|midnight|midday) on )?the "
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)|({_ORDINALS}))\b(?! of\b| [A-Z])"
)


def deadline_of(
    draft: Draft, match: Match, clause: WordSpan, act: Time | None, triggers: Sequence[int]
) -> Time | None:
    """The term of a measure taken on a day; None where no words set one. ``triggers`` are the words that tell
    measures: each takes the term that follows it."""
    if match.rule.act not in LEAVING:
        return None
    sentence = draft.sentence(match.word)
    lasting = match.rule.act in _CLOSING and tense(draft.reading, match.word) in (
        "Past",
        "has",
        "had",
        "was",
        "is",
    )
    found = _term(draft, clause, act, lasting)
    if found is not None and _is_beyond(draft, found, match.word):
        found = None
    if (
        found is not None or not clause[0] <= match.word < clause[1]
    ):  # an item of a list has no term but its own
        return found
    if match.rule.act == "ultimatum" or _speaks_of_going(draft, sentence):
        found = _term(draft, sentence, act, lasting)
        ours = match.rule.act == "ultimatum"
        if found is not None and (ours or not _is_anothers(draft, found, match.word, triggers)):
            return found
    for region in (clause, sentence) if match.rule.act in _SENT_AWAY else (clause,):
        found = _said_or_travelled(draft, region, act)
        if found is not None and not _is_anothers(draft, found, match.word, triggers):
            return found
    for region in _following(draft, match, sentence[1], triggers):
        found = _term(draft, region, act, False) or _said_or_travelled(draft, region, act)
        if found is not None:
            return found
    return None


def _said_or_travelled(draft: Draft, region: WordSpan, act: Time | None) -> Time | None:
    """A day that is told to be the term, or on which those who must go travel: no preposition makes it one, so it lies
    ahead of the report or is the report's own."""
    reading = draft.reading
    said = _TERM.search(draft.document.words(draft.span(region))) is not None
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


def _following(draft: Draft, match: Match, last: int, triggers: Sequence[int]) -> Iterator[WordSpan]:
    """The next sentences, while they go on about the same people or the same house, and say what these must do."""
    opening = _HOUSE if match.rule.act in _CLOSING else _PEOPLE
    for _ in range(_AHEAD):
        if last >= len(draft.reading):
            return
        start, end = draft.sentence(last)
        text = draft.document.words(draft.span((start, end)))
        parts = [part.strip() for part in text.split(";")]
        openings = [opening] if match.rule.act in _CLOSING else [opening, _HOUSE]
        about = any(each.match(part) for each in openings for part in parts) or _PAIR.search(text) is not None
        told = about and _DUTY.search(text) and _speaks_of_going(draft, (start, end))
        if told or _TERM.search(text):
            yield start, end
        if any(start <= each < end for each in triggers):
            return
        last = end


def _is_beyond(draft: Draft, deadline: Time, word: int) -> bool:
    """A term that a semicolon parts from the word of the measure, in a sentence of several measures."""
    if deadline.phrase is None:
        return False
    at = draft.reading.words_in(deadline.phrase)[0]
    return any(draft.reading.lower(each) == ";" for each in range(min(at, word), max(at, word)))


def _speaks_of_going(draft: Draft, region: WordSpan) -> bool:
    """Words of leaving or complying: without them a term beside the measure is that of something else."""
    return any(draft.reading.lower(word) in _GOING for word in range(*region))


def _is_anothers(draft: Draft, deadline: Time, word: int, triggers: Sequence[int]) -> bool:
    """A term in the sentence that follows the word of another measure."""
    if deadline.phrase is None:
        return False
    at = draft.reading.words_in(deadline.phrase)[0]
    before = [each for each in triggers if word <= each < at]
    return bool(before) and before[-1] != word and not _of_the_same(draft.reading, before[-1], word)


def _of_the_same(reading: Reading, other: int, word: int) -> bool:
    """Another measure on the people of this one: "… and asked them to leave", "; they were told to go by the 16th"."""
    near = {reading.lower(each) for each in range(max(word + 1, other - 4), min(len(reading), other + 4))}
    return not near.isdisjoint(_THEY)


def _term(draft: Draft, region: WordSpan, act: Time | None, lasting: bool) -> Time | None:
    """The first term in a region. ``lasting``: what is told is over, and a length of time is how long it took."""
    day = _nth(draft, region, act)
    if day is not None:
        return day
    for timex in _dated(draft, region):
        return next_reading(draft, timex, act)
    return _length(draft, region, act, lasting)


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
        if timex.type in ("DATE", "TIME") and _is_term(draft, region, timex):
            after = near[at + 1] if at + 1 < len(near) else None
            between = draft.document.text[timex.span[1] : after.span[0]] if after is not None else ""
            yield after if after is not None and between in (" ", " of ", " on ", ", ") else timex


def _is_term(draft: Draft, region: WordSpan, timex: Timex) -> bool:
    reading = draft.reading
    if timex.direction in ("by", "until"):
        return True
    first, _ = reading.words_in(timex.span)
    for word in range(first - 1, max(region[0], first - 4) - 1, -1):
        if reading.lower(word) in TERMS:
            return True
        if reading.pos(word) in ("PUNCT", "PROPN", "NOUN", "VERB"):
            return False
    return False


def next_reading(draft: Draft, timex: Timex, act: Time | None) -> Time | None:
    """The first reading of a day that is not before the measure; the end of a month told as such is its last day."""
    time, start = timex.time, _start(draft, act)
    if time is None:
        return None
    edtf = time.edtf
    if start is not None:
        readings = [
            (lower, each)
            for each in (edtf, *timex.alternatives)
            if (lower := _upper(each)) and lower >= start
        ]
        edtf = min(readings)[1] if readings else edtf
    days = dates.parse(edtf)
    if days.lower is not None and days.upper is not None and days.lower < days.upper:
        if _is_weekend(draft, timex):
            edtf = days.lower.isoformat()
        elif _is_to_the_end(draft, timex):
            edtf = days.upper.isoformat()
    return time if edtf == time.edtf else time.model_copy(update={"edtf": edtf})


def _is_weekend(draft: Draft, timex: Timex) -> bool:
    """ "By the weekend" is by its first day; "by the end of the weekend" is not."""
    phrase = draft.document.words(timex.span).lower()
    return phrase.endswith("weekend") and "end of" not in phrase


def _is_to_the_end(draft: Draft, timex: Timex) -> bool:
    """The term is the last day of a week, a month, a year: "the end of May", "before the week is out"."""
    end = timex.span[1]
    phrase, after = draft.document.words(timex.span).lower(), draft.document.text[end : end + 12].lower()
    return (
        "end of" in phrase
        or phrase.endswith((" end", "-end", "week"))
        or after.startswith((" is out", " was out", " ends", " ended", " is over", " was over"))
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


def _length(draft: Draft, region: WordSpan, act: Time | None, lasting: bool) -> Time | None:
    """A length of time counted from the day of the measure: "within seven days", "given 48 hours". ``lasting``: only
    one that somebody was given, as in "has allowed two months for it"."""
    reading = draft.reading
    for word in range(region[0] + 1, region[1]):
        unit = reading.lower(word).rstrip("s'’")
        if unit not in _UNITS:
            continue
        value = _value(draft, word)
        opening = {reading.lower(i) for i in range(max(region[0], word - 6), word)}
        around = {reading.lower(i) for i in range(max(region[0], word - 14), min(region[1], word + 6))}
        near = {reading.lower(i) for i in range(max(region[0], word - 6), min(region[1], word + 3))}
        giver = syntax.parent(reading, word)
        if giver is not None and region[0] <= giver < word:
            around.add(reading.lower(giver))
        if value is None or not (opening & {"within", "in", "with", "inside"} or around & _GIVING):
            continue
        if lasting and not around & _GIVEN:
            continue
        past = word + 1 < region[1] and reading.lower(word + 1) in ("before", "on", "after", "apart")
        if near & {"ago", "earlier", "later"} or "after" in opening or past:
            continue
        start = _counted_from(draft, word, act)
        if start is None:
            return None
        days = value / 24 if unit == "hour" else value
        until = calendar.move(start, "D" if unit == "hour" else _UNITS[unit], days)
        phrase = draft.span((word - 1, word + 1))
        return Time(edtf=until.isoformat(), phrase=phrase, anchor=start.isoformat(), basis="relative")
    return None


def _counted_from(draft: Draft, unit: int, act: Time | None) -> date | None:
    """ "72 hours from Thursday", else the day of the measure; None where that is not known to the day."""
    reading = draft.reading
    if unit + 2 < len(reading) and reading.lower(unit + 1) == "from":
        start = reading.start(unit + 2)
        day = next((each.time for each in draft.timexes if each.span[0] == start), None)
        return _day(day)
    return _day(act)


def _value(draft: Draft, unit: int) -> float | None:
    reading = draft.reading
    text = reading.lower(unit - 1)
    if text in ("a", "an"):
        return 1.0
    if text == "-":
        text = reading.lower(unit - 2)
    elif unit > 2 and reading.lower(unit - 2) == "-":
        text = f"{reading.lower(unit - 3)}-{text}"
    tens, _, ones = text.partition("-")
    if ones in _SPELLED and tens in TENS:
        return float(TENS[tens] + _SPELLED[ones])
    if re.fullmatch(r"\d+", text):
        return float(text)
    if text in _SPELLED:
        return float(_SPELLED[text])
    return float(TENS[text]) if text in TENS else None


def _day(time: Time | None) -> date | None:
    if time is None or dates.precision(time.edtf) != "day":
        return None
    return dates.parse(time.edtf).lower
