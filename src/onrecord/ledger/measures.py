"""Measures on missions as rows: one for each measure of an entry, with its dates and numbers from all
reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.ledger import standing as rest
from onrecord.ledger.identity import Entry, entries
from onrecord.ledger.origins import kin
from onrecord.ledger.reports import ROUGH, kind_of_measure
from onrecord.ledger.rows import Conflict, Evidence, Voice, When
from onrecord.ledger.world import Doc, World, when
from onrecord.model.records import Act, Mission, MissionState

CEILINGS = frozenset({"set_ceiling", "parity_cap"})
DATES = ("act", "announced", "notified", "decided", "effective", "deadline")


@dataclass(frozen=True, slots=True)
class Account:
    """What one copy family says of a measure's number."""

    documents: tuple[str, ...]
    number: float | None
    low: float | None
    high: float | None
    unit: str | None
    cap_from: float | None
    cap_to: float | None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class ActRow:
    """One measure on a mission, from however many reports, with each of its dates apart.

    ``id`` is that of the first report; ``accounts`` what each copy family says of its numbers.
    """

    id: str
    event: str | None
    act: str
    mission: str
    name: str | None
    number: float | None
    low: float | None
    high: float | None
    unit: str | None
    cap_from: float | None
    cap_to: float | None
    breakdown: tuple[tuple[str, float], ...]
    dates: dict[str, When]
    date_documents: dict[str, tuple[str, ...]]
    ground: str | None
    standing: str
    status: str
    voices: tuple[Voice, ...]
    evidence: tuple[Evidence, ...]
    documents: tuple[str, ...]
    accounts: tuple[Account, ...]
    conflicts: tuple[Conflict, ...]
    members: tuple[str, ...]
    approximate: bool = False

    @property
    def day(self) -> When | None:
        """The day of the measure: of the act itself, its announcement, notice, decision or effect, in this
        order."""
        return next((self.dates[name] for name in DATES if name in self.dates), None)

    @property
    def in_force(self) -> When | None:
        """The day from which it holds: its effect where that is known, else the day of the measure."""
        return self.dates.get("effective") or self.day

    @property
    def phase_in(self) -> When | None:
        """The day by which it must have been carried out: its deadline or effect."""
        return self.dates.get("effective") or self.dates.get("deadline")


def done(act: ActRow) -> bool:
    """Whether a measure was taken, by a document's word or that of somebody who states it."""
    return act.status == "actual" and act.standing in rest.STATED


def about(rough: float, value: float) -> bool:
    """Whether a rough figure may be a number: within a fifth of it."""
    return rough * (1 - ROUGH) <= value <= rough * (1 + ROUGH)


def mission_key(mission: Mission) -> str:
    """What makes a mission the same mission: who sends it and who receives it."""
    return f"{mission.sending or '?'}>{mission.receiving or '?'}"


def act_rows(world: World) -> dict[str, ActRow]:
    """Act id (of any report) -> the row of its measure."""
    cached = world.cache.get("act_rows")
    if cached is None:
        known = entries(world)
        groups: dict[tuple[str, str, str], list[tuple[Doc, Act]]] = defaultdict(list)
        for doc, _, act in world.records(Act):
            home = known.get(act.id) or known.get(act.event or "")
            groups[(home.id if home else act.id, kind_of_measure(act.act), mission_key(act.mission))].append(
                (doc, act)
            )
        cached = {}
        for (home_id, _, _), members in groups.items():
            members.sort(key=lambda pair: (pair[0].recorded, pair[1].id))
            row = act_row(world, known.get(home_id), members)
            cached.update({act.id: row for _, act in members})
        world.cache["act_rows"] = cached
    found: dict[str, ActRow] = cached
    return found


def act_row(world: World, entry: Entry | None, members: list[tuple[Doc, Act]]) -> ActRow:
    first = members[0][1]
    event = world.owner.get(first.event or "")
    status = rest.status(world.behind(event[2].claims), event[2].status) if event else "actual"
    status = rest.status(world.behind(first.claims), status)
    standings = [_standing(world, act, status) for _, act in members]
    accounts = _accounts(
        world, [one for one, rests in zip(members, standings, strict=True) if rests != "denied"] or members
    )
    speaking = _leading(accounts)
    claims = dict.fromkeys(one for _, act in members for one in act.claims)
    name = next((act.mission.name for _, act in members if act.mission.name), None)
    best = next((act for _, act in members if act.breakdown), first)
    return ActRow(
        id=first.id,
        event=entry.id if entry and event else None,
        act=first.act,
        mission=mission_key(first.mission),
        name=name,
        number=speaking.number,
        low=speaking.low,
        high=speaking.high,
        unit=speaking.unit,
        cap_from=next((a.cap_from for a in accounts if a.cap_from is not None), None),
        cap_to=speaking.cap_to
        if speaking.cap_to is not None
        else next((a.cap_to for a in accounts if a.cap_to is not None), None),
        breakdown=tuple((one.unit, one.value) for one in best.breakdown),
        dates=_dates(world, members, frozenset(entry.misdated) if entry else frozenset()),
        date_documents=_date_documents(members),
        ground=next((act.ground for _, act in members if act.ground), None),
        standing=min(standings, key=rest.RANK.__getitem__),
        status=status,
        voices=world.voices(claims),
        evidence=tuple(found for one, act in members for found in world.evidence(one, act.evidence)),
        documents=tuple(dict.fromkeys(one.id for one, _ in members)),
        accounts=accounts,
        conflicts=_conflicts(accounts),
        members=tuple(act.id for _, act in members),
        approximate=speaking.approximate and speaking.number is not None,
    )


