"""Words that look like time and are not: the month that is a verb or a name, the number that counts
things."""

from __future__ import annotations

import re

from onrecord.coding.timex_lexicon import MONTHS
from onrecord.coding.timex_pieces import Expression

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
_NAME_BEFORE = re.compile(r"([A-Z][\w.'’-]+)\s$")
_MONEY = re.compile(
    r"[$£€¥#/]\s?$|\d[.,]$|[A-Za-z0-9]-$|\b(?:no\.|number|page|flight|route|room|highway|article"
    r"|resolution)\s$"
)
_AGE = re.compile(r"[\s-]+(?:old\b|of age\b)")
_FRACTION = re.compile(r"\s+of\b")


def plausible(text: str, low: str, e: Expression) -> bool:
    """Whether an expression is one, by the capitals of the text and the words beside it."""
    if e.kind in ("month", "day"):
        return _month(text, low, e)
    if e.kind == "decade" and low[e.start].isdigit() and e.end - e.start == 3:
        return False  # "in his 30s"
    if e.kind == "year":
        return not _MONEY.search(low, max(0, e.start - 12), e.start)
    if e.kind == "duration":
        return _amount(low, e)
    return True


def _month(text: str, low: str, e: Expression) -> bool:
    words = text[e.start : e.end]
    name = next(
        (match for match in re.finditer(r"[A-Za-z]+", words) if match.group().lower() in MONTHS), None
    )
    if name is None:
        return False
    bare = e.kind == "month" and e.year is None and not e.rel and not e.mod and not e.week
    month = name.group()
    if bare and len(month) <= 4 and month.lower() not in ("may", "june", "july") and not words.endswith("."):
        return False
    if e.kind == "month" and e.year is None and month.lower() in _COMMON and month[0].islower():
        return False
    if not bare:
        return True
    if month.lower() in _GIVEN_NAMES:
        before = low[max(0, e.start - 20) : e.start]
        if month.lower() in ("may", "march") and (not _LEADS.search(before) or not before.strip()):
            return False
        previous = _NAME_BEFORE.search(text, max(0, e.start - 25), e.start)
        if previous and not _LEADS.search(before):
            return False
    return True


def _amount(low: str, e: Expression) -> bool:
    """A fraction ("a quarter of the votes") and an age ("52 years old") are no amounts of time."""
    if e.unit in ("Q", "S") and _FRACTION.match(low, e.end):
        return False
    return not _AGE.match(low, e.end) and not low.startswith("old", e.end - 3)
