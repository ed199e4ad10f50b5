"""Fits the weights by which temporal expressions are attached to events.

python -m training.attachment --data ../shared

Reads the annotated events with the shipped reading model and fits a logistic choice among the expressions near each
event and none (see ``onrecord.coding.time.attachment``). The model has learned the words that date the events of its
own training documents, so what the tree says is fitted on those without the model's opinion; how far that opinion
leans the odds is fitted on documents that it has not seen (the held-out days of the wire, and the press articles
annotated last), with the tree's verdict scaled beside it. Printed are the dates right on the latter, each document
left out of the leaning's fit in turn. Writes ``onrecord/coding/time/data/attachment.json``. Some minutes on one core,
most of them to read; run it again for a new reading model, and after any change of a feature, then ``python -m
benchmarks wire`` on the held-out documents.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.coding.events import HISTORY
from onrecord.coding.time import attachment
from onrecord.coding.time.candidates import Features, Mention, edtf_of, head
from onrecord.coding.time.timex import Timex, find
from onrecord.coding.time.when import days_of, named_by
from onrecord.intake.build import build
from onrecord.intake.rows import raw
from onrecord.intake.types import Options
from onrecord.model import dates
from onrecord.model.problems import Problem
from onrecord.reading.reader import blocks_of
from onrecord.reading.types import EventMention, Reading
from training.sources.events import split
from training.sources.own import annotated
from training.sources.reading import rows_of

SHIPPED = attachment.WEIGHTS
LEANING = ("named", "named surely", "none named")
RIDGE = 10.0
RIDGE_LEANING = 1.0
RAREST = 10  # a feature seen less often gets no weight
FOLDS = 10
NEWEST_PRESS = 240  # articles annotated after the reading model was trained
TREE = "tree"
LEVEL = "none"  # the weight of no date at all, which the leaning moves too


@dataclass(slots=True)
class Choice:
    """The options of one event, none the last, with the truth of each; ``days``: of each option as it is told."""

    document: str
    options: list[Features]
    truth: list[bool]
    days: list[str | None]

    @property
    def decidable(self) -> bool:
        return any(self.truth)


def same_days(one: str | None, other: str | None) -> bool:
    """Equal intervals; an unknown date equals an unknown one."""
    if one is None or other is None:
        return one is other
    return dates.parse(one) == dates.parse(other)


def choices(
    records: Iterable[dict[str, Any]], texts: dict[str, dict[str, Any]], readings: Iterable[Reading]
) -> Iterator[Choice]:
    """The annotated events that the reading model finds, told as it tells them."""
    for record, reading in zip(records, readings, strict=True):
        day = date.fromisoformat(texts[record["id"]]["published"][:10])
        timexes = find(reading.text, document_date=day, reading=reading)
        for event in record["events"]:
            mention = _found(reading, (event["start"], event["end"]))
            if mention is not None and (event["date"] is None or _is_date(event["date"])):
                yield choice(record["id"], reading, timexes, day, mention, event["date"])


def choice(
    document: str, reading: Reading, timexes: list[Timex], day: date, event: EventMention, told: str | None
) -> Choice:
    """The options of one event mention; ``told``: its days as annotated."""
    mention = Mention(head(reading, event.trigger), event.status, event.background >= HISTORY, event.type)
    when = next((argument.span for argument in event.arguments if argument.role == "when"), None)
    named = named_by(reading, event, when)
    found, nothing = attachment.options(reading, mention, timexes, day, named)
    coded = [days_of(reading, timexes, each.timex, mention, day, named) for each, _ in found]
    return Choice(
        document=document,
        options=[*(features for _, features in found), nothing],
        truth=[*(days is not None and same_days(days, told) for days in coded), told is None],
        days=[*(edtf_of(each.timex) for each, _ in found), None],
    )


def _found(reading: Reading, span: tuple[int, int]) -> EventMention | None:
    start, end = reading.words_in(span)
    return next(
        (event for event in reading.events if event.trigger[0] < end and start < event.trigger[1]), None
    )


def _is_date(edtf: str) -> bool:
    try:
        dates.parse(edtf)
    except ValueError:
        return False
    return True


# the fit


class Rows:
    """Options of many choices as rows of a sparse matrix with one column a feature."""

    def __init__(self, found: Sequence[Choice], names: Sequence[str]) -> None:
        column = {name: i for i, name in enumerate(names)}
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        group: list[int] = []
        truth: list[bool] = []
        for number, each in enumerate(found):
            for features, right in zip(each.options, each.truth, strict=True):
                for name, value in features.items():
                    if name in column and value:
                        rows.append(len(group))
                        columns.append(column[name])
                        values.append(value)
                group.append(number)
                truth.append(right)
        self.shape = (len(group), len(names))
        self.rows, self.columns = np.array(rows, np.intp), np.array(columns, np.intp)
        self.values = np.array(values, float)
        self.group, self.truth = np.array(group, np.intp), np.array(truth, bool)
        self.count = len(found)

    def scores(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """[options] log odds."""
        marks: NDArray[np.float64] = np.zeros(self.shape[0])
        marks += np.bincount(self.rows, self.values * weights[self.columns], minlength=self.shape[0])
        return marks

    def slopes(self, errors: NDArray[np.float64]) -> NDArray[np.float64]:
        """[features] of an error an option."""
        slopes: NDArray[np.float64] = np.zeros(self.shape[1])
        slopes += np.bincount(self.columns, self.values * errors[self.rows], minlength=self.shape[1])
        return slopes


def fit(found: Sequence[Choice], names: Sequence[str], ridge: Sequence[float]) -> dict[str, float]:
    """A logistic choice with a ridge by feature: the likeliest weights that some true option is taken."""
    import torch

    table = Rows([each for each in found if each.decidable], names)
    weights = torch.zeros(len(names), dtype=torch.float64, requires_grad=True)
    penalty = np.array(ridge)
    search = torch.optim.LBFGS([weights], max_iter=300, history_size=20, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        now = weights.detach().numpy()
        marks = table.scores(now)
        top = np.full(table.count, -np.inf)
        np.maximum.at(top, table.group, marks)
        odds = np.exp(marks - top[table.group])
        every = np.bincount(table.group, odds, minlength=table.count)
        right = np.bincount(table.group, odds * table.truth, minlength=table.count)
        errors = odds / every[table.group] - odds * table.truth / right[table.group]
        weights.grad = torch.from_numpy(table.slopes(errors) + penalty * now)
        return torch.tensor(float(np.log(every / right).sum() + (penalty * now * now).sum() / 2))

    search.step(closure)  # type: ignore[no-untyped-call]
    return dict(zip(names, weights.detach().numpy().tolist(), strict=True))


def frequent(found: Iterable[Choice]) -> list[str]:
    """The features seen often enough, without the model's opinion."""
    seen = Counter(
        name for each in found for features in each.options for name, value in features.items() if value
    )
    return sorted(name for name, count in seen.items() if count >= RAREST and name not in LEANING)


