"""``onrecord read``: every record is marked at its words and told in the legend; a field says what gave it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord.cli.app import app

REPORT = """Prague expels two attaches

April 17, 2021

PRAGUE (Meridian Wire) - The Czech Republic expelled two Russian military attaches on Saturday, Interior Minister
Jan Hamacek said.

Moscow denied any involvement in the blast.
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("read") / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return str(path)


def test_a_report_is_shown_with_marks_and_a_legend(report: str) -> None:
    shown = run("read", report).output
    assert "«expelled»e1" in shown.replace("\n", "")
    legend = next(line for line in shown.splitlines() if line.strip().startswith("e1 "))
    assert "SANCTION/expel" in legend and "CZE → RUS" in legend


def test_a_field_names_the_head_rule_or_table_behind_it(report: str) -> None:
    told = run("read", report, "--why", "e1").output
    assert "trigger      “expelled”" in told
    assert "event head" in told or "settled by the act" in told


def test_an_unknown_record_is_answered_with_those_there_are(report: str) -> None:
    result = run("read", report, "--why", "e99")
    assert result.exit_code == 1
    assert '"unknown-record"' in result.output and "e1" in result.output
