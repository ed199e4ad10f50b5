"""UD English EWT and GUM: sentences of one document packed, so that sentence starts are learned."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import numpy as np

from onrecord.reading.windows import WordPieces
from training.examples import PAD, Example, layout
from training.labels import Labels
from training.sources.factuality import Degrees, label

PACKINGS = (310, 160, 310)
SEPARATED = 0.25  # share of sentences that are set apart like a paragraph


def add_inventories(labels: Labels, treebank: Iterable[dict[str, Any]]) -> None:
    """Relations and feature values by frequency, the rare ones last."""
    relations: Counter[str] = Counter()
    values: list[set[str]] = [set() for _ in labels.feat_names]
    for sentence in treebank:
        relations.update(sentence["deprel"])
        for feats in sentence["feats"]:
            for seen, value in zip(values, feats, strict=True):
                seen.add(value)
    labels.deprels = [name for name, _ in relations.most_common()]
    labels.feats = [["_", *sorted(seen - {"_"})] for seen in values]


def windows(
    sentences: Iterable[dict[str, Any]], pieces: WordPieces, limit: int, rng: random.Random
) -> Iterator[list[list[dict[str, Any]]]]:
    """Runs of sentences of one document up to `limit` pieces, as paragraphs of one or more sentences."""
    for _, document in groupby(sentences, key=lambda sentence: str(sentence.get("doc", id(sentence)))):
        window: list[list[dict[str, Any]]] = []
        used = 0
        for sentence in document:
            size = int(pieces.encode(sentence["words"]).counts.sum()) + 1
            if window and used + size > limit:
                yield window
                window, used = [], 0
            if window and rng.random() >= SEPARATED:
                window[-1].append(sentence)
            else:
                window.append([sentence])
            used += size
        if window:
            yield window


def example(
    window: list[list[dict[str, Any]]], labels: Labels, pieces: WordPieces, degrees: Degrees
) -> Example:
    """One window with its tree; heads count from 1 inside the window, 0 is the root."""
    sentences = [sentence for block in window for sentence in block]
    made = layout(pieces, [[word for sentence in block for word in sentence["words"]] for block in window])
    upos = {name: index for index, name in enumerate(labels.upos)}
    rels = {name: index for index, name in enumerate(labels.deprels)}
    feats = [{name: index for index, name in enumerate(values)} for values in labels.feats]
    tags = {name: index for index, name in enumerate(labels.ner)}
    columns: dict[str, list[Any]] = {
        name: [] for name in ("boundary", "upos", "feats", "heads", "rels", "ner")
    }
    status: list[int] = []
    degree: list[int] = []
    base = 0
    for sentence in sentences:
        size = len(sentence["words"])
        columns["boundary"] += [1] + [0] * (size - 1)
        columns["upos"] += [upos.get(name, PAD) for name in sentence["upos"]]
        columns["feats"] += [
            [table.get(value, 0) for table, value in zip(feats, row, strict=True)]
            for row in sentence["feats"]
        ]
        columns["heads"] += [head + base if head else 0 for head in sentence["head"]]
        columns["rels"] += [rels.get(name, rels.get(name.split(":")[0], 0)) for name in sentence["deprel"]]
        columns["ner"] += [tags.get(tag, 0) for tag in sentence["ner"]] if "ner" in sentence else [PAD] * size
        sets, grades = label(sentence["words"], degrees)
        status += sets
        degree += grades
        base += size
    for name, values in columns.items():
        made.labels[name] = np.array(values, np.int32)
    made.labels["status"] = np.array(status, np.int32)
    made.labels["factuality"] = np.array(degree, np.int32)
    return made


def packings(
    treebank: list[dict[str, Any]], labels: Labels, pieces: WordPieces, degrees: Degrees
) -> list[list[Example]]:
    """Several passes over the treebank, packed to different lengths."""
    rng = random.Random(7)
    return [
        [example(window, labels, pieces, degrees) for window in windows(treebank, pieces, limit, rng)]
        for limit in PACKINGS
    ]
