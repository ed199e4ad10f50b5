"""Copy families: documents that print the same text with small changes, and translations given as such.

A family counts as one source. Copies are found by three-word shingles: two documents are of one family
where at least ``CONTAINED`` of the shorter one's shingles stand in the other, so that a new lead or byline
does not hide a copy. Source of the measure: Broder, On the resemblance and containment of documents, 1997.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable

from onrecord.ledger.texts import body, shingles
from onrecord.ledger.world import Doc, World

CONTAINED = 0.6
SKETCH = 64
SHORTEST = 8
FEW = 8


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


class Kinship:
    """The copy families of documents, kept so that they can follow a change.

    Documents are compared where they share a print. In a crowd each is compared with the first only: a family needs
    no more.
    """

    def __init__(self) -> None:
        self.family: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._prints: dict[str, frozenset[int]] = {}
        self._places: dict[str, tuple[int, str]] = {}
        self._bands: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self._copies: dict[str, set[str]] = defaultdict(set)
        self._said: dict[str, set[str]] = defaultdict(set)
        self._says: dict[str, tuple[str, ...]] = {}

    def update(self, gone: Iterable[str], new: Iterable[Doc]) -> set[str]:
        """Follow documents that go, come, or are otherwise now; every document whose family is another."""
        gone, told = set(gone), list(new)
        touched = gone | {doc.id for doc in told}
        for doc in told:
            touched |= self._say(doc.id, [doc.document.translation_of, doc.supersedes])
        for one in gone:
            touched |= self._say(one, ())
        prints = {doc.id: shingles(body(doc.document)) for doc in told}
        places = {doc.id: (doc.recorded, doc.id) for doc in told}
        fresh = [
            one
            for one in prints
            if (self._prints.get(one), self._places.get(one)) != (prints[one], places[one])
        ]
        moved = [one for one in (*gone, *fresh) if one in self._prints]
        marks = {mark for one in moved for mark in self._sketch(one)}
        marks |= {mark for one in fresh for mark in _sketch(prints[one])}
        before = {mark: self._head(mark) for mark in marks}
        for one in moved:
            touched |= self._copies[one]
            for other in self._copies.pop(one, ()):
                self._copies[other].discard(one)
            for mark in self._sketch(one):
                self._bands[mark].remove(self._places[one])
            del self._prints[one], self._places[one]
        for one in fresh:
            self._prints[one], self._places[one] = prints[one], places[one]
            for mark in _sketch(prints[one]):
                insort(self._bands[mark], places[one])
        return self._name(touched | self._compare(fresh, before), gone)

    def _sketch(self, one: str) -> list[int]:
        return _sketch(self._prints[one])

    def _head(self, mark: int) -> tuple[int, list[tuple[int, str]]]:
        """How many documents a band has, and those that are compared with every other: all of a few, else the first."""
        band = self._bands.get(mark, [])
        return len(band), band[:] if len(band) <= FEW else band[:1]

    def _say(self, one: str, others: Iterable[str | None]) -> set[str]:
        """Take over what a document says it is of; what is tied otherwise by that."""
        said = tuple(other for other in others if other)
        old = self._says.get(one, ())
        if said == old:
            return set()
        for other in old:
            self._said[one].discard(other)
            self._said[other].discard(one)
        self._says[one] = said
        # Two documents may say it of each other, or one twice: what still stands is put again.
        for first in (one, *old):
            for other in self._says.get(first, ()):
                self._said[first].add(other)
                self._said[other].add(first)
        return {*old, *said}

    def _compare(self, fresh: list[str], before: dict[int, tuple[int, list[tuple[int, str]]]]) -> set[str]:
        """Compare documents that are new in a band, and those for which others speak now; what is tied otherwise."""
        pairs: set[tuple[str, str]] = set()
        lost: set[tuple[str, str]] = set()
        for one in fresh:
            for mark in self._sketch(one):
                band = self._bands[mark]
                near = band if len(band) <= FEW or band[0][1] == one else band[:1]
                pairs.update(_pair(one, other) for _, other in near if other != one)
        for mark, (size, old) in before.items():
            band = self._bands[mark]
            few = len(band) <= FEW
            if (few and size <= FEW) or (not few and size > FEW and old[0] == band[0]):
                continue
            heads = band if few else band[:1]
            pairs.update(_pair(one, other) for _, one in heads for _, other in band if one != other)
            lost.update(_pair(one, other) for _, one in old for other in self._copies.get(one, ()))
        touched: set[str] = set()
        for one, other in pairs:
            first, second = self._prints[one], self._prints[other]
            if len(first & second) >= CONTAINED * min(len(first), len(second)):
                touched.update((one, other))
                self._copies[one].add(other)
                self._copies[other].add(one)
        for one, other in lost - pairs:
            if not self._compared(one, other):
                touched.update((one, other))
                self._copies[one].discard(other)
                self._copies[other].discard(one)
        return touched

    def _compared(self, one: str, other: str) -> bool:
        shared = set(self._sketch(one)).intersection(self._sketch(other))
        return any(
            len(self._bands[mark]) <= FEW or self._bands[mark][0][1] in (one, other) for mark in shared
        )

    def _name(self, touched: set[str], gone: set[str]) -> set[str]:
        """Name the families of these documents, by their least member."""
        changed: set[str] = set()
        seen: set[str] = set()
        left = {self.family[one] for one in touched if one in self.family}
        for one in gone:
            self.family.pop(one, None)
        found: dict[str, set[str]] = {}
        for start in touched:
            family: set[str] = set()
            waiting = [] if start in seen else [start]
            while waiting:
                one = waiting.pop()
                if one not in family:
                    family.add(one)
                    waiting.extend(self._copies.get(one, ()))
                    waiting.extend(self._said.get(one, ()))
            seen |= family
            if family:
                found[min(family)] = {one for one in family if one in self._prints}
        for name, members in found.items():
            if self._members.get(name) != members:
                changed |= members
        for name in left:
            self._members.pop(name, None)
        for name, members in found.items():
            if members:
                self._members[name] = members
                self.family.update(dict.fromkeys(members, name))
        return changed


def _sketch(prints: frozenset[int]) -> list[int]:
    return sorted(prints)[:SKETCH] if len(prints) >= SHORTEST else []


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def families(world: World) -> dict[str, str]:
    """Document id -> family id (the least document id of the family)."""
    kinship = world.cache["kinship"] = Kinship()
    kinship.update((), world.docs.values())
    return kinship.family
