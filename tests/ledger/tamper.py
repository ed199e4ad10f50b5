"""Changing a store behind its back, as somebody with the database in hand could."""

from __future__ import annotations

from typing import Any

from onrecord.ledger import Ledger


def behind_its_back(ledger: Ledger, sql: str, *values: Any) -> None:
    """Run one statement with the triggers out of the way."""
    with ledger.store.engine.begin() as connection:
        if ledger.store.sqlite:
            for table in ("statement", "entry", "blob"):
                for action in ("update", "delete"):
                    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{action}")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            sql = sql.replace("?", "%s")
        connection.exec_driver_sql(sql, values)
