"""Events: the PLOVER gold-standard records, one sentence a document, by ``score_events.py``.

The records are CC BY-SA 4.0; codes are compared by their first three letters, as the scorer does.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from benchmarks import common
from benchmarks.common import DOCUMENT, Row
from onrecord.model.records import CodedDocument

_SHOWN = (
    "sentences",
    "gold_events",
    "pred_events",
    "type_micro",
    "type_macro f1",
    "actor_accuracy source acc",
    "actor_accuracy target acc",
    "triple_exact f1",
    "triple_any f1",
)


def main(data: Path, gold: Path | None, scorers: Path) -> dict[str, float]:
    """Type micro and macro F1, codes of either side, and triples."""
    script = common.scorer(scorers, "score_events.py")
    path = common.find(data, "dev.jsonl", "p2gsr_dev.jsonl")
    wanted = common.rows(gold or path)
    types = "root" if path.name.startswith("p2gsr") else "plover16"
    inputs = [{key: row[key] for key in ("id", "text")} for row in wanted]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        right = common.write_rows(place / "gold.jsonl", wanted)
        mine = [_row(row["id"], coded) for row, coded in zip(inputs, common.code(inputs), strict=True)]
        coded = common.write_rows(place / "coded.jsonl", mine)
        found, _ = common.run(script, right, coded, "--types", types, "--json")
    figures = {name: value for name, value in flat(found).items() if name.startswith(_SHOWN)}
    return figures | {
        DOCUMENT + row["id"]: _types_right(row, own) for row, own in zip(wanted, mine, strict=True)
    }


def flat(found: Any, path: str = "") -> dict[str, float]:
    """The numbers of a scorer's nested answer under paths of their keys."""
    if isinstance(found, bool) or not isinstance(found, (dict, int, float)):
        return {}
    if not isinstance(found, dict):
        return {path: float(found)}
    return {
        key: value
        for name, item in found.items()
        for key, value in flat(item, f"{path} {name}".strip()).items()
    }


def _row(name: str, coded: CodedDocument) -> Row:
    """A coded sentence in the scorer's format; events that only an accusation tells are left in."""
    actors = {actor.id: actor for actor in coded.actors}

    def parties(ids: list[str]) -> list[Row]:
        return [{"code": actors[item].code, "sector": actors[item].sector} for item in ids]

    events = [
        {
            "type": event.type,
            "mode": event.mode,
            "cameo": event.cameo,
            "source": parties(event.actors),
            "target": parties(event.recipients),
            "reciprocal": len(event.actors) > 1 and not event.recipients,
        }
        for event in coded.events
    ]
    return {"id": name, "events": events}


def _types_right(row: Row, own: Row) -> float:
    gold = sorted(event["type"] for event in row["events"])
    mine = [event["type"] for event in own["events"]]
    hits = 0
    for kind in gold:
        if kind in mine:
            mine.remove(kind)
            hits += 1
    return common.f1(hits, len(own["events"]), len(gold)) if gold or own["events"] else 1.0
