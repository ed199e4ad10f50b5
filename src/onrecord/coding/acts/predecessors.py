"""States that are gone, which their successors' names still mean in a report that tells of them.

A mission of the Soviet Union was never Russia's, though a Soviet memorial may be; in a report that names the Soviet
Union and not Russia, Moscow and the Kremlin are the Soviet Union's, and so is Belgrade Yugoslavia's.

Requires the names found in a document. Parties in events stand under the successor, see ``docs/parties.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.coding.parties.story import Mention

# By the code of a state that is gone: its successor, and the words that mean it alone.
_GONE: Mapping[str, tuple[str, frozenset[str]]] = {
    "SUN": ("RUS", frozenset(("soviet", "soviets", "ussr", "u.s.s.r."))),
    "YUG": ("SRB", frozenset(("yugoslavia", "yugoslav", "yugoslavs"))),
}
_AFTERWARDS = frozenset(("former", "ex", "post", "-", "formerly"))  # "the former Soviet republics"
_OF_THE_STATE = frozenset(("state", "people", "adjective"))


def meant(mentions: Sequence[Mention], lower: Sequence[str]) -> list[str | None]:
    """The code of each name, that of a successor put under its predecessor where it means that."""
    codes: list[str | None] = [each.name.code for each in mentions]
    for gone, (successor, words) in _GONE.items():
        if successor not in codes:
            continue
        own = [any(word in words for word in lower[each.start : each.end]) for each in mentions]
        told = any(
            mine and not (each.start and lower[each.start - 1] in _AFTERWARDS)
            for mine, each in zip(own, mentions, strict=True)
        )
        successor_told = any(
            each.name.code == successor and each.name.kind in _OF_THE_STATE and not mine
            for mine, each in zip(own, mentions, strict=True)
        )
        for at, (mine, each) in enumerate(zip(own, mentions, strict=True)):
            alone = mine and each.name.kind != "adjective"
            if codes[at] == successor and (alone if successor_told else told):
                codes[at] = gone
    return codes
