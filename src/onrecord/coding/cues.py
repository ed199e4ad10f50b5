"""The cue lexicons (``onrecord/vocabulary/cues``): read once, validated by use, shared by the stages."""

from __future__ import annotations

from functools import cache
from typing import Any

from onrecord.vocabulary.kept import source
from onrecord.vocabulary.load import parsed


@cache
def load(name: str) -> dict[str, Any]:
    """One lexicon by its file name without the ending; raises FileNotFoundError where there is none."""
    path = f"cues/{name}.yaml"
    data: dict[str, Any] = parsed(path, source(path).decode("utf-8"))
    return data
