"""Text with a map back to the source that it was rendered from.

A map is a list of runs ``(text_start, source_start, length)`` in code points, rising in both columns, in
which text and source are the same characters. What stands between two runs of the text (a decoded entity, a
space for a line break, the blank line between two blocks) was made from what stands between the same two runs
of the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.intake.problems import error

Run = tuple[int, int, int]


class Builder:
    """Collects text piece by piece, and the runs that tie it to its source."""

    __slots__ = ("_pieces", "length", "runs")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.runs: list[Run] = []
        self.length = 0

    def same(self, source: str, start: int, end: int) -> None:
        """Append ``source[start:end]`` unchanged."""
        if start >= end:
            return
        if self.runs:
            text_start, source_start, length = self.runs[-1]
            if text_start + length == self.length and source_start + length == start:
                self.runs[-1] = (text_start, source_start, length + end - start)
            else:
                self.runs.append((self.length, start, end - start))
        else:
            self.runs.append((self.length, start, end - start))
        self._pieces.append(source[start:end])
        self.length += end - start

    def made(self, text: str) -> None:
        """Append characters that the source does not have in this form."""
        self._pieces.append(text)
        self.length += len(text)

    def text(self) -> str:
        """All that was appended."""
        return "".join(self._pieces)


def compose(outer: Sequence[Run], inner: Sequence[Run]) -> list[Run]:
    """Runs of a text rendered in two steps: ``outer`` ties it to the middle, ``inner`` that to the source."""
    runs: list[Run] = []
    index = 0
    for text_start, middle, length in outer:
        stop = middle + length
        while index < len(inner) and inner[index][0] + inner[index][2] <= middle:
            index += 1
        position = index
        while position < len(inner) and inner[position][0] < stop:
            first, source, size = inner[position]
            low, high = max(middle, first), min(stop, first + size)
            if low < high:
                runs.append((text_start + low - middle, source + low - first, high - low))
            position += 1
    return runs


def to_source(runs: Sequence[Run], span: tuple[int, int]) -> tuple[int, int]:
    """Where in the decoded snapshot the words at ``span`` of the text stand.

    Markup inside the span is included. An end that falls on a character made in rendering is moved outwards
    to the neighbouring runs. Raises ``no-text`` where the map is empty.
    """
    if not runs:
        raise error("no-text", "an empty map leads nowhere")
    starts = [run[0] for run in runs]
    first = bisect_right(starts, span[0]) - 1
    if first < 0:
        begin = 0
    else:
        text_start, source_start, length = runs[first]
        begin = source_start + min(span[0] - text_start, length)
    last = bisect_right(starts, span[1] - 1) - 1
    if last >= 0 and span[1] <= runs[last][0] + runs[last][2]:
        return begin, runs[last][1] + span[1] - runs[last][0]
    following = runs[last + 1] if last + 1 < len(runs) else None
    return begin, following[1] if following else runs[-1][1] + runs[-1][2]
