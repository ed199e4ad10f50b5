"""Batches come back in their order and within their window, whatever the workers do."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest

from onrecord.intake.types import Intake, Options, Raw
from onrecord.model.problems import Problem
from onrecord.scale.batches import Batch, Died, batches, in_order
from onrecord.scale.copies import Copies
from onrecord.scale.stage import Outcome
from tests.scale.reports import raws, record


class Chance:
    """Workers that answer in any order, and die at times; each item is answered with its own bytes."""

    def __init__(self, seed: int, size: int, mortality: float) -> None:
        self.size = size
        self._chance = random.Random(seed)
        self._mortality = mortality
        self._busy: dict[int, Sequence[Intake | Raw]] = {}
        self.deaths: dict[bytes, int] = {}

    def idle(self) -> bool:
        return len(self._busy) < self.size

    def send(self, task: int, items: Sequence[Intake | Raw]) -> None:
        assert self.idle()
        self._busy[task] = items

    def receive(self) -> tuple[int, list[Outcome] | Died]:
        task = self._chance.choice(sorted(self._busy))
        items = self._busy.pop(task)
        if self._chance.random() < self._mortality:
            for item in items:
                self.deaths[item.snapshot] = self.deaths.get(item.snapshot, 0) + 1
            return task, Died("chance")
        return task, [item.snapshot for item in items]

    def close(self) -> None:
        self._busy.clear()


def source(count: int, drawn: list[int]) -> Iterator[Batch]:
    for number in range(count):
        drawn.append(number)
        work = [Raw(f"{number}.{part}".encode(), "text/html", "") for part in range(number % 4)]
        yield Batch([item.snapshot for item in work], list(work))


@pytest.mark.parametrize("seed", range(20))
def test_batches_keep_their_order_and_only_items_at_which_workers_died_twice_are_problems(seed: int) -> None:
    crew = Chance(seed, size=1 + seed % 4, mortality=0.3)
    drawn: list[int] = []
    count = 0
    for batch, found in in_order(source(60, drawn), crew):
        assert len(found) == len(batch.work) == count % 4
        for item, outcome in zip(batch.work, found, strict=True):
            if isinstance(outcome, Problem):
                assert outcome.code == "worker-died" and crew.deaths[item.snapshot] >= 2
            else:
                assert outcome == item.snapshot
        count += 1
        assert len(drawn) - count <= 4 * crew.size
    assert count == 60


@pytest.mark.parametrize("size", [1, 3])
def test_a_slow_batch_does_not_let_the_others_pile_up(size: int) -> None:
    class Stuck(Chance):
        def receive(self) -> tuple[int, list[Outcome] | Died]:
            """The first task is never the one that is answered while there are others."""
            task = max(self._busy)
            return task, [item.snapshot for item in self._busy.pop(task)]

    drawn: list[int] = []
    crew = Stuck(0, size, 0.0)
    for _ in in_order(source(1000, drawn), crew):
        break
    assert len(drawn) <= 4 * size


def test_a_batch_ends_at_its_documents_or_its_bytes_and_long_problems_do_not_pile_up() -> None:
    records = [{"id": "no text"}] * 7 + [record(number) for number in range(5)]
    records.insert(9, record(99, text="Norland and France met on Monday. " * 9000))
    cut = list(batches(raws(records), Options(), Copies(), size=4))
    assert [len(batch.slots) for batch in cut] == [4, 4, 2, 3]
    assert [len(batch.work) for batch in cut] == [0, 1, 2, 3]
