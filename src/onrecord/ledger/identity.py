"""One event from many reports: blocking, a scored comparison, constraints, and clusters with their reasons.

A report is a coded event, or a measure coded without one. Two reports are compared where they share a
block (type and party, in one month); the score adds up what agrees (``WEIGHTS``), as a probability;
constraints forbid a merge whatever the score. Explicit links ``same_as`` and people's decisions come
before both.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from onrecord.ledger.misdated import NEAR_DAYS, REPEATED, content, misdated
from onrecord.ledger.reports import Item, items
from onrecord.ledger.rows import Merge
from onrecord.ledger.world import World
from onrecord.model.dates import Interval
from onrecord.model.records import Link

THRESHOLD = 0.8
WEIGHTS = {
    "base": -2.0,
    "same kind of deed": 1.0,
    "same measure": 1.0,
    "same actor": 1.5,
    "same recipient": 1.5,
    "same mission": 1.0,
    "same day": 2.5,
    "dates overlap": 1.25,
    "dates overlap widely": -0.75,
    "same number": 2.0,
    "other number": -1.5,
    "same ceiling": 2.0,
    "same country": 0.3,
    "copied text": 2.0,
    "an alternative date agrees": 0.5,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event on record. ``id`` is that of the member recorded first; every member's id leads here.

    ``misdated`` are members whose own date disagrees and who are of this event by their content.
    """

    id: str
    members: tuple[str, ...]
    merges: tuple[Merge, ...] = ()
    misdated: tuple[str, ...] = ()


def entries(world: World) -> dict[str, Entry]:
    """Member id -> its entry, for every coded event and every measure (a measure has its event's entry)."""
    cached = world.cache.get("entries")
    if cached is None:
        cached = world.cache["entries"] = _entries(world)
    found: dict[str, Entry] = cached
    return found


def _entries(world: World) -> dict[str, Entry]:
    known = {item.id: item for item in items(world)}
    clusters = _cluster(world, known)
    found: dict[str, Entry] = {}
    for members, merges, odd in clusters:
        first = min(members, key=lambda one: (known[one].doc.recorded, one))
        by_time = sorted(members, key=lambda o: (known[o].doc.recorded, o))
        entry = Entry(first, tuple(by_time), merges, tuple(one for one in by_time if one in odd))
        for one in members:
            found[one] = entry
            for act in known[one].acts:
                found[act.id] = entry
    return found


def must_links(world: World) -> Iterator[tuple[str, str, str]]:
    """Pairs to be joined whatever the score, with the reason."""
    for _, _, link in world.records(Link):
        if link.kind == "same_as" and link.polarity == "+":
            ends = world.resolve(link.from_), world.resolve(link.to)
            if ends[0] and ends[1]:
                yield ends[0], ends[1], f"a text says so ({link.id})"
    yield from world.merged


