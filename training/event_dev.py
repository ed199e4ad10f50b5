"""Measures events on the held-out days of the annotation, tunes thresholds there, and calibrates scores."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.events import mentions
from onrecord.reading.scores import softmax
from onrecord.reading.session import Model, Outputs
from onrecord.reading.types import EventMention
from onrecord.reading.windows import Range
from training.examples import Document
from training.measure import Figures, f1, outputs_of
from training.sources import events as event_source
from training.sources.reading import rows_of

NEVER = 99.0
UNLIKELY = 0.1
TRIGGER_TRIES = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)
ROLE_TRIES = (-2.0, -1.5, -1.0, -0.7, -0.4, 0.0, 0.4)


class EventDev:
    """The held-out days of the event annotation; outputs are computed once, thresholds tried on them."""

    def __init__(self, model: Model, data: Path, limit: int | None = None) -> None:
        self.model = model
        texts = {row["id"]: row["text"] for row in rows_of(data, "wire")}
        self.records = event_source.split(rows_of(data, "events", "train"))[1][:limit]
        self.documents = [Document.of(texts[record["id"]]) for record in self.records]
        self.windows: list[list[tuple[int, Outputs, list[Range]]]] = []
        for document in self.documents:
            found = []
            for first, last in document.windows(model.pieces):
                parts = [(max(a, first), min(b, last)) for a, b in document.blocks if a < last and b > first]
                out = outputs_of(model, [document.words[a:b] for a, b in parts])
                begins = out["boundary"] > 0
                begins[[a - first for a, _ in parts]] = True
                edges = np.append(np.flatnonzero(begins), len(begins)).tolist()
                found.append((first, out, list(pairwise(edges))))
            self.windows.append(found)

    def read(self, **thresholds: float) -> list[list[EventMention]]:
        """Each document's mentions, under other thresholds than the model's where given."""
        labels = self.model.labels
        kept = labels.thresholds
        object.__setattr__(labels, "thresholds", {**kept, **thresholds})
        found = [
            [
                mention
                for first, out, sentences in windows
                for mention in mentions(out, softmax(out["status"]), labels, sentences, first)
            ]
            for windows in self.windows
        ]
        object.__setattr__(labels, "thresholds", kept)
        return found

    def score(self, readings: list[list[EventMention]] | None = None) -> Figures:
        """Type F1 (same type in the same paragraph, one to one), trigger overlap F1, both together; where both
        are right: mode, status, background, and each role's arguments, overlapping and exact.
        """
        count: Counter[str] = Counter()
        found = self.read() if readings is None else readings
        for record, document, guesses in zip(self.records, self.documents, found, strict=True):
            self._compare(record, document, guesses, count)
        labelled = max(count["typed"], 1)
        result = {
            "trigger F1": f1(count["found"], count["gold"], count["trigger"]),
            "type F1": f1(count["found"], count["gold"], count["placed"]),
            "type precision": 100.0 * count["placed"] / max(count["found"], 1),
            "type recall": 100.0 * count["placed"] / max(count["gold"], 1),
            "type and trigger F1": f1(count["found"], count["gold"], count["typed"]),
            "mode": 100.0 * count["mode"] / labelled,
            "status": 100.0 * count["status"] / labelled,
            "background": 100.0 * count["background"] / labelled,
        }
        for role in self.model.labels.roles:
            sizes = (count["found", role], count["gold", role])  # type: ignore[index]
            result[f"{role} F1"] = f1(*sizes, count["overlap", role])  # type: ignore[index]
            result[f"{role} exact"] = f1(*sizes, count["exact", role])  # type: ignore[index]
        return {**result, "events": count["gold"], "documents": len(self.records)}

    @staticmethod
    def _block(document: Document, word: int) -> int:
        return next(index for index, (first, last) in enumerate(document.blocks) if first <= word < last)

    def _compare(self, record: Any, document: Document, guesses: list[Any], count: Counter[Any]) -> None:
        count["found"] += len(guesses)
        left = list(guesses)
        ours = Counter((one.type, self._block(document, one.trigger[0])) for one in guesses)
        spans = ((event["type"], document.span(event["start"], event["end"])) for event in record["events"])
        count["placed"] += (
            ours & Counter((kind, self._block(document, at[0])) for kind, at in spans if at)
        ).total()
        for event in record["events"]:
            span = document.span(event["start"], event["end"])
            if span is None:
                continue
            count["gold"] += 1
            near = [one for one in left if one.trigger[0] < span[1] and span[0] < one.trigger[1]]
            near.sort(key=lambda one: one.type != event["type"])
            if not near:
                continue
            guess = near[0]
            left.remove(guess)
            count["trigger"] += 1
            if guess.type != event["type"]:
                continue
            count["typed"] += 1
            count["mode"] += guess.mode == event["mode"]
            count["status"] += guess.status == event["status"]
            count["background"] += (guess.background > 0.5) == event["background"]
            gold: dict[str, list[Range]] = {role: [] for role in self.model.labels.roles}
            for role, a, b in event_source.arguments(event):
                place = document.span(a, b)
                if place:
                    gold[role].append(place)
            for role, places in gold.items():
                mine = [one.span for one in guess.arguments if one.role == role]
                count["found", role] += len(mine)
                count["gold", role] += len(places)
                count["exact", role] += len(set(mine) & set(places))
                count["overlap", role] += sum(any(a < d and c < b for c, d in mine) for a, b in places)

    def calibration(self) -> tuple[float, float]:
        """Slope and shift on its logit that make a mention's score the probability that gold has such an event.

        Logistic regression of "same type in the same paragraph, one to one", for a model without calibration.
        """
        logits, right = [], []
        for record, document, guesses in zip(
            self.records, self.documents, self.read(trigger=UNLIKELY), strict=True
        ):
            spans = (
                (event["type"], document.span(event["start"], event["end"])) for event in record["events"]
            )
            left = Counter((kind, self._block(document, at[0])) for kind, at in spans if at)
            for guess in sorted(guesses, key=lambda one: -one.score):
                place = guess.type, self._block(document, guess.trigger[0])
                logits.append(math.log(guess.score / max(1.0 - guess.score, 1e-6)))
                right.append(left[place] > 0)
                left[place] -= 1
        return _logistic(np.array(logits), np.array(right, float))


def _logistic(x: NDArray[np.float64], y: NDArray[np.float64], rounds: int = 30) -> tuple[float, float]:
    """Slope and intercept of a logistic regression, by Newton's method."""
    columns = np.stack([x, np.ones_like(x)], axis=1)
    weights = np.zeros(2)
    for _ in range(rounds):
        p = 1.0 / (1.0 + np.exp(-columns @ weights))
        bend = columns.T @ (columns * (p * (1.0 - p))[:, None]) + 1e-6 * np.eye(2)
        weights += np.linalg.solve(bend, columns.T @ (y - p))
    return float(weights[0]), float(weights[1])


def tuned(dev: EventDev) -> dict[str, float]:
    """Thresholds that serve the held-out days best: the trigger's by type F1, each role's by overlap F1."""
    roles = dev.model.labels.roles
    silent = dict.fromkeys(roles, NEVER)
    tries = {p: dev.score(dev.read(trigger=p, **silent))["type F1"] for p in TRIGGER_TRIES}
    thresholds = {"trigger": max(tries, key=lambda value: tries[value])}
    everything = dev.read(**thresholds, **dict.fromkeys(roles, min(ROLE_TRIES)))
    figures = {logit: dev.score(_above(everything, logit)) for logit in ROLE_TRIES}
    for role in roles:
        thresholds[role] = max((figures[logit][f"{role} F1"], logit) for logit in ROLE_TRIES)[1]
    return thresholds


def _above(readings: list[list[EventMention]], logit: float) -> list[list[EventMention]]:
    """The same mentions with only the arguments whose score is above a logit."""
    least = 1.0 / (1.0 + math.exp(-logit))
    return [
        [
            replace(one, arguments=tuple(part for part in one.arguments if part.score > least))
            for one in mentions
        ]
        for mentions in readings
    ]
