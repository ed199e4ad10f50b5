"""The cue lexicons (``onrecord/vocabulary/cues``): read once, validated by use, shared by the stages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


@cache
def load(name: str) -> dict[str, Any]:
    """One lexicon by its file name without the ending; raises FileNotFoundError where there is none."""
    text = files("onrecord.vocabulary").joinpath("cues").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=_Loader)
    return data
