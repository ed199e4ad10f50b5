"""Charts from a ledger's views: one way for the pages, the command line and the static site.

``ask`` is a ledger's views by name (``ask("events", as_of=…)``); the pages hand in one that keeps answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onrecord import vocabulary
from onrecord.charts import claims, mission, network, places, relation, timeline
from onrecord.charts.svg import Chart, Href
from onrecord.ledger.choices import party_codes
from onrecord.model.dates import parse
from onrecord.model.problems import OnrecordError

Ask = Callable[..., Any]
Times = dict[str, str]
"""``as_of`` and ``known_at``, each only where it is given."""


def known(times: Times) -> Times:
    return {name: value for name, value in times.items() if name == "known_at"}


def steps_of(
    ask: Ask, identity: str, times: Times, since: str | None = None, until: str | None = None
) -> tuple[Any, list[mission.Step]]:
    """A mission's row and the steps of its numbers in a window. Raises OnrecordError ``no-record``."""
    rows = ask("missions", mission=identity, **times)
    if not rows:
        raise OnrecordError(
            "no-record", "no mission has this id, as far as was known then", "/missions lists them.", identity
        )
    newest = ask("missions", mission=identity, **known(times))[0] if times.get("as_of") else rows[0]
    world = ask("near", (f"mission:{identity}",), **known(times))
    every = mission.steps(world, identity, newest)
    first = parse(since).lower if since else None
    last = parse(until).upper if until else None
    return rows[0], mission.shown(every, first, last)


def of_mission(
    ask: Ask,
    identity: str,
    times: Times,
    since: str | None = None,
    until: str | None = None,
    href: Href | None = None,
) -> Chart:
    """Ceiling, filled and vacant of one mission (``RUS>NATO``) over time."""
    row, found = steps_of(ask, identity, times, since, until)
    return of_steps(row, found, times, since, until, href)


def of_steps(
    row: Any, found: list[mission.Step], times: Times, since: str | None, until: str | None, href: Href | None
) -> Chart:
    """The chart of a mission whose row and steps are at hand."""
    day = parse(times["as_of"]).upper if times.get("as_of") else None
    return mission.chart(
        row, found, parse(until).upper if until else None, day, parse(since).lower if since else None, href
    )


def dyads(ask: Ask, times: Times, window: Times) -> list[Any]:
    """Every directed pair by month, scored by PLOVER's intensity."""
    return list(ask("dyads", scale=intensity, **times, **window))


def intensity(type_: str, mode: str | None) -> float | None:
    """PLOVER's score; that of the type where the mode is somebody else's, none where the type is as well."""
    for told in (mode, None):
        try:
            return vocabulary.score(type_, told)
        except LookupError:
            continue
    return None


def of_relation(
    ask: Ask, one: str, other: str, times: Times, window: Times, href: Href | None = None
) -> tuple[Chart, Chart]:
    """The relation of two parties: score and counts by month; and what answered what.

    Raises OnrecordError ``no-record`` where nothing between them is on record.
    """
    every = dyads(ask, times, window)
    names = {name.casefold(): name for row in every for name in (row.actor, row.recipient)}
    one, other = _as_paired(one, names), _as_paired(other, names)
    found = relation.pair(every, one, other)
    ties = relation.answers(ask("world", times.get("known_at")), ask("links", **times), one, other)
    if not found and not ties:
        raise OnrecordError(
            "no-record",
            "nothing that was done between these two is on record, as far as was known then",
            "`onrecord chart network` and the page /relations list the pairs.",
            f"{one} {other}",
        )
    return relation.chart(found, one, other, href), relation.lags(ties, href)


def _as_paired(told: str, names: dict[str, str]) -> str:
    """A party as the pairs on record call it: by the code of the state or organisation whose name is told."""
    key = told.casefold()
    code = next(iter(party_codes(told) - {key}), None)
    return names.get(key) or (told if code is None else names.get(code, code.upper()))


def of_timeline(ask: Ask, times: Times, filters: Times, href: Href | None = None) -> Chart:
    """Everything dated; ``filters`` are those of the view, and ``kind``."""
    told = {name: value for name, value in filters.items() if name != "kind"}
    rows = ask("timeline", **told, **times)
    return timeline.chart([row for row in rows if filters.get("kind") in (None, row.kind)], href)


def of_network(ask: Ask, times: Times, window: Times, href: Href | None = None) -> Chart:
    """Who did what to whom."""
    return network.chart(dyads(ask, times, window), href)


def of_map(ask: Ask, times: Times, filters: Times, whole: bool = False, href: Href | None = None) -> Chart:
    """Where events were that were done."""
    rows = [row for row in ask("events", **filters, **times) if row.done]
    return places.chart(ask("world", times.get("known_at")), rows, whole, href)


def matters(ask: Ask, times: Times, status: str | None, actor: str | None) -> list[Any]:
    """What claims are about, the most contested first: by status, then by how many take a stand."""
    order = {"contested": 0, "resolved": 1, "agreed": 2, "claimed": 3}
    wanted = (actor or "").casefold()
    rows = [
        row
        for row in ask("propositions", **times, **({"status": status} if status else {}))
        if not wanted
        or any(
            wanted in (p.party.casefold(), (p.holder.code or "").casefold() if p.holder else "")
            for p in row.positions
        )
    ]
    return sorted(rows, key=lambda row: (order.get(row.status, 4), -len(row.positions), row.id))


def of_matter(ask: Ask, row: Any, times: Times, href: Href | None = None) -> Chart:
    """Who says one thing, who denies it, and through whom."""
    return claims.chart(ask("world", times.get("known_at")), row, href)


def matters_of(ask: Ask, times: Times, record: str) -> list[Any]:
    """The matters that a record takes a stand on, or the matter of this id. Raises OnrecordError ``no-record``."""
    every = matters(ask, times, None, None)
    found = [row for row in every if row.id == record]
    found = found or [row for row in every if any(record in (p.claim, p.record) for p in row.positions)]
    if not found:
        raise OnrecordError(
            "no-record",
            "no matter that claims are about has this id",
            "`onrecord claims` lists claims with theirs.",
            record,
        )
    return found
