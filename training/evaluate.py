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
from onrecord.reading.events import mentions
from onrecord.reading.scores import softmax
from onrecord.reading.session import Model, Outputs
from onrecord.reading.windows import Range
from training.examples import Document
from training.sources import events as event_source
from training.sources import names as name_source
from training.sources.reading import rows_of
from training.sources.ud import windows as treebank_windows

Figures = dict[str, float]


def outputs_of(model: Model, blocks: Sequence[Sequence[str]]) -> Outputs:
    """Run one window whose words are given, a paragraph a list."""
    words = [word for block in blocks for word in block]
    edges = np.cumsum([0, *(len(block) for block in blocks)]).tolist()
    return model.run(model.pieces.window(model.pieces.encode(words), list(pairwise(edges))))


def f1(found: int, gold: int, right: int) -> float:
    return 200.0 * right / (found + gold) if found + gold else 0.0


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
            denied = bool(status[index].argmax() == model.labels.status.index("negated"))
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


class EventDev:
    """The held-out days of the event annotation; outputs are computed once, thresholds tried on them."""

    def __init__(self, model: Model, data: Path, limit: int | None = None) -> None:
        self.model = model
        texts = {row["id"]: row["text"] for row in rows_of(data, "wire")}
        self.records = event_source.split(rows_of(data, "events", "train"))[1][:limit]
        self.documents = [Document.of(texts[record["id"]]) for record in self.records]
        self.windows: list[list[tuple[int, Outputs, list[Range]]]] = []
        for document in self.documents:
            found = []
            for first, last in document.windows(model.pieces):
                parts = [(max(a, first), min(b, last)) for a, b in document.blocks if a < last and b > first]
                out = outputs_of(model, [document.words[a:b] for a, b in parts])
                begins = out["boundary"] > 0
                begins[[a - first for a, _ in parts]] = True
                edges = np.append(np.flatnonzero(begins), len(begins)).tolist()
                found.append((first, out, list(pairwise(edges))))
            self.windows.append(found)

    def score(self) -> Figures:
        """Trigger overlap and type F1; on those: mode, status, background; arguments overlap and exact F1."""
        count: Counter[str] = Counter()
        for record, document, windows in zip(self.records, self.documents, self.windows, strict=True):
            guesses = [
                mention
                for first, out, sentences in windows
                for mention in mentions(out, softmax(out["status"]), self.model.labels, sentences, first)
            ]
            self._compare(record, document, guesses, count)
        labelled = max(count["typed"], 1)
        result = {
            "trigger F1": f1(count["found"], count["gold"], count["trigger"]),
            "type F1": f1(count["found"], count["gold"], count["typed"]),
            "type precision": 100.0 * count["typed"] / max(count["found"], 1),
            "type recall": 100.0 * count["typed"] / max(count["gold"], 1),
            "mode": 100.0 * count["mode"] / labelled,
            "status": 100.0 * count["status"] / labelled,
            "background": 100.0 * count["background"] / labelled,
        }
        for role in self.model.labels.roles:
            sizes = (count["found", role], count["gold", role])  # type: ignore[index]
            result[f"{role} F1"] = f1(*sizes, count["overlap", role])  # type: ignore[index]
            result[f"{role} exact"] = f1(*sizes, count["exact", role])  # type: ignore[index]
        return {**result, "events": count["gold"], "documents": len(self.records)}

    def _compare(self, record: Any, document: Document, guesses: list[Any], count: Counter[Any]) -> None:
        count["found"] += len(guesses)
        left = list(guesses)
        for event in record["events"]:
            span = document.span(event["start"], event["end"])
            if span is None:
                continue
            count["gold"] += 1
            near = [one for one in left if one.trigger[0] < span[1] and span[0] < one.trigger[1]]
            near.sort(key=lambda one: one.type != event["type"])
            if not near:
                continue
            guess = near[0]
            left.remove(guess)
            count["trigger"] += 1
            if guess.type != event["type"]:
                continue
            count["typed"] += 1
            count["mode"] += guess.mode == event["mode"]
            count["status"] += guess.status == event["status"]
            count["background"] += (guess.background > 0.5) == event["background"]
            gold: dict[str, list[Range]] = {role: [] for role in self.model.labels.roles}
            for role, a, b in event_source.arguments(event):
                place = document.span(a, b)
                if place:
                    gold[role].append(place)
            for role, places in gold.items():
                ours = [one.span for one in guess.arguments if one.role == role]
                count["found", role] += len(ours)
                count["gold", role] += len(places)
                count["exact", role] += len(set(ours) & set(places))
                count["overlap", role] += sum(any(a < d and c < b for c, d in ours) for a, b in places)


def tuned(dev: EventDev) -> dict[str, float]:
    """Thresholds that serve the held-out days best: the trigger's by type F1, each role's by overlap F1."""
    thresholds = dict(dev.model.labels.thresholds)

    def tries(name: str, values: Sequence[float], figure: str) -> None:
        best = (-1.0, 0.0)
        for value in values:
            thresholds[name] = value
            object.__setattr__(dev.model.labels, "thresholds", thresholds)
            best = max(best, (dev.score()[figure], value))
        thresholds[name] = best[1]

    tries("trigger", [0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6], "type F1")
    for role in dev.model.labels.roles:
        tries(role, [-1.5, -1.0, -0.6, -0.3, 0.0, 0.3], f"{role} F1")
    return thresholds


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
