"""One event from many reports: entries, each a set of coded events held to be the same."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.ledger.world import World
from onrecord.model.records import Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One event on record. ``id`` is that of the member recorded first; every member's id leads here."""

    id: str
    members: tuple[str, ...]


def entries(world: World) -> dict[str, Entry]:
    """Member id -> its entry, for every coded event of the world."""
    return {event.id: Entry(event.id, (event.id,)) for _, _, event in world.records(Event)}
