"""Sizes of missions from text: cap, filled and vacant posts, and what is none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from onrecord.model.records import CodedDocument
from tests.coding.coded import coded, needs_model

TABLE = yaml.safe_load((Path(__file__).parent / "mission_states.yaml").read_text(encoding="utf-8"))
FLOOR = 0.8


def sizes(document: CodedDocument) -> list[str]:
    """The sizes on record, as the table writes them."""
    return sorted(
        f"{state.measure} {state.mission.sending}>{state.mission.receiving} {state.value:g} {state.unit}"
        for state in document.missions
        if state.value is not None
    )


@needs_model
def test_sizes_of_missions() -> None:
    wrong = [
        f"{text}: wanted {wanted}, got {sizes(coded(text))} {' '.join(reason)}"
        for text, wanted, *reason in TABLE
        if sizes(coded(text)) != sorted(wanted)
    ]
    assert 1 - len(wrong) / len(TABLE) >= FLOOR, "\n".join(wrong)


@needs_model
@pytest.mark.parametrize("text", [text for text, wanted, *_ in TABLE if not wanted])
def test_no_size_without_a_mission_or_in_an_act(text: str) -> None:
    assert sizes(coded(text)) == []
