"""The day of publication and the outlet, each with how it is known."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.intake import calendar
from onrecord.intake.published import in_url
from tests.intake.cases import document, table

TABLES = table("published")


@pytest.mark.parametrize(("text", "value"), TABLES["moments"])
def test_full_dates_and_times_with_a_zone(text: str, value: str | None) -> None:
    found = list(calendar.moments(text))
    assert [moment.value for moment in found] == ([value] if value else [])
    if found and "T" in found[0].value:
        assert (found[0].start, found[0].end) == (0, len(text))


@pytest.mark.parametrize(("text", "value"), TABLES["given"])
def test_dates_that_a_caller_gives(text: str, value: str | None) -> None:
    assert calendar.given(text) == value


@pytest.mark.parametrize(("url", "value"), TABLES["addresses"])
def test_days_in_addresses(url: str, value: str | None) -> None:
    assert in_url(url) == value


@pytest.mark.parametrize("case", TABLES["ladder"], ids=lambda case: str(case["name"]))
def test_the_ladder(case: dict[str, Any]) -> None:
    made = document(case["text"], published=case.get("published"), url=case.get("url"))
    if case["value"] is None:
        assert made.published is None
        return
    assert made.published is not None
    assert (made.published.value, made.published.basis) == (case["value"], case["basis"])
    span = made.published.span
    assert (made.words(span) if span else None) == case.get("words")


@pytest.mark.parametrize("case", TABLES["outlets"], ids=lambda case: f"{case['name']} {case['basis']}")
def test_outlets(case: dict[str, Any]) -> None:
    made = document(case["text"], url=case.get("url"), outlet=case.get("outlet"))
    assert (made.outlet.name, made.outlet.basis) == (case["name"], case["basis"])


def test_authors_and_title_are_read_and_the_callers_go_before_them() -> None:
    text = "Norway expels two\n\nAnna Keller | October 7, 2021\n\nNorway told two attachés to leave."
    read = document(text)
    assert (read.title, read.authors) == ("Norway expels two", ["Anna Keller"])
    given = document(text, title="Two must go", authors=["A. Keller"])
    assert (given.title, given.authors) == ("Two must go", ["A. Keller"])
