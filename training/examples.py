"""Examples: one encoder window with whatever labels its source has, and how windows become a batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.reading import words as wording
from onrecord.reading.windows import LIMIT, WordPieces, pack, sentence_ends

PAD = -100
RAGGED = "rows."  # labels of this prefix are lists of rows (word, ...), not one row a word

Array = NDArray[np.int32]


@dataclass(slots=True)
class Example:
    """ids, shapes [L]; first [N]; labels: name -> [N] or [N, k], or for names in RAGGED [rows, k]."""

    ids: Array
    shapes: Array
    first: Array
    labels: dict[str, Array] = field(default_factory=dict)


def layout(pieces: WordPieces, blocks: Sequence[Sequence[str]]) -> Example:
    """[CLS] block [SEP] block [SEP] ...: the encoder's input for the words of `blocks`."""
    ids, shapes, first = [pieces.cls], [0], []
    for block in blocks:
        coded = pieces.encode(block)
        for count, offset, shape in zip(coded.counts, coded.offsets, coded.shapes, strict=True):
            first.append(len(ids))
            ids.extend(coded.ids[offset : offset + count].tolist())
            shapes.extend([int(shape) + 1] + [0] * (int(count) - 1))
        ids.append(pieces.sep)
        shapes.append(0)
    return Example(np.array(ids, np.int32), np.array(shapes, np.int32), np.array(first, np.int32))


@dataclass(slots=True)
class Document:
    """A text split into words and paragraphs (blank lines), with its word ranges of windows."""

    text: str
    words: list[str]
    starts: Array
    ends: Array
    blocks: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> Document:
        starts: list[int] = []
        ends: list[int] = []
        blocks: list[tuple[int, int]] = []
        position = 0
        for paragraph in text.split("\n\n"):
            begin, stop = wording.split(text, position, position + len(paragraph))
            if len(begin):
                blocks.append((len(starts), len(starts) + len(begin)))
            starts.extend(begin.tolist())
            ends.extend(stop.tolist())
            position += len(paragraph) + 2
        words = [text[a:b] for a, b in zip(starts, ends, strict=True)]
        return cls(text, words, np.array(starts, np.int32), np.array(ends, np.int32), blocks)

    def windows(self, pieces: WordPieces, limit: int = LIMIT) -> list[tuple[int, int]]:
        """Word ranges, packed as at run time."""
        cuts = sentence_ends(self.words, self.starts, self.ends)
        packed = pack(pieces.encode(self.words).counts, self.blocks, cuts, limit)
        return [(parts[0][0], parts[-1][1]) for parts in packed]

    def example(self, pieces: WordPieces, first: int, last: int) -> Example:
        cut = [(max(a, first), min(b, last)) for a, b in self.blocks]
        return layout(pieces, [self.words[a:b] for a, b in cut if a < b])

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The words [a, b) that overlap the code points [start, end)."""
        a = int(np.searchsorted(self.ends, start, side="right"))
        b = int(np.searchsorted(self.starts, end, side="left"))
        return (a, b) if a < b else None


@dataclass(slots=True)
class Batch:
    """Tensors of a batch: ids, shapes [B, L], first [B, N] (0 where padded), words [B, N] bool, labels."""

    ids: torch.Tensor
    shapes: torch.Tensor
    first: torch.Tensor
    words: torch.Tensor
    labels: dict[str, torch.Tensor]

    @property
    def pieces(self) -> int:
        return int((self.ids != 0).sum())

    def to(self, device: torch.device) -> Batch:
        labels = {name: value.to(device) for name, value in self.labels.items()}
        return Batch(
            self.ids.to(device),
            self.shapes.to(device),
            self.first.to(device),
            self.words.to(device),
            labels,
        )


def rounded(length: int) -> int:
    """Lengths are padded to multiples of 32: every new shape costs the CPU kernels a preparation."""
    return -(-length // 32) * 32


def _padded(rows: Sequence[Array], fill: int) -> torch.Tensor:
    longest = rounded(max(len(row) for row in rows))
    out = np.full((len(rows), longest, *rows[0].shape[1:]), fill, np.int64)
    for index, row in enumerate(rows):
        out[index, : len(row)] = row
    return torch.from_numpy(out)


def collate(examples: Sequence[Example]) -> Batch:
    """A batch of windows of one source. Ragged rows get the window's number as a first column."""
    labels: dict[str, torch.Tensor] = {}
    for name in examples[0].labels:
        rows = [example.labels[name] for example in examples]
        if name.startswith(RAGGED):
            numbered = [np.insert(row, 0, index, axis=1) for index, row in enumerate(rows)]
            labels[name] = torch.from_numpy(np.concatenate(numbered).astype(np.int64))
        else:
            labels[name] = _padded(rows, PAD)
    first = _padded([example.first for example in examples], 0)
    return Batch(
        ids=_padded([example.ids for example in examples], 0),
        shapes=_padded([example.shapes for example in examples], 0),
        first=first,
        words=first > 0,
        labels=labels,
    )


def rows(values: Iterable[Sequence[int]], width: int) -> Array:
    """Ragged label rows as an array [rows, width], also when there are none."""
    return np.array(list(values), np.int32).reshape(-1, width)
