"""Kill the recorder at random moments and look for harm: ``python -m benchmarks.ledger_faults [--kills N]``.

A child process records synthetic documents one by one into one ledger and is killed (SIGKILL) after a random time;
after each kill the chain and every span are verified. At the end one clean run fills in what is missing, and the
content must be that of a ledger that was never killed.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.ledger import documents
from onrecord.ledger import Ledger

DOCUMENTS = 300


def fill(store: str, announce: bool = False) -> None:
    """Record every document that is not on record yet; ``announce`` says on standard output when it begins."""
    with Ledger.open(store) as ledger:
        if announce:
            print("open", flush=True)
        for coded in documents(DOCUMENTS):
            ledger.record(coded)


def attack(store: str, kills: int) -> dict[str, int | bool]:
    """Kill ``kills`` recorders; what was found afterwards."""
    dice = random.Random(11)
    harmed = 0
    command = [sys.executable, "-m", "benchmarks.ledger_faults", "--fill", store]
    for _ in range(kills):
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(dice.uniform(0.0, 0.4))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with Ledger.open(store) as ledger:
            harmed += bool(ledger.verify_log()) or not ledger.verify().ok
    fill(store)
    with tempfile.TemporaryDirectory() as folder:
        clean = str(Path(folder) / "clean.sqlite")
        fill(clean)
        with Ledger.open(store) as one, Ledger.open(clean) as two:
            same = one.content_hash() == two.content_hash() and one.counts() == two.counts()
    return {"kills": kills, "harmed": harmed, "same as one clean run": same}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--store", help="path or postgresql:// address of an empty ledger")
    parser.add_argument("--fill", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.fill:
        fill(arguments.fill, announce=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        store = arguments.store or str(Path(folder) / "faults.sqlite")
        json.dump(attack(store, arguments.kills), sys.stdout, indent=1)
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
