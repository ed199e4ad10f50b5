"""Reports whose date disagrees with the event that their content names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.ledger.reports import Item

NEAR_DAYS = 45
FAR_DAYS = 60
DATES_DIFFER = "dates differ"
# What happens daily in a conflict is one event only on one day and in one place.
REPEATED = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "CONSULT"})
# A measure that cannot be taken twice within weeks.
ONCE = frozenset(
    {"suspend_own_mission", "close_mission", "close_consulate", "close_office", "parity_cap", "category_ban"}
)


def misdated(
    known: dict[str, Item], groups: dict[str, list[str]]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Reports whose date disagrees with the event that their content names.

    The deed, the parties and a number or ceiling are those of exactly one other event, which was published
    on within weeks; the date alone is off. The event keeps its date; the report is tied to it with the
    conflict shown.
    """
    by_deed: dict[tuple[str, str | None], list[tuple[str, Item]]] = defaultdict(list)
    for name in sorted(groups):
        item = known[groups[name][0]]
        by_deed[(item.type, item.mode)].append((name, _speaker(known, groups[name])))
    for deeds in by_deed.values():
        # Only what happened within weeks before a report can be what it means.
        days = sorted(
            (one.interval.lower.toordinal(), name, one) for name, one in deeds if one.interval.lower
        )
        for odd, one in deeds:
            published = one.doc.day
            if not one.dated or published is None or one.background_far(FAR_DAYS):
                continue
            day = published.toordinal()
            first = bisect_left(days, day - NEAR_DAYS, key=lambda told: told[0])
            last = bisect_right(days, day, key=lambda told: told[0])
            right = [
                (name, other)
                for _, name, other in days[first:last]
                if name != odd and _is_meant(one, other, groups, odd, name, known)
            ]
            if len(right) == 1:
                meant = right[0][1]
                why = (*content(one, meant), f"{DATES_DIFFER}: {one.edtf} and {meant.edtf}")
                yield one.id, meant.id, why


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
    # The event with more reports keeps its date; with as many, the one known first.
    mine, theirs = groups[odd], groups[right]
    weight = len({known[i].family for i in mine}), len({known[i].family for i in theirs})
    first = min(known[i].doc.recorded for i in mine), min(known[i].doc.recorded for i in theirs)
    return weight[0] < weight[1] or (weight[0] == weight[1] and (first[0], odd) > (first[1], right))
