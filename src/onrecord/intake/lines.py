"""Lines and units: where the paragraphs of a text begin and end, without changing a character of it.

A unit is what a person would call a paragraph or a line of its own: a line, or the lines of a paragraph that
was broken at a fixed width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_FIRST_WORD = re.compile(r"\S+")
# A paragraph broken at a fixed width has lines of 40 to 120 characters; longer "lines" are paragraphs.
_NARROW, _WIDE = 40, 120

# Spaces of one character, for matching: the offsets stay what they are.
SPACES = str.maketrans(dict.fromkeys("\t\xa0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\ufeff", " "))


@dataclass(slots=True)
class Unit:
    """``text[start:end]`` without white space around it; ``after_blank``: an empty line stands before it."""

    start: int
    end: int
    text: str
    after_blank: bool = True


def lines(text: str) -> list[Unit]:
    """The lines of ``text`` that hold more than white space."""
    found: list[Unit] = []
    position, blank = 0, True
    for match in BREAK.finditer(text):
        blank = _add(found, text, position, match.start(), blank)
        position = match.end()
    _add(found, text, position, len(text), blank)
    return found


def _add(found: list[Unit], text: str, start: int, end: int, blank: bool) -> bool:
    """Append the line; True where it was empty."""
    line = text[start:end]
    inner = line.strip()
    if not inner:
        return True
    start += len(line) - len(line.lstrip())
    found.append(Unit(start, start + len(inner), inner, blank))
    return False


def units(text: str, opening: re.Pattern[str] | None = None) -> list[Unit]:
    """The paragraphs and lone lines of ``text`` in order.

    Lines are joined where the text was broken at a fixed width: the next line's first word would not have
    fitted. A line that matches ``opening`` (a byline, a dateline, a note) is never joined to the one
    before.
    """
    found = lines(text)
    width = _width(found)
    if width is None:
        return found
    joined: list[Unit] = []
    previous = ""
    for line in found:
        starts = line.after_blank or not joined or not _is_broken(previous, line.text, width)
        if starts or (opening is not None and opening.match(line.text)):
            joined.append(Unit(line.start, line.end, line.text, line.after_blank))
        else:
            last = joined[-1]
            last.end, last.text = line.end, text[last.start : line.end]
        previous = line.text
    return joined


def _width(found: list[Unit]) -> int | None:
    """The width at which the text was broken, or None where it was not."""
    pairs = [(a, b) for a, b in pairwise(found) if not b.after_blank]
    inner = [len(a.text) for a, _ in pairs]
    if len(inner) < 2:
        return None
    width = max(inner)
    if not _NARROW <= width <= _WIDE:
        return None
    broken = sum(_is_broken(a.text, b.text, width) for a, b in pairs)
    return width if broken >= 0.8 * len(pairs) else None


def _is_broken(line: str, following: str, width: int) -> bool:
    word = _FIRST_WORD.match(following)
    return word is not None and len(line) + 1 + len(word.group()) > width
