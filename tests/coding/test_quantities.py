"""Numbers with the unit they count, by a table of sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord.coding.quantities import quantities_of
from tests.coding.readings import draft, reading

CASES = yaml.safe_load(Path(__file__).with_name("quantities.yaml").read_text(encoding="utf-8"))


def flat(text: str, trigger: str) -> str:
    """Tree notation in which every word hangs on the trigger, as far as a clause of one verb goes."""
    words = text.split()
    root = words.index(trigger) + 1
    return " ".join(
        f"{word}|{'PUNCT' if word == '.' else 'X'}|{f'{root}:dep' if place != root else '0:root'}"
        for place, word in enumerate(words, 1)
    )


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_numbers_are_read_with_what_they_count(case: dict[str, Any]) -> None:
    made = draft(reading([flat(case["text"], case["trigger"])]))
    place = case["text"].split().index(case["trigger"])
    found = quantities_of(made, (place, place + 1), [])
    kept = ("value", "low", "high", "unit", "approximate")
    told = [{name: getattr(one, name) for name in kept if getattr(one, name)} for one in found]
    assert told == case["expect"]
    for one in found:
        assert one.span is not None and made.document.text[slice(*one.span)]
