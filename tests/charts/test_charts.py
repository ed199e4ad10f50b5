"""Charts: well-formed, told in words and in a table with the same numbers, and hostile words only words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from onrecord.charts import axes, make, mission, network, places, relation, svg, timeline
from onrecord.charts.svg import Chart
from onrecord.ledger import balances
from onrecord.ledger.links import LinkRow
from onrecord.ledger.missions import Level, MissionRow
from onrecord.ledger.relations import DyadMonth
from onrecord.ledger.rows import TimelineRow, When
from onrecord.model.problems import OnrecordError

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart) -> ElementTree.Element:
    """The drawing, parsed: it has its name and its words, no script, and every place of it is a number."""
    root = ElementTree.fromstring(chart.svg)
    assert root.findtext(f"{SVG}title") and root.findtext(f"{SVG}desc")
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names <= {"svg", "title", "desc", "g", "a", "path", "line", "rect", "circle", "text"}
    for element in root.iter():
        assert not [key for key in element.attrib if key.startswith("on") or key == "style"]
        for key in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"):
            if key in element.attrib:
                assert re.fullmatch(r"-?\d+(\.\d+)?", element.attrib[key]), (key, element.attrib[key])
                assert key not in ("width", "height", "r") or float(element.attrib[key]) >= 0
    assert all(len(row) == len(chart.columns) for row in chart.table)
    return root


def everything(ask: Any) -> list[Chart]:
    """Every chart of the record, with links."""
    href = str
    found = [make.of_mission(ask, row.id, {}, href=href) for row in ask("missions")]
    found += [make.of_matter(ask, row, {}, href) for row in make.matters(ask, {}, None, None)]
    found += make.of_relation(ask, "NATO", "RUS", {}, {}, href)
    found += [
        make.of_timeline(ask, {}, {}, href),
        make.of_network(ask, {}, {}, href),
        make.of_map(ask, {}, {}, href=href),
    ]
    return [one for one in found if one.svg]


def test_every_chart_is_well_formed_and_hostile_words_are_words(ask: Any) -> None:
    found = everything(ask)
    assert {one.name for one in found} >= {"mission", "claims", "relation", "timeline", "network"}
    for one in found:
        root = drawn(one)
        for link in root.iter(f"{SVG}a"):
            assert link.attrib["href"].startswith("/"), "links stay in the pages"
    assert any("&lt;script&gt;" in one.svg for one in found), "hostile words were drawn at all"


def test_the_mission_is_drawn_as_its_register_has_it(ask: Any) -> None:
    chart = make.of_mission(ask, "RUS>NATO", {"as_of": "2021-10-03"})
    assert "as of 2021-10-03" in chart.svg
    assert "20 from 2018-03-27" in chart.told
    assert any(cell.words == "20" for row in chart.table for cell in row)
    with pytest.raises(OnrecordError, match="no-record"):
        make.of_mission(ask, "XXX>YYY", {})


def level(
    value: float | None, low: float | None, high: float | None, since: str, until: str | None = None
) -> Level:
    first = date.fromisoformat(since)
    when = When(since, first, date.fromisoformat(until) if until else first)
    return Level("cap", value, low, high, "posts", None, when, "stated", (), (), (), "s1")


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"status": "future"}, "[to come]"),
        ({"status": "hypothetical"}, "[not decided]"),
        ({"status": "negated"}, "[not done]"),
        ({"standing": "denied"}, "[denied]"),
    ],
)
def test_a_measure_that_was_not_taken_is_told_and_drawn_as_such(
    ask: Any, changes: dict[str, str], note: str
) -> None:
    row, found = make.steps_of(ask, "RUS>NATO", {})
    taken = next(step for step in found if step.acts)
    plan = replace(taken, acts=tuple(replace(act, **changes) for act in taken.acts))
    for step, marked in ((taken, False), (plan, True)):
        chart = mission.chart(row, [step])
        told = chart.table[0][-1].words
        assert (note in told) is marked and ("undone" in chart.svg) is marked


def test_the_steps_are_what_the_register_says_of_each_day_and_work_out_no_history(
    ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, found = make.steps_of(ask, "RUS>NATO", {})
    for step in found:
        [then] = ask("missions", mission="RUS>NATO", as_of=step.day.isoformat())
        assert step.levels == {"cap": then.cap, "filled": then.filled, "vacant": then.vacant}
    monkeypatch.setattr(
        balances, "_histories", lambda *_: pytest.fail("a history for each day is not needed")
    )
    assert mission.steps(ask("world"), row.id, row) == found


def test_what_is_not_known_exactly_is_drawn_as_such(ask: Any) -> None:
    row: MissionRow = ask("missions")[0]
    sure = mission.Step(
        date(2021, 1, 1), {"cap": level(30, None, None, "2021-01-01"), "filled": None, "vacant": None}, ()
    )
    unsure = level(None, 18, 22, "2021-06-01", "2021-06-30")
    vague = mission.Step(date(2021, 6, 1), {"cap": unsure, "filled": None, "vacant": None}, ())
    chart = mission.chart(row, [sure, vague], None, date(2021, 8, 1))
    assert chart.svg.count('class="band cap"') == 1
    assert chart.svg.count('class="unsure cap"') == 1
    assert "as of 2021-08-01" in chart.svg
    assert chart.told == "Ceiling: 30 from 2021-01-01, 18 to 22 from 2021-06-01."
    assert mission.chart(row, []).svg == ""


@pytest.mark.parametrize("days", [1, 20, 44, 200, 900, 3000, 40000])
def test_an_axis_has_few_dates_in_order(days: int) -> None:
    first = date(2000, 1, 5)
    ticks = axes.ticks(first, date.fromordinal(first.toordinal() + days))
    assert len(ticks) <= 9
    assert [when for when, _ in ticks] == sorted(when for when, _ in ticks)
    assert days < 20 or ticks


def month(
    actor: str, recipient: str, month_: str, events: int, mean: float | None, kind: str = "SANCTION"
) -> DyadMonth:
    return DyadMonth(
        actor, recipient, month_, events, {kind: events}, mean, mean, tuple(f"e{n}" for n in range(events))
    )


def test_a_relation_has_both_ways_and_joins_neighbouring_months_only() -> None:
    found = [
        month("AAA", "BBB", "2021-01", 2, -5.0), month("AAA", "BBB", "2021-02", 1, -6.0),
        month("AAA", "BBB", "2021-09", 1, 3.0, "CONSULT"), month("BBB", "AAA", "2021-02", 4, None),
        month("AAA", "CCC", "2021-02", 9, -9.0),
    ]  # fmt: skip
    two = relation.pair(found, "bbb", "aaa")
    assert len(two) == 4
    chart = relation.chart(two, "AAA", "BBB")
    drawn(chart)
    assert chart.svg.count('<path class="one"') == 1, "January and February; September stands alone"
    assert chart.svg.count('class="bar clash"') == 3 and chart.svg.count('class="bar talk"') == 1
    assert "AAA to BBB: 4 events, at its lowest -6.0 in 2021-02." in chart.told
    assert [[cell.words for cell in row][:4] for row in chart.table][-1] == ["2021-09", "AAA", "BBB", "1"]
    assert relation.chart([], "AAA", "BBB").svg == ""


@pytest.mark.parametrize(("months", "most"), [(3, 5), (500, relation.MOST_MONTHS)])
def test_a_long_relation_shows_its_last_years(months: int, most: int) -> None:
    found = [month("A", "B", f"{1950 + n // 12}-{n % 12 + 1:02d}", 1, 0.0) for n in range(months)]
    assert len(relation._months(found)) == most


def tie(lag: int | None, basis: str) -> LinkRow:
    return LinkRow("l1", "response_to", "e2", "e1", "an <answer>", "a deed", "+", basis, "asserted", lag, "asymmetric",
                   (), (), (), (), ())  # fmt: skip


def test_a_mode_of_somebody_else_has_the_score_of_its_type() -> None:
    assert make.intensity("CONSULT", "of their own") == make.intensity("CONSULT", None)
    assert make.intensity("SANCTION", "expel") == -5.5
    assert make.intensity("THEIRS", None) is None


def test_lags_are_bars_in_days() -> None:
    chart = relation.lags([tie(12, "stated"), tie(1, "inferred"), tie(None, "stated")])
    drawn(chart)
    assert chart.svg.count('class="bar') == 2
    assert "12 days, stated, asymmetric" in chart.svg and "1 day, inferred" in chart.svg
    assert [row[5].words for row in chart.table] == ["12", "1", "not known"]


def row(day: str | None, kind: str, label: str = "event", number: int = 0) -> TimelineRow:
    when = When(day, date.fromisoformat(day), date.fromisoformat(day)) if day else None
    return TimelineRow(when, kind, f"e{number}", "something", label, (), ("d",))


def test_a_timeline_stacks_dots_and_counts_those_that_have_no_room() -> None:
    rows = [row("2021-10-06", "event", number=n) for n in range(timeline.DEEP + 3)]
    rows += [row("2021-11-01", "claim"), row("2021-11-01", "event", "accusation"), row(None, "event")]
    chart = timeline.chart(rows)
    drawn(chart)
    assert chart.svg.count('class="dot k-event"') == timeline.DEEP
    assert ">+3<" in chart.svg
    assert chart.svg.count('class="dot k-apart"') == 1
    assert "1 without a day" in chart.note
    assert timeline.chart([row(None, "event")]).svg == ""


def test_a_long_timeline_is_bars_and_says_what_its_table_leaves_out() -> None:
    rows = [
        row(f"20{n % 20:02d}-0{n % 9 + 1}-1{n % 10}", "event", number=n)
        for n in range(timeline.MOST_DOTS + 1)
    ]
    chart = timeline.chart(rows)
    drawn(chart)
    assert "most in one place" in chart.svg and len(chart.table) == timeline.MOST_ROWS
    assert f"of {len(rows)}" in chart.note


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_drawn(day: str) -> None:
    drawn(timeline.chart([row(day, "event")]))


def test_a_network_has_both_arrows_and_the_strongest_parties() -> None:
    found = [
        month("A", "B", "2021-01", 9, -5.0),
        month("B", "A", "2021-02", 1, 4.0),
        month("A", "A", "2021-01", 1, 1.0),
    ]
    found += [month(f"P{n}", "B", "2021-01", 1, -1.0) for n in range(network.MOST + 5)]
    chart = network.chart(found)
    drawn(chart)
    assert chart.svg.count('class="node"') == network.MOST
    assert 'class="edge warm"' in chart.svg and 'class="edge cold"' in chart.svg
    assert [cell.words for cell in chart.table[0]] == ["A", "B", "9", "-5.0"]
    assert "7 parties with fewer events are not drawn" in chart.note


def test_outlines_have_states_where_they_are() -> None:
    middles = places.middles()
    for code, (longitude, latitude) in {
        "CZE": (15.3, 49.8),
        "USA": (-99, 39),
        "RUS": (97, 62),
        "BEL": (4.6, 50.6),
    }.items():
        x, y = middles[code]
        assert abs(x - longitude) < 8 and abs(y - latitude) < 8, code
    assert len(middles) > 160
    for _, rings in places.outlines():
        for ring in rings:
            assert all(abs(a[0] - b[0]) < 180 for a, b in pairwise(ring)), "no streak across the map"


def spot(longitude: float, latitude: float) -> places.Spot:
    return places.Spot("Somewhere", None, longitude, latitude, False, ())


@pytest.mark.parametrize(
    "found", [[spot(14, 50)], [spot(-170, 10), spot(170, -10)], [spot(0, 83)], [spot(0, -80)]]
)
@pytest.mark.parametrize("whole", [True, False])
def test_the_map_shows_its_places(found: list[places.Spot], whole: bool) -> None:
    west, south, east, north = places._window(found, whole)
    assert east > west and north > south
    for one in found:
        assert west <= one.longitude <= east
        assert whole or abs(one.latitude) > 57 or south <= one.latitude <= north


def test_words_are_cut_and_wrapped() -> None:
    assert svg.short("  one \n two three ", 9) == "one two…"
    assert svg.wrapped("one two three four", 8, 2) == ["one two", "three…"]
    assert svg.wrapped("one two", 8, 2) == ["one two"]
    assert "\x07" not in svg.words("a\x07b")


def test_the_style_of_a_file_has_no_variable() -> None:
    assert "var(" in svg.style() and "var(" not in svg.plain_style()


def test_the_map_names_its_newest_dated_event_and_what_it_leaves_out(ask: Any) -> None:
    rows = ask("events")
    dated = next(one for one in rows if one.when is not None)
    undated = replace(dated, id="e0", when=None)
    assert places.Spot("X", None, 0, 0, False, (dated, undated)).newest.id == dated.id
    assert places.Spot("X", None, 0, 0, False, (undated,)).newest.id == "e0"
    chart = make.of_map(ask, {}, {})
    assert "have no place on record" in chart.note and "take no side" in chart.note
