"""``python -m benchmarks TASK --data FOLDER_OR_FILE [--gold FILE] [--scorers FOLDER] [--pin]``.

Prints the figures of a task and, beside them, those of the last pinned run on the same data, with gains and
losses by document. Exit code 2 where data or a scorer is missing.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import common, results

TASKS = {
    "wire": "events of newswire against hand-coded records",
    "calibration": "what the probability of an event is worth",
    "scenarios": "acts, claims, incidents, forums and links of short reports",
    "events": "the PLOVER gold-standard records, sentence by sentence",
    "timex": "temporal expressions and the days they mean",
    "attribution": "who said what",
    "geo": "place names and where they lie",
    "parties": "party words to codes and sectors",
    "reading": "words a second",
    "coreference": "one event in many documents, from given mentions",
}
_MODULES = {"reading": "reading_speed"}
_SHOWN = 12


def main(arguments: list[str] | None = None) -> int:
    """Run one task; gives the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure onrecord on a data set and compare with the last pinned run.",
        epilog="tasks: " + "; ".join(f"{name}: {what}" for name, what in TASKS.items()),
    )
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("--data", type=Path, required=True, help="the data file, or the folder that holds it")
    parser.add_argument("--gold", type=Path, help="the gold file, where it is not in the data's folder")
    parser.add_argument("--scorers", type=Path, help="the folder of the scorers; default: near the data")
    parser.add_argument("--pin", action="store_true", help="add this run to benchmarks/results/TASK.md")
    parser.add_argument("--name", help="the name of the data set in the results; default: the data's name")
    parser.add_argument("--errors", action="store_true", help="wire: every error with its sentence, by cause")
    parser.add_argument("--ids", type=Path, help="wire: only the documents whose ids stand in this file")
    options = parser.parse_args(arguments)
    scorers = options.scorers or common.scorers_near(options.data)
    try:
        task = importlib.import_module(f"benchmarks.{_MODULES.get(options.task, options.task)}")
        if options.ids is not None:
            task.only(options.ids)
        measure = task.errors if options.errors else task.main
        figures = measure(options.data, options.gold, scorers)
    except common.Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    name = options.name or (options.data.stem if options.data.is_file() else options.data.name)
    page = f"{options.task}_errors" if options.errors else options.task
    pinned = results.load(page).get(name, results.Pinned(name))
    _show(figures, pinned)
    if options.pin:
        print("pinned in", results.pin(page, name, _about(options.data, options.gold), figures))
    return 0


def _about(data: Path, gold: Path | None) -> dict[str, str]:
    files = sorted(data.glob("*.jsonl")) if data.is_dir() else [data]
    if gold is not None:
        files.append(gold)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "model": _model(),
        "data": common.fingerprint(*files),
        "machine": results.machine(),
    }


def _model() -> str:
    from onrecord import __version__
    from onrecord.reading.labels import version

    return f"onrecord {__version__} + {version()}"


def _show(figures: dict[str, float], pinned: results.Pinned) -> None:
    for key, value in results.whole(figures).items():
        before = pinned.last.get(key)
        print(f"{key:28} {results.number(value):>9}" + (f"   pinned {before}" if before else ""))
    if not pinned.documents:
        return
    gains, losses = results.changes(pinned.documents, results.by_document(figures))
    for title, moved in (("gains", gains), ("losses", losses)):
        print(f"{title}: {len(moved)} documents, {sum(moved.values()):+.3f} in all")
        for key in list(moved)[:_SHOWN]:
            print(f"  {key:40} {moved[key]:+.3f}")


if __name__ == "__main__":
    sys.exit(main())
