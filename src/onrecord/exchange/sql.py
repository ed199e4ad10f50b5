"""Questions in SQL to a snapshot, read-only: DuckDB sees the snapshot's views and nothing else of the machine."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.exchange.datapackage import FILE
from onrecord.intake.problems import missing_extra
from onrecord.model.problems import OnrecordError


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns and rows of an answer."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def query(folder: Path, sql: str) -> Answer:
    """Answer one SELECT over the tables of a snapshot (``datapackage.TABLES`` names them).

    The connection is in memory; it may read the snapshot's files and nothing else, cannot attach databases,
    load extensions, write files or be unlocked. Raises OnrecordError ``no-snapshot``, ``bad-sql``,
    ``missing-extra``.
    """
    try:
        import duckdb
    except ImportError as error:
        raise missing_extra("analytics", "SQL over a snapshot") from error
    package = _package(folder)
    connection = duckdb.connect(":memory:")
    try:
        # A file is read when a view is used: the folder stays open to reading, everything else is shut off.
        connection.execute(f"SET allowed_directories = [{_text(str(folder.resolve()) + '/')}]")
        for resource in package["resources"]:
            files = ", ".join(_text(str(_inside(folder, path))) for path in resource["path"])
            connection.execute(
                f'CREATE VIEW "{resource["title"]}" AS '
                f"SELECT * FROM read_parquet([{files}], hive_partitioning = false)"
            )
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        statements = connection.extract_statements(sql)
        kinds = {str(one.type).rpartition(".")[2] for one in statements}
        if len(statements) != 1 or kinds - {"SELECT", "EXPLAIN"}:
            raise OnrecordError(
                "bad-sql",
                "only one SELECT is answered: a snapshot is read-only",
                "Ask with one SELECT.",
                "sql",
            )
        result = connection.execute(statements[0])
        columns = tuple(column[0] for column in result.description or ())
        return Answer(columns, tuple(result.fetchall()))
    except duckdb.Error as error:
        raise OnrecordError(
            "bad-sql", str(error).splitlines()[0], "`describe deeds` names the columns of a table.", "sql"
        ) from error
    finally:
        connection.close()


def _package(folder: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {"resources": [{"title": str(r["title"]), "path": list(r["path"])} for r in told["resources"]]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OnrecordError(
            "no-snapshot", f"no {FILE} that can be read", "Make one: onrecord snapshot DIR.", str(folder)
        ) from error


def _inside(folder: Path, path: str) -> Path:
    """A file of the snapshot: a description that came from elsewhere may name no other."""
    found = (folder / path).resolve()
    if not found.is_relative_to(folder.resolve()):
        raise OnrecordError(
            "no-snapshot",
            f"{FILE} names a file outside the folder",
            "Make it again: onrecord snapshot DIR.",
            path,
        )
    return found


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
