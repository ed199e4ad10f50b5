"""Ten bundled reports in our own words over real facts, coded and put on record in a fresh ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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
    return Demo(ledger, coded_file, len(coded), statements)


def _day(published: object) -> str:
    return str(getattr(published, "value", "2021-10-06"))[:10]
