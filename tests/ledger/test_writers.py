"""Many writers, a full disk, a clock that jumps: nothing lost, nothing doubled, a clear error."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from onrecord.ledger import Ledger
from onrecord.ledger import ledger as module
from onrecord.model.problems import OnrecordError
from onrecord.model.records import CodedDocument
from tests.ledger.authoring import load

SAMPLE = [one.coded for one in load(Path(__file__).parent / "cases" / "sample.yaml")]
Fresh = Callable[[], Ledger]


def numbered(count: int) -> list[CodedDocument]:
    """Distinct documents: one report under as many ids."""
    found = []
    for number in range(count):
        coded = SAMPLE[2].model_copy(deep=True)
        coded.document.id = f"sha256:{number:064x}"
        found.append(coded)
    return found


def test_sixteen_writers_at_once(address: Callable[[], str]) -> None:
    where = address()
    documents = numbered(48)
    with Ledger.open(where) as first:
        first.record(documents[0])

    def write(place: int) -> int:
        with Ledger.open(where) as ledger:
            # Every document comes from two writers.
            mine = [*documents[place::16], *documents[(place + 1) % 16 :: 16]]
            return sum(ledger.record(coded).new for coded in mine)

    with ThreadPoolExecutor(16) as pool:
        new = sum(pool.map(write, range(16)))
    with Ledger.open(where) as ledger:
        assert new == len(documents) - 1
        assert ledger.counts()["documents"] == ledger.counts()["codings"] == len(documents)
        assert ledger.verify_log() == [] and ledger.verify().ok
        assert len(ledger.world().docs) == len(documents)


def test_readers_see_whole_documents_while_a_writer_writes(fresh: Fresh) -> None:
    ledger = fresh()
    documents = numbered(20)
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(lambda: [ledger.record(coded) for coded in documents])
        while not writing.done():
            events = ledger.events()
            assert len([one for row in events for one in row.members]) == len(
                {document for row in events for document in row.documents}
            )
        writing.result()
    assert sum(len(row.members) for row in ledger.events()) == 20


def test_a_full_disk_is_a_clear_error_and_keeps_what_was_recorded(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "small.sqlite") as ledger:
        ledger.record(SAMPLE[0])
        before = (ledger.content_hash(), ledger.head())
        _limit(ledger.store.engine)
        with pytest.raises(OnrecordError) as caught:
            list(ledger.record_many((coded, None) for coded in numbered(400)))
        assert caught.value.problem.code == "disk-full"
        assert (ledger.content_hash(), ledger.head()) == before
        assert ledger.verify().ok and ledger.verify_log() == []


def _limit(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(dbapi: object, _: object) -> None:
        pages = dbapi.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        dbapi.execute(f"PRAGMA max_page_count={pages + 4}")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("back", "recorded"), [(timedelta(seconds=5), True), (timedelta(hours=1), False)])
def test_a_clock_that_jumps_back(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch, back: timedelta, recorded: bool
) -> None:
    ledger = fresh()
    first = ledger.record(SAMPLE[0])

    class Jumped(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.fromisoformat(first.recorded) - back

    monkeypatch.setattr(module, "datetime", Jumped)
    if recorded:
        ledger.record(SAMPLE[2])
        assert len(ledger.world(first.recorded).docs) == 2, "the moment before is used again"
    else:
        with pytest.raises(OnrecordError) as caught:
            ledger.record(SAMPLE[2])
        assert caught.value.problem.code == "clock-back"
        assert ledger.record(SAMPLE[2], recorded_at="2021-10-08").new, "an archive gives its own time"
    assert ledger.verify_log() == []


def test_another_file_is_not_taken_for_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, only some notes that somebody left here")
    with pytest.raises(OnrecordError) as caught:
        Ledger.open(tmp_path / "notes.txt")
    assert caught.value.problem.code == "not-a-ledger"
    with pytest.raises(OnrecordError) as caught:
        Ledger.open(tmp_path / "none.sqlite", create=False)
    assert caught.value.problem.code == "no-ledger"
