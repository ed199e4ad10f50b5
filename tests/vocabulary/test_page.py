"""The page of the docs is what the data say."""

from __future__ import annotations

from pathlib import Path

from onrecord.vocabulary.page import render

PAGE = Path(__file__).parents[2] / "docs" / "vocabulary.md"


def test_the_page_has_not_drifted() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), (
        "write it anew: python -m onrecord.vocabulary.page > docs/vocabulary.md"
    )
