"""Wire: events of real newswire against hand-coded records, by ``score_wire.py``.

Data: ``{id, title, published, text}``; gold: ``{id, events}`` with codes, status, background, dates, holders.
The bootstrap intervals resample documents (1,000 times, fixed seed).
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import common
from benchmarks.common import DOCUMENT, Row

INPUTS = ("open_input.jsonl", "input.jsonl")
GOLDS = ("open_gold.jsonl", "gold_events.jsonl", "gold.jsonl")
_ids: set[str] | None = None
_LINE = re.compile(r"(\S+)\s+gold\s+(\d+) predicted\s+(\d+) type\s+(\d+) triple\s+(\d+)")
Counts = tuple[int, int, int, int]


def only(ids: Path) -> None:
    """Restrict the task to the documents whose ids stand in a file, one a line."""
    global _ids
    if not ids.is_file():
        raise common.Missing(f"{ids}: no such file of ids")
    _ids = set(ids.read_text(encoding="utf-8").split())


def load(data: Path, gold: Path | None) -> tuple[list[Row], list[Row]]:
    """The documents that have gold, and their gold, in one order."""
    inputs = {row["id"]: row for row in common.rows(common.find(data, *INPUTS))}
    place = data if data.is_dir() else data.parent
    wanted = common.rows(common.find(gold or place, *GOLDS))
    wanted = [row for row in wanted if row["id"] in inputs and (_ids is None or row["id"] in _ids)]
    if not wanted:
        raise common.Missing(f"{gold or place}: no gold for the documents of {data}")
    return [inputs[row["id"]] for row in wanted], wanted


def main(data: Path, gold: Path | None, scorers: Path) -> dict[str, float]:
    """Code, score, and give the scorer's figures with bootstrap intervals of type and triple F1."""
    script = common.scorer(scorers, "score_wire.py")
    inputs, wanted = load(data, gold)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        given = common.write_rows(place / "input.jsonl", inputs)
        right = common.write_rows(place / "gold.jsonl", wanted)
        coded = common.write_rows(place / "coded.jsonl", (item.to_dict() for item in common.code(inputs)))
        found, lines = common.run(
            script, "--input", given, "--gold", right, "--pred", coded, "--by-document", "--json"
        )
    counts = {match[1]: tuple(map(int, match.groups()[1:])) for line in lines if (match := _LINE.match(line))}
    return _flat(found) | intervals(counts) | {DOCUMENT + key: _worth(value) for key, value in counts.items()}  # type: ignore[arg-type]


def _flat(found: Row) -> dict[str, float]:
    flat: dict[str, float] = {}
    for key, value in found.items():
        if isinstance(value, dict):
            flat |= {f"{key} {part}": score for part, score in value.items()}
        elif value is not None:
            flat["date right" if key == "date" else key] = value  # a run has a date of its own
    return flat


def _worth(counts: Counts) -> float:
    """One document's figure: the mean of its type and triple F1."""
    gold, predicted, types, triples = counts
    if not gold and not predicted:
        return 1.0
    return (common.f1(types, predicted, gold) + common.f1(triples, predicted, gold)) / 2


def intervals(counts: dict[str, Counts], times: int = 1000) -> dict[str, float]:
    """The 95% bootstrap intervals over documents of type and triple F1."""
    chance = random.Random(7)
    table = list(counts.values())
    figures: dict[str, Callable[[list[Counts]], float]] = {
        "type": lambda sample: common.f1(*(sum(row[k] for row in sample) for k in (2, 1, 0))),
        "triple": lambda sample: common.f1(*(sum(row[k] for row in sample) for k in (3, 1, 0))),
    }
    samples = [chance.choices(table, k=len(table)) for _ in range(times)] if table else []
    out: dict[str, float] = {}
    for name, figure in figures.items():
        values = sorted(map(figure, samples))
        if values:
            out[f"{name} F1 low"] = values[int(0.025 * times)]
            out[f"{name} F1 high"] = values[int(0.975 * times)]
    return out


def errors(data: Path, gold: Path | None, scorers: Path) -> dict[str, float]:
    """Print every error with its sentence, grouped by cause, and count the causes. See ``wire_errors``."""
    from benchmarks import wire_errors

    inputs, wanted = load(data, gold)
    return wire_errors.report(inputs, wanted, common.scorer(scorers, "score_wire.py"))
