"""The commit chain: entries over statements, each hashed over the one before.

An entry holds eight bytes of digest for each of its rows, so that a row altered, added or removed is named
by its number; its own head covers them, the entry's facts and the head before. A head kept elsewhere shows
a chain that was rewritten as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from onrecord.ledger.statements import Statement, canonical, document_key, hash_words, iso, row_id
from onrecord.ledger.store import add_rows
from onrecord.ledger.tables import GONE, entry, redaction, statement
from onrecord.model.problems import OnrecordError

GENESIS = "0" * 64
DIGEST_BYTES = 8
CLOCK_SLACK = 60_000_000  # microseconds by which two writers' clocks may differ


@dataclass(frozen=True, slots=True)
class Tampering:
    """What the chain found: ``kind`` altered, added, removed, entry or head; where; and what is wrong."""

    kind: str
    where: str
    what: str


def append(
    connection: Connection,
    rows: Sequence[Statement],
    kind: str,
    coding: str,
    document: str | None,
    author_kind: str,
    author: str,
    at: int | None,
    recorded: int,
    given: bool,
) -> int:
    """Append ``rows`` as one entry and return its number. The writer's lock must be held.

    A moment taken from the clock never falls behind the last one taken from it: within a minute the last
    one is used again, further back OnrecordError ``clock-back`` is raised and nothing is recorded.
    """
    last = connection.execute(select(entry).order_by(entry.c.number.desc()).limit(1)).first()
    if not given:
        newest = connection.execute(select(func.max(entry.c.recorded)).where(entry.c.given == 0)).scalar()
        if newest is not None and recorded < newest:
            if newest - recorded > CLOCK_SLACK:
                raise OnrecordError(
                    "clock-back",
                    f"the clock says {iso(recorded)}, the ledger was last written at {iso(newest)}",
                    "Set the clock right; or give the time of recording if this is an archive.",
                )
            recorded = newest
    number = (last.number if last else 0) + 1
    first = (last.last if last else 0) + 1
    numbered = [row._replace(seq=first + place, recorded=recorded) for place, row in enumerate(rows)]
    digests = b"".join(digest_of(row) for row in numbered)
    values: dict[str, Any] = {
        "number": number,
        "kind": kind,
        "coding": coding,
        "document": document,
        "document_key": document_key(document) if document else None,
        "author_kind": author_kind,
        "author": author,
        "at": at,
        "first": first,
        "last": first + len(rows) - 1,
        "recorded": recorded,
        "given": int(given),
        "digests": digests,
        "previous": last.head if last else GENESIS,
    }
    connection.execute(insert(entry).values(**values, head=head_of(values)))
    add_rows(connection, numbered)
    return number


def digest_of(row: Statement, worded: bool | None = None) -> bytes:
    """Eight bytes over a row's id, number, time and kind, and whether it has its words; the id covers the rest."""
    has = row.words is not None if worded is None else worded
    told = f"{row.seq} {row.id} {row.recorded} {row.kind} {has}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()[:DIGEST_BYTES]


def _stands(row: Statement, digest: bytes, redacted: set[str]) -> bool:
    """Whether a stored row still says what was recorded, or has lost no more than a redaction lets go."""
    if row.words is not None and hash_words(row.words) != row.words_hash:
        return False
    gone = row.id in redacted or row.document in redacted
    if row_id(row) != row.id and not (row.id in redacted and _marked(row)):
        return False
    return digest_of(row) == digest or (gone and row.words is None and digest_of(row, worded=True) == digest)


def _marked(row: Statement) -> bool:
    """Whether a row shows where a takedown took something out of it."""
    return any(GONE in told for told in (row.value, row.holder, row.relay) if told is not None)


def head_of(values: dict[str, Any]) -> str:
    """The head of the chain after an entry: SHA-256 over all that the entry says and the head before."""
    facts = [
        values[name]
        for name in (
            "number",
            "kind",
            "coding",
            "document",
            "document_key",
            "author_kind",
            "author",
            "at",
            "first",
            "last",
            "recorded",
            "given",
            "previous",
        )
    ]
    told = canonical(facts).encode("utf-8", "surrogatepass") + bytes(values["digests"])
    return hashlib.sha256(told).hexdigest()


