"""Fits the weights by which temporal expressions are attached to events.

python -m training.attachment --data ../shared

Reads the annotated events with the shipped reading model and fits two logistic models (see
``onrecord.coding.time.attachment``) on the days that the reading model was trained on too; trees and expressions do not
depend on the annotation, so only what is printed for the held-out days is a measurement. Of our own annotation
(``training/annotations``) the half that the rules were made on by a hash of the ids is fitted on too, and the other
half measured. Writes ``onrecord/coding/time/data/attachment.json``. Some minutes on one core, most of them to read; run
it again for a new reading model, and after any change of a feature, then ``python -m benchmarks wire`` on the held-out
documents.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.coding.events import HISTORY
from onrecord.coding.time import attachment
from onrecord.coding.time.attachment import Features, Mention
from onrecord.coding.time.timex import Timex, find
from onrecord.coding.time.when import date_mention
from onrecord.model import dates
from onrecord.reading.types import EventMention, Reading
from training.sources.events import split
from training.sources.own import annotated
from training.sources.reading import rows_of

SHIPPED = attachment.WEIGHTS
TRIAL = Path(tempfile.gettempdir()) / f"attachment-{os.getpid()}.json"
RIDGE = {"same": 5.0, "earlier": 5.0}
RAREST = 8  # a feature seen less often gets no weight
THRESHOLDS = (-0.8, -0.6, -0.4, -0.2, 0.0)  # log odds
LEANINGS = {
    "named": (1.0, 2.0, 3.0, 4.0),
    "elsewhere": (-0.5, 0.0),
    "silent": (-3.0, -2.0, -1.0, 0.0),
}


Models = dict[str, dict[str, float]]


@dataclass(slots=True)
class Told:
    """One annotated event in its read document."""

    reading: Reading
    timexes: list[Timex]
    day: date
    mention: Mention
    trigger: tuple[int, int]
    date: str | None
    when: tuple[int, int] | None

    def by_model(self) -> EventMention | None:
        """The event that the reading itself found here."""
        for event in self.reading.events:
            if event.trigger[0] < self.trigger[1] and self.trigger[0] < event.trigger[1]:
                return event
        return None

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
        for event in record["events"]:
            trigger = reading.words_in((event["start"], event["end"]))
            if trigger[0] == trigger[1]:
                continue
            word = attachment.head(reading, trigger)
            mention = Mention(word, event["status"], event["background"], event["type"])
            when = (event["when"]["start"], event["when"]["end"]) if event["when"] else None
            yield Told(reading, timexes, day, mention, trigger, event["date"], when)


def same_rows(events: Iterable[Told]) -> list[tuple[Features, bool]]:
    """Features and truth of each expression in the sentence of each event."""
    rows = []
    for event in events:
        near = attachment.inside(event.reading, event.mention, event.timexes)
        for each in near:
            features = attachment.same(event.reading, event.mention, each, near, event.day)
            rows.append((features, event.dated_by(each.timex)))
    return rows


def earlier_rows(events: Iterable[Told], model: dict[str, float]) -> list[tuple[Features, bool]]:
    """The same for expressions told before, of the events that nothing in their sentence dates."""
    rows = []
    for event in events:
        near = attachment.inside(event.reading, event.mention, event.timexes)
        scored = (
            attachment.score(model, attachment.same(event.reading, event.mention, each, near, event.day))
            for each in near
        )
        if max(scored, default=-math.inf) > 0:
            continue
        for each in attachment.before(event.reading, event.mention, event.timexes, event.day):
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
    return fitted | {"bias": round(float(weights[-1]), 3), "threshold": 0.0}


def accuracy(events: Sequence[Told], given: str = "") -> float:
    """Share of events whose days are right, an unknown date told from a known one.

    given: "" the tree alone; "head" all as the reading tells it, its own date words, status and background, and only
    events that it found; "words" the annotated date words.
    """
    right = count = 0
    for event in events:
        reading, when = event.reading, None
        status, background = event.mention.status, event.mention.background
        mention = event.by_model()
        if given == "head":
            if mention is None:
                continue
            when = next((a.span for a in mention.arguments if a.role == "when"), None)
            status, background = mention.status, mention.background >= HISTORY
        elif given == "words" and event.when:
            when = reading.words_in(event.when)
        elif mention is not None:
            reading = replace(reading, events=())
        time = None
        if given != "words" or when is not None:
            time = date_mention(
                reading, event.timexes, event.day, event.trigger, when, status=status, background=background
            )
        right += same_days(time.edtf if time else None, event.date)
        count += 1
    return right / max(count, 1)


def fit_all(events: Sequence[Told], held_out: Sequence[Told]) -> Models:
    """Both models with the threshold that dates most events of the fit rightly; then, on the held-out days, how
    far the reading's own date words lean the odds (on the others it has seen the answers)."""
    models: Models = {"same": fit(same_rows(events), RIDGE["same"]), "head": dict.fromkeys(LEANINGS, 0.0)}
    models["earlier"] = {"bias": 0.0, "threshold": 100.0}
    for name in ("same", "earlier"):
        if name == "earlier":
            models[name] = fit(earlier_rows(events, models["same"]), RIDGE[name])
        models[name]["threshold"] = _best(models, name, "threshold", THRESHOLDS, events, "")
    tried = []
    for values in product(*LEANINGS.values()):
        models["head"] = dict(zip(LEANINGS, values, strict=True))
        use(models)
        tried.append((accuracy(held_out, "head"), values))
    models["head"] = dict(zip(LEANINGS, max(tried)[1], strict=True))
    use(models)
    return models


