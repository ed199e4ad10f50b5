"""``python -m benchmarks.scale_code --data FILE [--documents N] [--copies N ...]``: what `onrecord code` costs.

Codes the first documents of a JSONL file with one process and with two, from the command's start to the last
record written, and prints words (by white space) a second of CPU time, what the first document costs (start, model)
left out, and the peak memory of the largest process. ``--copies`` feeds so many records through standard input that
repeat two hundred texts: memory must not grow with their number. Prints tables of Markdown; the costs follow from the
words a CPU second.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

WORLD_DAY, ARTICLE = 300_000, 450
ARCHIVE = 100_000_000
COMMAND = [sys.executable, "-c", "from onrecord.cli import main; main()", "code"]


class Cost(NamedTuple):
    wall: float
    cpu: float
    peak: float


def run(arguments: list[str], lines: Iterable[bytes] = ()) -> Cost:
    """Seconds and megabytes of one command, its workers included (peak: of the largest process)."""
    start = perf_counter()
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen([*COMMAND, *arguments], stdin=subprocess.PIPE, stderr=said)
        assert running.stdin is not None
        with running.stdin as pipe:
            for line in lines:
                pipe.write(line)
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode:
            said.seek(0)
            raise SystemExit(said.read().decode("utf-8", "replace"))
    return Cost(perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def records(data: Path, count: int) -> list[dict[str, str]]:
    with data.open(encoding="utf-8") as lines:
        return [{**json.loads(line), "language": "en"} for line in islice(lines, count)]


def repeated(texts: list[dict[str, str]], count: int) -> Iterator[bytes]:
    """``count`` records with ids and addresses of their own over the same texts."""
    for number in range(count):
        told = {**texts[number % len(texts)], "id": f"c{number}", "url": f"https://a.example/news/{number}"}
        yield json.dumps(told).encode("utf-8") + b"\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale_code")
    parser.add_argument("--data", type=Path, required=True, help="JSONL with `text`")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--copies", type=int, nargs="*", default=[])
    options = parser.parse_args()
    texts = records(options.data, options.documents)
    words = sum(len(record["text"].split()) for record in texts)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        source.write_text("".join(json.dumps(record) + "\n" for record in texts), encoding="utf-8")
        print(f"{len(texts)} documents, {words:,} words\n")
        print(
            "| processes | wall s | CPU s | words a CPU second | peak MB of a process |",
            "|---|---|---|---|---|",
            sep="\n",
        )
        rates = []
        first = Path(folder) / "first.jsonl"
        first.write_text(json.dumps(texts[0]) + "\n", encoding="utf-8")
        start = run([str(first), "--out", str(Path(folder) / "0.jsonl"), "--threads", "1"])
        print(f"| start and one document | {start.wall:.1f} | {start.cpu:.1f} | | {start.peak:,.0f} |")
        for workers in (1, 2):
            out = str(Path(folder) / f"{workers}.jsonl")
            cost = run([str(source), "--out", out, "--workers", str(workers), "--threads", "1"])
            rates.append(words / cost.cpu)
            print(
                f"| {workers} | {cost.wall:.1f} | {cost.cpu:.1f} | {words / cost.cpu:,.0f} | {cost.peak:,.0f} |"
            )
        print("\n| archive | words | core hours |", "|---|---|---|", sep="\n")
        for name, articles in (
            ("a world day, 300,000 articles", WORLD_DAY),
            ("100 million reports", ARCHIVE),
        ):
            total = articles * ARTICLE
            print(f"| {name} of {ARTICLE} words | {total:,} | {total / rates[0] / 3600:,.1f} |")
        if options.copies:
            print("\n| records, mostly copies | CPU s | peak MB of a process |", "|---|---|---|", sep="\n")
        for count in options.copies:
            cost = run(
                ["-", "--kind", "jsonl", "--out", os.devnull, "--workers", "2"], repeated(texts[:200], count)
            )
            print(f"| {count:,} | {cost.cpu:.1f} | {cost.peak:,.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
