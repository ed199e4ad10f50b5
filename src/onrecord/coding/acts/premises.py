"""How many houses a measure closes: a number that stands with them, or places, offices and kinds named one by one.

Requires the reading and the classes of nouns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of
from onrecord.coding.acts.counting import own_count, sum_of_epithets

if TYPE_CHECKING:
    from onrecord.coding.counts import Count
    from onrecord.reading.types import Reading

_HOUSES = frozenset(("mission", "consulate", "office", "estate"))
_IN = frozenset(("in", "at"))


def houses(reading: Reading, target: int) -> tuple[Count | None, float | None]:
    """The number that stands with houses, or how many are named: "its consulates in Lima and Cusco", "the trade office
    and the library", "the military and cultural offices"."""
    count = own_count(reading, target)
    if count is not None and count.value is not None:
        return count, count.value
    if reading.lower(target).endswith("s") and class_of(reading, target) & _HOUSES:
        named = _named_places(reading, target)
        epithets = sum_of_epithets(reading, target) if "office" in class_of(reading, target) else None
        return None, float(named) if named > 1 else epithets
    row = syntax.conjuncts(reading, target)
    if len(row) > 1 and all("office" in class_of(reading, each) for each in row):
        return None, None if any(reading.lower(each).endswith("s") for each in row) else float(len(row))
    below = syntax.obliques(reading, target, "of", "at", "in")
    consulates = [each for each in below if "consulate" in class_of(reading, each)]
    named = max((_named_places(reading, each) for each in consulates), default=0)
    return None, float(named) if named > 1 else None


def _named_places(reading: Reading, head: int) -> int:
    """How many places stand in a row after "in": consulates named one by one."""
    _, last = syntax.sentence(reading, head)
    at, places = head + 1, 0
    if at < last and reading.lower(at) in (",", "-"):
        at += 1
    if at + 1 < last and reading.lower(at) == "of":  # "the offices of the institute in Minsk and Brest"
        at = next((each for each in range(at + 1, min(last, at + 7)) if reading.lower(each) in _IN), last)
    if at >= last or reading.lower(at) not in _IN:
        return 0
    at += 1
    while at < last and (reading.word(at)[:1].isupper() or reading.lower(at) in (",", "and")):
        starts = reading.word(at)[:1].isupper() and not reading.word(at - 1)[:1].isupper()
        places += starts
        at += 1
    return places
