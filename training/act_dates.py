"""Fits the weights by which the day of a measure is chosen.

python -m training.act_dates

Codes the annotated reports of ``training/annotations`` with the shipped reading model. Where the annotation has a
measure of its kind, a conditional logistic model over the days that it may be of is fitted (see
``onrecord.coding.acts.dating``), in two rounds, since the days of the measures told before are features. Only what is
printed for the tenths of the reports, each with the weights of the other nine, is a measurement; what is written is
fitted on all. Two minutes on one core; run it again for a new reading model or new rules.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.coding.acts import dating
from onrecord.coding.acts import stage as acts
from onrecord.coding.acts.dating import Option
from onrecord.coding.acts.rules import Match
from onrecord.coding.acts.told import Party
from onrecord.coding.draft import Draft
from onrecord.model.records import Act, Event
from training.acts import Drafts, drafts

ANNOTATIONS = Path(__file__).parent / "annotations"
START = {"here in the clause": 2.0, "here": 1.0, "none": 1.0}  # before any report is seen
RIDGE = 4.0
RAREST = 3  # a feature that fewer measures show gets no weight
ROUNDS = 2  # what was told before rests on the weights themselves
STEPS = 300
NEAR = 40  # characters by which the annotated words may miss the word of a measure
PARTS = 10
_SENT_AWAY = frozenset(("persona_non_grata", "not_acceptable", "withdraw_accreditation"))
_DOUBT = re.compile(r"[?~%]")


@dataclass(frozen=True, slots=True)
class Row:
    """One annotated measure as the rules found it: the days it may be of, and the annotated one."""

    report: str
    options: list[tuple[str | None, list[str]]]
    date: str | None

    def right(self) -> int | None:
        """Which option is the annotated day; None where none is."""
        return next((i for i, (edtf, _) in enumerate(self.options) if edtf == self.date), None)


def rows_of(report: str, draft: Draft, gold: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """The measures of one report that the annotation knows, with the days that they may be of."""
    seen: list[Row] = []
    options = dating.options

    def record(
        draft: Draft,
        match: Match,
        event: Event,
        clause: tuple[int, int],
        party: Party | None,
        told: Sequence[tuple[Act, str, bool]],
        triggers: Sequence[int],
    ) -> list[Option]:
        found = options(draft, match, event, clause, party, told, triggers)
        act = _annotated(draft, match, party, gold)
        if act is not None:
            named = [(_plain(each.edtf), sorted(each.names)) for each in found]
            seen.append(Row(report, named, _plain(act.get("date"))))
        return found

    dating.options = record
    try:
        acts.code(draft)
    finally:
        dating.options = options
    yield from seen


def _plain(edtf: str | None) -> str | None:
    return _DOUBT.sub("", edtf) if edtf else None


def _annotated(
    draft: Draft, match: Match, party: Party | None, gold: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    """The annotated measure that a match tells: of its kind, at its words, of its parties where one is."""
    here = int(draft.reading.starts[match.word])
    pair = (party.sending, party.receiving) if party is not None else (None, None)
    near = [
        act
        for act in gold
        if (act["act"] == match.rule.act or {act["act"], match.rule.act} <= _SENT_AWAY)
        and act["evidence"][0] - NEAR <= here < act["evidence"][1] + NEAR
    ]

    def misses(act: dict[str, Any]) -> tuple[bool, bool]:
        parties = (act["mission"]["sending"], act["mission"]["receiving"])
        return parties != pair, not act["evidence"][0] <= here < act["evidence"][1]

    return min(near, key=misses, default=None)


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Conditional logistic regression with a ridge, by gradient descent with momentum (Adam)."""
    known = [(row, right) for row in rows if (right := row.right()) is not None]
    count = Counter(name for row, _ in known for name in {n for _, names in row.options for n in names})
    names = sorted(name for name, seen in count.items() if seen >= RAREST)
    column = {name: i for i, name in enumerate(names)}
    lines = sum(len(row.options) for row, _ in known)
    table: NDArray[np.float32] = np.zeros((lines, len(names)), np.float32)
    starts, right_lines, line = [], [], 0
    for row, right in known:
        starts.append(line)
        right_lines.append(line + right)
        for _, features in row.options:
            table[line, [column[name] for name in features if name in column]] = 1.0
            line += 1
    sizes = np.diff([*starts, lines])
    seen = table[right_lines].sum(0)
    weights = np.zeros(len(names), np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        score = table @ weights
        score -= np.repeat(np.maximum.reduceat(score, starts), sizes)
        share = np.exp(score)
        share /= np.repeat(np.add.reduceat(share, starts), sizes)
        slope = RIDGE * weights + share @ table - seen
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(weights[i]), 3) for name, i in column.items() if abs(weights[i]) >= 0.02}


def dated(rows: Sequence[Row], model: dict[str, float]) -> tuple[int, int]:
    """How many measures get the annotated day, of those to which the annotation or the model gives one."""
    right, of = 0, 0
    for row in rows:
        edtf = max(row.options, key=lambda each: sum(model.get(name, 0.0) for name in each[1]))[0]
        of += edtf is not None or row.date is not None
        right += edtf == row.date and edtf is not None
    return right, of


def measured(rows: Sequence[Row]) -> tuple[int, int]:
    """The same for each tenth of the reports with the weights of the other nine."""
    part = {report: i % PARTS for i, report in enumerate(sorted({row.report for row in rows}))}
    right, of = 0, 0
    for each in range(PARTS):
        model = fit([row for row in rows if part[row.report] != each])
        some = dated([row for row in rows if part[row.report] == each], model)
        right, of = right + some[0], of + some[1]
    return right, of


def use(model: dict[str, float]) -> None:
    """Write the weights into the package and make this process take them up."""
    dating.WEIGHTS.write_text(json.dumps(model, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    dating.weights.cache_clear()


def train(reports: Drafts) -> None:
    """Fit in rounds on fresh drafts, and print what the tenths measure."""
    use(START)
    for number in range(1, ROUNDS + 1):
        rows = [row for name, draft, gold in reports() for row in rows_of(name, draft, gold)]
        right, of = measured(rows)
        print(
            f"round {number}: {len(rows)} measures; in the tenths {right} of {of} dated rightly: {right / of:.3f}"
        )
        use(fit(rows))


def main() -> None:
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    texts, gold = (
        {row["id"]: row for row in map(json.loads, (ANNOTATIONS / name).open(encoding="utf-8"))}
        for name in ("reports.jsonl", "reports_gold.jsonl")
    )
    train(drafts((texts[name], gold[name]["acts"]) for name in sorted(texts.keys() & gold.keys())))


if __name__ == "__main__":
    main()
