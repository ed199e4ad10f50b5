"""The command: loopback by default, a remedy where the extra is missing, users with their tokens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.ledger import Ledger
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
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "jinja2" else object())
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
