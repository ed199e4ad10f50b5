"""The register of missions: cap, filled, vacant and removed on a day, each with its unit, source and
holder."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onrecord.ledger.balances import Check, checks
from onrecord.ledger.choices import party_codes
from onrecord.ledger.events import begun as event_begun
from onrecord.ledger.events import order
from onrecord.ledger.measures import CEILINGS, ActRow, act_rows, done, mission_key, states
from onrecord.ledger.origins import kin
from onrecord.ledger.reports import REMOVALS
from onrecord.ledger.rows import Conflict, Evidence, Voice, When
from onrecord.ledger.world import Doc, World, when
from onrecord.model.problems import OnrecordError
from onrecord.model.records import Act, Mission, MissionState


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
    approximate: bool = False

    def __str__(self) -> str:
        if self.value is not None:
            return f"about {self.value:g}" if self.approximate else f"{self.value:g}"
        if self.low is not None:
            return f"{self.low:g}+" if self.high is None else f"{self.low:g} to {self.high:g}"
        return f"up to {self.high:g}" if self.high is not None else "?"


@dataclass(frozen=True, slots=True)
class MissionRow:
    """One mission on the day asked for (the newest state where no day is asked for).

    ``cap_to_come`` is a ceiling set but not in force on that day; ``checks`` are the balances of each
    change of the ceiling, with their history in record time.
    """

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
    checks: tuple[Check, ...]
    conflicts: tuple[Conflict, ...]
    documents: tuple[str, ...]


def missing(mission: str) -> OnrecordError:
    """What a question about a mission that is not on record is answered with."""
    return OnrecordError("no-record", "no mission has this id", "`missions` lists them: RUS>NATO.", mission)


def rows(world: World, as_of: date | None, only: str | None = None) -> list[MissionRow]:
    """Every mission of the world, or the one with the id ``only``.

    A mission is judged from the documents that speak of it, so its page says the same whatever else is on record.
    """
    if only is None:
        return list(world.keep("mission_rows", as_of, lambda: _rows(world, as_of)))
    return _rows(world, as_of, only)


def _rows(world: World, as_of: date | None, only: str | None = None) -> list[MissionRow]:
    found = sorted(speaking(world).items())
    return [row_of(world, one, told, as_of) for one, told in found if only is None or one == only]


def speaking(world: World) -> dict[str, set[str]]:
    """Mission -> the documents that speak of it."""
    cached: dict[str, set[str]] | None = world.cache.get("speaking")
    if cached is None:
        cached = world.cache["speaking"] = defaultdict(set)
        for kind in (Act, MissionState):
            for doc, _, record in world.records(kind):
                cached[mission_key(record.mission)].add(doc.id)
    return cached


def concerns(one: MissionRow, actor: str) -> bool:
    """Whether a mission is of a party, by its code or its name's, or its own name has these words."""
    parties = {(party or "").casefold() for party in (one.sending, one.receiving, one.host, one.id)}
    return bool(parties & party_codes(actor)) or actor.casefold() in one.name.casefold()


def over(world: World, identity: str, days: Iterable[date]) -> list[tuple[date, MissionRow]]:
    """The row of one mission on each of several days, its balances without their history."""
    documents = speaking(world).get(identity)
    if not documents:
        return []
    if len(documents) < len(world.docs):
        world = world.within(documents)
    return [(day, row_of(world, identity, documents, day, history=False)) for day in days]


def row_of(
    world: World, identity: str, documents: set[str], as_of: date | None, history: bool = True
) -> MissionRow:
    """The row of a mission, from the documents that speak of it."""
    if len(documents) < len(world.docs):
        world = world.within(documents)
    known = act_rows(world)
    acts: dict[str, ActRow] = {}
    parties: list[Mission] = []
    for _, _, act in world.records(Act):
        if mission_key(act.mission) == identity:
            acts[known[act.id].id] = known[act.id]
            parties.append(act.mission)
    told = states(world).get(identity, [])
    parties.extend(state.mission for _, state in told)
    return row(world, identity, parties, list(acts.values()), told, as_of, history)


