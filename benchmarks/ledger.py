"""How fast the ledger records, answers and verifies: ``python -m benchmarks.ledger [--documents N] [--store URL]``.

Synthetic coded documents of about 100 statements each, over a few thousand missions, so that the figures need no
data from elsewhere. Rates are per second of wall clock, with the seconds of processor time beside them, because the
machine may be shared. Results are written up in ``benchmarks/results/ledger.md``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.ledger import Ledger
from onrecord.model.ids import document_id, sha256
from onrecord.model.records import CodedDocument

AT_ONCE = 2_000
PAGES = 20
PARTS = 4
STATES = [f"{a}{b}{c}" for a in "ABCDEFGH" for b in "KLMN" for c in "STU"]


def documents(count: int, seed: int = 0) -> Iterator[CodedDocument]:
    """Coded documents with two events, four measures and claims each, on missions drawn evenly."""
    dice = random.Random(seed)
    for number in range(count):
        sender, receiver = dice.sample(STATES, 2)
        day = f"20{dice.randint(10, 24)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        yield document(number, sender, receiver, day, dice.randint(1, 40))


def document(number: int, sender: str, receiver: str, day: str, people: int) -> CodedDocument:
    text = (
        f"Report {number}. {receiver} on that day expelled {people} members of the mission of {sender}. "
        f"It lowered the ceiling from {people + 20} to 20, an official told the agency. {sender} denied the charges "
        f"and warned of an answer. A further {people} may follow, the official said."
    )

    def find(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    time_of = {"edtf": day, "basis": "explicit"}
    mission = {"sending": sender, "receiving": receiver, "name": f"mission of {sender}"}
    expelled, lowered = find(f"expelled {people} members"), find("lowered the ceiling")
    outlet = f"Outlet {number % 97}"
    snapshot = sha256(text.encode())
    return CodedDocument.model_validate(
        {
            "coded_by": {"kind": "model", "name": "benchmark", "at": "2024-12-31T00:00:00Z"},
            "document": {
                "id": document_id(snapshot, str(number), outlet),
                "external_id": str(number),
                "outlet": {"name": outlet, "basis": "given"},
                "published": {"value": day, "basis": "given"},
                "snapshot": {"sha256": snapshot},
                "text": text,
            },
            "actors": [
                {"id": "a1", "name": receiver, "kind": "state", "code": receiver, "mentions": [find(receiver)]},
                {"id": "a2", "name": sender, "kind": "state", "code": sender, "mentions": [find(sender)]},
                {"id": "a3", "name": "official", "kind": "person", "code": receiver, "anonymous": True},
            ],
            "events": [
                {
                    "id": "e1", "type": "SANCTION", "mode": "expel", "contexts": ["diplomatic"], "actors": ["a1"],
                    "recipients": ["a2"], "trigger": expelled, "evidence": [expelled], "time": time_of,
                    "quantities": [{"value": people, "unit": "persons"}], "claims": ["c1"], "probability": 0.9,
                },
                {
                    "id": "e2", "type": "SANCTION", "mode": "discontinue", "actors": ["a1"], "recipients": ["a2"],
                    "trigger": lowered, "evidence": [lowered], "time": time_of, "claims": ["c1"], "probability": 0.8,
                },
            ],
            "claims": [
                {"id": "c1", "holder": "a3", "cue": find("told"), "content": [expelled], "stance": "asserts",
                 "about": ["e1", "e2"], "time": time_of},
                {"id": "c2", "holder": "a2", "cue": find("denied"), "content": [find("the charges")],
                 "stance": "denies", "time": time_of},
                {"id": "c3", "holder": "a2", "cue": find("warned"), "content": [find("an answer")],
                 "stance": "threatens", "time": time_of},
            ],
            "acts": [
                {"id": "m1", "act": "withdraw_accreditation", "event": "e1", "mission": mission, "unit": "persons",
                 "number": people, "dates": {"act": time_of}, "evidence": [expelled], "claims": ["c1"]},
                {"id": "m2", "act": "set_ceiling", "event": "e2", "mission": mission, "unit": "posts",
                 "from": people + 20, "to": 20, "dates": {"act": time_of}, "evidence": [lowered], "claims": ["c1"]},
            ],
            "expectations": [
                {"id": "x1", "claim": "c3", "actor": "a2", "target": "a1", "evidence": [find("an answer")]}
            ],
        }
    )  # fmt: skip


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds of wall clock, seconds of processor time, and what the work gave."""
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - wall, time.process_time() - processor, found


