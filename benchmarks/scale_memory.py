"""``python -m benchmarks.scale_memory intake|pipeline|coding [--documents N] [--minutes M]``: is memory flat?

Made-up reports of one sentence, each another text, so that none is a copy of another (they differ in states, number,
day and a running number). ``intake`` reads them from a file as JSONL, as JSONL under zstd, and as the pages of a
WARC (which are only taken out of it: text is made of a page in the workers). ``pipeline`` sends them through
everything that `onrecord code --into` does with one worker process but the model: its coder answers with a record of
the document and no events. ``coding`` is the whole of it, with the shipped model, and ends after so many
minutes of CPU time.

Prints for 1,000 documents, 10,000 and so on the largest resident memory (megabytes) of the parent and of the worker
since the row before, and the CPU seconds of both so far.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import zstandard

from onrecord.coding.coder import Coder
from onrecord.intake import read_path, read_raw
from onrecord.intake.types import Intake, Raw
from onrecord.model.problems import Problem
from onrecord.model.records import CodedBy, CodedDocument
from onrecord.scale import Run, Settings
from onrecord.scale.batches import batches, in_order, results
from onrecord.scale.copies import Copies
from onrecord.scale.processes import Processes
from onrecord.scale.stage import Outcome

STATES = ("Norway", "France", "Poland", "Russia", "Estonia", "Japan", "Brazil", "Kenya", "Chile", "Ghana")
VERBS = ("expelled", "summoned", "criticised", "received", "warned", "invited", "recalled", "sanctioned")
EVERY = 500
"""Documents between two looks at the memory."""
TICK = os.sysconf("SC_CLK_TCK")


def text(number: int) -> str:
    """A sentence that no other number gives."""
    one, other = STATES[number % 10], STATES[number // 10 % 10]
    return f"{one} {VERBS[number // 100 % 8]} {number + 2} envoys of {other} on {number % 28 + 1} October 2021.\n"


def lines(count: int) -> Iterator[bytes]:
    for number in range(count):
        told = {"id": f"m{number}", "text": text(number), "published": "2021-10-29", "language": "en"}
        yield json.dumps(told).encode() + b"\n"


def write_jsonl(path: Path, count: int) -> None:
    with path.open("wb") as out:
        out.writelines(lines(count))


def write_zstd(path: Path, count: int) -> None:
    with path.open("wb") as raw, zstandard.ZstdCompressor().stream_writer(raw) as out:
        for line in lines(count):
            out.write(line)


def write_warc(path: Path, count: int) -> None:
    with path.open("wb") as out:
        for number in range(count):
            page = f"<html><body><article><p>{text(number)}</p></article></body></html>".encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page)
            out.write(
                b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/news/%d\r\n"
                b"WARC-Date: 2021-10-29T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>\r\n"
                b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
                % (number, number, len(http) + len(page))
                + http + page + b"\r\n\r\n"
            )  # fmt: skip


class _Plain(Coder):
    """A coder without a model."""

    def code_all(self, items: object) -> Iterator[CodedDocument | Problem]:
        for item in items:  # type: ignore[attr-defined]
            if isinstance(item, Intake):
                yield CodedDocument(coded_by=CodedBy(kind="model", name="none"), document=item.document)
            else:
                yield item


@dataclass(frozen=True, slots=True)
class Plain(Settings):
    def coder(self, threads: int = 1) -> Coder:
        return _Plain()


def spent(pid: int) -> tuple[float, float]:
    """Megabytes resident and CPU seconds of a process."""
    resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return resident, (int(fields[11]) + int(fields[12])) / TICK


def watched(name: str, items: Iterator[object], pids: Callable[[], list[int]], minutes: float) -> None:
    """Print the rows of one source; ends early, at a look, when so much CPU time is spent."""
    marks = (1_000, 10_000, 100_000, 300_000, 1_000_000)
    highest: list[float] = []
    cpu = 0.0
    before, count, failed = sum(spent(pid)[1] for pid in pids()), 0, 0

    def row(cpu: float) -> None:
        told = " | ".join(f"{each:,.0f}" for each in highest)
        print(f"| {name} | {count:,} | {told}{' | ' * (len(highest) < 2)} | {cpu:,.1f} |", flush=True)

    for count, item in enumerate(items, 1):
        failed += isinstance(item, Problem)
        if count % EVERY == 0:
            now, used = zip(*map(spent, pids()), strict=True)
            cpu = sum(used) - before
            highest = [max(pair) for pair in zip(now, highest or now, strict=True)]
            if count in marks:
                row(cpu)
                highest = []
            if cpu > 60 * minutes:
                break
    if highest:
        row(cpu)
    if failed:
        raise SystemExit(f"{failed} of {count} documents failed")


def through(
    source: Iterator[Raw | Problem], settings: Settings, crew: Processes
) -> Generator[Outcome, None, None]:
    """What `onrecord.scale.code` does with more than one worker, here with one."""
    copies = Copies()
    for batch, coded in in_order(batches(source, settings.options, copies), crew):
        yield from results(batch, coded, copies)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale_memory")
    parser.add_argument("what", choices=("intake", "pipeline", "coding"))
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=600)
    options = parser.parse_args()
    print("| | documents | parent MB | worker MB | CPU s |", "|---|---|---|---|---|", sep="\n")
    with tempfile.TemporaryDirectory() as name:
        folder, me = Path(name), os.getpid()
        if options.what == "intake":
            for title, kind, write, read in (
                ("JSONL, zstd", "in.jsonl.zst", write_zstd, read_path),
                ("WARC, pages taken out", "in.warc", write_warc, read_raw),
                ("JSONL", "in.jsonl", write_jsonl, read_path),
            ):
                write(folder / kind, options.documents)
                watched(title, iter(read(folder / kind)), lambda: [me], options.minutes)
                (folder / kind).unlink()
            return 0
        write_jsonl(folder / "in.jsonl", options.documents)
        settings: Settings = Plain() if options.what == "pipeline" else Settings()
        crew = Processes(settings, 1)
        run = Run(folder / "coded", [str(folder / "in.jsonl")], settings)
        with closing(crew), closing(run.fill(partial(through, settings=settings, crew=crew))) as outcomes:
            first = next(outcomes)  # the worker is there
            if isinstance(first, Problem):
                raise SystemExit(str(first))
            pids = [me, *(worker.process.pid or 0 for worker in crew._workers)]
            watched(options.what, outcomes, lambda: pids, options.minutes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
