"""Upgrade, backup, restore, settle, rebuild and takedown from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from benchmarks.ledger import document
from onrecord.cli.app import app
from onrecord.ledger import Ledger
from tests.ledger.stored import kept, restore

runner = CliRunner()


def run(*words: str) -> tuple[int, str, str]:
    done = runner.invoke(app, list(words))
    return done.exit_code, done.stdout, done.stderr


def small(where: Path) -> str:
    with Ledger.open(where) as ledger:
        for number in range(2):
            ledger.record(document(number, "AKS", "BLT", "2021-10-06", 8))
    return str(where)


def test_upgrade_says_what_it_did_and_what_to_do(tmp_path: Path) -> None:
    where = str(tmp_path / "old.sqlite")
    restore(kept(1), where)
    code, _, told = run("events", "--ledger", where)
    problem = json.loads(told)
    assert (code, problem["code"]) == (1, "ledger-older")
    assert problem["remedy"].endswith(f"onrecord upgrade {where}")
    code, told, _ = run("upgrade", where)
    assert code == 0 and told.startswith("upgraded 1 to 2: ")
    assert run("upgrade", where)[1].startswith("nothing to do")
    assert run("events", "--ledger", where)[0] == 0


def test_a_backup_is_restored_into_a_new_ledger_only(tmp_path: Path) -> None:
    ledger, copy, again = small(tmp_path / "a.sqlite"), str(tmp_path / "b.sqlite"), str(tmp_path / "c.sqlite")
    code, told, _ = run("backup", copy, "--ledger", ledger)
    assert code == 0 and told.startswith("2 entries copied")
    code, other, _ = run("restore", copy, "--ledger", again)
    assert code == 0 and other.split("head")[1] == told.split("head")[1]
    code, _, problem = run("restore", copy, "--ledger", ledger)
    assert code == 1 and json.loads(problem)["code"] == "not-empty"


def test_a_backup_says_whom_it_leaves_out(tmp_path: Path) -> None:
    ledger = small(tmp_path / "a.sqlite")
    assert run("user", "add", "A. Clerk", "--ledger", ledger)[0] == 0
    for number, (options, told) in enumerate(
        [([], "NOT copied (--with-users)"), (["--with-users"], "copied")]
    ):
        copy = str(tmp_path / f"{number}.sqlite")
        code, out, _ = run("backup", copy, "--ledger", ledger, *options)
        assert code == 0 and out.endswith(f"1 people who may sign in {told}\n")
        assert ("A. Clerk" in run("user", "list", "--ledger", copy)[1]) == bool(options)


def test_settle_and_rebuild(tmp_path: Path) -> None:
    ledger = small(tmp_path / "a.sqlite")
    assert run("settle", "--ledger", ledger)[1] == (
        "2 documents looked at, 2 merges put on record, 0 retracted\n"
    )
    code, told, _ = run("rebuild", "--ledger", ledger)
    assert code == 0 and told.startswith("the same")
    rows = [json.loads(line) for line in run("events", "--json", "--ledger", ledger)[1].splitlines()]
    merge = rows[0]["merges"][0]["id"]
    assert run("undo", merge, "--by", "A. Clerk", "--reason", "two", "--ledger", ledger)[0] == 0
    assert len(run("events", "--json", "--ledger", ledger)[1].splitlines()) == 3


def test_a_name_is_taken_down_wherever_it_is(tmp_path: Path) -> None:
    ledger = small(tmp_path / "a.sqlite")
    told = ("--by", "A. Counsel", "--reason", "granted", "--ledger", ledger)
    assert len(run("redact", "--name", "official", *told)[1].splitlines()) == 2
    assert run("redact", "--name", "nobody at all", *told)[1].startswith("nothing taken down")
    assert run("verify", "--log", "--ledger", ledger)[1].endswith("2 redacted\n")
