"""Measures told by pointing back at another: "Moscow did likewise", "a step that Poland matched man for man".

Requires the measures told so far. Gives, at a verb that repeats or returns a measure, the party that does so and
whether the number is the same. Whether it answers the doer or joins it follows from who it is: whoever was hit answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.counts import count_at
from onrecord.coding.cues import load
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.coding.counts import Count
    from onrecord.reading.types import Reading


@dataclass(frozen=True, slots=True)
class Repeat:
    """A measure told again of another: the verb, its subject's word, the number and whether it is the same number."""

    word: int
    doer: int | None
    count: Count | None
    same_number: bool


def repeats(reading: Reading) -> list[Repeat]:
    """Every place of a text at which a measure is said to be repeated or returned, in the order of the words."""
    cues = load("acts")["again"]
    found = []
    verbs = frozenset(verb for cue in cues for verb in cue["verbs"])
    for word in range(len(reading)):
        if reading.pos(word) not in ("VERB", "AUX"):
            continue
        base = verb_of(reading.lower(word), verbs)
        if base is None:
            continue
        _, last = syntax.sentence(reading, word)
        after = _text(reading, word + 1, min(last, word + 12))
        for cue in cues:
            if base in cue["verbs"] and any(f" {phrase} " in after for phrase in cue["with"]):
                doer = syntax.agent(reading, word)
                found.append(Repeat(word, doer, _count(reading, word, last), bool(cue.get("same_number"))))
                break
    return found


def _text(reading: Reading, start: int, end: int) -> str:
    return " " + " ".join(reading.lower(at) for at in range(start, end)) + " "


def _count(reading: Reading, word: int, last: int) -> Count | None:
    """The number right after "with" or "by": "answered with two Norwegians"."""
    for at in range(word + 1, min(word + 5, last)):
        count = count_at(reading, at, last)
        if count is not None:
            return count
    return None
