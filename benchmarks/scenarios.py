"""Scenarios: acts, claims, incidents, forums, links and expectations against complete gold, by ``score_records.py``.

Data: ``{id, title, published, text}``; gold as in the guideline beside it. A document's own figure is the mean of its
act and claim F1 (the strict ones).
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import common
from benchmarks.common import DOCUMENT
from benchmarks.events import flat

_LINE = re.compile(r"(\S+): (\d+)/(\d+)/(\d+)  (\d+)/(\d+)/(\d+)")


def main(data: Path, gold: Path | None, scorers: Path) -> dict[str, float]:
    """Code the texts, score the records, and give every figure of the scorer, by document as well."""
    script = common.scorer(scorers, "score_records.py")
    texts = common.find(data, "input.jsonl")
    right = common.find(gold or texts.parent, "gold.jsonl")
    inputs = common.rows(texts)
    known = {row["id"] for row in common.rows(right)}
    inputs = [row for row in inputs if row["id"] in known]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        given = common.write_rows(place / "input.jsonl", inputs)
        coded = common.write_rows(place / "coded.jsonl", (item.to_dict() for item in common.code(inputs)))
        files = ("--input", str(given), "--gold", str(right), "--pred", str(coded))
        figures, _ = common.run(script, *files, "--json")
        lines = subprocess.run(
            [sys.executable, str(script), *files, "--by-document"], capture_output=True, text=True, check=True
        ).stdout.splitlines()
    return flat(figures) | {DOCUMENT + key: value for key, value in _documents(lines)}


def _documents(lines: list[str]) -> list[tuple[str, float]]:
    found = []
    for line in lines:
        match = _LINE.match(line)
        if match:
            counts = [int(each) for each in match.groups()[1:]]
            acts = common.f1(counts[2], counts[1], counts[0]) if counts[0] + counts[1] else 1.0
            claims = common.f1(counts[5], counts[4], counts[3]) if counts[3] + counts[4] else 1.0
            found.append((match[1], (acts + claims) / 2))
    return found
