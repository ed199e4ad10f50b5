"""The register of missions: cap, filled, vacant and removed on a day, each with its unit, source and
holder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.ledger.events import order
from onrecord.ledger.rows import Conflict, Evidence, Voice, When
from onrecord.ledger.world import Doc, World, when
from onrecord.model.records import Act, Mission, MissionState

REMOVALS = frozenset({"persona_non_grata", "not_acceptable", "withdraw_accreditation"})


@dataclass(frozen=True, slots=True)
class Level:
    """One number of a mission: ``measure`` is cap, filled, vacant or removed, and one never stands for
    another.

    ``basis`` is ``stated`` (a text gives the number) or the act that set it; ``since`` the day from which
    it holds.
    """

    measure: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    scope: str | None
    since: When | None
    basis: str
    voices: tuple[Voice, ...]
    evidence: tuple[Evidence, ...]
    documents: tuple[str, ...]
    record: str

    def __str__(self) -> str:
        if self.value is not None:
            return f"{self.value:g}"
        return (
            f"{self.low:g}+"
            if self.low is not None
            else f"up to {self.high:g}"
            if self.high is not None
            else "?"
        )


@dataclass(frozen=True, slots=True)
class ActRow:
    """One measure on a mission, from however many reports, with each of its dates apart."""

    id: str
    act: str
    mission: str
    number: float | None
    unit: str | None
    cap_from: float | None
    cap_to: float | None
    breakdown: tuple[tuple[str, float], ...]
    dates: dict[str, When]
    ground: str | None
    standing: str
    voices: tuple[Voice, ...]
    evidence: tuple[Evidence, ...]
    documents: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissionRow:
    """One mission on the day asked for (the newest state where no day is asked for)."""

    id: str
    name: str
    sending: str | None
    receiving: str | None
    host: str | None
    cap: Level | None
    cap_to_come: Level | None
    filled: Level | None
    vacant: Level | None
    removed: tuple[Level, ...]
    acts: tuple[ActRow, ...]
    checks: tuple[object, ...]
    conflicts: tuple[Conflict, ...]
    documents: tuple[str, ...]


def key(mission: Mission) -> str:
    """What makes a mission the same mission: who sends it and who receives it."""
    return f"{mission.sending or '?'}>{mission.receiving or '?'}"


def rows(world: World, as_of: date | None) -> list[MissionRow]:
    """Every mission of the world."""
    acts: dict[str, list[tuple[Doc, Act]]] = {}
    states: dict[str, list[tuple[Doc, MissionState]]] = {}
    for doc, _, act in world.records(Act):
        acts.setdefault(key(act.mission), []).append((doc, act))
    for doc, _, state in world.records(MissionState):
        states.setdefault(key(state.mission), []).append((doc, state))
    return [
        row(world, one, acts.get(one, []), states.get(one, []), as_of) for one in sorted({*acts, *states})
    ]


def row(
    world: World,
    identity: str,
    acts: list[tuple[Doc, Act]],
    states: list[tuple[Doc, MissionState]],
    as_of: date | None,
) -> MissionRow:
    missions = [act.mission for _, act in acts] + [state.mission for _, state in states]
    measures = sorted((act_row(world, doc, act) for doc, act in acts), key=lambda r: order(day_of(r), r.id))
    known = [level(world, doc, state) for doc, state in states]
    caps = [one for one in known if one.measure == "cap"]
    for one in measures:
        caps.extend(_caps(one))
    begun = [one for one in measures if _begun(day_of(one), as_of)]
    documents = dict.fromkeys(doc.id for doc, _ in (*acts, *states))
    return MissionRow(
        id=identity,
        name=next((m.name for m in missions if m.name), identity),
        sending=next((m.sending for m in missions if m.sending), None),
        receiving=next((m.receiving for m in missions if m.receiving), None),
        host=next((m.host for m in missions if m.host), None),
        cap=_latest(caps, as_of),
        cap_to_come=_coming(caps, as_of),
        filled=_latest([one for one in known if one.measure == "filled"], as_of),
        vacant=_latest([one for one in known if one.measure == "vacant"], as_of),
        removed=tuple(_removed(one) for one in begun if one.act in REMOVALS and one.number is not None),
        acts=tuple(measures),
        checks=(),
        conflicts=(),
        documents=tuple(documents),
    )


def act_row(world: World, doc: Doc, act: Act) -> ActRow:
    dates = {name: when(getattr(act.dates, name), doc.document) for name in type(act.dates).model_fields}
    stances = {claim.stance for claim in world.claims(act.claims)}
    return ActRow(
        id=act.id,
        act=act.act,
        mission=key(act.mission),
        number=act.number,
        unit=act.unit,
        cap_from=act.from_,
        cap_to=act.to,
        breakdown=tuple((one.unit, one.value) for one in act.breakdown),
        dates={name: moment for name, moment in dates.items() if moment is not None},
        ground=act.ground,
        standing="asserted" if not stances else "denied" if stances == {"denies"} else "attributed",
        voices=world.voices(act.claims),
        evidence=world.evidence(doc, act.evidence),
        documents=(doc.id,),
        conflicts=(),
        members=(act.id,),
    )


def level(world: World, doc: Doc, state: MissionState) -> Level:
    return Level(
        state.measure,
        state.value,
        state.low,
        state.high,
        state.unit,
        state.scope,
        when(state.time, doc.document),
        "stated",
        world.voices(state.claims),
        world.evidence(doc, state.evidence),
        (doc.id,),
        state.id,
    )


def day_of(act: ActRow) -> When | None:
    """The day of a measure, as ``timeline.act_time`` chooses it."""
    for name in ("act", "announced", "notified", "decided", "effective", "deadline"):
        if name in act.dates:
            return act.dates[name]
    return None


def in_force(act: ActRow) -> When | None:
    """The day from which a measure holds: its effect where that is known, else the day of the measure."""
    return act.dates.get("effective") or day_of(act)


def _caps(act: ActRow) -> list[Level]:
    if act.act not in ("set_ceiling", "parity_cap") or act.cap_to is None:
        return []
    since = in_force(act)
    found = [_of_act(act, "cap", act.cap_to, since)]
    if act.cap_from is not None:
        # The old ceiling is told with the new one; it held before, since a day the text does not say.
        before = (
            When(f"../{since.edtf}", None, since.lower, None, None, since.basis)
            if since and since.lower
            else None
        )
        found.append(_of_act(act, "cap", act.cap_from, before))
    return found


def _removed(act: ActRow) -> Level:
    return _of_act(act, "removed", act.number, day_of(act))


def _of_act(act: ActRow, measure: str, value: float | None, since: When | None) -> Level:
    return Level(
        measure,
        value,
        None,
        None,
        act.unit,
        None,
        since,
        act.act,
        act.voices,
        act.evidence,
        act.documents,
        act.id,
    )


def _begun(moment: When | None, as_of: date | None) -> bool:
    return as_of is None or moment is None or moment.lower is None or moment.lower <= as_of


def _latest(levels: list[Level], as_of: date | None) -> Level | None:
    """The number that holds on a day: the one with the latest beginning not after it."""
    holding = [one for one in levels if _begun(one.since, as_of)]
    return max(holding, key=lambda one: (_start(one), one.record), default=None)


def _coming(levels: list[Level], as_of: date | None) -> Level | None:
    if as_of is None:
        return None
    coming = [one for one in levels if not _begun(one.since, as_of)]
    return min(coming, key=lambda one: (_start(one), one.record), default=None)


def _start(one: Level) -> date:
    return one.since.lower if one.since and one.since.lower else date.min
