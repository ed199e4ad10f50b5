"""One event from many reports: what is worked out once for reports that are alike is what each pair comes to."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from benchmarks.ledger import document, documents
from onrecord.ledger import Ledger
from onrecord.ledger.compare import THRESHOLD, Judge, difference, score, two_of_one_text
from onrecord.ledger.reports import Item, items
from onrecord.model.ids import document_id, sha256
from onrecord.model.records import CodedDocument
from tests.ledger.authoring import compile_documents, load

ACID = Path(__file__).parent / "acid"
Fresh = Callable[[], Ledger]


def every_item(folder: Path, fresh: Callable[[], Ledger]) -> list[Item]:
    ledger = fresh()
    for one in load(folder / "documents.yaml"):
        ledger.record(one.coded, recorded_at=one.recorded)
    return items(ledger.world())


@pytest.mark.parametrize("folder", sorted(ACID.iterdir()), ids=lambda path: path.name)
def test_the_judge_says_of_each_pair_what_the_comparison_says(folder: Path, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "one.sqlite") as ledger:
        found = every_item(folder, lambda: ledger)
    judge = Judge()
    judge.begin(found)
    for one, other in combinations(found, 2):
        told = judge.merge(one, other)
        apart = two_of_one_text(one, other) or difference(one, other) is not None
        probability, reasons = score(one, other)
        assert (told is None) == (apart or probability < THRESHOLD)
        assert told is None or (told.probability, told.reasons) == (round(probability, 4), reasons)
        assert judge.compatible(one.id, other.id) != apart


def rewritten(coded: CodedDocument, number: int) -> CodedDocument:
    """The same report at the end of another text, so that it is no copy."""
    words = " ".join(sha256(f"{number} {place}".encode())[:6] for place in range(90))
    coded.document.text += f" {words}"
    coded.document.snapshot.sha256 = sha256(coded.document.text.encode())
    outlet = coded.document.outlet.name
    coded.document.id = document_id(coded.document.snapshot.sha256, str(number), outlet)
    return coded


@pytest.mark.parametrize("alike", [True, False], ids=["copies", "texts of their own"])
def test_a_crowd_is_one_event_whose_merges_hold_it_together(fresh: Callable[[], Ledger], alike: bool) -> None:
    count = 30
    made = [document(number, "AKS", "BLT", "2021-10-06", 8) for number in range(count)]
    ledger = fresh()
    list(ledger.record_many((one if alike else rewritten(one, n), None) for n, one in enumerate(made)))
    [row] = ledger.events(type="SANCTION:expel")
    assert len(row.documents) == count and len(row.merges) == count - 1
    tied = {row.id}
    for _ in row.merges:
        tied |= {
            end for one in row.merges if {one.first, one.second} & tied for end in (one.first, one.second)
        }
    assert tied == set(row.members)


def test_events_do_not_depend_on_the_order_of_recording(fresh: Callable[[], Ledger]) -> None:
    made = list(documents(60, seed=2))
    one, two = fresh(), fresh()
    list(one.record_many(((coded, None) for coded in made), "2025-01-01"))
    list(two.record_many(((coded, None) for coded in reversed(made)), "2025-01-01"))
    assert one.events() == two.events() and one.missions() == two.missions()


VERSIONS = [
    ({"published": "2021-10-07"}, True),
    ({"published": "2021-10-06"}, False),  # the same day: nothing says which is newer
    ({"published": "2021-10-07", "outlet": "Other Courier"}, False),
    ({"published": "2021-10-07", "title": "Another headline"}, False),
    ({"published": "2021-10-07", "text": "A few words of its own about all of this, and nothing of before."}, False),
]  # fmt: skip


@pytest.mark.parametrize(("later", "newer"), VERSIONS)
def test_an_update_is_a_version_of_what_it_keeps(fresh: Fresh, later: dict[str, str], newer: bool) -> None:
    text = "NATO withdrew the accreditation of eight members of the mission, and lowered its ceiling to ten posts."
    first = {
        "document": "a",
        "outlet": "Courier",
        "title": "Eight sent home",
        "published": "2021-10-06",
        "text": text,
    }
    second = {**first, "document": "b", "text": f"(Update: a spokesman would not say why.)\n{text}", **later}
    ledger = fresh()
    for one in compile_documents([first, second]):
        ledger.record(one.coded)
    docs = {doc.document.external_id: doc for doc in ledger.world().docs.values()}
    assert docs["b"].supersedes == (docs["a"].id if newer else None)
    assert docs["a"].superseded_by == (docs["b"].id if newer else None)


def test_a_measure_lends_its_sides_to_an_event_that_names_none(fresh: Fresh) -> None:
    ledger = fresh()
    named, bare = (rewritten(document(number, "AKS", "BLT", "2021-10-06", 8), number) for number in (1, 2))
    for event in bare.events:
        event.actors, event.recipients = [], []
    for coded in (named, bare):
        ledger.record(coded, recorded_at="2021-10-07")
    [row] = ledger.events(type="SANCTION:expel")
    assert set(row.documents) == {named.document.id, bare.document.id}
    assert [ledger.show(one).row for one in row.members] == [row, row], "a page finds the other report too"
