"""The commands as a user meets them: what goes in, what comes out, and what a mistake is answered with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from onrecord._version import __version__
from onrecord.cli.app import app
from tests.samples import by_hand

REPORT = (
    "NATO expels eight members of Russian mission\n\nOctober 6, 2021\n\n"
    "BRUSSELS (Meridian Wire) - NATO withdrew the accreditation of eight members of the Russian mission on "
    "Wednesday.\n\nRussia denied that the eight were spies.\n"
)


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, list(words), input=stdin)


def problems(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stderr.splitlines() if line.startswith("{")]


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """A ledger with one document coded by hand."""
    coded = tmp_path / "hand.jsonl"
    coded.write_text(json.dumps(by_hand()) + "\n", encoding="utf-8")
    path = str(tmp_path / "ledger.sqlite")
    assert run("record", str(coded), "--ledger", path).exit_code == 0
    return path


def test_the_version_is_printed() -> None:
    assert run("--version").stdout == f"onrecord {__version__}\n"


def test_the_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["title"] == "CodedDocument"


def test_coding_writes_one_object_a_document_and_says_what_it_did(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    result = run("code", str(report))
    assert result.exit_code == 0, result.stderr
    (line,) = result.stdout.splitlines()
    coded = json.loads(line)
    assert coded["format"] == "onrecord/1" and coded["document"]["text"] == REPORT
    assert coded["document"]["published"]["value"].startswith("2021-10-06")
    assert any(claim["stance"] == "denies" for claim in coded["claims"])
    assert "read 1, coded 1, failed 0" in result.stderr


def test_the_same_report_gives_the_same_bytes_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    report, out = tmp_path / "report.txt", tmp_path / "out.jsonl"
    report.write_text(REPORT, encoding="utf-8")
    assert run("code", str(report), "--out", str(out), "--threads", "1").exit_code == 0
    assert out.read_text(encoding="utf-8") == run("code", "-", stdin=REPORT).stdout


def test_a_bad_document_is_a_problem_line_and_the_run_goes_on(tmp_path: Path) -> None:
    rows = ["{broken", json.dumps({"id": "b", "published": "2021-10-06", "text": REPORT})]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(rows) + "\n", encoding="utf-8")
    result = run("code", str(source))
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    (problem,) = problems(result)
    assert problem["code"] == "bad-json" and problem["where"].endswith(":1") and problem["remedy"]
    strict = run("code", "--strict", str(source))
    assert strict.exit_code == 1 and strict.stdout == ""


def test_no_half_written_file_is_left_when_coding_is_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.coding.coder import Coder

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Coder, "code_all", interrupted)
    out = tmp_path / "out.jsonl"
    assert run("code", "-", "--out", str(out), stdin=REPORT).exit_code == 130
    assert not list(tmp_path.iterdir())


def test_recording_again_changes_nothing(ledger: str, tmp_path: Path) -> None:
    again = run("record", str(tmp_path / "hand.jsonl"), "--ledger", ledger)
    assert again.exit_code == 0 and "recorded 0, already there 1, failed 0" in again.stderr


def test_a_report_is_to_be_coded_before_it_is_recorded(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    result = run("record", str(report), "--ledger", str(tmp_path / "ledger.sqlite"))
    (problem,) = problems(result)
    assert result.exit_code == 1
    assert problem["code"] == "not-coded" and "onrecord code" in problem["remedy"]


FAULTY: list[tuple[str, Any, str]] = [
    ("no JSON", "{", "bad-json"),
    ("a span outside the text", {"claims": [{"id": "c1", "stance": "denies", "cue": [0, 9999]}]}, "bad-span"),
    (
        "text that is not the snapshot",
        {"document": {**by_hand()["document"], "text": "x" * 105}},
        "bad-snapshot",
    ),
]


@pytest.mark.parametrize(("change", "code"), [case[1:] for case in FAULTY], ids=[case[0] for case in FAULTY])
def test_a_document_that_cannot_be_recorded_is_named_and_the_others_are_kept(
    tmp_path: Path, change: Any, code: str
) -> None:
    bare = {key: by_hand()[key] for key in ("coded_by", "document")}
    bad = change if isinstance(change, str) else json.dumps({**bare, **change})
    other = by_hand()
    other["document"] |= {"id": "sha256:" + "1" * 64, "external_id": "other"}
    lines = [json.dumps(by_hand()), bad, json.dumps(other)]
    path = str(tmp_path / "ledger.sqlite")
    result = run("record", "-", "--ledger", path, stdin="\n".join(lines))
    assert result.exit_code == 1
    assert [problem["code"] for problem in problems(result)] == [code]
    assert "recorded 2, already there 0, failed 1" in result.stderr


@pytest.mark.parametrize("view", ["events", "claims", "missions", "timeline"])
def test_a_list_that_is_cut_says_so(ledger: str, view: str) -> None:
    cut, whole = (run(view, "--ledger", ledger, "--limit", number) for number in ("1", "500"))
    assert "there may be more" in cut.stderr and not whole.stderr


@pytest.mark.parametrize("view", ["events", "claims", "missions", "timeline"])
def test_a_list_is_a_table_for_pipes_and_json_on_request(ledger: str, view: str) -> None:
    plain = run(view, "--ledger", ledger)
    heading, *lines = plain.stdout.splitlines()
    assert plain.exit_code == 0 and lines and "\t" in heading
    rows = [json.loads(line) for line in run(view, "--ledger", ledger, "--json").stdout.splitlines()]
    assert len(rows) == len(lines) and all("id" in row for row in rows)


def test_filters_leave_out_and_an_empty_list_says_what_to_do(ledger: str) -> None:
    kept = run("events", "--ledger", ledger, "--actor", "NATO", "--since", "2021-10", "--until", "2021-10-31")
    assert "SANCTION:expel" in kept.stdout
    nothing = run("events", "--ledger", ledger, "--since", "2022")
    assert nothing.exit_code == 0 and nothing.stdout == "" and "widen the filters" in nothing.stderr


def test_the_denial_is_a_claim_and_no_event_by_the_denier(ledger: str) -> None:
    assert "denies" in run("claims", "--ledger", ledger, "--actor", "RUS").stdout
    assert run("events", "--ledger", ledger, "--actor", "RUS").stdout == ""


def test_one_record_is_shown_with_its_exact_words(ledger: str) -> None:
    (event,) = (json.loads(line) for line in run("events", "--ledger", ledger, "--json").stdout.splitlines())
    page = run("show", event["id"], "--ledger", ledger)
    assert page.exit_code == 0
    assert "NATO withdrew the accreditation of eight members" in " ".join(page.stdout.split())


def test_verify_passes_on_what_was_recorded_and_fails_on_what_was_altered(ledger: str) -> None:
    import sqlite3

    assert run("verify", "--ledger", ledger, "--log").exit_code == 0
    with sqlite3.connect(ledger) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ]
        for trigger in tables:
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute(
            "UPDATE blob SET data = CAST(replace(CAST(data AS TEXT), 'eight', 'seven') AS BLOB)"
        )
    connection.close()
    failed = run("verify", "--ledger", ledger)
    assert failed.exit_code == 1 and "FAILED" in failed.stdout and "NOT verified" in failed.stdout


MISTAKES = [
    (["events", "--ledger", "absent.sqlite"], 1, "no-ledger"),
    (["record", "absent.jsonl"], 1, "not-found"),
    (["code", "absent.txt"], 1, "not-found"),
    (["code", "-", "--published", "yesterday"], 1, "bad-date"),
    (["events", "--since", "6 October"], 1, "bad-date"),
]


@pytest.mark.parametrize(("words", "exit_code", "code"), MISTAKES)
def test_a_users_mistake_is_answered_with_a_code_and_a_remedy(
    words: list[str], exit_code: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*words, stdin="")
    assert result.exit_code == exit_code
    assert [problem["code"] for problem in problems(result)] == [code]


def test_wrong_usage_ends_with_2() -> None:
    assert run("events", "--no-such-option").exit_code == 2
    assert run("no-such-command").exit_code == 2


def test_a_reader_that_goes_away_is_no_error(ledger: str) -> None:
    command = f'"{sys.executable}" -c "from onrecord.cli import main; main()" schema | head -1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "{" and "Traceback" not in done.stderr
