"""The reader: text in, Reading out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.intake.lines import units
from onrecord.model.records import Document
from onrecord.reading import attribution, events, spans, tree
from onrecord.reading.scores import softmax
from onrecord.reading.session import Floats, Model, Outputs, load
from onrecord.reading.types import Attribution, EventMention, Reading
from onrecord.reading.windows import Range, Window, pack, sentence_ends
from onrecord.reading.words import LOWER, split

READ = ("title", "body", "update", "caption")
"""The kinds of section that are read; bylines, datelines and debris are not."""
AFTER_STOP = 1.5
"""Added to the logit that a sentence begins at a word after a full stop, unless it is in small letters."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """A document's words and windows, before the model has seen them."""

    text: str
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    windows: list[tuple[Window, list[Range], NDArray[np.bool_]]]
    """Each with its block parts, and for each word whether the signs before it end a sentence."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One window's share of a Reading; indices count words of the document."""

    sentences: list[Range]
    upos: NDArray[np.uint8]
    feats: NDArray[np.uint8]
    heads: NDArray[np.int32]
    deprels: NDArray[np.uint8]
    entities: list[spans.Kind]
    status: Floats
    vectors: NDArray[np.float16]
    attributions: list[Attribution]
    events: list[EventMention]


class Reader:
    """Reads texts with one model.

    threads: how many windows run side by side (onnxruntime releases the interpreter). The Reading of a
    text is the same whatever their number, and whatever else is read. model: "default", "open", or a
    folder with an exported model; loaded at the first text. min_score: the probability from which on a word
    tells an event; the model's own operating point if None. Raises OnrecordError where it is missing or damaged.
    """

    def __init__(
        self, threads: int = 1, model: str | Model = "default", min_score: float | None = None
    ) -> None:
        self._threads = max(1, threads)
        self._model = model
        self._min_score = min_score

    def read(self, text: str, blocks: Sequence[tuple[int, int]] | None = None) -> Reading:
        """The Reading of a text; blocks: code point spans of the paragraphs to read, by default all."""
        return next(self.read_all([(text, blocks)]))

    def read_all(self, texts: Iterable[tuple[str, Sequence[tuple[int, int]] | None]]) -> Iterator[Reading]:
        """The Readings of many texts with their blocks, in order, a few texts ahead of the caller."""
        model = load(self._model) if isinstance(self._model, str) else self._model
        decode = partial(_decode, model, self._min_score)
        if self._threads == 1:
            for text, blocks in texts:
                laid = _lay(model, text, blocks)
                yield _joined(model, laid, [decode(*window) for window in laid.windows])
            return
        with ThreadPoolExecutor(self._threads) as pool:
            ahead: deque[tuple[_Laid, list[Future[_Part]]]] = deque()
            for text, blocks in texts:
                laid = _lay(model, text, blocks)
                ahead.append((laid, [pool.submit(decode, *window) for window in laid.windows]))
                while sum(len(futures) for _, futures in ahead) > 4 * self._threads:
                    laid, futures = ahead.popleft()
                    yield _joined(model, laid, [future.result() for future in futures])
            for laid, futures in ahead:
                yield _joined(model, laid, [future.result() for future in futures])


def read(document: Document, threads: int = 1, model: str = "default") -> Reading:
    """The Reading of a document: its titles, paragraphs, updates and captions, each a block."""
    return Reader(threads, model).read(document.text, blocks_of(document))


def blocks_of(document: Document) -> list[tuple[int, int]]:
    """Code point spans of the paragraphs to read; the whole text where no sections are marked."""
    if not document.sections:
        return paragraphs(document.text, 0, len(document.text))
    return [
        block
        for section in document.sections
        if section.kind in READ
        for block in paragraphs(document.text, *section.span)
    ]


def paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Code point spans of the paragraphs of `text[start:end]`."""
    return [(start + unit.start, start + unit.end) for unit in units(text[start:end])]


def laid_out(model: Model, text: str) -> list[Window]:
    """The windows of a text, all paragraphs read, as `model` gets them."""
    return [window for window, *_ in _lay(model, text, None).windows]


def _lay(model: Model, text: str, blocks: Sequence[tuple[int, int]] | None) -> _Laid:
    chosen = paragraphs(text, 0, len(text)) if blocks is None else blocks
    found = [split(text, *block) for block in chosen]
    if not found:
        empty = np.zeros(0, np.int32)
        return _Laid(text, empty, empty, [])
    starts = np.concatenate([first for first, _ in found])
    ends = np.concatenate([last for _, last in found])
    words = [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    edges = np.concatenate(([0], np.cumsum([len(first) for first, _ in found]))).tolist()
    pieces = model.pieces.encode(words)
    stops = sentence_ends(words, starts, ends)
    after = np.concatenate((np.zeros(1, bool), stops[:-1])) & (pieces.shapes != LOWER)
    windows = []
    for parts in pack(pieces.counts, list(pairwise(edges)), stops):
        window = model.pieces.window(pieces, parts)
        windows.append((window, parts, after[window.start : window.end]))
    return _Laid(text, starts, ends, windows)


def _decode(
    model: Model, min_score: float | None, window: Window, parts: list[Range], after: NDArray[np.bool_]
) -> _Part:
    """Run one window and decode every head."""
    outputs, labels, offset = model.run(window), model.labels, window.start
    blocks = np.zeros(window.end - window.start, bool)
    blocks[[start - offset for start, _ in parts]] = True
    begins = blocks | (outputs["boundary"] + AFTER_STOP * after > labels.threshold("boundary"))
    edges = np.append(np.flatnonzero(begins), len(begins)).tolist()
    sentences = list(pairwise(edges))
    heads = tree.heads(outputs["arcs"], sentences)
    deprels = tree.relations(
        outputs["rel_dep"], outputs["rel_head"], model.matrices["rel"], heads, labels.deprels.index("root")
    )
    status = softmax(outputs["status"])
    return _Part(
        sentences=[(a + offset, b + offset) for a, b in sentences],
        upos=outputs["upos"].argmax(axis=1).astype(np.uint8),
        feats=_features(outputs, [len(values) for values in labels.feats]),
        heads=np.where(heads < 0, -1, heads + offset).astype(np.int32),
        deprels=deprels,
        entities=[(a + offset, b + offset, kind) for a, b, kind in spans.decode(outputs["ner"], begins)],
        status=status,
        vectors=outputs["vectors"].astype(np.float16),
        attributions=attribution.relations(outputs, model.matrices, labels, blocks, offset),
        events=events.mentions(outputs, status, labels, sentences, offset, min_score),
    )


def _features(outputs: Outputs, sizes: list[int]) -> NDArray[np.uint8]:
    """The best value of each feature: its softmax groups stand side by side."""
    edges = np.cumsum([0, *sizes])
    groups = [outputs["feats"][:, a:b].argmax(axis=1) for a, b in pairwise(edges)]
    return np.stack(groups, axis=1).astype(np.uint8)


def _joined(model: Model, laid: _Laid, parts: list[_Part]) -> Reading:
    features, kinds = len(model.labels.feats), len(model.labels.status)
    heads = np.concatenate([np.zeros(0, np.int32), *(part.heads for part in parts)])
    deprels = np.concatenate([np.zeros(0, np.uint8), *(part.deprels for part in parts)])
    names = [model.labels.deprels[number] for number in deprels.tolist()]
    found = [one for part in parts for one in part.attributions]
    return Reading(
        text=laid.text,
        starts=laid.starts,
        ends=laid.ends,
        sentences=np.array([s for part in parts for s in part.sentences], np.int32).reshape(-1, 2),
        upos=np.concatenate([np.zeros(0, np.uint8), *(part.upos for part in parts)]),
        feats=np.concatenate([np.zeros((0, features), np.uint8), *(part.feats for part in parts)]),
        heads=heads,
        deprels=deprels,
        entities=np.array([e for part in parts for e in part.entities], np.int32).reshape(-1, 3),
        status=np.concatenate([np.zeros((0, kinds), np.float32), *(part.status for part in parts)]),
        attributions=tuple(attribution.closed(found, heads, names)),
        events=tuple(e for part in parts for e in part.events),
        model=model.labels.version,
        labels=model.labels,
        vectors=np.concatenate([part.vectors for part in parts]) if parts else np.zeros((0, 0), np.float16),
    )
