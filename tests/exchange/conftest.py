"""One small ledger for all exports: deeds, and everything that must never be taken for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.exchange import Picture, take
from onrecord.ledger import Ledger
from tests.ledger.authoring import load


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("exchange") / "ledger.sqlite"
    with Ledger.open(where) as ledger:
        for one in load(Path(__file__).with_name("record.yaml")):
            ledger.record(one.coded, recorded_at=one.recorded)
    return where


@pytest.fixture(scope="session")
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path, create=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def picture(ledger: Ledger) -> Picture:
    return take(ledger)
