"""The chart of one mission: ceiling, posts filled and posts vacant over time as steps, measures below them.

Drawn on the server as SVG. Colours, dashes and sizes of type come from the style sheet by class, so that the drawing
follows light, dark and print; shapes differ as well as colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log10

from markupsafe import Markup, escape

from onrecord.ledger import missions as mission_views
from onrecord.ledger.measures import ActRow, states
from onrecord.ledger.missions import Level, MissionRow
from onrecord.ledger.world import World
from onrecord.web.wording import MEASURES, act_name, day

SERIES = ("cap", "filled", "vacant")
WIDTH, HEIGHT = 860, 340
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 18, 100
LANE, LANES = 23, 3
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Step:
    """The numbers of a mission from a day on, as its register gives them for that day."""

    day: date
    levels: dict[str, Level | None]
    acts: tuple[ActRow, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Days and numbers to places in the drawing."""

    first: date
    last: date
    top: float

    def x(self, when: date) -> float:
        span = max((self.last - self.first).days, 1)
        share = min(max((when - self.first).days / span, 0), 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        return round(HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM), 1)


def steps(world: World, mission: str, newest: MissionRow) -> list[Step]:
    """Each day on which a number of the mission changes, with the numbers that hold from it on.

    The numbers are asked of the register day by day, so that chart, table and list cannot differ.
    """
    days: set[date] = set()
    acts: dict[date, list[ActRow]] = {}
    for act in newest.acts:
        start = act.day.lower if act.day else None
        if start:
            acts.setdefault(start, []).append(act)
        for moment in (act.day, act.in_force):
            if moment and moment.lower:
                days.add(moment.lower)
    for level in _levels(world, mission):
        if level.since and level.since.lower:
            days.add(level.since.lower)
    found = []
    for one in sorted(days)[-MOST_DAYS:]:
        row = next(iter(mission_views.rows(world, one, mission)), None)
        if row is not None:
            levels = {"cap": row.cap, "filled": row.filled, "vacant": row.vacant}
            found.append(Step(one, levels, tuple(acts.get(one, ()))))
    return found


def _levels(world: World, mission: str) -> list[Level]:
    told = states(world).get(mission, [])
    return [mission_views.level(world, doc, state) for doc, state in told]


def shown(found: list[Step], since: date | None, until: date | None) -> list[Step]:
    """The steps in a window, with the one that holds at its beginning."""
    inside = [one for one in found if until is None or one.day <= until]
    if since is None:
        return inside
    before = [one for one in inside if one.day < since]
    return before[-1:] + [one for one in inside if one.day >= since]


def draw(
    name: str, found: list[Step], until: date | None, as_of: date | None, since: date | None = None
) -> Markup:
    """The SVG; empty where there is no number to draw. ``as_of`` is drawn as a line of its own."""
    values = [number for step in found for level in step.levels.values() if level for number in _ends(level)]
    if not found or not values:
        return Markup("")
    frame = _frame(found, values, since, until, as_of)
    units = {level.unit for step in found for level in step.levels.values() if level and level.unit}
    parts = [_axes(frame, " or ".join(sorted(units)) or "number")]
    parts += [_series(frame, found, one) for one in SERIES]
    parts.append(_acts(frame, found))
    if as_of is not None and frame.first <= as_of <= frame.last:
        x = frame.x(as_of)
        anchor = "end" if x > WIDTH - 150 else "start"
        parts.append(
            Markup('<line class="asof" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
                   '<text class="asof-text" x="{3}" y="{4}" text-anchor="{5}">as of {6}</text>').format(
                x, TOP, HEIGHT - BOTTOM, x + (-6 if anchor == "end" else 6), TOP + 10, anchor, as_of.isoformat()
            )
        )  # fmt: skip
    body = Markup("").join(parts)
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="chart-title chart-told">'
        '<title id="chart-title">{}</title><desc id="chart-told">{}</desc>{}</svg>'
    ).format(WIDTH, HEIGHT, f"{name}: ceiling, posts filled and vacant over time", told(found), body)


