"""The same stages on many workers, copies coded once, and identity over millions of mentions.

Importing this package costs nothing; what a part needs is imported when it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.scale.identity import identify
    from onrecord.scale.run import EXECUTORS, code
    from onrecord.scale.shards import Run
    from onrecord.scale.stage import Outcome, Settings

__all__ = ["EXECUTORS", "Outcome", "Run", "Settings", "code", "identify"]

_HOME = {
    "EXECUTORS": "run",
    "code": "run",
    "identify": "identity",
    "Run": "shards",
    "Outcome": "stage",
    "Settings": "stage",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
