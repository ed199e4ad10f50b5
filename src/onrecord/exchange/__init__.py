"""Handing results on: exports that other tools read, snapshots for analysis, and imports of event data.

Importing this package costs nothing; every library of another format is imported when it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.exchange.datapackage import snapshot
    from onrecord.exchange.formats import KINDS, export
    from onrecord.exchange.importing.read import SOURCES, read_rows
    from onrecord.exchange.picture import Picture, take
    from onrecord.exchange.report import Report
    from onrecord.exchange.sql import Answer, query

_HOME = {
    "KINDS": "formats", "export": "formats", "SOURCES": "importing.read", "read_rows": "importing.read",
    "Picture": "picture", "take": "picture", "Answer": "sql", "query": "sql", "Report": "report",
    "snapshot": "datapackage",
}  # fmt: skip

__all__ = [
    "KINDS",
    "SOURCES",
    "Answer",
    "Picture",
    "Report",
    "export",
    "query",
    "read_rows",
    "snapshot",
    "take",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
