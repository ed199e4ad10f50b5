"""The relation of two parties: score and counts by month, both ways, and which deed answered which after how long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from onrecord import vocabulary
from onrecord.charts.axes import Days, day_axis, stride
from onrecord.charts.svg import Cell, Chart, Href, label, line, mark, short, svg, tag
from onrecord.charts.wording import plain
from onrecord.ledger.links import ANSWERS, LinkRow
from onrecord.ledger.relations import DyadMonth
from onrecord.ledger.world import World
from onrecord.model.records import Act, Event

WIDTH, LEFT, RIGHT = 860, 64, 20
SCORE_TOP, SCORE_HEIGHT = 34, 130
COUNT_TOP, COUNT_HEIGHT = SCORE_TOP + SCORE_HEIGHT + 44, 150
HEIGHT = COUNT_TOP + COUNT_HEIGHT + 30
MOST_MONTHS = 120
QUADS = {1: "talk", 2: "help", 3: "quarrel", 4: "clash"}
LEGEND = (
    ("circle one", "score of the first towards the second"),
    ("square other", "score of the second towards the first, dashed"),
    ("square talk", "words of cooperation"),
    ("square help", "deeds of cooperation"),
    ("square quarrel", "words of conflict"),
    ("square clash", "deeds of conflict"),
)
NOTE = (
    "News events that were done, by the month they happened in; accusations, plans, denials and background are left "
    "out. Score: PLOVER's, from -10 (conflict) to 10 (cooperation), its mean over the events of a month."
)
COLUMNS = ("month", "from", "to", "events", "types", "mean score", "lowest")


def pair(found: list[DyadMonth], one: str, other: str) -> list[DyadMonth]:
    """The months of two parties, both ways; a party by its code, else its name, whatever the case."""
    sides = ((one.casefold(), other.casefold()), (other.casefold(), one.casefold()))
    return [row for row in found if (row.actor.casefold(), row.recipient.casefold()) in sides]


def chart(found: list[DyadMonth], one: str, other: str, href: Href | None = None) -> Chart:
    """Score by month above, counts by quad class below: the first party's deeds up, the second's down."""
    months = _months(found)
    title = f"{one} and {other} by month"
    told = _told(found, one, other)
    parts = (
        []
        if not months
        else [*_scores(found, months, one, other, href), *_counts(found, months, one, other, href)]
    )
    drawn = svg("relation", title, told, WIDTH, HEIGHT, parts) if months else ""
    table = tuple(
        (
            Cell(row.month), Cell(row.actor), Cell(row.recipient), Cell(str(row.events), f"/records/{row.ids[0]}"),
            Cell(", ".join(f"{kind} {number}" for kind, number in row.counts.items())),
            Cell("–" if row.mean is None else f"{row.mean:.1f}"),
            Cell("–" if row.lowest is None else plain(row.lowest)),
        )
        for row in sorted(found, key=lambda row: (row.month, row.actor))
    )  # fmt: skip
    return Chart("relation", title, told, drawn, LEGEND, COLUMNS, table, NOTE)


def _told(found: list[DyadMonth], one: str, other: str) -> str:
    lines = []
    for actor, recipient in ((one, other), (other, one)):
        mine = [row for row in found if row.actor.casefold() == actor.casefold()]
        number = sum(row.events for row in mine)
        if mine:
            low = min(mine, key=lambda row: (row.mean if row.mean is not None else 11, row.month))
            mean = "" if low.mean is None else f", at its lowest {low.mean:.1f} in {low.month}"
            lines.append(f"{actor} to {recipient}: {number} event{'s' if number != 1 else ''}{mean}.")
        else:
            lines.append(f"{actor} to {recipient}: no event on record.")
    return " ".join(lines)


def _months(found: list[DyadMonth]) -> list[str]:
    """Every month from the first to the last, with one more on either side; at most the last ten years."""
    if not found:
        return []
    first, last = min(row.month for row in found), max(row.month for row in found)
    start, end = max(_index(first) - 1, 12), min(_index(last) + 1, 9999 * 12 + 11)
    return [
        f"{one // 12:04d}-{one % 12 + 1:02d}" for one in range(max(start, end - MOST_MONTHS + 1), end + 1)
    ]


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _middle(months: list[str], month: str) -> float:
    step = (WIDTH - LEFT - RIGHT) / len(months)
    return round(LEFT + (_index(month) - _index(months[0]) + 0.5) * step, 1)


def _within(found: list[DyadMonth], months: list[str], actor: str) -> list[DyadMonth]:
    return sorted(
        (row for row in found if row.actor.casefold() == actor.casefold() and row.month >= months[0]),
        key=lambda row: row.month,
    )


def _scores(
    found: list[DyadMonth], months: list[str], one: str, other: str, href: Href | None
) -> Iterator[str]:
    def y(score: float) -> float:
        return round(SCORE_TOP + (10 - score) / 20 * SCORE_HEIGHT, 1)

    yield label(LEFT, SCORE_TOP - 14, "Mean score of a month (–10 conflict, 10 cooperation)", "head")
    for score in (-10, -5, 0, 5, 10):
        yield line(LEFT, y(score), WIDTH - RIGHT, y(score), "zero" if score == 0 else "grid")
        yield label(LEFT - 8, y(score) + 4, str(score), "tick", "end")
    for actor, recipient, class_ in ((one, other, "one"), (other, one, "other")):
        rows = [row for row in _within(found, months, actor) if row.mean is not None]
        aside = -4 if class_ == "one" else 4  # so that equal scores do not hide each other
        places = [(_middle(months, row.month) + aside, y(row.mean or 0)) for row in rows]
        for (before, start), (after, end) in pairwise(zip(rows, places, strict=True)):
            if _index(after.month) - _index(before.month) == 1:  # over a gap nothing is known
                yield tag("path", class_=class_, d=f"M{start[0]:g} {start[1]:g}L{end[0]:g} {end[1]:g}")
        for row, (x, place) in zip(rows, places, strict=True):
            said = f"{actor} to {recipient}, {row.month}: mean score {row.mean:.1f} of {row.events} events"
            shape = (
                tag("circle", cx=x, cy=place, r=4.5, class_="one")
                if class_ == "one"
                else tag("rect", x=x - 4, y=place - 4, width=8, height=8, class_="other")
            )
            yield mark(shape, said, f"/records/{row.ids[0]}", href)


def _counts(
    found: list[DyadMonth], months: list[str], one: str, other: str, href: Href | None
) -> Iterator[str]:
    most = max(row.events for row in found)
    half = COUNT_HEIGHT / 2
    zero = COUNT_TOP + half
    step = (WIDTH - LEFT - RIGHT) / len(months)
    wide = min(max(step * 0.7, 2.0), 46.0)
    yield label(
        LEFT, COUNT_TOP - 14, f"Events of a month (up: {one} to {other}; down: {other} to {one})", "head"
    )
    pace = stride(most, 3)
    number = pace
    while number <= most:
        for sign in (-1, 1):
            y = round(zero - sign * number / most * half, 1)
            yield line(LEFT, y, WIDTH - RIGHT, y, "grid")
            yield label(LEFT - 8, y + 4, f"{number:g}", "tick", "end")
        number += pace
    yield line(LEFT, zero, WIDTH - RIGHT, zero, "zero")
    yield label(LEFT - 8, zero + 4, "0", "tick", "end")
    for actor, sign in ((one, 1), (other, -1)):
        for row in _within(found, months, actor):
            y = zero
            for quad, class_ in QUADS.items():
                kinds = {kind: count for kind, count in row.counts.items() if _quad(kind) == quad}
                if not kinds:
                    continue
                tall = sum(kinds.values()) / most * half
                said = f"{row.actor} to {row.recipient}, {row.month}: " + ", ".join(
                    f"{k} {n}" for k, n in kinds.items()
                )
                top = y - tall if sign > 0 else y
                bar = tag(
                    "rect", x=round(_middle(months, row.month) - wide / 2, 1), y=round(top, 1), width=round(wide, 1),
                    height=round(tall, 1), class_=f"bar {class_}",
                )  # fmt: skip
                yield mark(bar, said, f"/records/{row.ids[0]}", href)
                y -= sign * tall
    bottom = COUNT_TOP + COUNT_HEIGHT
    first, last = _first_day(months[0]), _first_day(months[-1])
    yield day_axis(Days(first, last, _middle(months, months[0]), _middle(months, months[-1])), bottom)


def _first_day(month: str) -> date:
    return date(int(month[:4]), int(month[5:7]), 1)


def _quad(kind: str) -> int:
    found = vocabulary.types().get(kind)
    return found.quad if found else 4


def answers(world: World, ties: list[LinkRow], one: str, other: str) -> list[LinkRow]:
    """What answered what between two parties: ties of response or cause whose deeds are of both, by lag."""
    wanted = {one.casefold(), other.casefold()}

    def names(identity: str) -> set[str]:
        held = world.owner.get(identity)
        record = held[2] if held else None
        if isinstance(record, Act):
            told = [record.mission.sending, record.mission.receiving]
            return {code.casefold() for code in told if code}
        if not isinstance(record, Event):
            return set()
        parties = [world.party(actor) for actor in (*record.actors, *record.recipients)]
        return {(party.code or party.name).casefold() for party in parties if party}

    chosen = [
        tie for tie in ties
        if tie.kind in ("response_to", "caused_by", "after", "fulfils") and tie.polarity == "+"
        and wanted <= names(tie.source) | names(tie.target)
    ]  # fmt: skip
    return sorted(chosen, key=lambda tie: (tie.lag_days is None, tie.lag_days or 0, tie.id))


def lags(found: list[LinkRow], href: Href | None = None) -> Chart:
    """How many days lay between a deed and what answered it, a bar each."""
    title = "What answered what, and after how many days"
    known = [tie for tie in found if tie.lag_days is not None]
    table = tuple(
        (
            Cell(tie.source_label, f"/records/{tie.source}"), Cell(tie.kind.replace("_", " "), f"/records/{tie.id}"),
            Cell(tie.target_label, f"/records/{tie.target}"), Cell(tie.basis), Cell(tie.status),
            Cell("not known" if tie.lag_days is None else str(tie.lag_days)), Cell(_like(tie)),
        )
        for tie in found
    )  # fmt: skip
    columns = ("answer", "tie", "to what", "basis", "now", "days between", "like for like")
    told = "; ".join(
        f"{t.source_label} {t.kind.replace('_', ' ')} {t.target_label}, {t.lag_days} days" for t in known
    )
    drawn = svg("lags", title, told, WIDTH, 44 * len(known) + 40, _bars(known, href)) if known else ""
    note = "A tie that a report states is marked stated; “after” alone implies no cause."
    return Chart("lags", title, told or "No lag is known.", drawn, (), columns, table, note)


def _like(tie: LinkRow) -> str:
    """Whether an answer was the like of what it answered; only measures can be compared."""
    return tie.symmetry or ("no measures to compare" if tie.kind in ANSWERS else "–")


def _bars(found: list[LinkRow], href: Href | None) -> Iterator[str]:
    most = max(max(abs(tie.lag_days or 0) for tie in found), 1)
    step = stride(most)
    left, right = 20, WIDTH - 120
    bottom = 44 * len(found) + 14
    number = 0.0
    while number <= most:
        x = left + number / most * (right - left)
        yield line(x, 0, x, bottom, "grid")
        yield label(
            x,
            bottom + 16,
            f"{number:g}" + (" days" if number == 0 else ""),
            "tick",
            "middle" if number else "start",
        )
        number += step
    for place, tie in enumerate(found):
        y = place * 44 + 14
        lag = tie.lag_days or 0
        told = f"{tie.source_label}: {tie.kind.replace('_', ' ')} {tie.target_label}, {lag} days later, {tie.basis}"
        yield label(left, y, short(f"{tie.target_label} → {tie.source_label}", 120), "tick")
        long = max(abs(lag) / most * (right - left), 3.0)
        class_ = "bar clash" if tie.basis == "stated" else "bar quarrel"
        bar = tag("rect", x=left, y=y + 6, width=round(long, 1), height=14, class_=class_)
        yield mark(bar, told, f"/records/{tie.id}", href)
        after = f"{lag} day{'s' if lag != 1 else ''}, {tie.basis}" + (
            f", {tie.symmetry}" if tie.symmetry else ""
        )
        yield label(left + long + 8, y + 18, after, "value")
