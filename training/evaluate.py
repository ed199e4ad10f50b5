"""Measures an exported model (or torch weights) on the open evaluation data with the run-time's decoders."""

from __future__ import annotations

import importlib.util
import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.reading import attribution, spans, tree
from onrecord.reading.events import likeliest
from onrecord.reading.scores import softmax
from onrecord.reading.session import Model
from onrecord.reading.windows import Range
from training.event_dev import EventDev
from training.examples import Document
from training.measure import Figures, f1, outputs_of
from training.sources import names as name_source
from training.sources.reading import rows_of
from training.sources.ud import windows as treebank_windows


def treebank(model: Model, sentences: list[dict[str, Any]]) -> Figures:
    """UPOS, features, UAS, LAS in per cent of words (words and sentences given), sentence starts F1.

    A document's sentences are read in windows, as at run time, without paragraph marks.
    """
    labels = model.labels
    right: Counter[str] = Counter()
    total = starts = guessed = hit = 0
    rng = random.Random(1)
    for window in treebank_windows(sentences, model.pieces, 310, rng):
        flat = [sentence for block in window for sentence in block]
        out = outputs_of(model, [[word for sentence in flat for word in sentence["words"]]])
        edges = np.cumsum([0, *(len(sentence["words"]) for sentence in flat)]).tolist()
        ranges = list(pairwise(edges))
        heads = tree.heads(out["arcs"], ranges)
        root = labels.deprels.index("root")
        rels = tree.relations(out["rel_dep"], out["rel_head"], model.matrices["rel"], heads, root)
        upos = out["upos"].argmax(1)
        feats, column = [], 0
        for values in labels.feats:
            feats.append(out["feats"][:, column : column + len(values)].argmax(1))
            column += len(values)
        begins = out["boundary"] > 0
        begins[0] = True
        guessed += int(begins.sum())
        starts += len(flat)
        hit += int(begins[[start for start, _ in ranges]].sum())
        for sentence, (start, end) in zip(flat, ranges, strict=True):
            total += end - start
            for word in range(end - start):
                at = start + word
                right["upos"] += labels.upos[upos[at]] == sentence["upos"][word]
                named = [values[feats[k][at]] for k, values in enumerate(labels.feats)]
                right["feats"] += named == sentence["feats"][word]
                gold = sentence["head"][word]
                if heads[at] == (gold - 1 + start if gold else -1):
                    right["uas"] += 1
                    right["las"] += labels.deprels[rels[at]] == sentence["deprel"][word]
    result = {name: 100.0 * count / total for name, count in right.items()}
    return {**result, "sentence starts": f1(guessed, starts, hit), "words": total}


def _gold_spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    found, start = set(), 0
    for index, tag in enumerate([*tags, "O"]):
        before = tags[index - 1] if index else "O"
        if before != "O" and (tag[:1] != "I" or tag[2:] != before[2:]):
            found.add((start, index, before[2:]))
        if tag[:1] == "B" or (tag[:1] == "I" and before[2:] != tag[2:]):
            start = index
    return found


def entities(model: Model, sentences: list[dict[str, Any]], kinds: Sequence[str]) -> Figures:
    """Exact span and kind F1 over `kinds`, each sentence read alone."""
    names = [label[2:] for label in model.labels.ner if label.startswith("B-")]
    counts: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        tags = outputs_of(model, [sentence["words"]])["ner"]
        barriers = np.zeros(len(tags), bool)
        barriers[0] = True
        found = {(a, b, names[kind]) for a, b, kind in spans.decode(tags, barriers)}
        gold = _gold_spans(sentence["ner"])
        for kind in kinds:
            ours = {one for one in found if one[2] == kind}
            theirs = {one for one in gold if one[2] == kind}
            counts["found", kind] += len(ours)
            counts["gold", kind] += len(theirs)
            counts["right", kind] += len(ours & theirs)
    result = {kind: f1(counts["found", kind], counts["gold", kind], counts["right", kind]) for kind in kinds}
    sums = [sum(counts[part, kind] for kind in kinds) for part in ("found", "gold", "right")]
    return {"all": f1(*sums), **result, "spans": sums[1]}