def told(found: list[Step]) -> str:
    """The chart in words: every change of every number."""
    lines = []
    for measure in SERIES:
        changes, before = [], None
        for step in found:
            level = step.levels[measure]
            if level is not None and str(level) != before:
                changes.append(f"{level} from {step.day.isoformat()}")
                before = str(level)
        if changes:
            lines.append(f"{MEASURES[measure].capitalize()}: {', '.join(changes)}.")
    return " ".join(lines) or "No number is on record."


def _ends(level: Level) -> list[float]:
    return [one for one in (level.value, level.low, level.high) if one is not None]


def _frame(
    found: list[Step], values: list[float], since: date | None, until: date | None, as_of: date | None
) -> Frame:
    first, last = found[0].day, max(found[-1].day, as_of or found[-1].day)
    room = timedelta(days=max((last - first).days // 12, 14))
    start = max(since, first) if since is not None else first - room // 2
    top = max(values) * 1.15 or 1
    return Frame(start, max(until or last + room, start + timedelta(days=1)), top)


def _axes(frame: Frame, units: str) -> Markup:
    bottom = HEIGHT - BOTTOM
    parts = []
    stride = _stride(frame.top)
    value = 0.0
    while value <= frame.top:
        y = frame.y(value)
        parts.append(
            Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
                   '<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>').format(
                LEFT, WIDTH - RIGHT, y, y, LEFT - 8, y + 4, f"{value:g}"
            )
        )  # fmt: skip
        value += stride
    for when, label in _ticks(frame.first, frame.last):
        x = frame.x(when)
        parts.append(
            Markup('<line class="grid" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
                   '<text class="tick" x="{0}" y="{3}" text-anchor="middle">{4}</text>').format(
                x, bottom, bottom + 5, bottom + 19, label
            )
        )  # fmt: skip
    parts.append(
        Markup('<text class="axis" x="14" y="{0}" transform="rotate(-90 14 {0})" text-anchor="middle">{1}</text>'
               ).format((TOP + bottom) / 2, units)
    )  # fmt: skip
    return Markup("").join(parts)


def _stride(top: float) -> float:
    rough = top / 5
    power = 10.0 ** (ceil(log10(rough)) - 1) if rough > 0 else 1.0
    return max(next(step * power for step in (1, 2, 5, 10) if step * power >= rough), 1.0)


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """At most eight dates on whole years, quarters, months or days, with their labels."""
    days = (last - first).days
    if days > 8 * 365:
        every = ceil(days / 365 / 7)
        return [(date(y, 1, 1), str(y)) for y in range(first.year + 1, last.year + 1) if y % every == 0]
    if days < 45:
        pace = max(days // 5, 1)
        return [
            (one, one.isoformat())
            for one in (first + timedelta(days=pace * n) for n in range(1, 6))
            if one <= last - timedelta(days=pace // 2)
        ]
    months = [date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    inside = [one for one in months if first <= one <= last]
    for stride in (1, 2, 3, 6, 12, 24):
        chosen = [one for one in inside if (one.year * 12 + one.month - 1) % stride == 0]
        if len(chosen) <= 8:
            return [(one, f"{one:%Y}" if stride >= 12 else f"{one:%Y-%m}") for one in chosen]
    return []


def _series(frame: Frame, found: list[Step], measure: str) -> Markup:
    """One number as steps: bounds as a band, a day that is not known exactly as a dashed run."""
    known = [(step.day, step.levels[measure]) for step in found]
    runs = [(when, level) for when, level in known if level is not None]
    if not runs:
        return Markup("")
    parts: list[Markup] = []
    path = ""
    shown_before: str | None = None
    for place, (when, level) in enumerate(runs):
        end = runs[place + 1][0] if place + 1 < len(runs) else frame.last
        x1, x2 = frame.x(when), frame.x(end)
        if level.value is None:
            low, high = level.low or 0, level.high if level.high is not None else frame.top
            parts.append(
                Markup('<rect class="band {}" x="{}" y="{}" width="{}" height="{}"/>').format(
                    measure, x1, frame.y(high), round(x2 - x1, 1), round(frame.y(low) - frame.y(high), 1)
                )
            )
            height = frame.y(low)
        else:
            height = frame.y(level.value)
        path += f"{'L' if path else 'M'}{x1} {height}L{x2} {height}"
        if level.since and level.since.lower and level.since.upper and level.since.upper > level.since.lower:
            parts.append(
                Markup('<line class="unsure {}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
                    measure, frame.x(level.since.lower), frame.x(level.since.upper), height, height
                )
            )
        if str(level) != shown_before:
            shown_before = str(level)
            if when >= frame.first:  # what began before the window has no mark of its own in it
                parts.append(
                    _point(measure, x1, height, f"{MEASURES[measure]} {level} from {day(level.since)}")
                )
            parts.append(
                Markup('<text class="value {}" x="{}" y="{}">{}</text>').format(
                    measure, round(x1 + 7, 1), round(height - 7, 1), str(level)
                )
            )
    return Markup('<path class="line {}" d="{}"/>').format(measure, path) + Markup("").join(parts)


def _point(measure: str, x: float, y: float, label: str) -> Markup:
    """A circle, a square or a diamond: the number can be told without its colour."""
    shapes = {
        "cap": Markup('<circle class="point cap" cx="{0}" cy="{1}" r="4.5">{2}</circle>'),
        "filled": Markup('<rect class="point filled" x="{3}" y="{4}" width="8" height="8">{2}</rect>'),
        "vacant": Markup('<path class="point vacant" d="M{0} {5}L{6} {1}L{0} {7}L{8} {1}Z">{2}</path>'),
    }
    title = Markup("<title>{}</title>").format(label)
    return shapes[measure].format(x, y, title, x - 4, y - 4, y - 5.5, x + 5.5, y + 5.5, x - 5.5)


def _acts(frame: Frame, found: list[Step]) -> Markup:
    """A lane of numbered marks below the axis, one for each day with measures; the table has them in words."""
    base = HEIGHT - BOTTOM + 36
    parts = [
        Markup('<text class="tick" x="{}" y="{}" text-anchor="start">measures</text>').format(4, base + 4)
    ]
    free = [-100.0] * LANES  # where the last mark of each row stands
    for number, step in enumerate(numbered(found), 1):
        if step.day < frame.first or step.day > frame.last:
            continue
        x = frame.x(step.day)
        row = next((place for place, last in enumerate(free) if x - last >= LANE), free.index(min(free)))
        free[row] = x
        label = f"{step.day.isoformat()}: " + ", ".join(_act_line(act) for act in step.acts)
        parts.append(
            Markup('<line class="drop" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
                   '<g class="act"><circle cx="{0}" cy="{3}" r="10"/>'
                   '<text x="{0}" y="{4}" text-anchor="middle">{5}</text><title>{6}</title></g>').format(
                x, HEIGHT - BOTTOM, base + row * LANE - 10, base + row * LANE, base + row * LANE + 4,
                number, label,
            )
        )  # fmt: skip
    return Markup("").join(parts)


def numbered(found: list[Step]) -> list[Step]:
    """The steps with measures, in the order of their numbers in the drawing."""
    return [step for step in found if step.acts]


def _act_line(act: ActRow) -> str:
    told_number = f" ({act.number:g} {act.unit or ''})".replace(" )", ")") if act.number is not None else ""
    change = (
        f" {act.cap_from:g} → {act.cap_to:g}" if act.cap_from is not None and act.cap_to is not None else ""
    )
    return str(escape(act_name(act.act))) + change + told_number
