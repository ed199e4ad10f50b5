"""Parties: the words of annotated parties resolved to codes and sectors, on the texts alone.

``--data`` is the file of texts (``id, published, text``), ``--gold`` the annotated events with their parties' spans.
Documents are split by date: the resolver was tuned on the earlier four fifths, the figures of the latest fifth
(``held``) are the ones to go by. ``python -m benchmarks.parties TEXTS EVENTS`` fits the weights of
``onrecord.coding.parties.salience`` on the earlier part, by conditional logit, and prints them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks import common
from benchmarks.common import DOCUMENT, Row
from onrecord.coding.parties.phrases import Phrase
from onrecord.coding.parties.resolver import PartyResolver
from onrecord.coding.parties.salience import NOBODY, Salience
from onrecord.coding.parties.story import Story

UNKNOWN = "UNK"
HELD = 0.2
# A step of the fit (Adam), and how strongly weights are drawn to zero, in cases.
_STEP, _ROUNDS, _RIDGE = 0.05, 300, 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One annotated party: its span and what the annotator made of it."""

    start: int
    end: int
    code: str
    sector: str


def main(data: Path, gold: Path | None, scorers: Path) -> dict[str, float]:
    """Shares right of code, sector and both, and of parties left open, for the tuned and the held documents."""
    texts, events = _documents(data, gold)
    figures: dict[str, float] = {}
    for part, ids in zip(("tuned", "held"), _split(texts, events), strict=True):
        counts = dict.fromkeys(("code", "sector", "both", "open", "parties"), 0)
        for identifier in ids:
            right = _score(texts[identifier], events[identifier], counts)
            if part == "held" and right is not None:
                figures[f"{DOCUMENT}{identifier}"] = right
        total = counts["parties"] or 1
        for name in ("code", "sector", "both", "open"):
            figures[f"{part}_{name}"] = counts[name] / total
        figures[f"{part}_parties"] = counts["parties"]
        figures[f"{part}_documents"] = len(ids)
    return figures


def _score(text: Row, event: Row, counts: dict[str, int]) -> float | None:
    """Count the parties of a document; gives its share of right codes."""
    asked = list(_asked(event))
    if not asked:
        return None
    resolver, right = _resolver(text), 0
    for each in asked:
        party = resolver.resolve_span(each.start, each.end)
        code = (party.code if party is not None else None) or UNKNOWN
        sector = (party.sector if party is not None else None) or UNKNOWN
        counts["parties"] += 1
        counts["open"] += code == UNKNOWN
        counts["code"] += code == each.code
        counts["sector"] += sector == each.sector
        counts["both"] += (code, sector) == (each.code, each.sector)
        right += code == each.code
    return right / len(asked)


def _documents(data: Path, gold: Path | None) -> tuple[dict[str, Row], dict[str, Row]]:
    if gold is None:
        raise common.Missing(f"{data}: the annotated events are missing; give their file with --gold")
    texts = {row["id"]: row for row in common.rows(common.find(data, "corpus.jsonl"))}
    events = {row["id"]: row for row in common.rows(gold) if row["id"] in texts}
    return texts, events


def _split(texts: dict[str, Row], events: dict[str, Row]) -> tuple[list[str], list[str]]:
    """The ids by date of publication: the earlier ones, and the latest fifth."""
    ids = sorted(events, key=lambda identifier: (texts[identifier]["published"], identifier))
    cut = int(len(ids) * (1 - HELD))
    return ids[:cut], ids[cut:]


def _asked(event: Row) -> Iterator[Asked]:
    """Every party of a document's events once."""
    seen = set()
    for record in event["events"]:
        for party in (*record["actors"], *record["recipients"]):
            each = Asked(party["start"], party["end"], party["code"], party["sector"])
            if each not in seen:
                seen.add(each)
                yield each


def _resolver(text: Row) -> PartyResolver:
    return PartyResolver.of_text(text["text"], date.fromisoformat(text["published"][:10]))


# fitting

Case = tuple[dict[str, dict[str, float]], str]


def cases(data: Path, gold: Path) -> list[Case]:
    """What `Salience` was asked for the tuned documents: its candidates, and the code that was right."""
    texts, events = _documents(data, gold)
    found: list[Case] = []
    for identifier in _split(texts, events)[0]:
        resolver = _resolver(texts[identifier])
        resolver.salience = recorder = _Recorder(resolver.story)
        for each in _asked(events[identifier]):
            recorder.asked.clear()
            resolver.resolve_span(each.start, each.end)
            right = NOBODY if each.code == UNKNOWN else each.code
            found += [(candidates, right) for candidates in recorder.asked if right in candidates]
    return found


class _Recorder(Salience):
    """Keeps the candidates that it was asked to weigh."""

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.asked: list[dict[str, dict[str, float]]] = []

    def candidates(self, word: int, phrase: Phrase | None, sector: str | None) -> dict[str, dict[str, float]]:
        found = super().candidates(word, phrase, sector)
        self.asked.append(found)
        return found


def fit(found: list[Case]) -> dict[str, float]:
    """Weights under which the right candidates are likeliest (conditional logit with a ridge, by Adam)."""
    names = sorted({name for candidates, _ in found for features in candidates.values() for name in features})
    column = {name: number for number, name in enumerate(names)}
    rows: list[np.ndarray] = []
    right: list[int] = []
    owner: list[int] = []
    for number, (candidates, code) in enumerate(found):
        for each, features in candidates.items():
            row = np.zeros(len(names))
            for name, value in features.items():
                row[column[name]] = value
            if each == code:
                right.append(len(rows))
            rows.append(row)
            owner.append(number)
    table, owners = np.array(rows), np.array(owner)
    starts = np.searchsorted(owners, np.arange(len(found)))
    weights, slope, square = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, _ROUNDS + 1):
        scores = table @ weights
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[owners])
        chances = scores / np.add.reduceat(scores, starts)[owners]
        gradient = (table[right].sum(0) - (table * chances[:, None]).sum(0) - _RIDGE * weights) / len(found)
        slope = 0.9 * slope + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights += _STEP * (slope / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


if __name__ == "__main__":
    fitted = fit(cases(Path(sys.argv[1]), Path(sys.argv[2])))
    for name, weight in fitted.items():
        print(f'    "{name}": {weight},')
