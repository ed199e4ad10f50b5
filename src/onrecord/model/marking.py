"""TLP markings: what a document's marking lets be shown, printed and handed on.

Source: Traffic Light Protocol 2.0, FIRST, August 2022. A marking of another kind counts as stricter than any.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model.problems import OnrecordError

MARKINGS = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
_FORMER = {"TLP:WHITE": "TLP:CLEAR"}


def rank(marking: str | None) -> int:
    """How strict a marking is: 0 for none and TLP:CLEAR, more for what is shared with fewer."""
    if marking is None or not marking.strip():
        return 0
    name = marking.strip().upper()
    name = _FORMER.get(name, name)
    return MARKINGS.index(name) if name in MARKINGS else len(MARKINGS)


def limit(allowed: str) -> str:
    """A marking given as a limit, in its usual form. Raises OnrecordError ``bad-marking``."""
    if not allowed.strip() or rank(allowed) >= len(MARKINGS):
        raise OnrecordError(
            "bad-marking", f"{allowed!r} is no TLP marking", f"Use one of: {', '.join(MARKINGS)}."
        )
    return MARKINGS[rank(allowed)]


def told(marking: str | None) -> str | None:
    """A marking in its usual form, where it is one of TLP; else as it was given, without the white space around it."""
    if marking is None or not marking.strip():
        return None
    return MARKINGS[rank(marking)] if rank(marking) < len(MARKINGS) else marking.strip()


def strictest(markings: Iterable[str]) -> str | None:
    """The strictest of these markings in its usual form; None where there is none."""
    return told(max(markings, key=rank, default=None))
