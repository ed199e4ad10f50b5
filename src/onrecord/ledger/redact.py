"""Takedown: a text or a person's name goes, by a reasoned decision; its hashes and the decision stay.

What goes: the bytes of the snapshot and of the rendition, the document's title, the words of every statement of the
document, decisions on it included, and for a name every value, holder, relay and index key that has it. What stays:
ids, spans, hashes, dates, who decided and why. ``verify`` calls such a document redacted, not broken; the commit chain
still holds.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from onrecord.ledger import log
from onrecord.ledger.decisions import Decision, Place, decision_id, rows_of
from onrecord.ledger.events import calls_attempt
from onrecord.ledger.keys import about, keys_of
from onrecord.ledger.search import forget
from onrecord.ledger.statements import as_micros, canonical, document_key, micros
from onrecord.ledger.store import Store, add_touches, get_blob
from onrecord.ledger.tables import ATTEMPT, GONE, blob, entry, of_kind, redaction, statement, touch
from onrecord.ledger.world import Codings
from onrecord.model.problems import OnrecordError


def redact(
    store: Store,
    documents: list[str],
    by: str,
    reason: str,
    name: str | None = None,
    recorded_at: str | datetime | None = None,
) -> list[Decision]:
    """Take the text of ``documents`` down, and with ``name`` that name out of their records of actors.

    A blob that other documents share stays until they are redacted too. Raises OnrecordError ``no-name``,
    ``no-record``.
    """
    if not by.strip() or not reason.strip():
        raise OnrecordError(
            "no-name", "a redaction needs a named person and a reason", "Say who decides, and why."
        )
    given = recorded_at is not None
    moment = as_micros(recorded_at) if recorded_at is not None else micros(datetime.now(UTC))
    done: list[Decision] = []
    with store.writing(durable=True) as connection:
        for document in documents:
            ranges = _ranges(connection, document)
            if not ranges:
                raise OnrecordError(
                    "no-record", "no document has this id", "Give the id of a document.", document
                )
            told = ["redact", by, reason, document, name, moment]
            place = Place(document, document, "document", None)
            decision = Decision(
                decision_id(document, told), "redact", by, moment, reason, place, (), None, None, None
            )
            number = log.append(
                connection,
                rows_of(decision, None),
                "decision",
                decision.id,
                document,
                "person",
                by,
                None,
                moment,
                given,
            )
            add_touches(connection, [about(document)], number)
            _take(connection, document, decision.id, name)
            done.append(decision)
        forget(connection, store.sqlite)
    return done


def naming(connection: Connection, name: str) -> list[str]:
    """Documents in which an actor has this name, or whose text holds it."""
    found = connection.execute(
        select(statement.c.document)
        .where(
            statement.c.kind == "actor", statement.c.property == "name", statement.c.value == canonical(name)
        )
        .distinct()
    ).scalars()
    documents = set(found)
    for document, first, last in _codings(connection):
        if document not in documents:
            data = get_blob(connection, _blobs(connection, first, last)[1])
            if data is not None and name in data.decode("utf-8", "replace"):
                documents.add(document)
    return sorted(documents)


def _codings(connection: Connection) -> list[Any]:
    chosen = select(entry.c.document, entry.c.first, entry.c.last).where(entry.c.kind == "coding")
    return list(connection.execute(chosen.order_by(entry.c.number)))


def _ranges(connection: Connection, document: str) -> list[tuple[int, int]]:
    return [(first, last) for one, first, last in _codings(connection) if one == document]


def _blobs(connection: Connection, first: int, last: int) -> tuple[str, str]:
    """(snapshot, rendition) of a coding."""
    told = connection.execute(
        select(statement.c.property, statement.c.value).where(
            statement.c.seq.between(first, last),
            statement.c.kind == "document",
            statement.c.property.in_(("snapshot", "text")),
        )
    ).all()
    values = {name: json.loads(value)["sha256"] for name, value in told}
    return values["snapshot"], values["text"]


def _take(connection: Connection, document: str, decision: str, name: str | None) -> None:
    shared = {
        one
        for other, first, last in _codings(connection)
        if other != document
        for one in _blobs(connection, first, last)
    }
    ranges = _ranges(connection, document)
    gone = {one for first, last in ranges for one in _blobs(connection, first, last)} - shared
    _name(connection, [document, *sorted(gone), *_attempts(connection, ranges)], decision)
    connection.execute(delete(blob).where(blob.c.sha256.in_(gone)))
    scrub(connection, document, decision, [name] if name is not None else [])


def scrub(connection: Connection, document: str, decision: str, names: list[str]) -> None:
    """Take the words, the title and ``names`` out of the statements of a document whose text is taken down."""
    told = select(entry.c.first, entry.c.last).where(entry.c.document_key == document_key(document))
    for first, last in connection.execute(told).all():
        mine = statement.c.seq.between(first, last)
        connection.execute(update(statement).where(mine, statement.c.words.is_not(None)).values(words=None))
        for row in connection.execute(select(statement).where(mine)).all():
            found = _without(row, names)
            if found:
                _name(connection, [row.id], decision)
                change = update(statement).where(statement.c.seq == row.seq)
                connection.execute(change.values(**found, words=None))
    retouch(connection, document)


def _without(row: Any, names: list[str]) -> dict[str, str]:
    """The columns of a statement that hold what must go, without it."""
    found: dict[str, str] = {}
    if row.kind == "document" and row.property == "title" and json.loads(row.value) != GONE:
        found["value"] = canonical(GONE)
    for name in names:
        quoted = canonical(name)[1:-1]
        for column, wanted in (("value", quoted), ("relay", quoted), ("holder", name)):
            text = found.get(column) or getattr(row, column)
            if text is not None and wanted in text:
                found[column] = text.replace(wanted, GONE)
    return found


def retouch(connection: Connection, document: str) -> None:
    """Make the index keys of a document's codings anew: a name may have been one."""
    codings = select(entry).where(entry.c.document_key == document_key(document), of_kind("coding"))
    cache = Codings()
    for one in connection.execute(codings).all():
        coded = cache.get(connection, one).coded
        connection.execute(delete(touch).where(touch.c.number == one.number))
        add_touches(connection, keys_of(coded), one.number)


def _attempts(connection: Connection, ranges: list[tuple[int, int]]) -> list[str]:
    """Marks of the events that their own words call attempts: without these words they would read as done."""
    found = []
    for first, last in ranges:
        told = select(statement.c.subject, statement.c.words).where(
            statement.c.seq.between(first, last),
            statement.c.kind == "event",
            statement.c.property == "trigger",
        )
        found += [ATTEMPT + one for one, words in connection.execute(told) if words and calls_attempt(words)]
    return sorted(set(found))


def _name(connection: Connection, targets: list[str], decision: str) -> None:
    """Name what may go, before it goes: the triggers let nothing else through."""
    known = set(
        connection.execute(select(redaction.c.target).where(redaction.c.target.in_(targets))).scalars()
    )
    rows = [{"target": one, "decision": decision} for one in targets if one not in known]
    if rows:
        connection.execute(insert(redaction), rows)