def _standing(world: World, act: Act, status: str) -> str:
    return rest.standing(world.behind(act.claims), status)


def _accounts(world: World, members: Iterable[tuple[Doc, Act]]) -> tuple[Account, ...]:
    """One account for each family and set of numbers, the best supported first.

    Within a family the newest version speaks: an update replaces what its earlier version said.
    """
    told: dict[str, tuple[Doc, Act, list[str]]] = {}
    for doc, act in members:
        family = kin(world)[doc.id]
        known = told.get(family)
        documents = [*(known[2] if known else []), doc.id]
        replaces = known is None or doc.supersedes == known[0].id
        told[family] = (doc, act, documents) if replaces or known is None else (known[0], known[1], documents)
    return tuple(
        Account(tuple(documents), act.number, act.low, act.high, act.unit, act.from_, act.to, act.approximate)
        for _, act, documents in told.values()
    )


def _leading(accounts: tuple[Account, ...]) -> Account:
    """The account with an exact number that most families share, else with a rough one; of as many, the one recorded
    first."""
    votes: dict[object, tuple[bool, int]] = {}
    for one in accounts:
        if (told := _numbers(one)) != (None, None, None):
            exact = one.number is not None and not one.approximate
            votes[told] = exact or votes.get(told, (False, 0))[0], votes.get(told, (False, 0))[1] + 1
    if not votes:
        return accounts[0]
    top = max(votes.values())
    found = [one for one in accounts if votes.get(_numbers(one)) == top]
    return next((one for one in found if not one.approximate), found[0])


def _numbers(one: Account) -> tuple[float | None, float | None, float | None]:
    return one.number, one.low, one.high


def _conflicts(accounts: tuple[Account, ...]) -> tuple[Conflict, ...]:
    """Exact numbers of one unit that differ between families; a rough one differs where none of them is near it."""
    found: list[Conflict] = []
    for field, name in (("number", "number"), ("cap_to", "ceiling")):
        exact = {getattr(one, field) for one in accounts if not one.approximate} - {None}
        values: dict[float, list[str]] = defaultdict(list)
        for one in accounts:
            value = getattr(one, field)
            if value is None or (one.approximate and (not exact or any(about(value, two) for two in exact))):
                continue
            values[value].extend(one.documents)
        if len(values) > 1:
            told = tuple((f"{value:g}", tuple(documents)) for value, documents in values.items())
            what = " vs ".join(value for value, _ in sorted(told, key=lambda pair: -float(pair[0])))
            found.append(Conflict("number", name, told, what))
    return tuple(found)


def _dates(world: World, members: list[tuple[Doc, Act]], misdated: frozenset[str]) -> dict[str, When]:
    """Each kind of date as most families give it, the narrowest of as many; misdated reports have no say."""
    found: dict[str, When] = {}
    for name in DATES:
        votes: dict[str, set[str]] = defaultdict(set)
        moments: dict[str, When] = {}
        for doc, act in members:
            moment = when(getattr(act.dates, name), doc.document)
            # The decision's day is told as such; other dates of a misdated report are what is in doubt.
            if moment is None or (name != "decided" and (act.id in misdated or act.event in misdated)):
                continue
            votes[moment.edtf].add(kin(world)[doc.id])
            moments.setdefault(moment.edtf, moment)
        if votes:
            best = min(moments.values(), key=lambda m: (-len(votes[m.edtf]), _length(m), m.edtf))
            found[name] = best
    return found


def _date_documents(members: list[tuple[Doc, Act]]) -> dict[str, tuple[str, ...]]:
    """Each kind of date with the documents that give one."""
    found = {
        name: tuple(dict.fromkeys(doc.id for doc, act in members if getattr(act.dates, name) is not None))
        for name in DATES
    }
    return {name: documents for name, documents in found.items() if documents}


def _length(moment: When) -> int:
    if moment.lower is None or moment.upper is None:
        return 10**6
    return (moment.upper - moment.lower).days


def states(world: World) -> dict[str, list[tuple[Doc, MissionState]]]:
    """Mission key -> what is said of its size, in the order it became known; not what is denied, demanded or asked."""
    found: dict[str, list[tuple[Doc, MissionState]]] = defaultdict(list)
    for doc, _, state in world.records(MissionState):
        claims = world.behind(state.claims)
        if rest.status(claims, "actual") == "actual" and rest.standing(claims, "actual") != "denied":
            found[mission_key(state.mission)].append((doc, state))
    for told in found.values():
        told.sort(key=lambda pair: (pair[0].recorded, pair[1].id))
    return found