def head(connection: Connection) -> tuple[int, str]:
    """Number and head of the last entry; ``(0, GENESIS)`` for an empty ledger."""
    last = connection.execute(
        select(entry.c.number, entry.c.head).order_by(entry.c.number.desc()).limit(1)
    ).first()
    return (last.number, last.head) if last else (0, GENESIS)


def content_hash(connection: Connection) -> str:
    """SHA-256 over the sorted set of statement ids: what documents and people say, whenever and in whatever order it
    was recorded. The machine's merges are worked out from that, and are left out."""
    derived = (
        select(statement.c.id)
        .join(entry, statement.c.seq.between(entry.c.first, entry.c.last))
        .where(entry.c.kind == "merges")
    )
    apart = set(connection.execute(derived).scalars())
    told = hashlib.sha256()
    for (identity,) in connection.execute(select(statement.c.id).order_by(statement.c.id)):
        if identity not in apart:
            told.update(identity.encode())
    return told.hexdigest()


def audit(connection: Connection, kept: tuple[int, str] | None = None) -> Iterator[Tampering]:
    """Walk the whole chain and every row; ``kept`` is a head (number, hash) exported earlier."""
    previous, expected, known = GENESIS, 1, 0
    kept_seen = kept is None or kept == (0, GENESIS)
    rows = _Rows(connection)
    redacted = set(connection.execute(select(redaction.c.target)).scalars())
    for one in connection.execution_options(stream_results=True).execute(
        select(entry).order_by(entry.c.number)
    ):
        where = f"entry {one.number} ({one.document or one.coding})"
        known += 1
        if one.number != known:
            yield Tampering("entry", f"entry {known}", "removed: the chain goes on without it")
            known = one.number
        if one.previous != previous:
            yield Tampering("entry", where, "does not follow from the entry before it")
        if head_of(dict(one._mapping)) != one.head:
            yield Tampering("entry", where, "altered: its head is not the hash of what it says")
        if one.first != expected:
            yield Tampering("entry", where, f"begins at statement {one.first}, not {expected}")
        yield from _rows_of(one, rows, where, redacted)
        previous, expected = one.head, one.last + 1
        if kept is not None and one.number == kept[0]:
            kept_seen = True
            if one.head != kept[1]:
                yield Tampering("head", where, "the head kept elsewhere is another: the chain was rewritten")
    for row in rows.rest():
        yield Tampering("added", f"statement {row.seq} ({row.id})", "added: no entry holds it")
    if not kept_seen and kept is not None:
        yield Tampering("head", f"entry {kept[0]}", "removed: the head kept elsewhere is not in the chain")


class _Rows:
    """The statements in order of their numbers, one look ahead."""

    def __init__(self, connection: Connection) -> None:
        told = connection.execution_options(stream_results=True).execute(
            select(statement).order_by(statement.c.seq)
        )
        self.rows = (Statement(*row) for row in told)
        self.next: Statement | None = next(self.rows, None)

    def take(self, before: int) -> Iterator[Statement]:
        """Rows numbered below ``before``."""
        while self.next is not None and self.next.seq < before:
            yield self.next
            self.next = next(self.rows, None)

    def rest(self) -> Iterator[Statement]:
        while self.next is not None:
            yield self.next
            self.next = next(self.rows, None)


def _rows_of(one: Row[Any], rows: _Rows, where: str, redacted: set[str]) -> Iterator[Tampering]:
    for row in rows.take(one.first):
        yield Tampering("added", f"statement {row.seq} ({row.id})", "added: no entry holds it")
    digests = bytes(one.digests)
    found: set[int] = set()
    for row in rows.take(one.last + 1):
        found.add(row.seq)
        place = (row.seq - one.first) * DIGEST_BYTES
        if not _stands(row, digests[place : place + DIGEST_BYTES], redacted):
            what = f"altered: {row.subject} {row.property} no longer says what was recorded"
            yield Tampering("altered", f"statement {row.seq} ({row.id}) of {where}", what)
    for number in range(one.first, one.last + 1):
        if number not in found:
            yield Tampering("removed", f"statement {number} of {where}", "removed: the entry counts it")