def with_tree(found: Iterable[Choice], tree: dict[str, float]) -> list[Choice]:
    """The choices with the model's opinion, the level of none and the tree's verdict as their only features."""
    kept = {*LEANING, LEVEL}
    return [
        Choice(
            each.document,
            [
                {name: value for name, value in features.items() if name in kept}
                | {TREE: score(tree, features)}
                for features in each.options
            ],
            each.truth,
            each.days,
        )
        for each in found
    ]


def score(weights: dict[str, float], features: Features) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def lean(found: Sequence[Choice]) -> dict[str, float]:
    """How far the model's opinion leans the odds, and how much the tree's verdict counts beside it."""
    names = [*LEANING, LEVEL, TREE]
    return fit(found, names, [*(RIDGE_LEANING for _ in names[:-1]), 0.01])


def together(tree: dict[str, float], leaning: dict[str, float]) -> dict[str, float]:
    """One model out of both; weights of less than a thousandth are left out."""
    model = {name: value * leaning[TREE] for name, value in tree.items()}
    for name in (*LEANING, LEVEL):
        model[name] = model.get(name, 0.0) + leaning[name]
    return {name: round(value, 3) for name, value in model.items() if abs(value) >= 0.001}


def is_right(each: Choice, weights: dict[str, float]) -> bool:
    """Whether the days with the highest odds, those of several options added up, are the annotated ones."""
    marks = np.array([score(weights, features) for features in each.options])
    odds: Counter[str | None] = Counter()
    for days, mark in zip(each.days, np.exp(marks - marks.max()).tolist(), strict=True):
        odds[days] += mark
    best = max(odds, key=odds.__getitem__)
    mine = [i for i, days in enumerate(each.days) if days == best]
    return each.truth[max(mine, key=lambda i: marks[i])]


