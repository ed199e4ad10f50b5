"""Threats, promises and predictions as something awaited: open, fulfilled, wrong in number or kind,
lapsed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.ledger import events, links
from onrecord.ledger.measures import ActRow
from onrecord.ledger.reports import kind_of_measure
from onrecord.ledger.rows import EventRow, Evidence, Party, Voice, When
from onrecord.ledger.statements import moment
from onrecord.ledger.world import Doc, World, when
from onrecord.model.records import Act, Event, Expectation, Link

WINDOW = timedelta(days=183)
TOGETHER = timedelta(days=3)
HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class ExpectationRow:
    """One expectation. ``status``: ``open``, ``fulfilled``, ``fulfilled in part``, ``wrong in number``,
    ``wrong in kind`` or ``lapsed``.

    ``by`` are the events that bear on it, ``acts`` how many measures they are; ``basis`` says whether a
    text states the tie or it was inferred from parties and dates; ``lag_days`` counts from the day it was
    said.
    """

    id: str
    voice: Voice | None
    actor: str | None
    target: str | None
    act: str | None
    type: str | None
    number: float | None
    form: str | None
    deadline: When | None
    said: When | None
    status: str
    on: date | None
    by: tuple[str, ...]
    acts: int
    lag_days: int | None
    basis: str | None
    symmetry: str | None
    why: str
    basis_evidence: tuple[Evidence, ...]
    evidence: tuple[Evidence, ...]
    documents: tuple[str, ...]
    members: tuple[str, ...]


def rows(world: World, as_of: date | None = None) -> list[ExpectationRow]:
    """Every expectation voiced by ``as_of``, as it stood on that day."""
    return list(world.keep("expectation_rows", as_of, lambda: _rows(world, as_of)))


def _rows(world: World, as_of: date | None) -> list[ExpectationRow]:
    return remade(world, as_of, {}, set(), ())


def remade(
    world: World,
    as_of: date | None,
    known: dict[str, ExpectationRow],
    stale: set[str],
    changed: Sequence[tuple[set[str], date]],
) -> list[ExpectationRow]:
    """Every expectation, of which those ``known`` (by id) stay as they are, unless one of their documents is ``stale``,
    or one of the ``changed`` deeds (its doers and its day) may bear on it."""
    groups: dict[tuple[object, ...], list[tuple[Doc, Expectation]]] = defaultdict(list)
    for doc, _, one in world.records(Expectation):
        groups[_key(world, one)].append((doc, one))
    event_rows: list[EventRow] = []
    found: list[ExpectationRow] = []
    for group in groups.values():
        group.sort(key=lambda pair: (pair[0].recorded, pair[1].id))
        row = known.get(group[0][1].id)
        if row is None or not _stays(row, group, as_of, stale, changed):
            event_rows = event_rows or [*events.rows(world), *events.of_measures(world)]
            row = _row(world, group, event_rows, as_of)
        found.append(row)
    begun = [one for one in found if events.begun(one.said, as_of)]
    return sorted(begun, key=lambda r: events.order(r.said, r.id))


def _stays(
    row: ExpectationRow,
    group: list[tuple[Doc, Expectation]],
    as_of: date | None,
    stale: set[str],
    changed: Sequence[tuple[set[str], date]],
) -> bool:
    if not stale.isdisjoint(row.documents) or set(row.members) != {one.id for _, one in group}:
        return False
    if row.status in ("open", "lapsed") and row.deadline is not None and as_of is None:
        return False  # whether it has passed depends on the newest report
    said = row.said.lower if row.said else None
    return not any(
        said is not None and row.actor in doers and said <= day <= said + WINDOW for doers, day in changed
    )


def _key(world: World, one: Expectation) -> tuple[object, ...]:
    """Reports of one expectation have the same speaker, parties, deed and number, said in the same days."""
    claim = next(iter(world.claims([one.claim] if one.claim else [])), None)
    holder = world.party(claim.holder) if claim else None
    said = world.said(claim) if claim else None
    week = said.lower.isocalendar()[:2] if said and said.lower else None
    name = holder.code if holder and holder.anonymous else _surname(holder)
    return (
        name,
        _code(world, one.actor),
        _code(world, one.target),
        one.deed.act,
        one.deed.type,
        one.number,
        week,
    )


def _surname(party: Party | None) -> str | None:
    return party.name.rpartition(" ")[2].casefold() if party else None


def _code(world: World, identity: str | None) -> str | None:
    party = world.party(identity)
    return (party.code or party.name.casefold()) if party else None


def _row(
    world: World, group: list[tuple[Doc, Expectation]], event_rows: list[EventRow], as_of: date | None
) -> ExpectationRow:
    doc, first = group[0]
    claim = next(iter(world.claims([first.claim] if first.claim else [])), None)
    voice = world.voice(claim) if claim else None
    said = world.said(claim) if claim else (When(doc.day.isoformat(), doc.day, doc.day) if doc.day else None)
    actor = _code(world, first.actor) or (_code(world, claim.holder) if claim else None)
    # What is promised or foreseen of nobody and as no kind of deed can be met by none: a visa that goes on being issued
    # is not met by the next expulsion.
    vague = claim is not None and claim.stance in ("promises", "predicts") and first.target is None
    vague = vague and first.deed.act is None and first.deed.type is None
    members = {one.id for _, one in group}
    evidence = tuple(found for one, record in group for found in world.evidence(one, record.evidence))
    outcome = _outcome(
        world,
        first,
        members,
        evidence,
        None if vague else actor,
        _code(world, first.target),
        said,
        event_rows,
        as_of,
        voice,
    )
    return ExpectationRow(
        id=first.id,
        voice=voice,
        actor=actor,
        target=_code(world, first.target),
        act=first.deed.act,
        type=first.deed.type,
        number=first.number,
        form=first.form,
        deadline=when(first.deadline, doc.document),
        said=said,
        status=outcome.status,
        on=outcome.on,
        by=tuple(one.id for one in outcome.by),
        acts=len(outcome.acts),
        lag_days=(outcome.on - said.lower).days if outcome.on and said and said.lower else None,
        basis=outcome.basis,
        symmetry=outcome.symmetry,
        why=outcome.why,
        basis_evidence=outcome.evidence,
        evidence=evidence,
        documents=tuple(dict.fromkeys(one.id for one, _ in group)),
        members=tuple(sorted(members)),
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    status: str
    why: str
    on: date | None = None
    by: tuple[EventRow, ...] = ()
    acts: tuple[ActRow, ...] = ()
    basis: str | None = None
    symmetry: str | None = None
    evidence: tuple[Evidence, ...] = ()


def _outcome(
    world: World,
    one: Expectation,
    members: set[str],
    uttered: tuple[Evidence, ...],
    actor: str | None,
    target: str | None,
    said: When | None,
    event_rows: list[EventRow],
    as_of: date | None,
    voice: Voice | None,
) -> _Outcome:
    told = _told(world, members)
    deadline = when(one.deadline, world.owner[one.id][0].document)
    last = deadline.upper if deadline else None
    candidates = [
        row
        for row in event_rows
        if _bears(row, one, told, actor, target, said, as_of)
        and (row.id in told or ((last is None or _day(row) <= last) and not _utters(row, uttered)))
    ]
    candidates.sort(key=lambda row: events.order(row.when, row.id))
    if not candidates:
        return _unmet(world, last, as_of)
    # A deed that a text ties to it leads; what was done with it, in the same days, belongs to it.
    stated = [row for row in candidates if row.id in told or _answers(world, row, target)]
    start = _day((stated or candidates)[0])
    by = tuple(row for row in candidates if abs(_day(row) - start) <= TOGETHER)
    acts = tuple({act.id: act for row in by for act in links.acts_of(world, row.id)}.values())
    basis, evidence = _basis(world, by, told, target)
    caused = [
        act for row in by for cause in _causes(world, row, target) for act in links.acts_of(world, cause)
    ]
    status, why = _judge(one, by, acts, voice)
    # A wrong kind of deed meets an expectation only where a text ties the two.
    if status == "wrong in kind" and basis != "stated":
        return _unmet(world, last, as_of)
    even = links.symmetry(list(acts), list({act.id: act for act in caused}.values()))
    return _Outcome(status, why, start, by, acts, basis, even, evidence)


def _utters(row: EventRow, evidence: tuple[Evidence, ...]) -> bool:
    """An event told by nothing but the words of the threat or promise itself: that is no deed that meets it."""
    return bool(row.evidence) and all(
        any(
            one.document == told.document and one.span[0] < told.span[1] and told.span[0] < one.span[1]
            for told in evidence
        )
        for one in row.evidence
    )


def _day(row: EventRow) -> date:
    assert row.when is not None and row.when.lower is not None
    return row.when.lower


def _told(world: World, members: set[str]) -> dict[str, Link]:
    """Entry -> the link that says it fulfils one of these expectations."""
    found: dict[str, Link] = {}
    for _, link in world.ties("fulfils"):
        if world.resolve(link.to) in members:
            found[links.home(world, world.resolve(link.from_))] = link
    return found


def _bears(
    row: EventRow,
    one: Expectation,
    told: dict[str, Link],
    actor: str | None,
    target: str | None,
    said: When | None,
    as_of: date | None,
) -> bool:
    day = row.when.lower if row.when else None
    if not row.done or day is None or (as_of is not None and day > as_of):
        return False
    if row.id in told:
        return True
    if said is None or said.lower is None or not said.lower <= day <= said.lower + WINDOW:
        return False
    if actor is None or actor not in {party.code or party.name.casefold() for party in row.actors}:
        return False
    if target is not None and target not in {party.code or party.name.casefold() for party in row.recipients}:
        return False
    return row.type == one.deed.type if one.deed.type else row.type in HOSTILE


def _answers(world: World, row: EventRow, target: str | None) -> bool:
    return bool(_causes(world, row, target))


def _causes(world: World, row: EventRow, target: str | None) -> list[str]:
    """The target's own deeds that a text says this event responds to."""
    found = []
    for _, link in world.ties("response_to"):
        if link.basis != "stated":
            continue
        if links.home(world, world.resolve(link.from_)) != row.id and not _part(world, link, row):
            continue
        cause = links.home(world, world.resolve(link.to))
        if target is None or target in _doers(world, cause):
            found.append(cause)
    return found


