"""The error notebook: what a run misses, adds or gets wrong on documents with gold, by cause.

Gold and coded events are aligned as the scorer aligns them, by its own function. The sentences go to the
screen only; what is pinned is the count of each cause.
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import common
from benchmarks.common import Row

Event = dict[str, Any]
_AROUND = 160


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one event of one document."""

    cause: str
    document: str
    at: tuple[int, int]
    gold: str
    coded: str


def report(inputs: list[Row], wanted: list[Row], script: Path) -> dict[str, float]:
    """Print every fault of the documents, grouped by cause; give the count of each cause."""
    scorer = load_scorer(script)
    texts = {row["id"]: row["text"] for row in inputs}
    with tempfile.TemporaryDirectory() as folder:
        coded = common.write_rows(
            Path(folder) / "coded.jsonl", (item.to_dict() for item in common.code(inputs))
        )
        predictions = scorer.load_predictions(str(coded), {row["id"]: row for row in inputs})
    faults = [
        fault
        for row in wanted
        for fault in faults_of(
            scorer, row["id"], texts[row["id"]], row["events"], predictions.get(row["id"], [])
        )
    ]
    counts = Counter(fault.cause for fault in faults)
    for cause, count in sorted(counts.items()):
        print(f"\n## {cause}: {count}")
        for fault in faults:
            if fault.cause == cause:
                print(f"{fault.document} gold [{fault.gold}] coded [{fault.coded}]")
                print(f"    {_around(texts[fault.document], fault.at)}")
    print()
    return {cause: float(count) for cause, count in sorted(counts.items())}


def faults_of(
    scorer: ModuleType, name: str, text: str, gold: list[Event], coded: list[Event]
) -> Iterator[Fault]:
    """The faults of one document, in the order: missed, extra, then those of the aligned pairs."""
    pairs = scorer.align(text, gold, coded)
    found, used = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    for one in gold:
        if id(one) not in found:
            yield Fault(f"missed: {_why_missed(one, coded)}", name, _at(one), _brief(one), "")
    for other in coded:
        if id(other) not in used:
            yield Fault(
                f"extra: {_why_extra(scorer, other, gold, pairs)}", name, _at(other), "", _brief(other)
            )
    for one, other in pairs:
        for cause in _causes(scorer, one, other):
            yield Fault(cause, name, _at(one), _brief(one), _brief(other))


def _causes(scorer: ModuleType, one: Event, other: Event) -> Iterator[str]:
    gold = {side: scorer.codes(one[side]) for side in ("actors", "recipients")}
    coded = {side: scorer.codes(other[side]) for side in ("actors", "recipients")}
    if gold["actors"] == coded["recipients"] and gold["recipients"] == coded["actors"] != gold["actors"]:
        yield "wrong party: direction turned round"
    else:
        for side in ("actors", "recipients"):
            if gold[side] != coded[side]:
                yield f"wrong party: {side} {_difference(gold[side], coded[side])}"
    if one["status"] != other["status"]:
        yield f"wrong status: {one['status']} coded {other['status']}"
    if one["background"] != other["background"]:
        yield f"wrong background: {one['background']} coded {other['background']}"
    if not scorer.same_date(one["date"], other["date"]):
        kind = "none coded" if not other["date"] else "none in gold" if not one["date"] else "another"
        yield f"wrong date: {kind}"
    if bool(one["source"]) != bool(other["source"]):
        yield f"wrong holder: {'missed' if one['source'] else 'invented'}"


def _difference(gold: frozenset[str], coded: frozenset[str]) -> str:
    if not coded:
        return "none coded"
    if not gold:
        return "none in gold"
    if gold < coded:
        return "too many"
    return "too few" if coded < gold else "another code"


def _why_missed(one: Event, coded: list[Event]) -> str:
    there = [other for other in coded if other["start"] < one["end"] and one["start"] < other["end"]]
    return "coded as another type" if there else "no event word found"


def _why_extra(scorer: ModuleType, other: Event, gold: list[Event], pairs: list[tuple[Event, Event]]) -> str:
    if any(other["start"] < one["end"] and one["start"] < other["end"] for one in gold):
        return "another type than gold"
    parties = scorer.codes(other["actors"]) | scorer.codes(other["recipients"])
    for one, _ in pairs:
        if one["type"] == other["type"] and parties <= scorer.codes(one["actors"]) | scorer.codes(
            one["recipients"]
        ):
            return "second telling of a found event"
    return "no event in gold"


def load_scorer(script: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(script.stem, script)
    if spec is None or spec.loader is None:
        raise common.Missing(f"{script}: not a Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _at(event: Event) -> tuple[int, int]:
    return event["start"], event["end"]


def _brief(event: Event) -> str:
    parties = [
        "+".join(party.get("code") or "?" for party in event[side]) for side in ("actors", "recipients")
    ]
    flags = [event["status"], "background" if event["background"] else "news", event["date"] or "undated"]
    return (
        f"{event['type']}:{event.get('mode') or ''} {' -> '.join(parties)} {' '.join(flags)} {_source(event)}"
    )


def _source(event: Event) -> str:
    source = event["source"]
    return (
        json.dumps(source["text"] if isinstance(source, dict) else source, ensure_ascii=False)
        if source
        else ""
    )


def _around(text: str, at: tuple[int, int]) -> str:
    start = max(text.rfind("\n\n", 0, at[0]) + 2, at[0] - _AROUND, 0)
    end = text.find("\n\n", at[1])
    end = min(end if end >= 0 else len(text), at[1] + _AROUND)
    return f"{text[start : at[0]]}[[{text[at[0] : at[1]]}]]{text[at[1] : end]}".replace("\n", " ")
