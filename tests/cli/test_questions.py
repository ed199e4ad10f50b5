"""Questions to the record and decisions on it, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from onrecord.cli.app import app
from tests.samples import by_hand


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    coded = tmp_path / "hand.jsonl"
    coded.write_text(json.dumps(by_hand()) + "\n", encoding="utf-8")
    path = str(tmp_path / "ledger.sqlite")
    assert run("record", str(coded), "--ledger", path).exit_code == 0
    return path


def rows(*words: str) -> list[dict[str, Any]]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


QUESTIONS = [
    ("propositions", [], lambda row: row["positions"][0]["holder"]["code"] == "RUS"),
    ("expectations", [], lambda row: row["type"] == "SANCTION"),
    ("incidents", ["--status", "unattributed"], lambda row: row["attributions"][0]["verdict"] == "denied"),
    ("forums", [], lambda row: row["name"] == "NATO-Russia Council" and row["last_met"]["edtf"] == "2019-07"),
    ("tallies", [], lambda row: row["mission"] == "RUS>NATO" and row["recomputed"] == 8),
    (
        "relations",
        [],
        lambda row: (row["actor"], row["recipient"], row["month"]) == ("NATO", "RUS", "2021-10"),
    ),
    ("search", ["accreditation"], lambda row: "accreditation" in row["excerpt"]),
]


@pytest.mark.parametrize(("command", "words", "right"), QUESTIONS, ids=[case[0] for case in QUESTIONS])
def test_a_question_is_answered_as_a_table_and_as_json(
    ledger: str, command: str, words: list[str], right: Any
) -> None:
    found = rows(command, *words, "--ledger", ledger)
    assert any(right(row) for row in found), found
    plain = run(command, *words, "--ledger", ledger)
    assert len(plain.stdout.splitlines()) == len(found) + 1


@pytest.mark.parametrize("view", ["propositions", "expectations", "relations"])
def test_a_list_without_a_limit_of_its_own_takes_one(ledger: str, view: str) -> None:
    whole = rows(view, "--ledger", ledger)
    assert rows(view, "--limit", "1", "--ledger", ledger) == whole[:1] != []
    assert "1 row is shown" in run(view, "--limit", "1", "--ledger", ledger).stderr


@pytest.mark.parametrize("view", ["events", "claims"])
def test_a_whole_list_comes_row_by_row(ledger: str, view: str) -> None:
    listed = rows(view, "--ledger", ledger)
    streamed = rows(view, "--ledger", ledger, "--all")
    assert streamed and sorted(map(json.dumps, streamed)) == sorted(map(json.dumps, listed))
    lines = run(view, "--ledger", ledger, "--all").stdout.splitlines()
    assert len(lines) == len(listed) + 1 and lines[0].startswith("date\t")


def test_a_list_of_events_goes_on_behind_a_row(ledger: str) -> None:
    first, *others = rows("events", "--ledger", ledger)
    assert rows("events", "--ledger", ledger, "--after", first["id"]) == others


def test_a_brief_is_written_and_fails_its_check_once_a_quoted_word_is_altered(
    ledger: str, tmp_path: Path
) -> None:
    brief = tmp_path / "brief.md"
    brief.write_text(run("brief", "RUS>NATO", "--ledger", ledger).stdout, encoding="utf-8")
    assert run("brief", "RUS>NATO", "--ledger", ledger, "--check", str(brief)).exit_code == 0
    text = brief.read_text(encoding="utf-8")
    assert "eight members" in text
    brief.write_text(text.replace("eight members", "seven members"), encoding="utf-8")
    failed = run("brief", "RUS>NATO", "--ledger", ledger, "--check", str(brief))
    assert failed.exit_code == 1 and "NOT verified" in failed.stdout


def test_a_correction_changes_the_view_and_its_undoing_changes_it_back(ledger: str) -> None:
    (event,) = rows("events", "--ledger", ledger)
    decided = run(
        "correct",
        event["id"],
        "status",
        "future",
        "--by",
        "M. Duarte",
        "--reason",
        "announced only",
        "--ledger",
        ledger,
    )
    assert decided.exit_code == 0, decided.stderr
    assert rows("events", "--ledger", ledger)[0]["status"] == "future"
    decision = decided.stdout.split()[-1]
    run("undo", decision, "--by", "M. Duarte", "--reason", "it was done", "--ledger", ledger)
    assert rows("events", "--ledger", ledger)[0]["status"] == "actual"
    assert run("verify", "--ledger", ledger, "--log").exit_code == 0


def test_what_was_never_decided_cannot_be_undone(ledger: str) -> None:
    missed = run("undo", "z0", "--by", "M. Duarte", "--reason", "mistaken", "--ledger", ledger)
    assert missed.exit_code == 1 and json.loads(missed.stderr)["code"] == "no-record"


@pytest.mark.parametrize("words", [["tallies", "--mission", "RUS>NOWHERE"], ["brief", "RUS>NOWHERE"]])
def test_a_mission_that_is_not_on_record_is_told_apart_from_one_without_rows(
    ledger: str, words: list[str]
) -> None:
    missed = run(*words, "--ledger", ledger)
    assert missed.exit_code == 1 and json.loads(missed.stderr)["code"] == "no-record"


@pytest.mark.parametrize(
    "words", [["verify", "--head", "absent.json"], ["brief", "RUS>NATO", "--check", "absent.md"]]
)
def test_a_file_that_an_option_names_and_is_not_there_is_named(ledger: str, words: list[str]) -> None:
    missed = run(*words, "--ledger", ledger)
    assert missed.exit_code == 1
    assert json.loads(missed.stderr)["code"] == "file-error" and words[-1] in missed.stderr


def test_a_retracted_record_leaves_the_list(ledger: str) -> None:
    (event,) = rows("events", "--ledger", ledger)
    run("retract", event["id"], "--by", "M. Duarte", "--reason", "satire", "--ledger", ledger)
    assert rows("events", "--ledger", ledger) == []


def test_a_decision_needs_a_name_and_a_record_that_is_there(ledger: str) -> None:
    assert run("accept", "e1", "--ledger", ledger).exit_code == 2
    nowhere = run("accept", "e0000", "--by", "M. Duarte", "--ledger", ledger)
    assert nowhere.exit_code == 1 and json.loads(nowhere.stderr)["code"] == "no-record"


def test_a_redacted_text_is_gone_from_search_and_verify_says_so(ledger: str) -> None:
    (event,) = rows("events", "--ledger", ledger)
    document = event["documents"][0]
    done = run("redact", document, "--by", "M. Duarte", "--reason", "court order 17", "--ledger", ledger)
    assert done.exit_code == 0, done.stderr
    assert rows("search", "accreditation", "--ledger", ledger) == []
    assert "1 redacted" in run("verify", "--ledger", ledger).stdout


@pytest.mark.parametrize(
    "words",
    [
        ["events", "--type", "NONSENSE"],
        ["events", "--type", "NONSENSE:expel", "--all"],
        ["claims", "--stance", "nonsense"],
        ["propositions", "--status", "nonsense"],
        ["expectations", "--status", "nonsense"],
        ["incidents", "--status", "nonsense"],
    ],
)
def test_a_filter_that_no_record_can_meet_is_named_with_what_there_is(ledger: str, words: list[str]) -> None:
    missed = run(*words, "--ledger", ledger)
    assert missed.exit_code == 1 and not missed.stdout
    problem = json.loads(missed.stderr)
    assert problem["code"] == "unknown-value" and problem["where"] == words[1]
    assert problem["remedy"].startswith("Use one of: ")


def test_the_type_of_events_is_taken_in_small_letters(ledger: str) -> None:
    assert rows("events", "--type", "sanction:expel", "--ledger", ledger)


@pytest.mark.parametrize(
    ("field", "why"),
    [("status", "Input should be 'actual', 'future'"), ("nofield", "no such field; there are actors, ")],
)
def test_a_correction_that_does_not_fit_is_told_what_would(ledger: str, field: str, why: str) -> None:
    (event,) = rows("events", "--ledger", ledger)
    missed = run(
        "correct", event["id"], field, "nonsense", "--by", "M. Duarte", "--reason", "x", "--ledger", ledger
    )
    assert missed.exit_code == 1
    problem = json.loads(missed.stderr)
    assert problem["code"] == "bad-correction" and why in problem["what"]


@pytest.mark.parametrize(
    ("command", "by_code", "by_name"),
    [
        ("events", ["--recipient", "RUS"], ["--recipient", "the russian federation"]),
        ("timeline", ["--actor", "RUS"], ["--actor", "Russian Federation"]),
        ("missions", ["--actor", "RUS"], ["--actor", "Russian Federation"]),
        ("expectations", ["--actor", "RUS"], ["--actor", "Russian Federation"]),
        ("incidents", ["--actor", "RUS"], ["--actor", "Russian Federation"]),
        ("relations", ["--recipient", "rus"], ["--recipient", "Russian Federation"]),
    ],
)
def test_a_party_is_asked_for_by_the_name_of_its_state_as_by_its_code(
    ledger: str, command: str, by_code: list[str], by_name: list[str]
) -> None:
    found = rows(command, *by_code, "--ledger", ledger)
    assert found and rows(command, *by_name, "--ledger", ledger) == found
    assert rows(command, by_code[0], "FRA", "--ledger", ledger) == []


@pytest.mark.parametrize(
    ("words", "code", "where"),
    [
        (["events", "--since", "banana"], "bad-date", "--since"),
        (["missions", "--as-of", "2021-02-30"], "bad-date", "--as-of"),
        (["claims", "--known-at", "yesterday"], "bad-time", "--known-at"),
        (["events", "--since", "2022", "--until", "2021"], "bad-date", "--until"),
        (["timeline", "--until", "2021-05", "--since", "2021-06"], "bad-date", "--since"),
        (["export", "csv", "--since", "2022", "--until", "2021"], "bad-date", "--until"),
        (["export", "site", "--actor", "RUS"], "bad-option", "--actor"),
        (["search", ""], "no-words", "WORDS"),
        (["search", '"'], "no-words", "WORDS"),
    ],
)
def test_a_mistaken_filter_is_told_with_its_option(
    ledger: str, words: list[str], code: str, where: str
) -> None:
    result = run(*words, "--ledger", ledger)
    told = json.loads(result.stderr)
    assert (result.exit_code, told["code"], told["where"]) == (1, code, where) and told["remedy"]


def test_a_mode_is_found_in_any_case_and_one_that_plover_does_not_know_is_told(ledger: str) -> None:
    assert rows("events", "--type", "sanction:Expel", "--ledger", ledger)
    told = run("events", "--type", "SANCTION:banish", "--json", "--ledger", ledger)
    assert told.exit_code == 0 and not told.stdout and "no mode 'banish'" in told.stderr
