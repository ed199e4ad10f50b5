"""Words that look like time and are not: the month that is a verb or a name, the number that counts
things."""

from __future__ import annotations

import re

from onrecord.coding.time.lexicon import MONTHS
from onrecord.coding.time.pieces import Expression

# Names of months that are common words: small, they are no month.
_COMMON = frozenset(
    ("may", "march", "august", "mar", "dec", "sep", "jan", "jun", "jul", "oct", "nov", "apr", "feb")
)
_GIVEN_NAMES = frozenset(("may", "april", "june", "august", "march", "january"))
_LEADS = re.compile(
    r"(?:\b(?:in|of|on|since|until|till|by|from|to|through|between|before|after|for|during|and|or|last"
    r"|next|this|late"
    r"|early|mid|per|every|each|as|the|around|about|at|is|was|that|over|into|than|beginning|starting"
    r"|ending|ended|end"
    r"|when|began|begin|begins|scheduled|due|held|a|its|a|when|earlier|later|year|said|says|vote"
    r"|elections?|summit"
    r"|meeting|only|even|-)\s*[\"(“]?|[,(:;\-–—\"“/]\s*|\d\s|^|\n)$"
)
_WORD = re.compile(r"[A-Za-z]+")
_NAME_BEFORE = re.compile(r"([A-Z][\w.'’-]+)\s$")
_MONEY = re.compile(
    r"[$£€¥#/]\s?$|\d[.,]$|(?<!post-)(?<!pre-)(?<!\d{4}-)(?<=[a-z0-9]-)$|\b(?:no\.|number|page|flight|route|room|highway|article"
    r"|resolution)\s$"
)
_AGE = re.compile(r"[\s-]+(?:old\b|of age\b)")
_FRACTION = re.compile(r"\s+of\b")


# What "a year" after it makes a rate: "$5 million a year", "twice a week".
_RATE = re.compile(
    r"(?:\d|%|\b(?:hundred|thousand|million|billion|percent|once|twice|times|dollars|euros|pounds|yen|tons|tonnes"
    r"|barrels|people|units|hours|days|cents|per))\s$"
)


def is_rate(low: str, e: Expression) -> bool:
    """Whether "a week", "a year" tell how often, and are no amount of time."""
    return (
        e.kind == "duration"
        and low.startswith("a ", e.start)
        and e.count == 1
        and _RATE.search(low, max(0, e.start - 12), e.start) is not None
    )


def plausible(text: str, low: str, e: Expression) -> bool:
    """Whether an expression is one, by the capitals of the text and the words beside it."""
    if e.kind == "month":
        return _month(text, low, e)
    if e.kind == "decade" and low[e.start].isdigit() and e.end - e.start == 3:
        return False  # "in his 30s"
    if e.kind == "year":
        return not _MONEY.search(low, max(0, e.start - 12), e.start)
    if e.kind == "duration":
        return _amount(low, e)
    return True


def _month(text: str, low: str, e: Expression) -> bool:
    name = next(word for word in _WORD.finditer(text, e.start, e.end) if word.group().lower() in MONTHS)
    month = name.group().lower()
    if e.year is None and month in _COMMON and name.group()[0].islower():
        return False
    if e.year is not None or e.rel or e.mod or e.week:
        return True
    if len(month) <= 4 and month not in ("may", "june", "july") and text[name.end() : name.end() + 1] != ".":
        return False
    if month not in _GIVEN_NAMES:
        return True
    before = low[max(0, e.start - 20) : e.start]
    leads = _LEADS.search(before) is not None
    if month in ("may", "march") and not (leads and before.strip()):
        return False
    return leads or not _NAME_BEFORE.search(text, max(0, e.start - 25), e.start)


def _amount(low: str, e: Expression) -> bool:
    """A fraction ("a quarter of the votes") and an age ("52 years old") are no amounts of time."""
    if e.unit in ("Q", "S") and _FRACTION.match(low, e.end):
        return False
    return not _AGE.match(low, e.end) and not low.startswith("old", e.end - 3)
