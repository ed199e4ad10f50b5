"""Which part of a large ledger the first rows of a list need: months in order, few at first."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, func, select

from onrecord.ledger.tables import touch
from onrecord.model.dates import parse
from onrecord.model.problems import OnrecordError

A_ROW = 6
"""Codings read at first for each row wanted; an event has a few reports, and filters leave some out."""
WIDER = 5


def counts(connection: Connection, prefix: str) -> list[tuple[str, int]]:
    """Every index key that begins so, in order, with how many codings have it."""
    begins = touch.c.key.startswith(prefix, autoescape=True)
    if (
        connection.dialect.name == "sqlite"
    ):  # its index serves a range, and not LIKE; PostgreSQL's order may be a language's
        begins = (touch.c.key >= prefix) & (touch.c.key < prefix[:-1] + chr(ord(prefix[-1]) + 1))
    chosen = select(touch.c.key, func.count()).where(begins).group_by(touch.c.key)
    return sorted((key, number) for key, number in connection.execute(chosen))


def first_months(
    connection: Connection, since: date | None, until: date | None, limit: int
) -> Iterator[tuple[list[str], date]]:
    """Keys of the first months of a window, and the last day of them: some for ``limit`` rows, then more.

    Nothing where these would be most of the ledger, which is then read as a whole.
    """
    lower, upper = _month(since) or "", _month(until) or "9"
    told = [
        one for one in counts(connection, "month:") if lower <= one[0][6:] <= upper and one[0] != "month:*"
    ]
    total = sum(number for _, number in told)
    wanted = A_ROW * limit
    for enough in (wanted, wanted * WIDER):
        if 2 * enough >= total:
            return
        months: list[str] = []
        seen = 0
        for key, number in told:
            months.append(key)
            seen += number
            if seen >= enough:
                break
        year, month = map(int, months[-1][6:].split("-"))
        yield [*months, "month:*"], date(year, month, monthrange(year, month)[1])


def _month(day: date | None) -> str | None:
    return f"{day.year:04}-{day.month:02}" if day else None


def day_of(edtf: str | None, end: bool = False) -> date | None:
    """The first day of a date, or its last. Raises OnrecordError ``bad-date``."""
    if edtf is None:
        return None
    interval = parse(edtf)
    return interval.upper if end else interval.lower


def in_order(since: str | None, until: str | None, where: str) -> None:
    """Whether a window begins before it ends. Raises OnrecordError ``bad-date``: nothing can lie in it."""
    first, last = day_of(since), day_of(until, end=True)
    if first is not None and last is not None and first > last:
        raise OnrecordError(
            "bad-date",
            f"the window ends ({until}) before it begins ({since}), so that nothing lies in it",
            "Give a day since which is no later than the day until which.",
            where,
        )
