"""Fits the weights by which temporal expressions are attached to events.

python -m training.attachment --data ../shared

Reads the annotated events with the shipped reading model and fits two logistic models (see
``onrecord.coding.attachment``) on the days that the reading model was trained on too; trees and expressions do not
depend on the annotation, so only what is printed for the held-out days is a measurement. Writes
``onrecord/coding/data/attachment.json``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.coding import attachment
from onrecord.coding.attachment import Dated, Features, Mention
from onrecord.coding.timex import Timex, find
from onrecord.coding.when import date_mention
from onrecord.model import dates
from onrecord.reading.types import Reading
from training.sources.events import split
from training.sources.reading import rows_of

RIDGE = {"same": 5.0, "earlier": 5.0}
RAREST = 8  # a feature seen less often gets no weight
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5)


@dataclass(slots=True)
class Told:
    """One annotated event in its read document."""

    reading: Reading
    timexes: list[Timex]
    found: list[Dated]
    day: date
    mention: Mention
    trigger: tuple[int, int]
    date: str | None
    when: tuple[int, int] | None

    def dated_by(self, timex: Timex) -> bool:
        """The expression holds the words that date the event, or means the same days."""
        if self.when and timex.span[0] < self.when[1] and self.when[0] < timex.span[1]:
            return True
        return self.when is not None and same_days(timex.edtf, self.date)


def same_days(one: str | None, other: str | None) -> bool:
    """Equal intervals; an unknown date equals an unknown one."""
    if one is None or other is None:
        return one is other
    return dates.parse(one) == dates.parse(other)


def told(
    records: Iterable[dict[str, Any]], texts: dict[str, dict[str, Any]], readings: Iterable[Reading]
) -> Iterator[Told]:
    """The events of annotated documents, with the reading of each."""
    for record, reading in zip(records, readings, strict=True):
        day = date.fromisoformat(texts[record["id"]]["published"])
        timexes = find(reading.text, document_date=day, reading=reading)
        found = attachment.dated(reading, timexes)
        for event in record["events"]:
            trigger = reading.words_in((event["start"], event["end"]))
            if trigger[0] == trigger[1]:
                continue
            word = attachment.head(reading, trigger)
            mention = Mention(word, event["status"], event["background"], event["type"])
            when = (event["when"]["start"], event["when"]["end"]) if event["when"] else None
            yield Told(reading, timexes, found, day, mention, trigger, event["date"], when)


def inside(event: Told) -> list[Dated]:
    """The expressions of the event's sentence."""
    first, last = event.reading.sentences[event.reading.sentence_of(event.mention.word)]
    return [each for each in event.found if first <= each.word < last]


def same_rows(events: Iterable[Told]) -> list[tuple[Features, bool]]:
    """Features and truth of each expression in the sentence of each event."""
    rows = []
    for event in events:
        near = inside(event)
        for each in near:
            features = attachment.same(event.reading, event.mention, each, near, event.day)
            rows.append((features, event.dated_by(each.timex)))
    return rows


def earlier_rows(events: Iterable[Told], model: dict[str, float]) -> list[tuple[Features, bool]]:
    """The same for expressions told before, of the events that nothing in their sentence dates."""
    rows = []
    for event in events:
        near = inside(event)
        scored = (
            attachment.score(model, attachment.same(event.reading, event.mention, each, near, event.day))
            for each in near
        )
        if max(scored, default=0.0) > model["threshold"]:
            continue
        first = event.reading.sentences[event.reading.sentence_of(event.mention.word)][0]
        before = [each for each in event.found if each.word < first and each.timex.type != "DURATION"]
        for each in attachment.candidates(before, event.day):
            features = attachment.earlier(event.reading, event.mention, each, bool(near), event.day)
            rows.append((features, same_days(each.timex.edtf, event.date)))
    return rows


def fit(rows: Sequence[tuple[Features, bool]], ridge: float) -> dict[str, float]:
    """Logistic regression with a ridge, by Newton's method; the bias is free."""
    seen = Counter(name for features, _ in rows for name, value in features.items() if value)
    names = sorted(name for name, count in seen.items() if count >= RAREST)
    column = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names) + 1))
    x[:, -1] = 1.0
    for row, (features, _) in enumerate(rows):
        for name, value in features.items():
            if name in column:
                x[row, column[name]] = value
    y = np.array([truth for _, truth in rows], float)
    penalty = np.full(len(names) + 1, ridge)
    penalty[-1] = 1e-6
    weights: NDArray[np.float64] = np.zeros(len(names) + 1)
    for _ in range(20):
        p = 1.0 / (1.0 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + penalty * weights
        curve = (x * (p * (1.0 - p))[:, None]).T @ x + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    fitted = {name: round(float(weights[i]), 3) for name, i in column.items()}
    return fitted | {"bias": round(float(weights[-1]), 3), "threshold": 0.4}


def accuracy(events: Sequence[Told], named: bool = False) -> float:
    """Share of events whose days are right, an unknown date told from a known one; `named`: given the date words."""
    right = 0
    for event in events:
        when = event.reading.words_in(event.when) if named and event.when else None
        time = None
        if when is not None or not named:
            time = date_mention(
                event.reading, event.timexes, event.day, event.trigger, when,
                status=event.mention.status, background=event.mention.background,
            )  # fmt: skip
        right += same_days(time.edtf if time else None, event.date)
    return right / max(len(events), 1)


def fit_all(events: Sequence[Told]) -> dict[str, dict[str, float]]:
    """Both models; each threshold is the one that dates most events of the fit rightly."""
    models = {"same": fit(same_rows(events), RIDGE["same"]), "earlier": {"bias": 0.0, "threshold": 1.0}}
    for name in ("same", "earlier"):
        if name == "earlier":
            models[name] = fit(earlier_rows(events, models["same"]), RIDGE[name])
        tried = []
        for threshold in THRESHOLDS:
            models[name]["threshold"] = threshold
            use(models)
            tried.append((accuracy(events), threshold))
        models[name]["threshold"] = max(tried)[1]
    use(models)
    return models


def use(models: dict[str, dict[str, float]]) -> None:
    """Write the weights and make the coder take them up."""
    attachment.WEIGHTS.parent.mkdir(exist_ok=True)
    attachment.WEIGHTS.write_text(json.dumps(models, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    attachment.weights.cache_clear()


def main() -> None:
    from onrecord.reading import Reader

    parser = argparse.ArgumentParser(prog="python -m training.attachment", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--documents", type=int, default=500, help="how many documents to fit on")
    options = parser.parse_args()
    texts = {row["id"]: row for row in rows_of(options.data, "wire")}
    rows = [row for row in rows_of(options.data, "events", "train") if row["events"] and row["id"] in texts]
    train, held_out = split(rows)
    parts = []
    for records in (train[: options.documents], held_out):
        readings = Reader(threads=2).read_all((texts[record["id"]]["text"], None) for record in records)
        parts.append(list(told(records, texts, readings)))
    fit_all(parts[0])
    report(*parts)


def report(fitted: Sequence[Told], held_out: Sequence[Told]) -> None:
    """Print the accuracy on the fit and on the held-out days."""
    for name, events in (("fit", fitted), ("held out", held_out)):
        print(
            f"{name}: {len(events)} events; dates right {accuracy(events):.3f}; "
            f"given the words that date them {accuracy(events, named=True):.3f}; "
            f"without a date {sum(event.date is None for event in events) / max(len(events), 1):.3f}"
        )


if __name__ == "__main__":
    main()
