"""Events as rows: one for each entry, with every report of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from onrecord.ledger import standing as rest
from onrecord.ledger.choices import party_codes
from onrecord.ledger.identity import Entry, consensus, entries
from onrecord.ledger.keys import sides
from onrecord.ledger.measures import ActRow, act_rows
from onrecord.ledger.origins import kin, origins
from onrecord.ledger.reports import OWN, items_by_id, mode_of
from onrecord.ledger.rows import Amount, Conflict, Deeds, EventRow, Party, Voice, When
from onrecord.ledger.statements import iso
from onrecord.ledger.world import Coding, Doc, World, when
from onrecord.model.dates import edtf
from onrecord.model.records import Claim, Event, Quantity

# A deed that its own words call an attempt was not done: "failed attempt to assassinate", "tried to seize".
_ATTEMPT = re.compile(
    r"\s*(?:(?:a|an|the|failed|foiled|botched|thwarted|unsuccessful|abortive|alleged)\s+)*"
    r"(?:attempt(?:s|ed|ing)?|tried|tries|trying|try|bid|failed\s+to|sought\s+to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Report:
    """One coded event with where it stands."""

    doc: Doc
    coding: Coding
    event: Event


def reports(world: World) -> dict[str, Report]:
    return {event.id: Report(doc, coding, event) for doc, coding, event in world.records(Event)}


def standing(world: World, event: Event) -> str:
    """On what one report of an event rests: its document's own word, a claim, an accusation, a denial."""
    return rest.standing(world.behind(event.claims), event.status)


def status(world: World, event: Event) -> str:
    """Whether one report tells an event as done, to come, supposed or negated; on a threat alone nothing is done."""
    return rest.status(world.behind(event.claims), event.status)


def by_weight(world: World, members: Iterable[Report]) -> list[Report]:
    """The reports of an entry, the one that speaks for it first: news before background, asserted before claimed,
    first recorded first."""
    return sorted(
        members,
        key=lambda r: (
            r.event.background,
            rest.RANK[standing(world, r.event)],
            status(world, r.event) != "actual",
            r.event.time is None,
            r.doc.recorded,
            r.doc.id,
            r.event.trigger,
            r.event.id,
        ),
    )


def is_attempt(report: Report) -> bool:
    words = report.doc.document.words(report.event.trigger)
    return report.event.id in report.coding.attempts or calls_attempt(words)


def calls_attempt(words: str) -> bool:
    """Whether the words of a deed call it an attempt."""
    return _ATTEMPT.match(words) is not None


def row(world: World, entry: Entry, by_id: dict[str, Report]) -> EventRow:
    """The row of one entry."""
    members = [by_id[one] for one in entry.members if one in by_id]
    weighed = by_weight(world, members)
    first = weighed[0]
    event = first.event
    stands = min((standing(world, one.event) for one in members), key=rest.RANK.__getitem__)
    alike = _telling_alike(world, weighed, stands)
    newest = _newest(next((one for one in alike if one.event.quantities), first), members)
    kind = next((one.event for one in alike if one.event.mode), event)
    claims = [claim for one in members for claim in one.event.claims]
    acts = [act.id for one in members for act in world.acts_of.get(one.event.id, ())]
    spans = [
        found
        for one in members
        for found in world.evidence(one.doc, [one.event.trigger, *one.event.evidence])
    ]
    documents = tuple(dict.fromkeys(one.doc.id for one in members))
    place = next((one.event.place for one in alike if one.event.place), None)
    doers, done_to = sides([act for one in alike for act in world.acts_of.get(one.event.id, ())])
    rows = act_rows(world)
    measures = tuple({rows[act].id: rows[act] for act in acts}.values())
    return EventRow(
        id=entry.id,
        type=event.type,
        mode=kind.mode,
        contexts=tuple(next((one.event.contexts for one in alike if one.event.contexts), ())),
        cameo=event.cameo or kind.cameo,
        actors=_named(world, [one.event.actors for one in alike], doers),
        recipients=_named(world, [one.event.recipients for one in alike], done_to),
        status=status(world, event),
        standing=stands,
        attempt=is_attempt(first),
        background=all(one.event.background for one in members),
        when=_when(world, entry, first, members),
        place=place.name if place else None,
        country=place.country if place else None,
        quantities=tuple(amount(one) for one in newest.event.quantities),
        acts=tuple(one.id for one in measures),
        voices=world.voices(dict.fromkeys(claims)),
        evidence=tuple(spans),
        documents=documents,
        origins=origins(
            world, [(one.event.id, one.event.claims) for one in members], event.status == "negated"
        ),
        conflicts=(
            *_date_conflicts(entry, by_id),
            *(found for one in measures for found in one.conflicts),
            *(() if measures else _number_conflicts(world, members)),
        ),
        probability=event.probability,
        members=entry.members,
        merges=entry.merges,
        recorded=iso(min(one.doc.recorded for one in members)),
    )


