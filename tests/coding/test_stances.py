"""Every stance over own sentences: holder and stance both right."""

from __future__ import annotations

import pytest

from tests.coding.coded import coded, needs_model
from tests.coding.tables import Case, counted, misses, named, open_cases, table

TABLE: dict[str, list[Case]] = table("stances")
FLOOR = 0.8
OPEN = [{**case, "stance": stance} for stance, cases in TABLE.items() for case in cases]


def right(case: Case) -> bool:
    document = coded(case["text"])
    return any(
        claim.stance == case["stance"] and named(document, claim.holder, case["holder"])
        for claim in document.claims
    )


@needs_model
@pytest.mark.parametrize("stance", sorted(TABLE))
def test_stance(stance: str) -> None:
    cases = [{**case, "stance": stance} for case in counted(TABLE[stance])]
    wrong = misses(cases, right)
    assert len(wrong) <= (1 - FLOOR) * len(cases), wrong


@needs_model
@pytest.mark.parametrize("case", open_cases(OPEN))
def test_not_told_yet(case: Case) -> None:
    assert right(case)


def test_the_table_has_ten_sentences_for_each_stance() -> None:
    assert all(len(counted(cases)) >= 10 for cases in TABLE.values())
    assert len(TABLE) == 11
