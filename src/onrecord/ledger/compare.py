"""Whether two reports are of one event: what forbids it, what speaks for it, and how much.

``difference`` forbids a merge whatever the score; ``score`` adds up what agrees (``WEIGHTS``), as a probability.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from onrecord.ledger.misdated import NEAR_DAYS, REPEATED, content
from onrecord.ledger.reports import Item
from onrecord.ledger.rows import Merge

THRESHOLD = 0.8
WEIGHTS = {
    "base": -2.0,
    "same kind of deed": 1.0,
    "same measure": 1.0,
    "same actor": 1.5,
    "same recipient": 1.5,
    "same mission": 1.0,
    "same day": 2.5,
    "dates overlap": 1.25,
    "dates overlap widely": -0.75,
    "same number": 2.0,
    "other number": -1.5,
    "same ceiling": 2.0,
    "same country": 0.3,
    "copied text": 2.0,
    "an alternative date agrees": 0.5,
}


def ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


class Judge:
    """Comparisons of many pairs: what they come to is worked out once for reports that are alike.

    A report's profile is all that is compared, but for its family and its coding, which are looked at in pairs.
    """

    def __init__(self) -> None:
        self.numbers: dict[object, int] = {}
        self.profile: dict[str, int] = {}
        self.sides: dict[str, dict[int, dict[str, Item]]] = {}
        self.codings: dict[str, dict[str, list[Item]]] = {}
        self.apart: dict[tuple[int, int, bool], bool] = {}
        self.scores: dict[tuple[int, int, bool], tuple[float, tuple[str, ...]]] = {}

    def add(self, item: Item) -> int:
        """The number of a report's profile."""
        told = (item.signature, item.alternatives, None if item.dated else item.doc.day)
        number = self.profile[item.id] = self.numbers.setdefault(told, len(self.numbers))
        return number

    def begin(self, items: Iterable[Item]) -> None:
        """Begin with each report as a group of its own."""
        for item in items:
            self.sides[item.id] = {self.add(item): {item.family: item}}
            self.codings[item.id] = {item.coding.id: [item]}

    def forget(self) -> None:
        """Let go of what comparisons came to, and of the groups."""
        for kept in (self.sides, self.codings, self.apart, self.scores):
            kept.clear()

    def _differ(self, one: Item, other: Item) -> bool:
        key = self.profile[one.id], self.profile[other.id], one.family == other.family
        found = self.apart.get(key)
        if found is None:
            found = self.apart[key] = difference(one, other) is not None
        return found

    def merge(self, one: Item, other: Item) -> Merge | None:
        """The merge of two reports, if nothing stands against it and enough speaks for it."""
        if two_of_one_text(one, other) or self._differ(one, other):
            return None
        key = self.profile[one.id], self.profile[other.id], one.family == other.family
        found = self.scores.get(key)
        if found is None:
            found = self.scores[key] = score(one, other)
        if found[0] < THRESHOLD:
            return None
        return Merge(*ordered(one.id, other.id), round(found[0], 4), found[1])

    def compatible(self, first: str, second: str) -> bool:
        """Whether no report of one group stands against one of the other."""
        mine, theirs = self.codings[first], self.codings[second]
        for coding in mine.keys() & theirs.keys():
            if any(two_of_one_text(one, other) for one in mine[coding] for other in theirs[coding]):
                return False
        return not any(
            self._differ(one, other)
            for ours in self.sides[first].values()
            for others in self.sides[second].values()
            for one, other in _samples(ours, others)
        )

    def join(self, first: str, second: str) -> None:
        """Put the second group into the first."""
        for number, told in self.sides.pop(second).items():
            self.sides[first].setdefault(number, {}).update(told)
        for coding, found in self.codings.pop(second).items():
            self.codings[first].setdefault(coding, []).extend(found)


def _samples(ours: dict[str, Item], others: dict[str, Item]) -> Iterator[tuple[Item, Item]]:
    """A pair of one family and a pair of two, where there are such; ours and others are of one profile each."""
    few, many = (ours, others) if len(ours) <= len(others) else (others, ours)
    shared = next((family for family in few if family in many), None)
    if shared is not None:
        yield ours[shared], others[shared]
    family, one = next(iter(ours.items()))
    other = next((item for name, item in islice(others.items(), 2) if name != family), None)
    if other is not None:
        yield one, other
    elif len(ours) > 1:
        yield (
            next(item for name, item in islice(ours.items(), 2) if name not in others),
            next(iter(others.values())),
        )


