"""How long the server works for a page of a large ledger: ``python -m benchmarks.web [--events N] [--store PATH]``.

Reports of five events each over a few hundred parties and places, made up, so that the figures need no data from
elsewhere. A page's time is this process's processor time from request to answer, without a network: first with nothing
in memory, then for a page not asked before, for the same page again, and for the first page after an entry: a report
recorded, a person's decision. Results: ``benchmarks/results/web.md``.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.model.ids import document_id, sha256
from onrecord.model.records import CodedDocument
from onrecord.web import Settings, create_app

EVENTS = 5
STATES = [f"{a}{b}{c}" for a in "ABCDEFGH" for b in "KLMN" for c in "STU"]
DEEDS = (
    ("SANCTION", "expel", "expelled diplomats of"), ("CONSULT", "visit", "met envoys of"), ("ACCUSE", None, "accused"),
    ("AGREE", None, "signed an accord with"), ("THREATEN", None, "threatened"), ("AID", None, "sent relief to"),
)  # fmt: skip
AGAIN = 5
AFTER = (
    "home", "events", "claims", "disputes", "missions", "timeline", "one event", "one document", "one relation",
    "review",
)  # fmt: skip


def documents(count: int, seed: int = 0) -> Iterator[CodedDocument]:
    """Coded reports of five events and two claims each."""
    dice = random.Random(seed)
    for number in range(count):
        yield document(number, dice)


def document(number: int, dice: random.Random) -> CodedDocument:
    day = f"20{dice.randint(10, 24)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    parties = dice.sample(STATES, EVENTS + 1)
    deeds = [dice.choice(DEEDS) for _ in range(EVENTS)]
    lines = [
        f"{parties[n]} {deeds[n][2]} {parties[n + 1]} near Town {dice.randint(0, 300)}."
        for n in range(EVENTS)
    ]
    text = f"Report {number}.\n\n" + " ".join(lines) + f" {parties[1]} denied all of it."
    starts = [text.index(line) for line in lines]
    words = [
        (at + len(parties[n]) + 1, at + len(parties[n]) + 1 + len(deeds[n][2])) for n, at in enumerate(starts)
    ]
    wholes = [(at, at + len(line)) for at, line in zip(starts, lines, strict=True)]
    denied = text.rindex("denied")
    time_of = {"edtf": day, "basis": "explicit"}
    outlet, snapshot = f"Outlet {number % 97}", sha256(text.encode())
    place = {
        "name": f"Town {number % 300}",
        "country": "FRA",
        "latitude": 40 + number % 20,
        "longitude": number % 40,
    }
    return CodedDocument.model_validate({
        "coded_by": {"kind": "model", "name": "benchmark", "at": "2024-12-31T00:00:00Z"},
        "document": {
            "id": document_id(snapshot, str(number), outlet), "external_id": str(number), "text": text,
            "outlet": {"name": outlet, "basis": "given"}, "published": {"value": day, "basis": "given"},
            "title": f"Report {number}", "snapshot": {"sha256": snapshot},
        },
        "actors": [
            {"id": f"a{n}", "name": code, "kind": "state", "code": code,
             "mentions": [(text.index(code), text.index(code) + 3)]}
            for n, code in enumerate(parties)
        ],
        "events": [
            {"id": f"e{n}", "type": kind, "mode": mode, "actors": [f"a{n}"], "recipients": [f"a{n + 1}"],
             "trigger": words[n], "evidence": [wholes[n]], "time": time_of, "place": place, "probability": 0.9}
            for n, (kind, mode, _) in enumerate(deeds)
        ],
        "claims": [
            {"id": "c0", "holder": "a1", "stance": "denies", "cue": (denied, denied + 6), "content": [wholes[0]],
             "about": ["e0"], "time": time_of},
            {"id": "c1", "holder": "a0", "stance": "asserts", "content": [wholes[0]], "about": ["e0"], "time": time_of},
        ],
        "acts": [
            {"id": "m0", "act": "withdraw_accreditation", "mission": {"sending": parties[1], "receiving": parties[0]},
             "unit": "persons", "number": number % 9 + 1, "dates": {"act": time_of}, "evidence": [wholes[0]]},
        ] if number % 20 == 0 else [],
    })  # fmt: skip


def addresses(client: TestClient) -> dict[str, list[str]]:
    """Pages by kind, several of each, with filters that nobody asked for before."""
    events = [row["id"] for row in client.get("/events.json?limit=500&order=newest").json()["rows"]]
    docs = [row["id"] for row in client.get("/documents.json?limit=50").json()["rows"]]
    missions = [row["id"] for row in client.get("/missions.json?limit=50").json()["rows"]]
    some = STATES[:: len(STATES) // AGAIN][:AGAIN]
    return {
        "home": ["/"],
        "events": [f"/events?actor={one}" for one in some],
        "events, one month": [f"/events?since=201{n}-03&until=201{n}-03" for n in range(AGAIN)],
        "events, next part": [
            client.get(f"/events.json?limit={n + 20}").json()["next"].replace(".json", "") for n in range(AGAIN)
        ],
        "claims": [f"/claims?actor={one}" for one in some],
        "timeline": [f"/timeline?actor={one}" for one in some],
        "disputes": ["/disputes?status=contested", "/disputes"],
        "missions": [f"/missions?actor={one}" for one in some],
        "one mission": [f"/missions/{one.replace('>', '%3E')}" for one in missions[:AGAIN]],
        "one event": [f"/records/{one}" for one in events[:: len(events) // AGAIN][:AGAIN]],
        "one document": [f"/documents/{one}" for one in docs[:AGAIN]],
        "one relation": [f"/relations/{one}~{other}" for one, other in pairwise(some)],
        "network": ["/network"],
        "map": ["/map"],
        "map of claims": ["/claims-map"],
        "review": ["/review"],
        "search": [f"/search?q=Town+{n}" for n in range(AGAIN)],
    }  # fmt: skip


def worked(client: TestClient, address: str) -> float:
    """Milliseconds of processor time for one answer."""
    began = time.process_time()
    answer = client.get(address, headers={"accept": "text/html"})
    spent = (time.process_time() - began) * 1000
    assert answer.status_code in (200, 404), (address, answer.status_code)
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="a ledger to be made, or one made here before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or Path(folder) / "ledger.sqlite"
        if not store.exists():
            with Ledger.open(store) as ledger:
                for _ in ledger.record_many((one, None) for one in documents(options.events // EVENTS)):
                    pass
        app = create_app(Settings(str(store)))
        with TestClient(app, base_url="http://127.0.0.1") as client:
            pages = _measure(client)
            _follow(client, pages)
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory {used:,.0f} MiB", file=sys.stderr)


def _follow(client: TestClient, pages: dict[str, list[str]]) -> None:
    """The first page after an entry, by what was recorded; each page is asked after an entry of its own."""
    dice = random.Random(1)
    number = 10_000_000 + int(time.time())
    print(
        "| first page after an entry | after a report, ms (worst) | after a decision, ms (worst) |",
        flush=True,
    )
    ledger: Ledger = client.app.state.onrecord.ledger  # type: ignore[attr-defined]
    some = [row["id"] for row in client.get("/events.json?limit=100").json()["rows"]]
    for kind in AFTER:
        spent: dict[str, list[float]] = {"report": [], "decision": []}
        for turn in range(AGAIN):
            one = pages[kind][turn % len(pages[kind])]
            ledger.record(document(number, dice))
            number += 1
            spent["report"].append(worked(client, one))
            ledger.accept(some.pop(), by="Ida Holm", reason="checked")
            spent["decision"].append(worked(client, one))
        told = [f"{statistics.median(one):,.0f} ({max(one):,.0f})" for one in spent.values()]
        print(f"| {kind} | {told[0]} | {told[1]} |", flush=True)


def _measure(client: TestClient) -> dict[str, list[str]]:
    print(f"| first page, nothing in memory | {worked(client, '/events') / 1000:,.1f} s | |", flush=True)
    print("| page | not asked before, ms (worst) | again, ms |", flush=True)
    found = addresses(client)
    for kind, pages in found.items():
        first: list[float] = []
        again: list[float] = []
        for one in pages:
            first.append(worked(client, one))
            again.append(worked(client, one))
        told: dict[str, Any] = {
            "first": statistics.median(first),
            "worst": max(first),
            "again": statistics.median(again),
        }
        print(f"| {kind} | {told['first']:,.0f} ({told['worst']:,.0f}) | {told['again']:,.0f} |", flush=True)
    return found


if __name__ == "__main__":
    main()
