"""A sorted list of rows with some of them replaced."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from typing import Any


def spliced(
    rows: Iterable[Any], fresh: Iterable[Any], gone: Callable[[Any], bool], key: Callable[[Any], Any]
) -> list[Any]:
    """``rows`` without those that are gone, with the fresh ones in their places."""
    found = [row for row in rows if not gone(row)]
    for row in fresh:
        insort(found, row, key=key)
    return found
