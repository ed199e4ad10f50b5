"""Titles in two words, on any of which the tree may hang what goes with them: "chargé d'affaires", "consulate general".

Requires the reading alone. Gives what hangs on a noun, of one or more words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

_AFFAIRES = frozenset(("affaires", "d'affaires", "d’affaires"))
_GENERALS = frozenset(("general", "generals"))


def phrases_below(reading: Reading, head: int, *prepositions: str) -> list[int]:
    """The phrases that hang on a noun by a preposition: "the consulates-general in Izmir and Adana"."""
    return [
        child for each in _title(reading, head) for child in syntax.obliques(reading, each, *prepositions)
    ]


def attributes(reading: Reading, head: int) -> list[int]:
    """What hangs on a noun without a clause of its own: the "Syria's" of "Syria's consulate-general"."""
    title = _title(reading, head)
    heads = (head,) if reading.lower(title[-1]) in _AFFAIRES else title
    return [
        child
        for each in heads
        for child in syntax.kids(reading, each, "nmod", "amod", "compound", "flat")
        if len(heads) == 1 or child not in heads
    ]


def _title(reading: Reading, head: int) -> tuple[int, ...]:
    """The words of a title of which a noun is one; the noun alone where it is none."""
    last = head + 1
    if last + 1 < len(reading) and reading.lower(last) == "-":
        last += 1
    if last < len(reading) and reading.lower(last) in _AFFAIRES | _GENERALS:
        return head, last
    first = head - 2 if head > 1 and reading.lower(head - 1) == "-" else head - 1
    if first >= 0 and reading.lower(head) in _GENERALS and "consul" in reading.lower(first):
        return head, first
    return (head,)
