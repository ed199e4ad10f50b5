"""Ten bundled reports in our own words over real facts, coded and put on record in a fresh ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

REPORTS = Path(__file__).parent / "reports"


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo's ledger and its coded documents are, and how much went in."""

    ledger: Path
    coded: Path
    documents: int
    statements: int


def run(folder: Path) -> Demo:
    """Code the bundled reports and record them in a fresh ledger under ``folder``.

    An earlier demo's files in ``folder`` are replaced. Each report is recorded as on the day it was published
    (the record says that this time was given), so that views can be asked what was known by then.
    """
    from onrecord.coding.coder import Coder
    from onrecord.intake import read_path
    from onrecord.ledger import Ledger
    from onrecord.model.problems import OnrecordError, Problem

    folder.mkdir(parents=True, exist_ok=True)
    ledger, coded_file = folder / "ledger.sqlite", folder / "coded.jsonl"
    for old in (coded_file, *folder.glob("ledger.sqlite*")):
        old.unlink(missing_ok=True)
    coder = Coder(threads=2)
    coded = []
    for path in sorted(REPORTS.iterdir()):
        for item in read_path(str(path)):
            if isinstance(item, Problem):
                raise OnrecordError(item.code, item.what, item.remedy, item.where)
            coded.append((coder.code(item), item.snapshot))
    coded.sort(key=lambda pair: (pair[0].document.published is None, _day(pair[0].document.published)))
    coded_file.write_text("".join(one.to_json() + "\n" for one, _ in coded), encoding="utf-8")
    statements = 0
    with Ledger.open(ledger) as opened:
        for one, snapshot in coded:
            recorded = _day(one.document.published) + "T20:00:00Z"
            statements += opened.record(one, snapshot, recorded_at=recorded).statements
        _decide(opened)
    return Demo(ledger, coded_file, len(coded), statements)


def _decide(ledger: Ledger) -> None:
    """What a person at a desk would settle: one report accuses and another denies, neither gives the day, and so the
    machine keeps them apart."""
    blasts = ledger.events(type="ASSAULT")
    accused = [
        one
        for one in blasts
        if any(v.stance == "accuses" and v.holder and not v.holder.anonymous for v in one.voices)
    ]
    denied = [one for one in blasts if any(voice.stance == "denies" for voice in one.voices)]
    for one, other in zip(accused[:1], denied[:1], strict=False):
        if one.id != other.id:
            ledger.merge(
                one.id, other.id, by="Demo Desk", at="2021-04-18T21:00:00Z",
                reason="both are about the explosion at the depot in Vrbetice",
            )  # fmt: skip
    ledger.settle(at="2022-01-13T08:00:00Z")


def _day(published: object) -> str:
    return str(getattr(published, "value", "2021-10-06"))[:10]
