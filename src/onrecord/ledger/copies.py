"""Copy families: documents that print the same text with small changes, and translations given as such.

A family counts as one source. Copies are found by three-word shingles: two documents are of one family
where at least ``CONTAINED`` of the shorter one's shingles stand in the other, so that a new lead or byline
does not hide a copy. Source of the measure: Broder, On the resemblance and containment of documents, 1997.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from onrecord.ledger.world import World
from onrecord.model.records import Document

CONTAINED = 0.6
SKETCH = 64
SHORTEST = 8
_WORDS = re.compile(r"\w+")
_OUTSIDE = frozenset({"byline", "dateline", "debris", "caption"})


class Families:
    """Sets joined pair by pair; a set is named by its least member, so that order does not matter."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, one: str) -> str:
        root = one
        while self.parent.setdefault(root, root) != root:
            root = self.parent[root]
        while self.parent[one] != root:
            self.parent[one], one = root, self.parent[one]
        return root

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self.parent[second] = first


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


def families(world: World) -> dict[str, str]:
    """Document id -> family id (the least document id of the family)."""
    found = Families()
    prints: dict[str, frozenset[int]] = {}
    bands: dict[int, list[str]] = defaultdict(list)
    for doc in world.docs.values():
        found.find(doc.id)
        document = doc.document
        if document.translation_of:
            found.join(doc.id, document.translation_of)
        if document.supersedes:
            found.join(doc.id, document.supersedes)
        marks = prints[doc.id] = shingles(body(document))
        if len(marks) >= SHORTEST:
            for mark in sorted(marks)[:SKETCH]:
                bands[mark].append(doc.id)
    for pair in sorted(_pairs(bands.values())):
        first, second = prints[pair[0]], prints[pair[1]]
        if len(first & second) >= CONTAINED * min(len(first), len(second)):
            found.join(*pair)
    return {one: found.find(one) for one in world.docs}


def _pairs(bands: Iterable[list[str]]) -> set[tuple[str, str]]:
    """Pairs that share a print. In a crowd each is compared with the first only: a family needs no more."""
    pairs: set[tuple[str, str]] = set()
    for members in bands:
        for place, one in enumerate(members):
            for other in members[:place] if len(members) <= 8 else members[:1]:
                if one != other:
                    pairs.add((one, other) if one < other else (other, one))
    return pairs
