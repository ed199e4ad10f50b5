"""A model's recipe: the runs that lead to it, each from the one before, and the averages of their weights.

`recipe.toml` is the shipped model's. Steps that a folder of runs already holds are not done again, and a run that
was stopped goes on from its last checkpoint, so that the whole may be interrupted at any time.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from training.config import PLAN, SIZE, Plan, Size
from training.encoder import load_pretrained
from training.loop import Run
from training.model import ReadingModel
from training.record import write_record
from training.sources import read_all

RECIPE = Path(__file__).parent / "recipe.toml"


def train(
    folder: Path,
    data: Path,
    plan: Plan,
    size: Size = SIZE,
    start: Path | None = None,
    resume: bool = False,
    shippable_only: bool = False,
    rest: float = 0.0,
    steps: int | None = None,
) -> None:
    """One run into `folder`: checkpoint, curves, record.

    start: a checkpoint to begin from (MiniLM's weights otherwise); steps: how many, instead of the plan's minutes.
    """
    torch.manual_seed(plan.seed)
    corpus = read_all(data, folder.parent / "cache", shippable_only)
    model = ReadingModel(size, corpus.labels)
    if start:
        begun = torch.load(start, map_location="cpu")["model"]
        new, _ = model.load_state_dict(begun, strict=False)
        print("parts that start anew:", ", ".join(sorted({name.split(".")[1] for name in new})) or "none")
    elif size is SIZE:
        load_pretrained(model.encoder)
    run = Run(model, corpus, plan, folder)
    corpus.labels.save(folder / "labels.json")
    if resume and run.checkpoint.exists():
        run.resume()
    run.train(steps=steps, rest=rest)
    write_record(run, corpus, start, shippable_only)


def average(shares: dict[Path, float], folder: Path) -> None:
    """The weights of several runs of one ancestry, averaged; what only the last has is taken from it."""
    states = {run: torch.load(run / "checkpoint.pt", map_location="cpu")["model"] for run in shares}
    last = list(states)[-1]
    mixed = dict(states[last])
    for name, value in mixed.items():
        if value.dtype.is_floating_point and all(name in state for state in states.values()):
            total = sum(shares.values())
            mixed[name] = sum(states[run][name] * (share / total) for run, share in shares.items())
    folder.mkdir(parents=True, exist_ok=True)
    torch.save({"model": mixed}, folder / "checkpoint.pt")
    (folder / "labels.json").write_text((last / "labels.json").read_text(encoding="utf-8"), encoding="utf-8")


def follow(path: Path, data: Path, runs: Path, scale: float = 1.0, rest: float = 0.0) -> Path:
    """Every step of the recipe that is not done yet; gives the folder of the last one.

    scale: multiplies the minutes of every run, for faster or slower machines.
    """
    folder = runs
    for step in tomllib.loads(path.read_text(encoding="utf-8"))["step"]:
        folder = runs / step.pop("name")
        if "average" in step:
            if not (folder / "checkpoint.pt").exists():
                average({runs / name: share for name, share in step["average"].items()}, folder)
        elif not (folder / "record.json").exists():
            print(folder)
            start = step.pop("start", None)
            train(
                folder,
                data,
                _plan(step, scale),
                start=runs / start / "checkpoint.pt" if start else None,
                resume=True,
                rest=rest,
            )
    return folder


def _plan(step: dict[str, Any], scale: float) -> Plan:
    only = tuple(step.get("only", ()))
    return replace(PLAN, **{**step, "minutes": step["minutes"] * scale, "only": only})
