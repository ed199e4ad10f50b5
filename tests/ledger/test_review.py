"""Decisions of named people: statements that can be undone, and that survive a new coding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from onrecord.ledger import Ledger
from onrecord.model.problems import OnrecordError
from tests.ledger.authoring import compile_documents

Fresh = Callable[[], Ledger]
Ids = dict[str, str]
BY = {"by": "A. Clerk", "reason": "x"}

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
    again = ledger.undo(undo.id, by="A. Clerk", reason="yes, two")
    assert len(ledger.events()) == 2
    with pytest.raises(OnrecordError) as caught:
        ledger.merge(first, second, by="B. Head", reason="same note")
    assert caught.value.problem.code == "no-effect"
    assert split.id in caught.value.problem.remedy, "a split in force forbids the merge until it is undone"
    ledger.undo(split.id, by="B. Head", reason="same note")
    assert len(ledger.events()) == 1
    told = {row.id: (row.kind, row.undone_by) for row in ledger.decided()}
    assert told[split.id] == ("split", "B. Head") and told[undo.id] == ("undo", "A. Clerk")
    assert told[again.id] == ("undo", None)


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


def claimed() -> list[dict[str, Any]]:
    """The two reports, of which the first has a claim and a measure as well."""
    first = {
        **TWICE[0],
        "claims": {"c": {"stance": "asserts", "content": ["Oslo later received one of them"]}},
        "acts": {
            "m": {
                "act": "persona_non_grata",
                "event": "e",
                "mission": {"sending": "DNK", "receiving": "NOR"},
                "evidence": ["expelled"],
            }
        },
    }
    return [first, TWICE[1]]


REFUSED: dict[str, tuple[str, Callable[[Ledger, Ids], object]]] = {
    "nobody": ("no-name", lambda ledger, ids: ledger.accept(ids["one"], by=" ")),
    "no such record": ("no-record", lambda ledger, _: ledger.accept("ffff.nothing", by="A. Clerk")),
    "a document": ("no-record", lambda ledger, ids: ledger.accept(ids["document"], by="A. Clerk")),
    "no such value": (
        "bad-correction",
        lambda ledger, ids: ledger.correct(ids["one"], "type", "NOSUCH", **BY),
    ),
    "no such field": ("bad-correction", lambda ledger, ids: ledger.correct(ids["one"], "nosuch", 1, **BY)),
    "no such field within": (
        "bad-correction",
        lambda ledger, ids: ledger.correct(ids["one"], "a.b", 1, **BY),
    ),
    "the id": ("bad-correction", lambda ledger, ids: ledger.correct(ids["one"], "id", "e9", **BY)),
    "a span outside": (
        "bad-span",
        lambda ledger, ids: ledger.correct(ids["one"], "trigger", [0, 9999], **BY),
    ),
    "a party that is not there": (
        "bad-reference",
        lambda ledger, ids: ledger.correct(ids["one"], "actors", ["a9"], **BY),
    ),
    "the value it has": ("no-effect", lambda ledger, ids: ledger.correct(ids["one"], "mode", "expel", **BY)),
    "corrects what is not there": (
        "no-record",
        lambda ledger, _: ledger.correct("e0000.nothing", "mode", "expel", **BY),
    ),
    "merges with itself": ("no-effect", lambda ledger, ids: ledger.merge(ids["one"], ids["one"], **BY)),
    "merges with nothing": ("no-effect", lambda ledger, ids: ledger.merge(ids["one"], **BY)),
    "merges with its own measure": (
        "no-effect",
        lambda ledger, ids: ledger.merge(ids["one"], ids["act"], **BY),
    ),
    "merges an event with a claim": (
        "no-effect",
        lambda ledger, ids: ledger.merge(ids["one"], ids["claim"], **BY),
    ),
    "merges claims": ("no-effect", lambda ledger, ids: ledger.merge(ids["claim"], ids["claim"], **BY)),
    "merges an event with an actor": (
        "no-effect",
        lambda ledger, ids: ledger.merge(ids["one"], ids["actor"], **BY),
    ),
    "merges with what is not there": (
        "no-record",
        lambda ledger, ids: ledger.merge(ids["one"], "e0000.no", **BY),
    ),
    "splits off itself": ("no-effect", lambda ledger, ids: ledger.split(ids["one"], ids["one"], **BY)),
    "splits off a claim": ("no-effect", lambda ledger, ids: ledger.split(ids["one"], ids["claim"], **BY)),
    "splits off what is not there": (
        "no-record",
        lambda ledger, ids: ledger.split(ids["one"], "e0000.no", **BY),
    ),
    "splits a claim": ("no-effect", lambda ledger, ids: ledger.split(ids["claim"], **BY)),
    "confirms nothing": ("no-record", lambda ledger, _: ledger.confirm("nope", by="A. Clerk")),
    "rejects an event": ("no-record", lambda ledger, ids: ledger.reject(ids["one"], by="A. Clerk")),
    "undoes an event": ("no-record", lambda ledger, ids: ledger.undo(ids["one"], **BY)),
}


@pytest.mark.parametrize(("code", "decide"), REFUSED.values(), ids=REFUSED)
def test_a_decision_that_means_nothing_is_refused_and_leaves_no_trace(
    fresh: Fresh, code: str, decide: Callable[[Ledger, Ids], object]
) -> None:
    ledger = fresh()
    for one in compile_documents(claimed()):
        ledger.record(one.coded)
    [row] = ledger.events()
    ids = {
        "one": next(one for one in row.members if ledger.show(one).related),
        "document": row.documents[0],
        "claim": ledger.claims()[0].id,
        "act": row.acts[0],
        "actor": row.actors[0].id,
    }
    before = ledger.head()
    with pytest.raises(OnrecordError) as caught:
        decide(ledger, ids)
    assert caught.value.problem.code == code and caught.value.problem.remedy
    assert ledger.decisions() == [] and ledger.head() == before


def test_a_decision_is_undone_once_and_a_takedown_never(ledger: Ledger) -> None:
    [row] = ledger.events()
    split = ledger.split(*row.members, **BY)
    for other in (row.members[1], row.members[0]):
        with pytest.raises(OnrecordError, match="one report"):
            ledger.split(other, **BY)
    undo = ledger.undo(split.id, **BY)
    retract = ledger.retract(row.members[1], **BY)
    [taken] = ledger.redact(row.documents[0], **BY)
    for decide, told in (
        (lambda: ledger.undo(split.id, **BY), undo.id),
        (lambda: ledger.undo(taken.id, **BY), "Record the document again"),
        (lambda: ledger.accept(row.members[1], by="A. Clerk"), retract.id),
    ):
        with pytest.raises(OnrecordError) as caught:
            decide()
        assert told in caught.value.problem.remedy


def test_records_of_one_actor_are_merged(fresh: Fresh) -> None:
    ledger = fresh()
    for one in compile_documents(claimed()):
        ledger.record(one.coded)
    first, second = (one.id for one in ledger.actors())
    ledger.merge(first, second, **BY)
    assert len(ledger.actors()) == 1
