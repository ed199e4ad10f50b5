"""The ordered patterns for temporal expressions.

Each names the classes of the words it may begin with; the first that fits wins, so the longer stand
before the shorter. Only runs of classified words that hold a head (a month, a unit, a year ...) are tried
at all, which is what makes the tagger fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.coding.time import builders as build
from onrecord.coding.time.lexicon import (
    ADVERBIAL_SETS,
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
)
from onrecord.coding.time.pieces import Expression, pattern

# the classes of a first word, template, builder
_TABLE: tuple[tuple[str, str, build.Builder], ...] = (
    # calendar days
    ("figure", r"(?P<year>[12]\d\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)\b", build.iso),
    ("figure", r"(?P<a>\d\d?)(?P<sep>[/.])(?P<b>\d\d?)(?P=sep)(?P<year>[12]\d\d\d|\d\d)\b", build.numeric),
    (
        "weekday month mod approx the rel",
        r"(?:{MOD}|{LOOSE}|this coming )?(?:(?P<rel>last|this"
        r"|next) )?(?:{ANYWEEKDAY},? (?:the )?)?{MONTH}(?:(?<=\.)| ){DAY}{TODAY}?"
        r"(?:,? (?:of |in )?{YEAR}|{YEARREL})?(?: {PART})?",
        build.day,
    ),
    (
        "weekday figure ordinal the",
        r"(?:the )?(?:{ANYWEEKDAY},? )?(?:the )?{DAY}{TODAY}?(?: day)? (?:of )?{MONTH}(?:,? {YEAR}"
        r"|{YEARREL})?"
        r"(?: {PART})?",
        build.day,
    ),
    ("figure", r"(?<![a-z]\s){YEAR}, {DAY} (?:of )?{MONTH}", build.year_first),
    ("figure", r"(?<![a-z]\s){YEAR}, (?P<day>){MONTH}(?! \d)", build.year_first),
    # sets
    ("each", r"(?:every|each)(?P<other> other)? (?:{COUNT}~)?{UNIT}", build.unit_set),
    ("each", r"(?:every|each) {WEEKDAY}", build.weekday_set),
    ("each", r"(?:every|each) {MONTH}", build.month_set),
    ("each", r"(?:every|each) {SEASON}", build.season_set),
    ("adverbial", rf"(?:{'|'.join(ADVERBIAL_SETS)})\b", build.adverbial_set),
    # quarters and halves of a year
    (
        "the ordinal fiscal",
        r"(?:{THE}(?!\S+-quarter))?(?:fiscal~)?(?P<ago>(?:comparable )?year~(?:ago"
        r"|earlier) )?{NTH}~quarters?\b"
        r"(?:,? (?:of )?(?:fiscal )?{YEAR}|{YEARREL})?",
        build.quarter,
    ),
    ("the figure", r"(?:the )?(?:fiscal )?{YEAR}['’]?s? {NTH}~quarter\b", build.quarter),
    (
        "the rel",
        r"(?P<week>this|last|next|the previous|the following) year['’]s {NTH}~quarter\b",
        build.quarter,
    ),
    ("the", r"the {YEAR} (?P<period>quarter|period)\b", build.year_period),
    ("q", r"q(?P<figure>[1-4])(?: (?:of )?{YEAR})?\b", build.quarter),
    (
        "the ordinal rel mod",
        r"(?:the )?(?P<which>first|second|last|latter) half of (?:(?P<week>this|last|next|the) year\b"
        r"|{YEAR})",
        build.half,
    ),
    (
        "the rel unit",
        r"(?:the |its )?(?:comparable |corresponding |like )?year~(?:ago|earlier) (?:quarter|period)\b",
        build.year_ago_quarter,
    ),
    ("unit", r"(?P<unit>year|month|week)-(?:ago|earlier)\b", build.year_ago),
    # months, years, decades, centuries
    (
        "the rel mod month",
        r"(?:(?:the )?{MOD}(?:the )?|{LOOSE})?(?!that )(?:{REL} )?{MONTH}"
        r"(?:,? (?:of |in )?{YEAR}| {SHORTYEAR}"
        r"|{YEARREL})?",
        build.month,
    ),
    ("the mod figure decade", r"(?:the )?{MOD}?(?:the )?{DECADE}", build.decade),
    ("the mod ordinal figure", r"(?:the )?{MOD}?(?:the )?{NTH}~century\b", build.century),
    (
        "mod approx the unit figure word fiscal",
        r"(?:{MOD}|{LOOSE})?(?P<lead>(?:the year |(?:fiscal"
        r"|calendar) (?:year )?)?){YEAR}(?:(?P<joint>[-–/])(?P<until>\d\d)\b)?{COUNTED}",
        build.year,
    ),
    # seasons and feast days
    (
        "the rel mod season",
        r"(?P<det>the )?{MOD}?(?:the )?(?:{REL} )?{SEASON}(?:(?: of|,)? {YEAR}|{YEARREL})?",
        build.season,
    ),
    (
        "the rel holiday month",
        r"(?:{REL} )?{HOLIDAY}(?P<span> (?:week|weekend))?(?:,? (?:of |in )?{YEAR}|{YEARREL})?",
        build.holiday,
    ),
    # days of the week, days from today
    ("weekday", r"{WEEKDAYS}", build.weekday_set),
    ("weekday the rel mod", r"{MOD}?(?!that )(?:{REL} )?{WEEKDAY}(?:{WEEKREL}| {PART})?", build.weekday),
    ("the", r"the day (?:before yesterday|after tomorrow)\b", build.deictic_pair),
    (
        "the",
        r"the (?:(?P<unit>day|week|month|year) (?P<side>before|after)(?=[,.;:)]|$)|morrow\b)",
        build.unit_beside,
    ),
    (
        "deictic mod part",
        r"{MOD}?(?:(?P<midpart>afternoon|morning) )?(?P<deictic>today|tonight|yesterday"
        r"|tomorrow)\b(?: {PART})?",
        build.deictic,
    ),
    (
        "the rel mod",
        r"{MOD}?(?P<rel>this|last|(?:the )?(?:next|following|previous|same)|that|the) (?:very )?(?:same )?"
        r"(?P<part>morning|afternoon|evening|night)\b",
        build.part_of_day,
    ),
    ("part", r"overnight\b", build.overnight),
    ("mod", r"(?P<rel>)mid~(?P<part>morning|afternoon)\b", build.part_of_day),
    # amounts of time from some day
    (
        "approx word figure the",
        r"{APPROX}?(?:the )?{COUNT}~{EXTRA}{UNIT}(?P<tail> and a half\b| or so\b)?~{SIDE}",
        build.offset,
    ),
    ("plural", r"{PLURAL}~{SIDE}", build.offset),
    ("word figure", r"{COUNT} {UNIT} (?P<side>on)(?=[,.;:)])", build.offset),
    # this, last, next, the following unit
    ("the", r"the {NTH} (?:day )?of {REL} month\b", build.day_of_period),
    ("the", r"the {NTH} of the month\b", build.day_of_month),
    ("the", r"(?:(?<=on\s)|(?<=by\s)|(?<=to\s)|(?<=from\s))the {NTH}(?=[,.;:)]|$)", build.day_of_month),
    ("unit the", r"(?:the )?(?P<unit>year|month|week|quarter|day)(?:['’]s |~)end\b", build.period_end),
    (
        "the rel mod",
        r"{MOD}?{REL} {KIND}(?P<unit>day|week|weekend|fortnight|month|quarter|year|decade|century|period)\b",
        build.period,
    ),
    (
        "mod the",
        r"{MOD}(?:the|that) {KIND}(?P<unit>day|week|weekend|month|quarter|year|decade|century)\b",
        build.period,
    ),
    ("the", r"the week of {MONTH} {DAY}", build.week_of),
    ("the poss", r"(?:the|its) {KIND}(?P<unit>year)(?= (?:to|ended|ending|that ended)\b)", build.whole_unit),
    ("the", r"the {KIND}(?P<unit>quarter|weekend|year|week)\b(?!-)", build.period),
    ("the", r"(?:(?<=within\s)|(?<=inside\s))the (?P<unit>day|month)\b", build.period),
    (
        "the",
        r"the (?P<unit>month)(?= (?:(?:is|was) (?:out|over|up)|(?:has |had )?ended|ends)\b)",
        build.period,
    ),
    # amounts of time
    ("the rel word ordinal approx", r"{APPROX}?{SPAN}(?:{COUNT}~)?{EXTRA}{PLURAL}", build.duration),
    ("the rel word ordinal approx", r"{APPROX}?{SPAN}{COUNT}~{EXTRA}{UNIT}{TAIL}", build.duration),
    ("word figure", r"{COUNT} ?- ?{UNIT}(?P<adjective>-(?:long|old)\b)?", build.duration),
    ("word figure approx the", r"{APPROX}?(?:the )?{COUNT} {EXTRA}{UNIT}{TAIL}", build.duration),
    ("plural", r"{PLURAL}{TAIL}(?: (?:or|and) (?:days|weeks|months|years)\b)?", build.duration),
    ("unit", r"{ONEUNIT}-long\b", build.whole_unit),
    # times of day
    ("figure part word approx", r"(?:(?:about|around|nearly) )?{CLOCK}{ZONE}?", build.clock),
    # the present, the near past, the future
    ("ref", r"(?:right )?now\b(?!,? that\b)", build.reference("PRESENT_REF")),
    ("ref", r"(?:currently|nowadays|presently|these days|at present)\b", build.reference("PRESENT_REF")),
    ("ref", r"current\b", build.reference("PRESENT_REF")),
    ("the", r"the (?:current|present) (?:time|moment)\b", build.reference("PRESENT_REF")),
    ("ref", r"(?:more )?recent(?:ly)?\b", build.reference("PAST_REF")),
    ("the", r"the (?:recent |distant )?past\b", build.reference("PAST_REF")),
    ("the", r"the (?:near |foreseeable |immediate )?future\b", build.reference("FUTURE_REF")),
)

_CLASSES: dict[str, tuple[str, ...]] = {}
_HEADS = frozenset(
    (
        "month",
        "weekday",
        "season",
        "part",
        "unit",
        "plural",
        "decade",
        "deictic",
        "ref",
        "adverbial",
        "q",
        "head",
    )
)


def _classify(name: str, words: str | Iterable[str]) -> None:
    for word in words.split() if isinstance(words, str) else words:
        _CLASSES[word] = (*_CLASSES.get(word, ()), name)


_classify("month", MONTHS)
_classify("weekday", [*WEEKDAYS, *(f"{name}s" for name in WEEKDAYS if name.endswith("day"))])
_classify("season", SEASONS)
_classify("part", [*DAYPARTS, "overnight"])
_classify("unit", UNITS)
_classify("plural", PLURALS)
_classify("decade", DECADES)
_classify("deictic", "today tonight yesterday tomorrow")
_classify("ref", "now currently nowadays presently these current present recent recently right more at")
_classify(
    "head",
    "past future period easter christmas thanksgiving halloween am pm m gmt utc est edt bst cet"
    " clock nineteen eighteen morrow",
)
_classify("adverbial", ADVERBIAL_SETS)
_classify("q", "q")
_classify("each", "every each")
_classify("fiscal", "fiscal calendar")
_classify("holiday", {name.split()[0].removesuffix("'s") for name in HOLIDAYS})
_classify("word", CARDINALS)
_classify(
    "word", "hundred thousand dozen a an few several couple half many dozens hundreds countless numerous"
)
_classify("ordinal", ORDINALS)
_classify("the", "the its their his her our these those")
_classify(
    "rel",
    "this that last next past coming previous preceding following same latest current ensuing recent"
    " first final "
    "initial opening intervening future",
)
_classify(
    "mod",
    "the a early earlier late later mid beginning start middle end close turn eve sometime around about",
)
_classify("mod", "circa first last second latter good very")
_classify(
    "approx",
    "about around nearly almost roughly approximately some over under up at no not more less fewer"
    " longer a little "
    "just well only barely exactly within another an the",
)
_classify(  # words inside an expression that begin none
    "fill",
    "of in on and to or s part than most least better number handful additional consecutive straight"
    " full trading "
    "working whole successive long solid business further other school entire comparable corresponding"
    " like day o "
    "near foreseeable immediate distant new year eve p luther king calendar coming year",
)
# "more", "these", "right" and "at" begin references but make no run of words worth trying.
_NO_HEADS = frozenset(["more", "right", "at"])

_RULES = tuple((frozenset(names.split()), template, make) for names, template, make in _TABLE)
_TOKEN = re.compile(r"[a-z]+|\d+(?:st|nd|rd|th|s)?")


@cache
def _rules_for(classes: tuple[str, ...]) -> tuple[tuple[str, build.Builder], ...]:
    return tuple((template, make) for names, template, make in _RULES if not names.isdisjoint(classes))


def read(low: str, at: int, classes: tuple[str, ...]) -> Expression | None:
    """The expression that begins at an offset of the lower-cased text, its span included; `None` if none
    does."""
    for template, make in _rules_for(classes):
        match = pattern(template).match(low, at)
        if match and (found := make(match)):
            found.start, found.end = match.span()
            return found
    return None


def candidates(low: str, start: int, end: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Offsets and classes of the words at which an expression may begin, in order."""
    run: list[tuple[int, tuple[str, ...]]] = []
    for match in _TOKEN.finditer(low, start, end):
        word = match.group()
        classes = _CLASSES.get(word)
        if classes is None:
            if not word[0].isdigit():
                run.clear()
                continue
            run.append((match.start(), ("figure",)))
            if len(word) < 4 and word[-1] not in "sdth":
                continue
        else:
            run.append((match.start(), classes))
            if _HEADS.isdisjoint(classes) or word in _NO_HEADS:
                continue
        yield from run
        run.clear()
