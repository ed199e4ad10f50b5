"""Events annotated by reading: standoff records joined to the private texts that they speak of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from onrecord.reading.windows import LIMIT, WordPieces
from training.examples import PAD, Document, Example, rows
from training.labels import NO_MODE, Labels
from training.sources.parties import SIDES, others, tellings

LIMITS = (LIMIT, 250, 180, LIMIT)
DAYS, HELD_OUT = 10, 6  # one day in ten is for development


def split(records: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(train, dev) by the day in the document's id, so that no story stands on both sides of a day."""

    def held(record: dict[str, Any]) -> bool:
        day = record["id"].rsplit("_", 1)[-1].split(".")[0]
        return hashlib.sha256(day.encode()).digest()[0] % DAYS == HELD_OUT

    return [row for row in records if not held(row)], [row for row in records if held(row)]


def add_modes(labels: Labels, records: list[dict[str, Any]]) -> None:
    """The modes seen, as TYPE:mode, in the order of the types."""
    seen = {
        (event["type"], event["mode"]) for record in records for event in record["events"] if event["mode"]
    }
    order = sorted(seen, key=lambda pair: (labels.types.index(pair[0]), pair[1]))
    labels.modes = [NO_MODE, *(f"{kind}:{mode}" for kind, mode in order)]


def examples(
    record: dict[str, Any], source: dict[str, Any], labels: Labels, pieces: WordPieces
) -> list[list[Example]]:
    """The windows of one document, packed to each length. Arguments that stand in another window are left out.

    source: the document of the record, `{text, published or date}`.
    """
    document = Document.of(source["text"])
    told = tellings(document, record, source.get("published") or source.get("date"))
    found: list[Found] = []
    for event in sorted(record["events"], key=lambda event: (event["start"], -event["end"])):
        trigger = document.span(event["start"], event["end"])
        if trigger and all(trigger[0] >= other.trigger[1] for other in found[-1:]):
            found.append(Found(trigger, event, others(event, told)))
    return [
        [
            _window(document, first, last, found, labels, pieces)
            for first, last in document.windows(pieces, limit)
        ]
        for limit in LIMITS
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """An annotated event of a document at its words; `same`: (role, word) wherever its parties are told."""

    trigger: tuple[int, int]
    event: dict[str, Any]
    same: list[tuple[str, int]]


def _window(
    document: Document, first: int, last: int, found: list[Found], labels: Labels, pieces: WordPieces
) -> Example:
    one = document.example(pieces, first, last)
    tags = np.zeros(last - first, np.int32)
    status = np.full(last - first, PAD, np.int32)
    events, roles, same = [], [], []
    for each in found:
        (start, end), event = each.trigger, each.event
        if not first <= start < last:
            continue
        kind = labels.types.index(event["type"])
        word = start - first
        tags[word] = 1 + 2 * kind
        tags[word + 1 : end - first] = 2 + 2 * kind
        status[word] = 1 << labels.status.index(event["status"])
        mode = f"{event['type']}:{event['mode']}"
        seen = labels.modes.index(mode if mode in labels.modes else NO_MODE)
        events.append((word, seen, int(event["background"])))
        for role, a, b in arguments(event):
            span = document.span(a, b)
            if span and first <= span[0] and span[1] <= last:
                roles.append((word, labels.roles.index(role), span[0] - first, span[1] - 1 - first))
        same += [(word, labels.roles.index(role), at - first) for role, at in each.same if first <= at < last]
    one.labels["trigger"] = tags
    one.labels["status"] = status
    one.labels["rows.event"] = rows(events, 3)
    one.labels["rows.argument"] = rows(roles, 4)
    one.labels["rows.same"] = rows(same, 3)
    return one


def arguments(event: dict[str, Any]) -> list[tuple[str, int, int]]:
    """(role, start, end) in code points of every argument that the text words."""
    found = [(role, item) for side, role in SIDES for item in event[side]]
    found += [(role, event[role]) for role in ("source", "when") if event[role]]
    return [(role, item["start"], item["end"]) for role, item in found if item.get("start") is not None]


def packings(
    records: list[dict[str, Any]], corpus: list[dict[str, Any]], labels: Labels, pieces: WordPieces
) -> list[list[Example]]:
    """The windows of all documents of which there is a text, once for each length to which they are packed."""
    texts = {document["id"]: document for document in corpus}
    made: list[list[Example]] = [[] for _ in LIMITS]
    for record in records:
        if record["id"] in texts:
            for packed, windows in zip(
                made, examples(record, texts[record["id"]], labels, pieces), strict=True
            ):
                packed += windows
    return made