def cannot_links(world: World) -> set[tuple[str, str]]:
    """Pairs never to be joined: a link says they are not the same, or a person split them."""
    found: set[tuple[str, str]] = set()
    for _, _, link in world.records(Link):
        if link.kind == "same_as" and link.polarity == "-":
            ends = world.resolve(link.from_), world.resolve(link.to)
            if ends[0] and ends[1]:
                found.add(_ordered(ends[0], ends[1]))
    found.update(_ordered(first, second) for first, second in world.split)
    return found


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _cluster(
    world: World, known: dict[str, Item]
) -> list[tuple[tuple[str, ...], tuple[Merge, ...], tuple[str, ...]]]:
    event_of = {act.id: item.id for item in known.values() for act in item.acts}
    forbidden = cannot_links(world)
    home = {one: one for one in known}
    groups: dict[str, list[str]] = {one: [one] for one in known}
    merges: dict[str, list[Merge]] = defaultdict(list)

    def join(merge: Merge, force: bool = False) -> None:
        first, second = home[merge.first], home[merge.second]
        if first == second:
            merges[first].append(merge)
            return
        if any(_ordered(a, b) in forbidden for a in groups[first] for b in groups[second]):
            return
        if not force and any(barrier(known[a], known[b]) for a in groups[first] for b in groups[second]):
            return
        if first > second:
            first, second = second, first
        groups[first] += groups.pop(second)
        merges[first] += merges.pop(second, [])
        merges[first].append(merge)
        for one in groups[first]:
            home[one] = first

    for one, other, why in must_links(world):
        first, second = event_of.get(one, one), event_of.get(other, other)
        if first in known and second in known:
            join(Merge(first, second, 1.0, (why,)), force=True)
    speaking, copies = _alike(known)
    for merge in copies:
        join(merge)
    for merge in sorted(_scored(speaking), key=lambda m: (-m.probability, m.first, m.second)):
        join(merge)
    odd_ones: dict[str, list[str]] = defaultdict(list)
    for stray, meant, reasons in list(misdated(known, groups)):
        merge = Merge(stray, meant, 0.9, reasons)
        odd, right = home[merge.first], home[merge.second]
        if odd == right or any(_ordered(a, b) in forbidden for a in groups[odd] for b in groups[right]):
            continue
        moved = groups.pop(odd)
        groups[right] += moved
        odd_ones[right] += moved
        merges[right] += [*merges.pop(odd, []), merge]
        for one in moved:
            home[one] = right
    return [
        (tuple(members), tuple(merges.get(name, ())), tuple(odd_ones.get(name, ())))
        for name, members in sorted(groups.items())
    ]


def _alike(known: dict[str, Item]) -> tuple[dict[str, Item], list[Merge]]:
    """Copies of one text that tell a deed alike: one of them is compared with the rest of the world."""
    first: dict[tuple[object, ...], str] = {}
    turns: dict[tuple[object, ...], int] = defaultdict(int)
    copies: list[Merge] = []
    for item in sorted(known.values(), key=lambda i: (i.doc.recorded, i.doc.id, i.id)):
        alike = item.family, item.signature
        # The second of two deeds that a text tells alike goes with the second of its copy.
        turn = turns[(alike, item.doc.id)]
        turns[(alike, item.doc.id)] += 1
        there = first.setdefault((alike, turn), item.id)
        if there != item.id:
            copies.append(Merge(*_ordered(there, item.id), 0.99, ("copied text", "told alike")))
    return {one: known[one] for one in first.values()}, copies


def blocks(item: Item) -> Iterator[tuple[str, bool]]:
    """The keys a report is compared under, and whether the key is for reports with a coarse date only."""
    parties = sorted(item.actors | item.recipients) or ["?"]
    lower, upper = item.interval.lower, item.interval.upper
    for party in parties:
        head = f"{item.type}|{party}"
        if lower is None or upper is None:
            yield head + "|undated", True
            if item.doc.day is not None:
                yield f"{head}|{item.doc.day.year}", True
            continue
        span = (upper.year - lower.year) * 12 + upper.month - lower.month
        months = [divmod(lower.year * 12 + lower.month - 1 + step, 12) for step in range(span + 1)]
        for year in range(lower.year, min(upper.year, lower.year + 20) + 1):
            yield f"{head}|{year}", True
        if not item.coarse:
            for year, month in months:
                yield f"{head}|{year}-{month}", False


def _scored(known: dict[str, Item]) -> Iterator[Merge]:
    fine: dict[str, list[Item]] = defaultdict(list)
    for item in known.values():
        for key, coarse_only in blocks(item):
            if not coarse_only or item.coarse:
                fine[key].append(item)
            elif coarse_only:
                fine[key + "|precise"].append(item)
    seen: set[tuple[str, str]] = set()
    for key, members in fine.items():
        if key.endswith("|precise"):
            continue
        others = fine.get(key + "|precise", []) if members and members[0].coarse else []
        pairs = [*combinations(members, 2), *((one, other) for one in members for other in others)]
        for one, other in pairs:
            pair = _ordered(one.id, other.id)
            if pair in seen or one.id == other.id:
                continue
            seen.add(pair)
            if barrier(one, other) is None:
                probability, reasons = score(one, other)
                if probability >= THRESHOLD:
                    yield Merge(*pair, round(probability, 4), reasons)


