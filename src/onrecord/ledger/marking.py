"""TLP markings: what a document's marking lets be shown, printed and handed on.

Source: Traffic Light Protocol 2.0, FIRST, August 2022. A marking of another kind counts as stricter than any.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model.problems import OnrecordError
from onrecord.model.records import CodedDocument

MARKINGS = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
_FORMER = {"TLP:WHITE": "TLP:CLEAR"}


def rank(marking: str | None) -> int:
    """How strict a marking is: 0 for none and TLP:CLEAR, more for what is shared with fewer."""
    if marking is None or not marking.strip():
        return 0
    told = marking.strip().upper()
    told = _FORMER.get(told, told)
    return MARKINGS.index(told) if told in MARKINGS else len(MARKINGS)


def limit(allowed: str) -> str:
    """A marking given as a limit, in its usual form. Raises OnrecordError ``bad-marking``."""
    if not allowed.strip() or rank(allowed) >= len(MARKINGS):
        raise OnrecordError(
            "bad-marking", f"{allowed!r} is no TLP marking", f"Use one of: {', '.join(MARKINGS)}."
        )
    return MARKINGS[rank(allowed)]


def strictest(codings: Iterable[CodedDocument]) -> str | None:
    """The strictest marking that any of these codings gives their document."""
    return max((one.document.marking for one in codings if one.document.marking), key=rank, default=None)
