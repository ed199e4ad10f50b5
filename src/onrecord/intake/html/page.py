"""What a page says of itself: title, outlet, authors, address and time of publication."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from onrecord.intake import calendar
from onrecord.intake.html.walk import Page

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "publish-date", "publishdate", "pubdate", "publication_date", "sailthru.date", "article.published",
    "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created",
    "date",
)  # fmt: skip
_ARTICLE = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "webpage", "report")
_DATA_BYTES = 200_000


@dataclass(slots=True)
class Statement:
    """A page's statements about itself; what it does not say is None."""

    title: str | None = None
    site: str | None = None
    authors: list[str] = field(default_factory=list)
    url: str | None = None
    published: str | None = None
    language: str | None = None


def read(page: Page, source: str) -> Statement:
    """Read the metadata of ``page``. A date is only what a tag calls the publication date, never a guess."""
    metas = _named(page)
    data = list(_linked_data(page))
    said = Statement(language=(page.language or "").split("-")[0].lower() or None)
    said.site = _clean(metas.get("og:site_name")) or _name(_first(data, "publisher"))
    said.title = _headline(
        _clean(metas.get("og:title")) or _clean(_first(data, "headline")) or page.title, said.site
    )
    said.authors = _authors(metas, data)
    said.url = next(
        (m["href"] for m in page.metas if m.get("rel", "").lower() == "canonical" and m.get("href")), None
    )
    said.url = said.url or metas.get("og:url")
    if said.url is not None and not said.url.lower().startswith(("http://", "https://")):
        said.url = None
    said.published = _published(page, metas, data) or _strict_date(source)
    return said


def _named(page: Page) -> dict[str, str]:
    named: dict[str, str] = {}
    for meta in page.metas:
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            named.setdefault(name.strip().lower(), meta["content"].strip())
    return named


def _linked_data(page: Page) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article; broken ones are common and say nothing."""
    for text in page.data:
        if len(text) > _DATA_BYTES:
            continue
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            continue
        queue = found if isinstance(found, list) else [found]
        for item in queue:
            if not isinstance(item, dict):
                continue
            graph = item.get("@graph")
            for entry in graph if isinstance(graph, list) else [item]:
                kinds = entry.get("@type") if isinstance(entry, dict) else None
                names = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(name, str) and name.lower() in _ARTICLE for name in names):
                    yield entry


def _first(data: list[dict[str, Any]], key: str) -> Any:
    return next((entry[key] for entry in data if entry.get(key)), None)


def _clean(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _clean(value.get("name")) if isinstance(value, dict) else _clean(value)


def _headline(title: str | None, site: str | None) -> str | None:
    """The title without the outlet's name at its end."""
    if title and site:
        for separator in (" - ", " | ", " – ", " — ", " :: ", " • "):
            if title.endswith(separator + site):
                return title.removesuffix(separator + site).strip() or None
    return title


def _authors(metas: dict[str, str], data: list[dict[str, Any]]) -> list[str]:
    value = _first(data, "author")
    entries = value if isinstance(value, list) else [value]
    names = [name for entry in entries if (name := _name(entry))]
    if not names:
        stated = metas.get("author") or metas.get("parsely-author") or metas.get("article:author") or ""
        names = [] if "/" in stated else [name.strip() for name in stated.split(",") if name.strip()]
    names = [name.removeprefix("By ").removeprefix("by ") for name in names]
    return list(dict.fromkeys(name for name in names if len(name) <= 80))


def _published(page: Page, metas: dict[str, str], data: list[dict[str, Any]]) -> str | None:
    values = [metas.get(name) for name in _PUBLISHED[:2]]
    values.append(_clean(_first(data, "datePublished")))
    values += [metas.get(name) for name in _PUBLISHED[2:]]
    values += [
        time.get("datetime")
        for time in page.times
        if time.get("itemprop", "").lower() == "datepublished" or "pubdate" in time
    ]
    return next((date for value in values if value and (date := calendar.given(value))), None)


def _strict_date(source: str) -> str | None:
    """htmldate's reading without its extensive search, which guesses, and without today as the latest day."""
    try:
        from htmldate import find_date
    except ImportError:  # without the extra [html] the page's own metadata and byline decide
        return None
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = find_date(
            source, extensive_search=False, original_date=True, min_date="1990-01-01", max_date="2100-01-01"
        )
    except (ValueError, TypeError, RecursionError):
        return None
    return calendar.given(found) if found else None
