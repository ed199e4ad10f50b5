"""The demo keeps its promises: something contested, a balance closed with its reason, a replay as known at."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.ledger import Ledger


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def told(folder: Path) -> str:
    done = CliRunner().invoke(app, ["demo", "--dir", str(folder)])
    assert done.exit_code == 0, done.stderr
    return " ".join(done.stdout.split())


PROMISES = [
    "contested, no winner picked, as the ledger finds by itself: for it, 2021-10-06: sources: “said … the decision",
    "against it, 2021-10-07: Jens Stoltenberg: “said … the decision was not linked … any particular event”",
    "contested, no winner picked, of reports that a person joined:",
    "as known at 2021-04-17: not contested",
    "as known at 2021-10-06: 2 unexplained (ceiling 20 → 10, 8 removed)",
    "closed by what became known on 2021-10-07",
    "on the motive, as known at 2021-10-06:",
    "0 differ",
]


@pytest.mark.parametrize("promise", PROMISES)
def test_the_demo_shows(told: str, promise: str) -> None:
    assert promise in told


def test_the_ledger_of_the_demo_holds(told: str, folder: Path) -> None:
    assert told
    with Ledger.open(folder / "ledger.sqlite", create=False) as ledger:
        assert ledger.verify_log() == []
        assert all(one.by == "Demo Desk" for one in ledger.decisions()) and ledger.decisions()
        titles = {doc.id: doc.document.title for doc in ledger.world().docs.values()}
        newer = {doc.id: doc.supersedes for doc in ledger.world().docs.values() if doc.supersedes}
        assert [titles[one] for one in newer] == ["NATO expels eight members of Russian mission"]
        assert [titles[one] for one in newer.values()] == ["NATO expels eight members of Russian mission"]
        assert any(one.id for row in ledger.events() for one in row.merges)
