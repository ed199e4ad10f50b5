"""Timex: temporal expressions found and the days they mean, by ``score_timex.py`` and ``interval_score.py``.

Rules over words, without the reading model, on raw text. Phrases that break date libraries are counted as
well where the data folder holds them: right is the value of the expression that covers the phrase, or none.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks import common
from benchmarks.common import Row
from onrecord.coding.time.timex import find

_MEASURES = ("strict", "relaxed", "type", "value")
_SHARE = re.compile(r"'(\w+)': '([\d.]+)%'")
_PHRASES = "hard_phrases.jsonl"


def main(data: Path, gold: Path | None, scorers: Path) -> dict[str, float]:
    """F1 of extent, type and value; shares of gold intervals met; thousand characters a second.

    A folder is measured set by set, a file alone. The value F1 of each document feeds gains and losses.
    """
    paths = sorted(data.glob("*.jsonl")) if data.is_dir() else [data]
    if not paths:
        raise common.Missing(f"{data}: no JSONL file there; give the folder of the sets with --data")
    figures: dict[str, float] = {}
    for path in paths:
        rows = common.rows(path)
        if rows and "phrase" in rows[0]:
            figures[f"{path.stem} right of {len(rows)}"] = sum(map(_right, rows))
        elif rows and "timexes" in rows[0]:
            measured = _set(rows, gold or path, scorers)
            prefix = f"{path.stem} " if len(paths) > 1 else ""
            figures |= {
                key if key.startswith(common.DOCUMENT) else prefix + key: v for key, v in measured.items()
            }
    return figures


def _set(rows: list[Row], gold: Path, scorers: Path) -> dict[str, float]:
    script = common.scorer(scorers, "score_timex.py")
    begun = time.perf_counter()
    mine = [{"id": row["id"], "timexes": list(tagged(row))} for row in rows]
    seconds = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        predictions = common.write_rows(Path(folder) / "timexes.jsonl", mine)
        found, _ = common.run(script, gold, predictions)
        figures = {measure: found[measure]["F1"] / 100 for measure in _MEASURES}
        figures["expressions"] = float(found["counts"]["gold"])
        figures |= _intervals(scorers / "timex" / "interval_score.py", gold, predictions)
    figures["kchar/s"] = sum(len(row["text"]) for row in rows) / 1000 / seconds
    figures |= _by_document(common.rows(gold), mine)
    return figures


def tagged(row: Row) -> Iterator[Row]:
    """The expressions of one row ``{text, dct}`` as TIMEX3 spans; a range counts as its two ends."""
    for timex in find(row["text"], document_date=date.fromisoformat(row["dct"][:10])):
        for part in timex.parts or (timex,):
            yield {"start": part.span[0], "end": part.span[1], "type": part.type, "value": part.value}


def _intervals(script: Path, gold: Path, predictions: Path) -> dict[str, float]:
    """Shares of the gold dates with calendar value: same interval, disjoint, missed; none if no script."""
    if not script.is_file():
        return {}
    done = subprocess.run(
        [sys.executable, str(script), str(gold), str(predictions)], capture_output=True, text=True, check=True
    )
    shares = {name: float(share) / 100 for name, share in _SHARE.findall(done.stdout)}
    return {f"interval {name}": shares.get(name, 0.0) for name in ("equal", "disjoint", "missed")}


def _by_document(wanted: list[Row], mine: list[Row]) -> dict[str, float]:
    """Value F1 of each document: an expression is met by one that overlaps it and has its value."""
    found = {row["id"]: row["timexes"] for row in mine}
    figures = {}
    for row in wanted:
        predicted = found.get(row["id"], [])
        hits = sum(
            any(
                each["start"] < want["end"] and want["start"] < each["end"] and each["value"] == want["value"]
                for each in predicted
            )
            for want in row["timexes"]
        )
        figures[common.DOCUMENT + str(row["id"])] = common.f1(hits, len(predicted), len(row["timexes"]))
    return figures


def _right(row: Row) -> bool:
    found = find(row["text"], document_date=date.fromisoformat(row["dct"]))
    if row["phrase"] is None:
        return not found
    start = row["text"].index(row["phrase"])
    end = start + len(row["phrase"])
    return any(t.span[0] < end and start < t.span[1] and t.value == row["gold"] for t in found)
