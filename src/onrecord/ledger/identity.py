"""One event from many reports: blocking, a scored comparison, constraints, and clusters with their reasons.

A report is a coded event, or a measure coded without one. Two reports are compared (``compare``) where they share
a block (type and party, in one month). Explicit links ``same_as`` and people's decisions come before the score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from onrecord.ledger.clusters import Clusters, Pair, Said
from onrecord.ledger.clusters import Entry as Entry
from onrecord.ledger.compare import THRESHOLD, as_sure, ordered
from onrecord.ledger.decisions import resolve
from onrecord.ledger.held import Held
from onrecord.ledger.reports import Item, items
from onrecord.ledger.world import World
from onrecord.model.dates import Interval
from onrecord.model.records import Link


def entries(world: World) -> dict[str, Entry]:
    """Member id -> its entry, for every coded event and every measure (a measure has its event's entry)."""
    cached = world.cache.get("entries")
    if cached is None:
        cached = world.cache["entries"] = _entries(world)
    found: dict[str, Entry] = cached
    return found


def _entries(world: World) -> dict[str, Entry]:
    clusters = Clusters()
    told = items(world)
    known = {item.id: item for item in told}
    clusters.update((), told, said_of(world, known, clusters.prints))
    world.cache["clusters"] = clusters
    found: dict[str, Entry] = {}
    for one, entry in clusters.entry.items():
        found[one] = entry
        for act in known[one].acts:
            found[act.id] = entry
    return found


def said_of(world: World, known: dict[str, Item], prints: dict[str, str]) -> Said:
    """What texts, people and the machine's merges on record say of which of these reports are of one event.

    ``prints`` keeps what was worked out of reports.
    """
    links = list(must_links(world))
    event_of = {act.id: item.id for item in known.values() for act in item.acts} if links else {}
    must = []
    for one, other, why in links:
        first, second = event_of.get(one, one), event_of.get(other, other)
        if first in known and second in known:
            must.append((first, second, why))
    return Said(tuple(must), frozenset(cannot_links(world)), _pins(world, known, prints))


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
    known = entries(world)
    clusters: Clusters = world.cache["clusters"]
    negated = [clusters.known[one] for one in sorted(clusters.negated)]
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for item in negated:
        told = replace(item, status="actual")
        for other in (clusters.known[one] for one in clusters.beside(item)):
            if other.status != "actual":
                continue
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


def _pins(world: World, known: dict[str, Item], prints: dict[str, str]) -> dict[Pair, tuple[Held, Pair]]:
    """The machine's merges on record whose reports say what they said then, with the one that meant the other first."""
    found: dict[Pair, tuple[Held, Pair]] = {}
    for pair, held in world.pinned.items():
        if pair[0] not in known or pair[1] not in known:
            continue
        for one in pair:
            if one not in prints:
                prints[one] = known[one].print
        if {prints[pair[0]], prints[pair[1]]} == set(held.prints):
            found[pair] = held, pair if pair[0] == resolve(world, held.first) else (pair[1], pair[0])
    return found


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
