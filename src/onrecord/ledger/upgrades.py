"""Upgrades of a store from every schema version there has been: an explicit ladder, one step a version.

A step changes tables and data; triggers and derived index keys are written anew at the end, as this version has them.
The whole upgrade is one transaction on either store: it is done or it never began. There is no way back but a backup.

Why no migration library: there is one linear line of versions, all DDL fits one module, and the triggers, which most
of it is, are what such a library leaves to raw SQL. It would be a dependency of every installation for a few
statements.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, select, update

from onrecord.ledger.redact import scrub
from onrecord.ledger.store import Store
from onrecord.ledger.tables import APPEND_ONLY, SCHEMA_VERSION, entry, meta, redaction, statement, triggers
from onrecord.ledger.upkeep import index
from onrecord.ledger.world import Codings
from onrecord.model.problems import OnrecordError


def upgrade(where: str | Path) -> list[str]:
    """Bring a ledger to this program's schema; what was done, a line a step, nothing where it is of this version.

    Raises OnrecordError ``no-ledger``, ``not-a-ledger``, ``ledger-newer``.
    """
    store = Store(where, create=False, any_version=True)
    try:
        with store.writing(durable=True) as connection:
            version = store.version(connection)
            if version is None or version > SCHEMA_VERSION:
                raise OnrecordError(
                    "ledger-newer",
                    f"its schema is version {version}, this program's is {SCHEMA_VERSION}",
                    "Open it with the onrecord that wrote it, or a newer one.",
                    store.where,
                )
            steps = range(version + 1, SCHEMA_VERSION + 1)
            if steps:
                _drop_triggers(connection)
                for step in steps:
                    STEPS[step][1](connection)
                index(connection, Codings())
                for ddl in triggers(connection.dialect.name):
                    connection.exec_driver_sql(ddl)
                connection.execute(
                    update(meta).where(meta.c.name == "schema").values(value=str(SCHEMA_VERSION))
                )
            return [f"{step - 1} to {step}: {STEPS[step][0]}" for step in steps]
    finally:
        store.close()


def _drop_triggers(connection: Connection) -> None:
    for table in APPEND_ONLY:
        for action in ("update", "delete", "truncate"):
            name = f"{table}_no_{action}"
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            else:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")


def _to_2(connection: Connection) -> None:
    """Takedowns of version 1 left the title, the words of decisions, and a person's name as holder and in the index."""
    gone = select(entry.c.document, redaction.c.decision).join(
        redaction, redaction.c.target == entry.c.document
    )
    for document, decision in set(connection.execute(gone).all()):
        scrub(connection, document, decision, _names(connection, document))


def _names(connection: Connection, document: str) -> list[str]:
    """The names that were taken down in a document: what the statements of a redacted actor's claims name as holder."""
    mine = statement.c.document == document
    rows = connection.execute(
        select(
            statement.c.subject, statement.c.kind, statement.c.property, statement.c.value, statement.c.holder
        )
        .join(entry, statement.c.seq.between(entry.c.first, entry.c.last))
        .where(entry.c.document == document, mine)
    ).all()
    actors = {
        row.subject
        for row in rows
        if row.kind == "actor" and row.property == "name" and row.value == '"[redacted]"'
    }
    held = {row.holder for row in rows if row.property == "holder" and json.loads(row.value) in actors}
    return sorted(name for name in held if name)


STEPS: dict[int, tuple[str, Callable[[Connection], None]]] = {
    2: (
        "takedowns reach titles, holders, relays, decisions and index keys; decisions are found by the documents "
        "they bear on; the machine's merges can be put on record",
        _to_2,
    ),
}
