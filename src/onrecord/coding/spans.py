"""Small questions about spans that several stages ask."""

from __future__ import annotations

from onrecord.reading.types import Argument, EventMention, Reading, WordSpan

_OPEN = frozenset(("PUNCT", "CCONJ"))


def overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two spans of one kind share anything."""
    return first[0] < second[1] and second[0] < first[1]


def arguments(mention: EventMention, role: str) -> list[Argument]:
    """The arguments of one role, in the order of the text."""
    return sorted((each for each in mention.arguments if each.role == role), key=lambda each: each.span)


def head_of(reading: Reading, words: WordSpan) -> int:
    """The word of a span whose head stands outside it.

    The first such, which in a coordination is the first member.
    """
    for word in range(*words):
        if not words[0] <= reading.head(word) < words[1]:
            return word
    return words[0]


def members(reading: Reading, words: WordSpan) -> list[WordSpan]:
    """The members of a coordinated phrase, each with its own modifiers; the phrase itself where it is single.

    "Russia, China and the Foreign Ministry of Iran" gives three. A member keeps what is below it in the
    tree; the first keeps what precedes the second.
    """
    head = head_of(reading, words)
    heads = [head] + [
        word
        for word in reading.children(head)
        if reading.deprel(word) == "conj" and words[0] <= word < words[1]
    ]
    if len(heads) == 1:
        return [words]
    spans: list[WordSpan] = []
    start = words[0]
    for number, word in enumerate(heads):
        end = heads_start(reading, heads[number + 1], words) if number + 1 < len(heads) else words[1]
        if number:
            start = heads_start(reading, word, words)
        spans.append(_trim(reading, (start, end)))
    return [span for span in spans if span[0] < span[1]]


def heads_start(reading: Reading, word: int, words: WordSpan) -> int:
    """Where the phrase of a conjunct begins inside the coordination, its conjunction left out."""
    start = max(reading.subtree(word)[0], words[0])
    while start < word and reading.pos(start) in _OPEN:
        start += 1
    return start


def _trim(reading: Reading, words: WordSpan) -> WordSpan:
    start, end = words
    while end > start and reading.pos(end - 1) in _OPEN:
        end -= 1
    while start < end and reading.pos(start) in _OPEN:
        start += 1
    return start, end
