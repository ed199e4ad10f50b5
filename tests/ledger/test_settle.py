"""The machine's merges on record: found again, kept, undone, retracted; ids that lead on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.ledger import document
from onrecord.ledger import Ledger, compare
from onrecord.ledger.rows import EventRow
from onrecord.model.records import CodedDocument
from tests.ledger.authoring import load

ACID = sorted((Path(__file__).parent / "acid").iterdir())
Fresh = Callable[[], Ledger]


def recorded(fresh: Fresh, count: int = 4) -> Ledger:
    """A ledger of near-identical reports of one expulsion."""
    ledger = fresh()
    for number in range(count):
        ledger.record(document(number, "AKS", "BLT", "2021-10-06", 8), recorded_at=f"2021-10-0{number + 6}")
    return ledger


def plain(rows: list[EventRow]) -> list[EventRow]:
    """Rows without the ids that merges have once they are on record."""
    return [replace(row, merges=tuple(replace(one, id=None) for one in row.merges)) for row in rows]


@pytest.mark.parametrize("folder", ACID, ids=lambda path: path.name)
def test_settling_changes_no_view_and_no_content(folder: Path, fresh: Fresh) -> None:
    ledger = fresh()
    for one in load(folder / "documents.yaml"):
        ledger.record(one.coded, recorded_at=one.recorded)
    before = (ledger.events(), ledger.missions(), ledger.content_hash())
    done = ledger.settle()
    merges = [one for row in ledger.events() for one in row.merges]
    assert done.retracted == 0 and done.documents == ledger.counts()["documents"]
    assert (plain(ledger.events()), ledger.missions(), ledger.content_hash()) == before
    assert all(one.id for one in merges if not one.reasons[0].startswith("a text says so"))
    assert (ledger.settle().added, ledger.settle().documents) == (0, 0)
    assert ledger.verify_log() == [] and ledger.rebuild().same


def test_a_merge_on_record_says_why_and_how_surely(fresh: Fresh) -> None:
    ledger = recorded(fresh)
    ledger.settle(at="2021-11-01")
    held = ledger.merges()
    assert len(held) == 6, "three copies of two events each"
    assert {one.probability for one in held} == {0.99}
    assert {one.reasons for one in held} == {("copied text", "told alike")}
    assert all(one.by.startswith("identity-") for one in held)
    assert ledger.merges(known_at="2021-10-31") == []


def test_an_undone_merge_is_not_made_again(fresh: Fresh) -> None:
    ledger = recorded(fresh, 2)
    ledger.settle(at="2021-11-01")
    expelled = next(row for row in ledger.events() if row.mode == "expel")
    [merge] = expelled.merges
    assert merge.id is not None
    undone = ledger.undo(merge.id, by="A. Clerk", reason="two expulsions", at="2021-11-02")
    assert len(ledger.events(type="SANCTION:expel")) == 2
    assert len(ledger.events(type="SANCTION:expel", known_at="2021-11-01")) == 1
    assert len(ledger.show(merge.first).row.documents) == 1, "a page knows of it too"
    assert (ledger.settle(at="2021-11-03").added, ledger.settle().retracted) == (0, 0)
    assert ledger.rebuild().same
    ledger.undo(undone.id, by="B. Clerk", reason="one after all", at="2021-11-04")
    assert len(ledger.events(type="SANCTION:expel")) == 1
    assert len(ledger.show(merge.first).row.documents) == 2


def test_what_is_on_record_holds_when_the_weights_change(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = fresh()
    for number in (1, 2):
        ledger.record(_own_text(document(number, "AKS", "BLT", "2021-10-06", 8)), recorded_at="2021-10-07")
    ledger.settle(at="2021-11-01")
    before = ledger.events()
    assert len(before) == 2 and all(len(row.merges) == 1 for row in before)
    monkeypatch.setitem(compare.WEIGHTS, "base", -20.0)
    with Ledger.open(ledger.store.url.render_as_string(hide_password=False)) as later:
        assert later.events() == before
        assert len(later.events(known_at="2021-10-31")) == 4, "nothing was on record yet"
        later.record(_own_text(document(3, "AKS", "BLT", "2021-10-06", 8)))
        assert (later.settle().added, len(later.events())) == (0, 4), (
            "new reports are judged by the new weights"
        )


def _own_text(coded: CodedDocument) -> CodedDocument:
    from onrecord.model.ids import document_id, sha256

    coded.document.text += " " + " ".join(
        sha256(f"{coded.document.external_id} {place}".encode())[:7] for place in range(90)
    )
    coded.document.snapshot.sha256 = sha256(coded.document.text.encode())
    coded.document.id = document_id(
        coded.document.snapshot.sha256, coded.document.external_id, coded.document.outlet.name
    )
    return coded


def test_a_correction_ends_a_merge_at_once_and_settling_retracts_it(fresh: Fresh) -> None:
    ledger = recorded(fresh, 2)
    ledger.settle(at="2021-11-01")
    row = next(row for row in ledger.events() if row.mode == "expel")
    ledger.correct(row.members[1], "actors", [], by="A. Clerk", reason="not named", at="2021-11-02")
    ledger.correct(row.members[1], "type", "ASSAULT", by="A. Clerk", reason="a slip", at="2021-11-02")
    assert len(ledger.show(row.members[1]).row.documents) == 1
    done = ledger.settle(at="2021-11-03")
    assert done.retracted == 1
    [ended] = [one for one in ledger.merges() if one.ended is not None]
    assert ended.first.record in row.members and ledger.verify_log() == []


def test_the_id_of_a_former_coding_leads_to_the_record_at_its_words(fresh: Fresh) -> None:
    ledger = fresh()
    old = document(1, "AKS", "BLT", "2021-10-06", 8)
    new = old.model_copy(deep=True)
    new.coded_by.name, new.coded_by.at = "benchmark-2", "2025-06-01T00:00:00Z"
    start, end = new.events[0].trigger
    new.events[0].trigger = (start, end - len(" members"))
    ledger.record(old)
    former = next(row for row in ledger.events() if row.mode == "expel").id
    ledger.record(new)
    now = next(row for row in ledger.events() if row.mode == "expel").id
    assert now != former
    assert ledger.show(former).id == now
    decision = ledger.accept(former, by="A. Clerk", reason="read", at="2025-07-01")
    assert decision.place is not None and decision.place.record == now