def left_out(found: Sequence[Choice]) -> list[bool]:
    """Whether each choice is right by a leaning that has not seen its document."""
    right = [False] * len(found)
    for part in range(FOLDS):
        leaning = lean([each for each in found if _part(each) != part])
        for i, each in enumerate(found):
            if _part(each) == part:
                right[i] = is_right(each, leaning)
    return right


def _part(each: Choice) -> int:
    return int(hashlib.sha256(each.document.encode()).hexdigest(), 16) % FOLDS


def main() -> None:
    from onrecord.reading import Reader

    parser = argparse.ArgumentParser(prog="python -m training.attachment", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    options = parser.parse_args()
    texts = {row["id"]: row for row in rows_of(options.data, "wire")}
    for name, split_, day in (("polnear", "train", "date"), ("timebank", "", "dct"), ("aquaint", "", "dct")):
        for row in rows_of(options.data, name, split_):
            if row.get(day):
                texts[row["id"]] = {"text": row["text"], "published": row[day][:10]}
    texts |= {row["id"]: row for row in annotated("reports")}
    wire = [*rows_of(options.data, "events", "train"), *annotated("events_wire")]
    press = annotated("events_press")
    seen, held_out = split([row for row in wire if row["events"] and row["id"] in texts])
    parts = {
        "seen": [*seen, *press[:-NEWEST_PRESS], *annotated("events_reports")],
        "held-out days": held_out,
        "newest press": press[-NEWEST_PRESS:],
    }
    found: dict[str, list[Choice]] = {}
    for name, rows in parts.items():
        records = [row for row in rows if row["events"] and row["id"] in texts]
        found[name] = list(choices(records, texts, Reader(threads=2).read_all(sections(records, texts))))
    names = frequent(found["seen"])
    tree = fit(found["seen"], names, [RIDGE] * len(names))
    unseen = [*found["held-out days"], *found["newest press"]]
    beside = with_tree(unseen, tree)
    report(found, tree, left_out(beside))
    model = together(tree, lean(beside))
    SHIPPED.write_text(json.dumps(model, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def sections(
    records: Iterable[dict[str, Any]], texts: dict[str, dict[str, Any]]
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The texts of records with the paragraphs that the coder reads. Raises ValueError where intake refuses one."""
    for record in records:
        row = {**texts[record["id"]], "id": record["id"], "language": "en"}
        made = build(raw(row, record["id"]), Options())
        if isinstance(made, Problem):
            raise ValueError(f"{record['id']}: {made}")
        yield made.document.text, blocks_of(made.document)


def report(found: dict[str, list[Choice]], tree: dict[str, float], right: Sequence[bool]) -> None:
    """Print how many dates are right, of the events that the model finds: by the tree, and with its own opinion."""
    rest = list(right)
    for name, events in found.items():
        told = [
            f"{name}: {len(events)} events",
            f"{share(each.truth[-1] for each in events)} without a date",
            f"{share(each.decidable for each in events)} within reach",
            f"right by the tree {share(is_right(each, tree) for each in events)}",
        ]
        if name != "seen":
            mine, rest = rest[: len(events)], rest[len(events) :]
            told.append(f"with the model's opinion {share(mine)}")
        print(", ".join(told))


def share(of: Iterable[bool]) -> str:
    """The share that is true, as text."""
    values = list(of)
    return f"{sum(values) / max(1, len(values)):.3f}"


if __name__ == "__main__":
    main()
