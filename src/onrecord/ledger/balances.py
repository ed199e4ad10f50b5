"""Whether a mission's numbers add up: each change of its ceiling against who was removed and who was there.

Cap, filled, vacant and removed are four numbers. A ceiling that falls by more than the people removed
leaves posts unexplained until a source tells of vacancies or refusals; people left above the ceiling are
over it, from the day it holds. Rival numbers make a balance contradicted, and each account of them is
worked out by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.ledger.measures import CEILINGS, Account, ActRow, act_rows, done, mission_key, states
from onrecord.ledger.origins import kin
from onrecord.ledger.reports import REMOVALS
from onrecord.ledger.rows import Conflict, When
from onrecord.ledger.statements import iso
from onrecord.ledger.world import Doc, World, when
from onrecord.model.records import Act, MissionState

NEAR = timedelta(days=14)
_PHRASES = re.compile(r'"phrase":(?:null|\[\d+,\d+\])')
PARTS = frozenset({"diplomats", "technical", "local"})
"""Units that count a part of a mission only."""
HEADCOUNT_HOLDS = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Finding:
    """How the numbers of one account come out.

    ``status``: ``balanced``, ``unexplained`` (``count`` posts), ``over_cap`` or ``over_cap_in_phase_in``
    (by ``count``, from or until ``day``), ``unknown``.
    """

    status: str
    count: float
    text: str
    reason: str
    day: date | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A status that a balance had in record time, from ``known`` on."""

    known: str
    status: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """The balance of one change of a ceiling. ``open`` says whether it still asks for an explanation.

    ``status`` is that of the best supported account, or ``contradicted`` where accounts give other numbers.
    """

    id: str
    mission: str
    cap_from: float | None
    cap_to: float | None
    day: When | None
    status: str
    count: float
    text: str
    reason: str
    accounts: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...]
    history: tuple[Change, ...]
    acts: tuple[str, ...]

    @property
    def open(self) -> bool:
        return self.status != "balanced"


@dataclass(frozen=True, slots=True)
class _Numbers:
    removed: float
    refused: float
    abolished: float
    filled: float | None
    at_least: bool
    vacant: float | None
    cap_from: float | None
    cap_to: float
    apart: str


def checks(
    world: World,
    mission: str,
    acts: list[ActRow],
    told: list[tuple[Doc, MissionState]],
    as_of: date | None,
    history: bool = True,
) -> tuple[Check, ...]:
    """The balance of every ceiling of one mission that was set on or before ``as_of``."""
    sizes = [
        (start, state.value)
        for doc, state in told
        if state.measure == "cap" and state.value is not None
        if (start := _start(when(state.time, doc.document)) or doc.day) is not None
    ]
    caps = [one for one in acts if one.act in CEILINGS and one.cap_to is not None and done(one)]
    parts = _parts(acts, caps)
    wanted = [one for one in caps if as_of is None or (start := _start(one.day)) is None or start <= as_of]
    past = _histories(world, mission, wanted, as_of) if history and wanted else {}
    return tuple(
        _check(
            world,
            mission,
            one,
            parts.get(one.id, []),
            _cap_before(one, caps, sizes),
            told,
            as_of,
            past.get(one.id, ()),
        )
        for one in wanted
    )


def _check(
    world: World,
    mission: str,
    cap: ActRow,
    others: list[ActRow],
    before: float | None,
    told: list[tuple[Doc, MissionState]],
    as_of: date | None,
    history: tuple[Change, ...],
) -> Check:
    removals = sorted(
        (one for one in others if one.act in REMOVALS and _removed(one, cap.unit) > 0),
        key=lambda r: (not r.conflicts, -(r.number or 0)),
    )
    removal = removals[0] if removals else None
    also = sum(_removed(one, cap.unit) for one in removals[1:])
    accounts = _findings(world, cap, removal, also, others, before, told, as_of)
    conflicts = (*(removal.conflicts if removal else ()), *cap.conflicts)
    lead = accounts[0]
    if conflicts:
        what = "; ".join(f"{one.field} {one.what}" for one in conflicts)
        each = "; ".join(dict.fromkeys(f"{one.text} ({one.reason})" for one in accounts))
        status, count, text, reason = "contradicted", 0.0, f"contradicted: {what}", each
    else:
        status, count, text, reason = lead.status, lead.count, lead.text, lead.reason
    return Check(
        cap.id,
        mission,
        cap.cap_from if cap.cap_from is not None else before,
        cap.cap_to,
        cap.day,
        status,
        count,
        text,
        reason,
        accounts,
        conflicts,
        history,
        tuple(one.id for one in (cap, *others)),
    )


