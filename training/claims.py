"""Fits the small models of claims: what is one, which stance it takes, and for whom a speaker's pronoun stands.

python -m training.claims [--but x3 y3 …]

Codes the annotated reports (``annotations/reports``) with the shipped reading model and the coder's rules, aligns what
the rules hear with the annotation by the words of the content, and fits a logistic model of stance over the features of
``onrecord.coding.claims.stance_features``, one of what is a claim at all over those and ``sifting.around``, and a
conditional one of antecedents over those of ``onrecord.coding.claims.antecedents``. Every tenth report is held out, or
all those whose id begins with what ``--but`` names. For stances a report by a hand that no rule was written on counts
threefold: on the others the rules seem surer than they are.
Prints the accuracy in cross-validation by report and on the held-out tenth, and writes ``onrecord/coding/claims/data``.
Two minutes on one core; run it again for a new reading model or new rules.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.coding.claims import antecedents, sifting, stance_model
from onrecord.coding.claims import stage as claims
from onrecord.coding.claims.heard import Heard
from onrecord.coding.coder import STAGES, Coder
from onrecord.coding.draft import Draft
from onrecord.intake.build import build
from onrecord.intake.rows import raw
from onrecord.intake.types import Intake, Options
from onrecord.reading.reader import Reader, blocks_of
from training.sources.own import annotated

STANCES = (
    "asserts", "confirms", "denies", "accuses", "threatens", "promises", "predicts", "demands", "assesses", "questions",
    "declines",
)  # fmt: skip
FOLDS = 10  # of which the last is held out
RAREST = 2  # a feature seen less often gets no weight
SMALLEST = 4  # hundredths; a row without a larger weight is left out
RAREST_SIFTED = 4
RIDGE_STANCE, RIDGE_ANTECEDENT, RIDGE_SIFTING = 20.0, 3.0, 10.0
LEAST = -15  # hundredths of log odds below which something heard is no claim
RULED = 0  # hundredths of log odds for what the rules say, beside the weights of it as a feature
FRESH = (
    "x",
    "y",
)  # how the ids of reports begin on which no rule was written when the weights were first fitted
COUNTS = 3.0  # how often such a report counts
# Features of single words: for stances their classes tell as much, and they tell it of words unseen.
SINGLE = ("word ", "early ")
CLASSED = "early class"
SHARED = 0.3  # of the shorter content; from there on two claims are one
NEAR_WORDS = frozenset(("the", "a", "an", "of", "s", "its", "his", "her"))

Span = tuple[int, int]
Array = NDArray[np.float64]
Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of a report as the rules hear it, with the stance that the annotation gives."""

    fold: int
    names: Names
    ruled: str
    stance: str
    counts: float = 1.0


@dataclass(frozen=True, slots=True)
class Sifted:
    """Something heard, and whether the annotation has it too."""

    fold: int
    names: Names
    right: bool


@dataclass(frozen=True, slots=True)
class Meant:
    """A pronoun that holds a claim: the features of each who may be meant, and whether he is."""

    fold: int
    options: tuple[Names, ...]
    right: tuple[bool, ...]


def reports(but: tuple[str, ...] = ()) -> tuple[list[Told], list[Meant], list[Sifted]]:
    """The annotated reports, coded up to the claims and aligned; those that begin with ``but`` are the last fold."""
    gold = {row["id"]: row["claims"] for row in annotated("reports_gold")}
    coder, reader = Coder(), Reader()
    told: list[Told] = []
    meant: list[Meant] = []
    sifted: list[Sifted] = []
    for number, row in enumerate(annotated("reports")):
        fold = number % FOLDS
        if but:
            fold = FOLDS - 1 if str(row["id"]).startswith(but) else number % (FOLDS - 1)
        item = build(raw({**row, "language": "en"}, str(row["id"])), Options())
        assert isinstance(item, Intake), item
        draft = coder.draft(item.document, reader.read(item.document.text, blocks_of(item.document)))
        for stage in STAGES[: STAGES.index(claims)]:
            stage.code(draft)
        heard = list(claims.heard(draft))
        pairs = aligned(draft, gold[row["id"]], heard)
        found = {id(one) for _, one in pairs}
        sifted.extend(
            Sifted(fold, one.features | sifting.around(draft, one, heard), id(one) in found) for one in heard
        )
        for right, one in pairs:
            counts = COUNTS if str(row["id"]).startswith(FRESH) else 1.0
            told.append(Told(fold, one.features, one.ruled, right["stance"], counts))
            pronoun = one.candidate.holder
            if pronoun is None or right["holder"] is None:
                continue
            options = antecedents.candidates(draft, one.spoken, pronoun)
            who = [_same(right["holder"]["text"], _written(draft, mention)) for mention, _ in options]
            if any(who) and not all(who):
                meant.append(Meant(fold, tuple(names for _, names in options), tuple(who)))
    return told, meant, sifted


