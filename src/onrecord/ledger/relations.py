"""Relations of two parties over time: news events by month, counted and scored by PLOVER's intensity.

Only what was done and is news counts; background, accusations, plans and denials do not. A score needs the scale of
the vocabulary, which the caller gives: the ledger knows no weights of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.ledger.rows import EventRow

Scale = Callable[[str, str | None], float | None]


@dataclass(frozen=True, slots=True)
class DyadMonth:
    """One directed pair in one month: ``counts`` of events by type, their mean and lowest score, and the events."""

    actor: str
    recipient: str
    month: str
    events: int
    counts: dict[str, int]
    mean: float | None
    lowest: float | None
    ids: tuple[str, ...]


def dyads(rows: list[EventRow], scale: Scale | None = None) -> list[DyadMonth]:
    """The series of every directed pair, by month; an event without its month is in none."""
    groups: dict[tuple[str, str, str], list[EventRow]] = defaultdict(list)
    for row in rows:
        month = _month(row)
        if row.done and not row.background and month is not None:
            actors = {party.code or party.name for party in row.actors}
            recipients = {party.code or party.name for party in row.recipients}
            for actor in sorted(actors):
                # Those who meet are done to each other; what one does to itself alone is a pair all the same.
                for recipient in sorted(recipients - {actor} or recipients):
                    groups[(actor, recipient, month)].append(row)
    return [_month_of(*key, found, scale) for key, found in sorted(groups.items())]


def _month_of(
    actor: str, recipient: str, month: str, found: list[EventRow], scale: Scale | None
) -> DyadMonth:
    counts: dict[str, int] = defaultdict(int)
    for row in found:
        counts[row.type] += 1
    scores = [score for row in found if scale and (score := scale(row.type, row.mode)) is not None]
    mean = round(sum(scores) / len(scores), 4) if scores else None
    return DyadMonth(
        actor,
        recipient,
        month,
        len(found),
        dict(sorted(counts.items())),
        mean,
        min(scores, default=None),
        tuple(row.id for row in found),
    )


def _month(row: EventRow) -> str | None:
    """The month that the whole of an event's date lies in."""
    if row.when is None or row.when.lower is None or row.when.upper is None:
        return None
    lower, upper = row.when.lower, row.when.upper
    return f"{lower:%Y-%m}" if (lower.year, lower.month) == (upper.year, upper.month) else None
