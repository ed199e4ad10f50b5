"""A takedown removes words and leaves the record of itself; nothing else may go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from onrecord.ledger import Ledger
from tests.ledger.authoring import compile_documents, load

DOCUMENTS = [one.coded for one in load(Path(__file__).parent / "acid" / "03_threat" / "documents.yaml")]
Fresh = Callable[[], Ledger]


@pytest.fixture
def ledger(fresh: Fresh) -> Ledger:
    made = fresh()
    list(made.record_many((coded, None) for coded in DOCUMENTS))
    return made


def stored(ledger: Ledger) -> str:
    """Everything that the store holds, in every column of every table."""
    told: list[str] = []
    with ledger.store.reading() as connection:
        for table in ("statement", "entry", "touch", "meta", "redaction"):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                told += [str(value) for value in row]
        told += [bytes(one).decode() for one in connection.exec_driver_sql("SELECT data FROM blob").scalars()]
    return "\n".join(told)


def test_the_text_is_gone_and_the_ledger_holds(ledger: Ledger) -> None:
    document = DOCUMENTS[0].document
    before = ledger.content_hash()
    [decision] = ledger.redact(document.id, by="A. Counsel", reason="court order 7")
    assert "not necessarily symmetrical" not in stored(ledger).replace('"not necessarily symmetrical"', "")
    found = ledger.verify()
    assert found.ok and found.redacted == (document.id,)
    assert ledger.verify_log() == []
    assert decision in ledger.decisions() and ledger.content_hash() != before
    row = next(one for one in ledger.events() if one.documents == (document.id,))
    assert set(row.evidence[0].words) == {"█"}


def test_a_name_goes_from_text_and_records(ledger: Ledger) -> None:
    assert "Slutsky" in stored(ledger)
    claim = next(one for one in ledger.claims() if str(one.holder) == "Leonid Slutsky")
    ledger.accept(claim.id, by="A. Clerk", reason="Leonid Slutsky said so")
    ledger.search("adequate")
    ledger.redact(name="Leonid Slutsky", by="A. Counsel", reason="a request that was granted")
    assert "slutsky" not in stored(ledger).casefold(), "holders, relays, decisions and index keys included"
    assert ledger.search("adequate") == [] and ledger.rebuild().same
    assert ledger.verify().ok and ledger.verify_log() == []
    assert "[redacted]" in {one.name for one in ledger.actors()}


def test_an_attempt_stays_one_without_its_words(fresh: Fresh) -> None:
    ledger = fresh()
    written = {
        "document": "page", "outlet": "Example Daily", "published": "2022-03-02",
        "text": "Men of the unit failed to seize the ship. In May they tried to sink it.",
        "actors": {"u": {"name": "Unit 77", "kind": "unit", "code": "RUS"}},
        "events": {
            "e1": {"type": "COERCE", "mode": "seize", "actors": ["u"], "trigger": "failed to seize"},
            "e2": {"type": "ASSAULT", "actors": ["u"], "trigger": "sink", "time": "2021-05"},
        },
    }  # fmt: skip
    [one] = compile_documents([written])
    ledger.record(one.coded)
    before = ledger.deeds("RUS")
    assert len(before.attempts) == 1 and len(before.done) == 1
    ledger.redact(one.coded.document.id, by="A. Counsel", reason="court order 8")
    after = ledger.deeds("RUS")
    assert [row.id for row in after.attempts] == [row.id for row in before.attempts]
    assert [row.id for row in after.done] == [row.id for row in before.done]
    assert ledger.verify().ok and ledger.verify_log() == [] and ledger.rebuild().same


def test_a_title_goes_with_the_text(fresh: Fresh) -> None:
    coded = DOCUMENTS[0].model_copy(deep=True)
    coded.document.title = "A headline of nine words that nobody should keep"
    ledger = fresh()
    ledger.record(coded)
    ledger.redact(coded.document.id, by="A. Counsel", reason="court order 7")
    assert "headline" not in stored(ledger)
    assert ledger.show(coded.document.id).record["title"] == "[redacted]"
    assert ledger.verify().ok and ledger.verify_log() == []


def test_nothing_else_may_go(ledger: Ledger) -> None:
    ledger.redact(DOCUMENTS[0].document.id, by="A. Counsel", reason="court order 7")
    other = DOCUMENTS[1].document
    for sql in (
        f"DELETE FROM blob WHERE sha256 = '{other.snapshot.sha256}'",
        f"UPDATE statement SET words = NULL WHERE document = '{other.id}' AND words IS NOT NULL",
        f"UPDATE statement SET value = '1', words = NULL WHERE document = '{DOCUMENTS[0].document.id}'",
        f"UPDATE statement SET holder = NULL WHERE document = '{DOCUMENTS[0].document.id}' AND holder IS NOT NULL",
        f"UPDATE statement SET recorded = 0, words = NULL WHERE document = '{DOCUMENTS[0].document.id}'",
        "DELETE FROM redaction",
    ):
        with pytest.raises(DBAPIError, match="append-only"), ledger.store.engine.begin() as connection:
            connection.exec_driver_sql(sql)
