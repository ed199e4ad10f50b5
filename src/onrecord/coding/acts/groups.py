"""The states for which a word stands that names none: "all three", "they", "their ambassadors", "the Baltic states".

Requires the names of a document. Gives the row of as many that was told before.
"""

from __future__ import annotations

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of
from onrecord.coding.acts.told import Told
from onrecord.coding.cues import load

_SIZES = {word: size for size, words in enumerate(
    ("both neither two pair", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2
) for word in words.split()}  # fmt: skip
_AMONG = frozenset(("among", "including"))
_THEY = frozenset(("they", "all", "each", "their", "them"))
_REACH = 6  # words between a number and those named of so many


class Groups(Told):
    """Rows of states that are meant together."""

    def _group(self, head: int) -> list[str]:
        """The states for which "all three", "both", "neither", "they" stand: the last row of as many told before, or
        those named of so many ("ten countries, among them Chad and Mali"); or those of a region that has a name ("the
        Baltic states")."""
        reading = self._reading
        start, end = reading.phrase(head)
        words = [reading.lower(at) for at in range(start, end)]
        for name, codes in load("acts")["groups"].items():
            if name in words:
                return list(codes)
        size = next((_SIZES[word] for word in words if word in _SIZES), None)
        if size is None:
            return self._they(head) if reading.lower(head) in _THEY else []
        rows: list[list[str]] = []
        others = "other" in words or "others" in words or "remaining" in words
        here = reading.sentence_of(head)
        for place in sorted(each for each in self._codes if each < head):
            row = self._whole_row(place)
            if others and len(row) == size + 1 > 2:
                row = [code for code in row if code not in self._named_between(here, head)] or row
            if len(row) > 1 and (len(row) == size or self._is_of(place, size)):
                rows.append(row)
        return rows[-1] if rows else []

    def _they(self, pronoun: int) -> list[str]:
        """The row that "they" means: the subjects, or those whose people are told of, in the sentence up to it or the
        one before; or those for whom the subject of that one stands ("the ten")."""
        reading = self._reading
        here = reading.sentence_of(pronoun)
        rows: list[list[str]] = []
        others: list[list[str]] = []
        for place in range(reading.sentence_spans[max(here - 1, 0)][0], pronoun):
            above = syntax.parent(reading, place)
            owner = above is not None and "people" in class_of(reading, above)
            subject = syntax.relation(reading, place).startswith("nsubj")
            if place in self._codes:
                row = self._whole_row(place)
                if not (subject or owner):
                    others.append(row)
                    continue
            else:
                row = self._group(place) if subject and reading.lower(place) in _SIZES else []
            if len(row) > 1:
                rows.append(row)
        if not rows and reading.lower(pronoun) == "their":
            rows = [
                row for row in others if len(row) > 1
            ]  # "broke with Chad and Mali. Their embassies must close"
        return rows[-1] if rows else []

    def _whole_row(self, place: int) -> list[str]:
        return list(dict.fromkeys(self.row_at(place)))

    def _is_of(self, place: int, size: int) -> bool:
        """Those named at a place are some of so many: "five countries, among them Chad and Mali"."""
        before = [self._reading.lower(at) for at in range(max(0, place - _REACH), place)]
        return not _AMONG.isdisjoint(before[-3:]) and any(_SIZES.get(word) == size for word in before)

    def _named_between(self, sentence: int, head: int) -> set[str]:
        """The parties named in a sentence before a word: "Rome closed its embassy, as had the other five"."""
        start = self._reading.sentence_spans[sentence][0]
        return {code for place, code in self._codes.items() if start <= place < head}
