"""Workers that are processes of this machine, each with a pipe; the parent sees at once which of them has died."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from onrecord.intake.types import Intake, Raw
from onrecord.model.problems import OnrecordError, Problem
from onrecord.scale.batches import Died
from onrecord.scale.stage import Outcome, Settings, outcomes

_READY = "ready"


def cores() -> int:
    """The cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@dataclass(slots=True)
class _Worker:
    """``items`` wait until it is ready: a pipe that nobody reads yet would hold up the parent."""

    process: BaseProcess
    pipe: Connection
    task: int | None = None
    items: Sequence[Intake | Raw] = ()
    ready: bool = False

    def give(self) -> None:
        # One that has died leaves the end of its pipe to be found by `receive`.
        with suppress(OSError):
            self.pipe.send(list(self.items))
        self.items = ()


class Processes:
    """Up to ``size`` processes, started as work comes; a dead one is replaced when the next work comes."""

    def __init__(self, settings: Settings, size: int) -> None:
        self.size = size
        self._settings = settings
        self._workers: list[_Worker] = []
        self._stillborn = 0
        # A forked process would inherit the threads of progress bars and models half alive.
        self._context = multiprocessing.get_context("spawn")

    def idle(self) -> bool:
        return len(self._workers) < self.size or any(worker.task is None for worker in self._workers)

    def send(self, task: int, items: Sequence[Intake | Raw]) -> None:
        worker = next((one for one in self._workers if one.task is None), None) or self._start()
        worker.task, worker.items = task, items
        if worker.ready:
            worker.give()

    def receive(self) -> tuple[int, list[Outcome] | Died]:
        while True:
            busy = {worker.pipe: worker for worker in self._workers if worker.task is not None}
            worker = busy[wait(list(busy))[0]]  # type: ignore[index]
            try:
                answer: Any = worker.pipe.recv()
            except (EOFError, OSError):
                return self._buried(worker)
            if isinstance(answer, Problem):
                raise OnrecordError.of(answer)
            if answer == _READY:
                worker.ready = True
                self._stillborn = 0
                worker.give()
                continue
            task, worker.task = worker.task, None
            assert task is not None
            return task, answer

    def close(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._settings), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _buried(self, worker: _Worker) -> tuple[int, Died]:
        """The task of a dead worker, and how it died.

        One that ended by itself before it began to work would only do so again; one that was killed then may have
        been unlucky, but not as many in a row as there are workers and one more.
        """
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        how = _ending(worker.process.exitcode)
        self._stillborn += not worker.ready
        killed = (worker.process.exitcode or 0) < 0
        if not worker.ready and (not killed or self._stillborn > self.size):
            raise OnrecordError(
                "no-worker",
                f"a worker ended before it could begin: {how}",
                "Give the machine more memory or the run fewer workers (--workers); a script that calls "
                "onrecord.scale needs the guard `if __name__ == '__main__':`.",
            )
        assert worker.task is not None
        return worker.task, Died(how, worker.ready)


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            return f"killed by {signal.Signals(-code).name}"
        except ValueError:
            return f"killed by signal {-code}"
    return f"exit code {code}"


def _work(pipe: Connection, settings: Settings) -> None:
    """A worker's life: make the coder, say so, and answer items with outcomes until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends the run
    try:
        try:
            coder = settings.coder()
        except OnrecordError as error:
            pipe.send(error.problem)
            return
        pipe.send(_READY)
        while True:
            pipe.send(outcomes(coder, pipe.recv(), settings.options))
    except (EOFError, OSError):
        return  # the parent has gone
