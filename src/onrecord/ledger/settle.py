"""Putting the machine's merges on record, and retracting those that it no longer holds.

Views work merges out anew. One that is on record keeps its probability and reasons as long as both records say what
they said then, whatever a later program makes of them; a person can undo it like a decision, and then it is not made
again. Nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from onrecord.ledger import log
from onrecord.ledger.compare import THRESHOLD, WEIGHTS, ordered
from onrecord.ledger.decisions import place_of, row_of, told_of
from onrecord.ledger.held import Held
from onrecord.ledger.identity import Entry, entries, must_links
from onrecord.ledger.keys import about
from onrecord.ledger.misdated import DATES_DIFFER
from onrecord.ledger.reports import Item, items
from onrecord.ledger.rows import Merge
from onrecord.ledger.statements import Statement, as_micros, document_key, micros, subject_id
from onrecord.ledger.store import Store, add_touches
from onrecord.ledger.tables import entry, meta, statement, touch
from onrecord.ledger.world import World
from onrecord.model.ids import digest

AUTHOR = f"identity-{digest(WEIGHTS, THRESHOLD)[:8]}"
AT_ONCE = 100
MARK = "settled"
Near = Callable[[Iterable[str]], World]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Settled:
    """How many documents were looked at, and how many merges were put on record and retracted."""

    documents: int
    added: int
    retracted: int


def settle(store: Store, near: Near, recorded_at: str | datetime | None = None) -> Settled:
    """Bring the merges on record up to date with everything recorded since the last time."""
    with store.reading() as connection:
        last = log.head(connection)[0]
        waiting = _waiting(connection)
    added = retracted = 0
    for start in range(0, len(waiting), AT_ONCE):
        part = waiting[start : start + AT_ONCE]
        world = near(f"doc:{key}" for key in part)
        new, old = _changes(world, set(part))
        with store.writing() as connection:
            _write(connection, world, new, old, recorded_at)
        added, retracted = added + len(new), retracted + len(old)
    with store.writing() as connection:
        connection.execute(delete(meta).where(meta.c.name == MARK))
        connection.execute(insert(meta).values(name=MARK, value=str(last)))
    return Settled(len(waiting), added, retracted)


def _waiting(connection: Connection) -> list[str]:
    """The keys of the documents that something was recorded on since the last time."""
    done = int(connection.execute(select(meta.c.value).where(meta.c.name == MARK)).scalar() or 0)
    new = select(entry.c.document_key).where(entry.c.number > done, entry.c.kind.in_(("coding", "again")))
    found = set(connection.execute(new).scalars())
    decided = (
        select(touch.c.key)
        .join(entry, entry.c.number == touch.c.number)
        .where(entry.c.number > done, entry.c.kind == "decision")
    )
    found.update(key.removeprefix("about:") for key in connection.execute(decided).scalars())
    return sorted(found - {"*"})


def _changes(world: World, keys: set[str]) -> tuple[dict[Pair, Merge], list[Held]]:
    """The merges with an end in these documents that are to be put on record, and those to be retracted."""
    pinned, world.pinned = world.pinned, {}
    found = entries(world)
    known = {item.id: item for item in items(world)}
    mine = {
        ordered(merge.first, merge.second): merge
        for merge in _merges(world, found.values(), known)
        if _within(known, (merge.first, merge.second), keys)
    }
    stored = {pair: held for pair, held in pinned.items() if _within(known, pair, keys)}
    same = {
        pair
        for pair, held in stored.items()
        if pair in mine and _told(mine[pair], known) == (held.probability, held.reasons, held.prints)
    }
    return (
        {pair: merge for pair, merge in sorted(mine.items()) if pair not in same},
        [held for pair, held in sorted(stored.items()) if pair not in same],
    )


def _merges(world: World, found: Iterable[Entry], known: dict[str, Item]) -> Iterable[Merge]:
    """The machine's own merges: not what a text or a person says, which is on record already."""
    said = {(why,) for _, _, why in must_links(world)}
    each = {entry.id: entry for entry in found}
    return (merge for entry in each.values() for merge in entry.merges if merge.reasons not in said)


def _within(known: dict[str, Item], pair: Pair, keys: set[str]) -> bool:
    return any(one in known and document_key(known[one].doc.id) in keys for one in pair)


def _told(merge: Merge, known: dict[str, Item]) -> tuple[float, tuple[str, ...], tuple[str, str]]:
    return merge.probability, merge.reasons, (known[merge.first].print, known[merge.second].print)


def _write(
    connection: Connection,
    world: World,
    new: dict[Pair, Merge],
    old: list[Held],
    recorded_at: str | datetime | None,
) -> None:
    """One entry for each document that merges or retractions hang on."""
    given = recorded_at is not None
    moment = as_micros(recorded_at) if recorded_at is not None else micros(datetime.now(UTC))
    rows: dict[str, list[Statement]] = {}
    keys: dict[str, set[str]] = {}
    known = {item.id: item for item in items(world)}

    def put(document: str, row: Statement, ends: tuple[str, str]) -> None:
        rows.setdefault(document, []).append(row)
        keys.setdefault(document, set()).update(map(about, ends))

    author = f"model:{AUTHOR}"
    for held in old:
        document = held.second.document
        why = "both records no longer say so, or more is known"
        row = row_of(held.id, "merge", "retracted", why, document, author, moment, held.id)
        put(document, row, (held.first.document, document))
    for merge in new.values():
        ends = place_of(world, merge.first), place_of(world, merge.second)
        document = ends[1].document
        turn = sum(
            1 for one in world.held if {one.first.record, one.second.record} == {e.record for e in ends}
        )
        subject = subject_id("z", document, "merge", ends[0].record, ends[1].record, turn)
        probability, reasons, prints = _told(merge, known)
        value = {
            "first": told_of(ends[0]), "second": told_of(ends[1]), "prints": prints, "probability": probability,
            "reasons": reasons, "misdated": any(one.startswith(DATES_DIFFER) for one in reasons),
        }  # fmt: skip
        put(
            document,
            row_of(subject, "merge", "merge", value, document, author, moment),
            (ends[0].document, document),
        )
    for document, told in rows.items():
        # Another settler may have been faster: the same merge is on record once.
        there = select(statement.c.id).where(statement.c.id.in_([row.id for row in told]))
        done = set(connection.execute(there).scalars())
        left = [row for row in told if row.id not in done]
        if left:
            number = log.append(
                connection, left, "merges", left[0].subject, document, "model", AUTHOR, None, moment, given
            )
            add_touches(connection, keys[document], number)
