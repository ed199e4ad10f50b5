"""Series of pairs, and rows as tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ledger import Ledger
from onrecord.ledger.frames import records
from onrecord.model.problems import OnrecordError
from tests.ledger.authoring import load

ACID = Path(__file__).parent / "acid"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger.open(tmp_path / "l.sqlite")
    for folder in ("03_threat", "05_denied_accused"):
        for one in load(ACID / folder / "documents.yaml"):
            made.record(one.coded, recorded_at=one.recorded)
    return made


def test_only_news_that_was_done_is_in_a_series(ledger: Ledger) -> None:
    scores = {"SANCTION": -6.0, "THREATEN": -3.5, "ACCUSE": -3.0}
    rows = ledger.dyads(scale=lambda type, mode: scores.get(type))
    told = [(row.actor, row.recipient, row.month, row.counts, row.mean) for row in rows]
    assert told == [
        ("NATO", "RUS", "2021-10", {"SANCTION": 2}, -6.0),
        ("POL", "RUS", "2021-04", {"SANCTION": 1}, -6.0),
        ("RUS", "NATO", "2021-10", {"SANCTION": 3, "THREATEN": 1}, -5.375),
        ("RUS", "POL", "2021-04", {"SANCTION": 1}, -6.0),
    ]


def test_rows_go_out_as_tables(ledger: Ledger) -> None:
    rows = ledger.events(actor="RUS", type="SANCTION:expel")
    flat = records(rows)
    assert flat[0]["when"] == "2021-04-16" and flat[0]["recipients"] == "POL"
    pytest.importorskip("pyarrow")
    table = rows.to_arrow()
    assert table.num_rows == len(rows) and "standing" in table.column_names


def test_a_missing_package_names_the_extra(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(OnrecordError) as caught:
        ledger.events().to_pandas()
    assert caught.value.problem.code == "missing-extra" and "analytics" in caught.value.problem.remedy