def _part(world: World, link: Link, row: EventRow) -> bool:
    """Whether a link begins at a measure of this event."""
    source = world.resolve(link.from_)
    record = world.owner[source][2] if source in world.owner else None
    return isinstance(record, Act) and links.home(world, record.event) == row.id


def _doers(world: World, identity: str) -> set[str]:
    record = world.owner[identity][2] if identity in world.owner else None
    if isinstance(record, Event):
        return {code for one in record.actors if (code := _code(world, one))}
    if isinstance(record, Act) and record.mission.receiving:
        return {record.mission.receiving}
    return set()


def _basis(
    world: World, by: tuple[EventRow, ...], told: dict[str, Link], target: str | None
) -> tuple[str, tuple[Evidence, ...]]:
    """Whether a text states the tie, with its words."""
    spans: list[Evidence] = []
    stated = False
    ids = {row.id for row in by}
    for doc, link in world.ties("fulfils", "response_to"):
        source = links.home(world, world.resolve(link.from_))
        fulfils = link.kind == "fulfils" and source in ids and told.get(source) is link
        answers = (
            link.kind == "response_to"
            and link.basis == "stated"
            and (source in ids or any(_part(world, link, row) for row in by))
        )
        if (fulfils and link.basis == "stated") or answers:
            stated = True
            spans.extend(world.evidence(doc, link.evidence))
    return ("stated" if stated else "inferred"), tuple(dict.fromkeys(spans))


