"""Comparing texts: shingles, and versions of one report.

Source of the measure: Broder, On the resemblance and containment of documents, 1997.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from onrecord.model.records import Document

KEPT = 0.8
_WORDS = re.compile(r"\w+")
_OUTSIDE = frozenset({"byline", "dateline", "debris", "caption"})


def normal(text: str) -> str:
    """Case, accents, quotation marks and spaces made alike."""
    return unicodedata.normalize("NFKD", text.casefold())


@lru_cache(maxsize=50_000)
def shingles(text: str) -> frozenset[int]:
    """Hashes of the three-word shingles of a text; of the whole where it is shorter."""
    words = _WORDS.findall(normal(text).replace("\u0301", ""))
    if len(words) < 3:
        return frozenset({_hash(" ".join(words))} if words else ())
    return frozenset(_hash(" ".join(words[i : i + 3])) for i in range(len(words) - 2))


def _hash(text: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )


def body(document: Document) -> str:
    """The text without bylines, datelines, captions and debris, which differ between copies."""
    if not document.sections:
        return document.text
    cut = sorted(section.span for section in document.sections if section.kind in _OUTSIDE)
    kept, at = [], 0
    for start, end in cut:
        kept.append(document.text[at:start])
        at = max(at, end)
    return " ".join([*kept, document.text[at:]])


def versions(documents: Iterable[Document]) -> dict[str, str]:
    """Document id -> the earlier version of it: as it says, else the last report of the same outlet under the same
    title before it, of which it keeps at least ``KEPT``."""
    found: dict[str, str] = {}
    titled: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in documents:
        key = series_of(document)
        if document.supersedes:
            found[document.id] = document.supersedes
        elif key is not None:
            titled[key].append(document)
    for reports in titled.values():
        found.update(series(reports))
    return found


def series_of(document: Document) -> tuple[str, str] | None:
    """The outlet and title under which a document may be a version of another, unless it says itself what it is."""
    if document.supersedes or document.translation_of or not document.published:
        return None
    if not document.title or not document.outlet.name:
        return None
    return normal(document.outlet.name), normal(document.title)


def series(reports: Iterable[Document]) -> dict[str, str]:
    """Of the reports of one outlet under one title, each that keeps most of the one before it -> that one."""
    found: dict[str, str] = {}
    told = sorted(reports, key=lambda one: (one.published.value if one.published else "", one.id))
    for earlier, later in pairwise(told):
        if earlier.published == later.published:
            continue
        before, after = shingles(body(earlier)), shingles(body(later))
        if before and len(before & after) >= KEPT * len(before):
            found[later.id] = earlier.id
    return found
