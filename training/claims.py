"""Fits the small models of claims: what is one, which stance it takes, and for whom a speaker's pronoun stands.

python -m training.claims [--but x3 y3 …]

Codes the annotated reports (``annotations/reports`` and ``reports_claims``) with the shipped reading model and the
coder's rules, aligns what the rules hear with the annotation by the words of the content, and fits a logistic model of
stance over the features of ``stance_features`` and the vectors of ``vectors`` (in ``onrecord.coding.claims``), one of
what is a claim at all over those and ``sifting.around``, and a conditional one of antecedents over those of
``antecedents``. Every tenth report is held out, or all those whose id begins with what ``--but`` names.
Prints the accuracy in cross-validation by report and on the held-out tenth, and writes ``onrecord/coding/claims/data``.
Two minutes on one core; run it again for a new reading model or new rules.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from onrecord.coding.claims import antecedents, sifting, stance_model, vectors
from onrecord.coding.claims import stage as claims
from onrecord.coding.claims.heard import Heard
from onrecord.coding.claims.vectors import Vector
from onrecord.coding.coder import STAGES, Coder
from onrecord.coding.draft import Draft
from onrecord.intake.build import build
from onrecord.intake.rows import raw
from onrecord.intake.types import Intake, Options
from onrecord.reading.labels import version
from onrecord.reading.reader import Reader, blocks_of
from training.sources.own import annotated

STANCES = (
    "asserts", "confirms", "denies", "accuses", "threatens", "promises", "predicts", "demands", "assesses", "questions",
    "declines",
)  # fmt: skip
FOLDS = 10  # of which the last is held out
RAREST = 2  # a feature seen less often gets no weight
SMALLEST = 4  # hundredths; a row whose weights lie no further apart is left out
RAREST_SIFTED = 4
RIDGE_STANCE, RIDGE_ANTECEDENT, RIDGE_SIFTING = 20.0, 3.0, 10.0
RIDGE_STANCE_VECTORS, RIDGE_SIFTING_VECTORS = 10.0, 5.0
SPREAD = 0.1  # to which each number of the vectors is brought before it is weighed
TURNS = 60  # of the descent
LEAST = -40  # hundredths of log odds below which something heard is no claim
RULED = 0  # hundredths of log odds for what the rules say, beside the weights of it as a feature
SETS = ("reports", "reports_claims")
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
    vector: Vector


@dataclass(frozen=True, slots=True)
class Sifted:
    """Something heard, and whether the annotation has it too."""

    fold: int
    names: Names
    right: bool
    vector: Vector


@dataclass(frozen=True, slots=True)
class Meant:
    """A pronoun that holds a claim: the features of each who may be meant, and whether he is."""

    fold: int
    options: tuple[Names, ...]
    right: tuple[bool, ...]


def reports(but: tuple[str, ...] = ()) -> tuple[list[Told], list[Meant], list[Sifted]]:
    """The annotated reports, coded up to the claims and aligned; those that begin with ``but`` are the last fold."""
    gold = {row["id"]: row["claims"] for name in SETS for row in annotated(f"{name}_gold")}
    coder, reader = Coder(), Reader()
    told: list[Told] = []
    meant: list[Meant] = []
    sifted: list[Sifted] = []
    for number, row in enumerate(row for name in SETS for row in annotated(name)):
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
            Sifted(fold, one.features | sifting.around(draft, one, heard), id(one) in found, one.vector)
            for one in heard
        )
        for right, one in pairs:
            told.append(Told(fold, one.features, one.ruled, right["stance"], one.vector))
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


def fitted(
    names: Sequence[Names],
    rows: Array,
    truth: NDArray[np.int64],
    rarest: int,
    ridges: tuple[float, float],
) -> tuple[dict[str, list[int]], list[int], Array]:
    """Logistic regression over features and vectors: weights of features, biases, weights of vectors, in hundredths.

    names, rows [claims, SIZE], truth [claims] a class each; rarest: a feature seen less often gets no weight;
    ridges: on the weights of features, and on those of vectors brought to one spread.
    """
    seen = Counter(name for each in names for name in each)
    kept = sorted(name for name, count in seen.items() if count >= rarest)
    column = {name: at for at, name in enumerate(kept)}
    features = torch.zeros(len(names), len(kept))
    for at, each in enumerate(names):
        features[at, [column[name] for name in each if name in column]] = 1.0
    mean, scale = rows.mean(0), SPREAD / (rows.std(0) + 1e-6)
    vectors = torch.from_numpy(((rows - mean) * scale).astype(np.float32))
    wanted = torch.from_numpy(truth)
    classes = int(truth.max()) + 1
    free = [torch.zeros(size, classes, requires_grad=True) for size in (len(kept), rows.shape[1], 1)]
    descent = torch.optim.LBFGS(free, max_iter=TURNS, history_size=10, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        descent.zero_grad()
        odds = features @ free[0] + vectors @ free[1] + free[2]
        missed = F.cross_entropy(odds, wanted, reduction="sum")
        total: Tensor = missed + sum(
            ridge / 2 * each.square().sum() for ridge, each in zip(ridges, free[:2], strict=True)
        )
        total.backward()  # type: ignore[no-untyped-call]
        return total

    descent.step(loss)  # type: ignore[no-untyped-call]
    on_features, on_vectors, bias = (100 * each.detach().numpy().astype(np.float64) for each in free)
    on_vectors *= scale[:, None]
    whole = np.rint(on_features).astype(int)
    shift = np.rint(bias[0] - mean @ on_vectors).astype(int).tolist()
    return (
        {name: whole[at].tolist() for name, at in column.items() if np.ptp(whole[at]) >= SMALLEST},
        shift,
        on_vectors,
    )


# the stance model


def fit_stance(rows: Sequence[Told]) -> tuple[stance_model.Weights, Array]:
    """The weights of features and of vectors, a column a stance."""
    truth = np.array([STANCES.index(row.stance) for row in rows])
    names = [_general(row.names) for row in rows]
    kept, bias, on_vectors = fitted(names, _rows(rows), truth, RAREST, (RIDGE_STANCE, RIDGE_STANCE_VECTORS))
    return stance_model.Weights(STANCES, RULED, tuple(bias), kept), on_vectors


def _rows(rows: Sequence[Told] | Sequence[Sifted]) -> Array:
    return np.stack([row.vector for row in rows]).astype(np.float64)


def _general(names: Names) -> Names:
    return frozenset(name for name in names if not name.startswith(SINGLE) or name.startswith(CLASSED))


def right_stances(known: tuple[stance_model.Weights, Array], rows: Sequence[Told]) -> int:
    """How many claims get the annotated stance."""
    weights, on_vectors = known
    read = np.rint(_rows(rows) @ on_vectors).astype(int).tolist()
    return sum(
        stance_model.choose(row.names, row.ruled, more, weights) == row.stance
        for row, more in zip(rows, read, strict=True)
    )


# what is a claim


def fit_sifting(rows: Sequence[Sifted]) -> tuple[sifting.Weights, Array]:
    """The weights of features and of vectors, one column: of being a claim against being none."""
    truth = np.array([int(row.right) for row in rows])
    names = [row.names for row in rows]
    kept, bias, on_vectors = fitted(
        names, _rows(rows), truth, RAREST_SIFTED, (RIDGE_SIFTING, RIDGE_SIFTING_VECTORS)
    )
    one = {name: yes - no for name, (no, yes) in kept.items()}
    return sifting.Weights(LEAST, bias[1] - bias[0], one), on_vectors[:, 1:] - on_vectors[:, :1]


def dropped(known: tuple[sifting.Weights, Array], rows: Sequence[Sifted]) -> tuple[int, int]:
    """How many are dropped, and how many of them the annotation has."""
    weights, on_vectors = known
    read = np.rint(_rows(rows) @ on_vectors)[:, 0].astype(int).tolist()
    gone = [
        row
        for row, more in zip(rows, read, strict=True)
        if sifting.odds(weights, row.names, more) < weights.least
    ]
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
        json.dumps(asdict(sieve[0]), indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    save_stance(stance[0])
    np.savez(
        vectors.WEIGHTS,
        model=version(),
        stance=stance[1].astype(np.float16),
        sifting=sieve[1].astype(np.float16),
    )
    antecedents.WEIGHTS.write_text(json.dumps(who, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