def _best(
    models: Models, model: str, name: str, values: Sequence[float], events: Sequence[Told], given: str
) -> float:
    tried = []
    for value in values:
        models[model][name] = value
        use(models)
        tried.append((accuracy(events, given), -abs(value), value))
    return max(tried)[2]


def remember(name: str) -> None:
    """Let a function of ``attachment`` that builds features do so once a pair: no fitted weight touches them."""
    build = getattr(attachment, name)
    known: dict[tuple[object, ...], Features] = {}

    def features(reading: Reading, mention: Mention, each: attachment.Dated, *rest: Any) -> Features:
        told = [one.timex.span for one in rest[0]] if isinstance(rest[0], list) else rest[0]
        key = (id(reading.heads), *astuple(mention), each.timex.span, str(told))
        if key not in known:
            known[key] = build(reading, mention, each, *rest)
        return known[key]

    setattr(attachment, name, features)


def use(models: Models) -> None:
    """Make the coder take up these weights, for this process only."""
    TRIAL.write_text(json.dumps(models), encoding="utf-8")
    attachment.WEIGHTS = TRIAL
    attachment.weights.cache_clear()


def save(models: Models) -> None:
    """Write the weights into the package."""
    SHIPPED.write_text(json.dumps(models, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    from onrecord.reading import Reader

    parser = argparse.ArgumentParser(prog="python -m training.attachment", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--documents", type=int, default=500, help="how many documents to fit on")
    options = parser.parse_args()
    texts = {row["id"]: row for row in rows_of(options.data, "wire")}
    rows = [row for row in rows_of(options.data, "events", "train") if row["events"] and row["id"] in texts]
    train, held_out = split(rows)
    ours = [row for row in _ours(options.data, texts) if row["events"]]
    fitted = [*train[: options.documents], *(row for row in ours if not _kept(row))]
    parts = []
    for records in (fitted, held_out, [row for row in ours if _kept(row)]):
        readings = Reader(threads=2).read_all((texts[record["id"]]["text"], None) for record in records)
        parts.append(list(told(records, texts, readings)))
    for name in ("same", "earlier"):
        remember(name)
    models = fit_all(*parts[:2])
    report(*parts)
    save(models)
    TRIAL.unlink()


def _ours(data: Path, texts: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Our own annotation of the texts that the folder has; the press's texts are added with their day."""
    for name, split_, day in (("polnear", "train", "date"), ("timebank", "", "dct"), ("aquaint", "", "dct")):
        for row in rows_of(data, name, split_):
            if row.get(day):
                texts[row["id"]] = {"text": row["text"], "published": row[day][:10]}
    rows = [row for name in ("events_wire", "events_press") for row in annotated(name)]
    held = {row["id"] for row in split(rows)[1]}
    return [row for row in rows if row["id"] in texts and row["id"] not in held]


def _kept(row: dict[str, Any]) -> bool:
    return int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2 == 1


def report(fitted: Sequence[Told], held_out: Sequence[Told], kept: Sequence[Told]) -> None:
    """Print the accuracy on the fit, on the held-out days, and on the half of our own annotation that is kept."""
    for name, events in (("fit", fitted), ("held out", held_out), ("ours, kept", kept)):
        print(
            f"{name}: {len(events)} events, {sum(event.date is None for event in events) / len(events):.3f} without"
            f" a date; dates right by the tree {accuracy(events):.3f}, given the words that date them"
            f" {accuracy(events, 'words'):.3f}; of the {sum(event.by_model() is not None for event in events)} that"
            f" the model finds, with its own date words {accuracy(events, 'head'):.3f}"
        )


if __name__ == "__main__":
    main()
