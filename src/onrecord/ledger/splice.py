"""A sorted list of rows with some of them replaced."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from typing import Any


def spliced(
    rows: list[Any], gone: Iterable[Any], fresh: Iterable[Any], key: Callable[[Any], Any]
) -> list[Any]:
    """``rows``, in place, without those that are gone, with the fresh ones in their places. No two have one key."""
    for row in gone:
        del rows[bisect_left(rows, key(row), key=key)]
    for row in fresh:
        insort(rows, row, key=key)
    return rows
