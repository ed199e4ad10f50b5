"""Who is said to have said what: attribution relations out of tags and link scores."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from onrecord.reading import spans
from onrecord.reading.labels import Labels
from onrecord.reading.scores import Floats, product, sigmoid, softmax
from onrecord.reading.session import Outputs
from onrecord.reading.types import Attribution, WordSpan

UNSURE = 1.0
"""By how much (logits) a word need be less surely in a source than out of one: most cues have a source."""
FITS = -1.5
"""The link score under which a content fits no cue. Both were chosen on PolNeAR's development part."""

# No span ends on a word that leans on the next ones by these relations: it is led on to its head.
_NOUN = ("det", "amod", "compound", "nummod", "case", "nmod:poss", "nmod:desc")
_VERB = ("aux", "aux:pass", "advmod", "mark", "cop")
_LEANING = {"source": _NOUN, "cue": _VERB, "content": (*_NOUN, *_VERB, "nsubj", "nsubj:pass")}
_REACH = 6


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
    groups[0] = groups[0] - np.array([UNSURE, 0.0, 0.0], np.float32)
    sources, cues, contents = ([(a, b) for a, b, _ in spans.decode(tags, blocks)] for tags in groups)
    if not cues or not contents:
        return []
    first = [start for start, _ in cues]
    keys = outputs["attr_cue"][first]
    said = product(
        product(keys, matrices["link_content"]), outputs["attr_content"][[start for start, _ in contents]].T
    )
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


def closed(found: list[Attribution], heads: NDArray[np.int32], relations: Sequence[str]) -> list[Attribution]:
    """The same attributions with spans that end where a phrase does: "denied [the]" becomes "denied [the charge]".

    heads: [N] of the document; relations: [N] names. A span never runs into another.
    """
    parts = {part for one in found for part in (*one.source, *one.cue, *one.content)}
    starts = sorted(start for start, _ in parts)

    def led(role: str, spans_of: tuple[WordSpan, ...]) -> tuple[WordSpan, ...]:
        return tuple((start, _end(end, _LEANING[role])) for start, end in spans_of)

    def _end(end: int, leaning: tuple[str, ...]) -> int:
        after = bisect_left(starts, end)
        limit = min(end + _REACH, starts[after] if after < len(starts) else len(heads))
        while relations[end - 1] in leaning and end <= (head := int(heads[end - 1])) < limit:
            end = head + 1
        return end

    return [
        replace(
            one,
            source=led("source", one.source),
            cue=led("cue", one.cue),
            content=led("content", one.content),
        )
        for one in found
    ]


def _sources(
    keys: Floats, sources: list[WordSpan], outputs: Outputs, matrices: Mapping[str, Floats], labels: Labels
) -> list[int | None]:
    """For each cue the index of its source, None where it has none."""
    if not sources:
        return [None] * len(keys)
    scores = product(
        product(keys, matrices["link_source"]), outputs["attr_source"][[start for start, _ in sources]].T
    )
    threshold = labels.threshold("link_source")
    return [int(row.argmax()) if row.max() > threshold else None for row in scores]


def _moved(parts: list[WordSpan], offset: int) -> tuple[WordSpan, ...]:
    return tuple((start + offset, end + offset) for start, end in parts)
