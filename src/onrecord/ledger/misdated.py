"""Reports whose date disagrees with the event that their content names."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.ledger.reports import Item

NEAR_DAYS = 45
FAR_DAYS = 60
DATES_DIFFER = "dates differ"
Deed = tuple[str, str | None]
# What happens daily in a conflict is one event only on one day and in one place.
REPEATED = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "CONSULT"})
# A measure that cannot be taken twice within weeks.
ONCE = frozenset(
    {"suspend_own_mission", "close_mission", "close_consulate", "close_office", "parity_cap", "category_ban"}
)


@dataclass(frozen=True, slots=True)
class Stray:
    """A report whose date disagrees, the report of the event that it means, that event's group, and what shows it."""

    stray: str
    meant: str
    group: str
    why: tuple[str, ...]


class Dates:
    """Reports whose date disagrees with the event that their content names, kept for groups of reports.

    The deed, the parties and a number or ceiling are those of exactly one other event, which was published on within
    weeks, and no text tells of both; the date alone is off. The event keeps its date; the report is tied to it with the
    conflict shown.
    """

    def __init__(self) -> None:
        self.strays: dict[str, Stray] = {}
        self._speaking: dict[str, tuple[Deed, Item]] = {}
        # Only what happened within weeks before a report can be what it means, and only with a doer in common.
        self._days: dict[tuple[Deed, str], list[tuple[int, str]]] = defaultdict(list)
        self._published: dict[tuple[Deed, str], list[tuple[int, str]]] = defaultdict(list)

    def update(
        self, before: set[str], after: set[str], known: dict[str, Item], groups: dict[str, list[str]]
    ) -> set[str]:
        """Follow a change of groups; the groups, some gone, that are tied otherwise now."""
        looked: set[str] = set()
        for name in before:
            looked |= self._take(name)
        for name in sorted(after):
            item = known[groups[name][0]]
            looked |= self._put(name, (item.type, item.mode), _speaker(known, groups[name]))
        changed: set[str] = set()
        for name in looked | before | after:
            old = self.strays.pop(name, None)
            new = self._stray(name, known, groups) if name in groups else None
            if new is not None:
                self.strays[name] = new
            if new != old:
                changed.update((name, *(one.group for one in (old, new) if one is not None)))
        return changed

    def _put(self, name: str, deed: Deed, item: Item) -> set[str]:
        self._speaking[name] = (deed, item)
        for actor in item.actors:
            if item.interval.lower is not None:
                insort(self._days[(deed, actor)], (item.interval.lower.toordinal(), name))
            if item.doc.day is not None:
                insort(self._published[(deed, actor)], (item.doc.day.toordinal(), name))
        return self._seeing(deed, item)

    def _take(self, name: str) -> set[str]:
        deed, item = self._speaking.pop(name)
        for actor in item.actors:
            if item.interval.lower is not None:
                self._days[(deed, actor)].remove((item.interval.lower.toordinal(), name))
            if item.doc.day is not None:
                self._published[(deed, actor)].remove((item.doc.day.toordinal(), name))
        return self._seeing(deed, item)

    def _seeing(self, deed: Deed, item: Item) -> set[str]:
        """The groups that may mean an event: published on in the weeks after it."""
        if item.interval.lower is None:
            return set()
        day = item.interval.lower.toordinal()
        return {
            name
            for actor in item.actors
            for _, name in _between(self._published[(deed, actor)], day, day + NEAR_DAYS)
        }

    def _stray(self, name: str, known: dict[str, Item], groups: dict[str, list[str]]) -> Stray | None:
        deed, one = self._speaking[name]
        published = one.doc.day
        if not one.dated or published is None or one.background_far(FAR_DAYS):
            return None
        day = published.toordinal()
        others = {
            other
            for actor in one.actors
            for _, other in _between(self._days[(deed, actor)], day - NEAR_DAYS, day)
        }
        right = [
            other
            for other in others
            if other != name and _is_meant(one, self._speaking[other][1], groups, name, other, known)
        ]
        if len(right) != 1:
            return None
        meant = self._speaking[right[0]][1]
        why = (*content(one, meant), f"{DATES_DIFFER}: {one.edtf} and {meant.edtf}")
        return Stray(one.id, meant.id, right[0], why)


def _between(days: list[tuple[int, str]], first: int, last: int) -> list[tuple[int, str]]:
    return days[bisect_left(days, (first, "")) : bisect_left(days, (last + 1, ""))]


def _speaker(known: dict[str, Item], members: Iterable[str]) -> Item:
    return min((known[one] for one in members), key=lambda i: (not i.precise, i.doc.recorded, i.id))


def content(one: Item, other: Item) -> tuple[str, ...]:
    """What, apart from the date and the parties, shows that one deed is meant."""
    found = []
    if one.agrees(other):
        found.append("same number")
    if one.ceilings & other.ceilings:
        found.append("same ceiling")
    if one.measures & other.measures & ONCE:
        found.append("a measure not taken twice")
    return tuple(found)


def _refers(one: Item) -> bool:
    """Whether a report only points back to a deed ("last week's expulsion"), or leaves number and year out.

    Then the one such deed of the weeks before is meant; a new one would be told with its number.
    """
    return not one.numbers and one.mode is not None and (one.background or one.yearless)


def _is_meant(
    one: Item, other: Item, groups: dict[str, list[str]], odd: str, right: str, known: dict[str, Item]
) -> bool:
    # The parties first: most pairs of a deed differ there, and it is the cheapest to see.
    if one.actors.isdisjoint(other.actors) or one.recipients.isdisjoint(other.recipients):
        return False
    if not other.precise or one.may_coincide(other) or one.type in REPEATED or one.status != other.status:
        return False
    if one.differs(other):
        return False
    if one.measures and other.measures and not one.measures & other.measures:
        return False
    if not content(one, other) and not _refers(one):
        return False
    published = one.doc.day
    day = other.interval.lower
    if published is None or day is None or not 0 <= (published - day).days <= NEAR_DAYS:
        return False
    if one.days_from(other) > FAR_DAYS and not one.yearless:
        return False
    mine, theirs = groups[odd], groups[right]
    if not {known[i].coding.id for i in mine}.isdisjoint(known[i].coding.id for i in theirs):
        return False  # a text that tells of two such deeds on two days means two
    # The event with more reports keeps its date; with as many, the one known first.
    weight = len({known[i].family for i in mine}), len({known[i].family for i in theirs})
    first = min(known[i].doc.recorded for i in mine), min(known[i].doc.recorded for i in theirs)
    return weight[0] < weight[1] or (weight[0] == weight[1] and (first[0], odd) > (first[1], right))
