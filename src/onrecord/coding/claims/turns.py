"""Transcripts: who has the floor in a paragraph that opens with a label ("MR. BELL.", "The Minister:", "A:").

Requires the text alone. A label stands at the head of a paragraph before a colon or, after "MR." in capitals or of one
letter, before a full stop, and a transcript has two at least. Under "Answer" speaks whoever issued the paper; under
"Question" nobody who is named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding.cues import load

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_PEOPLE = "|".join(load("papers")["speakers"])
_LABEL = re.compile(
    r"^(?P<who>(?:Q|A|Question|Answer)\b(?=\s?[:.])|"
    rf"(?:[Tt]he\s+|[A-Z][\w’'.-]*\s+){{0,4}}?(?:{_PEOPLE})[^\n:;,?!\"“]{{0,50}}?(?=(?:,[^\n:.;]{{0,50}})?:)|"
    r"(?:M(?:R|RS|S)|THE)\.?\s+[A-Z][A-Z'’-]+(?:\s+[A-Z][A-Z'’-]+){0,3}(?=\s?[:.]\s))",
    re.M,
)
_ASKERS, _ANSWERERS = frozenset(("Q", "Question")), frozenset(("A", "Answer"))


def turns(reading: Reading) -> list[tuple[WordSpan, WordSpan | None, bool]]:
    """The words of each turn, those of its speaker's name (None for the issuer), and whether somebody asks in it."""
    text = reading.text
    labels = list(_LABEL.finditer(text))
    if len(labels) < 2:
        return []
    found = []
    for label in labels:
        who = label.group("who")
        end = text.find("\n", label.end())
        start, stop = reading.words_in((label.end(), len(text) if end < 0 else end))
        while start < stop and reading.pos(start) == "PUNCT":
            start += 1
        named = None if who in _ASKERS | _ANSWERERS else reading.words_in(label.span("who"))
        if start < stop:
            found.append(((start, stop), named, who in _ASKERS))
    return found
