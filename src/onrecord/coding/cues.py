"""The cue lexicons (``onrecord/vocabulary/cues``): read once, validated by use, shared by the stages."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from onrecord.vocabulary.kept import source
from onrecord.vocabulary.load import parsed

_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The runs of letters and digits of a text."""
    return _WORD.findall(text)


class Phrases:
    """Words and phrases of a lexicon, found in whatever case where they stand as whole words.

    None stands where its first word does not. To look up the words of a text is ten times as quick as to try a
    pattern of fifty phrases at each of its letters, so that comes first. ``pattern``: how the phrases are matched,
    where they may be written otherwise than word by word.
    """

    def __init__(self, phrases: Iterable[str], pattern: str = "") -> None:
        listed = sorted(phrases, key=len, reverse=True)
        self._pattern = re.compile(pattern or rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.I)
        self._first = frozenset(words_of(each.lower())[0] for each in listed)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first of them in a text, or in a part of it."""
        return self._pattern.search(text, start, end) if self._may_stand(text[start:end]) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All of them that do not overlap."""
        return self._pattern.finditer(text, start, end) if self._may_stand(text[start:end]) else iter(())

    def _may_stand(self, text: str) -> bool:
        return not self._first.isdisjoint(words_of(text.lower()))


@cache
def load(name: str) -> dict[str, Any]:
    """One lexicon by its file name without the ending; raises FileNotFoundError where there is none."""
    path = f"cues/{name}.yaml"
    data: dict[str, Any] = parsed(path, source(path).decode("utf-8"))
    return data