def two_of_one_text(one: Item, other: Item) -> bool:
    """Whether two reports are two records of one text: a person who codes two events means two; a model often
    reads one event twice."""
    return one.coding.id == other.coding.id and (
        one.coding.author_kind != "model" or one.sentence == other.sentence or one.differs(other)
    )


def difference(one: Item, other: Item) -> str | None:
    """Why two reports of two texts cannot be of one event, or None."""
    if one.type != other.type:
        return "another type"
    if one.mode and other.mode and one.mode != other.mode:
        return "another mode"
    if one.measures and other.measures and not one.measures & other.measures:
        return "another measure"
    if one.status != other.status:
        return (
            "planned and done are two" if "negated" not in (one.status, other.status) else "opposed polarity"
        )
    if one.actors and other.actors and not one.actors & other.actors:
        return "other actors"
    if one.recipients and other.recipients and not one.recipients & other.recipients:
        return "other recipients"
    if not (
        one.actors & other.actors or one.recipients & other.recipients or one.missions & other.missions
    ) and (one.family != other.family or one.named or other.named):
        return "nobody in common"
    if one.country and other.country and one.country != other.country:
        return "another country"
    if not one.may_coincide(other):
        return "disjoint dates"
    if one.type in REPEATED and not (one.precise and other.precise) and one.family != other.family:
        return "a repeated kind of event without its day"
    if not (one.dated and other.dated) and one.family != other.family and not _told_near(one, other):
        return "no date, and nothing else that shows which deed is meant"
    if one.differs(other) and not _same_extent(one, other):
        return "another number over another time or in another unit"
    return None


def as_sure(told: Item, other: Item) -> float:
    """Probability that a report, taken as told of a deed that was done, is of the deed that another tells."""
    if not told.dated:
        published, day = told.doc.day, other.interval.lower
        sides = told.actors & other.actors and told.recipients & other.recipients
        if not sides or published is None or day is None or not 0 <= (published - day).days <= NEAR_DAYS:
            return 0.0
        told = replace(told, interval=other.interval)
    return 0.0 if difference(told, other) is not None else score(told, other)[0]


def _told_near(one: Item, other: Item) -> bool:
    """Whether a report without a date names a deed by its content within weeks of it."""
    if not content(one, other):
        return False
    undated, dated = (other, one) if one.dated else (one, other)
    published, day = undated.doc.day, dated.interval.lower or dated.doc.day
    return published is not None and day is not None and 0 <= (published - day).days <= NEAR_DAYS


def _same_extent(one: Item, other: Item) -> bool:
    """Two numbers are rivals only where they count the same thing over the same time."""
    return one.interval == other.interval and one.units == other.units


def score(one: Item, other: Item) -> tuple[float, tuple[str, ...]]:
    """Probability that two reports are of one event, and what speaks for and against it."""
    reasons: list[str] = []
    if one.mode == other.mode:
        reasons.append("same kind of deed")
    if one.measures & other.measures:
        reasons.append("same measure")
    if one.actors & other.actors:
        reasons.append("same actor")
    if one.recipients & other.recipients:
        reasons.append("same recipient")
    if one.missions & other.missions:
        reasons.append("same mission")
    if not one.interval.overlaps(other.interval):
        reasons.append("an alternative date agrees")
    elif one.precise and other.precise:
        reasons.append("same day" if one.interval == other.interval else "dates overlap")
    elif one.dated and other.dated:
        reasons.append("dates overlap" if not (one.coarse or other.coarse) else "dates overlap widely")
    if one.differs(other):
        reasons.append("other number")
    elif one.agrees(other):
        reasons.append("same number")
    if one.ceilings & other.ceilings:
        reasons.append("same ceiling")
    if one.country and one.country == other.country:
        reasons.append("same country")
    if one.family == other.family:
        reasons.append("copied text")
    total = WEIGHTS["base"] + sum(WEIGHTS[reason] for reason in reasons)
    return 1 / (1 + math.exp(-total)), tuple(reasons)
