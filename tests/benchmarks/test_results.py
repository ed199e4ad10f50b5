"""Pinned results survive writing and reading; gains and losses are told by document."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import common, results

ABOUT = {"date": "2026-11-30", "model": "onrecord 0 + hand", "data": "0123456789ab", "machine": "2 cores"}


def test_a_pinned_run_is_read_back(tmp_path: Path) -> None:
    first = {"type F1": 0.5, "gold_events": 26.0, "document/one": 0.25, "document/two": 1.0}
    results.pin("wire", "seed", ABOUT, first, tmp_path)
    results.pin("wire", "seed", ABOUT, first | {"type F1": 0.625, "document/one": 0.75}, tmp_path)
    results.pin("wire", "open", ABOUT, {"type F1": 0.1}, tmp_path)
    pages = results.load("wire", tmp_path)
    assert sorted(pages) == ["open", "seed"]
    assert [run["type F1"] for run in pages["seed"].runs] == ["0.500", "0.625"]
    assert pages["seed"].last["gold_events"] == "26"
    assert pages["seed"].documents == {"one": 0.75, "two": 1.0}
    assert pages["open"].documents == {}


def test_nothing_pinned_is_nothing_to_compare_with(tmp_path: Path) -> None:
    assert results.load("wire", tmp_path) == {}
    assert results.Pinned("x").last == {}


def test_gains_and_losses_are_those_of_documents_in_both_runs() -> None:
    old, new = {"a": 0.5, "b": 0.5, "c": 0.5, "gone": 1.0}, {"a": 0.75, "b": 0.0, "c": 0.5, "fresh": 1.0}
    assert results.changes(old, new) == ({"a": 0.25}, {"b": -0.5})


@pytest.mark.parametrize(("value", "text"), [(26.0, "26"), (0.5, "0.500"), (1.0, "1.000"), (0.0, "0.000")])
def test_counts_are_whole_and_shares_have_three_places(value: float, text: str) -> None:
    assert results.number(value) == text


def test_missing_data_says_so_and_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["wire", "--data", str(tmp_path)]) == 2
    assert "score_wire.py" in capsys.readouterr().err
    (tmp_path / "score_wire.py").write_text("")
    assert command.main(["wire", "--data", str(tmp_path)]) == 2
    assert "open_input.jsonl" in capsys.readouterr().err


def test_scorers_are_looked_for_above_the_data(tmp_path: Path) -> None:
    (tmp_path / "bench" / "wire").mkdir(parents=True)
    (tmp_path / "bench" / "score_wire.py").write_text("")
    (tmp_path / "seed").mkdir()
    assert common.scorers_near(tmp_path / "bench" / "wire") == tmp_path / "bench"
    assert common.scorers_near(tmp_path / "seed") == tmp_path / "bench"


def test_the_fingerprint_changes_with_any_byte(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"one")
    second.write_bytes(b"onE")
    assert common.fingerprint(first) != common.fingerprint(second)
    assert len(common.fingerprint(first, second)) == 12