def aligned(
    draft: Draft, gold: Sequence[dict[str, Any]], heard: Sequence[Heard]
) -> list[tuple[dict[str, Any], Heard]]:
    """Pairs of annotated and heard claims whose contents share most, each taken once."""
    scored = []
    for i, right in enumerate(gold):
        for j, one in enumerate(heard):
            content = one.candidate.content
            span = draft.span(content[0])[0], draft.span(content[-1])[1]
            score = _shared(tuple(right["content"]), span)
            if score > 0:
                scored.append((score, i, j))
    pairs, used = [], (set[int](), set[int]())
    for _, i, j in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((gold[i], heard[j]))
    return pairs


def _shared(one: Span, two: Span) -> float:
    both = min(one[1], two[1]) - max(one[0], two[0])
    if both < SHARED * min(one[1] - one[0], two[1] - two[0]):
        return 0.0
    return both / (max(one[1], two[1]) - min(one[0], two[0]))


def _written(draft: Draft, mention: antecedents.Mention) -> tuple[str, str]:
    return draft.reading.words(draft.reading.phrase(mention.word)), mention.party.name


def _same(name: str, others: Iterable[str]) -> bool:
    """Half of the words that tell one name stand in the other."""
    wanted = _words(name)
    return any(
        (both := len(wanted & found)) and both >= 0.5 * min(len(wanted), len(found))
        for found in map(_words, others)
    )


def _words(text: str) -> set[str]:
    return set("".join(c if c.isalnum() else " " for c in text.lower()).split()) - NEAR_WORDS


def _table(rows: Sequence[Names], rarest: int) -> tuple[dict[str, int], Array]:
    """The columns of the names seen often enough, and a row of ones and zeros each, with a last column of ones."""
    seen = Counter(name for names in rows for name in names)
    kept = sorted(name for name, count in seen.items() if count >= rarest)
    column = {name: at for at, name in enumerate(kept)}
    x = np.zeros((len(rows), len(kept) + 1))
    x[:, -1] = 1.0
    for at, names in enumerate(rows):
        for name in names & column.keys():
            x[at, column[name]] = 1.0
    return column, x


def _largest(kernel: Array) -> float:
    """The largest eigenvalue of a kernel, by powers, and a little more."""
    vector = np.ones(len(kernel))
    for _ in range(20):
        vector = kernel @ vector
        vector /= np.linalg.norm(vector)
    return 1.05 * float(vector @ (kernel @ vector))


def _descended(truth: Array, slope: Callable[[Array], Array], step: float) -> Array:
    """Where accelerated descent from zero ends after 300 steps."""
    here, ahead, pace = np.zeros_like(truth), np.zeros_like(truth), 1.0
    for _ in range(300):
        following = ahead - step * slope(ahead)
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = following + (pace - 1) / faster * (following - here)
        here, pace = following, faster
    return here


# the stance model


def fit_stance(rows: Sequence[Told]) -> stance_model.Weights:
    """Multinomial logistic regression with a ridge, in the dual: as many unknowns as claims, by accelerated descent."""
    column, x = _table([_general(row.names) for row in rows], RAREST)
    kernel = x @ x.T
    truth = np.eye(len(STANCES))[[STANCES.index(row.stance) for row in rows]]
    counts = np.array([[row.counts] for row in rows])
    step = 1.0 / (0.5 * float(counts.max()) * _largest(kernel) + RIDGE_STANCE)

    def slope(at: Array) -> Array:
        odds = kernel @ at
        odds = np.exp(odds - odds.max(1, keepdims=True))
        missed: Array = counts * (odds / odds.sum(1, keepdims=True) - truth)
        return missed + RIDGE_STANCE * at

    weights = np.rint(100 * (x.T @ _descended(truth, slope, step))).astype(int)
    kept = {
        name: weights[at].tolist() for name, at in column.items() if np.abs(weights[at]).max() >= SMALLEST
    }
    return stance_model.Weights(STANCES, RULED, tuple(weights[-1].tolist()), kept)


def _general(names: Names) -> Names:
    return frozenset(name for name in names if not name.startswith(SINGLE) or name.startswith(CLASSED))


def right_stances(weights: stance_model.Weights, rows: Sequence[Told]) -> int:
    """How many claims get the annotated stance."""
    return sum(stance_model.choose(row.names, row.ruled, weights) == row.stance for row in rows)


# what is a claim


def fit_sifting(rows: Sequence[Sifted]) -> sifting.Weights:
    """Logistic regression with a ridge, in the dual as well."""
    column, x = _table([row.names for row in rows], RAREST_SIFTED)
    kernel = x @ x.T
    truth = np.array([float(row.right) for row in rows])
    step = 1.0 / (0.25 * _largest(kernel) + RIDGE_SIFTING)

    def slope(at: Array) -> Array:
        missed: Array = 1.0 / (1.0 + np.exp(-kernel @ at)) - truth
        return missed + RIDGE_SIFTING * at

    weights = np.rint(100 * (x.T @ _descended(truth, slope, step))).astype(int)
    kept = {name: int(weights[at]) for name, at in column.items() if abs(weights[at]) >= SMALLEST}
    return sifting.Weights(LEAST, int(weights[-1]), kept)


