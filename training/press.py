"""Ordinary press in which the rules of measures hear something, and whether it is one.

``annotations/measures_press.jsonl`` marks, by reading, what the rules found in 4,650 documents of the data folder:
newswire that is not in the open gold, PolNeAR's training half, TimeBank, AQUAINT, ECB+'s training part and LGL. It
holds ids and offsets only; the texts stay in that folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.sources.own import annotated

SOURCES = {
    "wire": "wire/corpus.jsonl",
    "polnear": "attribution/train.jsonl",
    "timebank": "timex/timebank.jsonl",
    "aquaint": "timex/aquaint.jsonl",
    "ecb": "ecb/train.jsonl",
    "lgl": "geo/lgl.jsonl",
}
Row = dict[str, Any]


def documents(bench: Path) -> Iterator[tuple[Row, list[Row]]]:
    """Every document in which something is marked, and its marks: kind, offset of the word, whether it is a measure."""
    marks: dict[tuple[str, str], list[Row]] = {}
    for row in annotated("measures_press"):
        marks.setdefault((row["source"], row["id"]), []).append(row)
    for source, name in SOURCES.items():
        with (bench / name).open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if (source, row["id"]) in marks:
                    day = row.get("published") or row.get("date") or row.get("dct")
                    text = {"id": row["id"], "text": row["text"], "published": day and day[:10]}
                    yield text, marks[source, row["id"]]