def barrier(one: Item, other: Item) -> str | None:
    """Why two reports cannot be of one event, or None."""
    # A person who codes two events of one text means two; a model often reads one event twice.
    if one.coding.id == other.coding.id and (
        one.coding.author_kind != "model" or one.sentence == other.sentence or one.differs(other)
    ):
        return "two records of one text"
    if one.type != other.type:
        return "another type"
    if one.mode and other.mode and one.mode != other.mode:
        return "another mode"
    if one.measures and other.measures and not one.measures & other.measures:
        return "another measure"
    if one.status != other.status:
        return (
            "planned and done are two" if "negated" not in (one.status, other.status) else "opposed polarity"
        )
    if one.actors and other.actors and not one.actors & other.actors:
        return "other actors"
    if one.recipients and other.recipients and not one.recipients & other.recipients:
        return "other recipients"
    if not (
        one.actors & other.actors or one.recipients & other.recipients or one.missions & other.missions
    ) and (one.family != other.family or one.named or other.named):
        return "nobody in common"
    if one.country and other.country and one.country != other.country:
        return "another country"
    if not one.may_coincide(other):
        return "disjoint dates"
    if one.type in REPEATED and not (one.precise and other.precise) and one.family != other.family:
        return "a repeated kind of event without its day"
    if not (one.dated and other.dated) and one.family != other.family and not _told_near(one, other):
        return "no date, and nothing else that shows which deed is meant"
    if one.differs(other) and not _same_extent(one, other):
        return "another number over another time or in another unit"
    return None


def _told_near(one: Item, other: Item) -> bool:
    """Whether a report without a date names a deed by its content within weeks of it."""
    if not content(one, other):
        return False
    undated, dated = (other, one) if one.dated else (one, other)
    published, day = undated.doc.day, dated.interval.lower or dated.doc.day
    return published is not None and day is not None and 0 <= (published - day).days <= NEAR_DAYS


def _same_extent(one: Item, other: Item) -> bool:
    """Two numbers are rivals only where they count the same thing over the same time."""
    return one.interval == other.interval and one.units == other.units


def score(one: Item, other: Item) -> tuple[float, tuple[str, ...]]:
    """Probability that two reports are of one event, and what speaks for and against it."""
    reasons: list[str] = []
    if one.mode == other.mode:
        reasons.append("same kind of deed")
    if one.measures & other.measures:
        reasons.append("same measure")
    if one.actors & other.actors:
        reasons.append("same actor")
    if one.recipients & other.recipients:
        reasons.append("same recipient")
    if one.missions & other.missions:
        reasons.append("same mission")
    if not one.interval.overlaps(other.interval):
        reasons.append("an alternative date agrees")
    elif one.precise and other.precise:
        reasons.append("same day" if one.interval == other.interval else "dates overlap")
    elif one.dated and other.dated:
        reasons.append("dates overlap" if not (one.coarse or other.coarse) else "dates overlap widely")
    if one.differs(other):
        reasons.append("other number")
    elif one.agrees(other):
        reasons.append("same number")
    if one.ceilings & other.ceilings:
        reasons.append("same ceiling")
    if one.country and one.country == other.country:
        reasons.append("same country")
    if one.family == other.family:
        reasons.append("copied text")
    total = WEIGHTS["base"] + sum(WEIGHTS[reason] for reason in reasons)
    return 1 / (1 + math.exp(-total)), tuple(reasons)


def consensus(entry: Entry, known: dict[str, Item]) -> Interval:
    """The narrowest interval that most families of an entry share; misdated members have no say."""
    votes: dict[Interval, set[str]] = defaultdict(set)
    told = [known[one] for one in entry.members if one not in entry.misdated and known[one].dated]
    for item in told:
        for other in told:
            if item.interval.overlaps(other.interval):
                votes[item.interval].add(other.family)
    if not votes:
        return Interval(None, None)
    return min(votes, key=lambda i: (-len(votes[i]), i.days() or 10**6, str(i)))
