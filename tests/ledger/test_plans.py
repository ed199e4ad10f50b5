"""What is asked of a few documents is found by their own index: nothing grows with the ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from benchmarks.ledger import documents
from onrecord.ledger import Ledger

MADE = list(documents(8, seed=5))
FIRST = MADE[0]
MISSION = f"{FIRST.acts[0].mission.sending}>{FIRST.acts[0].mission.receiving}"
ASKED: list[tuple[str, Callable[[Ledger], object]]] = [
    ("record", lambda ledger: ledger.record(MADE[-1])),
    ("mission page", lambda ledger: ledger.missions(mission=MISSION)),
    ("page", lambda ledger: ledger.show(FIRST.document.id)),
    ("stream", lambda ledger: next(ledger.each_event())),
    ("first rows", lambda ledger: ledger.events(limit=1, since="2010", until="2010-06")),
]


@pytest.mark.parametrize(("name", "ask"), ASKED)
def test_no_query_reads_all_entries(name: str, ask: Callable[[Ledger], object], tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "plans.sqlite") as ledger:
        list(ledger.record_many((one, None) for one in MADE[:-1]))
        asked: list[tuple[str, Any]] = []

        @event.listens_for(ledger.store.engine, "before_cursor_execute")
        def _keep(_c: Any, _u: Any, statement: str, values: Any, _x: Any, many: bool) -> None:
            if statement.startswith("SELECT") and "FROM entry" in statement and not many:
                asked.append((statement, values))

        ask(ledger)
        told = list(asked)
        assert told
        with ledger.store.reading() as connection:
            for statement, values in told:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
                steps = [row[3] for row in plan]
                by_kind = [one for one in steps if "entry_kind" in one and "document_key" in statement]
                # The stream alone goes through the entries, from where it is.
                assert not by_kind or all("rowid>?" in one for one in by_kind), (statement, steps)
