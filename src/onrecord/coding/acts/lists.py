"""Measures told as a list whose verb is said once: "Germany and France expelled four each, Canada three, Hungary one".

Requires a measure with its parties (the head of the list). Gives the further items: states in a row, and the number
that follows them with nothing but "each", brackets or the same verb between. A list may go on over the next sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding.counts import Count, count_at, counts

if TYPE_CHECKING:
    from onrecord.coding.acts.names import Names
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

LISTED = frozenset(("persona_non_grata", "recall", "withdraw_accreditation"))
_JOIN = frozenset((",", "and", "the", "&"))
_GAP = frozenset(
    "( : , – — with each it was were had has have sent away home expelled out ordered removed threw also another in "
    "another took followed by further only just about some around nearly almost joined shed lost removed too on the "
    "monday tuesday wednesday thursday friday saturday sunday today yesterday".split()
)
_AFTER = frozenset(
    ", ; . ( ) and each apiece more — – diplomats people russians officials employees staff of others the expulsion "
    "expulsions on in last this yesterday today earlier later".split()
)
_JOINING = frozenset(("joined", "followed", "added", "shed", "lost"))
_REACH = 6


@dataclass(frozen=True, slots=True)
class Item:
    """One item: the state's code, the number, and the words from the state to the number."""

    code: str
    count: Count
    words: WordSpan


def items(reading: Reading, parties: Names, sentence: WordSpan, sending: str | None) -> list[Item]:
    """The items of a list in a sentence, in order."""
    found: list[Item] = []
    group: list[tuple[int, str]] = []
    gap = 0
    word, end = sentence
    while word < end:
        code, lower = parties.named(word), reading.lower(word)
        if code is not None and (reading.pos(word) in ("PROPN", "NOUN") or parties.named(word + 1) == code):
            if gap:
                group, gap = [], 0
            if not group or group[-1][1] != code:
                group.append((word, code))
            word += 1
            continue
        count = (count_at(reading, word, end) or _its_head(reading, word, end)) if group else None
        if count is not None and count.value is not None:
            if reading.lower(min(count.words[1], end - 1)) in _AFTER:
                found.extend(
                    Item(each, count, (at, count.words[1]))
                    for at, each in group
                    if each != sending and count.value
                )
            group, gap, word = [], 0, count.words[1]
            continue
        if (
            group
            and lower in _JOIN
            and word + 1 < end
            and (parties.named(word + 1) or reading.lower(word + 1) in _JOIN)
        ):
            word += 1
            continue
        dozen = lower == "a" and word + 1 < end and reading.lower(word + 1) in ("dozen", "score")
        if group and (dozen or lower in _GAP or reading.pos(word) in ("ADV", "PART")) and gap < _REACH:
            gap += 1
        else:
            group, gap = [], 0
        word += 1
    return found


def without_verb(reading: Reading, sentence: WordSpan) -> bool:
    """A sentence that is nothing but a list, or tells who else joins one: "Germany 40, France 35", "Oslo joined with
    two, Riga with one"; what stands in brackets is not asked."""
    depth = 0
    for word in range(*sentence):
        lower = reading.lower(word)
        depth += (lower == "(") - (lower == ")")
        if depth == 0 and reading.pos(word) in ("VERB", "AUX") and lower not in _JOINING:
            return False
    return True


def _its_head(reading: Reading, word: int, end: int) -> Count | None:
    """ "France, Italy and Spain each the ambassador": the one head of the mission."""
    if (
        reading.lower(word) not in ("the", "its", "their")
        or reading.lower(word - 1) != "each"
        or word + 1 >= end
    ):
        return None
    heads = ("ambassador", "consul", "envoy", "chargé", "nuncio")
    return Count(1.0, (word, word + 2), False) if reading.lower(word + 1) in heads else None


def origins(reading: Reading, parties: Names, sentence: WordSpan, receiving: str | None) -> list[Item]:
    """The items of a list turned round: "thirteen from Ukraine, three each from Latvia and Estonia"."""
    found: list[Item] = []
    start, end = sentence
    for count in counts(reading, start, end):
        if not count.value:
            continue
        at = count.words[1]
        while at < end and reading.lower(at) in (
            "each",
            "more",
            "others",
            "diplomats",
            "people",
            "of",
            "them",
        ):
            at += 1
        if at >= end or reading.lower(at) != "from":
            continue
        at += 1
        states: list[tuple[int, str]] = []
        while at < end and (parties.named(at) is not None or reading.lower(at) in _JOIN):
            code = parties.named(at)
            if code is not None and (not states or states[-1][1] != code):
                states.append((at, code))
            if code is None and reading.lower(at) == "," and states and not _each(reading, count):
                break
            at += 1
        kept = states if _each(reading, count) else states[:1]
        found.extend(
            Item(code, count, (count.words[0], place + 1)) for place, code in kept if code != receiving
        )
    return found


def peoples(reading: Reading, parties: Names, sentence: WordSpan, receiving: str | None) -> list[Item]:
    """The items of a list by whose people they are: "two Italian diplomats, four Poles and 13 Ukrainians"."""
    found: list[Item] = []
    for count in counts(reading, *sentence):
        if not count.value or count.words[1] >= sentence[1]:
            continue
        code = parties.people_of(count.words[1])
        if code is not None and code != receiving:
            found.append(Item(code, count, (count.words[0], count.words[1] + 1)))
    for word in range(sentence[0], sentence[1] - 1):
        code = parties.people_of(word + 1)
        if reading.lower(word) in ("a", "an") and code not in (None, receiving) and _alone(reading, word + 1):
            assert code is not None
            found.append(Item(code, Count(1.0, (word, word + 1), False), (word, word + 2)))
    return sorted(found, key=lambda item: item.words)


def _alone(reading: Reading, word: int) -> bool:
    """The name of a people that stands for one of them: "three Rwandans and a Burundian"."""
    return word + 1 >= len(reading) or reading.pos(word + 1) not in ("NOUN", "PROPN", "ADJ", "NUM")


def _each(reading: Reading, count: Count) -> bool:
    after = count.words[1]
    return after < len(reading) and reading.lower(after) in ("each", "apiece")
