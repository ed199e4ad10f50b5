"""The chart of one mission: ceiling, posts filled and posts vacant over time as steps, measures below them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.charts.axes import Days, day_axis, moved, stride
from onrecord.charts.svg import Cell, Chart, Href, label, line, mark, svg, tag, words
from onrecord.charts.wording import MEASURES, act_name, day, mission_name, plain
from onrecord.ledger import missions as mission_views
from onrecord.ledger.measures import ActRow, done, states
from onrecord.ledger.missions import Level, MissionRow
from onrecord.ledger.world import World

SERIES = ("cap", "filled", "vacant")
WIDTH, HEIGHT = 860, 340
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 18, 100
LANE, LANES = 23, 3
MOST_DAYS = 60
LEGEND = (
    ("circle cap", "ceiling"),
    ("square filled", "in post"),
    ("diamond vacant", "vacant"),
    ("number", "day with measures, in the table by this number"),
    (
        "",
        "Dotted: the day is not known exactly. Band: the number is not. The line holds until another number is told. "
        "Dashed ring: nothing of that day is told as done.",
    ),
)


@dataclass(frozen=True, slots=True)
class Step:
    """The numbers of a mission from a day on, as its register gives them for that day."""

    day: date
    levels: dict[str, Level | None]
    acts: tuple[ActRow, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Days and numbers to places in the drawing."""

    days: Days
    top: float

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
    for one, row in mission_views.over(world, mission, sorted(days)[-MOST_DAYS:]):
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


def chart(
    row: MissionRow,
    found: list[Step],
    until: date | None = None,
    as_of: date | None = None,
    since: date | None = None,
    href: Href | None = None,
) -> Chart:
    """The chart of the steps in a window; ``as_of`` is drawn as a line of its own."""
    name = mission_name(row.name, row.sending, row.receiving)
    values = [number for step in found for level in step.levels.values() if level for number in _ends(level)]
    title = f"{name}: ceiling, posts filled and vacant over time"
    drawn = _draw(title, found, values, until, as_of, since, href) if found and values else ""
    return Chart("mission", title, told(found), drawn, LEGEND, COLUMNS, tuple(_rows(found)))


UNDONE = {"future": "to come", "hypothetical": "not decided", "negated": "not done"}
COLUMNS = ("from", "ceiling", "in post", "vacant", "measures of the day")


def _rows(found: list[Step]) -> list[tuple[Cell, ...]]:
    lane = numbered(found)
    rows = []
    for step in found:
        number = f" ({lane.index(step) + 1})" if step in lane else ""
        levels = [
            Cell(str(level), _words_of(level)) if (level := step.levels[one]) else Cell("not told")
            for one in SERIES
        ]
        acts = "; ".join(_act_line(act) for act in step.acts) or "–"
        rows.append((Cell(f"{step.day.isoformat()}{number}"), *levels, Cell(acts, _act_path(step))))
    return rows


def _words_of(level: Level) -> str | None:
    """Where a number's words stand."""
    if not level.evidence:
        return None
    one = level.evidence[0]
    return f"/documents/{one.document}?span={one.span[0]}-{one.span[1]}#span"


def _act_path(step: Step) -> str | None:
    return f"/records/{step.acts[0].id}" if step.acts else None


