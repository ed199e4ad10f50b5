"""The commands, end to end, and what they say where a library is missing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord.cli.app import app
from onrecord.exchange import KINDS

AMBER = ("--marking", "TLP:AMBER")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("kind", KINDS)
def test_every_export_is_written_with_its_report(path: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out"
    result = run("export", kind, "--ledger", str(path), "--out", str(out), *AMBER)
    assert result.exit_code == 0, result.stderr
    assert (
        out.stat().st_size > 0
        and json.loads((tmp_path / "out.report.json").read_text("utf-8"))["kind"] == kind
    )
    assert result.stdout == "" and result.stderr.startswith(f"{kind}: ")


def test_a_chain_of_commands_from_export_to_record(path: Path, tmp_path: Path) -> None:
    events, coded, again = (str(tmp_path / name) for name in ("events.csv", "coded.jsonl", "again.sqlite"))
    assert run("export", "csv", "--ledger", str(path), "--out", events, *AMBER).exit_code == 0
    assert run("import", "polecat", events, "--out", coded).exit_code == 0
    assert run("record", coded, "--ledger", again).exit_code == 0
    assert run("verify", "--ledger", again).exit_code == 0
    lines = run("events", "--ledger", again, "--json").stdout.splitlines()
    assert sorted(json.loads(one)["type"] for one in lines) == ["ACCUSE", "SANCTION"]


def test_a_snapshot_is_asked_in_sql(path: Path, tmp_path: Path) -> None:
    folder = str(tmp_path / "snapshot")
    assert run("snapshot", folder, "--ledger", str(path), *AMBER).exit_code == 0
    question = "SELECT event_type, count(*) AS n FROM deeds GROUP BY 1 ORDER BY 1"
    result = run("sql", question, "--snapshot", folder, "--json")
    assert [json.loads(one) for one in result.stdout.splitlines()] == [
        {"event_type": "ACCUSE", "n": 1},
        {"event_type": "SANCTION", "n": 1},
    ]
    assert run("sql", question, "--snapshot", folder).stdout.splitlines()[0] == "event_type\tn"


MISTAKES = [
    (["export", "xml"], "unknown-export"),
    (["import", "acled", "x"], "unknown-import"),
    (["import", "gdelt", "no-such-file"], "not-found"),
    (["sql", "SELECT 1", "--snapshot", "no-such-folder"], "no-snapshot"),
    (["export", "csv", "--ledger", "no-such-ledger"], "no-ledger"),
]


@pytest.mark.parametrize(("words", "code"), MISTAKES)
def test_a_mistake_ends_with_its_problem(words: list[str], code: str) -> None:
    result = run(*words)
    assert result.exit_code == 1 and json.loads(result.stderr.splitlines()[-1])["code"] == code


@pytest.mark.parametrize(
    ("library", "kind", "extra"),
    [("stix2", "stix", "stix"), ("followthemoney", "ftm", "ftm"), ("pyarrow", "parquet", "analytics")],
)
def test_a_missing_library_is_named_with_its_extra(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, kind: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    result = run("export", kind, "--ledger", str(path), "--out", str(tmp_path / "out"))
    told = json.loads(result.stderr.splitlines()[-1])
    assert told["code"] == "missing-extra" and f"[{extra}]" in told["what"]
    assert not (tmp_path / "out").exists()


def test_sql_without_duckdb_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    told = json.loads(run("sql", "SELECT 1").stderr.splitlines()[-1])
    assert told["code"] == "missing-extra" and "[analytics]" in told["what"]


def test_importing_the_package_imports_no_library() -> None:
    heavy = ("pyarrow", "duckdb", "stix2", "followthemoney", "sqlalchemy", "pydantic", "numpy")
    code = f"import sys, onrecord.exchange; print([name for name in {heavy!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
