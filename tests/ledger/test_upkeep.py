"""What is derived can be made anew; a copy is the ledger, on either store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.ledger import Ledger
from onrecord.model.problems import OnrecordError
from onrecord.web.users import add, holder
from onrecord.web.users import users as users_of
from tests.ledger.authoring import load
from tests.ledger.tamper import behind_its_back

WRITTEN = load(Path(__file__).parent / "acid" / "03_threat" / "documents.yaml")


@pytest.fixture
def ledger(fresh: Callable[[], Ledger]) -> Ledger:
    made = fresh()
    for one in WRITTEN:
        made.record(one.coded, recorded_at=one.recorded)
    made.accept(made.events()[0].id, by="A. Clerk", reason="checked", at="2021-12-01")
    return made


def test_the_index_is_a_function_of_the_statements(ledger: Ledger) -> None:
    assert ledger.rebuild().same
    behind_its_back(ledger, "DELETE FROM touch WHERE number = ?", 2)
    page = WRITTEN[1].coded.document.id
    rebuilt = ledger.rebuild()
    assert not rebuilt.same and ledger.rebuild().same
    assert ledger.show(page).related


def test_a_backup_has_people_only_if_asked_for(
    ledger: Ledger, address: Callable[[], str], tmp_path: Path
) -> None:
    token = add(ledger.store, "B. Head")
    ledger.settle()
    for where, users in ((address(), False), (str(tmp_path / "with.sqlite"), True)):
        ledger.backup(where, users)
        with Ledger.open(where, create=False) as copy:
            assert copy.signers() == (["B. Head"] if users else [])
            assert (holder(users_of(copy.store), token) is not None) == users
            assert copy.settle().documents == 0, "what has been settled is not looked at again"
            assert copy.head() == ledger.head() and copy.verify_log(ledger.head()) == []


def test_a_backup_is_the_ledger(ledger: Ledger, address: Callable[[], str], tmp_path: Path) -> None:
    for where in (address(), str(tmp_path / "copy.sqlite")):
        assert ledger.backup(where) == 5
        with Ledger.open(where, create=False) as copy:
            assert copy.head() == ledger.head() and copy.content_hash() == ledger.content_hash()
            assert copy.verify().ok and copy.verify_log(ledger.head()) == []
            assert copy.events() == ledger.events() and copy.expectations() == ledger.expectations()
            copy.record(load(Path(__file__).parent / "cases" / "sample.yaml")[2].coded)
        with pytest.raises(OnrecordError) as caught:
            ledger.backup(where)
        assert caught.value.problem.code == "not-empty"
