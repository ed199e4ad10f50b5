"""Pinned results: a page a task, a section a data set, a row a run, and the last run's documents."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.common import DOCUMENT

FOLDER = Path(__file__).parent / "results"
_FIXED = ("date", "model", "data", "machine")


@dataclass
class Pinned:
    """One section of a page: the runs on one data set, oldest first, and the documents of the last one."""

    name: str
    runs: list[dict[str, str]] = field(default_factory=list)
    documents: dict[str, float] = field(default_factory=dict)

    @property
    def last(self) -> dict[str, str]:
        return self.runs[-1] if self.runs else {}


def machine() -> str:
    """The machine in words that stay true elsewhere: cores and processor family."""
    return f"{os.cpu_count()} cores {platform.machine().replace('_', '-')}"


def load(task: str, folder: Path = FOLDER) -> dict[str, Pinned]:
    """The sections of a task's page by data name; none where nothing is pinned yet."""
    path = folder / f"{task}.md"
    if not path.is_file():
        return {}
    sections: dict[str, Pinned] = {}
    current: Pinned | None = None
    heads: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            current = sections.setdefault(line[3:].strip(), Pinned(line[3:].strip()))
            heads = []
        elif line.startswith("|") and current is not None:
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if set(line) <= set("|-: "):
                continue
            if not heads:
                heads = cells
            elif heads[0] == "document":
                current.documents[cells[0]] = float(cells[1])
            else:
                current.runs.append({head: cell for head, cell in zip(heads, cells, strict=True) if cell})
        else:
            heads = []
    return sections


def pin(
    task: str, name: str, about: dict[str, str], figures: dict[str, float], folder: Path = FOLDER
) -> Path:
    """Add a run to a task's page and make its documents the ones to compare with. Gives the page's path."""
    sections = load(task, folder)
    section = sections.setdefault(name, Pinned(name))
    section.runs.append(about | {key: number(value) for key, value in whole(figures).items()})
    section.documents = by_document(figures)
    path = folder / f"{task}.md"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(_page(task, sections), encoding="utf-8")
    return path


def whole(figures: dict[str, float]) -> dict[str, float]:
    """The figures of the whole set."""
    return {key: value for key, value in figures.items() if not key.startswith(DOCUMENT)}


def by_document(figures: dict[str, float]) -> dict[str, float]:
    """The figures of single documents, by their ids."""
    return {key.removeprefix(DOCUMENT): value for key, value in figures.items() if key.startswith(DOCUMENT)}


def number(value: float) -> str:
    """A figure as the tables print it: counts whole, shares with three places."""
    return str(int(value)) if float(value).is_integer() and abs(value) > 1 else f"{value:.3f}"


def changes(old: dict[str, float], new: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Gains and losses by document, largest first, over the documents that both runs have."""
    moved = {key: new[key] - old[key] for key in new if key in old and abs(new[key] - old[key]) > 1e-9}
    order = sorted(moved, key=lambda key: (-abs(moved[key]), key))
    return (
        {key: moved[key] for key in order if moved[key] > 0},
        {key: moved[key] for key in order if moved[key] < 0},
    )


def _page(task: str, sections: dict[str, Pinned]) -> str:
    lines = [
        f"# Results: {task}",
        "",
        f"Written by `python -m benchmarks {task} --pin`: a row a pinned run, newest last. `data` is",
        "the first twelve digits of the SHA-256 of the data files. Below: each document in the last run.",
    ]
    for name in sorted(sections):
        section = sections[name]
        heads = list(_FIXED)
        for run in section.runs:
            heads += [key for key in run if key not in heads]
        lines += ["", f"## {name}", "", _row(heads), _row(["---"] * len(heads))]
        lines += [_row([run.get(head, "") for head in heads]) for run in section.runs]
        if section.documents:
            lines += ["", "| document | figure |", "| --- | --- |"]
            lines += [f"| {key} | {number(section.documents[key])} |" for key in sorted(section.documents)]
    return "\n".join(lines) + "\n"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(re.sub(r"\|", "/", cell) for cell in cells) + " |"
