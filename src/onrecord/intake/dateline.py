"""The dateline: place, day and agency before the first sentence, "ANKARA, Dec. 19 (Agency) -"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.intake.calendar import DATE, MONTH, Moment, calendar_day, moments, month_of
from onrecord.intake.lines import SPACES
from onrecord.intake.names import AGENCIES

_LETTER = r"[^\W\d_][\u0300-\u036f]?"
_UPPER = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\u0300-\u036f]?"
_DASH = r"(?:--?|[–—])"
# BRUSSELS; NEW DELHI; ST. PETERSBURG; MOSCOW/KYIV; Tel Aviv
_CAPS = rf"{_UPPER}(?:{_UPPER}|['’.-](?=\s?{_UPPER}))*\.?"
_CITY = rf"{_CAPS}(?:[ /]{_CAPS}){{0,4}}"
_TITLED = rf"{_UPPER}(?:{_LETTER}|['’.-](?={_LETTER}))+"
_PLACE = rf"{_TITLED}(?:[ /](?:(?:of|de|del|la|the|al|el|upon|am|den)[ ])?{_TITLED}){{0,3}}"
_REGION = rf"(?:,\s(?!{MONTH}\s\d)(?:{_PLACE}|{_UPPER}\.{_UPPER}\.|{_TITLED}\.))?"
_DAY = rf"(?:{MONTH}\s\d{{1,2}}(?:,?\s(?:19|20)\d\d)?|\d{{1,2}}\s{MONTH}(?:,?\s(?:19|20)\d\d)?)"
_DATED = rf"(?:[,.]?\s{{1,2}}(?:\w+day,\s)?(?P<day>{_DAY}))?"
_AGENCY = rf"[(/]\s?(?P<agency>{_UPPER}[\w .,&'’/-]{{1,40}}?)\s?[)/]"
_BREAK = rf"(?:\s?(?:=\s?)?\.?\s?{_DASH}{{1,2}}\s?|\s?[.:]\s)"
_NEXT = rf"(?={_UPPER}|[\"“'‘\d])"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # CITY[, Region][, Month 9[, 2021]] (Agency) -      /TASS/.      the dash is missing in some feeds
        rf"(?P<place>{_CITY}){_REGION}{_DATED}[.,]?\s{{1,2}}{_AGENCY}(?:{_BREAK}|\s{{1,2}}{_NEXT})",
        # City[, Region][, Month 9[, 2021]] (Agency) -         London (CNN)The
        rf"(?P<place>{_PLACE}){_REGION}{_DATED}[.,]?\s{{1,2}}{_AGENCY}(?:{_BREAK}|(?P<bare>\s?){_NEXT})",
        # (Agency) -
        rf"{_AGENCY}\s?{_DASH}{{1,2}}\s?",
        # CITY[, Region][, Month 9[, 2021]] -
        rf"(?P<place>{_CITY}){_REGION}{_DATED}(?:\s{_DASH}{{1,2}}\s|\s?[–—]{{1,2}}\s?|(?P<colon>:\s)){_NEXT}",
        # City, Month 9, 2021 -
        rf"(?P<place>{_PLACE}){_REGION},\s(?P<day>{_DAY})\s?{_DASH}{{1,2}}\s?",
    )
)
# What is left where a page lost its dateline: "( – The ministry said"
_RUIN = re.compile(rf"\(\s*\)?\s*{_DASH}{{1,2}}\s")
_PARTS = re.compile(rf"(?P<m1>{MONTH})\s(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})\s(?P<m2>{MONTH})")
# Placeholders, not names.
_GENERIC = frozenset(
    (
        "agencies", "staff", "wires", "from", "our", "by", "translated", "correspondent", "correspondents",
        "reporter", "reporters", "sources",
    )
)  # fmt: skip
# Capitals before a dash that are no city: the body of a sentence, or a label.
_NO_CITY = frozenset(
    (
        "NATO", "OSCE", "ASEAN", "OPEC", "BRICS", "UNESCO", "UNHCR", "UNICEF", "WHO", "IAEA", "OPCW",
        "EDITOR", "NOTE", "UPDATE", "CORRECTION", "FACTBOX", "ANALYSIS", "EXPLAINER", "EXCLUSIVE", "BREAKING",
        "TIMELINE", "OPINION", "REVIEW", "INTERVIEW", "QUESTION", "ANSWER", "SUMMARY", "ANALYST", "SPOKESMAN",
        "SPOKESWOMAN", "MINISTER", "PRESIDENT", "SECRETARY", "AMBASSADOR", "MODERATOR", "ATTENTION", "URGENT",
        "FLASH", "ALERT", "NEWSALERT", "LEAD", "ROUNDUP", "FEATURE",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dateline:
    """``[start, end)`` of the dateline; its day as printed, with or without a year; the agency it names.

    ``empty`` is a dateline of which only the punctuation is left; ``colon`` one that ends in a colon, as a
    speaker's name does in a transcript.
    """

    start: int
    end: int
    place: str | None = None
    agency: str | None = None
    moment: Moment | None = None
    month_day: tuple[int, int] | None = None
    day_span: tuple[int, int] | None = None
    empty: bool = False
    colon: bool = False


def parse(text: str, start: int = 0) -> Dateline | None:
    """The dateline at the beginning of a paragraph, or None; offsets are shifted by ``start``."""
    head = text[:140].translate(SPACES)
    ruin = _RUIN.match(head)
    if ruin is not None:
        return Dateline(start, start + len(ruin.group().rstrip()), empty=True)
    if head[:1] not in "(/" and not head[:1].isupper():
        return None
    for form in _FORMS:
        match = form.match(head)
        if match is not None and match.end() < len(text) and _plausible(match):
            return _read(match, start)
    return None


def _plausible(match: re.Match[str]) -> bool:
    """A sentence may open with a name, a bracket, a dash: without capitals, agency or day must be known."""
    group = match.groupdict()
    place, agency = group.get("place"), group.get("agency")
    if place is None:
        return agency is not None and agency in AGENCIES
    if place.upper() == place:
        letters = sum(char.isalpha() for char in place)
        return (letters >= 4 and place.split()[0] not in _NO_CITY) or (agency is not None and letters >= 3)
    if group.get("bare") is not None:
        return agency in AGENCIES
    return (
        group.get("day") is not None or agency in AGENCIES or (len(place.split()) == 1 and agency is not None)
    )


def _is_name(agency: str, place: str | None) -> bool:
    """False for a placeholder, and for one unknown word beside a place in small letters: "Kyiv (Ukraine)"."""
    words = agency.split()
    if any(word.lower() in _GENERIC for word in words):
        return False
    if agency in AGENCIES:
        return True
    return agency not in ("Agency", "Wire", "File") and (
        len(words) > 1 or place is None or place.upper() == place
    )


def _read(match: re.Match[str], start: int) -> Dateline:
    group = match.groupdict()
    agency = group.get("agency")
    if agency is not None and not _is_name(agency, group.get("place")):
        agency = None
    day = group.get("day")
    moment = month_day = day_span = None
    if day:
        first = match.start("day")
        day_span = (first + start, first + len(day) + start)
        if DATE.fullmatch(day):
            found = next(moments(day), None)
            moment = Moment(found.value, *day_span) if found else None
        elif (parts := _PARTS.fullmatch(day)) is not None:
            month = month_of(parts["m1"] or parts["m2"])
            number = int(parts["d1"] or parts["d2"])
            month_day = (month, number) if calendar_day(2000, month, number) else None
    end = start + len(match.group().rstrip())
    return Dateline(
        start, end, group.get("place"), agency, moment, month_day, day_span, colon=bool(group.get("colon"))
    )
