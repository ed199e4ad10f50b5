"""Who is said to have said what: attribution relations out of tags and link scores."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from onrecord.reading import spans
from onrecord.reading.labels import Labels
from onrecord.reading.scores import Floats, sigmoid, softmax
from onrecord.reading.session import Outputs
from onrecord.reading.types import Attribution, WordSpan

FITS = -1.5
"""The link score under which a content fits no cue (chosen on PolNeAR's development part)."""


def relations(
    outputs: Outputs,
    matrices: Mapping[str, Floats],
    labels: Labels,
    blocks: NDArray[np.bool_],
    offset: int,
) -> list[Attribution]:
    """The attributions of a window in the order of their cues.

    A cue takes its best source (none may win); a content goes to the one cue that it fits best, unless it
    fits none. blocks: [N] true where a paragraph begins (spans do not
    run on over it); offset: the document's index of the window's first word.
    """
    groups = [outputs["attr"][:, 3 * column : 3 * column + 3] for column in range(3)]
    sources, cues, contents = ([(a, b) for a, b, _ in spans.decode(tags, blocks)] for tags in groups)
    if not cues or not contents:
        return []
    first = [start for start, _ in cues]
    keys = outputs["attr_cue"][first]
    said = keys @ matrices["link_content"] @ outputs["attr_content"][[start for start, _ in contents]].T
    taken = (said == said.max(axis=0)) & (said > FITS)
    speakers = _sources(keys, sources, outputs, matrices, labels)
    begins = softmax(groups[1][first])[:, 1]
    certain = sigmoid(np.where(taken, said, -np.inf).max(axis=1))
    return [
        Attribution(
            source=_moved([] if speaker is None else [sources[speaker]], offset),
            cue=_moved([cue], offset),
            content=_moved([contents[column] for column in np.flatnonzero(taken[row])], offset),
            score=float(begins[row] * certain[row]),
        )
        for row, (cue, speaker) in enumerate(zip(cues, speakers, strict=True))
        if taken[row].any()
    ]


def _sources(
    keys: Floats, sources: list[WordSpan], outputs: Outputs, matrices: Mapping[str, Floats], labels: Labels
) -> list[int | None]:
    """For each cue the index of its source, None where it has none."""
    if not sources:
        return [None] * len(keys)
    scores = keys @ matrices["link_source"] @ outputs["attr_source"][[start for start, _ in sources]].T
    threshold = labels.threshold("link_source")
    return [int(row.argmax()) if row.max() > threshold else None for row in scores]


def _moved(parts: list[WordSpan], offset: int) -> tuple[WordSpan, ...]:
    return tuple((start + offset, end + offset) for start, end in parts)