def _judge(
    one: Expectation, by: tuple[EventRow, ...], acts: tuple[ActRow, ...], voice: Voice | None
) -> tuple[str, str]:
    """Whether what was done is what was expected, in kind and in number."""
    fitting = [act for act in acts if one.deed.act is None or _alike(act.act, one.deed.act)]
    if one.deed.act is not None and not fitting:
        done = ", ".join(sorted({act.act for act in acts})) or by[0].type
        return "wrong in kind", f"expected {one.deed.act}, done {done}"
    if one.number is not None:
        numbers = [act.number for act in fitting if act.number is not None]
        numbers += (
            [q.value for row in by for q in row.quantities if q.value is not None] if not numbers else []
        )
        total = sum(numbers)
        if numbers and one.number not in (*numbers, total):
            promised = voice is not None and voice.stance in ("promises", "threatens", "demands")
            told = f"expected {one.number:g}, done {total:g}"
            return ("fulfilled in part" if promised and total < one.number else "wrong in number"), told
    if len(by) > 1:
        return "fulfilled", f"{len(by)} events"
    return "fulfilled", f"{len(acts)} measures by {by[0].id}" if len(acts) > 1 else f"by {by[0].id}"


def _alike(one: str, other: str) -> bool:
    return kind_of_measure(one) == kind_of_measure(other)


def _unmet(world: World, last: date | None, as_of: date | None) -> _Outcome:
    """Open until its deadline has passed; the day is ``as_of``, else that of the newest record."""
    day = as_of
    if day is None:
        newest = max((doc.recorded for doc in world.docs.values()), default=None)
        day = moment(newest).date() if newest is not None else None
    if last is not None and day is not None and day > last:
        return _Outcome("lapsed", f"nothing on record by {last}")
    return _Outcome("open", "nothing on record that meets it")
