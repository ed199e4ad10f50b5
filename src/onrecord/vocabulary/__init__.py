"""The vocabulary: event types, CAMEO, acts, stances, scales of certainty, sectors, and the names of those
who act.

All of it is data (`data/`), read by one loader (`load`) that checks while reading. Nothing is read before
it is asked for, and everything is read once. Importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.vocabulary.actors import (
        bodies,
        country_of,
        group_entries,
        groups,
        leaders,
        organisation,
        organisations,
        people,
        places,
        sector,
        sectors,
        state,
        states,
    )
    from onrecord.vocabulary.cameo_table import cameo, cameo_codes, cameo_for
    from onrecord.vocabulary.claims import factuality, scale, scales, scales_of, stance, stances
    from onrecord.vocabulary.load import UnknownTermError, VocabularyError
    from onrecord.vocabulary.missions import act, acts
    from onrecord.vocabulary.plover import contexts, mode, score, type, types

_WHERE = {
    "actors": (
        "bodies", "country_of", "group_entries", "groups", "leaders", "organisation", "organisations",
        "people", "places", "sector", "sectors", "state", "states",
    ),
    "cameo_table": ("cameo", "cameo_codes", "cameo_for"),
    "claims": ("factuality", "scale", "scales", "scales_of", "stance", "stances"),
    "load": ("UnknownTermError", "VocabularyError"),
    "missions": ("act", "acts"),
    "plover": ("contexts", "mode", "score", "type", "types"),
}  # fmt: skip
_HOME = {name: module for module, names in _WHERE.items() for name in names}

__all__ = [
    "UnknownTermError",
    "VocabularyError",
    "act",
    "acts",
    "bodies",
    "cameo",
    "cameo_codes",
    "cameo_for",
    "contexts",
    "country_of",
    "factuality",
    "group_entries",
    "groups",
    "leaders",
    "mode",
    "organisation",
    "organisations",
    "people",
    "places",
    "scale",
    "scales",
    "scales_of",
    "score",
    "sector",
    "sectors",
    "stance",
    "stances",
    "state",
    "states",
    "type",
    "types",
]


def __getattr__(name: str) -> Any:
    module = _HOME.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{module}"), name)
