"""The machine's merges on record: which reports it held to be of one event, when, why, and how surely."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from onrecord.ledger.decisions import Decision, Place, entries_of, placed


@dataclass(frozen=True, slots=True)
class Held:
    """A merge on record. ``prints`` are digests of what both reports said then (``Item.print``).

    ``misdated`` says that the first report's own date disagrees; ``ended`` is when the machine retracted it.
    """

    id: str
    first: Place
    second: Place
    prints: tuple[str, str]
    probability: float
    reasons: tuple[str, ...]
    misdated: bool
    by: str
    recorded: int
    ended: int | None = None

    def in_force(self, known_at: int | None) -> bool:
        """Whether it had not been retracted by a moment of record time."""
        return self.ended is None or (known_at is not None and self.ended > known_at)


def load(
    connection: Connection, known_at: int | None = None, documents: list[str] | None = None
) -> list[Held]:
    """Every merge on record, or those that bear on documents (by their keys), in the order of recording."""
    found: dict[str, Held] = {}
    for group in entries_of(connection, "merges", known_at, documents):
        for row in group:
            if row.property == "retracted":
                if row.retracts in found:
                    found[row.retracts] = replace(found[row.retracts], ended=row.recorded)
                continue
            said = json.loads(row.value)
            first, second = placed(said["first"]), placed(said["second"])
            if first is not None and second is not None:
                found[row.subject] = Held(
                    row.subject,
                    first,
                    second,
                    (said["prints"][0], said["prints"][1]),
                    said["probability"],
                    tuple(said["reasons"]),
                    said["misdated"],
                    row.author,
                    row.recorded,
                )
    return list(found.values())


def places(decisions: Iterable[Decision], merges: Iterable[Held]) -> Iterator[Place]:
    """Every record that decisions and merges are about."""
    for decision in decisions:
        yield from (place for place in (decision.place, *decision.others) if place is not None)
    for held in merges:
        yield from (held.first, held.second)
