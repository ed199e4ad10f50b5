"""Claims from text: recall by stance over a table of own sentences, and the rules that never bend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord.model.records import Claim, CodedDocument
from tests.coding.coded import coded, needs_model

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "claims.yaml").read_text(encoding="utf-8")
)
FLOOR = 0.7


def name(document: CodedDocument, actor: str | None) -> str | None:
    return next((each.name for each in document.actors if each.id == actor), None)


def fits(document: CodedDocument, claim: Claim, stance: str, case: dict[str, Any]) -> bool:
    """Whether a claim is the one that the table asks for."""
    if claim.stance != stance or not _alike(
        name(document, claim.holder), case["holder"], document, claim.holder
    ):
        return False
    if case.get("condition") and claim.condition is None:
        return False
    if "addressee" in case and not _alike(
        name(document, claim.addressee), case["addressee"], document, claim.addressee
    ):
        return False
    certainty = claim.certainty
    if "confidence" in case:
        found = certainty.confidence if certainty else None
        return found is not None and f"{found.from_}-{found.to}" == case["confidence"]
    if "likelihood" in case:
        return (
            certainty is not None
            and certainty.likelihood is not None
            and certainty.likelihood.term == case["likelihood"]
        )
    return True


def _alike(found: str | None, wanted: str | None, document: CodedDocument, actor: str | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    mentions = next(each.mentions for each in document.actors if each.id == actor)
    return any(
        wanted in document.document.words(span) or document.document.words(span) in wanted
        for span in mentions
    )


@needs_model
@pytest.mark.parametrize("stance", sorted(TABLE))
def test_recall_by_stance(stance: str) -> None:
    read = [(case, coded(case["text"])) for case in TABLE[stance]]
    misses = [
        (case["text"], [(each.stance, name(document, each.holder)) for each in document.claims])
        for case, document in read
        if not any(fits(document, claim, stance, case) for claim in document.claims)
    ]
    assert 1 - len(misses) / len(TABLE[stance]) >= FLOOR, misses


@needs_model
def test_a_denial_makes_no_deed() -> None:
    """Rule 1: a denial is a claim; nothing is done by the denier on the paper's word."""
    document = coded("Russia denied that its officers had blown up the depot.")
    assert [claim.stance for claim in document.claims] == ["denies"]
    cue = document.claims[0].cue
    deeds = [event for event in document.events if event.trigger != cue]
    assert all(event.claims or event.status != "actual" for event in deeds)


@needs_model
def test_confidence_belongs_to_one_proposition() -> None:
    """Rule 4: the neighbour keeps no part of it."""
    document = coded(
        "The agency has only low to moderate confidence that bounties were offered. "
        "The ministry said that the cable had been cut."
    )
    told = {claim.stance: claim.certainty for claim in document.claims}
    bounties = [c for c in document.claims if c.certainty and c.certainty.confidence]
    assert len(bounties) <= 1
    assert told["asserts"] is None or told["asserts"].confidence is None


@needs_model
def test_quotation_goes_on_with_its_speaker() -> None:
    document = coded("“There were no losses,” the spokesman said. “Everyone returned to base.”")
    assert len({claim.holder for claim in document.claims}) == 1
    assert any(
        "Everyone returned" in document.document.words(span) for c in document.claims for span in c.content
    )
    assert all(claim.quoted for claim in document.claims)


@needs_model
def test_spans_are_never_empty_and_stand_in_the_text() -> None:
    document = coded("Kyiv accused Minsk of spying; Minsk, quoted by BelTA, rejected the charge.")
    length = len(document.document.text)
    for claim in document.claims:
        for start, end in claim.content:
            assert 0 <= start < end <= length


@needs_model
@pytest.mark.parametrize(
    "text",
    ["Moscow denied the diplomats entry on Monday.", "NATO denied three pending requests for accreditation."],
)
def test_a_thing_not_granted_is_no_denial(text: str) -> None:
    """What is denied there is leave, not a proposition: nobody says that something is not so."""
    assert not [each for each in coded(text).claims if each.stance == "denies"]