def _telling_alike(world: World, weighed: list[Report], stands: str) -> list[Report]:
    """The reports that may say what the first of them leaves open. Of a deed that some state, whoever only accuses,
    assesses or denies has no say: whom he names would else stand there as its doer."""
    first = weighed[0]
    return [
        one
        for one in weighed
        if one is first
        or (
            one.event.type == first.event.type
            and status(world, one.event) == status(world, first.event)
            and (stands not in rest.STATED or standing(world, one.event) in rest.STATED)
        )
    ]


def _named(world: World, told: list[list[str]], side: list[str]) -> tuple[Party, ...]:
    """One side of an event: as the first report that names it does, else those of the mission its measure is on."""
    named = next((found for ids in told if (found := parties(world, ids))), ())
    return named or tuple(_state(code) for code in dict.fromkeys(side))


def _state(code: str) -> Party:
    return Party("", code, "state", code)


def _newest(first: Report, members: list[Report]) -> Report:
    """The newest version of a report that tells the event with its numbers: they take the place of earlier ones."""
    versions = {one.doc.supersedes: one for one in members if one.event.quantities}
    seen = {first.doc.id}
    while (later := versions.get(first.doc.id)) is not None and later.doc.id not in seen:
        first = later
        seen.add(first.doc.id)
    return first


def _when(world: World, entry: Entry, first: Report, members: list[Report]) -> When | None:
    """The entry's date as most families give it: the words of the lead report where it gives that date."""
    known = items_by_id(world)
    agreed = consensus(entry, known)
    for one in (first, *members):
        if one.event.time is not None and known[one.event.id].interval == agreed:
            told = when(one.event.time, one.doc.document)
            if told is not None and (told.lower, told.upper) == (agreed.lower, agreed.upper):
                return told
    if agreed.lower is None and agreed.upper is None:
        return when(first.event.time, first.doc.document)
    return When(edtf(agreed.lower, agreed.upper), agreed.lower, agreed.upper)


def _date_conflicts(entry: Entry, by_id: dict[str, Report]) -> tuple[Conflict, ...]:
    """Reports of this event that date it otherwise, with the words they do it in."""
    found = []
    for one in entry.misdated:
        report = by_id.get(one)
        if report is not None and report.event.time is not None:
            time = report.event.time
            phrase = report.doc.document.words(time.phrase) if time.phrase else time.edtf
            value = (time.edtf, (report.doc.id,))
            found.append(Conflict("date", "time", (value,), f"{phrase!r} reads as {time.edtf}"))
    return tuple(found)


def _number_conflicts(world: World, members: list[Report]) -> tuple[Conflict, ...]:
    """Exact numbers of one unit that texts of their own give otherwise; of a text's versions the newest speaks."""
    told: dict[str, dict[str, tuple[float, str]]] = defaultdict(dict)
    for one in sorted(members, key=lambda r: (r.doc.published or "", r.doc.recorded, r.event.id)):
        counts = Counter(quantity.unit for quantity in one.event.quantities)
        for quantity in one.event.quantities:
            if quantity.value is not None and not quantity.approximate and counts[quantity.unit] == 1:
                told[quantity.unit][kin(world)[one.doc.id]] = quantity.value, one.doc.id
    found = []
    for unit, by_family in told.items():
        values: dict[float, list[str]] = defaultdict(list)
        for value, document in by_family.values():
            values[value].append(document)
        if len(values) > 1:
            what = " vs ".join(f"{value:g}" for value in sorted(values, reverse=True))
            each = tuple((f"{value:g}", tuple(documents)) for value, documents in values.items())
            found.append(Conflict("number", unit, each, f"{what} {unit}"))
    return tuple(found)


def parties(world: World, ids: Iterable[str]) -> tuple[Party, ...]:
    return tuple(world.parties[one] for one in ids if one in world.parties)


def amount(quantity: Quantity) -> Amount:
    return Amount(quantity.value, quantity.unit, quantity.low, quantity.high, quantity.approximate)


def rows(world: World) -> list[EventRow]:
    """Every entry of the world, by date, undated ones last; worked out once for a world."""
    cached = world.cache.get("event_rows")
    if cached is None:
        cached = world.cache["event_rows"] = _rows(world)
    return list(cached)


def _rows(world: World) -> list[EventRow]:
    by_id = reports(world)
    found = {entry.id: entry for entry in entries(world).values()}
    told = [
        row(world, entry, by_id) for entry in found.values() if any(one in by_id for one in entry.members)
    ]
    return sorted(told, key=lambda r: order(r.when, r.id))


def of_measures(world: World) -> list[EventRow]:
    """Measures that are coded without an event, as the events they are; ``rows`` has those coded with one."""
    found = {row.id: row for row in act_rows(world).values() if row.event is None}
    return [_of_measure(world, row) for row in found.values()]


