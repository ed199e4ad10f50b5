"""Upkeep: rebuild what is derived and prove it, copy a ledger with its chain, restore it elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from onrecord.ledger import log
from onrecord.ledger.decisions import bearing, entries_of, load
from onrecord.ledger.held import load as load_held
from onrecord.ledger.held import places
from onrecord.ledger.keys import about, keys_of
from onrecord.ledger.store import Store, add_touches
from onrecord.ledger.tables import PEOPLE, blob, entry, meta, redaction, statement, touch
from onrecord.ledger.world import Codings
from onrecord.model.problems import OnrecordError

AT_ONCE = 2_000
COPIED = (statement, entry, blob, redaction)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Hashes of the derived index before and after it was made anew from the statements; ``same`` if they agree."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        return self.before == self.after


def rebuild(store: Store, cache: Codings) -> Rebuilt:
    """Make the index of keys anew from the statements alone. Views use no other derived table."""
    with store.writing() as connection:
        before = _hash(connection)
        index(connection, cache)
        return Rebuilt(before, _hash(connection))


def index(connection: Connection, cache: Codings) -> None:
    """Make every index key anew."""
    codings = connection.execute(select(entry).where(entry.c.kind == "coding").order_by(entry.c.number)).all()
    connection.execute(delete(touch))
    for one in codings:
        add_touches(connection, keys_of(cache.get(connection, one).coded), one.number)
    _index_decisions(connection)


def _index_decisions(connection: Connection) -> None:
    """Give every decision and every entry of merges the keys of the documents it bears on."""
    made = select(entry.c.coding, entry.c.number).where(entry.c.kind == "decision")
    numbers = {row.coding: row.number for row in connection.execute(made)}
    held = {one.id: [about(place.document) for place in places((), (one,))] for one in load_held(connection)}
    for group in entries_of(connection, "merges"):
        for row in group:
            add_touches(connection, held.get(row.retracts or row.subject, ()), row.number)
    for decision in load(connection):
        # In order: an undo has the keys of what it undoes.
        add_touches(connection, bearing(connection, decision), numbers[decision.id])


def _hash(connection: Connection) -> str:
    told = hashlib.sha256()
    for key, number in connection.execute(
        select(touch.c.key, touch.c.number).order_by(touch.c.number, touch.c.key)
    ):
        told.update(f"{number} {key}\n".encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def signers(store: Store) -> list[str]:
    """The names of the people who may sign in at a ledger's pages."""
    with store.reading() as connection:
        found = connection.execute(select(meta.c.name).where(meta.c.name.startswith(PEOPLE))).scalars()
        return sorted(name.removeprefix(PEOPLE) for name in found)


def copy(source: Store, target: Store, users: bool = False) -> int:
    """Copy a ledger as it stands, row by row, into an empty one on either store; entries copied.

    Both chains then have one head. People who may sign in, and the hashes of their tokens, are copied with ``users``
    only: whoever may open the copy would otherwise let them in. Raises OnrecordError ``not-empty``; nothing is copied
    then.
    """
    with source.reading() as reading, target.writing(durable=True) as writing:
        if log.head(writing)[0]:
            raise OnrecordError(
                "not-empty", "the target holds entries", "Restore into a new ledger.", target.where
            )
        for table in (*COPIED, touch):
            for rows in _batches(reading, table):
                writing.execute(insert(table), rows)
        for row in reading.execute(select(meta.c.name, meta.c.value).where(meta.c.name != "schema")).all():
            if users or not row.name.startswith(PEOPLE):
                writing.execute(insert(meta).values(name=row.name, value=row.value))
        return log.head(writing)[0]


def _batches(connection: Connection, table: object) -> Iterator[list[dict[str, object]]]:
    found = connection.execution_options(yield_per=AT_ONCE).execute(select(table))  # type: ignore[call-overload]
    for part in found.mappings().partitions(AT_ONCE):
        yield [dict(row) for row in part]
