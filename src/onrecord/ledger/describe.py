"""Short lines for records, in the field's own terms."""

from __future__ import annotations

from onrecord.ledger.rows import Target
from onrecord.ledger.world import World
from onrecord.model.records import Act, Actor, Claim, Event, FieldRef, Forum, Incident, Link, MissionState


def target(world: World, about: str | FieldRef) -> Target:
    """What a claim is about, with a label that a reader can tell it by."""
    identity, field = (about, None) if isinstance(about, str) else (about.ref, about.field)
    found = world.owner.get(identity)
    if found is None:
        return Target(identity, "unknown", field, identity)
    return Target(identity, kind_of(found[2]), field, describe(world, found[2]))


_KINDS: tuple[tuple[type, str], ...] = (
    (Event, "event"),
    (Claim, "claim"),
    (Act, "act"),
    (MissionState, "mission"),
    (Incident, "incident"),
    (Forum, "forum"),
    (Link, "link"),
    (Actor, "actor"),
)


def kind_of(record: object) -> str:
    return next((name for kind, name in _KINDS if isinstance(record, kind)), "expectation")


def describe(world: World, record: object) -> str:
    """A short line in the record's own terms."""
    if isinstance(record, Event):
        return describe_event(world, record)
    if isinstance(record, Act):
        return describe_act(record)
    if isinstance(record, MissionState):
        value = record.value if record.value is not None else f"{record.low or ''}-{record.high or ''}"
        return f"{record.measure} {_number(value)} {record.unit or ''}".strip() + f" ({mission_name(record)})"
    if isinstance(record, Claim):
        holder = world.party(record.holder)
        doc = world.owner[record.id][0]
        content = " … ".join(doc.document.words(span) for span in record.content)
        return f"{holder or 'somebody unnamed'} {record.stance}: {content}"
    if isinstance(record, Incident):
        return record.name
    if isinstance(record, Forum):
        return f"{record.name}: {record.state}" + (f" ({record.part})" if record.part else "")
    if isinstance(record, Link):
        ends = [world.resolve(end) for end in (record.from_, record.to)]
        first, second = (
            describe(world, world.owner[end][2]) if end in world.owner else str(end) for end in ends
        )
        return f"{first} {record.kind} {second}"
    if isinstance(record, Actor):
        return record.name
    return str(getattr(record, "id", record))


def describe_event(world: World, event: Event) -> str:
    actors = ", ".join(str(world.parties[one]) for one in event.actors if one in world.parties) or "?"
    recipients = ", ".join(str(world.parties[one]) for one in event.recipients if one in world.parties)
    told = f"{event.type}:{event.mode}" if event.mode else event.type
    numbers = ", ".join(
        f"{_number(one.value)} {one.unit}" for one in event.quantities if one.value is not None
    )
    return f"{actors} → {recipients or '–'}: {told}" + (f" ({numbers})" if numbers else "")


def describe_act(act: Act) -> str:
    told = act.act.replace("_", " ")
    if act.number is not None:
        told += f" {_number(act.number)} {act.unit or ''}".rstrip()
    if act.to is not None:
        told += (
            f" {_number(act.from_)} → {_number(act.to)}"
            if act.from_ is not None
            else f" to {_number(act.to)}"
        )
    return f"{told} ({mission_name(act)})"


def mission_name(record: Act | MissionState) -> str:
    mission = record.mission
    return mission.name or f"{mission.sending or '?'} at {mission.receiving or '?'}"


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
