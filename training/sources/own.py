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
from training.labels import ATTRIBUTION

FOLDER = Path(__file__).parents[1] / "annotations"
LIMITS = (320, 200)
Row = dict[str, Any]


def annotated(name: str) -> list[Row]:
    """The records of one file of the folder."""
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def contents(report: Row, gold: Row, pieces: WordPieces, limit: int) -> list[Example]:
    """One report's windows with what its claims say; who says it and by which word is left open.

    The gold names the holder by the fullest mention in the report, not where the claim stands, and no cue.
    """
    document = Document.of(report["text"])
    spans = [span for claim in gold["claims"] if (span := document.span(*claim["content"]))]
    tags = np.zeros(len(document.words), np.int32)
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if not tags[start:end].any():
            tags[start] = 1
            tags[start + 1 : end] = 2
    made = []
    for first, last in document.windows(pieces, limit):
        one = document.example(pieces, first, last)
        columns = np.full((last - first, len(ATTRIBUTION)), PAD, np.int32)
        columns[:, ATTRIBUTION.index("content")] = tags[first:last]
        one.labels["attr"] = columns
        one.labels["rows.link_source"] = rows([], 2)
        one.labels["rows.link_content"] = rows([], 5)
        made.append(one)
    return made


def packings(pieces: WordPieces) -> list[list[Example]]:
    """The reports' claims, packed to different lengths."""
    gold = {row["id"]: row for row in annotated("reports_gold")}
    reports = annotated("reports")
    return [
        [one for report in reports for one in contents(report, gold[report["id"]], pieces, limit)]
        for limit in LIMITS
    ]
