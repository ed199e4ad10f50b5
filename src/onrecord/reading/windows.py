"""Word pieces and windows: how a document's words are laid out for the encoder.

A window is what one session run reads: consecutive words of one document, whole blocks (paragraphs)
where they fit, laid out as [CLS] block [SEP] block [SEP]. Windows are a function of the document alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.words import Offsets, shape

LIMIT = 320
"""Most positions of a window, [CLS] and [SEP] included."""
MOST_PIECES = 12
"""Most pieces that a word keeps."""

Ints = NDArray[np.int64]
Range = tuple[int, int]

_CACHE = 1 << 17
_MOST_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` to `end` of a document as the encoder's input, a batch of one.

    ids: int64 [1, L]; shapes: int64 [1, L], shape class + 1 at a word's first piece, else 0;
    first: int64 [N], the index into L of each word's first piece.
    """

    start: int
    end: int
    ids: Ints
    shapes: Ints
    first: Ints


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a sequence of words, end to end; each word's count, offset and shape class."""

    ids: Ints
    counts: Ints
    offsets: Ints
    shapes: Ints


class WordPieces:
    """Uncased BERT WordPiece, word by word, with a cache.

    `path` is a BERT `vocab.txt`, a piece a line. A word keeps at most `MOST_PIECES` pieces; one that
    normalisation empties becomes [UNK], so that every word has a first piece. Gives what the
    `tokenizers` library gives for BERT's uncased vocabulary, word by word.
    """

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").split("\n")
        self._vocabulary = {piece: number for number, piece in enumerate(lines) if piece}
        self.size = len(self._vocabulary)
        self.cls, self.sep, self.unk = (self._vocabulary[name] for name in ("[CLS]", "[SEP]", "[UNK]"))
        self._cache: dict[str, tuple[tuple[int, ...], int]] = {}

    def _pieces(self, word: str) -> tuple[int, ...]:
        whole = self._vocabulary.get(word) if word.isascii() and word.islower() else None
        if whole is not None:
            return (whole,)
        found: list[int] = []
        for token in _tokens(word[:_MOST_LETTERS]):
            found += self._greedy(token)
        return tuple(found[:MOST_PIECES]) or (self.unk,)

    def _greedy(self, token: str) -> list[int]:
        """The longest pieces from the left, or [UNK] alone where one is missing."""
        found: list[int] = []
        start = 0
        while start < len(token):
            prefix = "##" if start else ""
            for end in range(len(token), start, -1):
                piece = self._vocabulary.get(prefix + token[start:end])
                if piece is not None:
                    found.append(piece)
                    start = end
                    break
            else:
                return [self.unk]
        return found

    def encode(self, words: Sequence[str]) -> Pieces:
        """The pieces of `words`, each encoded on its own."""
        cache = self._cache
        if len(cache) > _CACHE:
            cache.clear()
        found = []
        for word in words:
            entry = cache.get(word)
            if entry is None:
                entry = cache[word] = (self._pieces(word), shape(word))
            found.append(entry)
        counts = np.fromiter((len(pieces) for pieces, _ in found), np.int64, len(found))
        ids = np.fromiter((piece for pieces, _ in found for piece in pieces), np.int64, int(counts.sum()))
        shapes = np.fromiter((kind for _, kind in found), np.int64, len(found))
        return Pieces(ids, counts, np.cumsum(counts) - counts, shapes)

    def window(self, pieces: Pieces, parts: Sequence[Range]) -> Window:
        """The encoder's input for `parts`, word ranges that follow one another; each is closed by a [SEP]."""
        start, end = parts[0][0], parts[-1][1]
        begin = pieces.offsets[start]
        closers = np.zeros(end - start, np.int64)
        for part, _ in parts[1:]:
            closers[part - start] = 1
        first = pieces.offsets[start:end] - begin + 1 + np.cumsum(closers)
        length = int(first[-1] + pieces.counts[end - 1]) + 1
        ids = np.full((1, length), self.sep, np.int64)
        ids[0, 0] = self.cls
        place = 1
        for part, stop in parts:
            run = pieces.ids[pieces.offsets[part] : pieces.offsets[stop - 1] + pieces.counts[stop - 1]]
            ids[0, place : place + len(run)] = run
            place += len(run) + 1
        shapes = np.zeros((1, length), np.int64)
        shapes[0, first] = pieces.shapes[start:end] + 1
        return Window(start, end, ids, shapes, first)


def _tokens(word: str) -> list[str]:
    """BERT's basic tokenisation: no control signs, no accents, lower case, signs and ideographs apart."""
    tokens: list[str] = []
    joined = False
    for letter in unicodedata.normalize("NFD", word):
        category = unicodedata.category(letter)
        if category == "Mn" or category in ("Cc", "Cf", "Co", "Cn", "Cs") or letter == "\ufffd":
            continue
        if letter.isspace():
            joined = False
        elif category[0] == "P" or (letter.isascii() and not letter.isalnum()) or _ideograph(letter):
            tokens.append(letter)
            joined = False
        elif joined:
            tokens[-1] += letter.lower()
        else:
            tokens.append(letter.lower())
            joined = True
    return tokens


def _ideograph(letter: str) -> bool:
    code = ord(letter)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x2A6DF
        or 0x2A700 <= code <= 0x2CEAF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
    )


_CLOSERS = frozenset(("\u201d", "\u2019", '"', "'", "''", ")", "]"))


def sentence_ends(words: Sequence[str], starts: Offsets, ends: Offsets) -> NDArray[np.bool_]:
    """Where a sentence may end: after '.', '!' or '?' (and closing signs) that white space follows."""
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


def pack(
    counts: Ints, blocks: Sequence[Range], cuts: NDArray[np.bool_], limit: int = LIMIT
) -> list[list[Range]]:
    """The windows over `blocks` (word ranges that follow one another), each a list of block parts.

    Whole blocks are packed greedily up to `limit` positions. A block that is longer by itself is cut
    after the last word with a true `cuts` that fits, else at the limit; what is left over may share a
    window with what follows.
    """
    sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    windows: list[list[Range]] = []
    parts: list[Range] = []
    used = 1

    def close() -> None:
        nonlocal parts, used
        if parts:
            windows.append(parts)
        parts, used = [], 1

    for first, last in blocks:
        if first == last:
            continue
        if used + int(sums[last] - sums[first]) + 1 > limit:
            close()
        start = first
        while 2 + int(sums[last] - sums[start]) > limit:
            room = int(sums[start]) + limit - 2
            stop = max(int(np.searchsorted(sums, room, side="right")) - 1, start + 1)
            candidates = np.flatnonzero(cuts[start:stop])
            cut = start + int(candidates[-1]) + 1 if candidates.size else stop
            windows.append([(start, cut)])
            start = cut
        parts.append((start, last))
        used += int(sums[last] - sums[start]) + 1
    close()
    return windows
