"""Numbers in words and digits; dates, times, shares and lengths of time are none of them."""

from __future__ import annotations

import pytest

from onrecord.coding.counts import counts
from tests.coding.readings import reading


def words(text: str) -> list[str]:
    return [
        " ".join(
            f"{form}|{_pos(form)}|{0 if n == 0 else 1}:{'root' if n == 0 else 'dep'}"
            for n, form in enumerate(text.split())
        )
    ]


def _pos(form: str) -> str:
    return "NUM" if form[0].isdigit() else "NOUN"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("eight diplomats", [8]),
        ("twenty - one officers", [21]),
        ("1,200 soldiers", [1200]),
        ("dozens of diplomats", [None]),
        ("two dozen envoys", [24]),
        ("three hundred people", [300]),
        ("by 8 March", []),
        ("within 48 hours", []),
        ("50 per cent", []),
        ("in 2014 the council", []),
        ("Oct. 6 2021", []),
        ("nobody", []),
    ],
)
def test_counts(text: str, values: list[float | None]) -> None:
    found = reading(words(text))
    assert [each.value for each in counts(found, 0, len(found))] == values


def test_hedges_make_a_number_approximate() -> None:
    found = reading(words("more than 30 people and about forty others and ten more"))
    assert [(each.value, each.approximate) for each in counts(found, 0, len(found))] == [
        (30, True),
        (40, True),
        (10, False),
    ]
