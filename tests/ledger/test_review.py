"""Decisions of named people: statements that can be undone, and that survive a new coding."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.ledger import Ledger
from onrecord.model.problems import OnrecordError
from tests.ledger.authoring import compile_documents

Fresh = Callable[[], Ledger]

TEXT = "Norway expelled three Danish envoys on Friday. Oslo later received one of them."
TWICE = [
    {
        "document": name,
        "outlet": name,
        "published": "2021-10-09",
        "text": TEXT if name == "one" else "News: " + TEXT,
        "coded_by": {"kind": "model", "name": "reader-1", "at": "2021-10-09T00:00:00Z"},
        "actors": {
            "a": {"name": "Norway", "kind": "state", "code": "NOR", "mentions": ["Norway"]},
            "b": {"name": "Denmark", "kind": "state", "code": "DNK", "mentions": ["Danish"]},
        },
        "events": {
            "e": {
                "type": "SANCTION",
                "mode": "expel",
                "actors": ["a"],
                "recipients": ["b"],
                "trigger": "expelled",
                "time": "2021-10-08 | Friday",
                "probability": 0.4,
                "quantities": [{"value": 3, "unit": "persons", "span": "three Danish envoys"}],
            }
        },
    }
    for name in ("one", "two")
]


@pytest.fixture
def ledger(fresh: Fresh) -> Ledger:
    made = fresh()
    for one in compile_documents(TWICE):
        made.record(one.coded, recorded_at="2021-10-09T01:00:00Z")
    return made


def test_two_reports_are_one_event_until_a_person_splits_them(ledger: Ledger) -> None:
    [row] = ledger.events()
    assert len(row.members) == 2
    split = ledger.split(row.members[1], by="A. Clerk", reason="two expulsions", at="2021-10-10T00:00:00Z")
    assert [len(one.members) for one in ledger.events()] == [1, 1]
    assert len(ledger.events(known_at="2021-10-09T12:00:00Z")) == 1
    ledger.undo(split.id, by="B. Head", reason="one after all", at="2021-10-11T00:00:00Z")
    assert len(ledger.events()) == 1
    assert [one.kind for one in ledger.decisions()] == ["split", "undo"]
    assert ledger.verify_log() == [] and ledger.verify().ok


def test_an_undo_can_be_undone_and_a_merge_made(ledger: Ledger) -> None:
    first, second = ledger.events()[0].members
    split = ledger.split(first, second, by="A. Clerk", reason="two")
    undo = ledger.undo(split.id, by="A. Clerk", reason="no")
    ledger.undo(undo.id, by="A. Clerk", reason="yes, two")
    assert len(ledger.events()) == 2
    ledger.merge(first, second, by="B. Head", reason="same note")
    assert len(ledger.events()) == 2, "a split in force forbids the merge until it is undone"


def test_a_correction_stands_beside_the_proposal_and_survives_a_new_coding(ledger: Ledger) -> None:
    record = ledger.events()[0].members[0]
    ledger.correct(record, "mode", "discontinue", by="A. Clerk", reason="posts, not people")
    ledger.correct(record, "time.edtf", "2021-10-01", by="A. Clerk", reason="the note's date")
    row = ledger.review(record)
    assert row.status == "corrected" and row.decided is not None
    assert (row.proposed["mode"], row.decided["mode"]) == ("expel", "discontinue")
    [better] = compile_documents(
        [{**TWICE[0], "coded_by": {"kind": "model", "name": "reader-2", "at": "2021-12-01T00:00:00Z"}}]
    )
    event = better.coded.events[0]
    event.trigger = (event.trigger[0], event.trigger[1] + 6)
    event.id = "another"
    ledger.record(better.coded)
    found = [one for one in ledger.events() if one.mode == "discontinue"]
    assert len(found) == 1 and found[0].id != record
    assert found[0].evidence[0].words == "expelled three"
    assert found[0].when is not None and found[0].when.edtf == "2021-10-01"


def test_retracted_records_leave_the_views_and_stay_on_record(ledger: Ledger) -> None:
    members = ledger.events()[0].members
    retract = ledger.retract(members[0], by="A. Clerk", reason="misread")
    assert [one.members for one in ledger.events()] == [(members[1],)]
    assert ledger.review(members[0]).status == "retracted"
    ledger.undo(retract.id, by="A. Clerk", reason="right after all")
    assert len(ledger.events()[0].members) == 2


def test_the_queue_and_the_agreement(ledger: Ledger) -> None:
    [row] = [one for one in ledger.queue() if one.kind == "low score"]
    assert row.why == "probability 0.4"
    ledger.accept(row.id, by="A. Clerk")
    assert ledger.queue() == []
    other = next(one for one in ledger.events()[0].members if one != row.id)
    ledger.correct(other, "background", True, by="A. Clerk", reason="old news")
    assert ledger.agreement() == {"event": {"accepted": 1, "corrected": 1, "retracted": 0, "agreement": 0.5}}


def test_a_record_added_by_hand_stands_beside_the_machine_s(ledger: Ledger) -> None:
    document = ledger.events()[0].documents[0]
    parties = {one.code: one.id for row in ledger.events() for one in (*row.actors, *row.recipients)}
    start = TEXT.index("received")
    if ledger.world().docs[document].document.text != TEXT:
        start += len("News: ")
    told = {
        "type": "CONSULT",
        "actors": [parties["NOR"]],
        "recipients": [parties["DNK"]],
        "trigger": (start, start + 8),
        "time": {"edtf": "2021-10"},
    }
    added = ledger.add(document, "events", told, by="A. Clerk", reason="the reader missed it")
    rows = ledger.events()
    assert sorted(row.type for row in rows) == ["CONSULT", "SANCTION"]
    assert next(row for row in rows if row.id == added).evidence[0].words == "received"
    assert len(next(row for row in rows if row.type == "SANCTION").members) == 2
    assert ledger.show(added).author == "person:A. Clerk" and ledger.review(added).status == "accepted"
    again = ledger.add(
        document, "events", {**told, "trigger": (start, start + 9)}, by="B. Head", reason="once more"
    )
    assert again != added and ledger.show(added).id == added
    for group, fields, code in (
        ("events", {"type": "NOSUCH", "trigger": (0, 1)}, "bad-record"),
        ("x", {}, "no-record"),
    ):
        with pytest.raises(OnrecordError) as caught:
            ledger.add(document, group, fields, by="A. Clerk", reason="")
        assert caught.value.problem.code == code


REFUSED = [
    ("no-name", lambda ledger, r: ledger.accept(r, by=" ")),
    ("no-record", lambda ledger, r: ledger.accept("ffff.nothing", by="A. Clerk")),
    ("bad-correction", lambda ledger, r: ledger.correct(r, "type", "NOSUCH", by="A. Clerk", reason="")),
    ("bad-correction", lambda ledger, r: ledger.correct(r, "nosuch", 1, by="A. Clerk", reason="")),
]


@pytest.mark.parametrize(("code", "decide"), REFUSED)
def test_what_cannot_be_decided(ledger: Ledger, code: str, decide: Callable[[Ledger, str], object]) -> None:
    with pytest.raises(OnrecordError) as caught:
        decide(ledger, ledger.events()[0].id)
    assert caught.value.problem.code == code
    assert ledger.decisions() == []
