"""The building blocks of the patterns for temporal expressions, and what the parts of a match mean.

In the templates a space stands for white space or a line break, a tilde for white space or a hyphen, and
{NAME} for a piece of `PIECES`. Patterns are matched against lower-cased text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onrecord.coding.time.lexicon import (
    CARDINALS,
    DAYPARTS,
    DECADES,
    HOLIDAYS,
    MONTHS,
    ORDINALS,
    PLURALS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    number,
    spoken_year,
)


@dataclass(slots=True)
class Expression:
    """The parts of one expression as the words state them, before any date is known.

    kind: day, month, year, decade, century, quarter, half, season, weekday, deictic (days from today),
    period (this, last, next unit), offset (n units ago or later), duration, set, reference, holiday,
    clock, monthday (the 19th).
    """

    kind: str
    start: int = 0
    end: int = 0
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    index: int = 0  # number of the quarter, half, season, decade (198 = the 1980s) or century
    unit: str = ""
    count: float | None = None  # None is vague
    sign: int = 0  # -1 before, +1 after
    rel: str = ""  # last, this, next, previous, following, same, latest, each
    week: str = ""  # the relation of the week or year named beside ("Monday of last week", "June last year")
    mod: str = ""  # early, mid, late
    part: str = ""  # MO, AF, EV, NI or a clock time hh:mm
    value: str = ""  # TIMEX3 value of sets and references
    name: str = ""  # of a holiday; "same" where the words say so ("the same day")
    until: int = 0  # second day or year of a range written as one ("Nov. 4-5", "1998-99")
    other_order: bool = False  # 07/10/2021: day and month may be the other way round
    cut: tuple[int, int] = (0, 0)  # end of the first and start of the second part of such a range


def _alt(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True)).replace("'", "['’]")


_FULL_MONTHS = [name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july")]
_CARDINAL = _alt([*CARDINALS, "hundred", "thousand", "dozen"])
_FIGURE = (
    r"(?:\d+(?:,\d\d\d)*(?:\.\d+)?(?:~\d/\d)?"
    rf"|(?:a (?=hundred|thousand|dozen))?(?:{_CARDINAL})(?:~(?:and )?(?:{_CARDINAL}))*)"
)

PIECES = {
    # calendar words
    "MONTH": (
        rf"(?P<month>(?:{_alt(_FULL_MONTHS)})\b"
        rf"|(?:{_alt(n for n in MONTHS if n not in _FULL_MONTHS)})\b\.?)"
    ),
    "WEEKDAY": rf"(?P<weekday>(?:{_alt(n for n in WEEKDAYS if n.endswith('day'))})\b)",
    "WEEKDAYS": rf"(?:(?P<weekday>{_alt(n for n in WEEKDAYS if n.endswith('day'))})s\b)",
    "ANYWEEKDAY": rf"(?P<weekday>(?:{_alt(WEEKDAYS)})\b\.?)",
    "DAY": rf"(?P<day>(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b(?![.,:]?\d|%)|(?:{_alt(ORDINALS)})\b)",
    "YEAR": (
        r"(?P<year>[12]\d\d\d\b(?![.,]\d|%)"
        rf"|(?:six|seven|eight|nine)teen~(?:hundred|(?:oh~)?(?:{_CARDINAL})(?:-(?:{_CARDINAL}))?)\b"
        rf"|two thousand\b(?: (?:and )?(?:{_CARDINAL})\b)?)"
    ),
    "TODAY": (  # the second day of "Nov. 4-5", "April 8 and 9"
        r"(?:(?P<joint> ?(?:-|–|/|to|and|or|through|until|till) ?)"
        rf"(?P<until>(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?|{_alt(ORDINALS)})\b"
        r"(?![.,:]?\d|%|~(?:people|others|percent|million|billion|killed|soldiers|troops|policemen"
        r"|civilians|were)\b))"
    ),
    "SHORTYEAR": r"(?P<short>['’]\d\d\b)",
    "SEASON": rf"(?P<season>(?:{_alt(SEASONS)})\b)",
    "DECADE": (
        rf"(?:(?P<figures>1[5-9]\d0|20\d0|['’`]?[2-9]0)['’]?s\b"
        rf"|(?:nineteen-)?(?P<decade>(?:{_alt(DECADES)})\b))"
    ),
    "HOLIDAY": rf"(?P<holiday>(?:{_alt(HOLIDAYS)})\b)",
    "NTH": rf"(?P<nth>(?:{_alt(ORDINALS)})|\d\d?(?:st|nd|rd|th))",
    "PART": rf"(?P<part>(?:{_alt(DAYPARTS)})\b)",
    # amounts and units
    "COUNT": (
        rf"(?P<count>(?:an? (?:few|couple(?: of)?|half|number of|handful of)|couple of|half a dozen|half an?"
        rf"|{_FIGURE}(?:~and~an?~half)?|an?|few|several|many|dozens of|hundreds of|countless|numerous)\b"
        rf"(?: ?(?:to|or|-|–) ?{_FIGURE}\b)?)"
    ),
    "UNIT": rf"(?P<unit>(?:{_alt([*UNITS, *PLURALS])})\b)",
    "ONEUNIT": rf"(?P<unit>(?:{_alt(UNITS)})\b)",
    "PLURAL": rf"(?P<unit>(?:{_alt(PLURALS)})\b)",
    "EXTRA": (
        r"(?:(?:more|additional|consecutive|straight|full|trading|working|whole|successive|long|solid"
        r"|calendar|business"
        r"|further|other|fiscal)~)?"
    ),
    "KIND": r"(?:(?:fiscal|calendar|full|trading|school|business|entire|whole|working)~)?",
    "TAIL": r"(?P<adjective>-(?:long|old)\b)?(?P<tail> and a half\b| or (?:so|more|less)\b)?",
    "SIDE": (
        r"(?P<side>ago|(?:earlier|later)(?! than\b)|before|after|from now|hence|previously|back|afterwards?"
        r"|afterward)\b"
    ),
    # what stands before
    "THE": r"(?:the |its |their |his |her |our )",
    "REL": (
        r"(?P<rel>this (?:past|coming)|(?:the |that )?(?:last|past|next|coming|previous|same|latest|current)"
        r"|the (?:preceding|following|ensuing)|this|that)"
    ),
    "SPAN": (
        r"(?:the |these |those |his |her |its |their )?(?P<rel>first|last|past|next|coming|previous"
        r"|preceding|following"
        r"|final|same(?! (?:\S+ ){1,3}(?:later|earlier|afterwards?)\b)|latest|opening|initial|recent|ensuing"
        r"|intervening) "
    ),
    "MOD": (
        r"(?:(?P<mod>early|earlier|late|later|mid)(?: in| on)?[\s-]{1,2}"
        r"|(?:the )?(?P<modof>(?:very )?end|last day|middle|beginning"
        r"|start|close|turn|eve|(?:early|latter|first|better|good) part|(?:first|last|second"
        r"|latter) half|early days) of "
        r"|a good part of |sometime )"
    ),
    "LOOSE": r"(?:(?:around|about|circa|on or about) )",
    "APPROX": (
        r"(?:(?P<approx>about|around|nearly|almost|roughly|approximately|some(?! of)|over(?! the)|under"
        r"|up to|at least|at most|(?:no |not )?"
        r"(?:more|less|fewer|longer) than|(?:a )?little (?:more|less) than|just (?:over|under)|well over"
        r"|only|just|barely"
        r"|exactly|within|another|an additional|an estimated|the better part of) )"
    ),
    # what stands behind
    "YEARREL": (
        r"(?:,? (?:of )?(?P<week>(?:the )?(?:last|next)|this|the (?:previous|following|same|current)"
        r"|that) year\b)"
    ),
    "WEEKREL": (
        r"(?: (?:of )?(?P<week>(?:the )?(?:last|next)|this|the (?:previous|following|same|current)"
        r"|that) week\b)"
    ),
    "COUNTED": (  # the number counts things and is no year
        r"(?!~(?:people|persons|troops|soldiers|dollars|euros|pounds|yen|yuan|rubles|tons|tonnes|meters"
        r"|metres|miles|km"
        r"|feet|kilometers|kilometres|men|women|members|votes|points|workers|police|refugees|civilians"
        r"|houses|homes"
        r"|square|jobs|barrels|cases|shares|units|students|acres|hectares|different|other|more|us|percent|per"
        r"|delegates|guests|prisoners|fighters|inmates|detainees|families|children|villagers|protesters"
        r"|demonstrators|policemen)\b)"
    ),
    # times of day
    "CLOCK": (
        r"(?:(?P<named>noon|midday|midnight)\b"
        r"|(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?(?::[0-5]\d)? ?(?P<half>[ap]\.? ?m\b\.?)"
        r"|(?P<hour24>[01]?\d|2[0-4])[:.]?(?P<minute24>[0-5]\d)(?::[0-5]\d)?(?: (?:hours|hrs))?"
        r"(?= ?\(?(?:gmt|utc|bst|cet|msk|[ecmp][sd]t)\b)"
        rf"|(?P<oclock>[01]?\d|{_CARDINAL}) o['’]clock\b"
        r"|(?P<bare>[01]?\d) in the (?P<barepart>morning|afternoon|evening)\b)"
    ),
    "ZONE": (
        r"(?: ?\(?(?:gmt|utc|[ecmp][sd]?t|bst|cet|cest|msk|ist|jst|local time|(?:moscow|london"
        r"|beijing) time)\b\)?)"
    ),
}


_RANGE = re.compile(r"\s(?:to|or)\s|(?<=[\d\s])\s?[-–]\s?(?=\d)")


_NO_BREAK = r"(?![^\S\n]*\n[^\S\n]*\n)"  # a blank line ends a paragraph, and with it an expression


@cache
def pattern(template: str) -> re.Pattern[str]:
    """A template of pieces, compiled when it is first asked for."""
    for name, piece in PIECES.items():
        template = template.replace("{" + name + "}", piece)
    for mark, spaces in ((" ?", r"\s?"), ("~", rf"{_NO_BREAK}[\s-]{{1,3}}"), (" ", rf"{_NO_BREAK}\s{{1,3}}")):
        template = template.replace(mark, spaces)
    return re.compile(template)


_RELATIONS = {
    "that": "same", "coming": "next", "preceding": "previous", "ensuing": "following", "current": "this",
    "the": "",
}  # fmt: skip


def relation(words: str | None) -> str:
    """The bare relation in a determiner phrase: "the preceding" -> previous, "this past" -> last."""
    if not words:
        return ""
    *before, last = words.split()
    if before == ["this"]:
        return "last" if last == "past" else "next"
    return _RELATIONS.get(last, last)


def modifier(match: re.Match[str]) -> str:
    """early, mid, late, earlier, later or nothing, from "early", "the end of", "the first half of" and
    the like."""
    words = match.groupdict()
    if mod := words.get("mod"):
        return mod
    of = words.get("modof") or ""
    if of.startswith(("very end", "end", "close", "latter", "last", "second")):
        return "late"
    if of.startswith("middle"):
        return "mid"
    return "early" if of.startswith(("beginning", "start", "early", "first")) else ""


def year_of(words: str | None) -> int | None:
    """A year in figures, in words, or in two figures after an apostrophe ('98: the hundred years up to
    2030)."""
    if not words:
        return None
    if words[0] in "'’":
        return 1900 + int(words[1:]) + (100 if int(words[1:]) <= 30 else 0)
    return int(words) if words.isdigit() else spoken_year(words)


def second_of(match: re.Match[str]) -> tuple[int, tuple[int, int]]:
    """The second day or year of a range, and where its two parts are cut."""
    if not match["until"]:
        return 0, (0, 0)
    return day_of(match["until"]), (match.start("joint"), match.start("until"))


def day_of(words: str) -> int:
    """Day of the month in figures ("7", "7th") or as an ordinal word."""
    digits = words.rstrip("stndrh")
    return int(digits) if digits.isdigit() else ORDINALS[" ".join(words.split())]


def ordinal_of(words: str) -> int:
    """Rank of "third" or "3rd"."""
    return ORDINALS[words] if words in ORDINALS else int(words.rstrip("stndrh"))


def month_of(words: str) -> int:
    """Number of a month by its name or abbreviation."""
    return MONTHS[words.rstrip(".")]


def unit_of(words: str) -> str:
    """Letter of a unit of time."""
    return UNITS.get(words) or PLURALS[words]


def count_of(words: str | None) -> float | None:
    """An amount in words or figures, the lower end of a range ("two to three"); `None` where it is vague."""
    return number(_RANGE.split(words)[0]) if words else None
