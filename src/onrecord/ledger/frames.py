"""Rows as tables for researchers: Arrow, pandas, polars. Each needs its own package, named where it is missing."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, TypeVar

from onrecord.ledger.rows import to_dict
from onrecord.model.problems import OnrecordError

EXTRA = "analytics"
R = TypeVar("R")


class Rows(list[R]):
    """A list of typed rows that also goes out as a table. Raises OnrecordError ``missing-extra`` without
    the package."""

    def to_arrow(self) -> Any:
        """A ``pyarrow.Table``."""
        return _package("pyarrow").Table.from_pylist(records(self))

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame``."""
        return _package("pandas").DataFrame(records(self))

    def to_polars(self) -> Any:
        """A ``polars.DataFrame``."""
        return _package("polars").DataFrame(records(self), infer_schema_length=None)


def records(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as flat mappings: what is nested becomes its short text, lists are joined by semicolons."""
    found = [to_dict(row) for row in rows]
    names = list(dict.fromkeys(name for row in found for name in row))
    return [{name: _flat(row.get(name)) for name in names} for row in found]


def _flat(value: Any) -> Any:
    if isinstance(value, dict):
        for name in ("edtf", "code", "name", "words", "text", "what", "label"):
            if name in value:
                return value[name]
        return "; ".join(f"{key}={_flat(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(str(_flat(item)) for item in value)
    return value


def _package(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        remedy = f"Install it: pip install 'onrecord[{EXTRA}]', or pip install {name}."
        raise OnrecordError("missing-extra", f"{name} is not installed", remedy) from None
