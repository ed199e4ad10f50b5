"""People sent away, told in rows without a verb of their own: "Germany 40, France 35", "North Macedonia: five, six,
three", "from Latvia and Estonia, two each; from Spain, a pair".

Requires the measures told so far and the names. Gives further ones, all on people of one state: of the one of whose
people, missions and expulsions most was told before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.coding.acts.lists import Item, items, without_verb
from onrecord.coding.counts import Count, count_at

if TYPE_CHECKING:
    from onrecord.coding.acts.told import Told
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Act
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_SEVERAL = 2
_REACH = 8  # words between the states of a row and their number: "Latvia, the same day: four"
_BEFORE = frozenset(("and", "from", "by", "as", "then", "also", "the", "for", "in"))
_JOIN = frozenset((",", "and", "the", "&"))
_FULL_STOPS = frozenset((".", "?", "!", "”", '"', "’"))
_PAIRS = frozenset(("pair", "couple"))
_AFTER = frozenset(
    ", ; . ) and each apiece more at in on diplomats people russians officials employees staff of others from "
    "who whom".split()
)
_NOT_TEXT = ("title", "debris", "byline")


def tallies(draft: Draft, parties: Told, told: Sequence[Act]) -> list[tuple[str, Item]]:
    """The items of all rows of a document that tells measures, each with the state whose people they are."""
    reading = draft.reading
    rows: list[Item] = []
    if not told:
        return []
    for sentence in _whole(reading):
        if draft.section_of(sentence[0]) not in _NOT_TEXT and _may_be_row(reading, parties, sentence):
            rows.extend(_items(reading, parties, sentence))
    rows = [
        item for item in rows if parties.people_of(item.words[0]) is None
    ]  # "the Soviets 620" are no host's
    sending = _whose(reading, parties, rows, told) if rows else None
    return [(sending, item) for item in rows if item.code != sending] if sending is not None else []


def _whole(reading: Reading) -> list[WordSpan]:
    """The sentences, put together where the reading parts what no full stop does: "Italy | 30, Spain 25"."""
    found: list[WordSpan] = []
    for start, end in reading.sentence_spans:
        if found:
            last = found[-1][1] - 1
            between = reading.text[reading.start(last) : reading.start(start)]
            if reading.lower(last) not in _FULL_STOPS and "\n" not in between:
                found[-1] = found[-1][0], end
                continue
        found.append((start, end))
    return found


def _may_be_row(reading: Reading, parties: Told, sentence: WordSpan) -> bool:
    """Two names of parties and a number stand in it."""
    named = sum(parties.named(word) is not None for word in range(*sentence))
    return named >= _SEVERAL and any(reading.pos(word) == "NUM" for word in range(*sentence))


def _items(reading: Reading, parties: Told, sentence: WordSpan) -> list[Item]:
    """The items of one sentence, none where they are fewer than two."""
    parts = _parts(reading, sentence)
    if not parts:
        found = items(reading, parties, sentence, None) if without_verb(reading, sentence) else []
        return found if len({item.code for item in found}) >= _SEVERAL else []
    found = [item for part in parts for item in _of_part(reading, parties, part)]
    starts = {item.words[0] for item in found}
    if len(starts) >= _SEVERAL and starts and min(starts) >= parts[0][1]:
        found = [
            *_of_part(reading, parties, parts[0], verb=True),
            *found,
        ]  # "Chad struck off two; Mali six; Togo four"
    return found if len(starts) >= _SEVERAL else []


def _parts(reading: Reading, sentence: WordSpan) -> list[WordSpan]:
    """What semicolons part, and what stands behind the colon of a heading."""
    cuts = [word for word in range(*sentence) if reading.lower(word) == ";"]
    if not cuts:
        return []
    starts, ends = [sentence[0], *(cut + 1 for cut in cuts)], [*cuts, sentence[1]]
    parts = list(zip(starts, ends, strict=True))
    first = parts[0]
    colon = next((word for word in range(*first) if reading.lower(word) == ":"), None)
    if colon is not None and colon - first[0] > _SEVERAL + 1:
        parts[0] = (colon + 1, first[1])  # "Russians put on the plane on 26 March: from Germany …"
    return parts


def _of_part(reading: Reading, parties: Told, part: WordSpan, verb: bool = False) -> list[Item]:
    """The items of a part that begins with one or more states: as many for each as the numbers that follow; with a
    ``verb`` between where it is the head of a row."""
    word, end = part
    while word < end and reading.lower(word) in _BEFORE and parties.named(word) is None:
        word += 1
    start, group = word, list[str]()
    while word < end and (parties.named(word) is not None or (group and reading.lower(word) in _JOIN)):
        code = parties.named(word)
        if code is not None and code not in group:
            group.append(code)
        word += 1
    if not group:
        return []
    for at in range(word, min(end, word + _REACH)):
        if parties.named(at) is not None or (not verb and reading.pos(at) in ("VERB", "AUX")):
            return []
        if (count := _count(reading, at, end)) is not None:
            return [
                Item(code, each, (start, each.words[1]))
                for code in group
                for each in [count, *_further(reading, count, end)]
            ]
    return []


def _count(reading: Reading, word: int, end: int) -> Count | None:
    """The number of people at a word, none where it counts something else."""
    if reading.lower(word) == "a" and word + 1 < end and reading.lower(word + 1) in _PAIRS:
        return Count(2.0, (word, word + 2), False)
    count = count_at(reading, word, end)
    if count is None or not count.value:
        return None
    last = count.words[1]
    return count if last >= end or reading.lower(last) in _AFTER else None


def _further(reading: Reading, count: Count, end: int) -> list[Count]:
    """More numbers in a row with nothing but commas between: "five, six, three"."""
    found: list[Count] = []
    at = count.words[1]
    while at + 1 < end and reading.lower(at) == ",":
        further = count_at(reading, at + 1, end)
        if further is None or not further.value:
            break
        if further.words[1] < end and reading.lower(further.words[1]) not in (",", ";", "."):
            break
        found.append(further)
        at = further.words[1]
    return found


def _whose(reading: Reading, parties: Told, rows: Sequence[Item], told: Sequence[Act]) -> str | None:
    """Whose people the rows count: those of whom most was told up to the first row, else in the whole document; where
    no people are named, and the rows are three or more, of the state that is named most."""
    listed = {item.code for item in rows}
    hosts = {
        (act.mission.sending, act.mission.receiving, act.evidence[0][0])
        for act in told
        if act.act == "persona_non_grata" and act.mission.sending not in listed
    }
    owners = [(at, code) for at, code in parties.owners() if code not in listed]
    first = min(item.words[0] for item in rows)
    for end in (first, len(reading)):
        until = reading.start(end) if end < len(reading) else len(reading.text)
        weight = Counter(sending for sending, _, at in hosts if sending and at < until)
        weight.update(code for at, code in owners if at < end)
        if weight:
            return weight.most_common(1)[0][0]
    if len({item.words[0] for item in rows}) <= _SEVERAL:
        return None
    named = Counter(
        code
        for word in range(len(reading))
        if (code := parties.named(word)) is not None and code not in listed
    )
    return named.most_common(1)[0][0] if named else None