def dropped(known: sifting.Weights, rows: Sequence[Sifted]) -> tuple[int, int]:
    """How many are dropped, and how many of them the annotation has."""
    gone = [row for row in rows if sifting.odds(known, row.names) < known.least]
    return len(gone), sum(row.right for row in gone)


# the antecedents


def fit_antecedents(rows: Sequence[Meant]) -> dict[str, float]:
    """A conditional logistic model with a ridge: the share of those who are meant among all who may be."""
    seen = Counter(name for row in rows for names in row.options for name in names)
    names = sorted(name for name, count in seen.items() if count >= RAREST)
    column = {name: at for at, name in enumerate(names)}
    tables: list[tuple[Array, NDArray[np.bool_]]] = []
    for row in rows:
        x = np.zeros((len(row.options), len(names)))
        for at, option in enumerate(row.options):
            for name in option & column.keys():
                x[at, column[name]] = 1.0
        tables.append((x, np.array(row.right)))
    weights, first, second = (np.zeros(len(names)) for _ in range(3))
    for turn in range(1, 401):
        slope = RIDGE_ANTECEDENT * weights / len(tables)
        for x, right in tables:
            odds = np.exp(x @ weights - (x @ weights).max())
            meant = np.where(right, odds, 0.0)
            slope += x.T @ (odds / odds.sum() - meant / meant.sum()) / len(tables)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights -= 0.05 * first / (1 - 0.9**turn) / (np.sqrt(second / (1 - 0.999**turn)) + 1e-8)
    return {name: round(float(weights[at]), 3) for name, at in column.items() if abs(weights[at]) > 0.02}


def right_antecedents(weights: dict[str, float], rows: Sequence[Meant]) -> int:
    """How many pronouns get somebody who is meant."""
    return sum(row.right[antecedents.best(weights, row.options)] for row in rows)


def save_stance(known: stance_model.Weights) -> None:
    """Write the weights into the package, a feature a line."""
    rows = ",\n".join(
        f" {json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}"
        for name, row in sorted(known.rows.items())
    )
    head = f'"stances": {json.dumps(STANCES)},\n"ruled": {RULED},\n"bias": {json.dumps(known.bias)},\n'
    stance_model.WEIGHTS.write_text(f'{{{head}"rows": {{\n{rows}\n}}}}\n', encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.claims", description=__doc__)
    parser.add_argument("--but", nargs="*", default=[], help="hold out the reports whose id begins so")
    parser.add_argument(
        "--straight", action="store_true", help="fit once, without the figures across the folds"
    )
    options = parser.parse_args()
    told, meant, sifted = reports(tuple(options.but))
    folds = range(0 if options.straight else FOLDS - 1)
    fitted = [row for row in told if row.fold != FOLDS - 1]
    crossed = sum(
        right_stances(
            fit_stance([r for r in fitted if r.fold != fold]), [r for r in fitted if r.fold == fold]
        )
        for fold in folds
    )
    stance = fit_stance(fitted)
    held = [row for row in told if row.fold == FOLDS - 1]
    ruled = [sum(row.ruled == row.stance for row in rows) for rows in (fitted, held)]
    print(
        f"stance, {len(fitted)} claims: by rule {ruled[0] / len(fitted):.3f}, both {crossed / len(fitted):.3f} across"
    )
    print(
        f"    held out, {len(held)}: by rule {ruled[1] / len(held):.3f}, "
        f"both {right_stances(stance, held) / len(held):.3f}"
    )
    near = [row for row in meant if row.fold != FOLDS - 1]
    found = sum(
        right_antecedents(
            fit_antecedents([r for r in near if r.fold != fold]), [r for r in near if r.fold == fold]
        )
        for fold in folds
    )
    who = fit_antecedents(near)
    rest = [row for row in meant if row.fold == FOLDS - 1]
    print(
        f"antecedents: {found} of {len(near)} across, {right_antecedents(who, rest)} of {len(rest)} held out"
    )
    heard = [row for row in sifted if row.fold != FOLDS - 1]
    gone = [
        dropped(fit_sifting([r for r in heard if r.fold != fold]), [r for r in heard if r.fold == fold])
        for fold in folds
    ]
    sieve = fit_sifting(heard)
    aside = dropped(sieve, [row for row in sifted if row.fold == FOLDS - 1])
    print(
        f"sifting: {sum(a for a, _ in gone)} of {len(heard)} dropped across, {sum(b for _, b in gone)} of them "
        f"wrongly; held out {aside[0]}, {aside[1]} wrongly"
    )
    sifting.WEIGHTS.write_text(
        json.dumps(asdict(sieve), indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    save_stance(stance)
    antecedents.WEIGHTS.write_text(json.dumps(who, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
