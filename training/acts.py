"""Fits the weights by which measures are judged and their parties chosen.

python -m training.acts --data REPORTS --press ../shared/bench

Codes annotated reports with the shipped reading model and takes every measure that the rules find. Where the annotation
has one of its kind, a conditional logistic model over all pairs of parties that the report names is fitted (see
``onrecord.coding.acts.pairs``); over all of them, logistic models of whether it is a measure and of its status (see
``onrecord.coding.acts.judging``), for which also count the words of the press that are marked as one or as none.
Every tenth report is held out; only what is printed for those is a measurement. ``--judgements`` keeps the pairs.
Writes ``onrecord/coding/acts/data``. Minutes on one core; run it again for a new reading model or new rules.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from onrecord.coding.acts import judging, pairs
from onrecord.coding.acts import stage as acts
from onrecord.coding.acts.parties import Parties
from onrecord.coding.acts.rules import Match
from onrecord.coding.acts.sharpen import measures_in
from onrecord.coding.acts.told import Party
from onrecord.coding.draft import Draft
from onrecord.reading.types import STATUS
from training import measures, press

T = TypeVar("T")

Options = list[tuple[pairs.Pair, pairs.Features]]
Row = tuple[Options, pairs.Pair]

RIDGE = 6.0
# What the rules read is believed before any report is seen; a guess of theirs less.
PRIOR = {
    "s rule s": 3.0,
    "r rule r": 3.0,
    "s guessed s": 1.5,
    "r guessed r": 1.5,
    "s owner": 2.0,
    "own r place": 1.0,
}
OWN = 0.3  # what a sentence of our own weighs beside a report's
PRESS = 2  # how often a marked word of the press counts
RAREST = 4  # a feature that fewer measures show gets no weight
ROUNDS = 2  # what was told before rests on the weights themselves
STEPS = 200
NEAR = 40  # characters by which the annotated words may miss the clause of a measure
BELIEF = 2.0  # how far the rules' own status is believed before any report is seen
RIDGE_STATUS = 3.0
RIDGE_MEASURE = 3.0
THRESHOLD = -0.2  # log odds from which it is a measure, if another of the document is surely one
HELD_OUT = 10  # every tenth report, by id
_SENT_AWAY = frozenset(("persona_non_grata", "not_acceptable", "withdraw_accreditation"))


def held_out(ids: Iterable[str]) -> set[str]:
    """Every tenth of the ids."""
    return {each for number, each in enumerate(sorted(ids)) if number % HELD_OUT == HELD_OUT - 1}


def rows_of(draft: Draft, gold: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """The measures of one report that the annotation knows: all pairs with their features, and the right one."""
    seen: list[Options] = []
    choose = pairs.choose

    def record(options: Options, stated: tuple[str | None, str | None] = (None, None)) -> pairs.Pair | None:
        seen.append(options)
        return choose(options, stated)

    pairs.choose = record  # type: ignore[assignment]
    try:
        parties = Parties(draft)
        for match in measures_in(draft.reading):
            seen.clear()
            for party in parties.missions(match):
                parties.tell(match.word, party, match.rule.act)
            yield from _judged(match, int(draft.reading.starts[match.word]), seen, gold)
    finally:
        pairs.choose = choose


def _judged(match: Match, offset: int, seen: list[Options], gold: Sequence[dict[str, Any]]) -> Iterator[Row]:
    right = [
        (act["mission"]["sending"], act["mission"]["receiving"])
        for act in gold
        if (act["act"] == match.rule.act or {act["act"], match.rule.act} <= _SENT_AWAY)
        and act["evidence"][0] <= offset < act["evidence"][1]
    ]
    for options in seen:
        named = dict(options)
        best = max(right, key=lambda pair: _fits(named.get(pair, {})), default=None)
        if best is not None and best in named:
            yield list(options), best
            if len(right) > 1:
                right.remove(best)


def _fits(features: pairs.Features) -> int:
    return sum(name in features for name in ("r doer", "s owner", "r place", "s doer", "r owner"))


def fit(reports: Sequence[Row], ours: Sequence[Row] = ()) -> dict[str, float]:
    """Conditional logistic regression with a ridge, by gradient descent with momentum (Adam)."""
    rows = [*reports, *ours]
    count = Counter(name for options, _ in rows for name in {n for _, features in options for n in features})
    names = sorted(name for name, seen in count.items() if seen >= RAREST)
    column = {name: i for i, name in enumerate(names)}
    lines = sum(len(options) for options, _ in rows)
    table: NDArray[np.float32] = np.zeros((lines, len(names)), np.float32)
    starts, right_lines, line = [], [], 0
    for options, right in rows:
        starts.append(line)
        for pair, features in options:
            if pair == right:
                right_lines.append(line)
            for name, value in features.items():
                if name in column:
                    table[line, column[name]] = value
            line += 1
    sizes = np.diff([*starts, lines])
    weigh = np.array([1.0] * len(reports) + [OWN] * len(ours), np.float32)
    seen = weigh @ table[right_lines]
    prior = np.array([PRIOR.get(name, 0.0) for name in names], np.float32)
    weights = prior.copy()
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        score = table @ weights
        score -= np.repeat(np.maximum.reduceat(score, starts), sizes)
        share = np.exp(score)
        share *= np.repeat(weigh / np.add.reduceat(share, starts), sizes)
        slope = RIDGE * (weights - prior) + share @ table - seen
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(weights[i]), 3) for name, i in column.items() if abs(weights[i]) >= 0.02}


def heard(draft: Draft) -> list[tuple[judging.Features, Match]]:
    """What the rules find in one document, whatever the weights say of it."""
    seen: list[tuple[judging.Features, Match]] = []
    features = judging.features

    def record(draft: Draft, match: Match, party: Party, status: str) -> judging.Features:
        found = features(draft, match, party, status)
        seen.append((found, match))
        return found

    judging.features, keep = record, judging.is_measure
    judging.is_measure = lambda found: True
    try:
        acts.code(draft)
    finally:
        judging.features, judging.is_measure = features, keep
    return seen


def judged(draft: Draft, gold: Sequence[dict[str, Any]]) -> Iterator[tuple[judging.Features, str | None]]:
    """The measures that the rules find in one report, with the annotated status; None where it has none."""
    for found, match in heard(draft):
        start, end = draft.span(draft.clause(match.word))
        right = [
            act
            for act in gold
            if (act["act"] == match.rule.act or {act["act"], match.rule.act} <= _SENT_AWAY)
            and act["evidence"][0] - NEAR < end
            and start < act["evidence"][1] + NEAR
        ]
        word = int(draft.reading.starts[match.word])
        right.sort(key=lambda act: not act["evidence"][0] <= word < act["evidence"][1])
        yield found, right[0]["status"] if right else None


def marked(draft: Draft, marks: Sequence[dict[str, Any]]) -> Iterator[tuple[judging.Features, bool]]:
    """What the rules find in a document of the press at a marked word, and whether it is a measure."""
    known = {(mark["start"], mark["act"]): mark["measure"] for mark in marks}
    for found, match in heard(draft):
        place = draft.span((match.word, match.word + 1))[0], match.rule.act
        if place in known and judging.ELSEWHERE not in found:
            yield found, known[place]


def logistic(
    rows: Sequence[tuple[judging.Features, bool]], ridge: float, prior: dict[str, float] | None = None
) -> dict[str, float]:
    """Logistic regression with a ridge around a prior (none: zero), by Newton's method; the bias is free."""
    seen = Counter(name for features, _ in rows for name, value in features.items() if value)
    names = sorted(name for name, count in seen.items() if count >= RAREST)
    column = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names) + 1))
    x[:, -1] = 1.0
    for line, (features, _) in enumerate(rows):
        for name, value in features.items():
            if name in column:
                x[line, column[name]] = value
    y = np.array([truth for _, truth in rows], float)
    penalty = np.full(len(names) + 1, ridge)
    penalty[-1] = 1e-3
    mean = np.array([(prior or {}).get(name, 0.0) for name in names] + [0.0])
    weights: NDArray[np.float64] = mean.copy()
    for _ in range(12):
        p = 1.0 / (1.0 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + penalty * (weights - mean)
        curve = (x * (p * (1.0 - p))[:, None]).T @ x + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    fitted = {name: round(float(weights[i]), 3) for name, i in column.items() if abs(weights[i]) >= 0.01}
    return fitted | {"bias": round(float(weights[-1]), 3)}


def judgements(
    rows: Sequence[tuple[judging.Features, str | None]], press: Sequence[tuple[judging.Features, bool]]
) -> dict[str, dict[str, dict[str, float]]]:
    """Both judgements: each status against the others, and measure against none."""
    heard_of = [*((features, status is not None) for features, status in rows), *list(press) * PRESS]
    told = [
        (features, status)
        for features, status in rows
        if status is not None and not judging.is_speech(features)
    ]
    return {
        "status": {
            name: logistic(
                [(features, status == name) for features, status in told],
                RIDGE_STATUS,
                {f"rule {name}": BELIEF},
            )
            for name in STATUS
        },
        "measure": {
            "": logistic(heard_of, RIDGE_MEASURE) | {"threshold": THRESHOLD},
        },
    }


Told = tuple[str, Draft, Sequence[dict[str, Any]]]
Drafts = Callable[[], Iterable[Told]]

# Before any fit the rules decide alone.
RULES_ALONE: dict[str, dict[str, dict[str, float]]] = {
    "status": {name: {f"rule {name}": 1.0} for name in STATUS},
    "measure": {"": {"threshold": -1.0}},
}


def use(chosen: dict[str, float], judged: dict[str, dict[str, dict[str, float]]]) -> None:
    """Write the weights into the package and make this process take them up."""
    for path, model in ((pairs.WEIGHTS, chosen), (judging.WEIGHTS, judged)):
        path.write_text(json.dumps(model, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    pairs.weights.cache_clear()
    judging.weights.cache_clear()


def right_pairs(rows: Sequence[Row]) -> float:
    """Share of measures whose pair is chosen rightly."""
    return sum(pairs.choose(options) == right for options, right in rows) / max(len(rows), 1)


def right_status(rows: Sequence[tuple[judging.Features, str | None]]) -> float:
    """Share of measures whose status is judged rightly."""
    told = [
        (features, status)
        for features, status in rows
        if status is not None and not judging.is_speech(features)
    ]
    return sum(judging.status_of(features) == status for features, status in told) / max(len(told), 1)


def train_pairs(reports: Drafts, own: Drafts, aside: set[str]) -> dict[str, float]:
    """The weights by which parties are chosen, in rounds: what was told before rests on the weights themselves."""
    chosen = dict(PRIOR)
    use(chosen, RULES_ALONE)
    for round_ in range(ROUNDS):
        found = [(name, row) for name, draft, gold in reports() for row in rows_of(draft, gold)]
        ours = [row for _, draft, gold in own() for row in rows_of(draft, gold)]
        fitted, rest = _parted(found, aside)
        chosen = fit(fitted, ours)
        print(
            f"round {round_ + 1}: parties of {len(fitted)} measures of the reports and {len(ours)} of our own; "
            f"of {len(rest)} held out {right_pairs(rest):.3f} right before"
        )
        use(chosen, RULES_ALONE)
        print(f"    after: fitted {right_pairs(fitted):.3f}, held out {right_pairs(rest):.3f}")
    return chosen


def train(reports: Drafts, own: Drafts, press: Drafts, again: bool) -> None:
    """Fit in rounds on fresh drafts, and print what the held-out tenth of the reports measures.

    again: the choice of parties too, and not the judgements alone.
    """
    aside = held_out({name for name, _, _ in reports()})
    chosen = train_pairs(reports, own, aside) if again else pairs.weights()
    use(chosen, RULES_ALONE)
    judgeable = [(name, row) for name, draft, gold in reports() for row in judged(draft, gold)]
    fitted_, rest_ = _parted(judgeable, aside)
    fitted_ += [row for _, draft, gold in own() for row in judged(draft, gold) if row[1] is not None]
    elsewhere = [row for _, draft, marks in press() for row in marked(draft, marks)]
    use(chosen, judgements(fitted_, elsewhere))
    right = sum(judging.is_measure(features) is truth for features, truth in elsewhere)
    print(f"press: {len(elsewhere)} marked words, {right} judged so by weights fitted on them too")
    print(f"status: fitted {right_status(fitted_):.3f}, held out {len(rest_)}: {right_status(rest_):.3f}")


def _parted(rows: Sequence[tuple[str, T]], aside: set[str]) -> tuple[list[T], list[T]]:
    return [row for name, row in rows if name not in aside], [row for name, row in rows if name in aside]


def drafts(rows: Iterable[tuple[dict[str, Any], Sequence[dict[str, Any]]]]) -> Drafts:
    """Drafts of texts up to the stage before the acts, made anew at every call; the reading is made once."""
    from onrecord.coding.coder import STAGES, Coder
    from onrecord.intake.build import build
    from onrecord.intake.rows import raw
    from onrecord.intake.types import Intake
    from onrecord.intake.types import Options as Intaking
    from onrecord.reading.reader import Reader, blocks_of

    coder, reader = Coder(), Reader()
    read = []
    for row, gold in rows:
        item = build(raw({**row, "language": "en"}, str(row["id"])), Intaking())
        assert isinstance(item, Intake), item
        document = item.document
        read.append((str(row["id"]), document, reader.read(document.text, blocks_of(document)), gold))

    def made() -> Iterator[Told]:
        for name, document, reading, gold in read:
            draft = coder.draft(document, reading)
            for stage in STAGES:
                if stage is acts:
                    break
                stage.code(draft)
            yield name, draft, gold

    return made


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.acts", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the annotated reports")
    parser.add_argument("--press", type=Path, help="the data folder's bench, with the press that is marked")
    parser.add_argument("--judgements", action="store_true", help="keep the weights of the parties")
    options = parser.parse_args()
    texts, gold = (
        {row["id"]: row for row in map(json.loads, (options.data / name).open(encoding="utf-8"))}
        for name in ("input.jsonl", "gold.jsonl")
    )
    reports = [(texts[name], gold[name]["acts"]) for name in sorted(texts.keys() & gold.keys())]
    own = [
        ({"id": f"own{number}", "text": text, "published": "2024-05-20"}, told)
        for number, (text, told) in enumerate(measures.texts())
    ]
    elsewhere = drafts(press.documents(options.press) if options.press else ())
    train(drafts(reports), drafts(own), elsewhere, again=not options.judgements)


if __name__ == "__main__":
    main()
