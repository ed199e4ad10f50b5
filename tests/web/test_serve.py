"""The command: loopback by default, a remedy where the extra is missing, and a chart's odd numbers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from onrecord.cli import serve
from onrecord.cli.app import app
from onrecord.ledger import Ledger
from onrecord.ledger.missions import Level
from onrecord.ledger.rows import When
from onrecord.web import chart
from onrecord.web.security import Guard


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    monkeypatch.setattr("uvicorn.run", lambda app, **options: seen.update(options, app=app))
    return seen


def test_serves_this_machine_only_unless_told_otherwise(started: dict[str, Any], tmp_path: Path) -> None:
    ledger = str(tmp_path / "l.sqlite")
    told = CliRunner().invoke(app, ["serve", "--ledger", ledger])
    assert told.exit_code == 0
    assert (started["host"], started["port"]) == ("127.0.0.1", 8420)
    assert started["app"].state.onrecord.settings.loopback
    assert started["app"].user_middleware[0].cls is Guard
    told = CliRunner().invoke(app, ["serve", "--ledger", ledger, "--host", "0.0.0.0", "--port", "9000"])
    assert (started["host"], started["port"]) == ("0.0.0.0", 9000)
    assert not started["app"].state.onrecord.settings.loopback
    assert "read-only" in told.stderr


def test_a_missing_extra_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda name: None if name == "jinja2" else object())
    told = CliRunner().invoke(app, ["serve", "--ledger", str(tmp_path / "l.sqlite")])
    assert told.exit_code == 1
    problem = json.loads(told.stderr)
    assert problem["code"] == "missing-extra"
    assert "onrecord[web]" in problem["remedy"] and "jinja2" in problem["what"]


def test_a_user_gets_a_token_once_and_is_removed(started: dict[str, Any], tmp_path: Path) -> None:
    ledger = str(tmp_path / "l.sqlite")
    Ledger.open(ledger).close()

    def user(*words: str) -> Any:
        return CliRunner().invoke(app, ["user", *words, "--ledger", ledger])

    assert "onrecord user add" in user("list").stderr
    token = user("add", "Ida Holm").stdout.strip()
    assert len(token) > 40
    listed = user("list").stdout
    assert "Ida Holm" in listed and token not in listed
    assert json.loads(user("add", "ida holm").stderr)["code"] == "bad-user"
    assert json.loads(user("forget", "Ida Holm").stderr)["code"] == "bad-user"
    told = CliRunner().invoke(app, ["serve", "--ledger", ledger, "--host", "0.0.0.0", "--private"])
    assert "read-only" not in told.stderr
    assert started["app"].state.onrecord.settings.private
    assert user("remove", "Ida Holm").exit_code == 0
    assert json.loads(user("remove", "Ida Holm").stderr)["code"] == "no-user"


def level(
    value: float | None, low: float | None, high: float | None, since: str, until: str | None = None
) -> Level:
    first = date.fromisoformat(since)
    when = When(since, first, date.fromisoformat(until) if until else first)
    return Level("cap", value, low, high, "posts", None, when, "stated", (), (), (), "s1")


def test_what_is_not_known_exactly_is_drawn_as_such() -> None:
    sure = chart.Step(
        date(2021, 1, 1), {"cap": level(30, None, None, "2021-01-01"), "filled": None, "vacant": None}, ()
    )
    unsure = level(None, 18, 22, "2021-06-01", "2021-06-30")
    vague = chart.Step(date(2021, 6, 1), {"cap": unsure, "filled": None, "vacant": None}, ())
    drawn = chart.draw("A <mission>", [sure, vague], None, date(2021, 8, 1))
    assert drawn.count('class="band cap"') == 1
    assert drawn.count('class="unsure cap"') == 1
    assert "as of 2021-08-01" in drawn
    assert "A &lt;mission&gt;" in drawn and "<mission>" not in drawn
    assert chart.told([sure, vague]) == "Ceiling: 30 from 2021-01-01, 18+ from 2021-06-01."
    assert chart.draw("Nothing", [], None, None) == ""


@pytest.mark.parametrize("days", [1, 20, 44, 200, 900, 3000, 40000])
def test_an_axis_has_few_dates_in_order(days: int) -> None:
    first = date(2000, 1, 5)
    ticks = chart._ticks(first, date.fromordinal(first.toordinal() + days))
    assert len(ticks) <= 9
    assert [when for when, _ in ticks] == sorted(when for when, _ in ticks)
    assert days < 20 or ticks
