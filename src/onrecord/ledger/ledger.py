"""The ledger: one database of statements, what can be recorded in it and what can be asked of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, func, select

from onrecord.ledger import log, review
from onrecord.ledger.decompose import Taken, decompose
from onrecord.ledger.desk import Desk
from onrecord.ledger.keys import keys_of
from onrecord.ledger.snapshots import snapshot_bytes
from onrecord.ledger.statements import as_micros, document_key, iso, micros
from onrecord.ledger.store import Store, add_touches, put_blob
from onrecord.ledger.tables import entry, of_kind, statement
from onrecord.ledger.upgrades import upgrade
from onrecord.ledger.upkeep import Rebuilt, copy, rebuild, signers
from onrecord.model.checks import problems
from onrecord.model.problems import OnrecordError, Problem
from onrecord.model.records import CodedDocument

BATCH_STATEMENTS = 20_000


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What recording one coded document did: ``statements`` is how many are new, 0 if all were on record."""

    document: str
    coding: str
    statements: int
    recorded: str

    @property
    def new(self) -> bool:
        return self.statements > 0


class Ledger(Desk):
    """A ledger on SQLite (a path) or PostgreSQL (an address). Close it, or use it as a context."""

    @classmethod
    def open(cls, where: str | Path, create: bool = True, allowed: str | None = None) -> Self:
        """Open a ledger; where there is none, make one unless ``create`` is false.

        With ``allowed`` (a TLP marking) no view, page, brief or search uses a document that is marked stricter.

        Raises OnrecordError ``no-ledger``, ``not-a-ledger``, ``ledger-older``, ``ledger-newer``,
        ``ledger-unreadable``, ``bad-marking``.
        """
        return cls(Store(where, create), allowed)

    @staticmethod
    def upgrade(where: str | Path) -> list[str]:
        """Bring a ledger of an older version to this one's schema, all of it or nothing; a line for each step done.

        Raises OnrecordError ``no-ledger``, ``ledger-newer``.
        """
        return upgrade(where)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()

    def record(
        self, coded: CodedDocument, snapshot: bytes | None = None, recorded_at: str | datetime | None = None
    ) -> RecordResult:
        """Put one coded document on record, whole or not at all; again is no change.

        ``snapshot`` is the bytes the document was read from (needed unless the text is plain or carries
        them); ``recorded_at`` the time of recording, for archives, which is marked as given. Raises
        OnrecordError ``bad-span``, ``bad-reference``, ``bad-snapshot``, ``document-differs``, ``clock-back``,
        ``disk-full``.
        """
        outcome = next(self.record_many([(coded, snapshot)], recorded_at))
        if isinstance(outcome, Problem):
            raise OnrecordError.of(outcome)
        return outcome

    def record_many(
        self,
        documents: Iterable[tuple[CodedDocument, bytes | None]],
        recorded_at: str | datetime | None = None,
    ) -> Iterator[RecordResult | Problem]:
        """Record many documents, some thousand statements a transaction; each is on record once its result
        is yielded.

        A document that cannot be recorded yields its problem in its turn, and the others go on record. A
        store that fails raises OnrecordError, as ``record`` says; what was yielded before is kept.
        """
        batch: list[tuple[CodedDocument, bytes, Taken]] = []
        waiting = 0
        for coded, given in documents:
            try:
                ready = _ready(coded, given)
            except OnrecordError as error:
                full, batch, waiting = batch, [], 0
                yield from self._write(full, recorded_at)
                yield error.problem
                continue
            batch.append(ready)
            waiting += len(ready[2].rows)
            if waiting >= BATCH_STATEMENTS:
                full, batch, waiting = batch, [], 0
                yield from self._write(full, recorded_at)
        yield from self._write(batch, recorded_at)

    def _write(
        self, batch: list[tuple[CodedDocument, bytes, Taken]], recorded_at: str | datetime | None
    ) -> list[RecordResult | Problem]:
        if not batch:
            return []
        given = recorded_at is not None
        done: list[RecordResult | Problem] = []
        with self.store.writing() as connection:
            recorded = micros(datetime.now(UTC)) if recorded_at is None else as_micros(recorded_at)
            for coded, data, taken in batch:
                new = self._put(connection, coded, data, taken, recorded, given)
                if isinstance(new, int):
                    done.append(RecordResult(taken.document, taken.coding, new, iso(recorded)))
                else:
                    done.append(new)
        return done

    def _put(
        self,
        connection: Connection,
        coded: CodedDocument,
        data: bytes,
        taken: Taken,
        recorded: int,
        given: bool,
    ) -> int | Problem:
        known = connection.execute(
            select(entry.c.number, entry.c.at, entry.c.first).where(entry.c.coding == taken.coding)
        ).all()
        rows = taken.rows
        if known:
            if taken.at is None or any(one.at == taken.at for one in known):
                return 0
            # The same coding made again at another time: only that time is new.
            rows = [row for row in rows if row.property == "coded_at"]
        elif (other := self._other_document(connection, taken)) is not None:
            return other
        put_blob(connection, data)
        put_blob(connection, coded.document.text.encode("utf-8", "surrogatepass"))
        number = log.append(
            connection,
            rows,
            "again" if known else "coding",
            taken.coding,
            taken.document,
            taken.author_kind,
            taken.author,
            taken.at,
            recorded,
            given,
        )
        if not known:
            add_touches(connection, keys_of(coded), number)
        return len(rows)

    def _other_document(self, connection: Connection, taken: Taken) -> Problem | None:
        """One document id has one snapshot, whoever codes it; a newer extractor may make another text of
        it."""
        first = connection.execute(
            select(entry.c.first, entry.c.last)
            .where(entry.c.document_key == document_key(taken.document), of_kind("coding"))
            .order_by(entry.c.number)
            .limit(1)
        ).first()
        if first is None:
            return None
        told = connection.execute(
            select(statement.c.value).where(
                statement.c.seq.between(first.first, first.last),
                statement.c.kind == "document",
                statement.c.property == "snapshot",
            )
        ).scalar_one()
        mine = next(row.value for row in taken.rows if row.kind == "document" and row.property == "snapshot")
        if json.loads(told)["sha256"] != json.loads(mine)["sha256"]:
            return Problem(
                code="document-differs",
                where=taken.document,
                what="a document with this id and another snapshot is on record",
                remedy="The id is of the snapshot, the address and the outlet; other bytes are another document, "
                "which may say that it `supersedes` the earlier one.",
            )
        return None

    def add(self, document: str, group: str, fields: dict[str, Any], *, by: str, reason: str) -> str:
        """Add one record by hand, as a coding by a person, and return its id.

        ``group`` is a list of ``onrecord/1`` (``events``, ``acts`` …); ids in ``fields`` are record ids of the
        document. Raises OnrecordError ``no-name``, ``no-record``, ``bad-record``, ``bad-span``, ``bad-reference``.
        """
        if not by.strip():
            raise OnrecordError("no-name", "a record added by hand needs a named person", "Say who adds it.")
        coded = review.added(self.world(), document, group, fields, by)
        self.record(coded)
        identity = self.world().locals[document][getattr(coded, group)[-1].id]
        self.accept(identity, by=by, reason=f"added by hand: {reason}")
        return identity

    def rebuild(self) -> Rebuilt:
        """Make what is derived anew from the statements, and say whether it came out the same."""
        return rebuild(self.store, self._codings)

    def backup(self, where: str | Path, users: bool = False) -> int:
        """Copy this ledger, as it stands, into a new one at ``where`` on either store; the number of entries.

        People who may sign in at its pages are left out, unless with ``users``. Restoring is the same the other way
        round. Raises OnrecordError ``not-empty``.
        """
        target = Store(where)
        try:
            return copy(self.store, target, users)
        finally:
            target.close()

    def signers(self) -> list[str]:
        """The names of the people who may sign in at this ledger's pages."""
        return signers(self.store)

    def content_hash(self) -> str:
        """SHA-256 over the set of statement ids; two ledgers that say the same have the same."""
        with self.store.reading() as connection:
            return log.content_hash(connection)

    def head(self) -> dict[str, str | int]:
        """The head of the commit chain, to be kept elsewhere and given to ``verify_log``."""
        with self.store.reading() as connection:
            number, told = log.head(connection)
        return {"number": number, "head": told}

    def verify_log(self, head: dict[str, str | int] | None = None) -> list[log.Tampering]:
        """Every row altered, added or removed behind the ledger's back; empty if none was."""
        kept = None if head is None else (int(head["number"]), str(head["head"]))
        with self.store.reading() as connection:
            return list(log.audit(connection, kept))

    def counts(self) -> dict[str, int]:
        """Numbers of documents, codings, statements and snapshots on record."""
        with self.store.reading() as connection:
            documents = connection.execute(
                select(func.count(entry.c.document.distinct())).where(entry.c.kind == "coding")
            ).scalar_one()
            codings = connection.execute(
                select(func.count()).select_from(entry).where(entry.c.kind == "coding")
            ).scalar_one()
            statements = connection.execute(select(func.count()).select_from(statement)).scalar_one()
        return {"documents": documents, "codings": codings, "statements": statements}


def _ready(coded: CodedDocument, given: bytes | None) -> tuple[CodedDocument, bytes, Taken]:
    """A document checked and taken apart. Raises OnrecordError ``bad-span``, ``bad-reference``,
    ``bad-snapshot``."""
    for problem in problems(coded):
        raise OnrecordError.of(problem)
    return coded, snapshot_bytes(coded.document, given), decompose(coded, 0)
