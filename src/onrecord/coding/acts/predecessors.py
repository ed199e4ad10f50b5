"""States that are gone, which their successors' names still mean in a report that tells of them.

A mission of the Soviet Union was never Russia's, though a Soviet memorial may be; in a report that names the Soviet
Union and not Russia, Moscow and the Kremlin are the Soviet Union's, and so is Belgrade Yugoslavia's.

Requires the names found in a document. Parties in events stand under the successor, see ``docs/parties.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.coding.parties.story import Mention

# A state that is gone, its successor, the words that mean it alone, and the kinds of name that mean the successor
# beside it: a report on Yugoslavia may tell of Serbian forces, one on Prague before 1993 of Czechs and Slovaks.
_STATE = frozenset(("state",))
_OF_THE_STATE = frozenset(("state", "people", "adjective"))
_CZECHOSLOVAK = frozenset(("czechoslovakia", "czechoslovak", "czechoslovaks", "czechoslovakian"))
_GONE = (
    ("SUN", "RUS", frozenset(("soviet", "soviets", "ussr", "u.s.s.r.")), _OF_THE_STATE),
    ("YUG", "SRB", frozenset(("yugoslavia", "yugoslav", "yugoslavs")), _STATE),
    ("CSK", "CZE", _CZECHOSLOVAK, _STATE),
    ("CSK", "SVK", _CZECHOSLOVAK, _STATE),
    ("DDR", "DEU", frozenset(("east", "gdr", "g.d.r.")), _OF_THE_STATE),
    ("YMD", "YEM", frozenset(("south",)), _OF_THE_STATE),
)
_AFTERWARDS = frozenset(("former", "ex", "post", "-", "formerly"))  # "the former Soviet republics"


def meant(mentions: Sequence[Mention], lower: Sequence[str]) -> list[str | None]:
    """The code of each name, that of a successor put under its predecessor where it means that."""
    codes: list[str | None] = [each.name.code for each in mentions]
    for gone, successor, words, kinds in _GONE:
        if successor not in codes:
            continue
        own = [any(word in words for word in lower[each.start : each.end]) for each in mentions]
        told = any(
            mine and not (each.start and lower[each.start - 1] in _AFTERWARDS)
            for mine, each in zip(own, mentions, strict=True)
        )
        successor_told = any(
            each.name.code == successor and each.name.kind in kinds and not mine
            for mine, each in zip(own, mentions, strict=True)
        )
        for at, (mine, each) in enumerate(zip(own, mentions, strict=True)):
            alone = mine and each.name.kind != "adjective"
            if codes[at] == successor and (alone if successor_told else told):
                codes[at] = gone
    return codes
