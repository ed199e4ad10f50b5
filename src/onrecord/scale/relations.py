"""DuckDB as the calculator: one connection in memory that reaches for nothing outside it."""

from __future__ import annotations

from typing import Any

from onrecord.intake.problems import missing_extra


def connected() -> Any:
    """A connection in memory. It spills to a temporary folder of its own where memory runs short.

    Raises OnrecordError `missing-extra`.
    """
    try:
        import duckdb
    except ImportError as error:
        raise missing_extra("scale", "Identity at scale") from error
    con = duckdb.connect(config={"autoload_known_extensions": False, "autoinstall_known_extensions": False})
    con.execute("SET preserve_insertion_order = false")
    return con


def arrow() -> Any:
    """pyarrow. Raises OnrecordError `missing-extra`."""
    try:
        import pyarrow
    except ImportError as error:
        raise missing_extra("scale", "Identity at scale") from error
    return pyarrow