def _findings(
    world: World,
    cap: ActRow,
    removal: ActRow | None,
    also: float,
    others: list[ActRow],
    before: float | None,
    told: list[tuple[Doc, MissionState]],
    as_of: date | None,
) -> tuple[Finding, ...]:
    """One finding for each set of numbers that a copy family gives, the best supported account first.

    ``also`` is how many other measures of the same step sent away.
    """
    rivals: list[Account | None] = [*removal.accounts] if removal else [None]
    if removal:
        rivals.sort(key=lambda a: (a is None, a.number != removal.number if a else True))
    apart = ", ".join(
        f"{one.number:g} {one.unit} are not counted by it"
        for one in others
        if one.act in REMOVALS and one.number is not None and not _removed(one, cap.unit)
    )
    found: list[Finding] = []
    seen: set[object] = set()
    for account in rivals:
        families = {kin(world)[one] for one in account.documents} if account else set()
        own = next(
            (
                a
                for a in cap.accounts
                if families & {kin(world)[d] for d in a.documents} and a.cap_to is not None
            ),
            None,
        )
        cap_to = own.cap_to if own else cap.cap_to
        assert cap_to is not None
        earlier = own.cap_from if own and own.cap_from is not None else cap.cap_from
        cap_from = earlier if earlier is not None else before
        filled, least, vacant = _headcount(world, cap, told, families)
        numbers = _Numbers(
            removed=also + (_number(account, removal, cap.unit) if account and removal else 0.0),
            refused=sum(one.number or 0 for one in others if one.act == "deny_accreditation"),
            abolished=sum(one.number or 0 for one in others if one.act == "abolish_vacancy"),
            filled=filled,
            at_least=least,
            vacant=vacant,
            cap_from=cap_from,
            cap_to=cap_to,
            apart=apart,
        )
        if numbers in seen:
            continue
        seen.add(numbers)
        documents = account.documents if account else cap.documents
        found.append(_finding(numbers, cap.phase_in or cap.day, as_of, documents))
    return tuple(found)


def _finding(n: _Numbers, phase: When | None, as_of: date | None, documents: tuple[str, ...]) -> Finding:
    """The arithmetic of one account."""
    if n.filled is not None:
        left = n.filled - n.removed
        if left > n.cap_to:
            return _over(n, left, phase, as_of, documents)
    if n.cap_from is None:
        return Finding("unknown", 0, "earlier ceiling not told", f"ceiling {n.cap_to:g}", None, documents)
    gone = n.cap_from - n.cap_to
    explained = n.removed + n.refused + n.abolished
    missing = gone - explained
    vacant = n.vacant
    if vacant is None and n.filled is not None:
        vacant = max(n.cap_from - n.filled, 0.0)
    reason = f"ceiling {n.cap_from:g} → {n.cap_to:g}, {n.removed:g} removed"
    if n.apart:
        reason += f" ({n.apart})"
    if n.refused:
        reason += f", {n.refused:g} refused"
    if n.abolished:
        reason += f", {n.abolished:g} vacant posts abolished"
    if missing > 0 and vacant:
        by_vacancy = min(missing, vacant)
        missing -= by_vacancy
        reason += f", {by_vacancy:g} of the posts were vacant"
    if n.filled is not None:
        reason += f"; {n.filled:g} in post, {n.filled - n.removed:g} left under a ceiling of {n.cap_to:g}"
    if missing > 0:
        return Finding("unexplained", missing, f"{missing:g} unexplained", reason, None, documents)
    if missing < 0 and n.filled is None and explained:
        reason += "; more removed than posts cut, which a ceiling does not forbid"
    return Finding("balanced", 0, "balanced", reason, None, documents)


def _over(
    n: _Numbers, left: float, phase: When | None, as_of: date | None, documents: tuple[str, ...]
) -> Finding:
    over = left - n.cap_to
    more = " or more" if n.at_least else ""
    reason = f"{n.filled:g}{'+' if n.at_least else ''} in post, {n.removed:g} removed, ceiling {n.cap_to:g}"
    start = _start(phase)
    told = phase.edtf if phase else "the measure"
    if as_of is not None and start is not None and as_of < start:
        text = f"over cap by {over:g}{more}, inside phase-in until {told}"
        return Finding("over_cap_in_phase_in", over, text, reason, start, documents)
    return Finding("over_cap", over, f"over cap by {over:g}{more} after {told}", reason, start, documents)


def _number(account: Account, act: ActRow, unit: str | None) -> float:
    """How many an account says were sent away that a ceiling in this unit counts."""
    if unit in PARTS and (kinds := dict(act.breakdown)):
        return kinds.get(unit, 0.0)
    if account.number is not None:
        return account.number
    return account.low if account.low is not None else 0.0


def _removed(act: ActRow, unit: str | None) -> float:
    """How many a measure sent away that a ceiling in this unit counts."""
    if unit in PARTS and (kinds := dict(act.breakdown)):
        return kinds.get(unit, 0.0)
    return (act.number or act.low or 0.0) if _counts(act.unit, unit) else 0.0


def _counts(one: str | None, unit: str | None) -> bool:
    """Whether a number in one unit counts towards a ceiling in another: diplomats are not technical staff."""
    return unit not in PARTS or one in (unit, None, "persons", "posts")


