"""The size to which a measure holds a mission, where it is told beside the measure and not by "to" or "at".

"No more than Malta has in Tripoli, which is five"; "parity: 225 at the embassy"; "fourteen staff at most"; "thirty-two
may stay"; and the old size: "down from thirty", "until now it was twenty". Requires the reading alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.counts import Count, counts

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

_BEFORE = (
    ("which", "is"),
    ("which", "has"),
    ("that", "is"),
    ("which", "are"),
    ("namely",),
    (":",),
    ("i.e.",),
)
_AFTER = (("at", "most"), ("at", "the", "most"), ("all", "told"), ("in", "all"), ("and", "no", "more"))
_SIZES = frozenset(("ceiling", "cap", "limit", "maximum", "quota", "strength"))
_STAY = frozenset(("stay", "remain", "be", "keep"))
_OLD = (("down", "from"), ("until", "now"), ("as", "against"), ("hitherto",), ("so", "far"), ("previously",))
_WAS = frozenset(("it", "was", "were", "there", "had", "been", "has", "they", "the"))
_AHEAD = 2  # sentences after the measure in which those who may stay are counted


def size_told(reading: Reading, word: int) -> Count | None:
    """The new size; None where none is told so. A single one is none."""
    first, last = syntax.sentence(reading, word)
    for count in counts(reading, word, last):
        if count.value in (None, 1.0):
            continue
        start, end = count.words
        ends = (
            end >= last
            or reading.pos(end) == "PUNCT"
            or reading.lower(end) in ("and", "at", "people", "persons")
        )
        if ends and any(_words(reading, start - len(each), start) == each for each in _BEFORE):
            return count
        if ends and reading.lower(start - 1) in ("is", "are", "of") and reading.lower(start - 2) in _SIZES:
            return count
        if any(
            each == _words(reading, at, at + len(each)) for each in _AFTER for at in (end, end + 1, end + 2)
        ):
            return count
        if reading.lower(start - 1) == "," and ends and end < last and reading.lower(end) in (",", ".", ";"):
            return count
    for count in counts(reading, first, _end(reading, last)):
        if count.value not in (None, 1.0) and _may_stay(reading, count.words[1]):
            return count
    return None


def old_told(reading: Reading, word: int) -> Count | None:
    """The old size, in the sentence or the one that goes on with it."""
    first, last = syntax.sentence(reading, word)
    for count in counts(reading, first, last):
        at = count.words[0]
        while at > first and reading.lower(at - 1) in _WAS and count.words[0] - at < 3:
            at -= 1
        if count.value not in (None, 1.0) and any(
            _words(reading, at - len(each), at) == each for each in _OLD
        ):
            return count
    return None


def _may_stay(reading: Reading, at: int) -> bool:
    """ "Thirty-two may stay", "six are to remain"."""
    words = _words(reading, at, at + 3)
    return len(words) == 3 and words[0] in ("may", "can", "could") and words[1] in _STAY


def _end(reading: Reading, last: int) -> int:
    """The end of the sentences that go on with the measure."""
    for _ in range(_AHEAD):
        if last >= len(reading):
            break
        _, last = syntax.sentence(reading, last)
    return last


def _words(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    return tuple(reading.lower(at) for at in range(max(start, 0), min(end, len(reading))))
