"""Clusters against a plain account of average linkage, whatever the order of the pairs."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from onrecord.scale import clusters
from onrecord.scale.clusters import average_link, components

Pairs = list[tuple[int, int, float]]


def plain(count: int, pairs: Pairs, threshold: float) -> set[frozenset[int]]:
    """Average linkage as its definition reads."""
    score = {frozenset(pair): value for *pair, value in pairs}
    groups = [frozenset({one}) for one in range(count)]
    while len(groups) > 1:
        means = {
            (a, b): sum(score.get(frozenset({x, y}), 0.0) for x in a for y in b) / (len(a) * len(b))
            for a, b in combinations(groups, 2)
        }
        (a, b), best = max(means.items(), key=lambda item: item[1])
        if best < threshold:
            break
        groups = [group for group in groups if group not in (a, b)] + [a | b]
    return set(groups)


def linked(count: int, pairs: Pairs, threshold: float) -> set[frozenset[int]]:
    first, second, scores = (
        (np.array(column) for column in zip(*pairs, strict=True)) if pairs else 3 * [np.array([])]
    )
    found = average_link(count, first.astype(int), second.astype(int), scores.astype(float), threshold)
    groups = [frozenset(np.flatnonzero(found == name).tolist()) for name in set(found.tolist())]
    assert all(min(group) in set(found.tolist()) for group in groups)
    return set(groups)


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("threshold", [0.2, 0.4])
def test_clusters_are_those_of_the_definition_in_any_order(seed: int, threshold: float) -> None:
    chance = np.random.default_rng(seed)
    count = int(chance.integers(2, 14))
    pairs = [
        (a, b, float(chance.random() ** 2)) for a, b in combinations(range(count), 2) if chance.random() < 0.6
    ]
    expected = plain(count, pairs, threshold)
    assert linked(count, pairs, threshold) == expected
    chance.shuffle(pairs)
    assert linked(count, [(b, a, value) for a, b, value in pairs], threshold) == expected


def test_one_bad_pair_does_not_chain_two_crowds() -> None:
    left, right = range(5), range(5, 10)
    pairs = [(a, b, 0.9) for crowd in (left, right) for a, b in combinations(crowd, 2)] + [(4, 5, 0.8)]
    assert linked(10, pairs, 0.4) == {frozenset(left), frozenset(right)}
    assert set(components(10, *np.array([pair[:2] for pair in pairs]).T).tolist()) == {0}


def test_a_component_too_large_is_cut_at_its_weaker_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "LARGEST", 6)
    crowds = [range(start, start + 4) for start in (0, 4, 8)]
    pairs = [(a, b, 0.9) for crowd in crowds for a, b in combinations(crowd, 2)]
    pairs += [(3, 4, 0.5), (7, 8, 0.5)]
    assert linked(13, pairs, 0.4) == {*map(frozenset, crowds), frozenset({12})}


def test_nothing_is_alone() -> None:
    assert linked(3, [], 0.4) == {frozenset({0}), frozenset({1}), frozenset({2})}
