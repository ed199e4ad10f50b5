"""Texts divided into title, byline, dateline, body, caption, update and debris."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake import blocks, byline, dateline
from onrecord.intake.sections import divide
from tests.intake.cases import document, table

LINES = table("lines")


@pytest.mark.parametrize("case", table("sections"), ids=lambda case: str(case["name"]))
def test_sections_of_a_text(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [f"{kind}: {text[start:end]}" for start, end, kind in divide(text, case.get("title")).sections]
    expected = case["sections"]
    cut = [
        have[: len(want) - 1] + "…" if want.endswith("…") else have
        for have, want in zip(found, expected, strict=False)
    ]
    assert cut + found[len(cut) :] == expected


@pytest.mark.parametrize("case", LINES["bylines"], ids=lambda case: str(case["line"]))
def test_bylines(case: dict[str, Any]) -> None:
    found = byline.parse(case["line"])
    if case.get("none"):
        assert found is None
        return
    assert found is not None
    assert found.authors == case.get("authors", [])
    assert found.organisation == case.get("organisation")
    assert (found.published.value if found.published else None) == case.get("published")
    assert (found.updated.value if found.updated else None) == case.get("updated")


@pytest.mark.parametrize("case", LINES["datelines"], ids=lambda case: str(case["text"]))
def test_datelines(case: dict[str, Any]) -> None:
    found = dateline.parse(case["text"], 7)
    if case.get("none"):
        assert found is None
        return
    assert found is not None
    assert case["text"][found.start - 7 : found.end - 7] == case["line"]
    assert (found.place, found.agency) == (case.get("place"), case.get("agency"))
    assert (found.moment.value if found.moment else None) == case.get("published")
    assert found.month_day == (tuple(case["day"]) if "day" in case else None)
    assert found.empty is case.get("empty", False)


def test_blocks_are_what_is_read_in_the_order_of_the_text() -> None:
    case = table("sections")[0]
    made = document(case["text"])
    read = [made.words(span) for span in blocks(made)]
    assert read == [
        words
        for kind, words in (line.split(": ", 1) for line in case["sections"])
        if kind in ("title", "caption", "update", "body")
    ]


def test_blocks_of_a_document_that_came_without_sections() -> None:
    made = document("Norway expels two\n\nBy Anna Keller\n\nOSLO (Reuters) - Norway told two to leave.")
    made.sections = []
    assert [made.words(span) for span in blocks(made)] == ["Norway expels two", "Norway told two to leave."]


@given(st.text(st.sampled_from("aB .,:–()|\n\r\t\xa0é“12") | st.characters(), max_size=300))
@settings(max_examples=300, deadline=None)
def test_sections_cover_every_word_of_any_text_once_and_in_order(text: str) -> None:
    position = 0
    for start, end, _ in divide(text).sections:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip(), "words between two sections"
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()
