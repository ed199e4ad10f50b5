"""Verification fails closed: one character anywhere, one row altered, added or removed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ledger import Ledger
from onrecord.ledger.log import GENESIS
from tests.ledger.authoring import load
from tests.ledger.tamper import behind_its_back

DOCUMENTS = [one.coded for one in load(Path(__file__).parent / "cases" / "sample.yaml")]
Fresh = Callable[[], Ledger]


def filled(fresh: Fresh) -> Ledger:
    ledger = fresh()
    list(ledger.record_many((coded, None) for coded in DOCUMENTS))
    return ledger


def test_an_untouched_ledger_verifies(fresh: Fresh) -> None:
    ledger = filled(fresh)
    found = ledger.verify()
    assert found.ok and found.documents == len(DOCUMENTS) and found.spans > 100
    assert ledger.verify_log(ledger.head()) == []


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_one_character_changed_anywhere_is_found(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "l.sqlite") as ledger:
        coded = data.draw(st.sampled_from(DOCUMENTS))
        ledger.record(coded)
        text = coded.document.text
        place = data.draw(st.integers(0, len(text) - 1))
        other = data.draw(st.characters(codec="utf-8").filter(lambda c: c != text[place]))
        altered = (text[:place] + other + text[place + 1 :]).encode()
        behind_its_back(
            ledger, "UPDATE blob SET data = ? WHERE sha256 = ?", altered, coded.document.snapshot.sha256
        )
        found = ledger.verify()
        assert not found.ok
        assert {fault.document for fault in found.faults} == {coded.document.id}
        inside = [e.trigger for e in coded.events if e.trigger[0] <= place < e.trigger[1]]
        named = {fault.span for fault in found.faults}
        assert set(inside) <= named, "the spans that the change lies in are named"
        assert all(span is None or span[0] <= place < span[1] for span in named)


def test_a_lookalike_elsewhere_does_not_help(fresh: Fresh) -> None:
    ledger = filled(fresh)
    coded = DOCUMENTS[2]
    moved = ("Yes. " + coded.document.text).encode()
    behind_its_back(
        ledger, "UPDATE blob SET data = ? WHERE sha256 = ?", moved, coded.document.snapshot.sha256
    )
    faults = ledger.verify().faults
    assert coded.events[0].trigger in {fault.span for fault in faults}


def test_a_snapshot_that_is_gone_is_named(fresh: Fresh) -> None:
    ledger = filled(fresh)
    behind_its_back(ledger, "DELETE FROM blob WHERE sha256 = ?", DOCUMENTS[1].document.snapshot.sha256)
    [fault] = ledger.verify().faults
    assert fault.document == DOCUMENTS[1].document.id and "not in the store" in fault.reason


ALTERATIONS = [
    (
        "altered",
        "UPDATE statement SET value = '\"AGREE\"' WHERE property = 'type' AND seq = "
        "(SELECT min(seq) FROM statement WHERE property = 'type')",
    ),
    ("altered", "UPDATE statement SET recorded = recorded - 1 WHERE seq = 3"),
    (
        "altered",
        "UPDATE statement SET words = 'x' WHERE seq = "
        "(SELECT min(seq) FROM statement WHERE words IS NOT NULL)",
    ),
    ("removed", "DELETE FROM statement WHERE seq = 5"),
    (
        "added",
        "INSERT INTO statement SELECT seq + 100000, id || 'x', subject, kind, property, value, words, document,"
        " span_start, span_end, words_hash, holder, relay, polarity, certainty, valid_from, valid_to, recorded,"
        " author, coding, retracts FROM statement WHERE seq = 2",
    ),
    ("entry", "UPDATE entry SET author = 'somebody else' WHERE number = 2"),
    ("entry", "DELETE FROM entry WHERE number = 1"),
]


@pytest.mark.parametrize(("kind", "sql"), ALTERATIONS)
def test_the_chain_names_what_was_done_to_it(fresh: Fresh, kind: str, sql: str) -> None:
    ledger = filled(fresh)
    behind_its_back(ledger, sql)
    assert kind in {found.kind for found in ledger.verify_log()}


def test_a_chain_cut_short_is_seen_from_a_head_kept_elsewhere(fresh: Fresh) -> None:
    ledger = filled(fresh)
    head = ledger.head()
    behind_its_back(ledger, "DELETE FROM statement WHERE seq >= (SELECT first FROM entry WHERE number = 3)")
    behind_its_back(ledger, "DELETE FROM entry WHERE number = 3")
    assert ledger.verify_log() == []
    [found] = ledger.verify_log(head)
    assert found.kind == "head" and "entry 3" in found.where


def test_a_chain_written_anew_is_seen_from_a_head_kept_elsewhere(fresh: Fresh) -> None:
    kept = filled(fresh).head()
    forged = fresh()
    for coded in reversed(DOCUMENTS):
        forged.record(coded)
    assert forged.verify_log() == []
    assert {found.kind for found in forged.verify_log(kept)} == {"head"}
    assert fresh().verify_log({"number": 0, "head": GENESIS}) == []
