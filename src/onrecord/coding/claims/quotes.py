"""Quotations: spans between quotation marks, over several paragraphs, unclosed ones as well.

A mark opens after white space or an opening bracket and closes before white space or punctuation; curly marks say
themselves which they are. A paragraph that begins with an opening mark while a quotation is still open goes on
with it; a quotation that nobody closes ends with its paragraph. Apostrophes are no quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Span = tuple[int, int]

_OPEN = "“„«"
_CLOSE = "”»"
_STRAIGHT = '"'
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between the marks (marks left out), whether it was closed, and whether it goes on a former one."""

    span: Span
    closed: bool
    continues: bool


def quotations(text: str) -> list[Quotation]:
    """Every quotation in double marks, in order."""
    found: list[Quotation] = []
    pending = False
    for paragraph in _PARAGRAPH.finditer(text):
        opened: int | None = None
        continues = False
        for at in range(paragraph.start(), paragraph.end()):
            char = text[at]
            if char in _OPEN or (
                char == _STRAIGHT and opened is None and _may_open(text, at, paragraph.end())
            ):
                if opened is None:
                    opened = at + 1
                    continues = pending and not text[paragraph.start() : at].strip()
            elif opened is not None and (char in _CLOSE or char == _STRAIGHT):
                found.append(Quotation((opened, at), True, continues))
                opened, continues, pending = None, False, False
        if opened is not None and paragraph.end() > opened:
            found.append(Quotation((opened, paragraph.end()), False, continues))
            pending = True
        elif opened is None:
            pending = False
    return [each for each in found if text[each.span[0] : each.span[1]].strip()]


def _may_open(text: str, at: int, end: int) -> bool:
    after = text[at + 1] if at + 1 < end else " "
    before = text[at - 1] if at else " "
    return not after.isspace() and (before.isspace() or before in "([—–-'‘")


def inside(span: Span, found: list[Quotation]) -> bool:
    """The span stands, for the most part, in quotation marks."""
    length = span[1] - span[0]
    quoted = sum(max(0, min(span[1], each.span[1]) - max(span[0], each.span[0])) for each in found)
    return length > 0 and quoted >= 0.6 * length
