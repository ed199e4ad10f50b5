"""Recording: round trip, idempotence, order, interruption, and what the store itself refuses."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from onrecord.ledger import Ledger
from onrecord.ledger.assemble import assemble
from onrecord.ledger.decompose import decompose
from onrecord.ledger.statements import Statement
from onrecord.model.ids import sha256
from onrecord.model.problems import OnrecordError, Problem
from onrecord.model.records import CodedDocument
from tests.ledger.authoring import compile_documents, load

SAMPLE = Path(__file__).parent / "cases" / "sample.yaml"
DOCUMENTS = [one.coded for one in load(SAMPLE)]
Fresh = Callable[[], Ledger]


def test_every_statement_is_put_together_again() -> None:
    def told(rows: list[Statement]) -> list[tuple[str, str, str, str]]:
        return [(row.subject, row.kind, row.property, row.value) for row in rows]

    for coded in DOCUMENTS:
        taken = decompose(coded, 0)

        def text(name: str, length: int, words: str = coded.document.text) -> str:
            assert (name, length) == (sha256(words.encode()), len(words))
            return words

        again, local = assemble(told(taken.rows), text)
        twice, _ = assemble(told(decompose(again, 0).rows), text)
        assert _renamed(coded, local) == _plain(again)
        assert _plain(twice) == _plain(again), "record ids survive a second recording"


def _plain(coded: CodedDocument) -> object:
    return json.loads(json.dumps(coded.to_dict(), sort_keys=True))


def _renamed(coded: CodedDocument, local: dict[str, str]) -> object:
    references = {
        "holder",
        "addressee",
        "event",
        "claim",
        "actor",
        "target",
        "ref",
        "from",
        "to",
        "id",
        "actors",
        "recipients",
        "claims",
        "relay",
        "about",
    }

    def rename(value: object, key: str) -> object:
        if isinstance(value, dict):
            inside = {name: rename(item, name) for name, item in value.items()}
            return value if set(value) == {"document", "id"} else inside
        if isinstance(value, list):
            return [rename(item, key) for item in value]
        if isinstance(value, str) and key in references:
            return local.get(value, value)
        if isinstance(value, str) and key == "inferred":
            head, _, tail = value.partition(".")
            return f"{local[head]}.{tail}" if head in local else value
        return value

    return {key: rename(value, key) if key != "document" else value for key, value in _plain(coded).items()}  # type: ignore[attr-defined]


def test_a_second_recording_changes_nothing(fresh: Fresh) -> None:
    ledger = fresh()
    first = [ledger.record(coded) for coded in DOCUMENTS]
    before = (ledger.content_hash(), ledger.head(), ledger.counts())
    again = [ledger.record(coded) for coded in DOCUMENTS]
    assert all(one.new for one in first) and not any(one.new for one in again)
    assert (ledger.content_hash(), ledger.head(), ledger.counts()) == before


def test_order_repetition_and_batches_do_not_matter(fresh: Fresh) -> None:
    straight = fresh()
    list(straight.record_many((coded, None) for coded in DOCUMENTS))
    for seed in range(3):
        shuffled = DOCUMENTS * 2
        random.Random(seed).shuffle(shuffled)
        other = fresh()
        cut = seed + 1
        list(other.record_many((coded, None) for coded in shuffled[:cut]))
        list(other.record_many((coded, None) for coded in shuffled[cut:]))
        assert other.content_hash() == straight.content_hash()
        assert other.counts() == straight.counts()


@given(order=st.lists(st.integers(0, 2), min_size=3, max_size=9))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_that_holds_all_documents_gives_one_content(order: list[int]) -> None:
    order = [*order, 0, 1, 2]
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "a.sqlite") as one,
        Ledger.open(Path(folder) / "b.sqlite") as two,
    ):
        for number in order:
            one.record(DOCUMENTS[number])
        list(two.record_many((coded, None) for coded in DOCUMENTS))
        assert one.content_hash() == two.content_hash()


def test_the_time_of_an_archive_is_given_and_leaves_the_content(fresh: Fresh) -> None:
    one, two = fresh(), fresh()
    one.record(DOCUMENTS[0], recorded_at="2021-10-06T19:00:00Z")
    two.record(DOCUMENTS[0])
    assert one.content_hash() == two.content_hash()
    assert one.events(known_at="2021-10-06T18:59:59Z") == []
    assert len(one.events(known_at="2021-10-06T19:00:00Z")) == len(two.events())


def test_recoding_supersedes_the_older_coding_of_the_same_kind(fresh: Fresh) -> None:
    ledger = fresh()
    old = DOCUMENTS[2].model_copy(deep=True)
    old.coded_by.kind, old.coded_by.name, old.coded_by.at = "model", "reader-1", "2021-10-08T00:00:00Z"
    new = old.model_copy(deep=True)
    new.coded_by.name, new.coded_by.at = "reader-2", "2021-10-09T00:00:00Z"
    new.events[0].type = "AGREE"
    for coded in (new, old):
        ledger.record(coded, recorded_at="2021-10-10T00:00:00Z" if coded is new else "2021-10-08T01:00:00Z")
    assert [one.type for one in ledger.events()] == ["AGREE"]
    assert [one.type for one in ledger.events(known_at="2021-10-09T00:00:00Z")] == ["CONSULT"]
    again = old.model_copy(deep=True)
    again.coded_by.at = "2021-10-11T00:00:00Z"
    assert ledger.record(again).statements == 1
    assert [one.type for one in ledger.events()] == ["CONSULT"]
    assert ledger.events()[0].id == ledger.events(known_at="2021-10-10T00:00:00Z")[0].id


def test_a_person_stands_before_a_model_at_the_same_words(fresh: Fresh) -> None:
    machine = DOCUMENTS[2].model_copy(deep=True)
    machine.coded_by.kind, machine.coded_by.name = "model", "reader-1"
    other = machine.events[0].model_copy(deep=True)
    other.id, other.trigger = "e9", (0, 7)
    machine.events.append(other)
    person = DOCUMENTS[2].model_copy(deep=True)
    person.events[0].type = "COOPERATE"
    person.events[0].trigger = (person.events[0].trigger[0], person.events[0].trigger[1] + 3)
    ledger = fresh()
    for coded in (person, machine):
        ledger.record(coded)
    assert sorted(one.type for one in ledger.events()) == ["CONSULT", "COOPERATE"]
    assert {one.evidence[0].words for one in ledger.events()} == {"Belgium", "met Lu"}


def test_the_store_refuses_changes(fresh: Fresh) -> None:
    ledger = fresh()
    ledger.record(DOCUMENTS[0])
    for sql in (
        "UPDATE statement SET value = 'x'",
        "DELETE FROM statement",
        "UPDATE entry SET author = 'x'",
        "DELETE FROM entry",
        "DELETE FROM blob",
        "UPDATE blob SET data = data",
    ):
        with pytest.raises(DBAPIError, match="append-only"), ledger.store.engine.begin() as connection:
            connection.exec_driver_sql(sql)


BAD = [
    ("bad-snapshot", lambda c: setattr(c.document.snapshot, "sha256", "0" * 64)),
    ("bad-snapshot", lambda c: setattr(c.document.snapshot, "media_type", "text/html")),
    ("bad-reference", lambda c: setattr(c.events[0], "actors", ["nobody"])),
    ("bad-span", lambda c: setattr(c.events[0], "trigger", (0, 10_000))),
]


@pytest.mark.parametrize(("code", "spoil"), BAD)
def test_what_cannot_be_recorded_is_named(
    fresh: Fresh, code: str, spoil: Callable[[CodedDocument], None]
) -> None:
    coded = DOCUMENTS[2].model_copy(deep=True)
    spoil(coded)
    ledger = fresh()
    with pytest.raises(OnrecordError) as caught:
        ledger.record(coded)
    assert caught.value.problem.code == code and caught.value.problem.where == coded.document.id
    assert ledger.counts()["statements"] == 0


def test_a_bad_document_is_a_problem_in_its_turn_and_the_others_are_kept(fresh: Fresh) -> None:
    bad = DOCUMENTS[1].model_copy(deep=True)
    bad.document.snapshot.sha256 = "0" * 64
    ledger = fresh()
    outcomes = list(ledger.record_many((coded, None) for coded in (DOCUMENTS[0], bad, DOCUMENTS[2])))
    assert [isinstance(outcome, Problem) for outcome in outcomes] == [False, True, False]
    assert ledger.counts()["documents"] == 2


def test_html_comes_with_its_bytes(fresh: Fresh) -> None:
    page = b"<p>Belgium met\n<b>Luxembourg</b></p>"
    [written] = compile_documents([{"document": "p", "text": "Belgium met\nLuxembourg"}])
    coded = written.coded
    coded.document.snapshot.sha256 = sha256(page)
    coded.document.snapshot.media_type = "text/html"
    coded.document.snapshot.map = [(0, 3, 12), (12, 18, 10)]
    ledger = fresh()
    assert ledger.record(coded, page).new
    assert ledger.verify().ok
    coded.document.snapshot.map = [(0, 4, 12)]
    with pytest.raises(OnrecordError, match="not what the snapshot says"):
        ledger.record(coded, page)


KILLED = """
import os, sys, threading, time, random
from pathlib import Path
from onrecord.ledger import Ledger
from tests.ledger.authoring import load
documents = [one.coded for one in load(Path(sys.argv[2]))]
ledger = Ledger.open(sys.argv[1])
print("ready", flush=True)
for round in range(15):
    for coded in documents:
        other = coded.model_copy(deep=True)
        other.document.id = f"sha256:{round}-{coded.document.external_id}"
        ledger.record(other)
"""


def test_killed_at_any_point_and_run_again_it_is_one_clean_run(address: Callable[[], str]) -> None:
    where, clean = address(), address()
    dice = random.Random(7)
    command = [sys.executable, "-c", KILLED]
    for _ in range(3):
        process = subprocess.Popen([*command, where, str(SAMPLE)], stdout=subprocess.PIPE, cwd=Path.cwd())
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(dice.uniform(0.02, 0.3))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with Ledger.open(where) as ledger:
            assert ledger.verify_log() == []
            assert ledger.verify().ok
    subprocess.run([*command, where, str(SAMPLE)], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*command, clean, str(SAMPLE)], check=True, stdout=subprocess.DEVNULL)
    with Ledger.open(where) as one, Ledger.open(clean) as two:
        assert one.content_hash() == two.content_hash()
        assert one.counts() == two.counts()
