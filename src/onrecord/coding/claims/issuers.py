"""Who issued a paper: the body in whose voice a communiqué, a note, a circular or a transcript speaks.

Requires the text alone. A paper says so in its head: a line "Embassy of Norway, Khartoum, 7 June 2019", a title
"Statement by the Ministry of …", "From the Office of Security to all delegations"; where it is headed as a paper and
names nobody, the government or ministry that its first lines tell of speaks. A report of a news desk has no issuer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding.cues import load

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_WORDS = load("papers")
_BODY = rf"(?:{'|'.join(_WORDS['bodies'])})"
_PAPER = rf"(?:{'|'.join(_WORDS['papers'])})"
_NAME = r"[^\W\d_][\w'’.&-]*"
_WHO = (
    rf"(?:{_NAME}\s+){{0,5}}?{_BODY}(?:\s+{_BODY})*"
    rf"(?:\s+(?:of|for|and|and\s+of)\s+(?:the\s+)?[A-Z]{_NAME}(?:\s+[A-Z]{_NAME})*)*"
)
_LINE = re.compile(rf"(?:The\s+)?(?P<who>{_WHO})(?:,\s|\s[-–—]\s).*\d")  # "Embassy of Norway, Oslo, 7 June"
_TITLE = re.compile(rf"(?P<who>{_WHO})(?:,\s[A-Z]\w+)?:\s")  # "Press office, Sofia: answers"
_FROM = re.compile(
    rf"\b(?:[Ff]rom|(?:announced|issued|released|known|read)\s+by|(?i:{_PAPER})\s+(?:of|by|from))\s+"
    rf"(?P<who>(?:the\s+)?{_WHO})"
)
_WHOSE = re.compile(rf"(?P<who>(?:The\s+)?{_WHO})['’]s\s+{_PAPER}")  # "Spokesperson's remarks"
_HEADED = re.compile(rf"\b{_PAPER}\b", re.I)
_FIRST = re.compile(
    rf"(?<![\w’'-])(?P<who>The\s+{_WHO})(?=\s+(?:has|have|had|is|was|takes?|wish\w*|presents?|makes?|regrets?|"
    rf"announce[sd]?|holds?|considers?|informs?|notes?|decide[sd]|deplores?|condemns?|requires?|reserves?))"
)
_OWN = re.compile(r"\b[Tt]he\s+(?P<who>(?:[A-Z]\w+\s+)?(?:Government|Ministry))\b(?!\s+of\b)")
_HEAD_LINES = 3
_LONGEST = 26  # words of a line of the head
_FEW = 1500  # code points in which a paper names who speaks


def issuer_of(reading: Reading) -> WordSpan | None:
    """The words that name the issuer; None for a news report and where nobody is named."""
    text = reading.text
    lines = [match for match in re.finditer(r"[^\n]+", text) if match.group().strip()][:_HEAD_LINES]
    if not lines:
        return None
    for line in lines[1:]:
        short = len(line.group().split()) <= _LONGEST
        found = (_FROM.match(line.group()) or _LINE.match(line.group())) if short else None
        if found is not None:
            return _words(reading, line.start(), found)
    if _HEADED.search(lines[0].group()) is None:
        return None
    for line in lines:
        if len(line.group().split()) > _LONGEST:
            continue
        found = _FROM.search(line.group()) or _TITLE.match(line.group()) or _WHOSE.match(line.group())
        if found is not None:
            return _words(reading, line.start(), found)
    body = lines[1].start() if len(lines) > 1 else len(text)
    found = _FIRST.search(text, body, body + _FEW) or _OWN.search(text, body, body + _FEW)
    return None if found is None else _words(reading, 0, found)


def _words(reading: Reading, offset: int, found: re.Match[str]) -> WordSpan | None:
    start, end = reading.words_in((offset + found.start("who"), offset + found.end("who")))
    return (start, end) if end > start else None
