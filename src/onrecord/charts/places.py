"""The map: where events were, over the outlines of states (Natural Earth, public domain, as in npm's world-atlas)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from math import cos, radians

from onrecord import vocabulary
from onrecord.charts.svg import Cell, Chart, Href, label, mark, short, svg, tag
from onrecord.charts.wording import day, event_name
from onrecord.ledger.rows import EventRow
from onrecord.ledger.world import World
from onrecord.model.records import Event

WIDTH, MOST_HEIGHT = 960, 560
NARROWEST = 24.0  # degrees of longitude that a map shows at least
MOST_NAMES = 25
LEGEND = (
    ("circle place", "place of events, larger where they were more"),
    ("circle about", "only the state is known: drawn in its middle, dashed"),
)
COLUMNS = ("place", "state", "events", "newest", "its type", "how exact")
# What the outlines call states otherwise than the vocabulary does.
OTHERWISE = {
    "Bosnia and Herz.": "BIH", "Central African Rep.": "CAF", "Congo": "COG", "Czechia": "CZE", 
    "Dem. Rep. Congo": "COD",
    "Dominican Rep.": "DOM", "Eq. Guinea": "GNQ", "Macedonia": "MKD", "S. Sudan": "SSD", "Solomon Is.": "SLB",
    "United States of America": "USA", "eSwatini": "SWZ", "Côte d'Ivoire": "CIV", "W. Sahara": "ESH",
}  # fmt: skip

Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with the events there; ``about`` where only the state is known."""

    name: str
    country: str | None
    longitude: float
    latitude: float
    about: bool
    rows: tuple[EventRow, ...]

    @property
    def newest(self) -> EventRow:
        """The last event whose date is known, of rows by date."""
        return next((row for row in reversed(self.rows) if row.when is not None), self.rows[-1])


