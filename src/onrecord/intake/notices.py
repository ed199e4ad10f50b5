"""What is odd about a document that is read all the same: a misnamed field, a day that no calendar has, a marking that
is none of TLP.

All would go unseen: a field that is not known is left alone, a date that cannot be gives nobody a day, and what is
marked otherwise is shown to nobody.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache

from onrecord.intake import calendar
from onrecord.intake.problems import CODES
from onrecord.model.marking import MARKINGS, rank
from onrecord.model.problems import Notice

ALIKE: dict[str, tuple[str, ...]] = {
    "text": ("content", "contents", "body", "article", "article_text", "full_text", "main_text", "raw_text", "story"),
    "published": (
        "date", "day", "time", "timestamp", "created", "created_at", "pub_date", "publish_date", "published_at",
        "published_date", "publication_date", "date_published", "date_publish", "publication_time",
    ),
    "url": ("link", "href", "uri", "permalink", "web_url", "source_url", "article_url", "canonical"),
    "outlet": (
        "source", "source_name", "publisher", "publication", "newspaper", "media", "site", "site_name", "domain",
    ),
    "title": ("headline", "heading", "header", "head_line"),
    "authors": ("author", "byline", "by", "writer", "journalist"),
    "id": ("external_id", "doc_id", "document_id", "article_id", "uid", "uuid", "guid", "identifier"),
    "language": ("lang", "language_code", "locale"),
    "retrieved": ("retrieved_at", "fetched", "fetched_at", "crawled", "crawled_at", "scraped_at", "date_download"),
    "supersedes": ("replaces", "previous_version"),
    "translation_of": ("translated_from", "original"),
    "marking": ("tlp", "classification"),
}  # fmt: skip
"""The fields of a record, with the names that others give them."""

_LETTERS = re.compile(r"[\W_]+")
_MEANT = {_LETTERS.sub("", name): field for field, names in ALIKE.items() for name in (field, *names)}
_LIKENESS = 0.85
_FREE = r"(?<![\w/.-])"
_MONTH = rf"(?P<month>{calendar.MONTH})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_TH = r"(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(one.encode("ascii"))
    for one in (
        rf"{_FREE}{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])",
        rf"{_FREE}(?P<day>29|[3-9]\d){_TH}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR}\b)?",
        rf"{_FREE}{_MONTH}\s(?P<day>29|[3-9]\d){_TH}\b(?:,?\s{_YEAR}\b)?",
    )
)
"""Dates as texts write them, of which only such a day is looked at as some months do not have."""


@lru_cache(maxsize=4096)
def meant(name: str) -> str | None:
    """The field that a name looks like, or None. A field's own name is none that only looks like it."""
    if name in ALIKE:
        return None
    letters = _LETTERS.sub("", name.casefold())
    close = get_close_matches(letters, _MEANT, n=1, cutoff=_LIKENESS) if len(letters) > 2 else []
    return _MEANT.get(letters) or (_MEANT[close[0]] if close else None)


def misnamed(names: Iterable[str], given: Iterable[str]) -> dict[str, str]:
    """Name -> the field that it looks like, for those of ``names`` whose field is not among the ``given``."""
    there = set(given)
    told = {name: field for name in names if (field := meant(name)) is not None}
    return {name: field for name, field in told.items() if field not in there}


def of_fields(names: Iterable[str], given: Iterable[str], where: str) -> list[Notice]:
    """A notice for every field that nobody reads and that looks like one that is read."""
    return [
        notice("unknown-field", where, f"`{name}` is not read; `{field}` is a field, and looks meant")
        for name, field in misnamed(names, given).items()
    ]


def of_days(snapshot: bytes, where: str) -> list[Notice]:
    """A notice for every date in a text that the calendar does not have, each once."""
    told = dict.fromkeys(_impossible(snapshot))
    return [notice("no-such-day", where, f"“{one}” is no day of the calendar") for one in told]


def of_marking(marking: str | None, where: str) -> list[Notice]:
    """A notice for a marking that is none of TLP: it is kept, and is stricter than any."""
    if rank(marking) < len(MARKINGS):
        return []
    return [notice("unknown-marking", where, f"{marking!r} is no TLP marking")]


def _impossible(snapshot: bytes) -> Iterator[str]:
    for pattern in _DATES:
        for match in pattern.finditer(snapshot):
            told = {
                name: value.decode("ascii") for name, value in match.groupdict().items() if value is not None
            }
            day, year = int(told["day"]), told.get("year")
            if day > 31 and year is None:  # "the other 45 May follow" is no date
                continue
            month = int(told["month"]) if told["month"].isdigit() else calendar.month_of(told["month"])
            if not (1 <= month <= 12 and 1 <= day <= monthrange(int(year or 2000), month)[1]):
                yield " ".join(match[0].decode("ascii").split())


def notice(code: str, where: str, what: str) -> Notice:
    """The notice with the remedy of its code."""
    return Notice(code=code, where=where, what=what, remedy=CODES[code].remedy)
