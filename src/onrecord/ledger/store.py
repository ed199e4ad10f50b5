"""Opening a store, and its transactions: SQLite and PostgreSQL by one code path.

Readers never wait. Writers take one lock in turn (``BEGIN IMMEDIATE``; an advisory lock on PostgreSQL),
because the commit chain has one head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from onrecord.ledger.statements import Statement
from onrecord.ledger.tables import COLUMNS, SCHEMA_VERSION, blob, meta, metadata, statement, touch, triggers
from onrecord.model.ids import sha256
from onrecord.model.problems import OnrecordError

LOCK = 7_305_412_021
BUSY_SECONDS = 60


def url_of(where: str | Path) -> URL:
    """The database URL of a path (SQLite) or of a ``postgresql://`` address, which psycopg 3 serves."""
    text = str(where)
    if text.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        return make_url("postgresql+psycopg://" + text.split("://", 1)[1])
    if text.startswith("sqlite:///"):
        return make_url(text)
    return URL.create("sqlite", database=text)


class Store:
    """One database holding one ledger.

    Raises OnrecordError: ``no-ledger`` where none is and ``create`` is false, ``not-a-ledger`` for another
    kind of file, ``ledger-older`` and ``ledger-newer`` for a schema of another version (unless ``any_version``,
    with which it is upgraded), ``ledger-busy``, ``disk-full`` and ``ledger-unreadable`` where it fails.
    """

    def __init__(self, where: str | Path, create: bool = True, any_version: bool = False) -> None:
        self.where = str(where)
        self.any_version = any_version
        self.url = url_of(where)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        if self.sqlite and self.url.database:
            path = Path(self.url.database)
            if not create and not path.exists():
                raise OnrecordError(
                    "no-ledger",
                    "there is no ledger here",
                    "Record a coded document first, or give another path.",
                    self.where,
                )
            path.parent.mkdir(parents=True, exist_ok=True)
        self.engine = self._engine()
        with self.guard():
            self._prepare(create)

    def _engine(self) -> Engine:
        if not self.sqlite:
            return create_engine(self.url, pool_pre_ping=True)
        engine = create_engine(self.url, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})

        @event.listens_for(engine, "connect")
        def _connect(dbapi: Any, _: Any) -> None:
            dbapi.isolation_level = None
            for pragma in (
                "journal_mode=WAL",
                "synchronous=NORMAL",
                "cache_size=-65536",
                "temp_store=MEMORY",
            ):
                dbapi.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            options = connection.get_execution_options()
            if options.get("durable"):
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA synchronous=FULL")
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")

        return engine

    def _prepare(self, create: bool) -> None:
        with self.engine.connect() as connection:
            version = self.version(connection)
        if version is None:
            if not create:
                raise OnrecordError(
                    "no-ledger", "there is no ledger here", "Record a coded document first.", self.where
                )
            with self.writing() as connection:
                if self.version(connection) is None:
                    metadata.create_all(connection)
                    for ddl in triggers(connection.dialect.name):
                        connection.exec_driver_sql(ddl)
                    connection.execute(insert(meta).values(name="schema", value=str(SCHEMA_VERSION)))
        elif version != SCHEMA_VERSION and not self.any_version:
            self._refuse(version)

    def _refuse(self, version: int) -> None:
        told = f"its schema is version {version}, this program's is {SCHEMA_VERSION}"
        if version < SCHEMA_VERSION:
            raise OnrecordError(
                "ledger-older", told, f"Keep a copy, then run: onrecord upgrade {self.where}", self.where
            )
        raise OnrecordError(
            "ledger-newer", told, "Open it with the onrecord that wrote it, or a newer one.", self.where
        )

    def version(self, connection: Connection) -> int | None:
        """The schema version of the ledger; None where there is none. Raises OnrecordError ``not-a-ledger``."""
        names = inspect(connection).get_table_names()
        told = None
        if "meta" in names:
            told = connection.execute(select(meta.c.value).where(meta.c.name == "schema")).scalar()
        if told is not None and str(told).isdecimal():
            return int(told)
        if names and self.sqlite:
            raise OnrecordError(
                "not-a-ledger", "this database holds something else", "Give the path of a ledger.", self.where
            )
        return None

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Failures of the database as problems with a remedy."""
        try:
            yield
        except DBAPIError as error:
            raise self._problem(error) from error

    def _problem(self, error: DBAPIError) -> OnrecordError:
        text = str(error.orig)
        lower = text.lower()
        if "full" in lower or "no space" in lower or "disk i/o" in lower:
            return OnrecordError(
                "disk-full",
                f"the store could not be written: {text}",
                "Free some space and run the command again: what was recorded stays, the rest is not there.",
                self.where,
            )
        if "locked" in lower or "busy" in lower:
            return OnrecordError(
                "ledger-busy", text, "Another writer holds the ledger; try again.", self.where
            )
        if "append-only" in lower:
            return OnrecordError("append-only", text, "Record a new statement, or a decision.", self.where)
        if "not a database" in lower or "malformed" in lower:
            return OnrecordError(
                "not-a-ledger", text, "Give the path of a ledger, or restore a backup.", self.where
            )
        if isinstance(error, (OperationalError, DatabaseError)):
            return OnrecordError(
                "ledger-unreadable", text, "Check the path or address of the ledger.", self.where
            )
        raise error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the store."""
        with self.guard(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, durable: bool = False) -> Iterator[Connection]:
        """All or nothing, one writer at a time; ``durable`` waits for the disk (people's decisions)."""
        with self.guard(), self.engine.connect() as connection:
            if self.sqlite:
                connection = connection.execution_options(writes=True, durable=durable)
            with connection.begin():
                if not self.sqlite:
                    connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
                yield connection

    def close(self) -> None:
        self.engine.dispose()


def add_rows(connection: Connection, rows: Sequence[Statement]) -> None:
    """Insert statements; the driver's own executemany, which is where the time goes."""
    _many(connection, statement.name, COLUMNS, rows, "")


def add_touches(connection: Connection, keys: Iterable[str], number: int) -> None:
    """Insert index keys of an entry."""
    rows = [(key, number) for key in sorted(set(keys))]
    _many(connection, touch.name, ("key", "number"), rows, " ON CONFLICT DO NOTHING")


def _many(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], tail: str
) -> None:
    if not rows:
        return
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    names = ", ".join(columns)
    marks = ", ".join([mark] * len(columns))
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks}){tail}", list(rows))


def put_blob(connection: Connection, data: bytes) -> str:
    """Store bytes under their SHA-256; the same bytes are stored once."""
    name = sha256(data)
    known = connection.execute(select(blob.c.sha256).where(blob.c.sha256 == name)).scalar()
    if known is None:
        connection.execute(insert(blob).values(sha256=name, data=data, size=len(data)))
    return name


def get_blob(connection: Connection, name: str) -> bytes | None:
    """The stored bytes as they are now; nothing is checked here."""
    data = connection.execute(select(blob.c.data).where(blob.c.sha256 == name)).scalar()
    return None if data is None else bytes(data)