def _of_measure(world: World, row: ActRow) -> EventRow:
    doc, _, act = world.owner[row.id]
    doer, done_to = act.mission.receiving, act.mission.sending
    if row.act in OWN:
        doer, done_to = done_to, doer
    return EventRow(
        id=row.id,
        type="SANCTION",
        mode=mode_of(row.act),
        contexts=(),
        cameo=None,
        actors=(_state(doer),) if doer else (),
        recipients=(_state(done_to),) if done_to else (),
        status=row.status,
        standing=row.standing,
        attempt=False,
        background=False,
        when=row.day,
        place=None,
        country=act.mission.host,
        quantities=(),
        acts=(row.id,),
        voices=row.voices,
        evidence=row.evidence,
        documents=row.documents,
        origins=origins(world, [(one, world.owner[one][2].claims) for one in row.members]),
        conflicts=row.conflicts,
        probability=None,
        members=row.members,
        merges=(),
        recorded=iso(doc.recorded),
    )


def order(moment: When | None, identity: str) -> tuple[date, date, str]:
    lower = (moment.lower or moment.upper) if moment else None
    upper = (moment.upper or moment.lower) if moment else None
    return lower or date.max, upper or date.max, identity


def within(moment: When | None, since: date | None, until: date | None) -> bool:
    """Whether something may have happened in the window; without a date it is in no window but the open
    one."""
    if since is None and until is None:
        return True
    if moment is None or (moment.lower is None and moment.upper is None):
        return False
    lower, upper = moment.lower or moment.upper, moment.upper or moment.lower
    return not (since is not None and upper is not None and upper < since) and not (
        until is not None and lower is not None and lower > until
    )


def begun(moment: When | None, as_of: date | None) -> bool:
    """Whether something had begun on the day ``as_of``; what has no date is not held back."""
    if as_of is None or moment is None:
        return True
    lower = moment.lower or moment.upper
    return lower is None or lower <= as_of


def chosen(
    actor: str | None,
    recipient: str | None,
    kind: str | None,
    since: date | None,
    until: date | None,
    as_of: date | None,
) -> Callable[[EventRow], bool]:
    """Whether a list with these filters has a row; ``kind`` is a type, or TYPE:mode."""
    doer = matcher(actor) if actor is not None else None
    done_to = matcher(recipient) if recipient is not None else None
    name, _, mode = (kind or "").partition(":")

    def wanted(one: EventRow) -> bool:
        return (
            (doer is None or any(map(doer, one.actors)))
            and (done_to is None or any(map(done_to, one.recipients)))
            and (
                not name
                or (one.type == name.upper() and mode.casefold() in ("", (one.mode or "").casefold()))
            )
            and within(one.when, since, until)
            and begun(one.when, as_of)
        )

    return wanted


def deeds(found: list[EventRow], actor: str) -> Deeds:
    """Sort an actor's events by what they are; every row stands in exactly one list."""
    sorted_rows: dict[str, list[EventRow]] = {name: [] for name in _LISTS}
    for one in found:
        sorted_rows[_list_of(one)].append(one)
    return Deeds(actor, **{name: tuple(rows) for name, rows in sorted_rows.items()})


_LISTS = ("done", "accusations", "attempts", "denied", "negated", "planned", "hypothetical")


def _list_of(one: EventRow) -> str:
    if one.standing == "denied":
        return "denied"
    if one.attempt and one.status == "actual":
        return "attempts"
    if one.standing in ("accused", "assessed"):
        return "accusations"
    return {"actual": "done", "negated": "negated", "future": "planned", "hypothetical": "hypothetical"}[
        one.status
    ]


_WORD = re.compile(r"\w+")


def matcher(actor: str) -> Callable[[Party | None], bool]:
    """Whether a party is the one asked for: by id, by code or the name of a state or organisation that has one
    ("Britain"), or by words that its name holds ("29155", "Grushko")."""
    codes = party_codes(actor)
    words = set(_WORD.findall(actor.casefold()))
    known: dict[tuple[str | None, str], bool] = {}  # a list asks this of the same few parties over and over

    def matches(party: Party | None) -> bool:
        if party is None or actor == party.id:
            return party is not None
        key = (party.code, party.name)
        if key not in known:
            named = bool(words) and words <= set(_WORD.findall(party.name.casefold()))
            known[key] = named or (party.code or "").casefold() in codes
        return known[key]

    return matches


def denials(world: World) -> dict[str, list[Voice]]:
    """Record id -> the voices that deny it."""
    found: dict[str, list[Voice]] = {}
    for _, _, claim in world.records(Claim):
        if claim.stance == "denies":
            for about in claim.about:
                found.setdefault(about if isinstance(about, str) else about.ref, []).append(
                    world.voice(claim)
                )
    return found
