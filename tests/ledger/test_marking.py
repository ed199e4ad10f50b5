"""A document's marking limits what may be shown: with a limit, nothing leads to it, on either store."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.ledger import document
from onrecord.cli.app import app
from onrecord.ledger import Ledger
from onrecord.ledger.brief import check
from onrecord.ledger.rows import to_dict
from onrecord.model.marking import limit, rank
from onrecord.model.problems import OnrecordError

Address = Callable[[], str]


def marked(where: str) -> tuple[str, str]:
    """A ledger of an open report and a marked one of the same deed; the ids of both documents."""
    open_one, closed = (document(number, "AKS", "BLT", "2021-10-06", 8) for number in (1, 2))
    closed.document.marking = "TLP:AMBER"
    with Ledger.open(where) as ledger:
        for coded in (open_one, closed):
            ledger.record(coded, recorded_at="2021-10-07")
        claim = next(one for one in ledger.claims() if closed.document.id in one.documents)
        closed_claim = next(one for one in claim.members if ledger.show(one).document == closed.document.id)
        ledger.accept(closed_claim, by="A. Clerk", reason="read in the closed report", at="2021-10-08")
        ledger.settle(at="2021-10-09")
    return open_one.document.id, closed.document.id


def test_no_view_uses_a_document_that_is_marked_stricter(address: Address) -> None:
    where = address()
    open_one, closed = marked(where)
    views = (
        "events",
        "claims",
        "missions",
        "timeline",
        "propositions",
        "actors",
        "expectations",
        "queue",
        "links",
    )
    with Ledger.open(where, allowed="TLP:GREEN") as ledger:
        assert ledger.withheld() == {closed: "TLP:AMBER"}
        for view in views:
            told = json.dumps(to_dict(getattr(ledger, view)()))
            assert closed not in told and "closed report" not in told, view
        assert [hit.document for hit in ledger.search("expelled")] == [open_one] * len(
            ledger.search("expelled")
        )
        assert ledger.decisions() == [] and ledger.merges() == []
        with pytest.raises(OnrecordError, match="no record"):
            ledger.show(closed)
        assert open_one in ledger.brief("AKS>BLT").texts and closed not in ledger.brief("AKS>BLT").texts
    for allowed in ("tlp:amber", None):
        with Ledger.open(where, allowed=allowed) as ledger:
            assert ledger.withheld() == {} and closed in ledger.events()[0].documents
            assert closed in {hit.document for hit in ledger.search("expelled", limit=20)}
            assert len(ledger.decisions()) == 1 and ledger.merges()


def test_a_limit_gives_as_many_hits_as_are_open(address: Address) -> None:
    where = address()
    with Ledger.open(where) as ledger:
        for number in range(12):
            coded = document(number, "AKS", "BLT", "2021-10-06", 8)
            coded.document.marking = "TLP:RED" if number % 4 else None
            ledger.record(coded)
    with Ledger.open(where, allowed="TLP:CLEAR") as ledger:
        assert len({hit.document for hit in ledger.search("expelled", limit=50)}) == 3
        assert len(ledger.search("expelled", limit=2)) == 2


def test_a_brief_is_marked_as_strictly_as_anything_in_it(address: Address) -> None:
    where = address()
    _, closed = marked(where)
    with Ledger.open(where) as ledger:
        with pytest.raises(OnrecordError) as caught:
            ledger.brief("AKS>BLT")
        assert caught.value.problem.code == "marked"
        brief = ledger.brief("AKS>BLT", allowed="TLP:AMBER")
        assert closed in brief.texts and brief.marking == "TLP:AMBER"
        assert "TLP:AMBER" in brief.html() and "\nTLP:AMBER\n" in brief.markdown()
        with ledger.store.reading():
            assert ledger.verify_brief(brief.markdown()) == []
        assert check(brief.markdown(), lambda name: None)


ORDER = [None, "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED", "a ministry's own mark"]


def test_markings_are_ordered_and_unknown_ones_are_strictest() -> None:
    ranks = [rank(one) for one in ORDER]
    assert ranks == sorted(ranks) and rank("tlp:white") == rank(" TLP:CLEAR ") == 0
    assert limit("tlp:white") == "TLP:CLEAR"
    for wrong in ("", "GREENISH"):
        with pytest.raises(OnrecordError) as caught:
            limit(wrong)
        assert caught.value.problem.code == "bad-marking"


def test_an_export_leaves_out_what_is_marked_and_says_so(tmp_path: Path) -> None:
    where = str(tmp_path / "a.sqlite")
    open_one, closed = marked(where)
    done = CliRunner().invoke(app, ["export", "jsonl", "--ledger", where])
    assert done.exit_code == 0 and open_one in done.stdout and closed not in done.stdout
    assert "left out: 1 documents marked stricter than TLP:GREEN" in done.stderr
    done = CliRunner().invoke(app, ["export", "jsonl", "--ledger", where, "--marking", "TLP:AMBER"])
    assert closed in done.stdout and "left out: 1" not in done.stderr
