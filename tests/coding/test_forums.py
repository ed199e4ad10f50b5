"""Forums and what becomes of them, over own sentences."""

from __future__ import annotations

import pytest

from tests.coding.coded import coded, needs_model
from tests.coding.tables import Case, counted, misses, open_cases, table

TABLE: list[Case] = table("forums")
FLOOR = 0.8


def right(case: Case) -> bool:
    document = coded(case["text"])
    if case["name"] is None:
        return not document.forums
    return any(each.name == case["name"] and each.state == case["state"] for each in document.forums)


@needs_model
def test_forums() -> None:
    wrong = misses(counted(TABLE), right)
    assert len(wrong) <= (1 - FLOOR) * len(counted(TABLE)), wrong


@needs_model
@pytest.mark.parametrize("case", open_cases(TABLE))
def test_forums_not_told_yet(case: Case) -> None:
    assert right(case)


@needs_model
def test_what_is_suspended_in_part_says_which() -> None:
    document = coded("Practical cooperation in the NATO-Russia Council was suspended.")
    assert [(each.state, each.part) for each in document.forums] == [
        ("partly_suspended", "practical cooperation")
    ]


@needs_model
def test_what_stands_in_the_name_of_a_forum_is_no_forum_besides() -> None:
    document = coded("The council of ministers of IGAD, meeting in Kampala on Monday, had urged dialogue.")
    assert [each.name for each in document.forums] == ["council of ministers of IGAD"]
