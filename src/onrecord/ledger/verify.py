"""Re-reading every span against its snapshot, offline; any difference fails, and nothing is re-anchored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from onrecord.ledger.snapshots import rendition_fault
from onrecord.ledger.statements import hash_words
from onrecord.ledger.store import get_blob
from onrecord.ledger.tables import entry, redaction, statement
from onrecord.model.ids import sha256
from onrecord.model.records import Snapshot

_SPANS = (
    select(
        statement.c.id,
        statement.c.kind,
        statement.c.property,
        statement.c.value,
        statement.c.words,
        statement.c.span_start,
        statement.c.span_end,
        statement.c.words_hash,
    )
    .where(statement.c.seq.between(bindparam("first"), bindparam("last")))
    .where(or_(statement.c.span_start.is_not(None), statement.c.kind == "document"))
    .order_by(statement.c.seq)
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that no longer reads as recorded. ``span`` is None where no span covers the change."""

    document: str
    span: tuple[int, int] | None
    reason: str
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What was re-read, what of it was taken down on purpose, and every fault."""

    documents: int
    spans: int
    redacted: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        return not self.faults


def verify(connection: Connection, documents: frozenset[str] | None = None) -> Verification:
    """Every coding's snapshot, rendition and spans, or those of some documents.

    A span fails where the words at its place have another hash than was recorded; a document fails where its
    snapshot is missing or has another hash, or where its rendition does not follow from it.
    """
    faults: list[Fault] = []
    redacted: list[str] = []
    seen: set[str] = set()
    spans = 0
    gone = set(connection.execute(select(redaction.c.target)).scalars())
    chosen = select(entry.c.document, entry.c.first, entry.c.last).where(entry.c.kind == "coding")
    for document, first, last in connection.execute(chosen.order_by(entry.c.number)).all():
        if documents is not None and document not in documents:
            continue
        rows: list[Any] = list(connection.execute(_SPANS, {"first": first, "last": last}))
        count, taken = _coding(connection, document, rows, faults, gone)
        spans += count
        seen.add(document)
        if taken and document not in redacted:
            redacted.append(document)
    return Verification(len(seen), spans, tuple(redacted), tuple(faults))


def _coding(
    connection: Connection, document: str, rows: Sequence[Any], faults: list[Fault], gone: set[str]
) -> tuple[int, bool]:
    told = {row.property: row.value for row in rows if row.kind == "document"}
    spanned = [row for row in rows if row.span_start is not None]
    if "snapshot" not in told or "text" not in told:
        faults.append(Fault(document, None, "its snapshot or text is not on record"))
        return len(spanned), False
    snapshot = Snapshot.model_validate_json(told["snapshot"])
    text_hash = str(json.loads(told["text"])["sha256"])
    if {snapshot.sha256, text_hash} <= gone:
        return len(spanned), True
    data = get_blob(connection, snapshot.sha256)
    body = get_blob(connection, text_hash)
    if data is None or body is None:
        which = "snapshot" if data is None else "rendition"
        faults.append(Fault(document, None, f"its {which} is not in the store"))
        return len(spanned), False
    before = len(faults)
    text = body.decode("utf-8", "replace")
    faults.extend(_spans(document, spanned, text))
    found = sha256(data)
    if found != snapshot.sha256:
        faults.append(
            Fault(document, None, f"its snapshot has SHA-256 {found}, recorded as {snapshot.sha256}")
        )
    if sha256(body) != text_hash and text_hash != snapshot.sha256:
        faults.append(Fault(document, None, f"its rendition has another SHA-256 than recorded ({text_hash})"))
    if len(faults) == before:
        reason = rendition_fault(snapshot, data, text)
        if reason:
            faults.append(Fault(document, None, reason))
    return len(spanned), False


def _spans(document: str, rows: Sequence[Any], text: str) -> Iterator[Fault]:
    read: dict[tuple[int, int], str] = {}
    told: set[tuple[tuple[int, int], str | None]] = set()
    for row in rows:
        span = (row.span_start, row.span_end)
        now = read.get(span)
        if now is None:
            words = text[span[0] : span[1]]
            now = read[span] = hash_words(words) if len(words) == span[1] - span[0] else "past the end"
        if now != row.words_hash and (span, row.words_hash) not in told:
            told.add((span, row.words_hash))
            said = f", recorded as {row.words!r}" if row.words else ""
            reason = f"the words there are now {text[span[0] : span[1]]!r}{said}"
            yield Fault(document, span, reason, row.id)
