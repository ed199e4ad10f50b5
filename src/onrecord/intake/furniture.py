"""Debris, captions and update notes: what stands around the report, told by whole lines."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from onrecord.intake.patterns import CAPTION, DEBRIS, UPDATE

Furniture = Literal["debris", "update", "caption"]

# A widget, a menu or a share line is short; so is a caption. A longer paragraph can only be a note.
_DEBRIS_LENGTH, _CAPTION_LENGTH = 240, 500
# Every caption has one of these; most paragraphs have none, and are spared the patterns.
_CAPTION_SIGNS = (
    "photo", "image", "picture", "caption", "credit", "handout", "screenshot", "illustration", "file", "/", "©", "via ",
    "(ap", "(afp", "(epa", "(pa", "getty", "reuters", "tass", "xinhua", "shutterstock", "anadolu",
)  # fmt: skip


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Compiled at first use: a command that reads no document does not pay for it."""
    return tuple(
        re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
        for patterns in (DEBRIS, UPDATE, CAPTION)
    )


def kind_of(text: str) -> Furniture | None:
    """What kind of furniture one line or paragraph is, or None where it is part of the report."""
    line = " ".join(text.split())
    debris, update, caption = _patterns()
    if len(line) <= _DEBRIS_LENGTH and debris.fullmatch(line):
        return "debris"
    if update.fullmatch(line):
        return "update"
    if len(line) <= _CAPTION_LENGTH:
        small = line.lower()
        if any(sign in small for sign in _CAPTION_SIGNS) and caption.fullmatch(line):
            return "caption"
    return None
