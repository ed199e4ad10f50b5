"""A small record, and the ways to ask its views."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.ledger import Ledger
from tests.ledger.authoring import load

RECORD = Path(__file__).parents[1] / "web" / "record.yaml"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("charts") / "ledger.sqlite") as opened:
        for one in load(RECORD):
            opened.record(one.coded, recorded_at=one.recorded)
        yield opened


@pytest.fixture
def ask(ledger: Ledger) -> Any:
    return lambda view, *args, **params: getattr(ledger, view)(*args, **params)
