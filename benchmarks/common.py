"""What the tasks share: data that may be missing, coding a file of texts, running a scorer, fingerprints.

A task is a module with ``main(data, gold, scorers) -> dict[str, float]``. A key ``document/ID`` is the
figure of one document (higher is better) and feeds the gains and losses; every other key is a figure of the
whole set.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.intake.types import Intake
from onrecord.model.problems import Problem
from onrecord.model.records import CodedDocument

Row = dict[str, Any]
DOCUMENT = "document/"


class Missing(Exception):
    """Data or a scorer that is not where it was looked for; the message says what, and how to give it."""


def find(where: Path, *names: str) -> Path:
    """``where`` itself if it is a file, else the first of ``names`` that is in it. Raises ``Missing``."""
    if where.is_file():
        return where
    for name in names:
        if (where / name).is_file():
            return where / name
    raise Missing(f"{where}: no {' or '.join(names)} there; give the file or its folder with --data")


def scorer(scorers: Path, name: str) -> Path:
    """A scorer by its file name. Raises ``Missing``."""
    if not (scorers / name).is_file():
        raise Missing(f"{scorers}: no {name} there; give the folder of the scorers with --scorers")
    return scorers / name


def scorers_near(data: Path) -> Path:
    """The nearest folder above the data that holds scorers; the data's own where none does."""
    folder = data if data.is_dir() else data.parent
    for place in (folder, *folder.resolve().parents[:2]):
        for candidate in (place, place / "bench"):
            if any(candidate.glob("score_*.py")):
                return candidate
    return folder


def run(script: Path, *arguments: str | Path) -> Any:
    """Run a scorer and read the JSON object that ends its output (one line, or the whole of it)."""
    done = subprocess.run(
        [sys.executable, str(script), *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Missing(f"{script.name} failed: {done.stderr.strip().splitlines()[-1:] or done.returncode}")
    out = done.stdout.strip()
    return json.loads(out if out.startswith("{") else out.splitlines()[-1]), out.splitlines()[:-1]


def rows(path: Path) -> list[Row]:
    """The objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_rows(path: Path, objects: Iterable[Row]) -> Path:
    """Write a JSONL file, for a scorer to read."""
    with path.open("w", encoding="utf-8") as out:
        for item in objects:
            out.write(json.dumps(item, ensure_ascii=False) + "\n")
    return path


def fingerprint(*paths: Path) -> str:
    """The first twelve hex digits of SHA-256 over files, and the JSONL files of folders: the data of a figure."""
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
            total.update(file.read_bytes())
    return total.hexdigest()[:12]


def intake_of(row: Row) -> Intake:
    """A row of ``{id, title?, published?, text}`` as intake makes it ready; the sets are all English."""
    from onrecord.intake.build import build
    from onrecord.intake.rows import raw
    from onrecord.intake.types import Options

    return build(raw({**row, "language": "en"}, str(row["id"])), Options())


def code(documents: Iterable[Row], **options: Any) -> Iterator[CodedDocument]:
    """Code rows in their order; ``options`` go to ``Coder``. Progress on stderr."""
    from onrecord.coding.coder import Coder

    coder = Coder(**{"threads": 2} | options)
    for number, coded in enumerate(coder.code_all(map(intake_of, documents)), 1):
        if isinstance(coded, Problem):
            raise Missing(str(coded))
        if number % 25 == 0:
            print(f"\rcoded {number}", end="", file=sys.stderr, flush=True)
        yield coded
    print("\r", end="", file=sys.stderr)


def f1(hits: float, predicted: float, gold: float) -> float:
    """F1 from counts."""
    return 2 * hits / (predicted + gold) if predicted + gold else 0.0
