"""Who printed it, and how that is known: given by the caller, read on the page, inferred from its address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from onrecord.intake.names import HOSTS
from onrecord.intake.sections import Layout
from onrecord.model.records import Outlet

_OWNER = re.compile(
    r"(?:(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)?\d\d))?,?\s*)?(?:by\s)?"
    r"|(?:subscribe to|sign up (?:for|to)|support|download)\s(?:our\s)?)"
    r"(?P<name>(?:the\s)?(?-i:[A-Z])[\w&'’-]*(?:\s(?:of\s|the\s|and\s)?(?-i:[A-Z])[\w&'’-]*){0,4})",
    re.IGNORECASE,
)
_SHOP = re.compile(
    r"(?P<name>[\w&'’. -]{2,30}?)\s(?:merch|merchandise|gift shop|online (?:store|shop))\b.*", re.IGNORECASE
)
_NOT_NAMES = frozenset(
    (
        "all", "our", "the", "this", "your", "more", "daily", "weekly", "newsletter", "newsletters",
    )
)  # fmt: skip


def outlet(
    layout: Layout, given: Outlet | None = None, url: str | None = None, site: str | None = None
) -> Outlet:
    """The outlet of a report.

    The address goes before the dateline's agency: the one says who printed it, the other who wrote it, and
    two papers that print one agency's words are two documents.
    """
    if given is not None and given.name:
        return given
    if site:
        return Outlet(name=site, basis="read")
    host = of_url(url) if url else None
    if host:
        return Outlet(name=host, basis="inferred")
    agency = layout.dateline.agency if layout.dateline else None
    named = agency or next((line.organisation for line in layout.bylines if line.organisation), None)
    if named:
        return Outlet(name=named, basis="read")
    for text in reversed(layout.debris):
        name = _in_footer(text)
        if name:
            return Outlet(name=name, basis="inferred")
    return Outlet(name=None, basis="inferred")


def of_url(url: str) -> str | None:
    """The outlet behind an address: its name where that is known, else the host."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    except ValueError:
        return None
    parts = host.split(".")
    for start in range(len(parts) - 1):
        name = HOSTS.get(".".join(parts[start:]))
        if name:
            return name
    return host or None


def _in_footer(text: str) -> str | None:
    """The name in a copyright line, an appeal or the sign of a shop: "mrc merch" belongs to MRC."""
    match = _SHOP.fullmatch(text) or _OWNER.search(text)
    if match is None:
        return None
    words = match["name"].split()
    if not words or (words[0].lower() in _NOT_NAMES and len(words) == 1):
        return None
    name = " ".join(words)
    if name.islower():
        return name.upper() if len(name) <= 4 else name.title()
    return name
