"""Calibration: what an event's probability is worth, and what `--min-score` buys, on newswire with gold.

Every event from ``LOWEST`` on is coded once; an event is right where the wire scorer aligns it with gold. Writes the
reliability diagram to ``results/calibration.svg``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from benchmarks import common, wire
from benchmarks.wire_errors import load_scorer

LOWEST = 0.2
BINS = tuple(step / 10 for step in range(2, 10))
DIAGRAM = Path(__file__).parent / "results" / "calibration.svg"
_SIZE, _EDGE = 300, 46
only = wire.only
Scored = list[tuple[float, bool]]


def main(data: Path, gold: Path | None, scorers: Path) -> dict[str, float]:
    """By tenth of probability the events, their mean probability and the share that is right; by floor P, R, F1."""
    scorer = load_scorer(common.scorer(scorers, "score_wire.py"))
    inputs, wanted = wire.load(data, gold)
    texts = {row["id"]: row["text"] for row in inputs}
    events = _coded(inputs, scorer)
    scored: Scored = []
    for row in wanted:
        found = events.get(row["id"], [])
        right = {id(event) for _, event in scorer.align(texts[row["id"]], row["events"], found)}
        scored.extend((event["probability"], id(event) in right) for event in found)
    figures = _reliability(scored)
    DIAGRAM.write_text(diagram(figures), encoding="utf-8")
    total = sum(len(row["events"]) for row in wanted)
    for floor in BINS:
        aligned = kept = 0
        for row in wanted:
            found = [one for one in events.get(row["id"], []) if one["probability"] >= floor]
            kept += len(found)
            aligned += len(scorer.align(texts[row["id"]], row["events"], found))
        figures |= {
            f"from {floor:.1f} P": aligned / max(kept, 1),
            f"from {floor:.1f} R": aligned / total,
            f"from {floor:.1f} F1": common.f1(aligned, kept, total),
        }
    return figures


def _coded(inputs: list[common.Row], scorer: Any) -> dict[str, list[common.Row]]:
    """The events of each document that carry a probability, as the scorer reads them."""
    with tempfile.TemporaryDirectory() as folder:
        documents = list(common.code(inputs, min_score=LOWEST))
        path = common.write_rows(Path(folder) / "coded.jsonl", (item.to_dict() for item in documents))
        found = scorer.load_predictions(str(path), {row["id"]: row for row in inputs})
    for row, document in zip(inputs, documents, strict=True):
        for read, event in zip(found[row["id"]], document.events, strict=True):
            read["probability"] = event.probability
    return {name: [one for one in rows if one["probability"] is not None] for name, rows in found.items()}


def _reliability(scored: Scored) -> dict[str, float]:
    figures: dict[str, float] = {"events": float(len(scored))}
    error = 0.0
    for floor in BINS:
        inside = [(score, right) for score, right in scored if floor <= score < floor + 0.1 + 1e-9]
        if not inside:
            continue
        mean = sum(score for score, _ in inside) / len(inside)
        share = sum(right for _, right in inside) / len(inside)
        error += abs(mean - share) * len(inside) / len(scored)
        figures |= {
            f"{floor:.1f} n": float(len(inside)),
            f"{floor:.1f} said": mean,
            f"{floor:.1f} right": share,
        }
    return figures | {"expected error": error}


def diagram(figures: dict[str, float]) -> str:
    """Said against right, a dot a tenth with its number of events; the line is what perfect scores would do."""

    def place(said: float, right: float) -> tuple[float, float]:
        return round(_EDGE + said * _SIZE, 1), round(_EDGE / 2 + (1 - right) * _SIZE, 1)

    parts = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        (x, bottom), (left, y) = place(tick, 0), place(0, tick)
        parts += [
            f'<path d="M{x} {bottom}v-{_SIZE}M{left} {y}h{_SIZE}" stroke="#ddd"/>',
            f'<text x="{x}" y="{bottom + 16}" text-anchor="middle">{tick:g}</text>',
            f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{tick:g}</text>',
        ]
    (x0, y0), (x1, y1) = place(0, 0), place(1, 1)
    parts.append(f'<path d="M{x0} {y0}L{x1} {y1}" stroke="#888" stroke-dasharray="4"/>')
    for floor in BINS:
        if f"{floor:.1f} n" in figures:
            x, y = place(figures[f"{floor:.1f} said"], figures[f"{floor:.1f} right"])
            parts += [
                f'<circle cx="{x}" cy="{y}" r="4" fill="#0b5cad"/>',
                f'<text x="{x + 7}" y="{y + 12}" fill="#555">{figures[f"{floor:.1f} n"]:.0f}</text>',
            ]
    width, height = _SIZE + 2 * _EDGE, _SIZE + 1.5 * _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" font-family="sans-serif" font-size="12">'
        "<title>Probability of an event against the share that gold has, with the number of events</title>"
        f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(parts)}'
        f'<text x="{_EDGE + _SIZE / 2}" y="{height - 6}" text-anchor="middle">probability on the record</text>'
        f'<text x="12" y="{_EDGE / 2 + _SIZE / 2}" text-anchor="middle" '
        f'transform="rotate(-90 12 {_EDGE / 2 + _SIZE / 2})">share in gold</text></svg>\n'
    )
