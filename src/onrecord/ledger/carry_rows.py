"""Rows carried to the next world: claims, missions, actors, ties, expectations and the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from onrecord.ledger import actors, claims, expectations, links, missions, timeline
from onrecord.ledger.describe import kind_of
from onrecord.ledger.events import order
from onrecord.ledger.measures import mission_key
from onrecord.ledger.sayings import Sayings
from onrecord.ledger.splice import spliced
from onrecord.model.records import Act, Expectation, Forum, MissionState

if TYPE_CHECKING:
    from onrecord.ledger.carry import Step


def carry_rows(step: Step, stale: set[str], names: set[str], dirty: set[str]) -> None:
    """Carry the rows over. ``stale`` are the documents whose rows may be others, ``names`` the propositions on which
    stands are others, ``dirty`` the documents coded or decided on."""
    _missions(step, dirty)
    _actors(step, stale)
    if "positions" not in step.cache:
        return
    _links(step, stale | _claims(step, stale, names) | _documents(step, names))
    _expectations(step, stale)
    _timeline(step, stale)


def _documents(step: Step, names: set[str]) -> set[str]:
    """The documents that take a stand on some propositions."""
    return {
        one.document
        for told in (step.stood, step.cache["positions"])
        for name in names
        for one in told.get(name, ())
    }


def _missions(step: Step, dirty: set[str]) -> None:
    """Each mission is judged from the documents that speak of it, so it is remade where one of them is another."""
    if "speaking" not in step.old:
        return
    told: dict[str, set[str]] = step.old["speaking"]
    touched: set[str] = set()
    for document in dirty:
        for kept in (step.kept, step.new):
            touched.update(
                mission_key(record.mission)
                for one in kept.ids(document)
                if isinstance(record := kept.world.owner[one][2], (Act, MissionState))
            )
    found = {name: documents - dirty if name in touched else documents for name, documents in told.items()}
    for name, documents in missions.speaking(step.part(dirty)).items():
        found[name] = found.get(name, set()) | documents
    step.cache["speaking"] = found = {name: documents for name, documents in found.items() if documents}
    all_of = len(step.new.world.docs)
    for day, rows in step.old.get("mission_rows", {}).items():
        # A mission of which every document speaks is judged in the whole world, which is another now.
        kept_rows = [row for row in rows if row.id in found and row.id not in touched]
        kept_rows = [row for row in kept_rows if len(found[row.id]) < all_of]
        there = {row.id for row in kept_rows}
        made = [
            missions.row_of(step.new.world, one, told, day) for one, told in found.items() if one not in there
        ]
        step.cache.setdefault("mission_rows", {})[day] = sorted([*kept_rows, *made], key=lambda row: row.id)


def _actors(step: Step, stale: set[str]) -> None:
    if "cast" not in step.old or "actor_rows" not in step.old:
        return
    cast: actors.Cast = step.old["cast"]
    world = step.new.world
    gone = [one for document in stale for one in step.kept.parts.get(document, ()) if one[0] == "a"]
    old, new = cast.update(step.part(stale), gone, world.merged)
    rows = [row for row in step.old["actor_rows"][None] if row.id not in old]
    step.cache["cast"] = cast
    step.cache["actor_rows"] = {
        None: sorted([*rows, *(cast.row(world, one) for one in new)], key=actors.order)
    }


def _claims(step: Step, stale: set[str], names: set[str]) -> set[str]:
    """Claims, with the stands that they take; the documents of those that are remade."""
    if "sayings" not in step.old:
        return set()
    said: Sayings = step.old["sayings"]
    gone_ids = [one for document in stale for one in step.kept.parts.get(document, ()) if one[0] == "c"]
    part = step.part(stale)
    touched = said.update(part, gone_ids)
    step.share(part)
    step.cache["sayings"] = said
    standing: dict[str, set[str]] = {}
    for name in names:
        for one in step.stood.get(name, ()):
            standing.setdefault(one.claim or "", set())
        for one in step.cache["positions"].get(name, ()):
            standing.setdefault(one.claim or "", set()).add(name)
    if "stands" in step.old:
        step.cache["stands"] = stands = step.old["stands"]
        for claim, taken in standing.items():
            stands[claim] = [name for name in stands.get(claim, ()) if name not in names] + sorted(taken)
    groups = {
        said.group[one][0].id: said.group[one] for one in touched | standing.keys() if one in said.group
    }
    remade = touched.union(gone_ids, (one.id for members in groups.values() for one in members))
    owner = step.new.world.owner
    documents = {owner[one.id][0].id for members in groups.values() for one in members}
    told = {name: step.cache[name] for name in ("sayings", "stands", "propositions") if name in step.cache}
    for day, rows in step.old.get("claim_rows", {}).items():
        if day not in step.cache.get("propositions", {}):
            continue  # days are kept view by view
        part = step.part(documents, **told)
        replaced = dict(claims.superseded(part, day))
        known = step.cache["propositions"][day]
        fresh = [claims.row_of(part, members, known, replaced, day) for members in groups.values()]
        by_id = step.old.get("claim_row", {}).get(day) or {row.id: row for row in rows}
        gone = [by_id.pop(one) for one in remade if one in by_id]
        by_id.update((row.id, row) for row in fresh)
        step.cache.setdefault("claim_rows", {})[day] = spliced(rows, gone, fresh, _by_said)
        step.cache.setdefault("claim_row", {})[day] = by_id
        step.claims[day] = gone, fresh
    return documents | {step.kept.world.owner[one][0].id for one in gone_ids if one in step.kept.world.owner}


def _by_said(row: Any) -> Any:
    return order(row.said, row.id)


def _links(step: Step, stale: set[str]) -> None:
    for day, rows in step.old.get("link_rows", {}).items():
        if day not in step.cache.get("propositions", {}) or "event_rows" not in step.cache:
            continue
        scope = stale.union(*(row.documents for row in rows if not stale.isdisjoint(row.documents)))
        part = step.part(scope, propositions=step.cache["propositions"], event_rows=step.cache["event_rows"])
        fresh = [row for row in links.rows(part, day) if not stale.isdisjoint(row.documents)]
        kept = [row for row in rows if stale.isdisjoint(row.documents)]
        step.cache.setdefault("link_rows", {})[day] = sorted([*kept, *fresh], key=links.place)


def _expectations(step: Step, stale: set[str]) -> None:
    """Those of documents that are others, and those that a remade event may meet."""
    if "event_rows" not in step.cache:
        return
    changed = list(_deeds(step, stale))
    for day, rows in step.old.get("expectation_rows", {}).items():
        part = step.part(step.new.having(Expectation), event_rows=step.cache["event_rows"])
        known = {row.id: row for row in rows}
        step.cache.setdefault("expectation_rows", {})[day] = expectations.remade(
            part, day, known, stale, changed
        )


def _deeds(step: Step, stale: set[str]) -> Iterator[tuple[set[str], date]]:
    """The doers and days of events and measures that were, and are, told by these documents."""
    for row in (*step.gone_events, *step.new_events):
        if row.when is not None and row.when.lower is not None:
            yield {party.code or party.name.casefold() for party in row.actors}, row.when.lower
    for known in (step.old, step.cache):
        for act in _of(known["act_rows"].values(), stale):
            if act.event is None and act.day is not None and act.day.lower is not None:
                yield set(act.mission.split(">")), act.day.lower


def _timeline(step: Step, stale: set[str]) -> None:
    for day, rows in step.old.get("timeline_rows", {}).items():
        if "event_rows" not in step.cache or day not in step.claims:
            continue
        gone_claims, claims_now = step.claims[day]
        fresh = timeline.rows(step.part(stale), step.new_events, claims_now)
        by_id = step.old.get("timeline_row", {}).get(day) or {(row.kind, row.id): row for row in rows}
        ids = {("event", row.id) for row in step.gone_events} | {("claim", row.id) for row in gone_claims}
        ids |= {
            (kind_of(record), one)
            for document in stale
            for one, (_, _, record) in step.kept.parts.get(document, {}).items()
            if isinstance(record, (Act, Forum, MissionState))
        }
        gone = [by_id.pop(one) for one in ids if one in by_id]
        by_id.update(((row.kind, row.id), row) for row in fresh)
        step.cache.setdefault("timeline_rows", {})[day] = spliced(rows, gone, fresh, timeline.place)
        step.cache.setdefault("timeline_row", {})[day] = by_id
    for day, parties in step.old.get("timeline_parties", {}).items():
        kept = step.cache.setdefault("timeline_parties", {})[day] = dict(parties)
        for document in stale:
            for one in step.kept.parts.get(document, ()):
                kept.pop(one, None)


def _of(rows: Iterable[Any], stale: set[str]) -> list[Any]:
    return [row for row in rows if not stale.isdisjoint(row.documents)]
