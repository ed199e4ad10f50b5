"""Whole lists without the whole ledger in memory: a few hundred documents at a time, in the order of recording.

A row comes with the documents to which its id leads, made from the neighbourhood of these documents, which says what
the whole ledger says; so every row comes once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import Connection, exists, select

from onrecord.ledger import claims, events
from onrecord.ledger.rows import ClaimRow, EventRow
from onrecord.ledger.statements import DOCUMENT_KEY
from onrecord.ledger.store import Store
from onrecord.ledger.tables import entry
from onrecord.ledger.windows import day_of
from onrecord.ledger.world import World, moment_of

AT_ONCE = 300


class Streams(ABC):
    """Lists of any length, for ``Views``."""

    store: Store

    @abstractmethod
    def near(self, keys: Iterable[str], known_at: str | None = None) -> World:
        """The documents that touch ``keys`` and every one that may tell a deed they tell."""

    def each_event(
        self,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        since: str | None = None,
        until: str | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        type: str | None = None,
    ) -> Iterator[EventRow]:
        """What ``events`` lists, in the order of recording, with a few hundred documents in memory at a time."""
        wanted = events.chosen(
            actor, recipient, type, day_of(since), day_of(until, end=True), day_of(as_of, end=True)
        )
        return each(self.store, partial(self.near, known_at=known_at), moment_of(known_at),
                    lambda world: [one for one in events.rows(world) if wanted(one)])  # fmt: skip

    def each_claim(
        self,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        since: str | None = None,
        until: str | None = None,
        actor: str | None = None,
        stance: str | None = None,
    ) -> Iterator[ClaimRow]:
        """What ``claims`` lists, likewise; claims of texts that tell no deed in common are not put together."""
        day = day_of(as_of, end=True)
        wanted = claims.chosen(actor, stance, day_of(since), day_of(until, end=True), day)
        return each(self.store, partial(self.near, known_at=known_at), moment_of(known_at),
                    lambda world: [one for one in claims.rows(world, day) if wanted(one)])  # fmt: skip


def each(
    store: Store,
    near: Callable[[Iterable[str]], World],
    known_at: int | None,
    rows: Callable[[World], list[Any]],
) -> Iterator[Any]:
    """The rows that ``rows`` makes of a world, each once; ``near`` gives the world about documents by their keys."""
    last = 0
    while True:
        with store.reading() as connection:
            found = _documents(connection, last, known_at)
        if not found:
            return
        last = found[-1][0]
        keys = {key for _, key in found}
        for row in rows(near(f"doc:{key}" for key in keys)):
            if row.id[1 : DOCUMENT_KEY + 1] in keys:
                yield row


def _documents(connection: Connection, after: int, known_at: int | None) -> list[tuple[int, str]]:
    """(number of its first entry, key) of the next documents."""
    other = entry.alias()
    earlier = (
        exists().where(other.c.document_key == entry.c.document_key).where(other.c.number < entry.c.number)
    )
    chosen = (
        select(entry.c.number, entry.c.document_key)
        .where(entry.c.kind == "coding", entry.c.number > after, ~earlier)
        .order_by(entry.c.number)
        .limit(AT_ONCE)
    )
    if known_at is not None:
        chosen = chosen.where(entry.c.recorded <= known_at)
    return [(number, key) for number, key in connection.execute(chosen)]
