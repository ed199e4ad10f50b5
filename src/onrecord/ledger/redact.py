"""Takedown: a text or a person's name goes, by a reasoned decision; its hashes and the decision stay.

What goes: the bytes of the snapshot and of the rendition, the words of every statement of the document, and for a
name its value in the records of actors. What stays: ids, spans, hashes, dates, who decided and why. ``verify`` calls
such a document redacted, not broken; the commit chain still holds.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from onrecord.ledger import log
from onrecord.ledger.decisions import Decision, Place, decision_id, rows_of
from onrecord.ledger.search import forget
from onrecord.ledger.statements import as_micros, canonical, micros
from onrecord.ledger.store import Store, get_blob
from onrecord.ledger.tables import blob, entry, redaction, statement
from onrecord.model.problems import OnrecordError

GONE = '"[redacted]"'


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
            log.append(
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
            _take(connection, document, ranges, decision.id, name)
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


def _take(
    connection: Connection, document: str, ranges: list[tuple[int, int]], decision: str, name: str | None
) -> None:
    shared = {
        one
        for other, first, last in _codings(connection)
        if other != document
        for one in _blobs(connection, first, last)
    }
    gone = {one for first, last in ranges for one in _blobs(connection, first, last)} - shared
    _name(connection, [document, *sorted(gone)], decision)
    connection.execute(delete(blob).where(blob.c.sha256.in_(gone)))
    for first, last in ranges:
        mine = statement.c.seq.between(first, last)
        connection.execute(update(statement).where(mine, statement.c.words.is_not(None)).values(words=None))
        if name is not None:
            named = mine & (statement.c.kind == "actor") & (statement.c.property == "name")
            rows = list(
                connection.execute(
                    select(statement.c.id).where(named, statement.c.value == canonical(name))
                ).scalars()
            )
            _name(connection, rows, decision)
            connection.execute(
                update(statement).where(statement.c.id.in_(rows)).values(value=GONE, words=None)
            )


def _name(connection: Connection, targets: list[str], decision: str) -> None:
    """Name what may go, before it goes: the triggers let nothing else through."""
    known = set(
        connection.execute(select(redaction.c.target).where(redaction.c.target.in_(targets))).scalars()
    )
    rows = [{"target": one, "decision": decision} for one in targets if one not in known]
    if rows:
        connection.execute(insert(redaction), rows)
