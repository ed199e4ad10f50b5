from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.labels import DATA
from onrecord.reading.windows import LIMIT, MOST_PIECES, WordPieces, pack, sentence_ends
from onrecord.reading.words import SHAPES, shape, split

PIECES = WordPieces(DATA / "vocab.txt")
NAMES = dict(enumerate((DATA / "vocab.txt").read_text("utf-8").split("\n")))


# Each as the reference implementation of BERT's uncased tokeniser has it.
@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Moscow", ["moscow"]),
        ("Zakharova", ["za", "##khar", "##ova"]),
        ("naïve", ["naive"]),
        ("Łódź", ["łodz"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("pro-Western", ["pro", "-", "western"]),
        ("北京", ["北", "京"]),
        ("😀", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
        ("$", ["$"]),
    ],
)
def test_the_pieces_of_a_word(word: str, pieces: list[str]) -> None:
    assert [NAMES[piece] for piece in PIECES.encode([word]).ids] == pieces


def test_a_long_word_keeps_its_first_pieces() -> None:
    assert PIECES.encode(["zq" * 40]).counts.tolist() == [MOST_PIECES]


def test_a_window_is_laid_out_block_by_block() -> None:
    text = ["Prague", "expelled", "Zakharova", ".", "Moscow", "answered", "."]
    window = PIECES.window(PIECES.encode(text), [(0, 4), (4, 7)])
    assert [NAMES[piece] for piece in window.ids[0]] == [
        *("[CLS]", "prague", "expelled", "za", "##khar", "##ova", ".", "[SEP]"),
        *("moscow", "answered", ".", "[SEP]"),
    ]
    assert window.first.tolist() == [1, 2, 3, 6, 8, 9, 10]
    assert (window.start, window.end) == (0, 7)
    shapes = np.zeros(12, int)
    shapes[window.first] = [shape(word) + 1 for word in text]
    assert window.shapes[0].tolist() == shapes.tolist()
    assert window.shapes.max() <= SHAPES


def test_a_later_window_begins_at_its_own_first_word() -> None:
    text = ["Prague", "expelled", "Zakharova", ".", "Moscow", "answered", "."]
    pieces = PIECES.encode(text)
    late = PIECES.window(pieces, [(4, 7)])
    alone = PIECES.window(PIECES.encode(text[4:]), [(0, 3)])
    assert late.start == 4
    assert late.ids.tolist() == alone.ids.tolist()
    assert late.first.tolist() == alone.first.tolist()


def test_sentences_may_end_where_space_follows_the_stop() -> None:
    text = "He left. “Go!” she said to U.S. envoys at 5.30. Then what?"
    starts, ends = split(text)
    words = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    cuts = sentence_ends(words, starts, ends)
    assert [words[i] for i in np.flatnonzero(cuts)] == [".", "”", ".", "?"]


@given(
    st.lists(st.lists(st.integers(1, MOST_PIECES), max_size=60), max_size=8),
    st.randoms(use_true_random=False),
    st.integers(MOST_PIECES + 2, 60),
)
def test_windows_cover_every_block_in_order_within_the_limit(
    blocks: list[list[int]], random: object, limit: int
) -> None:
    counts = np.array([count for block in blocks for count in block], np.int64)
    edges = np.cumsum([0, *(len(block) for block in blocks)]).tolist()
    ranges = list(pairwise(edges))
    cuts = np.array([random.random() < 0.2 for _ in counts], bool)  # type: ignore[attr-defined]
    windows = pack(counts, ranges, cuts, limit)
    parts = [part for window in windows for part in window]
    assert [word for a, b in parts for word in range(a, b)] == list(range(len(counts)))
    assert all(any(first <= a < b <= last for first, last in ranges) for a, b in parts)
    for window in windows:
        assert 1 + sum(int(counts[a:b].sum()) + 1 for a, b in window) <= limit
    # A block that fits a window is never cut.
    for first, last in ranges:
        if first < last and 2 + counts[first:last].sum() <= limit:
            assert (first, last) in parts


def test_a_long_block_is_cut_at_the_end_of_a_sentence() -> None:
    counts = np.ones(500, np.int64)
    cuts = np.zeros(500, bool)
    cuts[[99, 249, 330]] = True
    assert pack(counts, [(0, 500)], cuts) == [[(0, 250)], [(250, 500)]]
    assert pack(counts, [(0, 500)], np.zeros(500, bool)) == [[(0, LIMIT - 2)], [(LIMIT - 2, 500)]]
