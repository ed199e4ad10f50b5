"""How many were sent away: the headline against what is listed against what adds up, by counting unit.

Nothing is averaged. A total that is the sum of listed steps is proposed as their reconciliation, for a person to
confirm; a rough number is compatible with the count or not.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from onrecord.ledger import events
from onrecord.ledger.measures import Account, ActRow, act_rows, done
from onrecord.ledger.reports import REMOVALS
from onrecord.ledger.rows import EventRow, Evidence, When
from onrecord.ledger.statements import subject_id
from onrecord.ledger.world import World

PEOPLE = frozenset({"persons", "diplomats", "staff", "technical", "local"})
COUNTED = REMOVALS | {"parity_cap"}
NEAR = timedelta(days=31)
LONGEST_SUM = 4


@dataclass(frozen=True, slots=True)
class Listed:
    """One number: a step that sent people away, a total over several, or a rough figure."""

    act: str
    measure: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    breakdown: tuple[tuple[str, float], ...]
    when: When | None
    ground: str | None
    role: str
    verdict: str | None
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """``total = part + part``, with units; ``status`` is proposed until a person confirms or rejects it."""

    id: str
    text: str
    total: str
    parts: tuple[str, ...]
    units: tuple[str, ...]
    status: str
    decided_by: str | None


@dataclass(frozen=True, slots=True)
class TallyRow:
    """The count for one mission: ``counts`` by unit, ``recomputed`` the sum of the listed steps."""

    mission: str
    counts: dict[str, float]
    recomputed: float
    headline: float | None
    listed: tuple[Listed, ...]
    proposals: tuple[Proposal, ...]
    agrees: bool | None


def rows(
    world: World,
    as_of: date | None = None,
    since: date | None = None,
    until: date | None = None,
    decided: dict[str, tuple[str, str]] | None = None,
) -> list[TallyRow]:
    """One tally for each mission that people were sent away from; ``decided``: proposal -> (verdict, person)."""
    groups: dict[str, dict[str, ActRow]] = defaultdict(dict)
    for row in act_rows(world).values():
        told = row.number is not None or row.low is not None or row.high is not None or row.breakdown
        if (
            row.act in COUNTED
            and done(row)
            and told
            and events.begun(row.day, as_of)
            and events.within(row.day, since, until)
        ):
            groups[row.mission][row.id] = row
    for one in events.rows(world):
        row_of = _of_event(one)
        if row_of is not None and events.begun(one.when, as_of) and events.within(one.when, since, until):
            groups[row_of.mission][row_of.id] = row_of
    return [_row(mission, list(found.values()), decided or {}) for mission, found in sorted(groups.items())]


def _of_event(row: EventRow) -> ActRow | None:
    """An expulsion coded as an event with its number and no measure, as the measure it tells of."""
    told = [one for one in row.quantities if one.unit in PEOPLE]
    actors = [party.code for party in row.actors if party.code]
    sent = [party.code for party in row.recipients if party.code]
    if row.acts or not row.done or row.mode != "expel" or not (told and actors and sent):
        return None
    number = told[0]
    return ActRow(
        id=row.id,
        event=row.id,
        act="persona_non_grata",
        mission=f"{sent[0]}>{actors[0]}",
        name=None,
        number=number.value,
        low=number.low,
        high=number.high,
        unit=number.unit,
        cap_from=None,
        cap_to=None,
        breakdown=tuple((one.unit, one.value) for one in told if one.value is not None)
        if len(told) > 1
        else (),
        dates={"act": row.when} if row.when else {},
        date_documents={},
        ground=None,
        standing=row.standing,
        status=row.status,
        voices=row.voices,
        evidence=row.evidence,
        documents=row.documents,
        accounts=(Account(row.documents, number.value, number.low, number.high, number.unit, None, None),),
        conflicts=row.conflicts,
        members=row.members,
        approximate=number.approximate,
    )


def _row(mission: str, acts: list[ActRow], decided: dict[str, tuple[str, str]]) -> TallyRow:
    acts.sort(key=lambda a: events.order(a.day, a.id))
    exact = [one for one in acts if _value(one) is not None]
    proposals = _proposals([one for one in exact if not one.approximate], decided)
    totals = {one.total for one in proposals if one.status != "rejected"}
    steps = [one for one in exact if one.id not in totals]
    recomputed = sum(_value(one) or 0 for one in steps)
    counts: dict[str, float] = defaultdict(float)
    for one in steps:
        for unit, value in one.breakdown or ((one.unit or "persons", _value(one) or 0),):
            counts[unit] += value
    explained = {part for one in proposals if one.status != "rejected" for part in one.parts}
    for one in exact:
        if one.id in totals and one.breakdown:
            # The total tells the kinds of people that its parts count as persons.
            for unit, value in one.breakdown:
                counts[unit] = max(counts[unit], value) if explained else counts[unit] + value
    counts["persons"] = recomputed
    listed = [_listed(one, "total" if one.id in totals else "step", None) for one in exact]
    listed += [found for one in acts for found in _rough(one, counts)]
    headline = max((_value(one) or 0 for one in exact if one.id in totals), default=None)
    return TallyRow(
        mission,
        dict(sorted(counts.items())),
        recomputed,
        headline,
        tuple(listed),
        proposals,
        None if headline is None else headline == recomputed,
    )


def _value(act: ActRow) -> float | None:
    if act.number is not None:
        return act.number
    return sum(value for _, value in act.breakdown) if act.breakdown else None


def _listed(act: ActRow, role: str, verdict: str | None) -> Listed:
    return Listed(
        act.id,
        act.act,
        _value(act),
        act.low,
        act.high,
        act.unit or ("+".join(unit for unit, _ in act.breakdown) if act.breakdown else "persons"),
        act.breakdown,
        act.day,
        act.ground,
        role,
        verdict,
        act.documents,
        act.evidence,
        act.approximate,
    )


def _rough(act: ActRow, counts: dict[str, float]) -> list[Listed]:
    """The rough figures among a measure's accounts, each compatible with the count or not.

    The count is that of the figure's unit, or of persons where its unit is not counted.
    """
    found = []
    for one in act.accounts:
        if one.number is None and (one.low is not None or one.high is not None):
            unit = one.unit or "persons"
            count = counts.get(unit, counts["persons"])
            fits = (one.low is None or one.low <= count) and (one.high is None or count <= one.high)
            words = tuple(item for item in act.evidence if item.document in one.documents)
            row = _listed(act, "rough figure", "compatible" if fits else "incompatible")
            rough = replace(row, value=None, low=one.low, high=one.high, unit=unit, breakdown=())
            found.append(replace(rough, documents=one.documents, evidence=words))
    return found


def _proposals(acts: list[ActRow], decided: dict[str, tuple[str, str]]) -> tuple[Proposal, ...]:
    """Numbers that are the sum of two to four others of the same weeks."""
    found: list[Proposal] = []
    for total in acts:
        value = _value(total) or 0
        others = [
            one for one in acts if one is not total and 0 < (_value(one) or 0) < value and _near(one, total)
        ]
        for size in range(2, min(LONGEST_SUM, len(others)) + 1):
            for parts in combinations(others, size):
                if sum(_value(one) or 0 for one in parts) == value:
                    found.append(_proposal(total, parts, decided))
    return tuple(found)


def _proposal(total: ActRow, parts: tuple[ActRow, ...], decided: dict[str, tuple[str, str]]) -> Proposal:
    identity = subject_id("p", total.mission, "sum", total.id, sorted(one.id for one in parts))
    verdict = decided.get(identity)
    sums = " + ".join(f"{_value(one):g}" for one in parts)
    units = tuple(
        f"{_value(one):g} "
        + (
            "; ".join(f"{value:g} {unit}" for unit, value in one.breakdown)
            if one.breakdown
            else one.unit or "persons"
        )
        for one in (total, *parts)
    )
    return Proposal(
        identity,
        f"{_value(total):g} = {sums}",
        total.id,
        tuple(one.id for one in parts),
        units,
        verdict[0] if verdict else "proposed",
        verdict[1] if verdict else None,
    )


def _near(one: ActRow, other: ActRow) -> bool:
    first, second = one.day, other.day
    if first is None or second is None:
        return True
    lows, highs = (
        (first.lower or date.min, second.lower or date.min),
        (first.upper or date.max, second.upper or date.max),
    )
    return max(lows) <= min(highs) or max(lows) - min(highs) <= NEAR