def _scorer(data: Path) -> Any:
    path = data / "bench/score_attribution.py"
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def attributions(model: Model, data: Path, limit: int | None = None) -> Figures:
    """PolNeAR dev through the bench's scorer: AR lenient, token F1."""
    documents = rows_of(data, "polnear", "dev")[:limit]
    guesses = []
    for record in documents:
        document = Document.of(record["text"])
        found = []
        for first, last in document.windows(model.pieces):
            parts = [(max(a, first), min(b, last)) for a, b in document.blocks if a < last and b > first]
            out = outputs_of(model, [document.words[a:b] for a, b in parts])
            barriers = np.zeros(last - first, bool)
            barriers[[a - first for a, _ in parts]] = True
            for one in attribution.relations(out, model.matrices, model.labels, barriers, first):
                spans_of = {"source": one.source, "cue": one.cue, "content": one.content}
                found.append({role: _points(document, value) for role, value in spans_of.items()})
        guesses.append({"id": record["id"], "attributions": found})
    scorer = _scorer(data)
    report = scorer.report(scorer.total(scorer.score(documents, guesses)))
    names = ("AR lenient", "AR half", "AR exact", "token all", "token source", "token cue", "token content")
    return {name: report[name][2] for name in names} | {"documents": len(documents)}


def _points(document: Document, ranges: Iterable[Range]) -> list[list[int]]:
    return [[int(document.starts[a]), int(document.ends[b - 1])] for a, b in ranges]


def degrees(model: Model, records: list[dict[str, Any]]) -> Figures:
    """Factuality: F1 of "did not happen" (score below zero) by degree and by status; mean absolute error."""
    right = found = gold = status_right = status_found = 0
    error = 0.0
    for text, group in groupby(records, key=lambda record: str(record["text"])):
        words = text.split(" ")[:200]
        out = outputs_of(model, [words])
        status = softmax(out["status"])
        for record in group:
            index = len(text[: record["event_span"][0]].split(" ")) - 1
            if index >= len(words):
                continue
            guess = float(np.clip(out["factuality"][index], -3, 3))
            denied = likeliest(status[index], model.labels) == model.labels.status.index("negated")
            truth = record["score"] < 0
            error += abs(guess - record["score"])
            found, gold, right = found + (guess < 0), gold + truth, right + (guess < 0 and truth)
            status_found, status_right = status_found + denied, status_right + (denied and truth)
    return {
        "did not happen F1": f1(found, gold, right),
        "by status": f1(status_found, gold, status_right),
        "MAE": error / len(records),
        "events": len(records),
        "did not happen": gold,
    }


def everything(model: Model, data: Path, quick: bool = False) -> dict[str, Figures]:
    """All figures of the model card; `quick` takes a part of each set."""
    part = 300 if quick else None
    crossner = [row for row in rows_of(data, "crossner", "test") if row["domain"] == "politics"]
    uner = name_source.second_half(rows_of(data, "uner", "dev"))
    named = ("PER", "ORG", "LOC")
    began = time.monotonic()
    result = {
        "EWT test": treebank(model, rows_of(data, "ewt", "test")[:part]),
        "GUM test": treebank(model, rows_of(data, "gum", "test")[:part]),
        "CrossNER politics test": entities(model, crossner[:part], named),
        "UNER EWT dev, second half": entities(model, uner[:part], named),
        "PolNeAR dev": attributions(model, data, 20 if quick else None),
        "UW dev": degrees(model, rows_of(data, "uw", "dev")[:part]),
        "UDS-IH2 test": degrees(model, rows_of(data, "uds", "test")[:part]),
        "events, held-out days": EventDev(model, data, 40 if quick else None).score(),
    }
    return {**result, "cost": {"seconds": time.monotonic() - began}}
