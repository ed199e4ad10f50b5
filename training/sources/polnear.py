"""PolNeAR: attributions of news articles. Private: no licence is stated, so nothing of it may be shipped."""

from __future__ import annotations

from typing import Any

import numpy as np

from onrecord.reading.windows import WordPieces
from training.examples import PAD, Document, Example, rows
from training.labels import ATTRIBUTION

LIMITS = (320, 230)
MOST_CONTENTS = 4


def _tags(spans: list[tuple[int, int]], size: int) -> np.ndarray[Any, np.dtype[np.int32]]:
    """0 outside, 1 first word, 2 inside; of nested spans the outermost."""
    tags = np.zeros(size, np.int32)
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if not tags[start:end].any():
            tags[start] = 1
            tags[start + 1 : end] = 2
    return tags


def _cut(span: tuple[int, int], parts: list[tuple[int, int]], offset: int) -> list[tuple[int, int]]:
    """The span's share of each paragraph part of a window: spans do not run on over paragraphs."""
    found = ((max(span[0], a) - offset, min(span[1], b) - offset) for a, b in parts)
    return [(start, end) for start, end in found if start < end]


def examples(record: dict[str, Any], pieces: WordPieces, limit: int) -> list[Example]:
    """The windows of one article."""
    document = Document.of(record["text"])
    wordy = [
        {role: [span for a, b in item[role] if (span := document.span(a, b))] for role in ATTRIBUTION}
        for item in record["attributions"]
    ]
    made = []
    for first, last in document.windows(pieces, limit):
        one = document.example(pieces, first, last)
        parts = [(max(a, first), min(b, last)) for a, b in document.blocks if a < last and b > first]
        inside = [
            {role: [cut for span in item[role] for cut in _cut(span, parts, first)] for role in ATTRIBUTION}
            for item in wordy
        ]
        columns = [
            _tags([span for item in inside for span in item[role]], last - first) for role in ATTRIBUTION
        ]
        one.labels["attr"] = np.stack(columns, axis=1)
        sources, contents = [], []
        for item in inside:
            cue = next((start for start, _ in item["cue"] if columns[1][start] == 1), None)
            if cue is None:
                continue
            source = next((start for start, _ in item["source"] if columns[0][start] == 1), -1)
            sources.append((cue, source))
            begins = [start for start, _ in item["content"] if columns[2][start] == 1][:MOST_CONTENTS]
            contents.append((cue, *begins, *[PAD] * (MOST_CONTENTS - len(begins))))
        one.labels["rows.link_source"] = rows(sources, 2)
        one.labels["rows.link_content"] = rows(contents, 1 + MOST_CONTENTS)
        made.append(one)
    return made


def packings(records: list[dict[str, Any]], pieces: WordPieces) -> list[list[Example]]:
    return [[one for record in records for one in examples(record, pieces, limit)] for limit in LIMITS]
