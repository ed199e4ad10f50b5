"""Ledgers kept as files: the DDL of both stores and every row, so that a later schema is tried on real old data.

``python -m tests.ledger.stored FILE`` writes one in the schema of this version; it is run once for each schema
version, before the next one, and its file never changes after that.
"""

from __future__ import annotations

import base64
import gzip
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from onrecord.ledger import Ledger
from onrecord.ledger.store import url_of
from onrecord.ledger.tables import metadata, triggers
from tests.ledger.authoring import load

HERE = Path(__file__).parent
SCHEMAS = HERE / "schemas"


def furnish(ledger: Ledger) -> None:
    """Documents, a coding made again, and every kind of decision, a takedown of a name and of a text among them."""
    for one in load(HERE / "acid" / "03_threat" / "documents.yaml"):
        ledger.record(one.coded, recorded_at=one.recorded)
    sample = [one.coded for one in load(HERE / "cases" / "sample.yaml")]
    for coded in sample:
        ledger.record(coded, recorded_at="2021-12-01T08:00:00Z")
    again = sample[2].model_copy(deep=True)
    again.coded_by.at = "2021-12-02T00:00:00Z"
    ledger.record(again, recorded_at="2021-12-02T08:00:00Z")
    first, second, *_ = ledger.events()
    ledger.accept(first.id, by="A. Clerk", reason="checked", at="2021-12-03T08:00:00Z")
    merged = ledger.merge(first.id, second.id, by="A. Clerk", reason="one deed", at="2021-12-03T09:00:00Z")
    ledger.undo(merged.id, by="B. Clerk", reason="two deeds", at="2021-12-03T10:00:00Z")
    ledger.correct(second.id, "type", "SANCTION", by="B. Clerk", reason="a slip", at="2021-12-04T08:00:00Z")
    ledger.redact(
        name="Leonid Slutsky", by="C. Counsel", reason="a request granted", at="2021-12-05T08:00:00Z"
    )
    ledger.redact(sample[0].document.id, by="C. Counsel", reason="a court's order", at="2021-12-05T09:00:00Z")


def dump(ledger: Ledger) -> dict[str, Any]:
    """The DDL that this version emits for each store, and every row of the ledger (a SQLite one)."""
    dialect = postgresql.dialect()
    ddl = [str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables]
    ddl += [
        str(CreateIndex(index).compile(dialect=dialect))
        for table in metadata.sorted_tables
        for index in sorted(table.indexes, key=lambda i: str(i.name))
    ]
    rows = {}
    with ledger.store.reading() as connection:
        own = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'words%' ORDER BY rowid"
        ).scalars()
        sqlite = list(own)
        for table in metadata.sorted_tables:
            names = [column.name for column in table.columns]
            rows[table.name] = [
                dict(zip(names, map(_plain, row), strict=True)) for row in connection.execute(select(table))
            ]
    return {"sqlite": sqlite, "postgresql": [*ddl, *triggers("postgresql")], "rows": rows}


def _plain(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _stored(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def restore(kept: dict[str, Any], where: str) -> None:
    """Make the ledger of a kept file at a path or address, exactly as it was, with no help from the program."""
    engine = create_engine(url_of(where))
    with engine.begin() as connection:
        for ddl in kept["sqlite" if connection.dialect.name == "sqlite" else "postgresql"]:
            connection.exec_driver_sql(ddl)
        for table, rows in kept["rows"].items():
            for row in rows:
                names = ", ".join(row)
                marks = ", ".join(f":{name}" for name in row)
                connection.execute(
                    text(f"INSERT INTO {table} ({names}) VALUES ({marks})"),
                    {name: _stored(value) for name, value in row.items()},
                )
    engine.dispose()


def kept(version: int) -> dict[str, Any]:
    """The ledger kept in one schema version."""
    return json.loads(gzip.decompress((SCHEMAS / f"{version}.json.gz").read_bytes()))  # type: ignore[no-any-return]


def main(target: Path) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "kept.sqlite") as ledger,
    ):
        furnish(ledger)
        told = json.dumps(dump(ledger), ensure_ascii=False, indent=0).encode()
    target.write_bytes(gzip.compress(told, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
