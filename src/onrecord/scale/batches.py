"""Work in batches: what is to be coded of a few dozen documents, the rest known already; order kept, window bounded.

A crew has workers, each at one batch. Whose worker dies is retried once, then taken apart: every document
of it alone, and the one at which a worker dies again is a problem.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from onrecord.intake.build import build
from onrecord.intake.types import Intake, Options, Raw
from onrecord.model.problems import Problem
from onrecord.scale.copies import Copies, key_of
from onrecord.scale.stage import Outcome, place

DOCUMENTS = 32
"""Documents in a batch: seconds of work, so that handing it over costs nothing beside it."""
BYTES = 256 * 1024
"""A batch ends earlier where its documents have this many bytes together."""


@dataclass(slots=True)
class Copy:
    """A document whose text stands earlier in the input."""

    key: bytes
    item: Intake | Raw


Slot = Problem | Copy | bytes
"""One document of a batch: a problem of intake, a copy, or the key under which its result is kept."""


@dataclass(slots=True)
class Batch:
    """Some documents in the order of the input; ``work`` holds those of its slots that are keys."""

    slots: list[Slot] = field(default_factory=list)
    work: list[Intake | Raw] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Died:
    """A worker ended before it answered: ``how`` says by what, ``began`` whether it had its coder by then."""

    how: str
    began: bool = True


class Crew(Protocol):
    """Workers that code batches. A task is a number by which the answer is known again."""

    size: int

    def idle(self) -> bool:
        """True where `send` finds a worker without work."""

    def send(self, task: int, items: Sequence[Intake | Raw]) -> None:
        """Give items to a worker that has none."""

    def receive(self) -> tuple[int, list[Outcome] | Died]:
        """The next answer, whichever worker it comes from. Raises OnrecordError where none can work."""

    def close(self) -> None:
        """End the workers, finished or not."""


def batches(
    items: Iterable[Raw | Problem], options: Options, copies: Copies, size: int = DOCUMENTS
) -> Iterator[Batch]:
    """Documents in batches. Plain text is made ready here, where its copies are found; pages and PDF in the worker."""
    batch, held = Batch(), 0
    for item in items:
        ready = build(item, options) if isinstance(item, Raw) and item.media_type == "text/plain" else item
        if isinstance(ready, Problem):
            batch.slots.append(ready)
        elif copies.seen(key := key_of(ready)):
            batch.slots.append(Copy(key, ready))
            held += len(ready.snapshot)
        else:
            batch.slots.append(key)
            batch.work.append(ready)
            held += len(ready.snapshot)
        if len(batch.slots) >= size or held >= BYTES:
            yield batch
            batch, held = Batch(), 0
    if batch.slots:
        yield batch


def results(batch: Batch, coded: Iterable[Outcome], copies: Copies) -> Iterator[Outcome]:
    """One outcome for each slot of a batch; batches must come in their order."""
    outcomes = iter(coded)
    for slot in batch.slots:
        if isinstance(slot, Problem):
            yield slot
        elif isinstance(slot, Copy):
            yield copies.again(slot.key, slot.item)
        else:
            outcome = next(outcomes)
            copies.keep(slot, outcome)
            yield outcome


@dataclass(slots=True)
class _Job:
    """A batch under way: the outcomes of its work as far as they are there."""

    batch: Batch
    outcomes: list[Outcome | None]
    missing: int


@dataclass(slots=True)
class _Task:
    """Work of a job from ``start`` to ``end``, given out ``tries`` times before."""

    job: _Job
    start: int
    end: int
    tries: int = 0


def in_order(source: Iterator[Batch], crew: Crew) -> Iterator[tuple[Batch, list[Outcome]]]:
    """Every batch with the outcomes of its work, in the order of the source.

    At most four batches a worker are between source and consumer, so that memory stays flat however long the
    source is and however slow one batch.
    """
    window = 4 * crew.size
    jobs: deque[_Job] = deque()
    waiting: deque[_Task] = deque()
    given: dict[int, _Task] = {}
    number, more = 0, True
    while True:
        while waiting and crew.idle():
            number += 1
            given[number] = waiting.popleft()
            crew.send(number, given[number].job.batch.work[given[number].start : given[number].end])
        if jobs and not jobs[0].missing:
            job = jobs.popleft()
            yield job.batch, [outcome for outcome in job.outcomes if outcome is not None]
        elif more and len(jobs) < window and (crew.idle() or len(waiting) < crew.size):
            batch = next(source, None)
            more = batch is not None
            if batch is not None:
                count = len(batch.work)
                jobs.append(_Job(batch, [None] * count, count))
                waiting.extend([_Task(jobs[-1], 0, count)] if count else ())
        elif given:
            number_back, answer = crew.receive()
            task = given.pop(number_back)
            if isinstance(answer, Died):
                waiting.extendleft(reversed(_after_death(task, answer)))
            else:
                task.job.outcomes[task.start : task.end] = answer
                task.job.missing -= len(answer)
        elif not jobs:
            return


def _after_death(task: _Task, death: Died) -> list[_Task]:
    """What is to be done again of a task whose worker died; one that never began has not tried."""
    if not death.began:
        return [task]
    if not task.tries:
        return [_Task(task.job, task.start, task.end, 1)]
    if task.end - task.start > 1:
        return [_Task(task.job, place, place + 1, 1) for place in range(task.start, task.end)]
    task.job.outcomes[task.start] = Problem(
        code="worker-died",
        where=place(task.job.batch.work[task.start]),
        what=f"the worker that coded it ended twice: {death.how}",
        remedy="Give the machine more memory or the run fewer workers (--workers); or leave this document out.",
    )
    task.job.missing -= 1
    return []
