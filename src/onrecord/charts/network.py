"""Who did things to whom: parties on a circle, an arrow for each direction, wide by events and dashed for conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import cos, hypot, pi, sin
from urllib.parse import quote

from onrecord.charts.svg import Cell, Chart, Href, label, mark, short, svg, tag
from onrecord.ledger.relations import DyadMonth

WIDTH = 860
MOST = 20
MOST_ROWS = 300
LEGEND = (
    ("way for", "mean score 0 or above: cooperation"),
    ("way against", "mean score below 0: conflict, dashed"),
    ("", "Wider: more events. The arrow points to whom it was done."),
)
NOTE = "News events that were done; accusations, plans, denials and background are left out."
COLUMNS = ("from", "to", "events", "mean score")


def ties(found: list[DyadMonth]) -> dict[tuple[str, str], tuple[int, float | None]]:
    """(from, to) -> events and their mean score, over all months."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    sums: dict[tuple[str, str], float] = defaultdict(float)
    scored: dict[tuple[str, str], int] = defaultdict(int)
    for row in found:
        key = (row.actor, row.recipient)
        counts[key] += row.events
        if row.mean is not None:
            sums[key] += row.mean * row.events
            scored[key] += row.events
    return {key: (number, sums[key] / scored[key] if scored[key] else None) for key, number in counts.items()}


def chart(found: list[DyadMonth], href: Href | None = None) -> Chart:
    """The parties with the most events, at most twenty; the table has every pair."""
    every = ties(found)
    weight: dict[str, int] = defaultdict(int)
    for (actor, recipient), (number, _) in every.items():
        weight[actor] += number
        weight[recipient] += number
    ranked = sorted(weight, key=lambda name: (-weight[name], name))
    nodes = sorted(ranked[:MOST])
    radius = min(90 + 16 * len(nodes), 240)
    height = 2 * radius + 110
    title = "Who did what to whom"
    told = "; ".join(
        f"{actor} to {recipient}: {number}"
        for (actor, recipient), (number, _) in sorted(every.items(), key=_by_events)[:12]
    )
    drawn = (
        svg("network", title, told, WIDTH, height, _parts(nodes, every, weight, radius, href))
        if nodes
        else ""
    )
    table = tuple(
        (
            Cell(actor), Cell(recipient), Cell(str(number), _path(actor, recipient)),
            Cell("–" if mean is None else f"{mean:.1f}"),
        )
        for (actor, recipient), (number, mean) in sorted(every.items(), key=_by_events)[:MOST_ROWS]
    )  # fmt: skip
    rest = len(ranked) - len(nodes)
    note = NOTE + (f" {rest} parties with fewer events are not drawn." if rest else "")
    if len(every) > MOST_ROWS:
        note += f" The table has the {MOST_ROWS} pairs with the most events of {len(every)}."
    return Chart(
        "network",
        title,
        told or "No event between two parties is on record.",
        drawn,
        LEGEND,
        COLUMNS,
        table,
        note,
    )


def _path(actor: str, recipient: str) -> str:
    """The page of a relation."""
    return "/relations/" + quote(f"{actor}~{recipient}", safe="~")


def _by_events(item: tuple[tuple[str, str], tuple[int, float | None]]) -> tuple[int, tuple[str, str]]:
    return -item[1][0], item[0]


def _parts(
    nodes: list[str],
    every: dict[tuple[str, str], tuple[int, float | None]],
    weight: dict[str, int],
    radius: int,
    href: Href | None,
) -> Iterator[str]:
    places = {}
    for number, name in enumerate(nodes):
        angle = 2 * pi * number / len(nodes) - pi / 2
        places[name] = (WIDTH / 2 + radius * cos(angle), (radius + 55) + radius * sin(angle))
    most = max(weight[name] for name in nodes)
    size = {name: 7 + 15 * (weight[name] / most) ** 0.5 for name in nodes}
    strongest = max(number for number, _ in every.values())
    for (actor, recipient), (number, mean) in sorted(every.items()):
        if actor in places and recipient in places and actor != recipient:
            told = f"{actor} to {recipient}: {number} events" + (
                "" if mean is None else f", mean score {mean:.1f}"
            )
            drawn = _arrow(places[actor], places[recipient], size[recipient], number / strongest, mean)
            yield mark(drawn, told, _path(actor, recipient), href)
    for name in nodes:
        x, y = places[name]
        out = size[name] + 8
        dx, dy = (x - WIDTH / 2) / radius, (y - (radius + 55)) / radius
        anchor = "middle" if abs(dx) < 0.3 else "start" if dx > 0 else "end"
        yield tag(
            "circle",
            tag("title", f"{weight[name]} events"),
            cx=round(x, 1),
            cy=round(y, 1),
            r=size[name],
            class_="node",
        )
        yield label(
            round(x + dx * out, 1),
            round(y + dy * out + 4 + (6 * dy), 1),
            f"{short(name, 26)} ({weight[name]})",
            "name",
            anchor,
        )


def _arrow(
    start: tuple[float, float], end: tuple[float, float], room: float, share: float, mean: float | None
) -> str:
    """A bent arrow, so that the two ways between a pair lie side by side."""
    (x1, y1), (x2, y2) = start, end
    long = hypot(x2 - x1, y2 - y1)
    bend = 0.14
    cx, cy = (x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend
    back = hypot(x2 - cx, y2 - cy)
    ux, uy = (x2 - cx) / back, (y2 - cy) / back
    tip = (x2 - ux * (room + 2), y2 - uy * (room + 2))
    base = (tip[0] - ux * 11, tip[1] - uy * 11)
    class_ = "warm" if (mean or 0) >= 0 else "cold"
    wide = 1.2 + 5 * share
    wing = 4 + wide / 2
    left, right = (base[0] - uy * wing, base[1] + ux * wing), (base[0] + uy * wing, base[1] - ux * wing)
    head = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (tip, left, right)) + "Z"
    path = f"M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {base[0]:.1f} {base[1]:.1f}"
    drawn = tag("path", d=path, class_=f"edge {class_}", stroke_width=round(wide, 1)) if long else ""
    return drawn + tag("path", d=head, class_=f"tip {class_}")
