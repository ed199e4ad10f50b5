"""The shipped model's recipe can be followed, from wherever it was left."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from training import recipe  # noqa: E402
from training.config import Plan  # noqa: E402


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None, Plan]]:
    """The runs that were trained: name, the run that they began from, the plan. Each leaves one weight, its number."""
    made: list[tuple[str, str | None, Plan]] = []

    def train(folder: Path, data: Path, plan: Plan, start: Path | None = None, **_: Any) -> None:
        made.append((folder.name, start.parent.name if start else None, plan))
        folder.mkdir(parents=True)
        torch.save({"model": {"weight": torch.tensor([float(len(made))])}}, folder / "checkpoint.pt")
        (folder / "labels.json").write_text("{}")
        (folder / "record.json").write_text("{}")

    monkeypatch.setattr(recipe, "train", train)
    return made


def test_the_shipped_recipe_runs_from_one_to_the_next(calls: list[Any], tmp_path: Path) -> None:
    last = recipe.follow(recipe.RECIPE, tmp_path, tmp_path / "runs", scale=0.5)
    steps = tomllib.loads(recipe.RECIPE.read_text())["step"]
    runs = [step for step in steps if "average" not in step]
    assert [(name, start) for name, start, _ in calls] == [(step["name"], step.get("start")) for step in runs]
    assert [plan.minutes for *_, plan in calls] == [step["minutes"] / 2 for step in runs]
    assert last.name == steps[-1]["name"]
    assert (last / "checkpoint.pt").exists()


RECIPE = """
[[step]]
name = "one"
minutes = 1
[[step]]
name = "two"
start = "one"
minutes = 2
rate = 0.5
[[step]]
name = "mean"
average = { one = 1, two = 3 }
"""


def test_what_is_done_is_not_done_again(calls: list[Any], tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE)
    recipe.follow(path, tmp_path, tmp_path / "runs")
    (tmp_path / "runs" / "two" / "record.json").unlink()
    (tmp_path / "runs" / "two" / "checkpoint.pt").unlink()
    (tmp_path / "runs" / "two" / "labels.json").unlink()
    (tmp_path / "runs" / "two").rmdir()
    recipe.follow(path, tmp_path, tmp_path / "runs")
    assert [name for name, *_ in calls] == ["one", "two", "two"]
    assert calls[1][2].rate == 0.5


def test_weights_are_averaged_by_share(calls: list[Any], tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE)
    folder = recipe.follow(path, tmp_path, tmp_path / "runs")
    weight = torch.load(folder / "checkpoint.pt")["model"]["weight"]
    assert weight.item() == pytest.approx((1 * 1 + 2 * 3) / 4)
