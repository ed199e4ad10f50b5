"""Measures told as a list whose verb is said once: "Germany and France expelled four each, Canada three, Hungary one".

Requires a measure with its parties (the head of the list). Gives the further items of its sentence: a state that
acts, with the number that follows it, and no verb of their own between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding.counts import Count, count_at

if TYPE_CHECKING:
    from onrecord.coding.act_parties import Parties
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

LISTED = frozenset(("persona_non_grata", "recall", "withdraw_accreditation", "deny_accreditation"))
_BETWEEN = frozenset(
    ("(", ",", "and", "with", ":", "the", "another", "a", "further", "only", "just", "–", "—")
)
_GAP = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One item: the state's code, the number, and the words from the state to the number."""

    code: str
    count: Count
    words: WordSpan


def items(
    reading: Reading, parties: Parties, sentence: WordSpan, sending: str | None, used: set[int]
) -> list[Item]:
    """The items of a list in a sentence; ``used``: words of numbers that belong to other measures."""
    found: list[Item] = []
    start, end = sentence
    word = start
    while word < end:
        count = count_at(reading, word, end)
        if count is None or count.value is None or word in used or _measured(reading, count, end):
            word = word + 1 if count is None else max(word + 1, count.words[1])
            continue
        for state in _states_before(reading, parties, word, start):
            code = parties.named(state)
            if code is not None and code != sending:
                found.append(Item(code, count, (state, count.words[1])))
        word = count.words[1]
    return found


def _measured(reading: Reading, count: Count, end: int) -> bool:
    """The number counts something else than people: a noun follows that is none of the listed."""
    after = count.words[1]
    if after >= end or reading.word(after) in (",", ";", ".", ")", "and", "each", "apiece", "more", "—"):
        return False
    return reading.lower(after) not in (
        "diplomats",
        "people",
        "russians",
        "of",
        "officials",
        "employees",
        "staff",
    )


def _states_before(reading: Reading, parties: Parties, word: int, start: int) -> list[int]:
    """The states right before a number: one, or several in a row where "each" or a row of names says so."""
    at, gap = word - 1, 0
    while at >= start and gap < _GAP and parties.named(at) is None:
        if reading.lower(at) not in _BETWEEN:
            return []
        at, gap = at - 1, gap + 1
    if at < start or parties.named(at) is None or reading.pos(at) not in ("PROPN", "NOUN"):
        return []
    states = [at]
    each = any(reading.lower(i) in ("each", "apiece") for i in range(word, min(word + 4, len(reading))))
    while each:
        previous = states[-1] - 1
        while previous >= start and reading.lower(previous) in (",", "and", "the"):
            previous -= 1
        if previous < start or parties.named(previous) is None or previous == states[-1] - 1:
            break
        states.append(previous)
    return states
