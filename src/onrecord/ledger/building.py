"""Making a world from the store: the codings and decisions that count at a moment, of some documents or of all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from onrecord.ledger.decisions import load
from onrecord.ledger.held import load as load_held
from onrecord.ledger.tables import entry, of_kind, statement, touch
from onrecord.ledger.world import Codings, Made, World

KEYS_AT_ONCE = 500
# Not the digests, which are for the audit of the chain and long.
_NEEDED = [column for column in entry.columns if column.name not in ("digests", "previous", "head")]


def build(
    connection: Connection,
    cache: Codings,
    known_at: int | None = None,
    keys: Iterable[str] | None = None,
    allowed: str | None = None,
) -> World:
    """The world of the documents that touch one of ``keys``, or of all of them, marked no stricter than ``allowed``."""
    documents = None if keys is None else _touching(connection, keys)
    world = World(
        known_at,
        decisions=load(connection, known_at, documents),
        held=load_held(connection, known_at, documents),
        allowed=allowed,
    )
    for document, history in history_of(connection, cache, known_at, documents):
        world.add(document, history)
    return world.settle()


def history_of(
    connection: Connection, cache: Codings, known_at: int | None, documents: list[str] | None
) -> Iterator[tuple[str, list[Made]]]:
    """The codings of documents (by their keys, or of all) by a moment, in the order in which documents became known,
    however their entries came to lie."""
    chosen = select(*_NEEDED).where(of_kind("coding", "again"))
    if known_at is not None:
        chosen = chosen.where(entry.c.recorded <= known_at)
    found: dict[str, list[Row[Any]]] = {}
    for one in _entries(connection, chosen, documents):
        found.setdefault(one.document, []).append(one)
    for document, entries in sorted(
        found.items(), key=lambda pair: (min(e.recorded for e in pair[1]), pair[0])
    ):
        codings = {one.coding: cache.get(connection, one) for one in entries if one.kind == "coding"}
        yield (
            document,
            [
                Made(
                    one.recorded,
                    one.at if one.at is not None else one.recorded,
                    one.kind == "again",
                    codings[one.coding],
                )
                for one in entries
                if one.coding in codings
            ],
        )


def _entries(connection: Connection, chosen: Select[Any], documents: list[str] | None) -> Iterator[Row[Any]]:
    """Entries in order; of some documents, as many at a time as a statement takes."""
    if documents is None:
        yield from connection.execute(chosen.order_by(entry.c.number))
        return
    for start in range(0, len(documents), KEYS_AT_ONCE):
        part = chosen.where(entry.c.document_key.in_(documents[start : start + KEYS_AT_ONCE]))
        yield from connection.execute(part.order_by(entry.c.number))


def _touching(connection: Connection, keys: Iterable[str]) -> list[str]:
    wanted = sorted(set(keys))
    prefixed = [key[4:] for key in wanted if key.startswith("doc:")]
    named = [key for key in wanted if not key.startswith("doc:")]
    found = set(prefixed)
    told = select(entry.c.document_key).distinct().join(touch, touch.c.number == entry.c.number)
    for start in range(0, len(named), KEYS_AT_ONCE):
        part = named[start : start + KEYS_AT_ONCE]
        found.update(one for (one,) in connection.execute(told.where(touch.c.key.in_(part))))
    found.discard(None)
    return sorted(found)


def taken_down(connection: Connection, after: int) -> set[str]:
    """The documents that a redaction after the entry of this number is of."""
    chosen = (
        select(statement.c.value)
        .join(entry, statement.c.seq.between(entry.c.first, entry.c.last))
        .where(entry.c.number > after, entry.c.kind == "decision", statement.c.property == "decision")
    )
    told = (json.loads(value) for value in connection.execute(chosen).scalars())
    return {one["place"]["document"] for one in told if one["kind"] == "redact"}