def measure(store: str, count: int, pieces: int = PARTS) -> dict[str, Any]:
    """Record ``count`` documents in so many pieces, then ask."""
    figures: dict[str, Any] = {"documents": count}
    dice = random.Random(1)
    some: list[CodedDocument] = []
    with Ledger.open(store) as ledger:
        parts = []
        made = documents(count)
        step = max(count // pieces, 1)
        for start in range(0, count, step):
            rows, wall, processor = 0, 0.0, 0.0
            for first in range(start, min(start + step, count), AT_ONCE):
                part = list(islice(made, min(AT_ONCE, start + step - first, count - first)))
                took = timed(lambda part=part: list(ledger.record_many((one, None) for one in part)))  # type: ignore[misc]
                wall, processor = wall + took[0], processor + took[1]
                rows += sum(one.statements for one in took[2])
                some += dice.sample(part, max(1, len(part) * PAGES // count))
            parts.append(
                {"statements": rows, "per_s": round(rows / wall), "per_cpu_s": round(rows / processor)}
            )
            print(f"{start + step} documents: {json.dumps(parts[-1])}", file=sys.stderr, flush=True)
        figures["record"] = parts
        figures["statements"] = ledger.counts()["statements"]
    return figures | ask(store, dice.sample(some, min(PAGES, len(some))))


def ask(store: str, some: list[CodedDocument]) -> dict[str, Any]:
    """Ask for the pages of some documents on record and for the first rows of a list, and verify everything."""
    figures: dict[str, Any] = {}
    with Ledger.open(store, create=False) as ledger:
        missions = [f"{one.acts[0].mission.sending}>{one.acts[0].mission.receiving}" for one in some]
        figures["mission page, ms"] = _pages(
            lambda m: ledger.missions(mission=m, as_of="2020-06-30"), missions
        )
        events = [entry for one in some for entry in _events(ledger, one)]
        figures["event page, ms"] = _pages(ledger.show, events)
        wall, processor, found = timed(lambda: ledger.events(limit=50))
        figures["first 50 events"] = {"rows": len(found), "s": round(wall, 2), "cpu_s": round(processor, 2)}
        wall, processor, found = timed(ledger.verify)
        assert found.ok
        figures["verify"] = {"spans": found.spans, "s": round(wall, 2), "cpu_s": round(processor, 2)}
    return figures


def crowds(count: int) -> dict[str, dict[str, float]]:
    """Processor seconds of the first events and the first mission page where all reports are of one mission:
    copies of one text, texts of their own, other days and numbers; at half the count and at the count."""
    figures: dict[str, dict[str, float]] = {}
    for kind in ("copies", "own texts", "other days"):
        told: dict[str, float] = {}
        for size in (count // 2, count):
            with tempfile.TemporaryDirectory() as folder:
                where = Path(folder) / "crowd.sqlite"
                with Ledger.open(where) as ledger:
                    list(ledger.record_many((one, None) for one in _crowd(kind, size)))
                with Ledger.open(where) as ledger:
                    ledger.world()
                    told[f"events, {size}"] = round(timed(ledger.events)[1], 2)
                    page = timed(lambda ledger=ledger: ledger.missions(mission="AKS>BLT"))  # type: ignore[misc]
                    told[f"mission page, {size}"] = round(page[1], 2)
        figures[kind] = told
    return figures


def _crowd(kind: str, count: int) -> Iterator[CodedDocument]:
    for number in range(count):
        day = f"2021-{1 + number % 12:02}-{1 + number % 28:02}" if kind == "other days" else "2021-10-06"
        coded = document(number, "AKS", "BLT", day, 1 + number % 40 if kind == "other days" else 8)
        if kind == "own texts":
            words = " ".join(sha256(f"{number} {place}".encode())[:6] for place in range(90))
            coded.document.text += f" {words}"
            coded.document.snapshot.sha256 = sha256(coded.document.text.encode())
            outlet = coded.document.outlet.name
            coded.document.id = document_id(coded.document.snapshot.sha256, str(number), outlet)
        yield coded


def _events(ledger: Ledger, coded: CodedDocument) -> list[str]:
    page = ledger.show(coded.document.id)
    return [identity for kind, identity, _ in page.related if kind == "event"][:1]


def _pages(ask: Callable[[str], Any], wanted: list[str]) -> dict[str, float]:
    times = sorted(timed(lambda one=one: ask(one))[:2] for one in wanted)  # type: ignore[misc]
    processor = sorted(one[1] for one in times)
    return {
        "median": round(times[len(times) // 2][0] * 1000, 1),
        "worst": round(times[-1][0] * 1000, 1),
        "median cpu": round(processor[len(processor) // 2] * 1000, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument(
        "--store", help="path or postgresql:// address of an empty ledger (a fresh SQLite file by default)"
    )
    parser.add_argument(
        "--parts", type=int, default=PARTS, help="in how many parts the rate of recording is told"
    )
    parser.add_argument(
        "--ask", action="store_true", help="only ask a ledger that this benchmark filled (--store)"
    )
    parser.add_argument("--crowd", type=int, help="instead: views of so many reports of one mission")
    arguments = parser.parse_args()
    if arguments.crowd:
        json.dump(crowds(arguments.crowd), sys.stdout, indent=1)
        sys.stdout.write("\n")
        return
    if arguments.ask:
        some = random.Random(1).sample(list(islice(documents(AT_ONCE), AT_ONCE)), PAGES)
        json.dump(ask(arguments.store, some), sys.stdout, indent=1)
        sys.stdout.write("\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        store = arguments.store or str(Path(folder) / "bench.sqlite")
        json.dump(measure(store, arguments.documents, arguments.parts), sys.stdout, indent=1)
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