def _cap_before(cap: ActRow, caps: list[ActRow], sizes: list[tuple[date, float]]) -> float | None:
    """The ceiling that the register knows from before, where the text tells only the new one."""
    mine = _start(cap.in_force)
    if mine is None:
        return None
    known = [(start, one.cap_to) for one in caps if one is not cap and (start := _start(one.in_force))]
    earlier = [(start, value) for start, value in (*known, *sizes) if start < mine and value is not None]
    return max(earlier, default=(mine, None))[1]


def _parts(acts: list[ActRow], caps: list[ActRow]) -> dict[str, list[ActRow]]:
    """Ceiling id -> the measures of the same step: done, on the same mission, at the same time, of which no other
    ceiling is nearer."""
    found: dict[str, list[ActRow]] = {}
    days = [(one, one.day) for one in caps]
    for act in acts if caps else ():
        if not done(act) or act.act in CEILINGS:
            continue
        mine = act.day
        near, _, cap = min(
            ((_distance(mine, day), one.id, one) for one, day in days), key=lambda told: told[:2]
        )
        if near <= NEAR:
            found.setdefault(cap.id, []).append(act)
    return found


def _distance(one: When | None, other: When | None) -> timedelta:
    if one is None or other is None:
        return timedelta(days=10**6) if (one is None) != (other is None) else timedelta(0)
    lows = one.lower or date.min, other.lower or date.min
    highs = one.upper or date.max, other.upper or date.max
    return max(lows[0] - highs[1], lows[1] - highs[0], timedelta(0))


def _headcount(
    world: World, cap: ActRow, told: list[tuple[Doc, MissionState]], families: set[str]
) -> tuple[float | None, bool, float | None]:
    """(in post, whether at least so many, vacant) before the ceiling held: this account's own numbers
    first."""
    limit = _start(cap.phase_in or cap.day)
    found: dict[str, tuple[tuple[bool, date], float, bool]] = {}
    for doc, state in told:
        if state.measure == "cap" or not _counts(state.unit, cap.unit):
            continue
        value = state.value if state.value is not None else state.low
        moment = when(state.time, doc.document)
        day = _start(moment) or doc.day
        if value is None or (limit and day and (day > limit or limit - day > HEADCOUNT_HOLDS)):
            continue
        rank = (kin(world)[doc.id] in families, day or date.min)
        known = found.get(state.measure)
        if known is None or rank > known[0]:
            found[state.measure] = (rank, value, state.value is None)
    filled, vacant = found.get("filled"), found.get("vacant")
    return (filled[1] if filled else None, bool(filled and filled[2]), vacant[1] if vacant else None)


def _start(moment: When | None) -> date | None:
    return moment.lower if moment else None


def _histories(
    world: World, mission: str, caps: list[ActRow], as_of: date | None
) -> dict[str, tuple[Change, ...]]:
    """Every status these balances had in record time: the same sum over what was known at each step."""
    touching = {
        doc.id
        for doc, _, record in world.owner.values()
        if isinstance(record, (Act, MissionState)) and mission_key(record.mission) == mission
    }
    changes: dict[str, list[Change]] = {cap.id: [] for cap in caps}
    seen: set[str] = set()
    said = _told(world, mission, touching)
    for known in world.steps(touching):
        told = said.get(known, set())
        if told <= seen and all(changes.values()):
            continue  # copies of what was known change no sum
        stale = told <= seen
        seen |= told
        then = world.at(known, touching)
        rows = act_rows(then)
        acts = list({row.id: row for row in rows.values() if row.mission == mission}.values())
        found = {
            one.id: one for one in checks(then, mission, acts, states(then).get(mission, []), as_of, False)
        }
        for cap in caps:
            mine = next((rows[one].id for one in cap.members if one in rows), None)
            one = found.get(mine or "")
            turns = changes[cap.id]
            if one is None or (stale and turns) or (turns and turns[-1].text == one.text):
                continue
            turns.append(Change(iso(known), one.status, one.text, one.reason))
    return {name: tuple(turns) for name, turns in changes.items()}


def _told(world: World, mission: str, documents: set[str]) -> dict[int, set[str]]:
    """Moment of record time -> what the documents recorded then say of a mission's numbers, whoever says it."""
    found: dict[int, set[str]] = {}
    apart = {"id", "event", "claims", "evidence", "mission", "ground"}
    for one in documents:
        for made in world.history[one]:
            told = found.setdefault(made.recorded, set())
            records: list[Act | MissionState] = [*made.coding.coded.acts, *made.coding.coded.missions]
            told.update(
                _PHRASES.sub("", record.model_dump_json(exclude=apart))
                for record in records
                if mission_key(record.mission) == mission
            )
    for decision in world.decisions:
        if decision.recorded in found:
            found[decision.recorded].add(decision.id)
    return found
