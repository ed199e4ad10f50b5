"""Contexts by words that hardly mean anything else, and by the sectors of the parties."""

from __future__ import annotations

import pytest

from onrecord.coding.contexts import contexts_of
from onrecord.coding.cues import load
from onrecord.vocabulary import plover


@pytest.mark.parametrize(
    ("sentence", "sectors", "contexts"),
    [
        ("Warsaw expelled three diplomats over spying.", (), ["diplomatic", "intelligence"]),
        ("The premier met the delegation.", ("MIL", None), ["military"]),
        ("Peers oiled the wheels of the borderless club.", (), []),
        ("They agreed on border posts and a gas pipeline.", (), ["natural_resource", "territory"]),
    ],
)
def test_contexts(sentence: str, sectors: tuple[str | None, ...], contexts: list[str]) -> None:
    assert contexts_of(sentence, sectors) == contexts


def test_every_context_of_the_table_is_one_of_plover() -> None:
    assert set(load("contexts")) <= set(plover.contexts())
