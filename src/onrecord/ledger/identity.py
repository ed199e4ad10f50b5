"""One event from many reports: blocking, a scored comparison, constraints, and clusters with their reasons.

A report is a coded event, or a measure coded without one. Two reports are compared (``compare``) where they share
a block (type and party, in one month). Explicit links ``same_as`` and people's decisions come before the score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from onrecord.ledger.compare import THRESHOLD, Judge, as_sure, ordered
from onrecord.ledger.decisions import resolve
from onrecord.ledger.held import Held
from onrecord.ledger.misdated import misdated
from onrecord.ledger.reports import Item, items
from onrecord.ledger.rows import Merge
from onrecord.ledger.world import World
from onrecord.model.dates import Interval
from onrecord.model.records import Link

CROWD = 8


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


def affirmed(world: World) -> dict[str, str]:
    """Entry of an event that is told as not having happened -> the entry of its having happened, where others say so.

    Compared as two reports of one event are, but for the polarity. One that gives no date is of the only such event of
    the weeks before it.
    """
    cached = world.cache.get("affirmed")
    if cached is None:
        cached = world.cache["affirmed"] = dict(_affirmed(world))
    found: dict[str, str] = cached
    return found


def _affirmed(world: World) -> Iterator[tuple[str, str]]:
    negated = [item for item in items(world) if item.status == "negated"]
    if not negated:
        return
    known = entries(world)
    there: dict[tuple[str, bool], list[Item]] = defaultdict(list)
    for item in items(world):
        if item.status == "actual":
            for key, _ in blocks(item):
                there[(key, item.coarse)].append(item)
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for item in negated:
        told = replace(item, status="actual")
        others = {
            other.id: other
            for key, wide in blocks(item)
            for coarse in ((True, False) if not wide or item.coarse else (True,))
            for other in there.get((key, coarse), ())
        }
        for other in others.values():
            likely = as_sure(told, other)
            if likely >= THRESHOLD:
                scores, home = best[known[item.id].id], known[other.id].id
                scores[home] = max(likely, scores.get(home, 0.0))
    for name, scores in best.items():
        dated = [item for item in negated if known[item.id].id == name and item.dated]
        if name not in scores and (dated or len(scores) == 1):
            yield name, min(scores, key=lambda one: (-scores[one], one))


def must_links(world: World) -> Iterator[tuple[str, str, str]]:
    """Pairs to be joined whatever the score, with the reason."""
    for _, link in world.ties("same_as"):
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
                found.add(ordered(ends[0], ends[1]))
    found.update(ordered(first, second) for first, second in world.split)
    return found


def _cluster(
    world: World, known: dict[str, Item]
) -> list[tuple[tuple[str, ...], tuple[Merge, ...], tuple[str, ...]]]:
    event_of = {act.id: item.id for item in known.values() for act in item.acts}
    forbidden: dict[str, set[str]] = defaultdict(set)
    for one, other in cannot_links(world):
        forbidden[one].add(other)
        forbidden[other].add(one)
    judge = Judge(known.values())
    home = {one: one for one in known}
    groups: dict[str, list[str]] = {one: [one] for one in known}
    merges: dict[str, list[Merge]] = defaultdict(list)

    def apart(first: str, second: str) -> bool:
        """Whether a person or a text says that some of these reports are not of one event."""
        return any(home.get(other) == second for one in groups[first] for other in forbidden.get(one, ()))

    def join(merge: Merge, force: bool = False) -> None:
        first, second = home[merge.first], home[merge.second]
        if first == second:
            merges[first].append(merge)
            return
        if (forbidden and apart(first, second)) or not (force or judge.compatible(first, second)):
            return
        if first > second:
            first, second = second, first
        judge.join(first, second)
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
    pins = _pins(world, known)
    copied = {ordered(merge.first, merge.second) for merge in copies}
    scored = {(merge.first, merge.second): merge for merge in _scored(speaking, judge)}
    for pair, held in pins.items():
        if not held.misdated and pair not in copied:
            scored[pair] = Merge(*pair, held.probability, held.reasons)
    for merge in sorted(scored.values(), key=lambda m: (-m.probability, m.first, m.second)):
        join(merge)
    odd_ones: dict[str, list[str]] = defaultdict(list)
    strays = {
        ordered(stray, meant): Merge(stray, meant, 0.9, why) for stray, meant, why in misdated(known, groups)
    }
    for pair, held in pins.items():
        if held.misdated and pair not in strays:
            ends = pair if pair[0] == resolve(world, held.first) else (pair[1], pair[0])
            strays[pair] = Merge(*ends, held.probability, held.reasons)
    for merge in strays.values():
        odd, right = home[merge.first], home[merge.second]
        if odd == right or apart(odd, right):
            continue
        moved = groups.pop(odd)
        groups[right] += moved
        odd_ones[right] += moved
        merges[right] += [*merges.pop(odd, []), merge]
        for one in moved:
            home[one] = right
    return [
        (
            tuple(members),
            tuple(_on_record(merge, pins) for merge in merges.get(name, ())),
            tuple(odd_ones.get(name, ())),
        )
        for name, members in sorted(groups.items())
    ]


def _pins(world: World, known: dict[str, Item]) -> dict[tuple[str, str], Held]:
    """The machine's merges on record whose reports say what they said then."""
    found = {}
    for pair, held in world.pinned.items():
        first, second = known.get(pair[0]), known.get(pair[1])
        if first is not None and second is not None and {first.print, second.print} == set(held.prints):
            found[pair] = held
    return found


def _on_record(merge: Merge, pins: dict[tuple[str, str], Held]) -> Merge:
    held = pins.get(ordered(merge.first, merge.second))
    return replace(merge, id=held.id) if held is not None and held.reasons == merge.reasons else merge


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
            copies.append(Merge(*ordered(there, item.id), 0.99, ("copied text", "told alike")))
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


def _scored(known: dict[str, Item], judge: Judge) -> Iterator[Merge]:
    known, crowd = _crowds(known, judge)
    yield from crowd
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
            pair = ordered(one.id, other.id)
            if pair in seen or one.id == other.id:
                continue
            seen.add(pair)
            merge = judge.merge(one, other)
            if merge is not None:
                yield merge


def _crowds(known: dict[str, Item], judge: Judge) -> tuple[dict[str, Item], list[Merge]]:
    """Of a crowd of reports that tell a deed alike, the first is compared with the world, the others with it."""
    alike: dict[int, list[Item]] = defaultdict(list)
    for item in sorted(known.values(), key=lambda i: (i.doc.recorded, i.doc.id, i.id)):
        alike[judge.profile[item.id]].append(item)
    merges: list[Merge] = []
    for first, *others in alike.values():
        if len(others) >= CROWD:
            merges += [merge for other in others if (merge := judge.merge(first, other)) is not None]
    follow = {other for merge in merges for other in (merge.first, merge.second)}
    heads = {first.id for first, *_ in alike.values()}
    return {one: item for one, item in known.items() if one in heads or one not in follow}, merges


def consensus(entry: Entry, known: dict[str, Item]) -> Interval:
    """The narrowest interval that most families of an entry share; misdated members have no say."""
    families: dict[Interval, set[str]] = defaultdict(set)
    for one in entry.members:
        if one not in entry.misdated and known[one].dated:
            families[known[one].interval].add(known[one].family)
    if not families:
        return Interval(None, None)
    votes = {
        mine: len(set().union(*(told for other, told in families.items() if mine.overlaps(other))))
        for mine in families
    }
    return min(votes, key=lambda i: (-votes[i], i.days() or 10**6, str(i)))
