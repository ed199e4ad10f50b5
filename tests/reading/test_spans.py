from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from onrecord.reading import spans

OUT, B0, I0, B1, I1 = range(5)


def _scores(tags: list[int], width: int = 5) -> np.ndarray:
    """Scores whose greedy tags are these, the surest first."""
    scores = np.zeros((len(tags), width), np.float32)
    scores[np.arange(len(tags)), tags] = np.linspace(2.0, 1.0, len(tags))
    return scores


@pytest.mark.parametrize(
    ("tags", "barriers", "expected"),
    [
        ([OUT, B0, I0, OUT, B1], [0], [(1, 3, 0), (4, 5, 1)]),
        ([B0, B0, I0], [0], [(0, 1, 0), (1, 3, 0)]),
        ([B0, I0, B1, I1], [0], [(0, 2, 0), (2, 4, 1)]),
        ([OUT, OUT, OUT], [0], []),
        ([B1], [0], [(0, 1, 1)]),
        ([B0, I0, I0, OUT], [0], [(0, 3, 0)]),
    ],
)
def test_valid_tags_become_spans(
    tags: list[int], barriers: list[int], expected: list[tuple[int, int, int]]
) -> None:
    edges = np.zeros(len(tags), bool)
    edges[barriers] = True
    assert spans.decode(_scores(tags), edges) == expected


def test_no_words_no_spans() -> None:
    assert spans.decode(np.zeros((0, 5), np.float32), np.zeros(0, bool)) == []


def _valid(tags: tuple[int, ...], barriers: np.ndarray) -> bool:
    return all(
        tag == 0 or tag % 2 == 1 or (word > 0 and not barriers[word] and tags[word - 1] in (tag, tag - 1))
        for word, tag in enumerate(tags)
    )


def _tags(found: list[tuple[int, int, int]], count: int) -> tuple[int, ...]:
    tags = [0] * count
    for start, end, kind in found:
        tags[start:end] = [1 + 2 * kind, *[2 + 2 * kind] * (end - start - 1)]
    return tuple(tags)


@pytest.mark.parametrize("seed", range(60))
def test_broken_tags_are_mended_into_the_best_valid_ones(seed: int) -> None:
    random = np.random.default_rng(seed)
    count = 2 + seed % 4
    scores = random.normal(size=(count, 5)).astype(np.float32)
    scores[:, [I0, I1]] += 1.0
    barriers = random.random(count) < 0.25
    barriers[0] = True
    found = _tags(spans.decode(scores, barriers), count)
    assert _valid(found, barriers)

    def total(tags: tuple[int, ...]) -> float:
        return float(sum(scores[word, tag] for word, tag in enumerate(tags)))

    best = max(total(tags) for tags in product(range(5), repeat=count) if _valid(tags, barriers))
    assert total(found) == pytest.approx(best)
