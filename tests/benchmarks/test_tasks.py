"""What the tasks compute themselves: intervals, per-document figures, the choice of documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import common, events, wire


def test_bootstrap_intervals_hold_the_figure_and_do_not_change() -> None:
    counts = {f"d{n}": (10, 8 + n % 3, 4 + n % 4, n % 3) for n in range(20)}
    found = wire.intervals(counts)
    whole = common.f1(*(sum(row[k] for row in counts.values()) for k in (2, 1, 0)))
    assert found["type F1 low"] < whole < found["type F1 high"]
    assert found == wire.intervals(counts)
    assert wire.intervals({}) == {}


def test_documents_without_records_on_either_side_are_right() -> None:
    assert wire._worth((0, 0, 0, 0)) == 1.0
    assert wire._worth((2, 2, 2, 0)) == 0.5
    assert events._types_right({"events": []}, {"events": []}) == 1.0


@pytest.mark.parametrize(
    ("gold", "mine", "figure"),
    [(["ACCUSE"], ["ACCUSE"], 1.0), (["ACCUSE"], [], 0.0), (["ACCUSE"], ["ACCUSE", "ACCUSE"], 2 / 3)],
)
def test_types_are_counted_as_often_as_they_stand(gold: list[str], mine: list[str], figure: float) -> None:
    rows = [{"events": [{"type": kind} for kind in side]} for side in (gold, mine)]
    assert events._types_right(*rows) == pytest.approx(figure)


def test_nested_answers_become_paths_of_numbers() -> None:
    answer = {"a": {"f1": 0.5, "list": [1]}, "n": 3, "right": True, "none": None}
    assert events.flat(answer) == {"a f1": 0.5, "n": 3.0}


def test_only_documents_with_gold_and_wanted_ids_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = [{"id": name, "text": name} for name in ("one", "two", "three")]
    gold = [{"id": name, "events": []} for name in ("one", "two", "elsewhere")]
    for name, rows in (("input.jsonl", inputs), ("gold.jsonl", gold)):
        (tmp_path / name).write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setattr(wire, "_ids", None)
    assert [row["id"] for row in wire.load(tmp_path, None)[0]] == ["one", "two"]
    (tmp_path / "ids.txt").write_text("two\n", encoding="utf-8")
    wire.only(tmp_path / "ids.txt")
    assert [row["id"] for row in wire.load(tmp_path, None)[0]] == ["two"]
    with pytest.raises(common.Missing):
        wire.only(tmp_path / "no such file")
