"""The tables of a ledger, and the triggers that forbid changing what is in them.

``statement`` is the record; ``entry`` is the commit chain over it, one row for each coding, decision or
redaction; ``blob`` keeps snapshots and renditions by their SHA-256. ``touch`` is an index that says which
entries bear on a key (an actor, a mission, a block of like events); it can be rebuilt from the statements
at any time.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

SCHEMA_VERSION = 2
"""Raised with every change of what is stored, each with its step in ``upgrades``."""

metadata = MetaData()

big = BigInteger().with_variant(Integer, "sqlite")

statement = Table(
    "statement",
    metadata,
    Column("seq", big, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("property", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("words", Text),
    Column("document", Text),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("words_hash", Text),
    Column("holder", Text),
    Column("relay", Text),
    Column("polarity", Text),
    Column("certainty", Text),
    Column("valid_from", Text),
    Column("valid_to", Text),
    Column("recorded", BigInteger, nullable=False),
    Column("author", Text, nullable=False),
    Column("coding", Text, nullable=False),
    Column("retracts", Text),
)

COLUMNS: tuple[str, ...] = tuple(column.name for column in statement.columns)

entry = Table(
    "entry",
    metadata,
    Column("number", big, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("coding", Text, nullable=False),
    Column("document", Text),
    Column("document_key", Text),
    Column("author_kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", BigInteger),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("recorded", BigInteger, nullable=False),
    Column("given", SmallInteger, nullable=False),
    Column("digests", LargeBinary, nullable=False),
    Column("previous", Text, nullable=False),
    Column("head", Text, nullable=False),
    Index("entry_coding", "coding"),
    Index("entry_kind", "kind"),
    Index("entry_document", "document_key"),
    Index("entry_recorded", "given", "recorded"),
)


def of_kind(*kinds: str) -> ColumnElement[bool]:
    """Entries of a kind among those that another condition chooses. SQLite keeps no statistics, and would rather read
    all the entries of the kind by its index than those of a document by theirs."""
    return entry.c.kind.concat("").in_(kinds)


blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("size", BigInteger, nullable=False),
)

touch = Table(
    "touch",
    metadata,
    Column("key", Text, primary_key=True),
    Column("number", big, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

PEOPLE = "user:"
"""How the name of a row of ``meta`` begins that holds the hash of a person's token, by which he signs in."""

redaction = Table(
    "redaction",
    metadata,
    Column("target", Text, primary_key=True),
    Column("decision", Text, nullable=False),
)

ATTEMPT = "attempt:"
"""How a row of ``redaction`` begins that says which event the words that are gone called an attempt."""

APPEND_ONLY = ("statement", "entry", "blob", "redaction")

REFUSAL = "is append-only: a change is a new statement, never an edit"

GONE = "[redacted]"
# What a redaction on record lets go: a snapshot's bytes, a statement's words, and a name or a title in its value.
# Everything else stays.
_MAY_GO = ("value", "holder", "relay")
_STAYS = tuple(name for name in COLUMNS if name not in (*_MAY_GO, "words"))


def _allowed(table: str, action: str, dialect: str) -> str | None:
    """The condition under which a trigger lets a change through; None for never."""
    if (table, action) == ("blob", "DELETE"):
        return "EXISTS (SELECT 1 FROM redaction WHERE target = OLD.sha256)"
    if (table, action) != ("statement", "UPDATE"):
        return None
    same = "IS" if dialect == "sqlite" else "IS NOT DISTINCT FROM"
    within = "instr" if dialect == "sqlite" else "strpos"
    held = [f"NEW.{name} {same} OLD.{name}" for name in _STAYS]
    gone = [
        f"(NEW.{name} {same} OLD.{name} OR coalesce({within}(NEW.{name}, '{GONE}'), 0) > 0)"
        for name in _MAY_GO
    ]
    named = "EXISTS (SELECT 1 FROM redaction WHERE target IN (OLD.id, OLD.document))"
    return " AND ".join([named, "NEW.words IS NULL", *held, *gone])


def triggers(dialect: str) -> list[str]:
    """The DDL that forbids UPDATE and DELETE, but for what a redaction names."""
    ddl: list[str] = []
    for table in APPEND_ONLY:
        for action in ("UPDATE", "DELETE"):
            unless = _allowed(table, action, dialect)
            name = f"{table}_no_{action.lower()}"
            if dialect == "sqlite":
                when = f" WHEN NOT ({unless})" if unless else ""
                ddl.append(
                    f"CREATE TRIGGER {name} BEFORE {action} ON {table}{when} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} {REFUSAL}'); END"
                )
                continue
            row = "OLD" if action == "DELETE" else "NEW"
            guard = f"IF {unless} THEN RETURN {row}; END IF; " if unless else ""
            ddl.append(_function(name, guard, table))
            ddl.append(
                f"CREATE TRIGGER {name} BEFORE {action} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        if dialect != "sqlite":
            name = f"{table}_no_truncate"
            ddl.append(_function(name, "", table))
            ddl.append(f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {name}()")
    return ddl


def _function(name: str, guard: str, table: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {guard}"
        f"RAISE EXCEPTION '{table} {REFUSAL}'; END $$"
    )