def row(
    world: World,
    identity: str,
    missions: list[Mission],
    acts: list[ActRow],
    told: list[tuple[Doc, MissionState]],
    as_of: date | None,
    history: bool = True,
) -> MissionRow:
    acts = sorted(acts, key=lambda r: order(r.day, r.id))
    known = [level(world, doc, state) for doc, state in told]
    caps = [one for one in known if one.measure == "cap"]
    for act in acts:
        caps.extend(_caps(act))
    begun = [one for one in acts if event_begun(one.day, as_of)]
    documents = dict.fromkeys([*(doc for one in acts for doc in one.documents), *(doc.id for doc, _ in told)])
    return MissionRow(
        id=identity,
        name=next((m.name for m in missions if m.name), identity),
        sending=next((m.sending for m in missions if m.sending), None),
        receiving=next((m.receiving for m in missions if m.receiving), None),
        host=next((m.host for m in missions if m.host), None),
        cap=_latest(caps, as_of),
        cap_to_come=_coming([one for act in begun for one in _caps(act)], as_of),
        filled=_latest([one for one in known if one.measure == "filled"], as_of),
        vacant=_latest([one for one in known if one.measure == "vacant"], as_of),
        removed=tuple(_removed(one) for one in begun if _removes(one)),
        acts=tuple(begun),
        checks=checks(world, identity, begun, told, as_of, history),
        conflicts=(*(found for one in begun for found in one.conflicts), *_rivals(world, known, as_of)),
        documents=tuple(documents),
    )


def _removes(act: ActRow) -> bool:
    """Only what was done, by somebody's word that is no accusation, and with a number, is a removal."""
    return done(act) and act.act in REMOVALS and (act.number is not None or act.low is not None)


def level(world: World, doc: Doc, state: MissionState) -> Level:
    return Level(
        state.measure,
        state.value,
        state.low,
        state.high,
        state.unit,
        state.scope,
        # A size told without a day is that of the day it was told on.
        when(state.time, doc.document) or doc.told_on,
        "stated",
        world.voices(state.claims),
        world.evidence(doc, state.evidence),
        (doc.id,),
        state.id,
    )


def _caps(act: ActRow) -> list[Level]:
    if act.act not in CEILINGS or (act.cap_to is None and act.cap_from is None) or not done(act):
        return []
    since = act.in_force
    # Where only the old ceiling is told, another one is in force since, which nobody has told.
    found = [_of_act(act, "cap", act.cap_to, since)]
    if act.cap_from is not None:
        # The old ceiling is told with the new one; it held before, since a day the text does not say.
        start = since.lower or since.upper if since else None
        before = When(f"../{start}", None, None, None, None, "inherited") if start else None
        found.append(_of_act(act, "cap", act.cap_from, before))
    return found


def _rivals(world: World, levels: list[Level], as_of: date | None) -> list[Conflict]:
    """Sizes that texts of their own give otherwise for the same day, in the same unit and scope."""
    told: dict[tuple[object, ...], dict[float, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for one in levels:
        if one.value is not None and one.since is not None and _begun(one, as_of):
            place = told[(one.measure, one.unit, one.scope, one.since.lower, one.since.upper)]
            place[one.value].setdefault(kin(world)[one.documents[0]], one.documents[0])
    found = []
    for (measure, *_), values in told.items():
        families = [set(documents) for documents in values.values()]
        if len(values) > 1 and not set.intersection(*families):
            what = " vs ".join(f"{value:g}" for value in sorted(values, reverse=True))
            each = tuple((f"{value:g}", tuple(documents.values())) for value, documents in values.items())
            found.append(Conflict("number", str(measure), each, what))
    return found


def _removed(act: ActRow) -> Level:
    return _of_act(act, "removed", act.number, act.day)


def _of_act(act: ActRow, measure: str, value: float | None, since: When | None) -> Level:
    low, high = (act.low, act.high) if measure == "removed" else (None, None)
    return Level(
        measure,
        value,
        low,
        high,
        act.unit,
        None,
        since,
        act.act,
        act.voices,
        act.evidence,
        act.documents,
        act.id,
        act.approximate and measure == "removed",
    )


def _begun(one: Level, as_of: date | None) -> bool:
    return as_of is None or _start(one) <= as_of


def _latest(levels: list[Level], as_of: date | None) -> Level | None:
    """The number that holds on a day: the one with the latest beginning not after it; of rivals the one that most
    texts give, of as many the one known first."""
    holding = [one for one in levels if _begun(one, as_of)]
    votes = Counter((one.value, one.since and one.since.edtf) for one in holding)
    return max(
        holding, key=lambda one: (_start(one), votes[(one.value, one.since and one.since.edtf)]), default=None
    )


def _coming(levels: list[Level], as_of: date | None) -> Level | None:
    if as_of is None:
        return None
    coming = [one for one in levels if not _begun(one, as_of)]
    return min(coming, key=lambda one: (_start(one), one.record), default=None)


def _start(one: Level) -> date:
    """The day from which a number is known to hold; always where nobody tells one."""
    return (one.since.lower or one.since.upper or date.min) if one.since else date.min
