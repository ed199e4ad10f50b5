"""What identity compares: one report of a deed, with the fields that tell deeds apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.ledger import standing
from onrecord.ledger.copies import families
from onrecord.ledger.keys import OWN as OWN
from onrecord.ledger.keys import sides
from onrecord.ledger.world import REDACTED, Coding, Doc, World
from onrecord.model.dates import Interval, bounds
from onrecord.model.ids import digest
from onrecord.model.records import Act, Event, Time

_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s|\n")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_MODES = {
    "set_ceiling": "discontinue",
    "parity_cap": "discontinue",
    "close_mission": "discontinue",
    "close_consulate": "discontinue",
    "close_office": "discontinue",
    "suspend_own_mission": "withdraw",
    "recall": "withdraw",
}
ROUGH = 0.2
"""By how much of itself a rough figure may be off."""
REMOVALS = frozenset({"persona_non_grata", "not_acceptable", "withdraw_accreditation"})
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Item:
    """One report of a deed: a coded event with its measures, or a measure coded without an event."""

    id: str
    doc: Doc
    coding: Coding
    family: str
    type: str
    mode: str | None
    measures: frozenset[str]
    acts: tuple[Act, ...]
    actors: frozenset[str]
    recipients: frozenset[str]
    missions: frozenset[str]
    status: str
    background: bool
    interval: Interval
    alternatives: tuple[Interval, ...]
    edtf: str | None
    yearless: bool
    numbers: tuple[tuple[str, Range], ...]
    ceilings: frozenset[tuple[float | None, float]]
    country: str | None
    sentence: int

    @property
    def signature(self) -> tuple[object, ...]:
        """All that is compared, but for where it stands."""
        return (
            self.type,
            self.mode,
            self.measures,
            self.actors,
            self.recipients,
            self.missions,
            self.status,
            self.interval,
            self.numbers,
            self.ceilings,
            self.country,
        )

    @property
    def print(self) -> str:
        """A digest of the signature: two reports that say the same of a deed have one."""
        parts = [sorted(map(str, one)) if isinstance(one, frozenset) else str(one) for one in self.signature]
        return digest(parts)[:16]

    @property
    def dated(self) -> bool:
        return self.interval.lower is not None and self.interval.upper is not None

    @property
    def precise(self) -> bool:
        """Known to within three days."""
        days = self.interval.days()
        return days is not None and days <= 3

    @property
    def coarse(self) -> bool:
        """Wider than a season."""
        days = self.interval.days()
        return days is None or days > 100

    @property
    def named(self) -> bool:
        """Whether any party is named."""
        return bool(self.actors or self.recipients or self.missions)

    @property
    def units(self) -> frozenset[str]:
        return frozenset(unit for unit, _ in self.numbers)

    def may_coincide(self, other: Item) -> bool:
        """Whether some reading of both dates puts them on one day."""
        if self.interval.overlaps(other.interval):
            return True
        mine, theirs = (self.interval, *self.alternatives), (other.interval, *other.alternatives)
        return any(one.overlaps(two) for one in mine for two in theirs)

    def agrees(self, other: Item) -> bool:
        """Whether both give a number and the numbers are the same exact one."""
        return any(
            mine == theirs and mine[0] == mine[1] for _, mine in self.numbers for _, theirs in other.numbers
        )

    def differs(self, other: Item) -> bool:
        """Whether both give numbers and none of them can be the other's."""
        if not self.numbers or not other.numbers:
            return False
        return not any(
            mine[0] <= theirs[1] and theirs[0] <= mine[1]
            for _, mine in self.numbers
            for _, theirs in other.numbers
        )

    def days_from(self, other: Item) -> int:
        """Days between two intervals; 0 where they touch, many where one is open."""
        if not (self.dated and other.dated):
            return 10**6
        assert self.interval.lower and self.interval.upper and other.interval.lower and other.interval.upper
        gap = max(self.interval.lower - other.interval.upper, other.interval.lower - self.interval.upper)
        return max(gap.days, 0)

    def background_far(self, days: int) -> bool:
        """Whether this is told as background of long before its document: such a date is meant."""
        published, upper = self.doc.day, self.interval.upper
        return bool(self.background and published and upper and (published - upper).days > days)


def items(world: World) -> list[Item]:
    """Every report of the world."""
    cached = world.cache.get("items")
    if cached is None and "items_by_id" in world.cache:
        cached = world.cache["items"] = list(world.cache["items_by_id"].values())
    if cached is None:
        kin = world.cache.get("families") or families(world)
        world.cache["families"] = kin
        cached = world.cache["items"] = [*_events(world, kin), *_acts(world, kin)]
    found: list[Item] = cached
    return found


def items_by_id(world: World) -> dict[str, Item]:
    """Every report of the world by the id of its record, worked out once for a world."""
    cached = world.cache.get("items_by_id")
    if cached is None:
        cached = world.cache["items_by_id"] = {item.id: item for item in items(world)}
    found: dict[str, Item] = cached
    return found


