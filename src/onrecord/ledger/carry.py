"""What views have worked out, carried from a world to the one that follows it: only what new entries reach is remade.

First comes identity, which says what is of one event; then every row that rests on a document that is another now, on
an event with other reports, or on what these are tied to. A view that is not carried here is made anew when asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from onrecord.ledger import events, identity, measures, propositions
from onrecord.ledger.carry_rows import carry_rows
from onrecord.ledger.clusters import Clusters, Entry
from onrecord.ledger.copies import Kinship
from onrecord.ledger.part import Kept
from onrecord.ledger.propositions import Position
from onrecord.ledger.reports import Item, items
from onrecord.ledger.splice import spliced
from onrecord.model.records import Incident, Link

Cache = dict[str, Any]
SHARED = ("family_sizes", "cited", "citing", "blamed")
"""What lookups work out over the whole record; the parts of one step share it."""


def carry(kept: Kept, new: Kept, read: set[str], dirty: set[str]) -> None:
    """Carry the views of ``kept`` over to ``new``; they are used up by that.

    ``read`` are documents that were read anew, ``dirty`` these and those that were decided on.
    """
    old, kept.world.cache = kept.world.cache, {}
    if "clusters" not in old:
        return
    if "items_by_id" not in old:
        old["items_by_id"] = {item.id: item for item in old["items"]}
    step = Step(kept, new, old)
    stale = step.identity(read, dirty)
    step.measures(stale)
    step.events(stale)
    names = step.positions(stale)
    step.propositions(names)
    carry_rows(step, stale, names, dirty)


class Step:
    """One step from a world to the next: ``old`` what the views had worked out, ``cache`` what they have now."""

    def __init__(self, kept: Kept, new: Kept, old: Cache) -> None:
        self.kept, self.new, self.old = kept, new, old
        self.cache: Cache = new.world.cache
        self.gone_events: list[Any] = []
        self.new_events: list[Any] = []
        self.claims: dict[date | None, tuple[list[Any], list[Any]]] = {}
        self.stood: dict[str, list[Position]] = {}
        self._were: dict[str, Entry] = {}
        self._shared: Cache = {}

    def part(self, documents: Iterable[str], **known: Any) -> Any:
        """The world in which views see the records of some documents, with what is known of the whole record."""
        names = (
            "families", "kinship", "items_by_id", "entries", "clusters", "affirmed", "ties", "act_rows",
            "positions",
        )  # fmt: skip
        told = {name: self.cache[name] for name in names if name in self.cache}
        return self.new.part(documents, {**told, **self._shared, **known})

    def share(self, part: Any) -> None:
        self._shared.update((name, part.cache[name]) for name in SHARED if name in part.cache)

    def identity(self, read: set[str], dirty: set[str]) -> set[str]:
        """Copy families, reports and events; the documents of which a row may be another now."""
        old, cache, world = self.old, self.cache, self.new.world
        kinship: Kinship = old["kinship"]
        there = [world.docs[one] for one in read if one in world.docs]
        moved = dirty | kinship.update(read - world.docs.keys(), there)
        cache.update(kinship=kinship, families=kinship.family)
        linked = self.new.part(self.new.having(Link), {})
        list(linked.ties())
        cache["ties"] = linked.cache["ties"]
        there_before: dict[str, Item] = old["items_by_id"]
        before = {
            one: there_before[one]
            for document in moved
            for one in self.kept.parts.get(document, ())
            if one in there_before
        }
        fresh = items(self.part(moved))
        known = there_before
        for one in before:
            del known[one]
        known.update((item.id, item) for item in fresh)
        cache["items_by_id"] = known
        clusters: Clusters = old["clusters"]
        for one in before:
            clusters.prints.pop(one, None)
        said = identity.said_of(linked, known, clusters.prints)
        changed = clusters.update(before.keys() - {item.id for item in fresh}, fresh, said)
        cache.update(clusters=clusters, entries=old["entries"])
        self._entries(before, changed, clusters)
        moved |= {clusters.known[one].doc.id for one in changed if one in clusters.known}
        moved |= self._affirmed() | self._blamed()
        return self._around(moved)

    def _entries(self, before: Mapping[str, Item], changed: set[str], clusters: Clusters) -> None:
        """Lead from reports and measures to their entries, from changed ones to what they are of now."""
        found: dict[str, Entry] = self.cache["entries"]
        touched = changed | before.keys()
        for one in touched:
            acts = before[one].acts if one in before else ()
            for name in (one, *(act.id for act in acts)):
                if name in found:
                    self._were[name] = found.pop(name)
        for one in touched & clusters.entry.keys():
            found[one] = clusters.entry[one]
            for act in clusters.known[one].acts:
                found[act.id] = clusters.entry[one]

    def _affirmed(self) -> set[str]:
        """Events that did not happen, and what says they did: the documents of those that go otherwise now."""
        if "affirmed" not in self.old:
            return set()
        old, new = self.old["affirmed"], identity.affirmed(self.part(()))
        self.cache["affirmed"] = new
        known = self.cache["items_by_id"]
        changed = {one for one in old.keys() | new.keys() if old.get(one) != new.get(one)}
        return {known[one].doc.id for one in changed if one in known}

    def _blamed(self) -> set[str]:
        """Who is said to be behind what: the documents of incidents and events of which another is said now."""
        if "blamed" not in self.old:
            return set()
        part = self.part(self.new.having(Incident))
        old, new = self.old["blamed"], propositions.blamed(part)
        self.cache["blamed"] = self._shared["blamed"] = new
        owner = self.new.world.owner
        changed = {
            where for where, _ in (one for one in old.keys() | new.keys() if old.get(one) != new.get(one))
        }
        return {owner[one][0].id for one in changed if one in owner}

    def _around(self, moved: set[str]) -> set[str]:
        """These documents, those that tell their events too, and what is tied to either by name."""
        entries = self.cache["entries"]
        known: dict[str, Item] = self.cache["items_by_id"]
        found = set(moved)
        for document in moved:
            for one in self.new.ids(document):
                if one in entries:
                    found.update(known[other].doc.id for other in entries[one].members)
        near: dict[str, set[str]] = defaultdict(set)
        for refers in (self.kept.refers, self.new.refers):
            for document, others in refers.items():
                for other in others:
                    near[document].add(other)
                    near[other].add(document)
        waiting = list(found)
        while waiting:
            for other in near.get(waiting.pop(), ()):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found

    def measures(self, stale: set[str]) -> None:
        """The rows of measures."""
        if "act_rows" not in self.old:
            return
        old = self.old["act_rows"]
        kept = {one: row for one, row in old.items() if stale.isdisjoint(row.documents)}
        scope = stale.union(*(row.documents for one, row in old.items() if one not in kept))
        for one in (one for document in stale for one in self.new.ids(document)):
            scope |= {self.cache["items_by_id"][o].doc.id for o in self._members(one)}
        found = measures.act_rows(self.part(scope))
        kept.update((one, row) for one, row in found.items() if not stale.isdisjoint(row.documents))
        self.cache["act_rows"] = kept

    def _members(self, one: str) -> tuple[str, ...]:
        entry = self.cache["entries"].get(one)
        return entry.members if entry else ()

    def events(self, stale: set[str]) -> None:
        """The rows of events."""
        if "event_rows" not in self.old or "act_rows" not in self.cache:
            return
        entries = self.cache["entries"]
        wanted = {
            entries[one].id: entries[one]
            for document in stale
            for one in self.new.ids(document)
            if one in entries
        }
        known = self.cache["items_by_id"]
        scope = {known[one].doc.id for entry in wanted.values() for one in entry.members}
        part = self.part(scope, entries={one: entry for entry in wanted.values() for one in entry.members})
        self.new_events = [row for row in events.rows(part) if row.id in wanted]
        self.share(part)
        by_id: dict[str, Any] = self.old.get("event_row") or {row.id: row for row in self.old["event_rows"]}
        gone = {
            there.id
            for document in stale
            for one in self.kept.parts.get(document, ())
            if (there := self._were.get(one) or entries.get(one)) is not None
        }
        self.gone_events = [by_id.pop(one) for one in gone | wanted.keys() if one in by_id]
        by_id.update((row.id, row) for row in self.new_events)
        rows = spliced(
            self.old["event_rows"],
            self.gone_events,
            self.new_events,
            lambda row: events.order(row.when, row.id),
        )
        self.cache.update(event_rows=rows, event_row=by_id)

    def positions(self, stale: set[str]) -> set[str]:
        """The stands taken; the names of the propositions on which stands are others now."""
        if "positions" not in self.old:
            return set()
        old: dict[str, list[Position]] = self.old["positions"]
        names_of: dict[str, set[str]] = self.old.get("names_of") or _names_of(old)
        names = {name for one in stale for name in names_of.get(one, ())}
        scope: set[str] = set()
        wider = set(stale)
        owner = self.new.world.owner
        part: Any = self.part(())
        found: dict[str, list[Position]] = {}  # a decision on a proposal is on no document
        while not wider <= scope:
            scope |= wider
            part = self.part(scope)
            found = propositions.positions(part)
            names |= {name for name, told in found.items() if any(one.document in stale for one in told)}
            wider = {one.document for name in names for one in old.get(name, ())}
            wider |= {owner[name][0].id for name in names if name in owner}
        self.share(part)
        self.stood = {name: old.get(name, []) for name in names}
        kept = old
        for name in names:
            for one in kept.pop(name, ()):
                names_of[one.document].discard(name)
            if name in found:
                kept[name] = found[name]
                for one in found[name]:
                    names_of[one.document].add(name)
        self.cache.update(positions=kept, names_of=names_of)
        return names

    def propositions(self, names: set[str]) -> None:
        """What claims are about, as it stood on each day that is kept."""
        if "propositions" not in self.old or "positions" not in self.cache:
            return
        touched = {name: self.cache["positions"][name] for name in names if name in self.cache["positions"]}
        part = self.part((), positions=touched)
        for day, rows in self.old["propositions"].items():
            fresh = propositions.propositions(part, day).values()
            gone = [rows[name] for name in names if name in rows]
            now = spliced(list(rows.values()), gone, fresh, propositions.place)
            self.cache.setdefault("propositions", {})[day] = {row.id: row for row in now}


def _names_of(positions: Mapping[str, list[Position]]) -> dict[str, set[str]]:
    """Document -> the propositions that it takes a stand on."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, told in positions.items():
        for one in told:
            found[one.document].add(name)
    return found
