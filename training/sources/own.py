"""Our own annotation, kept beside the code: events in standoff, and reports in our own words with complete gold.

`events_wire` and `events_press` speak of texts that only the data folder has; `events_reports`, `reports` and
`reports_gold` are whole and may be shipped (CC BY 4.0). `annotations/README.md` says how they were made.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.reading.windows import WordPieces
from training.examples import PAD, Document, Example, rows
from training.labels import ATTRIBUTION, Labels

FOLDER = Path(__file__).parents[1] / "annotations"
LIMITS = (320, 200)
Row = dict[str, Any]


def annotated(name: str) -> list[Row]:
    """The records of one file of the folder."""
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def examples(
    report: Row, gold: Row, acts: list[int], labels: Labels, pieces: WordPieces, limit: int
) -> list[Example]:
    """One report's windows with what its claims say and how it is meant, and whether its acts were done.

    acts: where the word of each act starts, none where nobody marked them. Who says a content and by which word is left
    open: the gold names the holder by the fullest mention in the report, not where the claim stands, and no cue.
    """
    document = Document.of(report["text"])
    size = len(document.words)
    tags = np.zeros(size, np.int32)
    stance, status = np.full(size, PAD, np.int32), np.full(size, PAD, np.int32)
    said = [(span, claim["stance"]) for claim in gold["claims"] if (span := document.span(*claim["content"]))]
    for (start, end), kind in sorted(said, key=lambda one: (one[0][0] - one[0][1], one[0][0])):
        # A claim inside another keeps its own stance; of the contents only the outermost is marked.
        stance[start:end] = labels.stances.index(kind)
        if not tags[start:end].any():
            tags[start] = 1
            tags[start + 1 : end] = 2
    for one, at in zip(gold["acts"], acts, strict=bool(acts)):
        word = document.span(at, at + 1) if at is not None else None
        if word:
            status[word[0]] = 1 << labels.status.index(one["status"])
    made = []
    for first, last in document.windows(pieces, limit):
        window = document.example(pieces, first, last)
        columns = np.full((last - first, len(ATTRIBUTION)), PAD, np.int32)
        columns[:, ATTRIBUTION.index("content")] = tags[first:last]
        window.labels["attr"] = columns
        window.labels["rows.link_source"] = rows([], 2)
        window.labels["rows.link_content"] = rows([], 5)
        for name, values in (("stance", stance), ("status", status)):
            window.labels[name] = values[first:last]
        made.append(window)
    return made


def packings(labels: Labels, pieces: WordPieces) -> list[list[Example]]:
    """The reports' claims and acts, packed to different lengths."""
    gold = {row["id"]: row for row in annotated("reports_gold")}
    acts = {row["id"]: row["acts"] for row in annotated("act_words")}
    reports = annotated("reports")
    return [
        [
            window
            for report in reports
            for window in examples(
                report, gold[report["id"]], acts.get(report["id"], []), labels, pieces, limit
            )
        ]
        for limit in LIMITS
    ]