@cache
def outlines() -> tuple[tuple[str | None, tuple[Ring, ...]], ...]:
    """Each state's code, where the vocabulary has it, with its rings of (longitude, latitude)."""
    told = json.loads(
        (resources.files("onrecord.charts") / "data" / "countries-110m.json").read_text("utf-8")
    )
    (kx, ky), (dx, dy) = told["transform"]["scale"], told["transform"]["translate"]
    arcs: list[Ring] = []
    for one in told["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in one:
            x, y = x + step_x, y + step_y
            arc.append((x * kx + dx, y * ky + dy))
        arcs.append(arc)
    found = []
    for shape in told["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        rings = [_joined(arcs, numbers) for polygon in polygons for numbers in polygon]
        found.append((_code(shape["properties"]["name"]), tuple(rings)))
    return tuple(found)


def _joined(arcs: list[Ring], numbers: list[int]) -> Ring:
    """The arcs of a ring end to end; a negative number is an arc the other way round."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc if not ring else arc[1:]
    return _unwrapped(ring)


def _unwrapped(ring: Ring) -> Ring:
    """A ring that crosses the line of date goes on beyond 180 degrees instead of leaping back."""
    turns, before = 0, None
    found: Ring = []
    for x, y in ring:
        if before is not None and abs(x - before) > 180:
            turns += 1 if x < before else -1
        before = x
        found.append((x + 360 * turns, y))
    return found


def _code(name: str) -> str | None:
    return OTHERWISE.get(name) or vocabulary.country_of(name)


@cache
def middles() -> dict[str, tuple[float, float]]:
    """A state's code -> the middle of its largest part."""
    found = {}
    for code, rings in outlines():
        if code:
            ring = max(rings, key=lambda one: abs(_area(one)))
            area = _area(ring) or 1.0
            cx = cy = 0.0
            for (x1, y1), (x2, y2) in pairwise(ring):
                cross = x1 * y2 - x2 * y1
                cx, cy = cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
            found[code] = (cx / 6 / area, cy / 6 / area)
    return found


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def spots(world: World, rows: list[EventRow]) -> list[Spot]:
    """Events by their place, the most first; those without a place or a state are in none."""
    groups: dict[tuple[str, str | None, float, float, bool], list[EventRow]] = defaultdict(list)
    for row in rows:
        place = next(
            (
                record.place
                for one in row.members
                if (held := world.owner.get(one)) and isinstance(record := held[2], Event) and record.place
            ),
            None,
        )
        if place is None:
            continue
        if place.longitude is not None and place.latitude is not None and abs(place.latitude) <= 90:
            groups[(place.name, place.country, place.longitude, place.latitude, False)].append(row)
        elif place.country in middles():
            groups[(place.name, place.country, *middles()[place.country or ""], True)].append(row)
    found = [Spot(*key, tuple(group)) for key, group in groups.items()]
    return sorted(found, key=lambda spot: (-len(spot.rows), spot.name))


def chart(world: World, rows: list[EventRow], whole: bool = False, href: Href | None = None) -> Chart:
    """The map of the part of the world where events were, or of the ``whole``."""
    found = spots(world, rows)
    title = "Where events were"
    placed = sum(len(spot.rows) for spot in found)
    told = (
        "; ".join(f"{spot.name}: {len(spot.rows)}" for spot in found[:12])
        or "No event has a place on record."
    )
    table = tuple(
        (
            Cell(spot.name), Cell(spot.country or "–"), Cell(str(len(spot.rows)), f"/records/{spot.newest.id}"),
            Cell(day(spot.newest.when)), Cell(event_name(spot.newest.type, spot.newest.mode)),
            Cell("the state alone" if spot.about else "the place"),
        )
        for spot in found
    )  # fmt: skip
    note = "The outlines are Natural Earth's, as states hold the ground, and take no side."
    if len(rows) > placed:
        note = f"{len(rows) - placed} of {len(rows)} events have no place on record. {note}"
    drawn = _draw(found, title, told, whole, href) if found else ""
    return Chart("map", title, told, drawn, LEGEND, COLUMNS, table, note)


def _window(found: list[Spot], whole: bool) -> tuple[float, float, float, float]:
    """West, south, east and north of what is shown, with some room around the places."""
    if whole:
        return -180.0, -58.0, 180.0, 84.0
    west, east = min(s.longitude for s in found), max(s.longitude for s in found)
    south, north = min(s.latitude for s in found), max(s.latitude for s in found)
    wide = max((east - west) * 1.3, NARROWEST, (north - south) * 2.2)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    tall = min(wide * MOST_HEIGHT / WIDTH * cos(radians(middle_y)), 142.0)
    bottom = min(max(middle_y - tall / 2, -58.0), 84.0 - tall)
    return middle_x - wide / 2, bottom, middle_x + wide / 2, bottom + tall


def _draw(found: list[Spot], title: str, told: str, whole: bool, href: Href | None) -> str:
    west, south, east, north = _window(found, whole)
    across = WIDTH / (east - west)
    up = across / (
        1 if whole else cos(radians((south + north) / 2))
    )  # a degree of latitude is the longer one
    height = round((north - south) * up)

    def x(longitude: float) -> float:
        return round((longitude - west) * across, 1)

    def y(latitude: float) -> float:
        return round((north - latitude) * up, 1)

    def parts() -> Iterator[str]:
        for _, rings in outlines():
            moved = [[(px + turn, py) for px, py in ring] for ring in rings for turn in (-360, 0, 360)]
            inside = [
                ring for ring in moved
                if any(west - 20 < px < east + 20 and south - 20 < py < north + 20 for px, py in ring)
            ]  # fmt: skip
            if inside:
                d = "".join(
                    "M" + "L".join(f"{x(px):g} {y(py):g}" for px, py in ring) + "Z" for ring in inside
                )
                yield tag("path", d=d, class_="land")
        most = max(len(spot.rows) for spot in found)
        for spot in found:
            radius = 5 + 17 * (len(spot.rows) / most) ** 0.5
            said = f"{spot.name}: {len(spot.rows)} events" + (
                ", the state alone is known" if spot.about else ""
            )
            circle = tag("circle", cx=x(spot.longitude), cy=y(spot.latitude), r=round(radius, 1),
                         class_="place about" if spot.about else "place")  # fmt: skip
            yield mark(circle, said, f"/records/{spot.newest.id}", href)
        taken: list[tuple[float, float]] = []
        for spot in found[:MOST_NAMES]:
            px, py = x(spot.longitude), y(spot.latitude)
            if all(abs(px - a) > 90 or abs(py - b) > 14 for a, b in taken):
                taken.append((px, py))
                radius = 5 + 17 * (len(spot.rows) / most) ** 0.5
                side, anchor = (-radius - 4, "end") if px > WIDTH - 140 else (radius + 4, "start")
                yield label(px + side, py + 4, f"{short(spot.name, 24)} ({len(spot.rows)})", "name", anchor)

    return svg("map", title, told, WIDTH, height, parts())