def _draw(
    title: str,
    found: list[Step],
    values: list[float],
    until: date | None,
    as_of: date | None,
    since: date | None,
    href: Href | None,
) -> str:
    frame = _frame(found, values, since, until, as_of)
    units = {level.unit for step in found for level in step.levels.values() if level and level.unit}
    parts = [_axes(frame, " or ".join(sorted(units)) or "number")]
    if as_of is not None and frame.days.first <= as_of <= frame.days.last:
        # Below the numbers, which stand out from it on their ground.
        x = frame.days.x(as_of)
        anchor = "end" if x > WIDTH - 150 else "start"
        parts.append(line(x, TOP, x, HEIGHT - BOTTOM, "asof"))
        place = x + (-6 if anchor == "end" else 6)
        parts.append(label(place, TOP + 10, f"as of {as_of.isoformat()}", "asof-text", anchor))
    parts += [_series(frame, found, one) for one in SERIES]
    parts.append(_acts(frame, found, href))
    return svg("mission", title, told(found), WIDTH, HEIGHT, parts)


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
    room = max((last - first).days // 12, 14)
    start = max(since, first) if since is not None else moved(first, -(room // 2))
    top = max(values) * 1.15 or 1
    return Frame(Days(start, max(until or moved(last, room), moved(start, 1)), LEFT, WIDTH - RIGHT), top)


def _axes(frame: Frame, units: str) -> str:
    bottom = HEIGHT - BOTTOM
    parts = []
    step = stride(frame.top)
    value = 0.0
    while value <= frame.top:
        y = frame.y(value)
        parts += [
            line(LEFT, y, WIDTH - RIGHT, y, "grid"),
            label(LEFT - 8, y + 4, f"{value:g}", "tick", "end"),
        ]
        value += step
    middle = (TOP + bottom) / 2
    turned = label(14, middle, units, "axis", "middle", transform=f"rotate(-90 14 {middle:g})")
    return "".join(parts) + day_axis(frame.days, bottom) + turned


def _series(frame: Frame, found: list[Step], measure: str) -> str:
    """One number as steps: bounds as a band, a day that is not known exactly as a dashed run."""
    known = [(step.day, step.levels[measure]) for step in found]
    runs = [(when, level) for when, level in known if level is not None]
    if not runs:
        return ""
    parts: list[str] = []
    path = ""
    shown_before: str | None = None
    for place, (when, level) in enumerate(runs):
        end = runs[place + 1][0] if place + 1 < len(runs) else frame.days.last
        x1, x2 = frame.days.x(when), frame.days.x(end)
        if level.value is None:
            low, high = level.low or 0, level.high if level.high is not None else frame.top
            parts.append(
                tag("rect", class_=f"band {measure}", x=x1, y=frame.y(high), width=round(x2 - x1, 1),
                    height=round(frame.y(low) - frame.y(high), 1))
            )  # fmt: skip
            height = frame.y(low)
        else:
            height = frame.y(level.value)
        path += f"{'L' if path else 'M'}{x1} {height}L{x2} {height}"
        if level.since and level.since.lower and level.since.upper and level.since.upper > level.since.lower:
            parts.append(
                line(
                    frame.days.x(level.since.lower),
                    height,
                    frame.days.x(level.since.upper),
                    height,
                    f"unsure {measure}",
                )
            )
        if str(level) != shown_before:
            shown_before = str(level)
            if when >= frame.days.first:  # what began before the window has no mark of its own in it
                parts.append(
                    _point(measure, x1, height, f"{MEASURES[measure]} {level} from {day(level.since)}")
                )
            parts.append(label(round(x1 + 7, 1), round(height - 7, 1), str(level), f"value {measure}"))
    return tag("path", class_=f"line {measure}", d=path) + "".join(parts)


def _point(measure: str, x: float, y: float, told_: str) -> str:
    """A circle, a square or a diamond: the number can be told without its colour."""
    title = tag("title", words(told_))
    if measure == "cap":
        return tag("circle", title, class_="point cap", cx=x, cy=y, r=4.5)
    if measure == "filled":
        return tag("rect", title, class_="point filled", x=x - 4, y=y - 4, width=8, height=8)
    d = f"M{x:g} {y - 5.5:g}L{x + 5.5:g} {y:g}L{x:g} {y + 5.5:g}L{x - 5.5:g} {y:g}Z"
    return tag("path", title, class_="point vacant", d=d)


def _acts(frame: Frame, found: list[Step], href: Href | None) -> str:
    """A lane of numbered marks below the axis, one for each day with measures; the table has them in words."""
    base = HEIGHT - BOTTOM + 36
    parts = [label(4, base + 4, "measures", "tick")]
    free = [-100.0] * LANES  # where the last mark of each row stands
    for number, step in enumerate(numbered(found), 1):
        if step.day < frame.days.first or step.day > frame.days.last:
            continue
        x = frame.days.x(step.day)
        row = next((place for place, last in enumerate(free) if x - last >= LANE), free.index(min(free)))
        free[row] = x
        y = base + row * LANE
        told_ = f"{step.day.isoformat()}: " + ", ".join(_act_line(act) for act in step.acts)
        drawn = tag("circle", cx=x, cy=y, r=10) + label(x, y + 4, str(number), "number", "middle")
        parts.append(line(x, HEIGHT - BOTTOM, x, y - 10, "drop"))
        told = "act" if any(done(act) for act in step.acts) else "act undone"
        parts.append(tag("g", mark(drawn, told_, _act_path(step), href), class_=told))
    return "".join(parts)


def numbered(found: list[Step]) -> list[Step]:
    """The steps with measures, in the order of their numbers in the drawing."""
    return [step for step in found if step.acts]


def _act_line(act: ActRow) -> str:
    told_number = (
        f" ({plain(act.number)} {act.unit or ''})".replace(" )", ")") if act.number is not None else ""
    )
    change = (
        f" {plain(act.cap_from)} → {plain(act.cap_to)}"
        if act.cap_from is not None and act.cap_to is not None
        else ""
    )
    told = act_name(act.act) + change + told_number
    if done(act):
        return told
    return f"{told} [{act.standing if act.status == 'actual' else UNDONE[act.status]}]"
