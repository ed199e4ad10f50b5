from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from onrecord.reading import tree

SIZES = st.lists(st.integers(1, 12), min_size=1, max_size=5)
SEEDS = st.integers(0, 2**32 - 1)


def _reaches_root(heads: list[int], word: int) -> bool:
    seen = set()
    while word >= 0 and word not in seen:
        seen.add(word)
        word = heads[word]
    return word == -1


def _ranges(sizes: list[int]) -> list[tuple[int, int]]:
    edges = np.cumsum([0, *sizes]).tolist()
    return list(pairwise(edges))


def _is_tree(heads: list[int], start: int, end: int) -> bool:
    mine = heads[start:end]
    inside = all(head == -1 or start <= head < end for head in mine)
    return inside and mine.count(-1) == 1 and all(_reaches_root(heads, word) for word in range(start, end))


@given(SIZES, SEEDS, st.sampled_from([0.0, 4.0, -4.0]))
def test_every_sentence_is_a_tree_with_one_root(sizes: list[int], seed: int, bias: float) -> None:
    arcs = np.random.default_rng(seed).normal(size=(sum(sizes), sum(sizes) + 1)).astype(np.float32)
    arcs[:, 0] += bias
    heads = tree.heads(arcs, _ranges(sizes)).tolist()
    assert all(_is_tree(heads, *sentence) for sentence in _ranges(sizes))


@given(
    npst.arrays(np.float32, st.integers(1, 9).map(lambda n: (n, n + 1)), elements=st.sampled_from([0.0, 1.0]))
)
def test_ties_make_a_tree_too(arcs: np.ndarray) -> None:
    heads = tree.heads(arcs, [(0, len(arcs))]).tolist()
    assert _is_tree(heads, 0, len(arcs))


@pytest.mark.parametrize("seed", range(40))
def test_the_tree_is_the_best_of_all(seed: int) -> None:
    random = np.random.default_rng(seed)
    size = 2 + seed % 4
    arcs = random.normal(size=(size, size + 1)).astype(np.float32)
    arcs[:, 0] += random.choice([-2.0, 0.0, 2.0])

    def total(heads: list[int]) -> float:
        return float(sum(arcs[word, head + 1] for word, head in enumerate(heads)))

    trees = [list(heads) for heads in product(range(-1, size), repeat=size) if _is_tree(list(heads), 0, size)]
    best = max(total(heads) for heads in trees)
    assert total(tree.heads(arcs, [(0, size)]).tolist()) == pytest.approx(best)


def test_greedy_heads_stand_where_they_make_a_tree() -> None:
    arcs = np.full((3, 4), -5.0, np.float32)
    arcs[0, 2] = arcs[1, 0] = arcs[2, 2] = 5.0
    assert tree.heads(arcs, [(0, 3)]).tolist() == [1, -1, 1]
    # A head in another sentence is no choice, whatever its score.
    assert tree.heads(arcs, [(0, 1), (1, 3)]).tolist() == [-1, -1, 1]


def test_relations_are_the_best_labels_and_root_for_roots_only() -> None:
    random = np.random.default_rng(1)
    dependents, governors = random.normal(size=(3, 4)), random.normal(size=(4, 4))
    matrix = random.normal(size=(5, 4, 4))
    heads = np.array([1, -1, 1], np.int32)
    found = tree.relations(
        dependents.astype(np.float32), governors.astype(np.float32), matrix.astype(np.float32), heads, root=2
    )
    for word, head in enumerate(heads):
        scores = np.array([dependents[word] @ label @ governors[head + 1] for label in matrix])
        scores[2] = np.inf if head < 0 else -np.inf
        assert found[word] == scores.argmax()
