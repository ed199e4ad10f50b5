"""Responses, causes and sequences over own sentences; a bare "after" is no cause."""

from __future__ import annotations

import pytest

from onrecord.model.records import CodedDocument
from tests.coding.coded import coded, needs_model
from tests.coding.tables import Case, counted, misses, open_cases, spoken, table

TABLE: list[Case] = table("links")
FLOOR = 0.75


def places(document: CodedDocument, identity: object) -> list[tuple[int, int]]:
    for each in (*document.acts, *document.incidents, *document.forums, *document.events):
        if each.id == identity:
            return list(each.evidence)
    return [span for claim in document.claims if claim.id == identity for span in claim.content]


def right(case: Case) -> bool:
    document = coded(case["text"])
    if case["kind"] is None:
        return not document.links
    return any(
        link.kind == case["kind"]
        and any(spoken(document, span, case["from"]) for span in places(document, link.from_))
        and any(spoken(document, span, case["to"]) for span in places(document, link.to))
        for link in document.links
    )


@needs_model
def test_links() -> None:
    wrong = misses(counted(TABLE), right)
    assert len(wrong) <= (1 - FLOOR) * len(counted(TABLE)), wrong


@needs_model
@pytest.mark.parametrize("case", open_cases(TABLE))
def test_links_not_told_yet(case: Case) -> None:
    assert right(case)


@needs_model
def test_after_is_no_cause() -> None:
    document = coded("Canada recalled its ambassador after Iran arrested three Canadians.")
    assert {link.kind for link in document.links} == {"after"}


@needs_model
def test_a_denied_tie_and_the_told_one_are_one_proposition() -> None:
    """Whoever denies the link speaks of the link itself, so that both sides meet in it."""
    document = coded(
        "Russia closed its mission in Riga because Latvia had arrested a Russian consul, Sergei Lavrov said. "
        "A Latvian spokeswoman denied any link."
    )
    tie = next(link for link in document.links if link.kind == "caused_by")
    denial = next(claim for claim in document.claims if claim.stance == "denies")
    assert tie.id in denial.about
    assert tie.claims and denial.id not in tie.claims
