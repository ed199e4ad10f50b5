"""Copy families: documents that print the same text with small changes, and translations given as such.

A family counts as one source. Copies are found by three-word shingles: two documents are of one family
where at least ``CONTAINED`` of the shorter one's shingles stand in the other, so that a new lead or byline
does not hide a copy. Source of the measure: Broder, On the resemblance and containment of documents, 1997.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onrecord.ledger.texts import body, shingles
from onrecord.ledger.world import World

CONTAINED = 0.6
SKETCH = 64
SHORTEST = 8


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
        if doc.supersedes:
            found.join(doc.id, doc.supersedes)
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
