"""Word pieces and windows: how a document's words are laid out for the encoder.

A window is what one session run reads: a run of consecutive words of one document, never more than `LIMIT`
pieces, made of whole blocks (paragraphs) where they fit. Windows are a function of the document alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.words import shape

LIMIT = 320
MOST_PIECES = 12
_CACHE = 1 << 17
_MOST_LETTERS = 100

Ints = NDArray[np.int64]
Words = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` to `end` of a document as the encoder's input; the shapes of the ONNX inputs, batch of one.

    ids: int64 [1, L], [CLS] pieces [SEP]; shapes: int64 [1, L], shape class + 1 at a first piece, else 0;
    first: int64 [N], the index into L of each word's first piece.
    """

    start: int
    end: int
    ids: Ints
    shapes: Ints
    first: Ints


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a sequence of words, end to end, and each word's count, offset and shape class."""

    ids: Ints
    counts: Ints
    offsets: Ints
    shapes: Ints

    def window(self, start: int, end: int, cls: int, sep: int) -> Window:
        """The encoder's input for words `start` to `end`."""
        begin = self.offsets[start]
        stop = self.offsets[end - 1] + self.counts[end - 1]
        first = self.offsets[start:end] - begin + 1
        length = int(stop - begin) + 2
        ids = np.empty((1, length), np.int64)
        ids[0, 0], ids[0, -1] = cls, sep
        ids[0, 1:-1] = self.ids[begin:stop]
        shapes = np.zeros((1, length), np.int64)
        shapes[0, first] = self.shapes[start:end] + 1
        return Window(start, end, ids, shapes, first)


class WordPieces:
    """Uncased BERT WordPiece, word by word, with a cache.

    `path` is a `tokenizer.json` of the `tokenizers` library. A word keeps at most `MOST_PIECES` pieces; one with
    none (stripped by normalisation) becomes [UNK], so that every word has a first piece.
    """

    def __init__(self, path: Path | str) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.cls, self.sep, self.unk = (self._id(name) for name in ("[CLS]", "[SEP]", "[UNK]"))
        self.size: int = self._tokenizer.get_vocab_size()
        self._cache: dict[str, tuple[tuple[int, ...], int]] = {}

    def _id(self, piece: str) -> int:
        found = self._tokenizer.token_to_id(piece)
        if found is None:
            raise ValueError(f"the tokenizer has no piece {piece}")
        return int(found)

    def _fill(self, unseen: list[str]) -> None:
        if len(self._cache) + len(unseen) > _CACHE:
            self._cache.clear()
        encodings = self._tokenizer.encode_batch(
            [word[:_MOST_LETTERS] for word in unseen], add_special_tokens=False
        )
        for word, encoding in zip(unseen, encodings, strict=True):
            self._cache[word] = (tuple(encoding.ids[:MOST_PIECES]) or (self.unk,), shape(word))

    def encode(self, words: Sequence[str]) -> Pieces:
        """The pieces of `words`, each encoded on its own."""
        unseen = [word for word in dict.fromkeys(words) if word not in self._cache]
        if unseen:
            self._fill(unseen)
            if any(word not in self._cache for word in words):  # the cache was emptied to make room
                self._fill([word for word in dict.fromkeys(words) if word not in self._cache])
        found = [self._cache[word] for word in words]
        counts = np.fromiter((len(pieces) for pieces, _ in found), np.int64, len(found))
        ids = np.fromiter((piece for pieces, _ in found for piece in pieces), np.int64, int(counts.sum()))
        shapes = np.fromiter((kind for _, kind in found), np.int64, len(found))
        return Pieces(ids, counts, np.cumsum(counts) - counts, shapes)

    def encode_window(self, words: Sequence[str]) -> Window:
        """One window of exactly these words, for callers that pack by themselves (training)."""
        return self.encode(words).window(0, len(words), self.cls, self.sep)


def sentence_ends(words: Sequence[str], starts: Words, ends: Words) -> NDArray[np.bool_]:
    """Where a sentence may end: after '.', '!' or '?' (and a closing quote) that white space follows."""
    after = np.zeros(len(words), bool)
    closed = False
    for index, word in enumerate(words):
        if word[-1] in ".!?\u2026" and len(word) < 4:
            closed = True
        elif not (closed and word in _CLOSERS):
            closed = False
        if closed:
            after[index] = index + 1 == len(words) or starts[index + 1] > ends[index]
    return after


_CLOSERS = frozenset(("\u201d", "\u2019", '"', "'", "''", ")", "]"))


def pack(
    counts: Ints, blocks: Sequence[tuple[int, int]], cuts: NDArray[np.bool_], limit: int = LIMIT
) -> list[tuple[int, int]]:
    """Word ranges of windows over `blocks` (word ranges, in order): whole blocks, greedily, up to `limit` pieces.

    A block that is longer by itself is cut after the last word with a true `cuts` that fits, else at the limit.
    A window covers consecutive words: blocks that do not touch never share one.
    """
    sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    windows: list[tuple[int, int]] = []
    start = end = -1
    for first, last in blocks:
        if first == last:
            continue
        if start < end == first and sums[last] - sums[start] <= limit:
            end = last
            continue
        if start < end:
            windows.append((start, end))
        start = first
        while sums[last] - sums[start] > limit:
            stop = max(int(np.searchsorted(sums, sums[start] + limit, side="right")) - 1, start + 1)
            candidates = np.flatnonzero(cuts[start:stop])
            cut = start + int(candidates[-1]) + 1 if candidates.size else stop
            windows.append((start, cut))
            start = cut
        end = last
    if start < end:
        windows.append((start, end))
    return windows
