"""The keys under which a coding is found, so that a page reads its neighbourhood and not the whole ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from onrecord.ledger.statements import document_key
from onrecord.model.dates import Interval, bounds
from onrecord.model.records import Act, CodedDocument, Event, Mission

WIDE_MONTHS = 3
LATE_MONTHS = 2
LONGEST_YEARS = 60
EVERYWHERE = "about:*"
# What a state does with its own mission; every other measure is the receiving side's.
OWN = frozenset({"suspend_own_mission", "recall"})


def about(document: str) -> str:
    """The key of every decision and merge that bears on a document."""
    return f"about:{document_key(document)}"


def keys_of(coded: CodedDocument) -> list[str]:
    """Every key of a coding."""
    return [*touched(coded), *pairs(coded)]


def sides(acts: Iterable[Act]) -> tuple[list[str], list[str]]:
    """Who does these measures, and to whom: the receiving side to the sending one, but for what a state does with its
    own mission."""
    doers: list[str] = []
    done_to: list[str] = []
    for act in acts:
        pair = act.mission.receiving, act.mission.sending
        one, other = reversed(pair) if act.act in OWN else pair
        doers += [one] if one else []
        done_to += [other] if other else []
    return doers, done_to


def completed(coded: CodedDocument) -> dict[str, Mission]:
    """Record id -> the mission it is on, where its words name one side of it only and the document otherwise speaks of
    just one mission with that side."""
    told = {act.id: act.mission for act in coded.acts} | {state.id: state.mission for state in coded.missions}
    whole = {(one.sending, one.receiving): one for one in told.values() if one.sending and one.receiving}
    found: dict[str, Mission] = {}
    for identity, half in told.items():
        if bool(half.sending) != bool(half.receiving):
            meant = [
                one
                for one in whole.values()
                if (half.sending or one.sending, half.receiving or one.receiving)
                == (one.sending, one.receiving)
            ]
            if len(meant) == 1:
                sides = {"sending": meant[0].sending, "receiving": meant[0].receiving}
                found[identity] = half.model_copy(update=sides)
    return found


def touched(coded: CodedDocument) -> Iterator[str]:
    """The keys under which a coding is found: parties, missions, months, forums, other documents."""
    document = coded.document
    for other in (document.supersedes, document.translation_of):
        if other:
            yield f"document:{other}"
    if document.outlet.name:
        yield f"outlet:{document.outlet.name.casefold()}"
    for actor in coded.actors:
        if actor.code:
            yield f"actor:{actor.code}"
        yield f"actor:{actor.name.casefold()}"
    missions = [act.mission for act in coded.acts] + [state.mission for state in coded.missions]
    for mission in missions:
        yield f"mission:{mission.sending or '?'}>{mission.receiving or '?'}"
        for code in (mission.sending, mission.receiving, mission.host):
            if code:
                yield f"actor:{code}"
    for forum in coded.forums:
        yield f"forum:{forum.name.casefold()}"
    times = [event.time for event in coded.events] + [claim.time for claim in coded.claims]
    for time in times:
        if time is not None:
            yield from _months(time.edtf)
    if document.published is not None:
        yield f"month:{document.published.value[:7]}"
    for link in coded.links:
        for end in (link.from_, link.to):
            if not isinstance(end, str):
                yield f"document:{end.document}"


def _months(edtf: str) -> Iterator[str]:
    """``month:2021-10`` for each month of a date; a date of over two years has one key, ``month:*``."""
    interval = bounds(edtf)
    if interval.lower is None or interval.upper is None or (interval.days() or 0) > 731:
        yield "month:*"
        return
    year, month = interval.lower.year, interval.lower.month
    while (year, month) <= (interval.upper.year, interval.upper.month):
        yield f"month:{year:04}-{month:02}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def pairs(coded: CodedDocument) -> Iterator[str]:
    """``pair:TYPE|actor|recipient|month`` for each deed: what may be of one event shares a key.

    The month is that of the deed and that of publication, for a date may lie; a date over several months gives
    its years instead.
    """
    codes = {actor.id: actor.code or actor.name.casefold() for actor in coded.actors}
    published = coded.document.published.value[:7] if coded.document.published else None
    measures: dict[str, list[Act]] = {}
    for act in coded.acts:
        if act.event is not None:
            measures.setdefault(act.event, []).append(act)
    for event in coded.events:
        for head in _heads(event, codes, measures.get(event.id, [])):
            moments = {published} if published else set()
            moments.update(_moments(bounds(event.time.edtf)) if event.time else ("undated",))
            yield from (f"{head}|{moment}" for moment in moments)
    for act in coded.acts:
        if act.event is None:
            times = [time for name in type(act.dates).model_fields if (time := getattr(act.dates, name))]
            for head in _act_heads(act):
                moments = {published} if published else set()
                for time in times:
                    moments.update(_moments(bounds(time.edtf)))
                yield from (f"{head}|{moment}" for moment in moments or {"undated"})


def _heads(event: Event, codes: dict[str, str], acts: list[Act]) -> list[str]:
    doers, done_to = sides(acts)
    actors = [codes[one] for one in event.actors if one in codes] or doers or ["?"]
    recipients = [codes[one] for one in event.recipients if one in codes] or done_to or ["?"]
    both = dict.fromkeys((actor, recipient) for actor in actors for recipient in recipients)
    return [f"pair:{event.type}|{actor}|{recipient}" for actor, recipient in both]


def _act_heads(act: Act) -> list[str]:
    """Who acts on whom is not told by a measure alone, so it is found either way."""
    one, other = act.mission.receiving or "?", act.mission.sending or "?"
    return [f"pair:SANCTION|{one}|{other}", f"pair:SANCTION|{other}|{one}"]


def _moments(interval: Interval) -> Iterator[str]:
    if interval.lower is None or interval.upper is None:
        day = interval.lower or interval.upper
        yield str(day.year) if day else "undated"
        return
    months = (interval.upper.year - interval.lower.year) * 12 + interval.upper.month - interval.lower.month
    if months < WIDE_MONTHS:
        yield from _run(interval.lower, months)
    else:
        last = min(interval.upper.year, interval.lower.year + LONGEST_YEARS)
        yield from (str(year) for year in range(interval.lower.year, last + 1))


def _run(start: date, months: int, before: int = 0) -> Iterator[str]:
    for month in range(start.month - 1 - before, start.month + months):
        yield f"{start.year + month // 12:04}-{month % 12 + 1:02}"


def around(coded: Iterable[CodedDocument]) -> set[str]:
    """The keys of every coding that may tell a deed these documents tell."""
    found: set[str] = set()
    for one in coded:
        found.update((f"document:{one.document.id}", f"doc:{document_key(one.document.id)}"))
        for key in touched(one):
            if key.startswith("document:"):
                found.update((key, f"doc:{document_key(key[9:])}"))
        for key in {*pairs(one), *_nameless(one)}:
            head, _, moment = key.rpartition("|")
            found.update((key, f"{head}|undated"))
            if moment == "undated":
                continue
            found.add(f"{head}|{moment[:4]}")
            if len(moment) == 4:
                found.update(f"{head}|{moment}-{month:02}" for month in range(1, 13))
            elif len(moment) == 7:
                first = date(int(moment[:4]), int(moment[5:]), 1)
                # Before it too: a report without a date is of a deed of the weeks before it was published.
                found.update(f"{head}|{other}" for other in _run(first, LATE_MONTHS, LATE_MONTHS))
    return found


def _nameless(coded: CodedDocument) -> Iterator[str]:
    """The keys of the same deeds told without the doer, or without the one done to."""
    for key in pairs(coded):
        kind, actor, recipient, moment = key.split("|")
        yield f"{kind}|?|{recipient}|{moment}"
        yield f"{kind}|{actor}|?|{moment}"


def months_of(since: date, until: date) -> list[str] | None:
    """The keys of a window of days, with the months in which it may still be reported; None for a long one."""
    months = (until.year - since.year) * 12 + until.month - since.month
    if not 0 <= months <= 36:
        return None
    return [*(f"month:{one}" for one in _run(since, months + LATE_MONTHS)), "month:*"]
