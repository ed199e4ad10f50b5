"""A ledger of every schema version there has been, as it was stored then, opens after an upgrade and says the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from onrecord.ledger import Ledger, upgrades
from onrecord.ledger.tables import SCHEMA_VERSION
from onrecord.model.problems import OnrecordError
from tests.ledger.stored import SCHEMAS, kept, restore

VERSIONS = sorted(upgrades.STEPS)


@pytest.fixture(params=[version - 1 for version in VERSIONS])
def old(request: pytest.FixtureRequest, address: Callable[[], str]) -> str:
    """The address of a ledger of an older version, on each store."""
    where = address()
    restore(kept(request.param), where)
    return where


def test_every_version_has_a_step_and_a_kept_ledger() -> None:
    assert list(range(2, SCHEMA_VERSION + 1)) == VERSIONS
    for version in VERSIONS:
        [told] = [row["value"] for row in kept(version - 1)["rows"]["meta"] if row["name"] == "schema"]
        assert told == str(version - 1)


def test_an_older_ledger_is_refused_until_it_is_upgraded(old: str) -> None:
    with pytest.raises(OnrecordError) as caught:
        Ledger.open(old)
    assert caught.value.problem.code == "ledger-older"
    assert "onrecord upgrade" in caught.value.problem.remedy
    assert len(Ledger.upgrade(old)) >= 1
    assert Ledger.upgrade(old) == []
    with Ledger.open(old, create=False) as ledger:
        assert ledger.verify().ok and ledger.verify_log() == []
        assert ledger.rebuild().same


def test_an_upgraded_ledger_says_what_it_said(old: str) -> None:
    said = json.loads((SCHEMAS / "1.said.json").read_text("utf-8"))
    Ledger.upgrade(old)
    with Ledger.open(old, create=False) as ledger:
        assert [(one.id, one.label, one.when and one.when.edtf) for one in ledger.events()] == [
            (one["id"], one["label"], one["when"]) for one in said["events"]
        ]
        for row, before in zip(ledger.events(), said["events"], strict=True):
            assert list(row.members) == before["members"] and list(row.documents) == before["documents"]
            assert [one.words for one in row.evidence] == before["words"]
            assert ledger.show(row.id).row == row
        claims = [(one.id, str(one.holder), one.status, list(one.content)) for one in ledger.claims()]
        assert claims == [tuple(one.values()) for one in said["claims"]]
        kinds = [one.kind for one in ledger.decisions()]
        assert kinds == ["accept", "merge", "undo", "correct", "redact", "redact"]


def test_takedowns_of_version_1_reach_what_they_left(address: Callable[[], str]) -> None:
    old = address()
    restore(kept(1), old)
    Ledger.upgrade(old)
    with Ledger.open(old, create=False) as ledger:
        assert "slutsky" not in everything(ledger).casefold()
        assert len(ledger.verify().redacted) == 2


def everything(ledger: Ledger) -> str:
    """Every value of every row."""
    told: list[str] = []
    with ledger.store.reading() as connection:
        for table in ("statement", "entry", "touch", "meta", "redaction"):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                told += [str(value) for value in row]
        told += [bytes(one).decode() for one in connection.exec_driver_sql("SELECT data FROM blob").scalars()]
    return "\n".join(told)


def test_an_upgraded_store_is_made_as_a_fresh_one(old: str, address: Callable[[], str]) -> None:
    Ledger.upgrade(old)
    fresh = address()
    with Ledger.open(old) as one, Ledger.open(fresh) as two:
        assert made(one) == made(two)


def made(ledger: Ledger) -> set[Any]:
    """The names and definitions of all that a store is made of."""
    with ledger.store.reading() as connection:
        if ledger.store.sqlite:
            told = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master")
            return {(kind, name, " ".join((sql or "").split())) for kind, name, sql in told}
        columns = connection.exec_driver_sql(
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
            "WHERE table_schema = current_schema()"
        )
        indexes = connection.exec_driver_sql(
            "SELECT indexname, regexp_replace(indexdef, 'ledger_[0-9]+', '', 'g') FROM pg_indexes "
            "WHERE schemaname = current_schema()"
        )
        triggers = connection.exec_driver_sql(
            "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "JOIN pg_namespace ON pg_namespace.oid = pronamespace WHERE nspname = current_schema()"
        )
        return {tuple(row) for part in (columns, indexes, triggers) for row in part}


def test_an_upgrade_that_fails_never_began(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: Connection) -> None:
        connection.exec_driver_sql("DELETE FROM touch")
        raise OSError("the power went")

    last = max(upgrades.STEPS)
    monkeypatch.setitem(upgrades.STEPS, last, (upgrades.STEPS[last][0], broken))
    with pytest.raises(OSError, match="power"):
        Ledger.upgrade(old)
    with pytest.raises(OnrecordError) as caught:
        Ledger.open(old)
    assert caught.value.problem.code == "ledger-older"
    monkeypatch.undo()
    Ledger.upgrade(old)
    with Ledger.open(old) as ledger:
        assert ledger.verify_log() == [] and ledger.events()


def test_a_newer_ledger_is_left_alone(address: Callable[[], str]) -> None:
    where = address()
    with Ledger.open(where) as ledger, ledger.store.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE meta SET value = '{SCHEMA_VERSION + 1}' WHERE name = 'schema'")
    for open_it in (Ledger.open, Ledger.upgrade):
        with pytest.raises(OnrecordError) as caught:
            open_it(where)
        assert caught.value.problem.code == "ledger-newer"
