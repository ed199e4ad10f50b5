"""Everything dated on one line of time: a lane for each kind, a dot for each thing, a bar where they are too many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from onrecord.charts.axes import Days, day_axis, moved
from onrecord.charts.svg import Cell, Chart, Href, label, mark, short, svg, tag
from onrecord.charts.wording import day
from onrecord.ledger.rows import TimelineRow

WIDTH, LEFT, RIGHT, TOP = 960, 96, 20, 10
KINDS = {"event": "events", "act": "measures", "claim": "claims", "mission": "sizes", "forum": "forums"}
DOT, DEEP = 11, 8
MOST_DOTS = 600
MOST_ROWS = 500
LEGEND = (
    ("circle event", "event; hollow: accused, denied, planned or not done"),
    ("circle act", "measure on a mission apart from an event"),
    ("circle claim", "claim"),
    ("circle mission", "number of a mission"),
    ("circle forum", "state of a forum"),
)
COLUMNS = ("date", "kind", "what", "standing", "reports")


def chart(rows: list[TimelineRow], href: Href | None = None) -> Chart:
    """The dated rows; a row without its day stands in the table alone."""
    dated = [(row, row.when.lower) for row in rows if row.when and row.when.lower]
    title = "What is on record, by date"
    told = _told([row for row, _ in dated], len(rows))
    table = tuple(
        (
            Cell(day(row.when)), Cell(row.kind), Cell(short(row.what, 200), f"/records/{row.id}"), Cell(row.label),
            Cell(str(len(row.documents))),
        )
        for row in rows[:MOST_ROWS]
    )  # fmt: skip
    undated = len(rows) - len(dated)
    notes = [f"{undated} without a day are not drawn."] if undated else []
    if len(rows) > MOST_ROWS:
        notes.append(f"The table has the first {MOST_ROWS} of {len(rows)}.")
    drawn = _draw(dated, title, told, href) if dated else ""
    return Chart("timeline", title, told, drawn, LEGEND, COLUMNS, table, " ".join(notes))


def _told(dated: list[TimelineRow], number: int) -> str:
    if not dated:
        return "Nothing dated is on record."
    counts = ", ".join(
        f"{count} {name}" for kind, name in KINDS.items() if (count := sum(row.kind == kind for row in dated))
    )
    days = sorted(row.when.edtf for row in dated if row.when)
    return f"{number} in all, from {days[0]} to {days[-1]}: {counts}."


def _draw(dated: list[tuple[TimelineRow, date]], title: str, told: str, href: Href | None) -> str:
    first, last = min(when for _, when in dated), max(when for _, when in dated)
    room = max((last - first).days // 40, 2)
    days = Days(moved(first, -room), moved(last, room), LEFT + 8, WIDTH - RIGHT - 8)
    lanes = [kind for kind in KINDS if any(row.kind == kind for row, _ in dated)]
    many = len(dated) > MOST_DOTS
    talls = {kind: DOT * (DEEP if many else _depth(dated, kind, days)) + 16 for kind in lanes}
    height = TOP + sum(talls.values()) + 6 * len(lanes) + 28
    return svg("timeline", title, told, WIDTH, height, _parts(dated, days, talls, many, href))


def _depth(dated: list[tuple[TimelineRow, date]], kind: str, days: Days) -> int:
    """How many dots stand over each other at most, with room for two lines of words."""
    stacks = Counter(round(days.x(when) / DOT) for row, when in dated if row.kind == kind)
    return min(max(max(stacks.values()), 2), DEEP + 1)


def _parts(
    dated: list[tuple[TimelineRow, date]], days: Days, talls: dict[str, int], many: bool, href: Href | None
) -> Iterator[str]:
    top = TOP
    for kind, tall in talls.items():
        mine = [(row, when) for row, when in dated if row.kind == kind]
        yield tag("rect", x=LEFT, y=top, width=WIDTH - LEFT - RIGHT, height=tall, class_="lane")
        yield label(LEFT - 8, top + tall / 2 - 2, KINDS[kind], "head", "end")
        yield label(LEFT - 8, top + tall / 2 + 12, str(len(mine)), "tick", "end")
        yield from (_bars if many else _dots)(mine, days, top, tall, href)
        top += tall + 6
    yield day_axis(days, top - 6)


def _dots(
    mine: list[tuple[TimelineRow, date]], days: Days, top: float, tall: int, href: Href | None
) -> Iterator[str]:
    """A dot each, stacked from the foot of the lane where days share a place."""
    stacks: dict[int, int] = defaultdict(int)
    for row, when in mine:
        x = days.x(when)
        column = round(x / DOT)
        level = stacks[column]
        stacks[column] += 1
        if level >= DEEP:
            continue
        y = top + tall - 12 - level * DOT
        apart = row.kind == "event" and not row.label.startswith("event")
        dot = tag("circle", cx=column * DOT, cy=y, r=4.6, class_=f"dot k-{'apart' if apart else row.kind}")
        yield mark(
            dot,
            f"{day(row.when)}, {row.kind}: {short(row.what, 120)} ({row.label})",
            f"/records/{row.id}",
            href,
        )
    for column, number in stacks.items():
        if number > DEEP:
            yield label(column * DOT, top + 12, f"+{number - DEEP}", "tick", "middle")


def _bars(
    mine: list[tuple[TimelineRow, date]], days: Days, top: float, tall: int, _: Href | None
) -> Iterator[str]:
    """So many that dots would hide each other: a bar for each stretch, as tall as it has rows."""
    stretches: dict[int, int] = defaultdict(int)
    for _row, when in mine:
        stretches[round(days.x(when) / DOT)] += 1
    most = max(stretches.values())
    for column, number in sorted(stretches.items()):
        high = max(number / most * (tall - 12), 1.0)
        bar = tag("rect", x=column * DOT - 5, y=round(top + tall - 6 - high, 1), width=10, height=round(high, 1),
                  class_=f"dot k-{mine[0][0].kind}")  # fmt: skip
        yield mark(bar, f"{number} {KINDS[mine[0][0].kind]}", None, None)
    yield label(LEFT + 4, top + 12, f"most in one place: {most}", "tick")
