"""PLOVER contexts of an event: what it is about, beside its type.

Two kinds of sign count: words of the sentence that hardly ever mean anything else
(``vocabulary/cues/contexts``), and the sectors of the parties (a court is legal, an army military, a
mission diplomatic).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from onrecord.coding.cues import load

_SECTORS = {
    "MIL": "military",
    "SPY": "intelligence",
    "LEG": "legislative",
    "JUD": "legal",
    "DIP": "diplomatic",
}


def contexts_of(sentence: str, sectors: Iterable[str | None]) -> list[str]:
    """The contexts of an event by its sentence and its parties' sectors, sorted by name."""
    found = {_SECTORS[sector] for sector in sectors if sector in _SECTORS}
    text = sentence.lower()
    found.update(
        name
        for name, words, pattern in _patterns()
        if any(map(text.__contains__, words)) and pattern.search(text)
    )
    return sorted(found)


@cache
def _patterns() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """Each context with its signs, which are sooner looked for than the pattern of them all, and that pattern."""
    return tuple(
        (name, tuple(word.rstrip("-") for word in words), _pattern(words))
        for name, words in load("contexts").items()
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    """One pattern for a context; a final hyphen leaves the word's end open."""
    cut = (re.escape(word.rstrip("-")) + ("" if word.endswith("-") else r"\b") for word in words)
    return re.compile(rf"\b(?:{'|'.join(cut)})")
