"""Which claims are one claim, and what was said where a party had been silent; kept so that it can follow a change."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.ledger.origins import kin
from onrecord.ledger.propositions import key_of, party_key, subjects
from onrecord.ledger.texts import normal
from onrecord.ledger.world import Doc, World
from onrecord.model.records import Claim, Link

SILENT = frozenset({"declines", "questions"})
Key = tuple[object, ...]
Place = tuple[int, str, int, str]
"""Where a claim stands in the order of the record: when its document became known, the document, its number, its id."""


class Sayings:
    """``groups`` are claims by the first of those that are one claim, and ``group`` leads from each to its own;
    ``silent`` who would not say, ``spoken`` who spoke on the same, by party and subject."""

    def __init__(self) -> None:
        self.groups: dict[str, list[Claim]] = {}
        self.group: dict[str, list[Claim]] = {}
        self.silent: dict[str, Place] = {}
        self.subjects: dict[str, tuple[tuple[str, str], ...]] = {}
        self.spoken: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self._places: dict[str, Place] = {}
        self._keys: dict[str, tuple[Key, ...]] = {}
        self._told: dict[Key, list[Place]] = defaultdict(list)

    def update(self, world: World, gone: Iterable[str]) -> set[str]:
        """Follow a change: claims that were, and those of ``world`` as they are; every claim that is one with others
        now or was, and every silence that is broken otherwise."""
        seeds: set[str] = set()
        heard: set[tuple[str, str]] = set()
        for one in gone:
            if one in self._places:
                self._take(one, seeds, heard)
        number: dict[str, int] = defaultdict(int)
        for doc, _, claim in world.records(Claim):
            number[doc.id] += 1
            self._put(world, doc, number[doc.id], claim, seeds, heard)
        for one in list(seeds):
            seeds.update(claim.id for claim in self.group.get(one, ()))
        self._regroup(world, seeds)
        broken = {one for one in self.silent if not heard.isdisjoint(self.subjects[one])} if heard else set()
        return seeds | broken

    def _take(self, one: str, seeds: set[str], heard: set[tuple[str, str]]) -> None:
        place = self._places.pop(one)
        seeds.add(one)
        for key in self._keys.pop(one):
            told = self._told[key]
            seeds.update((other for _, _, _, other in told) if told[0] == place else (told[0][3],))
            told.remove(place)
            if not told:
                del self._told[key]
        for subject in self.subjects.pop(one):
            heard.add(subject)
            if one not in self.silent:
                self.spoken[subject].remove(place)
        self.silent.pop(one, None)

    def _put(
        self, world: World, doc: Doc, number: int, claim: Claim, seeds: set[str], heard: set[tuple[str, str]]
    ) -> None:
        one = claim.id
        place = self._places[one] = (doc.recorded, doc.id, number, one)
        seeds.add(one)
        self._keys[one] = tuple(_keys(world, doc, claim))
        for key in self._keys[one]:
            told = self._told[key]
            insort(told, place)
            seeds.update((other for _, _, _, other in told) if told[0] == place else (told[0][3],))
        party = party_key(world, claim)
        self.subjects[one] = tuple(dict.fromkeys((party, subject) for subject in _subjects(world, claim)))
        heard.update(self.subjects[one])
        if claim.stance in SILENT:
            self.silent[one] = place
            return
        for subject in self.subjects[one]:
            insort(self.spoken[subject], place)

    def _near(self, one: str) -> Iterator[str]:
        """Claims that are one with this one: by each key the first and those of other texts than its own."""
        mine = self._places[one]
        for key in self._keys[one]:
            told = self._told[key]
            for other in told if told[0] == mine else told[:1]:
                # Two claims of one text are two, however alike.
                if other[1] != mine[1]:
                    yield other[3]

    def _regroup(self, world: World, seeds: set[str]) -> None:
        for one in seeds:
            for claim in self.group.pop(one, ())[:1]:
                self.groups.pop(claim.id, None)
        seen: set[str] = set()
        for start in seeds & self._places.keys():
            members: set[str] = set()
            waiting = [] if start in seen else [start]
            while waiting:
                one = waiting.pop()
                if one not in members:
                    members.add(one)
                    waiting.extend(other for other in self._near(one) if other not in members)
            if members:
                seen |= members
                ordered = sorted(members, key=lambda one: (self._places[one][0], one))
                found = [world.owner[one][2] for one in ordered]
                self.groups[ordered[0]] = found
                self.group.update(dict.fromkeys(members, found))
        seeds |= seen


def _keys(world: World, doc: Doc, claim: Claim) -> Iterator[Key]:
    """The same holder's same stance in the same words, or on the same in copies of one text."""
    words = normal(" ".join(doc.document.words(span) for span in claim.content)).strip(" .,;:")
    speaker = (party_key(world, claim), claim.stance)
    if words:
        yield (*speaker, words)
    about = frozenset(subjects(world, claim))
    if about:
        yield (*speaker, about, kin(world)[doc.id])


def _subjects(world: World, claim: Claim) -> Iterator[str]:
    """What silence is about and speech breaks: the reasons of an event, or the field asked for."""
    for about in claim.about:
        identity = about if isinstance(about, str) else about.ref
        record = world.owner[identity][2] if identity in world.owner else None
        if isinstance(record, Link):
            yield from (
                f"why {name[6:].partition(',')[0]}"
                for name, _ in key_of(world, identity)
                if name[:6] == "cause("
            )
        elif claim.stance in SILENT or not isinstance(about, str):
            field = None if isinstance(about, str) else about.field
            for name, _ in key_of(world, identity):
                yield (
                    f"why {name}"
                    if field in (None, "ground", "cause", "reason", "motive")
                    else f"{field} of {name}"
                )


def sayings(world: World) -> Sayings:
    """The claims of a world by what is one claim, worked out once for it."""
    found: Sayings | None = world.cache.get("sayings")
    if found is None:
        found = world.cache["sayings"] = Sayings()
        found.update(world, ())
    return found
