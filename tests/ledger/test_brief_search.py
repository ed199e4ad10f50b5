"""Briefs that can be checked without the ledger, and full-text search on both stores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.ledger import Ledger
from onrecord.ledger.brief import check
from onrecord.model.problems import OnrecordError
from tests.ledger.authoring import load

WRITTEN = load(Path(__file__).parent / "acid" / "04_arithmetic" / "documents.yaml")
Fresh = Callable[[], Ledger]


@pytest.fixture
def ledger(fresh: Fresh) -> Ledger:
    made = fresh()
    for one in WRITTEN[:3]:
        made.record(one.coded, recorded_at=one.recorded)
    return made


def texts(name: str) -> bytes | None:
    return {one.coded.document.snapshot.sha256: one.coded.document.text.encode() for one in WRITTEN}.get(name)


def test_every_sentence_of_a_brief_has_its_words(ledger: Ledger) -> None:
    told = ledger.brief("RUS>NATO", as_of="2021-10-20").markdown()
    assert "Ceiling: 20" in told and "Ceiling to come: 10" in told and "balanced" in told
    assert check(told, texts) == [] and ledger.verify_brief(told) == []
    assert "by NATO, to " in told
    assert "<h2>Balances</h2>" in ledger.brief("RUS>NATO").html()


SPOILT = [
    ("took away", "gave away", "the text says"),
    ("[^1]: “", "[^99]: “", "a sentence without evidence"),
    ("- Vacant: 2 posts", "- Vacant: 2 posts.\n- All is well", "a sentence without evidence"),
]


@pytest.mark.parametrize(("old", "new", "fault"), SPOILT)
def test_a_spoilt_brief_fails(ledger: Ledger, old: str, new: str, fault: str) -> None:
    told = ledger.brief("RUS>NATO", as_of="2021-10-20").markdown()
    assert old in told
    assert any(fault in one for one in check(told.replace(old, new), texts))


def test_a_brief_fails_without_its_texts(ledger: Ledger) -> None:
    told = ledger.brief("RUS>NATO").markdown()
    assert check(told, lambda name: None) and check(told, lambda name: (texts(name) or b"") + b" ")


def test_a_brief_keeps_to_the_marking(fresh: Fresh) -> None:
    ledger = fresh()
    coded = WRITTEN[0].coded.model_copy(deep=True)
    coded.document.marking = "TLP:AMBER"
    ledger.record(coded)
    with pytest.raises(OnrecordError) as caught:
        ledger.brief("RUS>NATO")
    assert caught.value.problem.code == "marked"
    assert "TLP:AMBER" in ledger.brief("RUS>NATO", allowed="TLP:AMBER").markdown()


def test_search_finds_documents_and_claims(ledger: Ledger) -> None:
    hits = ledger.search("pending accreditation")
    assert {one.document for one in hits} == {WRITTEN[2].coded.document.id}
    assert "[pending]" in hits[0].excerpt.casefold()
    claims = [one for one in ledger.search("Eighteen people") if one.record]
    assert claims and ledger.show(claims[0].record or "").kind == "claim"
    assert ledger.search("nosuchword") == []
    ledger.record(WRITTEN[3].coded)
    assert ledger.search("shrinks")[0].outlet == "Example Herald"


def test_what_was_redacted_is_not_found(ledger: Ledger) -> None:
    assert ledger.search("Salisbury")
    ledger.redact(WRITTEN[0].coded.document.id, by="A. Counsel", reason="court order 9")
    assert ledger.search("Salisbury") == []