def _events(world: World, kin: dict[str, str]) -> Iterator[Item]:
    for doc, coding, event in world.records(Event):
        acts = tuple(world.acts_of.get(event.id, ()))
        time = event.time or next((found for act in acts if (found := _act_time(act))), None)
        # The day of the decision is a date of its own, and not that of the deed.
        for act in acts:
            if time is not None and act.dates.decided and time.edtf == act.dates.decided.edtf:
                time = act.dates.act or act.dates.announced or act.dates.notified
        numbers = [
            (q.unit, span)
            for q in event.quantities
            if (span := _range(q.value, q.low, q.high, q.approximate))
        ]
        yield Item(
            id=event.id,
            doc=doc,
            coding=coding,
            family=kin[doc.id],
            type=event.type,
            mode=event.mode,
            measures=frozenset(kind_of_measure(act.act) for act in acts),
            acts=acts,
            # Where its words name no side, the mission that its measure is on has them.
            actors=_codes(world, event.actors) or frozenset(sides(acts)[0]),
            recipients=_codes(world, event.recipients) or frozenset(sides(acts)[1]),
            missions=_missions(acts),
            status=standing.status(world.behind(event.claims), event.status),
            background=event.background,
            interval=bounds(time.edtf) if time else Interval(None, None),
            alternatives=tuple(bounds(one) for one in time.alternatives) if time else (),
            edtf=time.edtf if time else None,
            yearless=_yearless(doc, time),
            numbers=_numbers(acts) or tuple(dict.fromkeys(numbers)),  # those of a measure are its own
            ceilings=_ceilings(acts),
            country=event.place.country if event.place else None,
            sentence=_sentence(doc, event.trigger[0]),
        )


def _acts(world: World, kin: dict[str, str]) -> Iterator[Item]:
    for doc, coding, act in world.records(Act):
        if act.event is not None:
            continue
        time = _act_time(act)
        doers, done_to = sides((act,))
        yield Item(
            id=act.id,
            doc=doc,
            coding=coding,
            family=kin[doc.id],
            type="SANCTION",
            mode=mode_of(act.act),
            measures=frozenset({kind_of_measure(act.act)}),
            acts=(act,),
            actors=frozenset(doers),
            recipients=frozenset(done_to),
            missions=_missions((act,)),
            status=standing.status(
                world.behind(act.claims), "future" if act.act == "announce_intent" else "actual"
            ),
            background=False,
            interval=bounds(time.edtf) if time else Interval(None, None),
            alternatives=tuple(bounds(one) for one in time.alternatives) if time else (),
            edtf=time.edtf if time else None,
            yearless=_yearless(doc, time),
            numbers=_numbers((act,)),
            ceilings=_ceilings((act,)),
            country=act.mission.host,
            sentence=_sentence(doc, act.evidence[0][0]) if act.evidence else -1,
        )


def mode_of(act: str) -> str:
    """The PLOVER mode of a measure."""
    return _MODES.get(act, "expel")


def kind_of_measure(act: str) -> str:
    """To send people away is one kind of measure, whatever the law or a paper calls it."""
    return "removal" if act in REMOVALS else act


def _act_time(act: Act) -> Time | None:
    dates = act.dates
    return dates.act or dates.announced or dates.notified or dates.effective


def _codes(world: World, ids: list[str]) -> frozenset[str]:
    found = (world.parties.get(one) for one in ids)
    return frozenset(party.code or party.name.casefold() for party in found if party is not None)


def _missions(acts: tuple[Act, ...]) -> frozenset[str]:
    return frozenset(
        f"{act.mission.sending}>{act.mission.receiving}"
        for act in acts
        if act.mission.sending and act.mission.receiving
    )


def _numbers(acts: tuple[Act, ...]) -> tuple[tuple[str, Range], ...]:
    found: list[tuple[str, Range]] = []
    for act in acts:
        told = _range(act.number, act.low, act.high, act.approximate)
        if act.breakdown:
            # A number told by kinds of people counts in another way than one of persons.
            total = sum(one.value for one in act.breakdown)
            found.append(("+".join(sorted(one.unit for one in act.breakdown)), (total, total)))
        elif told is not None:
            found.append((act.unit or "persons", told))
    return tuple(found)


def _range(value: float | None, low: float | None, high: float | None, approximate: bool) -> Range | None:
    if value is not None:
        return (value * (1 - ROUGH), value * (1 + ROUGH)) if approximate else (value, value)
    if low is None and high is None:
        return None
    return (low if low is not None else 0.0, high if high is not None else float("inf"))


def _ceilings(acts: tuple[Act, ...]) -> frozenset[tuple[float | None, float]]:
    return frozenset((act.from_, act.to) for act in acts if act.to is not None)


def _yearless(doc: Doc, time: Time | None) -> bool:
    """Whether the words that date a report name no year, so that the year was supplied by the reader."""
    words = doc.document.words(time.phrase) if time and time.phrase else REDACTED
    return not words.startswith(REDACTED) and not _YEAR.search(words)


def _sentence(doc: Doc, place: int) -> int:
    """Number of the sentence that a place of the text lies in."""
    return sum(1 for _ in _SENTENCE_END.finditer(doc.document.text, 0, place))
