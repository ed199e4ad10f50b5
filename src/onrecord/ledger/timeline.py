"""Everything dated in one list: events, measures apart from events, claims, forums, statements of size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from onrecord.ledger import events
from onrecord.ledger.describe import describe
from onrecord.ledger.rows import ClaimRow, EventRow, Party, TimelineRow
from onrecord.ledger.world import World, when
from onrecord.model.records import Act, Claim, Event, Forum, MissionState, Time


def rows(world: World, event_rows: list[EventRow], claim_rows: list[ClaimRow]) -> list[TimelineRow]:
    """The timeline, by date; what has no date stands last."""
    found = [*_events(world, event_rows), *_claims(world, claim_rows), *_others(world)]
    return sorted(found, key=place)


def place(row: TimelineRow) -> tuple[date, date, str, str]:
    """By date; an event that a measure coded without one stands for has that measure beside it."""
    return *events.order(row.when, row.id), row.kind


def _events(world: World, event_rows: list[EventRow]) -> Iterator[TimelineRow]:
    for one in event_rows:
        told = describe(world, world.owner[one.id][2])
        acts = [describe(world, world.owner[act][2]) for act in one.acts[:1]]
        what = f"{told}; {acts[0]}" if acts else told
        yield TimelineRow(one.when, "event", one.id, what, one.label, one.evidence, one.documents)


def _claims(world: World, claim_rows: list[ClaimRow]) -> Iterator[TimelineRow]:
    for one in claim_rows:
        label = one.stance if one.status == "open" else f"{one.stance}, {one.status}"
        told = describe(world, world.owner[one.id][2])
        yield TimelineRow(one.said, "claim", one.id, told, label, one.evidence, one.documents)


def act_time(act: Act) -> Time | None:
    """The day of a measure: of the act itself, its announcement, notice, decision or effect, in this
    order."""
    dates = act.dates
    return (
        dates.act or dates.announced or dates.notified or dates.decided or dates.effective or dates.deadline
    )


def _others(world: World) -> Iterator[TimelineRow]:
    for doc, _, record in world.owner.values():
        label: str
        if isinstance(record, Act) and record.event is None:
            moment, kind, label = when(act_time(record), doc.document), "act", record.act
        elif isinstance(record, Forum):
            moment, kind, label = when(record.time, doc.document), "forum", record.state
        elif isinstance(record, MissionState):
            moment, kind, label = when(record.time, doc.document), "mission", record.measure
        else:
            continue
        evidence = world.evidence(doc, record.evidence)
        yield TimelineRow(moment, kind, record.id, describe(world, record), label, evidence, (doc.id,))


def parties_of(world: World, identity: str) -> list[Party | None]:
    """Everybody with a part in a record: doers and recipients, holders, parties of a mission, members of a
    forum."""
    record = world.owner[identity][2]
    if isinstance(record, Event):
        return [world.party(one) for one in (*record.actors, *record.recipients)]
    if isinstance(record, Claim):
        return [world.party(one) for one in (record.holder, record.addressee, *record.relay)]
    if isinstance(record, (Act, MissionState)):
        mission = record.mission
        codes = [code for code in (mission.sending, mission.receiving, mission.host) if code]
        return [Party("", mission.name or code, "mission", code) for code in codes]
    return [Party("", record.name, "igo")] if isinstance(record, Forum) else []
