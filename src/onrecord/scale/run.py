"""A run: documents in, outcomes in the same order, on one process, on many, or on a Ray cluster."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from itertools import chain, islice

from onrecord.intake.types import Raw
from onrecord.model.problems import OnrecordError, Problem
from onrecord.scale.batches import DOCUMENTS, Batch, Crew, batches, in_order, results
from onrecord.scale.copies import KEPT_BYTES, Copies
from onrecord.scale.processes import Processes, cores
from onrecord.scale.stage import Outcome, Settings, outcomes

EXECUTORS = ("processes", "ray")


def code(
    items: Iterable[Raw | Problem],
    settings: Settings,
    *,
    workers: int | None = 1,
    executor: str = "processes",
    address: str | None = None,
    size: int = DOCUMENTS,
    kept: int = KEPT_BYTES,
) -> Generator[Outcome, None, None]:
    """Code documents: one line of JSON or one problem for each item, in their order.

    The outcomes are the same whatever ``workers``, ``executor``, ``size`` (documents in a batch) and
    ``kept`` (bytes of results kept for copies) are. With one worker, or one batch of documents, everything
    happens in this process; None stands for as many workers as there are cores. ``address`` is that of a
    Ray cluster; without it Ray starts on this machine. Closing the iterator ends the workers.

    Raises OnrecordError: what `Settings.coder` raises, once; `no-worker`; `missing-extra`, `no-cluster`.
    """
    if executor not in EXECUTORS:
        raise OnrecordError(
            "unknown-executor", f"no executor is called {executor!r}", f"Use one of: {', '.join(EXECUTORS)}."
        )
    settings.coded_by()
    if executor == "processes" and workers is None:
        workers = cores()
    return _run(items, settings, workers, executor, address, Copies(kept), size)


def _run(
    items: Iterable[Raw | Problem],
    settings: Settings,
    workers: int | None,
    executor: str,
    address: str | None,
    copies: Copies,
    size: int,
) -> Generator[Outcome, None, None]:
    source = batches(items, settings.options, copies, size)
    first = list(islice(source, 2)) if executor == "processes" and workers != 1 else []
    source = chain(first, source)
    if executor == "processes" and len(first) < 2:
        for batch, coded in _here(source, settings):
            yield from results(batch, coded, copies)
        return
    crew = _crew(settings, workers, executor, address)
    try:
        for batch, coded in in_order(source, crew):
            yield from results(batch, coded, copies)
    finally:
        crew.close()


def _here(source: Iterable[Batch], settings: Settings) -> Iterator[tuple[Batch, list[Outcome]]]:
    """In this process; the model is loaded when the first document is there to be coded."""
    coder = None
    for batch in source:
        if batch.work and coder is None:
            coder = settings.coder(threads=2)
        yield batch, outcomes(coder, batch.work, settings.options) if coder else []


def _crew(settings: Settings, workers: int | None, executor: str, address: str | None) -> Crew:
    if executor == "ray":
        from onrecord.scale.cluster import Cluster

        return Cluster(settings, workers, address)
    return Processes(settings, workers or 1)
