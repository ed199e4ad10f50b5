"""Through whom words came: holder and relay chain both right; and the words of certainty."""

from __future__ import annotations

import pytest

from onrecord.model.records import Claim, CodedDocument
from tests.coding.coded import coded, needs_model
from tests.coding.tables import Case, counted, misses, named, open_cases, table

RELAYS: list[Case] = table("relays")
HEDGES: list[Case] = table("hedges")
FLOOR = 0.8


def relayed(case: Case) -> bool:
    document = coded(case["text"])
    return any(
        named(document, claim.holder, case["holder"])
        and len(claim.relay) == len(case["relay"])
        and all(named(document, one, two) for one, two in zip(claim.relay, case["relay"], strict=True))
        for claim in document.claims
    )


def hedged(case: Case) -> bool:
    document = coded(case["text"])
    return any(_sure(document, claim, case) for claim in document.claims)


def _sure(document: CodedDocument, claim: Claim, case: Case) -> bool:
    certainty = claim.certainty
    if certainty is None:
        return False
    found = {
        "words": document.document.words(certainty.words) if certainty.words else None,
        "likelihood": certainty.likelihood.term if certainty.likelihood else None,
        "confidence": "-".join(filter(None, (certainty.confidence.from_, certainty.confidence.to)))
        if certainty.confidence
        else None,
        "factuality": certainty.factuality,
    }
    return all(found[name] == case[name] for name in found if name in case)


@needs_model
def test_relays() -> None:
    wrong = misses(counted(RELAYS), relayed)
    assert len(wrong) <= (1 - FLOOR) * len(counted(RELAYS)), wrong


@needs_model
def test_hedges() -> None:
    wrong = misses(counted(HEDGES), hedged)
    assert len(wrong) <= (1 - FLOOR) * len(counted(HEDGES)), wrong


@needs_model
@pytest.mark.parametrize("case", open_cases(RELAYS))
def test_relays_not_told_yet(case: Case) -> None:
    assert relayed(case)


@needs_model
@pytest.mark.parametrize("case", open_cases(HEDGES))
def test_hedges_not_told_yet(case: Case) -> None:
    assert hedged(case)
